package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes"
)

// together calls a function so many times at once, and returns the errors.
func together(n int, do func(i int) error) error {
	errs := make([]error, n)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-begin
			errs[i] = do(i)
		})
	}
	close(begin)
	all.Wait()
	return errors.Join(errs...)
}

const racers, rounds = 20, 4

func revisionRace(t *testing.T, s quotes.Store) {
	RaceRevisions(t, s, s)
}

// RaceRevisions has many revisions of one quote saved at once, by turns through
// each of the stores, which are of the same database: one is saved, and the
// others are told.
func RaceRevisions(t *testing.T, stores ...quotes.Store) {
	t.Helper()
	// The first round opens the connections, one after another.
	for round := range rounds {
		first := save(t, stores[0], nil, NewRecord(t, "", "", ""))
		var won atomic.Pointer[quotes.Record]
		var wins atomic.Int64
		records := make([]quotes.Record, racers)
		for i := range records {
			records[i] = NewRecord(t, strconv.Itoa(i), "", first.ID)
		}
		if err := together(racers, func(i int) error {
			saved, _, err := stores[i%len(stores)].Save(ctx, &quotes.Saving{Record: records[i]})
			if err == nil {
				wins.Add(1)
				won.Store(saved)
			} else if errors.Is(err, quotes.ErrRevised) {
				err = nil
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if wins.Load() != 1 {
			t.Fatalf("%d revisions were saved", wins.Load())
		}
		equal(t, "the revision", find(t, stores[0], first.ID).RevisedBy, won.Load().ID)
		equal(t, "count", len(all(t, stores[0])), 2*(round+1))
	}
}

func keys(t *testing.T, s quotes.Store) {
	key := func(request string) *quotes.Key {
		return &quotes.Key{Hash: []byte("key\x00\xff"), Request: []byte(request), Sealed: []byte(quotes.NewSecret())}
	}
	first := NewRecord(t, "first", "", "")
	k := key("request")
	saved, sealed, err := s.Save(ctx, &quotes.Saving{Record: first, Key: k})
	if err != nil || sealed != nil {
		t.Fatal(sealed, err)
	}
	equal(t, "the first", *saved, first)
	for range 2 {
		saved, sealed, err = s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "second", "", ""), Key: key("request")})
		if err != nil || !bytes.Equal(sealed, k.Sealed) {
			t.Fatalf("the sealed secret is %q, not %q: %v", sealed, k.Sealed, err)
		}
		equal(t, "the same again", *saved, first)
	}
	_, _, err = s.Save(ctx, &quotes.Saving{Record: NewRecord(t, "third", "", ""), Key: key("another request")})
	wants(t, "another request", err, quotes.ErrKeyReused)

	// A revision that is saved again gives the same, though its predecessor
	// has been revised by then: by itself.
	revision := NewRecord(t, "revision", "", first.ID)
	for i := range 2 {
		saved, _, err := s.Save(ctx, &quotes.Saving{Record: revision, Key: &quotes.Key{Hash: []byte("other"), Request: []byte("r"), Sealed: []byte("s")}})
		if err != nil || saved.ID != revision.ID {
			t.Fatalf("saved %d times: %v", i, err)
		}
	}
	equal(t, "count", len(all(t, s)), 2)
}

func keyRace(t *testing.T, s quotes.Store) { RaceKeys(t, s, s) }

