package numbers

import (
	"strings"

	"github.com/shopspring/decimal"
)

// separators may stand between groups of digits. Blanks may too, and are gone by
// then.
const separators = ",_'"

// words multiply the number in front of them by a power of ten. Those of one
// letter are none where such a letter is a unit.
var words = []struct {
	word  string
	zeros int32
}{
	{"billion", 9}, {"million", 6}, {"thousand", 3}, {"bn", 9}, {"m", 6}, {"b", 9},
}

// places are the words of Chinese counting, which may stand inside a number
// ("1亿5千万"), from the largest; k and w are written like them ("1w5").
var places = []struct {
	word  string
	zeros int32
}{
	{"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}, {"十", 1},
}

const placeWords = "亿万千百十"

// chineseDigits are the digits of Chinese, each at its value.
const chineseDigits = "零一二三四五六七八九"

// numeral reads a number without unit. Letters says whether k, m and b multiply.
func (r *reader) numeral(s string) (decimal.Decimal, bool) {
	for _, w := range words {
		if before, ok := strings.CutSuffix(s, w.word); ok && (r.measure.letters || len(w.word) > 2) {
			v, ok := r.digits(before, true)
			return v.Shift(w.zeros), ok
		}
	}
	if strings.ContainsAny(s, "kw") {
		if strings.ContainsAny(s, placeWords+chineseDigits+"两") || strings.Contains(s, "kw") || strings.Contains(s, "k") && !r.measure.letters {
			return decimal.Decimal{}, false // 5 kW is no 5 k, and no 5千万
		}
		s = strings.NewReplacer("k", "千", "w", "万").Replace(s)
	}
	return r.counted(s, 9, true)
}

// counted reads a number as Chinese counts, with places below a power of ten.
// Behind a place stands a number that is written with a lower one ("8万5千"), has
// as many digits as the place has zeros ("8万5000"), comes after a nought
// ("一百零五"), or is a single digit of the next lower place ("8万5" is 85,000), if
// it ends the number. Anything else might be read in two ways.
func (r *reader) counted(s string, below int32, ends bool) (decimal.Decimal, bool) {
	for _, p := range places {
		i := strings.LastIndex(s, p.word)
		if i < 0 || p.zeros >= below {
			continue
		}
		left, right := s[:i], s[i+len(p.word):]
		head, ok := r.head(left, right, p.zeros)
		if !ok {
			return decimal.Decimal{}, false
		}
		tail, ok := r.tail(right, p.zeros, ends && !strings.ContainsAny(left, placeWords))
		return head.Shift(p.zeros).Add(tail), ok
	}
	return r.digits(s, below < 9)
}

// head reads the number in front of a place. It has decimals only where nothing
// stands behind the place.
func (r *reader) head(left, right string, zeros int32) (decimal.Decimal, bool) {
	switch {
	case left == "":
		return decimal.NewFromInt(1), zeros == 1 // 十五; but 百 needs its 一
	case right != "" && strings.Contains(left, "."):
		return decimal.Decimal{}, false
	case zeros >= 4:
		return r.counted(left, zeros, false)
	default:
		return r.digits(left, true)
	}
}

// tail reads the number behind a place.
func (r *reader) tail(s string, zeros int32, next bool) (decimal.Decimal, bool) {
	if s == "" {
		return decimal.Decimal{}, true
	}
	if strings.Contains(s, ".") {
		return decimal.Decimal{}, false
	}
	if after, ok := strings.CutPrefix(s, "零"); ok && after != "" {
		v, ok := r.counted(after, zeros, false)
		return v, ok && v.LessThan(decimal.New(1, zeros-1)) && !strings.HasPrefix(after, "零")
	}
	if strings.ContainsAny(s, placeWords) {
		v, ok := r.counted(s, zeros, next)
		return v, ok && v.LessThan(decimal.New(1, zeros))
	}
	v, ok := r.digits(s, true)
	switch digits := int32(len(ungrouped(s))); {
	case digits == 1 || isChineseDigit(s):
		return v.Shift(zeros - 1), ok && (next || zeros == 1)
	default:
		return v, ok && digits == zeros
	}
}

func isChineseDigit(s string) bool {
	return len(s) == len("一") && strings.Contains(chineseDigits+"两", s)
}

// digits reads plain digits, in groups and with decimals if need be, or one digit
// of Chinese. Behind it may stand a word that multiplies it.
func (r *reader) digits(s string, word bool) (decimal.Decimal, bool) {
	if isChineseDigit(s) {
		if s == "两" {
			s = "二"
		}
		return decimal.NewFromInt(int64(strings.Index(chineseDigits, s) / len("一"))), true
	}
	whole, fraction, point := strings.Cut(s, ".")
	digits, ok := ungroup(whole)
	if !ok || point && (fraction == "" || !allDigits(fraction)) || point && digits == whole && r.mayBeGroups(whole, fraction, word) {
		return decimal.Decimal{}, false
	}
	return plain(digits, fraction), true
}

// plain returns the number with some digits before the point and behind it.
func plain(whole, fraction string) decimal.Decimal {
	v, err := decimal.NewFromString(whole + fraction)
	if err != nil {
		return decimal.Decimal{} // there are digits only
	}
	return v.Shift(-int32(len(fraction)))
}

// mayBeGroups reports whether the point may part groups of three digits, as it
// does in many countries: "15.000". Nobody writes "1.234万" so, unless with a
// nought at the end; and where three decimals are what a field takes, it is only
// in doubt if the field takes the other number too.
func (r *reader) mayBeGroups(whole, fraction string, word bool) bool {
	whole = strings.TrimLeft(whole, "0")
	if len(fraction) != 3 || whole == "" || len(whole) > 3 || word && fraction[2] != '0' {
		return false
	}
	return r.field.Decimals < 3 || plain(whole+fraction, "").LessThanOrEqual(decimal.NewFromInt(r.field.Maximum))
}

// ungroup takes the separators out of a whole number. They must stand between
// groups of three, or of four as Chinese counts; a comma anywhere else, or behind
// a nought, may have been meant as a decimal point.
func ungroup(s string) (string, bool) {
	groups := strings.FieldsFunc(s, isSeparator)
	digits := strings.Join(groups, "")
	if digits == "" || !allDigits(digits) {
		return "", false
	}
	if len(groups) == 1 {
		return digits, digits == s
	}
	size := len(groups[len(groups)-1])
	if (size != 3 && size != 4) || len(groups[0]) > size || groups[0][0] == '0' || len(s)-len(digits) != len(groups)-1 {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != size {
			return "", false
		}
	}
	return digits, isDigit(s[0]) && isDigit(s[len(s)-1])
}

// ungrouped returns a number without what parts its groups, however it is parted.
func ungrouped(s string) string {
	return strings.Join(strings.FieldsFunc(s, isSeparator), "")
}

func isSeparator(r rune) bool { return strings.ContainsRune(separators, r) }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
