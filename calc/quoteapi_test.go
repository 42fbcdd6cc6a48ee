package calc_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/calc/quotes"
	"suanpan/calc/quotes/sqlstore"
	"suanpan/pricing"
)

const quotesAPI = "/api/v1/quotes"

// The answers about quotes as a client of its own would declare them.
type (
	quoteAnswer struct {
		ID         string            `json:"id"`
		Revises    *string           `json:"revises"`
		CreatedAt  string            `json:"created_at"`
		ValidUntil string            `json:"valid_until"`
		ValidDays  int               `json:"valid_days"`
		Lang       string            `json:"lang"`
		Title      string            `json:"title"`
		Customer   string            `json:"customer"`
		PreparedBy string            `json:"prepared_by"`
		Note       string            `json:"note"`
		Currency   string            `json:"currency"`
		Total      string            `json:"total"`
		Prepaid    string            `json:"prepaid"`
		Postpaid   string            `json:"postpaid"`
		Items      []quoteItemAnswer `json:"items"`
		URL        string            `json:"url"`
		Hash       string            `json:"hash"`
		State      string            `json:"state"`
		RevisedBy  *string           `json:"revised_by"`
		OwnerToken *string           `json:"owner_token"`
	}
	quoteItemAnswer struct {
		Product       string          `json:"product"`
		Name          string          `json:"name"`
		PriceBook     string          `json:"price_book"`
		PriceBookHash string          `json:"price_book_hash"`
		Currency      string          `json:"currency"`
		Months        int             `json:"months"`
		Option        string          `json:"option"`
		OptionName    string          `json:"option_name"`
		Recommended   string          `json:"recommended"`
		Quantity      int64           `json:"quantity"`
		Inputs        json.RawMessage `json:"inputs"`
		Total         string          `json:"total"`
		Monthly       string          `json:"monthly"`
		Prepaid       string          `json:"prepaid"`
		Postpaid      string          `json:"postpaid"`
		Amount        string          `json:"amount"`
		Complete      bool            `json:"complete"`
		Lines         []lineAnswer    `json:"lines"`
		Exclusions    []string        `json:"exclusions"`
	}
	withdrawnAnswer struct {
		ID          string `json:"id"`
		Hash        string `json:"hash"`
		CreatedAt   string `json:"created_at"`
		WithdrawnAt string `json:"withdrawn_at"`
		State       string `json:"state"`
	}
	todayAnswer struct {
		ID         string            `json:"id"`
		Date       string            `json:"date"`
		Currency   string            `json:"currency"`
		Before     string            `json:"before"`
		After      string            `json:"after"`
		Difference string            `json:"difference"`
		Whole      bool              `json:"whole"`
		Items      []todayItemAnswer `json:"items"`
	}
	todayItemAnswer struct {
		Product          string             `json:"product"`
		Quantity         int                `json:"quantity"`
		Before           itemPriceAnswer    `json:"before"`
		After            *itemPriceAnswer   `json:"after"`
		Difference       string             `json:"difference"`
		SameBook         bool               `json:"same_book"`
		ProductGone      bool               `json:"product_gone"`
		OptionGone       bool               `json:"option_gone"`
		OptionInfeasible bool               `json:"option_infeasible"`
		LeftOut          []string           `json:"left_out"`
		Lines            []lineChangeAnswer `json:"lines"`
	}
	itemPriceAnswer struct {
		PriceBook  string `json:"price_book"`
		Option     string `json:"option"`
		OptionName string `json:"option_name"`
		Total      string `json:"total"`
		Amount     string `json:"amount"`
	}
	lineChangeAnswer struct {
		ID              string  `json:"id"`
		Before          string  `json:"before"`
		After           string  `json:"after"`
		Difference      string  `json:"difference"`
		Reason          string  `json:"reason"`
		FormulaBefore   *string `json:"formula_before"`
		FormulaAfter    *string `json:"formula_after"`
		UnitPriceBefore *string `json:"unit_price_before"`
		UnitPriceAfter  *string `json:"unit_price_after"`
	}
)

// withStore has a server keep its quotes in a store that others may have too.
func withStore(store quotes.Store) func(*calc.Config) {
	return func(c *calc.Config) { c.Quotes = store }
}

// clock is the time of a server, which a test can move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func withClock(c *clock) func(*calc.Config) { return func(cfg *calc.Config) { cfg.Now = c.Now } }

// noon is a time at which it is the same day in China.
func noon() *clock { return &clock{now: time.Date(2026, 3, 10, 4, 0, 0, 987_654_321, time.UTC)} }

const bearerOf = "Bearer "

// postQuote sends a request to save a quote.
func postQuote(t testing.TB, h http.Handler, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodPost, quotesAPI, body, append([]string{"Content-Type", "application/json"}, headers...)...))
}

// saveQuote sends a request that must save a quote.
func saveQuote(t testing.TB, h http.Handler, body string, headers ...string) *quoteAnswer {
	t.Helper()
	res := postQuote(t, h, body, headers...)
	data := read(t, res)
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("%.300s: status %d: %.500s", body, res.StatusCode, data)
	}
	q := decode[quoteAnswer](t, data)
	if q.OwnerToken == nil || len(*q.OwnerToken) < 22 {
		t.Fatalf("owner's token %s", text(q.OwnerToken))
	}
	return &q
}

func getQuote(t testing.TB, h http.Handler, id string) *quoteAnswer {
	t.Helper()
	res := get(t, h, quotesAPI+"/"+id)
	wantStatus(t, res, 200)
	q := decode[quoteAnswer](t, read(t, res))
	return &q
}

