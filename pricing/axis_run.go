package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing/wide"
)

// run is how a price runs along an axis, within a stretch that has no edge in
// it: what the searches may rely on between two quantities at which they know
// the amount. The amount never turns: it rises or it falls, but for what
// rounding does to it. The zero run is a price that the axis does not change.
type run struct {
	reads bool
	// edges are quantities from which another rule holds than for one less: a
	// condition, an add-on, the end of what is included. jumps are those at
	// which the amount may jump.
	edges, jumps []int64
	// straight says that the amount keeps within slack of the straight line
	// between any two of its points.
	straight bool
	slack    decimal.Decimal
	// rounding is the most by which the roundings at two quantities can
	// differ; 0 for an amount that is not rounded.
	rounding decimal.Decimal
	// ceiling is a straight line that the amount rises no faster than: ceiling
	// minus amount never falls. It is nil if there is none.
	ceiling func(b *bill) decimal.Decimal
	// whole reports whether nothing was rounded in what the price has put on
	// the bill since the mark. It is nil where nothing ever is.
	whole func(b *bill, since mark) bool
	// far reports whether the amount keeps within farSlack of the straight line
	// between its points, for all quantities between two that are far.
	far      func(b *bill) bool
	farSlack decimal.Decimal
	// steps appends to the list the quantities in a range at which the amount
	// jumps, unless they are more than so many. It is nil if there are none
	// but the edges.
	steps func(list []int64, w *walk, from, to int64, most int) []int64
}

// runner is what every price form is to an axis; what makes the prices of a book
// makes no other (see priceForm).
type runner interface {
	// along says how what the price comes to runs along an axis.
	along(a *Axis, c *charge) run
}

// along is constant.
func (m *monthlyFee) along(*Axis, *charge) run { return run{} }

// along is constant: what has no public price costs nothing.
func (o *onRequest) along(*Axis, *charge) run { return run{} }

// along is constant from one limit to the next, and not lower above it.
func (a *addOnPrice) along(axis *Axis, _ *charge) run {
	if !axis.is(a.input) {
		return run{}
	}
	r := run{reads: true, straight: true, jumps: []int64{a.own + 1}}
	for _, o := range a.addOns {
		r.jumps = append(r.jumps, o.limit+1)
	}
	return r
}

// along is 0 up to what is included and straight from there.
func (u *unitPrice) along(a *Axis, c *charge) run {
	r := c.quantity.along(a)
	if r.reads && !u.included.IsZero() {
		r.edges = append(r.edges, a.first(func(b *bill) bool { return c.quantity.of(b.values).GreaterThan(u.included) }))
	}
	return r
}

// along is that of the overage; the fee is paid always.
func (s *subscription) along(a *Axis, c *charge) run { return s.overage.along(a, c) }

// along is straight.
func (y *yearlyPrice) along(a *Axis, c *charge) run { return c.quantity.along(a) }

// along is a staircase from what is included. With t blocks over, as a
// fraction, ⌈t⌉ is in [t, t+1) and so is the line between two such points;
// therefore they are less than a block apart. So it is with ⌊t⌋ in (t−1, t].
func (p *packagePrice) along(a *Axis, c *charge) run {
	r := c.quantity.along(a)
	if !r.reads {
		return r
	}
	r.edges = append(r.edges, a.first(func(b *bill) bool { return c.quantity.of(b.values).GreaterThan(p.included) }))
	r.slack = p.price.Mul(a.term())
	if r.straight && !p.price.IsZero() {
		r.steps = func(list []int64, w *walk, from, to int64, most int) []int64 {
			return p.openings(list, c.quantity, w, from, to, most)
		}
	}
	return r
}

