package pricing

import (
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// checkOnBooks checks a property on random usages, of random books and of the
// real one. It hands over the book's file for properties that read it.
func checkOnBooks(t *testing.T, property func(t *rapid.T, raw *bookFile, u *Usage, edges []int64)) {
	t.Helper()
	t.Parallel()
	t.Run("random books", rapid.MakeCheck(func(t *rapid.T) {
		b := drawBook(t)
		defer func() {
			if t.Failed() {
				t.Log(b.text)
			}
		}()
		for range 3 { // reading a book takes longer than pricing
			property(t, b.raw, drawUsage(t, b.Book, b.edges), b.edges)
		}
	}))
	b := tencentIM(t)
	data, err := embedded.ReadFile("books/tencent-im/2020-10-30.yaml")
	if err != nil {
		t.Fatal(err)
	}
	raw := (&decoder{}).decode(data)
	edges := edgesOf(b)
	t.Run("tencent-im", rapid.MakeCheck(func(t *rapid.T) {
		property(t, raw, drawUsage(t, b, edges), edges)
	}))
}

// edgesOf returns the numbers at which the real book changes something.
func edgesOf(b *Book) []int64 {
	edges := []int64{10_000, 20_000, 100_000, 200_000}
	for i := range b.Options {
		for _, l := range b.Options[i].limits {
			edges = append(edges, l.reach)
		}
	}
	for i := range b.charges {
		for _, p := range b.charges[i].prices {
			if p, ok := p.(*addOnPrice); ok {
				edges = append(edges, p.own)
				for _, a := range p.addOns {
					edges = append(edges, a.limit)
				}
			}
		}
	}
	return edges
}

func TestEstimateAgreesWithSecondReading(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, raw *bookFile, u *Usage, _ []int64) {
		e := u.Estimate()
		if len(e.Options) != len(raw.Options) {
			t.Fatalf("%d of %d options are priced", len(e.Options), len(raw.Options))
		}
		for i := range raw.Options {
			got, want := e.Option(raw.Options[i].ID), slowEstimate(raw, i, u)
			total := new(big.Rat).Add(want.prepaid, want.postpaid)
			totalText := slowRound(total)
			rounded, _ := new(big.Rat).SetString(totalText)
			for _, money := range []struct {
				what string
				got  decimal.Decimal
				want string
			}{
				{"total", got.Total, totalText},
				{"monthly", got.Monthly, slowRound(rounded.Quo(rounded, new(big.Rat).SetInt64(u.Months())))},
				{"prepaid", got.Prepaid, slowRound(want.prepaid)},
				{"postpaid", got.Postpaid, slowRound(want.postpaid)},
			} {
				if money.got.StringFixed(2) != money.want || !money.got.Equal(money.got.Round(2)) {
					t.Fatalf("%s is %v, want %s\n%s", money.what, money.got, money.want, bill(e))
				}
			}
			if exact := got.ExactTotal(); exact.Rat().Cmp(total) != 0 {
				t.Fatalf("exact total is %v, want %s", exact, total.RatString())
			}
			if len(got.Lines) != len(want.lines) {
				t.Fatalf("%d lines, want %d\n%s", len(got.Lines), len(want.lines), bill(e))
			}
			for j := range got.Lines {
				l := &got.Lines[j]
				if amount := want.lines[l.ID()]; amount == nil || l.Amount.Rat().Cmp(amount) != 0 {
					t.Fatalf("line %s is %v, want %v\n%s", l.ID(), l.Amount, amount, bill(e))
				}
			}
			if len(got.Violations) != len(want.violations) || got.Feasible != (len(want.violations) == 0) {
				t.Fatalf("%d violations, want %d\n%s", len(got.Violations), len(want.violations), bill(e))
			}
			for _, v := range got.Violations {
				if reach, ok := want.violations[v.Input.ID]; !ok || reach != v.Limit {
					t.Fatalf("violation of %s has limit %d, want %d\n%s", v.Input.ID, v.Limit, reach, bill(e))
				}
			}
		}
	})
}

// What the page shows must add up: the lines to the total, and the lines of
// each settlement to its part. The quantity and price shown make the amount.
func TestLinesSumToTheTotal(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		months := decimal.NewFromInt(u.Months())
		for _, o := range u.Estimate().Options {
			parts := map[Settlement]decimal.Decimal{}
			for i := range o.Lines {
				l := &o.Lines[i]
				if l.Amount.Sign() <= 0 {
					t.Fatalf("%s: a line of %v", l.ID(), l.Amount)
				}
				product := l.Quantity.Mul(l.UnitPrice)
				if !l.Amount.Equal(product) && !l.Amount.Equal(product.Mul(months)) {
					t.Fatalf("%s: %v × %v, with or without × %v, is not %v", l.ID(), l.Quantity, l.UnitPrice, months, l.Amount)
				}
				parts[l.Settlement()] = parts[l.Settlement()].Add(l.Amount)
			}
			exact := parts[Prepaid].Add(parts[Postpaid])
			if !o.ExactTotal().Equal(exact) || !o.Total.Equal(exact.Round(2)) || !o.Prepaid.Equal(parts[Prepaid].Round(2)) || !o.Postpaid.Equal(parts[Postpaid].Round(2)) {
				t.Fatalf("total %v, prepaid %v, postpaid %v; lines add up to %v = %v + %v", o.Total, o.Prepaid, o.Postpaid, exact, parts[Prepaid], parts[Postpaid])
			}
		}
	})
}

