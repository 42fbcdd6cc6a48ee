package pricing

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// pool draws several usages, converted by weights, from one supply: first what
// the plan includes in the month, then what is granted once, then packs, and
// the rest is postpaid (pricing rules, section 3).
//
// What is included expires with the month; what packs hold lasts for a window
// of the term, and each window is optimised by itself. All quantities are
// whole numbers of the smallest unit that the weights can make, so that
// nothing is rounded; packs.go has how the cheapest packs are found.
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
	// blockUnits is how many of the smallest units a block of packs is, and
	// block how many units.
	blockUnits, block int64
	packs             *packList
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
	months  int64
	demand  int64 // beyond what is included
	granted int64
	offered []int // positions of offers taken
	plan    *packPlan
}

// poolBill is what one plan of a pool comes to.
type poolBill struct {
	plan    *poolPlan
	month   int64 // demand of a month
	rate    *packRate
	windows []poolWindow
	whole   packPlan // sums over the windows, and the fee
}

// bill adds packs and overage, and the fee of the plan if there is one.
func (p *poolPrice) bill(b *bill, c *charge) {
	month, list := p.demand(b.values)
	needed := month > 0
	for _, i := range p.required {
		needed = needed || b.values[i] > 0
	}
	if !needed {
		return
	}
	if p.closed != nil && month > p.plans[0].included {
		b.violations = append(b.violations, &p.closed.violation)
		return
	}
	rate := p.rate(month, list)
	var best *poolBill
	for i := range p.plans {
		if here := p.buy(b, &p.plans[i], month, rate); best == nil || here.whole.better(&best.whole) {
			best = here
		}
	}
	p.addLines(b, c, best, list)
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
func (p *pool) rate(month int64, list decimal.Decimal) *packRate {
	r := &packRate{}
	r.den.SetInt64(1)
	amount := p.per.of(p.price).Shift(-p.zeros)
	if p.price.IsZero() && month > 0 {
		amount = list
		r.den.SetInt64(month)
	}
	amount = amount.Shift(p.packs.scale)
	if e := amount.Exponent(); e < 0 {
		var ten big.Int
		r.den.Mul(&r.den, ten.Exp(ten.SetInt64(10), big.NewInt(int64(-e)), nil))
		r.num.Set(amount.Coefficient())
	} else {
		r.num.Set(amount.BigInt())
	}
	return r
}

// buy finds the cheapest packs under one plan.
func (p *poolPrice) buy(b *bill, plan *poolPlan, month int64, rate *packRate) *poolBill {
	out := &poolBill{plan: plan, month: month, rate: rate}
	over := month - min(month, plan.included)
	required := len(p.required) > 0 && plan.included == 0
	var before *poolWindow
	for start := int64(0); start < b.months; start += p.window {
		months := min(p.window, b.months-start)
		first := start == 0
		if before != nil && !first && len(out.windows) > 1 && before.months == months {
			out.windows = append(out.windows, *before)
			continue
		}
		w := p.buyWindow(b, months, over*months, first, required, rate)
		out.windows = append(out.windows, w)
		before = &out.windows[len(out.windows)-1]
	}
	var part big.Int
	for i := range out.windows {
		w := out.windows[i].plan
		out.whole.total.Add(&out.whole.total, &w.total)
		out.whole.prepaid += w.prepaid
		out.whole.packs += w.packs
	}
	fee := plan.fee.Mul(b.term).Shift(p.packs.scale).BigInt()
	out.whole.prepaid += fee.Int64()
	out.whole.total.Add(&out.whole.total, part.Mul(fee, &rate.den))
	return out
}

// buyWindow finds the cheapest packs for one window. Grants are used first;
// for each set of offers the rest is bought as cheaply as it can be, and the
// cheapest of these is taken.
func (p *poolPrice) buyWindow(b *bill, months, demand int64, first, required bool, rate *packRate) poolWindow {
	w := poolWindow{months: months, demand: demand}
	if first {
		for _, g := range p.grants {
			if g.when.hold(b.values) {
				w.granted += min(g.units, demand-w.granted)
			}
		}
	}
	rest := demand - w.granted
	buy := func(demand int64) *packPlan {
		if required {
			return p.packs.buyRequired(demand, p.blockUnits, rate, first)
		}
		return p.packs.buy(demand, p.blockUnits, rate)
	}
	w.plan = buy(rest)
	if !first {
		return w
	}
	for set := 1; set < 1<<len(p.offers); set++ {
		taken, units, price, allowed := p.offerSet(set, b.values)
		if !allowed {
			continue
		}
		plan := *buy(max(rest-units, 0))
		plan.prepaid += price
		plan.packs += int64(len(taken))
		plan.total = big.Int{}
		plan.sum(rate)
		if plan.better(w.plan) {
			w.plan, w.offered = &plan, taken
		}
	}
	return w
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
		price += o.price.Shift(p.packs.scale).IntPart()
	}
	return taken, units, price, true
}

// quantity returns a number of smallest units as a quantity.
func (p *pool) quantity(units int64) decimal.Decimal { return decimal.New(units, -p.zeros) }

// addLines adds what was bought and what is left to be paid.
func (p *poolPrice) addLines(b *bill, c *charge, best *poolBill, list decimal.Decimal) {
	if t := c.further[planLine]; t != nil && !best.plan.fee.IsZero() {
		name := Text{EN: t.name.EN + ": " + best.plan.name.EN, ZH: t.name.ZH + "：" + best.plan.name.ZH}
		newMonthlyFee(best.plan.fee).add(b, t, name)
	}
	p.addPacks(b, c.further[packsLine], best)
	p.addOverage(b, c.further[overageLine], best, list)
	p.cheaperMore(b, &best.windows[0])
	b.pools = append(b.pools, p.use(b, best))
}

