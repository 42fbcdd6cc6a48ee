package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
)

const (
	imPage      = "/calc/tencent-im"
	fixturePage = "/calc/" + fixture
	formType    = "application/x-www-form-urlencoded"
)

// postForm sends the form as a browser does without JavaScript; with live it
// is sent as htmx does.
func postForm(t testing.TB, h http.Handler, target, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodPost, target, body, append([]string{"Content-Type", formType}, headers...)...))
}

func live(t testing.TB, h http.Handler, target, body string) *http.Response {
	t.Helper()
	return postForm(t, h, target, body, "HX-Request", "true")
}

func byID(doc *goquery.Document, id string) *goquery.Selection {
	return doc.Find(fmt.Sprintf("[id=%q]", id))
}

// squeezed is the text of an element with its blanks made one.
func squeezed(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// link returns the address that the page offers for sharing, without the part
// that the test server makes up.
func link(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	value, ok := byID(doc, "link").Attr("value")
	if !ok {
		t.Fatal("the page has no link to share")
	}
	path, ok := strings.CutPrefix(value, "http://example.com")
	if !ok {
		t.Errorf("the link %q does not begin as the request came", value)
	}
	return entered(t, path)
}

// chosen returns the option whose bill is shown.
func chosen(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	row := doc.Find("[data-option]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return s.Find("input[type=radio][checked]").Length() == 1
	})
	if row.Length() > 1 {
		t.Errorf("%d options are chosen", row.Length())
	}
	id, _ := row.Attr("data-option")
	return id
}

// TestPageShowsTheEstimate: the example of the public interface, as a page.
func TestPageShowsTheEstimate(t *testing.T) {
	doc := document(t, get(t, newServer(t, withClock(noon())), imPage+"?dau=15000&history_days=90&months=12"))
	if total := squeezed(byID(doc, "total")); total != "¥35,988.00" {
		t.Errorf("total %q", total)
	}
	if monthly := squeezed(byID(doc, "monthly")); monthly != "¥2,999.00" {
		t.Errorf("monthly %q", monthly)
	}
	answer := squeezed(byID(doc, "answer"))
	for _, part := range []string{"¥11,988.00", "¥24,000.00", "Pro"} { // prepaid, postpaid, plan
		if !strings.Contains(answer, part) {
			t.Errorf("the answer does not say %s", part)
		}
	}
	if beside := squeezed(doc.Find("section.answer")); !strings.Contains(beside, "Prices of 30 October 2020 (5 years old), in CNY") {
		t.Errorf("beside the answer the date of the prices is missing: %s", beside)
	}
	var lines []string
	doc.Find("[data-line]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("data-line")
		lines = append(lines, id)
	})
	if !slices.Equal(lines, []string{"plan", "dau_overage", "history"}) {
		t.Errorf("lines %v", lines)
	}
	overage := squeezed(doc.Find("[data-line=dau_overage]"))
	for _, part := range []string{"⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", "¥12,000.00", "overage"} { // formula, amount, source
		if !strings.Contains(overage, part) {
			t.Errorf("the line %q does not say %q", overage, part)
		}
	}
	if spoken := squeezed(byID(doc, "spoken")); !strings.Contains(spoken, "¥35,988.00") {
		t.Errorf("spoken %q", spoken)
	}
	var options []string
	doc.Find("[data-option]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("data-option")
		options = append(options, id)
		radio := s.Find("input[type=radio][name=option]")
		if radio.Length() != 1 {
			t.Errorf("option %s has %d radios", id, radio.Length())
		}
	})
	if !slices.Equal(options, []string{"pro", "ultimate", "trial"}) {
		t.Errorf("options %v", options)
	}
	if id := chosen(t, doc); id != "pro" {
		t.Errorf("%s is chosen", id)
	}
	if row := squeezed(doc.Find("[data-option=ultimate]")); !strings.Contains(row, "¥53,988.00") || !strings.Contains(row, "+¥18,000.00") {
		t.Errorf("ultimate: %q", row)
	}
	if row := squeezed(doc.Find("[data-option=trial]")); !strings.Contains(row, "100") || !strings.Contains(row, "7 days") || strings.Contains(row, "¥") {
		t.Errorf("trial: %q", row)
	}
	if value, _ := byID(doc, "dau").Attr("value"); value != "15000" {
		t.Errorf("the field has %q", value)
	}
	if note := squeezed(byID(doc, "dau-note")); !strings.Contains(note, "15,000 users a day") {
		t.Errorf("what was understood: %q", note)
	}
	if got := link(t, doc); got != imPage+"?months=12&dau=15000&history_days=90" {
		t.Errorf("link %q", got)
	}
}

