package wire

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// Forecast is the JSON of what a product costs while one of its counts changes
// from month to month. Amounts of months and windows are exact; totals are their
// sums, rounded once.
type Forecast struct {
	Product   string `json:"product"`
	PriceBook string `json:"price_book"`
	Currency  string `json:"currency"`
	// Over names the count that changes. Estimator is left out unless it is one of
	// that estimator's facts.
	Over      string     `json:"over"`
	Estimator string     `json:"estimator,omitempty"`
	Months    int        `json:"months"`
	Scenarios []Scenario `json:"scenarios"`
	// Changes is null for a product of which nothing is known about changing
	// options: then none is counted on.
	Changes *Changes `json:"changes"`
}

// Changes is the JSON of what the rules of changing options rest on.
type Changes struct {
	Source      string   `json:"source"`
	Assumptions []string `json:"assumptions"`
}

// Scenario is the JSON of one way that the count may go.
type Scenario struct {
	ID string `json:"id"`
	// Growth is in per cent a month, null for quantities that were stated.
	Growth *string `json:"growth"`
	// Months has each month by itself.
	Months []ForecastMonth `json:"months"`
	// Best is null if there is no way to serve every month.
	Best *Course `json:"best"`
	// Exact is false if so many ways were open that some were not looked at.
	Exact bool   `json:"exact"`
	Stays []Stay `json:"stays"`
}

// ForecastMonth is the JSON of a month by itself: the cheapest option for a term
// of this month alone.
type ForecastMonth struct {
	Month       int     `json:"month"`
	Quantity    string  `json:"quantity"`
	Recommended *string `json:"recommended"`
	Total       *string `json:"total"`
}

// Stay is the JSON of keeping one option throughout.
type Stay struct {
	Option string `json:"option"`
	Name   string `json:"name"`
	// Course is null if the option cannot serve every month, and Unserved are the
	// months that it cannot.
	Course   *Course `json:"course"`
	Unserved []int   `json:"unserved"`
	// Difference is to the best course; null if one of them is missing.
	Difference *string `json:"difference"`
}

// Course is the JSON of one option for each month, and what that costs.
type Course struct {
	Total      string `json:"total"`
	Prepaid    string `json:"prepaid"`
	Postpaid   string `json:"postpaid"`
	ExactTotal string `json:"exact_total"`
	Complete   bool   `json:"complete"`
	// Changes are the months, from 2, in which the option is another one.
	Changes []int          `json:"changes"`
	Months  []CourseMonth  `json:"months"`
	Windows []CourseWindow `json:"windows"`
}

// CourseMonth is the JSON of a month of a course. Term is the number of months of
// the order that it is part of.
type CourseMonth struct {
	Month     int        `json:"month"`
	Option    string     `json:"option"`
	Term      int        `json:"term"`
	Amount    string     `json:"amount"`
	Purchases []Purchase `json:"purchases"`
}

// CourseWindow is the JSON of what is bought for several months together.
type CourseWindow struct {
	First     int        `json:"first"`
	Last      int        `json:"last"`
	Amount    string     `json:"amount"`
	Lines     []Line     `json:"lines"`
	Purchases []Purchase `json:"purchases"`
}

// NewForecast returns the JSON of forecasts of a book, of which there is at least
// one, while something changes; its texts are in language l.
func NewForecast(b *pricing.Book, over pricing.Driver, scenarios []pricing.Scenario, l pricing.Lang) *Forecast {
	out := &Forecast{
		Product: b.Product, PriceBook: b.ID, Currency: b.Currency,
		Over: over.Variable.ID(), Months: len(scenarios[0].Quantities), Scenarios: make([]Scenario, len(scenarios)),
	}
	if over.Estimator != nil {
		out.Estimator = over.Estimator.ID
	}
	if c := b.Changes(); c != nil {
		out.Changes = &Changes{Source: c.Source.String(l), Assumptions: texts(c.Assumptions, l)}
	}
	for i := range scenarios {
		out.Scenarios[i] = newScenario(&scenarios[i], l)
	}
	return out
}

