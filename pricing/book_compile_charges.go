package pricing

import (
	"fmt"
	"slices"
)

func (b *Book) compileCharge(raw *chargeFile, book *bookFile) charge {
	c := charge{
		terms:    b.compileTerms(raw, book),
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
	b.compilePrices(&c, raw, book)
	return c
}

// compilePrices makes the prices of each option. Options for which the book has
// the same prices share them; add-ons are an option's own, since its limit is.
func (b *Book) compilePrices(c *charge, raw *chargeFile, book *bookFile) {
	shared := b.newPool(raw)
	once := make([]price, len(raw.Prices))
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
				once[i] = b.compilePrice(raw, shared, p, &book.Options[o])
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

func (b *Book) compileTerms(raw *chargeFile, book *bookFile) terms {
	t := terms{id: raw.ID, name: raw.Name, settlement: raw.Settlement, unit: raw.Unit, source: Source{Section: raw.Source.Section}}
	for i := range b.Sources {
		if b.Sources[i].ID == raw.Source.Document {
			t.source.Document = &b.Sources[i]
		}
	}
	for _, a := range book.Assumptions {
		if slices.Contains(raw.Assumptions, a.ID) {
			t.assumptions = append(t.assumptions, a.Text)
		}
	}
	return t
}

func (b *Book) compileConditions(raw map[string]conditionFile) conditions {
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

func (b *Book) compileQuantity(raw *quantityFile) quantity {
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
