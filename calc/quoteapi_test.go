package calc_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc"
	"suanpan/calc/quotes"
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
