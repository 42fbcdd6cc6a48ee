package storetest

import (
	"bytes"
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
		{"search", search},
		{"claims", claims},
		{"drafts", drafts},
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
		Total: "35988.00", Prepaid: "11988.00", Postpaid: "24000.00", Items: []quotes.Item{},
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
		if _, err := s.Made(ctx, quotes.Query{Browser: browser, Search: text, Limit: 10}); err != nil {
			t.Errorf("searching for %q: %v", text, err)
		}
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
		if made, err := s.Made(ctx, quotes.Query{Browser: browser, Before: id, Limit: 10}); len(made) > 0 || err != nil {
			t.Errorf("Made: %v, %v", made, err)
		}
	}
	equal(t, "count", len(all(t, s)), 1)
}

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
	made, err := s.Made(ctx, quotes.Query{Browser: browser, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the chain in a list", []string{made[0].RevisedBy, made[1].RevisedBy, made[2].RevisedBy}, []string{"", third.ID, second.ID})

	late := NewRecord(t, "late", "", first.ID)
	_, _, err = s.Save(ctx, &quotes.Saving{Record: late, Browser: browser, Key: &quotes.Key{Hash: []byte("k"), Request: []byte("r"), Sealed: []byte("s")}})
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
		made, err := s.Made(ctx, quotes.Query{Browser: browser, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for i := range made {
			if made[i].ID == r.ID {
				equal(t, "revised by, in a list", made[i].RevisedBy, by)
			}
		}
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
	made, err := s.Made(ctx, quotes.Query{Browser: browser, Search: "customer", Limit: 10})
	if err != nil || len(made) != 1 || made[0].ID != revision.ID {
		t.Errorf("a withdrawn quote is found by its customer: %v, %v", made, err)
	}
	if owns, err := s.Owns(ctx, browser, r.ID); !owns || err != nil {
		t.Errorf("a withdrawn quote is not its maker's any more: %v", err)
	}
	saved, sealed, err := s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "", "", ""), Key: key})
	if err != nil || saved.ID != r.ID || !saved.Withdrawn() || sealed != nil {
		t.Errorf("the key of a withdrawn quote: %v, %q, %v", saved, sealed, err)
	}
}

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
		if err := s.PutDraft(ctx, browser, content, version); !errors.Is(err, want) {
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
		wants(t, "PutDraft", s.PutDraft(c.ctx, NewBrowser(), []byte("x"), 0), c.want)
		wants(t, "Each", s.Each(c.ctx, func(*quotes.Moved) error { return nil }), c.want)
	}
	equal(t, "what is there", len(all(t, s)), 1)
	equal(t, "the quote", *find(t, s, r.ID), *r)
}

func ready(t *testing.T, s quotes.Store) {
	begin := time.Now()
	for range 1000 {
		if err := s.Ready(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("being asked a thousand times took %v", took)
	}
	if err := together(50, func(int) error { return s.Ready(ctx) }); err != nil {
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
	wants(t, "Ready", s.Ready(ctx), quotes.ErrUnavailable)
}
