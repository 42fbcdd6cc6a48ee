package calc_test

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/sqlstore"
)

func TestSameKeySavesOnce(t *testing.T) {
	s := newServer(t)
	first := postQuote(t, s, threeItems, "Idempotency-Key", keyOf("one"))
	second := postQuote(t, s, threeItems, "Idempotency-Key", keyOf("one"))
	a, b := read(t, first), read(t, second)
	if first.StatusCode != 201 || second.StatusCode != 201 || !bytes.Equal(a, b) || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("status %d and %d\n%s\n%s", first.StatusCode, second.StatusCode, a, b)
	}
	q := decode[quoteAnswer](t, a)
	if other := saveQuote(t, s, threeItems, "Idempotency-Key", keyOf("two")); other.ID == q.ID {
		t.Error("another key, the same quote")
	}
	if other := saveQuote(t, s, threeItems); other.ID == q.ID {
		t.Error("no key, the same quote")
	}
	for _, body := range []string{oneItem, threeItems + " "} {
		res := postQuote(t, s, body, "Idempotency-Key", keyOf("one"))
		p := decode[problem](t, read(t, res))
		if res.StatusCode != 422 || !strings.Contains(p.Detail, "Idempotency-Key") || len(p.Errors) != 0 || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("status %d, %+v", res.StatusCode, p)
		}
	}
	// The token works, and once the quote is withdrawn the key says so.
	wantStatus(t, withdraw(t, s, q.ID, "Authorization", bearerOf+*q.OwnerToken), 200)
	wantProblem(t, postQuote(t, s, threeItems, "Idempotency-Key", keyOf("one")), 410)
}

func TestSameKeyAtOnce(t *testing.T) {
	s := newServer(t)
	const clients = 12
	answers := make([][]byte, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			res := answer(s, request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", keyOf("same")))
			answers[i] = read(t, res)
		})
	}
	wg.Wait()
	for _, a := range answers {
		if !bytes.Equal(a, answers[0]) || decode[quoteAnswer](t, a).OwnerToken == nil {
			t.Errorf("%s\n%s", a, answers[0])
		}
	}
}

func TestRevisions(t *testing.T) {
	s := newServer(t)
	first := saveQuote(t, s, oneItem)
	revision := `{"revises":"` + first.ID + `",` + oneItem[1:]
	other := saveQuote(t, s, oneItem)
	for name, headers := range map[string][]string{
		"no token":             nil,
		"empty token":          {"Authorization", bearerOf},
		"another's token":      {"Authorization", bearerOf + *other.OwnerToken},
		"another scheme":       {"Authorization", "Basic " + *first.OwnerToken},
		"no scheme":            {"Authorization", *first.OwnerToken},
		"token in capitals":    {"Authorization", bearerOf + strings.ToUpper(*first.OwnerToken)},
		"token cut off":        {"Authorization", bearerOf + (*first.OwnerToken)[1:]},
		"the id for the token": {"Authorization", bearerOf + first.ID},
		"the hash":             {"Authorization", bearerOf + hex.EncodeToString(quotes.HashSecret(*first.OwnerToken))},
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, postQuote(t, s, revision, headers...), 403) })
	}
	for _, id := range []string{"", "x", strings.Repeat("a", 26), strings.ToUpper(first.ID), first.ID + "\\u0000", "../" + first.ID} {
		wantProblem(t, postQuote(t, s, `{"revises":"`+id+`",`+oneItem[1:], "Authorization", bearerOf+*first.OwnerToken), 404)
	}
	if got := getQuote(t, s, first.ID); got.State != "valid" {
		t.Fatalf("revised by a request that was refused: %+v", got)
	}

	token := []string{"Authorization", "bearer " + *first.OwnerToken} // the scheme in whatever case
	second := saveQuote(t, s, revision, append(token, "Idempotency-Key", keyOf("revision"))...)
	if text(second.Revises) != first.ID || second.State != "valid" || *second.OwnerToken == *first.OwnerToken {
		t.Errorf("%+v", second)
	}
	wantHash(t, read(t, get(t, s, quotesAPI+"/"+second.ID)))
	if got := getQuote(t, s, first.ID); got.State != "revised" || text(got.RevisedBy) != second.ID {
		t.Errorf("%+v", got)
	}
	wantProblem(t, postQuote(t, s, revision, token...), 409)
	// Whoever repeats the request that has revised it is not told off for that.
	if again := saveQuote(t, s, revision, append(token, "Idempotency-Key", keyOf("revision"))...); again.ID != second.ID || *again.OwnerToken != *second.OwnerToken {
		t.Errorf("%+v", again)
	}
	wantProblem(t, postQuote(t, s, revision, "Idempotency-Key", keyOf("revision")), 403)

	wantStatus(t, withdraw(t, s, second.ID, "Authorization", bearerOf+*second.OwnerToken), 200)
	third := `{"revises":"` + second.ID + `",` + oneItem[1:]
	wantProblem(t, postQuote(t, s, third), 403)
	wantProblem(t, postQuote(t, s, third, "Authorization", bearerOf+*second.OwnerToken), 410)
}

