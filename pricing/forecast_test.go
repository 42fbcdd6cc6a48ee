package pricing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// With the same usage in every month, keeping an option costs what its estimate
// for that many months does, to the fen, and the best course costs no more than
// any of them.
func TestForecastOfTheSameUsageIsTheEstimate(t *testing.T) {
	checkOnBooks(t, func(t *rapid.T, _ *bookFile, u *Usage, _ []int64) {
		if len(u.book.Inputs) > 50 && rapid.IntRange(0, 2).Draw(t, "left out") > 0 {
			return // large books take long
		}
		months := slices.Repeat([]*Usage{u}, int(u.Months()))
		f, err := u.book.Forecast(context.Background(), months)
		if err != nil {
			t.Fatal(err)
		}
		if err := sameAsEstimate(f, u.Estimate()); err != nil {
			t.Fatal(err)
		}
	})
}

func sameAsEstimate(f *Forecast, e *Estimate) error {
	for i := range f.Stays {
		s, o := &f.Stays[i], e.Option(f.Stays[i].Option.ID)
		switch {
		case (s.Course != nil) != o.Feasible:
			return fmt.Errorf("%s: %v\n%s", o.Option.ID, s.Course, billText(e))
		case s.Course == nil:
			continue
		}
		if !s.Course.Total.Equal(o.Total) || !s.Course.Prepaid.Equal(o.Prepaid) || !s.Course.Postpaid.Equal(o.Postpaid) ||
			!s.Course.ExactTotal().Equal(o.ExactTotal()) || s.Course.Complete != o.Complete {
			return fmt.Errorf("%s:\n%s\n%s", o.Option.ID, courseText(s.Course), billText(e))
		}
		if err := checkCourse(s.Course); err != nil {
			return fmt.Errorf("%s: %w", o.Option.ID, err)
		}
		if f.Best.Total.GreaterThan(s.Course.Total) {
			return fmt.Errorf("the best course costs %v, staying with %s %v", f.Best.Total, o.Option.ID, s.Course.Total)
		}
	}
	if (f.Best == nil) != (e.Recommended() == nil) {
		return fmt.Errorf("best %v\n%s", f.Best, billText(e))
	}
	if f.Best != nil {
		return checkCourse(f.Best)
	}
	return nil
}

// The same of random pools, whose plans are those of the whole horizon.
func TestForecastOfAPoolIsTheEstimate(t *testing.T) {
	t.Parallel()
	randomly(t, 300, func(r *rand.Rand) error {
		p := randomPool(r)
		b, err := DecodeBook("pool.yaml", []byte(p.yaml()))
		if err != nil {
			return nil // packs that the cheapest purchase cannot be found for
		}
		u := b.NewUsage()
		for i := range b.Inputs {
			u.values[i] = between(r, b.Inputs[i].Minimum, min(b.Inputs[i].Maximum, 9))
		}
		f, err := b.Forecast(context.Background(), slices.Repeat([]*Usage{u}, int(u.Months())))
		if err != nil {
			return err
		}
		if err := sameAsEstimate(f, u.Estimate()); err != nil {
			return fmt.Errorf("%w\n%v\n%s", err, u.values, p.yaml())
		}
		return nil
	})
}

// A search that must drop ways says so, and still gives a course that can be had
// and is no dearer than keeping an option.
func TestForecastSaysWhatIsNotExact(t *testing.T) {
	t.Parallel()
	dropped := 0
	randomly(t, 40, func(r *rand.Rand) error {
		f := randomForecast(r)
		b, err := DecodeBook("forecast.yaml", []byte(f.yaml()))
		if err != nil {
			return err
		}
		months := f.usages(b, f.randomMonths(r, 5))
		rules := f.rules(b)
		exact, err := b.forecast(context.Background(), months, rules)
		if err != nil {
			return err
		}
		rules.narrow, rules.limit = 1, 1
		got, err := b.forecast(context.Background(), months, rules)
		if err != nil {
			return err
		}
		if !got.Exact {
			dropped++
		}
		switch {
		case got.Best == nil && (got.Exact && exact.Best != nil):
			return fmt.Errorf("no course, want\n%s", courseText(exact.Best))
		case got.Best == nil:
			return nil
		case got.Best.exact.Cmp(exact.Best.exact) < 0, got.Exact && got.Best.exact.Cmp(exact.Best.exact) != 0:
			return fmt.Errorf("exact %v:\n%s\nwant\n%s", got.Exact, courseText(got.Best), courseText(exact.Best))
		}
		return checkCourse(got.Best)
	})
	if dropped == 0 {
		t.Error("no search had to drop a way")
	}
}

