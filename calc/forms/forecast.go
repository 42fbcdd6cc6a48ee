package forms

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// The names in the address of a forecast that are not inputs.
const (
	Over       = "over"
	Start      = "start"
	Low        = "low"
	Expected   = "expected"
	High       = "high"
	Quantities = "quantities"
	Horizon    = "horizon"
)

// forecastNames are those names in the order of the form.
var forecastNames = []string{Over, Start, Low, Expected, High, Horizon, Quantities}

const (
	defaultHorizon = pricing.DefaultForecastMonths
	defaultGrowth  = "5"
)

// horizonInput says what the number of months may be.
var horizonInput = pricing.Input{
	ID: Horizon, Kind: pricing.KindCount, Minimum: 1, Maximum: pricing.MaxForecastMonths,
	Unit: pricing.Unit{One: "month", EN: "months", ZH: "个月"},
}

// Forecast is the form of a forecast, filled in.
type Forecast struct {
	// Form is that of the calculator, whose usage stays the same but for what
	// grows.
	Form *Form
	// Drivers are what can grow, of which there may be none, and At is the position
	// of the one that does. Facts that the usage is from come before its counts.
	Drivers []pricing.Driver
	At      int
	// Start is the quantity of the first month, Months how many there are.
	Start  int64
	Months int
	// Low, Expected and High are growths per month; LowTyped and HighTyped say
	// that they were entered and do not come from the expected one.
	Low, Expected, High pricing.Growth
	LowTyped, HighTyped bool
	// Quantities are those of each month, where they were entered; growth, start
	// and the number of months are not used then.
	Quantities []int64
	// Typed is the text of each field as it came, Faults what could not be
	// understood, by the names above.
	Typed  map[string]string
	Faults map[string]*pricing.InputError

	scenarios []pricing.Scenario // of a form that is sound
}

// DecodeForecast reads the form of a forecast for a price book of the product.
// It reports false if the product has no such price book. The context ends the
// search for what is to grow if nothing is said of it; what is found then is of
// no use.
func DecodeForecast(ctx context.Context, values url.Values, product *pricing.Product) (*Forecast, bool) {
	form, ok := Decode(values, product)
	if !ok {
		return nil, false
	}
	f := &Forecast{
		Form: form, Months: defaultHorizon,
		Typed: map[string]string{}, Faults: map[string]*pricing.InputError{},
	}
	for _, name := range forecastNames {
		if given := values[name]; len(given) > 0 {
			f.Typed[name] = given[len(given)-1]
		}
	}
	f.chooseDriver(ctx)
	if len(f.Drivers) == 0 {
		return f, true
	}
	f.readStart()
	f.readGrowths()
	f.readHorizon()
	f.readQuantities()
	if f.Sound() {
		f.addScenarios()
	}
	return f, true
}

// Driver returns what grows; there must be something.
func (f *Forecast) Driver() pricing.Driver { return f.Drivers[f.At] }

// input returns the count or the fact that grows.
func (f *Forecast) input() *pricing.Input { return f.Driver().Variable.Input() }

// present returns the quantity of it that the calculator has.
func (f *Forecast) present() int64 { return f.Driver().Of(f.Form.Usage) }

// VariableName returns the name of the field of a variable in a form.
func VariableName(v pricing.Variable) string {
	if rows, row := v.InRow(); rows != nil {
		return RowField(rows.ID, row, v.Input().ID)
	}
	return v.Input().ID
}

func (f *Forecast) fail(name string, fault *pricing.InputError) {
	if fault != nil {
		fault.Input = name
		f.Faults[name] = fault
	}
}

// blank reports whether nothing was typed into a field.
func (f *Forecast) blank(name string) bool { return numbers.Blank(f.Typed[name]) }

// chooseDriver finds what grows: what is asked for. Unasked it is a fact, if the
// usage comes from facts, and else what the outlook of a calculator draws.
func (f *Forecast) chooseDriver(ctx context.Context) {
	u := f.Form.Usage
	for _, facts := range f.Form.Facts {
		if facts.Yield(u) {
			f.Drivers = append(f.Drivers, facts.Estimator.Drivers(facts.Entries.Usage)...)
		}
	}
	facts := len(f.Drivers)
	f.Drivers = append(f.Drivers, u.Drivers()...)
	name := f.Typed[Over]
	if f.At = slices.IndexFunc(f.Drivers, func(d pricing.Driver) bool { return VariableName(d.Variable) == name }); f.At >= 0 {
		return
	}
	if facts > 0 {
		f.At = largestVolume(f.Drivers[:facts], u)
	} else {
		_, f.At, _ = f.Form.drawn(u.Axes(ctx))
	}
	if name != "" {
		f.fail(Over, &pricing.InputError{Code: pricing.CodeUnknownChoice, Message: pricing.Text{
			EN: "There is no such usage here. Choose one of the list.",
			ZH: "这里没有这项用量，请从列表中选择。",
		}})
	}
}

