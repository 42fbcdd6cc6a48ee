package numbers

import (
	"math/big"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// noise is what may be put anywhere into a text without changing its meaning.
var noise = []string{" ", "\u00a0", "\u2009", "\u3000", "\u200b", "\ufeff", "\u00ad", "\u2060", "\ufe0f"}

// wide returns a text with wide signs in the place of those of ASCII.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '!' && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, text)
}

// FuzzRead: whatever is typed into any field, what is understood is a number that
// the field can have, and it is the right one as far as that can be told without
// reading it: a slow second reader agrees, it reads the same when it is written
// out, wherever blanks stand and however wide the signs are, and another digit
// makes another number. What is not understood has a code and a sentence.
func FuzzRead(f *testing.F) {
	var fields []*Field
	for _, s := range spellings(f) {
		if len(fields) == 0 || fields[len(fields)-1] != s.field {
			fields = append(fields, s.field)
		}
		f.Add(len(fields)-1, s.text, uint8(s.line))
	}
	f.Fuzz(func(t *testing.T, at int, text string, place uint8) {
		field := fields[uint(at)%uint(len(fields))]
		v, fault := field.Read(text)
		if fault != nil {
			checkFault(t, field, text, fault)
		} else {
			if !field.takes(v) {
				t.Fatalf("%q is read as %s", text, v)
			}
			if again, fault := field.Read(v.String()); len(v.String()) < 5 && (fault != nil || !again.Equal(v)) {
				t.Fatalf("%q is read as %s, and that as %s, %v", text, v, again, fault)
			}
			checkDigits(t, field, text, v, place)
		}
		checkSlowly(t, field, text, v, fault)
		checkNoise(t, field, text, v, fault, place)
	})
}

func checkFault(t *testing.T, field *Field, text string, fault *pricing.InputError) {
	t.Helper()
	switch fault.Code {
	case pricing.CodeNotANumber, pricing.CodeNotWhole, pricing.CodeOutOfRange:
	default:
		t.Fatalf("%q has the code %q", text, fault.Code)
	}
	for _, m := range []string{fault.Message.EN, fault.Message.ZH} {
		if m == "" || strings.Contains(m, "%!") || !utf8.ValidString(m) || len(m) > 600 {
			t.Fatalf("%q: %q", text, m)
		}
	}
	// What the API understands, a field does.
	if n, err := pricing.ParseCount(text); err == nil && field.takes(decimal.NewFromInt(n)) {
		t.Fatalf("%q: %v", text, fault)
	}
}

// checkNoise puts a blank, or what cannot be seen, at a place of the text, and
// makes all of it wide.
func checkNoise(t *testing.T, field *Field, text string, v decimal.Decimal, fault *pricing.InputError, place uint8) {
	t.Helper()
	if !utf8.ValidString(text) {
		return
	}
	runes := []rune(text)
	i := int(place) % (len(runes) + 1)
	for _, other := range []string{string(runes[:i]) + noise[int(place)%len(noise)] + string(runes[i:]), wide(text)} {
		if len(other) > MaxTyped {
			continue
		}
		w, otherFault := field.Read(other)
		if (fault == nil) != (otherFault == nil) || fault == nil && !v.Equal(w) || fault != nil && fault.Code != otherFault.Code {
			t.Fatalf("%q is read as %s, %v, and %q as %s, %v", text, v, fault, other, w, otherFault)
		}
	}
}

// checkDigits puts another digit into the place of one: no digit is dropped. Only
// what is multiplied by nought may be anything.
func checkDigits(t *testing.T, field *Field, text string, v decimal.Decimal, place uint8) {
	t.Helper()
	var digits []int
	for i := range len(text) {
		if isDigit(text[i]) {
			digits = append(digits, i)
		}
	}
	if len(digits) == 0 || v.IsZero() || strings.ContainsAny(text, "0零〇") && strings.ContainsAny(strings.ToLower(Clean(text)), "*×x") {
		return
	}
	i := digits[int(place)%len(digits)]
	other := text[:i] + string('0'+(text[i]-'0'+1+place%9)%10) + text[i+1:]
	if w, fault := field.Read(other); fault == nil && w.Equal(v) && other != text {
		t.Fatalf("%q and %q are both read as %s", text, other, v)
	}
}

// slowNumber is a number that the second reader knows.
var slowNumber = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|w|万|千|百|亿|million|)$`)

// checkSlowly compares with a second reader of sums and products of plain
// numbers, which works on fractions.
func checkSlowly(t *testing.T, field *Field, text string, v decimal.Decimal, fault *pricing.InputError) {
	t.Helper()
	if len(text) > MaxTyped || field.measure().of != nil && !field.measure().letters {
		return
	}
	sum := new(big.Rat)
	for term := range strings.SplitSeq(text, "+") {
		product := big.NewRat(1, 1)
		for factor := range strings.SplitSeq(term, "*") {
			found := slowNumber.FindStringSubmatch(factor)
			if found == nil || strings.Contains(found[1], ",") && found[1][0] == '0' {
				return
			}
			if whole := strings.Trim(found[1], "0"); len(found[2]) == 4 && whole != "" && !strings.Contains(found[1], ",") {
				return // which may be groups
			}
			n, _ := new(big.Rat).SetString(strings.ReplaceAll(found[1], ",", "") + found[2])
			zeros := map[string]int64{"k": 1e3, "w": 1e4, "万": 1e4, "千": 1e3, "百": 100, "亿": 1e8, "million": 1e6, "": 1}[found[3]]
			product.Mul(product, n.Mul(n, big.NewRat(zeros, 1)))
		}
		sum.Add(sum, product)
	}
	limit := new(big.Rat).SetInt64(1)
	for range field.Decimals {
		limit.Mul(limit, big.NewRat(10, 1))
	}
	whole := new(big.Rat).Mul(sum, limit).IsInt()
	inside := sum.Cmp(big.NewRat(field.Minimum, 1)) >= 0 && sum.Cmp(big.NewRat(field.Maximum, 1)) <= 0
	switch {
	case whole && inside && (fault != nil || v.Rat().Cmp(sum) != 0):
		t.Fatalf("%q is %s, and read as %s, %v", text, sum.FloatString(3), v, fault)
	case !whole && (fault == nil || fault.Code != pricing.CodeNotWhole):
		t.Fatalf("%q is %s, which has too many decimals: %s, %v", text, sum.FloatString(6), v, fault)
	case whole && !inside && (fault == nil || fault.Code != pricing.CodeOutOfRange):
		t.Fatalf("%q is %s, which is out of range: %s, %v", text, sum.FloatString(3), v, fault)
	}
}

func (f *Field) measure() *measure { return measureOf(f.Unit) }
