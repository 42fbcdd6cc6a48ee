package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
)

// eachBatch is how many quotes are held in memory at once while all are gone
// through.
const eachBatch = 20

// Each implements quotes.Store. What it goes through is what was there when it
// began, whatever is saved meanwhile.
func (s *store) Each(ctx context.Context, do func(*quotes.Moved) error) error {
	return each(ctx, s.reader, s.version, do)
}

// listingsVersion is that of the tables that have listings.
const listingsVersion = 3

// each is Each of tables of some version.
func each(ctx context.Context, db *sql.DB, version int64, do func(*quotes.Moved) error) error {
	o := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	return failure(ctx, transact(ctx, db, o, func(ctx context.Context, tx *sql.Tx) error {
		for last := int64(0); ; {
			batch, next, err := someAfter(ctx, tx, version, last)
			if err != nil || len(batch) == 0 {
				return err
			}
			for i := range batch {
				if err := do(&batch[i]); err != nil {
					return callersError{err}
				}
			}
			last = next
		}
	}))
}

// someAfter returns the quotes that follow a number, and the number of the last
// of them.
func someAfter(ctx context.Context, tx *sql.Tx, version, after int64) (batch []quotes.Moved, last int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	rows, err := tx.QueryContext(ctx, "SELECT "+movedColumns+" FROM quotes q WHERE q.seq > $1 ORDER BY q.seq LIMIT $2", after, eachBatch)
	if err != nil {
		return nil, 0, err
	}
	records, seqs, err := scanRecords(rows)
	if err != nil || len(records) == 0 {
		return nil, 0, err
	}
	last = seqs[len(seqs)-1]
	batch = make([]quotes.Moved, len(records))
	of := map[int64]*quotes.Moved{}
	for i := range records {
		batch[i].Record = records[i]
		of[seqs[i]] = &batch[i]
	}
	rows, err = tx.QueryContext(ctx, "SELECT quote, browser FROM ownership WHERE quote > $1 AND quote <= $2 ORDER BY quote, browser", after, last)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var browser []byte
		if err := rows.Scan(&seq, &browser); err != nil {
			return nil, 0, err
		}
		of[seq].Browsers = append(of[seq].Browsers, browser)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, err
	}
	if version < listingsVersion {
		return batch, last, nil
	}
	return batch, last, kept(ctx, tx, of, after, last)
}

// kept adds to quotes, which are those between two numbers, what lists keep of
// those that were withdrawn.
func kept(ctx context.Context, tx *sql.Tx, of map[int64]*quotes.Moved, after, last int64) error {
	rows, err := tx.QueryContext(ctx, "SELECT quote, customer, currency, total FROM listings WHERE quote > $1 AND quote <= $2", after, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		l := &quotes.Listing{}
		if err := rows.Scan(&seq, &l.Customer, &l.Currency, &l.Total); err != nil {
			return err
		}
		if m := of[seq]; m.Record.Withdrawn() && l.Total != "" {
			m.Kept = l
		}
	}
	return rows.Err()
}

// Import implements quotes.Store.
func (s *store) Import(ctx context.Context, next func() (*quotes.Moved, error)) (saved int, err error) {
	err = failure(ctx, s.transact(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.place.hasRoom(); err != nil {
			return err
		}
		for {
			m, err := next()
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return callersError{err}
			}
			isNew, err := importOne(ctx, tx, m)
			if err != nil {
				return fmt.Errorf("the quote %q: %w", m.Record.ID, err)
			}
			if isNew {
				saved++
			}
		}
	}))
	if err != nil {
		return 0, err
	}
	if saved > 0 && s.analyze != "" {
		// What was imported is there; without this, it is found slowly for a while.
		_, _ = s.writer.ExecContext(ctx, s.analyze)
	}
	return saved, nil
}

// importOne saves a quote and reports whether it was new.
func importOne(ctx context.Context, tx *sql.Tx, m *quotes.Moved) (isNew bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := intact(m); err != nil {
		return false, err
	}
	there, seq, err := find(ctx, tx, m.Record.ID)
	switch {
	case err == nil && !same(there, &m.Record):
		return false, quotes.ErrDiffers
	case errors.Is(err, quotes.ErrNotFound):
		isNew = true
		if seq, err = importNew(ctx, tx, m); err != nil {
			return false, err
		}
	case err != nil:
		return false, err
	}
	for _, b := range m.Browsers {
		if err := own(ctx, tx, b, seq); err != nil {
			return false, err
		}
	}
	return isNew, nil
}

// importNew saves a quote that is not there yet. Its predecessor may have been
// withdrawn since, and the quote itself.
func importNew(ctx context.Context, tx *sql.Tx, m *quotes.Moved) (seq int64, err error) {
	r := &m.Record
	if r.Revises != "" {
		if _, err := number(ctx, tx, r.Revises); err != nil {
			return 0, fmt.Errorf("it revises %q: %w", r.Revises, err)
		}
		if !r.Withdrawn() {
			if err := notRevised(ctx, tx, r.Revises); err != nil {
				return 0, fmt.Errorf("it revises %q: %w", r.Revises, err)
			}
		}
	}
	if seq, err = insert(ctx, tx, r); err != nil {
		return 0, err
	}
	listed := r.Listed()
	if m.Kept != nil {
		listed.Listing = *m.Kept
	}
	return seq, list(ctx, tx, seq, &listed)
}

// intact returns ErrDamaged if a quote is not one that a store may hold.
func intact(m *quotes.Moved) error {
	r, kept := &m.Record, m.Kept
	if kept == nil {
		kept = &quotes.Listing{}
	}
	for _, s := range []string{r.ID, r.Hash, r.ValidUntil, r.Revises, r.Currency, r.Total, kept.Currency, kept.Total} {
		if !isText(s) {
			return quotes.ErrDamaged
		}
	}
	if m.Kept != nil && (!r.Withdrawn() || kept.Title != "" || !isAmount(kept.Total)) {
		return fmt.Errorf("%w: what lists keep of it is not that of a withdrawn quote", quotes.ErrDamaged)
	}
	if !r.Withdrawn() {
		_, err := r.Open()
		return err
	}
	if r.Document != nil || r.Listing != (quotes.Listing{}) {
		return fmt.Errorf("%w: it was withdrawn, and says something still", quotes.ErrDamaged)
	}
	return nil
}

// isAmount reports whether a text is an amount.
func isAmount(text string) bool {
	_, err := decimal.NewFromString(text)
	return err == nil
}

// same reports whether two records are of the same quote in the same state. Who
// revises it is not part of a record.
func same(a, b *quotes.Record) bool {
	return a.ID == b.ID && a.Hash == b.Hash && bytes.Equal(a.Document, b.Document) && bytes.Equal(a.Owner, b.Owner) &&
		a.CreatedAt.UnixMilli() == b.CreatedAt.UnixMilli() && a.ValidUntil == b.ValidUntil && a.Revises == b.Revises &&
		a.Withdrawn() == b.Withdrawn() && (!a.Withdrawn() || a.WithdrawnAt.UnixMilli() == b.WithdrawnAt.UnixMilli()) &&
		a.Listing == b.Listing
}
