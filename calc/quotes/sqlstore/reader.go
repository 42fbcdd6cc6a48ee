package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"suanpan/calc/quotes"
)

// Reader reads all quotes of a database and changes nothing in it: neither its
// tables, which may be those of an earlier program, nor its file, which may be
// one that cannot be written.
type Reader struct {
	db *sql.DB
	// version is that of the tables.
	version int64
	// path is that of a SQLite file; empty for a server.
	path string
}

// OpenReader opens a store to read it. One that is not there, has no tables of
// this program, or those of a newer one, is refused.
func OpenReader(ctx context.Context, where string) (*Reader, error) {
	r, name := &Reader{}, where
	var err error
	if IsServer(where) {
		r.db, name, err = readPostgres(where)
	} else if r.path, err = filepath.Abs(where); err == nil {
		r.db, err = readSQLite(ctx, r.path)
	}
	if err != nil {
		return nil, err
	}
	r.db.SetMaxOpenConns(1)
	if r.version, err = versionOf(ctx, r.db, r.path == ""); err != nil {
		r.db.Close()
		return nil, fmt.Errorf("the database %s: %w", name, err)
	}
	return r, nil
}

// Close closes the connection.
func (r *Reader) Close() error { return r.db.Close() }

// Each is that of quotes.Store.
func (r *Reader) Each(ctx context.Context, do func(*quotes.Moved) error) error {
	return each(ctx, r.db, r.version, do)
}

// readPostgres returns connections that the server itself lets write nothing.
func readPostgres(address string) (db *sql.DB, name string, err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, "", fmt.Errorf("the address of the database: %w", err) // pgx leaves the password out
	}
	config.ConnectTimeout = postgresDialTimeout
	config = withSettings(config, patience, lockPatience)
	config.RuntimeParams["default_transaction_read_only"] = "on"
	return stdlib.OpenDB(*config), config.Database, nil
}

// readSQLite opens a file to read it. SQLite reads one with a log only if it can
// write beside it, since readers tell each other there what they read. Where it
// cannot, nobody else can either, so that a file without a log stays as it is.
func readSQLite(ctx context.Context, path string) (*sql.DB, error) {
	switch info, err := os.Stat(path); {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("the database %s is a folder", path)
	}
	options := "?mode=ro&_dqs=0&_error_rc=1&_busy_timeout=" + strconv.FormatInt(lockPatience.Milliseconds(), 10) + "&_pragma=temp_store(memory)"
	var err error
	for _, more := range []string{"", "&immutable=1"} {
		var db *sql.DB
		if db, err = sql.Open("sqlite", sqliteName(path)+options+more); err != nil {
			return nil, err
		}
		var tables int
		if err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&tables); err == nil {
			return db, nil
		}
		db.Close()
		if !cannotWrite(err) {
			break
		}
		if log, err := os.Stat(path + logSuffix); err == nil && log.Size() > 0 {
			return nil, fmt.Errorf("the database %s has a log, %s, which cannot be read where nothing can be written: copy both to a folder where something can", path, filepath.Base(path)+logSuffix)
		}
	}
	return nil, fmt.Errorf("the database %s: %w", path, err)
}

// cannotWrite reports whether SQLite does not read a file because it cannot write.
func cannotWrite(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_CANTOPEN || e.Code()&0xff == sqlite3.SQLITE_READONLY)
}

// versionOf returns the version of the tables, or why they cannot be read.
func versionOf(ctx context.Context, db *sql.DB, isServer bool) (version int64, err error) {
	exist, folder := "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'goose_db_version')", "sqlite"
	if isServer {
		exist, folder = "SELECT to_regclass('goose_db_version') IS NOT NULL", "postgres"
	}
	var there bool
	if err := db.QueryRowContext(ctx, exist).Scan(&there); err != nil {
		return 0, failure(ctx, err)
	}
	if there {
		err = db.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version)
		if err != nil {
			return 0, failure(ctx, err)
		}
	}
	knows, err := newest(folder)
	switch {
	case err != nil:
		return 0, err
	case version == 0:
		return 0, errors.New("it has no tables of this program")
	case version > knows:
		return 0, newerTables(version, knows)
	}
	return version, nil
}

// newest returns the version of the last migration of a folder.
func newest(folder string) (version int64, err error) {
	files, err := fs.ReadDir(migrations, "migrations/"+folder)
	for _, f := range files {
		n, err := goose.NumericComponent(f.Name())
		if err != nil {
			return 0, err
		}
		version = max(version, n)
	}
	return version, err
}
