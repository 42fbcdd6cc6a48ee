package sqlstore

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// BenchmarkCrowd has as many clients as the issue names save quotes at once,
// while one reads: how many quotes a second, and how long a read takes.
// PostgreSQL waits for the disk here, as it does where it matters.
func BenchmarkCrowd(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { benchmarkCrowd(b, open(b, sqliteFile(b))) })
	b.Run("PostgreSQL", func(b *testing.B) {
		server := storetest.NewServer(b)
		s := open(b, server.Database(b))
		for _, statement := range []string{"ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()"} {
			if _, err := s.writer.Exec(statement); err != nil {
				b.Fatal(err)
			}
		}
		benchmarkCrowd(b, s)
	})
}

func benchmarkCrowd(b *testing.B, s *store) {
	ctx := context.Background()
	const documentSize = 20_000 // three products with their lines
	first := storetest.NewRecord(b, "first", string(make([]byte, documentSize/6)), "")
	if _, _, err := s.Save(ctx, &quotes.Saving{Record: first}); err != nil {
		b.Fatal(err)
	}
	records := make([]quotes.Record, b.N)
	for i := range records {
		records[i] = storetest.NewRecord(b, "quote", string(make([]byte, documentSize/6)), "")
	}
	b.ResetTimer()
	var next atomic.Int64
	var saving sync.WaitGroup
	done := make(chan struct{})
	for range storetest.Crowd {
		browser := storetest.NewBrowser()
		saving.Go(func() {
			for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
				if _, _, err := s.Save(ctx, &quotes.Saving{Record: records[i], Browser: browser}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	go func() {
		saving.Wait()
		close(done)
	}()
	var took []time.Duration
	for reading := true; reading; {
		begin := time.Now()
		if _, err := s.Quote(ctx, first.ID); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
		select {
		case <-done:
			reading = false
		case <-time.After(time.Millisecond):
		}
	}
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "quotes/s")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "read-p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "read-p99-ms")
}
