package pricing

// onRequest is something that has no public price: it adds a note, and the
// option's total is not complete.
type onRequest struct{ note Text }

// bill adds the note if anything is asked for.
func (o *onRequest) bill(b *bill, c *charge) {
	if n := c.quantity.of(b.values); n.IsPositive() {
		b.incomplete = true
		b.notes = append(b.notes, withPlace(o.note, "{quantity}", grouped(n)))
	}
}

func (*onRequest) reads() []int { return nil }

func (*onRequest) counts() bool { return true }
