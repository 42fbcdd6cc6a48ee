package calc_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

func TestLiveUpdate(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ body, address, total string }{
		{"lang=en&months=&dau=15000&history_days=90&months=12", "?months=12&dau=15000&history_days=90", "¥35,988.00"},
		{"dau=1.5万&live_days=30&months=1&users=&option=", "?dau=15000", "¥1,999.00"},
		{"dau=１５０００&option=pro", "?dau=15000", "¥1,999.00"},
		{"dau=15k&option=ultimate", "?dau=15000&option=ultimate", "¥3,999.00"},
		{"", "", "¥0.00"},
		{"price_book=2020-10-30&advanced_moderation=yes", "?advanced_moderation=yes", "¥1,999.00"},
		{"dau=0&live_days=031&utm_source=x", "?live_days=31", "¥0.00"},
	} {
		t.Run(tt.body, func(t *testing.T) {
			res := live(t, s, imPage, tt.body)
			wantStatus(t, res, http.StatusOK)
			if got := entered(t, res.Header.Get("HX-Replace-Url")); got != imPage+tt.address {
				t.Errorf("HX-Replace-Url %q, want %q", got, imPage+tt.address)
			}
			if vary := strings.Join(res.Header.Values("Vary"), ","); !strings.Contains(vary, "HX-Request") {
				t.Errorf("Vary %q", vary)
			}
			doc := fragment(t, res)
			if total := squeezed(byID(doc, "total")); total != tt.total {
				t.Errorf("total %s, want %s", total, tt.total)
			}
			if got := link(t, doc); got != imPage+tt.address {
				t.Errorf("link %s", got)
			}
			// The address opens the same estimate.
			page := document(t, get(t, s, imPage+tt.address))
			if squeezed(byID(page, "total")) != tt.total || chosen(t, page) != chosen(t, doc) || link(t, page) != link(t, doc) {
				t.Error("the address opens another estimate")
			}
			if form := doc.Find("form, #dau, #calculator"); form.Length() != 0 {
				t.Error("the answer replaces fields that are being typed in")
			}
		})
	}
}

var wholePage = regexp.MustCompile(`(?i)<(html|head|body|!doctype)[\s>]`)

// fragment parses an answer that must not be a whole page.
func fragment(t testing.TB, res *http.Response) *goquery.Document {
	t.Helper()
	body := string(read(t, res))
	if tag := wholePage.FindString(body); tag != "" {
		t.Errorf("the fragment has %s", tag)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestLiveUpdateOfFaults: the notes say what is wrong; the last good figures
// and the address stay.
func TestLiveUpdateOfFaults(t *testing.T) {
	s := newServer(t)
	res := live(t, s, imPage, "dau=lots&users=5&months=99")
	wantStatus(t, res, http.StatusOK)
	if got := res.Header.Get("HX-Replace-Url"); got != "" {
		t.Errorf("HX-Replace-Url %q", got)
	}
	doc := fragment(t, res)
	for _, id := range []string{"dau-note", "months-note"} {
		note := byID(doc, id)
		if _, swapped := note.Attr("hx-swap-oob"); !swapped || squeezed(note) == "" || !note.HasClass("fault") {
			t.Errorf("%s says %q", id, squeezed(note))
		}
	}
	if note := byID(doc, "users-note"); note.HasClass("fault") || !strings.Contains(squeezed(note), "5 users") {
		t.Errorf("users-note says %q", squeezed(note))
	}
	if doc.Find("#total, #monthly, [data-line], [data-option], #link").Length() != 0 {
		t.Error("there are figures")
	}
	// Everything is swapped out of band: nothing is left to replace the answer with.
	doc.Find("body > *").Each(func(_ int, e *goquery.Selection) {
		if _, swapped := e.Attr("hx-swap-oob"); !swapped {
			t.Errorf("<%s> would replace the figures", goquery.NodeName(e))
		}
	})
	if spoken := squeezed(byID(doc, "spoken")); spoken == "" || strings.Contains(spoken, "¥") {
		t.Errorf("spoken %q", spoken)
	}
	// A mended entry takes its note back. Notes of empty fields are not sent:
	// the page clears those itself.
	if note := byID(fragment(t, live(t, s, imPage, "dau=5")), "dau-note"); note.HasClass("fault") || squeezed(note) != "5 users a day" {
		t.Errorf("a mended field's note says %q", squeezed(note))
	}
	if note := byID(fragment(t, live(t, s, imPage, "dau=")), "dau-note"); squeezed(note) != "" {
		t.Errorf("an empty field's note says %q", squeezed(note))
	}
}

// TestPlacesOutsideTheAnswerExist: what the fragment swaps out of band must be
// on the page that sent the form, or htmx drops it.
func TestPlacesOutsideTheAnswerExist(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	check := func(t testing.TB, book *pricing.Book, query string) {
		t.Helper()
		target := "/calc/" + book.Product
		page := document(t, get(t, s, target+"?"+query))
		for _, more := range []string{"", "&months=2", "&months=x"} {
			fragment(t, live(t, s, target, query+more)).Find("[hx-swap-oob]").Each(func(_ int, e *goquery.Selection) {
				id, _ := e.Attr("id")
				if byID(page, id).Length() != 1 {
					t.Errorf("%s?%s: the page has no %q", target, query, id)
				}
			})
		}
	}
	eachBook(t, func(t *testing.T, _ *pricing.Product, book *pricing.Book) {
		pin := "price_book=" + book.ID
		check(t, book, pin)
		for _, e := range book.Examples {
			check(t, book, pin+"&"+forms.UsageQuery(e.Usage))
		}
	})
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		_, book := anyBook(rt, products)
		check(t, book, "price_book="+book.ID+"&"+forms.UsageQuery(anyUsage(rt, book)))
	})
}

