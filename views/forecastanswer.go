package views

import (
	"fmt"
	"slices"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// ForecastAnswer is the answer of a forecast.
type ForecastAnswer struct {
	words *words
	say   *forecastWords
	// Fault is set where entries have to be corrected first.
	Fault, Calculator string
	// Back is where the entries of the calculator are corrected.
	Back    string
	Verdict ForecastVerdict
	// Notes are what is to be known of the quantities.
	Notes     []string
	Scenarios []ScenarioView
	// Document says on paper, which has no form, what is forecast.
	Document []quotes.Entry
	// Rules, Changes and Assumptions are what the figures rest on.
	Rules, Changes, Assumptions []string
	BookChoice
	// Address is the path and query string of the page.
	Address string
	Share   Share
}

// ForecastVerdict is the head of the answer.
type ForecastVerdict struct {
	Label, Sequence, Total, For string
	// None says that nothing serves every month.
	None              bool
	Prepaid, Postpaid string
	Others            []quotes.Entry
	Spoken            string
}

func (in *forecastPage) answer() ForecastAnswer {
	l, say, book := in.Lang, in.say, in.Form.Book
	a := ForecastAnswer{
		words: in.words, say: say,
		Back:    in.back,
		Address: address(in.path, in.Query()),
		Rules:   strings.Split(say.Rules, "\n"),

		BookChoice:  in.bookChoice(in.Form.Product, book, in.path, func(b *pricing.Book) string { return in.WithBook(b).Today() }),
		Assumptions: textsIn(book.Assumptions, l),
	}
	if c := book.Changes(); c != nil {
		a.Changes = append(textsIn(c.Assumptions, l), fmt.Sprintf(say.RuleOf, sourceText(&c.Source, l)))
	} else {
		a.Changes = []string{say.NoChanges}
	}
	switch {
	case len(in.Form.Faults) > 0:
		a.Fault, a.Calculator = say.OtherFault, say.ChangeThem
	case len(in.Drivers) == 0:
		a.Fault, a.Calculator = say.NoVariable, say.ChangeThem
	case len(in.Scenarios()) == 0:
		a.Fault = a.words.FixFields
	}
	if a.Fault != "" {
		return a
	}
	a.Notes = in.notes()
	scenarios := in.Scenarios()
	for i := range scenarios {
		a.Scenarios = append(a.Scenarios, newScenarioView(&scenarios[i], i > 0, l))
		a.addAssumptions(scenarios[i].Forecast, l)
	}
	a.Verdict = newForecastVerdict(scenarios, a.Scenarios, l)
	a.Document = in.document()
	a.Share = Share{Lang: l, Link: in.Origin + a.Address}
	a.Share.Text = in.text(&a)
	return a
}

// text is the cheapest course as a short text; none if there is none.
func (in *forecastPage) text(a *ForecastAnswer) string {
	best := in.Scenarios()[0].Forecast.Best
	if best == nil {
		return ""
	}
	title := []string{wording.Fill(a.say.Heading, in.Form.Book.Name.In(in.Lang)), variableName(in.Driver().Variable, in.Lang), a.Verdict.Label}
	return SummaryText(&Summary{
		Lang: in.Lang, Title: strings.Join(title, " · "), Link: a.Share.Link, Incomplete: !best.Complete,
		Items: []SummaryItem{{
			Name: a.Verdict.Sequence, Term: term(int64(len(best.Months)), a.words), Quantity: 1, Total: a.Verdict.Total,
		}},
	})
}

// notes says what is to be known of the quantities.
func (in *forecastPage) notes() []string {
	say, input := in.say, in.Driver().Variable.Input()
	if len(in.Quantities) > 0 {
		return nil
	}
	if in.Start == 0 {
		return []string{say.Nothing}
	}
	for _, s := range in.Scenarios() {
		q := s.Quantities
		if q[len(q)-1] == input.Maximum && in.Start < input.Maximum {
			return []string{fmt.Sprintf(say.AtMost, countWithUnit(input.Maximum, input.Unit, in.Lang))}
		}
	}
	return nil
}

// document says what is forecast: what grows and how, all that was entered
// besides, and the date of the prices.
func (in *forecastPage) document() []quotes.Entry {
	l, say, scenarios := in.Lang, in.say, in.Scenarios()
	driver, first := in.Driver(), scenarios[0].Quantities
	input := driver.Variable.Input()
	named := map[string]string{pricing.ScenarioLow: say.Low, pricing.ScenarioExpected: say.Expected, pricing.ScenarioHigh: say.High}
	var growths, ends []string
	for i := range scenarios {
		s := &scenarios[i]
		end := countWithUnit(s.Quantities[len(s.Quantities)-1], input.Unit, l)
		if s.Growth == nil {
			growths, ends = append(growths, say.AsEntered), append(ends, end)
			continue
		}
		growths = append(growths, named[s.ID]+" "+percent(*s.Growth)+say.PerCent)
		ends = append(ends, named[s.ID]+" "+end)
	}
	entries := []quotes.Entry{
		{Name: say.Grows, Value: in.driverGroup(driver) + " · " + variableName(driver.Variable, l)},
		{Name: say.GrowthTitle, Value: strings.Join(growths, " · ")},
		{Name: say.Start, Value: countWithUnit(first[0], input.Unit, l)},
	}
	if n := len(first); n > 1 {
		entries = append(entries, quotes.Entry{Name: fmt.Sprintf(say.InLast, n), Value: strings.Join(ends, " · ")})
	}
	entries = append(entries, in.kept()...)
	return append(entries, quotes.Entry{Name: in.words.PriceBooks, Value: day(in.Form.Book.ID, l)})
}

// addAssumptions adds what the lines of the cheapest course rest on, each once.
func (a *ForecastAnswer) addAssumptions(f *pricing.Forecast, l pricing.Lang) {
	if f.Best == nil {
		return
	}
	add := func(lines []pricing.Line) {
		for i := range lines {
			for _, text := range lines[i].Assumptions() {
				if !slices.Contains(a.Assumptions, text.In(l)) {
					a.Assumptions = append(a.Assumptions, text.In(l))
				}
			}
		}
	}
	for m := range f.Best.Months {
		add(f.Best.Months[m].Lines)
	}
	for i := range f.Best.Windows {
		add(f.Best.Windows[i].Lines)
	}
}

func newForecastVerdict(scenarios []pricing.Scenario, shown []ScenarioView, l pricing.Lang) ForecastVerdict {
	say, w := forecastWordsIn(l), wordsIn(l)
	first, best := &scenarios[0], scenarios[0].Forecast.Best
	v := ForecastVerdict{Label: say.AsEntered}
	if first.Growth != nil {
		v.Label = fmt.Sprintf(say.Growing, shown[0].Name, percent(*first.Growth))
	}
	for i := 1; i < len(shown); i++ {
		label := say.WithLow
		if scenarios[i].ID == pricing.ScenarioHigh {
			label = say.WithHigh
		}
		v.Others = append(v.Others, quotes.Entry{Name: fmt.Sprintf(label, percent(*scenarios[i].Growth)), Value: shown[i].Total})
	}
	if best == nil {
		v.None, v.Sequence, v.Spoken = true, say.None, say.None
		return v
	}
	v.Sequence, v.Total = shown[0].Sequence, shown[0].Total
	v.Prepaid, v.Postpaid = money(best.Prepaid), money(best.Postpaid)
	v.For = say.ForMonth
	if n := len(best.Months); n > 1 {
		v.For = fmt.Sprintf(say.ForMonths, term(int64(n), w))
	}
	v.Spoken = v.Sequence + " · " + v.Total
	return v
}

// spoken is the answer in one line.
func (a *ForecastAnswer) spoken() string {
	if a.Fault != "" {
		return a.Fault
	}
	return a.Verdict.Spoken
}
