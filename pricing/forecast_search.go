package pricing

import (
	"cmp"
	"math/big"
	"slices"
)

// The search finds the cheapest course month by month. It keeps the ways to come
// to a month that can still become the cheapest: a frontier.
//
// # What is kept
//
// A way has a cost so far, an option, and what it holds in each lasting thing
// (demand beyond allowances, usage committed to). Let a and b be two ways that
// can go on with the same options, and let the holdings of a be comparable with
// those of b. Whatever b does from there on, a can do; it then pays for each
// lasting thing no more than b beyond the difference of their levels where that
// of a is higher (see [lasting], and there why). So if
//
//	cost a + Σ max(0, level a − level b)  <  cost b
//
// no course through b is the cheapest, and b is left out; also where both sides
// are equal and a has no more changes of the option, counting the one that it
// may need to follow b. A way can go on as another if it has the option of that
// one and all that may follow it among those that may follow its own, and if it
// is the same kind of way to the term's prices (see [stretch]).
//
// A way that leaves out another has the lower sum of cost and levels. So the ways
// are taken in the order of that sum, and each is compared with those kept before.
//
// # Exactness
//
// Costs are those before any rounding: fractions, once the packs of a pool with
// list prices are paid. They are kept as whole numbers of a smallest money, which
// becomes smaller where a window's cost asks for it.
//
// # Bounds
//
// A way is also left out if even the least that the rest can cost (see
// [restBounds]) makes it dearer than a course that is known: the cheapest that
// keeps an option, or what a first search finds that keeps few ways.
//
// # Work
//
// With n months, m options and a frontier of at most F ways, there are n × m × F
// ways to form and n × m × F² ÷ 2 pairs to compare at the most; the bounds take
// n × m² steps. F is bounded; if ways had to be dropped for that, the answer is said
// not to be exact. On real books it is some tens, since few ways come as close to
// the best as the bounds are.

// maxFrontier is how many ways to come to a month are kept at the most, and
// narrowFrontier how many the first search keeps.
const (
	maxFrontier    = 1500
	narrowFrontier = 32
)

// way is a way to come to a month.
type way struct {
	before  *way // up to the month before; nil for the start
	option  int
	stretch stretch
	changes int
	cost    *big.Int
	held    []holding
	// took has a bit for each lasting thing of which the pack sold once is taken.
	took  uint64
	rank  *big.Int // cost and levels
	bound *big.Int // the least that a course through it costs
	owed  *big.Rat // cost of the windows that end, until it is in cost
}

// stretch is what a way is to prices that depend on the term. In a window in
// which the option changes, months are bought singly; otherwise the way keeps
// its option up to the end of a window, for a term that is of a class.
type stretch struct {
	// end is the month before which a stretch of one option ends, or 0 for months
	// bought singly.
	end int
	// class is that of the term.
	class int
	// changed says that the option has changed in the window.
	changed bool
}

// money returns an amount in the search's smallest money, in which it is whole.
func (h *horizon) money(r *big.Rat) *big.Int {
	n := new(big.Int).Mul(r.Num(), h.unit)
	return n.Quo(n, r.Denom())
}

// countIn sets how many of the smallest money a yuan is.
func (h *horizon) countIn(unit *big.Int) {
	h.unit = unit
	for _, l := range h.lasting {
		if p, ok := l.(*lastingPool); ok {
			p.count(unit)
		}
	}
}

// search returns the options of the cheapest course by months, and whether
// nothing had to be dropped for the limit of ways. Courses that cost more than an
// upper bound, if there is one, are not looked for; nil if there is none else.
func (h *horizon) search(b *restBounds, upper *big.Rat, limit int) (options []int, cost *big.Rat, exact bool) {
	h.countIn(b.unit)
	start := &way{option: -1, cost: new(big.Int), held: make([]holding, len(h.lasting))}
	for i := range start.held {
		start.held[i].level = new(big.Int)
	}
	frontier, exact := []*way{start}, true
	for m := range h.months {
		if h.ctx.Err() != nil {
			return nil, nil, false
		}
		ways := h.month(frontier, m)
		h.settle(ways)
		frontier = h.prune(h.cut(ways, b, upper, m+1))
		if len(frontier) > limit {
			slices.SortStableFunc(frontier, func(a, b *way) int { return a.bound.Cmp(b.bound) })
			frontier, exact = frontier[:limit], false
		}
	}
	var best *way
	for _, w := range frontier {
		if best == nil || cmp.Or(w.cost.Cmp(best.cost), cmp.Compare(w.changes, best.changes)) < 0 {
			best = w
		}
	}
	if best == nil {
		return nil, nil, exact
	}
	cost = new(big.Rat).SetFrac(best.cost, h.unit)
	options = make([]int, len(h.months))
	for m := len(options) - 1; m >= 0; m-- {
		options[m], best = best.option, best.before
	}
	return options, cost, exact
}

