package calc_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
	"suanpan/static"
)

// everyKind is one request for each kind of answer.
func everyKind(t testing.TB) map[string]*http.Request {
	t.Helper()
	return map[string]*http.Request{
		"start page":       request("GET", "/", ""),
		"calculator":       request("GET", imPage, ""),
		"page with faults": request("GET", imPage+"?dau=x", ""),
		"page not found":   request("GET", "/nothing", ""),
		"method":           request("DELETE", imPage, ""),
		"update":           request("POST", imPage, "dau=1", "Content-Type", formType, "HX-Request", "true"),
		"redirect":         request("POST", imPage, "dau=1", "Content-Type", formType),
		"estimate as file": request("GET", imPage+"/estimate.csv?dau=1", ""),
		"draft":            request("GET", draftPage, ""),
		"change of draft":  request("POST", draftPage, "title=x", "Content-Type", formType),
		"item":             request("POST", itemsPage, "product=tencent-im", "Content-Type", formType),
		"refused item":     request("POST", itemsPage, "product=tencent-im&query=dau%3Dx", "Content-Type", formType),
		"list of quotes":   request("GET", quotesPage+"?search=x", ""),
		"refused form":     request("POST", imPage, "dau=1", "Content-Type", "text/plain"),
		"cross-origin":     request("POST", imPage, "dau=1", "Content-Type", formType, "Sec-Fetch-Site", "cross-site"),
		"estimate":         request("POST", estimates, `{"product":"tencent-im"}`, "Content-Type", "application/json"),
		"problem":          request("POST", estimates, "", "Content-Type", "application/json"),
		"products":         request("GET", "/api/v1/products", ""),
		"description":      request("GET", "/api/openapi.json", ""),
		"API not found":    request("GET", "/api/nothing", ""),
		"health":           request("GET", "/healthz", ""),
		"readiness":        request("GET", "/readyz", ""),
		"style sheet":      request("GET", styleSheet(t), ""),
		"no such asset":    request("GET", "/static/none.css", ""),
	}
}

// styleSheet returns the address of the style sheet as pages have it.
func styleSheet(t testing.TB) string {
	t.Helper()
	href, ok := document(t, get(t, newServer(t), "/")).Find("link[rel=stylesheet]").Attr("href")
	if !ok {
		t.Fatal("the page has no style sheet")
	}
	return href
}

func TestSecurityHeaders(t *testing.T) {
	s := newServer(t)
	for name, r := range everyKind(t) {
		res := send(t, s, r)
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := res.Header.Values(header); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
		policy := res.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the content policy lacks %s", name, part)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: content policy %q", name, policy)
		}
		if res.Header.Get("Permissions-Policy") == "" {
			t.Errorf("%s: no Permissions-Policy", name)
		}
		if res.Header.Get("Server") != "" || res.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s: the answer names its software", name)
		}
	}
}

// TestEveryAnswerHasBodyAndType: an answer of nothing, or without a type, is
// how a failure to answer looks.
func TestEveryAnswerHasBodyAndType(t *testing.T) {
	s := newServer(t)
	for name, r := range everyKind(t) {
		res := send(t, s, r)
		if res.StatusCode == http.StatusSeeOther {
			continue
		}
		if len(read(t, res)) == 0 || res.Header.Get("Content-Type") == "" {
			t.Errorf("%s: status %d, an empty answer", name, res.StatusCode)
		}
		if bad := name == "page not found" || name == "no such asset" || name == "API not found"; bad != (res.StatusCode == 404) {
			t.Errorf("%s: status %d", name, res.StatusCode)
		}
	}
}

