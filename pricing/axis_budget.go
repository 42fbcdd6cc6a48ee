package pricing

import "github.com/shopspring/decimal"

// Affordable is what an amount buys of a count in one option.
type Affordable struct {
	Option *Option
	// None says that no quantity that the option serves is within the amount;
	// the fields below then are empty.
	None bool
	// Quantity is the largest that the option serves at a rounded total within
	// the amount, and Total that total.
	Quantity int64
	Total    decimal.Decimal
	// NoBound says that Quantity is the input's maximum: the amount does not
	// bound it. Unserved says that the option cannot serve one more unit.
	NoBound, Unserved bool
	// AtLeast says that the search was cut off because of the work: Quantity,
	// or None, is what was found, and a larger quantity may be within the
	// amount.
	AtLeast bool
}

// Budget returns, for every option in the order of the book, the largest
// quantity whose total for the whole term, rounded to the fen, is no more than
// an amount.
func (a *Axis) Budget(amount decimal.Decimal) []Affordable {
	all := make([]Affordable, len(a.options))
	for i := range a.options {
		all[i] = a.affordable(i, amount.RoundFloor(fen))
	}
	return all
}

// affordable searches from above for a quantity within an amount in whole fen.
// A span is passed over if the option is proven to stay above it.
func (a *Axis) affordable(i int, amount decimal.Decimal) Affordable {
	out := Affordable{Option: a.options[i].option}
	s := &search{walk: a.walk()}
	s.only = i
	s.found = func(p *point) bool {
		return p.options[i].feasible && p.options[i].total.LessThanOrEqual(amount)
	}
	s.never = func(in span) bool { return a.staysAbove(i, in, amount) }
	hit, complete := s.down(a.input.Minimum, a.input.Maximum)
	out.AtLeast = !complete
	if hit == nil {
		out.None = true
		return out
	}
	out.Quantity, out.Total = hit.x, hit.options[i].total
	out.NoBound = hit.x == a.input.Maximum
	if !out.NoBound && complete {
		out.Unserved = !s.at(hit.x + 1).options[i].feasible
	}
	return out
}

// staysAbove reports whether it is proven that inside a span an option is not
// feasible, or its rounded total more than an amount in whole fen.
func (a *Axis) staysAbove(i int, s span, amount decimal.Decimal) bool {
	if !s.low.options[i].feasible {
		return true
	}
	bound := roundsAbove(amount)
	for v := range views {
		if least, _ := a.within(i, s.bands(a, v)); least.GreaterThanOrEqual(bound) {
			return true
		}
	}
	return false
}
