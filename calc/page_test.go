package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/calc/forms"
	"suanpan/pricing"
)

const (
	imPage      = "/calc/tencent-im"
	fixturePage = "/calc/" + fixture
	formType    = "application/x-www-form-urlencoded"
)

// postForm sends the form as a browser does without JavaScript; with live it
// is sent as htmx does.
func postForm(t testing.TB, h http.Handler, target, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodPost, target, body, append([]string{"Content-Type", formType}, headers...)...))
}

func live(t testing.TB, h http.Handler, target, body string) *http.Response {
	t.Helper()
	return postForm(t, h, target, body, "HX-Request", "true")
}

func byID(doc *goquery.Document, id string) *goquery.Selection {
	return doc.Find(fmt.Sprintf("[id=%q]", id))
}

// squeezed is the text of an element with its blanks made one.
func squeezed(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// link returns the address that the page offers for sharing, without the part
// that the test server makes up.
func link(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	value, ok := byID(doc, "link").Attr("value")
	if !ok {
		t.Fatal("the page has no link to share")
	}
	path, ok := strings.CutPrefix(value, "http://example.com")
	if !ok {
		t.Errorf("the link %q does not begin as the request came", value)
	}
	return path
}

// chosen returns the option whose bill is shown.
func chosen(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	row := doc.Find("[data-option]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return s.Find("input[type=radio][checked]").Length() == 1
	})
	if row.Length() > 1 {
		t.Errorf("%d options are chosen", row.Length())
	}
	id, _ := row.Attr("data-option")
	return id
}

// TestEveryInputHasALabelledField goes through every book: no field is without
// label, help, unit and note, and none is forgotten. Rows are in
// [TestFieldsOfRows].
func TestEveryInputHasALabelledField(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, product *pricing.Product, book *pricing.Book) {
		for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
			doc := document(t, get(t, s, "/calc/"+product.ID+"?lang="+string(l)+"&price_book="+book.ID))
			for i := range book.Inputs {
				switch in := &book.Inputs[i]; {
				case in.Kind == pricing.KindRows:
				case in.Kind == pricing.KindChoices:
					checkBoxes(t, doc, in, l)
				case in.Matrix != (pricing.Text{}):
					checkCell(t, doc, in, l)
				default:
					checkField(t, doc, in, in.ID, l)
				}
			}
			for _, g := range book.Groups {
				if !strings.Contains(doc.Find("form").Text(), g.Name.In(l)) {
					t.Errorf("there is no group %s", g.ID)
				}
			}
			checkDocument(t, doc)
		}
	})
}

// checkField checks the field of an input, or of a field of a row.
func checkField(t *testing.T, doc *goquery.Document, in *pricing.Input, name string, l pricing.Lang) {
	t.Helper()
	field := doc.Find(fmt.Sprintf("[name=%q]:not([type=hidden])", name))
	if field.Length() != 1 {
		t.Errorf("%s: %d fields", name, field.Length())
		return
	}
	id, _ := field.Attr("id")
	if label := squeezed(doc.Find(fmt.Sprintf("label[for=%q]", id))); !strings.Contains(label, in.Name.In(l)) {
		t.Errorf("the label of %s is %q", name, label)
	}
	described, _ := field.Attr("aria-describedby")
	about := ""
	for _, id := range strings.Fields(described) {
		if byID(doc, id).Length() != 1 {
			t.Errorf("%s is described by %s, which there is %d times", name, id, byID(doc, id).Length())
		}
		about += squeezed(byID(doc, id)) + " "
	}
	if !strings.Contains(about, in.Help.In(l)) || !strings.Contains(about, in.Unit.In(l)) {
		t.Errorf("%s is described by %q", name, about)
	}
	if field.Closest("form").Length() != 1 {
		t.Errorf("field %s is in no form", name)
	}
	tag := goquery.NodeName(field)
	switch kind, _ := field.Attr("type"); {
	case in.Kind == pricing.KindCount && tag+kind != "inputtext",
		in.Kind == pricing.KindYesNo && tag+kind != "inputcheckbox",
		in.Kind == pricing.KindChoice && tag != "select":
		t.Errorf("%s, of kind %s, is a <%s type=%q>", name, in.Kind, tag, kind)
	}
	if in.Kind == pricing.KindChoice {
		var got, want []string
		field.Find("option").Each(func(_ int, o *goquery.Selection) { got = append(got, o.AttrOr("value", "")+" "+squeezed(o)) })
		for _, c := range in.Choices {
			want = append(want, c.ID+" "+c.Name.In(l))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s offers %q, want %q", name, got, want)
		}
	}
}

// checkCell checks the field of an input that is in a table: its labels are
// the row and the column that it stands in.
func checkCell(t *testing.T, doc *goquery.Document, in *pricing.Input, l pricing.Lang) {
	t.Helper()
	field := doc.Find(fmt.Sprintf("input[type=text][name=%q]", in.ID))
	if field.Length() != 1 {
		t.Errorf("%s: %d fields", in.ID, field.Length())
		return
	}
	cell := field.Closest("td")
	table := cell.Closest("table")
	if row := squeezed(cell.Parent().Find("th[scope=row]")); row != in.Matrix.In(l) {
		t.Errorf("%s is in the row %q, want %q", in.ID, row, in.Matrix.In(l))
	}
	// The corner is a cell too, and so is the head of each row.
	if column := squeezed(table.Find("thead tr").Children().Eq(cell.Index())); column != in.Column.In(l) {
		t.Errorf("%s is in the column %q, want %q", in.ID, column, in.Column.In(l))
	}
	if label, want := squeezed(cell.Find(fmt.Sprintf("label[for=%q]", field.AttrOr("id", "")))), in.Matrix.In(l)+", "+in.Column.In(l); label != want {
		t.Errorf("the label of %s is %q, want %q", in.ID, label, want)
	}
	if caption := squeezed(table.Find("caption")); !strings.Contains(caption, in.Unit.In(l)) {
		t.Errorf("the table of %s is of %q, not %s", in.ID, caption, in.Unit.In(l))
	}
	if note := field.AttrOr("aria-describedby", ""); cell.Find(fmt.Sprintf("[id=%q]", note)).Length() != 1 {
		t.Errorf("%s has no note", in.ID)
	}
}

