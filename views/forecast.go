package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// forecastPath is the address of the forecast of a product.
func forecastPath(product string) string { return calculatorPath(product) + "/forecast" }

// Forecast is the page that says what a product costs while one usage grows.
type Forecast struct {
	Page
	Heading, Action string
	Back            Link
	// Carried is what the form sends besides: the calculator's entries.
	Carried []forms.Param
	// HasVariable says that there is something that can grow, and so a form.
	HasVariable bool
	Over        []VariableGroup
	OverNote    Note
	Start       Field
	Growths     []Field
	Horizon     Field
	Quantities  Field
	// Entered says that months are entered one by one, EnteredHelp how.
	Entered     bool
	EnteredHelp string
	// Kept is what stays the same.
	Kept   []Entry
	Answer ForecastAnswer
	Basis

	words *words
	say   *forecastWords
}

// VariableGroup is a group of usages to choose what grows from.
type VariableGroup struct {
	Name  string
	Items []FieldChoice
}

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
	Document []Entry
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
	Others            []Entry
	Spoken            string
}

// ScenarioView is one scenario as it is shown.
type ScenarioView struct {
	ID, Name, Sequence, Total string
	// Folded scenarios are shown when they are opened.
	Folded     bool
	Notes      []string
	Chart      *Chart
	Ways       []WayRow
	MonthRows  []MonthRow
	Windows    bool
	Exact      string // the total before rounding, where it differs
	TotalExact string
	None       bool
}

// WayRow is one way to buy.
type WayRow struct {
	Name, Total, Difference string
	Best                    bool
	// Cannot says why it is none.
	Cannot string
}

// MonthRow is a month of the table, or what is bought for a window behind the
// last month of it: its Month is then the first and the last.
type MonthRow struct {
	Month, Quantity   string
	Alone, AloneTotal string
	Option, Amount    string
	Switch, IsWindow  bool
	Lines             []Entry
	Bought            []string
	BoughtInMonth     []string
}

// ForecastInput is what the page of a forecast is made from.
type ForecastInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Product *pricing.Product
	Assets  Assets
	Origin  string

	Book  *pricing.Book
	Usage *pricing.Usage
	// Drivers are what can grow, At is the position of what does. FieldOf returns
	// the name of a variable in the form.
	Drivers []pricing.Driver
	At      int
	FieldOf func(pricing.Variable) string
	// Typed and Faults are by field; OthersFault says that entries of the
	// calculator are at fault.
	Typed       map[string]string
	Faults      map[string]*pricing.InputError
	OthersFault bool

	Start               int64
	Months              int
	Low, Expected, High pricing.Growth
	// Quantities are those of months entered one by one; Entered says that there
	// are some, right or wrong.
	Quantities []int64
	Entered    bool
	// Scenarios have been run, the first is the one to expect; none if something
	// is at fault.
	Scenarios []pricing.Scenario

	Query, BackQuery string
	// BookQuery returns the query string of the same entries with another price
	// book.
	BookQuery func(*pricing.Book) string
	Carried   []forms.Param
	Live      bool
}

// NewForecast returns the view model of the page of a forecast.
func NewForecast(in *ForecastInput) *Forecast {
	l, say, path := in.Lang, forecastWordsIn(in.Lang), forecastPath(in.Product.ID)
	name := in.Book.Name.In(l)
	catalog := in.Catalog
	if in.Live {
		catalog = nil
	}
	f := &Forecast{
		Page:    newPage(l, fmt.Sprintf(say.Title, name), catalog, in.Assets, path, in.Query),
		Heading: fmt.Sprintf(say.Heading, name), Action: path,
		Back:        Link{Href: address(calculatorPath(in.Product.ID), in.BackQuery), Text: fmt.Sprintf(say.Back, name)},
		Carried:     in.Carried,
		HasVariable: len(in.Drivers) > 0,
		Entered:     in.Entered,
		EnteredHelp: fmt.Sprintf(say.EnteredHelp, pricing.MaxForecastMonths),
		words:       wordsIn(l), say: say,
	}
	if !in.Live {
		f.Basis = newBasis(in.Book, l)
	}
	f.skipToAnswer()
	f.Answer = newForecastAnswer(in)
	if !f.HasVariable {
		return f
	}
	f.skipToForm("over")
	f.fields(in)
	f.Kept = keptEntries(in)
	return f
}

