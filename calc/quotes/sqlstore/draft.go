package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"suanpan/calc/quotes"
)

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

// PutDraft implements quotes.Store.
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

// visitEvery is how often it is noted that a draft was looked at.
const visitEvery = 24 * time.Hour

// VisitDraft implements quotes.Store.
func (s *store) VisitDraft(ctx context.Context, b quotes.Browser, at time.Time) error {
	before := at.Add(-visitEvery).UnixMilli()
	var due bool
	err := s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		return db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM drafts WHERE browser = $1 AND updated_at < $2)", []byte(b), before).Scan(&due)
	})
	if err != nil || !due {
		return err
	}
	return s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE drafts SET updated_at = $1 WHERE browser = $2 AND updated_at < $3", at.UnixMilli(), []byte(b), before)
		return err
	})
}

// SweepDrafts implements quotes.Store.
func (s *store) SweepDrafts(ctx context.Context, since time.Time) (erased int64, err error) {
	err = s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `DELETE FROM drafts WHERE browser IN (SELECT browser FROM drafts WHERE updated_at < $1
			ORDER BY updated_at LIMIT (SELECT (count(*) + 99) / 100 FROM drafts))`, since.UnixMilli())
		if err == nil {
			erased, err = result.RowsAffected()
		}
		return err
	})
	return erased, err
}

// firstVersion returns the version that a draft begins with. It leaves room to
// count on from.
func firstVersion() int64 { return 1 + rand.Int64N(1<<62) }
