package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

// goOn presses a button of the draft at an address, and returns where that leads.
func (r *rep) goOn(at, verb string, typed ...string) string {
	r.t.Helper()
	page := document(r.t, r.get(at))
	checkDocument(r.t, page)
	if page.Find(fmt.Sprintf("#draft button[name=do][value=%q]", verb)).Length() == 0 {
		r.t.Fatalf("there is no button %s at %s", verb, at)
	}
	form := belonging(page, "draft")
	for i := 0; i < len(typed); i += 2 {
		if !form.Has(typed[i]) {
			r.t.Fatalf("there is no field %s at %s", typed[i], at)
		}
		form.Set(typed[i], typed[i+1])
	}
	form.Set("do", verb)
	res := r.post(page.Find("#draft").AttrOr("action", ""), form)
	wantStatus(r.t, res, http.StatusSeeOther)
	to, _, _ := strings.Cut(res.Header.Get("Location"), "#")
	return to
}

// TestSeveralDrafts: each has its address and its name, estimates are added to the
// current one, and what is typed stays when one goes on with another.
func TestSeveralDrafts(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	r := newRep(t, s)
	pro := r.add(proItem)
	if page := r.page(); page.Find(".draft-tabs, [name=draft_name]").Length() != 0 || page.Find("#draft").AttrOr("action", "") != draftPage {
		t.Error("who has one draft sees several")
	}
	second := r.goOn(draftPage, "new", "customer", "Bay Harbour")
	if !strings.HasPrefix(second, draftPage+"/") {
		t.Fatalf("the new draft is at %s", second)
	}
	first := draftPage + "/first"
	rooms := r.add(roomsItem)
	for at, want := range map[string]string{first: pro, second: rooms} {
		page := document(t, r.get(at))
		checkDocument(t, page)
		wantItems(t, page, want)
		if here := page.Find("#draft").AttrOr("action", ""); here != at {
			t.Errorf("the form of %s is sent to %s", at, here)
		}
	}
	if typed := document(t, r.get(first)).Find("#customer").AttrOr("value", ""); typed != "Bay Harbour" {
		t.Errorf("what was typed before is %q", typed)
	}
	if to := r.get(draftPage + "?lang=zh").Header.Get("Location"); to != second+"?lang=zh" {
		t.Errorf("the draft is at %s", to)
	}
	// Looking at another one by its address does not make it the current one.
	if page := document(t, r.get(first)); page.Find(".notice button[value='open.first']").Length() != 1 {
		t.Error("it is not said that estimates are added elsewhere")
	}
	// An item that is put back goes where it came from.
	open, _ := document(t, r.get(first)).Find("#item-" + pro + " .draft-actions a").Attr("href")
	if id := r.press(document(t, r.get(open))); id != pro {
		t.Errorf("put back as %s", id)
	}
	wantItems(t, document(t, r.get(second)), rooms)
	// Names, typed like anything else.
	r.goOn(second, "open.first", "draft_name", "  小米 <rooms>\n"+strings.Repeat("x", 100))
	if tab := squeezed(document(t, r.get(first)).Find(".draft-tabs button[value^=open]")); tab != "小米 <rooms> "+strings.Repeat("x", quotes.MaxDraftName-11) {
		t.Errorf("the name is %q", tab)
	}
	again := r.add(proItem)
	wantItems(t, document(t, r.get(first)), pro, again)

	// A year later what was used lately is all there, the drawer too.
	for range 5 {
		now.move(100 * 24 * time.Hour)
		r.goOn(first, "up."+again)
		r.goOn(first, "down."+again)
		r.goOn(second, "duplicate."+rooms)
	}
	newRep(t, s).add(proItem) // sweeps
	if n := len(items(document(t, r.get(second)))); n != 6 {
		t.Errorf("the second draft has %d items", n)
	}

	// Saving one leaves the others.
	page := document(t, r.get(second))
	form := belonging(page, "draft")
	form.Set("do", "save")
	saved := r.post(second, form)
	wantStatus(t, saved, http.StatusSeeOther)
	if again := r.post(second, form).Header.Get("Location"); again != saved.Header.Get("Location") {
		t.Errorf("saved at %s, then at %s", saved.Header.Get("Location"), again)
	}
	if n := len(items(document(t, r.get(second)))); n != 0 {
		t.Errorf("%d items are left", n)
	}
	// A revision into a draft of its own.
	res := r.post(saved.Header.Get("Location")+"/revise", url.Values{})
	wantStatus(t, res, http.StatusOK)
	res = r.post(saved.Header.Get("Location")+"/revise", url.Values{"answer": {"new"}})
	wantStatus(t, res, http.StatusSeeOther)
	third := r.get(draftPage).Header.Get("Location")
	if page := document(t, r.get(third)); len(items(page)) != 6 || page.Find(".draft-tabs li").Length() != 4 {
		t.Errorf("the revision: %s", squeezed(page.Find("main")))
	}

	// Deleting one after a yes, the others stay; of the last one an empty first is left.
	for n, at := range []string{first, third, second} {
		question := document(t, r.get(at+"/delete"))
		if question.Find("form button[value=delete]").Length() != 1 || len(items(document(t, r.get(at)))) == 0 && at != second {
			t.Errorf("%s: %s", at, squeezed(question.Find("main")))
		}
		wantStatus(t, r.post(at+"/delete", url.Values{}), http.StatusSeeOther)
		if n < 2 {
			wantStatus(t, r.get(at), http.StatusNotFound)
		}
	}
	if page := r.page(); len(items(page)) != 0 || page.Find(".draft-tabs").Length() != 0 {
		t.Errorf("at the end: %s", squeezed(page.Find("main")))
	}

	// There is room for so many.
	at := draftPage
	r.add(proItem)
	for range quotes.MaxDrafts - 1 {
		at = r.goOn(at, "new")
	}
	if document(t, r.get(at)).Find("button[value=new]").Length() != 0 {
		t.Error("there is a button for one draft more")
	}
	wantStatus(t, r.post(at, url.Values{"do": {"new"}}), http.StatusUnprocessableEntity)
	for _, nowhere := range []string{"/draft/nosuch", "/draft/%00", "/draft/first%2Fx", "/draft/nosuch/delete"} {
		wantStatus(t, r.get(nowhere), http.StatusNotFound)
	}
	wantStatus(t, newRep(t, s).get(at), http.StatusNotFound)
}