func withdraw(t testing.TB, h http.Handler, id string, headers ...string) *http.Response {
	t.Helper()
	return send(t, h, request(http.MethodPost, quotesAPI+"/"+id+"/withdraw", "", headers...))
}

// answer has the server answer a request that [send] would not let pass.
func answer(h http.Handler, r *http.Request) *http.Response {
	rec := newRecorder()
	h.ServeHTTP(rec, r)
	return rec.Result()
}

const oneItem = `{"items":[{"product":"fixture-cloud"}]}`

// threeItems is a quote of everything that can be said in one.
const threeItems = `{"title":"Rooms & chat <1>","customer":"小米 “Xiaomi”","prepared_by":"Li Lei","note":"Net 30.\nThanks!","valid_days":"14","lang":"en","items":[
	{"product":"fixture-cloud","price_book":"2025-06-01","inputs":{"meeting_rooms":3,"months":2},"option":"business","quantity":"3"},
	{"product":"tencent-im","inputs":{"dau":15000,"history_days":90,"months":12}},
	{"product":"fixture-cloud","inputs":{"welcome_desk":false},"quantity":1}]}`

// savedText returns what the hash of a quote is of, as the description says to
// find it in an answer.
func savedText(t testing.TB, body []byte) []byte {
	t.Helper()
	saved, _, ok := bytes.Cut(body, []byte(`,"url":`))
	if !ok {
		t.Fatalf("no url in %s", body)
	}
	return append(slices.Clone(saved), "}\n"...)
}

func wantHash(t testing.TB, body []byte) {
	t.Helper()
	sum := sha256.Sum256(savedText(t, body))
	if got := decode[quoteAnswer](t, body).Hash; got != hex.EncodeToString(sum[:]) {
		t.Errorf("the hash is %s, that of the answer %x", got, sum)
	}
}

func TestQuoteIsSavedAndRead(t *testing.T) {
	s := newServer(t, withClock(noon()))
	res := postQuote(t, s, threeItems)
	body := read(t, res)
	wantStatus(t, res, 201)
	q := decode[quoteAnswer](t, body)
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("content type %q, cache %q", kind, res.Header.Get("Cache-Control"))
	}
	if !regexp.MustCompile(`^[a-z2-7]{26}$`).MatchString(q.ID) || q.URL != "http://example.com/q/"+q.ID || res.Header.Get("Location") != "http://example.com/api/v1/quotes/"+q.ID {
		t.Errorf("id %q, url %q, location %q", q.ID, q.URL, res.Header.Get("Location"))
	}
	if q.Title != "Rooms & chat <1>" || q.Customer != "小米 “Xiaomi”" || q.PreparedBy != "Li Lei" || q.Note != "Net 30.\nThanks!" || q.Lang != "en" || q.ValidDays != 14 {
		t.Errorf("%+v", q)
	}
	if q.State != "valid" || q.CreatedAt != "2026-03-10T04:00:00Z" || q.ValidUntil != "2026-03-24" || q.Revises != nil || q.RevisedBy != nil || q.Currency != "CNY" {
		t.Errorf("%+v", q)
	}
	if !bytes.Contains(body, []byte(`"revises":null`)) || !bytes.Contains(body, []byte(`"revised_by":null`)) {
		t.Errorf("revises and revised_by are not null in %s", body)
	}
	wantHash(t, body)

	// Business in 2025: 2 × 480 + 3 × 8 × 2.405 × 2 + 2 × 99.99 = 1275.42, three times.
	rooms, chat := q.Items[0], q.Items[1]
	if rooms.PriceBook != "2025-06-01" || rooms.Option != "business" || rooms.Recommended != "basic" || rooms.Quantity != 3 || rooms.Total != "1275.42" || rooms.Amount != "3826.26" || rooms.Months != 2 {
		t.Errorf("%+v", rooms)
	}
	if chat.PriceBook != "2020-10-30" || chat.Option != "pro" || chat.OptionName != "Pro" || chat.Quantity != 1 || chat.Total != "35988.00" || chat.Amount != "35988.00" || len(chat.Lines) != 3 || !chat.Complete {
		t.Errorf("%+v", chat)
	}
	if third := q.Items[2]; third.PriceBook != "2026-01-01" || third.Amount != "146.50" {
		t.Errorf("%+v", third)
	}
	if q.Total != "39960.76" || decimal.RequireFromString(q.Prepaid).Add(decimal.RequireFromString(q.Postpaid)).StringFixed(2) != q.Total {
		t.Errorf("total %s, prepaid %s, postpaid %s", q.Total, q.Prepaid, q.Postpaid)
	}

	// It is read as it was saved, without the token, whatever the reader's language.
	again := get(t, s, quotesAPI+"/"+q.ID, "Accept-Language", "zh")
	wantStatus(t, again, 200)
	if again.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("cache %q", again.Header.Get("Cache-Control"))
	}
	same := read(t, again)
	wantHash(t, same)
	if without := strings.Replace(string(body), `,"owner_token":"`+*q.OwnerToken+`"`, "", 1); string(same) != without {
		t.Errorf("read as\n%s\nsaved as\n%s", same, without)
	}
	if head := send(t, s, request(http.MethodHead, quotesAPI+"/"+q.ID, "")); head.StatusCode != 200 {
		t.Errorf("HEAD: status %d", head.StatusCode)
	}
	if file := read(t, get(t, s, "/q/"+q.ID+".json")); !bytes.Equal(file, savedText(t, same)) {
		t.Errorf("the file of the quote is not what is hashed: %s", file)
	}
}

