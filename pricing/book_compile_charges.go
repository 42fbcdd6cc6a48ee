package pricing

import (
	"fmt"
	"slices"
)

func (b *compiler) compileCharge(raw *chargeFile) charge {
	c := charge{
		terms:    b.compileTerms(raw),
		when:     b.compileConditions(raw.When),
		quantity: b.compileQuantity(raw.Quantity),
		further:  map[string]*terms{},
		prices:   make([][]conditionalPrice, len(b.Options)),
	}
	for use, line := range raw.Lines {
		t := c.terms
		t.id, t.name, t.settlement = line.ID, line.Name, line.Settlement
		if line.Unit != (Text{}) {
			t.unit = line.Unit
		}
		c.further[use] = &t
	}
	b.compilePrices(&c, raw)
	return c
}

// compilePrices makes the prices of each option. Options for which the book has
// the same prices share them; add-ons are an option's own, since its limit is.
func (b *compiler) compilePrices(c *charge, raw *chargeFile) {
	shared := b.newPool(raw)
	once := make([]priceForm, len(raw.Prices))
	byEntries := map[string][]conditionalPrice{}
	for o := range b.Options {
		var prices []conditionalPrice
		entries := ""
		for i := range raw.Prices {
			p := &raw.Prices[i]
			if !slices.Contains(p.Options, b.Options[o].ID) {
				continue
			}
			if once[i] == nil || p.AddOns != nil {
				once[i] = b.compilePrice(raw, shared, p, &b.raw.Options[o])
			}
			prices = append(prices, conditionalPrice{when: b.compileConditions(p.When), price: once[i]})
			entries += fmt.Sprint(i, " ")
			if p.AddOns != nil {
				entries += b.Options[o].ID
			}
		}
		if same, ok := byEntries[entries]; ok {
			prices = same
		}
		byEntries[entries] = prices
		c.prices[o] = prices
	}
}

func (b *compiler) compileTerms(raw *chargeFile) terms {
	t := terms{id: raw.ID, name: raw.Name, settlement: raw.Settlement, unit: raw.Unit, source: Source{Section: raw.Source.Section}}
	for i := range b.Sources {
		if b.Sources[i].ID == raw.Source.Document {
			t.source.Document = &b.Sources[i]
		}
	}
	for _, a := range b.raw.Assumptions {
		if slices.Contains(raw.Assumptions, a.ID) {
			t.assumptions = append(t.assumptions, a.Text)
		}
	}
	return t
}

func (b *compiler) compileConditions(raw map[string]conditionFile) conditions {
	var out conditions
	for i := range b.Inputs {
		in := &b.Inputs[i]
		c, ok := raw[in.ID]
		switch {
		case !ok:
		case c.AtLeast != nil:
			out = append(out, condition{input: i, want: *c.AtLeast, atLeast: true})
		case in.Kind == KindChoice:
			out = append(out, condition{input: i, want: int64(in.choice(c.Is.text))})
		default:
			out = append(out, condition{input: i, want: yesNo(c.Is.yes())})
		}
	}
	return out
}

func (b *compiler) compileQuantity(raw *quantityFile) quantity {
	var q quantity
	if raw == nil {
		return q
	}
	ids := raw.Product
	if len(raw.Sum) > 0 {
		ids, q.sum = raw.Sum, true
	}
	for _, id := range ids {
		q.inputs = append(q.inputs, b.position(id))
	}
	return q
}

// link gives a price, once all charges are made, the row prices of those that it
// is of.
func (b *compiler) link(of *[]*rowPrice, ids []string) {
	b.links = append(b.links, func() {
		for i := range b.charges {
			if slices.Contains(ids, b.charges[i].id) {
				*of = append(*of, b.charges[i].rowPrice())
			}
		}
	})
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
