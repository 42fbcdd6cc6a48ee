package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"suanpan/calc/quotes"
)

// patience is how long one piece of work may take before the database counts as
// not available: waiting for a connection, for locks, and for the disk.
const patience = 5 * time.Second

// lockPatience is how long a statement waits for what another program has
// locked.
const lockPatience = 2 * time.Second

// store is a quotes.Store on one database.
type store struct {
	dialect
	writer, reader *sql.DB
	place          *place
	// version is that of the tables.
	version int64
	prober  prober
}

var _ quotes.Store = (*store)(nil)

// dialect is what the databases do not say in the same words.
type dialect struct {
	// forUpdate stands behind a SELECT whose row must not change before the
	// transaction ends. SQLite has one writer anyway.
	forUpdate string
	// scrub, if not empty, is run after something was erased, to have it gone
	// from the files.
	scrub string
	// analyze, if not empty, is run after much was saved at once, to have the
	// database know how to find it.
	analyze string
}

// Option says how a store is to be kept.
type Option func(*store)

// FreeSpace has the store refuse to save where that many bytes are not free on
// the disk of its file, so that there is room for everything else that has to be
// written, and for mending what fills it. A server has disks of its own.
func FreeSpace(bytes int64) Option {
	return func(s *store) {
		if s.place != nil {
			s.place.free = bytes
		}
	}
}

// IsServer reports whether a place is the address of a PostgreSQL database
// rather than a file.
func IsServer(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Open opens the store of quotes at a place: a PostgreSQL database if it begins
// with postgres:// or postgresql://, and otherwise a SQLite file, which is made
// if it does not exist. It brings the tables up to date; other programs may do
// the same at the same time. A database that a newer program has brought up to
// date is refused. Open has no time limit of its own but those of connecting
// and of waiting for locks.
func Open(ctx context.Context, where string, options ...Option) (quotes.Store, error) {
	var s *store
	var err error
	folder := "sqlite"
	if IsServer(where) {
		folder = "postgres"
		s, err = openPostgres(ctx, where)
	} else {
		s, err = openSQLite(ctx, where)
	}
	if err != nil {
		return nil, err
	}
	if s.version, err = newest(folder); err != nil {
		s.Close()
		return nil, err
	}
	s.prober.program = quotes.NewSecret()
	for _, o := range options {
		o(s)
	}
	return s, nil
}

// Close closes the connections.
func (s *store) Close() error {
	// The last connection to a SQLite file tidies up behind it, for which it has
	// to be able to write.
	return errors.Join(s.reader.Close(), s.writer.Close())
}
