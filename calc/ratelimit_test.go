package calc_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"suanpan/calc"
)

// from sends a good estimate request that comes from an address.
func from(t testing.TB, s *calc.Server, address string, headers ...string) *http.Response {
	t.Helper()
	r := request(http.MethodPost, estimates, `{"product":"tencent-im"}`, append([]string{"Content-Type", "application/json"}, headers...)...)
	r.RemoteAddr = address
	return send(t, s, r)
}

// exhaust uses up what one address may ask for at once.
func exhaust(t testing.TB, s *calc.Server, address string, headers ...string) {
	t.Helper()
	for range 4 { // a burst is four times the rate, which is 1
		if res := from(t, s, address, headers...); res.StatusCode != 200 {
			t.Fatalf("status %d within the burst", res.StatusCode)
		}
	}
	res := from(t, s, address, headers...)
	wantProblem(t, res, 429)
	if wait := res.Header.Get("Retry-After"); wait != "1" {
		t.Errorf("Retry-After is %q", wait)
	}
}

func withRate(rate float64) func(*calc.Config) { return func(c *calc.Config) { c.Rate = rate } }

func withProxies(prefixes ...string) func(*calc.Config) {
	return func(c *calc.Config) {
		for _, p := range prefixes {
			c.TrustedProxies = append(c.TrustedProxies, netip.MustParsePrefix(p))
		}
	}
}

func TestRateLimitIsPerAddress(t *testing.T) {
	s := newServer(t, withRate(1))
	exhaust(t, s, "192.0.2.1:1000")
	wantStatus(t, from(t, s, "192.0.2.1:2000"), 429) // another connection
	wantStatus(t, from(t, s, "192.0.2.2:1000"), 200)
	exhaust(t, s, "[2001:db8:0:1::1]:1000")
	wantStatus(t, from(t, s, "[2001:db8:0:1:ffff::2]:1000"), 429) // same /64
	wantStatus(t, from(t, s, "[2001:db8:0:2::1]:1000"), 200)
}

func TestRateLimitCountsEveryKindOfWork(t *testing.T) {
	for _, r := range []func() *http.Request{
		func() *http.Request { return request("GET", "/api/v1/products", "") },
		func() *http.Request { return request("GET", "/api/v1/products/tencent-im", "") },
		func() *http.Request { return request("POST", estimates, "nonsense") },
		func() *http.Request { return request("GET", "/api/openapi.json", "") },
		func() *http.Request { return request("GET", "/", "") },
		func() *http.Request { return request("GET", "/calc/tencent-im?dau=15000", "") },
		func() *http.Request { return request("GET", "/compare", "") },
		func() *http.Request { return request("GET", "/draft", "") },
		func() *http.Request { return request("GET", "/q/"+strings.Repeat("a", 26), "") },
		func() *http.Request {
			return request("POST", "/calc/tencent-im", "dau=1", "Content-Type", "application/x-www-form-urlencoded")
		},
	} {
		s := newServer(t, withRate(1))
		for range 4 {
			if res := send(t, s, r()); res.StatusCode == 429 {
				t.Fatalf("%s: 429 within the burst", r().URL)
			}
		}
		res := send(t, s, r())
		wantStatus(t, res, 429)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", r().URL)
		}
	}
}

func TestRateLimitLeavesProbesAndAssetsAlone(t *testing.T) {
	s := newServer(t, withRate(1))
	styleSheet := document(t, get(t, s, "/")).Find("link[rel=stylesheet]").AttrOr("href", "")
	for range 10 {
		for _, target := range []string{"/healthz", "/readyz", styleSheet} {
			wantStatus(t, get(t, s, target), 200)
		}
	}
}

func TestSlowRates(t *testing.T) {
	s := newServer(t, withRate(0.1))
	wantStatus(t, from(t, s, "192.0.2.1:1000"), 200)
	res := from(t, s, "192.0.2.1:1000")
	wantProblem(t, res, 429)
	if wait := res.Header.Get("Retry-After"); wait != "10" {
		t.Errorf("Retry-After is %q", wait)
	}
}

func TestForwardedAddressNeedsATrustedProxy(t *testing.T) {
	direct := newServer(t, withRate(1))
	exhaust(t, direct, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.1")
	wantStatus(t, from(t, direct, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.2"), 429)

	proxied := newServer(t, withRate(1), withProxies("10.0.0.0/8", "fd00::/8"))
	exhaust(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.1")
	wantStatus(t, from(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.2"), 200)
	wantStatus(t, from(t, proxied, "10.9.9.9:1000", "X-Forwarded-For", "198.51.100.1"), 429) // through another proxy
	// What a visitor puts in front of the proxy's own entry is not believed.
	wantStatus(t, from(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "203.0.113.9, 198.51.100.1"), 429)
	// Two proxies in a row are both passed over.
	wantStatus(t, from(t, proxied, "[fd00::1]:1000", "X-Forwarded-For", "198.51.100.1, 10.0.0.7"), 429)
	// Nobody else is believed, not even from a private or loopback address.
	exhaust(t, proxied, "192.168.0.1:1000", "X-Forwarded-For", "198.51.100.3")
	wantStatus(t, from(t, proxied, "192.168.0.1:1000", "X-Forwarded-For", "198.51.100.4"), 429)
	exhaust(t, proxied, "127.0.0.1:1000", "X-Forwarded-For", "198.51.100.3")
	wantStatus(t, from(t, proxied, "127.0.0.1:1000", "X-Forwarded-For", "198.51.100.4"), 429)
}
