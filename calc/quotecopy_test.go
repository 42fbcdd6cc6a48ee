package calc_test

import (
	"bytes"
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
			if !slices.Equal(answers, []string{"add", "replace", "new"}) || question.Find("a[href='"+draftPage+"']").Length() != 1 {
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
	if !slices.Equal(answers, []string{"replace", "new"}) {
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
