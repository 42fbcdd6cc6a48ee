package e2e

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	browserproto "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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

func (p *tab) do(what string, action chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, action); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// visit opens an address of the program and waits until the page is ready.
func (p *tab) visit(address string) {
	p.t.Helper()
	p.do("visiting "+address, chromedp.Navigate(p.origin+address))
}

// whole is true once all of a page is there, its scripts among it.
const whole = `document.readyState === "complete"`

// eval evaluates an expression in the page.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	p.wait("true")
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%v, evaluating\n%s", err, expression)
	}
	return value
}

// evalAsync evaluates an expression that is a promise.
func evalAsync[T any](p *tab, expression string) T {
	p.t.Helper()
	p.wait("true")
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%v, evaluating\n%s", err, expression)
	}
	return value
}

// quote writes a Go value as an expression.
func quote(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and lists of them
	}
	return string(text)
}

// wait waits until an expression is true in a whole page. While the page is on
// its way to another the expression may fail; what counts is what holds in
// the end.
func (p *tab) wait(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	var last error
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](whole+" && !!("+expression+")"))
		if ok && err == nil {
			return
		}
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			last = err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			state, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.getElementById("answer") ?? document.body).innerText`))
			if last != nil {
				state += "\n" + last.Error()
			}
			p.t.Fatalf("waited in vain for %s\nat %.600s", expression, state)
		}
	}
}

// waitUntil waits until something holds outside the page.
func (p *tab) waitUntil(what string, holds func() bool) {
	p.t.Helper()
	limit, tick := time.After(patience), time.NewTicker(pollInterval)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-limit:
			p.t.Fatal("waited in vain until", what)
		}
	}
}

// text returns the text of an element.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return eval[string](p, `(document.querySelector(`+quote(selector)+`)?.textContent ?? "(none)").trim()`)
}

// waitText waits until an element has exactly this text.
func (p *tab) waitText(selector, want string) {
	p.t.Helper()
	p.wait(`document.querySelector(` + quote(selector) + `)?.textContent.trim() === ` + quote(want))
}

// waitAddress waits until the address bar shows this path and query string.
func (p *tab) waitAddress(want string) {
	p.t.Helper()
	p.wait(`location.pathname + location.search === ` + quote(want))
}

// address is the path and query string in the address bar.
func (p *tab) address() string {
	p.t.Helper()
	return eval[string](p, `location.pathname + location.search`)
}

func (p *tab) reload() {
	p.t.Helper()
	p.do("reloading", chromedp.Reload())
}

// back takes the step back of the browser's own button.
func (p *tab) back() {
	p.t.Helper()
	// Not chromedp.NavigateBack: it waits for the page to load, and a page that
	// the browser has kept does not load again.
	eval[bool](p, `(history.back(), true)`)
}

// grantClipboard answers the browser's question about the clipboard with yes.
func (p *tab) grantClipboard() {
	p.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(p.ctx, browserproto.SetPermission, browserproto.SetPermissionParams{
			Permission: &browserproto.PermissionDescriptor{Name: name}, Setting: browserproto.PermissionSettingGranted,
			Origin: p.origin, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		}); err != nil {
			p.t.Fatalf("granting %s: %v", name, err)
		}
	}
}

// spot is where on the screen an element can be clicked, and whether it is what
// lies there. Of a link on two lines it is the first line.
type spot struct {
	X, Y float64
	Hit  bool
}

// spotOf returns the spot of an element, once it is in sight and rests there:
// some move while the page is scrolled.
func (p *tab) spotOf(selector string) spot {
	p.t.Helper()
	find := func(before string) spot {
		return eval[spot](p, `(() => {
			const e = document.querySelector(`+quote(selector)+`);
			`+before+`
			const r = e.getClientRects()[0] ?? new DOMRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
			const top = document.elementFromPoint(x, y);
			return {X: x, Y: y, Hit: !!top && (e.contains(top) || top.contains(e))};
		})()`)
	}
	at := find(`e.scrollIntoView({block: "nearest", behavior: "instant"});`)
	for {
		time.Sleep(pollInterval)
		now := find("")
		if now == at {
			return at
		}
		at = now
	}
}

// click clicks in the middle of an element, as a hand would: what lies on top
// of it there gets the click. Where an answer moves the element away from under
// the hand, the hand follows.
func (p *tab) click(selector string) {
	p.t.Helper()
	for range 5 {
		at := p.spotOf(selector)
		if !at.Hit {
			p.t.Fatalf("%s cannot be clicked: something covers it, or it has no place", selector)
		}
		eval[bool](p, `(() => {
			const e = document.querySelector(`+quote(selector)+`), top = document.elementFromPoint(`+fmt.Sprint(at.X, ",", at.Y)+`);
			window.missed = undefined;
			removeEventListener("click", window.hand, true);
			window.hand = ({ target }) => {
				if (target !== top && !e.contains(target)) window.missed = target.closest("a, button, input, select, textarea, label, summary")?.outerHTML ?? "";
			};
			addEventListener("click", window.hand, {capture: true, once: true});
			return true;
		})()`)
		p.do("clicking "+selector, chromedp.MouseClickXY(at.X, at.Y))
		// On its way to another page there is nothing to ask, and nothing was missed.
		missed, err := chromedp.Run(p.ctx, chromedp.Evaluate[*string]("window.missed ?? null"))
		if err != nil || missed == nil {
			return
		}
		if *missed != "" {
			p.t.Fatalf("%s moved away, and what was clicked is %.200s", selector, *missed)
		}
	}
	p.t.Fatalf("%s keeps moving away", selector)
}

// press presses keys of the keyboard, one after the other.
func (p *tab) press(keys string, modifiers ...kb.Modifier) {
	p.t.Helper()
	p.do("pressing a key", chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

// mark marks all that is in a field, so that what comes next replaces it.
func (p *tab) mark(id string) {
	p.t.Helper()
	eval[bool](p, `(() => { const e = document.getElementById(`+quote(id)+`); e.focus(); e.select(); return true })()`)
}

// enter types a text into a field, key by key, in place of what is there.
func (p *tab) enter(id, text string) {
	p.t.Helper()
	p.mark(id)
	if text == "" {
		text = kb.Delete
	}
	p.press(text)
}

// paste puts a text into a field in one go, in place of what is there, as the
// clipboard or an input method does.
func (p *tab) paste(id, text string) {
	p.t.Helper()
	p.mark(id)
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// snapshot is all that a page shows and holds, as text. Copied addresses,
// reloads and the way back must restore it to the character.
func (p *tab) snapshot() string {
	p.t.Helper()
	return eval[string](p, `JSON.stringify({
		address: location.pathname + location.search,
		title: document.title,
		lang: document.documentElement.lang,
		text: document.body.innerText.split("\n"),
		fields: [...document.querySelectorAll("input, select")].map(e => [e.name, e.id, e.type === "checkbox" || e.type === "radio" ? e.value + " " + e.checked : e.value, e.getAttribute("aria-invalid")]),
		folds: [...document.querySelectorAll("details")].map(e => e.open),
		links: [...document.querySelectorAll("a")].map(e => e.getAttribute("href")),
		spoken: document.getElementById("spoken")?.textContent.trim(),
	}, null, 1)`)
}

// same compares two snapshots, and says only where they differ.
func (p *tab) same(what, got, want string) {
	p.t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			p.t.Errorf("%s: got\n%s\nwant\n%s", what, a, b)
			return
		}
	}
}

// equal fails the scenario if two values differ.
func equal[T comparable](p *tab, what string, got, want T) {
	p.t.Helper()
	if got != want {
		p.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// syncBuffer is a buffer that a program writes into while others read it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends to the buffer.
func (s *syncBuffer) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(data)
}

// tail returns the end of what was written.
func (s *syncBuffer) tail() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.b.String()
	return text[max(0, len(text)-4000):]
}

// contains reports whether a text was written.
func (s *syncBuffer) contains(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.b.Bytes(), []byte(text))
}