// TestAssumptionsAreShownWithTheFiguresThatRestOnThem: bandwidth rests on an
// assumption that a bill without bandwidth does not show.
func TestAssumptionsAreShownWithTheFiguresThatRestOnThem(t *testing.T) {
	s := newServer(t)
	catalog := newCatalog(t)
	product, _ := catalog.Product(fixture)
	special := product.Newest().AllAssumptions[1].EN // of room_hours only
	if with := squeezed(byID(document(t, get(t, s, fixturePage)), "answer")); !strings.Contains(with, special) {
		t.Errorf("the assumption is not shown: %q", with)
	}
	if without := squeezed(byID(document(t, get(t, s, fixturePage+"?hours_a_day=0")), "answer")); strings.Contains(without, special) {
		t.Error("the assumption is shown where nothing rests on it")
	}
}

func TestFaultsOnThePage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ field, typed string }{
		{"dau", "lots"}, {"dau", "1,5"}, {"dau", "-5"}, {"dau", "2.5"}, {"months", "0"}, {"months", "37"}, {"live_days", "32"},
		{"dau", `"><script>alert(1)</script>`}, {"group_members", "十几"},
	} {
		values := url.Values{tt.field: {tt.typed}, "users": {"12345"}}
		for name, res := range map[string]*http.Response{
			"GET":  get(t, s, imPage+"?"+values.Encode()),
			"POST": postForm(t, s, imPage, values.Encode()),
		} {
			t.Run(name+" "+tt.field+"="+tt.typed, func(t *testing.T) {
				wantStatus(t, res, http.StatusUnprocessableEntity)
				doc := document(t, res)
				checkDocument(t, doc)
				field := byID(doc, tt.field)
				if invalid, _ := field.Attr("aria-invalid"); invalid != "true" {
					t.Error("the field is not marked")
				}
				if value, _ := field.Attr("value"); value != tt.typed {
					t.Errorf("the field has %q", value)
				}
				described, _ := field.Attr("aria-describedby")
				if !strings.Contains(described, tt.field+"-note") || squeezed(byID(doc, tt.field+"-note")) == "" {
					t.Error("nothing is said beside the field")
				}
				if doc.Find("[aria-invalid]").Length() != 1 {
					t.Error("other fields are marked")
				}
				if value, _ := byID(doc, "users").Attr("value"); value != "12345" {
					t.Errorf("what else was typed is lost: %q", value)
				}
				if doc.Find("[data-line], #total").Length() != 0 {
					t.Error("there are figures for inputs at fault")
				}
				if details := field.Closest("details"); details.Length() == 1 {
					if _, open := details.Attr("open"); !open {
						t.Error("the fault is folded away")
					}
				}
				// Nothing typed is lost on the way to the other language.
				href, _ := byID(doc, "lang-switch").Attr("href")
				other, err := url.Parse(href)
				if err != nil || other.Query().Get(tt.field) != tt.typed {
					t.Errorf("the other language is at %q", href)
				}
			})
		}
	}
}

func TestPriceBookOnThePage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ query, total, link string }{
		{"", "¥246.49", fixturePage},
		{"?price_book=", "¥246.49", fixturePage},
		{"?price_book=2026-01-01", "¥246.49", fixturePage}, // the newest needs no name
		{"?price_book=2025-06-01", "¥226.49", fixturePage + "?price_book=2025-06-01"},
	} {
		doc := document(t, get(t, s, fixturePage+tt.query))
		if total := squeezed(byID(doc, "total")); total != tt.total {
			t.Errorf("%s: total %s", tt.query, total)
		}
		if got := link(t, doc); got != tt.link {
			t.Errorf("%s: link %s", tt.query, got)
		}
		hidden, pinned := doc.Find("form input[name=price_book]").Attr("value")
		older := strings.Contains(tt.link, "price_book")
		if !pinned || (hidden == "2025-06-01") != older {
			t.Errorf("%s: the form has the price book %q", tt.query, hidden)
		}
		newest := doc.Find(fmt.Sprintf("#answer .older a[href=%q]", fixturePage))
		if (newest.Length() == 1) != older {
			t.Errorf("%s: %d links to the newest prices", tt.query, newest.Length())
		}
		var books []string
		doc.Find("#answer .books a").Each(func(_ int, a *goquery.Selection) {
			books = append(books, a.AttrOr("href", "")+" "+a.AttrOr("aria-current", ""))
		})
		want := []string{fixturePage + " true", fixturePage + "?price_book=2025-06-01 "}
		if older {
			want = []string{fixturePage + " ", fixturePage + "?price_book=2025-06-01 true"}
		}
		if !slices.Equal(books, want) {
			t.Errorf("%s: links to the price books %q, want %q", tt.query, books, want)
		}
	}
	for _, target := range []string{imPage + "?price_book=1999-01-01", "/calc/no-such-product", "/calc/", "/calc", "/nothing"} {
		res := get(t, s, target)
		wantStatus(t, res, http.StatusNotFound)
		doc := document(t, res)
		if doc.Find("html h1").Length() != 1 || doc.Find("main a[href]").Length() == 0 {
			t.Errorf("%s: the error page says nothing or leads nowhere", target)
		}
	}
	wantStatus(t, live(t, s, imPage, "price_book=1999-01-01"), http.StatusNotFound)
	wantStatus(t, live(t, s, "/calc/no-such-product", "dau=1"), http.StatusNotFound)
}

