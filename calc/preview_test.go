package calc_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestPreviews: every page says what it is to whoever passes its link on: an
// estimate its plan and total, a quote only that it is one.
func TestPreviews(t *testing.T) {
	s := newServer(t)
	quote := saveQuote(t, s, oneItem)
	for _, tt := range []struct{ path, title, description string }{
		{"/?lang=en", "What will it cost", "every plan to the fen"},
		{imPage + "?lang=en", "Tencent Cloud IM", "In-app chat"},
		{imPage + "?dau=15000&months=12&lang=en", "Tencent Cloud IM · Pro · ¥23,988.00", "15,000 users a day"},
		{imPage + "?dau=15000&months=12&lang=zh", "腾讯云即时通信 IM · 专业版 · ¥23,988.00", "15,000 人/天"},
		{imPage + "/forecast?lang=en", "Tencent Cloud IM", "every plan to the fen"},
		{imPage + "/facts/daily-users?lang=en", "Tencent Cloud IM", "every plan to the fen"},
		{"/compare?lang=en", "Compare", "every plan to the fen"},
		{"/draft?lang=en", "raft", "every plan to the fen"},
		{"/nothing?lang=zh", "找不到页面", "每个套餐精确到分"},
		{"/q/" + quote.ID, "Quote", "A price quote"},
	} {
		doc := document(t, get(t, s, tt.path))
		says := func(selector string) string {
			found := doc.Find(selector)
			if found.Length() != 1 {
				t.Errorf("%s has %d %s", tt.path, found.Length(), selector)
			}
			return found.AttrOr("content", "")
		}
		if got := says(`head > meta[property="og:title"]`); !strings.Contains(got, tt.title) {
			t.Errorf("%s: title %q, want %q", tt.path, got, tt.title)
		}
		if got := says(`head > meta[property="og:description"]`); !strings.Contains(got, tt.description) || says(`head > meta[name=description]`) != got {
			t.Errorf("%s: description %q, want %q", tt.path, got, tt.description)
		}
		picture, ours := strings.CutPrefix(says(`head > meta[property="og:image"]`), "http://example.com")
		if res := get(t, s, picture); !ours || res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/png" {
			t.Errorf("%s: picture %q: %d, %s", tt.path, picture, res.StatusCode, res.Header.Get("Content-Type"))
		}
	}
	// Nothing of a quote is in what its link shows.
	page := document(t, get(t, s, "/q/"+quote.ID))
	page.Find("head meta").Each(func(_ int, m *goquery.Selection) {
		if content := m.AttrOr("content", ""); strings.Contains(content, "¥") || strings.Contains(content, quote.ID) || strings.Contains(content, quote.Customer) && quote.Customer != "" {
			t.Errorf("the preview says %q", content)
		}
	})
}
