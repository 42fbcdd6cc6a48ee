package wire

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Curves is the JSON of what the options cost over a range of a count.
type Curves struct {
	Product   string `json:"product"`
	PriceBook string `json:"price_book"`
	Currency  string `json:"currency"`
	Months    int64  `json:"months"`
	Over      string `json:"over"`
	Name      string `json:"name"`
	Unit      string `json:"unit"`
	Present   string `json:"present"`
	From      string `json:"from"`
	To        string `json:"to"`
	// Quantities are in ascending order, and so are the totals of the series and
	// what is recommended; null where an option cannot serve a quantity, or none.
	Quantities  []string      `json:"quantities"`
	Series      []CurveSeries `json:"series"`
	Recommended []*string     `json:"recommended"`
	// Steps are quantities at which a total jumps.
	Steps      []string         `json:"steps"`
	BreakEvens []CurveBreakEven `json:"break_evens"`
	// ExactUpTo is the quantity up to which BreakEvens has all there are.
	ExactUpTo string          `json:"exact_up_to"`
	Headroom  []CurveHeadroom `json:"headroom"`
	// Affordable is left out without a budget.
	Affordable []CurveAffordable `json:"affordable,omitempty"`
}

// CurveSeries is the JSON of what one option costs.
type CurveSeries struct {
	Option string    `json:"option"`
	Name   string    `json:"name"`
	Totals []*string `json:"totals"`
}

// CurveBreakEven is the JSON of a quantity from which on another option is
// recommended. From and To are null where none is feasible.
type CurveBreakEven struct {
	Quantity string        `json:"quantity"`
	From     *string       `json:"from"`
	To       *string       `json:"to"`
	Below    CurveTwoSides `json:"below"`
	At       CurveTwoSides `json:"at"`
}

// CurveTwoSides is the JSON of what two options cost at a quantity; null where
// there is no such option or it cannot serve the quantity.
type CurveTwoSides struct {
	Quantity string  `json:"quantity"`
	From     *string `json:"from"`
	To       *string `json:"to"`
}

// CurveHeadroom is the JSON of how much more of a count fits before the total
// rises.
type CurveHeadroom struct {
	Input   string `json:"input"`
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Present string `json:"present"`
	// UpTo and More are null if the total never rises, or if no option is feasible.
	UpTo *string `json:"up_to"`
	More *string `json:"more"`
	// AtLeast says that more may fit: the search was cut off.
	AtLeast bool `json:"at_least"`
	// Next is the option that one more unit takes; null, as Total and Rise then
	// are, if none can serve it or if it is not known.
	Next  *string `json:"next"`
	Total *string `json:"total"`
	Rise  *string `json:"rise"`
}

// CurveAffordable is the JSON of what the budget buys in an option.
type CurveAffordable struct {
	Option string `json:"option"`
	Name   string `json:"name"`
	// Quantity and Total are null if nothing is within the budget.
	Quantity *string `json:"quantity"`
	Total    *string `json:"total"`
	// NoBound says that the budget does not bound the quantity, Unserved that the
	// option cannot serve more, AtLeast that more may be within the budget.
	NoBound  bool `json:"no_bound"`
	Unserved bool `json:"unserved"`
	AtLeast  bool `json:"at_least"`
}

// Turn is a break-even point with the curve of it and of one less.
type Turn struct {
	pricing.BreakEven
	Near *pricing.Curve
}

// NewCurves returns the JSON of curves, its texts in language l. Turns are the
// break-even points, of which there are all up to exactUpTo.
func NewCurves(c *Curved, curve *pricing.Curve, turns []Turn, exactUpTo int64, l pricing.Lang) *Curves {
	book := c.Usage.Book()
	in := c.Variable.Input()
	last := len(curve.Quantities) - 1
	out := &Curves{
		Product: book.Product, PriceBook: book.ID, Currency: book.Currency, Months: c.Usage.Months(),
		Over: c.Variable.ID(), Name: in.Name.In(l), Unit: in.Unit.In(l), Present: count(c.Variable.Of(c.Usage)),
		From: count(curve.Quantities[0]), To: count(curve.Quantities[last]),
		Quantities: counts(curve.Quantities), Steps: counts(curve.Steps), ExactUpTo: count(exactUpTo),
		Recommended: make([]*string, last+1), BreakEvens: []CurveBreakEven{}, Headroom: []CurveHeadroom{},
	}
	for i := range curve.Series {
		s := CurveSeries{Option: curve.Series[i].Option.ID, Name: curve.Series[i].Option.Name.In(l)}
		for _, total := range curve.Series[i].Totals {
			s.Totals = append(s.Totals, optionalMoney(total))
		}
		out.Series = append(out.Series, s)
	}
	for i, best := range curve.Recommended {
		if best >= 0 {
			out.Recommended[i] = &curve.Series[best].Option.ID
		}
	}
	for i := range turns {
		t := &turns[i]
		out.BreakEvens = append(out.BreakEvens, CurveBreakEven{
			Quantity: count(t.Quantity), From: optionID(t.Before), To: optionID(t.After),
			Below: t.sides(t.Quantity - 1), At: t.sides(t.Quantity),
		})
	}
	return out
}

// sides returns what the two options of a break-even point cost at a quantity.
func (t *Turn) sides(n int64) CurveTwoSides {
	at, _ := slices.BinarySearch(t.Near.Quantities, n)
	total := func(o *pricing.Option) *string {
		for i := range t.Near.Series {
			if t.Near.Series[i].Option == o {
				return optionalMoney(t.Near.Series[i].Totals[at])
			}
		}
		return nil
	}
	return CurveTwoSides{Quantity: count(n), From: total(t.Before), To: total(t.After)}
}

// AddHeadroom adds the headroom of a variable, nil if the total never rises.
func (c *Curves) AddHeadroom(u *pricing.Usage, v pricing.Variable, h *pricing.Headroom, l pricing.Lang) {
	in := v.Input()
	out := CurveHeadroom{Input: v.ID(), Name: in.Name.In(l), Unit: in.Unit.In(l), Present: count(v.Of(u))}
	if h != nil {
		upTo, more := count(h.UpTo), count(h.More)
		out.UpTo, out.More, out.AtLeast = &upTo, &more, h.AtLeast
		if h.Next != nil {
			out.Next, out.Total, out.Rise = &h.Next.ID, optionalMoney(&h.Total), optionalMoney(&h.Rise)
		}
	}
	c.Headroom = append(c.Headroom, out)
}

// AddAffordable adds what the budget buys.
func (c *Curves) AddAffordable(all []pricing.Affordable, l pricing.Lang) {
	for i := range all {
		a := &all[i]
		out := CurveAffordable{
			Option: a.Option.ID, Name: a.Option.Name.In(l), NoBound: a.NoBound, Unserved: a.Unserved, AtLeast: a.AtLeast,
		}
		if !a.None {
			n := count(a.Quantity)
			out.Quantity, out.Total = &n, optionalMoney(&a.Total)
		}
		c.Affordable = append(c.Affordable, out)
	}
}

func optionalMoney(d *decimal.Decimal) *string {
	if d == nil {
		return nil
	}
	s := money(*d)
	return &s
}

func optionID(o *pricing.Option) *string {
	if o == nil {
		return nil
	}
	return &o.ID
}

func counts(all []int64) []string {
	out := make([]string, len(all))
	for i, n := range all {
		out[i] = count(n)
	}
	return out
}
