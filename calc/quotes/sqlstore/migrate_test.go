package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// TestTablesOfTheFirstVersion: what an earlier program has saved is all there
// after the tables were brought up to date, and what was withdrawn does not
// stand in the way any more.
func TestTablesOfTheFirstVersion(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		ctx := context.Background()
		dialect, driver, folder := goose.DialectSQLite3, "sqlite", "sqlite"
		address := "file:" + where + "?_foreign_keys=1"
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
		if _, err := provider.UpTo(ctx, 1); err != nil {
			t.Fatal(err)
		}
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
		made, err := s.Made(ctx, quotes.Query{Browser: browser, Limit: 10})
		if err != nil || len(made) != 3 || made[0].ID != third.ID || made[1].RevisedBy != "" || made[2].RevisedBy != second.ID {
			t.Fatalf("%+v: %v", made, err)
		}
		for _, r := range made[1:] {
			if _, err := r.Open(); err != nil {
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
