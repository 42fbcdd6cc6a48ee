package pricing

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
)

// atPoint is what the engine says at one quantity: the slow way, an estimate
// for each.
type atPoint struct {
	best   *Option
	totals map[*Option]decimal.Decimal // of the feasible options
}

// everywhere estimates a usage at every quantity of an axis.
func everywhere(u *Usage, a *Axis) map[int64]atPoint {
	out := map[int64]atPoint{}
	for x := a.input.Minimum; x <= a.input.Maximum; x++ {
		out[x] = estimateAt(u, a, x)
	}
	return out
}

func estimateAt(u *Usage, a *Axis, x int64) atPoint {
	other := u.clone()
	if a.row < 0 {
		other.values[a.position] = x
	} else {
		other.rows[a.position][a.row][a.field] = x
	}
	e := other.Estimate()
	p := atPoint{totals: map[*Option]decimal.Decimal{}}
	if best := e.Recommended(); best != nil {
		p.best = best.Option
	}
	for i := range e.Options {
		if o := &e.Options[i]; o.Feasible {
			p.totals[o.Option] = o.Total
		}
	}
	return p
}

// onRandomAxes runs a check on the axes of random usages of random small books.
func onRandomAxes(t *testing.T, books int, check func(r *rand.Rand, u *Usage, a *Axis) error) {
	t.Helper()
	t.Parallel()
	randomly(t, books, func(r *rand.Rand) error {
		b, text, err := randomAxisBook(r)
		if err != nil {
			return fmt.Errorf("%w\n%s", err, text)
		}
		if b == nil {
			return nil
		}
		u := randomUsage(r, b)
		axes := allAxes(u)
		r.Shuffle(len(axes), func(i, j int) { axes[i], axes[j] = axes[j], axes[i] })
		for _, a := range axes {
			if err := check(r, u, a); err != nil {
				return fmt.Errorf("%s at %d, values %v, rows %v: %w\n%s", a.input.ID, a.present, u.values, u.rows, err, text)
			}
		}
		return nil
	})
}

func randomUsage(r *rand.Rand, b *Book) *Usage {
	u := b.NewUsage()
	for i := range b.Inputs {
		in := &b.Inputs[i]
		switch {
		case i == monthsPosition:
			u.values[i] = between(r, 1, 5)
		case in.Kind == KindRows:
			for range between(r, 0, 2) {
				row := make(Row, len(in.Fields))
				for j := range in.Fields {
					row[j] = between(r, in.Fields[j].Minimum, in.Fields[j].Maximum) * between(r, 0, 1)
				}
				u.rows[i] = append(u.rows[i], row)
			}
		case in.Kind == KindCount && r.IntN(2) == 0:
			u.values[i] = between(r, in.Minimum, in.Maximum)
		default:
			u.values[i] = between(r, in.Minimum, min(in.Maximum, in.Minimum+1))
		}
	}
	return u
}

// All that is found along an axis is what the estimates of every quantity show.
func TestAxesAgreeWithEveryQuantity(t *testing.T) {
	seen := map[string]int{}
	onRandomAxes(t, 50, func(r *rand.Rand, u *Usage, a *Axis) error {
		return checkAxis(r, u, a, seen)
	})
	for _, what := range []string{
		"break-even", "lost", "cut off", "never rises", "more", "unserved", "nothing", "no bound", "serves no more", "bound", "step",
	} {
		if seen[what] < 3 {
			t.Errorf("too few of %s: %v", what, seen)
		}
	}
}

func checkAxis(r *rand.Rand, u *Usage, a *Axis, seen map[string]int) error {
	all := everywhere(u, a)
	for _, check := range []func(*rand.Rand, *Axis, map[int64]atPoint, map[string]int) error{
		checkBreakEvens, checkHeadroom, checkBudget, checkCutOff, checkCurve, checkCurveSteps, checkRange,
	} {
		if err := check(r, a, all, seen); err != nil {
			return err
		}
	}
	return nil
}

// What the searches rest on: inside a stretch the same options are feasible,
// the same prices apply, and every bound holds at every quantity.
func TestBoundsHold(t *testing.T) {
	seen := map[string]int{}
	onRandomAxes(t, 40, func(r *rand.Rand, _ *Usage, a *Axis) error { return checkBounds(r, a, seen) })
	for _, what := range []string{"far", "kept", "within", "above"} {
		if seen[what] < 10 {
			t.Errorf("too few of some: %v", seen)
		}
	}
}

