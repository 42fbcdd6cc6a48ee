package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	browserproto "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

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
	if !p.until(holds) {
		p.t.Fatal("waited in vain until", what)
	}
}

// until waits until something holds, and reports whether it came to.
func (p *tab) until(holds func() bool) bool {
	p.t.Helper()
	limit, tick := time.After(patience), time.NewTicker(pollInterval)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-limit:
			return false
		}
	}
	return true
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

// The check that an address begins with, and the price books that are the newest,
// which it names.
const (
	checkPart  = `([?&])c=[a-z0-9]*(?:&|$)`
	newest     = `(?:2020-10-30|2024-12-01|2025-07-10|2026-03-23|2026-07-01)`
	newestPart = `([?&])price_book=` + newest + `(?:&|$)`
	columnPart = `@` + newest
)

var checkPattern, newestPattern, columnPattern = regexp.MustCompile(checkPart), regexp.MustCompile(newestPart), regexp.MustCompile(columnPart)

// entered is an address without them: what was entered.
func entered(address string) string {
	address = newestPattern.ReplaceAllString(checkPattern.ReplaceAllString(address, "$1"), "$1")
	address = columnPattern.ReplaceAllString(address, "")
	return strings.TrimRight(address, "?&")
}

// addressEntered is the same for the address bar.
const addressEntered = `(location.pathname + location.search.replace(/` + checkPart + `/, "$1").replace(/` + newestPart + `/, "$1").replace(/` + columnPart + `/g, "").replace(/[?&]+$/, ""))`

// waitAddress waits until the address bar shows this path and what was entered.
func (p *tab) waitAddress(want string) {
	p.t.Helper()
	p.wait(addressEntered + ` === ` + quote(entered(want)))
}

// address is the path in the address bar, and what was entered.
func (p *tab) address() string {
	p.t.Helper()
	return eval[string](p, addressEntered)
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
	// The browser goes when it has answered: on its way it would not answer.
	eval[bool](p, `(setTimeout(() => history.back()), true)`)
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

// snapshot is all that a page shows and holds, as text. Copied addresses,
// reloads and the way back must restore it to the character.
func (p *tab) snapshot() string {
	p.t.Helper()
	return eval[string](p, `JSON.stringify({
		address: `+addressEntered+`,
		title: document.title,
		lang: document.documentElement.lang,
		text: document.body.innerText.split("\n"),
		fields: [...document.querySelectorAll("input, select")].map(e => [e.name, e.id, e.type === "checkbox" || e.type === "radio" ? e.value + " " + e.checked : e.value, e.getAttribute("aria-invalid")]),
		folds: [...document.querySelectorAll("details")].map(e => e.open),
		links: [...document.querySelectorAll("a")].map(e => e.getAttribute("href")),
		spoken: document.getElementById("spoken")?.textContent.trim(),
	}, null, 1)`)
}

// becomes waits until a page shows and holds what it has to, and says where it
// does not: what follows an answer, such as the drawing, comes a moment later.
func (p *tab) becomes(what, want string) {
	p.t.Helper()
	p.until(func() bool { return p.snapshot() == want })
	p.same(what, p.snapshot(), want)
}

// mirrors waits until two tabs show and hold the same.
func (p *tab) mirrors(what string, other *tab) {
	p.t.Helper()
	p.until(func() bool { return p.snapshot() == other.snapshot() })
	p.same(what, p.snapshot(), other.snapshot())
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
