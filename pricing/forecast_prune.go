package pricing

import (
	"cmp"
	"math/big"
	"slices"
)

// prune returns the ways that no other makes useless, in the order of their
// costs and levels.
func (h *horizon) prune(ways []*way) []*way {
	for _, w := range ways {
		w.rank = new(big.Int).Set(w.cost)
		for i := range w.held {
			w.rank.Add(w.rank, w.held[i].level)
		}
	}
	slices.SortStableFunc(ways, func(a, b *way) int {
		return cmp.Or(a.rank.Cmp(b.rank), cmp.Compare(a.changes, b.changes))
	})
	goesOnAs := h.goingOn()
	var more, spare big.Int

	kept := ways[:0]
next:
	for _, w := range ways {
		if h.ctx.Err() != nil {
			return nil
		}
		for _, k := range kept {
			if goesOnAs[k.option][w.option] && k.goesOn(w) && k.leavesOut(h, w, &more, &spare) {
				continue next
			}
		}
		kept = append(kept, w)
	}
	return kept
}

// goingOn returns, for each two options, whether the first can be followed by the
// second and by all that may follow that.
func (h *horizon) goingOn() [][]bool {
	out := make([][]bool, len(h.Options))
	for a := range out {
		out[a] = make([]bool, len(h.Options))
		for b := range out[a] {
			out[a][b] = true
			for c := range out {
				out[a][b] = out[a][b] && (!h.may[b][c] || h.may[a][c])
			}
		}
	}
	return out
}

// goesOn reports whether the way is, to the term's prices and to packs sold once,
// one that can go on as another.
func (w *way) goesOn(as *way) bool {
	if w.took&^as.took != 0 || w.stretch != as.stretch {
		return false
	}
	return w.option == as.option || (w.stretch.end == 0 && w.stretch.changed)
}

// leavesOut reports whether a way that can go on as another makes it useless.
func (w *way) leavesOut(h *horizon, other *way, more, spare *big.Int) bool {
	spare.Sub(other.cost, w.cost)
	if spare.Sign() < 0 {
		return false
	}
	for i := range w.held {
		a, b := &w.held[i], &other.held[i]
		if !h.lasting[i].comparable(a, b) {
			return false
		}
		if more.Sub(a.level, b.level).Sign() > 0 && spare.Sub(spare, more).Sign() < 0 {
			return false
		}
	}
	changes := w.changes
	if w.option != other.option {
		changes++
	}
	return spare.Sign() > 0 || changes <= other.changes
}
