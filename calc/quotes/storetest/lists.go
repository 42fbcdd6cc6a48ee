package storetest

import (
	"slices"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

// made returns the list of a browser by the ids of its quotes.
func made(t testing.TB, s quotes.Store, b quotes.Browser) map[string]quotes.Listed {
	t.Helper()
	list := map[string]quotes.Listed{}
	if err := s.Made(ctx, b, func(l *quotes.Listed) {
		if _, twice := list[l.ID]; twice {
			t.Errorf("%s is in a list twice", l.ID)
		}
		list[l.ID] = *l
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func lists(t *testing.T, s quotes.Store) {
	browser, other := NewBrowser(), NewBrowser()
	want := map[string]quotes.Listed{}
	for i, text := range []string{"", "a\x00b", "'; DROP TABLE quotes; --", "𝒳 \u202e ½", "\xff\xfe"} {
		r := NewRecord(t, text, text, "")
		r.CreatedAt = day.Add(time.Duration(i) * time.Second)
		save(t, s, browser, r)
		save(t, s, other, NewRecord(t, "other", "", ""))
		want[r.ID] = quotes.Listed{ID: r.ID, Listing: r.Listing, CreatedAt: r.CreatedAt, ValidUntil: r.ValidUntil}
	}
	whole := NewRecord(t, "Chat", "Bay Harbour", "")
	save(t, s, browser, whole)
	want[whole.ID] = quotes.Listed{
		ID: whole.ID, Listing: whole.Listing, CreatedAt: whole.CreatedAt, ValidUntil: whole.ValidUntil,
		Products: []string{"chat", "rooms"}, Names: "Chat & more 聊天 Pro\nRooms \nChat Basic",
	}
	for id, l := range made(t, s, browser) {
		if l.Title != "Chat" { // the documents of the others say something else than their records
			l.Products, l.Names = nil, ""
		}
		equal(t, "in the list", l, want[id])
		delete(want, id)
	}
	if len(want) > 0 {
		t.Errorf("not in the list: %v", want)
	}
	for _, b := range []quotes.Browser{NewBrowser(), nil} {
		if n := len(made(t, s, b)); n > 0 {
			t.Errorf("a browser that made none has %d quotes", n)
		}
	}
}

// withdrawnLists: customer and total of a withdrawn quote stay in the lists that
// it is in, and nothing else does, here and where it is moved to.
func withdrawnLists(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	first := save(t, s, browser, NewRecord(t, "Title", "Bay Harbour", ""))
	second := save(t, s, browser, NewRecord(t, "Title", "Bay Harbour", first.ID))
	if list := made(t, s, browser); !list[first.ID].Revised || list[second.ID].Revised {
		t.Errorf("%v", list)
	}
	if err := s.Withdraw(ctx, second.ID, day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	is := func() {
		t.Helper()
		list := made(t, s, browser)
		equal(t, "withdrawn", list[second.ID], quotes.Listed{
			ID: second.ID, Listing: quotes.Listing{Customer: "Bay Harbour", Currency: "CNY", Total: "35988.00"},
			CreatedAt: day, ValidUntil: second.ValidUntil, Withdrawn: true,
		})
		if list[first.ID].Revised || list[first.ID].Title != "Title" {
			t.Errorf("what the withdrawn quote has revised: %v", list[first.ID])
		}
	}
	is()
	moved := all(t, s)
	if i := slices.IndexFunc(moved, func(m quotes.Moved) bool { return m.Kept != nil }); moved[i].Record.ID != second.ID ||
		*moved[i].Kept != (quotes.Listing{Customer: "Bay Harbour", Currency: "CNY", Total: "35988.00"}) {
		t.Errorf("moved: %+v", moved)
	}
	// What was withdrawn elsewhere, and said nothing more when it was moved here.
	bare := quotes.Moved{Record: NewRecord(t, "", "", ""), Browsers: []quotes.Browser{browser}}
	r := &bare.Record
	r.Document, r.Listing, r.WithdrawnAt = nil, quotes.Listing{}, day
	if _, err := s.Import(ctx, of([]quotes.Moved{bare})); err != nil {
		t.Fatal(err)
	}
	equal(t, "of which nothing is known", made(t, s, browser)[r.ID], quotes.Listed{ID: r.ID, CreatedAt: day, ValidUntil: r.ValidUntil, Withdrawn: true})
	is()
}

func claims(t *testing.T, s quotes.Store) {
	maker, other := NewBrowser(), NewBrowser()
	first := save(t, s, maker, NewRecord(t, "first", "", ""))
	second := save(t, s, other, NewRecord(t, "own", "", ""))
	owns := func(b quotes.Browser, want bool) {
		t.Helper()
		if got, err := s.Owns(ctx, b, first.ID); got != want || err != nil {
			t.Errorf("owns: %v, not %v: %v", got, want, err)
		}
	}
	owns(maker, true)
	owns(other, false)
	for range 2 {
		if err := s.Claim(ctx, other, first.ID); err != nil {
			t.Fatal(err)
		}
	}
	owns(maker, true)
	owns(other, true)
	if list := made(t, s, other); len(list) != 2 || list[first.ID].Title != "first" || list[second.ID].Title != "own" {
		t.Errorf("a list with a claimed quote: %v", list)
	}
}
