package pricing

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// packList is what packs there are for a pool: fixed sizes, and one of a size
// to be chosen. Sizes are whole blocks of the pool's units, prices whole
// numbers of the smallest money the list uses, so that all the arithmetic is
// on integers.
//
// # Buying an exact number of blocks
//
// Let f(T) be the least that exactly T blocks cost, any number of any packs
// allowed: an unbounded knapsack. A table of f is filled once, when the book
// is compiled, for T below a bound N, by the recurrence over the last pack
// taken. For the pack of a chosen size X in a tier from a to b at price t a
// block, the recurrence is min over X of f(T−X) + tX = tT + min over Y in
// [T−b, T−a] of f(Y) − tY, a minimum over a sliding window.
//
// Beyond the table, f(T) = f(T−s) + c, where (s, c) is the fixed pack with the
// least price a block, the largest of them. The argument: s/gcd(s, r) copies of
// any other fixed pack of size r have a size that is a multiple of s, and packs
// of size s in their place cost less, or as much and are fewer; so a cheapest
// way of the fewest packs has fewer copies of each. A chosen size of at least s
// over the start of the last tier can give s blocks to such a pack for less, and
// two chosen sizes that remain below that merge into one, whose price a block is
// no higher; so there is at most one, below the start of the last tier plus s. A
// way that buys N−s blocks or more, N being s plus all of these bounds together,
// therefore contains a pack of size s.
//
// This needs the last tier to be dearer a block than the best fixed pack. Where
// it costs the same, packs of the largest size M that can be chosen take the
// place of the fixed one: no pack that costs so little a block is larger, so T
// blocks take ⌈T/M⌉ packs at least, and from M plus the start of the last tier
// on, one of M and the fewest for the rest are as many. Where the last tier is
// cheaper, or there is no fixed pack, the book is refused.
//
// # Buying for a demand
//
// What packs do not cover of a demand D is paid at a price p a block. Either
// everything is covered, by the cheapest T ≥ ⌈D⌉, or T ≤ ⌊D⌋ blocks are bought.
// Let s* be the smallest size that can be bought for less than p a block. In a
// cheapest way of the second kind fewer than s* blocks remain uncovered, since
// otherwise one more pack of that size would make it cheaper. So only
// T in (D−s*, ⌊D⌋] are compared, however large D is; and T = 0 if there is no
// such size.
type packList struct {
	fixed  []fixedPack
	custom *customPack
	// scale is the number of decimals of the smallest money.
	scale int32

	// bulk is the pack that stands in for what is beyond end.
	bulk bulkPack
	end  int64
	// table has the cheapest way to buy exactly T blocks, by T, as its cost,
	// its number of packs, and the last pack taken.
	table []packStep
	// cover has the T ≥ n that is cheapest, by n.
	cover []int32
	// overBulk is the most that covering n blocks costs more than n blocks at the
	// price of the bulk pack, for n in the last period of the table, in its size
	// times the smallest money; -1 if 64 bits are not enough for it.
	overBulk int64
}

type fixedPack struct {
	id    string
	size  int64
	price int64
	// once says that the pack can be bought once in the term.
	once bool
}

// bulkPack is the pack that very many blocks are bought in.
type bulkPack struct {
	size, price int64
	fixed       int // its position, or -1 for one of a chosen size
}

type customPack struct {
	id      string
	maximum int64
	tiers   []packTier
}

// packTier is the price a block of a chosen size in [from, to].
type packTier struct {
	from, to, price int64
}

// packStep is a cheapest way to buy some number of blocks.
type packStep struct {
	cost  int64
	packs int32
	// last is the pack taken last: the position of a fixed one, or minus the
	// size of a chosen one.
	last int32
}

