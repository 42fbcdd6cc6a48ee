package pricing

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestEstimateAgreesWithSecondReading(t *testing.T) {
	checkOnPlainBooks(t, func(t *rapid.T, raw *bookFile, u *Usage, _ []int64) {
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
					t.Fatalf("%s is %v, want %s\n%s", money.what, money.got, money.want, billText(e))
				}
			}
			if exact := got.ExactTotal(); exact.Rat().Cmp(total) != 0 {
				t.Fatalf("exact total is %v, want %s", exact, total.RatString())
			}
			if len(got.Lines) != len(want.lines) {
				t.Fatalf("%d lines, want %d\n%s", len(got.Lines), len(want.lines), billText(e))
			}
			for j := range got.Lines {
				l := &got.Lines[j]
				if amount := want.lines[l.ID()]; amount == nil || l.Amount.Rat().Cmp(amount) != 0 {
					t.Fatalf("line %s is %v, want %v\n%s", l.ID(), l.Amount, amount, billText(e))
				}
			}
			if len(got.Violations) != len(want.violations) || got.Feasible != (len(want.violations) == 0) {
				t.Fatalf("%d violations, want %d\n%s", len(got.Violations), len(want.violations), billText(e))
			}
			for _, v := range got.Violations {
				if reach, ok := want.violations[v.Input.ID]; !ok || reach != v.Limit {
					t.Fatalf("violation of %s has limit %d, want %d\n%s", v.Input.ID, v.Limit, reach, billText(e))
				}
			}
		}
	})
}

// What the page shows must add up: the lines to the total, and the lines of
// each settlement to its part.
func TestLinesSumToTheTotal(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		for _, o := range u.Estimate().Options {
			parts, seen := map[Settlement]decimal.Decimal{}, map[string]bool{}
			for i := range o.Lines {
				l := &o.Lines[i]
				if l.Amount.IsZero() || l.Formula == "" || seen[l.ID()] {
					t.Fatalf("%s: a line of %v, %q, which may be a second one", l.ID(), l.Amount, l.Formula)
				}
				seen[l.ID()] = true
				parts[l.Settlement()] = parts[l.Settlement()].Add(l.Amount)
			}
			exact := parts[Prepaid].Add(parts[Postpaid])
			if exact.IsNegative() || parts[Prepaid].IsNegative() || parts[Postpaid].IsNegative() {
				t.Fatalf("prepaid %v, postpaid %v", parts[Prepaid], parts[Postpaid])
			}
			if !o.ExactTotal().Equal(exact) || !o.Total.Equal(exact.Round(2)) || !o.Prepaid.Equal(parts[Prepaid].Round(2)) || !o.Postpaid.Equal(parts[Postpaid].Round(2)) {
				t.Fatalf("total %v, prepaid %v, postpaid %v; lines add up to %v = %v + %v", o.Total, o.Prepaid, o.Postpaid, exact, parts[Prepaid], parts[Postpaid])
			}
			if err := checkPoolUse(&o); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// What is bought is what the lines say: packs and commitments are the amounts
// of the purchases.
func TestPurchasesAreOnTheLines(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		for _, o := range u.Estimate().Options {
			var bought, lines decimal.Decimal
			for _, p := range o.Purchases {
				if p.Quantity < 1 || !p.Amount.IsPositive() || (p.Rate.IsZero() && p.Holds < 1) {
					t.Fatalf("a purchase of %+v", p)
				}
				bought = bought.Add(p.Amount)
			}
			for i := range o.Lines {
				if id := o.Lines[i].ID(); strings.HasSuffix(id, "_packs") || id == "commitment" {
					lines = lines.Add(o.Lines[i].Amount)
				}
			}
			if !bought.Equal(lines) {
				t.Fatalf("purchases of %v, lines of %v", bought, lines)
			}
		}
	})
}

