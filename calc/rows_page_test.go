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
	oneThread(t)
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
	oneThread(t)
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

// TestPinnedPriceBook: an older book says so, and offers the newest and every
// other one with the same entries.
func TestPinnedPriceBook(t *testing.T) {
	s := newServer(t)
	const page = "/calc/" + easemob
	for _, tt := range []struct{ query, older, newest string }{
		{"dau=20000", "", ""},
		{"dau=20000&price_book=2026-03-23", "", ""},
		{"dau=20000&price_book=2026-03-20", "20 March 2026", "?dau=20000"},
		{"dau=20000&price_book=2022-09-13", "13 September 2022", "?dau=20000"},
		{"dau=20000&option=ultimate&price_book=2022-09-13", "13 September 2022", "?dau=20000&option=ultimate"},
		{
			"months=12&moderation.0.model=image_ocr&moderation.0.quantity=500000&price_book=2026-03-20", "20 March 2026",
			"?months=12&moderation.0.model=image_ocr&moderation.0.quantity=500000",
		},
	} {
		whole, part := document(t, get(t, s, page+"?"+tt.query)), fragment(t, live(t, s, page, tt.query))
		for where, doc := range map[string]*goquery.Document{"page": whole, "answer": part} {
			older := doc.Find(".older")
			if older.Length() != min(1, len(tt.older)) || !strings.Contains(squeezed(older), tt.older) {
				t.Errorf("%s: the %s says of its age %q", tt.query, where, squeezed(older))
			}
			if got := older.Find("a").AttrOr("href", page); got != page+tt.newest && tt.older != "" {
				t.Errorf("%s: the newest prices are at %s, want %s", tt.query, got, page+tt.newest)
			}
			books := doc.Find(".books a")
			if books.Length() != 3 || doc.Find(".books a[aria-current=true]").Length() != 1 {
				t.Errorf("%s: %d links to price books", tt.query, books.Length())
			}
			if first := books.First(); !strings.Contains(squeezed(first), "23 March 2026") || !strings.Contains(squeezed(first), "newest") {
				t.Errorf("%s: the first price book is %q", tt.query, squeezed(first))
			}
			// Each of them opens the same entries with the prices it names.
			for i, id := range []string{"2026-03-23", "2026-03-20", "2022-09-13"} {
				href := books.Eq(i).AttrOr("href", "")
				to, err := url.Parse(href)
				if err != nil || to.Path != page {
					t.Fatalf("%s: a price book is at %q", tt.query, href)
				}
				there := document(t, get(t, s, href))
				if dau := byID(there, "dau").AttrOr("value", ""); strings.Contains(tt.query, "dau=") != (dau == "20000") {
					t.Errorf("%s: %s has %q users", tt.query, href, dau)
				}
				if pinned := there.Find("form input[name=price_book]").AttrOr("value", "2026-03-23"); pinned != id {
					t.Errorf("%s: %s has the prices of %s, want %s", tt.query, href, pinned, id)
				}
				if strings.Contains(tt.query, "option=ultimate") && chosen(t, there) != "ultimate" {
					t.Errorf("%s: %s shows %s", tt.query, href, chosen(t, there))
				}
			}
		}
		if pinned := whole.Find("form input[name=price_book]").Length() == 1; pinned != (tt.older != "") {
			t.Errorf("%s: the form is pinned: %t", tt.query, pinned)
		}
		if strings.Contains(tt.query, "2022-09-13") && whole.Find("[data-option]").Length() != 4 {
			t.Errorf("%s: %d options", tt.query, whole.Find("[data-option]").Length())
		}
	}
	// A product with one book has nothing to choose from.
	if n := document(t, get(t, s, imPage)).Find(".books, .older").Length(); n != 0 {
		t.Errorf("%d lists of price books", n)
	}
}