// TestFormWithoutJavaScript: a good form leads to the address of its estimate,
// a form at fault comes back as a page.
func TestFormWithoutJavaScript(t *testing.T) {
	s := newServer(t)
	res := postForm(t, s, imPage, "lang=en&months=12&dau=1.5万&history_days=90&option=")
	wantStatus(t, res, http.StatusSeeOther)
	if at := entered(t, res.Header.Get("Location")); at != imPage+"?months=12&dau=15000&history_days=90" {
		t.Errorf("Location %q", at)
	}
	// The query string of the form's own address does not count: the form is all.
	if at := entered(t, postForm(t, s, imPage+"?dau=99999", "users=5").Header.Get("Location")); at != imPage+"?users=5" {
		t.Errorf("Location %q", at)
	}
	wantStatus(t, postForm(t, s, imPage, "dau=lots"), http.StatusUnprocessableEntity)
	// Somebody else's headers do not make it live.
	wantStatus(t, postForm(t, s, imPage, "dau=1", "HX-Request", "false"), http.StatusSeeOther)
}

func TestFormIsRefused(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, body string
		headers    []string
		want       int
	}{
		{"JSON", `{"dau":1}`, []string{"Content-Type", "application/json"}, 415},
		{"multipart", "", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415},
		{"plain text", "dau=1", []string{"Content-Type", "text/plain"}, 415},
		{"no type", "dau=1", nil, 415},
		{"too large", "dau=1&x=" + strings.Repeat("x", bodyLimit), []string{"Content-Type", formType}, 413},
		{"of just the size", "dau=1&x=" + strings.Repeat("x", bodyLimit-8), []string{"Content-Type", formType}, 303},
		{"broken escape", "dau=%zz", []string{"Content-Type", formType}, 400},
		{"from another site", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "cross-site"}, 403},
		{"from a sister site", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "same-site"}, 403},
		{"from the site itself", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "same-origin"}, 303},
		{"typed by the visitor", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "none"}, 303},
		{"foreign origin", "dau=1", []string{"Content-Type", formType, "Origin", "https://evil.example"}, 403},
		{"origin null", "dau=1", []string{"Content-Type", formType, "Origin", "null"}, 403},
		{"own origin", "dau=1", []string{"Content-Type", formType, "Origin", "http://example.com"}, 303},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := send(t, s, request(http.MethodPost, imPage, tt.body, tt.headers...))
			wantStatus(t, res, tt.want)
			if res.StatusCode >= 400 && document(t, res).Find("html h1").Length() != 1 {
				t.Error("no error page")
			}
		})
	}
	wantProblem(t, postJSON(t, s, `{"product":"tencent-im"}`, "Sec-Fetch-Site", "cross-site"), 403)
	wantProblem(t, postJSON(t, s, `{"product":"tencent-im"}`, "Origin", "https://evil.example"), 403)
	// Behind a proxy the name that the visitor knows may not be the one asked for.
	public := newServer(t, withPublicURL)
	wantStatus(t, send(t, public, request(http.MethodPost, imPage, "dau=1", "Content-Type", formType, "Origin", onPublicURL)), 303)
	wantStatus(t, send(t, public, request(http.MethodPost, imPage, "dau=1", "Content-Type", formType, "Origin", "https://evil.example")), 403)
	// A link from elsewhere is no attack.
	wantStatus(t, get(t, s, imPage, "Sec-Fetch-Site", "cross-site"), 200)
}

// TestFormIsStable: what the form becomes is the same if it is sent again.
func TestFormIsStable(t *testing.T) {
	manyCases(t)
	s := newServer(t)
	typed := rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "15000", "15,000", "1.5万", "15k", "１５０００", "2.5", "x", "-1", "0", "007", "5.0", "3亿"}),
		rapid.StringMatching(`[0-9]{1,3}(,[0-9]{3}){0,3}(万|k|m)?`),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		values := url.Values{}
		for _, id := range []string{"months", "dau", "users", "history_days", "live_days", "advanced_moderation", "option", "other"} {
			if rapid.Bool().Draw(rt, id+" sent") {
				values.Add(id, typed.Draw(rt, id))
			}
		}
		first := live(t, s, imPage, values.Encode())
		address := first.Header.Get("HX-Replace-Url")
		if address == "" {
			return // at fault
		}
		_, query, _ := strings.Cut(address, "?")
		if again := live(t, s, imPage, query).Header.Get("HX-Replace-Url"); again != address {
			rt.Fatalf("%q becomes %s, and that %s", values.Encode(), address, again)
		}
	})
}
