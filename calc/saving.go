package calc

import (
	"context"
	"errors"
	"time"

	"suanpan/calc/quotes"
)

// now returns the time, in the precision that quotes are kept in.
func (s *Server) now() time.Time { return s.cfg.Now().UTC().Truncate(time.Millisecond) }

// saved is a quote that was saved just now, or by the same request before.
type saved struct {
	record   *quotes.Record
	document *quotes.Document
	// secret is the owner's, which is shown this once.
	secret string
}

// save freezes an order that was priced without faults, and saves it. The key is
// the text of an idempotency key, or empty, and request what it stands for. The
// error is one of the store's.
func (s *Server) save(ctx context.Context, p *quotes.Priced, b quotes.Browser, key string, request []byte) (*saved, error) {
	now := s.now()
	document := p.Freeze(quotes.NewSecret(), now)
	text, err := document.Encode()
	if err != nil {
		return nil, err
	}
	secret := quotes.NewSecret()
	saving := &quotes.Saving{
		Record: quotes.Record{
			ID: document.ID, Document: text, Hash: quotes.Hash(text), Owner: quotes.HashSecret(secret),
			CreatedAt: now, ValidUntil: document.ValidUntil, Revises: document.Revises, Listing: document.Listing(),
		},
		Browser: b,
	}
	if key != "" {
		if saving.Key, err = quotes.NewKey(key, request, secret); err != nil {
			return nil, err
		}
	}
	record, sealed, err := s.cfg.Quotes.Save(ctx, saving)
	if err != nil {
		return nil, err
	}
	if sealed != nil {
		if secret, err = quotes.OpenSealed(key, sealed); err != nil {
			return nil, err
		}
	}
	if document, err = record.Open(); err != nil {
		return nil, err
	}
	return &saved{record, document, secret}, nil
}

// open returns a quote that is there to be read.
func (s *Server) open(ctx context.Context, id string) (*quotes.Record, *quotes.Document, error) {
	record, err := s.cfg.Quotes.Quote(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	document, err := record.Open()
	if err != nil {
		return nil, nil, err
	}
	return record, document, nil
}

func isConflict(err error) bool { return errors.Is(err, quotes.ErrConflict) }
