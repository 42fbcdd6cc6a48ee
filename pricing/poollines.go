package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs"
)

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
	use := p.use(best)
	if best.alike {
		demand, _ := p.explainDemand(newFormula(), b, best)
		use.Formula = string(demand)
	}
	b.pools = append(b.pools, use)
}

// addPacks adds the purchases, window by window, and the line of all of them.
func (p *pool) addPacks(b *bill, t *terms, best *poolBill) {
	var all []boughtPack
	for i := range best.windows {
		w := &best.windows[i]
		listed := p.packs.Items(&w.plan)
		items := make([]boughtPack, 0, len(listed)+len(w.offered))
		for _, item := range listed {
			items = append(items, boughtPack{Bought: item})
		}
		for _, o := range w.offered {
			offer := &p.offers[o]
			items = append(items, boughtPack{
				Bought: packs.Bought{
					ID: offer.id, Quantity: 1, Price: offer.price.Shift(p.scale).IntPart(), Listed: len(p.packs.Fixed()) + 1 + o,
				},
				offered: offer.units / pow10(p.zeros),
			})
		}
		for _, item := range items {
			if p.window > 1 {
				b.purchases = append(b.purchases, p.purchase(item, best.before+i+1))
			}
			at := slices.IndexFunc(all, func(other boughtPack) bool { return other.ID == item.ID && other.Size == item.Size })
			if at < 0 {
				all = append(all, item)
			} else {
				all[at].Quantity += item.Quantity
			}
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b boughtPack) int { return a.Listed - b.Listed })
	f := newFormula()
	var total, count int64 // as the plans' Prepaid and Packs are
	for i, item := range all {
		if p.window == 1 {
			b.purchases = append(b.purchases, p.purchase(item, 0))
		}
		total, count = total+item.Price*item.Quantity, count+item.Quantity
		if i > 0 {
			f = f.text(plus)
		}
		f = p.explainPack(f, &item)
	}
	b.add(Line{terms: t, Name: t.name, Amount: decimal.New(total, -p.scale), Quantity: decimal.NewFromInt(count), Formula: string(f)})
}

// explainPack writes what packs of one kind cost: how many at their price, and
// one of a chosen size as its blocks at the price of a block.
func (p *pool) explainPack(f formula, item *boughtPack) formula {
	if !item.Custom {
		return f.count(item.Quantity).text(times).money(decimal.New(item.Price, -p.scale))
	}
	if item.Quantity > 1 {
		f = f.count(item.Quantity).text(times)
	}
	return f.count(item.Size).text(times).money(decimal.New(p.packs.Custom().PriceOf(item.Size), -p.scale))
}

// boughtPack is how many of one pack, or of one offer, are bought.
type boughtPack struct {
	packs.Bought
	offered int64 // units of an offer, which is of no size in blocks
}

func (p *pool) purchase(item boughtPack, window int) Purchase {
	out := Purchase{
		ID: item.ID, Window: window, Quantity: item.Quantity, Holds: item.Size * p.block, Unit: p.unit,
		Amount: decimal.New(item.Price*item.Quantity, -p.scale),
	}
	if item.Custom {
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
		uncovered += best.windows[i].plan.Uncovered
	}
	if uncovered == 0 {
		return
	}
	if p.price.IsZero() {
		p.addShare(b, t, best)
		return
	}
	n := p.quantity(uncovered)
	f, sum := p.explainDemand(newFormula().text("("), b, best)
	switch {
	case whole != uncovered:
		f = f.text(minus).number(p.quantity(whole - uncovered)).text(")")
	case sum:
		f = f.text(")")
	default:
		f = f[len("("):]
	}
	rest := part{price: &p.postpaid, quantity: n, times: one}
	b.add(rest.line(t, t.name, n, f.text(p.postpaid.after)))
}

// explainDemand writes the demand of the term: each input's quantity times its
// weight, times the months; where these differ only what they come to. It
// reports whether what it wrote is a sum.
func (p *pool) explainDemand(f formula, b *bill, best *poolBill) (_ formula, sum bool) {
	if !best.alike {
		var whole int64
		for i := range best.windows {
			whole += best.windows[i].whole
		}
		return f.number(p.quantity(whole)), false
	}
	used := 0
	for _, in := range p.inputs {
		if b.values[in.input] > 0 {
			used++
		}
	}
	if used == 0 {
		return f.count(0), false
	}
	bracket, unit := used > 1 && b.months > 1, pow10(p.zeros)
	if bracket {
		f = f.text("(")
	}
	first := true
	for _, in := range p.inputs {
		n := b.values[in.input]
		if n == 0 {
			continue
		}
		if !first {
			f = f.text(plus)
		}
		first = false
		if f = f.count(n); used > 1 || in.weight != unit {
			f = f.text(times).number(decimal.New(in.weight, -p.zeros))
		}
	}
	if bracket {
		f = f.text(")")
	}
	return f.term(b.term), used > 1 && !bracket
}

// atPrice returns what a number of smallest units costs at the pool's price.
func (p *pool) atPrice(units int64) decimal.Decimal { return p.postpaid.of(p.quantity(units)) }

// overage returns what is left to be paid for a window, as the line of it says:
// where the inputs have list prices of their own, what is covered covers the
// same share of each, and the amount is rounded to the fen, half up, unless
// nothing is covered (pricing rules, sections 0 and 3).
func (p *pool) overage(w *poolWindow) decimal.Decimal {
	switch uncovered := w.plan.Uncovered; {
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
		units = units.Add(p.quantity(w.plan.Uncovered))
		total = total.Add(p.overage(w))
		whole = whole && w.plan.Uncovered == w.whole
	}
	if total.IsZero() {
		return // less than half a fen
	}
	line := Line{terms: t, Name: t.name, Amount: total, Quantity: units}
	f := newFormula()
	switch {
	case !best.alike:
		f = p.explainWindow(f, &best.windows[0]) // a forecast adds them one by one
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
		if w.plan.Uncovered == 0 {
			continue
		}
		if n > 0 {
			shares = shares.text(plus)
		}
		n++
		switch {
		case w.whole == w.plan.Uncovered:
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

// explainWindow writes the list price of a window whose months differ, and the
// share of it that is not covered.
func (p *pool) explainWindow(f formula, w *poolWindow) formula {
	f = f.money(w.list)
	if w.whole != w.plan.Uncovered {
		f = f.text(times)
	}
	return p.explainShare(f, w)
}

// explainShare writes the share of a window that is not covered; nothing if
// that is all of it.
func (p *pool) explainShare(f formula, w *poolWindow) formula {
	if w.whole == w.plan.Uncovered {
		return f
	}
	return f.text("(1").text(minus).number(p.quantity(w.whole - w.plan.Uncovered)).text(divided).number(p.quantity(w.whole)).text(")")
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
		uncovered += w.plan.Uncovered
		packed += w.demand - w.granted - w.plan.Uncovered
		bought += p.packs.Size(&w.plan) * p.blockUnits
		for _, o := range w.offered {
			bought += p.offers[o].units
		}
	}
	included := whole - demand
	return PoolUse{
		Name: p.name, Unit: p.unit,
		Demand: p.quantity(whole), Included: p.quantity(included),
		Granted: p.quantity(granted), Packed: p.quantity(packed), Postpaid: p.quantity(uncovered),
		IncludedLeft: p.quantity(allowance - included), PackedLeft: p.quantity(bought - packed), bought: best, of: p,
	}
}
