package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs"
	"suanpan/pricing/wide"
)

// pool draws several usages, converted by weights, from one supply: first what
// the plan includes in the month, then what is granted once, then packs, and
// the rest is postpaid (pricing rules, section 3).
//
// What is included expires with the month; what packs hold lasts for a window
// of the term, and each window is optimised by itself. All quantities are
// whole numbers of the smallest unit that the weights can make, so that
// nothing is rounded; package packs has how the cheapest packs are found.
type pool struct {
	name, unit Text
	inputs     []poolInput
	// zeros is the number of decimals that a weight has: quantities are in
	// 10^-zeros units.
	zeros     int32
	listZeros int32
	// price is what a number of converted units costs postpaid. If it is 0 the
	// rest is paid at the list prices of the inputs, in the share that is left.
	price decimal.Decimal
	per   perUnits
	// postpaid and list are the price and the list prices as the line of the rest
	// has them.
	postpaid quantityPrice
	list     rates
	// blockUnits is how many of the smallest units a block of packs is, and
	// block how many units.
	blockUnits, block int64
	// packs are what there is to buy, at prices in money of so many decimals.
	packs *packs.List
	scale int32
	// window is how many months packs last.
	window int64
	grants []grant
	offers []offer
	// required are inputs that cannot be used without an allowance or a pack in
	// every window.
	required []int
}

type poolInput struct {
	input  int
	weight int64 // in smallest units
	list   int64 // list price of a number of units, in 10^-listZeros of money
}

// grant is a quantity that is free once, in the first window.
type grant struct {
	when  conditions
	units int64
}

// offer is a quantity that can be bought once, in the first window.
type offer struct {
	id    string
	when  conditions
	units int64
	price decimal.Decimal
}

// poolPrice is a pool as an option has it.
type poolPrice struct {
	*pool
	// plans are the allowances that can be had, of which the cheapest is taken;
	// where the option itself includes one, it is the only one, without fee.
	plans []poolPlan
	// closed says that there is no way to have more than the allowance, which
	// is a violation on the input.
	closed *limit
}

type poolPlan struct {
	name     Text
	fee      decimal.Decimal
	included int64 // in smallest units a month
}

// poolWindow is what happens in one window of the term.
type poolWindow struct {
	months int64
	// whole is the demand, list its list price where the pool has no price, and
	// allowance what the plan includes, used or not; demand is what is left beyond
	// what is included.
	whole, allowance, demand int64
	list                     decimal.Decimal

	granted int64
	offered []int // positions of offers taken
	plan    packs.Plan
}

// poolBill is what one plan of a pool comes to.
type poolBill struct {
	plan    *poolPlan
	windows []poolWindow
	// alike says that each month has the usage that the bill is for.
	alike  bool
	rate   *packs.Rate // nil where the months differ
	before int         // windows of the term that came before these
	whole  packs.Plan  // sums over the windows, and the fee
}

// bill adds packs and overage, and the fee of the plan if there is one.
func (p *poolPrice) bill(b *bill, c *charge) {
	month, list := p.demand(b.values)
	if !p.needed(b.values, month) {
		if b.share != nil {
			b.share.keepPlan(b, p, c)
		}
		return
	}
	if p.closed != nil && month > p.plans[0].included {
		b.violations = append(b.violations, &p.closed.violation)
		return
	}
	if b.share != nil {
		b.share.addPool(b, p, c, month)
		return
	}
	rate := p.rate(month, list)
	var best *poolBill
	for i := range p.plans {
		if here := p.buy(b, &p.plans[i], month, list, rate); best == nil || here.whole.Better(&best.whole) {
			best = here
		}
	}
	p.addLines(b, c, best)
}

func (p *poolPrice) reads() []int {
	inputs := slices.Clone(p.required)
	for _, in := range p.inputs {
		inputs = append(inputs, in.input)
	}
	return inputs
}

func (*poolPrice) counts() bool { return false }

// needed reports whether a usage whose demand is so many smallest units asks for
// the pool at all.
func (p *pool) needed(values []int64, units int64) bool {
	return units > 0 || slices.ContainsFunc(p.required, func(i int) bool { return values[i] > 0 })
}

// demand returns the converted demand of a month in smallest units, and its
// list price.
func (p *pool) demand(values []int64) (units int64, list decimal.Decimal) {
	sum := int64(0)
	for _, in := range p.inputs {
		units += values[in.input] * in.weight
		sum += values[in.input] * in.list
	}
	return units, p.per.of(decimal.New(sum, -p.listZeros))
}

