package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	_ "modernc.org/sqlite" // the database/sql driver
)

// sqliteReaders is how many reads may be under way at once. They do not wait
// for the writer, nor it for them.
const sqliteReaders = 8

// openSQLite opens a SQLite file. There is one connection for writing: writers
// of one program then wait in line in the program, which is fair, instead of
// polling for the lock, which is not.
func openSQLite(ctx context.Context, file string) (*store, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	timeout := strconv.FormatInt(lockPatience.Milliseconds(), 10)
	// A commit is on disk when it returns: the log is synchronised each time.
	// The file is there: a connection that finds none must not begin another one.
	common := "&mode=rw&_busy_timeout=" + timeout + "&_foreign_keys=1&_journal_mode=WAL&_synchronous=FULL&_dqs=0&_error_rc=1" +
		"&_pragma=temp_store(memory)" // there may be no place for files but that of the database
	name := sqliteName(path)
	s := &store{dialect: dialect{scrub: "PRAGMA wal_checkpoint(TRUNCATE)"}, place: &place{path: path}}
	if s.place.file, err = os.Stat(path); err != nil {
		return nil, err
	}
	if s.writer, err = sql.Open("sqlite", name+"?_txlock=immediate&_pragma=secure_delete(1)"+common); err != nil {
		return nil, err
	}
	s.writer.SetMaxOpenConns(1)
	if err := migrateSQLite(ctx, s.writer); err != nil {
		s.writer.Close()
		return nil, fmt.Errorf("the database %s: %w", file, err)
	}
	if s.reader, err = sql.Open("sqlite", name+"?_query_only=1"+common); err != nil {
		s.writer.Close()
		return nil, err
	}
	_, err = os.Stat(path + logSuffix)
	s.place.logged = err == nil
	s.reader.SetMaxOpenConns(sqliteReaders)
	s.reader.SetMaxIdleConns(sqliteReaders)
	return s, nil
}

// sqliteName returns what a file is called where options follow.
func sqliteName(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// making is held while a file is made. To close a file is to give up all locks
// that the program has on it, those of SQLite among them; so nothing may have
// opened the file as a database by then.
var making sync.Mutex

// makeFile makes an empty file that nobody else may read, if there is none:
// SQLite itself would make one for everybody. The files it puts beside it are
// then private too.
func makeFile(path string) error {
	making.Lock()
	defer making.Unlock()
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return fmt.Errorf("the database %s is a folder", path)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the folder %s of the database does not exist", filepath.Dir(path))
	} else if err != nil {
		return err
	}
	return f.Close()
}
