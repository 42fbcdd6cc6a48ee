package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// compilePrice makes the one price form that a price of the book has.
func (b *Book) compilePrice(c *chargeFile, shared *pool, p *priceFile, o *optionFile) price {
	switch {
	case p.MonthlyFee != nil:
		return newMonthlyFee(p.MonthlyFee.Decimal)
	case p.UnitPrice != nil:
		u := newUnitPrice(p)
		b.name(&u.quantityPrice, b.compileQuantity(c.Quantity))
		return u
	case p.Package != nil:
		pack := newPackagePrice(p.Package)
		b.name(&pack.quantityPrice, b.compileQuantity(c.Quantity))
		return pack
	case p.AddOns != nil:
		return newAddOnPrice(c.Name, p.AddOns, b.position(c.Extends), o.Limits[c.Extends].bound())
	case p.Subscription != nil:
		sub := newSubscription(p.Subscription)
		b.name(&sub.overage.quantityPrice, b.compileQuantity(c.Quantity))
		return sub
	case p.Yearly != nil:
		return b.newYearlyPrice(p.Yearly)
	case p.Rates != nil:
		return b.newRates(p.Rates)
	case p.Rows != nil:
		return b.newRowPrice(p.Rows)
	case p.Pool != nil:
		return b.newPoolPrice(c, shared, p.Pool)
	case p.Commitment != nil:
		return b.newCommitment(c.ID, p.Commitment)
	case p.Credit != nil:
		return &credit{ids: p.Credit.Of, months: p.Credit.Months, amount: p.Credit.Amount.Decimal}
	default:
		return &onRequest{note: *p.OnRequest}
	}
}

func (b *Book) newYearlyPrice(raw *yearlyFile) *yearlyPrice {
	y := &yearlyPrice{by: b.position(raw.By)}
	y.prices = pricesOfChoices(&b.Inputs[y.by], raw.Prices)
	return y
}

func (b *Book) newPoolPrice(c *chargeFile, shared *pool, raw *poolPriceFile) *poolPrice {
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

// newPool makes what all options of a charge share; nil if it has no pool.
func (b *Book) newPool(c *chargeFile) *pool {
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
			p.list.add(b, in.Input, quantityPrice{price: in.ListPrice.Decimal})
		}
	}
	return p
}

// zeros returns the most decimals that a weight has.
func (p *poolFile) zeros() int32 {
	return mostDecimals(p.Inputs, func(in poolInputFile) *moneyFile { return in.Weight })
}

// listZeros returns the most decimals that a list price has.
func (p *poolFile) listZeros() int32 {
	return mostDecimals(p.Inputs, func(in poolInputFile) *moneyFile { return in.ListPrice })
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

func pow10(n int32) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

func (b *Book) newCommitment(id string, raw *commitmentFile) *commitment {
	in := &b.Inputs[b.position(raw.Unused)]
	k := &commitment{id: id, ids: raw.Of, window: raw.Window, unused: Violation{Input: in, Message: Text{
		EN: in.Name.EN + ": there is no usage to commit to",
		ZH: in.Name.ZH + "：没有可承诺的用量",
	}}}
	for _, t := range raw.Tiers {
		k.tiers = append(k.tiers, commitmentTier{
			from: decimal.NewFromInt(t.From), to: decimal.NewFromInt(t.To), rate: t.Rate.Decimal, termAtMost: t.TermAtMost,
		})
	}
	return k
}

// linkCharges gives the prices that are of other charges those charges' row
// prices, once all are made.
func (b *Book) linkCharges() {
	rowsOf := func(ids []string) []*rowPrice {
		var out []*rowPrice
		for i := range b.charges {
			if slices.Contains(ids, b.charges[i].id) {
				out = append(out, b.charges[i].rowPrice())
			}
		}
		return out
	}
	for i := range b.charges {
		for _, prices := range b.charges[i].prices {
			for _, p := range prices {
				switch price := p.price.(type) {
				case *commitment:
					price.of = rowsOf(price.ids)
				case *credit:
					price.of = rowsOf(price.ids)
				}
			}
		}
	}
}

// rowPrice returns the first price of the charge that is one of rows, or nil.
func (c *charge) rowPrice() *rowPrice {
	for _, prices := range c.prices {
		for _, p := range prices {
			if r, ok := p.price.(*rowPrice); ok {
				return r
			}
		}
	}
	return nil
}

// compileOffered returns the bits of the features that an option offers.
func (b *Book) compileOffered(o *optionFile) int64 {
	offered := int64(0)
	for i := range b.Inputs {
		for _, id := range o.Features {
			if b.Inputs[i].Kind == KindChoices {
				offered |= 1 << b.Inputs[i].choice(id)
			}
		}
	}
	return offered
}

func (b *Book) compileFeatures(raw *bookFile) {
	for i := range b.Inputs {
		if b.Inputs[i].Kind != KindChoices {
			continue
		}
		b.features = &features{input: i}
		for _, in := range raw.Inputs {
			if in.Implies != "" {
				b.features.implied = append(b.features.implied, impliedFeature{
					input: b.position(in.ID), bit: 1 << b.Inputs[i].choice(in.Implies),
				})
			}
		}
	}
}

func (b *Book) compileLadder(raw *ladderFile) ladder {
	var l ladder
	for i := range b.Inputs {
		if _, ok := raw.Levels[0].Limits[b.Inputs[i].ID]; ok {
			l.inputs = append(l.inputs, i)
		}
	}
	for _, r := range raw.Levels {
		one := level{note: r.Note}
		for _, i := range l.inputs {
			one.limits = append(one.limits, r.Limits[b.Inputs[i].ID])
		}
		l.levels = append(l.levels, one)
	}
	return l
}
