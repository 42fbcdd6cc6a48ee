package pricing

import (
	"math/big"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs"
	"suanpan/pricing/wide"
)

// lasting is something that lasts longer than a month: it is paid once for a
// window, for what the months of the window have in it together.
type lasting interface {
	// window returns how many months it lasts.
	window(h *horizon) int
	// once reports whether a pack of it is sold once in the horizon.
	once() bool
	// close returns the exact cost of a window that ends before a month, and
	// whether it has a pack in it that is sold once, which withOnce allows; nil if
	// the window cannot be paid for.
	close(h *horizon, end int, x *holding, withOnce bool) (cost *big.Rat, tookOnce bool)
	// comparable reports whether the future of one holding is known to cost no
	// more than that of another beyond the difference of their levels.
	comparable(a, b *holding) bool
	// bill adds the lines of a window, and what is bought in it.
	bill(b *bill, h *horizon, w *courseWindow, withOnce bool)
}

// lastingPrice is a price form that lasts longer than a month: it notes with a
// month's share what it is asked for.
type lastingPrice interface {
	// lasts notes in the horizon what it is that lasts. Several prices can have the
	// same.
	lasts(h *horizon, c *charge)
}

func (p *poolPrice) lasts(h *horizon, c *charge) {
	h.note(p.pool, func() lasting { return newLastingPool(h, p.pool, c) })
	h.addChoice(p, len(p.plans))
}

func (k *commitment) lasts(h *horizon, c *charge) {
	h.note(k, func() lasting { return &lastingCommitment{commitment: k, charge: c} })
}

func (y *yearlyPrice) lasts(h *horizon, _ *charge) {
	h.note(y, func() lasting { return &lastingYear{} })
}

func (k *credit) lasts(h *horizon, c *charge) {
	h.note(c, func() lasting { return &lastingCredit{charge: c} })
}

// holding is what a course has come to in a lasting thing, since the window
// began.
type holding struct {
	// level is an amount of money: of two holdings that are comparable, the one
	// with the higher level can come to cost more than the other by the
	// difference at most, and the one with the lower level costs no more.
	level *big.Int
	// months are those that have a share in it, a bit for each.
	months uint64
	// units is the demand for a pool beyond allowances.
	units int64
	// needsPack says that some month cannot draw from the pool without a pack.
	needsPack bool
}

// courseWindow is a window of a course.
type courseWindow struct {
	first, end int         // months from 0; end is not of the window
	pools      []poolShare // what its months draw from a pool
	usage      decimal.Decimal
	years      []Line // what its months ask of a yearly price
	holding    holding
}

// number returns how many windows came before.
func (w *courseWindow) number(l lasting, h *horizon) int { return w.first / l.window(h) }

// lastingPool is a pool over the horizon. What its packs cost for a demand D, at
// a rate for what they do not cover, never falls with D, and rises by the rate
// times the difference at most, since what more is demanded can be paid at the
// rate. So the demand times the highest rate there can be is its level.
type lastingPool struct {
	pool   *pool
	charge *charge
	units  []int64           // demand of each month
	lists  []decimal.Decimal // list price of it
	// highest is the most that a smallest unit can cost, in yuan, and slope the
	// same in the search's smallest money, rounded up; lowest is the least.
	highest, lowest *big.Rat
	slope           *big.Int
	sold            bool // a pack is sold once
	needed          bool // some month of the horizon asks for it, whatever its option
	closed          map[poolClosing]poolClosed
}

// poolClosing is what the cost of a window depends on.
type poolClosing struct {
	end                 int
	months              uint64
	units               int64
	needsPack, withOnce bool
}

type poolClosed struct {
	cost     *big.Rat
	tookOnce bool
}

