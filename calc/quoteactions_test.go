package calc_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// show opens a page with the cookies of a browser.
func (r *rep) show(path string) *goquery.Document {
	r.t.Helper()
	res := r.get(path)
	wantStatus(r.t, res, 200)
	doc := document(r.t, res)
	checkDocument(r.t, doc)
	checkHeadings(r.t, doc)
	return doc
}

// TestOwnerLinkIsShownOnce, on the page of the quote, to the browser that saved
// it, and works in another browser.
func TestOwnerLinkIsShownOnce(t *testing.T) {
	s := newServer(t, withPublicURL)
	maker := newRep(t, s)
	maker.add(proItem)
	id := maker.save()
	page := "/q/" + id
	maker.ask(request(http.MethodHead, page, "")) // whoever looks ahead does not use it up
	link := maker.show(page).Find("#owner-link").AttrOr("value", "")
	secret, ok := strings.CutPrefix(link, onPublicURL+page+"#owner=")
	if !ok || len(secret) != 26 {
		t.Fatalf("owner link %q", link)
	}
	doc := maker.show(page)
	if doc.Find("#owner-link").Length() != 0 || strings.Contains(doc.Text(), secret) {
		t.Error("the owner link is shown again")
	}
	if doc.Find("form[action='"+page+"/revise'], a[href='"+page+"/withdraw']").Length() != 2 {
		t.Error("the maker can neither revise nor withdraw")
	}

	customer := newRep(t, s)
	doc = customer.show(page)
	if doc.Find("#owner, #owner-link").Length() != 0 || doc.Find("a[href='"+page+"/own']").Length() != 1 {
		t.Error("the customer is taken for the maker")
	}
	// The script is on this page alone, and it is there for the owner link.
	if n := doc.Find(`script[src*="/quote."]`).Length(); n != 1 {
		t.Errorf("%d scripts for the owner link", n)
	}
	if document(t, get(t, s, imPage)).Find(`script[src*="/quote."]`).Length() != 0 {
		t.Error("a calculator loads the script of quotes")
	}

	for _, pasted := range []string{"  " + secret + "\n", link} {
		other := newRep(t, s)
		form := other.show(page + "/own")
		if form.Find("form[method=post][action='"+page+"/own'] input[name=secret]").Length() != 1 {
			t.Error("there is no form for the secret")
		}
		res := other.post(page+"/own", url.Values{"secret": {pasted}})
		wantStatus(t, res, http.StatusSeeOther)
		if to := res.Header.Get("Location"); to != page {
			t.Errorf("sent to %s", to)
		}
		if other.show(page).Find("#owner").Length() != 1 {
			t.Error("the owner is not known in the other browser")
		}
	}
}

// TestLinksAreNotMixedUp: what is copied first, and what stands before the
// quote, is the customer's link. The owner's comes after it, under another name,
// with a warning.
func TestLinksAreNotMixedUp(t *testing.T) {
	for lang, want := range map[string][]string{"en": {"Copy customer link", "Copy owner link", "Do not send"}, "zh": {"复制客户链接", "复制报价人链接", "请勿发给客户"}} {
		r := newRep(t, newServer(t, withPublicURL))
		r.add(proItem)
		page := "/q/" + r.save("quote_lang", lang)
		doc := r.show(page)
		names := map[string]string{}
		order := doc.Find("[data-copy], .sheet").Map(func(_ int, b *goquery.Selection) string {
			field := b.AttrOr("data-copy", "the quote")
			names[field] = squeezed(b)
			return field
		})
		if got := strings.Join(order, ", "); got != "link, summary, owner-link, the quote" {
			t.Errorf("the page has %s", got)
		}
		if names["link"] != want[0] || names["owner-link"] != want[1] {
			t.Errorf("the buttons are %q and %q", names["link"], names["owner-link"])
		}
		if value := byID(doc, "link").AttrOr("value", ""); value != onPublicURL+page {
			t.Errorf("the customer's link is %s", value)
		}
		owner := byID(doc, "owner-link")
		if warning := squeezed(byID(doc, owner.AttrOr("aria-describedby", ""))); !strings.Contains(warning, want[2]) {
			t.Errorf("of the owner's link it is said: %q", warning)
		}
		// Only the customer's is a button that stands out.
		if doc.Find(".button[data-copy]").Length() != 1 || doc.Find(".owner-once #link").Length() != 0 {
			t.Error("the owner's link stands out, or has the customer's with it")
		}
		if again := r.show(page); squeezed(again.Find("[data-copy=link]")) == want[0] || again.Find(".just-saved").Length() != 0 {
			t.Error("the page goes on saying that the quote was saved just now")
		}
	}
}

