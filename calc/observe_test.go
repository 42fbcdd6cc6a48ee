package calc_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"suanpan/calc"
	"suanpan/calc/quotes"
)

// metricsOf returns the metrics of a server.
func metricsOf(t testing.TB, s *calc.Server) string {
	t.Helper()
	rec := httptest.NewRecorder()
	s.Metrics().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("status %d of the metrics", rec.Code)
	}
	return rec.Body.String()
}

func requestID(res *http.Response) string { return res.Header.Get("X-Request-Id") }

// brokenStore fails with an error as often as it is asked to keep something.
type brokenStore struct {
	quotes.Store
	err error
}

func (s *brokenStore) Save(ctx context.Context, q *quotes.Saving) (*quotes.Record, []byte, error) {
	if s.err != nil {
		return nil, nil, s.err
	}
	return s.Store.Save(ctx, q)
}

func (s *brokenStore) PutDraft(ctx context.Context, b quotes.Browser, content []byte, version int64, at time.Time) error {
	if s.err != nil {
		return s.err
	}
	return s.Store.PutDraft(ctx, b, content, version, at)
}

func (s *brokenStore) Ready(ctx context.Context, now time.Time) error {
	if s.err != nil {
		return s.err
	}
	return s.Store.Ready(ctx, now)
}

// TestFailedSaveIsLoggedOnce: each save that fails is in the log once, with the
// reason and with the id that the answer has, also where people read it.
func TestFailedSaveIsLoggedOnce(t *testing.T) {
	var log bytes.Buffer
	store := &brokenStore{Store: newStore(t, t.TempDir()+"/quotes.db")}
	s := newServer(t, withStore(store), withLog(&log))
	rep := newRep(t, s)
	rep.add(proItem)
	draft := rep.page()
	store.err = errors.Join(quotes.ErrUnavailable, errors.New("no room on the disk"))
	for name, save := range map[string]func() *http.Response{
		"API": func() *http.Response {
			return answer(s, request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json"))
		},
		"a draft":             func() *http.Response { return rep.doOn(draft, "save") },
		"a change of a draft": func() *http.Response { return rep.doOn(draft, "refresh", "title", "Confidential") },
		"something for a draft": func() *http.Response {
			return rep.post("/draft/items", belonging(document(t, rep.get(roomsItem)), "quote-form"))
		},
	} {
		log.Reset()
		res := save()
		id := requestID(res)
		wantStatus(t, res, http.StatusServiceUnavailable)
		if body := string(read(t, res)); id == "" || !strings.Contains(body, id) {
			t.Errorf("%s: the answer does not have the id %q: %.300s", name, id, body)
		}
		failed, requests := 0, 0
		for line := range strings.Lines(log.String()) {
			entry := decode[map[string]any](t, []byte(line))
			switch {
			case entry["id"] != id:
			case entry["level"] == "ERROR" && strings.Contains(line, "no room on the disk"):
				failed++
			case entry["msg"] == "request":
				requests++
			}
		}
		if failed != 1 || requests != 1 || strings.Count(log.String(), "no room") != 1 || strings.Contains(log.String(), "Confidential") {
			t.Errorf("%s: the log says %s", name, &log)
		}
	}
}

// TestRequestIDs: every answer has one, and no two have the same.
func TestRequestIDs(t *testing.T) {
	s := newServer(t)
	seen := map[string]bool{}
	for name, r := range everyKind(t) {
		res := send(t, s, r)
		id := requestID(res)
		if id == "" || seen[id] {
			t.Errorf("%s: the id is %q", name, id)
		}
		seen[id] = true
		body := string(read(t, res))
		if names := strings.Contains(body, id); res.StatusCode >= 400 && !names && res.Header.Get("Content-Encoding") == "" && r.Method != http.MethodHead && strings.Contains(body, `class="error"`) {
			t.Errorf("%s: the page does not have the id", name)
		}
	}
}

// TestPanicIsLoggedOnce with its stack and the id of the request.
func TestPanicIsLoggedOnce(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, withLog(&log), withStore(panickingStore{newStore(t, t.TempDir()+"/quotes.db")}))
	rec := newRecorder()
	s.ServeHTTP(rec, request("GET", "/q/"+strings.Repeat("a", 26), ""))
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("status %d", rec.Code)
	}
	if said := log.String(); strings.Count(said, "out of ideas") != 1 || !strings.Contains(said, "panickingStore.Quote") ||
		strings.Count(said, rec.Header().Get("X-Request-Id")) != 2 || strings.Contains(rec.Body.String(), "out of ideas") {
		t.Errorf("the log says %s", said)
	}
}

