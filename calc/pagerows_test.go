package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// attributes lists an attribute of each of the elements.
func attributes(s *goquery.Selection, name string) []string {
	out := []string{}
	s.Each(func(_ int, e *goquery.Selection) { out = append(out, e.AttrOr(name, "")) })
	return out
}

// TestFieldsOfRows: each row of each book is a group with a name of its own,
// labelled fields and two buttons; below them is a button for one more.
func TestFieldsOfRows(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	inputs := 0
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		for i := range book.Inputs {
			in := &book.Inputs[i]
			if in.Kind != pricing.KindRows {
				continue
			}
			inputs++
			for _, n := range []int{0, 1, 3, pricing.MaxRows} {
				u := book.NewUsage()
				if _, fault := u.SetRows(in, n); fault != nil {
					t.Fatal(fault)
				}
				for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
					if n == pricing.MaxRows && l == pricing.Chinese {
						continue // a large page
					}
					doc := document(t, get(t, s, fmt.Sprintf("/calc/%s?%s&lang=%s&price_book=%s", p.ID, forms.UsageQuery(u), l, book.ID)))
					checkDocument(t, doc)
					checkRows(t, doc, in, n, l)
				}
			}
		}
	})
	if inputs < 4 {
		t.Errorf("only %d inputs have rows", inputs)
	}
}

func checkRows(t *testing.T, doc *goquery.Document, in *pricing.Input, n int, l pricing.Lang) {
	t.Helper()
	container := byID(doc, in.ID+"-rows")
	if container.Length() != 1 || container.Closest("form").Length() != 1 {
		t.Fatalf("%s: %d containers of rows", in.ID, container.Length())
	}
	if !strings.Contains(squeezed(container), in.Help.In(l)) || byID(doc, in.ID+"-note").Length() != 1 {
		t.Errorf("%s has no help or no note", in.ID)
	}
	rows := container.Find("fieldset")
	if rows.Length() != n {
		t.Fatalf("%s: %d rows, want %d", in.ID, rows.Length(), n)
	}
	rows.Each(func(r int, row *goquery.Selection) {
		pattern := map[pricing.Lang]string{pricing.English: "%s, row %d", pricing.Chinese: "%s %d"}[l]
		if legend, want := squeezed(row.Find("legend")), fmt.Sprintf(pattern, in.Name.In(l), r+1); legend != want {
			t.Errorf("row %d is called %q, want %q", r, legend, want)
		}
		for j := range in.Fields {
			checkField(t, doc, &in.Fields[j], forms.RowField(in.ID, r, in.Fields[j].ID), l)
		}
		if fields := row.Find("input:not([type=hidden]), select").Length(); fields != len(in.Fields) {
			t.Errorf("row %d has %d fields, want %d", r, fields, len(in.Fields))
		}
		want := []string{fmt.Sprintf("%s.%d.duplicate", in.ID, r), fmt.Sprintf("%s.%d.remove", in.ID, r)}
		if got := attributes(row.Find("button[type=submit][name=rows]"), "value"); !slices.Equal(got, want) {
			t.Errorf("row %d has the buttons %q, want %q", r, got, want)
		}
	})
	if container.Find(fmt.Sprintf("button[type=submit][name=rows][value=%q]", in.ID+".add")).Length() != 1 {
		t.Errorf("%s has no button for one more row", in.ID)
	}
}