func TestChosenOption(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ query, chosen, total, link string }{
		{"dau=20000", "pro", "¥1,999.00", "?dau=20000"},
		{"dau=20000&option=ultimate", "ultimate", "¥3,999.00", "?dau=20000&option=ultimate"},
		{"dau=20000&option=pro", "pro", "¥1,999.00", "?dau=20000"},          // what is recommended anyway
		{"dau=20000&option=trial", "trial", "—", "?dau=20000&option=trial"}, // which cannot serve
		{"dau=20000&option=gold", "pro", "¥1,999.00", "?dau=20000"},
		{"option=", "trial", "¥0.00", ""},
		{"group_members=6001&option=pro", "pro", "—", "?group_members=6001&option=pro"},
	} {
		doc := document(t, get(t, s, imPage+"?"+tt.query))
		if got := chosen(t, doc); got != tt.chosen {
			t.Errorf("%s: %s is chosen", tt.query, got)
		}
		if total := squeezed(byID(doc, "total")); total != tt.total {
			t.Errorf("%s: total %s", tt.query, total)
		}
		if got := link(t, doc); got != imPage+tt.link {
			t.Errorf("%s: link %s", tt.query, got)
		}
		// From a choice there is a way back to the recommendation.
		if strings.Contains(tt.link, "option=") && tt.chosen != "pro" {
			back := strings.TrimSuffix(tt.link, "&option="+tt.chosen)
			ways := doc.Find("#answer a[href*='?']").FilterFunction(func(_ int, a *goquery.Selection) bool {
				return entered(t, a.AttrOr("href", "")) == imPage+back
			})
			if ways.Length() == 0 {
				t.Errorf("%s: there is no way back", tt.query)
			}
		}
	}
}

func TestNoFeasibleOption(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?group_members=6001"))
	if chosen(t, doc) != "" || doc.Find("#total, [data-line]").Length() != 0 {
		t.Error("figures of an option that cannot serve")
	}
	if n := doc.Find("[data-option] .reasons li, [data-option] li").Length(); n < 3 {
		t.Errorf("%d reasons for three options", n)
	}
	if got := link(t, doc); got != imPage+"?group_members=6001" {
		t.Errorf("link %q", got)
	}
}

// TestRecommendedRadioFollows: the radio of the recommended option sends
// nothing, so that the choice goes on following the recommendation.
func TestRecommendedRadioFollows(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?dau=20000"))
	for id, want := range map[string]string{"pro": "", "ultimate": "ultimate", "trial": "trial"} {
		if value, ok := doc.Find("[data-option=" + id + "] input[type=radio]").Attr("value"); !ok || value != want {
			t.Errorf("%s sends %q", id, value)
		}
	}
}

func TestParametersThatAreNoInputsAreIgnored(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, imPage+"?utm_source=mail&dau=20000&fbclid=%00&months[]=3&=x&dau.x=1"))
	if got := link(t, doc); got != imPage+"?dau=20000" {
		t.Errorf("link %q", got)
	}
	// Broken escapes and the like are no reason to fail either.
	for _, query := range []string{"%", "%zz=1", "a;b", "&&&", "=", "dau=1&dau=2", strings.Repeat("dau=1&", 5000), "dau=%ff%fe", "lang=%00"} {
		wantStatus2xxOr4xx(t, send(t, s, &http.Request{
			Method: http.MethodGet, URL: &url.URL{Path: imPage, RawQuery: query}, Host: "example.com",
			Header: http.Header{}, RemoteAddr: "192.0.2.1:1",
		}), query)
	}
}

func wantStatus2xxOr4xx(t testing.TB, res *http.Response, what string) {
	t.Helper()
	if res.StatusCode < 200 || res.StatusCode >= 500 || len(read(t, res)) == 0 {
		t.Errorf("%.40q: status %d", what, res.StatusCode)
	}
}

func TestLinkBegins(t *testing.T) {
	for _, tt := range []struct {
		name, public, proto string
		trusted             bool
		want                string
	}{
		{"as the request came", "", "", false, "http://example.com" + imPage},
		{"with the public address", "https://suanpan.example", "", false, "https://suanpan.example" + imPage},
		{"with the public address and its slash", "https://suanpan.example/", "", false, "https://suanpan.example" + imPage},
		{"as a trusted proxy says", "", "https", true, "https://example.com" + imPage},
		{"not as anybody says", "", "https", false, "http://example.com" + imPage},
	} {
		// Another proxy than the one the request comes from.
		s := newServer(t, withProxies("10.0.0.0/8"), func(c *calc.Config) { c.PublicURL = tt.public })
		if tt.trusted {
			s = newServer(t, withProxies("192.0.2.0/24"))
		}
		doc := document(t, get(t, s, imPage, "X-Forwarded-Proto", tt.proto))
		if got, _ := byID(doc, "link").Attr("value"); entered(t, got) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
