package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// All of it works where there is no JavaScript.
func TestQuoteWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true, lang: "zh-CN"})
	p.visit(product)
	p.enter("months", "12")
	p.enter("dau", "15000")
	p.click("details:has(#history_days) summary")
	p.enter("history_days", "90")
	p.next("#calculator button[type=submit]")
	p.add()
	p.visit(fullAliyun)
	p.add()
	equal(p, "items", p.names(), "tencent-im aliyun-multimodal")
	p.next(item(2, "button[value^=up]"))
	equal(p, "moved up", p.names(), "aliyun-multimodal tencent-im")
	p.next(item(1, "button[value^=duplicate]"))
	p.next(item(1, "button[value^=remove]"))
	p.next("button[value=undo]")
	equal(p, "removed, and not", p.names(), "aliyun-multimodal aliyun-multimodal tencent-im")
	p.next(item(1, "button[value^=remove]"))
	p.next(item(1, "button[value^=remove]"))
	p.enter(p.quantity(1), "2")
	p.paste("customer", "小米")
	p.next("button[value=refresh]")
	p.waitText("#total", "¥71,976.00")
	equal(p, "customer", p.value("customer"), "小米")
	// Into its calculator and back.
	p.next(item(1, ".draft-actions a"))
	p.enter("dau", "25000")
	p.next("#calculator button[type=submit]")
	p.add()
	p.waitText("#total", "¥95,976.00") // 2 × 47,988
	path := p.save()
	owner := p.value("owner-link")
	if !strings.Contains(owner, path+"#owner=") {
		t.Errorf("the owner link is %q", owner)
	}
	if dead := eval[string](p, `[...document.querySelectorAll("[data-copy]")].filter(e => e.checkVisibility()).map(e => e.textContent).join(" ")`); dead != "" {
		t.Errorf("buttons that do nothing: %s", dead)
	}

	c := open(t, visitor{noScript: true, lines: []string{refused(410)}})
	c.visit(path)
	equal(c, "total", c.text("#total"), "¥95,976.00")
	equal(c, "an owner", c.has("#owner"), false)
	c.next(`form[action$="/draft"] button`)
	c.paste("title", "My own")
	equal(c, "copied", c.save() != path, true)
	// With the owner link, typed in.
	c.visit(path)
	c.next(`a[href$="/own"]`)
	c.paste("secret", owner)
	c.next(".claim button")
	equal(c, "an owner", c.has("#owner"), true)

	p.reload()
	p.next(`form[action$="/revise"] button`)
	p.paste("valid_days", "7")
	newer := p.save()
	equal(p, "to the old one", p.has(`.banner a[href="`+path+`"]`), true)
	p.next(`.banner a[href="` + path + `"]`)
	equal(p, "to the new one", p.has(`.banner a[href="`+newer+`"]`), true)
	p.next(`a[href$="/today"]`)
	p.next(".back a")
	// The other owner withdraws it.
	c.visit(path)
	c.next(`a[href$="/withdraw"]`)
	c.next("button[value=withdraw]")
	c.visit(path)
	equal(c, "status", c.status(), 410)
	p.visit("/quotes")
	equal(p, "my quotes", eval[int](p, `document.querySelectorAll(".made-list tbody tr").length`), 2)
	p.enter("search", "小米")
	p.press(kb.Enter)
	p.wait(`location.search.startsWith("?search=")`)
	equal(p, "found", eval[string](p, onPage(".made-list a")+`.pathname`), newer)
}

// tabTo presses the tab key until an element has the focus, and sees that
// whatever has it on the way can be seen.
func (p *tab) tabTo(selector string) {
	p.t.Helper()
	for range 150 {
		p.press(kb.Tab)
		if !eval[bool](p, `(e => e === document.body || (r => r.width > 0 && r.bottom > 0 && r.top < innerHeight)((e.labels?.length && !e.checkVisibility({opacityProperty: true}) ? e.labels[0] : e).getBoundingClientRect()))(document.activeElement)`) {
			p.t.Errorf("%s has the focus out of sight", eval[string](p, stop))
		}
		if eval[bool](p, `document.activeElement.matches(`+quote(selector)+`)`) {
			return
		}
	}
	p.t.Fatalf("the tab key does not lead to %s", selector)
}

