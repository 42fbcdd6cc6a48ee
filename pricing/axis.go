package pricing

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"
)

// Axis is a usage with one of its counts left open: what the options cost as a
// function of that count, all else being as stated. [Axes.Of] makes one. It is
// read-only and safe for concurrent use.
//
// # How points are found exactly
//
// The searches ([Axis.BreakEvens], [Axis.Headroom], [Axis.Budget]) compute the
// exact amounts at some quantities, by the code that makes the bill, and infer
// what lies between. What they infer rests on this:
//
//  1. The quantities are cut into stretches at every edge of the book: where a
//     condition, a limit, a waiver or an add-on begins or ends to apply, and
//     where an allowance is used up. Inside a stretch the same options are
//     feasible, the same prices apply, and each of them rises or each falls;
//     volume tiers, waivers and conditional prices turn at edges only.
//  2. Between two quantities of a stretch the amount of a price is therefore
//     between its amounts at the two, and for most forms more is known (see
//     run): it is exactly on the straight line between them, or within a block
//     of that line, or rises no faster than some straight line. Such bounds
//     are straight lines themselves, so that sums and differences of them are,
//     and are largest at one of the two ends.
//  3. Prices that two options share cancel out of their difference; of those
//     that run in parallel the difference is bounded however far apart the two
//     quantities are.
//
// An interval in which the bounds prove that nothing changes is passed over.
// Any other is halved, down to two neighbours, where nothing lies between. So
// what is found is found on the integers, and what is passed over is proven.
// Bounds only decide how much work that is. Where they do not help, as with
// options that take turns to be the cheapest with every block, the work is cut
// off at a bound, and the result says how far it is complete.
type Axis struct {
	usage    *Usage
	input    *Input // the count, or the field of a row
	position int    // of the input, or of the rows
	row      int    // the row, or -1
	field    int
	present  int64
	// now is what the options cost at the present quantity, and best the position
	// of the one to recommend there, or -1.
	now  []optionPoint
	best int

	classes []class
	options []axisOption
	// edges are where stretches begin, in ascending order; jumps those at
	// which an amount may jump.
	edges, jumps []int64
	// still is what the rows come to beside that of the axis; nil for the axis of
	// an input.
	still *stillRows
	// work is the number of quantities that one search may compute, and ctx may
	// end it earlier.
	work int
	ctx  context.Context
}

// class is a charge at the prices that some of the options have.
type class struct {
	position int // of the charge in the book
	charge   *charge
	prices   []conditionalPrice
	runs     []run // of the prices, along the axis
}

// axisOption is an option of the book as the axis has it.
type axisOption struct {
	option  *Option
	classes []int // those that the axis changes
	// fixed is what the others come to; impossible says that they cannot serve
	// the usage.
	fixed      decimal.Decimal
	impossible bool
}

// maxWork bounds the quantities that one search computes.
const maxWork = 10_000

// Input returns the input or the field that the axis is of.
func (a *Axis) Input() *Input { return a.input }

// Present returns the quantity that the usage states.
func (a *Axis) Present() int64 { return a.present }

// Share returns what the present quantity adds to the total of the recommended
// option: by how much that falls where the quantity is the input's minimum; 0
// where no option is feasible now or there. Matters says that some option costs
// another amount there, or is feasible only here or there.
func (a *Axis) Share() (share decimal.Decimal, matters bool) {
	without := a.walk().at(a.input.Minimum)
	if a.best >= 0 && without.best >= 0 {
		share = a.now[a.best].total.Sub(without.options[without.best].total)
	}
	for i := range a.now {
		a, b := &a.now[i], &without.options[i]
		matters = matters || a.feasible != b.feasible || a.feasible && !a.total.Equal(b.total)
	}
	return share, matters
}

// inside returns the edges that lie above the minimum, sorted, each once.
func (a *Axis) inside(edges []int64) []int64 {
	slices.Sort(edges)
	edges = slices.DeleteFunc(edges, func(x int64) bool { return x <= a.input.Minimum || x > a.input.Maximum })
	return slices.Compact(edges)
}

// is reports whether the axis is the input at a position.
func (a *Axis) is(position int) bool { return a.row < 0 && a.position == position }

// edgesOf returns the quantities at which conditions begin or end to hold.
func (a *Axis) edgesOf(cs conditions) []int64 {
	var edges []int64
	for _, c := range cs {
		if a.is(c.input) {
			edges = append(edges, c.want, c.want+1)
		}
	}
	return edges
}

