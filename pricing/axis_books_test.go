package pricing

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// realUsages are usages of a book for tests that hold whatever the usage: the
// examples, nothing, much, all there can be, and random ones, for terms of all kinds.
func realUsages(b *Book, r *rand.Rand) []*Usage {
	plain := []*Usage{b.NewUsage(), fullUsage(b), largestUsage(b, 2)}
	for _, e := range b.Examples {
		plain = append(plain, e.Usage)
	}
	var all []*Usage
	for _, u := range plain {
		other := u.clone()
		other.values[monthsPosition] = []int64{1, 12, between(r, 2, 36)}[r.IntN(3)]
		all = append(all, other)
	}
	for range 4 {
		all = append(all, randomRealUsage(b, r))
	}
	return all
}

// randomRealUsage sets some of the inputs, counts to numbers of any length.
func randomRealUsage(b *Book, r *rand.Rand) *Usage {
	u := b.NewUsage()
	value := func(in *Input) int64 {
		if in.Kind != KindCount {
			return between(r, 0, min(in.Maximum, 3))
		}
		n := int64(1)
		for range r.IntN(9) {
			n *= 10
		}
		return min(max(in.Minimum, between(r, 0, n)), in.Maximum)
	}
	for i := range b.Inputs {
		in := &b.Inputs[i]
		switch {
		case in.Kind == KindRows:
			for range r.IntN(3) {
				row := newRow(in)
				for j := range row {
					row[j] = min(value(&in.Fields[j]), in.Fields[j].Maximum)
				}
				u.rows[i] = append(u.rows[i], row)
			}
		case in.Kind != KindChoices && r.IntN(3) == 0:
			u.values[i] = value(in)
		}
	}
	return u
}

// onRealAxes runs a check on the axes of usages of all embedded books.
func onRealAxes(t *testing.T, check func(t *testing.T, r *rand.Rand, u *Usage, a *Axis)) {
	t.Helper()
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		for _, b := range p.Books {
			t.Run(b.Product+" "+b.ID, func(t *testing.T) {
				t.Parallel()
				seed := rand.Uint64()
				r := rand.New(rand.NewPCG(seed, 0))
				for _, u := range realUsages(b, r) {
					axes := allAxes(u)
					r.Shuffle(len(axes), func(i, j int) { axes[i], axes[j] = axes[j], axes[i] })
					for _, a := range axes[:min(len(axes), 2)] { // of some sixty
						if check(t, r, u, a); t.Failed() {
							t.Fatalf("seed %d: %s at %d of %v, %v", seed, a.input.ID, a.present, u.values, u.rows)
						}
					}
				}
			})
		}
	}
}

// On the real books every search is complete, each point is right on both of
// its sides, and between two of them, where looked, there is none.
func TestBreakEvensOfTheBooks(t *testing.T) {
	onRealAxes(t, func(t *testing.T, r *rand.Rand, u *Usage, a *Axis) {
		all := a.BreakEvens(0, MaxCount)
		if all.ExactUpTo != a.input.Maximum {
			t.Errorf("exact up to %d of %d", all.ExactUpTo, a.input.Maximum)
		}
		from, best := a.input.Minimum, estimateAt(u, a, a.input.Minimum).best
		for _, b := range all.Points {
			below, at := estimateAt(u, a, b.Quantity-1), estimateAt(u, a, b.Quantity)
			want := slowBreakEvens(a, map[int64]atPoint{b.Quantity - 1: below, b.Quantity: at}, b.Quantity-1, b.Quantity)
			if len(want) != 1 || !sameBreakEven(want[0], b) || below.best != best {
				t.Errorf("%+v, want %+v", b, want)
			}
			sameBetween(t, r, u, a, from, b.Quantity-1, best)
			from, best = b.Quantity, b.After
		}
		sameBetween(t, r, u, a, from, a.input.Maximum, best)
		next, _ := a.NextBreakEven()
		for _, b := range all.Points {
			if b.Quantity > a.present {
				if next == nil || !sameBreakEven(*next, b) {
					t.Errorf("next is %+v, want %+v", next, b)
				}
				return
			}
		}
		if next != nil {
			t.Errorf("next is %+v, but there is none", next)
		}
	})
}

