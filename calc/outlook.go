package calc

import (
	"slices"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
	"suanpan/views"
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

// outlook answers with the outlook of the calculator that the address describes:
// the part of the page that htmx asks for when the rest has changed.
func (s *Server) outlook(c echo.Context) error {
	form, err := s.calculatorForm(c, c.QueryParams())
	if err != nil {
		return err
	}
	pageHeaders(c)
	return render(c, formStatus(form), views.OutlookUpdate(newOutlook(form, s.lang(c))))
}

// newOutlook computes what the outlook of a calculator shows.
func newOutlook(form *forms.Form, l pricing.Lang) *views.Outlook {
	in := &views.OutlookInput{
		Lang: l, Product: form.Product, Usage: form.Usage, FieldName: forms.VariableName, BudgetTyped: form.Budget,
		Faulty: len(form.Faults) > 0,
	}
	if in.Faulty {
		return views.NewOutlook(in)
	}
	axes := form.Usage.Axes()
	in.Variables, in.At, in.Unasked = form.Drawn(axes)
	if len(in.Variables) == 0 {
		return views.NewOutlook(in)
	}
	in.Estimate = form.Usage.Estimate()
	axis := axes.Of(in.Variables[in.At])
	points := curvePoints
	if rowsOf(form.Usage) > manyRows {
		points = fewPoints
	}
	from, to := drawnRange(axis)
	in.Spread = (points - 1) / 10
	in.Turns = axis.BreakEvens(from, to)
	if n := len(in.Turns.Points); n > maxTurns {
		in.TurnsLeft, in.Turns.Points = n-maxTurns, in.Turns.Points[:maxTurns]
	}
	if !slices.ContainsFunc(in.Turns.Points, func(b pricing.BreakEven) bool { return b.Quantity > axis.Present() }) {
		in.Next, in.NoneUpTo = axis.NextBreakEven()
	}
	in.Curve = curveWith(axis, from, to, points, in.Turns.Points)
	in.Headrooms, in.Unused, in.HeadroomsLeft = headrooms(axes, form.Usage, in.Variables, in.At)
	in.Amount, in.BudgetFault = form.Amount()
	if in.Amount != nil {
		in.Affordable = axis.Budget(*in.Amount)
	}
	return views.NewOutlook(in)
}

func rowsOf(u *pricing.Usage) int {
	n := 0
	book := u.Book()
	for i := range book.Inputs {
		n += len(u.Rows(&book.Inputs[i]))
	}
	return n
}

// drawnRange returns the range to draw: what the axis proposes, but so far that
// the present quantity can double.
func drawnRange(a *pricing.Axis) (from, to int64) {
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
func headrooms(axes *pricing.Axes, u *pricing.Usage, all []pricing.Variable, drawn int) (set, unused []views.Headroom, left int) {
	for i, v := range all {
		to, most := &set, maxHeadrooms
		if i != drawn && v.Of(u) == v.Input().Default {
			to, most = &unused, maxUnused
		}
		if len(*to) == most {
			left++
			continue
		}
		*to = append(*to, views.Headroom{Variable: v, Headroom: axes.Of(v).Headroom()})
	}
	rank := func(h views.Headroom) int {
		switch {
		case h.Headroom == nil:
			return 2
		case h.Headroom.More == 0:
			return 1
		default:
			return 0
		}
	}
	slices.SortStableFunc(unused, func(a, b views.Headroom) int { return rank(a) - rank(b) })
	return set, unused, left
}