// largestVolume returns the position of the fact that says how much there is; of
// several the one without which the bill is lowest.
func largestVolume(facts []pricing.Driver, u *pricing.Usage) int {
	chosen := 0
	var least *decimal.Decimal
	for i, d := range facts {
		if !d.Volume() {
			continue
		}
		if total := totalWithout(d, u); total != nil && (least == nil || total.LessThan(*least)) {
			chosen, least = i, total
		}
	}
	return chosen
}

// totalWithout returns the total of the recommended option where there is as
// little of a fact as can be; nil if there is no such option.
func totalWithout(d pricing.Driver, u *pricing.Usage) *decimal.Decimal {
	without, _, fault := d.Usages(u, []int64{d.Variable.Input().Minimum})
	if fault != nil {
		return nil
	}
	if best := without[0].Estimate().Recommended(); best != nil {
		return &best.Total
	}
	return nil
}

func (f *Forecast) readStart() {
	in := f.input()
	f.Start = f.present()
	if !f.blank(Start) {
		var fault *pricing.InputError
		if f.Start, fault = readCount(f.Typed[Start], in); fault != nil {
			f.fail(Start, fault)
		}
	}
}

// readGrowths reads the growths, of which the expected one has a default and the
// others are half and double of it if nothing else is said.
func (f *Forecast) readGrowths() {
	f.Expected, _ = pricing.ParseGrowth(defaultGrowth)
	f.readGrowth(Expected, &f.Expected)
	f.Low, f.High = f.Expected.Around()
	f.LowTyped = f.readGrowth(Low, &f.Low)
	f.HighTyped = f.readGrowth(High, &f.High)
	if f.Faults[Expected] != nil {
		return
	}
	if f.Low.Percent().GreaterThan(f.Expected.Percent()) && f.Faults[Low] == nil {
		f.fail(Low, pricing.OutOfOrder())
	}
	if f.High.Percent().LessThan(f.Expected.Percent()) && f.Faults[High] == nil {
		f.fail(High, pricing.OutOfOrder())
	}
}

func (f *Forecast) readGrowth(name string, to *pricing.Growth) (typed bool) {
	if f.blank(name) {
		return false
	}
	growth, fault := readGrowth(f.Typed[name])
	if fault != nil {
		f.fail(name, fault)
		return true
	}
	*to = growth
	return true
}

// growthField is what a growth is typed into.
var growthField = numbers.Field{
	Unit: pricing.Unit{EN: "%", ZH: "%"}, Minimum: pricing.MinGrowth, Maximum: pricing.MaxGrowth,
	Decimals: pricing.GrowthDecimals, Signed: true, Sample: "2.5", Limits: growthLimits,
}

// growthLimits words what a growth may be as it is worded everywhere.
func growthLimits(code pricing.Code) pricing.Text {
	text := "0." + strings.Repeat("0", pricing.GrowthDecimals) + "1"
	if code == pricing.CodeOutOfRange {
		text = strconv.Itoa(pricing.MaxGrowth + 1)
	}
	_, err := pricing.ParseGrowth(text)
	var fault *pricing.InputError
	if errors.As(err, &fault) {
		return fault.Message
	}
	return pricing.Text{}
}

// readGrowth reads a growth as people type it: "2.5", "+2.5 %", "−1", "５％".
func readGrowth(typed string) (pricing.Growth, *pricing.InputError) {
	n, fault := growthField.Read(typed)
	if fault != nil {
		return pricing.Growth{}, fault
	}
	growth, err := pricing.ParseGrowth(n.String())
	fault, _ = err.(*pricing.InputError)
	return growth, fault
}

func (f *Forecast) readHorizon() {
	if f.blank(Horizon) {
		return
	}
	n, fault := readCount(f.Typed[Horizon], &horizonInput)
	if fault != nil {
		f.fail(Horizon, fault)
		return
	}
	f.Months = int(n)
}

// readQuantities reads the quantities of months that were entered one by one.
func (f *Forecast) readQuantities() {
	if f.blank(Quantities) {
		return
	}
	var fault *pricing.InputError
	if f.Quantities, fault = readList(f.Typed[Quantities], f.input()); fault != nil {
		f.fail(Quantities, fault)
		return
	}
	// What is not used is not at fault.
	f.Months = len(f.Quantities)
	f.Start = f.Quantities[0]
	for _, name := range []string{Start, Low, Expected, High, Horizon} {
		delete(f.Faults, name)
	}
}

