package pricing

import "github.com/shopspring/decimal"

// BreakEven is a quantity from which another option is recommended than for
// one less.
type BreakEven struct {
	// Quantity is the smallest for which After is recommended, at Total.
	Quantity int64
	Total    decimal.Decimal
	// Before is recommended for one less, at TotalBefore. Of Before and After
	// one can be nil, if no option is feasible; its total then is 0.
	Before, After *Option
	TotalBefore   decimal.Decimal
	// Lost says that Before cannot serve Quantity, Gained that After cannot
	// serve one less; otherwise the price makes the change.
	Lost, Gained bool
}

// BreakEvens are the break-even points of a range.
type BreakEvens struct {
	// Points are in ascending order.
	Points []BreakEven
	// ExactUpTo is the quantity up to which Points has all there are: the end
	// of the range, unless there are very many.
	ExactUpTo int64
}

// BreakEvens returns every quantity above from, and up to to, from which on
// another option is the one that [Estimate.Recommended] names than for one
// less. The range is cut to what the input allows.
func (a *Axis) BreakEvens(from, to int64) BreakEvens {
	return a.breakEvens(from, to, int(a.input.Maximum))
}

// NextBreakEven returns the first break-even point above the present quantity,
// or nil if there is none. ExactUpTo is the input's maximum, or, if the work
// was too much to find one, the quantity up to which there is none.
func (a *Axis) NextBreakEven() (next *BreakEven, exactUpTo int64) {
	all := a.breakEvens(a.present, a.input.Maximum, 1)
	if len(all.Points) > 0 {
		return &all.Points[0], a.input.Maximum
	}
	return nil, all.ExactUpTo
}

// breakEvens finds no more than so many points. A span is passed over if one
// option is recommended at both ends and proven to be no dearer than those
// before it in the book, and a fen or more cheaper than those behind it: the
// same then holds of the rounded totals.
func (a *Axis) breakEvens(from, to int64, most int) BreakEvens {
	from, to = max(from, a.input.Minimum), min(to, a.input.Maximum)
	out := BreakEvens{ExactUpTo: to}
	if from >= to {
		return out
	}
	w := a.walk()
	before := w.at(from)
	s := &search{walk: w}
	s.found = func(p *point) bool { return p.best != before.best }
	s.never = func(s span) bool { return s.low.best == s.high.best && a.keeps(s) }
	for len(out.Points) < most {
		hit, done := s.up(before, to)
		if hit == nil {
			out.ExactUpTo = done
			break
		}
		if s.left < 1 {
			out.ExactUpTo = before.x
			break
		}
		out.Points = append(out.Points, a.breakEven(s.at(hit.x-1), hit))
		before = hit
	}
	return out
}

func (a *Axis) breakEven(below, at *point) BreakEven {
	b := BreakEven{Quantity: at.x}
	if i := below.best; i >= 0 {
		b.Before, b.TotalBefore, b.Lost = a.options[i].option, below.options[i].total, !at.options[i].feasible
	}
	if i := at.best; i >= 0 {
		b.After, b.Total, b.Gained = a.options[i].option, at.options[i].total, !below.options[i].feasible
	}
	return b
}

// keeps reports whether it is proven that the option recommended at both ends
// of a span is recommended inside it.
func (a *Axis) keeps(s span) bool {
	best := s.low.best
	var rivals []int
	for i := range a.options {
		if i != best && s.low.options[i].feasible {
			rivals = append(rivals, i)
		}
	}
	for v := range views {
		if len(rivals) == 0 {
			break
		}
		bands := s.bands(a, v)
		open := rivals[:0]
		for _, i := range rivals {
			most := a.excess(best, i, bands)
			if i < best {
				most = most.Add(oneFen)
			}
			if most.IsPositive() {
				open = append(open, i)
			}
		}
		rivals = open
	}
	return len(rivals) == 0
}