// RaceKeys has one request sent many times at once, by turns through each of
// the stores, which are of the same database: one quote is saved, and all are
// given it.
func RaceKeys(t *testing.T, stores ...quotes.Store) {
	t.Helper()
	for round := range rounds {
		ids, secrets := make([]string, racers), make([]string, racers)
		records := make([]quotes.Record, racers)
		for i := range records {
			records[i] = NewRecord(t, strconv.Itoa(i), "", "")
		}
		if err := together(racers, func(i int) error {
			own := []byte(records[i].ID)
			saved, sealed, err := stores[i%len(stores)].Save(ctx, &quotes.Saving{
				Record: records[i], Key: &quotes.Key{Hash: []byte(strconv.Itoa(round)), Request: []byte("request"), Sealed: own},
			})
			if err != nil {
				return err
			}
			if sealed == nil {
				sealed = own // this is the one that was saved
			}
			ids[i], secrets[i] = saved.ID, string(sealed)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for i := range ids {
			if ids[i] != ids[0] || secrets[i] != ids[0] {
				t.Errorf("request %d was given %s and the secret of %s, not of %s", i, ids[i], secrets[i], ids[0])
			}
		}
		equal(t, "count", len(all(t, stores[0])), round+1)
	}
}

func keyExpires(t *testing.T, s quotes.Store) {
	at := func(age time.Duration, key string) string {
		t.Helper()
		r := NewRecord(t, "", "", "")
		r.CreatedAt = day.Add(age)
		saved, _, err := s.Save(ctx, &quotes.Saving{Record: r, Key: &quotes.Key{Hash: []byte(key), Request: []byte("request"), Sealed: []byte("s")}})
		if err != nil {
			t.Fatal(err)
		}
		return saved.ID
	}
	first := at(0, "a")
	if again := at(24*time.Hour-time.Millisecond, "a"); again != first {
		t.Error("a key did not count for a day")
	}
	second := at(24*time.Hour, "a")
	if second == first {
		t.Error("a key counted for more than a day")
	}
	// What is saved with another key, or none, erases those that are too old.
	at(48*time.Hour, "b")
	if third := at(25*time.Hour, "a"); third == second {
		t.Error("an expired key was not erased")
	}
}

func withdrawRace(t *testing.T, s quotes.Store) {
	for range 10 {
		first := save(t, s, nil, NewRecord(t, "", "", ""))
		revision := NewRecord(t, "", "", first.ID)
		var saved atomic.Bool
		if err := together(2, func(i int) error {
			if i == 0 {
				return s.Withdraw(ctx, first.ID, day)
			}
			_, _, err := s.Save(ctx, &quotes.Saving{Record: revision})
			saved.Store(err == nil)
			if errors.Is(err, quotes.ErrWithdrawn) {
				err = nil
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		r := find(t, s, first.ID)
		if !r.Withdrawn() || (r.RevisedBy == revision.ID) != saved.Load() {
			t.Errorf("withdrawn: %v, revised by %q, acknowledged: %v", r.Withdrawn(), r.RevisedBy, saved.Load())
		}
	}
}

func draftRace(t *testing.T, s quotes.Store) {
	browser := NewBrowser()
	var version int64
	for round := range 3 {
		var wins atomic.Int64
		if err := together(racers, func(i int) error {
			err := s.PutDraft(ctx, browser, []byte(fmt.Sprint(round, i)), version, day)
			if err == nil {
				wins.Add(1)
			} else if errors.Is(err, quotes.ErrConflict) {
				err = nil
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if wins.Load() != 1 {
			t.Fatalf("%d of %d drafts were put", wins.Load(), racers)
		}
		d, err := s.Draft(ctx, browser)
		if err != nil {
			t.Fatal(err)
		}
		version = d.Version
	}
}

// Crowd is how many clients save quotes at once, and PerClient how many each.
const (
	Crowd     = 50
	PerClient = 20
)

// saveAgain saves a quote, and tries again if the store is not available, as a
// client does: on a slow machine somebody may stand in line for too long.
func saveAgain(s quotes.Store, saving *quotes.Saving) (err error) {
	for range 10 {
		if _, _, err = s.Save(ctx, saving); !errors.Is(err, quotes.ErrUnavailable) {
			return err
		}
	}
	return err
}

// crowd has each client save chains of four quotes, into the list of a browser
// of its own.
func crowd(t *testing.T, s quotes.Store) {
	browsers := make([]quotes.Browser, Crowd)
	records := make([][]quotes.Record, Crowd)
	for i := range browsers {
		browsers[i] = NewBrowser()
		for j := range PerClient {
			revises := ""
			if j%4 > 0 {
				revises = records[i][j-1].ID
			}
			records[i] = append(records[i], NewRecord(t, fmt.Sprint(i, " ", j), "", revises))
		}
	}
	if err := together(Crowd, func(i int) error {
		for j := range records[i] {
			if err := saveAgain(s, &quotes.Saving{Record: records[i][j], Browser: browsers[i]}); err != nil {
				return fmt.Errorf("client %d, quote %d: %w", i, j, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}

	position := map[string]int{}
	for i, m := range all(t, s) {
		if _, twice := position[m.Record.ID]; twice {
			t.Errorf("%s is there twice", m.Record.ID)
		}
		if _, err := m.Record.Open(); err != nil {
			t.Error(err)
		}
		if at, ok := position[m.Record.Revises]; m.Record.Revises != "" && (!ok || at >= i) {
			t.Errorf("%s comes before what it revises", m.Record.ID)
		}
		position[m.Record.ID] = i
	}
	if len(position) != Crowd*PerClient {
		t.Errorf("%d quotes are there, not %d", len(position), Crowd*PerClient)
	}
	for i := range records {
		list := made(t, s, browsers[i])
		if len(list) != PerClient {
			t.Fatalf("client %d has %d quotes", i, len(list))
		}
		for j := range records[i] {
			r := find(t, s, records[i][j].ID)
			revisedBy := ""
			if j%4 < 3 {
				revisedBy = records[i][j+1].ID
			}
			if _, there := list[r.ID]; !there || r.RevisedBy != revisedBy || list[r.ID].Revised != (revisedBy != "") {
				t.Errorf("client %d: quote %d is not in its list, or not revised by the next", i, j)
			}
		}
	}
}
