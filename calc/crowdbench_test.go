package calc_test

import (
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes/storetest"
)

// BenchmarkReadsWhileSaving measures how long a reader waits for the page of a
// quote and for a calculator, while 50 clients save quotes as fast as they can,
// and, in turns with it in the same run, while nobody does ("idle"). Everything
// is real HTTP over loopback, the server and its clients in one process; so what
// a read waits for is the processor more than the store. "saved/s" is how many
// quotes of three products were saved a second meanwhile.
func BenchmarkReadsWhileSaving(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { benchmarkReads(b, filepath.Join(b.TempDir(), "quotes.db")) })
	b.Run("PostgreSQL", func(b *testing.B) {
		where := storetest.NewServer(b).Database(b)
		db, err := sql.Open("pgx", where)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		// It waits for the disk, as it does where it matters.
		for _, statement := range []string{"ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()"} {
			if _, err := db.Exec(statement); err != nil {
				b.Fatal(err)
			}
		}
		benchmarkReads(b, where)
	})
}

func benchmarkReads(b *testing.B, where string) {
	server := newServer(b, withStore(newStore(b, where)))
	app := httptest.NewServer(server)
	defer app.Close()
	client := loadClient()
	pages := map[string]string{
		"quote": app.URL + "/q/" + saveQuote(b, server, threeItems).ID,
		"calc":  app.URL + imPage + "?dau=15000&history_days=90&months=12",
	}
	took := map[string][]time.Duration{}
	read := func(when string, n int) {
		for range n {
			for name, address := range pages {
				begin := time.Now()
				status, err := drain(client.Get(address))
				if err != nil || status != http.StatusOK {
					b.Fatalf("status %d, %v", status, err)
				}
				took[name+when] = append(took[name+when], time.Since(begin))
			}
		}
	}

	var saved atomic.Int64
	var saving time.Duration
	// The slowest of a hundred reads is known after several hundred of them.
	// Turns are short, so that whatever else the machine does falls on both.
	const turns, turn = 10, 50
	b.ResetTimer()
	for range b.N * turns {
		read("-idle", turn)
		begin := time.Now()
		stop := saveAtOnce(b, client, app.URL, &saved)
		read("", turn)
		stop()
		saving += time.Since(begin)
	}
	b.StopTimer()
	for name, all := range took {
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, name+"-p50-ms")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, name+"-p99-ms")
	}
	b.ReportMetric(float64(saved.Load())/saving.Seconds(), "saved/s")
	b.ReportMetric(0, "ns/op") // of everything together it says nothing
}

// saveAtOnce has as many clients as the issue names save quotes until it is
// stopped.
func saveAtOnce(b *testing.B, client *http.Client, address string, saved *atomic.Int64) (stop func()) {
	var done atomic.Bool
	var all sync.WaitGroup
	for range storetest.Crowd {
		all.Go(func() {
			for !done.Load() {
				status, err := drain(client.Post(address+quotesAPI, "application/json", strings.NewReader(threeItems)))
				if err != nil || status != http.StatusCreated {
					b.Errorf("status %d, %v", status, err)
					return
				}
				saved.Add(1)
			}
		})
	}
	return func() {
		done.Store(true)
		all.Wait()
	}
}

// drain reads an answer to its end.
func drain(res *http.Response, err error) (status int, _ error) {
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return 0, fmt.Errorf("the answer: %w", err)
	}
	return res.StatusCode, nil
}
