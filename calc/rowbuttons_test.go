package calc_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

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
		if got := entered(t, res.Header.Get("HX-Replace-Url")); got != page+tt.address {
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
		at := entered(t, res.Header.Get("Location"))
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
