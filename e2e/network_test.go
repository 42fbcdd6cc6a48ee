package e2e

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// updates are the requests for a new answer, held on their way.
type updates struct {
	p  *tab
	mu sync.Mutex
	// held are those under way, in the order they were sent.
	held []*fetch.EventRequestPaused
}

// hold stops each update at a stage: before it is sent, or before its answer
// reaches the page.
func (p *tab) hold(stage fetch.RequestStage) *updates {
	p.t.Helper()
	u := &updates{p: p}
	err := chromedp.Listen(p.ctx, func(event any) {
		// A request that the page gives up is reported once more, as failed.
		if e, ok := event.(*fetch.EventRequestPaused); ok && e.ResponseErrorReason == "" {
			u.mu.Lock()
			defer u.mu.Unlock()
			u.held = append(u.held, e)
		}
	})
	if err != nil {
		p.t.Fatal("listening:", err)
	}
	// The updates only, not the outlooks that follow them.
	var patterns []*fetch.RequestPattern
	for _, address := range []string{product, trtc, aliyun, inf, easemob} {
		patterns = append(patterns, &fetch.RequestPattern{URLPattern: "*" + address, RequestStage: stage})
	}
	call(p, fetch.Enable, fetch.EnableParams{Patterns: patterns})
	return u
}

func (u *updates) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.held)
}

// next waits for the n-th update, from 1.
func (u *updates) next(n int) *fetch.EventRequestPaused {
	u.p.t.Helper()
	u.p.waitUntil("the page asks for an update", func() bool { return u.count() >= n })
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.held[n-1]
}

// with waits for an update that sends this part of a form.
func (u *updates) with(part string) *fetch.EventRequestPaused {
	u.p.t.Helper()
	var found *fetch.EventRequestPaused
	u.p.waitUntil("the page asks for an update with "+part, func() bool {
		u.mu.Lock()
		defer u.mu.Unlock()
		for _, e := range u.held {
			var body []byte
			for _, entry := range e.Request.PostDataEntries {
				body = append(body, entry.Bytes...)
			}
			if strings.Contains("&"+string(body)+"&", "&"+part+"&") {
				found = e
			}
		}
		return found != nil
	})
	return found
}

// pass lets an answer go on to the page. It fails if the page has given the
// request up.
func (u *updates) pass(e *fetch.EventRequestPaused) error {
	_, err := chromedp.Call(u.p.ctx, fetch.ContinueResponse, fetch.ContinueResponseParams{RequestID: e.RequestID})
	return err
}

// release lets everything pass from now on.
func (u *updates) release() {
	u.p.t.Helper()
	call(u.p, fetch.Disable, cdp.Empty{})
}

// Answers that come late and in the wrong order change nothing: the page ends
// as that of the text that was typed last.
func TestLateAnswers(t *testing.T) {
	t.Parallel()
	want := open(t, visitor{})
	want.visit(product + "?dau=15000&users=9")

	p := open(t, visitor{})
	p.visit(product)
	held := p.hold(fetch.RequestStageResponse)
	var older []*fetch.EventRequestPaused
	for _, text := range []string{"1", "15", "150000", "15000"} {
		p.paste("dau", text)
		older = append(older, held.with("dau="+text))
	}
	p.paste("users", "9")
	newest := held.with("users=9")
	// The newest first, then the older ones, the oldest last.
	if err := held.pass(newest); err != nil {
		t.Fatal("letting the newest answer pass:", err)
	}
	p.waitAddress(product + "?dau=15000&users=9")
	p.waitText("#total", "¥1,999.00")
	for _, e := range slices.Backward(older) {
		// The page may have given the request up, and then there is nothing
		// left to answer: just as good.
		_ = held.pass(e)
	}
	held.release()
	evalAsync[bool](p, `new Promise(done => setTimeout(() => done(true)))`) // whatever the page makes of them, it has made
	p.mirrors("after late answers", want)

	// A change made while an answer is under way is not lost.
	p.enter("dau", "25000")
	p.waitText("#total", "¥2,999.00")
}

