package pricing

import "math/big"

// restBounds say what the rest of a course costs at the least, in the money that
// the search begins with.
//
// Each month costs at least what its own lines come to, for an option bought singly
// or at the cheapest term, and what it uses of lasting things at the lowest price
// that there is: a unit of a pool costs no less than in the cheapest pack or as the
// rest, whichever is less, and what a commitment pays for no less than at the best
// rate. From that is taken off what is granted, and what is gained by buying at
// another price once, and what is left of credits. So the cheapest way through the
// months that are left is found month by month from the end, as the options may
// follow each other.
type restBounds struct {
	unit *big.Int
	// single and kept are the least cost from a month on with an option in it, by
	// months: bought singly, or at any term. after is that which follows an option
	// at the end of a window.
	single, kept, after [][]*big.Int
	// lowest has the least that is paid for what is had in each lasting thing: for a
	// smallest unit of a pool, for a yuan of usage that a commitment pays for; nil
	// for others.
	lowest []*big.Rat
	// gained is the most that all grants, offers and packs sold once are worth.
	gained  *big.Int
	credits []creditBound
}

// creditBound is the most that can still be taken of a credit.
type creditBound struct {
	at, until int
	limit     *big.Int
}

// newBounds computes the bounds, once the shares of the months are taken.
func (h *horizon) newBounds() *restBounds {
	b := &restBounds{unit: h.unit, lowest: make([]*big.Rat, len(h.lasting)), gained: new(big.Int)}
	for i, l := range h.lasting {
		switch l := l.(type) {
		case *lastingPool:
			b.lowest[i] = l.lowest
			b.gained.Add(b.gained, h.money(l.gain())).Add(b.gained, big.NewInt(1)) // what money rounds down
		case *lastingCommitment:
			b.lowest[i] = l.commitment.lowestRate()
		case *lastingCredit:
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

// monthOf returns what a month comes to at the least for an option: bought singly,
// and at any term.
func (b *restBounds) monthOf(h *horizon, m, o int) (single, lowest *big.Int) {
	for class, s := range h.shares[m][o] {
		if s == nil || !s.served {
			continue
		}
		least := sumOf(s.lines).Rat()
		for _, p := range s.pools {
			over := new(big.Rat).SetInt64(p.over)
			least.Add(least, over.Mul(over, b.lowest[p.at]))
		}
		for _, u := range s.usages {
			usage := u.usage.Rat()
			least.Add(least, usage.Mul(usage, b.lowest[u.at]))
		}
		cost := h.money(least)
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
	rest = new(big.Int).Sub(rest, b.gained)
	for i, price := range b.lowest {
		if x := &w.held[i]; price != nil && x.months != 0 {
			rest.Add(rest, b.paid(h, i, x))
		}
	}
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

// paid returns the least that is paid for a holding in the end, rounded down.
func (b *restBounds) paid(h *horizon, i int, x *holding) *big.Int {
	var had, of big.Int
	if _, ok := h.lasting[i].(*lastingPool); ok {
		had.SetInt64(x.units)
		of.Set(b.lowest[i].Denom())
	} else {
		had.Set(x.level) // in the money of the search by now
		of.Mul(h.unit, b.lowest[i].Denom())
	}
	had.Mul(had.Mul(&had, b.lowest[i].Num()), b.unit)
	return had.Quo(&had, &of)
}
