package calc_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
	"suanpan/pricing"
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

// draftOf returns what is typed in the draft, by the name of its field.
func draftOf(page *goquery.Document) map[string]string {
	out := map[string]string{}
	for name, values := range belonging(page, "draft") {
		if name != "key" && name != "seen" {
			out[name] = strings.Join(values, "|")
		}
	}
	return out
}

// TestCopyOfAQuote is the reader's own: what is quoted, but not for whom and by
// whom. The same items, saved again, come to the same figures.
func TestCopyOfAQuote(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, threeItems)
	r := newRep(t, s)
	res := r.post("/q/"+q.ID+"/draft", url.Values{})
	wantStatus(t, res, http.StatusSeeOther)
	if to := res.Header.Get("Location"); to != draftPage {
		t.Errorf("sent to %s", to)
	}
	page := r.page()
	draft, ids := draftOf(page), items(page)
	if len(ids) != 3 {
		t.Fatalf("the draft has %d items", len(ids))
	}
	for name, want := range map[string]string{
		"title": q.Title, "note": q.Note, "valid_days": "14", "customer": "", "prepared_by": "",
		"quantity." + ids[0]: "3", "quantity." + ids[1]: "1",
	} {
		if got, ok := draft[name]; !ok || got != want {
			t.Errorf("%s is %q in the draft, want %q", name, got, want)
		}
	}
	again := getQuote(t, s, r.save())
	if again.Total != q.Total || again.Revises != nil || again.Lang != q.Lang || len(again.Items) != len(q.Items) {
		t.Errorf("the copy comes to %s, the quote to %s", again.Total, q.Total)
	}
	for i := range again.Items {
		a, b := again.Items[i], q.Items[i]
		if a.PriceBookHash != b.PriceBookHash || a.Option != b.Option || !bytes.Equal(a.Inputs, b.Inputs) || a.Quantity != b.Quantity {
			t.Errorf("item %d is another one", i+1)
		}
	}
}

// TestDraftInTheWay: nothing in it is lost without being asked for.
func TestDraftInTheWay(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, threeItems)
	action := "/q/" + q.ID + "/draft"
	fill := func() *rep {
		r := newRep(t, s)
		r.add(proItem)
		wantStatus(t, r.do("refresh", "title", "Mine", "customer", "Mine too", "prepared_by", "Me"), http.StatusSeeOther)
		return r
	}
	for name, tt := range map[string]struct {
		answer, title, customer string
		items                   int
	}{
		"kept":     {"", "Mine", "Mine too", 1},
		"unknown":  {"something", "Mine", "Mine too", 1},
		"added":    {"add", "Mine", "Mine too", 4},
		"replaced": {"replace", q.Title, "", 3},
	} {
		t.Run(name, func(t *testing.T) {
			r := fill()
			asked := r.post(action, url.Values{})
			wantStatus(t, asked, 200)
			wantPrivate(t, asked)
			question := document(t, asked)
			checkDocument(t, question)
			answers := question.Find("form[action='" + action + "'] button[name=answer]").Map(func(_ int, b *goquery.Selection) string { return b.AttrOr("value", "") })
			if !slices.Equal(answers, []string{"add", "replace"}) || question.Find("a[href='"+draftPage+"']").Length() != 1 {
				t.Errorf("the answers are %v", answers)
			}
			if tt.answer != "" {
				r.post(action, url.Values{"answer": {tt.answer}})
			}
			page := r.page()
			draft := draftOf(page)
			if draft["title"] != tt.title || draft["customer"] != tt.customer || draft["prepared_by"] != "Me" || len(items(page)) != tt.items {
				t.Errorf("the draft has %d items: %v", len(items(page)), draft)
			}
		})
	}
}

