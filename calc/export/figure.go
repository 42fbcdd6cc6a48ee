package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
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
