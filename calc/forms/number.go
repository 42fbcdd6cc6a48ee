package forms

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"suanpan/pricing"
)

// maxTyped bounds the text of a number that is looked at; nobody types more.
const maxTyped = 64

// suffixes are the words that multiply a number, by the power of ten they
// stand for. The longest that fits is taken first.
var suffixes = []struct {
	word  string
	zeros int
}{
	{"千万", 7}, {"百万", 6}, {"十万", 5}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"万亿", 12},
	{"billion", 9}, {"million", 6}, {"thousand", 3}, {"bn", 9},
	{"千", 3}, {"万", 4}, {"萬", 4}, {"亿", 8}, {"億", 8}, {"百", 2},
	{"k", 3}, {"w", 4}, {"m", 6}, {"b", 9},
}

// plainNumber turns a number as people type it into plain digits for
// [pricing.Usage.SetCount]: "15,000", "1.5万", "15k", "１５０００" and
// "15 000" are all "15000". The code is empty, or says what is wrong. All
// is done on the digits; nothing passes through a float.
func plainNumber(typed string) (digits string, code pricing.Code) {
	return scaledNumber(typed, 0)
}

// fieldNumber does the same for a field, behind whose number its own unit may
// stand, in either language, whole or without the time it is for: "15,000 users a
// day", "15,000 users", "1.5万人". Any other unit is refused: what was meant would
// be a guess.
func fieldNumber(typed string, unit pricing.Unit) (digits string, code pricing.Code) {
	digits, code = plainNumber(typed)
	if code != pricing.CodeNotANumber || len(typed) > maxTyped {
		return digits, code
	}
	text := folded(typed)
	for _, name := range unitNames(unit) {
		number, ok := strings.CutSuffix(text, folded(name))
		if !ok {
			continue
		}
		if digits, code := plainNumber(number); code != pricing.CodeNotANumber {
			return digits, code
		}
	}
	return digits, code
}

// unitNames returns how people write a unit.
func unitNames(unit pricing.Unit) []string {
	var names []string
	for _, name := range []string{unit.EN, unit.One, unit.ZH} {
		what, _, _ := strings.Cut(name, " a ")
		what, _, _ = strings.Cut(what, "/")
		for _, n := range []string{name, what} {
			if n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	return names
}

// folded returns text in narrow small letters, without blanks around it.
func folded(text string) string {
	return strings.ToLower(strings.TrimSpace(width.Narrow.String(text)))
}

// scaledNumber does the same as plainNumber for a number that may have some decimals, and
// multiplies it by as many tens, so that the digits are whole.
func scaledNumber(typed string, decimals int) (digits string, code pricing.Code) {
	if len(typed) > maxTyped {
		// Too long to be a count; whether it is a number at all is a scan away.
		if strings.Trim(typed, "0123456789") == "" {
			return "", pricing.CodeOutOfRange
		}
		return "", pricing.CodeNotANumber
	}
	s := folded(typed)
	s = strings.TrimPrefix(s, "+")
	s, negative := strings.CutPrefix(strings.Replace(s, "−", "-", 1), "-")
	zeros := decimals
	for _, suffix := range suffixes {
		if before, ok := strings.CutSuffix(s, suffix.word); ok {
			s, zeros = strings.TrimRight(before, " \u00a0"), suffix.zeros+decimals
			break
		}
	}
	whole, fraction, hasPoint := strings.Cut(s, ".")
	whole, ok := ungroup(whole)
	if !ok || !allDigits(fraction) || (hasPoint && fraction == "") {
		return "", pricing.CodeNotANumber
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > zeros {
		return "", pricing.CodeNotWhole
	}
	digits = strings.TrimLeft(whole+fraction+strings.Repeat("0", zeros-len(fraction)), "0")
	switch {
	case digits == "":
		return "0", ""
	case negative:
		return "", pricing.CodeOutOfRange
	}
	return digits, ""
}

// Count reads a whole number that people type into a field of their own, which
// is no input of a price book, from least to most. Its fault, if it has one, is
// of the field with the given name.
func Count(name, typed string, least, most int64) (int64, *pricing.InputError) {
	field := &pricing.Input{ID: name, Kind: pricing.KindCount, Minimum: least, Maximum: most}
	digits, code := plainNumber(typed)
	if code == pricing.CodeNotANumber {
		return 0, &pricing.InputError{Input: name, Code: code, Message: pricing.Text{EN: "This is not a number.", ZH: "这不是数字。"}}
	}
	if code != "" {
		return 0, field.Fault(code)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < least || n > most {
		return 0, field.Fault(pricing.CodeOutOfRange)
	}
	return n, nil
}

// separators may stand between groups of digits.
const separators = ",，_'’ \u00a0\u202f"

// ungroup takes the separators out of a whole number. They must stand between
// groups of three, or of four as Chinese counts; a comma anywhere else may
// have been meant as a decimal point, and guessing would cost money.
func ungroup(s string) (string, bool) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) })
	if len(groups) == 0 || !allDigits(strings.Join(groups, "")) {
		return "", false
	}
	if len(groups) == 1 {
		return groups[0], groups[0] == s
	}
	size := len(groups[len(groups)-1])
	if (size != 3 && size != 4) || len(groups[0]) > size || !strings.HasPrefix(s, groups[0]) || !strings.HasSuffix(s, groups[len(groups)-1]) {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != size {
			return "", false
		}
	}
	if n := len([]rune(s)) - len(strings.Join(groups, "")); n != len(groups)-1 {
		return "", false // two separators side by side
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
