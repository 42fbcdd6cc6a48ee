package calc_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/quotes"
)

const (
	itemsPage  = "/draft/items"
	draftPage  = "/draft"
	quotesPage = "/quotes"
)

// rep is a visitor whose browser keeps cookies.
type rep struct {
	t testing.TB
	h http.Handler

	mu      sync.Mutex
	cookies map[string]*http.Cookie
}

func newRep(t testing.TB, h http.Handler) *rep {
	return &rep{t: t, h: h, cookies: map[string]*http.Cookie{}}
}

// ask sends a request with the cookies that belong to its address, and keeps
// those of the answer.
func (r *rep) ask(req *http.Request) *http.Response {
	r.t.Helper()
	r.mu.Lock()
	for _, cookie := range r.cookies {
		if req.URL.Path == cookie.Path || strings.HasPrefix(req.URL.Path, strings.TrimSuffix(cookie.Path, "/")+"/") {
			req.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
		}
	}
	r.mu.Unlock()
	res := answer(r.h, req)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, cookie := range res.Cookies() {
		r.cookies[cookie.Name] = cookie
	}
	return res
}

func (r *rep) get(target string) *http.Response {
	r.t.Helper()
	return r.ask(request(http.MethodGet, target, ""))
}

func (r *rep) post(target string, form url.Values, headers ...string) *http.Response {
	r.t.Helper()
	return r.ask(request(http.MethodPost, target, form.Encode(), append([]string{"Content-Type", formType}, headers...)...))
}

// add opens a calculator and presses its button.
func (r *rep) add(target string) string {
	r.t.Helper()
	return r.press(document(r.t, r.get(target)))
}

// press presses the button of a calculator's page, and returns the id of the
// item.
func (r *rep) press(page *goquery.Document) string {
	r.t.Helper()
	if page.Find("button[type=submit][form=quote-form]").Length() != 1 {
		r.t.Fatalf("there is no button to add the estimate: %s", squeezed(page.Find(".adding")))
	}
	res := r.post(itemsPage, belonging(page, "quote-form"))
	wantStatus(r.t, res, http.StatusSeeOther)
	_, id, _ := strings.Cut(res.Header.Get("Location"), "#item-")
	if id == "" {
		r.t.Fatalf("the item is at %s", res.Header.Get("Location"))
	}
	return id
}

// belonging returns what a form sends but for its buttons, wherever on the page
// its fields are.
func belonging(page *goquery.Document, form string) url.Values {
	values := url.Values{}
	page.Find(fmt.Sprintf("form#%[1]s [name], [form=%[1]s][name]", form)).Each(func(_ int, s *goquery.Selection) {
		if owner, other := s.Attr("form"); other && owner != form {
			return
		}
		switch name, _ := s.Attr("name"); goquery.NodeName(s) {
		case "button":
		case "textarea":
			values.Add(name, s.Text())
		case "select":
			values.Add(name, s.Find("option[selected]").AttrOr("value", ""))
		default:
			_, checked := s.Attr("checked")
			if kind := s.AttrOr("type", ""); checked || (kind != "checkbox" && kind != "radio") {
				values.Add(name, s.AttrOr("value", ""))
			}
		}
	})
	return values
}

// page opens the draft.
func (r *rep) page() *goquery.Document {
	r.t.Helper()
	res := r.get(draftPage)
	wantStatus(r.t, res, 200)
	doc := document(r.t, res)
	checkDocument(r.t, doc)
	return doc
}

// do opens the draft, types into it and presses a button.
func (r *rep) do(verb string, typed ...string) *http.Response {
	r.t.Helper()
	return r.doOn(r.page(), verb, typed...)
}

