package pricing

import "github.com/shopspring/decimal"

// Headroom is how much more of a count fits before a total rises.
type Headroom struct {
	// UpTo is the largest quantity for which, as for all from the present one,
	// the total is no higher than now. More is how much more that is.
	UpTo, More int64
	// AtLeast says that the search ended there because of the work: more may
	// fit, and what follows is empty.
	AtLeast bool
	// Next is the option that one more unit takes, at Total, which is Rise more
	// than now. It is nil if none can serve that; Total and Rise then are 0.
	Next        *Option
	Total, Rise decimal.Decimal
	// Unserved says that the option of now cannot serve one more unit.
	Unserved bool
}

// Headroom returns how much more fits before the total of the recommended
// option rises; nil if it never does, or if no option is feasible.
func (a *Axis) Headroom() *Headroom { return a.headroom(-1) }

// headroom searches for the first quantity with a higher total. A span is
// passed over if some option is proven to stay within the total.
func (a *Axis) headroom(only int) *Headroom {
	s := &search{walk: a.walk()}
	s.only = only
	now := s.at(a.present)
	if now.best < 0 {
		return nil
	}
	total := now.options[now.best].total
	s.found = func(p *point) bool { return p.best < 0 || p.options[p.best].total.GreaterThan(total) }
	s.never = func(in span) bool { return a.staysWithin(in, total) }
	hit, done := s.up(now, a.input.Maximum)
	switch {
	case hit == nil && done == a.input.Maximum:
		return nil
	case hit == nil:
		return &Headroom{UpTo: done, More: done - a.present, AtLeast: true}
	}
	h := &Headroom{UpTo: hit.x - 1, More: hit.x - 1 - a.present, Unserved: !hit.options[now.best].feasible}
	if hit.best >= 0 {
		h.Next, h.Total = a.options[hit.best].option, hit.options[hit.best].total
		h.Rise = h.Total.Sub(total)
	}
	return h
}

// roundsAbove returns the least amount that is rounded to more than an amount
// in whole fen.
func roundsAbove(total decimal.Decimal) decimal.Decimal { return total.Add(halfFen) }

// staysWithin reports whether it is proven that inside a span some option's
// rounded total is no more than a total.
func (a *Axis) staysWithin(s span, total decimal.Decimal) bool {
	bound := roundsAbove(total)
	for v := range views {
		bands := s.bands(a, v)
		for i := range a.options {
			if !s.low.options[i].feasible {
				continue
			}
			if _, most := a.within(i, bands); most.LessThan(bound) {
				return true
			}
		}
	}
	return false
}
