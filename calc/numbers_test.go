package calc_test

import (
	"net/url"
	"testing"
)

// TestUnderstoodIsEchoed: whatever way a number is typed in, the page says below
// the field what was understood, and keeps what was typed.
func TestUnderstoodIsEchoed(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ field, typed, en, zh string }{
		{"dau", "40*22", "880 users a day", "880 人/天"},
		{"dau", "12×3+5", "41 users a day", "41 人/天"},
		{"dau", "8万5", "85,000 users a day", "85,000 人/天（8.5 万）"},
		{"dau", "\u200b１５\u2009０００ 人", "15,000 users a day", "15,000 人/天（1.5 万）"},
		{"months", "1年", "12 months", "12 个月"},
		{"months", "半年", "6 months", "6 个月"},
		{"live_domestic_mbps", "50M", "50 Mbps", "50 Mbps"},
	} {
		for lang, want := range map[string]string{"en": tt.en, "zh": tt.zh} {
			doc := document(t, get(t, s, imPage+"?lang="+lang+"&"+tt.field+"="+url.QueryEscape(tt.typed)))
			if got := squeezed(byID(doc, tt.field+"-note")); got != want {
				t.Errorf("%q is echoed as %q, want %q", tt.typed, got, want)
			}
			if got := byID(doc, tt.field).AttrOr("value", ""); got != tt.typed {
				t.Errorf("%q stands there as %q", tt.typed, got)
			}
		}
	}
}