// More of an input never costs less, as long as the option serves it. Beyond
// that the input counts as not stated, and the total says nothing.
func TestMoreUsageNeverCostsLess(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, edges []int64) {
		i := rapid.IntRange(0, len(u.values)-1).Draw(t, "raised")
		in := &u.book.Inputs[i]
		if in.Kind == KindYesNo {
			return // to decline a service may cost something, too
		}
		more := u.clone()
		more.values[i] = max(u.values[i], drawCount(t, in, edges))
		before, after := u.Estimate(), more.Estimate()
		for j := range before.Options {
			o := &before.Options[j]
			raised := after.Option(o.Option.ID)
			if !raised.violates(in) && raised.ExactTotal().LessThan(o.ExactTotal()) {
				t.Fatalf("%s: %s raised from %d to %d:\n%s\n%s", o.Option.ID, in.ID, u.values[i], more.values[i], bill(before), bill(after))
			}
		}
	})
}

func (u *Usage) clone() *Usage {
	c := u.book.NewUsage()
	copy(c.values, u.values)
	return c
}

func (o *OptionEstimate) violates(in *Input) bool {
	for _, v := range o.Violations {
		if v.Input == in {
			return true
		}
	}
	return false
}

func TestRecommendedIsTheCheapestFeasible(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, raw *bookFile, u *Usage, _ []int64) {
		e := u.Estimate()
		// In the order of the book, a later option must be cheaper to win.
		var want *OptionEstimate
		for i := range raw.Options {
			if o := e.Option(raw.Options[i].ID); o.Feasible && (want == nil || o.Total.LessThan(want.Total)) {
				want = o
			}
		}
		if e.Recommended() != want {
			t.Fatalf("not the one to recommend:\n%s", bill(e))
		}
	})
}

// Feasible options come first, by total and then in the order of the book; the
// others follow in the order of the book.
func TestOptionsAreRanked(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, raw *bookFile, u *Usage, _ []int64) {
		place := map[string]int{}
		for i := range raw.Options {
			place[raw.Options[i].ID] = i
		}
		e := u.Estimate()
		for i := 1; i < len(e.Options); i++ {
			a, b := &e.Options[i-1], &e.Options[i]
			later := place[a.Option.ID] > place[b.Option.ID]
			switch {
			case !a.Feasible && b.Feasible,
				a.Feasible && b.Feasible && a.Total.GreaterThan(b.Total),
				a.Feasible && b.Feasible && a.Total.Equal(b.Total) && later,
				!a.Feasible && !b.Feasible && later:
				t.Fatalf("%s is before %s:\n%s", a.Option.ID, b.Option.ID, bill(e))
			}
		}
		for i := range e.Options {
			if o := &e.Options[i]; o.Feasible && e.Difference(o).Sign() < 0 {
				t.Fatalf("%s is %v from the recommended one", o.Option.ID, e.Difference(o))
			}
		}
	})
}

// An input that an option cannot serve counts as not stated: with 0 in its
// place the option has the same lines and total, and that violation less.
func TestViolatedInputContributesNothing(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		e := u.Estimate()
		for i := range e.Options {
			o := &e.Options[i]
			for _, v := range o.Violations {
				zero := u.clone()
				zero.values[u.book.position(v.Input.ID)] = 0
				want := zero.Estimate().Option(o.Option.ID)
				if len(want.Violations) != len(o.Violations)-1 || want.violates(v.Input) {
					t.Fatalf("%d violations, and %d with %s at 0", len(o.Violations), len(want.Violations), v.Input.ID)
				}
				if got, want := withoutViolations(o), withoutViolations(want); got != want {
					t.Fatalf("with %s at 0:\n%s\nas stated:\n%s", v.Input.ID, want, got)
				}
			}
		}
	})
}

func withoutViolations(o *OptionEstimate) string {
	plain := *o
	plain.Violations, plain.Feasible = nil, true
	var b strings.Builder
	writeOption(&b, &plain)
	return b.String()
}

// The same usage has the same estimate to the last letter, also after one was
// made, and when its inputs were set in another order and more than once.
func TestEstimateIsDeterministic(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		want := bill(u.Estimate())
		if got := bill(u.Estimate()); got != want {
			t.Fatalf("a second time:\n%s\nfirst:\n%s", got, want)
		}
		order := rapid.Permutation(u.book.Inputs).Draw(t, "order")
		again := u.book.NewUsage()
		for range 2 {
			for i := range order {
				in := &order[i]
				if in.Kind == KindYesNo {
					again.SetYesNo(in, u.Count(in) == 1)
				} else if err := again.SetCount(in, decimal.NewFromInt(u.Count(in)).String()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := bill(again.Estimate()); got != want {
			t.Fatalf("set in another order:\n%s\nfirst:\n%s", got, want)
		}
	})
}
