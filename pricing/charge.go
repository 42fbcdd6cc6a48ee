package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Settlement says when a line is paid.
type Settlement string

// When a line is paid.
const (
	// Prepaid is paid up front, when the option is bought.
	Prepaid Settlement = "prepaid"
	// Postpaid is billed afterwards, by what was used.
	Postpaid Settlement = "postpaid"
)

var settlements = []Settlement{Prepaid, Postpaid}

// charge is one position of the price list: what is counted, under which
// conditions, and its prices in each option.
type charge struct {
	terms
	when     conditions
	quantity quantity
	// further are the terms of lines that the charge can have beside its own,
	// by what they are for.
	further map[string]*terms
	// prices has the prices for each option; none where the charge does not
	// apply.
	prices [][]conditionalPrice
}

// terms is what all lines of a charge have in common.
type terms struct {
	id          string
	name        Text
	settlement  Settlement
	unit        Text
	source      Source
	assumptions []Text
}

// conditionalPrice is a price and when it can be had.
type conditionalPrice struct {
	when  conditions
	price price
}

// price is one way to charge for a quantity: a price model. It adds to the
// bill what the charge costs in the term, with its explanation; nothing if it
// costs nothing.
type price interface {
	bill(b *bill, c *charge)
	// reads returns the positions of the inputs that it reads beside the quantity
	// of its charge.
	reads() []int
	// counts reports whether it is only of what its charge counts: it costs
	// nothing where that is nothing.
	counts() bool
}

// bill adds the charge to the bill of an option. Options that have the same
// prices and the same values get the same, which is computed once: memo is what
// the charge came to in an earlier option.
func (c *charge) bill(b *bill, memo *chargeMemo) {
	prices := c.prices[b.option]
	if len(prices) == 0 || !c.when.hold(b.values) {
		return
	}
	if b.servesAll && memo.prices == &prices[0] {
		memo.repeat(b)
		return
	}
	start, violations, incomplete := b.mark(), len(b.violations), b.incomplete
	c.billLowest(b, prices)
	if b.servesAll && violations == len(b.violations) && incomplete == b.incomplete {
		memo.keep(b, start, &prices[0])
	}
}

// billLowest adds the lowest of the prices that apply; among equals the one
// that asks for less up front, then the first in the book.
func (c *charge) billLowest(b *bill, prices []conditionalPrice) {
	if b.share != nil {
		prices = b.share.fixed(b, prices)
	}
	if len(prices) == 1 {
		if prices[0].when.hold(b.values) {
			prices[0].price.bill(b, c)
		}
		return
	}
	start := b.mark()
	best := -1
	var cheapest, least decimal.Decimal
	for i := range prices {
		if !prices[i].when.hold(b.values) {
			continue
		}
		prices[i].price.bill(b, c)
		total, prepaid := b.amounts(start)
		b.back(start)
		if best < 0 || total.LessThan(cheapest) || (total.Equal(cheapest) && prepaid.LessThan(least)) {
			best, cheapest, least = i, total, prepaid
		}
	}
	if best >= 0 {
		prices[best].price.bill(b, c)
	}
}

// chargeMemo is what a charge has added to the bill of an option.
type chargeMemo struct {
	prices    *conditionalPrice // the first of those it was for
	lines     []Line
	purchases []Purchase
	pools     []PoolUse
	notes     []Text
	cliffs    []Text
}

func (m *chargeMemo) keep(b *bill, since mark, prices *conditionalPrice) {
	*m = chargeMemo{
		prices: prices, lines: b.lines[since.lines:], purchases: b.purchases[since.purchases:],
		pools: b.pools[since.pools:], notes: b.notes[since.notes:], cliffs: b.cliffs[since.cliffs:],
	}
}

func (m *chargeMemo) repeat(b *bill) {
	for i := range m.lines {
		b.add(m.lines[i])
	}
	b.purchases = append(b.purchases, m.purchases...)
	b.pools = append(b.pools, m.pools...)
	b.notes = append(slices.Clip(b.notes), m.notes...)
	b.cliffs = append(b.cliffs, m.cliffs...)
}

// The uses of a charge's further lines.
const (
	overageLine = "overage"
	packsLine   = "packs"
	minimumLine = "minimum"
	planLine    = "plan"
)
