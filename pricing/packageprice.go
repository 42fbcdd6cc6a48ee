package pricing

import "github.com/shopspring/decimal"

// blocks says whether a block that is not used up is paid.
type blocks string

const (
	// startedBlocks are paid whole as soon as they are begun: rounded up.
	startedBlocks blocks = "started"
	// fullBlocks are paid when they are used up: rounded down.
	fullBlocks blocks = "full"
)

var blockRules = []blocks{startedBlocks, fullBlocks}

// packagePrice sells what exceeds an included monthly quantity in blocks
// (pricing rules, section 0, "package price"). What is included and not used
// expires with the month.
type packagePrice struct {
	included decimal.Decimal
	block    decimal.Decimal
	rule     blocks
	price    decimal.Decimal
	// before and after are the formula around the quantity:
	// "⌈(" and " − 10,000) ÷ 10,000⌉ × ¥1,000".
	before, after string
}

func newPackagePrice(raw *packageFile) *packagePrice {
	p := &packagePrice{
		included: decimal.NewFromInt(*raw.Included),
		block:    decimal.NewFromInt(raw.Block),
		rule:     raw.Blocks,
		price:    raw.Price.Decimal,
	}
	open, end := "⌈", "⌉"
	if p.rule == fullBlocks {
		open, end = "⌊", "⌋"
	}
	after := newFormula()
	if !p.included.IsZero() {
		open += "("
		after = after.text(minus).number(p.included).text(")")
	}
	p.before = open
	p.after = string(after.text(divided).number(p.block).text(end).text(times).money(p.price))
	return p
}

// blocksOver returns the number of blocks that are paid for a quantity: the
// quotient of integer division, never a rounded fraction.
func (p *packagePrice) blocksOver(quantity decimal.Decimal) decimal.Decimal {
	over := quantity.Sub(p.included)
	if over.Sign() <= 0 {
		return decimal.Decimal{}
	}
	n, rest := over.QuoRem(p.block, 0)
	if p.rule == startedBlocks && !rest.IsZero() {
		n = n.Add(one)
	}
	return n
}

// bill charges blocks × price × months.
func (p *packagePrice) bill(b *bill, c *charge) {
	quantity := c.quantity.of(b.values)
	p.nextBlock(b, c, quantity)
	n := p.blocksOver(quantity)
	if n.IsZero() || p.price.IsZero() {
		return
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: n.Mul(p.price).Mul(b.term), Quantity: n, UnitPrice: p.price,
		Formula: string(c.quantity.explain(newFormula().text(p.before), b.values).text(p.after).term(b.term)),
	})
}
