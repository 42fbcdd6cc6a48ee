package pricing

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// restBounds say what the rest of a course costs at the least, in the money that the
// search begins with.
//
// # The bound
//
// What a window of a lasting thing costs is no simple function of what is used in
// it, but it lies above a line: cost ≥ slope × level − under, for all there can
// be. With the lines in the place of the costs, each month costs an amount of its
// own for each option, and the cheapest way through the months that are left is
// found month by month from the end. Windows that keep an option have the lowest
// price of any term; months bought singly have that of a term of one.
//
// # The line
//
// Its slope is that from the cost of the least that there can be to the cost of
// the most. It is as high as it can be: for packs it touches the cost where a
// number of blocks covers the demand exactly, since the slope is no higher than
// the rate, so that less is not worth more of the rate, and more not of the
// packs; for commitments where a tier begins or ends, between which the cost of
// each is straight. A course is only left out for a bound that is above the cost
// of one that was found, so that a poor line would make the search slow and never
// wrong.
type restBounds struct {
	unit *big.Int
	// slopes are those of each lasting thing in the window that each month is in:
	// of a pool by its units, of a commitment by its level.
	slopes [][]*big.Int
	// under is the sum of what the windows not yet ended lie below their lines.
	under []*big.Int
	// single and kept are the least cost from a month on with an option in it, by
	// months; after is that which follows an option at the end of a window.
	single, kept, after [][]*big.Int
	credits             []creditBound
}

// creditBound is the most that can still be taken of a credit.
type creditBound struct {
	at, until int
	limit     *big.Int
}

// slopeOne is the slope of a cost that rises with its level by the same.
var slopeOne = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)

// newBounds computes the bounds, once the shares of the months are taken.
func (h *horizon) newBounds() *restBounds {
	n := len(h.months)
	b := &restBounds{unit: h.unit, under: make([]*big.Int, n+1)}
	for m := range b.under {
		b.under[m] = new(big.Int)
	}
	for range h.months {
		b.slopes = append(b.slopes, make([]*big.Int, len(h.lasting)))
	}
	for i, l := range h.lasting {
		size := l.window(h)
		for first := 0; first < n; first += size {
			end := min(first+size, n)
			slope, under := h.line(i, first, end)
			for m := first; m < end; m++ {
				b.slopes[m][i] = slope
			}
			for m := range end {
				b.under[m].Add(b.under[m], under)
			}
		}
		if _, ok := l.(*lastingCredit); ok {
			b.credits = append(b.credits, h.boundCredit(i))
		}
	}
	b.fill(h)
	return b
}

// boundCredit finds the most that a credit gives and the months that it does in.
func (h *horizon) boundCredit(i int) creditBound {
	out := creditBound{at: i, limit: new(big.Int)}
	h.eachShare(func(m int, s *monthShare) {
		for _, c := range s.credits {
			if c.at == i {
				out.until = max(out.until, m+1)
				if limit := h.money(c.limit.Rat()); limit.Cmp(out.limit) > 0 {
					out.limit = limit
				}
			}
		}
	})
	return out
}

// eachShare calls f with what every month is for every option that serves it.
func (h *horizon) eachShare(f func(m int, s *monthShare)) {
	for m := range h.shares {
		for o := range h.shares[m] {
			for _, s := range h.shares[m][o] {
				if s != nil && s.served {
					f(m, s)
				}
			}
		}
	}
}

// line returns the line under the cost of a window of a lasting thing.
func (h *horizon) line(i, first, end int) (slope, under *big.Int) {
	switch l := h.lasting[i].(type) {
	case *lastingPool:
		least, most, always := h.reach(first, end, func(s *monthShare) *big.Int {
			for _, p := range s.pools {
				if p.at == i {
					return big.NewInt(p.over)
				}
			}
			return nil
		})
		if most.Sign() > 0 {
			slope, under = l.line(h, least.Int64(), most.Int64(), l.lowestRate(h, i, first, end), first == 0)
			return slope, underNothing(under, always)
		}
	case *lastingCommitment:
		least, most, always := h.reach(first, end, func(s *monthShare) *big.Int {
			for _, u := range s.usages {
				if u.at == i {
					return h.money(u.usage.Rat())
				}
			}
			return nil
		})
		if most.Sign() > 0 {
			slope, under = l.line(h, least, most)
			return slope, underNothing(under, always)
		}
	}
	return new(big.Int), new(big.Int)
}