// keptEntries lists what stays the same: the other facts, if one of them grows,
// and what else was entered, but for the term.
func keptEntries(in *ForecastInput) (kept []Entry) {
	rest, facts := in.Drivers[in.At].Rest(in.Usage)
	all := EntriesOf(rest, in.Lang)[1:]
	if facts != nil {
		all = append(EntriesOf(facts, in.Lang), all...)
	}
	for _, e := range all {
		if e.Value != "" { // a row of nothing but what grows
			kept = append(kept, e)
		}
	}
	return kept
}

// variableName is the name of what can grow, with its row.
func variableName(v pricing.Variable, l pricing.Lang) string {
	name := v.Input().Name.In(l)
	if rows, row := v.InRow(); rows != nil {
		return rows.RowTitle(row).In(l) + " · " + name
	}
	return name
}

// fields fills in the form.
func (f *Forecast) fields(in *ForecastInput) {
	l, say := in.Lang, f.say
	for i, d := range in.Drivers {
		v := d.Variable
		name := driverGroup(d, in)
		if n := len(f.Over); n == 0 || f.Over[n-1].Name != name {
			f.Over = append(f.Over, VariableGroup{Name: name})
		}
		g := &f.Over[len(f.Over)-1]
		g.Items = append(g.Items, FieldChoice{ID: in.FieldOf(v), Name: variableName(v, l), Chosen: i == in.At})
	}
	f.OverNote = forecastNote("over", "", in)

	driver := in.Drivers[in.At]
	unit, present := driver.Variable.Input().Unit, driver.Of(in.Usage)
	field := func(id, name, help, unit, placeholder, understood string) Field {
		out := Field{
			ID: id, Name: name, Help: help, Kind: pricing.KindCount, Unit: unit, Value: in.Typed[id],
			Placeholder: placeholder, Note: forecastNote(id, understood, in),
		}
		out.DescribedBy = id + "-unit " + id + "-help " + out.Note.ID
		return out
	}
	understood := func(id, text string) string {
		switch {
		case strings.TrimSpace(in.Typed[id]) == "":
			return ""
		case in.Entered && id != "quantities":
			return say.Unused
		default:
			return text
		}
	}
	f.Start = field("start", say.Start, fmt.Sprintf(say.StartHelp, countWithUnit(present, unit, l)), unit.In(l), say.StartEmpty,
		understood("start", countWithUnit(in.Start, unit, l)))
	low, high := in.Expected.Around()
	five, _ := pricing.ParseGrowth("5")
	for _, g := range []struct {
		id, name, help string
		empty, has     pricing.Growth
		placeholder    string
	}{
		{"low", say.Low, say.LowHelp, low, in.Low, say.Same},
		{"expected", say.Expected, say.ExpectedHelp, five, in.Expected, percent(five)},
		{"high", say.High, say.HighHelp, high, in.High, say.Same},
	} {
		f.Growths = append(f.Growths, field(g.id, g.name, fmt.Sprintf(g.help, percent(g.empty)), say.PerCent, g.placeholder,
			understood(g.id, percent(g.has)+" "+say.PerCent)))
	}
	f.Horizon = field("horizon", say.Horizon, fmt.Sprintf(say.HorizonHelp, pricing.MaxForecastMonths), "", "12",
		understood("horizon", term(int64(in.Months), f.words)))
	f.Quantities = field("quantities", say.Quantities, f.EnteredHelp, "", "", "")
	f.Quantities.DescribedBy = "quantities-help quantities-note"
	if n := len(in.Quantities); n > 0 {
		lines := make([]string, n)
		for i, q := range in.Quantities {
			lines[i] = strconv.FormatInt(q, 10)
		}
		f.Quantities.Value = strings.Join(lines, "\n")
		f.Quantities.Note.Text = fmt.Sprintf(say.QuantitiesOf, term(int64(n), f.words),
			pricing.Grouped(lines[0]), countWithUnit(in.Quantities[n-1], unit, l))
	}
}

// driverGroup names the group that a driver stands in: the estimator of a fact,
// or the group of the form.
func driverGroup(d pricing.Driver, in *ForecastInput) string {
	if d.Estimator != nil {
		return Fill(forecastWordsIn(in.Lang).FactsOf, d.Estimator.Name.In(in.Lang))
	}
	group := d.Variable.Input().Group
	if rows, _ := d.Variable.InRow(); rows != nil {
		group = rows.Group
	}
	for i := range in.Book.Groups {
		if g := &in.Book.Groups[i]; g.ID == group {
			return g.Name.In(in.Lang)
		}
	}
	return ""
}