func newLastingPool(h *horizon, p *pool, c *charge) *lastingPool {
	l := &lastingPool{pool: p, charge: c, highest: new(big.Rat), closed: map[poolClosing]poolClosed{}}
	for _, pack := range p.packs.Fixed() {
		l.sold = l.sold || pack.Once
		if !pack.Once {
			l.sell(pack.Size, pack.Price)
		}
	}
	if custom := p.packs.Custom(); custom != nil {
		for _, t := range custom.Tiers {
			l.sell(1, t.Price)
		}
	}
	for _, values := range h.stated {
		units, list := p.demand(values)
		l.needed = l.needed || p.needed(values, units)
		l.units, l.lists = append(l.units, units), append(l.lists, list)
		rate := p.per.of(p.price).Shift(-p.zeros).Rat()
		if p.price.IsZero() && units > 0 {
			rate.Quo(list.Rat(), new(big.Rat).SetInt64(units))
		}
		if rate.Cmp(l.highest) > 0 {
			l.highest = rate
		}
		if units > 0 && rate.Cmp(l.lowest) < 0 {
			l.lowest = rate
		}
	}
	return l
}

// yuan returns an amount in the smallest money of the packs.
func (l *lastingPool) yuan(amount int64) *big.Rat {
	return big.NewRat(amount, pow10(l.pool.scale))
}

// sell notes that blocks can be had at a price.
func (l *lastingPool) sell(blocks, price int64) {
	unit := l.yuan(price)
	unit.Quo(unit, new(big.Rat).SetInt64(blocks*l.pool.blockUnits))
	if l.lowest == nil || unit.Cmp(l.lowest) < 0 {
		l.lowest = unit
	}
}

// gain returns the most that is saved, over the lowest price for every unit, by
// what is granted or can be had once.
func (l *lastingPool) gain() *big.Rat {
	gain := new(big.Rat)
	once := func(units int64, price *big.Rat) {
		worth := new(big.Rat).SetInt64(units)
		if worth.Mul(worth, l.lowest).Sub(worth, price); worth.Sign() > 0 {
			gain.Add(gain, worth)
		}
	}
	for _, g := range l.pool.grants {
		once(g.units, new(big.Rat))
	}
	for _, o := range l.pool.offers {
		once(o.units, o.price.Rat())
	}
	for _, pack := range l.pool.packs.Fixed() {
		if pack.Once {
			once(pack.Size*l.pool.blockUnits, l.yuan(pack.Price))
		}
	}
	return gain
}

// count sets the slope for a smallest money.
func (l *lastingPool) count(unit *big.Int) {
	num := new(big.Int).Mul(l.highest.Num(), unit)
	num.Add(num, new(big.Int).Sub(l.highest.Denom(), big.NewInt(1)))
	l.slope = num.Quo(num, l.highest.Denom())
}

// level returns the level of a demand.
func (l *lastingPool) level(units int64) *big.Int {
	level := big.NewInt(units)
	return level.Mul(level, l.slope)
}

func (l *lastingPool) window(*horizon) int { return int(l.pool.window) }

func (l *lastingPool) once() bool { return l.sold }

// comparable: where the rate is list price ÷ demand, it is the same for the same
// months only. A window that needs no pack costs no more than one that does.
func (l *lastingPool) comparable(a, b *holding) bool {
	return (!a.needsPack || b.needsPack) && (a.months == b.months || !l.pool.price.IsZero())
}

// buy buys for a window that ends before a month, under plans that include so
// much together.
func (l *lastingPool) buy(h *horizon, end int, x *holding, allowance int64, withOnce bool) (*poolWindow, *packs.Rate) {
	size := l.window(h)
	w := &poolWindow{demand: x.units, allowance: allowance}
	for m := range end {
		if x.months&(1<<m) != 0 {
			w.whole += l.units[m]
			w.list = w.list.Add(l.lists[m])
			w.months++
		}
	}
	rate := l.pool.rate(w.whole, w.list)
	first := end <= size
	l.pool.buyWindow(w, h.account, poolTerms{first: first, once: withOnce && l.sold, required: x.needsPack}, rate)
	return w, rate
}

// cost returns what a window costs, before any rounding.
func (l *lastingPool) cost(w *poolWindow, rate *packs.Rate) *big.Rat {
	return new(big.Rat).SetFrac(w.plan.Total.Big(), rate.Den.Mul(wide.Pow10(l.pool.scale)).Big())
}

func (l *lastingPool) close(h *horizon, end int, x *holding, withOnce bool) (*big.Rat, bool) {
	if x.months == 0 {
		return new(big.Rat), false
	}
	key := poolClosing{end: end, months: x.months, units: x.units, needsPack: x.needsPack, withOnce: withOnce}
	if c, ok := l.closed[key]; ok {
		return c.cost, c.tookOnce
	}
	w, rate := l.buy(h, end, x, 0, withOnce)
	c := poolClosed{cost: l.cost(w, rate), tookOnce: w.plan.Once >= 0}
	l.closed[key] = c
	return c.cost, c.tookOnce
}

