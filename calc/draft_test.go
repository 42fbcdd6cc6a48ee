package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/quotes"
)

const (
	itemsPage  = "/draft/items"
	draftPage  = "/draft"
	quotesPage = "/quotes"
)

// items returns the ids of the items on the page.
func items(page *goquery.Document) []string {
	var ids []string
	page.Find("li.draft-item").Each(func(_ int, s *goquery.Selection) {
		ids = append(ids, strings.TrimPrefix(s.AttrOr("id", ""), "item-"))
	})
	return ids
}

func wantItems(t testing.TB, page *goquery.Document, want ...string) {
	t.Helper()
	if got := items(page); !slices.Equal(got, want) {
		t.Errorf("items %v, want %v", got, want)
	}
}

const (
	proItem   = imPage + "?months=12&dau=15000&history_days=90" // Pro, ¥35,988.00
	roomsItem = fixturePage + "?months=2"
)

// TestDraftFromCalculatorsToQuote is the whole story of a draft.
func TestDraftFromCalculatorsToQuote(t *testing.T) {
	s := newServer(t, withClock(noon()))
	r := newRep(t, s)
	if empty := r.page(); empty.Find("#draft .examples a[href^='/calc/']").Length() < 5 || empty.Find("button[value=save]").Length() != 0 {
		t.Errorf("the empty draft: %s", squeezed(empty.Find("main")))
	}
	if len(r.cookies) != 0 {
		t.Error("looking at the draft sets a cookie")
	}
	pro := r.add(proItem)
	rooms := r.add(roomsItem + "&option=business")
	page := r.page()
	wantItems(t, page, pro, rooms)
	item := squeezed(page.Find("#item-" + pro))
	for _, part := range []string{"Tencent Cloud IM", "Pro", "12 months", "15,000 users a day", "90 days", "¥2,999.00", "¥35,988.00", "30 October 2020"} {
		if !strings.Contains(item, part) {
			t.Errorf("the item does not say %s: %s", part, item)
		}
	}
	// Back to the calculator, changed there, and put back.
	open, _ := page.Find("#item-" + rooms + " .draft-actions a").Attr("href")
	calculator := document(t, r.get(open))
	checkDocument(t, calculator)
	if label := squeezed(calculator.Find("#add")); label != "Put back into the quote" {
		t.Errorf("the button says %q", label)
	}
	if shared := link(t, calculator); strings.Contains(shared, "item") {
		t.Errorf("the link %s names an item of the draft", shared)
	}
	changed := belonging(calculator, "calculator")
	changed.Set("months", "3")
	if changed.Get("item") != rooms || changed.Has("product") || changed.Has("query") {
		t.Errorf("the calculator sends %v", changed)
	}
	res := live(t, s, fixturePage, changed.Encode())
	if at := res.Header.Get("HX-Replace-Url"); !strings.Contains(at, "months=3") || !strings.HasSuffix(at, "item="+rooms) {
		t.Errorf("the address becomes %s", at)
	}
	calculator.Find("#answer").ReplaceWithSelection(fragment(t, res).Find("body").Contents().WrapAllHtml(`<div id="answer"></div>`).Parent())
	if id := r.press(calculator); id != rooms {
		t.Errorf("put back as %s", id)
	}
	page = r.page()
	wantItems(t, page, pro, rooms)
	if about := squeezed(page.Find("#item-" + rooms)); !strings.Contains(about, "3 months") {
		t.Errorf("the item was not changed: %s", about)
	}
	// Three applications are three times the item.
	r.do("refresh", "quantity."+pro, "３", "title", "Chat & rooms", "customer", "小米")
	page = r.page()
	if amount := squeezed(byID(page, "amount-"+pro)); amount != "¥107,964.00" {
		t.Errorf("three times the item come to %s", amount)
	}
	// What was understood is said beside a number that was typed otherwise.
	typed := belonging(page, "draft")
	for _, c := range []struct{ quantity, days, lang, wantQuantity, wantDays string }{
		{"３", "", "en", "3 copies", ""}, {"3", "14", "en", "", ""}, {"40*2", "2周", "en", "80 copies", "14 days"}, {"40×2", "2 weeks", "zh", "80 份", "14 天"},
	} {
		typed.Set("quantity."+pro, c.quantity)
		typed.Set("valid_days", c.days)
		typed.Set("lang", c.lang)
		part := fragment(t, r.post(draftPage, typed, "HX-Request", "true"))
		if q, d := squeezed(byID(part, "quantity-"+pro+"-note")), squeezed(byID(part, "valid_days-note")); q != c.wantQuantity || d != c.wantDays {
			t.Errorf("%+v: understood as %q and %q", c, q, d)
		}
	}
	typed.Set("quantity."+pro, "3")
	typed.Set("lang", "en")
	r.post(draftPage, typed)
	page = r.page()
	total := squeezed(byID(page, "total"))
	id := r.save("prepared_by", "Li Lei", "note", "line 1\r\nline 2", "valid_days", "１４", "quote_lang", "zh")

	owner := r.cookies["owner_once"]
	if owner == nil || owner.Path != "/q/"+id || !owner.HttpOnly || owner.SameSite < http.SameSiteLaxMode || owner.MaxAge <= 0 || owner.MaxAge > 600 {
		t.Errorf("the owner's cookie is %+v", owner)
	}
	quote := getQuote(t, s, id)
	if quote.Title != "Chat & rooms" || quote.Customer != "小米" || quote.PreparedBy != "Li Lei" || quote.Note != "line 1\nline 2" ||
		quote.ValidDays != 14 || quote.Lang != "zh" || len(quote.Items) != 2 || "¥"+grouped(quote.Total) != total {
		t.Errorf("saved as %+v, the draft said %s", quote, total)
	}
	wantStatus(t, r.get("/q/"+id), 200)

	// The next draft is empty, leads to the quote, and knows who prepares quotes here.
	page = r.page()
	if len(items(page)) != 0 || page.Find("a[href='/q/"+id+"']").Length() != 1 {
		t.Errorf("after saving: %s", squeezed(page.Find("main")))
	}
	r.add(roomsItem)
	form := belonging(r.page(), "draft")
	for name, want := range map[string]string{"prepared_by": "Li Lei", "title": "", "customer": "", "note": "", "valid_days": ""} {
		if form.Get(name) != want {
			t.Errorf("%s of the next draft is %q", name, form.Get(name))
		}
	}
}

