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
	// postpaid and list are the price and the list prices as the line of the rest
	// has them.
	postpaid quantityPrice
	list     rates
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
	months int64
	// whole is the demand, list its list price where the pool has no price, and
	// allowance what the plan includes, used or not; demand is what is left beyond
	// what is included.
	whole, allowance, demand int64
	list                     decimal.Decimal

	granted int64
	offered []int // positions of offers taken
	plan    *packPlan
}

// poolBill is what one plan of a pool comes to.
type poolBill struct {
	plan    *poolPlan
	windows []poolWindow
	// alike says that each month has the usage that the bill is for.
	alike  bool
	before int      // windows of the term that came before these
	whole  packPlan // sums over the windows, and the fee
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
		if here := p.buy(b, &p.plans[i], month, list, rate); best == nil || here.whole.better(&best.whole) {
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

// needsPack reports whether the pool cannot be used under a plan without a pack.
func (p *pool) needsPack(plan *poolPlan) bool { return len(p.required) > 0 && plan.included == 0 }

// buy finds the cheapest packs under one plan.
func (p *poolPrice) buy(b *bill, plan *poolPlan, month int64, list decimal.Decimal, rate *packRate) *poolBill {
	out := &poolBill{plan: plan, alike: true, windows: make([]poolWindow, 0, (b.months+p.window-1)/p.window)}
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

// poolTerms says what can be had in a window, and what must be.
type poolTerms struct {
	first    bool // grants and offers
	once     bool // packs that are sold once
	required bool // at least one pack
}

// buyWindow finds the cheapest packs for one window. Grants are used first;
// for each set of offers the rest is bought as cheaply as it can be, and the
// cheapest of these is taken.
func (p *pool) buyWindow(w *poolWindow, values []int64, t poolTerms, rate *packRate) {
	if t.first {
		for _, g := range p.grants {
			if g.when.hold(values) {
				w.granted += min(g.units, w.demand-w.granted)
			}
		}
	}
	rest := w.demand - w.granted
	buy := func(demand int64) *packPlan {
		if t.required {
			return p.packs.buyRequired(demand, p.blockUnits, rate, t.once)
		}
		return p.packs.buy(demand, p.blockUnits, rate)
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
		plan := *buy(max(rest-units, 0))
		plan.prepaid += price
		plan.packs += int64(len(taken))
		plan.total = big.Int{}
		plan.sum(rate)
		if plan.better(w.plan) {
			w.plan, w.offered = &plan, taken
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
		price += o.price.Shift(p.packs.scale).IntPart()
	}
	return taken, units, price, true
}

// quantity returns a number of smallest units as a quantity.
func (p *pool) quantity(units int64) decimal.Decimal { return decimal.New(units, -p.zeros) }

// addLines adds what was bought and what is left to be paid.
func (p *poolPrice) addLines(b *bill, c *charge, best *poolBill) {
	p.addFee(b, c, best.plan)
	p.addWindows(b, c, best)
}

// addFee adds the fee of a plan, if it has one.
func (p *pool) addFee(b *bill, c *charge, plan *poolPlan) {
	if t := c.further[planLine]; t != nil && !plan.fee.IsZero() {
		name := Text{EN: t.name.EN + ": " + plan.name.EN, ZH: t.name.ZH + "：" + plan.name.ZH}
		newMonthlyFee(plan.fee).add(b, t, name)
	}
}

// addWindows adds the packs of the windows and what is left to be paid.
func (p *pool) addWindows(b *bill, c *charge, best *poolBill) {
	p.addPacks(b, c.further[packsLine], best)
	p.addOverage(b, c.further[overageLine], best)
	p.cheaperMore(b, &best.windows[0])
	b.pools = append(b.pools, p.use(best))
}

// addPacks adds the purchases, window by window, and the line of all of them.
func (p *pool) addPacks(b *bill, t *terms, best *poolBill) {
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
				b.purchases = append(b.purchases, p.purchase(item, best.before+i+1))
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

func (p *pool) purchase(item boughtPack, window int) Purchase {
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
func (p *pool) addOverage(b *bill, t *terms, best *poolBill) {
	var whole, uncovered int64
	for i := range best.windows {
		whole += best.windows[i].whole
		uncovered += best.windows[i].plan.uncovered
	}
	if uncovered == 0 {
		return
	}
	if p.price.IsZero() {
		p.addShare(b, t, best)
		return
	}
	n := p.quantity(uncovered)
	f := newFormula()
	if whole != uncovered {
		f = f.text("(").number(p.quantity(whole)).text(minus).number(p.quantity(whole - uncovered)).text(")")
	} else {
		f = f.number(n)
	}
	rest := part{price: &p.postpaid, quantity: n, times: one}
	b.add(rest.line(t, t.name, n, f.text(p.postpaid.after)))
}

// atPrice returns what a number of smallest units costs at the pool's price.
func (p *pool) atPrice(units int64) decimal.Decimal { return p.postpaid.of(p.quantity(units)) }

// overage returns what is left to be paid for a window, as the line of it says:
// where the inputs have list prices of their own, what is covered covers the
// same share of each, and the amount is rounded to the fen, half up, unless
// nothing is covered (pricing rules, sections 0 and 3).
func (p *pool) overage(w *poolWindow) decimal.Decimal {
	switch uncovered := w.plan.uncovered; {
	case uncovered == 0:
		return decimal.Decimal{}
	case !p.price.IsZero():
		return p.atPrice(uncovered)
	case uncovered == w.whole:
		return w.list
	default:
		return divideRounded(w.list.Mul(decimal.NewFromInt(uncovered)), decimal.NewFromInt(w.whole))
	}
}

// addShare adds the overage of a pool whose inputs have list prices of their
// own. Where nothing is covered it is the sum of these.
func (p *pool) addShare(b *bill, t *terms, best *poolBill) {
	var total, units decimal.Decimal
	whole := true
	for i := range best.windows {
		w := &best.windows[i]
		units = units.Add(p.quantity(w.plan.uncovered))
		total = total.Add(p.overage(w))
		whole = whole && w.plan.uncovered == w.whole
	}
	if total.IsZero() {
		return // less than half a fen
	}
	line := Line{terms: t, Name: t.name, Amount: total, Quantity: units}
	f := newFormula()
	switch {
	case !best.alike:
		f = p.explainWindows(f, best)
	case whole:
		f, line.parts = p.list.explain(f, b, b.months > 1).term(b.term), p.list.parts(b)
	default:
		f = p.explainShares(p.list.explain(f, b, true), best)
	}
	line.Formula = string(f)
	b.add(line)
}

// explainShares multiplies the formula of a month with the months of each
// window and the share of it that is not covered.
func (p *pool) explainShares(f formula, best *poolBill) formula {
	shares, n := newFormula(), 0
	for i := range best.windows {
		w := &best.windows[i]
		if w.plan.uncovered == 0 {
			continue
		}
		if n > 0 {
			shares = shares.text(plus)
		}
		n++
		switch {
		case w.whole == w.plan.uncovered:
			shares = shares.count(w.months)
		case w.months > 1:
			shares = shares.count(w.months).text(times)
		}
		shares = p.explainShare(shares, w)
	}
	if n > 1 {
		return append(f.text(times).text("("), shares...).text(")")
	}
	return append(f.text(times), shares...)
}

// explainWindows writes the sum over windows whose months differ: their list
// prices, with the share that is not covered.
func (p *pool) explainWindows(f formula, best *poolBill) formula {
	for i := range best.windows {
		w := &best.windows[i]
		if w.plan.uncovered == 0 {
			continue
		}
		if len(f) > 0 {
			f = f.text(plus)
		}
		f = f.money(w.list)
		if w.whole != w.plan.uncovered {
			f = f.text(times)
		}
		f = p.explainShare(f, w)
	}
	return f
}

// explainShare writes the share of a window that is not covered; nothing if
// that is all of it.
func (p *pool) explainShare(f formula, w *poolWindow) formula {
	if w.whole == w.plan.uncovered {
		return f
	}
	return f.text("(1").text(minus).number(p.quantity(w.whole - w.plan.uncovered)).text(divided).number(p.quantity(w.whole)).text(")")
}

// use says what became of what the pool holds.
func (p *pool) use(best *poolBill) PoolUse {
	var whole, allowance, demand, granted, packed, bought, uncovered int64
	for i := range best.windows {
		w := &best.windows[i]
		whole += w.whole
		allowance += w.allowance
		demand += w.demand
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
	included := whole - demand
	return PoolUse{
		Name: p.name, Unit: p.unit,
		Demand: p.quantity(whole), Included: p.quantity(included),
		Granted: p.quantity(granted), Packed: p.quantity(packed), Postpaid: p.quantity(uncovered),
		IncludedLeft: p.quantity(allowance - included), PackedLeft: p.quantity(bought - packed),
	}
}
