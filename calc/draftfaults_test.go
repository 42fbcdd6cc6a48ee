package calc_test

import (
	"database/sql"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/quotes"
)

// TestNoTotalOfSome: an amount that cannot be told is no zero, and a total
// without it would be a wrong one. The others are still there.
func TestNoTotalOfSome(t *testing.T) {
	r := newRep(t, newServer(t))
	a, b := r.add(proItem), r.add(proItem)
	for lang, want := range map[string]string{"en": "item 2", "zh": "第 2 项"} {
		for _, typed := range []string{"1.5", "abc", "0", "-1", "1000000000000"} {
			form := belonging(r.page(), "draft")
			form.Set("quantity."+b, typed)
			form.Set("lang", lang)
			update := fragment(t, r.post(draftPage, form, "HX-Request", "true"))
			if totals := squeezed(update.Find("dl.figures dd")); totals != "———" {
				t.Errorf("with a quantity of %s the totals are %s", typed, totals)
			}
			if why := squeezed(update.Find(".remark.state")); !strings.Contains(why, want) {
				t.Errorf("with a quantity of %s it is said: %q", typed, why)
			}
			if one := squeezed(byID(update, "amount-"+a)); one != "¥35,988.00" {
				t.Errorf("the other item comes to %s", one)
			}
			if this := squeezed(byID(update, "amount-"+b)); this != "—" {
				t.Errorf("%s of the item come to %s", typed, this)
			}
		}
	}
	r.do("refresh", "quantity."+b, "2")
	if total := squeezed(byID(r.page(), "total")); total != "¥107,964.00" {
		t.Errorf("corrected, the total is %s", total)
	}
}

// wantFocus checks that one element of a page has the focus as the page opens,
// and that it can have it.
func wantFocus(t testing.TB, page *goquery.Document, id string) {
	t.Helper()
	focused := page.Find("[autofocus]")
	_, focusable := focused.Attr("tabindex")
	if got := focused.AttrOr("id", squeezed(focused)); focused.Length() != 1 || got != id || !focusable && !focused.Is("input, textarea") {
		t.Errorf("%d elements have the focus, %q for %q", focused.Length(), got, id)
	}
}

// TestFocusOfTheDraft: after each button the draft is gone on with where that
// did something, and a refused one leads to what is to be corrected first.
func TestFocusOfTheDraft(t *testing.T) {
	r := newRep(t, newServer(t))
	a, b, c := r.add(proItem), r.add(roomsItem), r.add(fixturePage)
	pressed := func(want, verb string, typed ...string) *goquery.Document {
		t.Helper()
		res := r.do(verb, typed...)
		wantStatus(t, res, http.StatusSeeOther)
		page := r.page()
		if at := res.Header.Get("Location"); at != "/draft#"+want {
			t.Errorf("%s leads to %s, not to %s", verb, at, want)
		}
		place := byID(page, want)
		if _, focusable := place.Attr("tabindex"); place.Length() != 1 || !focusable && !place.Is("input, textarea") {
			t.Errorf("%s cannot have the focus", want)
		}
		return page
	}
	pressed("item-"+c, "up."+c)
	pressed("item-"+c, "down."+c)
	page := pressed("undo", "remove."+b)
	// What brings it back stands where it was.
	if around := page.Find("#undo").Prev().AttrOr("id", "") + " " + page.Find("#undo").Next().AttrOr("id", ""); around != "item-"+a+" item-"+c || page.Find("#undo button[value=undo]").Length() != 1 {
		t.Errorf("the item was removed from between %s", around)
	}
	pressed("item-"+b, "undo")
	if last := pressed("undo", "remove."+c).Find(".draft-items li").Last().AttrOr("id", ""); last != "undo" {
		t.Errorf("the last item was removed from before %s", last)
	}
	pressed("item-"+c, "undo")
	pressed("undo", "clear")
	pressed("item-"+a, "undo")
	pressed("items-title", "refresh")
	// The Enter key, without a script: the last field that was typed into.
	pressed("customer", "", "quantity."+a, "2", "customer", "Acme")
	pressed("quantity-"+b, "", "quantity."+b, "2")

	for _, tt := range []struct {
		focus string
		typed []string
	}{
		{"valid_days", []string{"valid_days", "soon"}},
		{"note", []string{"note", strings.Repeat("x", quotes.MaxNote+1)}},
		{"customer", []string{"title", strings.Repeat("x", quotes.MaxTitle+1), "customer", strings.Repeat("x", quotes.MaxTitle+1)}},
		{"quantity-" + b, []string{"quantity." + b, "1.5", "quantity." + c, "abc"}},
	} {
		res := r.do("save", tt.typed...)
		wantStatus(t, res, http.StatusUnprocessableEntity)
		wantFocus(t, document(t, res), tt.focus)
	}
	// What is no fault of any field is said above them all.
	tab := r.page()
	r.add(proItem)
	res := r.doOn(tab, "save")
	wantStatus(t, res, http.StatusConflict)
	page = document(t, res)
	if message := page.Find(".notice.fault[role=alert]"); !message.Is("[autofocus][tabindex]") || page.Find("[autofocus]").Length() != 1 {
		t.Errorf("the message does not have the focus: %s", squeezed(message))
	}
	if r.page().Find("[autofocus]").Length() != 0 {
		t.Error("the draft takes the focus without a reason")
	}
}

