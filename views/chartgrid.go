package views

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// scale places exact amounts on a grid of tenths of a pixel: low at start, high at
// the end, width further. With that of counts it is the only arithmetic of a
// drawing.
type scale struct {
	low, span, width decimal.Decimal
	start            int64
}

func newScale(low, high decimal.Decimal, start, end int64) scale {
	return scale{low, high.Sub(low), decimal.NewFromInt(end - start), start}
}

// at returns the place of an amount, rounded to the grid.
func (s *scale) at(d decimal.Decimal) int64 {
	if !s.span.IsPositive() {
		return s.start
	}
	return s.start + d.Sub(s.low).Mul(s.width).DivRound(s.span, 0).IntPart()
}

// countScale is the same for counts, from left to right. A count is at most
// [pricing.MaxCount] and a drawing some thousand pixels wide, so that twice their
// product is far from the end of 64 bits.
type countScale struct{ low, high, start, end int64 }

// at returns the place of a count that is no lower than the lowest, rounded to the
// grid.
func (s *countScale) at(n int64) int64 {
	span := s.high - s.low
	if span <= 0 {
		return s.start
	}
	return s.start + (2*(n-s.low)*(s.end-s.start)+span)/(2*span)
}

// px writes a place on the grid in pixels: 1234 is "123.4".
func px(tenths int64) string {
	s := strconv.FormatInt(tenths/10, 10)
	if tenths < 0 && tenths > -10 {
		s = "-0"
	}
	if last := tenths % 10; last != 0 {
		s += "." + strconv.FormatInt(max(last, -last), 10)
	}
	return s
}

// niceTicks returns the round numbers from low to high, at a distance of 1, 2 or
// 5 times a power of ten, that are about so many.
func niceTicks(low, high decimal.Decimal, about int64, whole bool) []decimal.Decimal {
	span := high.Sub(low)
	if !span.IsPositive() {
		return []decimal.Decimal{low}
	}
	step := decimal.New(1, -6)
	if whole {
		step = decimal.New(1, 0)
	}
	most := decimal.NewFromInt(about)
	for i := 0; step.Mul(most).LessThan(span); i++ {
		if i%3 == 1 { // 1, 2, 5, 10
			step = step.Mul(decimal.New(25, -1))
		} else {
			step = step.Mul(decimal.New(2, 0))
		}
	}
	quotient, rest := low.QuoRem(step, 0)
	if rest.IsPositive() {
		quotient = quotient.Add(decimal.New(1, 0))
	}
	var ticks []decimal.Decimal
	for at := quotient.Mul(step); at.LessThanOrEqual(high); at = at.Add(step) {
		ticks = append(ticks, at)
	}
	return ticks
}

// shortNumber writes a number as a tick of an axis says it: "15k", "1.5 万".
func shortNumber(d decimal.Decimal, l pricing.Lang) string {
	units := []struct {
		zeros int32
		word  string
	}{{9, "B"}, {6, "M"}, {3, "k"}}
	if l == pricing.Chinese {
		units = units[:2]
		units[0].zeros, units[0].word = 8, " 亿"
		units[1].zeros, units[1].word = 4, " 万"
	}
	for _, u := range units {
		if d.Abs().GreaterThanOrEqual(decimal.New(1, u.zeros)) {
			return pricing.Grouped(trimmed(d.Shift(-u.zeros))) + u.word
		}
	}
	return pricing.Grouped(trimmed(d))
}

// trimmed writes a decimal without zeros at its end.
func trimmed(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// textWidth estimates the width of text in pixels: a Chinese character is as
// wide as the type is high, any other a little more than half of that.
func textWidth(s string, size int64) int64 {
	tenths := int64(0)
	for _, r := range s {
		switch {
		case r >= 0x2e80:
			tenths += 10 * size
		case strings.ContainsRune("iljtfI.,:;'|·- ", r):
			tenths += 3 * size
		default:
			tenths += 6 * size
		}
	}
	return tenths / 10
}
