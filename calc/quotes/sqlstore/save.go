package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"suanpan/calc/quotes"
)

// keyAge is how long an idempotency key counts, by the times of the quotes
// that come with it.
const keyAge = 24 * time.Hour

// Save implements quotes.Store.
//
// The key comes first: two requests with the same key meet there, and the
// second waits for the first to end. Keys that have expired are erased last, so
// that everybody takes locks in the same order.
func (s *store) Save(ctx context.Context, saving *quotes.Saving) (*quotes.Record, []byte, error) {
	var saved *quotes.Record
	var sealed []byte
	err := s.write(ctx, len(saving.Record.Document), func(ctx context.Context, tx *sql.Tx) (err error) {
		saved, sealed, err = s.save(ctx, tx, saving)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return saved, sealed, nil
}

// save is Save in a transaction.
func (s *store) save(ctx context.Context, tx *sql.Tx, saving *quotes.Saving) (saved *quotes.Record, sealed []byte, err error) {
	record := stored(&saving.Record)
	expired := record.CreatedAt.Add(-keyAge).UnixMilli()
	if saving.Key != nil {
		taken, err := takeKey(ctx, tx, saving.Key, record, expired)
		if err != nil {
			return nil, nil, err
		}
		if !taken {
			return earlier(ctx, tx, saving.Key)
		}
	}
	if err := s.mayRevise(ctx, tx, record.Revises); err != nil {
		return nil, nil, err
	}
	seq, err := insert(ctx, tx, record)
	if err != nil {
		return nil, nil, err
	}
	listed := record.Listed()
	if err := list(ctx, tx, seq, &listed); err != nil {
		return nil, nil, err
	}
	if saving.Browser != nil {
		if err := own(ctx, tx, saving.Browser, seq); err != nil {
			return nil, nil, err
		}
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM idempotency_keys WHERE created_at <= $1", expired)
	return record, nil, err
}

// stored returns a record as it is read back.
func stored(r *quotes.Record) *quotes.Record {
	c := *r
	c.CreatedAt = r.CreatedAt.UTC().Truncate(time.Millisecond)
	c.RevisedBy, c.WithdrawnAt = "", time.Time{}
	return &c
}

// takeKey claims an idempotency key for a quote, and reports whether it was
// free: nobody has used it, or long ago.
func takeKey(ctx context.Context, tx *sql.Tx, k *quotes.Key, r *quotes.Record, expired int64) (bool, error) {
	return change(ctx, tx, `INSERT INTO idempotency_keys (hash, request, quote, sealed, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (hash) DO UPDATE SET request = excluded.request, quote = excluded.quote, sealed = excluded.sealed,
			created_at = excluded.created_at WHERE idempotency_keys.created_at <= $6`,
		k.Hash, k.Request, r.ID, k.Sealed, r.CreatedAt.UnixMilli(), expired)
}

// earlier returns what was saved with a key that is taken, if it was for the
// same request.
func earlier(ctx context.Context, tx *sql.Tx, k *quotes.Key) (saved *quotes.Record, sealed []byte, err error) {
	var request []byte
	var id string
	err = tx.QueryRowContext(ctx, "SELECT request, quote, sealed FROM idempotency_keys WHERE hash = $1", k.Hash).Scan(&request, &id, &sealed)
	if err != nil {
		return nil, nil, err
	}
	if string(request) != string(k.Request) {
		return nil, nil, quotes.ErrKeyReused
	}
	saved, _, err = find(ctx, tx, id)
	if errors.Is(err, quotes.ErrNotFound) {
		err = errors.New("an idempotency key has no quote")
	}
	return saved, sealed, err
}

// mayRevise returns an error if a quote cannot be revised, and keeps it as it
// is until the transaction ends. An empty id is no revision.
func (s *store) mayRevise(ctx context.Context, tx *sql.Tx, id string) error {
	if id == "" {
		return nil
	}
	if !isText(id) {
		return quotes.ErrNotFound
	}
	var withdrawn sql.NullInt64
	err := tx.QueryRowContext(ctx, "SELECT withdrawn_at FROM quotes WHERE id = $1"+s.forUpdate, id).Scan(&withdrawn)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return quotes.ErrNotFound
	case err != nil:
		return err
	case withdrawn.Valid:
		return quotes.ErrWithdrawn
	}
	return notRevised(ctx, tx, id)
}

// notRevised returns ErrRevised if a quote has a revision that was not
// withdrawn.
func notRevised(ctx context.Context, tx *sql.Tx, id string) error {
	var by sql.NullString
	err := tx.QueryRowContext(ctx, "SELECT "+revision+" FROM quotes q WHERE q.id = $1", id).Scan(&by)
	if err == nil && by.Valid {
		err = quotes.ErrRevised
	}
	return err
}

// insert adds a row of quotes and returns its number.
func insert(ctx context.Context, tx *sql.Tx, r *quotes.Record) (seq int64, err error) {
	var withdrawn sql.NullInt64
	if r.Withdrawn() {
		withdrawn = sql.NullInt64{Int64: r.WithdrawnAt.UnixMilli(), Valid: true}
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO quotes
		(id, document, hash, owner, created_at, valid_until, revises, withdrawn_at, title, customer, currency, total, search)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING seq`,
		r.ID, pack(r.Document), r.Hash, r.Owner, r.CreatedAt.UnixMilli(), r.ValidUntil,
		sql.NullString{String: r.Revises, Valid: r.Revises != ""}, withdrawn,
		[]byte(r.Title), []byte(r.Customer), r.Currency, r.Total, searchText(&r.Listing)).Scan(&seq)
	return seq, err
}
