package pricing

// subscription is a monthly fee that includes a quantity, and a unit price for
// what exceeds it, on a line of its own.
type subscription struct {
	fee     *monthlyFee
	overage *unitPrice
}

// bill charges the fee and the overage.
func (s *subscription) bill(b *bill, c *charge) {
	s.fee.bill(b, c)
	over := *c
	over.terms = *c.further[overageLine]
	s.overage.bill(b, &over)
}

func (*subscription) reads() []int { return nil }

func (*subscription) counts() bool { return false }
