package pricing

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// MaxCount is the largest count that an input can have, 10¹²
// (pricing rules, section 0).
const MaxCount = 1_000_000_000_000

// countFault says what is wrong with the text of a count.
type countFault int

const (
	countOK countFault = iota
	countNotNumber
	countNotWhole
	countOutOfRange
)

// ParseCount reads a count as the API writes it: plain ASCII digits without
// sign, grouping or leading zeros, from 0 to [MaxCount]. It is the only way
// from text to a quantity. Its cost does not grow with the value of an
// exponent, and grows with the length of the text by a scan only.
//
// The error is an [InputError] without input and message: its Code is
// [CodeNotANumber] for what is no JSON number (and for -0), [CodeNotWhole] for
// a number written with a fraction or an exponent, [CodeOutOfRange] for a
// negative number or one over [MaxCount].
func ParseCount(text string) (int64, error) {
	n, fault := parseCount(text)
	switch fault {
	case countNotNumber:
		return 0, &InputError{Code: CodeNotANumber}
	case countNotWhole:
		return 0, &InputError{Code: CodeNotWhole}
	case countOutOfRange:
		return 0, &InputError{Code: CodeOutOfRange}
	}
	return n, nil
}

func parseCount(text string) (int64, countFault) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, rest := cutDigits(digits)
	if whole == "" || (len(whole) > 1 && whole[0] == '0') {
		return 0, countNotNumber
	}
	if rest != "" {
		if !fractionOrExponent(rest) {
			return 0, countNotNumber
		}
		return 0, countNotWhole
	}
	if negative {
		if whole == "0" {
			return 0, countNotNumber
		}
		return 0, countOutOfRange
	}
	const maxDigits = len("1000000000000")
	if len(whole) > maxDigits {
		return 0, countOutOfRange
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, countNotNumber
	}
	if n > MaxCount {
		return 0, countOutOfRange
	}
	return n, countOK
}

// cutDigits splits s after its leading ASCII digits.
func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// fractionOrExponent reports whether s is the rest of a JSON number behind its
// whole part: a fraction, an exponent, or both.
func fractionOrExponent(s string) bool {
	if after, ok := strings.CutPrefix(s, "."); ok {
		digits, rest := cutDigits(after)
		if digits == "" {
			return false
		}
		s = rest
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	digits, rest := cutDigits(s)
	return digits != "" && rest == ""
}

// maxPriceText bounds the text of a price in a book: 12 digits, a point, and
// 6 decimals are more than any price list uses.
const maxPriceText = 19

// parsePrice reads a price as a book writes it: digits, and if need be a point
// and decimals. No sign, no exponent, no grouping.
func parsePrice(text string) (decimal.Decimal, bool) {
	if len(text) > maxPriceText {
		return decimal.Decimal{}, false
	}
	whole, rest := cutDigits(text)
	if whole == "" || (len(whole) > 1 && whole[0] == '0') {
		return decimal.Decimal{}, false
	}
	if rest != "" {
		if digits, end := cutDigits(strings.TrimPrefix(rest, ".")); rest[0] != '.' || digits == "" || end != "" {
			return decimal.Decimal{}, false
		}
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

// fen is the number of decimals of a rounded amount of money.
const fen = 2

var oneFen, halfFen = decimal.New(1, -fen), decimal.New(5, -fen-1)

// roundMoney rounds an amount to the fen, half up: ⌊100 × amount + ½⌋ ÷ 100.
// Totals are rounded here and nowhere else (pricing rules, section 0).
func roundMoney(d decimal.Decimal) decimal.Decimal {
	if d.IsNegative() { // which the library rounds half away from zero
		return d.Add(halfFen).RoundFloor(fen)
	}
	return d.Round(fen)
}

// divideRounded divides an amount by a positive number and rounds the quotient
// to the fen, half up. It is the only division of money.
func divideRounded(d, by decimal.Decimal) decimal.Decimal {
	if !d.IsNegative() {
		return d.DivRound(by, fen)
	}
	quotient, rest := d.QuoRem(by, fen) // towards zero, which is up
	if rest.Add(by.Mul(halfFen)).IsNegative() {
		quotient = quotient.Sub(oneFen)
	}
	return quotient
}

// AppendGrouped appends a plain decimal number ("1234567.5") with its whole
// part in groups of three ("1,234,567.5").
func AppendGrouped(dst []byte, plain string) []byte {
	if strings.HasPrefix(plain, "-") {
		dst, plain = append(dst, "−"...), plain[1:]
	}
	whole, rest := cutDigits(plain)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, whole[i])
	}
	return append(dst, rest...)
}

// Grouped returns a plain decimal number with its whole part in groups of
// three, as people read it in both languages: "1234567.5" is "1,234,567.5".
func Grouped(plain string) string {
	return string(AppendGrouped(make([]byte, 0, len(plain)+len(plain)/3+2), plain))
}

func pow10(n int32) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// zerosOf returns how many zeros a power of ten has.
func zerosOf(n int64) (zeros int32) {
	for ; n > 1; n /= 10 {
		zeros++
	}
	return zeros
}
