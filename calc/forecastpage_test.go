package calc_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/pricing"
)

// TestForecastSaysWhatItsPricesAre: of which date they are, that there are newer
// ones, and what they leave out and assume, as the calculator says it.
func TestForecastSaysWhatItsPricesAre(t *testing.T) {
	s := newServer(t)
	product, _ := newCatalog(t).Product("easemob-im")
	const page, old = "/calc/easemob-im/forecast", "2022-09-13"
	at := slices.IndexFunc(product.Books, func(b *pricing.Book) bool { return b.ID == old })
	book := product.Books[at]
	for l, want := range map[string]string{"en": "13 September 2022", "zh": "2022 年 9 月 13 日"} {
		doc := document(t, get(t, s, page+"?dau=15000&price_book="+old+"&lang="+l))
		checkDocument(t, doc)
		older := doc.Find("#answer .older")
		if !strings.Contains(squeezed(older), want) || older.Find("a").AttrOr("href", "") != page+"?dau=15000&over=dau" {
			t.Errorf("%s: it says %q", l, squeezed(older))
		}
		if text := squeezed(doc.Find(".answer > .small").Last()); !strings.Contains(text, want) || !strings.Contains(text, book.Exclusions[0].In(pricing.Lang(l))) {
			t.Errorf("%s: below the figures stands %q", l, text)
		}
		if text := squeezed(doc.Find("#answer .small ol")); !strings.Contains(text, book.Assumptions[0].In(pricing.Lang(l))) {
			t.Errorf("%s: it assumes %q", l, text)
		}
		if books := doc.Find(".books a"); books.Length() != len(product.Books) || squeezed(books.Filter("[aria-current]")) != want {
			t.Errorf("%s: the price books are %q", l, squeezed(books))
		}
	}
	live := document(t, get(t, s, page+"?dau=15000&over=dau&lang=en&price_book="+old, "HX-Request", "true"))
	if live.Find(".older").Length() != 1 || live.Find(".books a").Length() != len(product.Books) {
		t.Error("a change of the form loses the date of the prices")
	}
	newest := document(t, get(t, s, page+"?dau=15000&over=dau&lang=en"))
	if newest.Find(".older").Length() > 0 || !strings.Contains(squeezed(newest.Find(".answer > .small")), "23 March 2026") {
		t.Error("the newest prices have no date, or are called old")
	}
}

// TestForecastOnPaper: what has no form on paper is said in the answer.
func TestForecastOnPaper(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ query, want string }{
		{
			"?dau=60&history_days=7&expected=20&lang=en",
			"What grows: Users and groups · Peak daily active users\nGrowth per month: Expected 20% · Low 10% · High 40%\nIn the first month: 60 users a day\n" +
				"In month 12: Expected 446 users a day · Low 171 users a day · High 2,430 users a day\nMessage history: 7 days\nPrices of: 30 October 2020",
		},
		{
			"?over=dau&quantities=8000~15000~25000&lang=zh",
			"哪一项在变: 用户与群组 · 峰值日活跃用户数（DAU）\n每月增长: 逐月填写\n第一个月: 8,000 人/天\n第 3 个月: 25,000 人/天（2.5 万）\n价格版本: 2020 年 10 月 30 日",
		},
		{
			"?dau=60&expected=0&low=0&high=0&horizon=1&lang=en",
			"What grows: Users and groups · Peak daily active users\nGrowth per month: Expected 0%\nIn the first month: 60 users a day\nPrices of: 30 October 2020",
		},
	} {
		doc := document(t, get(t, s, forecastPage+tt.query))
		said := doc.Find("#answer .entries dl > div").Map(func(_ int, e *goquery.Selection) string {
			return squeezed(e.Find("dt")) + ": " + squeezed(e.Find("dd"))
		})
		if got := strings.Join(said, "\n"); got != tt.want {
			t.Errorf("%s: on paper stands\n%s\nwant\n%s", tt.query, got, tt.want)
		}
		// Totals come first.
		if !doc.Find("#answer > .verdict").Next().Is(".entries") {
			t.Errorf("%s: it does not stand below the total", tt.query)
		}
	}
	// While something is at fault there is nothing to print.
	res := get(t, s, forecastPage+"?dau=60&expected=x")
	wantStatus(t, res, http.StatusUnprocessableEntity)
	if document(t, res).Find(".entries, .older").Length() > 0 {
		t.Error("what is at fault is printed")
	}
}

// TestForecastIsNoBound: the total is what the cheapest way costs, not the least
// that has to be reckoned with.
func TestForecastIsNoBound(t *testing.T) {
	s := newServer(t)
	for query, want := range map[string]string{
		"&lang=en": "the cheapest way, for 12 months", "&horizon=1&lang=en": "the cheapest way, for one month",
		"&lang=zh": "最省安排，12 个月合计", "&horizon=1&lang=zh": "最省安排，一个月合计",
	} {
		if got := squeezed(document(t, get(t, s, forecastPage+"?dau=60"+query)).Find(".headline span")); got != want {
			t.Errorf("%s: the total is that of %q, want %q", query, got, want)
		}
	}
}
