package views

import (
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// dated writes the day of a price book, and how long ago that is on the day of the
// visit, once it is over a year.
func (v *Visit) dated(book string, l pricing.Lang) string {
	written, old := day(book, l), age(book, v.Today, l)
	switch {
	case old == "":
		return written
	case l == pricing.Chinese:
		return written + "（" + old + "）"
	default:
		return written + " (" + old + ")"
	}
}

// age says how old the prices of a book are on a day: nothing up to a year, months
// up to two years, and whole years from then on.
func age(book, today string, l pricing.Lang) string {
	months := quotes.AgeOfPrices(book, today)
	if months == 0 {
		return ""
	}
	w := wordsIn(l)
	if months < 24 {
		return wording.Fill(w.MonthsOld, strconv.Itoa(months))
	}
	return wording.Fill(w.YearsOld, strconv.Itoa(months/12))
}
