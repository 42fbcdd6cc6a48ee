package calc_test

import (
	"fmt"
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
			if cache := res.Header.Get("Cache-Control"); !strings.Contains(cache, "private") || !strings.Contains(res.Header.Get("X-Robots-Tag"), "noindex") {
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
		if i == 0 {
			now.move(4 * 24 * time.Hour)
		}
	}
	withdraw(t, s, ids[1], "Authorization", bearerOf+secrets[1])
	postQuote(t, s, `{"revises":"`+ids[2]+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+secrets[2])

	list := func(target string) (rows []string, page *goquery.Document) {
		t.Helper()
		page = document(t, r.get(target))
		checkDocument(t, page)
		page.Find(".made-list tbody tr").Each(func(_ int, s *goquery.Selection) {
			s.Find("a + span, td").BeforeHtml(" | ")
			rows = append(rows, squeezed(s))
		})
		return rows, page
	}
	first, page := list(quotesPage)
	if len(first) != 25 || first[0] != "Quote 25 小 | <Customer 1> | valid | ¥35,988.00 | 14 March 2026 | 15 March 2026" {
		t.Errorf("%d quotes, the first is %q", len(first), first[0])
	}
	if first[24] != "Withdrawn quote | withdrawn | | 14 March 2026 | 15 March 2026" || !strings.Contains(first[23], "revised") {
		t.Errorf("withdrawn %q, revised %q", first[24], first[23])
	}
	if href := page.Find(".made-list tbody tr a").First().AttrOr("href", ""); href != "/q/"+ids[25] {
		t.Errorf("the first leads to %s", href)
	}
	older := page.Find("a[rel=next]").AttrOr("href", "")
	second, page := list(older)
	if len(second) != 1 || !strings.Contains(second[0], "Quote 0 小") || !strings.Contains(second[0], "expired") || page.Find("a[rel=next]").Length() != 0 {
		t.Errorf("older quotes: %q", second)
	}
	if !strings.Contains(page.Find("#lang-switch").AttrOr("href", ""), "before=") || page.Find(".made-pages a[href='/quotes']").Length() != 1 {
		t.Error("from an older page there is no way on")
	}
	found, page := list(quotesPage + "?search=" + url.QueryEscape("QUOTE 1"))
	if len(found) != 10 || page.Find("#search").AttrOr("value", "") != "QUOTE 1" { // 10 to 19; 1 was withdrawn
		t.Errorf("found %q", found)
	}
	if found, _ = list(quotesPage + "?search=" + url.QueryEscape("customer 0>")); len(found) == 0 || strings.Contains(strings.Join(found, ""), "Customer 1") {
		t.Errorf("found %q", found)
	}
	for _, nothing := range []string{"%", "_", "nobody", strings.Repeat("x", 5000), "'"} {
		if found, page = list(quotesPage + "?search=" + url.QueryEscape(nothing)); len(found) != 0 || page.Find("main a[href='/quotes']").Length() != 1 {
			t.Errorf("%.10s: found %q", nothing, found)
		}
	}
	for _, before := range []string{"no-such", "%00", "'"} {
		wantStatus(t, r.get(quotesPage+"?before="+before), 200)
	}
	// The list is this browser's.
	if mine := document(t, newRep(t, s).get(quotesPage)); mine.Find(".made-list").Length() != 0 {
		t.Error("another browser sees the list")
	}
}
