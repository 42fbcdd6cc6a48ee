package sqlstore

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"suanpan/calc/quotes"
)

const (
	// probeEvery is for how long the answer of a probe counts.
	probeEvery = time.Second
	// readyWithin is the longest that Ready takes.
	readyWithin = 2 * time.Second
	// probeAge is after how long the probe of a program that is gone is erased.
	probeAge = 24 * time.Hour
	// A probe is probeSize bytes, or as much as could not be written before:
	// where there is room for a little there need not be for a quote. Around
	// what is written there are indexes, of which a change writes whole pages.
	probeSize, probeMost, indexPages = 16, 1 << 20, 64 << 10
)

// prober finds out whether the database can be written to.
type prober struct {
	// program is the name of this program's row.
	program string

	mu sync.Mutex
	// underWay is closed when the probe that is under way has ended; nil if
	// there is none.
	underWay chan struct{}
	// at is when the last probe began, and err what came of it.
	at  time.Time
	err error
	// size is what could not be written lately.
	size int
	// failed is what could not be done lately; nil once it could, or something
	// else after it.
	failed *failedWork
}

// failedWork is something that could not be done, and why.
type failedWork struct {
	do  work
	err error
}

// learn takes note of what came of something that was to be written, about so
// many bytes. What was refused for what it is proves nothing either way.
func (p *prober) learn(size int, do work, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil:
		p.failed = nil
	case errors.Is(err, quotes.ErrUnavailable) && !isOfContent(err):
		p.failed = &failedWork{do, err}
		p.doubt(size)
	}
}

// doubt says that so many bytes could not be written.
func (p *prober) doubt(size int) { p.size = max(p.size, min(size+indexPages, probeMost)) }

// answer is whether quotes can be saved, as far as is known.
func (p *prober) answer() error {
	if p.err == nil && p.failed != nil {
		return p.failed.err
	}
	return p.err
}

// Ready implements quotes.Store. However often it is asked, there is at most
// one probe a second and one at a time.
func (s *store) Ready(ctx context.Context, now time.Time) error {
	p := &s.prober
	p.mu.Lock()
	if p.underWay == nil {
		if !p.at.IsZero() && now.Sub(p.at).Abs() < probeEvery {
			defer p.mu.Unlock()
			return p.answer()
		}
		p.at, p.underWay = now, make(chan struct{})
		// The answer is for everybody who asks, so it does not end with the
		// first who does.
		go s.probe(context.WithoutCancel(ctx), now, p.underWay)
	}
	done := p.underWay
	p.mu.Unlock()

	limited, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	select {
	case <-done:
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.answer()
	case <-limited.Done():
		return failure(ctx, fmt.Errorf("it did not answer: %w", limited.Err()))
	}
}

// probe saves a quote and a draft, and once more what could not be saved before,
// and takes all of that back. Then it writes something that stays, which alone
// shows that there is room on the disk, and reads it.
func (s *store) probe(ctx context.Context, now time.Time, done chan struct{}) {
	p := &s.prober
	p.mu.Lock()
	content, failed := make([]byte, max(probeSize, p.size)), p.failed
	p.mu.Unlock()
	rand.Read(content)
	err := s.commit(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.place.hasRoom(); err != nil {
			return err
		}
		if err := rehearse(ctx, tx, s.saving(now)); err != nil {
			return err
		}
		if failed != nil {
			if err := rehearse(ctx, tx, failed.do); err != nil && !isOfContent(err) {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM probes WHERE at < $1", now.Add(-probeAge).UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO probes (program, content, at) VALUES ($1, $2, $3)
			ON CONFLICT (program) DO UPDATE SET content = excluded.content, at = excluded.at`, p.program, content, now.UnixMilli())
		return err
	})
	if err == nil {
		err = s.read(ctx, func(ctx context.Context, db *sql.DB) error {
			var found []byte
			err := db.QueryRowContext(ctx, "SELECT content FROM probes WHERE program = $1", p.program).Scan(&found)
			if err == nil && !bytes.Equal(found, content) {
				err = errors.New("what was written is not what was read")
			}
			return err
		})
	}

	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil:
		p.doubt(0)
	case p.size <= len(content):
		p.size = 0
	}
	if err == nil && p.failed == failed {
		p.failed = nil
	}
	p.err, p.underWay = err, nil
	close(done)
}

// saving returns the saving of a quote and of a draft, by a browser and with a
// key that are nobody's.
func (s *store) saving(now time.Time) work {
	id, nobody := quotes.NewSecret(), quotes.HashSecret(quotes.NewSecret())
	quote := &quotes.Saving{
		Record: quotes.Record{
			ID: id, Document: nobody, Hash: quotes.Hash(nobody), Owner: nobody, CreatedAt: now,
			ValidUntil: now.Format(time.DateOnly), Listing: quotes.Listing{Title: "probe"},
		},
		Browser: nobody,
		Key:     &quotes.Key{Hash: nobody, Request: nobody, Sealed: nobody},
	}
	return func(ctx context.Context, tx *sql.Tx) error {
		if _, _, err := s.save(ctx, tx, quote); err != nil {
			return err
		}
		return putDraft(nobody, nobody, 0, now)(ctx, tx)
	}
}

// rehearse does something and takes it back. An answer is no failure.
func rehearse(ctx context.Context, tx *sql.Tx, do work) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT rehearsal"); err != nil {
		return err
	}
	err := do(ctx, tx)
	if isAnswer(err) {
		err = nil
	}
	if _, failed := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT rehearsal"); err == nil {
		err = failed
	}
	return err
}
