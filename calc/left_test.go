package calc_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"suanpan/calc"
	"suanpan/calc/quotes"
)

// slowStore keeps everybody waiting who reads from it, until they leave.
type slowStore struct {
	quotes.Store
	came chan struct{}
}

func (s slowStore) wait(ctx context.Context) error {
	s.came <- struct{}{}
	<-ctx.Done()
	return ctx.Err()
}

func (s slowStore) Ready(ctx context.Context, _ time.Time) error { return s.wait(ctx) }

func (s slowStore) Quote(ctx context.Context, _ string) (*quotes.Record, error) {
	return nil, s.wait(ctx)
}

func (s slowStore) Draft(ctx context.Context, _ quotes.Browser) (quotes.Draft, error) {
	return quotes.Draft{}, s.wait(ctx)
}

// lockedBuffer is written to by a server and read by its test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// until waits for a condition, and reports whether it came to hold.
func until(holds func() bool) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// TestVisitorsLeaveAtOnce: who goes away before the answer, while the store works or
// in the middle of the own request, has done nothing wrong, and nor has the
// server: no error is logged, and none is counted.
func TestVisitorsLeaveAtOnce(t *testing.T) {
	const id = "abcdefghijklmnopqrstuvwxyz"
	for _, tt := range []struct {
		name, route string
		request     *http.Request
	}{
		{"a page", "/q/:id", request("GET", "/q/"+id, "")},
		{"a file", "/q/:id", request("GET", "/q/"+id+".json", "")},
		{"the API", "/api/v1/quotes/:id", request("GET", "/api/v1/quotes/"+id, "")},
		{"readiness", "/readyz", request("GET", "/readyz", "")},
		{"a draft", "/draft", request("GET", "/draft", "", "Cookie", "browser="+strings.Repeat("a", 26))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log lockedBuffer
			store := slowStore{newStore(t, t.TempDir()+"/quotes.db"), make(chan struct{})}
			s := newServer(t, withLog(&log), withStore(store))
			server := httptest.NewServer(s)
			defer server.Close()
			ctx, leave := context.WithCancel(t.Context())
			r := tt.request.Clone(ctx)
			r.RequestURI = ""
			r.URL.Scheme, r.URL.Host = "http", server.Listener.Addr().String()
			done := make(chan error)
			go func() {
				res, err := server.Client().Do(r)
				if err == nil {
					res.Body.Close()
				}
				done <- err
			}()
			<-store.came
			leave()
			if err := <-done; err == nil {
				t.Fatal("there was an answer")
			}
			wantLeft(t, s, &log, tt.route)
		})
	}
	for _, tt := range []struct{ route, path, kind string }{
		{"/api/v1/estimates", estimates, "application/json"},
		{"/api/v1/quotes", quotesAPI, "application/json"},
		{"/calc/:product", imPage, formType},
		{"/draft/items", "/draft/items", formType},
	} {
		t.Run("half a request to "+tt.path, func(t *testing.T) {
			var log lockedBuffer
			s := newServer(t, withLog(&log))
			server := httptest.NewServer(s)
			defer server.Close()
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			head := "POST " + tt.path + " HTTP/1.1\r\nHost: example.com\r\nContent-Type: " + tt.kind + "\r\nContent-Length: 900\r\n\r\n"
			if _, err := io.WriteString(conn, head+`{"product"`); err != nil {
				t.Fatal(err)
			}
			conn.Close()
			if !until(func() bool { return strings.Contains(log.String(), `"request"`) }) {
				t.Fatal("the request was not logged")
			}
			if strings.Contains(log.String(), `"ERROR"`) || strings.Contains(log.String(), `"status":5`) {
				t.Errorf("the log says %s", log.String())
			}
		})
	}
}

// wantLeft fails the test if the one request of the log is not that of a visitor
// who left.
func wantLeft(t *testing.T, s *calc.Server, log *lockedBuffer, route string) {
	t.Helper()
	if !until(func() bool { return strings.Contains(log.String(), `"request"`) }) {
		t.Fatal("the request was not logged")
	}
	if said := log.String(); strings.Contains(said, `"ERROR"`) || strings.Contains(said, `"WARN"`) || !strings.Contains(said, `"status":499`) {
		t.Errorf("the log says %s", said)
	}
	s.Drain() // so that the metrics do not ask a slow store whether it is ready
	metrics := metricsOf(t, s)
	if line := `suanpan_requests_total{method="GET",route="` + route + `",status="499"} 1`; !strings.Contains(metrics, line) {
		t.Errorf("the metrics lack %s", line)
	}
}

// TestFailureOfWhoStayed: an error that says it was cancelled, while the visitor
// is still there, is one.
func TestFailureOfWhoStayed(t *testing.T) {
	var log lockedBuffer
	store := canceledStore{newStore(t, t.TempDir()+"/quotes.db")}
	s := newServer(t, withLog(&log), withStore(store))
	rec := newRecorder()
	s.ServeHTTP(rec, request("GET", "/q/abcdefghijklmnopqrstuvwxyz", ""))
	if rec.Code != 500 {
		t.Errorf("status %d", rec.Code)
	}
	if !strings.Contains(log.String(), `"ERROR"`) {
		t.Errorf("the log says %s", log.String())
	}
}

type canceledStore struct{ quotes.Store }

func (canceledStore) Quote(context.Context, string) (*quotes.Record, error) {
	return nil, context.Canceled
}
