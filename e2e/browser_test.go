package e2e

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The addresses of the calculators. What the scenarios expect of them are the
// prices published for them, which never change. The one called product has
// only counts and yes/no boxes; the others have one more kind of input each.
const (
	product = "/calc/tencent-im"
	trtc    = "/calc/tencent-trtc"      // tables of minutes, choices, features
	aliyun  = "/calc/aliyun-multimodal" // rows
	inf     = "/calc/inf-llm"           // rows, one plan
	easemob = "/calc/easemob-im"        // rows, a table, several price books
)

const (
	// Far more than a scenario takes: a machine may be busy with other tests.
	scenarioTime = 10 * time.Minute
	patience     = time.Minute
	pollInterval = 15 * time.Millisecond
)

// screen is what the visitor sits before.
type screen struct {
	name          string
	width, height int64
	mobile        bool
}

var (
	desktop = screen{"desktop", 1280, 900, false}
	phone   = screen{"phone", 360, 740, true}
)

// visitor describes who opens a tab.
type visitor struct {
	screen
	lang     string // Accept-Language; English if empty
	dark     bool
	noScript bool
	// profile is a browser, or a tab of one, whose profile the tab is opened in;
	// without one it has a profile of its own.
	profile context.Context
	// origin is that of the program visited, if not of the one that all share.
	origin string
	// lines are beginnings of what the browser itself may say on the console
	// about answers that the scenario provokes.
	lines []string
}

// refused is the browser's own line about an answer with this status.
func refused(status int) string {
	return fmt.Sprintf("Failed to load resource: the server responded with a status of %d", status)
}

// tab is a visitor's tab.
type tab struct {
	t      *testing.T
	ctx    context.Context
	origin string

	mu         sync.Mutex
	complaints []string
	requests   []*request
	lines      []string
}

// request is a request that the page made.
type request struct {
	id     network.RequestID
	method string
	url    string
	sent   string  // its headers, with those that the browser adds, and its body
	bytes  float64 // received, with headers
	done   bool
}

// open opens a tab for a visitor. When the scenario ends, anything on the
// console and any request to somebody else fails it, and a failed one leaves a
// picture of the page.
func open(t *testing.T, v visitor) *tab {
	t.Helper()
	p := &tab{t: t, lines: v.lines, origin: cmp.Or(v.origin, origin)}
	options := []chromedp.ContextOption{chromedp.WithListener(p.listen)}
	if v.profile == nil {
		v.profile = browser
		options = append(options, chromedp.WithNewBrowserContext())
	}
	ctx, closeTab := chromedp.NewContext(v.profile, options...)
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil { // the tab's life is that of ctx, not that of the time limit
		t.Fatal("opening a tab:", err)
	}
	limited, cancel := context.WithTimeout(ctx, scenarioTime)
	t.Cleanup(cancel)
	p.ctx = limited
	t.Cleanup(p.finish)

	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if v.lang == "" {
		v.lang = "en-GB,en;q=0.8"
	}
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": v.lang}})
	if v.screen.width == 0 {
		v.screen = desktop
	}
	p.resize(v.screen)
	p.media("", v.dark)
	if v.noScript {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	return p
}

// call runs a command of the browser's protocol on the tab.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	result, err := chromedp.Call(p.ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

func (p *tab) resize(s screen) {
	p.t.Helper()
	var options []chromedp.EmulateViewportOption
	if s.mobile {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	p.do("resizing", chromedp.EmulateViewport(s.width, s.height, options...))
}

// media sets the medium ("print", or empty for the screen) and the visitor's
// preference for light or dark.
func (p *tab) media(medium string, dark bool) {
	p.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// listen notes what a visitor's tab must never do.
func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		texts := make([]string, len(e.Args))
		for i, arg := range e.Args {
			texts[i] = string(arg.Value) + arg.Description
		}
		p.complain(fmt.Sprintf("console.%s: %s", e.Type, strings.Join(texts, " ")))
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		p.complain("exception: " + text)
	case *log.EventEntryAdded:
		p.complain(fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL))
	case *page.EventJavascriptDialogOpening:
		p.complain("dialog: " + e.Message)
	case *network.EventRequestWillBeSent:
		r := &request{id: e.RequestID, method: e.Request.Method, url: e.Request.URL, sent: fmt.Sprintln(e.Request.Headers)}
		for _, part := range e.Request.PostDataEntries {
			r.sent += string(part.Bytes)
		}
		p.requests = append(p.requests, r)
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme+"://"+u.Host != p.origin {
			p.complain("a request to somebody else: " + e.Request.URL)
		}
	case *network.EventRequestWillBeSentExtraInfo:
		for _, r := range p.requests {
			if r.id == e.RequestID {
				r.sent += fmt.Sprintln(e.Headers)
			}
		}
	case *network.EventLoadingFinished:
		p.finished(e.RequestID, e.EncodedDataLength)
	case *network.EventLoadingFailed:
		p.finished(e.RequestID, 0)
	}
}

// finished notes that a request has ended. One that was sent elsewhere has the
// same id as the one that came of it, which the bytes belong to.
func (p *tab) finished(id network.RequestID, bytes float64) {
	for _, r := range slices.Backward(p.requests) {
		if r.id == id {
			r.done, r.bytes = true, bytes
			bytes = 0
		}
	}
}

// complain notes a complaint, unless the scenario provokes it.
func (p *tab) complain(text string) {
	if !slices.ContainsFunc(p.lines, func(line string) bool { return strings.Contains(text, line) }) {
		p.complaints = append(p.complaints, text)
	}
}

// sent returns the requests made so far.
func (p *tab) sent() []request {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]request, len(p.requests))
	for i, r := range p.requests {
		out[i] = *r
	}
	return out
}

// posts returns how many updates the page has asked for.
func (p *tab) posts() int {
	n := 0
	for _, r := range p.sent() {
		if r.method == "POST" {
			n++
		}
	}
	return n
}

// finish ends a scenario.
func (p *tab) finish() {
	// What the browser reported before it answers this has been heard.
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[int]("1")); err != nil && !p.t.Failed() {
		p.t.Error("the tab does not answer:", err)
	}
	p.mu.Lock()
	complaints := p.complaints
	p.mu.Unlock()
	for _, text := range complaints {
		p.t.Error(text)
	}
	if !p.t.Failed() {
		return
	}
	// The scenario's time may be what ran out; the picture has its own.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Log("no picture of the page:", err)
		return
	}
	dir, err := os.MkdirTemp("", "suanpan-e2e-failed-")
	if err != nil {
		p.t.Log("no picture of the page:", err)
		return
	}
	name := filepath.Join(dir, strings.ReplaceAll(p.t.Name(), "/", "-")+".png")
	if err := os.WriteFile(name, picture, 0o600); err != nil {
		p.t.Log("no picture of the page:", err)
		return
	}
	p.t.Log("the page when it failed:", name)
}