func grouped(total string) string {
	whole, rest, _ := strings.Cut(total, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + "." + rest
}

func TestBrowserCookie(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	first := r.cookies["browser"]
	if first == nil || !first.HttpOnly || first.SameSite != http.SameSiteLaxMode || first.Path != "/" || first.MaxAge < 365*24*3600 || len(first.Value) < 22 || first.Secure {
		t.Errorf("the browser's cookie is %+v", first)
	}
	r.add(proItem)
	if r.cookies["browser"].Value != first.Value {
		t.Error("the browser became another one")
	}
	if other := newRep(t, r.h); len(items(other.page())) != 0 {
		t.Error("another browser sees the draft")
	}
}

func TestOrderOfItems(t *testing.T) {
	r := newRep(t, newServer(t))
	a, b, c := r.add(proItem), r.add(roomsItem), r.add(fixturePage)
	wantStatus(t, r.do("up."+c), http.StatusSeeOther)
	wantItems(t, r.page(), a, c, b)
	r.do("down." + a)
	wantItems(t, r.page(), c, a, b)
	page := r.page()
	for _, button := range []string{"up." + c, "down." + b} {
		if _, disabled := page.Find(fmt.Sprintf("button[value=%q]", button)).Attr("disabled"); !disabled {
			t.Errorf("the button %s leads nowhere and can be pressed", button)
		}
	}
	r.do("refresh", "quantity."+a, "5")
	res := r.do("duplicate." + a)
	if at := res.Header.Get("Location"); at != "/draft#item-"+a {
		t.Errorf("after duplicating the draft is shown at %s", at)
	}
	page = r.page()
	all := items(page)
	if len(all) != 4 || all[0] != c || all[1] != a || all[3] != b || page.Find(fmt.Sprintf("[name='quantity.%s']", all[2])).AttrOr("value", "") != "5" {
		t.Errorf("items %v", all)
	}
	r.do("remove." + all[2])
	page = r.page()
	wantItems(t, page, c, a, b)
	r.doOn(page, "undo", "title", "typed meanwhile")
	page = r.page()
	wantItems(t, page, all...)
	if page.Find("button[value=undo]").Length() != 0 || belonging(page, "draft").Get("title") != "typed meanwhile" {
		t.Error("undone twice, or what was typed is lost")
	}
	r.do("clear", "customer", "Xiaomi")
	page = r.page()
	if len(items(page)) != 0 || page.Find("[name=customer]").Length() != 0 {
		t.Errorf("after clearing: %s", squeezed(page.Find("main")))
	}
	r.do("undo")
	page = r.page()
	wantItems(t, page, all...)
	if form := belonging(page, "draft"); form.Get("customer") != "Xiaomi" || form.Get("title") != "typed meanwhile" || form.Get("quantity."+a) != "5" {
		t.Errorf("undone, the draft is %v", form)
	}
}

func TestTwentyItems(t *testing.T) {
	r := newRep(t, newServer(t))
	first := r.add(proItem)
	for range quotes.MaxItems - 1 {
		r.add(roomsItem)
	}
	page := r.page()
	all := items(page)
	if len(all) != quotes.MaxItems {
		t.Fatalf("%d items", len(all))
	}
	// One more does not fit, and nothing is lost.
	res := r.post(itemsPage, belonging(document(t, r.get(proItem)), "quote-form"))
	wantStatus(t, res, http.StatusUnprocessableEntity)
	full := document(t, res)
	if !strings.Contains(squeezed(full.Find("main")), "at most 20 items") || entered(t, full.Find("main a.button").AttrOr("href", "")) != proItem {
		t.Errorf("the draft is full: %s", squeezed(full.Find("main")))
	}
	res = r.doOn(page, "duplicate."+first, "title", "full")
	wantStatus(t, res, http.StatusUnprocessableEntity)
	page = document(t, res)
	checkDocument(t, page)
	if !strings.Contains(squeezed(page.Find(".notice.fault")), "at most 20 items") || belonging(page, "draft").Get("title") != "full" {
		t.Errorf("the draft is full: %s", squeezed(page.Find(".notice")))
	}
	wantItems(t, r.page(), all...)
	// Putting back is no item more.
	r.add(proItem + "&dau=1&item=" + first)
	wantItems(t, r.page(), all...)
	quote := getQuote(t, r.h, r.save())
	if len(quote.Items) != quotes.MaxItems {
		t.Errorf("%d items were saved", len(quote.Items))
	}
}

// TestDraftKeepsWhatIsTyped: what is wrong is said beside its field, and stays
// as it was typed, whatever button is pressed.
func TestDraftKeepsWhatIsTyped(t *testing.T) {
	r := newRep(t, newServer(t))
	a := r.add(proItem)
	b := r.add(roomsItem)
	const attack = `"><script>alert(1)</script></textarea><img src=x>`
	long := strings.Repeat("长", quotes.MaxNote+1)
	typed := map[string]string{
		"title": strings.Repeat("t", quotes.MaxTitle+1), "customer": attack, "prepared_by": "<b>", "note": "\n" + attack + long,
		"valid_days": "soon", "quantity." + a: "1,5", "quantity." + b: "0", "quote_lang": "zh",
	}
	var fields []string
	for name, text := range typed {
		fields = append(fields, name, text)
	}
	check := func(what string, page *goquery.Document) {
		t.Helper()
		checkDocument(t, page)
		form := belonging(page, "draft")
		for name, text := range typed {
			if form.Get(name) != text {
				t.Errorf("%s: %s has become %.60q", what, name, form.Get(name))
			}
		}
		for _, name := range []string{"title", "note", "valid_days", "quantity." + a, "quantity." + b} {
			id := strings.ReplaceAll(name, ".", "-")
			if note := byID(page, id+"-note"); !note.HasClass("fault") || squeezed(note) == "" || byID(page, id).AttrOr("aria-invalid", "") != "true" {
				t.Errorf("%s: nothing is said beside %s", what, name)
			}
		}
		if page.Find("script:not([src]), main img").Length() != 0 {
			t.Errorf("%s: markup gets through", what)
		}
		if total := squeezed(byID(page, "total")); total != "—" || !strings.Contains(squeezed(byID(page, "draft-total")), "correct what is marked in item 1, item 2") {
			t.Errorf("%s: the total is %s", what, total)
		}
	}
	res := r.do("save", fields...)
	wantStatus(t, res, http.StatusUnprocessableEntity)
	check("not saved", document(t, res))
	check("after reload", r.page())
	for _, verb := range []string{"refresh", "down." + a, ""} {
		wantStatus(t, r.do(verb), http.StatusSeeOther)
		check(verb, r.page())
	}
	wantStatus(t, r.do("remove."+b), http.StatusSeeOther)
	wantStatus(t, r.do("undo"), http.StatusSeeOther)
	check("undo", r.page())
	r.do("refresh", "title", "", "customer", "", "prepared_by", "", "note", "", "valid_days", "", "quantity."+a, "1,000", "quantity."+b, "")
	quote := getQuote(t, r.h, r.save())
	if !strings.HasSuffix(quote.Title, "报价单") || !strings.Contains(quote.Title, "腾讯云即时通信 IM") {
		t.Errorf("without a title it is %q", quote.Title)
	}
	if quote.ValidDays != quotes.DefaultDays || quote.Lang != "zh" || quote.Note != "" {
		t.Errorf("saved as %+v", quote)
	}
	var quantities []int64
	for _, item := range quote.Items {
		quantities = append(quantities, item.Quantity)
	}
	if slices.Sort(quantities); !slices.Equal(quantities, []int64{1, 1000}) {
		t.Errorf("quantities %v", quantities)
	}
}

// TestControlCharacters: what nobody types does not stand in the way of saving.
func TestControlCharacters(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	quote := getQuote(t, r.h, r.save("title", " a\x00b\xff\u0085c ", "customer", "\x1b[31m", "note", "1\r\n2\x07\t3"))
	if quote.Title != "abc" || quote.Customer != "[31m" || quote.Note != "1\n2\t3" {
		t.Errorf("%q, %q, %q", quote.Title, quote.Customer, quote.Note)
	}
}

// TestLiveDraft: a quantity typed changes the figures without another page, and
// is kept.
func TestLiveDraft(t *testing.T) {
	r := newRep(t, newServer(t))
	a := r.add(proItem)
	form := belonging(r.page(), "draft")
	form.Set("quantity."+a, "1千")
	form.Set("customer", "typed")
	res := r.post(draftPage, form, "HX-Request", "true")
	wantStatus(t, res, 200)
	update := fragment(t, res)
	if update.Find("html[lang], form, input").Length() != 0 || squeezed(byID(update, "total")) != "¥35,988,000.00" || squeezed(byID(update, "amount-"+a)) != "¥35,988,000.00" {
		t.Errorf("the update is %s", squeezed(update.Selection))
	}
	page := r.page()
	update.Find("[hx-swap-oob]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if place := byID(page, id); place.Length() != 1 || goquery.NodeName(place) != goquery.NodeName(s) {
			t.Errorf("there is no place for %s", id)
		}
	})
	if belonging(page, "draft").Get("customer") != "typed" {
		t.Error("what was typed was not kept")
	}
}

// TestDraftOfAnotherSite: no other site can change a draft.
func TestDraftOfAnotherSite(t *testing.T) {
	r := newRep(t, newServer(t))
	a := r.add(proItem)
	form := belonging(r.page(), "draft")
	form.Set("do", "clear")
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		wantStatus(t, r.post(draftPage, form, headers...), http.StatusForbidden)
		wantStatus(t, r.post(itemsPage, url.Values{"product": {"tencent-im"}}, headers...), http.StatusForbidden)
	}
	wantItems(t, r.page(), a)
}
