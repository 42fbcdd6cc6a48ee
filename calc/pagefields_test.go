package calc_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/pricing"
)

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