// underNothing lowers a line, if need be, to be under the cost of having nothing
// to do with it, unless that cannot be.
func underNothing(under *big.Int, always bool) *big.Int {
	if under.Sign() < 0 && !always {
		return new(big.Int)
	}
	return under
}

// reach returns the least and the most that the months of a window can come to
// together, and whether every course has something of it.
func (h *horizon) reach(first, end int, level func(s *monthShare) *big.Int) (least, most *big.Int, always bool) {
	low, high, without := make([]*big.Int, end), make([]*big.Int, end), make([]bool, end)
	h.eachShare(func(m int, s *monthShare) {
		if m < first || m >= end {
			return
		}
		x := level(s)
		if x == nil {
			x, without[m] = new(big.Int), true
		}
		if low[m] == nil || x.Cmp(low[m]) < 0 {
			low[m] = x
		}
		if high[m] == nil || x.Cmp(high[m]) > 0 {
			high[m] = x
		}
	})
	least, most = new(big.Int), new(big.Int)
	for m := first; m < end; m++ {
		if low[m] != nil {
			least.Add(least, low[m])
			most.Add(most, high[m])
			always = always || !without[m]
		}
	}
	return least, most, always
}

// slopeBetween returns the slope of a cost between two levels.
func slopeBetween(least, most, costOfLeast, costOfMost *big.Int) *big.Int {
	width := new(big.Int).Sub(most, least)
	if width.Sign() <= 0 {
		return width
	}
	slope := new(big.Int).Sub(costOfMost, costOfLeast)
	return slope.Mul(slope, slopeOne).Quo(slope, width)
}

// onceHad is a number of units that is granted, or sold at a price, once.
type onceHad struct{ units, price int64 }

// line returns the line under the cost of a demand from a least to a most one. What
// is granted, and what is sold once, is taken off at the most that it is worth.
func (l *lastingPool) line(h *horizon, least, most int64, rate *packRate, first bool) (slope, under *big.Int) {
	p := l.pool
	var worth []onceHad
	if first {
		for _, g := range p.grants {
			worth = append(worth, onceHad{units: g.units})
		}
		for _, o := range p.offers {
			worth = append(worth, onceHad{units: o.units, price: o.price.Shift(p.packs.scale).IntPart()})
		}
	}
	for _, pack := range p.packs.fixed {
		if pack.once {
			worth = append(worth, onceHad{units: pack.size * p.blockUnits, price: pack.price})
		}
	}
	for _, w := range worth {
		least = max(least-w.units, 0)
	}
	smallest := new(big.Int).Quo(h.unit, big.NewInt(pow10(p.packs.scale))) // of the packs' money
	costOf := func(units int64) *big.Int {
		w := &poolWindow{plan: p.packs.buy(units, p.blockUnits, rate)}
		return h.money(l.cost(w, rate))
	}
	low, high := costOf(least), costOf(most)
	slope = slopeBetween(big.NewInt(least), big.NewInt(most), low, high)
	under = new(big.Int).Sub(along(slope, big.NewInt(least)), low)
	touch := func(units, price *big.Int) {
		over := along(slope, units)
		if over.Sub(over, price).Cmp(under) > 0 {
			under.Set(over)
		}
	}
	touch(big.NewInt(most), high)
	var units, price big.Int
	p.packs.ends((least+p.blockUnits-1)/p.blockUnits, most/p.blockUnits, func(t int64) {
		if cost, _, ok := p.packs.exactly(t); ok {
			touch(units.SetInt64(t*p.blockUnits), price.Mul(price.SetInt64(cost), smallest))
		}
	})
	under.Add(under, big.NewInt(2)) // what along and the slope rounded
	for _, w := range worth {
		gain := along(slope, big.NewInt(w.units))
		gain.Add(gain, big.NewInt(1))
		if gain.Sub(gain, price.Mul(price.SetInt64(w.price), smallest)).Sign() > 0 {
			under.Add(under, gain)
		}
	}
	return slope, under
}