// TestNothingInline: the content policy refuses whatever is inline, so there
// must not be any.
func TestNothingInline(t *testing.T) {
	s := newServer(t)
	for name, r := range everyKind(t) {
		res := send(t, s, r)
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			continue
		}
		doc := document(t, res)
		doc.Find("*").Each(func(_ int, e *goquery.Selection) {
			tag := goquery.NodeName(e)
			_, hasSource := e.Attr("src")
			if tag == "style" || (tag == "script" && (!hasSource || strings.TrimSpace(e.Text()) != "")) {
				t.Errorf("%s: an inline <%s>", name, tag)
			}
			for _, a := range e.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(a.Key, "hx-vals") ||
					strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") || strings.HasPrefix(a.Val, "js:") {
					t.Errorf("%s: <%s %s=%q>", name, tag, a.Key, a.Val)
				}
				// Nothing is loaded from anywhere else.
				if (a.Key == "src" || (tag == "link" && a.Key == "href")) && !strings.HasPrefix(a.Val, "/static/") {
					t.Errorf("%s: <%s %s=%q>", name, tag, a.Key, a.Val)
				}
			}
		})
	}
}

var hashedName = regexp.MustCompile(`^/static/[a-z.]+\.[A-Za-z0-9_-]{12}\.[a-z]+$`)

func TestAssets(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/"))
	var addresses []string
	doc.Find("script[src], link[href]").Each(func(_ int, e *goquery.Selection) {
		addresses = append(addresses, e.AttrOr("src", e.AttrOr("href", "")))
	})
	if len(addresses) < 4 {
		t.Fatalf("assets %v", addresses)
	}
	for _, address := range addresses {
		if !hashedName.MatchString(address) {
			t.Errorf("%s has no hash in its name", address)
		}
		plain := get(t, s, address)
		wantStatus(t, plain, 200)
		if cache := plain.Header.Get("Cache-Control"); !strings.Contains(cache, "immutable") || !strings.Contains(cache, "max-age=31536000") {
			t.Errorf("%s: Cache-Control %q", address, cache)
		}
		want, _, _ := mime.ParseMediaType(map[string]string{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}[path.Ext(address)])
		if kind, _, _ := mime.ParseMediaType(plain.Header.Get("Content-Type")); kind != want {
			t.Errorf("%s: content type %q", address, kind)
		}
		body := read(t, plain)
		// The hash is that of the content: the name without it has the same bytes.
		base := strings.Split(path.Base(address), ".")
		name := strings.Join(append(base[:len(base)-2], base[len(base)-1]), ".")
		if file, err := static.Files.ReadFile(name); err != nil || !bytes.Equal(file, body) {
			t.Errorf("%s is not the embedded %s: %v", address, name, err)
		}
		zipped := get(t, s, address, "Accept-Encoding", "gzip, br")
		if zipped.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(zipped.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: not compressed: %v", address, zipped.Header)
		}
		if !bytes.Equal(unzip(t, zipped), body) {
			t.Errorf("%s differs after decompression", address)
		}
		head := send(t, s, request("HEAD", address, ""))
		wantStatus(t, head, 200)
	}
	for _, address := range []string{
		"/static/suanpan.css", "/static/", "/static/none.js", "/static/../main.go", "/static/%2e%2e/main.go", "/static/static.go", "/static/VENDORED.md",
		strings.Replace(addresses[0], ".", ".AAAAAAAAAAAA.", 1),
	} {
		wantStatus(t, get(t, s, address), 404)
	}
}

