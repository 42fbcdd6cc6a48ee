package pricing

import "github.com/shopspring/decimal"

// unitPrice charges every unit of the monthly quantity, exactly proportional.
type unitPrice struct {
	price decimal.Decimal
	label string // "¥2"
}

func newUnitPrice(price decimal.Decimal) *unitPrice {
	return &unitPrice{price: price, label: string(newFormula().money(price))}
}

// line charges quantity × price × months.
func (u *unitPrice) line(t *terms, q quantity, values []int64, months decimal.Decimal) (Line, bool) {
	n := q.of(values)
	if n.IsZero() || u.price.IsZero() {
		return Line{}, false
	}
	return Line{
		terms: t, Name: t.name, Amount: n.Mul(u.price).Mul(months), Quantity: n, UnitPrice: u.price,
		Formula: string(q.explain(newFormula(), values).text(times).text(u.label).term(months)),
	}, true
}
