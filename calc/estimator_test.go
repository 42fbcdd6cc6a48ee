package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

const roomPage = "/calc/tencent-trtc/facts/room"

// use returns where the button leads that carries the figures over.
func use(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	href, ok := byID(doc, "use").Attr("href")
	if !ok {
		t.Fatal("the page has no button to use the figures")
	}
	return entered(t, href)
}

// estimatorHref returns where the calculator leads to for the facts.
func estimatorHref(t testing.TB, doc *goquery.Document, estimator string) string {
	t.Helper()
	href, ok := doc.Find(fmt.Sprintf(".estimators a[href*=%q]", "/facts/"+estimator)).Attr("href")
	if !ok {
		t.Fatalf("the page does not lead to %s", estimator)
	}
	return entered(t, href)
}

// TestCalculatorLeadsToItsEstimators: to each of the book's, with what is
// entered, in every book; the estimators of the fixture, which has none, to none.
func TestCalculatorLeadsToItsEstimators(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		pin := "&price_book=" + book.ID
		if book == p.Newest() {
			pin = ""
		}
		for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
			doc := document(t, get(t, s, "/calc/"+p.ID+"?months=7"+pin+"&lang="+string(l)))
			if got := doc.Find(".estimators a").Length(); got != len(p.Estimators(book)) {
				t.Errorf("%d links, want %d", got, len(p.Estimators(book)))
			}
			for _, e := range p.Estimators(book) {
				href := estimatorHref(t, doc, e.ID)
				if want := "/calc/" + p.ID + "/facts/" + e.ID + "?months=7" + pin; href != want {
					t.Errorf("leads to %s, want %s", href, want)
				}
				page := document(t, get(t, s, href+"&lang="+string(l)))
				checkDocument(t, page)
				if h1 := squeezed(page.Find("h1").Contents().Last()); h1 != e.Name.In(l) {
					t.Errorf("the heading is %s", h1)
				}
				if use := byID(page, "use"); use.Length() != 0 {
					t.Error("there is nothing to use yet")
				}
				if back := entered(t, byID(page, "back").Find("a").AttrOr("href", "")); back != "/calc/"+p.ID+"?months=7"+pin {
					t.Errorf("back leads to %s", back)
				}
				for i := range e.Facts.Inputs {
					if in := &e.Facts.Inputs[i]; in.Kind != pricing.KindRows {
						checkField(t, page, in, in.ID, l)
					}
				}
				text := squeezed(page.Find("section.answer"))
				for _, a := range e.Assumptions {
					if !strings.Contains(text, a.In(l)) {
						t.Errorf("%s does not say %q", e.ID, a.In(l))
					}
				}
				if e.Source != nil && !strings.Contains(text, e.Source.Section.In(l)) {
					t.Errorf("%s does not name its source", e.ID)
				}
			}
		}
	})
}

// TestUnitsInFacts: a fact with its own unit behind it is understood.
func TestUnitsInFacts(t *testing.T) {
	s := newServer(t)
	const users = "/calc/tencent-im/facts/daily-users?registered_users="
	for _, typed := range []string{"200,000&active_share=15", "200,000+users&active_share=15%25", "20万人&active_share=15+％"} {
		page := document(t, get(t, s, users+typed))
		if got := use(t, page); got != "/calc/tencent-im?dau=30000&users=200000&registered_users=200000&active_share=15&facts=daily-users" {
			t.Errorf("%s is used as %s", typed, got)
		}
	}
	res := get(t, s, users+"200,000+minutes")
	if doc := document(t, res); res.StatusCode != 422 || doc.Find("#registered_users-note.fault").Length() != 1 {
		t.Errorf("another unit: %d", res.StatusCode)
	}
	if total := squeezed(byID(document(t, get(t, s, "/calc/tencent-im?dau=15,000+users&history_days=90天")), "total")); total != "¥2,999.00" {
		t.Errorf("the calculator says %s", total)
	}
}

// TestNoText: what is no text in an address is none on the page.
func TestNoText(t *testing.T) {
	s := newServer(t)
	for _, address := range []string{
		"/calc/tencent-im?dau=%FF%FE", "/calc/tencent-im?users=5%FF&lang=zh", "/calc/aliyun-multimodal?workloads.0.asr=%C0&workloads.0.rounds=%80",
		roomPage + "?sessions=%FF&participants.0.people=%FE", "/compare?in=tencent-im,easemob-im,%FF&dau=%FF",
	} {
		if body := read(t, get(t, s, address)); !utf8.Valid(body) {
			t.Errorf("%s: the page is no UTF-8", address)
		}
	}
}

