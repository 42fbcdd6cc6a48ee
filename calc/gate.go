package calc

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"sync"

	"github.com/labstack/echo/v4"
)

// gate bounds what is computed at once, and with it memory and waiting. Live
// answers have a lane of their own, since somebody types meanwhile. So has what
// else costs a few milliseconds (a page, an estimate): it never waits behind
// dearer work, nor is refused while that floods. Dear work runs one at a time a
// core, with a short queue. What reads quotes and what saves them have a lane
// each, since they wait for the store most of the time, saves for each other:
// nobody is to wait for the store who asks nothing of it, nor who only reads for
// those who save.
//
// A request has its place while it computes, not while its answer travels: a
// visitor with a slow line keeps nobody out.
type gate struct{ live, light, dear, reading, saving *lane }

func newGate() *gate {
	cores := runtime.GOMAXPROCS(0)
	return &gate{
		live:    newLane(2*cores, 4096, 2*cores),
		light:   newLane(2*cores, 4096, 2*cores),
		dear:    newLane(cores, 16*cores, cores),
		reading: newLane(8*cores, 1024, 4*cores),
		saving:  newLane(16*cores, 1024, 8*cores),
	}
}

// dearWork is the work (see [pricing.Usage.Work]) from which on a request is
// dear: some five milliseconds on one core.
const dearWork = 5_000

// errBusy says that a queue is full.
var errBusy = errors.New("too many requests wait already")

// lane lets so many requests compute at once, and so many of one address. The
// others wait in the order in which they came.
type lane struct {
	places chan struct{} // one for each that computes
	queue  chan struct{} // one for each that waits

	each      int // places of one address
	mu        sync.Mutex
	addresses map[string]*addressPlaces
}

// addressPlaces are those that one address may have in a lane.
type addressPlaces struct {
	places chan struct{}
	users  int
}

// place is what a request has in a lane while it computes.
type place struct {
	lane    *lane
	address string
	own     *addressPlaces
}

func newLane(places, queue, each int) *lane {
	return &lane{
		places: make(chan struct{}, places), queue: make(chan struct{}, queue),
		each: each, addresses: map[string]*addressPlaces{},
	}
}

// enter waits for a place. The error is [errBusy], or that of the context.
func (l *lane) enter(ctx context.Context, address string) (*place, error) {
	p := &place{lane: l, address: address, own: l.of(address)}
	err := l.wait(ctx, p.own.places)
	if err == nil {
		if err = l.wait(ctx, l.places); err == nil {
			return p, nil
		}
		<-p.own.places
	}
	l.forget(address)
	return nil, err
}

// try returns a place if there is one at once, or else nil.
func (l *lane) try(address string) *place {
	ended, end := context.WithCancel(context.Background())
	end()
	p, _ := l.enter(ended, address)
	return p
}

func (l *lane) wait(ctx context.Context, places chan<- struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	default:
	}
	select {
	case l.queue <- struct{}{}:
		defer func() { <-l.queue }()
	default:
		return errBusy
	}
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave gives the place back.
func (p *place) leave() {
	<-p.lane.places
	<-p.own.places
	p.lane.forget(p.address)
}

// of returns the places of an address, until it is forgotten as often.
func (l *lane) of(address string) *addressPlaces {
	l.mu.Lock()
	defer l.mu.Unlock()
	own := l.addresses[address]
	if own == nil {
		own = &addressPlaces{places: make(chan struct{}, l.each)}
		l.addresses[address] = own
	}
	own.users++
	return own
}

func (l *lane) forget(address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	own := l.addresses[address]
	if own.users--; own.users == 0 {
		delete(l.addresses, address)
	}
}

// pass is the place that a request has, which may be in one lane after the other.
type pass struct{ place *place }

// passKey is the name of a request's pass in its context.
const passKey = "pass"

// leave gives the place back, once.
func (p *pass) leave() {
	if p.place != nil {
		p.place.leave()
		p.place = nil
	}
}

// through lets requests in by a lane, once their body is there. They leave it
// when their answer begins.
func (s *Server) through(l *lane) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			awaitBody(c.Request())
			place, err := l.enter(c.Request().Context(), limitedAddress(c.RealIP()))
			if err != nil {
				return err
			}
			p := &pass{place}
			defer p.leave()
			c.Response().Before(p.leave)
			c.Set(passKey, p)
			return next(c)
		}
	}
}

// awaitBody reads the body of a request into memory: all of it, but for the rest
// of one that only a quote may have. What went wrong is found by whoever reads
// on.
func awaitBody(r *http.Request) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength > maxBody {
		return
	}
	sent := r.Body
	begin, err := io.ReadAll(io.LimitReader(sent, maxBody))
	rest := io.Reader(sent)
	if err != nil {
		rest = failing{err}
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(begin), rest), sent}
}

// failing is a reader that has failed.
type failing struct{ err error }

// Read returns the error.
func (f failing) Read([]byte) (int, error) { return 0, f.err }

// passOf returns the pass of a request, which every one has that computes.
func passOf(c echo.Context) *pass { return c.Get(passKey).(*pass) }

// weigh has a request go on among the dear ones if its work is dear, and counts
// it for as many requests as that is worth.
func (s *Server) weigh(c echo.Context, work int) error {
	if work < dearWork {
		return nil
	}
	p := passOf(c)
	if err := s.limit.take(c, p.place.address, work/dearWork); err != nil {
		return err
	}
	if p.place.lane == s.gate.dear {
		return nil
	}
	return p.change(c.Request().Context(), s.gate.dear)
}

// change gives the place back and waits for one in another lane.
func (p *pass) change(ctx context.Context, l *lane) error {
	address := p.place.address
	p.leave()
	place, err := l.enter(ctx, address)
	if err != nil {
		return err
	}
	p.place = place
	return nil
}

// weighed does work in the lane that it belongs to, and goes on in the one that
// the request was in: whoever waits for the store keeps no place among the dear.
func (s *Server) weighed(c echo.Context, work int, do func()) error {
	if work < dearWork {
		do()
		return nil
	}
	p := passOf(c)
	was := p.place.lane
	if err := s.weigh(c, work); err != nil {
		return err
	}
	do()
	return p.change(c.Request().Context(), was)
}

// spare reports whether there is room for work that a page can do without: it is
// light, or there is a place for it among the dear at once.
func (s *Server) spare(c echo.Context, work int) bool {
	if work < dearWork {
		return true
	}
	p := passOf(c)
	place := s.gate.dear.try(p.place.address)
	if place == nil {
		return false
	}
	p.leave()
	p.place = place
	return true
}
