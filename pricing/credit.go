package pricing

import "github.com/shopspring/decimal"

// credit is taken off what some charges come to in the first months of the
// term, up to an amount.
type credit struct {
	of     []*rowPrice
	months int64
	amount decimal.Decimal
}

// bill adds minus the smaller of the amount and the months' charges.
func (k *credit) bill(b *bill, c *charge) {
	months := decimal.NewFromInt(min(k.months, b.months))
	month := monthOf(b, k.of)
	if month.IsZero() || b.later {
		return
	}
	if b.share != nil {
		b.share.addCredit(k, c, month)
		return
	}
	usage := month.Mul(months)
	amount := decimal.Min(k.amount, usage)
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: amount.Neg(), Quantity: one,
		Formula: string(newFormula().text("−min(").money(k.amount).text(", ").number(months).text(times).money(month).text(")")),
	})
}

func (k *credit) reads() []int { return rowsOf(k.of) }

func (*credit) counts() bool { return false }
