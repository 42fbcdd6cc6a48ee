package calc_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"suanpan/pricing"
)

// BenchmarkUpdate measures what a change in the form costs: real HTTP over
// loopback, the server and the load in one process. The yardstick is the same
// web framework answering the same bytes from memory, measured in turns with
// the application in the same run, since the machine is never as fast twice.
// "of-fixed" is the application's requests a second divided by the yardstick's.
func BenchmarkUpdate(b *testing.B) {
	const form = "lang=en&months=12&dau=15%2C000&peak_groups=&users=&friends_per_user=&groups_per_user=500&group_members=2000" +
		"&daily_new_groups=&live_groups=&live_domestic_mbps=50&live_international_mbps=&live_days=20&history_days=90&advanced_moderation=yes&option="
	for _, bm := range []struct{ name, encoding string }{{"plain", ""}, {"gzip", "gzip"}} {
		b.Run(bm.name, func(b *testing.B) {
			app := httptest.NewServer(newServer(b))
			defer app.Close()
			client := loadClient()
			post := func(url string) (*http.Response, error) {
				r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(form))
				if err != nil {
					return nil, err
				}
				r.Header.Set("Content-Type", formType)
				r.Header.Set("HX-Request", "true")
				if bm.encoding != "" {
					r.Header.Set("Accept-Encoding", bm.encoding)
				}
				return client.Do(r)
			}
			res, err := post(app.URL + imPage)
			if err != nil {
				b.Fatal(err)
			}
			answer := read(b, res)
			if res.StatusCode != 200 || res.Header.Get("Content-Encoding") != bm.encoding || res.Header.Get("HX-Replace-Url") == "" {
				b.Fatalf("status %d, encoding %q", res.StatusCode, res.Header.Get("Content-Encoding"))
			}
			yardstick := httptest.NewServer(fixedAnswer(answer, res.Header))
			defer yardstick.Close()

			b.SetBytes(int64(len(answer)))
			spent := map[string]time.Duration{}
			sent := map[string]int{}
			run := func(url string, n int) {
				start := time.Now()
				load(b, n, func() error {
					res, err := post(url)
					if err != nil {
						return err
					}
					defer res.Body.Close()
					size, err := io.Copy(io.Discard, res.Body)
					if err == nil && (res.StatusCode != 200 || size != int64(len(answer))) {
						err = fmt.Errorf("status %d, %d bytes", res.StatusCode, size)
					}
					return err
				})
				spent[url] += time.Since(start)
				sent[url] += n
			}
			// Turns are short, so that whatever else the machine does falls on both.
			const turn = 200
			b.ResetTimer()
			for done := 0; done < b.N; done += turn {
				n := min(turn, b.N-done)
				run(app.URL+imPage, n)
				run(yardstick.URL+imPage, n)
			}
			rate := func(url string) float64 { return float64(sent[url]) / spent[url].Seconds() }
			b.ReportMetric(rate(app.URL+imPage), "app-req/s")
			b.ReportMetric(rate(yardstick.URL+imPage), "fixed-req/s")
			b.ReportMetric(rate(app.URL+imPage)/rate(yardstick.URL+imPage), "of-fixed")
		})
	}
}

// fixedAnswer is a bare server of the framework that reads the form and
// answers with the same bytes every time.
func fixedAnswer(body []byte, header http.Header) http.Handler {
	e := echo.New()
	e.POST("/calc/:product", func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		if encoding := header.Get("Content-Encoding"); encoding != "" {
			c.Response().Header().Set("Content-Encoding", encoding)
		}
		return c.HTMLBlob(http.StatusOK, body)
	})
	return e
}

// loadClient keeps a connection for each worker and decompresses nothing.
func loadClient() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableCompression: true, MaxIdleConns: 1000, MaxIdleConnsPerHost: 1000,
		DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
	}}
}

// load sends n requests from several workers at once.
func load(b *testing.B, n int, send func() error) {
	b.Helper()
	const workers = 16
	work, failed := make(chan struct{}), make(chan error, workers)
	for range workers {
		go func() {
			var err error
			for range work {
				if e := send(); e != nil {
					err = e
				}
			}
			failed <- err
		}()
	}
	for range n {
		work <- struct{}{}
	}
	close(work)
	for range workers {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswers measures the application without a network or a load tool,
// for comparing one version with another, and for profiles: the pages that the
// load tool has floors for, and an estimate.
func BenchmarkAnswers(b *testing.B) {
	s := newServer(b)
	large := "/calc/tencent-trtc"
	all := everyInput(b, newCatalog(b), "tencent-trtc")
	forecast := send(b, s, request("GET", large+"/forecast?"+all+"&over=av_hd_minutes&horizon=12", "")).Header.Get("Location")
	quote := saveQuote(b, s, `{"items":[{"product":"tencent-im","inputs":{"dau":15000}}]}`)
	page := func(address string) func() *http.Request {
		return func() *http.Request { return request("GET", address, "", "Accept-Encoding", "gzip") }
	}
	for _, bm := range []struct {
		name    string
		request func() *http.Request
	}{
		{"start", page("/")},
		{"page", page(imPage + "?dau=15000&history_days=90&months=12")},
		{"update", func() *http.Request {
			return request("POST", imPage, "dau=15000&history_days=90&months=12", "Content-Type", formType, "HX-Request", "true", "Accept-Encoding", "gzip")
		}},
		{"large", page(large + "?" + all)},
		{"outlook", page(large + "/outlook?" + all)},
		{"forecast", page(forecast)},
		{"quote", page("/q/" + quote.ID)},
		{"estimate", func() *http.Request {
			return request("POST", estimates, `{"product":"tencent-im","inputs":{"dau":15000}}`, "Content-Type", "application/json")
		}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rec := httptest.ResponseRecorder{Body: new(bytes.Buffer)}
				s.ServeHTTP(&rec, bm.request())
				if rec.Code != 200 {
					b.Fatal(rec.Code)
				}
			}
		})
	}
}

// everyInput states every input of a product that is no rows, as an address has
// them, like the load tool.
func everyInput(b *testing.B, c *pricing.Catalog, id string) string {
	product, ok := c.Product(id)
	if !ok {
		b.Fatal(id)
	}
	q := url.Values{}
	for _, in := range product.Newest().Inputs {
		switch in.Kind {
		case pricing.KindCount:
			q.Set(in.ID, strconv.FormatInt(min(in.Maximum, 123457), 10))
		case pricing.KindYesNo:
			q.Set(in.ID, "yes")
		case pricing.KindChoice, pricing.KindChoices:
			q.Set(in.ID, in.Choices[len(in.Choices)-1].ID)
		}
	}
	return q.Encode()
}
