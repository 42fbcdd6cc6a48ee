package calc_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"suanpan/pricing"
)

// TestNothingIsFreeThatCannotBeHad: an option that cannot serve what was entered
// has no price, wherever the page says one, even if the rest of it would cost
// nothing.
func TestNothingIsFreeThatCannotBeHad(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		query string
		lines bool // something of the rest is charged
	}{
		{"option=trial&dau=15000", false},
		{"option=pro&group_members=6001&dau=25000", true},
		{"option=pro&group_members=6001&months=12", true},
	} {
		for _, lang := range []string{"en", "zh"} {
			target := imPage + "?" + tt.query
			doc := document(t, get(t, s, target+"&lang="+lang))
			for _, id := range []string{"monthly", "total"} {
				if got := squeezed(byID(doc, id)); got != "—" {
					t.Errorf("%s: %s is %q", target, id, got)
				}
			}
			verdict := doc.Find(".verdict")
			if strings.Contains(verdict.Text(), "¥") || verdict.Find(".reasons li").Length() == 0 {
				t.Errorf("%s: the head says %q", target, squeezed(verdict))
			}
			answer := live(t, s, imPage, tt.query+"&lang="+lang)
			for name, spoken := range map[string]string{"page": squeezed(byID(doc, "spoken")), "update": squeezed(byID(document(t, answer), "spoken"))} {
				if spoken == "" || strings.Contains(spoken, "¥") {
					t.Errorf("%s: the reader hears %q of the %s", target, spoken, name)
				}
			}
			if n := doc.Find("#text, .downloads, #add").Length(); n > 0 {
				t.Errorf("%s: %d ways to hand it on", target, n)
			}
			bill := doc.Find("table.bill")
			if (bill.Length() > 0) != tt.lines || bill.Find("tbody tr:not([data-line])").Length() > 0 {
				t.Errorf("%s: the bill says %q", target, squeezed(bill))
			}
			if label := squeezed(bill.Find("tfoot th")); tt.lines && label == squeezed(doc.Find(".figures dt").First()) {
				t.Errorf("%s: the sum of the rest is called %q, as a total is", target, label)
			}
		}
		for _, ending := range []string{"xlsx", "csv", "json"} {
			wantStatus(t, get(t, s, imPage+"/estimate."+ending+"?"+tt.query), http.StatusUnprocessableEntity)
		}
	}
	free := document(t, get(t, s, imPage))
	if squeezed(byID(free, "total")) != "¥0.00" || free.Find(".verdict .reasons, .no-price").Length() > 0 || free.Find("table.bill tbody tr").Length() != 1 {
		t.Errorf("what is free: %q", squeezed(free.Find(".verdict")))
	}
}

// pagesOfProducts are pages of every product: its calculator, its examples, its
// forecast, its estimators and their examples, and the comparison.
func pagesOfProducts(t testing.TB) map[string][]string {
	t.Helper()
	s := newServer(t)
	pages := map[string][]string{}
	for _, p := range newCatalog(t).Products() {
		calculator := "/calc/" + p.ID
		all := []string{calculator, calculator + "/forecast"}
		for _, e := range p.Estimators(p.Newest()) {
			all = append(all, calculator+"/facts/"+e.ID)
		}
		for _, page := range all {
			pages[p.ID] = append(pages[p.ID], page)
			document(t, get(t, s, page)).Find(".examples a").Each(func(_ int, a *goquery.Selection) {
				pages[p.ID] = append(pages[p.ID], a.AttrOr("href", ""))
			})
		}
	}
	return pages
}

// TestMenuMarksTheProduct: every page of a product marks it, and nothing else.
func TestMenuMarksTheProduct(t *testing.T) {
	s := newServer(t)
	for product, pages := range pagesOfProducts(t) {
		for _, page := range pages {
			path, _, _ := strings.Cut(page, "?")
			want := "true"
			if path == "/calc/"+product {
				want = "page"
			}
			here := document(t, get(t, s, page)).Find("header nav [aria-current]")
			if here.Length() != 1 || here.AttrOr("href", "") != "/calc/"+product || here.AttrOr("aria-current", "") != want {
				t.Errorf("%s: the menu marks %d links, %s as %q", page, here.Length(), here.AttrOr("href", ""), here.AttrOr("aria-current", ""))
			}
		}
	}
}

