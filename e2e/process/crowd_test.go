package process

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes/storetest"
)

// eachDatabase runs a test on both databases, each time on an empty one.
func eachDatabase(t *testing.T, test func(t *testing.T, db string)) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, newFile(t))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, storetest.Postgres(t))
	})
}

// TestStartsAtOnce: programs that start at once on an empty database all
// serve, and each what another has saved.
func TestStartsAtOnce(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, db string) {
		var programs []*process
		for range 3 {
			programs = append(programs, begin(t, db))
		}
		v := newVisitor(t, "en")
		var saved []quote
		for _, p := range programs {
			p.serves()
			saved = append(saved, *v.save(t, p.url, newOrder("", "", "")))
		}
		for _, p := range programs {
			ready(t, p.url, http.StatusOK)
			areThere(t, p.url, saved)
		}
		holds(t, db, saved)
	})
}

// The crowd: each of its clients saves a chain of revisions, and tries to revise
// quotes that all others try to revise too.
const (
	crowdClients   = 50
	crowdChain     = 19
	crowdContested = 25
	crowdQuotes    = crowdClients*crowdChain + 2*crowdContested
	crowdTries     = 20 // of a request that is put off
)

// TestCrowd: a thousand quotes are saved by 50 clients at once, who come
// again with the same key when they are put off. All are
// there, none twice, and revisions are chains, read in both directions. On
// PostgreSQL there are two programs, and each client turns from one to the other.
func TestCrowd(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, db string) {
		first := launch(t, db, measured...)
		second := first
		if isServer(db) {
			second = launch(t, db, measured...)
		}
		at := func(i int) string { return []string{first.url, second.url}[i%2] }

		var l ledger
		v := newVisitor(t, "en")
		var contested []*quote
		for i := range crowdContested {
			contested = append(contested, v.save(t, at(i), newOrder(fmt.Sprint("contested ", i), "", "")))
			l.add(*contested[i])
		}
		var won [crowdContested]atomic.Int64
		var all sync.WaitGroup
		for c := range crowdClients {
			all.Go(func() {
				v := newVisitor(t, "en")
				last := &quote{}
				for i := range crowdChain {
					q, err := v.revise(at(c+i), fmt.Sprintf("%d-%d", c, i), last)
					if err != nil {
						t.Error(err)
						return
					}
					l.add(*q)
					last = q
					if i >= crowdContested/2+1 {
						continue
					}
					for _, n := range []int{2 * i, 2*i + 1} {
						if n >= crowdContested {
							continue
						}
						switch q, err := v.revise(at(c+n), fmt.Sprint(c, " wins ", n), contested[n]); {
						case err == nil:
							l.add(*q)
							won[n].Add(1)
						case !errors.Is(err, errRevised):
							t.Error(err)
						}
					}
				}
			})
		}
		all.Wait()
		for n := range won {
			if won[n].Load() != 1 {
				t.Errorf("quote %d was revised %d times", n, won[n].Load())
			}
		}
		saved := l.all()
		if len(saved) != crowdQuotes || crowdQuotes != 1000 {
			t.Fatalf("%d quotes were saved, not %d", len(saved), crowdQuotes)
		}
		holds(t, db, saved)
		areThere(t, first.url, saved[:crowdQuotes/2])
		areThere(t, second.url, saved[crowdQuotes/2:])

		revisedBy := map[string]string{}
		for _, q := range saved {
			revisedBy[q.Revises] = q.ID // that of no quote is of no use
		}
		atOnce(8, len(saved), func(i int) {
			q := saved[i]
			r, err := v.get(at(i) + "/api/v1/quotes/" + q.ID)
			if err != nil {
				t.Error(err)
				return
			}
			now, err := r.read()
			if err != nil {
				t.Error(err)
				return
			}
			state := "valid"
			if revisedBy[q.ID] != "" {
				state = "revised"
			}
			if now.Revises != q.Revises || now.RevisedBy != revisedBy[q.ID] || now.State != state {
				t.Errorf("the chain is broken at %+v, which is revised by %q", now, revisedBy[q.ID])
			}
		})
		for _, p := range []*process{first, second} {
			tellsNothing(t, "metrics", string(must(t, http.StatusOK)(v.get(p.metrics()+"/metrics")).body))
		}
	})
}

// errRevised says that somebody else has revised the quote.
var errRevised = errors.New("revised already")

// revise saves a quote that revises another, unless that is none.
func (v *visitor) revise(address, name string, q *quote) (*quote, error) {
	headers := []string{"Idempotency-Key", name + ", which nobody else has"}
	if q.ID != "" {
		headers = append(headers, "Authorization", "Bearer "+q.OwnerToken)
	}
	r, err := v.send(address+"/api/v1/quotes", newOrder(name, q.ID, ""), headers...)
	for tries := 0; err == nil && r.status == http.StatusServiceUnavailable && tries < crowdTries; tries++ {
		// On a machine with other work a thousand quotes take longer than a
		// request may; the answer then says when to come again.
		seconds, bad := strconv.Atoi(r.header.Get("Retry-After"))
		if bad != nil {
			return nil, bad
		}
		time.Sleep(time.Duration(seconds) * time.Second)
		r, err = v.send(address+"/api/v1/quotes", newOrder(name, q.ID, ""), headers...)
	}
	switch {
	case err != nil:
		return nil, err
	case r.status == http.StatusConflict:
		return nil, errRevised
	case r.status != http.StatusCreated:
		return nil, fmt.Errorf("status %d: %.300s", r.status, r.body)
	}
	return r.read()
}

// TestSharesDrafts: a browser may be answered by another program each
// time, and finds its draft and its quotes with all of them.
func TestSharesDrafts(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, db string) {
		first, second := begin(t, db), begin(t, db)
		first.serves()
		second.serves()
		rep := newVisitor(t, "en")
		must(t, http.StatusSeeOther)(rep.add(first.url))
		must(t, http.StatusSeeOther)(rep.add(second.url))
		doc := must(t, http.StatusOK)(rep.get(first.url + "/draft")).page(t)
		if n := doc.Find(".draft-item").Length(); n != 2 {
			t.Fatalf("%d items are in the draft, not 2", n)
		}
		form := formOf(doc, "draft")
		form.Set("title", confidential+" of two programs")
		form.Set("do", "save")
		path := must(t, http.StatusSeeOther)(rep.post(second.url+"/draft", form)).header.Get("Location")
		// Whoever presses the button again, elsewhere, gets the same quote.
		if again := must(t, http.StatusSeeOther)(rep.post(first.url+"/draft", form)).header.Get("Location"); again != path {
			t.Errorf("the draft was saved as %s and as %s", path, again)
		}
		if doc := must(t, http.StatusOK)(rep.get(first.url + path)).page(t); !strings.Contains(doc.Text(), "71,976.00") || doc.Find(`form[action$="/revise"]`).Length() == 0 {
			t.Error("the quote is not what was saved, or not its maker's")
		}
		if doc := must(t, http.StatusOK)(rep.get(first.url + "/quotes")).page(t); doc.Find(`a[href="`+path+`"]`).Length() == 0 {
			t.Error("the quote is not in the list")
		}
		must(t, http.StatusSeeOther)(rep.post(first.url+path+"/withdraw", nil))
		must(t, http.StatusGone)(rep.get(second.url + path))
		if n := len(exported(t, db)); n != 1 {
			t.Errorf("%d quotes are there", n)
		}
	})
}
