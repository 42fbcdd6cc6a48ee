package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// The tests whose names begin with TestProcess run the program as it is run
// everywhere: built, as a process of its own, on a database of its own. The race
// detector sees nothing of another process, so `make race` leaves them to
// `make unit`.

// executable builds the program once, without C, as it is released.
var executable = sync.OnceValues(func() (path string, err error) {
	if builtIn, err = os.MkdirTemp("", "suanpan"); err != nil {
		return "", err
	}
	path = filepath.Join(builtIn, "suanpan")
	cmd := exec.Command("go", "build", "-trimpath", "-o", path, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// builtIn is the folder that the program was built in, if it was.
var builtIn string

func TestMain(m *testing.M) {
	status := m.Run()
	if builtIn != "" {
		os.RemoveAll(builtIn)
	}
	os.Exit(status)
}

// process is the built program while it serves.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	// url is where it serves, once it does.
	url       string
	out, errs said
	ended     chan struct{}
}

// said is what a process has said so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to it.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String returns all of it.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// begin starts the program on a database and does not wait for it. It ends with
// the test, when what it has said must not have told anything.
func begin(t *testing.T, db string) *process {
	t.Helper()
	path, err := executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, ended: make(chan struct{})}
	p.cmd = exec.Command(path, "-addr", "127.0.0.1:0", "-rate", "0", "-db", db)
	p.cmd.Env, p.cmd.Dir = []string{}, filepath.Dir(path)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.kill()
		tellsNothing(t, "the log", p.errs.String())
	})
	return p
}

// launch starts the program on a database and waits until it serves.
func launch(t *testing.T, db string) *process {
	t.Helper()
	p := begin(t, db)
	p.serves()
	return p
}

// serves waits until the program serves.
func (p *process) serves() {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if _, address, found := strings.Cut(p.out.String(), "http://"); found && strings.HasSuffix(address, "\n") {
			p.url = "http://" + strings.TrimSpace(address)
			return
		}
		select {
		case <-p.ended:
			p.t.Fatalf("the program ended: %s", &p.errs)
		default:
		}
	}
	p.t.Fatalf("the program does not serve: %s", &p.errs)
}

// kill ends the program at once, without telling it.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	<-p.ended
}

// carryOut runs a command of the program to its end.
func carryOut(t *testing.T, in string, args ...string) result {
	t.Helper()
	path, err := executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Env, cmd.Dir = []string{}, filepath.Dir(path)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
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
		Transport: wires, Jar: jar, Timeout: 30 * time.Second,
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

// ledger knows which quotes were acknowledged.
type ledger struct {
	mu     sync.Mutex
	quotes []quote
}

func (l *ledger) add(q quote) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quotes = append(l.quotes, q)
}

// all returns those that were acknowledged so far.
func (l *ledger) all() []quote {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.quotes[:len(l.quotes):len(l.quotes)]
}

// areThere checks that quotes are there, whole, with the hash that was
// acknowledged.
func areThere(t *testing.T, address string, acknowledged []quote) {
	t.Helper()
	v := newVisitor(t, "en")
	atOnce(8, len(acknowledged), func(i int) {
		q := acknowledged[i]
		if q.Hash == "" { // the draft does not tell it
			r, err := v.get(address + "/api/v1/quotes/" + q.ID)
			if err != nil {
				t.Error(err)
				return
			}
			now, err := r.read()
			if err != nil {
				t.Error(err)
				return
			}
			q.Hash = now.Hash
		}
		r, err := v.get(address + "/q/" + q.ID + ".json")
		if err != nil {
			t.Error(err)
			return
		}
		if sum := sha256.Sum256(r.body); r.status != http.StatusOK || hex.EncodeToString(sum[:]) != q.Hash {
			t.Errorf("status %d: a quote that was acknowledged is not there as it was saved: %.300s", r.status, r.body)
		}
	})
}

// atOnce calls a function with 0 to n-1, several at once.
func atOnce(several, n int, do func(i int)) {
	work := make(chan int)
	var all sync.WaitGroup
	for range several {
		all.Go(func() {
			for i := range work {
				do(i)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	all.Wait()
}

// line is a line of an export.
type line struct {
	ID       string   `json:"id"`
	Hash     string   `json:"hash"`
	Document *string  `json:"document"`
	Revises  string   `json:"revises"`
	Browsers []string `json:"browsers"`
}

// exported returns what a database holds, of which everything has to be whole.
func exported(t *testing.T, db string) []line {
	t.Helper()
	r := carryOut(t, "", "export", "-db", db)
	if r.status != 0 {
		t.Fatalf("export: %s", r.err)
	}
	var lines []line
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(r.out)); ; {
		var l line
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return lines
		} else if err != nil {
			t.Fatal(err)
		}
		if l.Document != nil {
			if sum := sha256.Sum256([]byte(*l.Document)); hex.EncodeToString(sum[:]) != l.Hash {
				t.Errorf("%s does not match its hash", l.ID)
			}
		}
		if seen[l.ID] {
			t.Errorf("%s is there twice", l.ID)
		}
		if l.Revises != "" && !seen[l.Revises] {
			t.Errorf("%s comes before what it revises", l.ID)
		}
		seen[l.ID] = true
		lines = append(lines, l)
	}
}

// holds checks that a database holds the quotes that were acknowledged and no
// others, and returns it as it is exported.
func holds(t *testing.T, db string, acknowledged []quote) []line {
	t.Helper()
	lines := exported(t, db)
	hashes := map[string]string{}
	for _, l := range lines {
		hashes[l.ID] = l.Hash
	}
	for _, q := range acknowledged {
		hash, found := hashes[q.ID]
		if !found || (q.Hash != "" && q.Hash != hash) {
			t.Errorf("%s was acknowledged and is not there, or another", q.ID)
		}
		delete(hashes, q.ID)
	}
	if len(hashes) > 0 {
		t.Errorf("%d quotes are there that nobody was told of", len(hashes))
	}
	return lines
}
