package calc

import (
	"context"
	"errors"
	"time"

	"suanpan/calc/quotes"
)

// measuredStore is a store whose operations are measured as visitors meet them,
// waiting included.
type measuredStore struct {
	quotes.Store
	metrics *metrics
	now     func() time.Time
}

// The operations of the store, by what their metrics call them.
const (
	opSave     = "save"
	opQuote    = "quote"
	opWithdraw = "withdraw"
	opClaim    = "claim"
	opOwns     = "owns"
	opMade     = "made"
	opDraft    = "draft"
	opPutDraft = "put_draft"
)

var storeOperations = []string{opSave, opQuote, opWithdraw, opClaim, opOwns, opMade, opDraft, opPutDraft}

// measure is deferred with the time at which an operation begins.
func (s *measuredStore) measure(operation string, start time.Time, err *error) {
	s.metrics.storeSeconds.WithLabelValues(operation).Observe(s.now().Sub(start).Seconds())
	if errors.Is(*err, quotes.ErrUnavailable) {
		s.metrics.storeFailures.WithLabelValues(operation).Inc()
	}
}

// Save implements quotes.Store.
func (s *measuredStore) Save(ctx context.Context, saving *quotes.Saving) (saved *quotes.Record, sealed []byte, err error) {
	defer s.measure(opSave, s.now(), &err)
	saved, sealed, err = s.Store.Save(ctx, saving)
	if err == nil && saved.ID == saving.Record.ID { // else it was saved before, with the same key
		s.metrics.saved.WithLabelValues("quote").Inc()
	}
	return saved, sealed, err
}

// Quote implements quotes.Store.
func (s *measuredStore) Quote(ctx context.Context, id string) (r *quotes.Record, err error) {
	defer s.measure(opQuote, s.now(), &err)
	return s.Store.Quote(ctx, id)
}

// Withdraw implements quotes.Store.
func (s *measuredStore) Withdraw(ctx context.Context, id string, at time.Time) (err error) {
	defer s.measure(opWithdraw, s.now(), &err)
	return s.Store.Withdraw(ctx, id, at)
}

// Claim implements quotes.Store.
func (s *measuredStore) Claim(ctx context.Context, b quotes.Browser, id string) (err error) {
	defer s.measure(opClaim, s.now(), &err)
	return s.Store.Claim(ctx, b, id)
}

// Owns implements quotes.Store.
func (s *measuredStore) Owns(ctx context.Context, b quotes.Browser, id string) (owns bool, err error) {
	defer s.measure(opOwns, s.now(), &err)
	return s.Store.Owns(ctx, b, id)
}

// Made implements quotes.Store.
func (s *measuredStore) Made(ctx context.Context, b quotes.Browser, do func(*quotes.Listed)) (err error) {
	defer s.measure(opMade, s.now(), &err)
	return s.Store.Made(ctx, b, do)
}

// Draft implements quotes.Store.
func (s *measuredStore) Draft(ctx context.Context, b quotes.Browser) (d quotes.Draft, err error) {
	defer s.measure(opDraft, s.now(), &err)
	return s.Store.Draft(ctx, b)
}

// PutDraft implements quotes.Store.
func (s *measuredStore) PutDraft(ctx context.Context, b quotes.Browser, content []byte, version int64, at time.Time) (err error) {
	defer s.measure(opPutDraft, s.now(), &err)
	if err = s.Store.PutDraft(ctx, b, content, version, at); err == nil {
		s.metrics.saved.WithLabelValues("draft").Inc()
	}
	return err
}