func checkBounds(r *rand.Rand, a *Axis, seen map[string]int) error {
	w := a.walk()
	points := map[int64]*point{}
	for x := a.input.Minimum; x <= a.input.Maximum; x++ {
		points[x] = w.at(x)
	}
	for range 40 {
		low := between(r, a.input.Minimum, a.input.Maximum)
		high := between(r, low, a.stretchEnd(low))
		s := span{points[low], points[high]}
		for x := low; x <= high; x++ {
			if err := sameRules(s.low, points[x]); err != nil {
				return fmt.Errorf("at %d and %d: %w", low, x, err)
			}
		}
		for v := range views {
			bands := s.bands(a, v)
			for i := range a.classes {
				if s.low.samples[i].prices == nil {
					continue
				}
				for x := low; x <= high; x++ {
					if !bands[i].has(points[x].samples[i].amount, x-low, high-x) {
						return fmt.Errorf("charge %d at %d, between %d and %d: %v is not in %v (view %d)",
							a.classes[i].position, x, low, high, points[x].samples[i].amount, bands[i], v)
					}
				}
			}
		}
		if err := checkProofs(a, r, s, points, seen); err != nil {
			return fmt.Errorf("between %d and %d: %w", low, high, err)
		}
		for i := range a.classes {
			for _, p := range s.low.samples[i].prices {
				if p.far {
					seen["far"]++
				}
			}
		}
	}
	return nil
}

// checkProofs checks what is said to be proven of a span, with totals that lie
// close to those in it.
func checkProofs(a *Axis, r *rand.Rand, s span, points map[int64]*point, seen map[string]int) error {
	i, j := r.IntN(len(a.options)), r.IntN(len(a.options))
	if s.low.options[i].feasible && s.low.options[j].feasible {
		for v := range views {
			excess := a.excess(i, j, s.bands(a, v))
			for x := s.low.x; x <= s.high.x; x++ {
				o := points[x].options
				if dearer := o[i].exact.Sub(o[j].exact); dearer.GreaterThan(excess) {
					return fmt.Errorf("option %d is %v dearer than %d at %d, more than %v (view %d)", i, dearer, j, x, excess, v)
				}
			}
		}
	}
	kept := s.low.best == s.high.best && s.low.best >= 0 && a.keeps(s)
	near := points[between(r, s.low.x, s.high.x)].options[i].total
	total := near.Add(decimal.New(between(r, -2, 2), -fen))
	within, above := a.staysWithin(s, total), a.staysAbove(i, s, total)
	for x := s.low.x; x <= s.high.x; x++ {
		p := points[x]
		switch o := &p.options[i]; {
		case kept && p.best != s.low.best:
			return fmt.Errorf("%d is said to be the best throughout, but at %d it is %d", s.low.best, x, p.best)
		case within && (p.best < 0 || p.options[p.best].total.GreaterThan(total)):
			return fmt.Errorf("said to stay within %v, but not at %d", total, x)
		case above && o.feasible && o.total.LessThanOrEqual(total):
			return fmt.Errorf("option %d is said to stay above %v, but at %d is %v", i, total, x, o.total)
		}
	}
	seen["kept"] += int(yesNo(kept))
	seen["within"] += int(yesNo(within))
	seen["above"] += int(yesNo(above))
	return nil
}

func sameRules(p, q *point) error {
	for i := range p.options {
		if p.options[i].feasible != q.options[i].feasible {
			return fmt.Errorf("option %d is feasible at one of them", i)
		}
	}
	for i := range p.samples {
		for j := range p.samples[i].prices {
			if p.samples[i].prices[j].applies != q.samples[i].prices[j].applies {
				return fmt.Errorf("price %d of class %d applies at one of them", j, i)
			}
		}
	}
	return nil
}

// has reports whether an amount lies between the lines, so far from their ends.
func (b *band) has(amount decimal.Decimal, below, above int64) bool {
	width := max(below+above, 1)
	if below+above == 0 {
		above = 1
	}
	at := func(line [2]decimal.Decimal) decimal.Decimal { // times width
		return line[0].Mul(decimal.NewFromInt(above)).Add(line[1].Mul(decimal.NewFromInt(below)))
	}
	amount = amount.Mul(decimal.NewFromInt(width))
	return at(b.least).LessThanOrEqual(amount) && amount.LessThanOrEqual(at(b.most))
}

// twoOptions returns a book of two options with the prices of a charge that
// counts the one input, and a fee for each.
func twoOptions(t *testing.T, fees [2]string, prices [2]string) *Axis {
	t.Helper()
	b := decodeText(t, fmt.Sprintf(`product: two
price_book: "2024-01-01"
currency: CNY
name: {en: Two, zh: 二}
summary: {en: Two, zh: 二}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: use, group: all, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
options:
  - {id: first, name: {en: First, zh: 一}, summary: {en: a, zh: b}}
  - {id: second, name: {en: Second, zh: 二}, summary: {en: a, zh: b}}
charges:
  - id: fee
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    prices: [{options: [first], monthly_fee: "%s"}, {options: [second], monthly_fee: "%s"}]
  - id: usage
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    quantity: use
    prices: [{options: [first], %s}, {options: [second], %s}]
`, fees[0], fees[1], prices[0], prices[1]))
	return axisOf(t, b.NewUsage(), "use")
}

