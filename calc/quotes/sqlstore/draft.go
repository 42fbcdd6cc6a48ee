package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"suanpan/calc/quotes"
)

// draftAge is after how long an untouched draft is erased.
const draftAge = 365 * 24 * time.Hour

// Draft implements quotes.Store.
func (s *store) Draft(ctx context.Context, b quotes.Browser) (d quotes.Draft, err error) {
	err = s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		err := db.QueryRowContext(ctx, "SELECT content, version FROM drafts WHERE browser = $1", []byte(b)).Scan(&d.Content, &d.Version)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err == nil && d.Content == nil:
			d.Content = []byte{}
		}
		d.Content = unpack(d.Content)
		return err
	})
	if err != nil {
		return quotes.Draft{}, err
	}
	return d, nil
}

// PutDraft implements quotes.Store. Drafts that nobody has touched for a year
// are erased whenever somebody begins one.
func (s *store) PutDraft(ctx context.Context, b quotes.Browser, content []byte, version int64, at time.Time) error {
	return s.write(ctx, len(content), putDraft(b, content, version, at))
}

// putDraft is PutDraft in a transaction.
func putDraft(b quotes.Browser, content []byte, version int64, at time.Time) work {
	return func(ctx context.Context, tx *sql.Tx) error {
		var done bool
		var err error
		switch {
		case version == 0 && content == nil:
			var there bool
			err = tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM drafts WHERE browser = $1)", []byte(b)).Scan(&there)
			done = !there
		case version == 0:
			// The first version is any, so that one that was deleted and begun again
			// does not have a version that it had before.
			done, err = change(ctx, tx, `INSERT INTO drafts (browser, content, version, updated_at) VALUES ($1, $2, $3, $4)
				ON CONFLICT DO NOTHING`, []byte(b), pack(content), firstVersion(), at.UnixMilli())
			if done && err == nil {
				_, err = tx.ExecContext(ctx, "DELETE FROM drafts WHERE updated_at < $1", at.Add(-draftAge).UnixMilli())
			}
		case content == nil:
			done, err = change(ctx, tx, "DELETE FROM drafts WHERE browser = $1 AND version = $2", []byte(b), version)
		default:
			done, err = change(ctx, tx, `UPDATE drafts SET content = $1, version = version + 1, updated_at = $2
				WHERE browser = $3 AND version = $4`, pack(content), at.UnixMilli(), []byte(b), version)
		}
		if err == nil && !done {
			err = quotes.ErrConflict
		}
		return err
	}
}

// firstVersion returns the version that a draft begins with. It leaves room to
// count on from.
func firstVersion() int64 { return 1 + rand.Int64N(1<<62) }
