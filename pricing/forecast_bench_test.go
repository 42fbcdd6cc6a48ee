package pricing

import (
	"context"
	"testing"
)

// grownUsage is a usage for each of some months: every count of the full usage
// of a book, growing by a per cent a month.
func grownUsage(b *Book, months int, percent string) []*Usage {
	g, err := ParseGrowth(percent)
	if err != nil {
		panic(err)
	}
	full := fullUsage(b)
	out := full.Each(&b.Inputs[monthsPosition], make([]int64, months))
	grow := func(in *Input, n int64) []int64 { return g.Quantities(in, n, months) }
	for i := range b.Inputs {
		in := &b.Inputs[i]
		switch in.Kind {
		case KindCount:
			for m, n := range grow(in, full.values[i]) {
				out[m].values[i] = n
			}
		case KindRows:
			for row := range full.rows[i] {
				for j := range in.Fields {
					if f := &in.Fields[j]; f.Kind == KindCount {
						for m, n := range grow(f, full.rows[i][row][j]) {
							out[m].rows[i][row][j] = n
						}
					}
				}
			}
		}
	}
	return out
}

// BenchmarkForecast forecasts 36 months in which everything grows, with the
// changes that the product allows and with all there can be.
func BenchmarkForecast(b *testing.B) {
	c, err := embeddedCatalog()
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range c.Products() {
		book := p.Newest()
		months := grownUsage(book, maxMonths, "8")
		for name, follow := range map[string]func(from, to *Option) bool{
			"allowed": book.CanFollow,
			"any":     func(_, _ *Option) bool { return true },
		} {
			b.Run(p.ID+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f, err := book.forecast(context.Background(), months, forecastRules{year: monthsOfYear, follow: follow, narrow: narrowFrontier, limit: maxFrontier})
					if err != nil || !f.Exact {
						b.Fatal(f.Exact, err)
					}
				}
			})
		}
	}
}
