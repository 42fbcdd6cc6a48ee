package calc_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc"
	"suanpan/calc/quotes"
	"suanpan/calc/quotes/sqlstore"
	"suanpan/pricing"
)

// fixture is the invented product of the test books. It stands for every
// product that the code has never heard of.
const fixture = "fixture-cloud"

const estimates = "/api/v1/estimates"

var loadCatalog = sync.OnceValues(func() (*pricing.Catalog, error) {
	return pricing.LoadCatalog(pricing.EmbeddedBooks(), os.DirFS("../testdata/books"))
})

// newCatalog returns the embedded price books together with the test books. It
// is read-only, and so one will do for all tests.
func newCatalog(t testing.TB) *pricing.Catalog {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// manyCases leaves a test with many cases out of a short run, as make quick is.
func manyCases(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("many cases: left to the run that is not short")
	}
}

// newStore opens the store of quotes in a file.
func newStore(t testing.TB, file string) quotes.Store {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// newServer returns a server of all books without a limit on requests, with a
// store of its own. The options change its configuration.
func newServer(t testing.TB, options ...func(*calc.Config)) *calc.Server {
	t.Helper()
	cfg := calc.Config{Catalog: newCatalog(t), Log: slog.New(slog.DiscardHandler)}
	for _, o := range options {
		o(&cfg)
	}
	if cfg.Quotes == nil {
		cfg.Quotes = newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	}
	s, err := calc.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// withLog makes the server log to a writer.
func withLog(w io.Writer) func(*calc.Config) {
	return func(c *calc.Config) { c.Log = slog.New(slog.NewJSONHandler(w, nil)) }
}

// request returns a request with headers given as name, value, name, value.
func request(method, target, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// send has the server answer a request without a network. No answer to any
// request of these tests may be a failure of the server itself.
func send(t testing.TB, h http.Handler, r *http.Request) *http.Response {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	res := rec.Result()
	if res.StatusCode >= 500 {
		t.Errorf("%s %s: status %d, a failure of the server", r.Method, r.URL, res.StatusCode)
	}
	return res
}

// newRecorder is for answers that [send] would not let pass.
func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

// read returns the body of an answer.
func read(t testing.TB, res *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// get answers GET.
func get(t testing.TB, h http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodGet, target, "", headers...))
}

// postJSON sends an estimate request as the documentation says.
func postJSON(t testing.TB, h http.Handler, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodPost, estimates, body, append([]string{"Content-Type", "application/json"}, headers...)...))
}

// The answers of the API as a client of its own would declare them. They are
// written again here, so that a field renamed in the code fails the tests.
type (
	estimateAnswer struct {
		Product     string         `json:"product"`
		PriceBook   string         `json:"price_book"`
		Currency    string         `json:"currency"`
		Months      int            `json:"months"`
		Recommended *string        `json:"recommended"`
		Options     []optionAnswer `json:"options"`
	}
	optionAnswer struct {
		ID         string           `json:"id"`
		Name       string           `json:"name"`
		Feasible   bool             `json:"feasible"`
		Complete   bool             `json:"complete"`
		Total      string           `json:"total"`
		Monthly    string           `json:"monthly"`
		Prepaid    string           `json:"prepaid"`
		Postpaid   string           `json:"postpaid"`
		Lines      []lineAnswer     `json:"lines"`
		Purchases  []purchaseAnswer `json:"purchases"`
		Violations []struct {
			Input   string  `json:"input"`
			Limit   *string `json:"limit"`
			Message string  `json:"message"`
		} `json:"violations"`
		Notes []string `json:"notes"`
	}
	lineAnswer struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Amount     string `json:"amount"`
		Settlement string `json:"settlement"`
		Quantity   string `json:"quantity"`
		Unit       string `json:"unit"`
		Formula    string `json:"formula"`
		Source     string `json:"source"`
	}
	purchaseAnswer struct {
		ID       string `json:"id"`
		Window   int    `json:"window"`
		Size     string `json:"size"`
		Quantity string `json:"quantity"`
		Amount   string `json:"amount"`
		Rate     string `json:"rate"`
	}
	problem struct {
		RequestID string  `json:"request_id"`
		Type      string  `json:"type"`
		Title     string  `json:"title"`
		Status    int     `json:"status"`
		Detail    string  `json:"detail"`
		Errors    []fault `json:"errors"`
	}
	fault struct {
		Input   string `json:"input"`
		Code    string `json:"code"`
		Message string `json:"message"`
	}
)