// TestPurchasesAndPoolsInTheAnswer: what is bought, in which year, and what it
// covers.
func TestPurchasesAndPoolsInTheAnswer(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, target string
		bought       []string
		pools        []string
	}{
		{
			"a pack of chosen size", "/calc/" + trtc + "?av_audio_minutes=3500000&option=starter",
			[]string{"1 × pack of 3,500,000 converted minutes ¥19,705.00"},
			[]string{"Used: 3,500,000 converted minutes; From packs: 3,500,000 converted minutes"},
		},
		{
			"two years", "/calc/" + trtc + "?months=13&av_audio_minutes=3500000&starter_offer=yes&option=starter",
			[]string{
				"year 1 · 12 × pack of 3,000,000 converted minutes ¥202,608.00", "year 1 · 1 × pack of 5,980,000 converted minutes ¥33,667.40",
				"year 1 · 1 × pack of 20,000 converted minutes ¥9.90", "year 2 · 1 × pack of 3,500,000 converted minutes ¥19,705.00",
			},
			[]string{"Used: 45,500,000 converted minutes; From packs: 45,500,000 converted minutes"},
		},
		{
			"within the plan", "/calc/" + trtc + "?av_audio_minutes=100000&option=basic",
			nil, []string{"Used: 100,000 converted minutes; Covered by the plan: 100,000 converted minutes; Left unused: 10,000 converted minutes"},
		},
		{
			"a commitment", "/calc/" + multimodal + "?months=12&workloads.0.rounds=88000&workloads.0.dialogue=casual",
			[]string{"commitment, 15% off ¥2,001.00"}, nil,
		},
		{"nothing", "/calc/" + trtc, nil, nil},
		{"no such thing", imPage + "?dau=20000", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := document(t, get(t, s, tt.target))
			var bought, pools []string
			doc.Find("#answer .purchases li").Each(func(_ int, li *goquery.Selection) { bought = append(bought, squeezed(li)) })
			doc.Find("#answer .pool").Each(func(_ int, pool *goquery.Selection) {
				var rows []string
				pool.Find("dl > div").Each(func(_ int, row *goquery.Selection) {
					rows = append(rows, squeezed(row.Find("dt"))+": "+squeezed(row.Find("dd")))
				})
				if len(rows) > 0 {
					pools = append(pools, strings.Join(rows, "; "))
				}
			})
			if !slices.Equal(bought, tt.bought) {
				t.Errorf("bought\n%q, want\n%q", bought, tt.bought)
			}
			if !slices.Equal(pools, tt.pools) {
				t.Errorf("pools\n%q, want\n%q", pools, tt.pools)
			}
		})
	}
}

func TestIncompleteOnThePage(t *testing.T) {
	s := newServer(t)
	for query, want := range map[string]int{
		"price_book=2026-03-20":                                      0,
		"translation_characters=5&price_book=2026-03-20":             1,
		"translation_characters=5&option=free&price_book=2026-03-20": 0, // it cannot serve it at all
		"translation_languages=5&price_book=2026-03-20":              0,
		"translation_characters=5":                                   0, // the newest have a price
	} {
		for _, res := range []*http.Response{get(t, s, "/calc/"+easemob+"?"+query), live(t, s, "/calc/"+easemob, query)} {
			doc := document(t, res)
			if n := doc.Find("#total").Closest("header").Find(".incomplete").Length(); n != want {
				t.Errorf("%s: incomplete %d times, want %d", query, n, want)
			}
		}
	}
}

