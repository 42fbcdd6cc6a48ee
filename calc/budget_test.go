package calc_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"suanpan/calc"
)

func withBudget(bytes int64) func(*calc.Config) {
	return func(c *calc.Config) { c.DailyBudget = bytes }
}

// What one network has kept on a day is bounded; others save meanwhile, and so
// does it the next day.
func TestBudgetOfANetwork(t *testing.T) {
	clock := noon()
	s := newServer(t, withBudget(60_000), withClock(clock))
	save := func(address string) *http.Response {
		r := request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json")
		r.RemoteAddr = address
		return answer(s, r)
	}
	saved := 0
	for res := save("192.0.2.1:1"); ; res = save("192.0.2.1:1") {
		if res.StatusCode != http.StatusCreated {
			wantProblem(t, res, http.StatusTooManyRequests)
			if wait := res.Header.Get("Retry-After"); wait != "43200" { // half a day in China
				t.Errorf("Retry-After is %s", wait)
			}
			break
		}
		if saved++; saved > 60 {
			t.Fatal("nothing is refused")
		}
	}
	if saved < 5 {
		t.Errorf("only %d quotes were saved", saved)
	}
	wantStatus(t, save("192.0.2.77:1"), http.StatusTooManyRequests) // the same network
	wantStatus(t, save("192.0.3.1:1"), http.StatusCreated)
	wantStatus(t, save("[2001:db8::1]:1"), http.StatusCreated)
	clock.move(24 * time.Hour)
	wantStatus(t, save("192.0.2.1:1"), http.StatusCreated)
}

// Drafts count for what they grow by; what was typed into one that cannot be kept
// is on the page that says so.
func TestBudgetOfDrafts(t *testing.T) {
	s := newServer(t, withBudget(8_000))
	r := newRep(t, s)
	r.add(proItem)
	for range 30 { // as large as before
		wantStatus(t, r.do("refresh", "customer", "Bay Harbour"), http.StatusSeeOther)
	}
	note := strings.Repeat("a long note ", 400)
	res := r.do("refresh", "note", note+note)
	wantStatus(t, res, http.StatusTooManyRequests)
	page := document(t, res)
	if !strings.Contains(page.Find("textarea").Text(), note) || !strings.Contains(squeezed(page.Find(".notice.fault")), "saving goes on tomorrow") {
		t.Errorf("the page says %q, and has %d characters of the note", squeezed(page.Find(".notice.fault")), len(page.Find("textarea").Text()))
	}
}