// checkBoxes checks the boxes of an input of kind choices.
func checkBoxes(t *testing.T, doc *goquery.Document, in *pricing.Input, l pricing.Lang) {
	t.Helper()
	boxes := doc.Find(fmt.Sprintf("form fieldset.choices input[type=checkbox][name=%q]", in.ID))
	if boxes.Length() != len(in.Choices) {
		t.Errorf("%s has %d boxes for %d choices", in.ID, boxes.Length(), len(in.Choices))
		return
	}
	fieldset := boxes.Closest("fieldset")
	if fieldset.Length() != 1 || squeezed(fieldset.Find("legend")) != in.Name.In(l) || !strings.Contains(squeezed(fieldset), in.Help.In(l)) {
		t.Errorf("the boxes of %s are under %q", in.ID, squeezed(fieldset.Find("legend")))
	}
	boxes.Each(func(i int, box *goquery.Selection) {
		c := &in.Choices[i]
		label := squeezed(doc.Find(fmt.Sprintf("label[for=%q]", box.AttrOr("id", ""))))
		if box.AttrOr("value", "") != c.ID || !strings.HasPrefix(label, c.Name.In(l)) || !strings.Contains(label, c.Note.In(l)) {
			t.Errorf("box %d of %s sends %q and is labelled %q", i, in.ID, box.AttrOr("value", ""), label)
		}
	})
	if byID(doc, in.ID+"-note").Length() != 1 {
		t.Errorf("%s has no note", in.ID)
	}
}

// checkDocument checks what holds of every page.
func checkDocument(t testing.TB, doc *goquery.Document) {
	t.Helper()
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { id, _ := s.Attr("id"); ids[id]++ })
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s comes %d times", id, n)
		}
	}
	for _, reference := range []struct{ selector, attribute string }{
		{"label[for]", "for"}, {"[aria-labelledby]", "aria-labelledby"}, {"[aria-describedby]", "aria-describedby"},
	} {
		doc.Find(reference.selector).Each(func(_ int, s *goquery.Selection) {
			value, _ := s.Attr(reference.attribute)
			for _, id := range strings.Fields(value) {
				if ids[id] == 0 {
					t.Errorf("%s=%q leads nowhere", reference.attribute, id)
				}
			}
		})
	}
	doc.Find("input:not([type=hidden], [type=submit]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if doc.Find(fmt.Sprintf("label[for=%q]", id)).Length() != 1 {
			t.Errorf("field %q has no label", id)
		}
	})
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d first headings", n)
	}
	if doc.Find("title").Text() == "" {
		t.Error("no title")
	}
	// The Enter key presses the first button of a form.
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		first := form.Find("[type=submit]").First()
		if name, named := first.Attr("name"); named {
			t.Errorf("the Enter key would press the button %s=%s", name, first.AttrOr("value", ""))
		}
	})
}

// TestPageShowsTheEstimate: the example of the public interface, as a page.
func TestPageShowsTheEstimate(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?dau=15000&history_days=90&months=12"))
	if total := squeezed(byID(doc, "total")); total != "¥35,988.00" {
		t.Errorf("total %q", total)
	}
	if monthly := squeezed(byID(doc, "monthly")); monthly != "¥2,999.00" {
		t.Errorf("monthly %q", monthly)
	}
	answer := squeezed(byID(doc, "answer"))
	for _, part := range []string{"¥11,988.00", "¥24,000.00", "Pro"} { // prepaid, postpaid, plan
		if !strings.Contains(answer, part) {
			t.Errorf("the answer does not say %s", part)
		}
	}
	if beside := squeezed(doc.Find("section.answer")); !strings.Contains(beside, "Prices of 30 October 2020, in CNY") {
		t.Errorf("beside the answer the date of the prices is missing: %s", beside)
	}
	var lines []string
	doc.Find("[data-line]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("data-line")
		lines = append(lines, id)
	})
	if !slices.Equal(lines, []string{"plan", "dau_overage", "history"}) {
		t.Errorf("lines %v", lines)
	}
	overage := squeezed(doc.Find("[data-line=dau_overage]"))
	for _, part := range []string{"⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", "¥12,000.00", "overage"} { // formula, amount, source
		if !strings.Contains(overage, part) {
			t.Errorf("the line %q does not say %q", overage, part)
		}
	}
	if spoken := squeezed(byID(doc, "spoken")); !strings.Contains(spoken, "¥35,988.00") {
		t.Errorf("spoken %q", spoken)
	}
	var options []string
	doc.Find("[data-option]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("data-option")
		options = append(options, id)
		radio := s.Find("input[type=radio][name=option]")
		if radio.Length() != 1 {
			t.Errorf("option %s has %d radios", id, radio.Length())
		}
	})
	if !slices.Equal(options, []string{"pro", "ultimate", "trial"}) {
		t.Errorf("options %v", options)
	}
	if id := chosen(t, doc); id != "pro" {
		t.Errorf("%s is chosen", id)
	}
	if row := squeezed(doc.Find("[data-option=ultimate]")); !strings.Contains(row, "¥53,988.00") || !strings.Contains(row, "+¥18,000.00") {
		t.Errorf("ultimate: %q", row)
	}
	if row := squeezed(doc.Find("[data-option=trial]")); !strings.Contains(row, "100") || !strings.Contains(row, "7 days") || strings.Contains(row, "¥") {
		t.Errorf("trial: %q", row)
	}
	if value, _ := byID(doc, "dau").Attr("value"); value != "15000" {
		t.Errorf("the field has %q", value)
	}
	if note := squeezed(byID(doc, "dau-note")); !strings.Contains(note, "15,000 users a day") {
		t.Errorf("what was understood: %q", note)
	}
	if got := link(t, doc); got != imPage+"?months=12&dau=15000&history_days=90" {
		t.Errorf("link %q", got)
	}
}