func TestQuoteDefaults(t *testing.T) {
	s := newServer(t, withClock(noon()))
	q := saveQuote(t, s, oneItem)
	if q.Title != "" || q.Customer != "" || q.PreparedBy != "" || q.Note != "" || q.ValidDays != 30 || q.ValidUntil != "2026-04-09" || q.Lang != "en" {
		t.Errorf("%+v", q)
	}
	if item := q.Items[0]; item.Quantity != 1 || item.PriceBook != "2026-01-01" || item.Option != "basic" || item.Total != "246.49" {
		t.Errorf("%+v", item)
	}
	if zh := saveQuote(t, s, oneItem, "Accept-Language", "zh-CN"); zh.Lang != "zh" || zh.Items[0].OptionName != "基础版" {
		t.Errorf("%+v", zh)
	}
	if en := saveQuote(t, s, `{"lang":"en",`+oneItem[1:], "Accept-Language", "zh-CN"); en.Lang != "en" || en.Items[0].OptionName != "Basic" {
		t.Errorf("%+v", en)
	}
}

// TestQuoteStates: it expires after its last day in China, and is revised once
// it was.
func TestQuoteStates(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	q := saveQuote(t, s, `{"valid_days":1,`+oneItem[1:])
	for _, step := range []struct {
		move time.Duration
		want string
	}{{0, "valid"}, {35 * time.Hour, "valid"}, {time.Hour, "expired"}} {
		now.move(step.move)
		if got := getQuote(t, s, q.ID); got.State != step.want || got.ValidUntil != "2026-03-11" {
			t.Errorf("%v: %s", now.Now(), got.State)
		}
	}
	newer := saveQuote(t, s, `{"revises":"`+q.ID+`",`+oneItem[1:], "Authorization", bearerOf+*q.OwnerToken)
	if got := getQuote(t, s, q.ID); got.State != "revised" || text(got.RevisedBy) != newer.ID {
		t.Errorf("%+v", got)
	}
}

// TestStatusOrderOfQuotes sends requests with several faults. The table of the
// public interface says which of them is answered.
func TestStatusOrderOfQuotes(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	const kind = "application/json"
	huge := strings.Repeat("[", 1<<20+1)
	revises := `"revises":"` + q.ID + `",`
	for _, tt := range []struct {
		name, kind, body, key string
		want                  int
	}{
		{"415 before 413", "text/plain", huge, "", 415},
		{"415 before 400", "text/plain", "{", "", 415},
		{"413 before 400", kind, huge, "", 413},
		{"400 before 404", kind, `{"items":[{"product":"no"}],"colour":1}`, "", 400},
		{"400 before 404, in an item", kind, `{"items":[{"product":"no"},{"colour":1}]}`, "", 400},
		{"400 before 422", kind, `{"valid_days":0,"items":[],"lang":"fr"}`, "", 400},
		{"400 for the key before 404", kind, `{"items":[{"product":"no"}]}`, strings.Repeat("k", 256), 400},
		{"404 before 403", kind, `{` + revises + `"items":[{"product":"no"}]}`, "", 404},
		{"404 before 422", kind, `{"valid_days":0,"items":[{"product":"fixture-cloud","inputs":{"months":0}},{"product":"no"}]}`, "", 404},
		{"404 of many before 422", kind, `{"items":[` + strings.Repeat(`{"product":"fixture-cloud"},`, 20) + `{}]}`, "", 404},
		{"404 for what is revised before 422", kind, `{"revises":"x","valid_days":0,"items":[]}`, "", 404},
		{"403 before 422", kind, `{` + revises + `"valid_days":0,"items":[]}`, "", 403},
		{"422 alone", kind, `{"valid_days":0,"items":[]}`, "", 422},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(http.MethodPost, quotesAPI, tt.body, "Content-Type", tt.kind)
			if tt.key != "" {
				r.Header.Set("Idempotency-Key", tt.key)
			}
			wantProblem(t, send(t, s, r), tt.want)
		})
	}
}

func TestBodyLimitOfQuotes(t *testing.T) {
	s := newServer(t)
	exactly := func(n int) string { return oneItem + strings.Repeat(" ", n-len(oneItem)) }
	saveQuote(t, s, exactly(1<<20))
	for lang, want := range map[string]string{"en": "The request is larger than 1 MiB.", "zh": "请求内容超过 1 MiB。"} {
		if p := wantProblem(t, postQuote(t, s, exactly(1<<20+1), "Accept-Language", lang), 413); p.Detail != want {
			t.Errorf("%q", p.Detail)
		}
		if p := wantProblem(t, postJSON(t, s, exactly(64<<10+1), "Accept-Language", lang), 413); !strings.Contains(p.Detail, "64 KiB") {
			t.Errorf("%q", p.Detail)
		}
	}
	r := request(http.MethodPost, quotesAPI, exactly(1<<20+1), "Content-Type", "application/json")
	r.ContentLength = -1
	wantProblem(t, send(t, s, r), 413)
	q := saveQuote(t, s, oneItem)
	r = request(http.MethodPost, quotesAPI+"/"+q.ID+"/withdraw", exactly(64<<10+1), "Authorization", bearerOf+*q.OwnerToken)
	wantProblem(t, send(t, s, r), 413)
	if got := getQuote(t, s, q.ID); got.State != "valid" {
		t.Errorf("withdrawn by a request that was refused: %s", got.State)
	}
}