// TestRowButtonsLive: a change of rows answers with all rows of the input, the
// others with their notes alone.
func TestRowButtonsLive(t *testing.T) {
	s := newServer(t)
	const page = "/calc/" + multimodal
	for _, tt := range []struct {
		body, address string
		rows          int
	}{
		{"rows=workloads.add", "?workloads.0.rounds=0", 1},
		{"workloads.0.rounds=1000&workloads.0.asr=light&rows=workloads.add", "?workloads.0.rounds=1000&workloads.0.asr=light&workloads.1.rounds=0", 2},
		{"workloads.0.rounds=1000&workloads.0.asr=light&rows=workloads.0.duplicate", "?workloads.0.rounds=1000&workloads.0.asr=light&workloads.1.rounds=1000&workloads.1.asr=light", 2},
		{"workloads.0.rounds=1&workloads.1.rounds=2&rows=workloads.0.remove", "?workloads.0.rounds=2", 1},
		{"workloads.0.rounds=1&rows=workloads.0.remove", "", 0},
		{"workloads.0.rounds=1&rows=workloads.7.remove", "?workloads.0.rounds=1", 1},
	} {
		res := live(t, s, page, tt.body)
		wantStatus(t, res, http.StatusOK)
		if got := res.Header.Get("HX-Replace-Url"); got != page+tt.address {
			t.Errorf("%s: HX-Replace-Url %q, want %q", tt.body, got, page+tt.address)
		}
		doc := fragment(t, res)
		container := byID(doc, "workloads-rows")
		if _, swapped := container.Attr("hx-swap-oob"); container.Length() != 1 || !swapped {
			t.Fatalf("%s: the rows are not sent", tt.body)
		}
		if n := container.Find("fieldset").Length(); n != tt.rows {
			t.Errorf("%s: %d rows, want %d", tt.body, n, tt.rows)
		}
		// They are the rows of the page at that address.
		page := document(t, get(t, s, page+tt.address))
		names := "#workloads-rows [name]"
		if got, want := attributes(doc.Find(names), "name"), attributes(page.Find(names), "name"); !slices.Equal(got, want) {
			t.Errorf("%s: fields %q, want %q", tt.body, got, want)
		}
		doc.Find("[hx-swap-oob]").Each(func(_ int, e *goquery.Selection) {
			if id := e.AttrOr("id", ""); byID(page, id).Length() != 1 {
				t.Errorf("%s: the page has no %q", tt.body, id)
			}
		})
	}
	// Without a button the rows stay as they are being typed in.
	doc := fragment(t, live(t, s, page, "workloads.0.rounds=1.5万&workloads.0.asr=light"))
	if doc.Find("fieldset.row, #workloads-rows, select").Length() != 0 {
		t.Error("the answer replaces rows that are being typed in")
	}
	if note := byID(doc, "workloads-0-rounds-note"); !strings.Contains(squeezed(note), "15,000") {
		t.Errorf("what was understood: %q", squeezed(note))
	}
	// The button works where another entry is at fault: the figures stay.
	doc = fragment(t, live(t, s, page, "months=x&workloads.0.rounds=y&rows=workloads.add"))
	if rows := byID(doc, "workloads-rows").Find("fieldset"); rows.Length() != 2 || doc.Find("#total").Length() != 0 {
		t.Errorf("%d rows beside a fault", rows.Length())
	}
	if typed := doc.Find(`[name="workloads.0.rounds"]`); typed.AttrOr("value", "") != "y" || typed.AttrOr("aria-invalid", "") != "true" {
		t.Error("what was typed into the row is lost")
	}
	doc.Find("body > *").Each(func(_ int, e *goquery.Selection) {
		if _, swapped := e.Attr("hx-swap-oob"); !swapped {
			t.Errorf("<%s> would replace the figures", goquery.NodeName(e))
		}
	})
}

// TestRowButtonsWithoutJavaScript: a button leads to the address with the rows
// it made, or comes back with what is at fault.
func TestRowButtonsWithoutJavaScript(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ product, body, location string }{
		{multimodal, "rows=workloads.add", "?workloads.0.rounds=0"},
		{multimodal, "workloads.0.rounds=1000&workloads.0.asr=light&rows=workloads.add", "?workloads.0.rounds=1000&workloads.0.asr=light&workloads.1.rounds=0"},
		{multimodal, "workloads.0.rounds=0&rows=workloads.add", "?workloads.0.rounds=0&workloads.1.rounds=0"},
		{multimodal, "workloads.0.rounds=1&workloads.1.rounds=2&rows=workloads.1.duplicate", "?workloads.0.rounds=1&workloads.1.rounds=2&workloads.2.rounds=2"},
		{multimodal, "workloads.0.rounds=1&workloads.1.rounds=2&rows=workloads.0.remove", "?workloads.0.rounds=2"},
		{multimodal, "devices=5&workloads.0.rounds=1&rows=workloads.0.remove", "?devices=5"},
		{inf, "models.0.model=inf-med-chat-v1&rows=models.add", "?models.0.model=inf-med-chat-v1&models.1.model=inf-chat-v1"},
		{easemob, "price_book=2026-03-20&rows=moderation.add", "?moderation.0.model=text&price_book=2026-03-20"},
		{easemob, "price_book=2022-09-13&rows=moderation.add", "?price_book=2022-09-13"},
		{trtc, "rows=features.add&features=rtmp_ingest&features=mini_program", "?features=mini_program&features=rtmp_ingest"},
	} {
		res := postForm(t, s, "/calc/"+tt.product, tt.body)
		wantStatus(t, res, http.StatusSeeOther)
		at := res.Header.Get("Location")
		if at != "/calc/"+tt.product+tt.location {
			t.Errorf("%s: Location %q, want %q", tt.body, at, tt.location)
		}
		if got := link(t, document(t, get(t, s, at))); got != at {
			t.Errorf("%s: the page at %s offers %s", tt.body, at, got)
		}
	}
	res := postForm(t, s, "/calc/"+multimodal, "months=x&workloads.0.rounds=5&rows=workloads.0.duplicate")
	wantStatus(t, res, http.StatusUnprocessableEntity)
	if n := document(t, res).Find("#workloads-rows fieldset").Length(); n != 2 {
		t.Errorf("%d rows beside a fault", n)
	}
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
