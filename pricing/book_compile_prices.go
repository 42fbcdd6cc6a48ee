package pricing

import "github.com/shopspring/decimal"

// priceForm is what a price of a book has to be: one that can be charged, and that
// runs along an axis.
type priceForm interface {
	price
	runner
}

// compilePrice makes the one price form that a price of the book has.
func (b *compiler) compilePrice(c *chargeFile, shared *pool, p *priceFile, o *optionFile) priceForm {
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
		k := &credit{months: p.Credit.Months, amount: p.Credit.Amount.Decimal}
		b.link(&k.of, p.Credit.Of)
		return k
	default:
		return &onRequest{note: *p.OnRequest}
	}
}

func newUnitPrice(raw *priceFile) *unitPrice {
	u := &unitPrice{quantityPrice{
		price: raw.UnitPrice.Decimal, per: perUnitsOf(raw.Per), included: decimal.NewFromInt(raw.Included),
	}}
	u.write()
	return u
}

func newPackagePrice(raw *packageFile) *packagePrice {
	p := &packagePrice{quantityPrice{
		price:    raw.Price.Decimal,
		included: decimal.NewFromInt(*raw.Included),
		block:    decimal.NewFromInt(raw.Block),
		rule:     raw.Blocks,
	}}
	p.write()
	return p
}

func newAddOnPrice(name Text, raw []addOnFile, input int, own int64) *addOnPrice {
	a := &addOnPrice{input: input, own: own}
	for _, r := range raw {
		reach := Text{EN: "unlimited", ZH: "不限"}
		if !r.Limit.unlimited() {
			reach = countText(r.Limit.count())
		}
		a.addOns = append(a.addOns, addOn{
			limit: r.Limit.bound(),
			name:  withPlace(name, "{limit}", reach),
			fee:   newMonthlyFee(r.MonthlyFee.Decimal),
		})
	}
	return a
}

func newSubscription(raw *subscriptionFile) *subscription {
	return &subscription{
		fee:     newMonthlyFee(raw.MonthlyFee.Decimal),
		overage: newUnitPrice(&priceFile{UnitPrice: raw.UnitPrice, Per: raw.Per, Included: raw.Included}),
	}
}

func (b *compiler) newYearlyPrice(raw *yearlyFile) *yearlyPrice {
	y := &yearlyPrice{by: b.position(raw.By)}
	y.prices = pricesOfChoices(&b.Inputs[y.by], raw.Prices)
	return y
}

// pricesOfChoices returns the prices of an input's values, each named after its
// value.
func pricesOfChoices(in *Input, raw []priceOfChoiceFile) []quantityPrice {
	prices := make([]quantityPrice, choicesOf(in))
	for _, p := range raw {
		for _, id := range p.For {
			at := choiceAt(in, id)
			q := quantityPrice{price: p.Price.Decimal, per: perUnitsOf(p.Per)}
			if in.Kind == KindChoice {
				q.name = in.Choices[at].Name
			}
			q.write()
			prices[at] = q
		}
	}
	return prices
}

func (b *compiler) newRates(raw *ratesFile) *rates {
	r := &rates{per: perUnitsOf(raw.Per)}
	for _, item := range raw.Items {
		r.add(b.Book, item.Input, quantityPrice{price: item.Price.Decimal, freeBelow: item.FreeBelow})
	}
	return r
}

func (b *compiler) newRowPrice(raw *rowPriceFile) *rowPrice {
	r := &rowPrice{rows: b.position(raw.Rows)}
	in := &b.Inputs[r.rows]
	for _, id := range raw.Quantity {
		r.product = append(r.product, in.field(id))
	}
	r.by = in.field(raw.By)
	by := &in.Fields[r.by]
	r.prices = pricesOfChoices(by, raw.Prices)
	if m := raw.Multiplier; m != nil {
		r.multiplier = &multiplier{field: in.field(m.By), applies: make([]bool, len(r.prices))}
		for _, id := range m.Only {
			r.multiplier.applies[choiceAt(by, id)] = true
		}
		field := &in.Fields[r.multiplier.field]
		r.multiplier.factors = make([]factor, choicesOf(field))
		for i := range r.multiplier.factors {
			r.multiplier.factors[i].number = one
			if field.Kind == KindChoice {
				r.multiplier.factors[i].name = field.Choices[i].Name
			}
		}
		for _, f := range m.Factors {
			for _, id := range f.For {
				r.multiplier.factors[choiceAt(field, id)].number = f.Factor.Decimal
			}
		}
	}
	if raw.Minimum != nil {
		r.minimum = raw.Minimum.Decimal
	}
	return r
}

func (b *compiler) newCommitment(id string, raw *commitmentFile) *commitment {
	in := &b.Inputs[b.position(raw.Unused)]
	k := &commitment{id: id, window: raw.Window, unused: Violation{Input: in, Message: Text{
		EN: in.Name.EN + ": there is no usage to commit to",
		ZH: in.Name.ZH + "：没有可承诺的用量",
	}}}
	b.link(&k.of, raw.Of)
	for _, t := range raw.Tiers {
		k.tiers = append(k.tiers, commitmentTier{
			from: decimal.NewFromInt(t.From), to: decimal.NewFromInt(t.To), rate: t.Rate.Decimal, termAtMost: t.TermAtMost,
		})
	}
	return k
}
