package pricing

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestVariables: the counts of a usage with those of its rows, each changed by
// itself.
func TestVariables(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		u := fullUsage(p.Newest())
		var ids []string
		for _, v := range u.Variables() {
			if v.Input().Kind != KindCount {
				t.Errorf("%s is no count", v.ID())
			}
			ids = append(ids, v.ID())
			before := v.Of(u)
			months := v.Each(u, []int64{v.Input().Minimum, v.Input().Maximum})
			if v.Of(months[0]) != v.Input().Minimum || v.Of(months[1]) != v.Input().Maximum || v.Of(u) != before {
				t.Errorf("%s is %d, %d and %d", v.ID(), v.Of(months[0]), v.Of(months[1]), v.Of(u))
			}
			// Nothing else is another.
			back := v.Each(months[0], []int64{before})[0]
			if !slices.Equal(back.values, u.values) || !slices.EqualFunc(back.rows, u.rows, func(a, b []Row) bool {
				return slices.EqualFunc(a, b, func(x, y Row) bool { return slices.Equal(x, y) })
			}) {
				t.Errorf("%s changes something else", v.ID())
			}
			if rows, row := v.InRow(); (rows != nil) != strings.Contains(v.ID(), "[") || row < 0 {
				t.Errorf("%s is in row %d", v.ID(), row)
			}
		}
		if slices.Contains(ids, Months) || len(ids) == 0 {
			t.Errorf("%s: %v", p.ID, ids)
		}
	}
}

func TestGrowthAround(t *testing.T) {
	for expected, want := range map[string][2]string{
		"5": {"2.5", "10"}, "0": {"0", "0"}, "-4": {"-8", "-2"}, "-60": {"-100", "-30"}, "600": {"300", "1000"},
		"0.001": {"0.001", "0.002"}, "-0.001": {"-0.002", "-0.001"}, "0.125": {"0.063", "0.25"},
	} {
		g, err := ParseGrowth(expected)
		if err != nil {
			t.Fatal(err)
		}
		low, high := g.Around()
		if got := [2]string{low.Percent().String(), high.Percent().String()}; got != want {
			t.Errorf("around %s: %v, want %v", expected, got, want)
		}
	}
}

// TestCourseParts: the parts that a course is drawn by come to its total, but for
// their rounding, and its stretches are its months in order.
func TestCourseParts(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range c.Products() {
		example := p.Newest().Examples[0].Usage
		v := example.Variables()[0]
		g, err := ParseGrowth("3")
		if err != nil {
			t.Fatal(err)
		}
		f, err := p.Newest().Forecast(context.Background(), v.Each(example, g.Quantities(v.Input(), v.Of(example), 30)))
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		if f.Best == nil {
			continue // the example may be one that no option serves
		}
		seen++
		sum := f.Best.ExactTotal().Neg()
		for _, month := range f.Best.Spread() {
			sum = sum.Add(month)
		}
		if sum.Abs().GreaterThan(one) { // 30 months and 3 windows, each rounded to the fen
			t.Errorf("%s: the parts are %s off", p.ID, sum)
		}
		months := 0
		for i, s := range f.Best.Stretches() {
			if s.First != months+1 || s.Last < s.First || (i > 0) != slices.Contains(f.Best.Changes, s.First) {
				t.Errorf("%s: a stretch from %d to %d, changes %v", p.ID, s.First, s.Last, f.Best.Changes)
			}
			for m := s.First; m <= s.Last; m++ {
				if f.Best.Months[m-1].Option != s.Option {
					t.Errorf("%s: month %d", p.ID, m)
				}
			}
			months = s.Last
		}
		if months != 30 {
			t.Errorf("%s: the stretches end with month %d", p.ID, months)
		}
	}
	if seen < 3 {
		t.Errorf("only %d products have a course", seen)
	}
}
