package process

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// visitor is a browser with its cookies, or a client of the API.
type visitor struct {
	client *http.Client
	lang   string
}

// wires is shared by all visitors.
var wires = &http.Transport{MaxIdleConnsPerHost: 200, IdleConnTimeout: 5 * time.Second}

func newVisitor(t *testing.T, lang string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{lang: lang, client: &http.Client{
		Transport: wires, Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is an answer that was read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// ask sends a request; headers are given as name, value, name, value.
func (v *visitor) ask(method, address, body string, headers ...string) (*reply, error) {
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Language", v.lang)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	begin := time.Now()
	res, err := v.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	return &reply{res.StatusCode, res.Header, text, time.Since(begin)}, nil
}

func (v *visitor) get(address string) (*reply, error) { return v.ask(http.MethodGet, address, "") }

// post sends a form.
func (v *visitor) post(address string, form url.Values, headers ...string) (*reply, error) {
	return v.ask(http.MethodPost, address, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// send sends JSON.
func (v *visitor) send(address, body string, headers ...string) (*reply, error) {
	return v.ask(http.MethodPost, address, body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// must returns an answer that has to have come, with a status.
func must(t *testing.T, status int) func(*reply, error) *reply {
	return func(r *reply, err error) *reply {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if r.status != status {
			t.Fatalf("status %d, want %d: %.500s", r.status, status, r.body)
		}
		return r
	}
}

// browser returns the hash that the program keeps of a visitor's cookie.
func (v *visitor) browser(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(u) {
		if c.Name == "browser" {
			sum := sha256.Sum256([]byte(c.Value))
			return hex.EncodeToString(sum[:])
		}
	}
	t.Fatal("the browser was given no secret")
	return ""
}

// quote is what a client knows of a quote that it has saved.
type quote struct {
	ID         string `json:"id"`
	Hash       string `json:"hash"`
	OwnerToken string `json:"owner_token"`
	Revises    string `json:"revises"`
	RevisedBy  string `json:"revised_by"`
	State      string `json:"state"`
	Customer   string `json:"customer"`
	Total      string `json:"total"`
}

// read reads a quote from an answer of the API.
func (r *reply) read() (*quote, error) {
	q := &quote{}
	if err := json.Unmarshal(r.body, q); err != nil || q.ID == "" || q.Hash == "" {
		return nil, fmt.Errorf("status %d, no quote (%v): %.300s", r.status, err, r.body)
	}
	return q, nil
}

// page parses a page.
func (r *reply) page(t *testing.T) *goquery.Document {
	t.Helper()
	if kind := r.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
		t.Errorf("content type %q: %.300s", kind, r.body)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(r.body))
	if err != nil {
		panic(err) // whatever it is, it is read as HTML
	}
	return doc
}

// newOrder returns a request to save a quote, which revises another unless that
// is empty. The note makes it as long as it is to be.
func newOrder(name, revises, note string) string {
	order := map[string]any{
		"title": confidential + " title " + name, "customer": confidential + " 机密客户 " + name, "prepared_by": confidential + " Li", "note": confidential + note,
		"items": []map[string]any{{"product": "tencent-im", "inputs": map[string]any{"dau": 15000, "history_days": 90, "months": 12}, "quantity": 3}},
	}
	if revises != "" {
		order["revises"] = revises
	}
	text, err := json.Marshal(order)
	if err != nil {
		panic(err) // it is made of strings and numbers
	}
	return string(text)
}

// typedEstimate is what these quotes are of, in the address of its calculator.
const typedEstimate = "dau=15000&history_days=90&months=12"

// save saves a quote through the API, which has to work.
func (v *visitor) save(t *testing.T, address, order string, headers ...string) *quote {
	t.Helper()
	q, err := must(t, http.StatusCreated)(v.send(address+"/api/v1/quotes", order, headers...)).read()
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// add presses the button of a calculator that adds its estimate to the draft.
func (v *visitor) add(address string) (*reply, error) {
	return v.post(address+"/draft/items", url.Values{"product": {"tencent-im"}, "query": {typedEstimate}})
}

// formOf returns what a form sends but for its buttons.
func formOf(doc *goquery.Document, form string) url.Values {
	values := url.Values{}
	doc.Find("#" + form + " [name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		switch goquery.NodeName(s) {
		case "button":
		case "textarea":
			values.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case "select":
			values.Add(name, s.Find("option[selected]").AttrOr("value", ""))
		default:
			values.Add(name, s.AttrOr("value", ""))
		}
	})
	return values
}

// confidential is a word of everything that these tests type; 机密 is another.
const confidential = "Confidential"

// secretText is what ids and secrets look like, and what is typed.
var secretText = regexp.MustCompile(`\b[a-z2-7]{26}\b|` + confidential + `|机密`)

// tellsNothing fails the test if a text has an id or a secret, or anything that
// was typed.
func tellsNothing(t *testing.T, what, text string) {
	t.Helper()
	if at := secretText.FindStringIndex(text); at != nil {
		t.Errorf("%s tells what it must not: …%.200s", what, text[max(0, at[0]-100):])
	}
}
