package views

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// money writes an amount that was rounded to the fen: "¥2,999.00".
func money(d decimal.Decimal) string {
	return "¥" + pricing.Grouped(d.StringFixed(2))
}

// signed puts the sign of a difference before what its size is written as:
// "+¥12.00", "−¥3.00", "±¥0.00".
func signed(d decimal.Decimal, size string) string {
	switch {
	case d.IsPositive():
		return "+" + size
	case d.IsNegative():
		return "−" + size
	default:
		return "±" + size
	}
}

// signedMoney writes a difference of amounts that were rounded to the fen.
func signedMoney(d decimal.Decimal) string { return signed(d, money(d.Abs())) }

// aligned writes exact amounts with two decimals at least, all padded behind
// with figure spaces to the same number of decimals, so that the points stand
// below each other in a column that is set flush right.
func aligned(amounts []decimal.Decimal) []string {
	const figureSpace = "\u2007"
	texts, decimals := make([]string, len(amounts)), make([]int, len(amounts))
	most := 0
	for i, d := range amounts {
		s := d.String()
		_, fraction, _ := strings.Cut(s, ".")
		if len(fraction) < 2 {
			s = d.StringFixed(2)
			fraction = s[len(s)-2:]
		}
		texts[i], decimals[i] = "¥"+pricing.Grouped(s), len(fraction)
		most = max(most, decimals[i])
	}
	for i := range texts {
		texts[i] += strings.Repeat(figureSpace, most-decimals[i])
	}
	return texts
}

// plain writes a count without its unit.
func plain(n int64) string { return pricing.Grouped(strconv.FormatInt(n, 10)) }

// countWithUnit writes a count for its reader: "15,000 users a day",
// "15,000 人/天（1.5 万）".
func countWithUnit(n int64, unit pricing.Unit, l pricing.Lang) string { return unit.Counted(n).In(l) }

// day writes a date such as 2020-10-30, or a price book's id, as a day.
func day(id string, l pricing.Lang) string {
	date, revision, revised := strings.Cut(id, "r")
	if parts := strings.Split(date, "-"); len(parts) == 3 {
		month, _ := strconv.Atoi(parts[1])
		d, _ := strconv.Atoi(parts[2])
		if l == pricing.Chinese {
			date = fmt.Sprintf("%s 年 %d 月 %d 日", parts[0], month, d)
		} else if month >= 1 && month <= len(monthNames) {
			date = fmt.Sprintf("%d %s %s", d, monthNames[month-1], parts[0])
		}
	}
	if revised && l == pricing.Chinese {
		return date + "（第 " + revision + " 版）"
	} else if revised {
		return date + ", revision " + revision
	}
	return date
}

var monthNames = []string{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}

// term writes a number of months: "12 months", "12 个月".
func term(months int64, w *words) string {
	if months == 1 {
		return "1 " + w.Month
	}
	return strconv.FormatInt(months, 10) + " " + w.Months
}

// textsIn are texts in a language.
func textsIn(texts []pricing.Text, l pricing.Lang) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.In(l)
	}
	return out
}
