package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// inItem is the text of the last item of the draft.
const inItem = `.draft-item:last-child`

// What is put into the draft is what was entered, however soon the button is
// pressed after it.
func TestAddAtOnce(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	// In one go, so that no answer can come between.
	eval[bool](p, `(() => {
		const field = document.getElementById("dau");
		field.value = "25000";
		field.dispatchEvent(new Event("input", {bubbles: true}));
		document.getElementById("add").click();
		return true;
	})()`)
	p.wait(`location.pathname === "/draft"`)
	if item := p.text(inItem); !strings.Contains(item, "25,000 users a day") {
		t.Errorf("the item is %s", item)
	}
	// Put back from its calculator it is the same item.
	p.click(inItem + " .draft-actions a")
	p.wait(`location.pathname === "` + product + `" && location.search.includes("item=")`)
	p.enter("dau", "35000")
	p.wait(`location.search.includes("dau=35000") && location.search.includes("item=")`)
	if strings.Contains(eval[string](p, `document.getElementById("link").value`), "item=") {
		t.Error("the link to share names the item")
	}
	p.click("#add")
	p.wait(`location.pathname === "/draft"`)
	equal(p, "items", eval[int](p, `document.querySelectorAll(".draft-item").length`), 1)
	if item := p.text(inItem); !strings.Contains(item, "35,000 users a day") {
		t.Errorf("the item is %s", item)
	}
}

// While an entry is at fault the figures are old, and cannot be put into the
// draft.
func TestNothingOldIsAdded(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(example)
	const button = `document.getElementById("add").disabled`
	equal(p, "held", eval[bool](p, button), false)
	p.paste("dau", "abc")
	p.wait(button)
	p.paste("dau", "25000")
	p.wait(`!` + button)
	// Pressed before it is known that there is a fault.
	eval[bool](p, `(() => {
		const field = document.getElementById("dau");
		field.value = "1,5";
		field.dispatchEvent(new Event("input", {bubbles: true}));
		document.getElementById("add").click();
		return true;
	})()`)
	p.wait(button)
	equal(p, "path", eval[string](p, `location.pathname`), product)
	// It is forgotten: correcting the entry adds nothing by itself.
	p.paste("dau", "15000")
	p.wait(`!` + button)
	p.waitText("#total", "¥35,988.00")
	equal(p, "path", eval[string](p, `location.pathname`), product)
}

func TestDraft(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{lang: lang, lines: []string{refused(422)}})
			p.visit("/draft")
			p.accessible("empty draft", "")
			p.visit(example)
			p.grantClipboard()
			p.click("#copy-text")
			p.wait(`document.getElementById("copy-text").textContent.trim() === document.getElementById("copy-text").dataset.copied`)
			if text := evalAsync[string](p, `navigator.clipboard.readText()`); !strings.Contains(text, "¥35,988.00") || !strings.HasSuffix(entered(text), origin+example) {
				t.Errorf("copied %q", text)
			}
			p.click("#add")
			p.wait(`location.pathname === "/draft"`)
			p.visit(trtc + "?months=12&av_audio_minutes=3000000")
			p.click("#add")
			p.wait(`location.pathname === "/draft" && document.querySelectorAll(".draft-item").length === 2`)
			p.accessible("draft", "")
			p.waitText(".draft-item:first-child .draft-sum dd", "¥35,988.00")

			// Three of the first, while the cursor stays where it is.
			quantity := eval[string](p, `document.querySelector(".draft-quantity input").id`)
			p.paste(quantity, "3")
			p.waitText(".draft-item:first-child .draft-sum dd", "¥107,964.00")
			equal(p, "focus", eval[string](p, `document.activeElement.id`), quantity)
			total := p.text("#total")
			p.paste(quantity, "x")
			p.wait(`document.getElementById("` + quantity + `").getAttribute("aria-invalid") === "true"`)
			p.paste("customer", "小米")
			p.paste(quantity, "3")
			p.waitText("#total", total)
			p.reload()
			equal(p, "customer", p.value("customer"), "小米")
			equal(p, "quantity", p.value(quantity), "3")
			p.waitText("#total", total)

			// The Enter key changes nothing but what was typed.
			p.paste("title", "For a year")
			p.sends(func() { p.press(kb.Enter) })
			equal(p, "focus after the Enter key", eval[string](p, `document.activeElement.id`), "title")
			p.reload()
			equal(p, "title", p.value("title"), "For a year")
			p.click(".draft-item:first-child button[value^=down]")
			p.wait(`document.querySelector(".draft-item:first-child input").id !== "` + quantity + `"`)
			p.click(".draft-item:first-child button[value^=remove]")
			p.wait(`document.querySelectorAll(".draft-item").length === 1`)
			p.click("button[value=undo]")
			p.wait(`document.querySelectorAll(".draft-item").length === 2`)
			p.paste("valid_days", "soon")
			p.click("button[value=save]")
			p.wait(`document.querySelector(".notice.fault") !== null`)
			p.accessible("draft with a fault", "")
			p.paste("valid_days", "14")
			p.click("button[value=save]")
			p.wait(`location.pathname.startsWith("/q/")`)
			saved := eval[string](p, `location.pathname`)
			p.visit("/quotes")
			p.accessible("list of quotes", "")
			equal(p, "the quote", eval[string](p, `document.querySelector(".made-list a").pathname`), saved)
			if row := p.text(".made-list tbody tr"); !strings.Contains(row, total) || !strings.Contains(row, "小米") || !strings.Contains(row, "For a year") {
				t.Errorf("the list has %s", row)
			}
		})
	}
}