// More of a count never costs less, as long as the option serves it. Beyond
// that the input counts as not stated, and the total says nothing. The costs
// compared are those before rounding; of the lines that are rounded, window by
// window, half a fen is allowed for each.
func TestMoreUsageNeverCostsLess(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, raw *bookFile, u *Usage, edges []int64) {
		i := rapid.IntRange(0, len(u.values)-1).Draw(t, "raised")
		in := &u.book.Inputs[i]
		more := u.clone()
		switch {
		case in.Kind == KindCount && (i != monthsPosition || !hasTermDiscount(raw)):
			more.values[i] = max(u.values[i], drawCount(t, in, edges))
		case in.Kind == KindRows && len(more.rows[i]) > 0:
			row := rapid.SampledFrom(more.rows[i]).Draw(t, "row")
			for j := range in.Fields {
				if in.Fields[j].Kind == KindCount {
					row[j] = max(row[j], drawCount(t, &in.Fields[j], edges))
				}
			}
		default:
			return // to decline a service may cost something, too
		}
		before, after := u.Estimate(), more.Estimate()
		for j := range before.Options {
			o := &before.Options[j]
			raised := after.Option(o.Option.ID)
			if raised.violatesMore(o) {
				continue
			}
			loss := o.ExactTotal().Sub(raised.ExactTotal())
			if loss.GreaterThan(roundings(o, u).Add(roundings(raised, more))) {
				t.Fatalf("%s: %s raised from %d to %d:\n%s\n%s", o.Option.ID, in.ID, u.values[i], more.values[i], billText(before), billText(after))
			}
		}
	})
}

// hasTermDiscount reports whether a price of the book needs a long term, which
// then may cost less than a shorter one.
func hasTermDiscount(raw *bookFile) bool {
	for _, c := range raw.Charges {
		for _, p := range c.Prices {
			if _, ok := p.When[Months]; ok {
				return true
			}
		}
	}
	return false
}

// roundings is what rounding may have taken from, or added to, the lines of an
// option whose formula divides.
func roundings(o *OptionEstimate, u *Usage) decimal.Decimal {
	var sum decimal.Decimal
	for i := range o.Lines {
		if id := o.Lines[i].ID(); id == "recording_overage" || id == "usage_overage" {
			windows := (u.Months() + monthsOfYear - 1) / monthsOfYear
			sum = sum.Add(decimal.New(5*windows, -3))
		}
	}
	return sum
}

func (o *OptionEstimate) violates(in *Input) bool {
	return slices.ContainsFunc(o.Violations, func(v *Violation) bool { return v.Input == in })
}

func (o *OptionEstimate) violatesMore(than *OptionEstimate) bool {
	return slices.ContainsFunc(o.Violations, func(v *Violation) bool { return !than.violates(v.Input) })
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
			t.Fatalf("not the one to recommend:\n%s", billText(e))
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
				t.Fatalf("%s is before %s:\n%s", a.Option.ID, b.Option.ID, billText(e))
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
// place the option has the same lines and total, and no other violations. A
// lacking feature leaves all usage priced.
func TestViolatedInputContributesNothing(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		e := u.Estimate()
		for i := range e.Options {
			o := &e.Options[i]
			for _, v := range o.Violations {
				at := u.book.position(v.Input.ID)
				zero := u.clone()
				zero.values[at], zero.rows[at] = 0, nil
				want := zero.Estimate().Option(o.Option.ID)
				if want.violatesMore(o) || len(want.Violations) < len(o.Violations)-1 {
					t.Fatalf("%d violations, and %d with %s at 0", len(o.Violations), len(want.Violations), v.Input.ID)
				}
				if got, want := onlyLines(o), onlyLines(want); got != want {
					t.Fatalf("with %s at 0:\n%s\nas stated:\n%s", v.Input.ID, want, got)
				}
			}
		}
	})
}

// onlyLines writes the lines of an option and what they come to.
func onlyLines(o *OptionEstimate) string {
	plain := *o
	plain.Violations, plain.Feasible, plain.Notes, plain.Pools = nil, true, nil, nil
	var b strings.Builder
	writeOption(&b, &plain)
	return b.String()
}

