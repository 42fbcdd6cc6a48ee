package pricing

import (
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// The codes are those of the table in the public interface. A text that is a
// JSON number gets the code of the first thing that keeps it from being a
// count; anything else is no number.
func TestParseCount(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64
		code Code
	}{
		{"0", 0, ""},
		{"7", 7, ""},
		{"15000", 15000, ""},
		{"999999999999", 999_999_999_999, ""},
		{"1000000000000", MaxCount, ""},

		{"", 0, CodeNotANumber},
		{"abc", 0, CodeNotANumber},
		{"007", 0, CodeNotANumber},
		{"00", 0, CodeNotANumber},
		{"01.5", 0, CodeNotANumber},
		{"-0", 0, CodeNotANumber},
		{"-", 0, CodeNotANumber},
		{"--1", 0, CodeNotANumber},
		{"+1", 0, CodeNotANumber},
		{"15k", 0, CodeNotANumber},
		{"1.5万", 0, CodeNotANumber},
		{"15,000", 0, CodeNotANumber},
		{"15 000", 0, CodeNotANumber},
		{" 15", 0, CodeNotANumber},
		{"15\n", 0, CodeNotANumber},
		{"1\x00", 0, CodeNotANumber},
		{"1_000", 0, CodeNotANumber},
		{"0x10", 0, CodeNotANumber},
		{"１５", 0, CodeNotANumber}, // full-width digits are for forms to understand
		{"٣", 0, CodeNotANumber},  // an Arabic digit
		{"NaN", 0, CodeNotANumber},
		{"Infinity", 0, CodeNotANumber},
		{"5.", 0, CodeNotANumber},
		{".5", 0, CodeNotANumber},
		{"5..0", 0, CodeNotANumber},
		{"5.0.0", 0, CodeNotANumber},
		{"1e", 0, CodeNotANumber},
		{"1e+", 0, CodeNotANumber},
		{"1e1.5", 0, CodeNotANumber},
		{"true", 0, CodeNotANumber},

		{"5.5", 0, CodeNotWhole},
		{"5.0", 0, CodeNotWhole},
		{"-5.5", 0, CodeNotWhole},
		{"-0.0", 0, CodeNotWhole},
		{"1e3", 0, CodeNotWhole},
		{"1E+3", 0, CodeNotWhole},
		{"1.5e-3", 0, CodeNotWhole},
		{"0e0", 0, CodeNotWhole},
		{"1e999999999", 0, CodeNotWhole},
		{"1e" + strings.Repeat("9", 100_000), 0, CodeNotWhole},
		{"0." + strings.Repeat("0", 100_000), 0, CodeNotWhole},

		{"-1", 0, CodeOutOfRange},
		{"-1000000000001", 0, CodeOutOfRange},
		{"1000000000001", 0, CodeOutOfRange},
		{"9999999999999", 0, CodeOutOfRange},
		{"10000000000000", 0, CodeOutOfRange},
		{"9223372036854775808", 0, CodeOutOfRange},  // over an int64
		{"18446744073709551617", 0, CodeOutOfRange}, // 1 modulo 2⁶⁴
		{strings.Repeat("9", 100_000), 0, CodeOutOfRange},
	} {
		t.Run(shorten(tt.text), func(t *testing.T) {
			n, err := ParseCount(tt.text)
			if n != tt.want || codeOf(err) != tt.code {
				t.Errorf("got %d, %q; want %d, %q", n, codeOf(err), tt.want, tt.code)
			}
		})
	}
}

func shorten(s string) string {
	if len(s) > 20 {
		return s[:20] + "…" + strconv.Itoa(len(s))
	}
	return s
}

func codeOf(err error) Code {
	var e *InputError
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return Code(err.Error())
	}
	return ""
}

// A hostile number costs a scan and its error, whatever it would be worth.
func TestParseCountOfHugeTextsIsCheap(t *testing.T) {
	for _, text := range []string{"1e999999999", strings.Repeat("9", 100_000), "1e" + strings.Repeat("9", 100_000)} {
		if n := testing.AllocsPerRun(10, func() { _, _ = ParseCount(text) }); n > 1 {
			t.Errorf("%s: %v allocations, want the error alone", shorten(text), n)
		}
	}
}

// A count is the plain decimal form of a whole number and nothing else, and
// what is refused is refused with the code that JSON's grammar gives it.
func FuzzParseCount(f *testing.F) {
	for _, s := range []string{"0", "15000", "1000000000000", "1000000000001", "", "007", "-0", "-1", "15k", "5.5", "1e3", "1E-9", "１５", "18446744073709551617"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseCount(text)
		value, isInteger := new(big.Int).SetString(text, 10)
		if err == nil {
			if text != strconv.FormatInt(n, 10) || !isInteger || value.Cmp(big.NewInt(n)) != 0 || n < 0 || n > MaxCount {
				t.Fatalf("%q is read as %d", text, n)
			}
			return
		}
		want := CodeOutOfRange
		switch {
		case !json.Valid([]byte(text)) || strings.Trim(text, "-+.eE0123456789") != "" || text == "-0":
			want = CodeNotANumber
		case strings.ContainsAny(text, ".eE"):
			want = CodeNotWhole
		case value.Sign() >= 0 && value.Cmp(big.NewInt(MaxCount)) <= 0:
			t.Fatalf("%q is a count and was refused: %v", text, err)
		}
		if code := codeOf(err); code != want {
			t.Fatalf("%q has code %s, want %s", text, code, want)
		}
	})
}