func unzip(t testing.TB, res *http.Response) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(read(t, res)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestVendoredFilesAreUnchanged compares each vendored file with the checksum
// on record.
func TestVendoredFilesAreUnchanged(t *testing.T) {
	record, err := os.ReadFile("../static/VENDORED.md")
	if err != nil {
		t.Fatal(err)
	}
	data, err := static.Files.ReadFile("htmx.min.js")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	found := false
	for _, line := range strings.Split(string(record), "\n") {
		if strings.Contains(line, "htmx.min.js") && strings.Contains(line, hex.EncodeToString(sum[:])) {
			found = true
		}
	}
	if !found {
		t.Errorf("htmx.min.js has the checksum %x, which is not on record", sum)
	}
}

func TestCompression(t *testing.T) {
	s := newServer(t)
	for name, r := range everyKind(t) {
		again := r.Clone(context.Background())
		again.Body = io.NopCloser(strings.NewReader(""))
		if r.Body != nil {
			body, _ := io.ReadAll(r.Body)
			r.Body, again.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
		}
		again.Header.Set("Accept-Encoding", "gzip")
		plain, zipped := send(t, s, r), send(t, s, again)
		wantStatus(t, zipped, plain.StatusCode)
		if plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: compressed unasked", name)
		}
		// An answer has the id of its request, and nothing else that is its own.
		body := bytes.ReplaceAll(read(t, plain), []byte(requestID(plain)), []byte(requestID(zipped)))
		if zipped.Header.Get("Content-Encoding") == "gzip" {
			if !bytes.Equal(unzip(t, zipped), body) {
				t.Errorf("%s differs after decompression", name)
			}
			if !strings.Contains(strings.Join(zipped.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s: Vary %q", name, zipped.Header.Values("Vary"))
			}
			continue
		}
		if !bytes.Equal(read(t, zipped), body) {
			t.Errorf("%s differs where gzip is accepted", name)
		}
		if len(body) > 4096 && zipped.StatusCode == 200 {
			t.Errorf("%s: %d bytes are not compressed", name, len(body))
		}
	}
}

// TestLogSaysNothingOfTheVisitor: no query string, no address, nothing typed.
func TestLogSaysNothingOfTheVisitor(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, withLog(&log))
	const secret = "424242424242"
	for _, r := range []*http.Request{
		request("GET", imPage+"?dau="+secret, ""),
		request("GET", imPage+"?dau=x"+secret, ""),
		request("GET", "/"+secret, ""),
		request("GET", "/calc/"+secret, ""),
		request("GET", "/api/v1/products/"+secret, ""),
		request("POST", imPage, "dau="+secret, "Content-Type", formType, "HX-Request", "true"),
		request("POST", imPage, "dau=x"+secret, "Content-Type", formType),
		request("POST", imPage, "dau=%zz"+secret, "Content-Type", formType),
		request("POST", estimates, `{"product":"`+secret+`"}`, "Content-Type", "application/json"),
		request("POST", estimates, `{"product":"tencent-im","inputs":{"`+secret+`":1,"dau":"`+secret+`"}}`, "Content-Type", "application/json"),
		request("POST", estimates, `{"`+secret, "Content-Type", "application/json"),
		request("X"+secret, "/", ""),
		request("GET", "/", "", "User-Agent", secret, "Referer", "http://"+secret, "Cookie", "lang="+secret, "X-Forwarded-For", secret, "X-Request-Id", secret),
	} {
		send(t, s, r)
	}
	lines := 0
	for scanner := bufio.NewScanner(&log); scanner.Scan(); lines++ {
		line := scanner.Text()
		if strings.Contains(line, secret) || strings.Contains(line, "192.0.2.1") {
			t.Errorf("the log says %s", line)
		}
		entry := decode[map[string]any](t, []byte(line))
		for _, key := range []string{"route", "method", "status", "bytes", "microseconds"} {
			if _, ok := entry[key]; !ok {
				t.Errorf("no %s in %s", key, line)
			}
		}
	}
	if lines != 13 {
		t.Errorf("%d lines for 13 requests", lines)
	}
}