// The order of rows changes the order in formulas and nothing else.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		other := u.clone()
		for i := range other.rows {
			if len(other.rows[i]) > 1 {
				other.rows[i] = rapid.Permutation(other.rows[i]).Draw(t, "rows")
			}
		}
		if got, want := figures(other.Estimate()), figures(u.Estimate()); got != want {
			t.Fatalf("in another order:\n%s\nbefore:\n%s", got, want)
		}
	})
}

// figures writes what an estimate comes to, without its formulas.
func figures(e *Estimate) string {
	var b strings.Builder
	for i := range e.Options {
		o := &e.Options[i]
		fmt.Fprintln(&b, o.Option.ID, o.Feasible, o.Complete, o.Total.String(), o.Monthly.String(), o.Prepaid.String(), o.Postpaid.String())
		for j := range o.Lines {
			l := &o.Lines[j]
			fmt.Fprintln(&b, l.ID(), l.Amount.StringFixed(12), l.Quantity.StringFixed(12))
		}
		for _, p := range o.Purchases {
			fmt.Fprintln(&b, p.ID, p.Window, p.Size, p.Quantity, p.Amount.StringFixed(6))
		}
	}
	return b.String()
}

// The same usage has the same estimate to the last letter, also after one was
// made, and when its inputs were set in another order and more than once.
func TestEstimateIsDeterministic(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		want := billText(u.Estimate())
		if got := billText(u.Estimate()); got != want {
			t.Fatalf("a second time:\n%s\nfirst:\n%s", got, want)
		}
		order := rapid.Permutation(u.book.Inputs).Draw(t, "order")
		again := u.book.NewUsage()
		for range 2 {
			for i := range order {
				if in := &order[i]; !u.carry(in, again, in) {
					t.Fatalf("%s is not set", in.ID)
				}
			}
		}
		if got := billText(again.Estimate()); got != want {
			t.Fatalf("set in another order:\n%s\nfirst:\n%s", got, want)
		}
	})
}

// The largest usage there is: every count, in every row, is 10¹², for three
// years, with every feature and each choice in turn.
func TestLargestUsageOfEveryBook(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		for _, b := range p.Books {
			t.Run(b.Product+" "+b.ID, func(t *testing.T) {
				for choice := range int64(20) {
					e := largestUsage(b, choice).Estimate()
					for i := range e.Options {
						o := &e.Options[i]
						if err := checkPoolUse(o); err != nil {
							t.Error(err)
						}
						for j := range o.Lines {
							if l := &o.Lines[j]; l.Amount.IsNegative() && !strings.HasSuffix(l.ID(), "_credit") || len(l.Amount.Coefficient().String()) > 40 {
								t.Errorf("%s: %s is %v", o.Option.ID, l.ID(), l.Amount)
							}
						}
						for _, bought := range o.Purchases {
							if bought.Quantity < 1 || bought.Holds < 0 || !bought.Amount.IsPositive() {
								t.Errorf("%s: bought %+v", o.Option.ID, bought)
							}
						}
					}
				}
			})
		}
	}
}

// largestUsage has the largest value everywhere, and of choices the one at a
// position, or the last.
func largestUsage(b *Book, choice int64) *Usage {
	u := b.NewUsage()
	for i := range b.Inputs {
		in := &b.Inputs[i]
		switch in.Kind {
		case KindChoice:
			u.values[i] = min(choice, in.Maximum)
		case KindRows:
			for range MaxRows {
				row := make(Row, len(in.Fields))
				for j := range in.Fields {
					row[j] = in.Fields[j].Maximum
					if in.Fields[j].Kind == KindChoice {
						row[j] = min(choice, row[j])
					}
				}
				u.rows[i] = append(u.rows[i], row)
			}
		default:
			u.values[i] = in.Maximum
		}
	}
	return u
}
