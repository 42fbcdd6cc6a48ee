package storetest

import (
	"bytes"
	"reflect"
	"testing"

	"suanpan/calc/quotes"
)

func lists(t *testing.T, s quotes.Store) {
	browser, other := NewBrowser(), NewBrowser()
	var want []quotes.Record
	for i := range 25 {
		r := save(t, s, browser, NewRecord(t, string(rune('a'+i)), "", ""))
		save(t, s, other, NewRecord(t, "other", "", ""))
		want = append([]quotes.Record{*r}, want...)
	}
	var pages []quotes.Record
	before := ""
	for _, size := range []int{10, 10, 5, 0} {
		page, err := s.Made(ctx, quotes.Query{Browser: browser, Before: before, Limit: 10})
		if err != nil || len(page) != size {
			t.Fatalf("a page of %d, not %d: %v", len(page), size, err)
		}
		if pages = append(pages, page...); size > 0 {
			before = page[size-1].ID
		}
	}
	equal(t, "all pages", pages, want)
	for _, limit := range []int{0, -1} {
		if made, err := s.Made(ctx, quotes.Query{Browser: browser, Limit: limit}); len(made) > 0 || err != nil {
			t.Errorf("at most %d: %d, %v", limit, len(made), err)
		}
	}
	if made, err := s.Made(ctx, quotes.Query{Browser: NewBrowser(), Limit: 10}); len(made) > 0 || err != nil {
		t.Errorf("a new browser has %d quotes: %v", len(made), err)
	}
	if made, err := s.Made(ctx, quotes.Query{Limit: 10}); len(made) > 0 || err != nil {
		t.Errorf("no browser has %d quotes: %v", len(made), err)
	}
}

func search(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	for _, q := range [][2]string{{"Chat 100%", "Éclair SA"}, {"chat_room", "北京某某公司"}, {`back\slash`, "ÖSTERREICH"}, {"plain", "chat"}} {
		save(t, s, browser, NewRecord(t, q[0], q[1], ""))
	}
	for _, c := range []struct {
		search string
		want   []string
	}{
		{"", []string{"plain", `back\slash`, "chat_room", "Chat 100%"}},
		{"CHAT", []string{"plain", "chat_room", "Chat 100%"}},
		{"%", []string{"Chat 100%"}},
		{"0%", []string{"Chat 100%"}},
		{"_", []string{"chat_room"}},
		{`\`, []string{`back\slash`}},
		{"éCLAIR", []string{"Chat 100%"}},
		{"某公司", []string{"chat_room"}},
		{"österreich", []string{`back\slash`}},
		{"c_at", nil},
		{"nothing", nil},
		{string(bytes.Repeat([]byte("%_"), 40_000)), nil},
	} {
		made, err := s.Made(ctx, quotes.Query{Browser: browser, Search: c.search, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for i := range made {
			titles = append(titles, made[i].Title)
		}
		if !reflect.DeepEqual(titles, c.want) {
			t.Errorf("%.20q finds %q, not %q", c.search, titles, c.want)
		}
	}
	page, err := s.Made(ctx, quotes.Query{Browser: browser, Search: "chat", Limit: 2})
	if err != nil || len(page) != 2 {
		t.Fatal(page, err)
	}
	page, err = s.Made(ctx, quotes.Query{Browser: browser, Search: "chat", Before: page[1].ID, Limit: 2})
	if err != nil || len(page) != 1 || page[0].Title != "Chat 100%" {
		t.Errorf("the second page of a search: %v, %v", page, err)
	}
}

func claims(t *testing.T, s quotes.Store) {
	maker, other := NewBrowser(), NewBrowser()
	first := save(t, s, maker, NewRecord(t, "first", "", ""))
	save(t, s, other, NewRecord(t, "own", "", ""))
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
	made, err := s.Made(ctx, quotes.Query{Browser: other, Limit: 10})
	if err != nil || len(made) != 2 || made[0].Title != "own" || made[1].Title != "first" {
		t.Errorf("a list with a claimed quote: %v, %v", made, err)
	}
}
