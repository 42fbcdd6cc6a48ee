package views

import (
	"testing"

	"suanpan/pricing"
)

func TestAgeOfPrices(t *testing.T) {
	for _, tt := range []struct{ book, today, en, zh string }{
		{"2025-07-10", "", "", ""},
		{"2025-07-10", "2025-07-10", "", ""},
		{"2025-07-10", "2024-01-01", "", ""}, // of a day that lies ahead
		{"2025-07-10", "2026-07-10", "", ""}, // a year old, and not over
		{"2025-07-10", "2026-07-11", "12 months old", "距今 12 个月"},
		{"2025-07-10", "2026-08-09", "12 months old", "距今 12 个月"},
		{"2025-07-10r2", "2026-08-10", "13 months old", "距今 13 个月"},
		{"2025-07-10", "2027-07-09", "23 months old", "距今 23 个月"},
		{"2025-07-10", "2027-07-10", "2 years old", "距今 2 年"},
		{"2020-10-30", "2026-12-01", "6 years old", "距今 6 年"},
		{"2020-02-29", "2021-02-28", "", ""},
		{"2020-02-29", "2021-03-02", "12 months old", "距今 12 个月"},
		{"2020-02-29", "2022-02-28", "23 months old", "距今 23 个月"},
		{"draft", "2026-12-01", "", ""},
	} {
		if en, zh := age(tt.book, tt.today, pricing.English), age(tt.book, tt.today, pricing.Chinese); en != tt.en || zh != tt.zh {
			t.Errorf("%s on %s: %q, %q", tt.book, tt.today, en, zh)
		}
	}
	v := &Visit{Today: "2026-12-01"}
	if got := v.dated("2020-10-30r2", pricing.English); got != "30 October 2020, revision 2 (6 years old)" {
		t.Error(got)
	}
	if got := v.dated("2020-10-30", pricing.Chinese); got != "2020 年 10 月 30 日（距今 6 年）" {
		t.Error(got)
	}
	if got := v.dated("2026-07-01", pricing.English); got != "1 July 2026" {
		t.Error(got)
	}
}