// TestAssumptionsAreShownWithTheFiguresThatRestOnThem: bandwidth rests on an
// assumption that a bill without bandwidth does not show.
func TestAssumptionsAreShownWithTheFiguresThatRestOnThem(t *testing.T) {
	s := newServer(t)
	catalog := newCatalog(t)
	product, _ := catalog.Product(fixture)
	special := product.Newest().AllAssumptions[1].EN // of room_hours only
	if with := squeezed(byID(document(t, get(t, s, fixturePage)), "answer")); !strings.Contains(with, special) {
		t.Errorf("the assumption is not shown: %q", with)
	}
	if without := squeezed(byID(document(t, get(t, s, fixturePage+"?hours_a_day=0")), "answer")); strings.Contains(without, special) {
		t.Error("the assumption is shown where nothing rests on it")
	}
}

func TestFaultsOnThePage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ field, typed string }{
		{"dau", "lots"}, {"dau", "1,5"}, {"dau", "-5"}, {"dau", "2.5"}, {"months", "0"}, {"months", "37"}, {"live_days", "32"},
		{"dau", `"><script>alert(1)</script>`}, {"group_members", "十几"},
	} {
		values := url.Values{tt.field: {tt.typed}, "users": {"12345"}}
		for name, res := range map[string]*http.Response{
			"GET":  get(t, s, imPage+"?"+values.Encode()),
			"POST": postForm(t, s, imPage, values.Encode()),
		} {
			t.Run(name+" "+tt.field+"="+tt.typed, func(t *testing.T) {
				wantStatus(t, res, http.StatusUnprocessableEntity)
				doc := document(t, res)
				checkDocument(t, doc)
				field := byID(doc, tt.field)
				if invalid, _ := field.Attr("aria-invalid"); invalid != "true" {
					t.Error("the field is not marked")
				}
				if value, _ := field.Attr("value"); value != tt.typed {
					t.Errorf("the field has %q", value)
				}
				described, _ := field.Attr("aria-describedby")
				if !strings.Contains(described, tt.field+"-note") || squeezed(byID(doc, tt.field+"-note")) == "" {
					t.Error("nothing is said beside the field")
				}
				if doc.Find("[aria-invalid]").Length() != 1 {
					t.Error("other fields are marked")
				}
				if value, _ := byID(doc, "users").Attr("value"); value != "12345" {
					t.Errorf("what else was typed is lost: %q", value)
				}
				if doc.Find("[data-line], #total").Length() != 0 {
					t.Error("there are figures for inputs at fault")
				}
				if details := field.Closest("details"); details.Length() == 1 {
					if _, open := details.Attr("open"); !open {
						t.Error("the fault is folded away")
					}
				}
				// Nothing typed is lost on the way to the other language.
				href, _ := byID(doc, "lang-switch").Attr("href")
				other, err := url.Parse(href)
				if err != nil || other.Query().Get(tt.field) != tt.typed {
					t.Errorf("the other language is at %q", href)
				}
			})
		}
	}
}

func TestPriceBookOnThePage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ query, total, link string }{
		{"", "¥246.49", fixturePage},
		{"?price_book=", "¥246.49", fixturePage},
		{"?price_book=2026-01-01", "¥246.49", fixturePage}, // the newest needs no name
		{"?price_book=2025-06-01", "¥226.49", fixturePage + "?price_book=2025-06-01"},
	} {
		doc := document(t, get(t, s, fixturePage+tt.query))
		if total := squeezed(byID(doc, "total")); total != tt.total {
			t.Errorf("%s: total %s", tt.query, total)
		}
		if got := link(t, doc); got != tt.link {
			t.Errorf("%s: link %s", tt.query, got)
		}
		hidden, pinned := doc.Find("form input[name=price_book]").Attr("value")
		if want := strings.Contains(tt.link, "price_book"); pinned != want || (want && hidden != "2025-06-01") {
			t.Errorf("%s: the form has the price book %q", tt.query, hidden)
		}
		newest := doc.Find(fmt.Sprintf("#answer .older a[href=%q]", fixturePage))
		if (newest.Length() == 1) != pinned {
			t.Errorf("%s: %d links to the newest prices", tt.query, newest.Length())
		}
		var books []string
		doc.Find("#answer .books a").Each(func(_ int, a *goquery.Selection) {
			books = append(books, a.AttrOr("href", "")+" "+a.AttrOr("aria-current", ""))
		})
		want := []string{fixturePage + " true", fixturePage + "?price_book=2025-06-01 "}
		if pinned {
			want = []string{fixturePage + " ", fixturePage + "?price_book=2025-06-01 true"}
		}
		if !slices.Equal(books, want) {
			t.Errorf("%s: links to the price books %q, want %q", tt.query, books, want)
		}
	}
	for _, target := range []string{imPage + "?price_book=1999-01-01", "/calc/no-such-product", "/calc/", "/calc", "/nothing"} {
		res := get(t, s, target)
		wantStatus(t, res, http.StatusNotFound)
		doc := document(t, res)
		if doc.Find("html h1").Length() != 1 || doc.Find("main a[href]").Length() == 0 {
			t.Errorf("%s: the error page says nothing or leads nowhere", target)
		}
	}
	wantStatus(t, live(t, s, imPage, "price_book=1999-01-01"), http.StatusNotFound)
	wantStatus(t, live(t, s, "/calc/no-such-product", "dau=1"), http.StatusNotFound)
}

