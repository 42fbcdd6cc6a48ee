package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
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