// openings appends the quantities above from and up to to with which another
// block is paid: the smallest above included + k × block for a started block,
// the smallest that is no less for a full one.
func (p *packagePrice) openings(list []int64, q quantity, w *walk, from, to int64, most int) []int64 {
	at := func(x int64) decimal.Decimal { w.set(x); return q.of(w.bill.values) }
	start, end := at(from), at(to)
	if p.blocksOver(end).Sub(p.blocksOver(start)).GreaterThan(decimal.NewFromInt(int64(most))) {
		return list
	}
	slope := at(from + 1).Sub(start)
	next := p.included // the quantity beyond which another block is paid
	if p.rule == fullBlocks {
		next = next.Add(p.block).Sub(one)
	}
	if next.LessThan(start) {
		n, rest := start.Sub(next).QuoRem(p.block, 0)
		if !rest.IsZero() {
			n = n.Add(one)
		}
		next = next.Add(n.Mul(p.block))
	}
	for ; next.LessThan(end); next = next.Add(p.block) {
		n, _ := next.Sub(start).QuoRem(slope, 0)
		list = append(list, from+n.IntPart()+1)
	}
	return list
}

// along is straight from one waiver to the next.
func (r *rates) along(a *Axis, _ *charge) run {
	out := run{straight: true}
	for _, item := range r.items {
		if a.is(item.input) {
			out.reads = true
			out.jumps = append(out.jumps, item.freeBelow)
		}
	}
	return out
}

// along is straight where usage is more than the minimum, and constant where
// it is not.
func (r *rowPrice) along(a *Axis, c *charge) run {
	out := r.proportional(a)
	if out.reads && c.further[minimumLine] != nil {
		out.jumps = append(out.jumps, 1)
		out.edges = append(out.edges, a.first(func(b *bill) bool {
			month, _ := r.month(b, nil)
			return month.GreaterThan(r.minimum)
		}))
	}
	return out
}

// proportional is how a month of the rows runs, without the minimum: straight,
// unless the axis is more than one of the factors, and constant if another
// factor or the price is 0.
func (r *rowPrice) proportional(a *Axis) run {
	if a.row < 0 || r.rows != a.position {
		return run{}
	}
	row := a.usage.rows[a.position][a.row]
	if m := r.multiplier; r.prices[row[r.by]].price.IsZero() || m != nil && m.applies[row[r.by]] && m.factors[row[m.field]].number.IsZero() {
		return run{}
	}
	n := 0
	for _, field := range r.product {
		switch {
		case field == a.field:
			n++
		case row[field] == 0:
			return run{}
		}
	}
	return run{reads: n > 0, straight: n == 1}
}

// runOf is how a month of some charges runs.
func runOf(of []*rowPrice, a *Axis) run {
	out := run{straight: true}
	for _, r := range of {
		if one := r.proportional(a); one.reads {
			out.reads, out.straight = true, out.straight && one.straight
		}
	}
	return out
}

// along falls straight until the credit is used up and is constant from there.
func (k *credit) along(a *Axis, _ *charge) run {
	r := runOf(k.of, a)
	if r.reads {
		r.edges = append(r.edges, a.first(func(b *bill) bool {
			months := decimal.NewFromInt(min(k.months, b.months))
			return monthOf(b, k.of).Mul(months).GreaterThan(k.amount)
		}))
	}
	return r
}

// along rises no faster than the usage at list price: what a commitment C
// saves, min(usage, C ÷ rate) − C, never falls with the usage, and so neither
// does the most that any saves. The overage of each window is rounded to the
// fen, so that the amounts at two quantities are a fen a window further apart
// or nearer than the costs are.
func (k *commitment) along(a *Axis, _ *charge) run {
	month := runOf(k.of, a)
	r := run{reads: month.reads, rounding: a.fenPerWindow(k.window)}
	if month.straight {
		r.ceiling = func(b *bill) decimal.Decimal { return monthOf(b, k.of).Mul(b.term) }
	}
	r.whole = func(b *bill, since mark) bool {
		month := monthOf(b, k.of)
		for _, p := range b.purchases[since.purchases:] {
			months := min(k.window, b.months-int64(p.Window-1)*k.window)
			if month.Mul(decimal.NewFromInt(months)).Mul(p.Rate).GreaterThan(p.Amount) {
				return false
			}
		}
		return true
	}
	return r
}

