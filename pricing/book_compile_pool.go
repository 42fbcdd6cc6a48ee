package pricing

import (
	"slices"

	"suanpan/pricing/packs"
)

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
	p.packs, p.scale = raw.list, raw.scale()
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

// newPacks makes the packs of a pool, or reports false if the list is not one that
// the cheapest purchase can be found for.
func (p *poolFile) newPacks() (*packs.List, bool) {
	scale := p.scale()
	smallest := func(m *moneyFile) int64 { return m.Shift(scale).IntPart() }
	var fixed []packs.Pack
	for _, pack := range p.Packs {
		fixed = append(fixed, packs.Pack{ID: pack.ID, Size: pack.Size, Price: smallest(pack.Price), Once: pack.Once})
	}
	if p.Custom == nil {
		return packs.New(fixed, nil)
	}
	custom := &packs.Custom{ID: p.Custom.ID, Maximum: p.Custom.Maximum}
	for _, t := range p.Custom.Tiers {
		custom.Tiers = append(custom.Tiers, packs.Tier{From: t.From, Price: smallest(t.Price)})
	}
	return packs.New(fixed, custom)
}