// TestFiguresChangedByHand: the facts are kept and said not to hold any more,
// until they do again.
func TestFiguresChangedByHand(t *testing.T) {
	s := newServer(t)
	facts := "registered_users=1000&facts=daily-users"
	for _, tt := range []struct {
		query string
		holds bool
	}{
		{"dau=200&users=1000&", true},
		{"dau=200&users=1000&months=12&option=ultimate&", true}, // what they do not yield can change
		{"dau=201&users=1000&", false},
		{"dau=2oo&users=1000&", false},
		{"", false},
	} {
		doc := document(t, get(t, s, imPage+"?"+tt.query+facts))
		says := doc.Find(".estimators .no-longer")
		if (says.Length() == 0) != tt.holds {
			t.Errorf("%s: %q", tt.query, squeezed(doc.Find(".estimators")))
		}
		if href := estimatorHref(t, doc, "daily-users"); !strings.Contains(href, "registered_users=1000") || !strings.Contains(href, "facts=daily-users") {
			t.Errorf("%s: the facts are lost: %s", tt.query, href)
		}
		if tt.holds {
			continue
		}
		forget := says.Find("a").Last().AttrOr("href", "")
		if strings.Contains(forget, "facts") || strings.Contains(forget, "registered_users") {
			t.Errorf("to forget leads to %s", forget)
		}
		if typed := doc.Find("input[name=dau]").AttrOr("value", ""); typed != "" && !strings.Contains(forget, "dau="+typed) {
			t.Errorf("to forget leads to %s, without what was typed", forget)
		}
	}
	// The form sends the facts, and a live answer says at once what became of them.
	doc := document(t, get(t, s, imPage+"?dau=200&users=1000&"+facts))
	sent := url.Values{}
	doc.Find("#calculator input[name]:not([type=radio], [type=checkbox])").Each(func(_ int, f *goquery.Selection) {
		sent.Set(f.AttrOr("name", ""), f.AttrOr("value", ""))
	})
	res := live(t, s, imPage, sent.Encode())
	if got, want := entered(t, res.Header.Get("HX-Replace-Url")), imPage+"?dau=200&users=1000&"+facts; got != want {
		t.Errorf("address %s, want %s", got, want)
	}
	if changed := fragment(t, res).Find("[hx-swap-oob] .no-longer"); changed.Length() != 0 {
		t.Errorf("unchanged figures: %s", squeezed(changed))
	}
	sent.Set("dau", "201")
	if changed := fragment(t, live(t, s, imPage, sent.Encode())).Find(".estimators[hx-swap-oob] .no-longer"); changed.Length() != 1 {
		t.Error("changed figures, and nothing is said")
	}
}

// TestSeveralEstimators: one link has the facts of several, and each can be
// changed without losing the other.
func TestSeveralEstimators(t *testing.T) {
	s := newServer(t)
	first := use(t, document(t, get(t, s, "/calc/inf-llm/facts/tokens?requests=1000&months=2")))
	doc := document(t, get(t, s, first))
	at := estimatorHref(t, doc, "peak")
	second := use(t, document(t, get(t, s, at+"&busiest_requests=30")))
	want := "/calc/inf-llm?months=2&models.0.input_tokens=1000000&models.0.output_tokens=300000&peak_concurrency=5&peak_rpm=30&peak_tpm=39000&requests=1000&facts=tokens&busiest_requests=30&facts=peak"
	if second != want {
		t.Errorf("got\n%s, want\n%s", second, want)
	}
	doc = document(t, get(t, s, second))
	if says := doc.Find(".estimators"); strings.Count(squeezed(says), "From what was entered") != 2 || says.Find(".no-longer").Length() != 0 {
		t.Errorf("the calculator says %q", squeezed(says))
	}
	third := use(t, document(t, get(t, s, strings.Replace(estimatorHref(t, doc, "tokens"), "requests=1000&", "requests=2000&", 1))))
	if third != strings.NewReplacer("=1000000", "=2000000", "=300000", "=600000", "requests=1000", "requests=2000").Replace(want) {
		t.Errorf("got %s", third)
	}
}

