package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

func TestPagesOfTheBrowserAreItsOwn(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	r.save()
	r.add(proItem)
	for _, target := range []string{draftPage, quotesPage} {
		for _, lang := range []string{"en", "zh"} {
			res := r.get(target + "?lang=" + lang)
			if cache := res.Header.Get("Cache-Control"); cache != "no-store" || !strings.Contains(res.Header.Get("X-Robots-Tag"), "noindex") {
				t.Errorf("%s: %v", target, res.Header)
			}
			page := document(t, res)
			checkDocument(t, page)
			if page.Find("meta[name=robots][content=noindex]").Length() != 1 {
				t.Errorf("%s may be indexed", target)
			}
			here := page.Find("nav.quotes a[aria-current=page]")
			if here.Length() != 1 || here.AttrOr("href", "") != target {
				t.Errorf("%s: the menu does not say where this is", target)
			}
			// Past the menu with one key.
			skip := page.Find("body > a.skip")
			if place := page.Find(skip.AttrOr("href", "#none")); skip.Length() != 1 || squeezed(skip) == "" || !place.Is("main [tabindex]") {
				t.Errorf("%s: no way past the menu, to %s", target, skip.AttrOr("href", ""))
			}
			// What is to become a quote is not called none.
			if foot := squeezed(page.Find("footer")); strings.Contains(foot, "not an offer") || strings.Contains(foot, "不构成报价") {
				t.Errorf("%s: the foot says %q", target, foot)
			}
			if text := squeezed(page.Find("main h1")); (lang == "zh") != (strings.Contains(text, "报价")) {
				t.Errorf("%s in %s is %q", target, lang, text)
			}
		}
	}
}

