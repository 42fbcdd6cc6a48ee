package pricing

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// everyCourse calls f with every course over some months, in the order of the
// options.
func everyCourse(options, months int, f func(course []int)) {
	course := make([]int, months)
	var month func(m int)
	month = func(m int) {
		if m == months {
			f(course)
			return
		}
		for course[m] = range options {
			month(m + 1)
		}
	}
	month(0)
}

func (f *smallForecast) rules(b *Book) forecastRules {
	return forecastRules{year: f.year, narrow: f.narrow, limit: maxFrontier, follow: func(from, to *Option) bool {
		at := func(o *Option) int { return slices.IndexFunc(b.Options, func(p Option) bool { return p.ID == o.ID }) }
		return f.follow[at(from)][at(to)]
	}}
}

// The best course costs what the cheapest of all courses does by a second
// reading of the rules, and of those as cheap it has the fewest changes; and so
// does the course that keeps an option.
func TestForecastIsAsCheapAsAnyCourse(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	randomly(t, 300, func(r *rand.Rand) error {
		f := randomForecast(r)
		text := f.yaml()
		b, err := DecodeBook("forecast.yaml", []byte(text))
		if err != nil {
			return fmt.Errorf("%w\n%s", err, text)
		}
		for range 3 {
			months := f.randomMonths(r, int(between(r, 1, 5)))
			if err := checkForecast(f, b, months, seen); err != nil {
				return fmt.Errorf("%w\n%+v\n%v\n%s", err, months, f.follow, text)
			}
		}
		return nil
	})
	for _, what := range []string{"none", "changes", "stays", "term", "once", "offer", "commitment", "credit", "devices", "plan", "rounded", "year"} {
		if seen[what] < 10 {
			t.Errorf("only %d of the forecasts have %s: %v", seen[what], what, seen)
		}
	}
}

func checkForecast(f *smallForecast, b *Book, months []slowMonth, seen map[string]int) error {
	got, err := b.forecast(context.Background(), f.usages(b, months), f.rules(b))
	if err != nil {
		return err
	}
	var best *big.Rat
	var course []int
	least := 0
	stays := make([]*big.Rat, f.options)
	everyCourse(f.options, len(months), func(c []int) {
		changes := 0
		for m := 1; m < len(c); m++ {
			if c[m] != c[m-1] {
				changes++
				if !f.follow[c[m-1]][c[m]] {
					return
				}
			}
		}
		cost := f.slowCourse(months, c)
		if cost == nil {
			return
		}
		if changes == 0 {
			stays[c[0]] = cost
		}
		if best == nil || cost.Cmp(best) < 0 || (cost.Cmp(best) == 0 && changes < least) {
			best, course, least = cost, slices.Clone(c), changes
		}
	})
	for o, want := range stays {
		if err := sameCost(got.Stays[o].Course, want); err != nil {
			return fmt.Errorf("staying with option %d: %w", o, err)
		}
	}
	if !got.Exact {
		return fmt.Errorf("it is not exact")
	}
	if best == nil {
		seen["none"]++
		return sameCost(got.Best, nil)
	}
	if got.Best == nil {
		return fmt.Errorf("no course, want %v for %v fen", course, best.FloatString(6))
	}
	if staying := len(got.Best.Changes) == 0 && best.Cmp(big.NewRat(0, 1)) >= 0; staying {
		seen["stays"]++
		// It can be the one that is cheaper once rounded.
		if own := stays[slices.IndexFunc(b.Options, func(o Option) bool { return o.ID == got.Best.Months[0].Option.ID })]; own.Cmp(best) != 0 {
			seen["rounded course"]++
			return nil
		}
	}
	if err := sameCost(got.Best, best); err != nil {
		return fmt.Errorf("%v: %w", course, err)
	}
	if len(got.Best.Changes) != least {
		return fmt.Errorf("%d changes, want %d: %v", len(got.Best.Changes), least, course)
	}
	look(got.Best, f, seen)
	return checkCourse(got.Best)
}

// sameCost compares what a course costs before rounding with an amount in fen.
func sameCost(c *Course, want *big.Rat) error {
	switch {
	case c == nil && want == nil:
		return nil
	case c == nil:
		return fmt.Errorf("no course, want one for %s fen", want.FloatString(6))
	case want == nil:
		return fmt.Errorf("a course for %s, want none", c.exact.FloatString(6))
	}
	if fen := new(big.Rat).Mul(c.exact, big.NewRat(100, 1)); fen.Cmp(want) != 0 {
		return fmt.Errorf("it costs %s fen, want %s\n%s", fen.FloatString(6), want.FloatString(6), courseText(c))
	}
	return nil
}

