package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestFactsReplaceWhatIsAtFault, but nothing else that is: there is no price
// then, and what was typed is kept.
func TestFactsReplaceWhatIsAtFault(t *testing.T) {
	s := newServer(t)
	page := document(t, get(t, s, imPage+"/facts/daily-users?dau=lots&registered_users=1000"))
	if got := use(t, page); got != imPage+"?dau=200&users=1000&registered_users=1000&facts=daily-users" || byID(page, "total").Length() != 1 {
		t.Errorf("leads to %s", got)
	}
	page = document(t, get(t, s, imPage+"/facts/daily-users?dau=500&live_days=lots&registered_users=1000"))
	if got := use(t, page); got != imPage+"?dau=200&users=1000&live_days=lots&registered_users=1000&facts=daily-users" || byID(page, "total").Length() != 0 {
		t.Errorf("leads to %s", got)
	}
	if text := squeezed(byID(page, "answer")); !strings.Contains(text, "at fault") || !strings.Contains(text, "replaces 500 users a day") {
		t.Errorf("the page says %s", text)
	}
}

// TestFactsAtFault: beside each field what is wrong with it, also where facts
// that are good by themselves come to too much or name what is not there.
func TestFactsAtFault(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		address string
		notes   []string
	}{
		{imPage + "/facts/daily-users?registered_users=lots&active_share=101", []string{"active_share-note", "registered_users-note"}},
		{"/calc/inf-llm/facts/tokens?requests=1000000000000&tokens_in=2&tokens_out=0", []string{"requests-note", "tokens_in-note"}},
		{"/calc/inf-llm/facts/tokens?requests=1000000000000", []string{"requests-note", "tokens_in-note", "tokens_out-note"}},
		{roomPage + "?participants.0.sends=audio&participants.1.receives=group_h", []string{"participants-1-receives-note"}},
		{roomPage + "?participants.0.people=1000000&participants.0.sends=audio&sessions=1000000000000", []string{"participants-note", "sessions-note"}},
	} {
		res := get(t, s, tt.address)
		wantStatus(t, res, http.StatusUnprocessableEntity)
		page := document(t, res)
		checkDocument(t, page)
		path, query, _ := strings.Cut(tt.address, "?")
		answer := live(t, s, path, query)
		wantStatus(t, answer, http.StatusOK)
		if got := answer.Header.Get("HX-Replace-Url"); got != "" {
			t.Errorf("HX-Replace-Url %q", got)
		}
		for _, doc := range []*goquery.Document{page, fragment(t, answer)} {
			got := attributes(doc.Find(".note.fault"), "id")
			slices.Sort(got)
			if !slices.Equal(got, tt.notes) {
				t.Errorf("%s: faults %q, want %q", tt.address, got, tt.notes)
			}
			if state := squeezed(byID(doc, "answer-state")); state == "" || doc.Find("#use, #total, [data-figure]").Length() != 0 {
				t.Errorf("%s: there are figures, and the page says %q", tt.address, state)
			}
		}
		// What was typed stays, also on the way to the calculator.
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		for name := range values {
			if got := page.Find(fmt.Sprintf("[name=%q]", name)).AttrOr("value", ""); got != values.Get(name) && page.Find(fmt.Sprintf("select[name=%q]", name)).Length() == 0 {
				t.Errorf("%s: %q is left of %q", name, got, values.Get(name))
			}
		}
	}
}

// TestNoSuchEstimator: of the product, of the price book, no such product or
// book. The page leads back to the calculator.
func TestNoSuchEstimator(t *testing.T) {
	s := newServer(t)
	for _, address := range []string{
		"/calc/tencent-trtc/facts/tokens", "/calc/no/facts/room", "/calc/tencent-trtc/facts/room?price_book=1999-01-01",
		"/calc/easemob-im/facts/room?price_book=2022-09-13", "/calc/tencent-trtc/facts/",
	} {
		res := get(t, s, address)
		wantStatus(t, res, http.StatusNotFound)
		if back := document(t, res).Find("main a.button").AttrOr("href", ""); strings.HasPrefix(address, "/calc/easemob") && back != "/calc/easemob-im" {
			t.Errorf("%s leads back to %s", address, back)
		}
	}
}
