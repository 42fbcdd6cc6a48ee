package process

import (
	"net/http"
	"strings"
	"testing"
)

// TestEnvironment: each setting can come from the environment, and a flag wins
// over it.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	environment := []string{
		"SUANPAN_ADDR=127.0.0.1:0", "SUANPAN_DB=" + newFile(t), "SUANPAN_RATE=0.5", "SUANPAN_BOOKS=" + books,
		"SUANPAN_PUBLIC_URL=https://suanpan.example", "SUANPAN_TRUSTED_PROXIES=127.0.0.0/8, ::1/128",
	}
	v := newVisitor(t, "en")
	link := func(p *process, product string) string {
		t.Helper()
		return must(t, http.StatusOK)(v.get(p.url+"/calc/"+product)).page(t).Find("#link").AttrOr("value", "")
	}
	from := func(p *process, address string) int {
		t.Helper()
		r, err := v.ask(http.MethodGet, p.url+"/api/v1/products", "", "X-Forwarded-For", address)
		if err != nil {
			t.Fatal(err)
		}
		return r.status
	}
	p := beginIn(t, environment)
	p.serves()
	if link := link(p, "fixture-cloud"); !strings.HasPrefix(link, "https://suanpan.example/calc/fixture-cloud?c=") {
		t.Errorf("link %q", link)
	}
	// A burst of two is four times the rate; each forwarded address has its own.
	for i, want := range []int{200, 200, 429} {
		if got := from(p, "198.51.100.1"); got != want {
			t.Errorf("request %d: status %d, want %d", i+1, got, want)
		}
	}
	if got := from(p, "198.51.100.2"); got != 200 {
		t.Errorf("another address: status %d", got)
	}

	flag := beginIn(t, environment, "-rate", "0", "-trusted-proxies", "", "-public-url", "http://flag.example")
	flag.serves()
	if link := link(flag, "tencent-im"); !strings.HasPrefix(link, "http://flag.example/calc/tencent-im?c=") {
		t.Errorf("link %q", link)
	}
	for range 10 {
		if got := from(flag, "198.51.100.1"); got != 200 {
			t.Errorf("status %d without a limit", got)
		}
	}
}