// look counts what a course has.
func look(c *Course, f *smallForecast, seen map[string]int) {
	if len(c.Changes) > 0 {
		seen["changes"]++
	}
	line := func(l *Line) {
		for _, what := range []string{"commitment", "credit", "devices", "plan"} {
			if strings.HasSuffix(l.ID(), what) && (what != "plan" || l.ID() != "plan") {
				seen[what]++
			}
		}
	}
	bought := func(p Purchase) {
		if strings.HasSuffix(p.ID, "offer") {
			seen["offer"]++
		}
		for _, pool := range f.pools {
			if n := len(pool.packs) - 1; pool.packs[n].Once && p.ID == fmt.Sprintf("%spack%d", pool.input, n) {
				seen["once"]++
			}
		}
	}
	for i := range c.Months {
		m := &c.Months[i]
		if m.Term >= f.year {
			seen["term"]++
		}
		for j := range m.Lines {
			line(&m.Lines[j])
		}
		for _, p := range m.Purchases {
			bought(p)
		}
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		if w.First > 1 {
			seen["year"]++
		}
		for j := range w.Lines {
			line(&w.Lines[j])
		}
		for _, p := range w.Purchases {
			bought(p)
		}
	}
	if c.exact.Cmp(c.ExactTotal().Rat()) != 0 {
		seen["rounded"]++
	}
}

// checkCourse checks that what a course shows adds up.
func checkCourse(c *Course) error {
	half := new(big.Rat)
	parts := map[Settlement]*big.Rat{Prepaid: new(big.Rat), Postpaid: new(big.Rat)}
	section := func(what string, lines []Line, pools []PoolUse, amount string) error {
		sum := sumOf(lines)
		if got := slowRound(sum.Rat()); got != amount {
			return fmt.Errorf("%s: lines of %s, amount %s", what, got, amount)
		}
		for i := range lines {
			l := &lines[i]
			if l.Formula == "" || l.Amount.IsZero() {
				return fmt.Errorf("%s: a line %s of %v, %q", what, l.ID(), l.Amount, l.Formula)
			}
			parts[l.Settlement()].Add(parts[l.Settlement()], l.Amount.Rat())
		}
		return checkPoolUse(&OptionEstimate{Pools: pools})
	}
	for i := range c.Months {
		m := &c.Months[i]
		if err := section(fmt.Sprint("month ", i+1), m.Lines, m.Pools, m.Amount.StringFixed(2)); err != nil {
			return err
		}
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		if err := section(fmt.Sprint("window of month ", w.First), w.Lines, w.Pools, w.Amount.StringFixed(2)); err != nil {
			return err
		}
		half.Add(half, big.NewRat(int64(len(w.Lines)), 200))
	}
	for i := range c.Months {
		half.Add(half, big.NewRat(int64(len(c.Months[i].Lines)), 200))
	}
	whole := new(big.Rat).Add(parts[Prepaid], parts[Postpaid])
	for what, sums := range map[string][2]string{
		"total":    {c.Total.StringFixed(2), slowRound(whole)},
		"prepaid":  {c.Prepaid.StringFixed(2), slowRound(parts[Prepaid])},
		"postpaid": {c.Postpaid.StringFixed(2), slowRound(parts[Postpaid])},
	} {
		if sums[0] != sums[1] {
			return fmt.Errorf("%s is %s, want %s", what, sums[0], sums[1])
		}
	}
	if whole.Cmp(c.ExactTotal().Rat()) != 0 {
		return fmt.Errorf("the exact total is %v, the lines come to %s", c.ExactTotal(), whole.FloatString(6))
	}
	// Only overages are rounded, each by half a fen at the most.
	if off := whole.Sub(whole, c.exact); off.Abs(off).Cmp(half) > 0 {
		return fmt.Errorf("rounding makes a difference of %s", off.FloatString(6))
	}
	return nil
}

// courseText writes all there is to read in a course.
func courseText(c *Course) string {
	var b strings.Builder
	section := func(lines []Line, purchases []Purchase, amount string) {
		for i := range lines {
			fmt.Fprintf(&b, "  %-18s %-8s %14s  %s\n", lines[i].ID(), lines[i].Settlement(), lines[i].Amount, lines[i].Formula)
		}
		for _, p := range purchases {
			fmt.Fprintf(&b, "  bought %s, window %d: %d for %s\n", p.ID, p.Window, p.Quantity, p.Amount)
		}
		fmt.Fprintf(&b, "  %s\n", amount)
	}
	for i := range c.Months {
		m := &c.Months[i]
		fmt.Fprintf(&b, "month %d: %s, term %d\n", i+1, m.Option.ID, m.Term)
		section(m.Lines, m.Purchases, m.Amount.StringFixed(2))
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		fmt.Fprintf(&b, "months %d to %d\n", w.First, w.Last)
		section(w.Lines, w.Purchases, w.Amount.StringFixed(2))
	}
	fmt.Fprintf(&b, "changes %v, total %s, prepaid %s, postpaid %s\n", c.Changes, c.Total.StringFixed(2), c.Prepaid.StringFixed(2), c.Postpaid.StringFixed(2))
	return b.String()
}
