package pricing

import "github.com/shopspring/decimal"

// span is an interval of a stretch, known at both of its ends.
type span struct{ low, high *point }

// band has two straight lines over a span, by their values at its ends: the
// amount lies between them, on the ends too.
type band struct{ least, most [2]decimal.Decimal }

// view is which of the bounds of a run is used. Each is right; that of a sum is
// the better the more alike those of its parts are.
type view int

const (
	flat  view = iota // between the amounts at the ends
	steep             // on the line between them, or rising no faster than the ceiling
	chord             // near the line between them
	views
)

// of returns the bounds of a price between two samples of it.
func (v view) of(r *run, low, high *priceSample) band {
	line := [2]decimal.Decimal{low.amount, high.amount}
	switch {
	case v != flat && r.straight:
		return band{line, line}.widened(r.slack)
	case v == chord && low.far && high.far:
		return band{line, line}.widened(r.farSlack)
	case v != flat && r.ceiling != nil:
		rise := high.ceiling.Sub(low.ceiling)
		return band{
			least: [2]decimal.Decimal{high.amount.Sub(rise), high.amount},
			most:  [2]decimal.Decimal{low.amount, low.amount.Add(rise)},
		}.widened(r.rounding)
	}
	least, most := decimal.Min(line[0], line[1]), decimal.Max(line[0], line[1])
	flat := band{least: [2]decimal.Decimal{least, least}, most: [2]decimal.Decimal{most, most}}
	if low.whole && high.whole && least.Equal(most) {
		// The cost before rounding is the same at both ends, hence between
		// them. A way to buy that left something to be paid there, and so
		// could be rounded, would have cost less for one unit less.
		return flat
	}
	return flat.widened(r.rounding)
}

func (b band) widened(by decimal.Decimal) band {
	if by.IsZero() {
		return b
	}
	for i := range b.least {
		b.least[i], b.most[i] = b.least[i].Sub(by), b.most[i].Add(by)
	}
	return b
}

// class returns the bounds of a class of the axis: of its one price that
// applies, or of the lowest of several.
func (v view) class(c *class, i int, s span) (out band) {
	low, high := s.low.samples[i].prices, s.high.samples[i].prices
	applying := 0
	for j := range low {
		if low[j].applies {
			applying++
		}
	}
	if applying > 1 {
		v = flat
	}
	first := true
	for j := range low {
		if !low[j].applies {
			continue
		}
		b := v.of(&c.runs[j], &low[j], &high[j])
		if first {
			out, first = b, false
			continue
		}
		for e := range out.least { // both are flat
			out.least[e], out.most[e] = decimal.Min(out.least[e], b.least[e]), decimal.Min(out.most[e], b.most[e])
		}
	}
	return out
}

// bands returns the bounds of all classes that a feasible option has.
func (s span) bands(a *Axis, v view) []band {
	all := make([]band, len(a.classes))
	for i := range a.classes {
		if s.low.samples[i].prices != nil && s.high.samples[i].prices != nil {
			all[i] = v.class(&a.classes[i], i, s)
		}
	}
	return all
}

// within returns the least and the most that an option comes to in a span.
func (a *Axis) within(option int, bands []band) (least, most decimal.Decimal) {
	o := &a.options[option]
	sum := band{least: [2]decimal.Decimal{o.fixed, o.fixed}, most: [2]decimal.Decimal{o.fixed, o.fixed}}
	for _, i := range o.classes {
		for e := range sum.least {
			sum.least[e], sum.most[e] = sum.least[e].Add(bands[i].least[e]), sum.most[e].Add(bands[i].most[e])
		}
	}
	return decimal.Min(sum.least[0], sum.least[1]), decimal.Max(sum.most[0], sum.most[1])
}

// excess returns the most by which one option is dearer than another in a
// span. What both pay alike cancels.
func (a *Axis) excess(option, than int, bands []band) decimal.Decimal {
	o, t := &a.options[option], &a.options[than]
	fixed := o.fixed.Sub(t.fixed)
	most := [2]decimal.Decimal{fixed, fixed}
	// The classes of both are in the order of the book.
	i, j := 0, 0
	for i < len(o.classes) || j < len(t.classes) {
		switch {
		case i < len(o.classes) && j < len(t.classes) && o.classes[i] == t.classes[j]:
			i, j = i+1, j+1
		case j == len(t.classes) || i < len(o.classes) && a.classes[o.classes[i]].position < a.classes[t.classes[j]].position:
			for e := range most {
				most[e] = most[e].Add(bands[o.classes[i]].most[e])
			}
			i++
		default:
			for e := range most {
				most[e] = most[e].Sub(bands[t.classes[j]].least[e])
			}
			j++
		}
	}
	return decimal.Max(most[0], most[1])
}