func TestMalformedQuotes(t *testing.T) {
	s := newServer(t)
	item := func(field string) string { return `{"items":[{"product":"fixture-cloud",` + field + `}]}` }
	for name, body := range map[string]string{
		"empty":                      ``,
		"cut off":                    `{"items":[`,
		"array":                      `[]`,
		"null":                       `null`,
		"second document":            oneItem + oneItem,
		"duplicate":                  `{"title":"a","title":"a"}`,
		"duplicate in an item":       `{"items":[{"product":"fixture-cloud","product":"fixture-cloud"}]}`,
		"duplicate in inputs":        item(`"inputs":{"months":1,"months":1}`),
		"unknown field":              `{"colour":1}`,
		"field in the wrong case":    `{"Title":"a"}`,
		"id of one's own":            `{"id":"a"}`,
		"title null":                 `{"title":null}`,
		"title number":               `{"title":1}`,
		"customer array":             `{"customer":[]}`,
		"prepared_by bool":           `{"prepared_by":true}`,
		"note object":                `{"note":{}}`,
		"valid_days null":            `{"valid_days":null}`,
		"valid_days bool":            `{"valid_days":true}`,
		"valid_days array":           `{"valid_days":[1]}`,
		"lang null":                  `{"lang":null}`,
		"lang fr":                    `{"lang":"fr"}`,
		"revises null":               `{"revises":null}`,
		"revises number":             `{"revises":1}`,
		"items null":                 `{"items":null}`,
		"items object":               `{"items":{}}`,
		"items string":               `{"items":"a"}`,
		"item null":                  `{"items":[null]}`,
		"item string":                `{"items":["fixture-cloud"]}`,
		"item array":                 `{"items":[[]]}`,
		"product null":               `{"items":[{"product":null}]}`,
		"product number":             `{"items":[{"product":1}]}`,
		"price_book null":            item(`"price_book":null`),
		"price_book number":          item(`"price_book":20260101`),
		"inputs null":                item(`"inputs":null`),
		"inputs array":               item(`"inputs":[]`),
		"option null":                item(`"option":null`),
		"option number":              item(`"option":1`),
		"quantity null":              item(`"quantity":null`),
		"quantity bool":              item(`"quantity":false`),
		"quantity object":            item(`"quantity":{}`),
		"unknown field in an item":   item(`"colour":1`),
		"lang in an item":            item(`"lang":"en"`),
		"second item, unknown field": `{"items":[{"product":"fixture-cloud"},{"product":"fixture-cloud","months":1}]}`,
		"invalid UTF-8":              "{\"title\":\"\xff\"}",
		"half a surrogate pair":      `{"title":"\ud800"}`,
		"deep nesting":               item(`"inputs":{"months":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + `}`),
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, postQuote(t, s, body), 400) })
	}
	if p := wantProblem(t, postQuote(t, s, `{"items":[{},{"product":1}]}`), 400); !strings.Contains(p.Detail, "items[1].product") {
		t.Errorf("the detail does not say where: %q", p.Detail)
	}
}

func TestIdempotencyKeysAtFault(t *testing.T) {
	s := newServer(t)
	for _, key := range []string{"", strings.Repeat("k", 256), "a\tb", "clé", "键", "a\x7f"} {
		r := request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", key)
		if p := wantProblem(t, send(t, s, r), 400); !strings.Contains(p.Detail, "Idempotency-Key") {
			t.Errorf("%q: %q", key, p.Detail)
		}
	}
	two := request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", "a")
	two.Header.Add("Idempotency-Key", "b")
	wantProblem(t, send(t, s, two), 400)
	for _, key := range []string{"k", "~ !\"", strings.Repeat("k", 255)} {
		saveQuote(t, s, oneItem, "Idempotency-Key", key)
	}
}

func TestUnknownProductsAndBooksOfQuotes(t *testing.T) {
	s := newServer(t)
	for items, where := range map[string]string{
		`{}`:                        "items[0]",
		`{"product":""}`:            "items[0]",
		`{"product":"no"}`:          "items[0]",
		`{"product":"Tencent-IM"}`:  "items[0]",
		`{"inputs":{"months":"x"}}`: "items[0]",
		`{"product":"tencent-im","price_book":""}`:                                     "items[0]",
		`{"product":"tencent-im","price_book":"1999-01-01"}`:                           "items[0]",
		`{"product":"tencent-im"},{"product":"tencent-im","price_book":"2026-01-01"}`:  "items[1]",
		`{"product":"tencent-im"},{"product":"fixture-cloud"},{"product":"no"},{}`:     "items[2]",
		strings.Repeat(`{"product":"tencent-im"},`, 19) + `{"product":"fixture-land"}`: "items[19]",
	} {
		for lang, words := range map[string]string{"en": "no such", "zh": "没有"} {
			p := wantProblem(t, postQuote(t, s, `{"lang":"`+lang+`","items":[`+items+`]}`), 404)
			if !strings.HasPrefix(p.Detail, where) || !strings.Contains(p.Detail, words) {
				t.Errorf("%s: %q", items, p.Detail)
			}
		}
	}
}

// faultsOf returns "input code" of each fault of a problem, in order.
func faultsOf(t testing.TB, p problem) string {
	t.Helper()
	var got []string
	for _, f := range p.Errors {
		got = append(got, f.Input+" "+f.Code)
		if f.Message == "" {
			t.Errorf("nothing is said of %s", f.Input)
		}
	}
	return strings.Join(got, ", ")
}

func TestFaultsOfQuotes(t *testing.T) {
	s := newServer(t)
	top := func(fields string) string { return `{` + fields + `,` + oneItem[1:] }
	item := func(fields string) string { return `{"items":[{"product":"fixture-cloud",` + fields + `}]}` }
	twenty := strings.Repeat(`{"product":"fixture-cloud"},`, 20)
	for _, tt := range []struct{ name, body, faults string }{
		{"no items", `{}`, "items no_items"},
		{"empty items", `{"items":[]}`, "items no_items"},
		{"21 items", `{"items":[` + twenty + `{"product":"fixture-cloud"}]}`, "items too_many_items"},
		{"21 items, nothing about the single ones", `{"valid_days":0,"items":[` + twenty + `{"product":"fixture-cloud","quantity":0,"option":"x","inputs":{"months":0}}]}`, "valid_days out_of_range, items too_many_items"},
		{"title", top(`"title":"` + strings.Repeat("名", 201) + `"`), "title too_long"},
		{"all texts", top(`"note":"` + strings.Repeat("x", 5001) + `","prepared_by":"` + strings.Repeat("x", 201) + `","customer":"` + strings.Repeat("x", 201) + `"`), "customer too_long, prepared_by too_long, note too_long"},
		{"days 0", top(`"valid_days":0`), "valid_days out_of_range"},
		{"days 366", top(`"valid_days":"366"`), "valid_days out_of_range"},
		{"days -1", top(`"valid_days":-1`), "valid_days out_of_range"},
		{"days endless", top(`"valid_days":` + strings.Repeat("9", 500_000)), "valid_days out_of_range"},
		{"days 1.5", top(`"valid_days":1.5`), "valid_days not_whole"},
		{"days 30.0", top(`"valid_days":"30.0"`), "valid_days not_whole"},
		{"days 1e999999999", top(`"valid_days":1e999999999`), "valid_days not_whole"},
		{"days abc", top(`"valid_days":"abc"`), "valid_days not_a_number"},
		{"days empty", top(`"valid_days":""`), "valid_days not_a_number"},
		{"days 007", top(`"valid_days":"007"`), "valid_days not_a_number"},
		{"days -0", top(`"valid_days":-0`), "valid_days not_a_number"},
		{"quantity 0", item(`"quantity":0`), "items[0].quantity out_of_range"},
		{"quantity 10001", item(`"quantity":"10001"`), "items[0].quantity out_of_range"},
		{"quantity 2.0", item(`"quantity":2.0`), "items[0].quantity not_whole"},
		{"quantity two", item(`"quantity":"two"`), "items[0].quantity not_a_number"},
		{"quantity ２", item(`"quantity":"２"`), "items[0].quantity not_a_number"},
		{"no such option", item(`"option":"gold"`), "items[0].option unknown_choice"},
		{"option in capitals", item(`"option":"Basic"`), "items[0].option unknown_choice"},
		{"option empty", item(`"option":""`), "items[0].option unknown_choice"},
		{"infeasible", item(`"option":"basic","inputs":{"video_wall":true}`), "items[0].option infeasible"},
		{"infeasible and a quantity", item(`"option":"basic","inputs":{"video_wall":true},"quantity":0`), "items[0].quantity out_of_range, items[0].option infeasible"},
		{"nothing serves it", `{"items":[{"product":"tencent-im","inputs":{"group_members":6001}}]}`, "items[0].option infeasible"},
		{"an input", item(`"inputs":{"months":0}`), "items[0].inputs.months out_of_range"},
		{"an unknown input", item(`"inputs":{"zebra":0}`), "items[0].inputs.zebra unknown_input"},
		{"inputs, and what they leave of the option is not judged", item(`"option":"basic","inputs":{"video_wall":true,"months":0}`), "items[0].inputs.months out_of_range"},
		{"inputs, and an option that is not there at all", item(`"option":"gold","inputs":{"months":0}`), "items[0].inputs.months out_of_range, items[0].option unknown_choice"},
		{"a row", `{"items":[{"product":"fixture-cloud"},{"product":"aliyun-multimodal","inputs":{"workloads":[{"asr":"loud","colour":1},7]}}]}`, "items[1].inputs.workloads[0].asr unknown_choice, items[1].inputs.workloads[0].colour unknown_input, items[1].inputs.workloads[1] wrong_type"},
		{
			"everything at once", `{"items":[{"product":"fixture-cloud","quantity":0,"inputs":{"months":"x"}},{"product":"fixture-cloud","option":"basic","inputs":{"video_wall":true}},` +
				strings.Repeat(`{"product":"fixture-cloud"},`, 9) + `{"product":"fixture-cloud","option":"","quantity":1.5}],"valid_days":"abc","title":"` + strings.Repeat("x", 201) + `"}`,
			"valid_days not_a_number, title too_long, items[0].inputs.months not_a_number, items[0].quantity out_of_range, items[1].option infeasible, " +
				"items[11].option unknown_choice, items[11].quantity not_whole",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, lang := range []string{"en", "zh"} {
				p := wantProblem(t, postQuote(t, s, tt.body, "Accept-Language", lang), 422)
				if got := faultsOf(t, p); got != tt.faults {
					t.Errorf("faults\n%s, want\n%s", got, tt.faults)
				}
				for _, f := range p.Errors {
					if chineseText.MatchString(f.Message) != (lang == "zh") {
						t.Errorf("%s says %q", f.Input, f.Message)
					}
				}
			}
		})
	}
}

func TestValuesOnTheEdgeOfQuotes(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{"valid_days":1,` + oneItem[1:], `{"valid_days":"365",` + oneItem[1:],
		`{"items":[{"product":"fixture-cloud","quantity":10000}]}`,
		`{"items":[` + strings.Repeat(`{"product":"fixture-cloud"},`, 19) + `{"product":"fixture-cloud"}]}`,
		`{"title":"` + strings.Repeat("名", 200) + `","note":"` + strings.Repeat("😀", 5000) + `",` + oneItem[1:],
		`{"title":"\u0000\u0001\u001f\u007f\ufffe=cmd","note":"\r\n\t",` + oneItem[1:],
	} {
		q := saveQuote(t, s, body)
		sent := decode[struct{ Title, Note string }](t, []byte(body))
		if got := getQuote(t, s, q.ID); got.Title != sent.Title || got.Note != sent.Note {
			t.Errorf("%q, %q", got.Title, got.Note)
		}
	}
}

func TestErrorsOfQuotesSpeakTheLanguageOfTheRequest(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, body := range []string{
		`{"lang":"zh","valid_days":0,"items":[]}`, `{"lang":"zh","items":[{}]}`, `{"lang":"zh","revises":"x",` + oneItem[1:],
		`{"lang":"zh","revises":"` + q.ID + `",` + oneItem[1:],
	} {
		p := decode[problem](t, read(t, postQuote(t, s, body, "Accept-Language", "en")))
		if !chineseText.MatchString(p.Title) || !chineseText.MatchString(p.Detail) {
			t.Errorf("%s: %q, %q", body, p.Title, p.Detail)
		}
	}
}

func TestSameKeySavesOnce(t *testing.T) {
	s := newServer(t)
	first := postQuote(t, s, threeItems, "Idempotency-Key", "one")
	second := postQuote(t, s, threeItems, "Idempotency-Key", "one")
	a, b := read(t, first), read(t, second)
	if first.StatusCode != 201 || second.StatusCode != 201 || !bytes.Equal(a, b) || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("status %d and %d\n%s\n%s", first.StatusCode, second.StatusCode, a, b)
	}
	q := decode[quoteAnswer](t, a)
	if other := saveQuote(t, s, threeItems, "Idempotency-Key", "two"); other.ID == q.ID {
		t.Error("another key, the same quote")
	}
	if other := saveQuote(t, s, threeItems); other.ID == q.ID {
		t.Error("no key, the same quote")
	}
	for _, body := range []string{oneItem, threeItems + " "} {
		res := postQuote(t, s, body, "Idempotency-Key", "one")
		p := decode[problem](t, read(t, res))
		if res.StatusCode != 422 || !strings.Contains(p.Detail, "Idempotency-Key") || len(p.Errors) != 0 || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("status %d, %+v", res.StatusCode, p)
		}
	}
	// The token works, and once the quote is withdrawn the key says so.
	wantStatus(t, withdraw(t, s, q.ID, "Authorization", bearerOf+*q.OwnerToken), 200)
	wantProblem(t, postQuote(t, s, threeItems, "Idempotency-Key", "one"), 410)
}

