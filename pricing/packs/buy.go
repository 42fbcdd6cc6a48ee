package packs

import (
	"cmp"
	"math/bits"
	"slices"

	"suanpan/pricing/wide"
)

// Rate is what uncovered units cost: num ÷ den of the smallest money each.
type Rate struct{ Num, Den wide.Int }

// Plan is what is bought for one demand.
type Plan struct {
	Blocks int64 // bought in packs that the list's table has
	Once   int   // position of a pack bought beside them, or -1
	// Total is the cost of packs and uncovered units, times the rate's
	// denominator, and Prepaid that of the packs alone.
	Total   wide.Product
	Prepaid int64
	Packs   int64
	// Uncovered is how many units are left to be paid at the rate.
	Uncovered int64
}

// Better orders plans for the same rate by total cost, then by what is
// prepaid, then by number of packs.
func (p *Plan) Better(than *Plan) bool {
	if c := p.Total.Cmp(than.Total); c != 0 {
		return c < 0
	}
	if p.Prepaid != than.Prepaid {
		return p.Prepaid < than.Prepaid
	}
	return p.Packs < than.Packs
}

// Buy returns the cheapest way to have a demand of units, at blockUnits units a
// block, of which the uncovered rest is paid at the rate.
func (l *List) Buy(demand, blockUnits int64, rate *Rate) Plan {
	best, _ := l.plan(0, demand, blockUnits, rate)
	if demand <= 0 {
		return best
	}
	consider := func(t int64) {
		if p, ok := l.plan(t, demand, blockUnits, rate); ok && p.Better(&best) {
			best = p
		}
	}
	consider(l.atLeast((demand + blockUnits - 1) / blockUnits))
	if smallest := l.smallestBelow(blockUnits, rate); smallest > 0 {
		whole := demand / blockUnits
		from := max(whole-smallest+1, 1)
		if t, ok := l.cheapestPart(from, whole, blockUnits, rate); ok {
			consider(t)
		} else {
			for t := from; t <= whole; t++ {
				consider(t)
			}
		}
	}
	return best
}

// cheapestPart returns the number of blocks from a lowest to a highest that it
// is cheapest to buy where the rest is paid at the rate. It compares what each
// costs more than the first, in 64 bits, and reports false where these are not
// enough or there is none.
func (l *List) cheapestPart(from, to, blockUnits int64, rate *Rate) (best int64, ok bool) {
	den, short := rate.Den.Int64()
	num, shortToo := rate.Num.Int64()
	if !short || !shortToo || bits.Len64(uint64(num))+bits.Len64(uint64(blockUnits)) > 62 {
		return 0, false
	}
	unit := blockUnits * num
	first, _, _ := l.Exactly(from)
	var least, prepaid, packs int64
	for t := from; t <= to; t++ {
		cost, n, buyable := l.Exactly(t)
		if !buyable {
			continue
		}
		more, less := cost-first, t-from
		if bits.Len64(uint64(max(more, -more)))+bits.Len64(uint64(den)) > 62 || bits.Len64(uint64(less))+bits.Len64(uint64(unit)) > 62 {
			return 0, false
		}
		here := more*den - less*unit
		if !ok || cmp.Or(cmp.Compare(here, least), cmp.Compare(cost, prepaid), cmp.Compare(n, packs)) < 0 {
			best, ok, least, prepaid, packs = t, true, here, cost, n
		}
	}
	return best, ok
}

// plan returns what buying exactly t blocks for a demand comes to; false if no
// packs add up to t.
func (l *List) plan(t, demand, blockUnits int64, rate *Rate) (p Plan, ok bool) {
	cost, packs, ok := l.Exactly(t)
	if ok {
		p = Plan{Blocks: t, Once: -1, Prepaid: cost, Packs: packs, Uncovered: max(demand-t*blockUnits, 0)}
		p.Sum(rate)
	}
	return p, ok
}

// Sum computes the total of a plan.
func (p *Plan) Sum(rate *Rate) {
	p.Total = wide.Of(p.Prepaid).Mul(rate.Den).Add(wide.Of(p.Uncovered).Mul(rate.Num))
}

// smallestBelow returns the smallest size that is sold below the rate, or 0.
func (l *List) smallestBelow(blockUnits int64, rate *Rate) int64 {
	smallest := int64(0)
	l.sizes(func(size, price int64) {
		if smallest != 0 && size >= smallest {
			return
		}
		// price < size × blockUnits × num ÷ den
		if wide.Of(price).Mul(rate.Den).Cmp(wide.Of(size).Times(uint64(blockUnits)).Mul(rate.Num)) < 0 {
			smallest = size
		}
	})
	return smallest
}