// TestWrongSecrets: whatever is wrong about one, the answer is the same, and
// what was typed is still there.
func TestWrongSecrets(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, withLog(&log))
	q, another := saveQuote(t, s, oneItem), saveQuote(t, s, oneItem)
	for _, secret := range []string{
		"", " ", "x", *another.OwnerToken, (*q.OwnerToken)[:25], *q.OwnerToken + "a", strings.ToUpper(*q.OwnerToken),
		"#owner=", "<script>alert(1)</script>", strings.Repeat("a", 60_000), "\x00", "%",
	} {
		r := newRep(t, s)
		res := r.post("/q/"+q.ID+"/own", url.Values{"secret": {secret}})
		wantStatus(t, res, http.StatusForbidden)
		wantPrivate(t, res)
		doc := document(t, res)
		checkDocument(t, doc)
		field := byID(doc, "secret")
		if note := squeezed(byID(doc, "secret-note")); note != "This is not the owner’s secret of this quote." || field.AttrOr("aria-describedby", "") != "secret-note" {
			t.Errorf("%.40q: note %q", secret, note)
		}
		if typed := field.AttrOr("value", ""); len(secret) < 500 && secret != "\x00" && typed != secret {
			t.Errorf("%q has become %q", secret, typed)
		}
		if r.show("/q/"+q.ID).Find("#owner").Length() != 0 {
			t.Errorf("%.40q makes an owner", secret)
		}
	}
	wantStatus(t, newRep(t, s).post("/q/"+q.ID+"/own", url.Values{"secret": {*q.OwnerToken}}), http.StatusSeeOther)
	wantStatus(t, newRep(t, s).post("/q/"+q.ID+"/own", url.Values{"secret": {strings.Repeat("a", 70_000)}}), http.StatusRequestEntityTooLarge)
	for _, hidden := range []string{*q.OwnerToken, *another.OwnerToken, q.ID} {
		if strings.Contains(log.String(), hidden) {
			t.Errorf("the log has %s", hidden)
		}
	}
}

// TestOwnerCookieOfAnotherQuote is not shown as an owner link, and is forgotten.
func TestOwnerCookieOfAnotherQuote(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, value := range []string{"x", strings.Repeat("a", 26), strings.Repeat("a", 4000)} {
		res := get(t, s, "/q/"+q.ID, "Cookie", "owner_once="+value)
		if document(t, res).Find("#owner-link").Length() != 0 {
			t.Errorf("%.30s is shown as an owner link", value)
		}
		if set := res.Header.Get("Set-Cookie"); !strings.Contains(set, "owner_once=;") || !strings.Contains(set, "Max-Age=0") || !strings.Contains(set, "Path=/q/"+q.ID) || !strings.Contains(set, "HttpOnly") {
			t.Errorf("the cookie is set to %q", set)
		}
	}
}

// TestOnlyTheOwnerWithdraws, after being asked.
func TestOnlyTheOwnerWithdraws(t *testing.T) {
	s := newServer(t)
	maker, other := newRep(t, s), newRep(t, s)
	maker.add(proItem)
	id := maker.save("title", "Ours", "customer", "Acme")
	page := "/q/" + id
	for _, who := range []*rep{other, newRep(t, s)} {
		wantStatus(t, who.get(page+"/withdraw"), http.StatusForbidden)
		for _, path := range []string{"/withdraw", "/revise"} {
			res := who.post(page+path, url.Values{"answer": {"withdraw"}})
			wantStatus(t, res, http.StatusForbidden)
			if text := squeezed(document(t, res).Find("main")); !strings.Contains(text, "Only whoever made the quote") {
				t.Errorf("%s: %q", path, text)
			}
		}
		other.add(roomsItem) // now it is a browser that is known
	}
	question := maker.show(page + "/withdraw")
	if text := squeezed(question.Find("main")); !strings.Contains(text, "Ours · Acme") || !strings.Contains(text, "erased") {
		t.Errorf("question %q", text)
	}
	if question.Find("a[href='"+page+"']").Length() != 1 {
		t.Error("there is no way back")
	}
	maker.show(page) // asking has changed nothing
	for range 2 {
		res := maker.post(page+"/withdraw", url.Values{"answer": {"withdraw"}})
		wantStatus(t, res, http.StatusSeeOther)
		if to := res.Header.Get("Location"); to != page {
			t.Errorf("sent to %s", to)
		}
	}
	wantStatus(t, maker.get(page), http.StatusGone)
	wantStatus(t, maker.get(page+"/withdraw"), http.StatusGone)
}

func TestFormsOfQuotesAreForms(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, path := range []string{"/draft", "/revise", "/withdraw", "/own"} {
		wantStatus(t, send(t, s, request(http.MethodPost, "/q/"+q.ID+path, "{}", "Content-Type", "application/json")), http.StatusUnsupportedMediaType)
		res := send(t, s, request(http.MethodPost, "/q/"+q.ID+path, "", "Content-Type", formType, "Sec-Fetch-Site", "cross-site"))
		wantStatus(t, res, http.StatusForbidden)
	}
}
