package quotes

import (
	"strings"
	"time"
)

// AgeOfPrices returns how many whole months ago the prices of a book came out, seen
// from a day, once that is over a year; before that it is 0.
func AgeOfPrices(book, today string) (months int) {
	date, _, _ := strings.Cut(book, "r")
	from, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	now, err := time.Parse(time.DateOnly, today)
	if err != nil || !now.After(from.AddDate(1, 0, 0)) {
		return 0
	}
	months = 12*(now.Year()-from.Year()) + int(now.Month()-from.Month())
	if now.Day() < from.Day() {
		months--
	}
	return months
}