// Entered reports whether the quantities were entered one by one, right or wrong.
func (f *Forecast) Entered() bool { return !f.blank(Quantities) }

// Sound reports whether there is something to forecast and nothing is at fault.
func (f *Forecast) Sound() bool {
	return len(f.Drivers) > 0 && len(f.Faults) == 0 && len(f.Form.Faults) == 0
}

// Scenarios returns the scenarios of a form that is sound, the expected one
// first, each to be run. Of growths that are the same there is one.
func (f *Forecast) Scenarios() []pricing.Scenario { return f.scenarios }

// addScenarios makes the scenarios. Facts that come to more than an input can
// hold in some month are the fault of the field that leads there.
func (f *Forecast) addScenarios() {
	scenarios, faults := f.outline().Scenarios(f.Form.Usage)
	f.scenarios = scenarios
	for _, wrong := range faults {
		switch wrong.Part {
		case pricing.PartQuantities:
			f.fail(Quantities, wrong.Fault)
		case pricing.PartStart:
			f.fail(Start, wrong.Fault)
		default:
			f.fail(wrong.Scenario, wrong.Fault)
		}
	}
}

// outline returns what a form that is sound asks for.
func (f *Forecast) outline() *pricing.Outline {
	o := &pricing.Outline{Driver: f.Driver(), Quantities: f.Quantities, Start: f.Start, Months: f.Months}
	for _, g := range []pricing.ScenarioGrowth{
		{ID: pricing.ScenarioExpected, Growth: f.Expected}, {ID: pricing.ScenarioLow, Growth: f.Low}, {ID: pricing.ScenarioHigh, Growth: f.High},
	} {
		if len(o.Growths) == 0 || !g.Growth.Percent().Equal(f.Expected.Percent()) {
			o.Growths = append(o.Growths, g)
		}
	}
	return o
}

// WithBook returns the form with the same entries for another price book of its
// product.
func (f *Forecast) WithBook(b *pricing.Book) *Forecast {
	out, calculator := *f, *f.Form
	calculator.Book, out.Form = b, &calculator
	return &out
}

// Today returns the query string that opens the same forecast at the prices of the
// day, as that of a calculator does.
func (f *Forecast) Today() string {
	return f.Form.withItem(f.Form.written(f.Form.Pinned(), f.queryEntries))
}

// Query returns the query string of the forecast: that of the calculator, what
// grows, and of the rest what differs from its default, with a check over all of
// it. Entries at fault are in it as they were typed.
func (f *Forecast) Query() string { return f.Form.withItem(f.Form.seal(f.canonical())) }

// Judge has a notice say whether the address that the forecast was read from came
// whole.
func (f *Forecast) Judge(a *Address, n *Notice) {
	if f.Form.Judge(a, n); !n.Whole { // a calculator's address leads to its forecast, too
		a.judge(n, f.Form.Product.ID, f.canonical(), PriceBook)
	}
}

func (f *Forecast) canonical() string { return f.Form.written(true, f.queryEntries) }

// queryEntries adds all that was entered.
func (f *Forecast) queryEntries(q *query) {
	calculator := *f.Form
	calculator.Over = ""
	calculator.queryEntries(q, calculator.queryFacts)
	if len(f.Drivers) == 0 {
		return
	}
	add := func(name string, differs bool, text string) {
		switch typed := f.Typed[name]; {
		case f.Faults[name] != nil && len(typed) <= maxList:
			q.add(name, typed)
		case f.Faults[name] == nil && differs:
			q.add(name, text)
		}
	}
	add(Over, true, VariableName(f.Driver().Variable))
	if f.Quantities != nil {
		list := make([]string, len(f.Quantities))
		for i, n := range f.Quantities {
			list[i] = strconv.FormatInt(n, 10)
		}
		add(Quantities, true, strings.Join(list, "~"))
		return
	}
	add(Start, f.Start != f.present(), strconv.FormatInt(f.Start, 10))
	low, high := f.Expected.Around()
	add(Low, !f.Low.Percent().Equal(low.Percent()), f.Low.Percent().String())
	add(Expected, f.Expected.Percent().String() != defaultGrowth, f.Expected.Percent().String())
	add(High, !f.High.Percent().Equal(high.Percent()), f.High.Percent().String())
	add(Horizon, f.Months != defaultHorizon, strconv.Itoa(f.Months))
	add(Quantities, false, "")
}

// Carried returns what the page of a forecast sends besides its own fields: the
// form of the calculator.
func (f *Forecast) Carried() []Param {
	return slices.DeleteFunc(params(f.Form.Query()), func(p Param) bool { return p.Name == Over })
}