// ends calls f with numbers of blocks from a lowest to a highest, among which is
// the one whose cost lies furthest below a price for each block, whatever that
// price: all of the table, and beyond it those of the first and of the last bulk
// pack, since with each bulk pack the difference grows by the same.
func (l *packList) ends(lowest, highest int64, f func(t int64)) {
	for t := lowest; t <= min(highest, max(l.end, lowest+l.bulk.size)); t++ {
		f(t)
	}
	for t := max(highest-l.bulk.size, lowest); t <= highest; t++ {
		f(t)
	}
}

// line returns the line under the cost of a usage from a least to a most one. A
// commitment of any fraction would cost no more than one of a whole amount.
func (l *lastingCommitment) line(h *horizon, least, most *big.Int) (slope, under *big.Int) {
	yuan := func(level *big.Int) *big.Rat { return new(big.Rat).SetFrac(level, h.unit) }
	low, high := yuan(least), yuan(most)
	breaks := []*big.Rat{low, high}
	for i := range l.commitment.tiers {
		t := &l.commitment.tiers[i]
		for _, amount := range []decimal.Decimal{t.from, t.to} {
			if at := new(big.Rat).Quo(amount.Rat(), t.rate.Rat()); at.Cmp(low) > 0 && at.Cmp(high) < 0 {
				breaks = append(breaks, at)
			}
		}
	}
	cost := func(usage *big.Rat) (least *big.Rat) {
		for i := range l.commitment.tiers {
			t := &l.commitment.tiers[i]
			amount := new(big.Rat).Mul(usage, t.rate.Rat())
			rest := new(big.Rat)
			switch {
			case amount.Cmp(t.from.Rat()) < 0:
				amount = t.from.Rat()
			case amount.Cmp(t.to.Rat()) > 0:
				amount = t.to.Rat()
				rest.Sub(usage, new(big.Rat).Quo(amount, t.rate.Rat()))
			}
			if amount.Add(amount, rest); least == nil || amount.Cmp(least) < 0 {
				least = amount
			}
		}
		return least
	}
	slope = slopeBetween(least, most, h.money(cost(low)), h.money(cost(high)))
	for _, at := range breaks {
		// The level is rounded up, and the cost down.
		level := new(big.Int).Add(h.money(at), big.NewInt(1))
		over := along(slope, level)
		if over.Sub(over, h.money(cost(at))); under == nil || over.Cmp(under) > 0 {
			under = over
		}
	}
	return slope, under.Add(under, big.NewInt(2)) // what along and the slope rounded
}

// along returns the height of a line without its offset, rounded down.
func along(slope, level *big.Int) *big.Int {
	x := new(big.Int).Mul(slope, level)
	return x.Quo(x, slopeOne)
}

// lowestRate returns the lowest rate that a window of the pool can have: the
// window's own where all options draw from the pool in the same months.
func (l *lastingPool) lowestRate(h *horizon, i, first, end int) *packRate {
	in, out := make([]bool, end), make([]bool, end)
	h.eachShare(func(m int, s *monthShare) {
		if m < end {
			draws := false
			for _, p := range s.pools {
				draws = draws || p.at == i
			}
			in[m], out[m] = in[m] || draws, out[m] || !draws
		}
	})
	var units int64
	var list decimal.Decimal
	same := true
	for m := first; m < end; m++ {
		if in[m] {
			same = same && !out[m]
			units, list = units+l.units[m], list.Add(l.lists[m])
		}
	}
	if same || !l.pool.price.IsZero() {
		return l.pool.rate(units, list)
	}
	lowest := -1
	for m := first; m < end; m++ {
		if in[m] && l.units[m] > 0 && (lowest < 0 ||
			l.lists[m].Mul(decimal.NewFromInt(l.units[lowest])).LessThan(l.lists[lowest].Mul(decimal.NewFromInt(l.units[m])))) {
			lowest = m
		}
	}
	if lowest < 0 {
		return l.pool.rate(0, decimal.Decimal{})
	}
	return l.pool.rate(l.units[lowest], l.lists[lowest])
}

