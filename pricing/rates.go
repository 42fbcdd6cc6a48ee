package pricing

import "github.com/shopspring/decimal"

// rates charge several inputs on one line, each at its own unit price.
type rates struct {
	per   perUnits
	items []rate
}

type rate struct {
	input int
	price decimal.Decimal
	// freeBelow is the quantity from which all of it is charged: a waiver.
	freeBelow int64
}

func (b *Book) newRates(raw *ratesFile) *rates {
	r := &rates{per: perUnitsOf(raw.Per)}
	for _, item := range raw.Items {
		r.items = append(r.items, rate{input: b.position(item.Input), price: item.Price.Decimal, freeBelow: item.FreeBelow})
	}
	return r
}

// bill charges the sum of quantity × price, × months.
func (r *rates) bill(b *bill, c *charge) {
	var total, units decimal.Decimal
	f := newFormula()
	n := 0
	for _, item := range r.items {
		if v := b.values[item.input]; v > 0 && v >= item.freeBelow {
			if n > 0 {
				f = f.text(plus)
			}
			quantity := decimal.NewFromInt(v)
			total, units = total.Add(quantity.Mul(item.price)), units.Add(quantity)
			f = f.count(v).text(times).money(item.price)
			n++
		}
	}
	if total.IsZero() {
		return
	}
	if n > 1 && (r.per.zeros > 0 || b.months > 1) {
		f = append(formula("("), f...)
		f = f.text(")")
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: r.per.of(total).Mul(b.term), Quantity: units,
		Formula: string(f.text(r.per.label).term(b.term)),
	})
}