// TestMetrics counts requests by route, however many addresses are made up.
func TestMetrics(t *testing.T) {
	s := newServer(t, func(c *calc.Config) { c.Version = "v9.8.7" })
	for _, target := range []string{imPage, imPage + "?dau=1", fixturePage, "/calc/made-up-1", "/calc/made-up-2", "/made-up-3", "/made/up/4", "/api/made-up-5"} {
		get(t, s, target)
	}
	send(t, s, request("BREW", "/", ""))
	postJSON(t, s, `{"product":"tencent-im"}`)
	page := metricsOf(t, s)
	for _, line := range []string{
		`suanpan_requests_total{method="GET",route="/calc/:product",status="200"} 3`,
		`suanpan_requests_total{method="GET",route="/calc/:product",status="404"} 2`,
		`suanpan_requests_total{method="POST",route="/api/v1/estimates",status="200"} 1`,
		`suanpan_request_seconds_count{class="2xx",route="/calc/:product"} 3`,
		`suanpan_request_seconds_count{class="4xx",route="/calc/:product"} 2`,
		`suanpan_build_info{goversion="` + runtime.Version() + `",version="v9.8.7"} 1`,
		`go_goroutines `,
	} {
		if !strings.Contains(page, "\n"+line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
	for _, part := range []string{"made-up", "BREW", "dau="} {
		if strings.Contains(page, part) {
			t.Errorf("the metrics have %s, which a visitor made up", part)
		}
	}
}

func TestHealthAndReadiness(t *testing.T) {
	s := newServer(t)
	wantStatus(t, get(t, s, "/healthz"), 200)
	wantStatus(t, get(t, s, "/readyz"), 200)
	s.Drain()
	wantStatus(t, get(t, s, "/healthz"), 200)
	wantStatus(t, get(t, s, imPage), 200) // those who come are still answered
	r := request("GET", "/readyz", "")
	rec := newRecorder()
	s.ServeHTTP(rec, r)
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d while shutting down", rec.Code)
	}
}

// TestVisitorWhoHasGone: a request whose visitor has left, or whose time is
// over, is no panic, and what is answered is a whole answer.
func TestVisitorWhoHasGone(t *testing.T) {
	s := newServer(t)
	for name, r := range everyKind(t) {
		ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
		rec := newRecorder()
		s.ServeHTTP(rec, r.WithContext(ctx))
		cancel()
		if rec.Code == 200 && rec.Body.Len() == 0 {
			t.Errorf("%s: an empty 200", name)
		}
	}
}

// TestStartPage leads to every product and every example, and each of them
// opens.
func TestStartPage(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/"))
	checkDocument(t, doc)
	targets := map[string]bool{}
	doc.Find("main a[href]").Each(func(_ int, e *goquery.Selection) { targets[e.AttrOr("href", "")] = true })
	for _, p := range newCatalog(t).Products() {
		if !targets["/calc/"+p.ID] {
			t.Errorf("nothing leads to %s", p.ID)
		}
	}
	if len(targets) < 4 {
		t.Errorf("links %v", targets)
	}
	for target := range targets {
		res := get(t, s, target)
		wantStatus(t, res, 200)
		if path, _, _ := strings.Cut(target, "?"); path == "/calc/"+path[strings.LastIndex(path, "/")+1:] { // not a page below it
			if got := link(t, document(t, res)); got != entered(t, target) {
				t.Errorf("%s offers the link %s", target, got)
			}
		}
	}
}

// TestMarkupIsEscaped: a book's or visitor's text is text. The description of
// the API is JSON whatever the books say.
func TestMarkupIsEscaped(t *testing.T) {
	s := newServer(t)
	const attack = `"><img src=x onerror=alert(1)>`
	for _, target := range []string{imPage, "/", "/nothing"} {
		r := request("GET", target, "")
		q := r.URL.Query()
		for _, name := range []string{"dau", "option", "price_book_", "lang", attack} {
			q.Set(name, attack)
		}
		r.URL.RawQuery = q.Encode()
		body := read(t, send(t, s, r))
		if bytes.Contains(body, []byte("<img src=x")) {
			t.Errorf("%s: markup gets through", target)
		}
	}
	r := request("GET", imPage, "")
	r.Host = `evil"><b>`
	if body := read(t, send(t, s, r)); bytes.Contains(body, []byte(`evil"><b>`)) {
		t.Error("the host's markup gets through")
	}
	if !json.Valid(read(t, get(t, s, "/api/openapi.json"))) {
		t.Error("the description is no JSON")
	}
}
