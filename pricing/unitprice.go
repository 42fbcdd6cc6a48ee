package pricing

import "github.com/shopspring/decimal"

// unitPrice charges every unit of the monthly quantity beyond what is
// included, exactly proportional.
type unitPrice struct {
	price    decimal.Decimal // of a number of units
	per      perUnits
	included decimal.Decimal
	label    string // "¥2"
}

func newUnitPrice(raw *priceFile) *unitPrice {
	u := &unitPrice{price: raw.UnitPrice.Decimal, per: perUnitsOf(raw.Per), included: decimal.NewFromInt(raw.Included)}
	u.label = string(newFormula().text(u.per.label).text(times).money(u.price))
	return u
}

// bill charges (quantity − included) × price × months.
func (u *unitPrice) bill(b *bill, c *charge) {
	n := c.quantity.of(b.values).Sub(u.included)
	if n.Sign() <= 0 || u.price.IsZero() {
		return
	}
	f := newFormula()
	if u.included.IsZero() {
		f = c.quantity.explain(f, b.values)
	} else {
		f = c.quantity.explain(f.text("("), b.values).text(minus).number(u.included).text(")")
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Quantity: n, UnitPrice: u.price,
		Amount:  u.per.of(n.Mul(u.price)).Mul(b.term),
		Formula: string(f.text(u.label).term(b.term)),
	})
}

// perUnits is the power of ten of units that a price is for: "per 1,000".
// Dividing by it only moves the point, so that nothing is rounded.
type perUnits struct {
	zeros int32
	label string // " ÷ 1,000", or nothing for a price per unit
}

// perUnitsOf returns the power of ten that a book names; 0 stands for 1.
func perUnitsOf(n int64) perUnits {
	if n <= 1 {
		return perUnits{}
	}
	p := perUnits{label: string(newFormula().text(divided).count(n))}
	for ; n > 1; n /= 10 {
		p.zeros++
	}
	return p
}

// of divides exactly.
func (p perUnits) of(d decimal.Decimal) decimal.Decimal { return d.Shift(-p.zeros) }
