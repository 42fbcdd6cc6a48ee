package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Curve is what every option costs over a range of a count.
type Curve struct {
	// Quantities are in ascending order, from the first of the range to the
	// last, each once: evenly spread ones, the present one, and, wherever the
	// rule of a price changes or an amount jumps, that quantity and the one
	// before it. Between two of them the totals are nearly straight, if there
	// are enough of them.
	Quantities []int64
	// Series are the options in the order of the book.
	Series []Series
	// Recommended has the position of the recommended option in Series for
	// each quantity, or -1 if none is feasible.
	Recommended []int
	// Steps are the quantities, all of them among Quantities together with the
	// one before, at which an option's total jumps: where a block opens, an
	// add-on is needed, a waiver ends, or the option can no longer serve it or
	// from there on can. Steps that are too close to be told apart in a drawing
	// of so many points are left out.
	Steps []int64
}

// Series is what one option costs for each quantity of a curve.
type Series struct {
	Option *Option
	// Totals are rounded to the fen, as [OptionEstimate.Total] is; nil where
	// the option is not feasible.
	Totals []*decimal.Decimal
}

// maxPoints bounds the evenly spread points of a curve.
const maxPoints = 1000

// Curve computes the totals over a range, which is cut to what the input
// allows, at about so many points (2 to 1000), and at the steps.
func (a *Axis) Curve(from, to int64, points int) *Curve {
	from = min(max(from, a.input.Minimum), a.input.Maximum)
	to = min(max(to, from), a.input.Maximum)
	points = min(max(points, 2), maxPoints)
	w := a.walk()
	jumps := a.jumpsIn(w, from, to, points)
	var x []int64
	for i := range int64(points) {
		x = append(x, from+(to-from)*i/int64(points-1))
	}
	if a.present >= from && a.present <= to {
		x = append(x, a.present)
	}
	for _, e := range slices.Concat(a.edges, jumps) {
		if e > from && e <= to {
			x = append(x, e-1, e)
		}
	}
	slices.Sort(x)
	c := &Curve{Quantities: slices.Compact(x)}
	for i := range a.options {
		c.Series = append(c.Series, Series{Option: a.options[i].option})
	}
	var before *point
	for _, x := range c.Quantities {
		if a.ctx.Err() != nil {
			break
		}
		p := w.at(x)
		for i := range p.options {
			var total *decimal.Decimal
			if o := &p.options[i]; o.feasible {
				total = &o.total
			}
			c.Series[i].Totals = append(c.Series[i].Totals, total)
		}
		c.Recommended = append(c.Recommended, p.best)
		if before != nil && before.x == x-1 && before.jumpsTo(p, slices.Contains(jumps, x)) {
			c.Steps = append(c.Steps, x)
		}
		before = p
	}
	return c
}

// jumpsIn returns the quantities above from and up to to at which an amount may
// jump; of a price with more than so many, none.
func (a *Axis) jumpsIn(w *walk, from, to int64, most int) []int64 {
	var jumps []int64
	for _, e := range a.jumps {
		if e > from && e <= to {
			jumps = append(jumps, e)
		}
	}
	for i := range a.classes {
		for j := range a.classes[i].runs {
			if steps := a.classes[i].runs[j].steps; steps != nil && from < to {
				jumps = steps(jumps, w, from, to, most)
			}
		}
	}
	return jumps
}

// jumpsTo reports whether there is a step to the next quantity, at which an
// amount may jump: a total that is another, or an option that is feasible here
// or there only.
func (p *point) jumpsTo(next *point, may bool) bool {
	for i := range p.options {
		here, there := &p.options[i], &next.options[i]
		if here.feasible != there.feasible || (may && here.feasible && !here.total.Equal(there.total)) {
			return true
		}
	}
	return false
}

// Range returns a range to draw: from the input's minimum to a round number
// beyond the present quantity and the next break-even point. Where there is
// neither it reaches beyond the last quantity at which a rule of the book
// changes, or else to where the total has risen ten times.
func (a *Axis) Range() (from, to int64) {
	reach := a.present
	if next, _ := a.NextBreakEven(); next != nil {
		reach = max(reach, next.Quantity)
	}
	if reach <= a.input.Minimum {
		if n := len(a.edges); n > 0 {
			reach = a.edges[n-1]
		}
		if h := a.Headroom(); reach <= a.input.Minimum+1 && h != nil {
			reach = 10 * min(h.UpTo+1, a.input.Maximum/10)
		}
	}
	return a.input.Minimum, min(roundBeyond(reach), a.input.Maximum)
}

// roundBeyond returns the smallest round number that is a fifth above a
// quantity or more.
func roundBeyond(n int64) int64 {
	for power := int64(10); ; power *= 10 {
		for _, tenths := range []int64{10, 15, 20, 30, 40, 50, 60, 80} {
			if round := power / 10 * tenths; 5*round >= 6*n {
				return round
			}
		}
	}
}
