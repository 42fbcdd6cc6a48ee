package pricing

import "github.com/shopspring/decimal"

// quantityPrice is what a price list asks for a quantity: so much for a unit,
// for a number of units, or for a block of them, beyond what is included. What
// a line comes to, its formula and its parts are all made from it, so that they
// cannot differ.
type quantityPrice struct {
	// name and unit say what is counted, where the line does not.
	name, unit Text
	price      decimal.Decimal
	per        perUnits
	// freeBelow is the quantity from which all of it is charged: a waiver.
	freeBelow int64
	included  decimal.Decimal
	// block is 0 where units are charged one by one.
	block decimal.Decimal
	rule  blocks
	// before and after are the formula around the quantity: "⌈(" and
	// " − 10,000) ÷ 10,000⌉ × ¥1,000".
	before, after string
}

// write makes the formula around the quantity.
func (q *quantityPrice) write() {
	before, after := newFormula(), newFormula()
	open, end := "⌈", "⌉"
	if q.rule == fullBlocks {
		open, end = "⌊", "⌋"
	}
	if !q.block.IsZero() {
		before = before.text(open)
	}
	if !q.included.IsZero() {
		before, after = before.text("("), after.text(minus).number(q.included).text(")")
	}
	if !q.block.IsZero() {
		after = after.text(divided).number(q.block).text(end)
	}
	q.before, q.after = string(before), string(after.text(q.per.label).text(times).money(q.price))
}

// charged returns how many units or blocks of a monthly quantity are charged.
func (q *quantityPrice) charged(quantity decimal.Decimal) decimal.Decimal {
	if q.freeBelow > 0 && quantity.LessThan(decimal.NewFromInt(q.freeBelow)) {
		return decimal.Decimal{}
	}
	switch {
	case !q.block.IsZero():
		return q.blocksOver(quantity)
	case q.included.IsZero():
		return quantity
	default:
		return decimal.Max(decimal.Decimal{}, quantity.Sub(q.included))
	}
}

// of returns what so many units or blocks cost, exactly.
func (q *quantityPrice) of(charged decimal.Decimal) decimal.Decimal {
	return q.per.of(charged.Mul(q.price))
}

// blocksOver returns the number of blocks that are paid for a quantity: the
// quotient of integer division, never a rounded fraction.
func (q *quantityPrice) blocksOver(quantity decimal.Decimal) decimal.Decimal {
	over := quantity.Sub(q.included)
	if over.Sign() <= 0 {
		return decimal.Decimal{}
	}
	n, rest := over.QuoRem(q.block, 0)
	if q.rule == startedBlocks && !rest.IsZero() {
		n = n.Add(one)
	}
	return n
}

// explain writes the quantity and its price: "⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000".
func (q *quantityPrice) explain(f formula, counted quantity, values []int64) formula {
	return counted.explain(f.text(q.before), values).text(q.after)
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
	return perUnits{zeros: zerosOf(n), label: string(newFormula().text(divided).count(n))}
}

// of divides exactly.
func (p perUnits) of(d decimal.Decimal) decimal.Decimal {
	if p.zeros == 0 {
		return d
	}
	return d.Shift(-p.zeros)
}

// name says what is counted where a price has its own quantity: the input, or
// nothing if there are several. Their unit is told if they share one.
func (b *Book) name(q *quantityPrice, counted quantity) {
	if len(counted.inputs) == 0 {
		return
	}
	first := &b.Inputs[counted.inputs[0]]
	unit := Text{EN: first.Unit.EN, ZH: first.Unit.ZH}
	if len(counted.inputs) == 1 {
		q.name, q.unit = first.Name, unit
		return
	}
	for _, i := range counted.inputs {
		if !counted.sum || b.Inputs[i].Unit != first.Unit {
			return
		}
	}
	q.unit = unit
}