// TestRevisionsAtOnce: of many who revise the same quote, one does.
func TestRevisionsAtOnce(t *testing.T) {
	s := newServer(t)
	first := saveQuote(t, s, oneItem)
	const clients = 8
	status := make([]int, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			status[i] = answer(s, request(http.MethodPost, quotesAPI, `{"revises":"`+first.ID+`",`+oneItem[1:], "Content-Type", "application/json", "Authorization", bearerOf+*first.OwnerToken)).StatusCode
		})
	}
	wg.Wait()
	slices.Sort(status)
	if want := append([]int{201}, slices.Repeat([]int{409}, clients-1)...); !slices.Equal(status, want) {
		t.Errorf("answers %v", status)
	}
}

func TestWithdraw(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	q, other := saveQuote(t, s, threeItems), saveQuote(t, s, oneItem)
	for _, headers := range [][]string{nil, {"Authorization", bearerOf}, {"Authorization", bearerOf + *other.OwnerToken}, {"Authorization", *q.OwnerToken}} {
		wantProblem(t, withdraw(t, s, q.ID, headers...), 403)
	}
	for _, id := range []string{"x", strings.Repeat("a", 26), q.ID + "%00"} {
		wantProblem(t, withdraw(t, s, id, "Authorization", bearerOf+*q.OwnerToken), 404)
	}
	if got := getQuote(t, s, q.ID); got.State != "valid" {
		t.Fatalf("withdrawn by a request that was refused: %+v", got)
	}

	now.move(90 * time.Minute)
	res := withdraw(t, s, q.ID, "Authorization", bearerOf+*q.OwnerToken)
	wantStatus(t, res, 200)
	got := decode[withdrawnAnswer](t, read(t, res))
	if want := (withdrawnAnswer{q.ID, q.Hash, "2026-03-10T04:00:00Z", "2026-03-10T05:30:00Z", "withdrawn"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("cache %q", res.Header.Get("Cache-Control"))
	}
	now.move(time.Hour)
	again := send(t, s, request(http.MethodPost, quotesAPI+"/"+q.ID+"/withdraw", `{}`, "Authorization", bearerOf+*q.OwnerToken, "Content-Type", "application/json"))
	if same := decode[withdrawnAnswer](t, read(t, again)); again.StatusCode != 200 || same != got {
		t.Errorf("again: status %d, %+v", again.StatusCode, same)
	}
	wantProblem(t, withdraw(t, s, q.ID), 403)

	for _, path := range []string{"", "/today"} {
		res := get(t, s, quotesAPI+"/"+q.ID+path)
		body := read(t, res)
		var names []string
		for name := range decode[map[string]any](t, body) {
			names = append(names, name)
		}
		slices.Sort(names)
		if !slices.Equal(names, []string{"created_at", "detail", "hash", "id", "request_id", "status", "title", "type", "withdrawn_at"}) {
			t.Errorf("fields %v", names)
		}
		left := decode[withdrawnAnswer](t, body)
		if left.State = "withdrawn"; res.StatusCode != 410 || res.Header.Get("Content-Type") != "application/problem+json" || left != got {
			t.Errorf("status %d, %s", res.StatusCode, body)
		}
		for _, what := range []string{"Xiaomi", "Li Lei", "39960", "tencent"} {
			if bytes.Contains(body, []byte(what)) {
				t.Errorf("%s is still there: %s", what, body)
			}
		}
	}
}

func TestUnknownQuotes(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, id := range []string{"x", strings.Repeat("a", 26), strings.Repeat("é", 13), strings.Repeat("a", 10_000), q.ID + "a", q.ID[1:], strings.ToUpper(q.ID), q.ID + "%00", q.ID + ".json", "%2e%2e", "%ff"} {
		wantProblem(t, get(t, s, quotesAPI+"/"+id), 404)
		wantProblem(t, get(t, s, quotesAPI+"/"+id+"/today"), 404)
	}
	for _, target := range []string{"GET " + quotesAPI, "PUT " + quotesAPI, "DELETE " + quotesAPI + "/" + q.ID, "POST " + quotesAPI + "/" + q.ID, "POST " + quotesAPI + "/" + q.ID + "/today", "GET " + quotesAPI + "/" + q.ID + "/withdraw"} {
		method, path, _ := strings.Cut(target, " ")
		if res := send(t, s, request(method, path, "")); res.StatusCode != 405 || res.Header.Get("Allow") == "" {
			t.Errorf("%s: status %d", target, res.StatusCode)
		}
	}
	for _, path := range []string{quotesAPI, quotesAPI + "/" + q.ID + "/withdraw"} {
		wantProblem(t, send(t, s, request(http.MethodPost, path, oneItem, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")), 403)
	}
}

// TestDamagedQuote: a row that was tampered with is reported as such, and
// nothing of it is shown.
func TestDamagedQuote(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	store := newStore(t, file)
	var log bytes.Buffer
	s := newServer(t, withStore(store), withLog(&log))
	const cheaper = `document = the cheaper one`
	for _, change := range []string{
		cheaper, `document = x'00'`, `document = CAST('{}' AS BLOB)`, `document = x''`,
		`valid_until = '2099-12-31'`, `total = '1.00'`, `hash = 'no'`,
	} {
		q := saveQuote(t, s, `{"customer":"Xiaomi",`+oneItem[1:])
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		set, values := change, []any{q.ID}
		if change == cheaper {
			document := read(t, get(t, s, "/q/"+q.ID+".json"))
			set, values = "document = ?", []any{bytes.ReplaceAll(document, []byte("246.49"), []byte("1.00")), q.ID}
		}
		if _, err := db.Exec("UPDATE quotes SET "+set+" WHERE id = ?", values...); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"", "/today"} {
			res := answer(s, request(http.MethodGet, quotesAPI+"/"+q.ID+path, ""))
			body := read(t, res)
			p := decode[problem](t, body)
			if res.StatusCode != 500 || !strings.Contains(p.Detail, "not what was saved") || bytes.Contains(body, []byte("Xiaomi")) || bytes.Contains(body, []byte(q.ID)) {
				t.Errorf("%s: status %d, %s", change, res.StatusCode, body)
			}
		}
		if strings.Contains(log.String(), q.ID) || strings.Contains(log.String(), "Xiaomi") {
			t.Errorf("%s: the log has what is secret", change)
		}
		// Its owner can still withdraw it.
		wantStatus(t, withdraw(t, s, q.ID, "Authorization", bearerOf+*q.OwnerToken), 200)
	}
}

// TestQuotesWithoutAStore: while there is none the API says so, and estimates
// go on.
func TestQuotesWithoutAStore(t *testing.T) {
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "quotes.db"))
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, withStore(store))
	q := saveQuote(t, s, oneItem)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	token := []string{"Content-Type", "application/json", "Authorization", bearerOf + *q.OwnerToken}
	for _, r := range []*http.Request{
		request(http.MethodPost, quotesAPI, oneItem, token...),
		request(http.MethodPost, quotesAPI, `{"revises":"`+q.ID+`",`+oneItem[1:], token...),
		request(http.MethodGet, quotesAPI+"/"+q.ID, ""),
		request(http.MethodGet, quotesAPI+"/"+q.ID+"/today", ""),
		request(http.MethodPost, quotesAPI+"/"+q.ID+"/withdraw", "", token...),
	} {
		res := answer(s, r)
		wantProblem(t, res, 503)
		if wait := res.Header.Get("Retry-After"); !regexp.MustCompile(`^[1-9][0-9]*$`).MatchString(wait) {
			t.Errorf("%s %s: Retry-After %q", r.Method, r.URL, wait)
		}
	}
	wantProblem(t, postQuote(t, s, `{"items":[]}`), 422)
	wantStatus(t, postJSON(t, s, `{"product":"tencent-im"}`), 200)
}