// Easemob's RTC plan is one for the whole horizon: it is paid in the month without
// any minutes too, unless none of the months has any.
func TestForecastKeepsThePlanOfAPool(t *testing.T) {
	t.Parallel()
	b := embeddedBook(t, "easemob-im", "2026-03-23")
	in, _ := b.Input("rtc_standard_minutes")
	pause := slices.Repeat([]int64{1_500_000}, 12)
	pause[4] = 0
	for _, c := range []struct {
		quantities []int64
		want       string // amounts of the months and of the window, for Pro at 1,299
	}{
		// Twice 694,000 beyond the free plan. With the plan that has 400,000 a month
		// it would be 3 × 2,388 and packs for 608,000, which is 14,869; were that
		// plan dropped in the second month, less than this.
		{[]int64{704_000, 0, 704_000}, "1299 1299 1299 + 8710 = 12607.00"},
		// 8,399 for 1,500,000 a month.
		{pause, strings.Repeat("9698 ", 12) + "= 116376.00"},
		{[]int64{0, 0, 0}, "1299 1299 1299 = 3897.00"},
	} {
		f, err := b.Forecast(context.Background(), b.NewUsage().Each(in, c.quantities))
		if err != nil {
			t.Fatal(err)
		}
		var course *Course
		for _, s := range f.Stays {
			if s.Option.ID == "pro" {
				course = s.Course
			}
		}
		if err := checkCourse(course); err != nil {
			t.Fatal(err)
		}
		var parts []string
		for m := range course.Months {
			parts = append(parts, course.Months[m].Exact().String())
		}
		for i := range course.Windows {
			parts = append(parts, "+", course.Windows[i].Exact().String())
		}
		if len(parts) > 0 && parts[len(parts)-1] == "0" {
			parts = parts[:len(parts)-2] // a window in which only allowances are used
		}
		if got := strings.Join(parts, " ") + " = " + course.Total.StringFixed(2); got != c.want {
			t.Errorf("%v: %s, want %s\n%s", c.quantities, got, c.want, courseText(course))
		}
	}
}