// cheapest returns the options of the cheapest course that costs no more than an
// upper bound, if there is one, and whether that is certain. A first search of
// few ways finds a bound that is close to it.
func (h *horizon) cheapest(upper *big.Rat) (options []int, exact bool) {
	b := h.newBounds()
	first, cost, exact := h.search(b, upper, h.narrow)
	if exact {
		return first, exact
	}
	if cost != nil {
		upper = cost
	}
	options, _, exact = h.search(b, upper, h.limit)
	if options == nil {
		options = first
	}
	return options, exact
}

// cut leaves out the ways that cannot come to the end of the horizon, or only at
// a cost above an upper bound.
func (h *horizon) cut(ways []*way, b *restBounds, upper *big.Rat, m int) []*way {
	finer := new(big.Int).Quo(h.unit, b.unit)
	var most *big.Int
	if upper != nil {
		most = h.money(upper)
	}
	return slices.DeleteFunc(ways, func(w *way) bool {
		rest := b.rest(h, w, m)
		if rest == nil {
			return true
		}
		w.bound = rest.Add(rest.Mul(rest, finer), w.cost)
		return most != nil && w.bound.Cmp(most) > 0
	})
}

// month returns the ways to come through a month.
func (h *horizon) month(frontier []*way, m int) (next []*way) {
	amounts := h.amounts(m)
	for _, w := range frontier {
		for o := range h.Options {
			if w.option >= 0 && !h.may[w.option][o] {
				continue
			}
			for _, s := range h.stretches(w, o, m) {
				if a := &amounts[o][s.class]; a.amount != nil {
					next = h.pass(next, w, o, s, a, m)
				}
			}
		}
	}
	return next
}

// stretches returns how a way can go on with an option in a month.
func (h *horizon) stretches(w *way, o, m int) (out []stretch) {
	single := h.class(1)
	if len(h.terms) == 0 {
		return []stretch{{class: single, changed: true}}
	}
	if m%h.year != 0 || w.stretch.end > m {
		switch s := w.stretch; {
		case s.end == 0:
			return []stretch{{class: single, changed: s.changed || o != w.option}}
		case o == w.option:
			return []stretch{s}
		default:
			return nil
		}
	}
	out = append(out, stretch{class: single})
	if w.option == o && w.stretch.end == m && m > 0 {
		return out // that would be a longer stretch
	}
	for end := m + h.year; ; end += h.year {
		end = min(end, len(h.months))
		out = append(out, stretch{end: end, class: h.class(end - m)})
		if end == len(h.months) {
			return out
		}
	}
}

// monthAmounts is what a month is for an option, in the search's money.
type monthAmounts struct {
	share  *monthShare
	amount *big.Int // nil if the option cannot serve the month
	usages []*big.Int
	years  []*big.Int
	limits []*big.Int
	credit []*big.Int
}

// amounts returns what a month is for every option and class of term.
func (h *horizon) amounts(m int) [][]monthAmounts {
	out := make([][]monthAmounts, len(h.Options))
	for o := range h.Options {
		out[o] = make([]monthAmounts, len(h.terms)+1)
		for class, s := range h.shares[m][o] {
			if s == nil || !s.served {
				continue
			}
			a := &out[o][class]
			a.share, a.amount = s, h.money(sumOf(s.lines).Rat())
			for _, u := range s.usages {
				a.usages = append(a.usages, h.money(u.usage.Rat()))
			}
			for i := range s.years {
				a.years = append(a.years, h.money(s.years[i].line.Amount.Rat()))
			}
			for _, c := range s.credits {
				a.limits, a.credit = append(a.limits, h.money(c.limit.Rat())), append(a.credit, h.money(c.usage.Rat()))
			}
		}
	}
	return out
}