// TestQuoteSecretsAreNotLogged: neither ids nor tokens nor keys, nor what a
// quote says.
func TestQuoteSecretsAreNotLogged(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, withLog(&log))
	q := saveQuote(t, s, threeItems, "Idempotency-Key", keyOf("a-key-of-mine"))
	newer := saveQuote(t, s, `{"revises":"`+q.ID+`",`+threeItems[1:], "Authorization", bearerOf+*q.OwnerToken)
	getQuote(t, s, q.ID)
	get(t, s, quotesAPI+"/"+q.ID+"/today")
	postQuote(t, s, oneItem, "Idempotency-Key", keyOf("a-key-of-mine"))
	postQuote(t, s, `{"revises":"`+q.ID+`",`+threeItems[1:], "Authorization", bearerOf+*q.OwnerToken)
	withdraw(t, s, newer.ID, "Authorization", bearerOf+"wrong-"+*newer.OwnerToken)
	withdraw(t, s, newer.ID, "Authorization", bearerOf+*newer.OwnerToken)
	get(t, s, quotesAPI+"/"+newer.ID)
	get(t, s, quotesAPI+"/no-such-quote")
	metrics := metricsOf(t, s)
	if !strings.Contains(log.String(), "/api/v1/quotes/:id/withdraw") {
		t.Fatalf("the log is not that of these requests: %s", &log)
	}
	for _, secret := range []string{q.ID, newer.ID, *q.OwnerToken, *newer.OwnerToken, keyOf("a-key-of-mine"), "no-such-quote", "Xiaomi", "Li Lei", q.Hash} {
		if strings.Contains(log.String(), secret) || strings.Contains(metrics, secret) {
			t.Errorf("%s is logged or counted", secret)
		}
	}
}

func TestQuotesAreLimitedAndCompressed(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	q := saveQuote(t, newServer(t, withStore(store)), threeItems)
	for _, r := range []func() *http.Request{
		func() *http.Request {
			return request("POST", quotesAPI, oneItem, "Content-Type", "application/json")
		},
		func() *http.Request { return request("GET", quotesAPI+"/"+q.ID, "") },
		func() *http.Request { return request("GET", quotesAPI+"/"+q.ID+"/today", "") },
		func() *http.Request { return request("POST", quotesAPI+"/"+q.ID+"/withdraw", "") },
	} {
		s := newServer(t, withStore(store), withRate(1))
		for range 4 {
			if res := send(t, s, r()); res.StatusCode == 429 {
				t.Fatalf("%s: 429 within the burst", r().URL)
			}
		}
		res := send(t, s, r())
		wantProblem(t, res, 429)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", r().URL)
		}
	}
	res := get(t, newServer(t, withStore(store)), quotesAPI+"/"+q.ID, "Accept-Encoding", "gzip")
	if res.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("not compressed: %v", res.Header)
	}
	wantHash(t, unzip(t, res))
}
