package calc_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
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

// TestForecastPage shows what the API says, in both languages.
func TestForecastPage(t *testing.T) {
	s := newServer(t)
	const query = "?dau=60&expected=20"
	for l, want := range map[string]struct{ sequence, total, way, cannot, month, last string }{
		"en": {"Trial in months 1–3, Pro from month 4 on", "¥8,991.00", "Pro throughout ¥11,988.00 +¥2,997.00", "Trial throughout cannot serve months 4–12", "4 104 Pro change ¥999.00 Pro ¥999.00", "12 446 Pro ¥999.00 Pro ¥999.00"},
		"zh": {"第 1–3 个月体验版，第 4 个月起专业版", "¥8,991.00", "全程专业版 ¥11,988.00 +¥2,997.00", "全程体验版 满足不了第 4–12 个月", "4 104 专业版 更换 ¥999.00 专业版 ¥999.00", "12 446 专业版 ¥999.00 专业版 ¥999.00"},
	} {
		doc := document(t, get(t, s, forecastPage+query+"&lang="+l))
		checkDocument(t, doc)
		if got := squeezed(doc.Find(".verdict h2")); got != want.sequence {
			t.Errorf("%s: sequence %q", l, got)
		}
		if got := squeezed(byID(doc, "total")); got != want.total {
			t.Errorf("%s: total %q", l, got)
		}
		if got := squeezed(byID(doc, "spoken")); got != want.sequence+" · "+want.total {
			t.Errorf("%s: it says %q", l, got)
		}
		expected := doc.Find("section[data-scenario=expected]")
		ways := rowsOf(expected.Find(".ways"))
		if !slices.Contains(ways, want.way) || !slices.Contains(ways, want.cannot) {
			t.Errorf("%s: ways %q", l, ways)
		}
		months := rowsOf(expected.Find(".months"))
		if len(months) != 12 || months[3] != want.month || months[11] != want.last || expected.Find("tr.switch").Length() != 1 {
			t.Errorf("%s: months %q", l, months)
		}
		if doc.Find("[data-scenario]").Length() != 3 || doc.Find("details[data-scenario]").Length() != 2 {
			t.Errorf("%s: %d scenarios", l, doc.Find("[data-scenario]").Length())
		}
		if doc.Find("svg.plot").Length() != 6 || doc.Find("svg.plot title").First().Text() == "" {
			t.Errorf("%s: %d drawings", l, doc.Find("svg.plot").Length())
		}
		if doc.Find("[style], [onclick], style, script:not([src])").Length() > 0 {
			t.Errorf("%s: something is inline", l)
		}
		changes := newCatalog(t).Products()
		book := changes[slices.IndexFunc(changes, func(p *pricing.Product) bool { return p.ID == "tencent-im" })].Newest()
		if text := squeezed(doc.Find(".answer .small")); !strings.Contains(text, book.Changes().Assumptions[0].In(pricing.Lang(l))) || !strings.Contains(text, "13–24") {
			t.Errorf("%s: the figures rest on %q", l, text)
		}
	}
}

// TestForecastWindows: what is bought for a year stands behind its last month, and
// everything adds up to the total.
func TestForecastWindows(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/calc/tencent-trtc/forecast?av_hd_minutes=20000&av_audio_minutes=300000&over=av_hd_minutes&expected=15&horizon=18"))
	checkDocument(t, doc)
	table := doc.Find("section[data-scenario=expected] .months")
	windows := table.Find("tr.window")
	if windows.Length() != 2 || squeezed(windows.First().Find("th")) != "1–12" || squeezed(windows.Last().Find("th")) != "13–18" || !strings.HasPrefix(squeezed(windows.First().Find("td")), "Bought together") {
		t.Errorf("windows %q", squeezed(windows))
	}
	sum := decimal.Zero
	amount := func(cell *goquery.Selection) decimal.Decimal {
		return decimal.RequireFromString(strings.NewReplacer("¥", "", ",", "", "\u2007", "").Replace(squeezed(cell)))
	}
	table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		sum = sum.Add(amount(row.Find("td.amount").Eq(row.Find("td.amount").Length() / 2)))
	})
	if before := amount(table.Find("tfoot .exact td.amount")); !before.Equal(sum) {
		t.Errorf("months and windows come to %s, the total before rounding is %s", sum, before)
	}
	if total := amount(table.Find("tfoot tr").Last().Find("td.amount")); !total.Equal(sum.Round(2)) || !total.Equal(amount(byID(doc, "total"))) {
		t.Errorf("the total is %s", total)
	}
}