// pass adds the ways that come from another through a month with an option.
func (h *horizon) pass(next []*way, from *way, o int, s stretch, a *monthAmounts, m int) []*way {
	w := &way{
		before: from, option: o, stretch: s, changes: from.changes, took: from.took,
		cost: new(big.Int).Add(from.cost, a.amount), held: slices.Clone(from.held),
	}
	if from.option >= 0 && from.option != o {
		w.changes++
	}
	for _, p := range a.share.pools {
		x := w.hold(p.at, m)
		x.units += p.over
		x.level = h.lasting[p.at].(*lastingPool).level(x.units)
		x.needsPack = x.needsPack || p.needsPack
	}
	for i, u := range a.share.usages {
		x := w.hold(u.at, m)
		x.level = new(big.Int).Add(x.level, a.usages[i])
	}
	for i := range a.share.years {
		x := &w.held[a.share.years[i].at]
		if paid := new(big.Int).Neg(a.years[i]); paid.Cmp(x.level) < 0 {
			w.cost.Sub(w.cost.Add(w.cost, a.years[i]), new(big.Int).Neg(x.level))
			x.level = paid
		}
	}
	for i, c := range a.share.credits {
		x := &w.held[c.at]
		taken := new(big.Int).Add(x.level, a.credit[i])
		if taken.Cmp(a.limits[i]) > 0 {
			taken = a.limits[i]
		}
		if taken.Cmp(x.level) > 0 {
			w.cost.Sub(w.cost, new(big.Int).Sub(taken, x.level))
			x.level = taken
		}
	}
	return h.end(next, w, 0, m+1)
}

// hold adds a month to those that have a share in a lasting thing.
func (w *way) hold(at, m int) *holding {
	x := &w.held[at]
	x.months |= 1 << m
	return x
}

// end pays for the windows that end before a month, from a lasting thing on, and
// adds the ways that there are to do so.
func (h *horizon) end(next []*way, w *way, from, m int) []*way {
	last := m == len(h.months)
	for i := from; i < len(h.lasting); i++ {
		l := h.lasting[i]
		if !last && m%l.window(h) != 0 {
			continue
		}
		x := w.held[i]
		if l.once() && w.took&(1<<i) == 0 {
			if cost, took := l.close(h, m, &x, true); took {
				other := *w
				other.cost = new(big.Int).Set(w.cost)
				other.held, other.took = slices.Clone(w.held), w.took|1<<i
				other.pay(i, cost)
				next = h.end(next, &other, i+1, m)
			}
		}
		cost, _ := l.close(h, m, &x, false)
		if cost == nil {
			return next
		}
		w.pay(i, cost)
	}
	if last || m%h.year == 0 {
		if w.stretch.end == 0 && !w.stretch.changed {
			return next // it has kept its option, and is priced as a stretch
		}
	}
	return append(next, w)
}

// pay ends a window of a lasting thing.
func (w *way) pay(i int, cost *big.Rat) {
	w.held[i] = holding{level: new(big.Int)}
	switch {
	case cost.Sign() == 0:
	case w.owed == nil:
		w.owed = cost
	default:
		w.owed = new(big.Rat).Add(w.owed, cost)
	}
}

// settle adds what is owed to the costs, in a smaller money if need be.
func (h *horizon) settle(ways []*way) {
	unit, part := new(big.Int).Set(h.unit), new(big.Int)
	for _, w := range ways {
		if w.owed != nil {
			den := w.owed.Denom()
			part.GCD(nil, nil, unit, den)
			unit.Mul(unit, part.Quo(den, part))
		}
	}
	finer := new(big.Int).Quo(unit, h.unit)
	h.countIn(unit)
	if finer.IsInt64() && finer.Int64() == 1 {
		finer = nil
	}
	for _, w := range ways {
		if finer != nil {
			w.cost.Mul(w.cost, finer)
			for i := range w.held {
				x := &w.held[i]
				if p, ok := h.lasting[i].(*lastingPool); ok {
					x.level = p.level(x.units)
				} else {
					x.level = new(big.Int).Mul(x.level, finer)
				}
			}
		}
		if w.owed != nil {
			w.cost.Add(w.cost, h.money(w.owed))
			w.owed = nil
		}
	}
}
