package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the tables up to date, and refuses those that are newer than
// the program.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, folder string, options ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, db, files, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return err
	}
	has, knows, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case has > knows:
		return newerTables(has, knows)
	}
	return nil
}

func newerTables(has, knows int64) error {
	return fmt.Errorf("its tables are of version %d, and this program knows them only up to %d: use the newer program", has, knows)
}

// migratePostgres has a connection of its own, because a migration may take
// longer than anything else, and a lock, so that programs that start at once
// follow each other.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig) error {
	db := stdlib.OpenDB(*config)
	defer db.Close()
	var encoding string
	if err := db.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return failure(ctx, err)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("its encoding is %s, which has not every letter; it has to be UTF8", encoding)
	}
	return migrate(ctx, goose.DialectPostgres, db, "postgres", goose.WithSessionLocker(advisoryLock{}))
}

// advisoryLock lets one program at a time migrate a database. Unlike goose's
// own, which tries again every few seconds, it waits in line.
type advisoryLock struct{}

// migrationLock is the lock's number, which only has to differ from those that
// other programs use in the same database.
const migrationLock = 0x5375616e70616e // "Suanpan"

// SessionLock waits for the lock.
func (advisoryLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock))
	return err
}

// SessionUnlock gives the lock back.
func (advisoryLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", int64(migrationLock))
	return err
}

// migrationTries is how often a SQLite file is looked at again because another
// program may have changed it meanwhile.
const migrationTries = 10

// migrateSQLite does without a lock, for which SQLite has no means that would
// span several transactions. Every migration is one transaction, of which
// writing down its version is a part, and a version cannot be written down
// twice: of programs that start at once, one succeeds, and the others find it
// done when they look again.
func migrateSQLite(ctx context.Context, db *sql.DB) error {
	for try := 1; ; try++ {
		err := migrate(ctx, goose.DialectSQLite3, db, "sqlite")
		if err == nil || !overtaken(err) {
			return err
		}
		if try == migrationTries || ctx.Err() != nil {
			return failure(ctx, err)
		}
		time.Sleep(time.Duration(try) * (5*time.Millisecond + rand.N(10*time.Millisecond)))
	}
}

// overtaken reports whether an error may come from another program having been
// quicker: it has the file locked, or has made what is to be made.
func overtaken(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA:
		return true
	}
	return false
}