// option returns one of the options of an answer.
func (e *estimateAnswer) option(t testing.TB, id string) *optionAnswer {
	t.Helper()
	for i := range e.Options {
		if e.Options[i].ID == id {
			return &e.Options[i]
		}
	}
	t.Fatalf("there is no option %s of %s", id, e.Product)
	return nil
}

// line returns the amount of one of the lines, or nothing.
func (o *optionAnswer) line(id string) string {
	for i := range o.Lines {
		if o.Lines[i].ID == id {
			return o.Lines[i].Amount
		}
	}
	return ""
}

// estimate sends an estimate request that must be answered with an estimate.
func estimate(t testing.TB, h http.Handler, body string) *estimateAnswer {
	t.Helper()
	res := postJSON(t, h, body)
	data := read(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%.300s: status %d: %s", body, res.StatusCode, data)
	}
	answer := decode[estimateAnswer](t, data)
	return &answer
}

// eachBook goes through every book of every product.
func eachBook(t *testing.T, f func(t *testing.T, p *pricing.Product, b *pricing.Book)) {
	t.Helper()
	for _, p := range newCatalog(t).Products() {
		for _, b := range p.Books {
			t.Run(p.ID+"/"+b.ID, func(t *testing.T) { f(t, p, b) })
		}
	}
}

// requestOf writes a usage as the body of a request for its book. Inputs that
// have their default are left out.
func requestOf(t testing.TB, u *pricing.Usage) string {
	t.Helper()
	book := u.Book()
	inputs := map[string]any{}
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if u.IsDefault(in) {
			continue
		}
		switch in.Kind {
		case pricing.KindRows:
			rows := []map[string]any{}
			for _, row := range u.Rows(in) {
				fields := map[string]any{}
				for j := range in.Fields {
					if row[j] != in.Fields[j].Default {
						fields[in.Fields[j].ID] = valueOf(&in.Fields[j], row[j])
					}
				}
				rows = append(rows, fields)
			}
			inputs[in.ID] = rows
		case pricing.KindChoices:
			ids := []string{}
			for c := range in.Choices {
				if u.Chosen(in, c) {
					ids = append(ids, in.Choices[c].ID)
				}
			}
			inputs[in.ID] = ids
		default:
			inputs[in.ID] = valueOf(in, u.Count(in))
		}
	}
	body, err := json.Marshal(map[string]any{"product": book.Product, "price_book": book.ID, "inputs": inputs})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func valueOf(in *pricing.Input, value int64) any {
	switch in.Kind {
	case pricing.KindYesNo:
		return value == 1
	case pricing.KindChoice:
		return in.Choices[value].ID
	default:
		return value
	}
}

// decode reads JSON into a new value of a type.
func decode[T any](t testing.TB, data []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %.300s", err, data)
	}
	return v
}

// wantProblem checks that an answer is a complete problem of the status.
func wantProblem(t testing.TB, res *http.Response, status int) problem {
	t.Helper()
	body := read(t, res)
	if res.StatusCode != status {
		t.Fatalf("status %d, want %d: %.300s", res.StatusCode, status, body)
	}
	if kind := res.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("content type %q, want application/problem+json", kind)
	}
	p := decode[problem](t, body)
	if p.RequestID == "" || p.RequestID != res.Header.Get("X-Request-Id") {
		t.Errorf("the problem says the id %q", p.RequestID)
	}
	if p.Status != status || p.Type == "" || p.Title == "" || p.Detail == "" {
		t.Errorf("incomplete problem: %+v", p)
	}
	if (len(p.Errors) > 0) != (status == http.StatusUnprocessableEntity) {
		t.Errorf("status %d with %d faults of inputs", status, len(p.Errors))
	}
	return p
}

// document parses the page or fragment of an answer.
func document(t testing.TB, res *http.Response) *goquery.Document {
	t.Helper()
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
		t.Fatalf("content type %q, want text/html", kind)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(read(t, res)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func pointer[T any](v T) *T { return &v }
