package packs

import "math/bits"

// List is what packs there are. It is read-only.
type List struct {
	fixed  []Pack
	custom *Custom

	// bulk is the pack that stands in for what is beyond end.
	bulk bulk
	end  int64
	// table has the cheapest way to buy exactly T blocks, by T, as its cost,
	// its number of packs, and the last pack taken.
	table []step
	// cover has the T ≥ n that is cheapest, by n.
	cover []int32
	// overBulk is the most that covering n blocks costs more than n blocks at the
	// price of the bulk pack, for n in the last period of the table, times its size;
	// -1 if 64 bits are not enough for it.
	overBulk int64
}

// Pack is a pack of a fixed size.
type Pack struct {
	ID          string
	Size, Price int64
	// Once says that the pack is sold once: it is bought beside others, and for
	// the table it does not exist.
	Once bool
}

// Custom is a pack of a size to be chosen, up to a maximum.
type Custom struct {
	ID      string
	Maximum int64
	// Tiers begin with size 1, and each goes on to where the next one begins.
	Tiers []Tier
}

// Tier is the price a block from a size on.
type Tier struct{ From, Price int64 }

// bulk is the pack that very many blocks are bought in.
type bulk struct {
	size, price int64
	fixed       int // its position, or -1 for one of a chosen size
}

// New makes the list of packs of fixed sizes, and of one of a size to be chosen
// unless that is nil; it keeps both. It reports false if the list does not satisfy
// what the package's argument needs.
func New(fixed []Pack, custom *Custom) (*List, bool) {
	l := &List{fixed: fixed, custom: custom}
	return l, l.compile()
}

// Fixed returns the packs of fixed sizes.
func (l *List) Fixed() []Pack { return l.fixed }

// Custom returns the pack of a size to be chosen, or nil.
func (l *List) Custom() *Custom { return l.custom }

// Bulk returns the size and the price of the pack that very many blocks are
// bought in, and the number of blocks from which on it is: with its size more to
// be had, one more of it is bought.
func (l *List) Bulk() (size, price, from int64) {
	return l.bulk.size, l.bulk.price, l.end - l.bulk.size
}

// OverBulk returns the most that very many blocks cost more than they do at the
// price a block of the bulk pack, in the size of that times the smallest money;
// false if 64 bits are not enough for it.
func (l *List) OverBulk() (most int64, ok bool) { return l.overBulk, l.overBulk >= 0 }

// step is a cheapest way to buy some number of blocks.
type step struct {
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

// compile fills the table, or reports false.
func (l *List) compile() bool {
	best := -1
	for i, p := range l.fixed {
		if !p.Once && (best < 0 || betterBulk(p, l.fixed[best])) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	s, price := l.fixed[best].Size, l.fixed[best].Price
	l.bulk, l.end = bulk{size: s, price: price, fixed: best}, s
	for _, p := range l.fixed {
		if !p.Once {
			l.end += (s/gcd(s, p.Size) - 1) * p.Size
		}
	}
	beyond := s // entries past the end, for what is cheaper than exactly so many
	if l.custom != nil {
		last, most := l.custom.Tiers[len(l.custom.Tiers)-1], l.custom.Maximum
		if last.Price*s < price || 2*(last.From+s) > most {
			return false
		}
		l.end += last.From + s
		if last.Price*s == price {
			l.bulk = bulk{size: most, price: most * last.Price, fixed: -1}
			l.end, beyond = most+last.From, 0
		}
	}
	if l.end > maxTable {
		return false
	}
	l.fill(int(l.end + beyond))
	l.overBulk = l.mostOverBulk()
	return true
}

func (l *List) mostOverBulk() (most int64) {
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
func betterBulk(p, than Pack) bool {
	a, b := p.Price*than.Size, than.Price*p.Size
	return a < b || (a == b && p.Size > than.Size)
}

// maxTable bounds the table, and so the time it takes to make a list.
const maxTable = 1 << 20

func (l *List) fill(n int) {
	l.table = make([]step, n)
	var windows []*slidingMinimum
	if l.custom != nil {
		for i, t := range l.custom.Tiers {
			windows = append(windows, &slidingMinimum{from: t.From, to: l.custom.end(i), price: t.Price})
		}
	}
	for t := 1; t < n; t++ {
		best := step{cost: unbuyable}
		for i, p := range l.fixed {
			if rest := int64(t) - p.Size; rest >= 0 && !p.Once {
				before := l.table[rest]
				best = best.orCheaper(step{cost: before.cost + p.Price, packs: before.packs + 1, last: int32(i)})
			}
		}
		for _, w := range windows {
			if y := w.at(l.table, int64(t)); y >= 0 {
				before, x := l.table[y], int64(t)-y
				best = best.orCheaper(step{cost: before.cost + x*w.price, packs: before.packs + 1, last: int32(-x)})
			}
		}
		l.table[t] = best
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
func (s step) cheaper(than step) bool {
	return s.cost < than.cost || (s.cost == than.cost && s.packs < than.packs)
}

func (s step) orCheaper(other step) step {
	if other.cost < unbuyable && other.cheaper(s) {
		return other
	}
	return s
}

// slidingMinimum finds, for growing T, the Y in [T−to, T−from] from which one
// pack of size T−Y in the tier is the cheapest: that with the least
// f(Y) − price × Y. It keeps a queue of the Y that can still become it.
type slidingMinimum struct {
	from, to, price int64 // of the tier
	queue           []int64
	next            int64
}

func (w *slidingMinimum) at(table []step, t int64) int64 {
	for ; w.next <= t-w.from; w.next++ {
		if table[w.next].cost >= unbuyable {
			continue
		}
		for len(w.queue) > 0 && !w.before(table, w.queue[len(w.queue)-1], w.next) {
			w.queue = w.queue[:len(w.queue)-1]
		}
		w.queue = append(w.queue, w.next)
	}
	for len(w.queue) > 0 && w.queue[0] < t-w.to {
		w.queue = w.queue[1:]
	}
	if len(w.queue) == 0 {
		return -1
	}
	return w.queue[0]
}

// before reports whether going on from y is cheaper than from a later z.
func (w *slidingMinimum) before(table []step, y, z int64) bool {
	a, b := table[y].cost-w.price*y, table[z].cost-w.price*z
	return a < b || (a == b && table[y].packs <= table[z].packs)
}

// split writes T as a number of blocks in the table and a number of bulk packs
// beyond it.
func (l *List) split(t int64) (inTable, bulk int64) {
	if t < l.end {
		return t, 0
	}
	bulk = (t-l.end)/l.bulk.size + 1
	return t - bulk*l.bulk.size, bulk
}

// Exactly returns what buying exactly t blocks costs at the least, and in how
// many packs; false if no packs add up to t.
func (l *List) Exactly(t int64) (cost, packs int64, ok bool) {
	inTable, bulk := l.split(t)
	step := l.table[inTable]
	return step.cost + bulk*l.bulk.price, int64(step.packs) + bulk, step.cost < unbuyable
}

// atLeast returns how many blocks to buy to have at least n for the least.
func (l *List) atLeast(n int64) int64 {
	inTable, bulk := l.split(n)
	return int64(l.cover[inTable]) + bulk*l.bulk.size
}
