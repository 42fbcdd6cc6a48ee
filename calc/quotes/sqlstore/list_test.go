package sqlstore

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// TestListsReadNoDocuments: however large the quotes are, a list of them is small.
// What others allocate meanwhile would count as well: this runs alone.
func TestListsReadNoDocuments(t *testing.T) {
	both(t, func(t *testing.T, where string) {
		ctx, s, browser := context.Background(), open(t, where), storetest.NewBrowser()
		const many, size = 26, 1 << 20
		for i := range many {
			r := storetest.NewRecord(t, fmt.Sprint("Quote ", i), "Bay Harbour", "")
			r.Document = incompressible(size)
			if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: browser}); err != nil {
				t.Fatal(err)
			}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		found := 0
		if err := s.Made(ctx, browser, func(*quotes.Listed) { found++ }); err != nil || found != many {
			t.Fatalf("%d quotes: %v", found, err)
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > size {
			t.Errorf("a list of %d quotes took %d bytes", many, took)
		}
	})
}

// BenchmarkMade reads a list of five thousand quotes, a third of them revisions.
func BenchmarkMade(b *testing.B) {
	for name, where := range map[string]string{"SQLite": sqliteFile(b), "PostgreSQL": storetest.Postgres(b)} {
		b.Run(name, func(b *testing.B) {
			ctx, s, browser := context.Background(), open(b, where), storetest.NewBrowser()
			const many = 5000
			last := ""
			for i := range many {
				revises := ""
				if i%3 == 2 {
					revises = last
				}
				r := storetest.NewRecord(b, fmt.Sprint("Quote ", i), "Bay Harbour", revises)
				r.Document = incompressible(20_000)
				r.CreatedAt = r.CreatedAt.Add(time.Duration(i) * time.Second)
				if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: browser}); err != nil {
					b.Fatal(err)
				}
				last = r.ID
			}
			if _, err := s.writer.Exec("ANALYZE"); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				found := 0
				if err := s.Made(ctx, browser, func(*quotes.Listed) { found++ }); err != nil || found != many {
					b.Fatalf("%d quotes: %v", found, err)
				}
			}
		})
	}
}