// TestPlacesOutsideTheDerivationExist, as on the calculator.
func TestPlacesOutsideTheDerivationExist(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		for _, e := range p.Estimators(book) {
			path, queries := "/calc/"+p.ID+"/facts/"+e.ID, []string{""}
			for _, example := range e.Facts.Examples {
				queries = append(queries, forms.UsageQuery(example.Usage))
			}
			for _, query := range queries {
				query += "&price_book=" + book.ID
				page := document(t, get(t, s, path+"?"+query))
				for _, more := range []string{"", "&" + e.Facts.Inputs[len(e.Facts.Inputs)-1].ID + "=x", "&months=x"} {
					fragment(t, live(t, s, path, query+more)).Find("[hx-swap-oob]").Each(func(_ int, a *goquery.Selection) {
						if id, _ := a.Attr("id"); byID(page, id).Length() != 1 {
							t.Errorf("%s?%s: the page has no %q", path, query, id)
						}
					})
				}
			}
		}
	})
}

// TestFormOfFacts: without JavaScript the form leads to its address, with it the
// address is replaced; rows come and go.
func TestFormOfFacts(t *testing.T) {
	s := newServer(t)
	form := "lang=en&months=12&participants.0.people=２&participants.0.sends=audio&session_minutes=1百&sessions=&facts=relay&relayed_streams=3"
	want := roomPage + "?months=12&relayed_streams=3&facts=relay&participants.0.people=2&participants.0.sends=audio&session_minutes=100"
	res := postForm(t, s, roomPage, form)
	wantStatus(t, res, http.StatusSeeOther)
	if at := entered(t, res.Header.Get("Location")); at != want {
		t.Errorf("Location %s, want %s", at, want)
	}
	if at := entered(t, live(t, s, roomPage, form).Header.Get("HX-Replace-Url")); at != want {
		t.Errorf("HX-Replace-Url %s", at)
	}
	res = postForm(t, s, roomPage, form+"&rows=participants.0.duplicate")
	if at := entered(t, res.Header.Get("Location")); at != strings.Replace(want, "&session", "&participants.1.people=2&participants.1.sends=audio&session", 1) {
		t.Errorf("Location %s", at)
	}
	doc := fragment(t, live(t, s, roomPage, form+"&rows=participants.add"))
	if rows := doc.Find("#participants-rows[hx-swap-oob] .row"); rows.Length() != 2 {
		t.Errorf("%d rows", rows.Length())
	}
	wantStatus(t, postForm(t, s, roomPage, "sessions=x"), http.StatusUnprocessableEntity)
	wantStatus(t, send(t, s, request(http.MethodPost, roomPage, "{}", "Content-Type", "application/json")), http.StatusUnsupportedMediaType)
}

// TestEstimatorPageIsStable: the canonical address of any facts and any usage
// is its own, and what it leads to gives it back. The figures carried over are
// those that the derivation applies, and they hold.
func TestEstimatorPageIsStable(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	var all []*pricing.Estimator
	for _, p := range newCatalog(t).Products() {
		for _, b := range p.Books {
			all = append(all, p.Estimators(b)...)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		e := rapid.SampledFrom(all).Draw(rt, "estimator")
		usage, facts := anyUsage(rt, e.Book()), anyUsage(rt, e.Facts)
		path := "/calc/" + e.Book().Product + "/facts/" + e.ID
		query := forms.UsageQuery(usage) + "&" + forms.UsageQuery(facts) + "&price_book=" + e.Book().ID
		if rapid.Bool().Draw(rt, "used") {
			query += "&facts=" + e.ID
		}
		d, faults := e.Derive(facts)
		res := live(t, s, path, query)
		at := res.Header.Get("HX-Replace-Url")
		if len(faults) > 0 {
			if at != "" {
				rt.Fatalf("%s is at fault and leads to %s", query, at)
			}
			return
		}
		_, canonical, _ := strings.Cut(at, "?")
		if again := live(t, s, path, canonical).Header.Get("HX-Replace-Url"); again != at {
			rt.Fatalf("%s becomes %s", at, again)
		}
		doc := fragment(t, res)
		typed, err := url.ParseQuery(forms.UsageQuery(facts))
		if err != nil {
			rt.Fatal(err)
		}
		if forms.DecodeFacts(typed, e).Empty() {
			return
		}
		calculator := document(t, get(t, s, use(t, doc)))
		if calculator.Find(".estimators .no-longer").Length() != 0 {
			rt.Fatalf("%s: does not hold", use(t, doc))
		}
		applied := d.Apply(usage)
		values, err := url.ParseQuery(strings.SplitN(use(t, doc), "?", 2)[1])
		if err != nil {
			rt.Fatal(err)
		}
		p, _ := newCatalog(t).Product(e.Book().Product)
		form, _ := forms.Decode(values, p)
		if got := forms.UsageQuery(form.Usage); got != forms.UsageQuery(applied) || len(form.Faults) != 0 {
			rt.Fatalf("%s, want %s", got, forms.UsageQuery(applied))
		}
	})
}