// doOn does so on a page that was opened earlier.
func (r *rep) doOn(page *goquery.Document, verb string, typed ...string) *http.Response {
	r.t.Helper()
	form := belonging(page, "draft")
	if verb != "" && page.Find(fmt.Sprintf("#draft button[name=do][value=%q]", verb)).Length() != 1 {
		r.t.Fatalf("there is no button %s", verb)
	}
	form.Set("do", verb)
	for i := 0; i < len(typed); i += 2 {
		if !form.Has(typed[i]) {
			r.t.Fatalf("there is no field %s", typed[i])
		}
		form.Set(typed[i], typed[i+1])
	}
	return r.post(draftPage, form)
}

// save saves the draft, and returns the id of the quote.
func (r *rep) save(typed ...string) string {
	r.t.Helper()
	res := r.do("save", typed...)
	if res.StatusCode != http.StatusSeeOther {
		r.t.Fatalf("status %d: %s", res.StatusCode, squeezed(document(r.t, res).Find(".notice, .note.fault")))
	}
	id, ok := strings.CutPrefix(res.Header.Get("Location"), "/q/")
	if !ok || len(id) < 22 {
		r.t.Fatalf("saved at %s", res.Header.Get("Location"))
	}
	return id
}

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
	if !strings.Contains(squeezed(full.Find("main")), "at most 20 items") || full.Find("main a[href='"+proItem+"']").Length() != 1 {
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

// TestControlCharacters: what nobody types does not stand in the way of saving.
func TestControlCharacters(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	quote := getQuote(t, r.h, r.save("title", " a\x00b\xff\u0085c ", "customer", "\x1b[31m", "note", "1\r\n2\x07\t3"))
	if quote.Title != "abc" || quote.Customer != "[31m" || quote.Note != "1\n2\t3" {
		t.Errorf("%q, %q, %q", quote.Title, quote.Customer, quote.Note)
	}
}

// TestDoubleSave: a button that is pressed twice, at once or later, saves one
// quote, and both answers lead to it with the owner's secret.
func TestDoubleSave(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(proItem)
	form := belonging(r.page(), "draft")
	form.Set("do", "save")
	form.Set("title", "once")
	type got struct{ location, secret string }
	answers := make(chan got, 9)
	var all sync.WaitGroup
	press := func() {
		res := r.post(draftPage, form)
		g := got{location: res.Header.Get("Location")}
		for _, cookie := range res.Cookies() {
			if cookie.Name == "owner_once" {
				g.secret = cookie.Value
			}
		}
		if res.StatusCode != http.StatusSeeOther || g.secret == "" {
			t.Errorf("status %d, %+v", res.StatusCode, g)
		}
		answers <- g
	}
	for range 8 {
		all.Go(press)
	}
	all.Wait()
	press()
	close(answers)
	first := <-answers
	for g := range answers {
		if g != first {
			t.Errorf("%v and %v", first, g)
		}
	}
	list := document(t, r.get(quotesPage))
	if n := list.Find(".made-list tbody tr").Length(); n != 1 {
		t.Errorf("%d quotes were saved", n)
	}
	// The secret is the owner's.
	id := strings.TrimPrefix(first.location, "/q/")
	wantStatus(t, withdraw(t, s, id, "Authorization", bearerOf+first.secret), 200)
}

// TestTwoTabs: what was changed in another tab is not saved unseen, and what a
// tab has typed is not lost.
func TestTwoTabs(t *testing.T) {
	r := newRep(t, newServer(t))
	a := r.add(proItem)
	tab := r.page()
	b := r.add(roomsItem) // in the other tab
	res := r.doOn(tab, "save", "customer", "Xiaomi")
	wantStatus(t, res, http.StatusConflict)
	page := document(t, res)
	wantItems(t, page, a, b)
	if !strings.Contains(squeezed(page.Find(".notice.fault")), "another window") || belonging(page, "draft").Get("customer") != "Xiaomi" {
		t.Errorf("conflict: %s", squeezed(page.Find("main")))
	}
	// An item that was changed is another item.
	r.add(proItem + "&dau=1&item=" + a)
	wantStatus(t, r.doOn(page, "save"), http.StatusConflict)
	// Of an item that is gone nothing is done, and the others stay.
	tab = r.page()
	r.do("remove." + b)
	r.doOn(tab, "duplicate."+b)
	wantItems(t, r.page(), a)
	tab = r.page()
	id := r.save()
	// The tab is of a draft that is a quote by now: saving it again leads there,
	// and nothing else that it asks for is done to the next draft.
	if at := r.doOn(tab, "save", "customer", "late").Header.Get("Location"); at != "/q/"+id {
		t.Errorf("saved again as %s", at)
	}
	// What is sent by itself, behind the button, has been saved with the draft.
	wantStatus(t, r.post(draftPage, belonging(tab, "draft"), "HX-Request", "true"), http.StatusNoContent)
	c := r.add(roomsItem)
	res = r.doOn(tab, "clear", "title", "late")
	wantStatus(t, res, http.StatusConflict)
	if page := r.page(); !slices.Equal(items(page), []string{c}) || belonging(page, "draft").Get("title") != "" {
		t.Error("an old page changes the next draft")
	}
	// A calculator that was left open on an item of the draft before adds one.
	d := r.add(proItem + "&item=" + a)
	wantItems(t, r.page(), c, d)
}

// TestManyTabsAtOnce: of changes that come at once none is lost.
func TestManyTabsAtOnce(t *testing.T) {
	r := newRep(t, newServer(t))
	r.add(proItem)
	form := belonging(document(t, r.get(roomsItem)), "quote-form")
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() { wantStatus(t, r.post(itemsPage, form), http.StatusSeeOther) })
	}
	all.Wait()
	if n := len(items(r.page())); n != 7 {
		t.Errorf("%d items", n)
	}
}