func TestChosenOption(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ query, chosen, total, link string }{
		{"dau=20000", "pro", "¥1,999.00", "?dau=20000"},
		{"dau=20000&option=ultimate", "ultimate", "¥3,999.00", "?dau=20000&option=ultimate"},
		{"dau=20000&option=pro", "pro", "¥1,999.00", "?dau=20000"},          // what is recommended anyway
		{"dau=20000&option=trial", "trial", "—", "?dau=20000&option=trial"}, // which cannot serve
		{"dau=20000&option=gold", "pro", "¥1,999.00", "?dau=20000"},
		{"option=", "trial", "¥0.00", ""},
		{"group_members=6001&option=pro", "pro", "—", "?group_members=6001&option=pro"},
	} {
		doc := document(t, get(t, s, imPage+"?"+tt.query))
		if got := chosen(t, doc); got != tt.chosen {
			t.Errorf("%s: %s is chosen", tt.query, got)
		}
		if total := squeezed(byID(doc, "total")); total != tt.total {
			t.Errorf("%s: total %s", tt.query, total)
		}
		if got := link(t, doc); got != imPage+tt.link {
			t.Errorf("%s: link %s", tt.query, got)
		}
		// From a choice there is a way back to the recommendation.
		if strings.Contains(tt.link, "option=") && tt.chosen != "pro" {
			back := strings.TrimSuffix(tt.link, "&option="+tt.chosen)
			if doc.Find(fmt.Sprintf("#answer a[href=%q]", imPage+back)).Length() == 0 {
				t.Errorf("%s: there is no way back", tt.query)
			}
		}
	}
}

func TestNoFeasibleOption(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?group_members=6001"))
	if chosen(t, doc) != "" || doc.Find("#total, [data-line]").Length() != 0 {
		t.Error("figures of an option that cannot serve")
	}
	if n := doc.Find("[data-option] .reasons li, [data-option] li").Length(); n < 3 {
		t.Errorf("%d reasons for three options", n)
	}
	if got := link(t, doc); got != imPage+"?group_members=6001" {
		t.Errorf("link %q", got)
	}
}

// TestRecommendedRadioFollows: the radio of the recommended option sends
// nothing, so that the choice goes on following the recommendation.
func TestRecommendedRadioFollows(t *testing.T) {
	doc := document(t, get(t, newServer(t), imPage+"?dau=20000"))
	for id, want := range map[string]string{"pro": "", "ultimate": "ultimate", "trial": "trial"} {
		if value, ok := doc.Find("[data-option=" + id + "] input[type=radio]").Attr("value"); !ok || value != want {
			t.Errorf("%s sends %q", id, value)
		}
	}
}

func TestParametersThatAreNoInputsAreIgnored(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, imPage+"?utm_source=mail&dau=20000&fbclid=%00&months[]=3&=x&dau.x=1"))
	if got := link(t, doc); got != imPage+"?dau=20000" {
		t.Errorf("link %q", got)
	}
	// Broken escapes and the like are no reason to fail either.
	for _, query := range []string{"%", "%zz=1", "a;b", "&&&", "=", "dau=1&dau=2", strings.Repeat("dau=1&", 5000), "dau=%ff%fe", "lang=%00"} {
		wantStatus2xxOr4xx(t, send(t, s, &http.Request{
			Method: http.MethodGet, URL: &url.URL{Path: imPage, RawQuery: query}, Host: "example.com",
			Header: http.Header{}, RemoteAddr: "192.0.2.1:1",
		}), query)
	}
}

func wantStatus2xxOr4xx(t testing.TB, res *http.Response, what string) {
	t.Helper()
	if res.StatusCode < 200 || res.StatusCode >= 500 || len(read(t, res)) == 0 {
		t.Errorf("%.40q: status %d", what, res.StatusCode)
	}
}

