package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// Run tests a store. Each call of open returns an empty one, which it closes
// when the test ends.
func Run(t *testing.T, open func(testing.TB) quotes.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, quotes.Store)
	}{
		{"what is saved is found", savedIsFound},
		{"what was typed may be anything", savedIsAnything},
		{"what is not there is not found", unknown},
		{"revisions are a chain", revisions},
		{"withdrawn revisions are passed over", withdrawnRevisions},
		{"one of two revisions at once", revisionRace},
		{"a key saves once", keys},
		{"a key at once saves once", keyRace},
		{"a key expires", keyExpires},
		{"withdrawing erases", withdraw},
		{"withdrawing and revising at once", withdrawRace},
		{"lists", lists},
		{"lists of what was withdrawn", withdrawnLists},
		{"claims", claims},
		{"drafts", drafts},
		{"drafts that were left", oldDrafts},
		{"drafts at once", draftRace},
		{"a thousand quotes by fifty clients", crowd},
		{"going through all", each},
		{"importing nothing wrong", importRefuses},
		{"importing again", importAgain},
		{"whoever has gone away", contexts},
		{"readiness", ready},
		{"a closed store", closed},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
	t.Run("moving", func(t *testing.T) {
		from, to := open(t), open(t)
		Fill(t, from)
		Move(t, from, to)
	})
}

var (
	ctx = context.Background()
	// day is when the quotes of these tests are saved, to the millisecond.
	day = time.Date(2026, 7, 14, 9, 30, 0, int(123*time.Millisecond), time.UTC)
)

// NewRecord returns a quote to be saved, which revises another one unless that
// is empty.
func NewRecord(t testing.TB, title, customer, revises string) quotes.Record {
	t.Helper()
	d := &quotes.Document{
		ID: quotes.NewSecret(), Revises: revises, CreatedAt: day.Format(time.RFC3339), ValidUntil: "2026-08-13", ValidDays: 30, Lang: pricing.English,
		Title: title, Customer: customer, PreparedBy: "Wei", Note: "算盘 <&> \u2028 \x01", Currency: "CNY",
		Total: "35988.00", Prepaid: "11988.00", Postpaid: "24000.00",
		Items: []quotes.Item{
			{Product: "chat", Name: "Chat & more 聊天", OptionName: "Pro"}, {Product: "rooms", Name: "Rooms"}, {Product: "chat", Name: "Chat", OptionName: "Basic"},
		},
	}
	text, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return quotes.Record{
		ID: d.ID, Document: text, Hash: quotes.Hash(text), Owner: quotes.HashSecret(quotes.NewSecret()),
		CreatedAt: day, ValidUntil: d.ValidUntil, Revises: revises, Listing: d.Listing(),
	}
}

// NewBrowser returns a browser that nobody has seen.
func NewBrowser() quotes.Browser { return quotes.HashSecret(quotes.NewSecret()) }

// save saves a quote into the list of a browser, which may be nil.
func save(t testing.TB, s quotes.Store, b quotes.Browser, r quotes.Record) *quotes.Record {
	t.Helper()
	saved, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: b})
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func find(t testing.TB, s quotes.Store, id string) *quotes.Record {
	t.Helper()
	r, err := s.Quote(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wants fails a test unless an error is the one that is wanted, and only that.
func wants(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (!errors.Is(want, quotes.ErrUnavailable) && errors.Is(err, quotes.ErrUnavailable)) {
		t.Errorf("%s: the error is %v, not %v", what, err, want)
	}
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// all returns everything that a store holds, oldest first.
func all(t testing.TB, s quotes.Store) []quotes.Moved {
	t.Helper()
	var out []quotes.Moved
	if err := s.Each(ctx, func(m *quotes.Moved) error {
		out = append(out, *m)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
