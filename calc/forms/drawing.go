package forms

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

const (
	// curvePoints are the evenly spread points of a drawing, fewer where a
	// quantity takes long to compute because of its many rows. Less one they are a
	// multiple of ten, so that every so many of them are round.
	curvePoints = 61
	fewPoints   = 31
	manyRows    = 10
	// maxTurns bounds the break-even points that are drawn and listed.
	maxTurns = 24
	// maxHeadrooms bounds the set inputs whose headroom a page shows, and maxUnused
	// those of the others.
	maxHeadrooms = 24
	maxUnused    = 64
)

// Outlook is how the cost of what was entered moves with it.
type Outlook struct {
	// Variables can be drawn, At is the position of the one that is, and Unasked of
	// the one that would be without being asked for. Without any there is nothing
	// else here.
	Variables   []pricing.Variable
	At, Unasked int
	Estimate    *pricing.Estimate
	Curve       *pricing.Curve
	// Turns are the break-even points in the range of the curve, and TurnsLeft how
	// many more there are.
	Turns     pricing.BreakEvens
	TurnsLeft int
	// Next is the first one beyond the range if there is none in it above the
	// present quantity. If there is no such either, it is known up to NoneUpTo.
	Next     *pricing.BreakEven
	NoneUpTo int64

	// Headrooms are those of what is set and of what is drawn, Unused the others,
	// and HeadroomsLeft is how many more there are.
	Headrooms, Unused []Headroom
	HeadroomsLeft     int

	// Amount is the budget; nil if there is none, or if it is at fault. Affordable
	// is what it buys.
	Amount      *decimal.Decimal
	BudgetFault *pricing.InputError
	Affordable  []pricing.Affordable
}

// Headroom is the headroom of a variable; it has none if the total never rises.
type Headroom struct {
	Variable pricing.Variable
	Headroom *pricing.Headroom
}

// Outlook computes what the outlook of the form shows; nil if something is at
// fault. The context ends the work, with its error.
func (f *Form) Outlook(ctx context.Context) (*Outlook, error) {
	if len(f.Faults) > 0 {
		return nil, nil
	}
	out := &Outlook{}
	axes := f.Usage.Axes(ctx)
	out.Variables, out.At, out.Unasked = f.drawn(axes)
	if len(out.Variables) == 0 {
		return out, ctx.Err()
	}
	out.Estimate = f.Usage.Estimate()
	axis := axes.Of(out.Variables[out.At])
	points := curvePoints
	if rowsOf(f.Usage) > manyRows {
		points = fewPoints
	}
	from, to := DrawnRange(axis)
	out.Turns = axis.BreakEvens(from, to)
	if n := len(out.Turns.Points); n > maxTurns {
		out.TurnsLeft, out.Turns.Points = n-maxTurns, out.Turns.Points[:maxTurns]
	}
	if !slices.ContainsFunc(out.Turns.Points, func(b pricing.BreakEven) bool { return b.Quantity > axis.Present() }) {
		out.Next, out.NoneUpTo = axis.NextBreakEven()
	}
	out.Curve = curveWith(axis, from, to, points, out.Turns.Points)
	out.Headrooms, out.Unused, out.HeadroomsLeft = headrooms(axes, f.Usage, out.Variables, out.At)
	out.Amount, out.BudgetFault = f.amount()
	if out.Amount != nil {
		out.Affordable = axis.Budget(*out.Amount)
	}
	return out, ctx.Err()
}

// rowsOf counts the rows of a usage.
func rowsOf(u *pricing.Usage) int {
	n := 0
	book := u.Book()
	for i := range book.Inputs {
		n += len(u.Rows(&book.Inputs[i]))
	}
	return n
}

// DrawnRange returns the range to draw: what the axis proposes, but so far that
// the present quantity can double.
func DrawnRange(a *pricing.Axis) (from, to int64) {
	from, to = a.Range()
	if twice := min(2*a.Present(), a.Input().Maximum); twice > to {
		to = roundedUp(twice)
	}
	return from, min(to, a.Input().Maximum)
}

// roundedUp returns the smallest number of two digits and zeros that is no less
// than n.
func roundedUp(n int64) int64 {
	power := int64(1)
	for n/power >= 100 {
		power *= 10
	}
	return (n + power - 1) / power * power
}

// curveWith returns a curve that also has both sides of some break-even points.
func curveWith(a *pricing.Axis, from, to int64, points int, turns []pricing.BreakEven) *pricing.Curve {
	c := a.Curve(from, to, points)
	for i := range turns {
		x := turns[i].Quantity
		near := a.Curve(x-1, x, 2)
		for j := range near.Quantities {
			insert(c, near, j)
		}
		if _, known := slices.BinarySearch(c.Steps, x); !known && slices.Contains(near.Steps, x) {
			c.Steps = append(c.Steps, x)
			slices.Sort(c.Steps)
		}
	}
	return c
}

// insert adds the quantity at a position of one curve to another, if it is not
// there yet.
func insert(c, from *pricing.Curve, at int) {
	i, known := slices.BinarySearch(c.Quantities, from.Quantities[at])
	if known {
		return
	}
	c.Quantities = slices.Insert(c.Quantities, i, from.Quantities[at])
	c.Recommended = slices.Insert(c.Recommended, i, from.Recommended[at])
	for j := range c.Series {
		c.Series[j].Totals = slices.Insert(c.Series[j].Totals, i, from.Series[j].Totals[at])
	}
}

// headrooms returns the headroom of every variable that is set and of the one
// that is drawn, and of the others: first of those of which some fits for nothing,
// last of those that cost nothing at all. Left is how many more there would have
// been than are wanted.
func headrooms(axes *pricing.Axes, u *pricing.Usage, all []pricing.Variable, drawn int) (set, unused []Headroom, left int) {
	for i, v := range all {
		to, most := &set, maxHeadrooms
		if i != drawn && v.Of(u) == v.Input().Default {
			to, most = &unused, maxUnused
		}
		if len(*to) == most {
			left++
			continue
		}
		*to = append(*to, Headroom{Variable: v, Headroom: axes.Of(v).Headroom()})
	}
	rank := func(h Headroom) int {
		switch {
		case h.Headroom == nil:
			return 2
		case h.Headroom.More == 0:
			return 1
		default:
			return 0
		}
	}
	slices.SortStableFunc(unused, func(a, b Headroom) int { return rank(a) - rank(b) })
	return set, unused, left
}
