package calc

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"
)

// limiter refuses what one address asks for over so many requests a second, in
// bursts of four times that. Dear requests count for several.
type limiter struct {
	rate  rate.Limit
	burst int
	wait  string // when to try again, in seconds
	now   func() time.Time

	mu      sync.Mutex
	visits  map[string]*visits
	cleaned time.Time
}

// visits are what an address may still ask for.
type visits struct {
	*rate.Limiter
	last time.Time
}

// limiterMemory is how long an address is remembered after its last request.
const limiterMemory = time.Minute

// newLimiter returns a limiter to so many requests a second; nil, which limits
// nothing, for 0.
func newLimiter(perSecond float64, now func() time.Time) *limiter {
	if perSecond <= 0 {
		return nil
	}
	return &limiter{
		rate: rate.Limit(perSecond), burst: max(1, int(4*perSecond)), wait: strconv.Itoa(int(math.Ceil(1 / perSecond))),
		now: now, visits: map[string]*visits{},
	}
}

// each counts every request for one.
func (l *limiter) each(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := l.take(c, limitedAddress(c.RealIP()), 1); err != nil {
			return err
		}
		return next(c)
	}
}

// take counts for so many requests, at most a quarter of what comes in one burst.
func (l *limiter) take(c echo.Context, address string, requests int) error {
	if l == nil || l.of(address).AllowN(l.now(), min(max(requests, 1), max(1, l.burst/4))) {
		return nil
	}
	return &requestError{status: http.StatusTooManyRequests, detail: tooMany, wait: l.wait}
}

func (l *limiter) of(address string) *visits {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.cleaned) > limiterMemory {
		l.cleaned = now
		for a, v := range l.visits {
			if now.Sub(v.last) > limiterMemory {
				delete(l.visits, a)
			}
		}
	}
	v := l.visits[address]
	if v == nil {
		v = &visits{Limiter: rate.NewLimiter(l.rate, l.burst)}
		l.visits[address] = v
	}
	v.last = now
	return v
}

// limitedAddress is what counts as one address: of IPv6 the network that one
// visitor is commonly given, for anything else the address.
func limitedAddress(ip string) string { return prefixOf(ip, 32, 64) }

// prefixOf returns the network of an address with so many bits of IPv4 or of
// IPv6; what is no address as it is.
func prefixOf(ip string, bits4, bits6 int) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	bits := bits6
	if addr = addr.Unmap(); addr.Is4() {
		bits = bits4
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return ip
	}
	return prefix.String()
}