func TestItemsThatCannotBePriced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	store := newStore(t, file)
	r := newRep(t, newServer(t, withStore(store)))
	good := r.add(proItem)
	var ids []string
	for range 5 {
		ids = append(ids, r.add(roomsItem))
	}
	// As if the prices had changed under the draft.
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var browser quotes.Browser
	if err := db.QueryRow("SELECT browser FROM drafts").Scan(&browser); err != nil {
		t.Fatal(err)
	}
	draft, err := store.Draft(t.Context(), browser)
	if err != nil {
		t.Fatal(err)
	}
	sheet := quotes.DecodeSheet(draft.Content)
	sheet.Items[1].Product = "no-such"
	sheet.Items[2].Query = "price_book=1999-01-01"
	sheet.Items[3].Query = "meeting_rooms=501"
	sheet.Items[4].Query = "option=platinum"
	sheet.Items[5].Product, sheet.Items[5].Query = "tencent-im", "dau=1000000&option=trial"
	content, err := sheet.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := store.PutDraft(t.Context(), browser, content, draft.Version, time.Now()); err != nil {
		t.Fatal(err)
	}
	page := r.page()
	wantItems(t, page, append([]string{good}, ids...)...)
	for i, want := range []string{"no prices for this product", "price book", "Meeting rooms", "no such option", "Trial cannot serve"} {
		item := page.Find("#item-" + ids[i])
		if why := squeezed(item.Find(".notice.fault")); !strings.Contains(why, want) {
			t.Errorf("item %d: %q, want %q", i, why, want)
		}
		if leads := item.Find(".draft-actions a").Length() == 1; leads != (i > 0) {
			t.Errorf("item %d: a way to the calculator: %t", i, leads)
		}
	}
	if total := squeezed(page.Find("#draft-total dd")); total != "———" {
		t.Errorf("the totals of what cannot be priced are %s", total)
	}
	refused := r.do("save", "title", "x")
	wantStatus(t, refused, http.StatusUnprocessableEntity)
	wantFocus(t, document(t, refused), "item-"+ids[0])
	for _, id := range ids[1:] {
		r.do("remove." + id)
	}
	wantStatus(t, r.do("save"), http.StatusUnprocessableEntity)
	r.add(roomsItem + "&item=" + ids[0]) // repaired
	if quote := getQuote(t, r.h, r.save()); len(quote.Items) != 2 || quote.Title != "x" {
		t.Errorf("saved as %+v", quote)
	}
}

func TestAddingWhatCannotBeQuoted(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	for _, tt := range []struct {
		product, query string
		status         int
	}{
		{"tencent-im", "dau=x", 422},
		{"tencent-im", "dau=15000&option=trial", 422},
		{"tencent-im", "option=gold", 422},
		{"tencent-im", "price_book=1999-01-01", 404},
		{"no-such", "", 404},
		{"", "", 404},
		{"tencent-im", "dau=%zz", 400},
		{"tencent-im", "dau=1&" + strings.Repeat("x", 64<<10), 413},
	} {
		res := r.post(itemsPage, url.Values{"product": {tt.product}, "query": {tt.query}, "lang": {"zh"}})
		wantStatus(t, res, tt.status)
		page := document(t, res)
		checkDocument(t, page)
		if lang := page.Find("html").AttrOr("lang", ""); lang != "zh-CN" && tt.status != 413 {
			t.Errorf("%s: the answer is in %s", tt.query, lang)
		}
		if tt.status == 422 && page.Find("main a[href^='/calc/tencent-im']").Length() != 1 {
			t.Errorf("%s: nothing leads back", tt.query)
		}
	}
	if len(r.cookies) != 0 || len(items(r.page())) != 0 {
		t.Error("what was refused was kept")
	}
	// The calculator does not offer it.
	for _, target := range []string{imPage + "?dau=15000&option=trial", imPage + "?dau=x"} {
		page := document(t, get(t, s, target))
		if page.Find("[form=quote-form]").Length() != 0 {
			t.Errorf("%s can be added", target)
		}
		if why := squeezed(page.Find(".adding")); strings.Contains(target, "trial") && why == "" {
			t.Errorf("%s: nothing says why it cannot be added", target)
		}
	}
	wantStatus(t, answer(s, request("POST", itemsPage, "product=tencent-im", "Content-Type", "text/plain")), 415)
	wantStatus(t, answer(s, request("POST", draftPage, strings.Repeat("x", 257<<10), "Content-Type", formType)), 413)
}