// TestSkipLinks: one leads to the answer, and one to a field.
func TestSkipLinks(t *testing.T) {
	s := newServer(t)
	pages := pagesOfProducts(t)
	pages["comparison"] = []string{"/compare"}
	for _, pages := range pages {
		for _, page := range pages {
			doc := document(t, get(t, s, page))
			var tags []string
			doc.Find("body > a.skip").Each(func(_ int, a *goquery.Selection) {
				tags = append(tags, goquery.NodeName(byID(doc, strings.TrimPrefix(a.AttrOr("href", ""), "#"))))
			})
			if doc.Find("#over").Length() == 0 && strings.Contains(page, "/forecast") {
				continue // a product whose usage is all rows has nothing to forecast yet
			}
			if len(tags) != 2 || tags[0] != "div" || tags[1] != "input" && tags[1] != "select" {
				t.Errorf("%s: the skip links lead to %q", page, tags)
			}
		}
	}
}

// TestWholeAddressOnPaper: a text field shows on paper what fits into it.
func TestWholeAddressOnPaper(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?months=12&dau=15000&history_days=90&group_members=2000"))
	if printed := doc.Find(".share .printed"); printed.Text() != byID(doc, "link").AttrOr("value", "") {
		t.Errorf("printed %q", printed.Text())
	}
}

var (
	hanBesideLatin = regexp.MustCompile(`\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`)
	spacedWrongly  = regexp.MustCompile(`(日|个月) 的`)
	understood     = regexp.MustCompile(`\d万`) // what may be typed
)

// TestChineseIsSetWell: Latin letters and digits stand apart from Chinese on
// every page, and Chinese from itself does not.
func TestChineseIsSetWell(t *testing.T) {
	s := newServer(t)
	pages := pagesOfProducts(t)
	pages["others"] = []string{
		"/", "/compare", "/draft", "/quotes",
		imPage + "?option=trial&dau=15000", imPage + "?option=ultimate", imPage + "?group_members=6001",
	}
	for _, p := range newCatalog(t).Products() {
		for _, b := range p.Books {
			pages[p.ID] = append(pages[p.ID], "/calc/"+p.ID+"?price_book="+b.ID)
		}
	}
	document(t, get(t, s, "/")).Find(".card-more a[href^='/compare']").Each(func(_ int, a *goquery.Selection) {
		pages["others"] = append(pages["others"], a.AttrOr("href", ""))
	})
	for product, pages := range pages {
		if product == fixture {
			continue // an invented book, with words as they come
		}
		for _, page := range pages {
			separator := "?"
			if strings.Contains(page, "?") {
				separator = "&"
			}
			doc := document(t, get(t, s, page+separator+"lang=zh"))
			for n := range doc.Nodes[0].Descendants() {
				text := understood.ReplaceAllString(n.Data, "")
				if n.Type == html.TextNode && (hanBesideLatin.MatchString(text) || spacedWrongly.MatchString(text)) && !strings.Contains(text, fixtureName(t)) {
					t.Errorf("%s: %q", page, n.Data)
				}
			}
		}
	}
}

func fixtureName(t testing.TB) string {
	t.Helper()
	p, ok := newCatalog(t).Product(fixture)
	if !ok {
		t.Fatal("no fixture")
	}
	return p.Newest().Name.In(pricing.Chinese)
}

// TestStartPageLeadsOn: each product's card leads to its estimators, its forecast
// and its comparison, by the names that the books give them.
func TestStartPageLeadsOn(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/"))
	for _, p := range newCatalog(t).Products() {
		card := doc.Find(`h3 a[href="/calc/` + p.ID + `"]`).Closest("li.card")
		want := map[string]string{}
		for _, e := range p.Estimators(p.Newest()) {
			want["/calc/"+p.ID+"/facts/"+e.ID] = e.Name.In(pricing.English)
		}
		want["/calc/"+p.ID+"/forecast"] = ""
		for href, text := range want {
			if a := card.Find(`a[href="` + href + `"]`); a.Length() != 1 || text != "" && squeezed(a) != text {
				t.Errorf("the card of %s has %d links to %s: %q", p.ID, a.Length(), href, squeezed(a))
			}
		}
		card.Find(`a[href^="/compare"]`).Each(func(_ int, a *goquery.Selection) {
			if !strings.Contains(a.AttrOr("href", ""), p.ID) {
				t.Errorf("the card of %s leads to %s", p.ID, a.AttrOr("href", ""))
			}
		})
	}
	if doc.Find(`.card a[href^="/compare"]`).Length() < 3 {
		t.Error("the cards do not lead to the comparison")
	}
}