// first returns the smallest quantity for which something holds that holds for
// all above it, too; one above the maximum if there is none.
func (a *Axis) first(holds func(b *bill) bool) int64 {
	w := a.walk()
	low, high := a.input.Minimum, a.input.Maximum+1
	for low < high {
		middle := low + (high-low)/2
		if w.set(middle); holds(&w.bill) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// term returns the months of the term.
func (a *Axis) term() decimal.Decimal { return decimal.NewFromInt(a.usage.Months()) }

// windows returns into how many windows of some months the term falls.
func (a *Axis) windows(months int64) int64 { return (a.usage.Months() + months - 1) / months }

// fenPerWindow returns a fen for each window.
func (a *Axis) fenPerWindow(months int64) decimal.Decimal {
	return decimal.New(a.windows(months), -fen)
}

// walk computes an axis at one quantity after the other.
type walk struct {
	axis  *Axis
	bill  bill
	value *int64
	// others is how many rows state a quantity beside that of the axis.
	others int64
	// only is the position of the one option that matters, or -1.
	only int
	left int // quantities that may still be computed
}

func (a *Axis) walk() *walk {
	u := a.usage
	w := &walk{axis: a, only: -1, left: a.work}
	w.bill = *u.plainBill()
	w.bill.still = a.still
	w.value = &w.bill.values[a.position]
	if a.row >= 0 {
		row := slices.Clone(u.rows[a.position][a.row])
		w.bill.rows = slices.Clone(u.rows)
		w.bill.rows[a.position] = slices.Clone(u.rows[a.position])
		w.bill.rows[a.position][a.row] = row
		w.value = &row[a.field]
		w.others = w.bill.values[a.position] - yesNo(row.states(&u.book.Inputs[a.position]))
	}
	return w
}

// set puts the quantity in its place.
func (w *walk) set(x int64) {
	*w.value = x
	if a := w.axis; a.row >= 0 {
		row := w.bill.rows[a.position][a.row]
		w.bill.values[a.position] = w.others + yesNo(row.states(&w.bill.book.Inputs[a.position]))
	}
}

// point is what the options cost at one quantity.
type point struct {
	x       int64
	samples []classSample // by class; of those that a feasible option has
	options []optionPoint
	// best is the position of the option to recommend, or -1.
	best int
}

type optionPoint struct {
	feasible bool
	exact    decimal.Decimal
	total    decimal.Decimal // rounded to the fen
}

// classSample is what a class comes to at one quantity.
type classSample struct {
	amount   decimal.Decimal
	violated bool
	prices   []priceSample // none if it was not computed
}

// priceSample is what one price comes to at one quantity, and what its run says
// there.
type priceSample struct {
	applies, whole, far bool
	amount, ceiling     decimal.Decimal
}

// at computes a quantity.
func (w *walk) at(x int64) *point {
	a := w.axis
	w.left--
	if a.ctx.Err() != nil {
		w.left = 0
	}
	w.set(x)
	p := &point{x: x, best: -1, samples: make([]classSample, len(a.classes)), options: make([]optionPoint, len(a.options))}
	for i := range a.options {
		o, here := &a.options[i], &p.options[i]
		if w.only >= 0 && w.only != i || o.impossible || !w.serves(o.option) {
			continue
		}
		here.feasible, here.exact = true, o.fixed
		for _, j := range o.classes {
			s := &p.samples[j]
			if s.prices == nil {
				*s = a.classes[j].sample(&w.bill)
			}
			here.feasible = here.feasible && !s.violated
			here.exact = here.exact.Add(s.amount)
		}
		here.total = roundMoney(here.exact)
		if here.feasible && (p.best < 0 || here.total.LessThan(p.options[p.best].total)) {
			p.best = i
		}
	}
	return p
}

// serves reports whether the limits and the features of an option allow the
// quantity.
func (w *walk) serves(o *Option) bool {
	if f := w.bill.book.features; f != nil && f.needed(w.bill.values)&^o.features != 0 {
		return false
	}
	for i := range o.limits {
		if l := &o.limits[i]; l.broken(w.bill.values[l.input]) {
			return false
		}
	}
	return true
}

// sample computes a class: the lowest of the prices that apply, as
// [charge.bill] takes it. The bill stays as it was.
func (c *class) sample(b *bill) classSample {
	s := classSample{prices: make([]priceSample, len(c.prices))}
	if !c.charge.when.hold(b.values) {
		return s
	}
	found := false
	for i := range c.prices {
		if !c.prices[i].when.hold(b.values) {
			continue
		}
		p, r, start := &s.prices[i], &c.runs[i], b.mark()
		c.prices[i].price.bill(b, c.charge)
		p.applies = true
		p.amount, _ = b.amounts(start)
		p.whole = r.whole == nil || r.whole(b, start)
		p.far = r.far != nil && r.far(b)
		if r.ceiling != nil {
			p.ceiling = r.ceiling(b)
		}
		s.violated = s.violated || len(b.violations) > 0
		b.violations = b.violations[:0]
		b.back(start)
		if !found || p.amount.LessThan(s.amount) {
			s.amount, found = p.amount, true
		}
	}
	return s
}
