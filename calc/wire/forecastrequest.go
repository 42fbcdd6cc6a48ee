package wire

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// ForecastRequest is the body of a request for a forecast. What it leaves out is
// nil, or empty.
type ForecastRequest struct {
	EstimateRequest
	Estimator *string `json:"estimator"`
	// Facts are there only beside an estimator.
	Facts      *Object  `json:"facts"`
	Over       string   `json:"over"`
	Growth     *growths `json:"growth"`
	Quantities *monthly `json:"quantities"`
	Start      *Count   `json:"start"`
	Months     *Count   `json:"months"`
}

// growths are those of scenarios by their names, of which there is one at least.
type growths struct{ Object }

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (g *growths) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	err := g.Object.UnmarshalJSONFrom(dec)
	if err == nil && len(g.members) == 0 {
		err = wrong("has none of low, expected and high")
	}
	return err
}

// monthly are values for each of some months, of which there is one at least.
type monthly []jsontext.Value

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (m *monthly) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	text, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if *m = array(text); len(*m) == 0 {
		return wrong("is empty")
	}
	return nil
}

// DecodeForecastRequest reads the body of a request for a forecast. Its error is
// a [*Malformed].
func DecodeForecastRequest(body []byte) (*ForecastRequest, error) {
	r := &ForecastRequest{}
	if err := decode(body, r, wording{count: "is neither a number nor a string"}); err != nil {
		return nil, err
	}
	switch {
	case r.Facts != nil && r.Estimator == nil:
		return nil, malformed("facts go with estimator, which says what they are facts of.")
	case r.Growth == nil && r.Quantities == nil:
		return nil, malformed("Give growth, or quantities.")
	case r.Growth != nil && r.Quantities != nil:
		return nil, malformed("Give growth or quantities, not both.")
	case r.Quantities != nil && (r.Start != nil || r.Months != nil):
		return nil, malformed("start and months go with growth; quantities say the first month and how many there are.")
	}
	return r, nil
}

// forecastMonths says how many months a request may ask for.
var forecastMonths = pricing.Input{ID: "months", Kind: pricing.KindCount, Minimum: 1, Maximum: pricing.MaxForecastMonths}

// Scenarios reads what the request asks for: what of a usage of a product's book
// changes, and the scenarios, which are not run yet. It returns every fault, those
// of inputs and facts first.
func (r *ForecastRequest) Scenarios(p *pricing.Product, book *pricing.Book) (pricing.Driver, []pricing.Scenario, []*pricing.InputError) {
	u, drivers, faults := r.drivers(p, book)
	o := pricing.Outline{Months: pricing.DefaultForecastMonths}
	// Where it is not known what changes, it is a count as large as any.
	in := &pricing.Input{Kind: pricing.KindCount, Maximum: pricing.MaxCount}
	if at, fault := over(r.Over, drivers, faults); at >= 0 {
		o.Driver = drivers[at]
		in, o.Start = o.Driver.Variable.Input(), o.Driver.Of(u)
	} else if fault != nil {
		faults = append(faults, fault)
	}
	faults = append(faults, r.outline(&o, in)...)
	if len(faults) > 0 {
		return o.Driver, nil, faults
	}
	scenarios, wrong := o.Scenarios(u)
	for _, w := range wrong {
		switch w.Part {
		case pricing.PartQuantities:
			w.Fault.Input = quantityName(w.Month - 1)
		case pricing.PartStart:
			w.Fault.Input = "start"
		default:
			w.Fault.Input = growthName(w.Scenario)
		}
		faults = append(faults, w.Fault)
	}
	return o.Driver, scenarios, faults
}

// drivers reads the inputs and the facts. It returns the usage that they come to
// and what of it can change, facts before inputs.
func (r *ForecastRequest) drivers(p *pricing.Product, book *pricing.Book) (*pricing.Usage, []pricing.Driver, []*pricing.InputError) {
	u, faults := r.Usage(book)
	if r.Estimator == nil {
		return u, u.Drivers(), faults
	}
	e, ok := p.Estimator(book, *r.Estimator)
	if !ok {
		return u, u.Drivers(), append(faults, &pricing.InputError{Input: "estimator", Code: pricing.CodeUnknownChoice, Message: noEstimator})
	}
	facts := e.FactsOf(u)
	more := setAll(facts, r.Facts.all())
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

// outline reads how an input changes.
func (r *ForecastRequest) outline(o *pricing.Outline, in *pricing.Input) (faults []*pricing.InputError) {
	if r.Quantities != nil {
		o.Quantities, faults = readQuantities(*r.Quantities, in)
		return faults
	}
	read := func(name string, sent *Count, in *pricing.Input, to *int64) {
		if sent == nil {
			return
		}
		n, fault := sent.In(in)
		if fault != nil {
			fault.Input = name
			faults = append(faults, fault)
			return
		}
		*to = n
	}
	months := int64(o.Months)
	read("start", r.Start, in, &o.Start)
	read("months", r.Months, &forecastMonths, &months)
	o.Months = int(months)
	growths, more := r.growths()
	o.Growths = growths
	return append(faults, more...)
}

func quantityName(position int) string { return fmt.Sprintf("quantities[%d]", position) }

func readQuantities(sent []jsontext.Value, in *pricing.Input) ([]int64, []*pricing.InputError) {
	if len(sent) > pricing.MaxForecastMonths {
		most := pricing.MaxForecastMonths
		return nil, []*pricing.InputError{{Input: "quantities", Code: pricing.CodeOutOfRange, Message: pricing.Text{
			EN: fmt.Sprintf("There can be at most %d months.", most), ZH: fmt.Sprintf("最多 %d 个月。", most),
		}}}
	}
	var faults []*pricing.InputError
	quantities := make([]int64, len(sent))
	for i, value := range sent {
		var fault *pricing.InputError
		if quantities[i], fault = countIn(in, value); fault != nil {
			fault.Input = quantityName(i)
			faults = append(faults, fault)
		}
	}
	return quantities, faults
}

func growthName(scenario string) string { return "growth." + scenario }

// growths reads the growths that the request gives, in the order low, expected,
// high.
func (r *ForecastRequest) growths() ([]pricing.ScenarioGrowth, []*pricing.InputError) {
	given := make(map[string]jsontext.Value, len(r.Growth.members))
	for _, m := range r.Growth.members {
		given[m.name] = m.value
	}
	var all []pricing.ScenarioGrowth
	var faults []*pricing.InputError
	fail := func(id string, fault *pricing.InputError) {
		fault.Input = growthName(id)
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
		if n := len(all); n > 0 && growth.Percent().LessThan(all[n-1].Growth.Percent()) {
			fail(id, pricing.OutOfOrder())
		}
		all = append(all, pricing.ScenarioGrowth{ID: id, Growth: growth})
	}
	for _, m := range r.Growth.members {
		if _, unknown := given[m.name]; unknown {
			fail(m.name, pricing.UnknownInput(m.name))
		}
	}
	return all, faults
}

// readGrowth reads a growth from a JSON value that may be anything.
func readGrowth(value jsontext.Value) (pricing.Growth, *pricing.InputError) {
	kind := value.Kind()
	isNumber := kind == '0' || kind == '"'
	text := ""
	if isNumber {
		text = Count(value).text()
	}
	growth, err := pricing.ParseGrowth(text)
	fault, _ := err.(*pricing.InputError)
	if !isNumber {
		fault.Code = pricing.CodeWrongType
	}
	return growth, fault
}