// With the keyboard the draft is gone on with where a button did something, and
// where a refused one has something corrected. Past the menu leads one key.
func TestDraftFocus(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{refused(422)}})
	for range 3 {
		p.visit(example)
		p.add()
	}
	focused := func(what, want string) {
		t.Helper()
		equal(p, "focus after "+what, eval[string](p, `document.activeElement.id || document.activeElement.className || document.activeElement.localName`), want)
		if !eval[bool](p, `(r => r.top >= 0 && r.top < innerHeight)(document.activeElement.getBoundingClientRect())`) {
			t.Errorf("after %s the focus is out of sight", what)
		}
	}
	enter := func() { p.press(kb.Enter) }
	third := eval[string](p, onPage(item(3, ""))+`.id`)
	focused("adding", third)
	p.tabTo(item(3, "button[value^=remove]"))
	p.follow(enter)
	focused("removing", "undo")
	p.press(kb.Tab)
	p.follow(enter)
	focused("undoing", third)
	p.tabTo("button[value=clear]")
	p.follow(enter)
	focused("emptying", "undo")
	p.press(kb.Tab)
	p.follow(enter)
	focused("undoing", eval[string](p, onPage(item(1, ""))+`.id`))
	p.sends(func() { p.paste("valid_days", "soon") })
	p.sends(func() { p.paste(p.quantity(2), "1.5") })
	p.waitText("#total", "—")
	p.tabTo("button[value=save]")
	p.follow(enter)
	focused("a refused save", p.quantity(2))
	p.visit("/draft")
	p.press(kb.Tab)
	focused("the first key", "skip")
	enter()
	p.wait(`location.hash === "#items-title"`)
	focused("skipping", "items-title")
}

// On small screens the panel with the button to save goes with the page, and
// does not scroll by itself.
func TestPanelGoesWithThePage(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	for range 3 {
		p.visit(example)
		p.add()
	}
	for _, s := range []screen{{"small", 1366, 650, false}, {"medium", 1280, 900, false}, desktop} {
		p.resize(s)
		p.visit("/draft")
		if eval[bool](p, `(e => e.scrollHeight > e.clientHeight + 1 || getComputedStyle(e).position === "sticky")(`+onPage(".draft-head")+`)`) {
			t.Errorf("%d × %d: the panel scrolls by itself", s.width, s.height)
		}
		eval[bool](p, `(scrollTo({top: document.body.scrollHeight, behavior: "instant"}), true)`)
		if !eval[bool](p, `(r => r.bottom <= innerHeight && document.elementFromPoint(r.x + 9, r.y + 9).value === "save")(`+onPage("button[value=save]")+`.getBoundingClientRect())`) {
			t.Errorf("%d × %d: the page does not lead to the button to save", s.width, s.height)
		}
	}
}

func TestDraftOnThePhone(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{screen: phone, lang: lang})
			for _, address := range []string{fullTRTC, fullAliyun, trtc + "?av_audio_minutes=999999999&record_single_4k_minutes=999999999&months=36"} {
				p.visit(address)
				p.click("#add")
				p.wait(`location.pathname === "/draft"`)
			}
			p.paste("note", strings.Repeat("x", 200))
			p.fits("draft", phone)
			p.accessible("draft on the phone", "")
			p.click("button[value=save]")
			p.wait(`location.pathname.startsWith("/q/")`)
			p.visit("/quotes")
			p.fits("list of quotes", phone)
			p.accessible("list on the phone", "")
		})
	}
}

// The draft works with its buttons where there is no JavaScript.
func TestDraftWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true})
	p.visit(example)
	p.click("#add")
	p.waitAddress("/draft")
	quantity := eval[string](p, `document.querySelector(".draft-quantity input").id`)
	p.enter(quantity, "2")
	p.click("button[value=refresh]")
	p.waitText("#total", "¥71,976.00")
	p.click("button[value=save]")
	p.wait(`location.pathname.startsWith("/q/")`)
}
