package pricing

import "github.com/shopspring/decimal"

// monthlyFee is a flat fee for every month of the term, whatever the usage.
type monthlyFee struct{ quantityPrice }

func newMonthlyFee(fee decimal.Decimal) *monthlyFee {
	m := &monthlyFee{quantityPrice{price: fee}}
	m.write()
	return m
}

// bill charges months × fee.
func (m *monthlyFee) bill(b *bill, c *charge) { m.add(b, &c.terms, c.name) }

func (*monthlyFee) reads() []int { return nil }

func (*monthlyFee) counts() bool { return false }

func (m *monthlyFee) add(b *bill, t *terms, name Text) {
	if m.price.IsZero() {
		return
	}
	months := part{price: &m.quantityPrice, quantity: b.term, times: one}
	b.add(months.line(t, name, b.term, newFormula().number(b.term).text(m.after)))
}