// TestFieldsShowWhatIsEntered: every example of every book, field by field.
func TestFieldsShowWhatIsEntered(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	check := func(t *testing.T, doc *goquery.Document, in *pricing.Input, name string, value int64, isDefault bool) {
		t.Helper()
		field := doc.Find(fmt.Sprintf("[name=%q]:not([type=hidden])", name))
		switch in.Kind {
		case pricing.KindYesNo:
			if _, ticked := field.Attr("checked"); ticked != (value == 1) {
				t.Errorf("%s: ticked %t", name, ticked)
			}
		case pricing.KindChoice:
			if got := attributes(field.Find("option[selected]"), "value"); !slices.Equal(got, []string{in.Choices[value].ID}) {
				t.Errorf("%s: selected %q, want %s", name, got, in.Choices[value].ID)
			}
		default:
			want := fmt.Sprint(value)
			if isDefault {
				want = ""
			}
			// A default may be shown as it was typed, or left to the placeholder.
			got := field.AttrOr("value", "")
			if got != want && (!isDefault || got != fmt.Sprint(value)) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
			if placeholder := field.AttrOr("placeholder", ""); placeholder != pricing.Grouped(fmt.Sprint(in.Default)) {
				t.Errorf("%s: the placeholder is %q", name, placeholder)
			}
		}
	}
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		if len(book.Examples) == 0 {
			t.Error("there is no example")
		}
		for _, e := range book.Examples {
			query := forms.UsageQuery(e.Usage)
			doc := document(t, get(t, s, "/calc/"+p.ID+"?"+query+"&price_book="+book.ID))
			checkDocument(t, doc)
			for i := range book.Inputs {
				in := &book.Inputs[i]
				switch in.Kind {
				case pricing.KindChoices:
					var want []string
					for c := range in.Choices {
						if e.Usage.Chosen(in, c) {
							want = append(want, in.Choices[c].ID)
						}
					}
					if got := attributes(doc.Find(fmt.Sprintf("input[name=%q][checked]", in.ID)), "value"); !slices.Equal(got, want) && len(got)+len(want) > 0 {
						t.Errorf("%s: %s: ticked %q, want %q", e.ID, in.ID, got, want)
					}
				case pricing.KindRows:
					for r, row := range e.Usage.Rows(in) {
						for j := range in.Fields {
							check(t, doc, &in.Fields[j], forms.RowField(in.ID, r, in.Fields[j].ID), row[j], row[j] == in.Fields[j].Default)
						}
					}
				default:
					check(t, doc, in, in.ID, e.Usage.Count(in), e.Usage.IsDefault(in))
				}
				// What is set is not folded away.
				if details := byID(doc, in.Group+"-set").Closest("details"); details.Length() == 1 && !e.Usage.IsDefault(in) {
					if _, open := details.Attr("open"); !open {
						t.Errorf("%s: %s is folded away", e.ID, in.ID)
					}
				}
			}
			// The example is offered on the page of its book.
			offered := document(t, get(t, s, "/calc/"+p.ID+"?price_book="+book.ID)).Find(".examples a")
			if !slices.ContainsFunc(attributes(offered, "href"), func(href string) bool { return strings.Contains(href, query) }) {
				t.Errorf("%s is not offered", e.ID)
			}
		}
	})
}

// TestFaultsInRowsOnThePage: a fault is shown beside its field, and nothing
// that was typed is lost, also on the way to the other language.
func TestFaultsInRowsOnThePage(t *testing.T) {
	s := newServer(t)
	const page = "/calc/" + multimodal
	for _, tt := range []struct{ field, typed string }{
		{"workloads.0.rounds", "lots"},
		{"workloads.1.rounds", "-5"},
		{"workloads.1.tts_calls", "2.5"},
		{"workloads.0.rounds", `"><script>alert(1)</script>`},
	} {
		values := url.Values{"workloads.1.asr": {"premium"}, tt.field: {tt.typed}, "devices": {"150"}}
		if tt.field != "workloads.0.rounds" {
			values.Set("workloads.0.rounds", "1")
		} else {
			values.Set("workloads.0.tts", "light")
		}
		id := strings.ReplaceAll(tt.field, ".", "-")
		for name, res := range map[string]*http.Response{"GET": get(t, s, page+"?"+values.Encode()), "POST": postForm(t, s, page, values.Encode())} {
			t.Run(name+" "+tt.field+"="+tt.typed, func(t *testing.T) {
				wantStatus(t, res, http.StatusUnprocessableEntity)
				doc := document(t, res)
				checkDocument(t, doc)
				field := doc.Find(fmt.Sprintf("[name=%q]", tt.field))
				if field.AttrOr("value", "") != tt.typed || field.AttrOr("aria-invalid", "") != "true" || field.AttrOr("id", "") != id {
					t.Errorf("the field has %q", field.AttrOr("value", ""))
				}
				note := byID(doc, id+"-note")
				if !note.HasClass("fault") || squeezed(note) == "" || !strings.Contains(field.AttrOr("aria-describedby", ""), id+"-note") {
					t.Errorf("beside the field it says %q", squeezed(note))
				}
				if doc.Find("[aria-invalid], .note.fault").Length() != 2 {
					t.Error("other fields are marked")
				}
				if got := doc.Find(`[name="workloads.1.asr"] option[selected]`).AttrOr("value", ""); got != "premium" {
					t.Errorf("what else was chosen is lost: %q", got)
				}
				if doc.Find("[data-line], #total").Length() != 0 {
					t.Error("there are figures for inputs at fault")
				}
				other := document(t, get(t, s, byID(doc, "lang-switch").AttrOr("href", "")))
				if got := other.Find(fmt.Sprintf("[name=%q]", tt.field)).AttrOr("value", ""); got != tt.typed || other.Find("fieldset.row").Length() != 2 {
					t.Errorf("in the other language it is %q", got)
				}
			})
		}
		doc := fragment(t, live(t, s, page, values.Encode()))
		if note := byID(doc, id+"-note"); !note.HasClass("fault") || note.AttrOr("hx-swap-oob", "") == "" {
			t.Errorf("%s: nothing is said of it", tt.field)
		}
	}
}

