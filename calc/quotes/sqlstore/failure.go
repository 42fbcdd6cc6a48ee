package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"suanpan/calc/quotes"
)

// answers are the errors that are not a failure of the database.
var answers = []error{
	quotes.ErrNotFound, quotes.ErrWithdrawn, quotes.ErrRevised, quotes.ErrKeyReused,
	quotes.ErrConflict, quotes.ErrDamaged, quotes.ErrDiffers,
}

// callersError is an error of a function that the caller has given. It goes
// back to the caller as it is.
type callersError struct{ error }

// failure returns an error as the interface has it: an answer or a caller's
// error as it is, the context's if the caller has gone away, and else
// ErrUnavailable with the reason.
func failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var theirs callersError
	if errors.As(err, &theirs) {
		return theirs.error
	}
	if isAnswer(err) {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", quotes.ErrUnavailable, err)
}

// work is what is done in a transaction.
type work func(context.Context, *sql.Tx) error

// isAnswer reports whether an error is not a failure of the database.
func isAnswer(err error) bool {
	return slices.ContainsFunc(answers, func(answer error) bool { return errors.Is(err, answer) })
}

// write does something in a transaction, whole or not at all. Size is about how
// many bytes it adds; what adds nothing is done on a disk that is nearly full,
// too. What failed is tried again by the probe, after write has
// returned: whoever is told of an error must not look at what do leaves in
// variables.
func (s *store) write(ctx context.Context, size int, do work) error {
	var err error
	if size > 0 {
		err = failure(ctx, s.place.hasRoom())
	}
	if err == nil {
		err = s.commit(ctx, do)
	}
	s.prober.learn(size, do, err)
	return err
}

// commit is write without telling the prober.
func (s *store) commit(ctx context.Context, do work) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return failure(ctx, s.transact(limited, do))
}

// transact does something in a transaction of the file that is at its path
// before it and after it.
func (s *store) transact(ctx context.Context, do work) error {
	err := transact(ctx, s.writer, nil, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.place.holds(); err != nil {
			return err
		}
		return do(ctx, tx)
	})
	if err != nil {
		return err
	}
	return s.place.keeps()
}

// read does something that writes nothing, and needs no transaction.
func (s *store) read(ctx context.Context, do func(context.Context, *sql.DB) error) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// A connection may be new, and would read another file or none.
	if err := s.place.holds(); err != nil {
		return failure(ctx, err)
	}
	return failure(ctx, do(limited, s.reader))
}

func transact(ctx context.Context, db *sql.DB, o *sql.TxOptions, do work) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := do(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// isOfContent reports whether a database refused what was to be saved, which
// says nothing of whether it can save anything else.
func isOfContent(err error) bool {
	var postgres *pgconn.PgError
	if errors.As(err, &postgres) {
		// Data exceptions, violated constraints, and limits of what a row can have.
		return slices.Contains([]string{"22", "23", "54"}, postgres.Code[:2])
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH:
		return true
	}
	return false
}

// querier is a *sql.DB or a *sql.Tx.
type querier interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// change runs a statement and reports whether it changed anything.
func change(ctx context.Context, q querier, statement string, args ...any) (bool, error) {
	result, err := q.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
