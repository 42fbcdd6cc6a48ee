package pricing

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
type packagePrice struct{ quantityPrice }

// bill charges blocks × price × months.
func (p *packagePrice) bill(b *bill, c *charge) {
	quantity := c.quantity.of(b.values)
	p.nextBlock(b, c, quantity)
	n := p.charged(quantity)
	if n.IsZero() || p.price.IsZero() {
		return
	}
	used := part{price: &p.quantityPrice, quantity: quantity, times: b.term}
	b.add(used.line(&c.terms, c.name, n, p.explain(newFormula(), c.quantity, b.values).term(b.term)))
}

func (*packagePrice) reads() []int { return nil }

func (*packagePrice) counts() bool { return true }