func TestParsePrice(t *testing.T) {
	for _, text := range []string{"0", "0.5", "0.00", "999", "19.90", "0.000001", "1234567890123456789"} {
		if d, ok := parsePrice(text); !ok || d.StringFixed(int32(decimals(text))) != text {
			t.Errorf("%q is read as %v, %v", text, d, ok)
		}
	}
	for _, text := range []string{
		"", " 1", "1 ", ".", ".5", "5.", "00", "01", "-1", "+1", "1e3", "1E3", "1,000", "1.0.0", "0x1", "¥1", "NaN", "１",
		"1..5", "1.5e3", "12345678901234567890", "0.000000000000000001", strings.Repeat("9", 100_000),
	} {
		if d, ok := parsePrice(text); ok {
			t.Errorf("%s is read as the price %v", shorten(text), d)
		}
	}
}

func decimals(text string) int {
	_, after, _ := strings.Cut(text, ".")
	return len(after)
}

func TestGrouped(t *testing.T) {
	for plain, want := range map[string]string{
		"":              "",
		"0":             "0",
		"7":             "7",
		"999":           "999",
		"1000":          "1,000",
		"15000":         "15,000",
		"999999":        "999,999",
		"1000000":       "1,000,000",
		"1000000000000": "1,000,000,000,000",
		"0.0015":        "0.0015",
		"1234567.5":     "1,234,567.5",
		"1000.123456":   "1,000.123456",
		"-1":            "−1",
		"-1000":         "−1,000",
		"-123.4567":     "−123.4567",
	} {
		if got := Grouped(plain); got != want {
			t.Errorf("Grouped(%q) = %q, want %q", plain, got, want)
		}
		if got := string(AppendGrouped([]byte("¥"), plain)); got != "¥"+want {
			t.Errorf("AppendGrouped(¥, %q) = %q, want ¥%s", plain, got, want)
		}
	}
}

// The fen is rounded half up, also below zero, and what looks like a half in
// binary is not one.
func TestRoundMoney(t *testing.T) {
	for amount, want := range map[string]string{
		"0": "0.00", "0.004": "0.00", "0.005": "0.01", "0.0049999999": "0.00", "0.015": "0.02", "0.025": "0.03",
		"1.005": "1.01", "2.675": "2.68", "999999999999999.995": "1000000000000000.00",
		"-0.004": "0.00", "-0.005": "0.00", "-0.0050000001": "-0.01", "-0.0149": "-0.01", "-0.015": "-0.01", "-0.016": "-0.02",
		"-3.97": "-3.97", "-4": "-4.00", "-2.675": "-2.67", "-999999999999999.995": "-999999999999999.99",
	} {
		d := decimal.RequireFromString(amount)
		if got := roundMoney(d).StringFixed(fen); got != want || got != slowRound(d.Rat()) {
			t.Errorf("roundMoney(%s) = %s, want %s", amount, got, want)
		}
	}
}

func TestDivideRounded(t *testing.T) {
	for _, tt := range []struct {
		amount string
		by     int64
		want   string
	}{
		{"0", 36, "0.00"}, {"1", 3, "0.33"}, {"2", 3, "0.67"}, {"0.01", 2, "0.01"}, {"0.01", 3, "0.00"},
		{"0.03", 2, "0.02"}, {"0.17", 36, "0.00"}, {"0.18", 36, "0.01"}, {"577.68", 12, "48.14"},
		{"-1", 3, "-0.33"}, {"-2", 3, "-0.67"}, {"-0.01", 2, "0.00"}, {"-0.03", 2, "-0.01"}, {"-0.05", 3, "-0.02"},
		{"-0.18", 36, "0.00"}, {"-0.19", 36, "-0.01"}, {"-577.68", 12, "-48.14"}, {"-0.0001", 7, "0.00"}, {"-6", 1, "-6.00"},
	} {
		d := decimal.RequireFromString(tt.amount)
		exact := new(big.Rat).Quo(d.Rat(), new(big.Rat).SetInt64(tt.by))
		if got := divideRounded(d, decimal.NewFromInt(tt.by)).StringFixed(fen); got != tt.want || got != slowRound(exact) {
			t.Errorf("divideRounded(%s, %d) = %s, want %s", tt.amount, tt.by, got, tt.want)
		}
	}
}