// TestFaultsOfChoicesOnThePage: only a made-up address has them.
func TestFaultsOfChoicesOnThePage(t *testing.T) {
	s := newServer(t)
	many := func(n int) string {
		rows := make([]string, n)
		for i := range rows {
			rows[i] = fmt.Sprintf("workloads.%d.rounds=%d", i, i+1)
		}
		return strings.Join(rows, "&")
	}
	for _, tt := range []struct{ name, target, note string }{
		{"a choice", "/calc/" + multimodal + "?device_tier=gold", "device_tier-note"},
		{"a row's choice", "/calc/" + multimodal + "?workloads.0.asr=loud", "workloads-0-asr-note"},
		{"a feature", "/calc/" + trtc + "?features=teleport&features=rtmp_ingest", "features-note"},
		{"too many rows", "/calc/" + multimodal + "?" + many(51), "workloads-note"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := get(t, s, tt.target)
			wantStatus(t, res, http.StatusUnprocessableEntity)
			doc := document(t, res)
			checkDocument(t, doc)
			if note := byID(doc, tt.note); note.Length() != 1 || !note.HasClass("fault") || squeezed(note) == "" {
				t.Errorf("it says %q", squeezed(note))
			}
			if doc.Find(".note.fault").Length() != 1 || doc.Find("#total").Length() != 0 {
				t.Error("other fields are marked, or there are figures")
			}
			if details := byID(doc, tt.note).Closest("details"); details.Length() == 1 {
				if _, open := details.Attr("open"); !open {
					t.Error("the fault is folded away")
				}
			}
		})
	}
	doc := document(t, get(t, s, "/calc/"+multimodal+"?"+many(51)))
	if n := doc.Find("fieldset.row").Length(); n != pricing.MaxRows {
		t.Errorf("%d rows are kept", n)
	}
	if last := doc.Find(`[name="workloads.49.rounds"]`).AttrOr("value", ""); last != "50" {
		t.Errorf("the last row has %q", last)
	}
	// The button that would make one too many.
	for _, button := range []string{"workloads.add", "workloads.0.duplicate"} {
		doc := fragment(t, live(t, s, "/calc/"+multimodal, many(50)+"&rows="+button))
		if rows := doc.Find("#workloads-rows fieldset").Length(); rows != pricing.MaxRows || !byID(doc, "workloads-note").HasClass("fault") {
			t.Errorf("%s: %d rows", button, rows)
		}
		if last := doc.Find(`[name="workloads.49.rounds"]`).AttrOr("value", ""); last != "50" {
			t.Errorf("%s: the last row has %q", button, last)
		}
	}
}
