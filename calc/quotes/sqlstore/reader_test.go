package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// tablesOf makes tables of a version, and returns connections to them.
func tablesOf(t *testing.T, where string, version int64) *sql.DB {
	t.Helper()
	db, provider := migrating(t, where)
	if _, err := provider.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestReader: tables of every version are read, and stay what they are.
func TestReader(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, where string) {
		ctx := context.Background()
		last, err := newest("sqlite")
		if err != nil {
			t.Fatal(err)
		}
		if other, err := newest("postgres"); err != nil || other != last {
			t.Fatalf("the newest tables are of version %d and %d, %v", last, other, err)
		}
		for version := int64(1); version <= last; version++ {
			where := where
			if IsServer(where) {
				where = storetest.Postgres(t)
			} else {
				where = sqliteFile(t)
			}
			db := tablesOf(t, where, version)
			stands, withdrawn, browser := storetest.NewRecord(t, "Stands", "Bay Harbour", ""), storetest.NewRecord(t, "", "", ""), storetest.NewBrowser()
			withdrawn.Document, withdrawn.Listing, withdrawn.WithdrawnAt = nil, quotes.Listing{}, withdrawn.CreatedAt.Add(time.Hour)
			want := []quotes.Moved{{Record: stands, Browsers: []quotes.Browser{browser}}, {Record: withdrawn}}
			if err := transact(ctx, db, nil, func(ctx context.Context, tx *sql.Tx) error {
				for i := range want {
					seq, err := insert(ctx, tx, &want[i].Record)
					if err != nil {
						return err
					}
					for _, b := range want[i].Browsers {
						if err := own(ctx, tx, b, seq); err != nil {
							return err
						}
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			before := content(t, where)
			r := reader(t, where)
			var got []quotes.Moved
			if err := r.Each(ctx, func(m *quotes.Moved) error {
				got = append(got, *m)
				return nil
			}); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("version %d: %+v, %v", version, got, err)
			}
			if _, err := r.db.Exec("DELETE FROM quotes"); err == nil {
				t.Errorf("version %d can be written", version)
			}
			if now := ask(t, r.db, "SELECT MAX(version_id) FROM goose_db_version"); now != fmt.Sprint(version) {
				t.Errorf("version %d has become %s", version, now)
			}
			if !bytes.Equal(content(t, where), before) {
				t.Errorf("version %d: the file has changed", version)
			}
		}
	})
}

// content returns what is in a SQLite file.
func content(t *testing.T, where string) []byte {
	t.Helper()
	if IsServer(where) {
		return nil
	}
	data, err := os.ReadFile(where)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReaderRefuses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	refuses := func(where, says string) {
		t.Helper()
		r, err := OpenReader(ctx, where)
		if err == nil {
			r.Close()
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: the error is %v", where, err)
		}
	}
	both(t, func(t *testing.T, where string) {
		s := open(t, where)
		if _, err := s.writer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, $2)", 999, true); err != nil {
			t.Fatal(err)
		}
		refuses(where, "version 999")
	})
	folder := t.TempDir()
	empty, text := filepath.Join(folder, "empty"), filepath.Join(folder, "text")
	for path, content := range map[string]string{empty: "", text: strings.Repeat("this is no database\n", 100)} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	refuses(empty, "no tables")
	refuses(storetest.Postgres(t), "no tables")
	refuses(text, "not a database")
	refuses(folder, "folder")
	refuses(filepath.Join(folder, "missing"), "no such file")
	refuses("postgres:///quotes?host="+folder, folder)
}

// TestReaderOfWhatCannotBeWritten: a file on a disk that is only read, and its
// log, if there is one.
func TestReaderOfWhatCannotBeWritten(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	if os.Geteuid() == 0 { // whom modes do not keep from anything
		folder = smallDisk(t)
	}
	file := filepath.Join(folder, "quotes.db")
	s := open(t, file)
	r := storetest.NewRecord(t, "", "", "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: r}); err != nil {
		t.Fatal(err)
	}
	// As if the program had been killed.
	crashed := filepath.Join(folder, "crashed.db")
	for _, suffix := range []string{"", logSuffix} {
		if err := os.WriteFile(crashed+suffix, content(t, file+suffix), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	} else {
		for _, path := range []string{file, crashed, folder} {
			if err := os.Chmod(path, 0o500); err != nil {
				t.Fatal(err)
			}
		}
		defer os.Chmod(folder, 0o700)
	}
	n := 0
	if err := reader(t, file).Each(ctx, func(m *quotes.Moved) error {
		n++
		_, err := m.Record.Open()
		return err
	}); err != nil || n != 1 {
		t.Errorf("%d quotes are read, %v", n, err)
	}
	if _, err := OpenReader(ctx, crashed); err == nil || !strings.Contains(err.Error(), "crashed.db-wal") {
		t.Errorf("the error is %v", err)
	}
}
