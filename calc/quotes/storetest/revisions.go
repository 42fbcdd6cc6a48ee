package storetest

import (
	"testing"
	"time"

	"suanpan/calc/quotes"
)

func revisions(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	first := save(t, s, browser, NewRecord(t, "1", "", ""))
	second := save(t, s, browser, NewRecord(t, "2", "", first.ID))
	third := save(t, s, browser, NewRecord(t, "3", "", second.ID))
	for _, c := range []struct{ id, revises, revisedBy string }{
		{first.ID, "", second.ID}, {second.ID, first.ID, third.ID}, {third.ID, second.ID, ""},
	} {
		r := find(t, s, c.id)
		equal(t, "the chain", [2]string{r.Revises, r.RevisedBy}, [2]string{c.revises, c.revisedBy})
	}
	list := made(t, s, browser)
	equal(t, "the chain in a list", [3]bool{list[first.ID].Revised, list[second.ID].Revised, list[third.ID].Revised}, [3]bool{true, true, false})

	late := NewRecord(t, "late", "", first.ID)
	_, _, err := s.Save(ctx, &quotes.Saving{Record: late, Browser: browser, Key: &quotes.Key{Hash: []byte("k"), Request: []byte("r"), Sealed: []byte("s")}})
	wants(t, "revising what was revised", err, quotes.ErrRevised)
	_, err = s.Quote(ctx, late.ID)
	wants(t, "what was refused", err, quotes.ErrNotFound)
	// The key was not used up by what was refused.
	other := NewRecord(t, "other", "", "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: other, Key: &quotes.Key{Hash: []byte("k"), Request: []byte("r2"), Sealed: []byte("s")}}); err != nil {
		t.Error(err)
	}
	if err := s.Withdraw(ctx, third.ID, day); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", third.ID)})
	wants(t, "revising what was withdrawn", err, quotes.ErrWithdrawn)
	equal(t, "count", len(all(t, s)), 4)
}

func withdrawnRevisions(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	revise := func(title, of string) *quotes.Record { return save(t, s, browser, NewRecord(t, title, "", of)) }
	withdraw := func(r *quotes.Record) {
		t.Helper()
		if err := s.Withdraw(ctx, r.ID, day); err != nil {
			t.Fatal(err)
		}
	}
	revised := func(r *quotes.Record, by string) {
		t.Helper()
		equal(t, "revised by", find(t, s, r.ID).RevisedBy, by)
		equal(t, "revised, in a list", made(t, s, browser)[r.ID].Revised, by != "")
		if by != "" {
			_, _, err := s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", r.ID)})
			wants(t, "revising what is revised", err, quotes.ErrRevised)
		}
	}

	// The last one is withdrawn, again and again: the one before it stands, and
	// can be revised.
	first := revise("first", "")
	for range 3 {
		second := revise("second", first.ID)
		revised(first, second.ID)
		withdraw(second)
		revised(first, "")
		equal(t, "its state", find(t, s, first.ID).State(day), quotes.Valid)
		equal(t, "what it says of itself", find(t, s, second.ID).Revises, first.ID)
	}

	// Those in the middle are: the first is revised by what comes after them,
	// until that is withdrawn too.
	second := revise("second", first.ID)
	third := revise("third", second.ID)
	fourth := revise("fourth", third.ID)
	withdraw(third)
	revised(first, second.ID)
	revised(second, fourth.ID)
	withdraw(second)
	revised(first, fourth.ID)
	withdraw(fourth)
	revised(first, "")
	last := revise("last", first.ID)
	revised(first, last.ID)

	// The first is: what comes after it stays as it is.
	withdraw(first)
	equal(t, "the first is revised by", find(t, s, first.ID).RevisedBy, last.ID)
	revised(last, "")
}

func withdraw(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	key := &quotes.Key{Hash: []byte("key"), Request: []byte("request"), Sealed: []byte("secret")}
	r := NewRecord(t, "Title", "Customer", "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: browser, Key: key}); err != nil {
		t.Fatal(err)
	}
	revision := save(t, s, browser, NewRecord(t, "Title", "Customer", r.ID))
	at := day.Add(time.Hour)
	for range 2 {
		if err := s.Withdraw(ctx, r.ID, at.In(time.FixedZone("", 3600))); err != nil {
			t.Fatal(err)
		}
		want := quotes.Record{
			ID: r.ID, Hash: r.Hash, Owner: r.Owner, CreatedAt: r.CreatedAt, ValidUntil: r.ValidUntil,
			RevisedBy: revision.ID, WithdrawnAt: day.Add(time.Hour),
		}
		equal(t, "withdrawn", *find(t, s, r.ID), want)
		at = at.Add(time.Hour) // the second time changes nothing
	}
	if owns, err := s.Owns(ctx, browser, r.ID); !owns || err != nil {
		t.Errorf("a withdrawn quote is not its maker's any more: %v", err)
	}
	saved, sealed, err := s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", ""), Key: key})
	if err != nil || saved.ID != r.ID || !saved.Withdrawn() || sealed != nil {
		t.Errorf("the key of a withdrawn quote: %v, %q, %v", saved, sealed, err)
	}
}
