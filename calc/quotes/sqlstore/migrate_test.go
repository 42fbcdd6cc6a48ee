package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"reflect"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// migrating returns connections to a database, and what brings its tables up to
// date.
func migrating(t *testing.T, where string) (*sql.DB, *goose.Provider) {
	t.Helper()
	dialect, driver, folder, address := goose.DialectSQLite3, "sqlite", "sqlite", "file:"+where+"?_foreign_keys=1"
	if IsServer(where) {
		dialect, driver, folder, address = goose.DialectPostgres, "pgx", "postgres", where
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(dialect, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	return db, provider
}

// TestTablesOfTheFirstVersion: what an earlier program has saved is all there
// after the tables were brought up to date, and what was withdrawn does not
// stand in the way any more.
func TestTablesOfTheFirstVersion(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		ctx := context.Background()
		db := tablesOf(t, where, 1)
		first := storetest.NewRecord(t, "first", "", "")
		second := storetest.NewRecord(t, "second", "", first.ID)
		third := storetest.NewRecord(t, "third", "", second.ID)
		third.Document, third.Listing, third.WithdrawnAt = nil, quotes.Listing{}, third.CreatedAt.Add(time.Hour)
		browser := storetest.NewBrowser()
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range []quotes.Record{first, second, third} {
			if _, err := takeKey(ctx, tx, &quotes.Key{Hash: []byte{byte(i)}, Request: []byte("r"), Sealed: []byte("s")}, &r, 0); err != nil {
				t.Fatal(err)
			}
			seq, err := insert(ctx, tx, &r)
			if err != nil {
				t.Fatal(err)
			}
			if err := own(ctx, tx, browser, seq); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}

		s := open(t, where)
		// The list reads the documents the first time, and not again.
		want := map[string]quotes.Listed{}
		for _, r := range []quotes.Record{first, second, third} {
			want[r.ID] = r.Listed()
		}
		l := want[first.ID]
		l.Revised = true
		want[first.ID] = l
		for range 2 {
			made := map[string]quotes.Listed{}
			if err := s.Made(ctx, browser, func(l *quotes.Listed) { made[l.ID] = *l }); err != nil || !reflect.DeepEqual(made, want) {
				t.Fatalf("%+v: %v", made, err)
			}
			if n := ask(t, s.reader, "SELECT COUNT(*) FROM listings"); n != "2" {
				t.Errorf("%s quotes have a listing", n)
			}
		}
		for _, id := range []string{first.ID, second.ID} {
			if r, err := s.Quote(ctx, id); err != nil {
				t.Error(err)
			} else if _, err := r.Open(); err != nil {
				t.Error(err)
			}
		}
		again := quotes.Saving{Record: storetest.NewRecord(t, "again", "", ""), Key: &quotes.Key{Hash: []byte{1}, Request: []byte("r"), Sealed: []byte("x")}}
		if saved, sealed, err := s.Save(ctx, &again); err != nil || saved.ID != second.ID || string(sealed) != "s" {
			t.Errorf("the key of the second: %v, %q, %v", saved, sealed, err)
		}
		anew := storetest.NewRecord(t, "anew", "", second.ID)
		if _, _, err := s.Save(ctx, &quotes.Saving{Record: anew, Browser: browser}); err != nil {
			t.Fatal(err)
		}
		if order := ask(t, s.reader, "SELECT COUNT(*) FROM quotes WHERE seq > (SELECT seq FROM quotes WHERE id = '"+third.ID+"')"); order != "1" {
			t.Errorf("%s quotes come behind those that were there", order)
		}
		if IsServer(where) {
			return
		}
		if broken := ask(t, s.reader, "SELECT COUNT(*) FROM pragma_foreign_key_check"); broken != "0" {
			t.Error(fmt.Sprint(broken, " references lead nowhere"))
		}
		if old := ask(t, s.reader, "SELECT COUNT(*) FROM sqlite_schema WHERE sql LIKE '%new\\_%' ESCAPE '\\'"); old != "0" {
			t.Error("a table refers to one by another name")
		}
	})
}

// TestAnotherProgramBesideThisOne: what a program that knows no listings saves
// and withdraws is in the lists of this one, as what this one does is for it.
func TestAnotherProgramBesideThisOne(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		ctx, s, browser := context.Background(), open(t, where), storetest.NewBrowser()
		// As that program does it.
		save := func(title string) *quotes.Record {
			r := storetest.NewRecord(t, title, "Bay Harbour", "")
			err := s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
				seq, err := insert(ctx, tx, &r)
				if err != nil {
					return err
				}
				return own(ctx, tx, browser, seq)
			})
			if err != nil {
				t.Fatal(err)
			}
			return &r
		}
		list := func() map[string]quotes.Listed {
			t.Helper()
			made := map[string]quotes.Listed{}
			if err := s.Made(ctx, browser, func(l *quotes.Listed) { made[l.ID] = *l }); err != nil {
				t.Fatal(err)
			}
			return made
		}
		stands, seen := save("stands"), save("seen")
		if made := list(); !reflect.DeepEqual(made[stands.ID], stands.Listed()) {
			t.Errorf("%+v", made)
		}
		unseen := save("unseen")
		for _, r := range []*quotes.Record{seen, unseen} {
			if err := s.Withdraw(ctx, r.ID, r.CreatedAt); err != nil {
				t.Fatal(err)
			}
			want := quotes.Listed{ID: r.ID, Listing: quotes.Listing{Customer: "Bay Harbour", Currency: r.Currency, Total: r.Total}, CreatedAt: r.CreatedAt, ValidUntil: r.ValidUntil, Withdrawn: true}
			if made := list(); !reflect.DeepEqual(made[r.ID], want) {
				t.Errorf("%s, withdrawn: %+v", r.Title, made[r.ID])
			}
		}
	})
}
