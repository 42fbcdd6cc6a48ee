package views

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// TestAmountsAreAlignedOnTheirPoints: behind the point all have the same number
// of figures and figure spaces, and no digit is lost.
func TestAmountsAreAlignedOnTheirPoints(t *testing.T) {
	var amounts []decimal.Decimal
	for _, s := range []string{"0", "12", "7.5", "7.215", "1234567.89", "0.000001"} {
		amounts = append(amounts, decimal.RequireFromString(s))
	}
	for i, text := range aligned(amounts) {
		_, behind, _ := strings.Cut(text, ".")
		if n := utf8.RuneCountInString(behind); n != 6 {
			t.Errorf("%q has %d places behind the point", text, n)
		}
		plain := strings.NewReplacer("¥", "", ",", "", "\u2007", "").Replace(text)
		if !decimal.RequireFromString(plain).Equal(amounts[i]) {
			t.Errorf("%s is shown as %q", amounts[i], text)
		}
	}
	if got := aligned([]decimal.Decimal{decimal.RequireFromString("7.5")}); got[0] != "¥7.50" {
		t.Errorf("%q", got)
	}
}

func TestDay(t *testing.T) {
	for _, tt := range []struct{ id, en, zh string }{
		{"2020-10-30", "30 October 2020", "2020 年 10 月 30 日"},
		{"2026-01-01", "1 January 2026", "2026 年 1 月 1 日"},
		{"2020-10-30r2", "30 October 2020, revision 2", "2020 年 10 月 30 日（第 2 版）"},
	} {
		if en, zh := day(tt.id, pricing.English), day(tt.id, pricing.Chinese); en != tt.en || zh != tt.zh {
			t.Errorf("%s: %q, %q", tt.id, en, zh)
		}
	}
}
