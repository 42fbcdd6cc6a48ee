package storetest

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

// Fill saves quotes of every kind: revised, withdrawn, revised anew after a
// revision was withdrawn, in several lists and in none.
func Fill(t testing.TB, s quotes.Store) {
	t.Helper()
	maker, other := NewBrowser(), NewBrowser()
	for i := range 30 {
		first := save(t, s, maker, NewRecord(t, fmt.Sprint("报价 ", i), "Customer\x00", ""))
		save(t, s, nil, NewRecord(t, "of nobody", "", ""))
		if i%3 == 0 {
			second := save(t, s, maker, NewRecord(t, "revised", "", first.ID))
			third := save(t, s, maker, NewRecord(t, "revised again", "", second.ID))
			if i%2 == 0 {
				if err := s.Withdraw(ctx, third.ID, day.Add(time.Hour)); err != nil {
					t.Fatal(err)
				}
				save(t, s, maker, NewRecord(t, "revised anew", "", second.ID))
			}
		}
		if i%5 == 0 {
			if err := s.Withdraw(ctx, first.ID, day.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		if i%7 == 0 {
			if err := s.Claim(ctx, other, first.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Move moves all quotes of a store to an empty one, and checks that they are
// the same there.
func Move(t testing.TB, from, to quotes.Store) {
	t.Helper()
	want := all(t, from)
	n, err := to.Import(ctx, of(want))
	if err != nil || n != len(want) || n == 0 {
		t.Fatalf("%d of %d quotes were imported: %v", n, len(want), err)
	}
	equal(t, "what was moved", all(t, to), want)
}

// of returns a function for Import that gives one after another.
func of(quotesToMove []quotes.Moved) func() (*quotes.Moved, error) {
	i := 0
	return func() (*quotes.Moved, error) {
		if i == len(quotesToMove) {
			return nil, io.EOF
		}
		i++
		return &quotesToMove[i-1], nil
	}
}

var errStop = errors.New("enough")

func each(t *testing.T, s quotes.Store) {
	equal(t, "an empty store", len(all(t, s)), 0)
	Fill(t, s)
	before := all(t, s)
	// What is saved meanwhile is not part of it, and does not wait for it.
	n := 0
	if err := s.Each(ctx, func(m *quotes.Moved) error {
		if n++; n%10 == 0 {
			save(t, s, nil, NewRecord(t, "meanwhile", "", ""))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	equal(t, "how many there were when it began", n, len(before))
	equal(t, "the first of them", all(t, s)[:len(before)], before)

	n = 0
	err := s.Each(ctx, func(*quotes.Moved) error {
		n++
		return errStop
	})
	if n != 1 || err != errStop {
		t.Errorf("it did not stop at the first error: %d, %v", n, err)
	}
}

func importRefuses(t *testing.T, s quotes.Store) {
	good := quotes.Moved{Record: NewRecord(t, "good", "", "")}
	change := func(do func(*quotes.Record)) quotes.Moved {
		r := NewRecord(t, "bad", "Customer", "")
		do(&r)
		return quotes.Moved{Record: r}
	}
	there := save(t, s, nil, NewRecord(t, "there", "", ""))
	revision := save(t, s, nil, NewRecord(t, "its revision", "", there.ID))
	for _, c := range []struct {
		name string
		bad  quotes.Moved
		want error
	}{
		{"another hash", change(func(r *quotes.Record) { r.Hash = quotes.Hash(nil) }), quotes.ErrDamaged},
		{"another document", change(func(r *quotes.Record) { r.Document[5] ^= 1 }), quotes.ErrDamaged},
		{"no document", change(func(r *quotes.Record) { r.Document = nil }), quotes.ErrDamaged},
		{"no JSON", change(func(r *quotes.Record) { r.Document = []byte("x"); r.Hash = quotes.Hash(r.Document) }), quotes.ErrDamaged},
		{"another id", change(func(r *quotes.Record) { r.ID = quotes.NewSecret() }), quotes.ErrDamaged},
		{"another customer", change(func(r *quotes.Record) { r.Customer = "" }), quotes.ErrDamaged},
		{"another date", change(func(r *quotes.Record) { r.ValidUntil = "2099-01-01" }), quotes.ErrDamaged},
		{"withdrawn, with a document", change(func(r *quotes.Record) { r.WithdrawnAt = day }), quotes.ErrDamaged},
		{"withdrawn, with a customer", change(func(r *quotes.Record) { r.WithdrawnAt, r.Document = day, nil }), quotes.ErrDamaged},
		{"kept, of one that stands", quotes.Moved{Record: NewRecord(t, "", "", ""), Kept: &quotes.Listing{Total: "1.00"}}, quotes.ErrDamaged},
		{"kept, with a title", withdrawnWith(t, quotes.Listing{Title: "Title", Total: "1.00"}), quotes.ErrDamaged},
		{"kept, of no amount", withdrawnWith(t, quotes.Listing{Total: "much"}), quotes.ErrDamaged},
		{"kept, no text", withdrawnWith(t, quotes.Listing{Total: "1.00", Currency: "\xff"}), quotes.ErrDamaged},
		{"no text", quotes.Moved{Record: quotes.Record{ID: "a\x00", WithdrawnAt: day, CreatedAt: day}}, quotes.ErrDamaged},
		{"no predecessor", quotes.Moved{Record: NewRecord(t, "", "", quotes.NewSecret())}, quotes.ErrNotFound},
		{"a second revision", quotes.Moved{Record: NewRecord(t, "", "", there.ID)}, quotes.ErrRevised},
		{"another owner", quotes.Moved{Record: func() quotes.Record { r := *there; r.Owner = []byte("x"); return r }()}, quotes.ErrDiffers},
		{"another time", quotes.Moved{Record: func() quotes.Record { r := *there; r.CreatedAt = day.Add(time.Millisecond); return r }()}, quotes.ErrDiffers},
		{"withdrawn there", quotes.Moved{Record: quotes.Record{
			ID: revision.ID, Hash: revision.Hash, Owner: revision.Owner, CreatedAt: day, ValidUntil: revision.ValidUntil, Revises: there.ID, WithdrawnAt: day,
		}}, quotes.ErrDiffers},
	} {
		n, err := s.Import(ctx, of([]quotes.Moved{good, c.bad}))
		wants(t, c.name, err, c.want)
		equal(t, c.name, n, 0)
	}
	given := false
	_, err := s.Import(ctx, func() (*quotes.Moved, error) {
		if given {
			return nil, errStop
		}
		given = true
		return &good, nil
	})
	if err != errStop {
		t.Errorf("the error of what is imported is %v", err)
	}
	_, err = s.Quote(ctx, good.Record.ID)
	wants(t, "what was imported before the fault", err, quotes.ErrNotFound)
	equal(t, "count", len(all(t, s)), 2)
}

// withdrawnWith returns a quote that was withdrawn, of which lists keep something.
func withdrawnWith(t *testing.T, kept quotes.Listing) quotes.Moved {
	r := NewRecord(t, "", "", "")
	r.Document, r.Listing, r.WithdrawnAt = nil, quotes.Listing{}, day
	return quotes.Moved{Record: r, Kept: &kept}
}

func importAgain(t *testing.T, s quotes.Store) {
	Fill(t, s)
	there := all(t, s)
	visitor := NewBrowser()
	for i := range there {
		there[i].Browsers = append(there[i].Browsers, visitor)
	}
	newer := quotes.Moved{Record: NewRecord(t, "newer", "", there[1].Record.ID)}
	n, err := s.Import(ctx, of(append(there, newer)))
	if err != nil || n != 1 {
		t.Fatalf("%d were saved: %v", n, err)
	}
	for i := range there {
		if owns, err := s.Owns(ctx, visitor, there[i].Record.ID); !owns || err != nil {
			t.Fatalf("a browser was not added: %v", err)
		}
	}
	// What is saved afterwards comes behind what was imported.
	last := save(t, s, nil, NewRecord(t, "last", "", newer.Record.ID))
	now := all(t, s)
	equal(t, "count", len(now), len(there)+2)
	equal(t, "the last", now[len(now)-1].Record.ID, last.ID)
}