// Typing without a pause asks the server now and then, not at each key, and
// ends with the answer to what was typed last.
func TestFastTyping(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	p.enter("dau", "1500000000")
	p.waitAddress(product + "?dau=1500000000")
	want := open(t, visitor{})
	want.visit(product + "?dau=1500000000")
	p.mirrors("after fast typing", want)
	if n := p.posts(); n > 5 {
		t.Errorf("%d requests for ten keys in a row", n)
	}
}

// While the server does not answer as it should, the figures stay, the page
// says so, and it recovers without the visitor.
func TestServerInTrouble(t *testing.T) {
	t.Parallel()
	answer := func(status int64, retryAfter string) func(*tab, *fetch.EventRequestPaused) {
		headers := []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/html"}}
		if retryAfter != "" {
			headers = append(headers, &fetch.HeaderEntry{Name: "Retry-After", Value: retryAfter})
		}
		return func(p *tab, e *fetch.EventRequestPaused) {
			p.t.Helper()
			call(p, fetch.FulfillRequest, fetch.FulfillRequestParams{
				RequestID: e.RequestID, ResponseCode: status,
				ResponseHeaders: headers,
				Body:            []byte("<h1>" + http.StatusText(int(status)) + "</h1>"),
			})
		}
	}
	for _, c := range []struct {
		name       string
		message    string // the data attribute of #spoken that has the message
		retryAfter string // seconds
		lines      []string
		trouble    func(*tab, *fetch.EventRequestPaused)
	}{
		{"gone", "unreachable", "", []string{"net::ERR_CONNECTION_REFUSED", "Failed to fetch"}, func(p *tab, e *fetch.EventRequestPaused) {
			p.t.Helper()
			call(p, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonConnectionRefused})
		}},
		{"500", "unreachable", "", []string{refused(500)}, answer(500, "")},
		{"503", "unreachable", "1", []string{refused(503)}, answer(503, "1")},
		{"429", "tooFast", "1", []string{refused(429)}, answer(429, "1")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{lines: c.lines})
			p.visit(product + "?dau=15000")
			equal(p, "total", p.text("#total"), "¥1,999.00")
			held := p.hold(fetch.RequestStageRequest)
			p.paste("dau", "25000")
			c.trouble(p, held.next(1))
			p.wait(`document.getElementById("answer-state").textContent.trim() === document.getElementById("spoken").dataset.` + c.message)
			equal(p, "spoken", p.text("#spoken"), eval[string](p, `document.getElementById("spoken").dataset.`+c.message))
			equal(p, "last good total", p.text("#total"), "¥1,999.00")
			equal(p, "text", eval[string](p, `document.getElementById("dau").value`), "25000")
			equal(p, "address", p.address(), product+"?dau=15000")
			equal(p, "focus", eval[string](p, `document.activeElement.id`), "dau")
			if strings.Contains(eval[string](p, `document.body.innerText`), http.StatusText(500)) {
				t.Error("the page of the error is shown")
			}
			// It asks again by itself, as long as it takes. Where the server does
			// not say when, the page leaves it in peace for a while: once is
			// enough to wait for that.
			n := 2
			if c.retryAfter != "" {
				c.trouble(p, held.next(n))
				n++
			}
			again := held.next(n)
			equal(p, "last good total", p.text("#total"), "¥1,999.00")
			call(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: again.RequestID})
			p.waitText("#total", "¥2,999.00")
			p.waitAddress(product + "?dau=25000")
			p.waitText("#answer-state", "")
			if spoken := p.text("#spoken"); !strings.Contains(spoken, "2,999.00") {
				t.Errorf("spoken after the recovery: %q", spoken)
			}
			equal(p, "requests", held.count(), n)
		})
	}
}