// sameBetween checks at some quantities of a range that an option is the one
// recommended, most of them near an end.
func sameBetween(t *testing.T, r *rand.Rand, u *Usage, a *Axis, from, to int64, best *Option) {
	t.Helper()
	for _, x := range []int64{from, to, between(r, from, to), between(r, from, min(from+100, to)), between(r, from, min(2*from+1000, to)), between(r, max(from, to-100), to)} {
		if got := estimateAt(u, a, x).best; got != best {
			t.Errorf("at %d %v is recommended, want %v from %d to %d", x, got, best, from, to)
		}
	}
}

// Headroom is right at its end and one unit later, for the recommended option
// and for each.
func TestHeadroomOfTheBooks(t *testing.T) {
	onRealAxes(t, func(t *testing.T, r *rand.Rand, u *Usage, a *Axis) {
		now := estimateAt(u, a, a.present)
		i := r.IntN(len(a.options))
		for _, o := range []*Option{nil, a.options[i].option} {
			h := a.Headroom()
			total, feasible := now.totals[now.best]
			if o != nil {
				h = a.headroomOf(o)
				total, feasible = now.totals[o]
			}
			if h == nil && !feasible {
				continue
			}
			upTo := a.input.Maximum
			if h != nil {
				upTo = h.UpTo
			}
			ends := map[int64]atPoint{a.present: now}
			for _, x := range []int64{upTo, between(r, a.present, upTo), min(upTo+1, a.input.Maximum)} {
				ends[x] = estimateAt(u, a, x)
				if o == nil && x <= upTo && ends[x].totals[ends[x].best].GreaterThan(total) {
					t.Errorf("%v at %d is more than %v", ends[x].totals[ends[x].best], x, total)
				}
				if o != nil && x <= upTo && ends[x].totals[o].GreaterThan(total) {
					t.Errorf("%v at %d is more than %v", ends[x].totals[o], x, total)
				}
			}
			if h == nil {
				continue
			}
			// One unit later by the brute force, which starts at the last.
			last := *a
			last.present = upTo
			want := slowHeadroom(&last, ends, o)
			if want != nil {
				want.UpTo, want.More = upTo, upTo-a.present
				want.Rise = decimal.Max(decimal.Zero, want.Total.Sub(total))
			}
			if want == nil || !want.Total.Equal(h.Total) || !want.Rise.Equal(h.Rise) || want.Next != h.Next || h.AtLeast || h.More != want.More {
				t.Errorf("%+v, want %+v", h, want)
			}
		}
	})
}

// A budget is right at the quantity and one unit above.
func TestBudgetOfTheBooks(t *testing.T) {
	onRealAxes(t, func(t *testing.T, r *rand.Rand, u *Usage, a *Axis) {
		amount := decimal.New(between(r, 0, 10_000_000), -fen)
		for _, b := range a.Budget(amount) {
			if b.None {
				if total, ok := estimateAt(u, a, a.input.Minimum).totals[b.Option]; ok && total.LessThanOrEqual(amount) {
					t.Errorf("%s costs %v at the least", b.Option.ID, total)
				}
				continue
			}
			at := estimateAt(u, a, b.Quantity)
			total, ok := at.totals[b.Option]
			if !ok || !total.Equal(b.Total) || total.GreaterThan(amount) || b.AtLeast || b.NoBound != (b.Quantity == a.input.Maximum) {
				t.Errorf("%v buys %+v, which is %v, %v", amount, b, total, ok)
			}
			if b.NoBound {
				continue
			}
			total, ok = estimateAt(u, a, b.Quantity+1).totals[b.Option]
			if b.Unserved == ok || ok && total.LessThanOrEqual(amount) {
				t.Errorf("%v buys %+v, but one more is %v, %v", amount, b, total, ok)
			}
		}
	})
}