// TestNoRoomInTheDraft: it says so, and adds none rather than some.
func TestNoRoomInTheDraft(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"lang":"en","items":[`+strings.TrimSuffix(strings.Repeat(`{"product":"fixture-cloud"},`, 20), ",")+`]}`)
	r := newRep(t, s)
	r.add(proItem)
	res := r.post("/q/"+q.ID+"/draft", url.Values{"answer": {"add"}})
	wantStatus(t, res, http.StatusUnprocessableEntity)
	if text := squeezed(document(t, res).Find(".fault")); !strings.Contains(text, "at most 20 items") || !strings.Contains(text, "21") {
		t.Errorf("fault %q", text)
	}
	if n := len(items(r.page())); n != 1 {
		t.Errorf("the draft has %d items", n)
	}
	wantStatus(t, r.post("/q/"+q.ID+"/draft", url.Values{"answer": {"replace"}}), http.StatusSeeOther)
	if n := len(items(r.page())); n != 20 {
		t.Errorf("the draft has %d items", n)
	}
}

// TestDraftOfTextsInTheWay: what was typed counts, though there are no items.
func TestDraftOfTextsInTheWay(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	r := newRep(t, s)
	id := r.add(proItem)
	wantStatus(t, r.do("remove."+id, "customer", "Acme"), http.StatusSeeOther)
	wantStatus(t, r.post("/q/"+q.ID+"/draft", url.Values{}), 200)
	wantStatus(t, r.post("/q/"+q.ID+"/draft", url.Values{"answer": {"add"}}), http.StatusSeeOther)
	page := r.page()
	if draftOf(page)["customer"] != "Acme" || len(items(page)) != 1 {
		t.Errorf("the draft is %v", draftOf(page))
	}
}

// TestRevisingAQuote fills the draft with all that the quote says.
func TestRevisingAQuote(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(imPage + "?months=12&dau=15000")
	first := r.save("title", "Ours", "customer", "Acme", "prepared_by", "Me", "note", "Net 30.", "valid_days", "7")
	revise := "/q/" + first + "/revise"

	// With another draft in the way there is no adding: a revision is one quote's.
	r.add(roomsItem)
	asked := r.post(revise, url.Values{})
	wantStatus(t, asked, 200)
	answers := document(t, asked).Find("button[name=answer]").Map(func(_ int, b *goquery.Selection) string { return b.AttrOr("value", "") })
	if !slices.Equal(answers, []string{"replace"}) {
		t.Errorf("the answers are %v", answers)
	}
	if n := len(items(r.page())); n != 1 {
		t.Errorf("the draft has %d items", n)
	}
	wantStatus(t, r.post(revise, url.Values{"answer": {"add"}}), http.StatusUnprocessableEntity)
	wantStatus(t, r.post(revise, url.Values{"answer": {"replace"}}), http.StatusSeeOther)
	draft := draftOf(r.page())
	for name, want := range map[string]string{"title": "Ours", "customer": "Acme", "prepared_by": "Me", "note": "Net 30.", "valid_days": "7"} {
		if draft[name] != want {
			t.Errorf("%s is %q in the draft, want %q", name, draft[name], want)
		}
	}
	// A second press of the button goes on with the revision under way.
	wantStatus(t, r.do("refresh", "title", "Better"), http.StatusSeeOther)
	wantStatus(t, r.post(revise, url.Values{}), http.StatusSeeOther)
	if title := draftOf(r.page())["title"]; title != "Better" {
		t.Errorf("the draft has lost its title: %q", title)
	}
	second := r.save()
	page := r.show("/q/" + second)
	if page.Find(".banner a[href='/q/"+first+"']").Length() != 1 {
		t.Error("the revision does not lead to its predecessor")
	}
	page = r.show("/q/" + first)
	if page.Find(".banner a[href='/q/"+second+"']").Length() != 1 || page.Find("form[action='"+revise+"']").Length() != 0 || page.Find("a[href='/q/"+first+"/withdraw']").Length() != 1 {
		t.Error("the page of the predecessor is wrong")
	}
	wantStatus(t, r.post(revise, url.Values{}), http.StatusConflict)
}

// olderCatalog has the price books of one product but for its newest.
func olderCatalog(t testing.TB, product string) *pricing.Catalog {
	t.Helper()
	books, older := pricing.EmbeddedBooks(), fstest.MapFS{}
	all, err := fs.Glob(books, product+"/2*.yaml")
	if err != nil || len(all) < 2 {
		t.Fatalf("%d books: %v", len(all), err)
	}
	for _, name := range all[:len(all)-1] {
		data, err := fs.ReadFile(books, name)
		if err != nil {
			t.Fatal(err)
		}
		older[name] = &fstest.MapFile{Data: data}
	}
	c, err := pricing.LoadCatalog(older)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCopyOfWhatIsGone: what cannot be taken over is said, and the rest is.
func TestCopyOfWhatIsGone(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	all := newServer(t, withStore(store))
	q := saveQuote(t, all, `{"lang":"en","items":[{"product":"fixture-cloud"},
		{"product":"easemob-im","inputs":{"months":12,"dau":20000,"speech_to_text_messages":1000000},"quantity":2}]}`)
	gone := saveQuote(t, all, oneItem)
	s := newServer(t, withStore(store), func(c *calc.Config) { c.Catalog = olderCatalog(t, "easemob-im") })

	r := newRep(t, s)
	doc := document(t, r.post("/q/"+q.ID+"/draft", url.Values{}))
	checkDocument(t, doc)
	list := doc.Find(".listed li").Map(func(_ int, li *goquery.Selection) string { return squeezed(li) })
	if len(list) != 2 || !strings.HasPrefix(list[0], "Fixture Rooms: there are no prices") || !strings.HasPrefix(list[1], "Easemob IM: ") || !strings.HasSuffix(list[1], "speech_to_text_messages") {
		t.Errorf("left out: %q", list)
	}
	if doc.Find("a[href='"+draftPage+"']").Length() != 1 {
		t.Error("the page does not lead to the draft")
	}
	page := r.page()
	if len(items(page)) != 1 || draftOf(page)["quantity."+items(page)[0]] != "2" {
		t.Errorf("the draft is %v", draftOf(page))
	}
	// The same is said where it is compared with today's prices.
	if text := squeezed(r.show("/q/" + q.ID + "/today").Find("main")); !strings.Contains(text, "Left out") || !strings.Contains(text, "speech_to_text_messages") {
		t.Errorf("today: %q", text)
	}

	res := r.post("/q/"+gone.ID+"/draft", url.Values{"answer": {"replace"}})
	if text := squeezed(document(t, res).Find("main")); !strings.Contains(text, "can be priced any more") {
		t.Errorf("of a quote that is gone: %q", text)
	}
	if n := len(items(r.page())); n != 1 {
		t.Errorf("the draft has %d items", n)
	}
}

// TestTodayWithoutTheOption: it is compared with the recommended one, and that
// is said.
func TestTodayWithoutTheOption(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ lang, want string }{
		{"en", "does not exist any more. The recommended one, %s, is shown instead."},
		{"zh", "已不存在，这里与推荐的%s比较。"},
	} {
		q := saveQuote(t, s, `{"lang":"`+tt.lang+`","items":[{"product":"easemob-im","price_book":"2022-09-13","option":"premium","inputs":{"months":12}}]}`)
		doc := quotePage(t, s, "/q/"+q.ID+"/today")
		now := today(t, s, q.ID).Items[0]
		if !now.OptionGone || now.After == nil {
			t.Fatal("the plan is still there: the test needs another")
		}
		if text := squeezed(doc.Find("main")); !strings.Contains(text, fmt.Sprintf(tt.want, now.After.OptionName)) {
			t.Errorf("%q", text)
		}
	}
}