// TestBoxThatIsTickedByDefault: unticking it must survive the form, the link
// and the page.
func TestBoxThatIsTickedByDefault(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		query, total, link string
		ticked             bool
	}{
		{"", "¥246.49", "", true},
		{"welcome_desk=no", "¥146.50", "?welcome_desk=no", false},
		{"welcome_desk=no&welcome_desk=yes", "¥246.49", "", true}, // as the form sends a ticked box
		{"welcome_desk=yes", "¥246.49", "", true},
		{"welcome_desk=", "¥146.50", "?welcome_desk=no", false},
	} {
		for _, res := range []*http.Response{get(t, s, fixturePage+"?"+tt.query), live(t, s, fixturePage, tt.query)} {
			doc := document(t, res)
			if total := squeezed(byID(doc, "total")); total != tt.total {
				t.Errorf("%q: total %s", tt.query, total)
			}
			if got := link(t, doc); got != fixturePage+tt.link {
				t.Errorf("%q: link %s", tt.query, got)
			}
			if box := byID(doc, "welcome_desk"); box.Length() == 1 {
				if _, ticked := box.Attr("checked"); ticked != tt.ticked {
					t.Errorf("%q: ticked %t", tt.query, ticked)
				}
				if no := doc.Find("input[type=hidden][name=welcome_desk]"); no.Length() != 1 {
					t.Errorf("%q: an unticked box would send nothing", tt.query)
				}
			}
		}
	}
}

func TestPageLanguage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ name, query, cookie, header, want string }{
		{"nothing", "", "", "", "en"},
		{"header", "", "", "zh-CN,zh;q=0.9", "zh-CN"},
		{"header of another language", "", "", "fr", "en"},
		{"cookie before header", "", "en", "zh", "en"},
		{"query before cookie", "?lang=zh", "en", "en", "zh-CN"},
		{"unknown query", "?lang=fr", "zh", "", "zh-CN"},
		{"unknown cookie", "", "fr", "zh", "zh-CN"},
	} {
		for _, target := range []string{"/", imPage, "/nothing"} {
			t.Run(tt.name+" "+target, func(t *testing.T) {
				r := request(http.MethodGet, target+tt.query, "", "Accept-Language", tt.header)
				if tt.cookie != "" {
					r.AddCookie(&http.Cookie{Name: "lang", Value: tt.cookie})
				}
				doc := document(t, send(t, s, r))
				if lang, _ := doc.Find("html").Attr("lang"); lang != tt.want {
					t.Errorf("html lang %q, want %q", lang, tt.want)
				}
				if heading := doc.Find("title").Text(); chineseText.MatchString(heading) != (tt.want == "zh-CN") {
					t.Errorf("title %q", heading)
				}
			})
		}
	}
}

// TestLanguageOfTheForm: the answer to the form speaks the language of the page
// that the form is on, whatever the browser would like.
func TestLanguageOfTheForm(t *testing.T) {
	s := newServer(t)
	for lang, want := range map[string]bool{"zh": true, "en": false, "fr": false} {
		doc := document(t, live(t, s, imPage, "lang="+lang+"&dau=x"))
		if note := squeezed(byID(doc, "dau-note")); chineseText.MatchString(note) != want {
			t.Errorf("%s: %q", lang, note)
		}
	}
}

func TestLanguageSwitchKeepsTheEstimate(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, imPage+"?dau=20000&option=ultimate"))
	href, _ := byID(doc, "lang-switch").Attr("href")
	other := document(t, get(t, s, href))
	if lang, _ := other.Find("html").Attr("lang"); lang != "zh-CN" {
		t.Errorf("%s is in %s", href, lang)
	}
	if link(t, other) != link(t, doc) || chosen(t, other) != "ultimate" {
		t.Errorf("%s opens %s", href, link(t, other))
	}
}

func TestLanguageCookie(t *testing.T) {
	for _, tt := range []struct {
		name, target, proto string
		trusted, secure     bool
		want                string
	}{
		{"zh", imPage + "?lang=zh", "", false, false, "zh"},
		{"en on the start page", "/?lang=en", "", false, false, "en"},
		{"not asked for", imPage, "", false, false, ""},
		{"unknown", imPage + "?lang=fr", "", false, false, ""},
		{"through a trusted proxy with TLS", imPage + "?lang=zh", "https", true, true, "zh"},
		{"TLS that anybody may claim", imPage + "?lang=zh", "https", false, false, "zh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			if tt.trusted {
				s = newServer(t, withProxies("192.0.2.0/24")) // where test requests come from
			}
			cookies := get(t, s, tt.target, "X-Forwarded-Proto", tt.proto).Cookies()
			if tt.want == "" {
				if len(cookies) != 0 {
					t.Errorf("cookies %v", cookies)
				}
				return
			}
			if len(cookies) != 1 {
				t.Fatalf("cookies %v", cookies)
			}
			c := cookies[0]
			if c.Name != "lang" || c.Value != tt.want || c.Path != "/" || c.Domain != "" || !c.HttpOnly ||
				c.SameSite != http.SameSiteLaxMode || c.MaxAge < 30*24*3600 || c.Secure != tt.secure {
				t.Errorf("cookie %v", c)
			}
		})
	}
}

