package process

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// ledger knows which quotes were acknowledged.
type ledger struct {
	mu     sync.Mutex
	quotes []quote
	asked  int // how many of them latest has returned
}

func (l *ledger) add(q quote) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quotes = append(l.quotes, q)
}

// all returns those that were acknowledged so far.
func (l *ledger) all() []quote {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.quotes[:len(l.quotes):len(l.quotes)]
}

// latest returns those that were acknowledged since it was last asked.
func (l *ledger) latest() []quote {
	l.mu.Lock()
	defer l.mu.Unlock()
	from := l.asked
	l.asked = len(l.quotes)
	return l.quotes[from:l.asked:l.asked]
}

// areThere checks that quotes are there, whole, with the hash that was
// acknowledged.
func areThere(t *testing.T, address string, acknowledged []quote) {
	t.Helper()
	v := newVisitor(t, "en")
	atOnce(8, len(acknowledged), func(i int) {
		q := acknowledged[i]
		if q.Hash == "" { // the draft does not tell it
			r, err := v.get(address + "/api/v1/quotes/" + q.ID)
			if err != nil {
				t.Error(err)
				return
			}
			now, err := r.read()
			if err != nil {
				t.Error(err)
				return
			}
			q.Hash = now.Hash
		}
		r, err := v.get(address + "/q/" + q.ID + ".json")
		if err != nil {
			t.Error(err)
			return
		}
		if sum := sha256.Sum256(r.body); r.status != http.StatusOK || hex.EncodeToString(sum[:]) != q.Hash {
			t.Errorf("status %d: a quote that was acknowledged is not there as it was saved: %.300s", r.status, r.body)
		}
	})
}

// atOnce calls a function with 0 to n-1, several at once.
func atOnce(several, n int, do func(i int)) {
	work := make(chan int)
	var all sync.WaitGroup
	for range several {
		all.Go(func() {
			for i := range work {
				do(i)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	all.Wait()
}

// line is a line of an export.
type line struct {
	ID       string   `json:"id"`
	Hash     string   `json:"hash"`
	Document *string  `json:"document"`
	Revises  string   `json:"revises"`
	Browsers []string `json:"browsers"`
}

// exported returns what a database holds, of which everything has to be whole.
func exported(t *testing.T, db string) []line {
	t.Helper()
	r := carryOut(t, "", "export", "-db", db)
	if r.status != 0 {
		t.Fatalf("export: %s", r.err)
	}
	var lines []line
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(r.out)); ; {
		var l line
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return lines
		} else if err != nil {
			t.Fatal(err)
		}
		if l.Document != nil {
			if sum := sha256.Sum256([]byte(*l.Document)); hex.EncodeToString(sum[:]) != l.Hash {
				t.Errorf("%s does not match its hash", l.ID)
			}
		}
		if seen[l.ID] {
			t.Errorf("%s is there twice", l.ID)
		}
		if l.Revises != "" && !seen[l.Revises] {
			t.Errorf("%s comes before what it revises", l.ID)
		}
		seen[l.ID] = true
		lines = append(lines, l)
	}
}

// holds checks that a database holds the quotes that were acknowledged and no
// others, and returns it as it is exported.
func holds(t *testing.T, db string, acknowledged []quote) []line {
	t.Helper()
	lines := exported(t, db)
	hashes := map[string]string{}
	for _, l := range lines {
		hashes[l.ID] = l.Hash
	}
	for _, q := range acknowledged {
		hash, found := hashes[q.ID]
		if !found || (q.Hash != "" && q.Hash != hash) {
			t.Errorf("%s was acknowledged and is not there, or another", q.ID)
		}
		delete(hashes, q.ID)
	}
	if len(hashes) > 0 {
		t.Errorf("%d quotes are there that nobody was told of", len(hashes))
	}
	return lines
}
