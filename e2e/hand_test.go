package e2e

import (
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

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
