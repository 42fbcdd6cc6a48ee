package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// draft begins a draft.
func (l *ledger) draft() error {
	return l.s.PutDraft(context.Background(), storetest.NewBrowser(), []byte("draft"), 0, time.Now())
}

func execute(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// TestPostgresRevoked: the database is there and can be read, and the program
// may not write to one of the tables that saving needs. Nobody has to try before
// it is known.
func TestPostgresRevoked(t *testing.T) {
	t.Parallel()
	where := storetest.Postgres(t)
	admin := open(t, where).writer
	execute(t, admin, "CREATE ROLE clerk LOGIN", "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk")
	l := &ledger{t: t, s: open(t, strings.Replace(where, "user=postgres", "user=clerk", 1))}
	l.works()
	for _, table := range []string{"quotes", "ownership", "idempotency_keys", "drafts"} {
		l.isReady(true)
		execute(t, admin, "REVOKE INSERT ON "+table+" FROM clerk")
		l.isReady(false)
		if _, err := l.s.Quote(context.Background(), l.saved[0].ID); err != nil {
			t.Error(err)
		}
		execute(t, admin, "GRANT INSERT ON "+table+" TO clerk")
		l.isReady(true)
		l.works()
	}
}

// TestFailedSaveIsTriedAgain: what nobody but one save meets makes the program
// unready at once, and until that very save succeeds, or another one does.
func TestFailedSaveIsTriedAgain(t *testing.T) {
	t.Parallel()
	where := storetest.Postgres(t)
	admin := open(t, where).writer
	refuse := func(code string) {
		execute(t, admin, `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '`+code+`'; END $$`)
	}
	refuse("58030")
	execute(t, admin, `CREATE TRIGGER refuse BEFORE INSERT ON quotes FOR EACH ROW WHEN (NEW.title = 'bad') EXECUTE FUNCTION refuse()`)
	l := &ledger{t: t, s: open(t, where)}
	ready := func() error { return l.s.Ready(context.Background(), time.Now()) }
	bad := func() error {
		_, _, err := l.s.Save(context.Background(), &quotes.Saving{Record: storetest.NewRecord(t, "bad", "", "")})
		return err
	}
	l.works()
	l.isReady(true)

	unavailable(t, "Save", bad())
	unavailable(t, "Ready, just asked", ready())
	time.Sleep(2 * probeEvery)
	unavailable(t, "Ready, probed again", ready())
	execute(t, admin, "ALTER TABLE quotes DISABLE TRIGGER refuse")
	l.isReady(true)

	execute(t, admin, "ALTER TABLE quotes ENABLE TRIGGER refuse")
	unavailable(t, "Save", bad())
	l.works()
	l.isReady(true)

	// What is refused for what it says is no reason to send others away.
	refuse("22023")
	unavailable(t, "Save", bad())
	for range 3 {
		if err := ready(); err != nil {
			t.Error(err)
		}
		time.Sleep(probeEvery)
	}
}

// TestFileNotAtItsPath: nothing is acknowledged that went into a file nobody
// finds, and nothing is read from one that may be another's.
func TestFileNotAtItsPath(t *testing.T) {
	t.Parallel()
	move := func(t *testing.T, from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		begin, end func(t *testing.T, file string)
	}{
		"moved": {
			func(t *testing.T, file string) { move(t, file, file+".old") },
			func(t *testing.T, file string) { move(t, file+".old", file) },
		},
		"its log moved": {
			func(t *testing.T, file string) { move(t, file+logSuffix, file+".old") },
			func(t *testing.T, file string) { move(t, file+".old", file+logSuffix) },
		},
		"deleted": {func(t *testing.T, file string) {
			if err := errors.Join(os.Remove(file), os.Remove(file+logSuffix), os.Remove(file+"-shm")); err != nil {
				t.Fatal(err)
			}
		}, nil},
		"replaced": {func(t *testing.T, file string) {
			move(t, file, file+".old")
			if err := makeFile(file); err != nil {
				t.Fatal(err)
			}
		}, func(t *testing.T, file string) { move(t, file+".old", file) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := sqliteFile(t)
			l := &ledger{t: t, s: open(t, file)}
			l.works()
			l.isReady(true)
			first := l.saved[0].ID
			if _, err := l.s.Quote(context.Background(), first); err != nil {
				t.Fatal(err) // and a connection that reads is open
			}
			c.begin(t, file)
			l.isReady(false)
			err := l.save(0)
			unavailable(t, "Save", err)
			if !errors.Is(err, errGone) {
				t.Errorf("it is not said why: %v", err)
			}
			unavailable(t, "PutDraft", l.draft())
			if _, err := l.s.Quote(context.Background(), first); (err == nil) != (name == "its log moved") {
				t.Errorf("reading: %v", err)
			}
			entries, err := os.ReadDir(strings.TrimSuffix(file, "quotes.db"))
			if err != nil {
				t.Fatal(err)
			}
			if c.end == nil {
				if len(entries) > 0 {
					t.Errorf("another database was begun: %v", entries)
				}
				return
			}
			c.end(t, file)
			l.isReady(true)
			if name != "its log moved" { // where it had written what it could not acknowledge
				l.works()
			}
		})
	}
}

// TestCorruptPage: the file opens and can be read, and a page that every save
// needs is not what it was.
func TestCorruptPage(t *testing.T) {
	t.Parallel()
	file := sqliteFile(t)
	l := &ledger{t: t, s: open(t, file)}
	for range 20 {
		l.works()
	}
	l.isReady(true)
	other, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var page int64
	if err := other.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_quotes_1' OR name = 'sqlite_autoindex_new_quotes_1'").Scan(&page); err != nil {
		t.Fatal(err)
	}
	const size = 4096
	patch := func(data []byte) (was []byte) {
		t.Helper()
		// Everything is in the file, and after it nobody believes the pages that
		// are in memory.
		execute(t, other, "PRAGMA wal_checkpoint(TRUNCATE)")
		f, err := os.OpenFile(file, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		was = make([]byte, size)
		if _, err := f.ReadAt(was, (page-1)*size); err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt(data, (page-1)*size); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, other, "DELETE FROM probes")
		return was
	}
	was := patch([]byte(strings.Repeat("x", size)))
	l.isReady(false)
	unavailable(t, "Save", l.save(0))
	unavailable(t, "Ready", l.s.Ready(context.Background(), time.Now()))
	patch(was)
	l.isReady(true)
	l.works()
}