// From the calculator to the saved quote by keyboard alone.
func TestQuoteByKeyboard(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	enter := func() { p.press(kb.Enter) }
	p.visit(product)
	p.tabTo("#months")
	p.press("12")
	p.tabTo("#dau")
	p.press("15000")
	p.tabTo("#add")
	p.follow(enter)
	equal(p, "path", eval[string](p, `location.pathname`), "/draft")
	p.waitText("#total", "¥23,988.00")
	p.tabTo(".draft-quantity input")
	p.press("2") // what is there is marked, as in every field
	p.waitText("#total", "¥47,976.00")
	p.tabTo("button[value^=duplicate]")
	p.follow(enter)
	equal(p, "items", p.names(), "tencent-im tencent-im")
	p.tabTo(item(1, "button[value^=remove]"))
	p.follow(enter)
	p.tabTo("#customer")
	p.press("Acme")
	p.sends(enter) // which saves nothing yet
	equal(p, "path", eval[string](p, `location.pathname`), "/draft")
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "customer")
	p.tabTo("button[value=save]")
	p.follow(enter)
	equal(p, "saved", strings.HasPrefix(eval[string](p, `location.pathname`), "/q/"), true)
	equal(p, "total", p.text("#total"), "¥47,976.00")
	for _, control := range []string{"[data-copy=link]", "[data-copy=summary]", `a[href$=".xlsx"]`, `a[href$="/today"]`, `form[action$="/draft"] button`, `form[action$="/revise"] button`, `a[href$="/withdraw"]`} {
		p.tabTo(control)
	}
}

// A button that is pressed twice, as some people press every button, saves one
// quote.
func TestSaveTwice(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(example)
	p.add()
	p.paste("customer", "Acme")
	p.follow(func() {
		at := eval[[]float64](p, `(e => { e.scrollIntoView({block: "nearest"}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })(`+onPage("button[value=save]")+`)`)
		for _, count := range []int{1, 2} {
			p.do("clicking", chromedp.MouseClickXY(at[0], at[1], chromedp.ClickCount(count)))
		}
	})
	p.wait(`location.pathname.startsWith("/q/")`)
	equal(p, "the owner link", p.has("#owner-link"), true)
	path := eval[string](p, `location.pathname`)
	p.visit("/quotes")
	equal(p, "quotes", eval[int](p, `document.querySelectorAll(".made-list tbody tr").length`), 1)
	equal(p, "the quote", eval[string](p, onPage(".made-list a")+`.pathname`), path)
}

// sends types something and waits until it was sent and answered.
func (p *tab) sends(what func()) {
	p.t.Helper()
	before := len(p.sent())
	what()
	p.waitUntil("what was typed is sent", func() bool {
		for _, r := range p.sent()[before:] {
			if r.method == "POST" && r.done {
				return true
			}
		}
		return false
	})
}

// The draft is open in two tabs: no item that is put into it in one is lost by
// what is done in the other, and what is saved is what was seen.
func TestDraftInTwoTabs(t *testing.T) {
	t.Parallel()
	a := open(t, visitor{lines: []string{refused(409)}})
	a.visit(example)
	a.add()
	b := open(t, visitor{profile: a.ctx, lines: []string{refused(409)}})
	b.visit("/draft")
	equal(b, "the same draft", b.names(), "tencent-im")

	// One adds an item and types, the other knows nothing of it and types, too.
	b.visit(trtc + "?av_audio_minutes=3000000")
	b.add()
	second := b.quantity(2)
	b.sends(func() { b.paste(second, "2") })
	quantity := a.quantity(1)
	a.paste(quantity, "3")
	a.waitText(item(1, ".draft-sum dd"), "¥107,964.00")
	a.next("button[value=save]")
	equal(a, "path", eval[string](a, `location.pathname`), "/draft")
	equal(a, "status", a.status(), 409)
	equal(a, "nothing is lost", a.names(), "tencent-im tencent-trtc")
	equal(a, "said", a.has(".notice.fault"), true)
	equal(a, "quantity", a.value(quantity), "3")
	equal(a, "quantity that was typed in the other tab", a.value(second), "2")
	a.paste("customer", "Acme")
	path := a.save()
	items := eval[int](a, `document.querySelectorAll(".quote-item").length`)
	equal(a, "items of the quote", items, 2)

	// The other tab still shows the draft: saving it again is the same quote.
	b.visit("/quotes")
	equal(b, "quotes", eval[int](b, `document.querySelectorAll(".made-list tbody tr").length`), 1)
	equal(b, "the quote", eval[string](b, onPage(".made-list a")+`.pathname`), path)
}
