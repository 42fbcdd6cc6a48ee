package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
)

// maxFigure bounds the text of a figure; the largest that the engine makes are
// a third of it.
const maxFigure = 100

// plain reports whether text is a decimal number without an exponent, a plus,
// or grouping: what documents write figures as.
func plain(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return len(text) <= maxFigure && digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// figure reads a figure of a document.
func figure(text string) (decimal.Decimal, error) {
	if !plain(text) {
		return decimal.Decimal{}, fmt.Errorf("%.40q is not a figure", text)
	}
	return decimal.NewFromString(text)
}

// cellNumber is the number that a cell of a workbook holds. The format, and
// every program that reads it, keeps numbers as binary floating point. This is
// the last moment: nothing is computed with it. The shortest text of the
// nearest float64, which is what the file then has, is the same decimal for up
// to 15 significant digits; a figure with more of them is rounded to what the
// format can hold. The other exports have it exactly.
func cellNumber(d decimal.Decimal) (float64, error) { return strconv.ParseFloat(d.String(), 64) }

// maxPer is the largest number of zeros of a "per 1,000,000" price.
const maxPer = 9

// factorOf returns what a line's quantity × unit price has to be multiplied
// with to give its amount: 1, the months of the term or its started years, and
// each of them over a power of ten where the price is for so many units. It
// reports false if the amount is made in another way, by packs, tiers or
// several prices, so that another quantity would not cost in proportion.
func factorOf(l *wire.Line, months int64) (decimal.Decimal, bool, error) {
	var figures [3]decimal.Decimal
	for i, text := range []string{l.Quantity, l.UnitPrice, l.Amount} {
		var err error
		if figures[i], err = figure(text); err != nil {
			return decimal.Decimal{}, false, fmt.Errorf("line %.40s: %w", l.ID, err)
		}
	}
	product, amount := figures[0].Mul(figures[1]), figures[2]
	if product.IsZero() {
		return decimal.Decimal{}, false, nil
	}
	const monthsOfYear = 12
	for per := range int32(maxPer + 1) {
		for _, times := range []int64{1, months, (months + monthsOfYear - 1) / monthsOfYear} {
			if factor := decimal.New(times, -per); product.Mul(factor).Equal(amount) {
				return factor, true, nil
			}
		}
	}
	return decimal.Decimal{}, false, nil
}
