package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"suanpan/calc/quotes"
)

// own puts a quote into the list of a browser.
func own(ctx context.Context, tx *sql.Tx, b quotes.Browser, seq int64) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO ownership (browser, quote) VALUES ($1, $2) ON CONFLICT DO NOTHING", []byte(b), seq)
	return err
}

// Claim implements quotes.Store.
func (s *store) Claim(ctx context.Context, b quotes.Browser, id string) error {
	return s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
		seq, err := number(ctx, tx, id)
		if err != nil {
			return err
		}
		return own(ctx, tx, b, seq)
	})
}

// Owns implements quotes.Store.
func (s *store) Owns(ctx context.Context, b quotes.Browser, id string) (owns bool, err error) {
	if !isText(id) {
		return false, nil
	}
	err = s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		return db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM ownership o JOIN quotes q ON q.seq = o.quote
			WHERE o.browser = $1 AND q.id = $2)`, []byte(b), id).Scan(&owns)
	})
	return owns, err
}

// Made implements quotes.Store.
func (s *store) Made(ctx context.Context, b quotes.Browser, each func(*quotes.Listed)) error {
	var bare []quotes.Listed // those without a listing
	err := s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		var doubtful []scanned
		rows, err := db.QueryContext(ctx, listed, []byte(b))
		if err != nil {
			return err
		}
		defer rows.Close()
		pass := func(l *scanned) {
			if l.complete || l.Withdrawn {
				each(&l.Listed)
			} else {
				bare = append(bare, l.Listed)
			}
		}
		for rows.Next() {
			l, err := scanListed(rows.Scan)
			switch {
			case err != nil:
				return err
			case l.revised == revisionsWithdrawn:
				doubtful = append(doubtful, *l)
			default:
				pass(l)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for i := range doubtful {
			l := &doubtful[i]
			if err := db.QueryRowContext(ctx, "SELECT "+revision+" IS NOT NULL FROM quotes q WHERE q.id = $1", l.ID).Scan(&l.Revised); err != nil {
				return err
			}
			pass(l)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(bare, eachBatch) {
		if err := s.complete(ctx, some); err != nil {
			return err
		}
		for i := range some {
			each(&some[i])
		}
	}
	return nil
}

// What listed says of the revisions of a quote: those that it has may all have
// been withdrawn, and then one of their own revisions may stand.
const (
	revisedOnce        = 1
	revisionsWithdrawn = 2
)

// listed reads a list without touching documents, whose pages SQLite has to go
// through for any column behind them: whether a document is there is said before
// it, and the rest is of the listing, if there is one.
const listed = `SELECT q.id, l.quote IS NOT NULL, q.document IS NULL,
		CASE WHEN EXISTS (SELECT 1 FROM quotes r WHERE r.revises = q.id AND r.withdrawn_at IS NULL) THEN 1
			WHEN EXISTS (SELECT 1 FROM quotes r WHERE r.revises = q.id) THEN 2 ELSE 0 END,
		COALESCE(l.created_at, q.created_at), COALESCE(l.valid_until, q.valid_until),
		COALESCE(l.title, q.title), COALESCE(l.customer, q.customer), COALESCE(l.currency, q.currency), COALESCE(l.total, q.total),
		l.names, COALESCE(l.products, '')
	FROM ownership o JOIN quotes q ON q.seq = o.quote LEFT JOIN listings l ON l.quote = o.quote
	WHERE o.browser = $1`

// scanned is a row of listed: a quote, whether it has a listing, and what is known
// of its revisions.
type scanned struct {
	quotes.Listed
	complete bool
	revised  int
}

func scanListed(scan func(...any) error) (*scanned, error) {
	l := &scanned{}
	var created int64
	var products string
	var names []byte
	if err := scan(&l.ID, &l.complete, &l.Withdrawn, &l.revised, &created, &l.ValidUntil,
		&l.Title, &l.Customer, &l.Currency, &l.Total, &names, &products); err != nil {
		return nil, err
	}
	l.CreatedAt, l.Revised = time.UnixMilli(created).UTC(), l.revised == revisedOnce
	l.Names, l.Products = string(names), strings.Fields(products)
	if len(l.Products) == 0 {
		l.Products = nil
	}
	return l, nil
}

// complete reads the documents of quotes that an earlier program has saved, and
// gives each its listing. If those cannot be written, the next list reads the
// documents again.
func (s *store) complete(ctx context.Context, some []quotes.Listed) error {
	seqs := make([]int64, len(some))
	for i := range some {
		err := s.read(ctx, func(ctx context.Context, db *sql.DB) error {
			r, seq, err := find(ctx, db, some[i].ID)
			if err == nil && !r.Withdrawn() {
				some[i], seqs[i] = r.Listed(), seq
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	_ = s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
		for i := range some {
			if seqs[i] == 0 {
				continue // it was withdrawn meanwhile
			}
			if err := list(ctx, tx, seqs[i], &some[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return ctx.Err()
}

// list gives a quote its listing, if it has none.
func list(ctx context.Context, tx *sql.Tx, seq int64, l *quotes.Listed) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO listings (quote, created_at, valid_until, title, customer, names, products, currency, total)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (quote) DO NOTHING`,
		seq, l.CreatedAt.UnixMilli(), l.ValidUntil, []byte(l.Title), []byte(l.Customer), []byte(l.Names), strings.Join(l.Products, " "), l.Currency, l.Total)
	return err
}

// searchText is what an earlier program, which may still be running beside this
// one, finds a quote by.
func searchText(l *quotes.Listing) string { return fold(l.Title) + "\n" + fold(l.Customer) }

// fold returns text in lower case, without what is no text.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", ""))
}