// unbuyable marks numbers of blocks that no packs add up to.
const unbuyable = int64(1) << 60

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// compile fills the table. It reports false if the list does not satisfy what
// the argument above needs.
func (l *packList) compile() bool {
	best := -1
	for i, p := range l.fixed {
		if !p.once && (best < 0 || betterBulk(p, l.fixed[best])) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	s, price := l.fixed[best].size, l.fixed[best].price
	l.bulk, l.end = bulkPack{size: s, price: price, fixed: best}, s
	for _, p := range l.fixed {
		if !p.once {
			l.end += (s/gcd(s, p.size) - 1) * p.size
		}
	}
	beyond := s // entries past the end, for what is cheaper than exactly so many
	if l.custom != nil {
		last, most := l.custom.tiers[len(l.custom.tiers)-1], l.custom.maximum
		if last.price*s < price || 2*(last.from+s) > most {
			return false
		}
		l.end += last.from + s
		if last.price*s == price {
			l.bulk = bulkPack{size: most, price: most * last.price, fixed: -1}
			l.end, beyond = most+last.from, 0
		}
	}
	if l.end > maxPackTable {
		return false
	}
	l.fill(int(l.end + beyond))
	l.overBulk = l.mostOverBulk()
	return true
}

func (l *packList) mostOverBulk() (most int64) {
	size, price := l.bulk.size, l.bulk.price
	for n := l.end - size; n < l.end; n++ {
		cost := l.table[l.cover[n]].cost
		if bits.Len64(uint64(cost))+bits.Len64(uint64(size)) > 62 || bits.Len64(uint64(price))+bits.Len64(uint64(n)) > 62 {
			return -1
		}
		most = max(most, cost*size-price*n)
	}
	return most
}

// betterBulk reports whether a pack has a lower price a block than another, or
// is larger at the same.
func betterBulk(p, than fixedPack) bool {
	a, b := p.price*than.size, than.price*p.size
	return a < b || (a == b && p.size > than.size)
}

// maxPackTable bounds the table, and so the time it takes to load a book.
const maxPackTable = 1 << 20

func (l *packList) fill(n int) {
	l.table = make([]packStep, n)
	var windows []*slidingMinimum
	if l.custom != nil {
		for _, t := range l.custom.tiers {
			windows = append(windows, &slidingMinimum{tier: t})
		}
	}
	for t := 1; t < n; t++ {
		step := packStep{cost: unbuyable}
		for i, p := range l.fixed {
			if rest := int64(t) - p.size; rest >= 0 && !p.once {
				before := l.table[rest]
				step = step.orCheaper(packStep{cost: before.cost + p.price, packs: before.packs + 1, last: int32(i)})
			}
		}
		for _, w := range windows {
			if y := w.at(l.table, int64(t)); y >= 0 {
				before, x := l.table[y], int64(t)-y
				step = step.orCheaper(packStep{cost: before.cost + x*w.tier.price, packs: before.packs + 1, last: int32(-x)})
			}
		}
		l.table[t] = step
	}
	l.cover = make([]int32, n)
	l.cover[n-1] = int32(n - 1)
	for t := n - 2; t >= 0; t-- {
		l.cover[t] = int32(t)
		if next := l.cover[t+1]; l.table[next].cheaper(l.table[t]) {
			l.cover[t] = next
		}
	}
}

// cheaper orders ways to buy by cost and then by number of packs.
func (s packStep) cheaper(than packStep) bool {
	return s.cost < than.cost || (s.cost == than.cost && s.packs < than.packs)
}

func (s packStep) orCheaper(other packStep) packStep {
	if other.cost < unbuyable && other.cheaper(s) {
		return other
	}
	return s
}

// slidingMinimum finds, for growing T, the Y in [T−to, T−from] from which one
// pack of size T−Y in the tier is the cheapest: that with the least
// f(Y) − price × Y. It keeps a queue of the Y that can still become it.
type slidingMinimum struct {
	tier  packTier
	queue []int64
	next  int64
}

func (w *slidingMinimum) at(table []packStep, t int64) int64 {
	for ; w.next <= t-w.tier.from; w.next++ {
		if table[w.next].cost >= unbuyable {
			continue
		}
		for len(w.queue) > 0 && !w.before(table, w.queue[len(w.queue)-1], w.next) {
			w.queue = w.queue[:len(w.queue)-1]
		}
		w.queue = append(w.queue, w.next)
	}
	for len(w.queue) > 0 && w.queue[0] < t-w.tier.to {
		w.queue = w.queue[1:]
	}
	if len(w.queue) == 0 {
		return -1
	}
	return w.queue[0]
}

// before reports whether going on from y is cheaper than from a later z.
func (w *slidingMinimum) before(table []packStep, y, z int64) bool {
	a, b := table[y].cost-w.tier.price*y, table[z].cost-w.tier.price*z
	return a < b || (a == b && table[y].packs <= table[z].packs)
}

// split writes T as a number of blocks in the table and a number of bulk packs
// beyond it.
func (l *packList) split(t int64) (inTable, bulk int64) {
	if t < l.end {
		return t, 0
	}
	bulk = (t-l.end)/l.bulk.size + 1
	return t - bulk*l.bulk.size, bulk
}

// exactly returns what buying exactly t blocks costs at the least, and in how
// many packs; false if no packs add up to t.
func (l *packList) exactly(t int64) (cost, packs int64, ok bool) {
	inTable, bulk := l.split(t)
	step := l.table[inTable]
	return step.cost + bulk*l.bulk.price, int64(step.packs) + bulk, step.cost < unbuyable
}

// atLeast returns how many blocks to buy to have at least n for the least.
func (l *packList) atLeast(n int64) int64 {
	inTable, bulk := l.split(n)
	return int64(l.cover[inTable]) + bulk*l.bulk.size
}

// packRate is what uncovered units cost: num ÷ den of the smallest money each.
type packRate struct{ num, den big.Int }

// packPlan is what is bought for one demand.
type packPlan struct {
	blocks int64 // bought in packs that the list's table has
	once   int   // position of a pack bought beside them, or -1
	// total is the cost of packs and uncovered units, times rate.den, and
	// prepaid that of the packs alone.
	total   big.Int
	prepaid int64
	packs   int64
	// uncovered is how many units are left to be paid at the rate.
	uncovered int64
}

// better orders plans for the same rate by total cost, then by what is
// prepaid, then by number of packs.
func (p *packPlan) better(than *packPlan) bool {
	if c := p.total.Cmp(&than.total); c != 0 {
		return c < 0
	}
	if p.prepaid != than.prepaid {
		return p.prepaid < than.prepaid
	}
	return p.packs < than.packs
}

// buy returns the cheapest way to have a demand of units, at blockUnits units a
// block, of which the uncovered rest is paid at the rate.
func (l *packList) buy(demand, blockUnits int64, rate *packRate) *packPlan {
	best := l.plan(0, demand, blockUnits, rate)
	if demand <= 0 {
		return best
	}
	consider := func(t int64) {
		if p := l.plan(t, demand, blockUnits, rate); p != nil && p.better(best) {
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
func (l *packList) cheapestPart(from, to, blockUnits int64, rate *packRate) (best int64, ok bool) {
	var block big.Int
	block.Mul(block.SetInt64(blockUnits), &rate.num)
	if !rate.den.IsInt64() || !block.IsInt64() {
		return 0, false
	}
	den, unit := rate.den.Int64(), block.Int64()
	first, _, _ := l.exactly(from)
	var least, prepaid, packs int64
	for t := from; t <= to; t++ {
		cost, n, buyable := l.exactly(t)
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

// plan returns what buying exactly t blocks for a demand comes to, or nil if no
// packs add up to t.
func (l *packList) plan(t, demand, blockUnits int64, rate *packRate) *packPlan {
	cost, packs, ok := l.exactly(t)
	if !ok {
		return nil
	}
	p := &packPlan{blocks: t, once: -1, prepaid: cost, packs: packs, uncovered: max(demand-t*blockUnits, 0)}
	p.sum(rate)
	return p
}

// sum computes the total of a plan.
func (p *packPlan) sum(rate *packRate) {
	var part big.Int
	p.total.Mul(p.total.SetInt64(p.prepaid), &rate.den)
	if p.uncovered > 0 {
		p.total.Add(&p.total, part.Mul(part.SetInt64(p.uncovered), &rate.num))
	}
}

// smallestBelow returns the smallest size that is sold below the rate, or 0.
func (l *packList) smallestBelow(blockUnits int64, rate *packRate) int64 {
	smallest := int64(0)
	var left, right, block big.Int
	block.Mul(block.SetInt64(blockUnits), &rate.num)
	l.sizes(func(size, price int64) {
		if smallest != 0 && size >= smallest {
			return
		}
		// price < size × blockUnits × num ÷ den
		left.Mul(left.SetInt64(price), &rate.den)
		right.Mul(right.SetInt64(size), &block)
		if left.Cmp(&right) < 0 {
			smallest = size
		}
	})
	return smallest
}

// sizes calls f with the size and price of every pack that can be had any
// number of times, those of a chosen size with the smallest of each tier.
func (l *packList) sizes(f func(size, price int64)) {
	for _, p := range l.fixed {
		if !p.once {
			f(p.size, p.price)
		}
	}
	if l.custom != nil {
		for _, t := range l.custom.tiers {
			f(t.from, t.from*t.price)
		}
	}
}

// buyRequired is buy where at least one pack must be bought, and where withOnce
// allows one of the packs that are sold once, with the cheapest for the rest.
func (l *packList) buyRequired(demand, blockUnits int64, rate *packRate, withOnce bool) *packPlan {
	best := l.buy(demand, blockUnits, rate)
	if best.blocks == 0 {
		best = l.buyOne(demand, blockUnits, rate)
	}
	for i, p := range l.fixed {
		if !p.once || !withOnce {
			continue
		}
		rest := l.buy(max(demand-p.size*blockUnits, 0), blockUnits, rate)
		plan := &packPlan{blocks: rest.blocks, once: i, prepaid: rest.prepaid + p.price, packs: rest.packs + 1, uncovered: rest.uncovered}
		plan.sum(rate)
		if plan.better(best) {
			best = plan
		}
	}
	return best
}

// buyOne is the cheapest purchase of a pack or more where none pays. Either it
// covers everything, or none of its packs is sold below the rate, so that one
// of them alone is no dearer; and of the sizes of a tier the smallest.
func (l *packList) buyOne(demand, blockUnits int64, rate *packRate) *packPlan {
	best := l.plan(l.atLeast(max((demand+blockUnits-1)/blockUnits, 1)), demand, blockUnits, rate)
	l.sizes(func(size, _ int64) {
		if p := l.plan(size, demand, blockUnits, rate); p.better(best) {
			best = p
		}
	})
	return best
}

// boughtPack is how many of one pack are bought.
type boughtPack struct {
	id          string
	size, price int64 // of one
	custom      bool
	offered     int64 // units of an offer, which is of no size in blocks
	quantity    int64
	listed      int // position of a fixed pack; the length of the list for a chosen size
}

// items returns the packs of a plan, in the order of the list.
func (l *packList) items(p *packPlan) []boughtPack {
	counts := make([]int64, len(l.fixed))
	var chosen []boughtPack
	choose := func(size, n int64) {
		for i := range chosen {
			if chosen[i].size == size {
				chosen[i].quantity += n
				return
			}
		}
		chosen = append(chosen, boughtPack{
			id: l.custom.id, size: size, price: size * l.custom.priceOf(size), custom: true, quantity: n, listed: len(l.fixed),
		})
	}
	inTable, bulk := l.split(p.blocks)
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
			inTable -= l.fixed[last].size
		} else {
			choose(int64(-last), 1)
			inTable += int64(last)
		}
	}
	if p.once >= 0 {
		counts[p.once]++
	}
	var out []boughtPack
	for i, n := range counts {
		if n > 0 {
			out = append(out, boughtPack{id: l.fixed[i].id, size: l.fixed[i].size, price: l.fixed[i].price, quantity: n, listed: i})
		}
	}
	slices.SortFunc(chosen, func(a, b boughtPack) int { return cmp.Compare(a.size, b.size) })
	return append(out, chosen...)
}

// priceOf returns the price a block of a chosen size.
func (c *customPack) priceOf(size int64) int64 {
	for _, t := range c.tiers {
		if size >= t.from && size <= t.to {
			return t.price
		}
	}
	return 0
}
