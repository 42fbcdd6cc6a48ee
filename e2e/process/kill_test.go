package process

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes/storetest"
)

// savers are clients that save one quote after another, each of them until it
// is acknowledged, whatever becomes of the program meanwhile.
type savers struct {
	t *testing.T
	// note makes their quotes long.
	note string
	// url is where the program is now.
	url  atomic.Pointer[string]
	done atomic.Bool
	all  sync.WaitGroup
	// refused counts answers that nothing can be saved now.
	refused atomic.Int64
	// answered is when anybody was last answered as wanted, in nanoseconds.
	answered atomic.Int64
	ledger
	// drafts are those who save through the draft.
	drafts []*drafter
}

// drafter is a browser that saves through the draft.
type drafter struct {
	*visitor
	saved int
}

// start starts clients of the API and browsers with a draft.
func (s *savers) start(clients, browsers int) {
	s.t.Cleanup(s.stop)
	s.answered.Store(time.Now().UnixNano())
	for i := range clients {
		v := newVisitor(s.t, "en")
		s.all.Go(func() {
			for n := 0; !s.done.Load(); n++ {
				if !s.saveByAPI(v, fmt.Sprintf("%d-%d", i, n)) {
					return
				}
			}
		})
	}
	for range browsers {
		d := &drafter{visitor: newVisitor(s.t, "zh")}
		s.drafts = append(s.drafts, d)
		s.all.Go(func() {
			for !s.done.Load() {
				if !s.saveByDraft(d) {
					return
				}
			}
		})
	}
}

// stop has everybody finish the quote that is under way.
func (s *savers) stop() {
	s.done.Store(true)
	s.all.Wait()
}

// insist asks until it is answered, and returns the answer if it is the one
// that is wanted. One client may have to ask for long, where the program is
// killed again and again; what must not be is that nobody is answered.
func (s *savers) insist(status int, ask func(address string) (*reply, error)) *reply {
	for ; !s.t.Failed(); time.Sleep(10 * time.Millisecond) {
		if silence := time.Since(time.Unix(0, s.answered.Load())); silence > 2*patience {
			s.t.Errorf("nobody was answered for %v", silence)
		}
		address := s.url.Load()
		if address == nil {
			continue
		}
		r, err := ask(*address)
		switch {
		case err != nil: // it was killed
		case r.status == http.StatusServiceUnavailable:
			s.refused.Add(1)
			if r.header.Get("Retry-After") == "" {
				s.t.Errorf("a refusal does not say when to try again: %.300s", r.body)
			}
		case r.status == status:
			s.answered.Store(time.Now().UnixNano())
			return r
		default:
			s.t.Errorf("status %d, want %d: %.500s", r.status, status, r.body)
		}
	}
	return nil
}

// saveByAPI saves a quote by its name. The key makes sure that it is saved once,
// though the client cannot know whether what was not acknowledged was saved.
func (s *savers) saveByAPI(v *visitor, name string) bool {
	r := s.insist(http.StatusCreated, func(address string) (*reply, error) {
		return v.send(address+"/api/v1/quotes", newOrder(name, "", s.note), "Idempotency-Key", confidential+" key of "+name)
	})
	if r == nil {
		return false
	}
	q, err := r.read()
	if err != nil {
		s.t.Error(err)
		return false
	}
	s.add(*q)
	return true
}