func TestLinkBegins(t *testing.T) {
	for _, tt := range []struct {
		name, public, proto string
		trusted             bool
		want                string
	}{
		{"as the request came", "", "", false, "http://example.com" + imPage},
		{"with the public address", "https://suanpan.example", "", false, "https://suanpan.example" + imPage},
		{"with the public address and its slash", "https://suanpan.example/", "", false, "https://suanpan.example" + imPage},
		{"as a trusted proxy says", "", "https", true, "https://example.com" + imPage},
		{"not as anybody says", "", "https", false, "http://example.com" + imPage},
	} {
		// Another proxy than the one the request comes from.
		s := newServer(t, withProxies("10.0.0.0/8"), func(c *calc.Config) { c.PublicURL = tt.public })
		if tt.trusted {
			s = newServer(t, withProxies("192.0.2.0/24"))
		}
		doc := document(t, get(t, s, imPage, "X-Forwarded-Proto", tt.proto))
		if got, _ := byID(doc, "link").Attr("value"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLiveUpdate(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ body, address, total string }{
		{"lang=en&months=&dau=15000&history_days=90&months=12", "?months=12&dau=15000&history_days=90", "¥35,988.00"},
		{"dau=1.5万&live_days=30&months=1&users=&option=", "?dau=15000", "¥1,999.00"},
		{"dau=１５０００&option=pro", "?dau=15000", "¥1,999.00"},
		{"dau=15k&option=ultimate", "?dau=15000&option=ultimate", "¥3,999.00"},
		{"", "", "¥0.00"},
		{"price_book=2020-10-30&advanced_moderation=yes", "?advanced_moderation=yes", "¥1,999.00"},
		{"dau=0&live_days=031&utm_source=x", "?live_days=31", "¥0.00"},
	} {
		t.Run(tt.body, func(t *testing.T) {
			res := live(t, s, imPage, tt.body)
			wantStatus(t, res, http.StatusOK)
			if got := res.Header.Get("HX-Replace-Url"); got != imPage+tt.address {
				t.Errorf("HX-Replace-Url %q, want %q", got, imPage+tt.address)
			}
			if vary := strings.Join(res.Header.Values("Vary"), ","); !strings.Contains(vary, "HX-Request") {
				t.Errorf("Vary %q", vary)
			}
			doc := fragment(t, res)
			if total := squeezed(byID(doc, "total")); total != tt.total {
				t.Errorf("total %s, want %s", total, tt.total)
			}
			if got := link(t, doc); got != imPage+tt.address {
				t.Errorf("link %s", got)
			}
			// The address opens the same estimate.
			page := document(t, get(t, s, imPage+tt.address))
			if squeezed(byID(page, "total")) != tt.total || chosen(t, page) != chosen(t, doc) || link(t, page) != link(t, doc) {
				t.Error("the address opens another estimate")
			}
			if form := doc.Find("form, #dau, #calculator"); form.Length() != 0 {
				t.Error("the answer replaces fields that are being typed in")
			}
		})
	}
}

var wholePage = regexp.MustCompile(`(?i)<(html|head|body|!doctype)[\s>]`)

// fragment parses an answer that must not be a whole page.
func fragment(t testing.TB, res *http.Response) *goquery.Document {
	t.Helper()
	body := string(read(t, res))
	if tag := wholePage.FindString(body); tag != "" {
		t.Errorf("the fragment has %s", tag)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestLiveUpdateOfFaults: the notes say what is wrong; the last good figures
// and the address stay.
func TestLiveUpdateOfFaults(t *testing.T) {
	s := newServer(t)
	res := live(t, s, imPage, "dau=lots&users=5&months=99")
	wantStatus(t, res, http.StatusOK)
	if got := res.Header.Get("HX-Replace-Url"); got != "" {
		t.Errorf("HX-Replace-Url %q", got)
	}
	doc := fragment(t, res)
	for _, id := range []string{"dau-note", "months-note"} {
		note := byID(doc, id)
		if _, swapped := note.Attr("hx-swap-oob"); !swapped || squeezed(note) == "" || !note.HasClass("fault") {
			t.Errorf("%s says %q", id, squeezed(note))
		}
	}
	if note := byID(doc, "users-note"); note.HasClass("fault") || !strings.Contains(squeezed(note), "5 users") {
		t.Errorf("users-note says %q", squeezed(note))
	}
	if doc.Find("#total, #monthly, [data-line], [data-option], #link").Length() != 0 {
		t.Error("there are figures")
	}
	// Everything is swapped out of band: nothing is left to replace the answer with.
	doc.Find("body > *").Each(func(_ int, e *goquery.Selection) {
		if _, swapped := e.Attr("hx-swap-oob"); !swapped {
			t.Errorf("<%s> would replace the figures", goquery.NodeName(e))
		}
	})
	if spoken := squeezed(byID(doc, "spoken")); spoken == "" || strings.Contains(spoken, "¥") {
		t.Errorf("spoken %q", spoken)
	}
	// A mended entry takes its note back. Notes of empty fields are not sent:
	// the page clears those itself.
	if note := byID(fragment(t, live(t, s, imPage, "dau=5")), "dau-note"); note.HasClass("fault") || squeezed(note) != "5 users a day" {
		t.Errorf("a mended field's note says %q", squeezed(note))
	}
	if note := byID(fragment(t, live(t, s, imPage, "dau=")), "dau-note"); squeezed(note) != "" {
		t.Errorf("an empty field's note says %q", squeezed(note))
	}
}

// TestPlacesOutsideTheAnswerExist: what the fragment swaps out of band must be
// on the page that sent the form, or htmx drops it.
func TestPlacesOutsideTheAnswerExist(t *testing.T) {
	t.Parallel()
	oneThread(t)
	s := newServer(t)
	check := func(t testing.TB, book *pricing.Book, query string) {
		t.Helper()
		target := "/calc/" + book.Product
		page := document(t, get(t, s, target+"?"+query))
		for _, more := range []string{"", "&months=2", "&months=x"} {
			fragment(t, live(t, s, target, query+more)).Find("[hx-swap-oob]").Each(func(_ int, e *goquery.Selection) {
				id, _ := e.Attr("id")
				if byID(page, id).Length() != 1 {
					t.Errorf("%s?%s: the page has no %q", target, query, id)
				}
			})
		}
	}
	eachBook(t, func(t *testing.T, _ *pricing.Product, book *pricing.Book) {
		pin := "price_book=" + book.ID
		check(t, book, pin)
		for _, e := range book.Examples {
			check(t, book, pin+"&"+forms.UsageQuery(e.Usage))
		}
	})
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		_, book := anyBook(rt, products)
		check(t, book, "price_book="+book.ID+"&"+forms.UsageQuery(anyUsage(rt, book)))
	})
}

// TestFormWithoutJavaScript: a good form leads to the address of its estimate,
// a form at fault comes back as a page.
func TestFormWithoutJavaScript(t *testing.T) {
	s := newServer(t)
	res := postForm(t, s, imPage, "lang=en&months=12&dau=1.5万&history_days=90&option=")
	wantStatus(t, res, http.StatusSeeOther)
	if at := res.Header.Get("Location"); at != imPage+"?months=12&dau=15000&history_days=90" {
		t.Errorf("Location %q", at)
	}
	// The query string of the form's own address does not count: the form is all.
	if at := postForm(t, s, imPage+"?dau=99999", "users=5").Header.Get("Location"); at != imPage+"?users=5" {
		t.Errorf("Location %q", at)
	}
	wantStatus(t, postForm(t, s, imPage, "dau=lots"), http.StatusUnprocessableEntity)
	// Somebody else's headers do not make it live.
	wantStatus(t, postForm(t, s, imPage, "dau=1", "HX-Request", "false"), http.StatusSeeOther)
}

func TestFormIsRefused(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, body string
		headers    []string
		want       int
	}{
		{"JSON", `{"dau":1}`, []string{"Content-Type", "application/json"}, 415},
		{"multipart", "", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415},
		{"plain text", "dau=1", []string{"Content-Type", "text/plain"}, 415},
		{"no type", "dau=1", nil, 415},
		{"too large", "dau=1&x=" + strings.Repeat("x", bodyLimit), []string{"Content-Type", formType}, 413},
		{"of just the size", "dau=1&x=" + strings.Repeat("x", bodyLimit-8), []string{"Content-Type", formType}, 303},
		{"broken escape", "dau=%zz", []string{"Content-Type", formType}, 400},
		{"from another site", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "cross-site"}, 403},
		{"from a sister site", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "same-site"}, 403},
		{"from the site itself", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "same-origin"}, 303},
		{"typed by the visitor", "dau=1", []string{"Content-Type", formType, "Sec-Fetch-Site", "none"}, 303},
		{"foreign origin", "dau=1", []string{"Content-Type", formType, "Origin", "https://evil.example"}, 403},
		{"origin null", "dau=1", []string{"Content-Type", formType, "Origin", "null"}, 403},
		{"own origin", "dau=1", []string{"Content-Type", formType, "Origin", "http://example.com"}, 303},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := send(t, s, request(http.MethodPost, imPage, tt.body, tt.headers...))
			wantStatus(t, res, tt.want)
			if res.StatusCode >= 400 && document(t, res).Find("html h1").Length() != 1 {
				t.Error("no error page")
			}
		})
	}
	wantProblem(t, postJSON(t, s, `{"product":"tencent-im"}`, "Sec-Fetch-Site", "cross-site"), 403)
	wantProblem(t, postJSON(t, s, `{"product":"tencent-im"}`, "Origin", "https://evil.example"), 403)
	// Behind a proxy the name that the visitor knows may not be the one asked for.
	public := newServer(t, withPublicURL)
	wantStatus(t, send(t, public, request(http.MethodPost, imPage, "dau=1", "Content-Type", formType, "Origin", onPublicURL)), 303)
	wantStatus(t, send(t, public, request(http.MethodPost, imPage, "dau=1", "Content-Type", formType, "Origin", "https://evil.example")), 403)
	// A link from elsewhere is no attack.
	wantStatus(t, get(t, s, imPage, "Sec-Fetch-Site", "cross-site"), 200)
}