// along rises: each way to buy costs no less for more, and so neither does the
// cheapest. At one price for what is not covered it rises no faster than that
// price: what a way to buy saves, min(demand, what it holds) × price − its cost,
// never falls. At list prices the overage is rounded, by up to half a fen in
// each window.
//
// Far enough out, where a cheapest way buys bulk packs, all that can be bought
// or is left to be paid costs at least c a unit, c being the price a unit of
// the bulk pack, but for what is granted, offered, or sold once. So with a
// demand D the cost is at least c × (D − those). It is at most that of the
// packs that cover D, c × D plus a block and plus the most that the table has
// over c × T in the period before its end (see package packs). The plans of a pool
// only shift the one and the other. So the amount is within that difference of
// the straight line between two of its points.
func (p *poolPrice) along(a *Axis, _ *charge) run {
	r := run{reads: slices.ContainsFunc(p.inputs, func(in poolInput) bool { return a.is(in.input) })}
	if slices.ContainsFunc(p.required, a.is) {
		r.reads = true
		r.jumps = append(r.jumps, 1)
	}
	for _, g := range p.grants {
		r.jumps = append(r.jumps, a.edgesOf(g.when)...)
	}
	for _, o := range p.offers {
		r.jumps = append(r.jumps, a.edgesOf(o.when)...)
	}
	r.reads = r.reads || len(r.jumps) > 0
	if !r.reads {
		return run{}
	}
	if p.closed != nil {
		r.edges = append(r.edges, a.first(func(b *bill) bool {
			month, _ := p.demand(b.values)
			return month > p.plans[0].included
		}))
	}
	if p.price.IsZero() {
		r.rounding = a.fenPerWindow(p.window)
		r.whole = func(b *bill, since mark) bool {
			return !slices.ContainsFunc(b.pools[since.pools:], func(u PoolUse) bool { return u.Postpaid.IsPositive() })
		}
	} else {
		r.ceiling = func(b *bill) decimal.Decimal {
			month, _ := p.demand(b.values)
			return p.per.of(p.quantity(month).Mul(p.price)).Mul(b.term)
		}
	}
	if slack, ok := p.farSlack(a); ok {
		r.far, r.farSlack = p.far, slack.Add(r.rounding)
	}
	return r
}

// far reports whether the demand beyond the allowance needs, in every window
// and under every plan, as many blocks as the last period of the table or more,
// and what is not covered is no cheaper than the bulk pack. The second is a
// comparison of two straight lines, so that it holds between two quantities at
// which it does.
func (p *poolPrice) far(b *bill) bool {
	month, list := p.demand(b.values)
	for _, plan := range p.plans {
		month -= plan.included // of all plans, which is more than enough
	}
	shortest := b.months % p.window
	if shortest == 0 {
		shortest = p.window
	}
	size, price, from := p.packs.Bulk()
	if month <= 0 || month*shortest < from*p.blockUnits {
		return false
	}
	demand, _ := p.demand(b.values)
	rate := p.rate(demand, list)
	return wide.Of(price).Mul(rate.Den).Cmp(wide.Of(size).Times(uint64(p.blockUnits)).Mul(rate.Num)) <= 0
}

// farSlack bounds how far the pool is from a straight line where it is far,
// rounded up to the fen; false if 64 bits are not enough for it.
func (p *poolPrice) farSlack(a *Axis) (slack decimal.Decimal, ok bool) {
	overBulk, ok := p.packs.OverBulk()
	if !ok {
		return slack, false
	}
	size, price, _ := p.packs.Bulk()
	free := int64(0) // in smallest units
	for _, g := range p.grants {
		free += g.units
	}
	for _, o := range p.offers {
		free += o.units
	}
	for _, pack := range p.packs.Fixed() {
		if pack.Once {
			free += pack.Size * p.blockUnits
		}
	}
	// A block more in each window, and what is free in whole blocks.
	windows := a.windows(p.window)
	blocks := decimal.NewFromInt(windows + free/p.blockUnits + 1)
	sum := blocks.Mul(decimal.NewFromInt(price)).Add(decimal.NewFromInt(overBulk).Mul(decimal.NewFromInt(windows)))
	return divideRounded(sum.Shift(-p.scale), decimal.NewFromInt(size)).Add(decimal.New(1, -fen)), true
}

// along is how a quantity runs: straight, unless the axis is more than one of
// its factors.
func (q quantity) along(a *Axis) run {
	n := 0
	for _, i := range q.inputs {
		if a.is(i) {
			n++
		}
	}
	return run{reads: n > 0, straight: q.sum || n == 1}
}