// Calls of Tencent RTC that grow by 12 % a month: premium for a year, until it pays to take
// ultimate, with the year's discount where a plan is kept for a year, trial
// minutes in the first year only, and packs for each year.
func TestForecastOfGrowingCalls(t *testing.T) {
	t.Parallel()
	b := embeddedBook(t, "tencent-trtc", "2025-07-10")
	in, _ := b.Input("av_hd_minutes")
	g, err := ParseGrowth("12")
	if err != nil {
		t.Fatal(err)
	}
	u := usageOf(t, b, `{"trial_minutes": true}`)
	months := u.Each(in, g.Quantities(in, 90_000, 18))
	f, err := b.Forecast(context.Background(), months)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Exact || len(f.Months) != 18 || len(f.Stays) != len(b.Options) || len(f.Best.Months) != 18 {
		t.Fatalf("exact %v, %d months, %d stays", f.Exact, len(f.Months), len(f.Stays))
	}
	if err := checkCourse(f.Best); err != nil {
		t.Fatal(err)
	}
	granted := func(pools []PoolUse) (n int64) {
		for _, p := range pools {
			n += p.Granted.IntPart()
		}
		return n
	}
	// Month 1 alone has the trial minutes; month 2 does not.
	alone := func(m int, option string) *OptionEstimate { return f.Months[m].Alone().Option(option) }
	if first, second := granted(alone(0, "starter").Pools), granted(alone(1, "starter").Pools); first != 10_000 || second != 0 {
		t.Errorf("%d and %d minutes are granted in months 1 and 2", first, second)
	}
	if want := months[7].Count(in); f.Months[7].Alone().Usage.Count(in) != want || f.Months[7].Alone().Usage.Months() != 1 {
		t.Errorf("month 8 alone is %v", f.Months[7].Alone().Usage.values)
	}
	var starter *Course
	for _, s := range f.Stays {
		if s.Option.ID == "starter" {
			starter = s.Course
		}
	}
	if len(starter.Windows) != 2 || starter.Windows[0].First != 1 || starter.Windows[0].Last != 12 || starter.Windows[1].Last != 18 ||
		granted(starter.Windows[0].Pools) != 10_000 || granted(starter.Windows[1].Pools) != 0 {
		t.Errorf("windows of starter:\n%s", courseText(starter))
	}
	got := fmt.Sprint(f.Best.Changes, " ", f.Best.Months[0].Option.ID, " ", f.Best.Months[17].Option.ID, " ", f.Best.Months[0].Term, " ", f.Best.Months[17].Term, " ", f.Best.Total.StringFixed(2))
	// 12 × 1,500 and 6 × 6,250; beyond the allowances 4,137,888 minutes, in a pack of
	// 4,138 thousand at 5.63, and 2,981,978, for which the pack of 3,000 is cheaper.
	if want := "[13] premium ultimate 12 6 95680.94"; got != want {
		t.Errorf("the best is %s, want %s\n%s", got, want, courseText(f.Best))
	}
	for _, p := range f.Best.Windows[1].Purchases {
		if p.Window != 2 {
			t.Errorf("a purchase of window %d in the second", p.Window)
		}
	}
}

// Committed spend covers a month without usage, but not a window without.
func TestForecastWithMonthsOfNoUsage(t *testing.T) {
	t.Parallel()
	b := embeddedBook(t, "aliyun-multimodal", "2026-07-01")
	none, some := b.NewUsage(), usageOf(t, b, `{"workloads": [{"rounds": 100000, "dialogue": "casual"}]}`)
	savings := func(months []*Usage) Stay {
		f, err := b.Forecast(context.Background(), months)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Stays {
			if s.Option.ID == "savings_plan" {
				return s
			}
		}
		t.Fatal("no savings_plan")
		return Stay{}
	}
	if s := savings([]*Usage{none, some, none}); s.Course == nil || len(s.Unserved) > 0 {
		t.Errorf("a month of usage among three: %+v", s)
	}
	if s := savings(slices.Concat(slices.Repeat([]*Usage{some}, 12), []*Usage{none})); s.Course != nil {
		t.Errorf("a window without usage: %s", courseText(s.Course))
	}
}

func TestForecastRefusesWhatIsNoHorizon(t *testing.T) {
	t.Parallel()
	b := tencentIM(t)
	u, other := b.NewUsage(), fixtureBook(t).NewUsage()
	for _, months := range [][]*Usage{nil, slices.Repeat([]*Usage{u}, 37), {u, other}} {
		if _, err := b.Forecast(context.Background(), months); err == nil {
			t.Errorf("%d months are taken", len(months))
		}
	}
	f, err := b.Forecast(context.Background(), []*Usage{usageOf(t, b, `{"users": 101}`), usageOf(t, b, `{"friends_per_user": 4000}`)})
	if err != nil || f.Best != nil || !slices.Equal(f.Stays[0].Unserved, []int{1, 2}) || !slices.Equal(f.Stays[1].Unserved, []int{2}) {
		t.Errorf("%v, %v, %+v", err, f.Best, f.Stays)
	}
}
