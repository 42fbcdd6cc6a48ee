package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// open opens a store, which is closed when the test ends.
func open(t testing.TB, where string) *store {
	t.Helper()
	s, err := Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.(*store)
}

func sqliteFile(t testing.TB) string { return filepath.Join(t.TempDir(), "quotes.db") }

// both runs a test on both databases, each time in a place of its own.
func both(t *testing.T, test func(t *testing.T, where string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, sqliteFile(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) quotes.Store { return open(t, sqliteFile(t)) })
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) quotes.Store { return open(t, storetest.Postgres(t)) })
}

func TestFromSQLiteToPostgresAndBack(t *testing.T) {
	t.Parallel()
	first, second, third := open(t, sqliteFile(t)), open(t, storetest.Postgres(t)), open(t, sqliteFile(t))
	storetest.Fill(t, first)
	storetest.Move(t, first, second)
	storetest.Move(t, second, third)
}

// TestTwoInstances: programs that share a database keep out of each other's way.
func TestTwoInstances(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		storetest.RaceRevisions(t, open(t, where), open(t, where))
	})
	both(t, func(t *testing.T, where string) {
		storetest.RaceKeys(t, open(t, where), open(t, where))
	})
}

// TestOpenAtOnce: programs that start at once on an empty database find it
// ready, all of them.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		var all sync.WaitGroup
		stores := make([]quotes.Store, 8)
		errs := make([]error, len(stores))
		for i := range stores {
			all.Go(func() { stores[i], errs[i] = Open(context.Background(), where) })
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		var id string
		for _, s := range stores {
			r := storetest.NewRecord(t, "", "", id)
			if _, _, err := s.Save(context.Background(), &quotes.Saving{Record: r}); err != nil {
				t.Error(err)
			}
			id = r.ID
			defer s.Close()
		}
		var versions, rows int
		db := stores[0].(*store).reader
		if err := db.QueryRow("SELECT COUNT(DISTINCT version_id), COUNT(*) FROM goose_db_version").Scan(&versions, &rows); err != nil {
			t.Fatal(err)
		}
		if versions != rows || versions < 2 {
			t.Errorf("%d migrations were applied %d times", versions, rows)
		}
	})
}

