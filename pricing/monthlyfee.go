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

// line charges months × fee.
func (m *monthlyFee) line(t *terms, _ quantity, _ []int64, months decimal.Decimal) (Line, bool) {
	if m.fee.IsZero() {
		return Line{}, false
	}
	return Line{
		terms: t, Name: t.name, Amount: m.fee.Mul(months), Quantity: months, UnitPrice: m.fee,
		Formula: string(newFormula().number(months).text(times).text(m.label)),
	}, true
}
