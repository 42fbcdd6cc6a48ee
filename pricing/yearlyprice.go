package pricing

import "github.com/shopspring/decimal"

// yearlyPrice charges every unit for every started year of the term.
type yearlyPrice struct {
	by     int // position of the choice that the price is by
	prices []quantityPrice
}

// bill charges quantity × price × ⌈months ÷ 12⌉. In a forecast it is charged
// for the year that the month is in.
func (y *yearlyPrice) bill(b *bill, c *charge) {
	price := &y.prices[b.values[y.by]]
	n := c.quantity.of(b.values)
	if n.IsZero() || price.price.IsZero() {
		return
	}
	f := price.explain(newFormula(), c.quantity, b.values)
	sold := part{price: price, quantity: n, times: one}
	if b.share != nil {
		b.share.addYearly(y, sold.line(&c.terms, c.name, n, f))
		return
	}
	sold.times = decimal.NewFromInt((b.months + monthsOfYear - 1) / monthsOfYear)
	f = f.text(times).text("⌈").number(b.term).text(divided).count(monthsOfYear).text("⌉")
	b.add(sold.line(&c.terms, c.name, n, f))
}

func (y *yearlyPrice) reads() []int { return []int{y.by} }

func (*yearlyPrice) counts() bool { return true }

const monthsOfYear = 12