// sizes calls f with the size and price of every pack that can be had any
// number of times, those of a chosen size with the smallest of each tier.
func (l *List) sizes(f func(size, price int64)) {
	for _, p := range l.fixed {
		if !p.Once {
			f(p.Size, p.Price)
		}
	}
	if l.custom != nil {
		for _, t := range l.custom.Tiers {
			f(t.From, t.From*t.Price)
		}
	}
}

// BuyRequired is Buy where at least one pack must be bought, and where withOnce
// allows one of the packs that are sold once, with the cheapest for the rest.
func (l *List) BuyRequired(demand, blockUnits int64, rate *Rate, withOnce bool) Plan {
	best := l.Buy(demand, blockUnits, rate)
	if best.Blocks == 0 {
		best = l.buyOne(demand, blockUnits, rate)
	}
	for i, p := range l.fixed {
		if !p.Once || !withOnce {
			continue
		}
		rest := l.Buy(max(demand-p.Size*blockUnits, 0), blockUnits, rate)
		plan := Plan{Blocks: rest.Blocks, Once: i, Prepaid: rest.Prepaid + p.Price, Packs: rest.Packs + 1, Uncovered: rest.Uncovered}
		plan.Sum(rate)
		if plan.Better(&best) {
			best = plan
		}
	}
	return best
}

// buyOne is the cheapest purchase of a pack or more where none pays. Either it
// covers everything, or none of its packs is sold below the rate, so that one
// of them alone is no dearer; and of the sizes of a tier the smallest.
func (l *List) buyOne(demand, blockUnits int64, rate *Rate) Plan {
	best, _ := l.plan(l.atLeast(max((demand+blockUnits-1)/blockUnits, 1)), demand, blockUnits, rate)
	l.sizes(func(size, _ int64) {
		if p, _ := l.plan(size, demand, blockUnits, rate); p.Better(&best) {
			best = p
		}
	})
	return best
}

// Bought is how many of one pack are bought.
type Bought struct {
	ID          string
	Size, Price int64 // of one
	Custom      bool  // of a chosen size
	Quantity    int64
	Listed      int // position of a fixed pack; the length of the list for a chosen size
}

// Size returns how many blocks all the packs of a plan hold.
func (l *List) Size(p *Plan) int64 {
	if p.Once >= 0 {
		return p.Blocks + l.fixed[p.Once].Size
	}
	return p.Blocks
}

// Items returns the packs of a plan, in the order of the list.
func (l *List) Items(p *Plan) []Bought {
	counts := make([]int64, len(l.fixed))
	var chosen []Bought
	choose := func(size, n int64) {
		for i := range chosen {
			if chosen[i].Size == size {
				chosen[i].Quantity += n
				return
			}
		}
		chosen = append(chosen, Bought{
			ID: l.custom.ID, Size: size, Price: size * l.custom.PriceOf(size), Custom: true, Quantity: n, Listed: len(l.fixed),
		})
	}
	inTable, bulk := l.split(p.Blocks)
	switch {
	case bulk == 0:
	case l.bulk.fixed >= 0:
		counts[l.bulk.fixed] += bulk
	default:
		choose(l.bulk.size, bulk)
	}
	for inTable > 0 {
		if last := l.table[inTable].last; last >= 0 {
			counts[last]++
			inTable -= l.fixed[last].Size
		} else {
			choose(int64(-last), 1)
			inTable += int64(last)
		}
	}
	if p.Once >= 0 {
		counts[p.Once]++
	}
	out := make([]Bought, 0, len(l.fixed)+len(chosen))
	for i, n := range counts {
		if n > 0 {
			out = append(out, Bought{ID: l.fixed[i].ID, Size: l.fixed[i].Size, Price: l.fixed[i].Price, Quantity: n, Listed: i})
		}
	}
	slices.SortFunc(chosen, func(a, b Bought) int { return cmp.Compare(a.Size, b.Size) })
	return append(out, chosen...)
}

// PriceOf returns the price a block of a chosen size.
func (c *Custom) PriceOf(size int64) int64 {
	for i, t := range c.Tiers {
		if size >= t.From && size <= c.end(i) {
			return t.Price
		}
	}
	return 0
}

// end returns the largest size of a tier.
func (c *Custom) end(tier int) int64 {
	if tier+1 < len(c.Tiers) {
		return c.Tiers[tier+1].From - 1
	}
	return c.Maximum
}
