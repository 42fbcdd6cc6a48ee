package sqlstore

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

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
func (s *store) Made(ctx context.Context, query quotes.Query) (records []quotes.Record, err error) {
	// A search for more than a title or a customer can have finds nothing, and
	// databases do not take patterns of any length.
	if query.Limit <= 0 || !isText(query.Before) || utf8.RuneCountInString(query.Search) > quotes.MaxTitle {
		return nil, nil
	}
	err = s.read(ctx, func(ctx context.Context, db *sql.DB) error {
		rows, err := db.QueryContext(ctx, "SELECT "+columns+` FROM ownership o JOIN quotes q ON q.seq = o.quote
			WHERE o.browser = $1 AND ($2 = '' OR o.quote < (SELECT seq FROM quotes WHERE id = $2)) AND q.search LIKE $3 ESCAPE '\'
			ORDER BY o.quote DESC LIMIT $4`,
			[]byte(query.Browser), query.Before, "%"+wildcards.Replace(fold(query.Search))+"%", query.Limit)
		if err != nil {
			return err
		}
		records, _, err = scanRecords(rows)
		return err
	})
	return records, err
}

// wildcards takes from characters what they mean in a pattern.
var wildcards = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// searchText returns what a quote is found by. Databases do not agree on what
// lower case is, nor do they all know it of every script; so it is made here.
func searchText(l *quotes.Listing) string { return fold(l.Title) + "\n" + fold(l.Customer) }

// fold returns text in lower case, without what is no text.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", ""))
}
