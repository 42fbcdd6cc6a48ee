package views

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// newForecastChart draws what each month costs: the cheapest sequence, and keeping
// each option that can serve every month. It is nil for a single month, or where
// there is no way to serve all.
func newForecastChart(s *pricing.Scenario, l pricing.Lang) *Chart {
	say, f := forecastWordsIn(l), s.Forecast
	months := len(f.Months)
	if f.Best == nil || months < 2 {
		return nil
	}
	best := f.Best.Spread()
	name := say.ChartBest
	if len(f.Best.Changes) == 0 {
		name = sequence(f.Best, l)
	}
	c := chartInput{
		ID: "forecast-" + s.ID, Title: say.ChartTitle, XTitle: say.ChartMonth, Lang: l,
		Desc: fmt.Sprintf(say.ChartHelp, months, sequence(f.Best, l)),
		From: 1, To: int64(months), XLabel: func(m int64) string { return strconv.FormatInt(m, 10) },
		// The answer is a column, half as wide as a page.
		Frames: []plotFrame{
			{class: "wide", width: 600, height: 300, size: 13, ticks: 12},
			{class: "narrow", width: 400, height: 330, size: 14, ticks: 5, letters: true},
		},
		Series: []chartSeries{{Name: name, Accent: true, Points: monthPoints(best)}},
	}
	for m := range int64(months) {
		c.XTicks = append(c.XTicks, m+1)
	}
	for i := range f.Stays {
		stay := &f.Stays[i]
		if stay.Course == nil || len(f.Best.Changes) == 0 && f.Best.Months[0].Option == stay.Option {
			continue
		}
		c.Series = append(c.Series, chartSeries{Name: fmt.Sprintf(say.Throughout, stay.Option.Name.In(l)), Points: monthPoints(stay.Course.Spread())})
	}
	for _, stretch := range f.Best.Stretches() {
		if !slices.Contains(f.Best.Changes, stretch.First) {
			continue
		}
		c.Marks = append(c.Marks, chartMark{
			X: int64(stretch.First), Y: &best[stretch.First-1],
			Label: fmt.Sprintf(say.ChartSwitch, stretch.First, stretch.Option.Name.In(l)), Short: stretch.Option.Name.In(l),
		})
	}
	return newChart(&c)
}

func monthPoints(amounts []decimal.Decimal) []chartPoint {
	points := make([]chartPoint, len(amounts))
	for m := range amounts {
		points[m] = chartPoint{X: int64(m + 1), Y: &amounts[m]}
	}
	return points
}
