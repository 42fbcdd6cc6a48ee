package cli

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"suanpan/calc/quotes"
)

// maxLine bounds a line that is read: a document is a request of at most a
// mebibyte, with names, formulas and sources added.
const maxLine = 64 << 20

// moved is a line of an export.
type moved struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`
	// Document is the text that Hash is of, to the byte; left out if the quote
	// was withdrawn. One that is not text is in Base64 instead.
	Document *string `json:"document,omitzero"`
	Base64   *string `json:"document_base64,omitzero"`
	// Owner and Browsers are hashes in hexadecimal.
	Owner       string `json:"owner"`
	CreatedAt   string `json:"created_at"`
	ValidUntil  string `json:"valid_until"`
	Revises     string `json:"revises,omitzero"`
	WithdrawnAt string `json:"withdrawn_at,omitzero"`
	// Kept is what lists still show of a quote that was withdrawn.
	Kept     *kept    `json:"kept,omitzero"`
	Browsers []string `json:"browsers"`
}

type kept struct {
	Customer string `json:"customer"`
	Currency string `json:"currency"`
	Total    string `json:"total"`
}

// movedTime is how times are written: in UTC and milliseconds.
const movedTime = "2006-01-02T15:04:05.000Z"

// Source is where quotes come from: a store, or one that is only read.
type Source interface {
	Each(context.Context, func(*quotes.Moved) error) error
}

// Export writes all quotes of a store as JSON, one on each line, oldest first.
// Quotes that do not match their hash are written as they
// are, so that nothing is lost, and named by the error, which then is
// [quotes.ErrDamaged]; Import refuses them. Drafts and idempotency keys stay
// behind.
func Export(ctx context.Context, store Source, out io.Writer) error {
	w := bufio.NewWriter(out)
	var damaged []string
	err := store.Each(ctx, func(m *quotes.Moved) error {
		if _, err := m.Record.Open(); err != nil && !errors.Is(err, quotes.ErrWithdrawn) {
			damaged = append(damaged, m.Record.ID)
		}
		line, err := json.Marshal(newMoved(m))
		if err != nil {
			return fmt.Errorf("the quote %q: %w", m.Record.ID, err)
		}
		_, err = w.Write(append(line, '\n'))
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err == nil && len(damaged) > 0 {
		err = fmt.Errorf("%w: %s", quotes.ErrDamaged, strings.Join(damaged, ", "))
	}
	return err
}

func newMoved(m *quotes.Moved) *moved {
	r := &m.Record
	line := &moved{
		ID: r.ID, Hash: r.Hash, Owner: hex.EncodeToString(r.Owner), CreatedAt: r.CreatedAt.UTC().Format(movedTime),
		ValidUntil: r.ValidUntil, Revises: r.Revises, Browsers: []string{},
	}
	switch {
	case r.Withdrawn():
		line.WithdrawnAt = r.WithdrawnAt.UTC().Format(movedTime)
	case utf8.Valid(r.Document):
		text := string(r.Document)
		line.Document = &text
	default:
		text := base64.StdEncoding.EncodeToString(r.Document)
		line.Base64 = &text
	}
	if k := m.Kept; k != nil {
		line.Kept = &kept{Customer: strings.ToValidUTF8(k.Customer, "\uFFFD"), Currency: k.Currency, Total: k.Total}
	}
	for _, b := range m.Browsers {
		line.Browsers = append(line.Browsers, hex.EncodeToString(b))
	}
	return line
}

// Import reads what Export has written into a store, all or nothing, and
// returns how many quotes it saved: those that were there already are passed
// over. Errors name the line, and are those of [quotes.Store] or say what is
// not as Export writes it.
func Import(ctx context.Context, store quotes.Store, in io.Reader) (int, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	number := 0
	n, err := store.Import(ctx, func() (*quotes.Moved, error) {
		if !lines.Scan() {
			if lines.Err() != nil {
				number++
				return nil, lines.Err()
			}
			return nil, io.EOF
		}
		number++
		return readMoved(lines.Bytes())
	})
	if err != nil && !errors.Is(err, quotes.ErrUnavailable) && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("line %d: %w", number, err)
	}
	return n, err
}

// readMoved reads a line. That the document matches the hash and the rest is
// checked by the store.
func readMoved(text []byte) (*quotes.Moved, error) {
	var line moved
	if err := json.Unmarshal(text, &line, json.RejectUnknownMembers(true)); err != nil {
		return nil, err
	}
	m := &quotes.Moved{Record: quotes.Record{ID: line.ID, Hash: line.Hash, ValidUntil: line.ValidUntil, Revises: line.Revises}}
	r := &m.Record
	var err error
	if r.Owner, err = readHash(line.Owner); err != nil {
		return nil, fmt.Errorf("owner: %w", err)
	}
	if r.CreatedAt, err = readTime(line.CreatedAt); err != nil {
		return nil, fmt.Errorf("created_at: %w", err)
	}
	for _, b := range line.Browsers {
		browser, err := readHash(b)
		if err != nil {
			return nil, fmt.Errorf("browsers: %w", err)
		}
		m.Browsers = append(m.Browsers, browser)
	}
	if k := line.Kept; k != nil {
		m.Kept = &quotes.Listing{Customer: k.Customer, Currency: k.Currency, Total: k.Total}
	}
	if _, err := readHash(line.Hash); err != nil {
		return nil, fmt.Errorf("hash: %w", err)
	}
	if line.WithdrawnAt != "" {
		if line.Document != nil || line.Base64 != nil {
			return nil, errors.New("it was withdrawn, and has a document")
		}
		if r.WithdrawnAt, err = readTime(line.WithdrawnAt); err != nil {
			return nil, fmt.Errorf("withdrawn_at: %w", err)
		}
		return m, nil
	}
	switch {
	case (line.Document == nil) == (line.Base64 == nil):
		return nil, errors.New("there has to be either document or document_base64")
	case line.Document != nil:
		r.Document = []byte(*line.Document)
	default:
		if r.Document, err = base64.StdEncoding.Strict().DecodeString(*line.Base64); err != nil {
			return nil, fmt.Errorf("document_base64: %w", err)
		}
	}
	if quotes.Hash(r.Document) != r.Hash {
		return nil, quotes.ErrDamaged
	}
	d, err := quotes.DecodeDocument(r.Document)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", quotes.ErrDamaged, err)
	}
	r.Listing = d.Listing()
	return m, nil
}

// readHash reads a SHA-256 in the lower-case hexadecimal that Export writes.
func readHash(text string) ([]byte, error) {
	hash, err := hex.DecodeString(text)
	if err != nil || len(hash) != 32 || text != strings.ToLower(text) {
		return nil, fmt.Errorf("%q is not a SHA-256 in hexadecimal", text)
	}
	return hash, nil
}

func readTime(text string) (time.Time, error) {
	t, err := time.Parse(movedTime, text)
	if err != nil || t.Format(movedTime) != text {
		return time.Time{}, fmt.Errorf("%q is not a time like %s", text, movedTime)
	}
	return t, nil
}
