package pricing

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

// randomMonths are 12 to 36 months of a book that go up and down, change from one
// usage to another and back, or change three times a year.
func randomMonths(b *Book, r *rand.Rand) []*Usage {
	all := realUsages(b, r)
	one, other := all[r.IntN(len(all))], all[r.IntN(len(all))]
	kind, months := r.IntN(3), make([]*Usage, between(r, 12, maxMonths))
	for m := range months {
		u := one
		switch {
		case kind == 0 && r.IntN(3) == 0:
			u = other
		case kind == 1:
			u, _ = one.In(b)
			for i := range b.Inputs {
				if in := &b.Inputs[i]; in.Kind == KindCount && i != monthsPosition {
					u.values[i] = min(in.Maximum, max(in.Minimum, u.values[i]/100*between(r, 20, 300)))
				}
			}
		case kind == 2 && m%4 > 0:
			u = months[m-1]
		case kind == 2:
			u = all[r.IntN(len(all))]
		}
		months[m] = u
	}
	return months
}

// unbounded returns the cheapest course by a search that knows no bound and no
// course before it finds one, and whether it had to leave nothing out.
func unbounded(b *Book, months []*Usage, rules forecastRules) (best *Course, exact bool) {
	h := newHorizon(context.Background(), b, months, rules)
	for exact = true; ; {
		h.takeShares()
		bounds := h.newBounds()
		bounds.credits, bounds.lowest, bounds.gained = nil, nil, new(big.Int)
		for _, rows := range [][][]*big.Int{bounds.single, bounds.kept, bounds.after} {
			for _, row := range rows {
				for o := range row {
					row[o] = new(big.Int)
				}
			}
		}
		options, _, all := h.search(bounds, nil, rules.limit)
		exact = exact && all
		if course := h.course(options); course.cheaper(best) {
			best = course
		}
		if !h.nextChoice() {
			return best, exact
		}
	}
}

// Ways that a bound cuts off are of no use: a search without bounds comes to the
// same answer. By the products' own rules no answer leaves anything out.
func TestForecastBoundsChangeNoAnswer(t *testing.T) {
	t.Parallel()
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	compared, changes := 0, 0
	randomly(t, 25, func(r *rand.Rand) error {
		for _, p := range c.Products() {
			b := p.Newest()
			rules := forecastRules{year: monthsOfYear, follow: b.CanFollow, narrow: narrowFrontier, limit: maxFrontier}
			own := r.IntN(2) == 0
			if !own {
				rules.follow = func(_, _ *Option) bool { return true }
			}
			months := randomMonths(b, r)
			got, err := b.forecast(context.Background(), months, rules)
			if err != nil {
				return err
			}
			if own && !got.Exact {
				return fmt.Errorf("%s: not exact over %d months", p.ID, len(months))
			}
			rules.limit = 200
			want, exact := unbounded(b, months, rules)
			if !got.Exact || !exact || want == nil {
				continue
			}
			compared++
			changes += len(want.Changes)
			// Keeping an option can come to less once windows are rounded.
			if got.Best.exact.Cmp(want.exact) != 0 && !got.Best.Total.LessThan(want.Total) {
				return fmt.Errorf("%s, own rules %v:\n%s\nwant\n%s", p.ID, own, courseText(got.Best), courseText(want))
			}
		}
		return nil
	})
	if compared < 50 || changes < 20 {
		t.Errorf("only %d answers with %d changes were compared", compared, changes)
	}
}