// addPacks adds the purchases, window by window, and the line of all of them.
func (p *poolPrice) addPacks(b *bill, t *terms, best *poolBill) {
	var all []boughtPack
	for i := range best.windows {
		w := &best.windows[i]
		items := p.packs.items(w.plan)
		for _, o := range w.offered {
			offer := &p.offers[o]
			items = append(items, boughtPack{
				id: offer.id, quantity: 1, offered: offer.units / pow10(p.zeros), price: offer.price.Shift(p.packs.scale).IntPart(), listed: len(p.packs.fixed) + 1 + o,
			})
		}
		for _, item := range items {
			if p.window > 1 {
				b.purchases = append(b.purchases, p.purchase(item, i+1))
			}
			at := slices.IndexFunc(all, func(other boughtPack) bool { return other.id == item.id && other.size == item.size })
			if at < 0 {
				all = append(all, item)
			} else {
				all[at].quantity += item.quantity
			}
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b boughtPack) int { return a.listed - b.listed })
	f := newFormula()
	var total, count decimal.Decimal
	for i, item := range all {
		if p.window == 1 {
			b.purchases = append(b.purchases, p.purchase(item, 0))
		}
		price, n := decimal.New(item.price, -p.packs.scale), decimal.NewFromInt(item.quantity)
		total, count = total.Add(price.Mul(n)), count.Add(n)
		if i > 0 {
			f = f.text(plus)
		}
		f = f.number(n).text(times).money(price)
	}
	b.add(Line{terms: t, Name: t.name, Amount: total, Quantity: count, Formula: string(f)})
}

func (p *poolPrice) purchase(item boughtPack, window int) Purchase {
	out := Purchase{
		ID: item.id, Window: window, Quantity: item.quantity, Holds: item.size * p.block, Unit: p.unit,
		Amount: decimal.New(item.price, -p.packs.scale).Mul(decimal.NewFromInt(item.quantity)),
	}
	if item.custom {
		out.Size = out.Holds
	}
	if item.offered > 0 {
		out.Holds = item.offered
	}
	return out
}

// addOverage adds the line of what nothing covers.
func (p *poolPrice) addOverage(b *bill, t *terms, best *poolBill, list decimal.Decimal) {
	uncovered := int64(0)
	for i := range best.windows {
		uncovered += best.windows[i].plan.uncovered
	}
	if uncovered == 0 {
		return
	}
	if p.price.IsZero() {
		p.addShare(b, t, best, list)
		return
	}
	n := p.quantity(uncovered)
	f := newFormula()
	if whole := best.month * b.months; whole != uncovered {
		f = f.text("(").number(p.quantity(whole)).text(minus).number(p.quantity(whole - uncovered)).text(")")
	} else {
		f = f.number(n)
	}
	b.add(Line{
		terms: t, Name: t.name, Quantity: n, UnitPrice: p.price, Amount: p.per.of(n.Mul(p.price)),
		Formula: string(f.text(p.per.label).text(times).money(p.price)),
	})
}

// addShare adds the overage of a pool whose inputs have list prices of their
// own: what is covered covers the same share of each. A window's amount is
// rounded to the fen, half up, unless nothing is covered in it (pricing rules,
// sections 0 and 3).
func (p *poolPrice) addShare(b *bill, t *terms, best *poolBill, list decimal.Decimal) {
	var total, units decimal.Decimal
	f := newFormula()
	for i := range best.windows {
		w := &best.windows[i]
		if w.plan.uncovered == 0 {
			continue
		}
		months := decimal.NewFromInt(w.months)
		cost, whole := list.Mul(months), best.month*w.months
		units = units.Add(p.quantity(w.plan.uncovered))
		if len(f) > 0 {
			f = f.text(plus)
		}
		if whole == w.plan.uncovered {
			total = total.Add(cost)
			f = f.money(cost)
			continue
		}
		left, all := decimal.NewFromInt(w.plan.uncovered), decimal.NewFromInt(whole)
		total = total.Add(divideRounded(cost.Mul(left), all))
		f = f.money(cost).text(" × (1").text(minus).number(p.quantity(whole - w.plan.uncovered)).text(divided).number(p.quantity(whole)).text(")")
	}
	if total.IsZero() {
		return // less than half a fen
	}
	b.add(Line{terms: t, Name: t.name, Amount: total, Quantity: units, Formula: string(f)})
}

// use says what became of what the pool holds.
func (p *poolPrice) use(b *bill, best *poolBill) PoolUse {
	included := min(best.month, best.plan.included)
	var granted, packed, bought, uncovered int64
	for i := range best.windows {
		w := &best.windows[i]
		granted += w.granted
		uncovered += w.plan.uncovered
		packed += w.demand - w.granted - w.plan.uncovered
		for _, item := range p.packs.items(w.plan) {
			bought += item.size * item.quantity * p.blockUnits
		}
		for _, o := range w.offered {
			bought += p.offers[o].units
		}
	}
	return PoolUse{
		Name: p.name, Unit: p.unit,
		Demand: p.quantity(best.month * b.months), Included: p.quantity(included * b.months),
		Granted: p.quantity(granted), Packed: p.quantity(packed), Postpaid: p.quantity(uncovered),
		IncludedLeft: p.quantity((best.plan.included - included) * b.months), PackedLeft: p.quantity(bought - packed),
	}
}