type panickingStore struct{ quotes.Store }

func (panickingStore) Quote(context.Context, string) (*quotes.Record, error) { panic("out of ideas") }

// TestReadinessIsSaidOnce: however often it is asked, the log has when it began
// and when it ended; the metrics have what is.
func TestReadinessIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	store := &brokenStore{Store: newStore(t, t.TempDir()+"/quotes.db")}
	s := newServer(t, withStore(store), withLog(&log))
	ask := func(want int, metric string) {
		t.Helper()
		for range 3 {
			if res := answer(s, request("GET", "/readyz", "")); res.StatusCode != want {
				t.Errorf("status %d, want %d", res.StatusCode, want)
			}
			if !strings.Contains(metricsOf(t, s), "\nsuanpan_ready "+metric+"\n") {
				t.Errorf("the metrics do not say %s", metric)
			}
		}
	}
	ask(200, "1")
	store.err = errors.Join(quotes.ErrUnavailable, errors.New("no room on the disk"))
	ask(503, "0")
	store.err = nil
	ask(200, "1")
	if said := log.String(); strings.Count(said, "not ready") != 1 || strings.Count(said, "no room on the disk") != 1 || strings.Count(said, "ready again") != 1 {
		t.Errorf("the log says %s", said)
	}
	s.Drain()
	ask(503, "0")
}

// TestStoreIsMeasured: how long each operation takes, what fails, what is saved.
func TestStoreIsMeasured(t *testing.T) {
	store := &brokenStore{Store: newStore(t, t.TempDir()+"/quotes.db")}
	s := newServer(t, withStore(store))
	const key = "0123456789abcdefghij"
	q := saveQuote(t, s, oneItem, "Idempotency-Key", key)
	saveQuote(t, s, oneItem, "Idempotency-Key", key)
	getQuote(t, s, q.ID)
	rep := newRep(t, s)
	rep.add(proItem)
	rep.get("/quotes")
	store.err = quotes.ErrUnavailable
	answer(s, request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json"))
	said := metricsOf(t, s)
	for _, line := range []string{
		`suanpan_saved_total{what="quote"} 1`, `suanpan_saved_total{what="draft"} 1`,
		`suanpan_store_seconds_count{operation="save"} 3`, `suanpan_store_seconds_count{operation="quote"} 1`,
		`suanpan_store_seconds_count{operation="put_draft"} 1`, `suanpan_store_seconds_count{operation="made"} 1`,
		`suanpan_gate_computing{lane="light"} 0`, `suanpan_gate_waiting{lane="dear"} 0`,
		`suanpan_store_failures_total{operation="save"} 1`, `suanpan_store_failures_total{operation="quote"} 0`,
	} {
		if !strings.Contains(said, "\n"+line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
	wantStatus(t, get(t, s, "/metrics"), 404) // visitors have no part in it
}

// TestMetricsAreExplained: the page for whoever runs the program has every metric
// that it has, and no other.
func TestMetricsAreExplained(t *testing.T) {
	page, err := os.ReadFile("../doc/running.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, withBudget(1<<20))
	saveQuote(t, s, oneItem)
	get(t, s, "/")
	has := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (suanpan_\w+)`).FindAllStringSubmatch(metricsOf(t, s), -1) {
		has[m[1]] = true
		if !strings.Contains(string(page), "`"+m[1]+"`") {
			t.Errorf("nothing is said of %s", m[1])
		}
	}
	for _, name := range regexp.MustCompile(`suanpan_[a-z]\w+`).FindAllString(string(page), -1) {
		if !has[strings.TrimSuffix(name, "_bucket")] {
			t.Errorf("there is no %s", name)
		}
	}
}