func newScenario(s *pricing.Scenario, l pricing.Lang) Scenario {
	f := s.Forecast
	out := Scenario{
		ID: s.ID, Months: make([]ForecastMonth, len(f.Months)), Best: newCourse(f.Best, l),
		Exact: f.Exact, Stays: make([]Stay, len(f.Stays)),
	}
	if s.Growth != nil {
		percent := s.Growth.Percent().String()
		out.Growth = &percent
	}
	for m := range f.Months {
		month := ForecastMonth{Month: m + 1, Quantity: count(s.Quantities[m])}
		if best := f.Months[m].Alone.Recommended(); best != nil {
			total := money(best.Total)
			month.Recommended, month.Total = &best.Option.ID, &total
		}
		out.Months[m] = month
	}
	for i := range f.Stays {
		stay := &f.Stays[i]
		out.Stays[i] = Stay{
			Option: stay.Option.ID, Name: stay.Option.Name.In(l),
			Course: newCourse(stay.Course, l), Unserved: append([]int{}, stay.Unserved...),
		}
		if stay.Course != nil && f.Best != nil {
			difference := money(stay.Course.Total.Sub(f.Best.Total))
			out.Stays[i].Difference = &difference
		}
	}
	return out
}

// newCourse returns the JSON of a course, or nil for none.
func newCourse(c *pricing.Course, l pricing.Lang) *Course {
	if c == nil {
		return nil
	}
	out := &Course{
		Total: money(c.Total), Prepaid: money(c.Prepaid), Postpaid: money(c.Postpaid), ExactTotal: c.ExactTotal().String(),
		Complete: c.Complete, Changes: append([]int{}, c.Changes...),
		Months: make([]CourseMonth, len(c.Months)), Windows: make([]CourseWindow, len(c.Windows)),
	}
	for m := range c.Months {
		month := &c.Months[m]
		out.Months[m] = CourseMonth{
			Month: m + 1, Option: month.Option.ID, Term: month.Term,
			Amount: month.Exact().String(), Purchases: newPurchases(month.Purchases),
		}
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		out.Windows[i] = CourseWindow{
			First: w.First, Last: w.Last, Amount: w.Exact().String(),
			Lines: make([]Line, len(w.Lines)), Purchases: newPurchases(w.Purchases),
		}
		for j := range w.Lines {
			out.Windows[i].Lines[j] = newLine(&w.Lines[j], l)
		}
	}
	return out
}

func newPurchases(bought []pricing.Purchase) []Purchase {
	out := make([]Purchase, len(bought))
	for i := range bought {
		out[i] = newPurchase(&bought[i])
	}
	return out
}

// ForecastRequest is the body of a request for a forecast. What depends on the
// price book is read later.
type ForecastRequest struct {
	// Product is empty if the request has none.
	Product string
	// PriceBook is nil if the request names none.
	PriceBook *string
	// Lang is empty if the request names none.
	Lang   pricing.Lang
	inputs []member
	// estimator is nil if the request names none; there are facts only beside it.
	estimator     *string
	facts         []member
	over          string
	growth        []member
	quantities    []jsontext.Value
	start, months jsontext.Value
}

