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
}

// doubt says that so many bytes could not be written.
func (p *prober) doubt(size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size = max(p.size, min(size+indexPages, probeMost))
}

// Ready implements quotes.Store. However often it is asked, there is at most
// one probe a second and one at a time.
func (s *store) Ready(ctx context.Context, now time.Time) error {
	p := &s.prober
	p.mu.Lock()
	if p.underWay == nil {
		if !p.at.IsZero() && now.Sub(p.at).Abs() < probeEvery {
			defer p.mu.Unlock()
			return p.err
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
		return p.err
	case <-limited.Done():
		return failure(ctx, fmt.Errorf("it did not answer: %w", limited.Err()))
	}
}

// probe writes something, reads it back, and says so.
func (s *store) probe(ctx context.Context, now time.Time, done chan struct{}) {
	p := &s.prober
	p.mu.Lock()
	content := make([]byte, max(probeSize, p.size))
	p.mu.Unlock()
	rand.Read(content)
	err := s.write(ctx, 0, func(ctx context.Context, tx *sql.Tx) error {
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
	if err == nil && p.size <= len(content) {
		p.size = 0
	}
	p.err, p.underWay = err, nil
	close(done)
}
