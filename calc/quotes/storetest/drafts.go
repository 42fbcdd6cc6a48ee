package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

func drafts(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	is := func(content []byte) (version int64) {
		t.Helper()
		d, err := s.Draft(ctx, browser)
		if err != nil || !reflect.DeepEqual(d.Content, content) || (content == nil) != (d.Version == 0) {
			t.Fatalf("the draft is %q (version %d, %v), not %q", d.Content, d.Version, err, content)
		}
		return d.Version
	}
	put := func(content []byte, version int64, want error) {
		t.Helper()
		if err := s.PutDraft(ctx, browser, content, version, day); !errors.Is(err, want) {
			t.Fatalf("putting %q: %v, not %v", content, err, want)
		}
	}
	is(nil)
	put(nil, 0, nil)
	put([]byte("x"), 7, quotes.ErrConflict)
	put(nil, 7, quotes.ErrConflict)
	put([]byte("one\x00\xff"), 0, nil)
	first := is([]byte("one\x00\xff"))
	put([]byte("late"), 0, quotes.ErrConflict)
	put(nil, 0, quotes.ErrConflict)
	put([]byte{}, first, nil)
	second := is([]byte{})
	if first == second {
		t.Error("another content has the same version")
	}
	put([]byte("late"), first, quotes.ErrConflict)
	put(nil, first, quotes.ErrConflict)
	put(nil, second, nil)
	is(nil)
	put([]byte("again"), second, quotes.ErrConflict)
	put([]byte("again"), 0, nil)
	if third := is([]byte("again")); third == first || third == second {
		t.Error("a draft that was begun again has a version that it had before")
	}
	if d, err := s.Draft(ctx, NewBrowser()); err != nil || d.Version != 0 {
		t.Errorf("another browser has the draft too: %v", err)
	}
}

// oldDrafts: a sweep erases those that were left first, one of up to a hundred at
// a time, and none that was changed or looked at since.
func oldDrafts(t *testing.T, s quotes.Store) {
	const days = 24 * time.Hour
	old, older, touched, visited := NewBrowser(), NewBrowser(), NewBrowser(), NewBrowser()
	put := func(b quotes.Browser, at time.Time) {
		t.Helper()
		d, err := s.Draft(ctx, b)
		if err == nil {
			err = s.PutDraft(ctx, b, []byte(at.String()), d.Version, at)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put(old, day.Add(days))
	for _, b := range []quotes.Browser{older, touched, visited} {
		put(b, day)
	}
	put(touched, day.Add(30*days))
	for _, after := range []time.Duration{time.Hour, 30 * days} {
		for _, b := range []quotes.Browser{visited, NewBrowser()} {
			if err := s.VisitDraft(ctx, b, day.Add(after)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, want := range [][]bool{{true, false}, {false, false}, {false, false}} {
		if _, err := s.SweepDrafts(ctx, day.Add(29*days)); err != nil {
			t.Fatal(err)
		}
		for i, b := range []quotes.Browser{old, older, touched, visited} {
			d, err := s.Draft(ctx, b)
			if err != nil || (d.Version > 0) != (i > 1 || want[i]) {
				t.Errorf("draft %d has version %d (%v)", i, d.Version, err)
			}
		}
	}
	for range 148 {
		put(NewBrowser(), day)
	}
	if n, err := s.SweepDrafts(ctx, day.Add(1000*days)); err != nil || n != 2 {
		t.Errorf("%d of 150 drafts are erased at once: %v", n, err)
	}
}