// percent writes a growth without its sign of per cent.
func percent(g pricing.Growth) string {
	return strings.Replace(pricing.Grouped(g.Percent().String()), "-", "−", 1)
}

func forecastNote(id, understood string, in *ForecastInput) Note {
	n := Note{ID: id + "-note", Text: understood}
	if fault := in.Faults[id]; fault != nil {
		n.Text, n.Fault = fault.Message.In(in.Lang), true
	}
	return n
}

// notes returns the notes of all fields.
func (f *Forecast) notes() []*Note {
	notes := []*Note{&f.OverNote, &f.Start.Note, &f.Horizon.Note, &f.Quantities.Note}
	for i := range f.Growths {
		notes = append(notes, &f.Growths[i].Note)
	}
	return notes
}

func newForecastAnswer(in *ForecastInput) ForecastAnswer {
	l, say := in.Lang, forecastWordsIn(in.Lang)
	a := ForecastAnswer{
		words: wordsIn(l), say: say,
		Back:    address(calculatorPath(in.Product.ID), in.BackQuery),
		Address: address(forecastPath(in.Product.ID), in.Query),
		Rules:   strings.Split(say.Rules, "\n"),

		BookChoice:  newBookChoice(in.Product, in.Book, forecastPath(in.Product.ID), in.BookQuery, l),
		Assumptions: textsIn(in.Book.Assumptions, l),
	}
	if c := in.Book.Changes(); c != nil {
		a.Changes = append(textsIn(c.Assumptions, l), fmt.Sprintf(say.RuleOf, sourceText(&c.Source, l)))
	} else {
		a.Changes = []string{say.NoChanges}
	}
	switch {
	case in.OthersFault:
		a.Fault, a.Calculator = say.OtherFault, say.ChangeThem
	case len(in.Drivers) == 0:
		a.Fault, a.Calculator = say.NoVariable, say.ChangeThem
	case len(in.Scenarios) == 0:
		a.Fault = a.words.FixFields
	}
	if a.Fault != "" {
		return a
	}
	a.Notes = forecastNotes(in)
	for i := range in.Scenarios {
		a.Scenarios = append(a.Scenarios, newScenarioView(&in.Scenarios[i], in, i > 0))
		a.addAssumptions(in.Scenarios[i].Forecast, l)
	}
	a.Verdict = newForecastVerdict(in, a.Scenarios)
	a.Document = documentEntries(in)
	a.Share = Share{Lang: l, Link: in.Origin + a.Address}
	a.Share.Text = forecastText(in, &a)
	return a
}

// forecastText is the cheapest course as a short text; none if there is none.
func forecastText(in *ForecastInput, a *ForecastAnswer) string {
	best := in.Scenarios[0].Forecast.Best
	if best == nil {
		return ""
	}
	title := []string{Fill(a.say.Heading, in.Book.Name.In(in.Lang)), variableName(in.Drivers[in.At].Variable, in.Lang), a.Verdict.Label}
	return SummaryText(&Summary{
		Lang: in.Lang, Title: strings.Join(title, " · "), Link: a.Share.Link, Incomplete: !best.Complete,
		Items: []SummaryItem{{
			Name: a.Verdict.Sequence, Term: term(int64(len(best.Months)), a.words), Quantity: 1, Total: a.Verdict.Total,
		}},
	})
}

// forecastNotes says what is to be known of the quantities.
func forecastNotes(in *ForecastInput) (notes []string) {
	say, input := forecastWordsIn(in.Lang), in.Drivers[in.At].Variable.Input()
	if len(in.Quantities) > 0 {
		return nil
	}
	if in.Start == 0 {
		return []string{say.Nothing}
	}
	for i := range in.Scenarios {
		q := in.Scenarios[i].Quantities
		if q[len(q)-1] == input.Maximum && in.Start < input.Maximum {
			return []string{fmt.Sprintf(say.AtMost, countWithUnit(input.Maximum, input.Unit, in.Lang))}
		}
	}
	return nil
}

