package pricing

// unitPrice charges every unit of the monthly quantity beyond what is
// included, exactly proportional.
type unitPrice struct{ quantityPrice }

// bill charges (quantity − included) × price × months.
func (u *unitPrice) bill(b *bill, c *charge) {
	quantity := c.quantity.of(b.values)
	n := u.charged(quantity)
	if n.IsZero() || u.price.IsZero() {
		return
	}
	used := part{price: &u.quantityPrice, quantity: quantity, times: b.term}
	b.add(used.line(&c.terms, c.name, n, u.explain(newFormula(), c.quantity, b.values).term(b.term)))
}

func (*unitPrice) reads() []int { return nil }

func (*unitPrice) counts() bool { return true }