func (l *lastingPool) bill(b *bill, h *horizon, w *courseWindow, withOnce bool) {
	allowance := int64(0)
	for _, s := range w.pools {
		allowance += s.plan.included
	}
	bought, _ := l.buy(h, w.end, &w.holding, allowance, withOnce)
	l.pool.addWindows(b, l.charge, &poolBill{windows: []poolWindow{*bought}, before: w.number(l, h)})
}

// lastingCommitment is the commitments of one price. What a commitment costs,
// with the usage beyond it, never falls with the usage, and rises by no more
// than the usage does. So the usage is its level.
type lastingCommitment struct {
	commitment *commitment
	charge     *charge
}

// lowestRate returns the best rate of any tier, or 1.
func (k *commitment) lowestRate() *big.Rat {
	lowest := one
	for i := range k.tiers {
		lowest = decimal.Min(lowest, k.tiers[i].rate)
	}
	return lowest.Rat()
}

func (l *lastingCommitment) window(*horizon) int { return int(l.commitment.window) }

func (l *lastingCommitment) once() bool { return false }

// comparable: whoever has not begun a window need not pay for it, and a window
// begun without a usage cannot be paid for until there is one.
func (l *lastingCommitment) comparable(a, b *holding) bool {
	begun, unused := a.months != 0, a.months != 0 && a.level.Sign() == 0
	return !(begun && b.months == 0) && !(unused && b.level.Sign() != 0)
}

func (l *lastingCommitment) close(h *horizon, _ int, x *holding, _ bool) (*big.Rat, bool) {
	switch {
	case x.months == 0:
		return new(big.Rat), false
	case x.level.Sign() == 0:
		return nil, false
	}
	usage := decimal.NewFromBigRat(new(big.Rat).SetFrac(x.level, h.unit), h.scale)
	best := l.commitment.buy(usage, int64(len(h.months)))
	return new(big.Rat).Quo(best.cost.Rat(), best.tier.rate.Rat()), false
}

func (l *lastingCommitment) bill(b *bill, h *horizon, w *courseWindow, _ bool) {
	b.months = int64(len(h.months))
	l.commitment.addWindows(b, l.charge, []decimal.Decimal{w.usage}, w.number(l, h))
}

// lastingYear is a yearly price. It is paid for the largest amount of a year so
// far, as soon as a month asks for it; who has paid more has less to come, by
// the difference at most. So its level is minus what is paid.
type lastingYear struct{}

func (l *lastingYear) window(h *horizon) int { return h.year }

func (l *lastingYear) once() bool { return false }

func (l *lastingYear) comparable(_, _ *holding) bool { return true }

func (l *lastingYear) close(*horizon, int, *holding, bool) (*big.Rat, bool) {
	return new(big.Rat), false
}

// largest returns the line of the largest amount, of the first month that has it.
func (l *lastingYear) largest(w *courseWindow) *Line {
	largest := &w.years[0]
	for i := range w.years {
		if w.years[i].Amount.GreaterThan(largest.Amount) {
			largest = &w.years[i]
		}
	}
	return largest
}

func (l *lastingYear) bill(b *bill, _ *horizon, w *courseWindow, _ bool) { b.add(*l.largest(w)) }

// lastingCredit is the credits of a charge, which are one: what was taken from
// one counts for all of them. It is taken off as soon as there is a usage; who
// has taken more has less to take, by the difference at most. So its level is
// what was taken.
type lastingCredit struct{ charge *charge }

// window: a credit is had once, whatever the window.
func (l *lastingCredit) window(*horizon) int { return maxMonths }

func (l *lastingCredit) once() bool { return false }

func (l *lastingCredit) comparable(_, _ *holding) bool { return true }

func (l *lastingCredit) close(*horizon, int, *holding, bool) (*big.Rat, bool) {
	return new(big.Rat), false
}

// bill adds nothing: what is taken is on the lines of the months.
func (l *lastingCredit) bill(*bill, *horizon, *courseWindow, bool) {}