// Options that run side by side up to the largest count take no more work than
// others, also where the book writes the same price twice; and those that take
// turns with every block are followed as far as the work allows.
func TestParallelOptions(t *testing.T) {
	block := func(included int) string {
		return fmt.Sprintf(`package: {included: %d, block: 10000, blocks: started, price: "1000"}`, included)
	}
	for _, test := range []struct {
		name         string
		fees, prices [2]string
		points       int // at most so many
		complete     bool
	}{
		{"the same blocks", [2]string{"10", "11"}, [2]string{block(10_000), block(10_000)}, 0, true},
		{"a block more included, for more than it costs", [2]string{"0", "3500"}, [2]string{block(10_000), block(20_000)}, 0, true},
		{"a block more included, for much less than it costs", [2]string{"0", "10"}, [2]string{block(10_000), block(50_000)}, 1, true},
		{"a unit price that is lower", [2]string{"0", "1000"}, [2]string{`unit_price: "3"`, `unit_price: "1"`}, 1, true},
		{"blocks that begin elsewhere", [2]string{"0", "500"}, [2]string{block(10_000), block(15_000)}, maxWork, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := twoOptions(t, test.fees, test.prices)
			all := a.BreakEvens(0, MaxCount)
			if complete := all.ExactUpTo == MaxCount; complete != test.complete || len(all.Points) > test.points {
				t.Fatalf("%d points, exact up to %d", len(all.Points), all.ExactUpTo)
			}
			if test.complete {
				return
			}
			// They take turns: the one from 10,001 on, the other from 15,001 on,
			// and so forth.
			for i, b := range all.Points {
				if b.Quantity != 10_001+5000*int64(i) {
					t.Fatalf("point %d is at %d", i, b.Quantity)
				}
			}
			if end := all.Points[len(all.Points)-1].Quantity; len(all.Points) < 100 || all.ExactUpTo < end || all.ExactUpTo >= end+5000 {
				t.Errorf("%d points up to %d, exact up to %d", len(all.Points), end, all.ExactUpTo)
			}
			if next, upTo := a.NextBreakEven(); next == nil || next.Quantity != 10_001 || upTo != MaxCount {
				t.Errorf("next is %+v, exact up to %d", next, upTo)
			}
		})
	}
}

// Options that are less than a fen apart take turns by how their totals round.
func TestBreakEvensLessThanAFenApart(t *testing.T) {
	a := twoOptions(t, [2]string{"0.009", "0"}, [2]string{`unit_price: "0.001"`, `unit_price: "0.001"`})
	all := map[int64]atPoint{}
	for x := range int64(301) {
		all[x] = estimateAt(a.usage, a, x)
	}
	got, want := a.BreakEvens(0, 300), slowBreakEvens(a, all, 0, 300)
	if len(want) < 50 || got.ExactUpTo != 300 || !slices.EqualFunc(got.Points, want, sameBreakEven) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// An axis keeps a copy of its usage and is read-only: it can be asked from
// several goroutines, and is not changed by what becomes of the usage.
func TestAxisIsItsOwnAtOnce(t *testing.T) {
	u := usageOf(t, embeddedBook(t, "aliyun-multimodal", "2026-07-01"), `{"workloads": [{"rounds": 90000, "asr": "standard"}], "months": 3}`)
	rows, _ := u.book.Input("workloads")
	a := rowAxis(u, rows, 0, rows.field("rounds"))
	if a.Present() != 90_000 || a.Input() != &rows.Fields[rows.field("rounds")] {
		t.Fatalf("the axis is of %s at %d", a.Input().ID, a.Present())
	}
	want := fmt.Sprint(a.BreakEvens(0, MaxCount), a.Headroom(), a.Budget(decimal.NewFromInt(500)))
	u.Rows(rows)[0][rows.field("rounds")] = 7
	u.values[monthsPosition] = 36
	var done sync.WaitGroup
	for range 4 {
		done.Go(func() {
			if got := fmt.Sprint(a.BreakEvens(0, MaxCount), a.Headroom(), a.Budget(decimal.NewFromInt(500))); got != want {
				t.Errorf("%s, want %s", got, want)
			}
			a.Curve(0, 200_000, 20)
		})
	}
	done.Wait()
}

// rowAxis returns the axis of a field in a row.
func rowAxis(u *Usage, rows *Input, row, field int) *Axis {
	return u.Axes(context.Background()).Of(Variable{in: &rows.Fields[field], rows: rows, row: row, field: field})
}

// allAxes returns the axes of all counts, those of every row too, which share
// what they have in common.
func allAxes(u *Usage) []*Axis {
	var all []*Axis
	axes := u.Axes(context.Background())
	for _, v := range u.Variables() {
		all = append(all, axes.Of(v))
	}
	return all
}

// The share of a count is what the bill is less without it.
func TestShareOfTheBill(t *testing.T) {
	onRandomAxes(t, 100, func(_ *rand.Rand, u *Usage, a *Axis) error {
		now, without := estimateAt(u, a, a.present), estimateAt(u, a, a.input.Minimum)
		var want decimal.Decimal
		if now.best != nil && without.best != nil {
			want = now.totals[now.best].Sub(without.totals[without.best])
		}
		same := maps.EqualFunc(now.totals, without.totals, decimal.Decimal.Equal)
		if share, matters := a.Share(); !share.Equal(want) || matters == same {
			return fmt.Errorf("the share is %v, %v; want %v, %v", share, matters, want, !same)
		}
		return nil
	})
}