// rate returns what a smallest unit costs postpaid, in the smallest money of
// the packs: the pool's price, or list price ÷ demand.
func (p *pool) rate(month int64, list decimal.Decimal) *packs.Rate {
	r := &packs.Rate{Den: wide.Of(1)}
	amount := p.per.of(p.price).Shift(-p.zeros)
	if p.price.IsZero() && month > 0 {
		amount = list
		r.Den = wide.Of(month)
	}
	amount = amount.Shift(p.scale)
	if e := amount.Exponent(); e < 0 {
		for ; e < 0; e++ {
			r.Den = r.Den.Times(10)
		}
		r.Num = wide.FromBig(amount.Coefficient())
	} else {
		r.Num = wide.FromBig(amount.BigInt())
	}
	return r
}

// needsPack reports whether the pool cannot be used under a plan without a pack.
func (p *pool) needsPack(plan *poolPlan) bool { return len(p.required) > 0 && plan.included == 0 }

// buy finds the cheapest packs under one plan.
func (p *poolPrice) buy(b *bill, plan *poolPlan, month int64, list decimal.Decimal, rate *packs.Rate) *poolBill {
	out := &poolBill{plan: plan, alike: true, rate: rate, windows: make([]poolWindow, 0, (b.months+p.window-1)/p.window)}
	over := month - min(month, plan.included)
	required := p.needsPack(plan)
	var before *poolWindow
	for start := int64(0); start < b.months; start += p.window {
		months := min(p.window, b.months-start)
		first := start == 0 && !b.later
		if before != nil && !first && len(out.windows) > 1 && before.months == months {
			out.windows = append(out.windows, *before)
			continue
		}
		w := poolWindow{
			months: months, whole: month * months, allowance: plan.included * months, demand: over * months,
		}
		if p.price.IsZero() {
			w.list = list.Mul(decimal.NewFromInt(months))
		}
		p.buyWindow(&w, b.values, poolTerms{first: first, once: first, required: required}, rate)
		out.windows = append(out.windows, w)
		before = &out.windows[len(out.windows)-1]
	}
	for i := range out.windows {
		w := &out.windows[i].plan
		out.whole.Total = out.whole.Total.Add(w.Total)
		out.whole.Prepaid += w.Prepaid
		out.whole.Packs += w.Packs
	}
	fee := plan.fee.Mul(b.term).Shift(p.scale).IntPart()
	out.whole.Prepaid += fee
	out.whole.Total = out.whole.Total.Add(wide.Of(fee).Mul(rate.Den))
	return out
}

// poolTerms says what can be had in a window, and what must be.
type poolTerms struct {
	first    bool // grants and offers
	once     bool // packs that are sold once
	required bool // at least one pack
}

// buyWindow finds the cheapest packs for one window. Grants are used first;
// for each set of offers the rest is bought as cheaply as it can be, and the
// cheapest of these is taken.
func (p *pool) buyWindow(w *poolWindow, values []int64, t poolTerms, rate *packs.Rate) {
	if t.first {
		for _, g := range p.grants {
			if g.when.hold(values) {
				w.granted += min(g.units, w.demand-w.granted)
			}
		}
	}
	rest := w.demand - w.granted
	buy := func(demand int64) packs.Plan {
		if t.required {
			return p.packs.BuyRequired(demand, p.blockUnits, rate, t.once)
		}
		return p.packs.Buy(demand, p.blockUnits, rate)
	}
	w.plan = buy(rest)
	if !t.first {
		return
	}
	for set := 1; set < 1<<len(p.offers); set++ {
		taken, units, price, allowed := p.offerSet(set, values)
		if !allowed {
			continue
		}
		plan := buy(max(rest-units, 0))
		plan.Prepaid += price
		plan.Packs += int64(len(taken))
		plan.Sum(rate)
		if plan.Better(&w.plan) {
			w.plan, w.offered = plan, taken
		}
	}
}

// offerSet returns the offers whose bits are set, what they hold and cost, and
// whether all of them can be had.
func (p *pool) offerSet(set int, values []int64) (taken []int, units, price int64, allowed bool) {
	for i := range p.offers {
		if set&(1<<i) == 0 {
			continue
		}
		o := &p.offers[i]
		if !o.when.hold(values) {
			return nil, 0, 0, false
		}
		taken, units = append(taken, i), units+o.units
		price += o.price.Shift(p.scale).IntPart()
	}
	return taken, units, price, true
}

// quantity returns a number of smallest units as a quantity.
func (p *pool) quantity(units int64) decimal.Decimal { return decimal.New(units, -p.zeros) }
