package pricing

import (
	"context"
	"reflect"
	"slices"

	"github.com/shopspring/decimal"
)

// Axes makes the axes of one usage. They share what does not depend on which
// count is left open: what a charge comes to that the count does not change, and
// what the rows come to. It keeps a copy of the usage. It must not be used by
// several goroutines at once; the axes may.
type Axes struct {
	ctx   context.Context
	usage *Usage
	// classes are the charges at the prices that some of the options have, and
	// options has the positions of those of each option.
	classes []stillClass
	options [][]int
	// rows has the prices of rows, and what all rows come to by each.
	rows map[*rowPrice]rowsMonth
	// made are the axes that were asked for.
	made map[axisPlace]*Axis
	// now is what the options come to as the usage is stated, which is the same on
	// all axes: the first has computed it.
	now *point
}

// axisPlace is where in a usage the count of an axis stands.
type axisPlace struct{ position, row, field int }

// stillClass is a class as it is where the axis does not change it.
type stillClass struct {
	class
	// sample is what it comes to; nil until an axis has asked for it.
	sample *classSample
}

// Axes returns what makes the axes of the usage. The context ends the work of
// their searches: what they find after its end is cut short, and not to be shown.
func (u *Usage) Axes(ctx context.Context) *Axes {
	b := u.book
	x := &Axes{ctx: ctx, usage: u.clone(), options: make([][]int, len(b.Options)), rows: map[*rowPrice]rowsMonth{}, made: map[axisPlace]*Axis{}}
	for i := range b.Options {
		for j := range b.charges {
			prices := b.charges[j].prices[i]
			if len(prices) > 0 {
				x.options[i] = append(x.options[i], x.class(j, prices))
			}
			for k := range prices {
				if r, ok := prices[k].price.(*rowPrice); ok {
					x.addRows(r)
				}
			}
		}
	}
	return x
}

// addRows notes what all rows come to by a price.
func (x *Axes) addRows(r *rowPrice) {
	if _, known := x.rows[r]; !known {
		var all rowsMonth
		all.amount, all.units = r.month(x.usage.plainBill(), nil)
		x.rows[r] = all
	}
}

// class returns the position of the class of a charge at some prices, which is
// made if there is none yet. Prices that the book writes out for each option
// are shared, too, if they are the same.
func (x *Axes) class(position int, prices []conditionalPrice) int {
	for i := range x.classes {
		same := x.classes[i].position == position
		if same && (&x.classes[i].prices[0] == &prices[0] || reflect.DeepEqual(x.classes[i].prices, prices)) {
			return i
		}
	}
	x.classes = append(x.classes, stillClass{class: class{position: position, charge: &x.usage.book.charges[position], prices: prices}})
	return len(x.classes) - 1
}

// Of returns the axis of a variable of the usage.
func (x *Axes) Of(v Variable) *Axis {
	at := axisPlace{position: x.usage.book.position(v.in.ID), row: -1, field: -1}
	if v.rows != nil {
		at = axisPlace{x.usage.book.position(v.rows.ID), v.row, v.field}
	}
	if x.made[at] == nil {
		x.made[at] = x.axis(v.in, at.position, at.row, at.field)
	}
	return x.made[at]
}

func (x *Axes) axis(in *Input, position, row, field int) *Axis {
	b := x.usage.book
	a := &Axis{usage: x.usage, input: in, position: position, row: row, field: field, work: maxWork, ctx: x.ctx}
	a.present = x.usage.values[position]
	if row >= 0 {
		a.present = x.usage.rows[position][row][field]
		a.still = x.without(position, row)
	}
	a.edges = []int64{1} // from which on anything is stated
	if f := b.features; f != nil && slices.ContainsFunc(f.implied, func(i impliedFeature) bool { return a.is(i.input) }) {
		a.jumps = append(a.jumps, 1)
	}
	at := make([]int, len(x.classes)) // the position in the axis, or -1
	for i := range x.classes {
		c := x.classes[i].class
		if at[i] = -1; a.reads(&c) {
			at[i] = len(a.classes)
			a.classes = append(a.classes, c)
		} else if x.classes[i].sample == nil {
			s := c.sample(x.usage.plainBill())
			x.classes[i].sample = &s
		}
	}
	for i := range b.Options {
		o := axisOption{option: &b.Options[i]}
		for _, l := range o.option.limits {
			if l.input == position {
				a.edges = append(a.edges, l.least, l.reach+1)
			}
		}
		for _, j := range x.options[i] {
			if at[j] >= 0 {
				o.classes = append(o.classes, at[j])
				continue
			}
			s := x.classes[j].sample
			o.fixed = o.fixed.Add(s.amount)
			o.impossible = o.impossible || s.violated
		}
		a.options = append(a.options, o)
	}
	for i := range a.classes {
		c := &a.classes[i]
		a.jumps = append(a.jumps, a.edgesOf(c.charge.when)...)
		for j := range c.prices {
			a.jumps = append(a.jumps, a.edgesOf(c.prices[j].when)...)
			a.jumps, a.edges = append(a.jumps, c.runs[j].jumps...), append(a.edges, c.runs[j].edges...)
		}
	}
	a.jumps = a.inside(a.jumps)
	a.edges = a.inside(append(a.edges, a.jumps...))
	if x.now == nil {
		x.now = a.walk().at(a.present)
	}
	a.now, a.best = x.now.options, x.now.best
	return a
}

// reads reports whether the axis changes what a class comes to, and fills in how
// its prices run.
func (a *Axis) reads(c *class) bool {
	reads := len(a.edgesOf(c.charge.when)) > 0
	for i := range c.prices {
		r := c.prices[i].price.(runner).along(a, c.charge)
		c.runs = append(c.runs, r)
		reads = reads || r.reads || len(a.edgesOf(c.prices[i].when)) > 0
	}
	return reads
}

// without returns what the rows come to without one of them.
func (x *Axes) without(position, row int) *stillRows {
	b := x.usage.plainBill()
	b.rows = slices.Clone(b.rows)
	b.rows[position] = b.rows[position][row : row+1]
	out := &stillRows{rows: position, row: row, months: map[*rowPrice]rowsMonth{}}
	for r, all := range x.rows {
		if r.rows == position {
			amount, units := r.month(b, nil)
			out.months[r] = rowsMonth{all.amount.Sub(amount), all.units.Sub(units)}
		}
	}
	return out
}

// plainBill returns a bill of the usage as it is stated, with nothing on it, as
// an option has it that can serve all of it.
func (u *Usage) plainBill() *bill {
	return &bill{
		book: u.book, values: u.stated(), rows: u.rows, months: u.Months(), term: decimal.NewFromInt(u.Months()), servesAll: true,
	}
}
