package pricing

import "github.com/shopspring/decimal"

// monthlyFee is a flat fee for every month of the term, whatever the usage.
type monthlyFee struct {
	fee   decimal.Decimal
	label string // "¥999"
}

func newMonthlyFee(fee decimal.Decimal) *monthlyFee {
	return &monthlyFee{fee: fee, label: string(newFormula().money(fee))}
}

// bill charges months × fee.
func (m *monthlyFee) bill(b *bill, c *charge) { m.add(b, &c.terms, c.name) }

func (m *monthlyFee) add(b *bill, t *terms, name Text) {
	if m.fee.IsZero() {
		return
	}
	b.add(Line{
		terms: t, Name: name, Amount: m.fee.Mul(b.term), Quantity: b.term, UnitPrice: m.fee,
		Formula: string(newFormula().number(b.term).text(times).text(m.label)),
	})
}