// TestDraftSurvivesARestart of the server, whose clock goes on.
func TestDraftSurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	first := newStore(t, file)
	r := newRep(t, newServer(t, withStore(first)))
	a, b := r.add(proItem), r.add(roomsItem)
	r.do("up."+b, "title", "kept", "quantity."+a, "abc")
	tab := r.page()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	now := noon()
	r.h = newServer(t, withStore(newStore(t, file)), withClock(now))
	page := r.page()
	wantItems(t, page, b, a)
	if form := belonging(page, "draft"); form.Get("title") != "kept" || form.Get("quantity."+a) != "abc" {
		t.Errorf("the draft is %v", form)
	}
	// The tab that was open meanwhile goes on as well.
	if res := r.doOn(tab, "save", "quantity."+a, "2"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", res.StatusCode)
	}
	now.move(40 * 24 * time.Hour)
	if state := squeezed(document(t, r.get(quotesPage)).Find(".made-list .badge")); state != "expired" {
		t.Errorf("the quote is %s", state)
	}
}

// spoil changes the file of a store behind its back.
func spoil(t testing.TB, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestStoreDoesNotTakeAnything: the draft says so and keeps on its page what
// was typed; calculators do not notice.
func TestStoreDoesNotTakeAnything(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	s := newServer(t, withStore(newStore(t, file)))
	r := newRep(t, s)
	a := r.add(proItem)
	tab := r.page()
	adding := belonging(document(t, r.get(roomsItem)), "quote-form")
	wantBusy := func(what string, res *http.Response) *goquery.Document {
		t.Helper()
		wantStatus(t, res, http.StatusServiceUnavailable)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", what)
		}
		return document(t, res)
	}
	check := func(what string, readable bool) {
		t.Helper()
		for _, verb := range []string{"save", "refresh", "remove." + a} {
			page := wantBusy(what, r.doOn(tab, verb, "title", "typed", "note", "<typed>"))
			checkDocument(t, page)
			form := belonging(page, "draft")
			if form.Get("title") != "typed" || form.Get("note") != "<typed>" {
				t.Errorf("%s, %s: what was typed is %v", what, verb, form)
			}
			if readable {
				wantItems(t, page, a)
			} else if !strings.Contains(squeezed(page.Find("main")), "they are kept") {
				t.Errorf("%s, %s: nothing is said of the items", what, verb)
			}
		}
		page := wantBusy(what, r.post(itemsPage, adding))
		if page.Find("main a[href='"+roomsItem+"']").Length() != 1 {
			t.Errorf("%s: nothing leads back to the calculator", what)
		}
		for _, target := range []string{"/", proItem, imPage + "/estimate.json"} {
			wantStatus(t, r.get(target), 200)
		}
	}
	// Nothing can be written, as on a full disk.
	for _, event := range []string{"INSERT", "UPDATE"} {
		for _, table := range []string{"drafts", "quotes"} {
			spoil(t, file, fmt.Sprintf("CREATE TRIGGER full_%[1]s_%[2]s BEFORE %[2]s ON %[1]s BEGIN SELECT RAISE(ABORT, 'full'); END", table, event))
		}
	}
	check("not written", true)
	// Nor read.
	spoil(t, file, "ALTER TABLE drafts RENAME TO gone")
	check("not read", false)
	wantBusy("not read", r.get(draftPage))
	page := document(t, r.doOn(tab, "save", "title", "typed"))
	// It is back, and the page that was shown meanwhile goes on.
	spoil(t, file, "ALTER TABLE gone RENAME TO drafts")
	for _, event := range []string{"INSERT", "UPDATE"} {
		for _, table := range []string{"drafts", "quotes"} {
			spoil(t, file, fmt.Sprintf("DROP TRIGGER full_%s_%s", table, event))
		}
	}
	res := r.doOn(page, "save")
	wantStatus(t, res, http.StatusSeeOther)
	if quote := getQuote(t, s, strings.TrimPrefix(res.Header.Get("Location"), "/q/")); quote.Title != "typed" || len(quote.Items) != 1 {
		t.Errorf("saved as %+v", quote)
	}
}

