package sqlstore

import (
	"context"
	"io"
	"os"
	"strconv"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// TestManyAreExported: right after a hundred thousand quotes were imported, going
// through them takes PostgreSQL at most three times what it takes SQLite.
func TestManyAreExported(t *testing.T) {
	if os.Getenv("LONG") == "" {
		t.Skip("takes minutes: left to make long")
	}
	const many = 100_000
	ctx, took := context.Background(), map[string]time.Duration{}
	both(t, func(t *testing.T, where string) {
		s, n, last := open(t, where), 0, ""
		imported, err := s.Import(ctx, func() (*quotes.Moved, error) {
			if n == many {
				return nil, io.EOF
			}
			if n++; n%4 != 0 { // every fourth is a revision of the one before
				last = ""
			}
			r := storetest.NewRecord(t, strconv.Itoa(n), "Bay Harbour", last)
			last = r.ID
			return &quotes.Moved{Record: r, Browsers: []quotes.Browser{storetest.NewBrowser()}}, nil
		})
		if err != nil || imported != many {
			t.Fatalf("%d were imported, %v", imported, err)
		}
		begin, exported := time.Now(), 0
		if err := reader(t, where).Each(ctx, func(*quotes.Moved) error {
			exported++
			return nil
		}); err != nil || exported != many {
			t.Fatalf("%d were exported, %v", exported, err)
		}
		took[t.Name()] = time.Since(begin)
		t.Logf("%d quotes in %v", exported, took[t.Name()])
	})
	if sqlite, postgres := took[t.Name()+"/SQLite"], took[t.Name()+"/PostgreSQL"]; postgres > 3*sqlite {
		t.Errorf("PostgreSQL takes %v, and SQLite %v", postgres, sqlite)
	}
}