// anyUsage draws a usage of a book, with the least and greatest values often
// among the others.
func anyUsage(t *rapid.T, book *pricing.Book) *pricing.Usage {
	u := book.NewUsage()
	check := func(fault *pricing.InputError) {
		if fault != nil {
			t.Fatal(fault)
		}
	}
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if rapid.Bool().Draw(t, in.ID+" left out") {
			continue
		}
		switch in.Kind {
		case pricing.KindYesNo:
			u.SetYesNo(in, rapid.Bool().Draw(t, in.ID))
		case pricing.KindChoice:
			check(u.SetChoice(in, anyChoice(t, in, in.ID)))
		case pricing.KindChoices:
			var ids []string
			for range rapid.SampledFrom([]int{0, 1, 2, 5, len(in.Choices)}).Draw(t, in.ID+" number") {
				ids = append(ids, anyChoice(t, in, in.ID))
			}
			check(u.SetChoices(in, ids))
		case pricing.KindRows:
			rows, fault := u.SetRows(in, rapid.SampledFrom([]int{0, 1, 1, 2, 3, 7, pricing.MaxRows}).Draw(t, in.ID+" number"))
			check(fault)
			for r, row := range rows {
				for j := range in.Fields {
					f := &in.Fields[j]
					name := forms.RowField(in.ID, r, f.ID)
					if rapid.Bool().Draw(t, name+" left out") {
						continue
					}
					switch f.Kind {
					case pricing.KindYesNo:
						row.Cell(in, j).SetYesNo(rapid.Bool().Draw(t, name))
					case pricing.KindChoice:
						check(row.Cell(in, j).SetChoice(anyChoice(t, f, name)))
					default:
						check(row.Cell(in, j).SetCount(anyCount(t, f, name)))
					}
				}
			}
		default:
			check(u.SetCount(in, anyCount(t, in, in.ID)))
		}
	}
	return u
}