func TestMadeQuotes(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	r := newRep(t, s)
	if page := document(t, r.get(quotesPage)); page.Find(".made-list").Length() != 0 || !strings.Contains(squeezed(page.Find("main")), "No quotes yet") {
		t.Errorf("%s", squeezed(page.Find("main")))
	}
	const many = 26
	ids := make([]string, many)
	secrets := make([]string, many)
	for i := range many {
		r.add(proItem)
		ids[i] = r.save("title", fmt.Sprintf("Quote %d 小", i), "customer", fmt.Sprintf("<Customer %d>", i%2), "valid_days", "1")
		secrets[i] = r.cookies["owner_once"].Value
		now.move(time.Second)
		if i == 0 {
			now.move(4 * 24 * time.Hour)
		}
	}
	withdraw(t, s, ids[1], "Authorization", bearerOf+secrets[1])
	postQuote(t, s, `{"revises":"`+ids[2]+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+secrets[2])

	cells := func(s *goquery.Selection) string {
		s.Find("th, td").AfterHtml(" ")
		return squeezed(s)
	}
	list := func(target string) (rows []string, page *goquery.Document) {
		t.Helper()
		page = document(t, r.get(target))
		checkDocument(t, page)
		page.Find(".made-list tbody tr").Each(func(_ int, s *goquery.Selection) {
			s.Find("a + a, td").BeforeHtml(" | ")
			rows = append(rows, squeezed(s))
		})
		return rows, page
	}
	first, page := list(quotesPage)
	if len(first) != 25 || first[0] != "Quote 25 小 | <Customer 1> | valid | ¥35,988.00 | 14 March 2026 | 15 March 2026 until tomorrow" {
		t.Errorf("%d quotes, the first is %q", len(first), first[0])
	}
	joined := strings.Join(first, "\n")
	if !strings.Contains(joined, "Withdrawn quote | <Customer 1> | withdrawn | ¥35,988.00 | 14 March 2026 | 15 March 2026") || strings.Count(joined, "revised") != 1 {
		t.Errorf("%s", joined)
	}
	if href := page.Find(".made-list tbody tr a").First().AttrOr("href", ""); href != "/q/"+ids[25] {
		t.Errorf("the first leads to %s", href)
	}
	second, page := list(page.Find("a[rel=next]").AttrOr("href", ""))
	if len(second) != 1 || !strings.Contains(second[0], "Quote 0 小") || !strings.Contains(second[0], "expired") || page.Find("a[rel=next]").Length() != 0 {
		t.Errorf("older quotes: %q", second)
	}
	if !strings.Contains(page.Find("#lang-switch").AttrOr("href", ""), "page=2") || page.Find(".made-pages a[rel=prev][href='/quotes']").Length() != 1 {
		t.Error("from an older page there is no way on")
	}
	for query, want := range map[string]int{
		"search=QUOTE+1": 17, // 10 to 19 and 21, and those for customer 1; the first was withdrawn
		"search=" + url.QueryEscape("１　ＱＵＯＴＥ"):            17,
		"search=" + url.QueryEscape("customer 0>"):        13,
		"search=tencent+" + url.QueryEscape("聊天"):         0,
		"search=" + url.QueryEscape("pro 腾讯云 即时通信 <cust"): 25,
		"search=" + ids[7]:           1,
		"search=" + ids[1]:           1, // by its number
		"state=withdrawn":            1,
		"state=revised":              1,
		"state=expired":              1,
		"state=valid":                23,
		"state=none":                 0,
		"expires=soon":               23,
		"expires=soon&state=expired": 0,
		"customer=" + url.QueryEscape("<Customer 1>"): 13, // with the withdrawn one
		"customer=nobody":                     0,
		"product=tencent-im":                  25,
		"product=easemob-im":                  0,
		"month=2026-03":                       26,
		"month=2026-04":                       0,
		"search=%25":                          0,
		"search=_":                            0,
		"search='":                            0,
		"search=" + strings.Repeat("x", 5000): 0,
		"page=99":                             0,
		"page=-1&before=no-such&search=%00":   26,
	} {
		rows, page := list(quotesPage + "?" + query)
		if len(rows) != min(want, 25) {
			t.Errorf("%.60s: found %d, not %d", query, len(rows), want)
		}
		if want == 0 && page.Find("main a[href='/quotes']").Length() != 1 {
			t.Errorf("%.60s: no way back", query)
		}
	}
	_, page = list(quotesPage)
	if sums := cells(page.Find(".made-sums")); !strings.Contains(sums, "valid 23 ¥827,724.00") || !strings.Contains(sums, "expired 1 ¥35,988.00") ||
		!strings.Contains(sums, "withdrawn 1 ¥35,988.00") || !strings.Contains(sums, "valid and expired 24 ¥863,712.00") {
		t.Errorf("the sums are %s", sums)
	}

	// Without a script the form leads to the same as with one.
	plain := r.get(quotesPage + "?search=customer+0&state=valid&customer=&product=&month=&sort=oldest")
	if at := plain.Header.Get("Location"); plain.StatusCode != http.StatusSeeOther || at != quotesPage+"?search=customer+0&state=valid&sort=oldest" {
		t.Errorf("the form leads to %s", at)
	}
	if at := r.get(quotesPage + "?search=").Header.Get("Location"); at != quotesPage {
		t.Errorf("the empty form leads to %s", at)
	}
	res := r.ask(request(http.MethodGet, quotesPage+"?search=customer+0&state=valid&customer=&product=&month=&sort=oldest", "", "HX-Request", "true"))
	part := fragment(t, res)
	if part.Find(".made-list tbody tr").Length() != 11 || part.Find("form").Length() != 0 || part.Find("#lang-switch").Length() != 1 {
		t.Error("the answer is not the list")
	}
	if at := res.Header.Get("HX-Replace-Url"); at != quotesPage+"?search=customer+0&state=valid&sort=oldest" {
		t.Errorf("the address becomes %s", at)
	}
	// The list is this browser's.
	if mine := document(t, newRep(t, s).get(quotesPage)); mine.Find(".made-list").Length() != 0 {
		t.Error("another browser sees the list")
	}
}
