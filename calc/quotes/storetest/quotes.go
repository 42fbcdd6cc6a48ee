package storetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

func savedIsFound(t *testing.T, s quotes.Store) {
	r := NewRecord(t, "One", "Customer", "")
	// What is finer than a millisecond, and in another zone, is the same time.
	given := r
	given.CreatedAt = day.Add(4567 * time.Nanosecond).In(time.FixedZone("", 3600))
	saved := save(t, s, NewBrowser(), given)
	equal(t, "saved", *saved, r)
	found := find(t, s, r.ID)
	equal(t, "found", *found, r)
	if _, err := found.Open(); err != nil {
		t.Error(err)
	}
	// A quote of no browser's, and the same id again.
	save(t, s, nil, NewRecord(t, "Two", "", ""))
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: r}); !errors.Is(err, quotes.ErrUnavailable) {
		t.Errorf("an id was saved twice: %v", err)
	}
	equal(t, "found after the other", *find(t, s, r.ID), r)
	equal(t, "count", len(all(t, s)), 2)
}

func savedIsAnything(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	for _, text := range []string{"", "\x00", "a\x00b", "'; DROP TABLE quotes; --", "𝒳 \u202e ½", "\xff\xfe"} {
		r := NewRecord(t, text, text, "")
		save(t, s, browser, r)
		equal(t, "found", *find(t, s, r.ID), r)
	}
	big := NewRecord(t, "big", "", "")
	big.Document = bytes.Repeat([]byte{0, 1, 2, 255}, 500_000)
	save(t, s, nil, big)
	equal(t, "a document of 2 MB", bytes.Equal(find(t, s, big.ID).Document, big.Document), true)
}

func unknown(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	save(t, s, browser, NewRecord(t, "", "", ""))
	for _, id := range []string{"", "abc", quotes.NewSecret(), "a\x00", "\xff", string(bytes.Repeat([]byte("a"), 1<<16)), "%", "' OR 1=1 --"} {
		_, err := s.Quote(ctx, id)
		wants(t, "Quote", err, quotes.ErrNotFound)
		wants(t, "Withdraw", s.Withdraw(ctx, id, day), quotes.ErrNotFound)
		wants(t, "Claim", s.Claim(ctx, browser, id), quotes.ErrNotFound)
		if owns, err := s.Owns(ctx, browser, id); owns || err != nil {
			t.Errorf("Owns: %v, %v", owns, err)
		}
		if id == "" {
			continue
		}
		_, _, err = s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", id)})
		wants(t, "Save", err, quotes.ErrNotFound)
	}
	equal(t, "count", len(all(t, s)), 1)
}
