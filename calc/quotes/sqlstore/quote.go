package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"suanpan/calc/quotes"
)

// columns are those of a record, which scanRecord reads.
const columns = ownColumns + revision + laterColumns

// movedColumns are those of a quote on its way to another store, which finds out
// itself who revises it.
const movedColumns = ownColumns + "CAST(NULL AS TEXT)" + laterColumns

const (
	ownColumns   = "q.seq, q.id, q.document, q.hash, q.owner, q.created_at, q.valid_until, q.revises, "
	laterColumns = ", q.withdrawn_at, q.title, q.customer, q.currency, q.total"
)

// revision is the id of the quote that revises a quote q, past all that were
// withdrawn.
const revision = `(WITH RECURSIVE later (id, withdrawn_at) AS (
			SELECT r.id, r.withdrawn_at FROM quotes r WHERE r.revises = q.id
			UNION ALL SELECT r.id, r.withdrawn_at FROM later l JOIN quotes r ON r.revises = l.id WHERE l.withdrawn_at IS NOT NULL
		) SELECT id FROM later WHERE withdrawn_at IS NULL LIMIT 1)`

// scanRecord reads a row of columns, and the number of the quote.
func scanRecord(scan func(...any) error) (r *quotes.Record, seq int64, err error) {
	r = &quotes.Record{}
	var revises, revisedBy sql.NullString
	var created int64
	var withdrawn sql.NullInt64
	err = scan(&seq, &r.ID, &r.Document, &r.Hash, &r.Owner, &created, &r.ValidUntil, &revises,
		&revisedBy, &withdrawn, &r.Title, &r.Customer, &r.Currency, &r.Total)
	if err != nil {
		return nil, 0, err
	}
	r.Document = unpack(r.Document)
	r.Revises, r.RevisedBy, r.CreatedAt = revises.String, revisedBy.String, time.UnixMilli(created).UTC()
	if withdrawn.Valid {
		r.WithdrawnAt = time.UnixMilli(withdrawn.Int64).UTC()
	}
	return r, seq, nil
}

// scanRecords reads rows of columns, and the number of the last quote.
func scanRecords(rows *sql.Rows) (records []quotes.Record, seqs []int64, err error) {
	defer rows.Close()
	for rows.Next() {
		r, seq, err := scanRecord(rows.Scan)
		if err != nil {
			return nil, nil, err
		}
		records, seqs = append(records, *r), append(seqs, seq)
	}
	return records, seqs, rows.Err()
}

// find returns a quote and its number, or ErrNotFound.
func find(ctx context.Context, q querier, id string) (*quotes.Record, int64, error) {
	if !isText(id) {
		return nil, 0, quotes.ErrNotFound
	}
	r, seq, err := scanRecord(q.QueryRowContext(ctx, "SELECT "+columns+" FROM quotes q WHERE q.id = $1", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, quotes.ErrNotFound
	}
	return r, seq, err
}

// number returns the number of a quote, or ErrNotFound.
func number(ctx context.Context, q querier, id string) (seq int64, err error) {
	if !isText(id) {
		return 0, quotes.ErrNotFound
	}
	err = q.QueryRowContext(ctx, "SELECT seq FROM quotes WHERE id = $1", id).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, quotes.ErrNotFound
	}
	return seq, err
}

// isText reports whether every database takes a string for text. An id that
// is none is not one of ours, and must not look like a failure.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Quote implements quotes.Store.
func (s *store) Quote(ctx context.Context, id string) (r *quotes.Record, err error) {
	err = s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		r, _, err = find(ctx, db, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Withdraw implements quotes.Store.
func (s *store) Withdraw(ctx context.Context, id string, at time.Time) error {
	erased := false
	err := s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
		seq, err := number(ctx, tx, id)
		if err != nil {
			return err
		}
		erased, err = change(ctx, tx, `UPDATE quotes SET withdrawn_at = $1, document = NULL, title = $2, customer = $2,
			currency = '', total = '', search = '' WHERE seq = $3 AND withdrawn_at IS NULL`, at.UnixMilli(), []byte{}, seq)
		if err != nil || !erased {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE idempotency_keys SET sealed = NULL WHERE quote = $1", id)
		return err
	})
	if err == nil && erased && s.scrub != "" {
		// The quote is withdrawn; if somebody is reading right now, what it said
		// leaves the log a little later.
		limited, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		_, _ = s.writer.ExecContext(limited, s.scrub)
	}
	return err
}