// fill finds the cheapest way through the months that are left, from the end.
func (b *restBounds) fill(h *horizon) {
	n, options := len(h.months), len(h.Options)
	rows := func() [][]*big.Int { return make([][]*big.Int, n+1) }
	b.single, b.kept, b.after = rows(), rows(), rows()
	end := make([]*big.Int, options)
	for o := range end {
		end[o] = new(big.Int)
	}
	b.after[n] = end
	for m := n - 1; m >= 0; m-- {
		b.single[m], b.kept[m], b.after[m] = make([]*big.Int, options), make([]*big.Int, options), make([]*big.Int, options)
		for o := range options {
			if (m+1)%h.year == 0 || m+1 == n {
				b.single[m][o], b.kept[m][o] = b.after[m+1][o], b.after[m+1][o]
			} else {
				b.single[m][o], b.kept[m][o] = b.next(h.may[o], b.single[m+1]), b.kept[m+1][o]
			}
			single, lowest := b.monthOf(h, m, o)
			b.single[m][o], b.kept[m][o] = plusOrNone(b.single[m][o], single), plusOrNone(b.kept[m][o], lowest)
		}
		for o := range options {
			b.after[m][o] = b.next(h.may[o], b.single[m])
			if len(h.terms) > 0 {
				b.after[m][o] = leastOf(b.after[m][o], b.next(h.may[o], b.kept[m]))
			}
		}
	}
}

// monthOf returns what a month costs at the least for an option: bought singly,
// and at any term.
func (b *restBounds) monthOf(h *horizon, m, o int) (single, lowest *big.Int) {
	for class, s := range h.shares[m][o] {
		if s == nil || !s.served {
			continue
		}
		cost := h.money(sumOf(s.lines).Rat())
		for _, p := range s.pools {
			cost.Add(cost, along(b.slopes[m][p.at], big.NewInt(p.over)))
		}
		for _, u := range s.usages {
			cost.Add(cost, along(b.slopes[m][u.at], h.money(u.usage.Rat())))
		}
		if class == h.class(1) {
			single = cost
		}
		lowest = leastOf(lowest, cost)
	}
	return single, lowest
}

// next returns the least of what follows.
func (b *restBounds) next(follow []bool, costs []*big.Int) (least *big.Int) {
	for o, cost := range costs {
		if follow[o] {
			least = leastOf(least, cost)
		}
	}
	return least
}

// leastOf returns the smaller of two amounts of which either can be none.
func leastOf(a, b *big.Int) *big.Int {
	if a == nil || (b != nil && b.Cmp(a) < 0) {
		return b
	}
	return a
}

func plusOrNone(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}

// rest returns what a way that has come to a month still costs at the least;
// none if it cannot go on to the end.
func (b *restBounds) rest(h *horizon, w *way, m int) *big.Int {
	var rest *big.Int
	switch {
	case w.stretch.end > m:
		rest = b.kept[m][w.option]
	case m%h.year == 0 || m == len(h.months):
		rest = b.after[m][w.option]
	default:
		rest = b.next(h.may[w.option], b.single[m])
	}
	if rest == nil {
		return nil
	}
	rest = new(big.Int).Sub(rest, b.under[m])
	if m == len(h.months) {
		return rest
	}
	for i := range w.held {
		if x := &w.held[i]; x.months != 0 {
			if _, ok := h.lasting[i].(*lastingPool); ok {
				rest.Add(rest, along(b.slopes[m][i], big.NewInt(x.units)))
			} else {
				// The level is in the money of the search by now.
				level := new(big.Int).Mul(x.level, b.unit)
				rest.Add(rest, along(b.slopes[m][i], level.Quo(level, h.unit)))
			}
		}
	}
	for _, c := range b.credits {
		if m < c.until {
			level := new(big.Int).Mul(w.held[c.at].level, b.unit)
			if left := level.Sub(c.limit, level.Quo(level, h.unit)); left.Sign() > 0 {
				rest.Sub(rest, left)
			}
		}
	}
	return rest
}
