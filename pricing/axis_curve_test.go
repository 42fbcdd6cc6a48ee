package pricing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func checkCurve(r *rand.Rand, a *Axis, all map[int64]atPoint, _ map[string]int) error {
	from := between(r, 0, a.input.Maximum)
	to := between(r, 0, a.input.Maximum+3)
	c := a.Curve(from, to, int(between(r, 0, 50)))
	from = max(from, a.input.Minimum)
	to = min(max(to, from), a.input.Maximum)
	if c.Quantities[0] != from || c.Quantities[len(c.Quantities)-1] != to || !slices.IsSorted(c.Quantities) ||
		len(slices.Compact(slices.Clone(c.Quantities))) != len(c.Quantities) {
		return fmt.Errorf("from %d to %d the curve has %v", from, to, c.Quantities)
	}
	if a.present >= from && a.present <= to && !slices.Contains(c.Quantities, a.present) {
		return fmt.Errorf("%d is not among %v", a.present, c.Quantities)
	}
	return checkTotals(a, c, all)
}

// checkTotals compares a curve with the estimates of its quantities.
func checkTotals(a *Axis, c *Curve, all map[int64]atPoint) error {
	for i, x := range c.Quantities {
		var best *Option
		if n := c.Recommended[i]; n >= 0 {
			best = c.Series[n].Option
		}
		if best != all[x].best {
			return fmt.Errorf("at %d %v is recommended, want %v", x, best, all[x].best)
		}
		for j := range c.Series {
			s := &c.Series[j]
			if s.Option != &a.usage.book.Options[j] {
				return fmt.Errorf("series %d is not of option %d", j, j)
			}
			want, ok := all[x].totals[s.Option]
			if got := s.Totals[i]; (got != nil) != ok || ok && !got.Equal(want) {
				return fmt.Errorf("at %d option %d is %v, want %v, %v", x, j, got, want, ok)
			}
		}
	}
	return nil
}

// On a curve of every quantity there is a step wherever an option begins or
// ceases to be feasible, and none where no total changes.
func checkCurveSteps(_ *rand.Rand, a *Axis, all map[int64]atPoint, seen map[string]int) error {
	c := a.Curve(0, MaxCount, maxPoints)
	if n := int64(len(c.Quantities)); n != a.input.Maximum-a.input.Minimum+1 {
		return fmt.Errorf("%d quantities", n)
	}
	for x := a.input.Minimum + 1; x <= a.input.Maximum; x++ {
		feasible, total := false, false
		for _, o := range a.options {
			below, before := all[x-1].totals[o.option]
			at, after := all[x].totals[o.option]
			feasible = feasible || before != after
			total = total || !below.Equal(at)
		}
		step := slices.Contains(c.Steps, x)
		if feasible && !step || step && !feasible && !total {
			return fmt.Errorf("at %d: step %v, feasible %v, total %v", x, step, feasible, total)
		}
		seen["step"] += int(yesNo(step))
	}
	return nil
}

func TestStepsAreWhereTheBookHasThem(t *testing.T) {
	for _, test := range []struct {
		product, book, usage, input string
		to                          int64
		want                        []int64
	}{
		// The trial plan ends, then a started block opens with every 10,000.
		{"tencent-im", "2020-10-30", `{}`, "dau", 40_000, []int64{101, 10_001, 20_001, 30_001}},
		// A full block is paid when it is used up.
		{"easemob-im", "2022-09-13", `{}`, "dau", 40_000, []int64{101, 20_000, 30_000, 40_000}},
		// Add-ons, and the end of what any plan serves. The trial keeps 7 days.
		{"tencent-im", "2020-10-30", `{}`, "history_days", 400, []int64{8, 31, 91, 181, 361}},
		// A waiver ends; below and above the curve is straight.
		{"tencent-trtc", "2025-07-10", `{}`, "relay_tencent_mbps", 300, []int64{100}},
		{"tencent-trtc", "2025-07-10", `{}`, "relay_third_party_mbps", 300, nil},
		// Too few devices are not sold at all.
		{"aliyun-multimodal", "2026-07-01", `{"workloads": [{"rounds": 1000}]}`, "devices", 300, []int64{1, 100}},
		// Pages are not recorded on two of the plans.
		{"tencent-trtc", "2025-07-10", `{}`, "record_page_hd_minutes", 100_000, []int64{1}},
		// Steps that are too many to draw are left out.
		{"tencent-im", "2020-10-30", `{}`, "dau", 100_000_000, []int64{101}},
	} {
		u := usageOf(t, embeddedBook(t, test.product, test.book), test.usage)
		c := axisOf(t, u, test.input).Curve(0, test.to, 200)
		if !slices.Equal(c.Steps, test.want) {
			t.Errorf("%s up to %d: steps at %v, want %v", test.input, test.to, c.Steps, test.want)
		}
		for _, x := range c.Steps {
			if !slices.Contains(c.Quantities, x-1) || !slices.Contains(c.Quantities, x) {
				t.Errorf("%s: the two sides of the step at %d are not on the curve", test.input, x)
			}
		}
	}
}

func axisOf(t testing.TB, u *Usage, id string) *Axis {
	t.Helper()
	in, ok := u.book.Input(id)
	if !ok {
		t.Fatalf("there is no input %s", id)
	}
	return u.Axes(context.Background()).Of(Variable{in: in})
}

func TestRangeReachesBeyondThePresentAndTheNextBreakEven(t *testing.T) {
	for _, test := range []struct {
		product, book, usage, input string
		want                        int64
	}{
		{"tencent-im", "2020-10-30", `{"dau": 15000}`, "dau", 20_000},
		{"tencent-im", "2020-10-30", `{}`, "dau", 150},           // 101 users are more than the trial serves
		{"tencent-im", "2020-10-30", `{}`, "live_days", 31},      // no more days in a month
		{"tencent-trtc", "2025-07-10", `{}`, "screenshots", 10},  // the first needs another plan
		{"inf-llm", "2024-12-01", `{}`, "peak_concurrency", 60},  // 49 are more than any level allows
		{"easemob-im", "2022-09-13", `{}`, "history_days", 10},   // 4 days
		{"aliyun-multimodal", "2026-07-01", `{}`, "devices", 10}, // one is too few to be sold
	} {
		from, to := axisOf(t, usageOf(t, embeddedBook(t, test.product, test.book), test.usage), test.input).Range()
		if from != 0 || to != test.want {
			t.Errorf("%s of %s: from %d to %d, want %d", test.input, test.usage, from, to, test.want)
		}
	}
}

func checkRange(_ *rand.Rand, a *Axis, _ map[int64]atPoint, _ map[string]int) error {
	from, to := a.Range()
	next, _ := a.NextBreakEven()
	if from != a.input.Minimum || to > a.input.Maximum || to <= from || a.present > to || next != nil && next.Quantity > to {
		return fmt.Errorf("from %d to %d, next %+v", from, to, next)
	}
	return nil
}