// documentEntries says what is forecast: what grows and how, all that was entered
// besides, and the date of the prices.
func documentEntries(in *ForecastInput) []Entry {
	l, say := in.Lang, forecastWordsIn(in.Lang)
	driver, first := in.Drivers[in.At], in.Scenarios[0].Quantities
	input := driver.Variable.Input()
	named := map[string]string{pricing.ScenarioLow: say.Low, pricing.ScenarioExpected: say.Expected, pricing.ScenarioHigh: say.High}
	var growths, ends []string
	for i := range in.Scenarios {
		s := &in.Scenarios[i]
		end := countWithUnit(s.Quantities[len(s.Quantities)-1], input.Unit, l)
		if s.Growth == nil {
			growths, ends = append(growths, say.AsEntered), append(ends, end)
			continue
		}
		growths = append(growths, named[s.ID]+" "+percent(*s.Growth)+say.PerCent)
		ends = append(ends, named[s.ID]+" "+end)
	}
	entries := []Entry{
		{Name: say.Grows, Value: driverGroup(driver, in) + " · " + variableName(driver.Variable, l)},
		{Name: say.GrowthTitle, Value: strings.Join(growths, " · ")},
		{Name: say.Start, Value: countWithUnit(first[0], input.Unit, l)},
	}
	if n := len(first); n > 1 {
		entries = append(entries, Entry{Name: fmt.Sprintf(say.InLast, n), Value: strings.Join(ends, " · ")})
	}
	entries = append(entries, keptEntries(in)...)
	return append(entries, Entry{Name: wordsIn(l).PriceBooks, Value: day(in.Book.ID, l)})
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

func newForecastVerdict(in *ForecastInput, shown []ScenarioView) ForecastVerdict {
	say, w := forecastWordsIn(in.Lang), wordsIn(in.Lang)
	first, best := &in.Scenarios[0], in.Scenarios[0].Forecast.Best
	v := ForecastVerdict{Label: say.AsEntered}
	if first.Growth != nil {
		v.Label = fmt.Sprintf(say.Growing, shown[0].Name, percent(*first.Growth))
	}
	for i := 1; i < len(shown); i++ {
		label := say.WithLow
		if in.Scenarios[i].ID == pricing.ScenarioHigh {
			label = say.WithHigh
		}
		v.Others = append(v.Others, Entry{Name: fmt.Sprintf(label, percent(*in.Scenarios[i].Growth)), Value: shown[i].Total})
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

// sequence says which option a course has in which months.
func sequence(c *pricing.Course, l pricing.Lang) string {
	say, all := forecastWordsIn(l), c.Stretches()
	if len(all) == 1 {
		return Fill(say.Throughout, all[0].Option.Name.In(l))
	}
	parts := make([]string, len(all))
	for i, s := range all {
		name := s.Option.Name.In(l)
		switch {
		case i == len(all)-1:
			parts[i] = Fill(say.FromMonth, name, s.First)
		case s.First == s.Last:
			parts[i] = Fill(say.InMonth, name, s.First)
		default:
			parts[i] = Fill(say.InMonths, name, s.First, s.Last)
		}
	}
	return strings.Join(parts, say.Then)
}

// monthRanges writes months as "months 1–3, 7", "第 1–3、7 个月".
func monthRanges(months []int, l pricing.Lang) string {
	var parts []string
	for i := 0; i < len(months); {
		j := i
		for j+1 < len(months) && months[j+1] == months[j]+1 {
			j++
		}
		part := strconv.Itoa(months[i])
		if j > i {
			part += "–" + strconv.Itoa(months[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	switch {
	case l == pricing.Chinese:
		return "第 " + strings.Join(parts, "、") + " 个月"
	case len(months) == 1:
		return "month " + parts[0]
	default:
		return "months " + strings.Join(parts, ", ")
	}
}

func newScenarioView(s *pricing.Scenario, in *ForecastInput, folded bool) ScenarioView {
	l, say := in.Lang, forecastWordsIn(in.Lang)
	f := s.Forecast
	v := ScenarioView{
		ID: s.ID, Folded: folded,
		Name: map[string]string{
			pricing.ScenarioLow: say.ScenarioLow, pricing.ScenarioExpected: say.ScenarioExpected,
			pricing.ScenarioHigh: say.ScenarioHigh, pricing.ScenarioEntered: say.ScenarioEntered,
		}[s.ID],
		Sequence: say.None, Total: say.NoOption,
	}
	if f.Best == nil {
		v.None = true
	} else {
		v.Sequence, v.Total = sequence(f.Best, l), money(f.Best.Total)
		if !f.Best.Complete {
			v.Notes = append(v.Notes, wordsIn(l).NotCompleteHelp)
		}
		v.Chart = newForecastChart(s, in)
	}
	if !f.Exact {
		v.Notes = append(v.Notes, say.NotExact)
	}
	v.Ways = waysOf(f, l)
	v.monthRows(s, in)
	return v
}

// waysOf lists the cheapest sequence, unless it keeps one option, and keeping each
// of the options.
func waysOf(f *pricing.Forecast, l pricing.Lang) []WayRow {
	say := forecastWordsIn(l)
	var rows []WayRow
	kept := f.Best != nil && len(f.Best.Changes) == 0
	if f.Best != nil && !kept {
		rows = append(rows, WayRow{Name: sequence(f.Best, l), Total: money(f.Best.Total), Best: true})
	}
	for i := range f.Stays {
		stay := &f.Stays[i]
		row := WayRow{Name: Fill(say.Keep, stay.Option.Name.In(l))}
		switch c := stay.Course; {
		case c == nil:
			row.Cannot = wordsIn(l).CannotServe
			if len(stay.Unserved) > 0 {
				row.Cannot = fmt.Sprintf(say.Unserved, monthRanges(stay.Unserved, l))
			}
		case kept && f.Best.Months[0].Option == stay.Option:
			row.Total, row.Best = money(c.Total), true
		default:
			row.Total, row.Difference = money(c.Total), "+"+money(c.Total.Sub(f.Best.Total))
		}
		rows = append(rows, row)
	}
	return rows
}

// monthRows fills in the table of months.
func (v *ScenarioView) monthRows(s *pricing.Scenario, in *ForecastInput) {
	l, best := in.Lang, s.Forecast.Best
	var exact []decimal.Decimal
	if best != nil {
		for m := range best.Months {
			exact = append(exact, best.Months[m].Exact())
		}
		for i := range best.Windows {
			exact = append(exact, best.Windows[i].Exact())
		}
		exact = append(exact, best.ExactTotal())
	}
	texts := aligned(exact)
	for m := range s.Forecast.Months {
		row := MonthRow{
			Month: strconv.Itoa(m + 1), Quantity: pricing.Grouped(strconv.FormatInt(s.Quantities[m], 10)),
			Alone: forecastWordsIn(l).NoOption,
		}
		if alone := s.Forecast.Months[m].Alone.Recommended(); alone != nil {
			row.Alone, row.AloneTotal = alone.Option.Name.In(l), money(alone.Total)
		}
		if best != nil {
			month := &best.Months[m]
			row.Option, row.Amount = month.Option.Name.In(l), texts[m]
			row.Switch = slices.Contains(best.Changes, m+1)
			for i := range month.Purchases {
				row.BoughtInMonth = append(row.BoughtInMonth, month.Purchases[i].InWords().In(l))
			}
		}
		v.MonthRows = append(v.MonthRows, row)
		if best == nil {
			continue
		}
		for i := range best.Windows {
			if w := &best.Windows[i]; w.Last == m+1 {
				v.Windows = true
				v.MonthRows = append(v.MonthRows, windowRow(w, texts[len(best.Months)+i], l))
			}
		}
	}
	if best != nil {
		v.TotalExact = texts[len(texts)-1]
		if !best.ExactTotal().Equal(best.Total) {
			v.Exact = v.TotalExact
			v.TotalExact = money(best.Total)
		}
	}
}

// windowRow is what was bought for several months together.
func windowRow(w *pricing.CourseWindow, amount string, l pricing.Lang) MonthRow {
	row := MonthRow{IsWindow: true, Month: strconv.Itoa(w.First) + "–" + strconv.Itoa(w.Last), Amount: amount}
	for i := range w.Purchases {
		row.Bought = append(row.Bought, w.Purchases[i].InWords().In(l)+" · "+aligned([]decimal.Decimal{w.Purchases[i].Amount})[0])
	}
	for i := range w.Lines {
		line := &w.Lines[i]
		row.Lines = append(row.Lines, Entry{Name: line.Name.In(l), Value: aligned([]decimal.Decimal{line.Amount})[0]})
	}
	return row
}

// spoken is the answer in one line.
func (a *ForecastAnswer) spoken() string {
	if a.Fault != "" {
		return a.Fault
	}
	return a.Verdict.Spoken
}