func anyChoice(t *rapid.T, in *pricing.Input, name string) string {
	return rapid.SampledFrom(in.Choices).Draw(t, name).ID
}

func anyCount(t *rapid.T, in *pricing.Input, name string) string {
	return fmt.Sprint(rapid.OneOf(
		rapid.SampledFrom([]int64{in.Minimum, in.Maximum, in.Default}),
		rapid.Int64Range(in.Minimum, in.Maximum),
		rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+5000)),
	).Draw(t, name))
}

// anyBook draws one of all price books.
func anyBook(t *rapid.T, products []*pricing.Product) (*pricing.Product, *pricing.Book) {
	product := rapid.SampledFrom(products).Draw(t, "product")
	return product, rapid.SampledFrom(product.Books).Draw(t, "book")
}

// TestLinkReopensTheSameEstimate: whatever the usage, the page at its address
// offers that very address.
func TestLinkReopensTheSameEstimate(t *testing.T) {
	t.Parallel()
	oneThread(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		product, book := anyBook(rt, products)
		form := &forms.Form{Product: product, Book: book, Usage: anyUsage(rt, book)}
		recommended := ""
		if best := form.Usage.Estimate().Recommended(); best != nil {
			recommended = best.Option.ID
		}
		if rapid.Bool().Draw(rt, "choose") {
			form.Option = rapid.SampledFrom(book.Options).Draw(rt, "option").ID
		}
		shown := form.Option
		form.Follow(recommended)
		address := "/calc/" + product.ID
		if query := form.Query(); query != "" {
			address += "?" + query
		}
		doc := document(t, get(t, s, address))
		if got := link(t, doc); got != address {
			rt.Fatalf("%s offers %s", address, got)
		}
		if shown == "" {
			shown = recommended
		}
		if got := chosen(t, doc); got != shown {
			rt.Fatalf("%s shows %q, not %q", address, got, shown)
		}
	})
}

// TestPageAndAPIAgree: the page shows the total, the lines and what is bought
// as the API gives them, for whatever usage of whatever book.
func TestPageAndAPIAgree(t *testing.T) {
	t.Parallel()
	oneThread(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		product, book := anyBook(rt, products)
		u := anyUsage(rt, book)
		answer := estimate(t, s, requestOf(t, u))
		total, lines, bought, incomplete := "", []string(nil), 0, 0
		if answer.Recommended != nil {
			best := &answer.Options[0]
			total, bought = "¥"+pricing.Grouped(best.Total), len(best.Purchases)
			for _, l := range best.Lines {
				lines = append(lines, l.ID)
			}
			if !best.Complete {
				incomplete = 1
			}
		}
		query := forms.UsageQuery(u) + "&price_book=" + book.ID
		for _, res := range []*http.Response{get(t, s, "/calc/"+product.ID+"?"+query), live(t, s, "/calc/"+product.ID, query)} {
			doc := document(t, res)
			if shown := squeezed(byID(doc, "total")); shown != total {
				rt.Fatalf("%s: the API says %s, the page %s", query, total, shown)
			}
			var shown []string
			doc.Find("[data-line]").Each(func(_ int, e *goquery.Selection) { shown = append(shown, e.AttrOr("data-line", "")) })
			if !slices.Equal(shown, lines) {
				rt.Fatalf("%s: the API has the lines %v, the page %v", query, lines, shown)
			}
			if n := doc.Find(".purchases li").Length(); n != bought {
				rt.Fatalf("%s: the API has %d purchases, the page %d", query, bought, n)
			}
			if n := doc.Find(".incomplete").Length(); n != incomplete {
				rt.Fatalf("%s: the page says %d times that something is incomplete, want %d", query, n, incomplete)
			}
		}
	})
}

// TestFormIsStable: what the form becomes is the same if it is sent again.
func TestFormIsStable(t *testing.T) {
	oneThread(t)
	s := newServer(t)
	typed := rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "15000", "15,000", "1.5万", "15k", "１５０００", "2.5", "x", "-1", "0", "007", "5.0", "3亿"}),
		rapid.StringMatching(`[0-9]{1,3}(,[0-9]{3}){0,3}(万|k|m)?`),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		values := url.Values{}
		for _, id := range []string{"months", "dau", "users", "history_days", "live_days", "advanced_moderation", "option", "other"} {
			if rapid.Bool().Draw(rt, id+" sent") {
				values.Add(id, typed.Draw(rt, id))
			}
		}
		first := live(t, s, imPage, values.Encode())
		address := first.Header.Get("HX-Replace-Url")
		if address == "" {
			return // at fault
		}
		_, query, _ := strings.Cut(address, "?")
		if again := live(t, s, imPage, query).Header.Get("HX-Replace-Url"); again != address {
			rt.Fatalf("%q becomes %s, and that %s", values.Encode(), address, again)
		}
	})
}
