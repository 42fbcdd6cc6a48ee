package pricing

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Growth is a rate of growth per month, in per cent. The zero Growth is none.
type Growth struct{ percent decimal.Decimal }

// The bounds of a growth per month, in per cent, and the most decimals it has.
const (
	MinGrowth      = -100
	MaxGrowth      = 1000
	GrowthDecimals = 3
)

// ParseGrowth reads a growth per month in per cent: plain ASCII digits, with a
// minus sign in front if it shrinks, and behind a point up to three decimals
// ("2.5" is 25 per mille), from -100 to 1000.
//
// The error is an [InputError] without input: its Code is [CodeNotANumber] for
// what is not written so, [CodeOutOfRange] for what is out of the range.
func ParseGrowth(text string) (Growth, error) {
	digits, negative := strings.CutPrefix(text, "-")
	percent, ok := parsePrice(digits)
	if negative {
		percent = percent.Neg()
	}
	switch {
	case !ok || percent.Exponent() < -GrowthDecimals:
		return Growth{}, &InputError{Code: CodeNotANumber, Message: Text{
			EN: "Enter the growth per month in per cent, with up to three decimals, such as 2.5 or -1.",
			ZH: "请填每月增长的百分比，最多三位小数，例如 2.5 或 -1。",
		}}
	case percent.LessThan(decimal.NewFromInt(MinGrowth)) || percent.GreaterThan(decimal.NewFromInt(MaxGrowth)):
		return Growth{}, &InputError{Code: CodeOutOfRange, Message: Text{
			EN: "Enter a growth from -100 to 1,000 per cent a month.",
			ZH: "请填 -100 到 1,000 之间的每月增长百分比。",
		}}
	}
	return Growth{percent}, nil
}

// Percent returns the growth in per cent.
func (g Growth) Percent() decimal.Decimal { return g.percent }

// Quantities returns a quantity of an input for each of some months: the first
// is the start, and each next one is larger by the growth. The growth is
// compounded on the exact value; what is returned is that value rounded to a
// whole number, half up, and kept within the input's minimum and maximum.
func (g Growth) Quantities(in *Input, start int64, months int) []int64 {
	factor := g.percent.Add(decimal.NewFromInt(100)).Shift(-2)
	low, high := decimal.NewFromInt(in.Minimum), decimal.NewFromInt(in.Maximum)
	value := decimal.NewFromInt(start)
	quantities := make([]int64, months)
	for m := range quantities {
		quantities[m] = decimal.Max(low, decimal.Min(high, value.Round(0))).IntPart()
		value = value.Mul(factor)
	}
	return quantities
}
