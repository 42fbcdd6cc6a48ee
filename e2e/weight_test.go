package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// firstVisit is the most that a first visit may transfer, with headers. Fonts,
// libraries and pictures would all show here.
const firstVisit = 60_000

func TestWeight(t *testing.T) {
	t.Parallel()
	for _, address := range []string{example, fullTRTC} { // the README's, and the heaviest
		t.Run(strings.Trim(address[:strings.Index(address, "?")], "/"), func(t *testing.T) {
			t.Parallel()
			weigh(t, address)
		})
	}
}

func weigh(t *testing.T, address string) {
	p := open(t, visitor{}) // a profile of its own: nothing is cached
	p.visit(address)
	p.icon()
	p.light(address[:strings.Index(address, "?")])
	requests := p.sent()

	// A second page has only itself to load, and an answer is smaller still.
	before := len(requests)
	path, field, first, total2 := product, "dau", "15000", "¥1,999.00"
	if strings.HasPrefix(address, trtc) {
		path, field, first, total2 = trtc, "av_audio_minutes", "90", "¥0.63"
	}
	p.visit(path)
	for _, r := range p.sent()[before:] {
		if strings.HasPrefix(r.url, origin+"/static/") && r.bytes > 0 {
			t.Errorf("%s is transferred again: %.0f bytes", r.url, r.bytes)
		}
	}
	before = len(p.sent())
	p.enter(field, first)
	p.waitText("#total", total2)
	p.waitUntil("the answers have come", func() bool {
		for _, r := range p.sent() {
			if !r.done {
				return false
			}
		}
		return true
	})
	for _, r := range p.sent()[before:] {
		t.Logf("%7.0f %s %s", r.bytes, r.method, strings.TrimPrefix(r.url, origin))
		if r.bytes > 16_000 {
			t.Errorf("an answer of %.0f bytes", r.bytes)
		}
	}
}

// icon fetches the page's icon: a browser without a window may not, others do.
// It returns when all has come.
func (p *tab) icon() {
	p.t.Helper()
	icon := eval[string](p, `new URL(document.querySelector("link[rel=icon]").href).pathname`)
	equal(p, "icon", evalAsync[int](p, `fetch(`+quote(icon)+`).then(r => r.blob().then(() => r.status))`), 200)
	p.waitUntil("all files have come", func() bool {
		for _, r := range p.sent() {
			if !r.done {
				return false
			}
		}
		return true
	})
}

// light adds up what a first visit has transferred.
func (p *tab) light(what string) {
	p.t.Helper()
	total, files := 0.0, map[string]bool{}
	for _, r := range p.sent() {
		files[r.url] = true
		total += r.bytes
		p.t.Logf("%7.0f %s", r.bytes, strings.TrimPrefix(r.url, origin))
	}
	line := fmt.Sprintf("first visit of %s: %.0f bytes, %d requests", what, total, len(files))
	p.t.Log(line)
	fmt.Println(line) // shown without -v, too
	if total > firstVisit || total < 1000 {
		p.t.Errorf("%s; at most %d bytes are allowed", line, firstVisit)
	}
	if len(files) > 6 {
		p.t.Errorf("%s; at most 6 are allowed", line)
	}
}

// The customer's first visit is that of a quote; the rep's draft and list load
// nothing but themselves, and what is typed into a full draft is answered in
// little.
func TestQuoteWeight(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lang: "zh-CN"})
	for _, address := range []string{example, fullTRTC, fullAliyun} {
		p.visit(address)
		p.add()
	}
	const most = 20
	// The rest by the same form, without a page for each.
	equal(p, "added", evalAsync[bool](p, fmt.Sprintf(`(async () => {
		const query = new URL(%q).search.slice(1);
		for (let n = 3; n < %d; n++) {
			const r = await fetch("/draft/items", {method: "POST", body: new URLSearchParams({product: "tencent-trtc", query})});
			if (!r.ok) return false;
		}
		return true;
	})()`, origin+fullTRTC, most)), true)
	p.reload()
	equal(p, "items", eval[int](p, `document.querySelectorAll(".draft-item").length`), most)
	// No more than that, which is said and changes nothing.
	p.mu.Lock()
	p.lines = append(p.lines, refused(422))
	p.mu.Unlock()
	p.next(item(2, "button[value^=duplicate]"))
	equal(p, "status", p.status(), 422)
	equal(p, "items", eval[int](p, `document.querySelectorAll(".draft-item").length`), most)
	small := func(what string, most float64, do func()) {
		t.Helper()
		before := len(p.sent())
		do()
		total := 0.0
		p.waitUntil("all has come", func() bool {
			total = 0
			for _, r := range p.sent()[before:] {
				total += r.bytes
				// An icon that has not come when one goes on is dropped in silence.
				if !r.done && !strings.HasSuffix(r.url, ".svg") {
					return false
				}
			}
			return true
		})
		t.Logf("%7.0f %s", total, what)
		if total > most {
			t.Errorf("%s takes %.0f bytes; at most %.0f are allowed", what, total, most)
		}
	}
	small("a full draft", 12_000, func() { p.visit("/draft") })
	small("what is typed into it", 4_000, func() { p.sends(func() { p.paste(p.quantity(1), "2") }) })
	path := ""
	small("the quote of it, once saved", 20_000, func() { path = p.save() })
	small("today's prices", 12_000, func() { p.visit(path + "/today") })
	small("the list", 6_000, func() { p.visit("/quotes") })

	c := open(t, visitor{lang: "zh-CN"})
	c.visit(path)
	c.icon()
	c.light("a quote with 20 items")
}

// firstVisitWithChart is the most that the first visit of a calculator with its
// drawing may transfer.
const firstVisitWithChart = 80_000

func TestOutlookWeight(t *testing.T) {
	t.Parallel()
	for _, address := range []string{schoolPlan + "&over=av_hd_minutes", fullEasemob, fullAliyun} {
		name := strings.Trim(address[:strings.Index(address, "?")], "/")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{}) // a profile of its own: nothing is cached
			p.visit(address)
			if !eval[bool](p, `!!document.querySelector("#outlook svg.plot")`) {
				t.Error("there is no drawing")
			}
			equal(p, "icon", evalAsync[int](p, `fetch(document.querySelector("link[rel=icon]").href).then(r => r.blob().then(() => r.status))`), 200)
			p.waitUntil("all files have come", func() bool { return !slices.ContainsFunc(p.sent(), func(r request) bool { return !r.done }) })
			total := 0.0
			for _, r := range p.sent() {
				total += r.bytes
				t.Logf("%7.0f %s", r.bytes, strings.TrimPrefix(r.url, origin))
			}
			if total > firstVisitWithChart || total < 1000 {
				t.Errorf("the first visit of %s transfers %.0f bytes; at most %d are allowed", name, total, firstVisitWithChart)
			}
		})
	}
}
