package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
	for _, answer := range answers {
		if errors.Is(err, answer) {
			return err
		}
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", quotes.ErrUnavailable, err)
}

// write does something in a transaction, whole or not at all. Size is about how
// many bytes it writes.
func (s *store) write(ctx context.Context, size int, do func(context.Context, *sql.Tx) error) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := failure(ctx, transact(limited, s.writer, nil, do))
	if errors.Is(err, quotes.ErrUnavailable) {
		s.prober.doubt(size)
	}
	return err
}

// read does something that writes nothing, and needs no transaction.
func (s *store) read(ctx context.Context, do func(context.Context, *sql.DB) error) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return failure(ctx, do(limited, s.reader))
}

func transact(ctx context.Context, db *sql.DB, o *sql.TxOptions, do func(context.Context, *sql.Tx) error) error {
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
