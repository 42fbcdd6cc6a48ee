package pricing

import "github.com/shopspring/decimal"

// unitPrice charges every unit of the monthly quantity beyond what is
// included, exactly proportional.
type unitPrice struct{ quantityPrice }

func newUnitPrice(raw *priceFile) *unitPrice {
	u := &unitPrice{quantityPrice{
		price: raw.UnitPrice.Decimal, per: perUnitsOf(raw.Per), included: decimal.NewFromInt(raw.Included),
	}}
	u.write()
	return u
}

// bill charges (quantity − included) × price × months.
func (u *unitPrice) bill(b *bill, c *charge) {
	quantity := c.quantity.of(b.values)
	n := u.charged(quantity)
	if n.IsZero() || u.price.IsZero() {
		return
	}
	used := part{price: &u.quantityPrice, quantity: quantity, times: b.term}
	b.add(used.line(&c.terms, c.name, n, u.explain(newFormula(), c.quantity, b.values).term(b.term)))
}
