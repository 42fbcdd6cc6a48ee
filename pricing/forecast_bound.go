package pricing

import "math/big"

// restBounds say what the rest of a course costs at the least, in the money that
// the search begins with.
//
// A month costs at least what its own lines come to, for an option bought singly or
// at the cheapest term. What lasts longer than a month costs no less than nothing,
// except for a credit, which gives no more than what is left of it. So the cheapest
// way through the months that are left, by their own lines alone and without what
// is left of the credits, is found month by month from the end, as the options may
// follow each other.
type restBounds struct {
	unit *big.Int
	// single and kept are the least cost from a month on with an option in it, by
	// months: bought singly, or at any term. after is that which follows an option
	// at the end of a window.
	single, kept, after [][]*big.Int
	credits             []creditBound
}

// creditBound is the most that can still be taken of a credit.
type creditBound struct {
	at, until int
	limit     *big.Int
}

// newBounds computes the bounds, once the shares of the months are taken.
func (h *horizon) newBounds() *restBounds {
	b := &restBounds{unit: h.unit}
	for i, l := range h.lasting {
		if _, ok := l.(*lastingCredit); ok {
			b.credits = append(b.credits, h.boundCredit(i))
		}
	}
	b.fill(h)
	return b
}

// boundCredit finds the most that a credit gives and the months that it does in.
func (h *horizon) boundCredit(i int) creditBound {
	out := creditBound{at: i, limit: new(big.Int)}
	for m := range h.shares {
		for _, byClass := range h.shares[m] {
			for _, s := range byClass {
				if s != nil && s.served {
					out.note(h, m, s)
				}
			}
		}
	}
	return out
}

// note raises the bound to what a month can take of the credit.
func (c *creditBound) note(h *horizon, m int, s *monthShare) {
	for _, share := range s.credits {
		if share.at == c.at {
			c.until = max(c.until, m+1)
			if limit := h.money(share.limit.Rat()); limit.Cmp(c.limit) > 0 {
				c.limit = limit
			}
		}
	}
}

// fill finds the cheapest way through the months that are left, from the end.
func (b *restBounds) fill(h *horizon) {
	n, options := len(h.months), len(h.Options)
	rows := func() [][]*big.Int { return make([][]*big.Int, n+1) }
	b.single, b.kept, b.after = rows(), rows(), rows()
	end := make([]*big.Int, options)
	for o := range end {
		end[o] = new(big.Int)
	}
	b.after[n] = end
	for m := n - 1; m >= 0; m-- {
		b.single[m], b.kept[m], b.after[m] = make([]*big.Int, options), make([]*big.Int, options), make([]*big.Int, options)
		for o := range options {
			if (m+1)%h.year == 0 || m+1 == n {
				b.single[m][o], b.kept[m][o] = b.after[m+1][o], b.after[m+1][o]
			} else {
				b.single[m][o], b.kept[m][o] = b.next(h.may[o], b.single[m+1]), b.kept[m+1][o]
			}
			single, lowest := b.monthOf(h, m, o)
			b.single[m][o], b.kept[m][o] = plusOrNone(b.single[m][o], single), plusOrNone(b.kept[m][o], lowest)
		}
		for o := range options {
			b.after[m][o] = b.next(h.may[o], b.single[m])
			if len(h.terms) > 0 {
				b.after[m][o] = leastOf(b.after[m][o], b.next(h.may[o], b.kept[m]))
			}
		}
	}
}

// monthOf returns what the own lines of a month come to for an option: bought
// singly, and at the least at any term.
func (b *restBounds) monthOf(h *horizon, m, o int) (single, lowest *big.Int) {
	for class, s := range h.shares[m][o] {
		if s == nil || !s.served {
			continue
		}
		cost := h.money(sumOf(s.lines).Rat())
		if class == h.class(1) {
			single = cost
		}
		lowest = leastOf(lowest, cost)
	}
	return single, lowest
}

// next returns the least of what follows.
func (b *restBounds) next(follow []bool, costs []*big.Int) (least *big.Int) {
	for o, cost := range costs {
		if follow[o] {
			least = leastOf(least, cost)
		}
	}
	return least
}

// leastOf returns the smaller of two amounts of which either can be none.
func leastOf(a, b *big.Int) *big.Int {
	if a == nil || (b != nil && b.Cmp(a) < 0) {
		return b
	}
	return a
}

func plusOrNone(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}

// rest returns what a way that has come to a month still costs at the least;
// none if it cannot go on to the end.
func (b *restBounds) rest(h *horizon, w *way, m int) *big.Int {
	var rest *big.Int
	switch {
	case w.stretch.end > m:
		rest = b.kept[m][w.option]
	case m%h.year == 0 || m == len(h.months):
		rest = b.after[m][w.option]
	default:
		rest = b.next(h.may[w.option], b.single[m])
	}
	if rest == nil {
		return nil
	}
	rest = new(big.Int).Set(rest)
	for _, c := range b.credits {
		if m < c.until {
			level := new(big.Int).Mul(w.held[c.at].level, b.unit)
			if left := level.Sub(c.limit, level.Quo(level, h.unit)); left.Sign() > 0 {
				rest.Sub(rest, left)
			}
		}
	}
	return rest
}