// DecodeForecastRequest reads the body of a request for a forecast. Its error is
// a [*Malformed].
func DecodeForecastRequest(body []byte) (*ForecastRequest, error) {
	fields, err := object(body)
	if err != nil {
		return nil, err
	}
	r := &ForecastRequest{}
	facts := false
	for _, m := range fields {
		switch m.name {
		case "product":
			r.Product, err = text(m)
		case "price_book":
			r.PriceBook, err = optionalText(m)
		case "lang":
			r.Lang, err = lang(m)
		case "inputs":
			r.inputs, err = nested(m)
		case "estimator":
			r.estimator, err = optionalText(m)
		case "facts":
			facts = true
			r.facts, err = nested(m)
		case "over":
			r.over, err = text(m)
		case "growth":
			if r.growth, err = nested(m); err == nil && len(r.growth) == 0 {
				err = malformed("growth has none of low, expected and high.")
			}
		case "quantities":
			if m.value.Kind() != '[' {
				err = malformed("quantities is not an array.")
			} else if r.quantities = array(m.value); len(r.quantities) == 0 {
				err = malformed("quantities is empty.")
			}
		case "start":
			r.start, err = countOrText(m)
		case "months":
			r.months, err = countOrText(m)
		default:
			err = malformed("There is no field %.40q; the fields are product, price_book, lang, inputs, estimator, facts, over, growth, quantities, start and months.", m.name)
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case facts && r.estimator == nil:
		return nil, malformed("facts go with estimator, which says what they are facts of.")
	case r.growth == nil && r.quantities == nil:
		return nil, malformed("Give growth, or quantities.")
	case r.growth != nil && r.quantities != nil:
		return nil, malformed("Give growth or quantities, not both.")
	case r.quantities != nil && (r.start != nil || r.months != nil):
		return nil, malformed("start and months go with growth; quantities say the first month and how many there are.")
	}
	return r, nil
}

// countOrText returns the value of a member that is a number or a string.
func countOrText(m member) (jsontext.Value, error) {
	if kind := m.value.Kind(); kind != '0' && kind != '"' {
		return nil, malformed("%s is neither a number nor a string.", m.name)
	}
	return m.value, nil
}

// The months of a forecast, if a request does not say how many, and what a
// request may say.
const defaultForecastMonths = 12

var forecastMonths = pricing.Input{ID: "months", Kind: pricing.KindCount, Minimum: 1, Maximum: pricing.MaxForecastMonths}

// Scenarios reads what the request asks for: what of a usage of the book changes,
// and the scenarios, which are not run yet. It returns every fault, those of
// inputs and facts first.
func (r *ForecastRequest) Scenarios(book *pricing.Book) (pricing.Driver, []pricing.Scenario, []*pricing.InputError) {
	u, drivers, faults := r.drivers(book)
	var driver pricing.Driver
	// Where it is not known what changes, it is a count as large as any.
	in := &pricing.Input{Kind: pricing.KindCount, Maximum: pricing.MaxCount}
	start, months := int64(0), int64(defaultForecastMonths)
	if at, fault := over(r.over, drivers, faults); at >= 0 {
		driver = drivers[at]
		in, start = driver.Variable.Input(), driver.Of(u)
	} else if fault != nil {
		faults = append(faults, fault)
	}
	note := func(fault *pricing.InputError, name string) {
		if fault != nil {
			fault.Input = name
			faults = append(faults, fault)
		}
	}
	var scenarios []pricing.Scenario
	if r.quantities != nil {
		quantities, more := r.readQuantities(in)
		faults = append(faults, more...)
		scenarios = append(scenarios, pricing.Scenario{ID: pricing.ScenarioEntered, Quantities: quantities})
	} else {
		if r.start != nil {
			note(readCount(in, r.start, &start), "start")
		}
		if r.months != nil {
			note(readCount(&forecastMonths, r.months, &months), "months")
		}
		growths, more := r.growths()
		faults = append(faults, more...)
		for i := range growths {
			g := &growths[i]
			scenarios = append(scenarios, pricing.Scenario{ID: g.id, Growth: &g.growth, Quantities: g.growth.Quantities(in, start, int(months))})
		}
	}
	if len(faults) > 0 {
		return driver, nil, faults
	}
	for i := range scenarios {
		s := &scenarios[i]
		usages, month, fault := driver.Usages(u, s.Quantities)
		s.Usages = usages
		switch {
		case s.Growth == nil:
			note(fault, fmt.Sprintf("quantities[%d]", month-1))
		case month == 1:
			note(fault, "start")
		default:
			note(fault, "growth."+s.ID)
		}
	}
	return driver, scenarios, faults
}

// drivers reads the inputs and the facts. It returns the usage that they come to
// and what of it can change, facts before inputs.
func (r *ForecastRequest) drivers(book *pricing.Book) (*pricing.Usage, []pricing.Driver, []*pricing.InputError) {
	u, faults := usage(r.inputs, book)
	if r.estimator == nil {
		return u, u.Drivers(), faults
	}
	e, ok := book.Estimator(*r.estimator)
	if !ok {
		return u, u.Drivers(), append(faults, &pricing.InputError{Input: "estimator", Code: pricing.CodeUnknownChoice, Message: noEstimator})
	}
	facts := e.FactsOf(u)
	more := setAll(facts, r.facts)
	tellUnknownFacts(more)
	if len(more) == 0 {
		var d *pricing.Derivation
		if d, more = e.Derive(facts); d != nil {
			u = d.Apply(u)
		}
	}
	return u, append(e.Drivers(facts), u.Drivers()...), append(faults, more...)
}

// noEstimator is said of an estimator that the price book has not.
var noEstimator = pricing.Text{
	EN: "This price book has no such estimator.",
	ZH: "这一份价格没有这种推算。",
}

// readCount reads a count for an input from a number or a string.
func readCount(in *pricing.Input, value jsontext.Value, to *int64) *pricing.InputError {
	digits := string(value)
	switch value.Kind() {
	case '"':
		digits = unquote(value)
	case '0':
	default:
		return in.Fault(pricing.CodeWrongType)
	}
	n, err := pricing.ParseCount(digits)
	if fault, ok := err.(*pricing.InputError); ok {
		return in.Fault(fault.Code)
	}
	if n < in.Minimum || n > in.Maximum {
		return in.Fault(pricing.CodeOutOfRange)
	}
	*to = n
	return nil
}

func (r *ForecastRequest) readQuantities(in *pricing.Input) ([]int64, []*pricing.InputError) {
	if len(r.quantities) > pricing.MaxForecastMonths {
		most := pricing.MaxForecastMonths
		return nil, []*pricing.InputError{{Input: "quantities", Code: pricing.CodeOutOfRange, Message: pricing.Text{
			EN: fmt.Sprintf("There can be at most %d months.", most), ZH: fmt.Sprintf("最多 %d 个月。", most),
		}}}
	}
	var faults []*pricing.InputError
	quantities := make([]int64, len(r.quantities))
	for i, value := range r.quantities {
		if fault := readCount(in, value, &quantities[i]); fault != nil {
			fault.Input = fmt.Sprintf("quantities[%d]", i)
			faults = append(faults, fault)
		}
	}
	return quantities, faults
}

// namedGrowth is the growth of a scenario.
type namedGrowth struct {
	id     string
	growth pricing.Growth
}

// growths reads the growths that the request gives, in the order low, expected,
// high.
func (r *ForecastRequest) growths() ([]namedGrowth, []*pricing.InputError) {
	given := make(map[string]jsontext.Value, len(r.growth))
	for _, m := range r.growth {
		given[m.name] = m.value
	}
	var all []namedGrowth
	var faults []*pricing.InputError
	fail := func(id string, fault *pricing.InputError) {
		fault.Input = "growth." + id
		faults = append(faults, fault)
	}
	for _, id := range []string{pricing.ScenarioLow, pricing.ScenarioExpected, pricing.ScenarioHigh} {
		value, ok := given[id]
		if !ok {
			continue
		}
		delete(given, id)
		growth, fault := readGrowth(value)
		if fault != nil {
			fail(id, fault)
			continue
		}
		if n := len(all); n > 0 && growth.Percent().LessThan(all[n-1].growth.Percent()) {
			fail(id, pricing.OutOfOrder())
		}
		all = append(all, namedGrowth{id, growth})
	}
	for _, m := range r.growth {
		if _, unknown := given[m.name]; unknown {
			fail(m.name, pricing.UnknownInput(m.name))
		}
	}
	return all, faults
}

func readGrowth(value jsontext.Value) (pricing.Growth, *pricing.InputError) {
	digits := string(value)
	switch value.Kind() {
	case '"':
		digits = unquote(value)
	case '0':
	default:
		_, err := pricing.ParseGrowth("")
		fault, _ := err.(*pricing.InputError)
		fault.Code = pricing.CodeWrongType
		return pricing.Growth{}, fault
	}
	growth, err := pricing.ParseGrowth(digits)
	fault, _ := err.(*pricing.InputError)
	return growth, fault
}