// saveByDraft adds an estimate to the draft and saves it.
func (s *savers) saveByDraft(d *drafter) bool {
	if s.insist(http.StatusSeeOther, d.visitor.add) == nil {
		return false
	}
	for {
		r := s.insist(http.StatusOK, func(address string) (*reply, error) { return d.get(address + "/draft") })
		if r == nil {
			return false
		}
		doc := r.page(s.t)
		if doc.Find(".draft-item").Length() == 0 {
			s.t.Error("an item that was added is not in the draft")
			return false
		}
		form := formOf(doc, "draft")
		form.Set("customer", confidential+" 机密客户")
		form.Set("do", "save")
		r = s.insist(http.StatusSeeOther, func(address string) (*reply, error) {
			r, err := d.post(address+"/draft", form)
			if err == nil && savedBefore(r) {
				r.status = http.StatusSeeOther
			}
			return r, err
		})
		if r == nil {
			return false
		}
		if savedBefore(r) {
			continue
		}
		id, found := strings.CutPrefix(r.header.Get("Location"), "/q/")
		if !found {
			s.t.Errorf("the quote that was saved is at %q", r.header.Get("Location"))
			return false
		}
		s.add(quote{ID: id})
		d.saved++
		return true
	}
}

// savedBefore reports whether an answer says that the draft was saved, and has
// changed since. It stays after it was saved if the database goes away between
// the two.
func savedBefore(r *reply) bool {
	return strings.Contains(string(r.body), "这份草稿此前已保存过一次")
}

// more waits until so many more quotes were acknowledged.
func (s *savers) more(n int) {
	s.t.Helper()
	has := len(s.ledger.all())
	for end := time.Now().Add(3 * patience); len(s.ledger.all()) < has+n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) || s.t.Failed() {
			s.t.Fatal("nothing is saved any more")
		}
	}
}

// finish stops everybody and checks that a database holds what was acknowledged
// and nothing else, and that each browser has its own.
func (s *savers) finish(db, address string) {
	s.t.Helper()
	s.stop()
	areThere(s.t, address, s.ledger.all())
	lines := holds(s.t, db, s.ledger.all())
	for _, d := range s.drafts {
		owner, owned := d.browser(s.t, address), 0
		for _, l := range lines {
			if len(l.Browsers) == 1 && l.Browsers[0] == owner {
				owned++
			}
		}
		if owned != d.saved {
			s.t.Errorf("a browser has %d quotes, and was told of %d", owned, d.saved)
		}
	}
}

// TestKilled: the program is killed 50 times while clients save quotes.
// Every quote that was acknowledged is there afterwards, whole; none is half
// there; and clients that ask again have their quote once.
func TestKilled(t *testing.T) {
	t.Parallel()
	const kills = 50
	db := newFile(t)
	s := &savers{t: t}
	s.start(6, 2)
	for i := range kills {
		if i%10 == 0 { // now and then it does not even come to serve
			p := begin(t, db)
			time.Sleep(rand.N(150 * time.Millisecond))
			p.kill()
		}
		p := launch(t, db)
		areThere(t, p.url, s.ledger.latest())
		s.url.Store(&p.url)
		s.more(1 + rand.N(15))
		time.Sleep(rand.N(3 * time.Millisecond))
		p.kill()
		s.url.Store(nil)
	}
	p := launch(t, db)
	s.url.Store(&p.url)
	s.finish(db, p.url)
	t.Logf("%d quotes were acknowledged", len(s.ledger.all()))
}

// TestKilledWithPostgres: the same where the program, the database, or
// both are killed.
func TestKilledWithPostgres(t *testing.T) {
	t.Parallel()
	database := storetest.NewServer(t)
	db := database.Database(t)
	s := &savers{t: t}
	s.start(6, 2)
	p := launch(t, db)
	for i := range 6 {
		s.url.Store(&p.url)
		s.more(1 + rand.N(30))
		ofProgram, ofDatabase := i%3 != 1, i%3 != 0
		if ofDatabase {
			database.Stop(t)
		}
		if ofProgram {
			s.url.Store(nil)
			p.kill()
		}
		if ofDatabase {
			database.Start(t)
		}
		if ofProgram {
			p = launch(t, db)
		}
		areThere(t, p.url, s.ledger.latest())
	}
	s.url.Store(&p.url)
	s.more(10)
	s.finish(db, p.url)
	t.Logf("%d quotes were acknowledged", len(s.ledger.all()))
}