func TestSameKeyAtOnce(t *testing.T) {
	s := newServer(t)
	const clients = 12
	answers := make([][]byte, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			res := answer(s, request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", "same"))
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
	second := saveQuote(t, s, revision, append(token, "Idempotency-Key", "revision")...)
	if text(second.Revises) != first.ID || second.State != "valid" || *second.OwnerToken == *first.OwnerToken {
		t.Errorf("%+v", second)
	}
	wantHash(t, read(t, get(t, s, quotesAPI+"/"+second.ID)))
	if got := getQuote(t, s, first.ID); got.State != "revised" || text(got.RevisedBy) != second.ID {
		t.Errorf("%+v", got)
	}
	wantProblem(t, postQuote(t, s, revision, token...), 409)
	// Whoever repeats the request that has revised it is not told off for that.
	if again := saveQuote(t, s, revision, append(token, "Idempotency-Key", "revision")...); again.ID != second.ID || *again.OwnerToken != *second.OwnerToken {
		t.Errorf("%+v", again)
	}
	wantProblem(t, postQuote(t, s, revision, "Idempotency-Key", "revision"), 403)

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
		if !slices.Equal(names, []string{"created_at", "detail", "hash", "id", "status", "title", "type", "withdrawn_at"}) {
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
	for _, change := range []string{
		`document = CAST(replace(document, '246.49', '1.00') AS BLOB)`, `document = x'00'`, `document = CAST('{}' AS BLOB)`, `document = x''`,
		`valid_until = '2099-12-31'`, `total = '1.00'`, `hash = 'no'`,
	} {
		q := saveQuote(t, s, `{"customer":"Xiaomi",`+oneItem[1:])
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("UPDATE quotes SET "+change+" WHERE id = ?", q.ID); err != nil {
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
	q := saveQuote(t, s, threeItems, "Idempotency-Key", "a-key-of-mine")
	newer := saveQuote(t, s, `{"revises":"`+q.ID+`",`+threeItems[1:], "Authorization", bearerOf+*q.OwnerToken)
	getQuote(t, s, q.ID)
	get(t, s, quotesAPI+"/"+q.ID+"/today")
	postQuote(t, s, oneItem, "Idempotency-Key", "a-key-of-mine")
	postQuote(t, s, `{"revises":"`+q.ID+`",`+threeItems[1:], "Authorization", bearerOf+*q.OwnerToken)
	withdraw(t, s, newer.ID, "Authorization", bearerOf+"wrong-"+*newer.OwnerToken)
	withdraw(t, s, newer.ID, "Authorization", bearerOf+*newer.OwnerToken)
	get(t, s, quotesAPI+"/"+newer.ID)
	get(t, s, quotesAPI+"/no-such-quote")
	metrics := string(read(t, get(t, s, "/metrics")))
	if !strings.Contains(log.String(), "/api/v1/quotes/:id/withdraw") {
		t.Fatalf("the log is not that of these requests: %s", &log)
	}
	for _, secret := range []string{q.ID, newer.ID, *q.OwnerToken, *newer.OwnerToken, "a-key-of-mine", "no-such-quote", "Xiaomi", "Li Lei", q.Hash} {
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

func today(t testing.TB, s *calc.Server, id string) *todayAnswer {
	t.Helper()
	res := get(t, s, quotesAPI+"/"+id+"/today")
	body := read(t, res)
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("status %d, cache %q: %s", res.StatusCode, res.Header.Get("Cache-Control"), body)
	}
	a := decode[todayAnswer](t, body)
	return &a
}

func TestQuoteAtTodaysPrices(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	q := saveQuote(t, s, `{"items":[{"product":"fixture-cloud","price_book":"2025-06-01","inputs":{"months":2},"quantity":3},{"product":"tencent-im","inputs":{"dau":15000}}]}`)
	now.move(13 * time.Hour) // it is tomorrow in China
	got := today(t, s, q.ID)
	if got.ID != q.ID || got.Date != "2026-03-11" || got.Currency != "CNY" || got.Before != q.Total || !got.Whole || got.Difference != "120.00" || len(got.Items) != 2 ||
		decimal.RequireFromString(got.After).Sub(decimal.RequireFromString(got.Before)).StringFixed(2) != "120.00" {
		t.Errorf("%+v", got)
	}
	rooms := got.Items[0]
	if rooms.Before.PriceBook != "2025-06-01" || rooms.After.PriceBook != "2026-01-01" || rooms.Before.Option != "basic" || rooms.After.OptionName != "Basic" ||
		rooms.Before.Total != "452.98" || rooms.After.Total != "492.98" || rooms.Before.Amount != "1358.94" || rooms.After.Amount != "1478.94" ||
		rooms.Difference != "120.00" || rooms.SameBook || rooms.Quantity != 3 {
		t.Errorf("%+v", rooms)
	}
	want := lineChangeAnswer{
		"rent", "603", "723", "120", "price", pointer("2 × ¥100.50"), pointer("2 × ¥120.50"), pointer("100.5"), pointer("120.5"),
	}
	if len(rooms.Lines) != 1 || !reflect.DeepEqual(rooms.Lines[0], want) {
		t.Errorf("lines %+v", rooms.Lines)
	}
	if chat := got.Items[1]; !chat.SameBook || chat.Difference != "0.00" || len(chat.Lines) != 0 || chat.OptionGone || chat.OptionInfeasible || chat.ProductGone || chat.LeftOut == nil {
		t.Errorf("%+v", chat)
	}
	if again := getQuote(t, s, q.ID); again.Hash != q.Hash || again.Total != q.Total {
		t.Errorf("the quote has changed: %+v", again)
	}
}

// TestOldEasemobQuoteToday: the figures of the 2022 book stay to the fen, and
// what has become of each line says why today's differ.
func TestOldEasemobQuoteToday(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"items":[{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370,"months":12,"group_members":3000}}]}`)
	estimated := estimate(t, s, `{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370,"months":12,"group_members":3000}}`)
	item := q.Items[0]
	if item.Total != estimated.option(t, item.Option).Total || q.Total != item.Total {
		t.Errorf("%+v", item)
	}
	newest := estimate(t, s, `{"product":"easemob-im","inputs":{"dau":82370,"months":12,"group_members":3000}}`)
	got := today(t, s, q.ID)
	change := got.Items[0]
	if got.Before != q.Total || change.After == nil || change.After.PriceBook != newest.PriceBook || change.After.Total != newest.option(t, change.After.Option).Total {
		t.Fatalf("%+v", got)
	}
	if change.OptionGone || change.OptionInfeasible {
		if change.After.Option != text(newest.Recommended) {
			t.Errorf("compared with %s, not with the recommended option", change.After.Option)
		}
	} else if change.After.Option != item.Option {
		t.Errorf("compared with %s", change.After.Option)
	}
	sum := decimal.Zero
	for _, line := range change.Lines {
		d := decimal.RequireFromString(line.After).Sub(decimal.RequireFromString(line.Before))
		if !d.Equal(decimal.RequireFromString(line.Difference)) || d.IsZero() {
			t.Errorf("%+v", line)
		}
		if (line.Reason == "added") != (line.FormulaBefore == nil) || (line.Reason == "removed") != (line.FormulaAfter == nil) {
			t.Errorf("%+v", line)
		}
		sum = sum.Add(d)
	}
	if sum.StringFixed(2) != got.Difference || got.Difference == "0.00" {
		t.Errorf("the lines differ by %s, the total by %s", sum, got.Difference)
	}
	wantHash(t, read(t, get(t, s, quotesAPI+"/"+q.ID)))
}

// TestQuoteOfAProductThatIsGone: a server without its price books shows the
// quote as ever, and says that it cannot be priced.
func TestQuoteOfAProductThatIsGone(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	q := saveQuote(t, newServer(t, withStore(store)), threeItems)
	embedded, err := pricing.LoadCatalog(pricing.EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, withStore(store), func(c *calc.Config) { c.Catalog = embedded })
	if got := getQuote(t, s, q.ID); got.Total != q.Total || got.Hash != q.Hash {
		t.Errorf("%+v", got)
	}
	got := today(t, s, q.ID)
	if rooms := got.Items[0]; got.Whole || !rooms.ProductGone || rooms.After != nil || rooms.SameBook {
		t.Errorf("%+v", got)
	}
	if got.After != "35988.00" || got.Items[1].After == nil {
		t.Errorf("%+v", got)
	}
	// What cannot be priced any more is not compared with what still can.
	if body := read(t, get(t, s, quotesAPI+"/"+q.ID+"/today")); got.Difference != "" || got.Items[0].Difference != "" || bytes.Count(body, []byte(`"difference":null`)) != 3 {
		t.Errorf("unlike things are compared: %s", body)
	}
}

// TestAnyQuoteSaysWhatTheEstimateSays: whatever is asked for, of every product
// and book, the quote has the same inputs and figures as the estimate, and its
// hash is that of what it says.
func TestAnyQuoteSaysWhatTheEstimateSays(t *testing.T) {
	t.Parallel()
	oneThread(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	quoted := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		var items []string
		var want []quoteItemAnswer
		for range rapid.IntRange(1, 3).Draw(rt, "items") {
			_, book := anyBook(rt, products)
			u := anyUsage(rt, book)
			asked := requestOf(t, u)
			estimated := estimate(t, s, asked)
			option := rapid.SampledFrom(estimated.Options).Draw(rt, "option")
			item := quoteItemAnswer{
				Product: book.Product, PriceBook: book.ID, Option: option.ID, OptionName: option.Name, Months: estimated.Months, Currency: estimated.Currency,
				Total: option.Total, Monthly: option.Monthly, Prepaid: option.Prepaid, Postpaid: option.Postpaid, Complete: option.Complete, Lines: option.Lines,
				Quantity: rapid.Int64Range(1, quotes.MaxQuantity).Draw(rt, "quantity"),
			}
			asked = strings.TrimSuffix(asked, "}") + fmt.Sprintf(`,"option":%q,"quantity":%d}`, option.ID, item.Quantity)
			if !option.Feasible {
				p := wantProblem(t, postQuote(t, s, `{"items":[`+asked+`]}`), 422)
				if got := faultsOf(t, p); got != "items[0].option infeasible" {
					rt.Fatalf("%s: %s", asked, got)
				}
				continue
			}
			items, want = append(items, asked), append(want, item)
		}
		if len(items) == 0 {
			return
		}
		saved := saveQuote(t, s, `{"items":[`+strings.Join(items, ",")+`]}`)
		body := read(t, get(t, s, quotesAPI+"/"+saved.ID))
		wantHash(t, body)
		q := decode[quoteAnswer](t, body)
		total := decimal.Zero
		for i, got := range q.Items {
			amount := decimal.RequireFromString(want[i].Total).Mul(decimal.NewFromInt(want[i].Quantity))
			if got.Amount != amount.StringFixed(2) {
				rt.Fatalf("%s: amount %s, want %s", items[i], got.Amount, amount)
			}
			total = total.Add(amount)
			same := got
			same.Name, same.PriceBookHash, same.Recommended, same.Inputs, same.Amount, same.Exclusions = "", "", "", nil, "", nil
			if !reflect.DeepEqual(same, want[i]) {
				rt.Fatalf("%s:\n%+v, want\n%+v", items[i], same, want[i])
			}
			// The inputs, asked for again, are the same estimate.
			asked := decode[map[string]json.RawMessage](t, []byte(items[i]))
			again := estimate(t, s, fmt.Sprintf(`{"product":%q,"price_book":%q,"inputs":%s}`, got.Product, got.PriceBook, got.Inputs))
			once := estimate(t, s, fmt.Sprintf(`{"product":%q,"price_book":%q,"inputs":%s}`, got.Product, got.PriceBook, asked["inputs"]))
			if !reflect.DeepEqual(again, once) {
				rt.Fatalf("%s: the inputs of the quote are others: %s", items[i], got.Inputs)
			}
			var inputs map[string]json.RawMessage
			if err := json.Unmarshal(got.Inputs, &inputs); err != nil {
				rt.Fatal(err)
			}
			product, _ := newCatalog(t).Product(got.Product)
			if book, _ := product.Book(got.PriceBook); len(inputs) != len(book.Inputs) {
				rt.Fatalf("%d of %d inputs", len(inputs), len(book.Inputs))
			}
			quoted[got.Product]++
		}
		if q.Total != total.StringFixed(2) {
			rt.Fatalf("total %s, want %s", q.Total, total)
		}
	})
	for _, p := range products {
		if quoted[p.ID] == 0 {
			t.Errorf("no quote of %s", p.ID)
		}
	}
}

// TestManyItemsAreRefusedCheaply: a body of a mebibyte of items is no work.
func TestManyItemsAreRefusedCheaply(t *testing.T) {
	s := newServer(t)
	const item = `{"product":"tencent-trtc"},`
	body := `{"items":[` + strings.Repeat(item, (1<<20-100)/len(item)) + `{"product":"tencent-trtc"}]}`
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	r := request(http.MethodPost, quotesAPI, body, "Content-Type", "application/json").WithContext(ctx)
	p := wantProblem(t, send(t, s, r), 422)
	if got := faultsOf(t, p); got != "items too_many_items" || ctx.Err() != nil {
		t.Errorf("%s, %v", got, ctx.Err())
	}
}
