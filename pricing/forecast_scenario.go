package pricing

import (
	"context"

	"github.com/shopspring/decimal"
)

// Scenario is one way that a driver may go, and the forecast of it.
type Scenario struct {
	// ID is low, expected or high, or entered for quantities that were stated
	// month by month.
	ID string
	// Growth is nil for quantities that were stated.
	Growth     *Growth
	Quantities []int64
	// Usages are those that the quantities come to, by months.
	Usages []*Usage
	// Forecast is nil until it is made by [Scenario.Run].
	Forecast *Forecast
}

// The scenarios that there are.
const (
	ScenarioLow      = "low"
	ScenarioExpected = "expected"
	ScenarioHigh     = "high"
	ScenarioEntered  = "entered"
)

// MaxForecastMonths is how many months a forecast can have.
const MaxForecastMonths = maxMonths

// Run makes the forecast of the scenario: that of its usages, which are of the
// book and whose number must be from 1 to [MaxForecastMonths]. The context ends
// the work, with its error.
func (s *Scenario) Run(ctx context.Context, b *Book) error {
	f, err := b.Forecast(ctx, s.Usages)
	s.Forecast = f
	return err
}

// Around returns a smaller and a larger growth beside an expected one: half and
// double of it, within the bounds of [ParseGrowth], rounded to three decimals,
// what shrinks as what grows: half of the last one away from zero. Of what
// shrinks the double is the smaller.
func (g Growth) Around() (low, high Growth) {
	half := Growth{g.percent.DivRound(decimal.NewFromInt(2), GrowthDecimals)}
	double := g.percent.Mul(decimal.NewFromInt(2))
	double = decimal.Max(decimal.NewFromInt(MinGrowth), decimal.Min(decimal.NewFromInt(MaxGrowth), double))
	if g.percent.IsNegative() {
		return Growth{double}, half
	}
	return half, Growth{double}
}

// OutOfOrder returns the fault of a low growth above the expected one, or of a
// high growth below it; its input is to be named by whoever asked.
func OutOfOrder() *InputError {
	return &InputError{Code: CodeOutOfRange, Message: Text{
		EN: "Low, expected and high are to go up, or be the same.",
		ZH: "低、预期、高三个增长率应依次不减。",
	}}
}

// Stretch is a run of months with one option.
type Stretch struct {
	Option *Option
	// First and Last are its months, from 1, both included.
	First, Last int
}

// Stretches returns the options of the course in the order in which they come.
func (c *Course) Stretches() []Stretch {
	var all []Stretch
	for m := range c.Months {
		if n := len(all); n > 0 && all[n-1].Option == c.Months[m].Option {
			all[n-1].Last = m + 1
			continue
		}
		all = append(all, Stretch{Option: c.Months[m].Option, First: m + 1, Last: m + 1})
	}
	return all
}

// Exact returns the sum of the month's lines, before any rounding.
func (m *CourseMonth) Exact() decimal.Decimal { return sumOf(m.Lines) }

// Exact returns the sum of the window's lines, before any rounding.
func (w *CourseWindow) Exact() decimal.Decimal { return sumOf(w.Lines) }

// Spread returns what each month comes to if what was bought for a window is
// taken in equal parts by its months, rounded to the fen: for a picture, not for
// a bill.
func (c *Course) Spread() []decimal.Decimal {
	months := make([]decimal.Decimal, len(c.Months))
	for m := range c.Months {
		months[m] = c.Months[m].Exact()
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		part := divideRounded(w.Exact(), decimal.NewFromInt(int64(w.Last-w.First+1)))
		for m := w.First - 1; m < w.Last; m++ {
			months[m] = months[m].Add(part)
		}
	}
	for m := range months {
		months[m] = roundMoney(months[m])
	}
	return months
}