// TestProgramsOpenAtOnce is the same with programs instead of goroutines.
func TestProgramsOpenAtOnce(t *testing.T) {
	t.Parallel()
	file := sqliteFile(t)
	var programs []*exec.Cmd
	for range 8 {
		program := another(openHelper, file)
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		programs = append(programs, program)
	}
	for _, program := range programs {
		if err := program.Wait(); err != nil {
			t.Error(err)
		}
	}
	if n := ask(t, open(t, file).reader, "SELECT COUNT(*) FROM quotes"); n != "8" {
		t.Errorf("%s quotes are there", n)
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		first := open(t, where)
		r := storetest.NewRecord(t, "", "", "")
		if _, _, err := first.Save(context.Background(), &quotes.Saving{Record: r}); err != nil {
			t.Fatal(err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, where).Quote(context.Background(), r.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestNewerTablesAreRefused(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		s := open(t, where)
		if _, err := s.writer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, $2)", 999, true); err != nil {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), where)
		if err == nil || !strings.Contains(err.Error(), "version 999") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	latin := storetest.Postgres(t)
	admin := open(t, latin)
	if _, err := admin.writer.Exec("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	before, query, _ := strings.Cut(latin, "?")
	latin = before[:strings.LastIndex(before, "/")] + "/latin?" + query

	for _, c := range []struct{ where, says string }{
		{filepath.Join(folder, "missing", "quotes.db"), "folder " + filepath.Join(folder, "missing") + " of the database does not exist"},
		{folder, "is a folder"},
		{text, "not a database"},
		{"postgres:///quotes?host=" + folder, folder},
		{"postgres://localhost:port/", "address of the database"},
		{latin, "LATIN1"},
	} {
		begin := time.Now()
		s, err := Open(context.Background(), c.where)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: the error is %v", c.where, err)
		}
		if took := time.Since(begin); took > slack {
			t.Errorf("%s: it took %v", c.where, took)
		}
	}
	_, err := Open(context.Background(), "postgres://somebody:opensesame@localhost:port/")
	if err == nil || strings.Contains(err.Error(), "opensesame") {
		t.Errorf("the error tells the password: %v", err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	// Characters that mean something in an address mean nothing in a file name.
	file := filepath.Join(t.TempDir(), "报价 50%?#&x.db")
	s := open(t, file)
	if _, _, err := s.Save(context.Background(), &quotes.Saving{Record: storetest.NewRecord(t, "", "", "")}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 || !strings.HasPrefix(entry.Name(), filepath.Base(file)) {
			t.Errorf("%s has mode %v", entry.Name(), info.Mode())
		}
	}
	if len(entries) != 3 { // the database, its log and the index of that
		t.Errorf("there are %d files", len(entries))
	}
}

// TestWithdrawnIsGone: what a withdrawn quote said is nowhere in the files, but
// for the customer of one that is in somebody's list.
func TestWithdrawnIsGone(t *testing.T) {
	t.Parallel()
	file := sqliteFile(t)
	s := open(t, file)
	ctx := context.Background()
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: storetest.NewRecord(t, "Kept", "Keeper", "")}); err != nil {
		t.Fatal(err)
	}
	r := storetest.NewRecord(t, "Confidential", "Secretive", "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Key: &quotes.Key{Hash: []byte("k"), Request: []byte("r"), Sealed: []byte("sealedsecret")}}); err != nil {
		t.Fatal(err)
	}
	listed := storetest.NewRecord(t, "Private", "Regular", "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: listed, Browser: storetest.NewBrowser()}); err != nil {
		t.Fatal(err)
	}
	holds := func(word string) bool {
		t.Helper()
		found := false
		for _, name := range []string{file, file + "-wal"} {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(data), word)
		}
		return found
	}
	words := []string{"Confidential", "confidential", "Secretive", "secretive", "sealedsecret", "Private", "private"}
	for _, word := range words {
		if !holds(word) {
			t.Fatalf("%s is not in the files to begin with", word)
		}
	}
	for _, id := range []string{r.ID, listed.ID} {
		if err := s.Withdraw(ctx, id, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	for _, word := range words {
		if holds(word) {
			t.Errorf("%s is still in the files", word)
		}
	}
	if !holds("Keeper") || !holds("Regular") {
		t.Error("what is kept is not in the files any more")
	}
}

// TestDurability: a commit is on disk when it returns, whatever the defaults.
func TestDurability(t *testing.T) {
	t.Parallel()
	s := open(t, sqliteFile(t))
	for _, db := range []*sql.DB{s.writer, s.reader} {
		for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "2000", "temp_store": "2"} {
			if got := ask(t, db, "PRAGMA "+pragma); got != want {
				t.Errorf("%s is %s", pragma, got)
			}
		}
	}
	where := storetest.Postgres(t)
	admin := open(t, where)
	name := ask(t, admin.writer, "SELECT current_database()")
	if _, err := admin.writer.Exec("ALTER DATABASE " + name + " SET synchronous_commit = off"); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{where, where + "&synchronous_commit=off"} {
		p := open(t, address)
		for setting, want := range map[string]string{"synchronous_commit": "on", "statement_timeout": "5s", "lock_timeout": "2s", "application_name": "suanpan"} {
			if got := ask(t, p.writer, "SHOW "+setting); got != want {
				t.Errorf("%s is %s", setting, got)
			}
		}
	}
}

func ask(t *testing.T, db *sql.DB, query string) (answer string) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestTampered: what somebody has changed in the database is not a quote any
// more.
func TestTampered(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		s, ctx := open(t, where), context.Background()
		r := storetest.NewRecord(t, "Title", "Customer", "")
		if _, _, err := s.Save(ctx, &quotes.Saving{Record: r}); err != nil {
			t.Fatal(err)
		}
		cheaper := []byte(strings.Replace(string(r.Document), "35988.00", "00001.00", 1))
		for _, c := range []struct {
			column string
			value  any
		}{
			{"document", cheaper}, {"hash", quotes.Hash(cheaper)}, {"total", "1.00"}, {"customer", []byte("Other")}, {"valid_until", "2099-12-31"},
		} {
			if _, err := s.writer.Exec("UPDATE quotes SET "+c.column+" = $1", c.value); err != nil {
				t.Fatal(err)
			}
			found, err := s.Quote(ctx, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := found.Open(); !errors.Is(err, quotes.ErrDamaged) {
				t.Errorf("with another %s the error is %v", c.column, err)
			}
			for column, value := range map[string]any{"document": r.Document, "hash": r.Hash, "total": r.Total, "customer": []byte(r.Customer), "valid_until": r.ValidUntil} {
				if _, err := s.writer.Exec("UPDATE quotes SET "+column+" = $1", value); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// TestConstraints: the database itself refuses what must never be, whatever
// program writes to it.
func TestConstraints(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		s := open(t, where)
		first := storetest.NewRecord(t, "", "", "")
		for _, r := range []quotes.Record{first, storetest.NewRecord(t, "", "", first.ID)} {
			if _, _, err := s.Save(context.Background(), &quotes.Saving{Record: r, Browser: storetest.NewBrowser()}); err != nil {
				t.Fatal(err)
			}
		}
		const another = "INSERT INTO quotes (id, document, hash, owner, created_at, valid_until, revises, withdrawn_at, title, customer, currency, total, search) "
		for name, statement := range map[string]string{
			"a migration twice":             "INSERT INTO goose_db_version (version_id, is_applied) SELECT version_id, is_applied FROM goose_db_version",
			"a second revision":             another + "SELECT 'x', document, hash, owner, created_at, valid_until, revises, withdrawn_at, title, customer, currency, total, search FROM quotes WHERE revises <> ''",
			"a revision of nothing":         another + "SELECT 'x', document, hash, owner, created_at, valid_until, 'y', withdrawn_at, title, customer, currency, total, search FROM quotes WHERE revises <> ''",
			"a quote that says nothing":     "UPDATE quotes SET document = NULL",
			"a withdrawn one that does":     "UPDATE quotes SET withdrawn_at = 1",
			"the end of what is referenced": "DELETE FROM quotes",
		} {
			if _, err := s.writer.Exec(statement); err == nil {
				t.Errorf("the database allows %s", name)
			}
		}
	})
}
