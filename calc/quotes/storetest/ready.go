package storetest

import (
	"context"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

func contexts(t *testing.T, s quotes.Store) {
	r := save(t, s, NewBrowser(), NewRecord(t, "", "", ""))
	gone, cancel := context.WithCancel(ctx)
	cancel()
	late, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
	defer cancel()
	for _, c := range []struct {
		ctx  context.Context
		want error
	}{{gone, context.Canceled}, {late, quotes.ErrUnavailable}} {
		_, err := s.Quote(c.ctx, r.ID)
		wants(t, "Quote", err, c.want)
		_, _, err = s.Save(c.ctx, &quotes.Saving{Record: NewRecord(t, "", "", "")})
		wants(t, "Save", err, c.want)
		wants(t, "Withdraw", s.Withdraw(c.ctx, r.ID, day), c.want)
		wants(t, "PutDraft", s.PutDraft(c.ctx, NewBrowser(), []byte("x"), 0, day), c.want)
		wants(t, "Each", s.Each(c.ctx, func(*quotes.Moved) error { return nil }), c.want)
	}
	equal(t, "what is there", len(all(t, s)), 1)
	equal(t, "the quote", *find(t, s, r.ID), *r)
}

func ready(t *testing.T, s quotes.Store) {
	begin := time.Now()
	for range 1000 {
		if err := s.Ready(ctx, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("being asked a thousand times took %v", took)
	}
	if err := together(50, func(int) error { return s.Ready(ctx, time.Now()) }); err != nil {
		t.Error(err)
	}
}

func closed(t *testing.T, s quotes.Store) {
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := s.Quote(ctx, "abc")
	wants(t, "Quote", err, quotes.ErrUnavailable)
	_, _, err = s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", "")})
	wants(t, "Save", err, quotes.ErrUnavailable)
	wants(t, "Ready", s.Ready(ctx, time.Now()), quotes.ErrUnavailable)
}