// TestSavedButTheDraftStayed: if the draft cannot be emptied after the quote
// was saved, saving it again gives that quote, and once it was changed another.
func TestSavedButTheDraftStayed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	r := newRep(t, newServer(t, withStore(newStore(t, file))))
	a := r.add(proItem)
	tab := r.page()
	spoil(t, file, "CREATE TRIGGER full BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'full'); END")
	first := r.doOn(tab, "save").Header.Get("Location")
	if again := r.doOn(tab, "save").Header.Get("Location"); again != first || first == "" {
		t.Errorf("saved as %q and %q", first, again)
	}
	spoil(t, file, "DROP TRIGGER full")
	res := r.doOn(tab, "save", "quantity."+a, "2")
	wantStatus(t, res, http.StatusConflict)
	page := document(t, res)
	if !strings.Contains(squeezed(page.Find(".notice.fault")), "saved already") {
		t.Errorf("%s", squeezed(page.Find(".notice")))
	}
	if other := r.doOn(page, "save").Header.Get("Location"); other == first || !strings.HasPrefix(other, "/q/") {
		t.Errorf("saved as %s", other)
	}
}

func TestItemsThatCannotBePriced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	r := newRep(t, newServer(t, withStore(newStore(t, file))))
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
	var content []byte
	if err := db.QueryRow("SELECT content FROM drafts").Scan(&content); err != nil {
		t.Fatal(err)
	}
	sheet := quotes.DecodeSheet(content)
	sheet.Items[1].Product = "no-such"
	sheet.Items[2].Query = "price_book=1999-01-01"
	sheet.Items[3].Query = "meeting_rooms=501"
	sheet.Items[4].Query = "option=platinum"
	sheet.Items[5].Product, sheet.Items[5].Query = "tencent-im", "dau=1000000&option=trial"
	if content, err = sheet.Encode(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE drafts SET content = ?", content); err != nil {
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

func TestRevisionInTheMaking(t *testing.T) {
	s := newServer(t)
	r := newRep(t, s)
	r.add(proItem)
	first := r.save("title", "first")
	revise := func() {
		t.Helper()
		wantStatus(t, r.post("/q/"+first+"/revise", url.Values{}), http.StatusSeeOther)
	}
	revise()
	page := r.page()
	if page.Find("#draft .notice a[href='/q/"+first+"']").Length() != 1 || page.Find("button[value=independent]").Length() != 1 {
		t.Fatalf("nothing is said of the revision: %s", squeezed(page.Find("main")))
	}
	second := r.save("title", "second")
	if quote := getQuote(t, s, second); quote.Revises == nil || *quote.Revises != first {
		t.Errorf("the revision names %v", quote.Revises)
	}

	// Replaced or withdrawn meanwhile: nothing is lost, and it can be saved as a
	// quote of its own.
	for _, tt := range []struct {
		status int
		say    string
		spoil  func(id, secret string)
	}{
		{http.StatusConflict, "replaced by another one", func(id, secret string) {
			postQuote(t, s, `{"revises":"`+id+`","items":[{"product":"fixture-cloud"}]}`, "Authorization", bearerOf+secret)
		}},
		{http.StatusGone, "was withdrawn", func(id, secret string) { withdraw(t, s, id, "Authorization", bearerOf+secret) }},
	} {
		rep := newRep(t, s)
		rep.add(proItem)
		id := rep.save()
		secret := rep.cookies["owner_once"].Value
		wantStatus(t, rep.post("/q/"+id+"/revise", url.Values{}), http.StatusSeeOther)
		tt.spoil(id, secret)
		res := rep.do("save", "customer", "kept")
		wantStatus(t, res, tt.status)
		page := document(t, res)
		if message := squeezed(page.Find(".notice.fault")); !strings.Contains(message, tt.say) || belonging(page, "draft").Get("customer") != "kept" {
			t.Errorf("%s: %q", tt.say, message)
		}
		wantStatus(t, rep.doOn(page, "independent"), http.StatusSeeOther)
		if quote := getQuote(t, s, rep.save()); quote.Revises != nil || quote.Customer != "kept" {
			t.Errorf("saved as %+v", quote)
		}
	}
}

// TestRevisionOfAnothersQuote: only a browser that has the quote in its list
// may replace it.
func TestRevisionOfAnothersQuote(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	s := newServer(t, withStore(store))
	maker, other := newRep(t, s), newRep(t, s)
	maker.add(proItem)
	id := maker.save()
	other.add(proItem)
	// As if the draft had come to be one by other means than its button.
	b := quotes.Browser(quotes.HashSecret(other.cookies["browser"].Value))
	draft, err := store.Draft(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	sheet := quotes.DecodeSheet(draft.Content)
	sheet.Revises = id
	content, err := sheet.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := store.PutDraft(t.Context(), b, content, draft.Version, time.Now()); err != nil {
		t.Fatal(err)
	}
	res := other.do("save", "title", "mine")
	wantStatus(t, res, http.StatusForbidden)
	if page := document(t, res); belonging(page, "draft").Get("title") != "mine" || !strings.Contains(squeezed(page.Find(".notice.fault")), "owner link") {
		t.Errorf("%s", squeezed(page.Find(".notice")))
	}
	if quote := getQuote(t, s, id); quote.RevisedBy != nil {
		t.Error("somebody else's quote was replaced")
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

// TestCalculatorAsText: what a message says is what the page shows.
func TestCalculatorAsText(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]string{
		"en": "Tencent Cloud IM Pro: ¥35,988.00 for 12 months (¥2,999.00 a month)\nhttp://example.com" + proItem,
		"zh": "腾讯云即时通信 IM 专业版：12 个月 ¥35,988.00（每月 ¥2,999.00）\nhttp://example.com" + proItem,
	} {
		page := document(t, get(t, s, proItem+"&lang="+lang))
		if text := byID(page, "text").Text(); text != want {
			t.Errorf("%q, want %q", text, want)
		}
		page.Find("button[data-copy]").Each(func(_ int, b *goquery.Selection) {
			_, hidden := b.Attr("hidden")
			if byID(page, b.AttrOr("data-copy", "")).Length() != 1 || !hidden || b.AttrOr("data-copied", "") == "" || b.AttrOr("data-failed", "") == "" {
				t.Errorf("the button %q copies nothing", squeezed(b))
			}
		})
	}
	if page := document(t, get(t, s, imPage+"?dau=15000&option=trial")); page.Find("#text, .downloads").Length() != 0 {
		t.Error("an estimate that cannot serve is offered as a text")
	}
}

func TestEstimateAsFile(t *testing.T) {
	s := newServer(t)
	page := document(t, get(t, s, proItem+"&option=ultimate&item=abc"))
	var targets []string
	page.Find(".downloads a").Each(func(_ int, a *goquery.Selection) { targets = append(targets, a.AttrOr("href", "")) })
	if len(targets) != 3 {
		t.Fatalf("downloads %v", targets)
	}
	for i, begins := range []string{"PK\x03\x04", "\ufeff", "{"} {
		if strings.Contains(targets[i], "item") || !strings.Contains(targets[i], "option=ultimate") {
			t.Errorf("the address is %s", targets[i])
		}
		res := get(t, s, targets[i]+"&lang=zh")
		wantStatus(t, res, 200)
		body := string(read(t, res))
		if !strings.HasPrefix(body, begins) || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment; filename=") ||
			!strings.Contains(res.Header.Get("X-Robots-Tag"), "noindex") || !strings.Contains(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%s: %.20q, %v", targets[i], body, res.Header)
		}
		if i == 2 {
			d := decode[map[string]any](t, []byte(body))
			for _, name := range []string{"id", "created_at", "valid_until", "valid_days", "revises"} {
				if _, ok := d[name]; ok {
					t.Errorf("an estimate that is not saved has %s", name)
				}
			}
			if d["total"] != "53988.00" || d["lang"] != "zh" || d["title"] != "腾讯云即时通信 IM 费用估算" {
				t.Errorf("%.300s", body)
			}
		} else if i == 1 && (!strings.Contains(body, "53988.00") || !strings.Contains(body, "http://example.com"+imPage)) {
			t.Errorf("%s", body)
		}
		if strings.Contains(body, "0001") && i == 2 {
			t.Errorf("there is a date in %.300s", body)
		}
	}
	for target, status := range map[string]int{
		imPage + "/estimate.xlsx?dau=x": 422, imPage + "/estimate.csv?dau=15000&option=trial": 422, imPage + "/estimate.json?option=gold": 422,
		imPage + "/estimate.csv?price_book=1999-01-01": 404, "/calc/no-such/estimate.csv": 404, imPage + "/estimate.pdf": 404,
	} {
		res := get(t, s, target)
		wantStatus(t, res, status)
		checkDocument(t, document(t, res))
	}
	wantStatus(t, send(t, s, request("HEAD", targets[0], "")), 200)
}

// TestCalculatorsDoNotReadTheStore: they work while it does not.
func TestCalculatorsDoNotReadTheStore(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	s := newServer(t, withStore(store))
	r := newRep(t, s)
	id := r.add(proItem)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/", proItem, proItem + "&item=" + id, "/api/v1/products"} {
		wantStatus(t, r.get(target), 200)
	}
	wantStatus(t, r.post(imPage, url.Values{"dau": {"1"}, "item": {id}}, "HX-Request", "true"), 200)
	for _, target := range []string{draftPage, quotesPage} {
		wantStatus(t, r.get(target), http.StatusServiceUnavailable)
	}
	// Whoever was never here has no draft to be read.
	for _, target := range []string{draftPage, quotesPage} {
		wantStatus(t, newRep(t, s).get(target), 200)
	}
}
