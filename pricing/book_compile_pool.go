package pricing

import "slices"

// newPool makes what all options of a charge share; nil if it has no pool.
func (b *compiler) newPool(c *chargeFile) *pool {
	raw := c.Pool
	if raw == nil {
		return nil
	}
	p := &pool{name: c.Name, unit: raw.Unit, per: perUnitsOf(raw.Per), block: raw.Block, window: raw.Window, zeros: raw.zeros(), listZeros: raw.listZeros()}
	if raw.Price != nil {
		p.price = raw.Price.Decimal
	}
	p.blockUnits = raw.Block * pow10(p.zeros)
	for _, in := range raw.Inputs {
		item := poolInput{input: b.position(in.Input), weight: in.Weight.Shift(p.zeros).IntPart()}
		if in.ListPrice != nil {
			item.list = in.ListPrice.Shift(p.listZeros).IntPart()
		}
		p.inputs = append(p.inputs, item)
	}
	for _, id := range raw.Required {
		p.required = append(p.required, b.position(id))
	}
	for _, g := range raw.Grants {
		p.grants = append(p.grants, grant{when: b.compileConditions(g.When), units: g.Quantity * pow10(p.zeros)})
	}
	for _, o := range raw.Offers {
		p.offers = append(p.offers, offer{id: o.ID, when: b.compileConditions(o.When), units: o.Quantity * pow10(p.zeros), price: o.Price.Decimal})
	}
	p.packs = raw.list
	p.postpaid = quantityPrice{price: p.price, per: p.per}
	p.postpaid.write()
	p.list.per = p.per
	for _, in := range raw.Inputs {
		if in.ListPrice != nil {
			p.list.add(b.Book, in.Input, quantityPrice{price: in.ListPrice.Decimal})
		}
	}
	return p
}

func (b *compiler) newPoolPrice(c *chargeFile, shared *pool, raw *poolPriceFile) *poolPrice {
	p := &poolPrice{pool: shared}
	units := func(n int64) int64 { return n * pow10(p.zeros) }
	if len(raw.Plans) == 0 {
		p.plans = []poolPlan{{included: units(raw.Included)}}
	}
	for _, plan := range c.Pool.Plans {
		if slices.Contains(raw.Plans, plan.ID) {
			p.plans = append(p.plans, poolPlan{name: plan.Name, fee: plan.MonthlyFee.Decimal, included: units(plan.Included)})
		}
	}
	if raw.Closed != "" {
		in := &b.Inputs[b.position(raw.Closed)]
		reach := p.plans[0].included / pow10(p.zeros)
		p.closed = &limit{reach: reach, violation: Violation{Input: in, Limit: reach, Message: atMost(in, reach)}}
	}
	return p
}

// newPackList makes the packs of a pool, or reports false if the list is not
// one that the cheapest purchase can be found for.
func newPackList(raw *poolFile) (*packList, bool) {
	l := &packList{}
	l.scale = max(
		mostDecimals(raw.Packs, func(p packFile) *moneyFile { return p.Price }),
		mostDecimals(raw.Offers, func(o offerFile) *moneyFile { return o.Price }),
		mostDecimals(raw.Plans, func(p poolPlanFile) *moneyFile { return p.MonthlyFee }),
	)
	if raw.Custom != nil {
		l.scale = max(l.scale, mostDecimals(raw.Custom.Tiers, func(t packTierFile) *moneyFile { return t.Price }))
	}
	for _, p := range raw.Packs {
		l.fixed = append(l.fixed, fixedPack{id: p.ID, size: p.Size, price: p.Price.Shift(l.scale).IntPart(), once: p.Once})
	}
	if c := raw.Custom; c != nil {
		l.custom = &customPack{id: c.ID, maximum: c.Maximum}
		for i, t := range c.Tiers {
			tier := packTier{from: t.From, to: c.Maximum, price: t.Price.Shift(l.scale).IntPart()}
			if i+1 < len(c.Tiers) {
				tier.to = c.Tiers[i+1].From - 1
			}
			l.custom.tiers = append(l.custom.tiers, tier)
		}
	}
	return l, l.compile()
}

// mostDecimals returns the most decimals that a number has in any of a list's
// items; those without it do not count.
func mostDecimals[T any](items []T, number func(T) *moneyFile) int32 {
	most := int32(0)
	for _, item := range items {
		if n := number(item); n != nil {
			most = max(most, -n.Exponent())
		}
	}
	return most
}