// TestForecastForm: sent without JavaScript the form leads to the canonical
// address, which shows the same again; with htmx only the answer is sent.
func TestForecastForm(t *testing.T) {
	s := newServer(t)
	sent := "?lang=en&dau=60&history_days=7&over=dau&start=&horizon=&low=&expected=20&high=&quantities="
	res := get(t, s, forecastPage+sent)
	if res.StatusCode != http.StatusSeeOther || entered(t, res.Header.Get("Location")) != forecastPage+"?dau=60&history_days=7&over=dau&expected=20&lang=en" {
		t.Fatalf("status %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	address := res.Header.Get("Location")
	doc := document(t, get(t, s, address))
	form := doc.Find("form#calculator")
	if method, _ := form.Attr("method"); method != "get" || form.Find("button[type=submit]").Length() != 1 {
		t.Error("the form cannot be sent by a button")
	}
	// What the form sends is what the page shows.
	values := url.Values{}
	form.Find("input[name], textarea[name]").Each(func(_ int, in *goquery.Selection) {
		name, _ := in.Attr("name")
		value, _ := in.Attr("value")
		values.Add(name, value)
	})
	over, _ := form.Find("select[name=over] option[selected]").Attr("value")
	values.Set("over", over)
	if back := get(t, s, forecastPage+"?"+values.Encode()).Header.Get("Location"); back != address {
		t.Errorf("the form leads to %q", back)
	}
	if href, _ := byID(doc, "back").Find("a").Attr("href"); entered(t, href) != imPage+"?dau=60&history_days=7&over=dau" {
		t.Errorf("the way back is %q", href)
	}

	live := get(t, s, forecastPage+sent, "HX-Request", "true")
	if to := entered(t, live.Header.Get("HX-Replace-Url")); live.StatusCode != http.StatusOK || to != forecastPage+"?dau=60&history_days=7&over=dau&expected=20" {
		t.Errorf("status %d, address %q", live.StatusCode, to)
	}
	fragment := document(t, live)
	if fragment.Find("form, main, input[name], textarea[name], select").Length() > 0 || squeezed(byID(fragment, "total")) != "¥8,991.00" {
		t.Error("the answer to htmx is more or less than the result")
	}
}

// TestForecastPasted: months that are typed or pasted take the place of growth.
func TestForecastPasted(t *testing.T) {
	s := newServer(t)
	typed := url.QueryEscape("8,000\n1.5万\n25k\n")
	res := get(t, s, forecastPage+"?over=dau&expected=x&quantities="+typed)
	if to := entered(t, res.Header.Get("Location")); to != forecastPage+"?over=dau&quantities=8000~15000~25000" {
		t.Fatalf("status %d to %q", res.StatusCode, to)
	}
	doc := document(t, get(t, s, res.Header.Get("Location")))
	if got := byID(doc, "quantities").Text(); got != "8000\n15000\n25000" {
		t.Errorf("the months are %q", got)
	}
	months := rowsOf(doc.Find("section[data-scenario=entered] .months"))
	if want := []string{"1 8,000 Pro ¥999.00 Pro ¥999.00", "2 15,000 Pro ¥1,999.00 Pro ¥1,999.00", "3 25,000 Pro ¥2,999.00 Pro ¥2,999.00"}; !slices.Equal(months, want) {
		t.Errorf("months %q", months)
	}
	if squeezed(byID(doc, "quantities-note")) != "3 months, from 8,000 to 25,000 users a day" {
		t.Errorf("it understood %q", squeezed(byID(doc, "quantities-note")))
	}
}

// TestForecastOfFaults: what is wrong stands beside its field, nothing that was
// typed is lost, and no figures are shown.
func TestForecastOfFaults(t *testing.T) {
	s := newServer(t)
	hostile := `"><script>alert(1)</script>`
	query := url.Values{"over": {"dau"}, "dau": {"60"}, "start": {hostile}, "expected": {"1e9"}, "low": {"-101"}, "horizon": {"37"}}
	for _, l := range []string{"en", "zh"} {
		query.Set("lang", l)
		res := get(t, s, forecastPage+"?"+query.Encode())
		wantStatus(t, res, http.StatusUnprocessableEntity)
		doc := document(t, res)
		checkDocument(t, doc)
		for _, field := range []string{"start", "expected", "low", "horizon"} {
			if note := byID(doc, field+"-note"); !note.HasClass("fault") || squeezed(note) == "" {
				t.Errorf("%s: nothing is said of %s", l, field)
			}
			if value, _ := byID(doc, field).Attr("value"); value != query.Get(field) {
				t.Errorf("%s: %q became of %s", l, value, field)
			}
		}
		if doc.Find("main script, .verdict").Length() > 0 || squeezed(byID(doc, "answer-state")) == "" {
			t.Errorf("%s: the answer is %q", l, squeezed(byID(doc, "answer")))
		}
	}
	live := get(t, s, forecastPage+"?over=dau&quantities=100,200", "HX-Request", "true")
	fragment := document(t, live)
	if live.StatusCode != http.StatusOK || live.Header.Get("HX-Replace-Url") != "" || !strings.Contains(squeezed(byID(fragment, "quantities-note")), "“100,200”") {
		t.Errorf("status %d, %q", live.StatusCode, squeezed(fragment.Selection))
	}
	// An entry of the calculator is corrected there.
	doc := document(t, get(t, s, forecastPage+"?dau=x"))
	if href, _ := doc.Find(".answer .older a").Attr("href"); entered(t, href) != imPage+"?dau=x" {
		t.Errorf("the way to the calculator is %q", href)
	}
	for target, status := range map[string]int{
		"/calc/no/forecast":                                                             http.StatusNotFound,
		forecastPage + "?price_book=1999":                                               http.StatusNotFound,
		forecastPage + "?over=colour":                                                   http.StatusUnprocessableEntity,
		forecastPage + "?quantities=" + strings.Repeat("1%0A", 37):                      http.StatusUnprocessableEntity,
		forecastPage + "?quantities=" + strings.Repeat("9", 100_000):                    http.StatusUnprocessableEntity,
		"/calc/inf-llm/forecast":                                                        http.StatusOK,
		"/calc/aliyun-multimodal/forecast?workloads.0.rounds=5&over=workloads.0.rounds": http.StatusOK,
	} {
		if res := get(t, s, target); res.StatusCode != status {
			t.Errorf("%.100s: status %d, want %d", target, res.StatusCode, status)
		}
	}
}

// TestCalculatorsLeadToForecasts: every calculator, as it is filled in, and back.
func TestCalculatorsLeadToForecasts(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, b *pricing.Book) {
		for _, e := range b.Examples {
			form := forms.Form{Product: p, Book: b, Usage: e.Usage}
			address := "/calc/" + p.ID + "?" + form.Query()
			href, ok := document(t, get(t, s, address)).Find(".onward a").Attr("href")
			if !ok {
				t.Fatalf("%s leads to no forecast", address)
			}
			res := get(t, s, href)
			if res.StatusCode != http.StatusOK {
				t.Fatalf("%s: status %d", href, res.StatusCode)
			}
			doc := document(t, res)
			checkDocument(t, doc)
			if back, _ := byID(doc, "back").Find("a").Attr("href"); back != address {
				t.Errorf("%s leads back to %s", address, back)
			}
		}
	})
}
