package e2e

import (
	"fmt"
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
	icon := eval[string](p, `new URL(document.querySelector("link[rel=icon]").href).pathname`)
	// A browser without a window may not fetch the icon; others do.
	equal(p, "icon", evalAsync[int](p, `fetch(`+quote(icon)+`).then(r => r.blob().then(() => r.status))`), 200)
	p.waitUntil("all files have come", func() bool {
		for _, r := range p.sent() {
			if !r.done {
				return false
			}
		}
		return true
	})
	total := 0.0
	requests := p.sent()
	files := map[string]bool{}
	for _, r := range requests {
		files[r.url] = true
		total += r.bytes
		t.Logf("%7.0f %s", r.bytes, strings.TrimPrefix(r.url, origin))
	}
	line := fmt.Sprintf("first visit of %s: %.0f bytes, %d requests", address[:strings.Index(address, "?")], total, len(files))
	t.Log(line)
	fmt.Println(line) // shown without -v, too
	if total > firstVisit || total < 1000 {
		t.Errorf("%s; at most %d bytes are allowed", line, firstVisit)
	}
	if len(files) > 6 {
		t.Errorf("%s; at most 6 are allowed", line)
	}

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
