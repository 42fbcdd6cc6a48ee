package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp/kb"
)

// place is where the visitor is: what must not move while the answer changes.
const place = `JSON.stringify([document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd, scrollX, scrollY])`

func TestTyping(t *testing.T) {
	t.Parallel()
	// Low enough that both the page and the answer scroll.
	p := open(t, visitor{screen: screen{"low", 1280, 500, false}})
	p.visit("/")
	p.visit(product)
	const trial = "¥0.00"
	p.waitText("#total", trial)
	p.click("#dau")
	eval[bool](p, `(scrollTo({top: 140, behavior: "instant"}), document.querySelector(".answer").scrollTop = 60, true)`)
	before := eval[int](p, `history.length`)
	spoken := p.text("#spoken")

	for i, digit := range "15000" {
		p.press(string(digit))
		equal(p, "after a key", eval[string](p, place), fmt.Sprintf(`["dau",%d,%d,0,140]`, i+1, i+1))
	}
	p.waitText("#total", "¥1,999.00")
	p.waitAddress(product + "?dau=15000")
	equal(p, "focus, caret and scroll", eval[string](p, place), `["dau",5,5,0,140]`)
	equal(p, "scroll of the answer", eval[float64](p, `document.querySelector(".answer").scrollTop`), 60)
	equal(p, "history, which must not grow", eval[int](p, `history.length`), before)
	equal(p, "chosen option", eval[string](p, `document.querySelector("input[name=option]:checked").closest("tr").dataset.option`), "pro")
	if note := p.text("#dau-note"); !strings.Contains(note, "15,000") {
		t.Errorf("the note %q does not say what was understood", note)
	}
	if now := p.text("#spoken"); now == spoken || !strings.Contains(now, "1,999.00") {
		t.Errorf("spoken %q, then %q", spoken, now)
	}
	equal(p, "role of what is spoken", eval[string](p, `(e => e.getAttribute("role") ?? (e.localName === "output" ? "status" : ""))(document.getElementById("spoken"))`), "status")

	// In the middle of the text: 15000 becomes 125000.
	p.press(kb.Home + kb.ArrowRight + "2")
	p.waitAddress(product + "?dau=125000")
	equal(p, "text", eval[string](p, `document.activeElement.value`), "125000")
	equal(p, "caret in the middle", eval[string](p, place), `["dau",2,2,0,140]`)
	// A selection is kept as well, and what is typed replaces it.
	p.press(kb.ArrowRight, kb.ModifierShift)
	p.press("0")
	p.waitAddress(product + "?dau=120000")
	equal(p, "caret after a replacement", eval[string](p, place), `["dau",3,3,0,140]`)
	// Emptied again, it is the page it was.
	p.enter("dau", "")
	p.waitAddress(product)
	p.waitText("#total", trial)
	equal(p, "note of an empty field", p.text("#dau-note"), "")
	equal(p, "spoken again", p.text("#spoken"), spoken)
	equal(p, "history, which must not grow", eval[int](p, `history.length`), before)
}

func TestHumanNumbers(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	for _, typed := range []string{"1.5万", "15k", "15,000", "１５０００", "１．５万", "15 000", " 15000 ", "1.5万人", "7500*2"} {
		p.paste("dau", typed)
		p.waitAddress(product + "?dau=15000")
		p.waitText("#total", "¥1,999.00")
		equal(p, "text of the field", eval[string](p, `document.getElementById("dau").value`), typed)
		if note := p.text("#dau-note"); !strings.Contains(note, "15,000") {
			t.Errorf("%q: the note says %q", typed, note)
		}
		p.enter("dau", "7")
		p.waitAddress(product + "?dau=7")
	}
}

func TestWrongNumber(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	p.enter("dau", "15000")
	p.waitText("#total", "¥1,999.00")
	p.waitAddress(product + "?dau=15000")
	spoken := p.text("#spoken")

	p.enter("dau", "abc")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	p.wait(`document.getElementById("answer-state").textContent.trim() !== ""`)
	if p.text("#dau-note") == "" {
		t.Error("no message beside the field")
	}
	equal(p, "the message belongs to the field", eval[bool](p, `document.getElementById("dau").getAttribute("aria-describedby").split(" ").includes("dau-note")`), true)
	equal(p, "the message is seen", eval[bool](p, `document.getElementById("dau-note").checkVisibility()`), true)
	equal(p, "last good total", p.text("#total"), "¥1,999.00")
	equal(p, "text", eval[string](p, `document.getElementById("dau").value`), "abc")
	equal(p, "address", p.address(), product+"?dau=15000")
	if p.text("#spoken") == spoken {
		t.Error("the reader does not hear that something is wrong")
	}

	// A second field may be right meanwhile; nothing is computed with half of it.
	p.enter("users", "5")
	p.wait(`document.getElementById("users-note").textContent.includes("5")`)
	equal(p, "total with one field at fault", p.text("#total"), "¥1,999.00")
	equal(p, "other field's fault", eval[bool](p, `document.getElementById("users").hasAttribute("aria-invalid")`), false)

	p.enter("users", "")
	p.wait(`document.getElementById("users-note").textContent.trim() === ""`)
	p.enter("dau", "25000")
	p.waitText("#total", "¥2,999.00")
	p.waitAddress(product + "?dau=25000")
	equal(p, "aria-invalid after the correction", eval[bool](p, `document.getElementById("dau").hasAttribute("aria-invalid")`), false)
	equal(p, "state after the correction", p.text("#answer-state"), "")
	if note := p.text("#dau-note"); !strings.Contains(note, "25,000") {
		t.Errorf("the note says %q", note)
	}

	// Too large, and not whole, are wrong as well.
	for _, wrong := range []string{"1.5", "99999999999999999999", "1,5", strings.Repeat("9", 200)} {
		p.paste("dau", wrong)
		p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
		equal(p, "last good total", p.text("#total"), "¥2,999.00")
		p.paste("dau", "25000")
		p.wait(`!document.getElementById("dau").hasAttribute("aria-invalid")`)
	}

	// The address of a page at fault opens that page, with its faults.
	p.enter("dau", "abc")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	p.wait(`document.getElementById("lang-switch").getAttribute("href").includes("dau=abc")`)
}

func TestAddressWithWrongNumber(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{refused(422)}})
	p.visit(product + "?dau=abc&history_days=90")
	equal(p, "text", eval[string](p, `document.getElementById("dau").value`), "abc")
	equal(p, "aria-invalid", eval[string](p, `document.getElementById("dau").getAttribute("aria-invalid")`), "true")
	if p.text("#dau-note") == "" || p.text("#answer-state") == "" {
		t.Error("no message")
	}
	equal(p, "figures", eval[bool](p, `!!document.getElementById("total")`), false)
	// The figures come with the correction.
	p.enter("dau", "15000")
	p.waitText("#total", "¥2,999.00")
	p.waitAddress(product + "?dau=15000&history_days=90")
	equal(p, "aria-invalid after the correction", eval[bool](p, `document.getElementById("dau").hasAttribute("aria-invalid")`), false)
}

// Folds are the visitor's: an answer neither opens nor closes one.
func TestFolds(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	const folds = `JSON.stringify([...document.querySelectorAll(".usage details")].map(d => d.open))`
	equal(p, "at first", eval[string](p, folds), "[false,false,false]")
	p.click("details:has(#history_days) summary")
	p.click("details:has(#group_members) summary")
	equal(p, "two opened", eval[string](p, folds), "[true,false,true]")
	equal(p, "sign of a group without settings", p.text("#services-set"), "")
	p.enter("history_days", "90")
	p.waitAddress(product + "?history_days=90")
	equal(p, "after an answer", eval[string](p, folds), "[true,false,true]")
	one := p.text("#services-set")
	if !strings.Contains(one, "1") {
		t.Errorf("the group's sign says %q", one)
	}
	p.click("#advanced_moderation")
	p.waitAddress(product + "?history_days=90&advanced_moderation=yes")
	if sign := p.text("#services-set"); sign == one || !strings.Contains(sign, "2") {
		t.Errorf("the group's sign says %q for two", sign)
	}
	// Closed over settings, it stays closed, and still says that there are some.
	p.click("details:has(#history_days) summary")
	p.enter("dau", "15000")
	p.waitAddress(product + "?dau=15000&history_days=90&advanced_moderation=yes")
	equal(p, "closed over its settings", eval[string](p, folds), "[true,false,false]")
	equal(p, "the sign is seen", eval[bool](p, `document.getElementById("services-set").checkVisibility() && document.getElementById("services-set").textContent.includes("2")`), true)
	// Opened anew, the address opens what has settings.
	p.visit(p.address())
	equal(p, "opened anew", eval[string](p, folds), "[false,false,true]")
}

func TestOption(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"mouse", "keyboard"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{})
			p.visit(product + "?dau=15000")
			const chosen = `document.querySelector("input[name=option]:checked").closest("tr").dataset.option`
			const focused = `document.activeElement.closest("tr[data-option]")?.dataset.option ?? document.activeElement.id`
			equal(p, "recommended", eval[string](p, chosen), "pro")
			choose := func(option, key string) {
				t.Helper()
				if by == "mouse" {
					p.click(`tr[data-option=` + option + `] label`)
				} else {
					p.press(key)
				}
			}
			if by == "keyboard" {
				eval[bool](p, `(document.querySelector("input[name=option]:checked").focus(), true)`)
			}
			choose("ultimate", kb.ArrowDown)
			p.waitAddress(product + "?dau=15000&option=ultimate")
			p.waitText("#total", "¥3,999.00")
			equal(p, "chosen", eval[string](p, chosen), "ultimate")
			equal(p, "focus", eval[string](p, focused), "ultimate")
			equal(p, "link", entered(eval[string](p, `document.getElementById("link").value`)), origin+product+"?dau=15000&option=ultimate")
			if remark := p.text(".verdict"); !strings.Contains(remark, "2,000.00") {
				t.Errorf("%q does not say what the choice costs", remark)
			}

			// Changing the usage keeps the choice.
			p.enter("dau", "25000")
			p.waitAddress(product + "?dau=25000&option=ultimate")
			p.waitText("#total", "¥4,999.00")
			equal(p, "chosen", eval[string](p, chosen), "ultimate")

			// The recommended one again: nothing is chosen any more.
			if by == "keyboard" {
				eval[bool](p, `(document.querySelector("input[name=option]:checked").focus(), true)`)
			}
			choose("pro", kb.ArrowUp)
			p.waitAddress(product + "?dau=25000")
			p.waitText("#total", "¥2,999.00")
			equal(p, "chosen", eval[string](p, chosen), "pro")
			equal(p, "focus", eval[string](p, focused), "pro")
			// It follows the recommendation now: to the trial plan and back.
			p.enter("dau", "50")
			p.waitText("#total", "¥0.00")
			equal(p, "follows the recommendation", eval[string](p, chosen), "trial")

			// A plan that cannot serve may be looked at, and says so.
			p.enter("dau", "25000")
			p.waitText("#total", "¥2,999.00")
			p.click(`tr[data-option=trial] label`)
			p.waitAddress(product + "?dau=25000&option=trial")
			equal(p, "reasons beside it", eval[bool](p, `document.querySelectorAll("tr[data-option=trial] .reasons li").length > 0`), true)
		})
	}
}

// A choice is not lost to an answer that was under way when it was made, nor
// to an entry that is at fault meanwhile.
func TestOptionKept(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product + "?dau=15000")
	held := p.hold(fetch.RequestStageResponse)
	p.paste("dau", "25000")
	late := held.with("dau=25000")
	p.click("tr[data-option=ultimate] label")
	// If the page has asked again by now, it has given this answer up, and
	// there is nothing left to pass on.
	_ = held.pass(late)
	if err := held.pass(held.with("option=ultimate")); err != nil {
		t.Fatal("letting the second answer pass:", err)
	}
	p.waitText("#total", "¥4,999.00")
	p.waitAddress(product + "?dau=25000&option=ultimate")
	held.release()

	p.paste("dau", "abc")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	p.click("tr[data-option=pro] label")
	p.paste("dau", "35000")
	p.waitText("#total", "¥3,999.00")
	p.waitAddress(product + "?dau=35000")

	// Nor does an answer under way make a choice where none was made: the
	// option goes on following the recommendation.
	p.paste("dau", "50")
	p.waitText("#total", "¥0.00")
	held = p.hold(fetch.RequestStageResponse)
	p.paste("dau", "25000")
	late = held.with("dau=25000")
	p.paste("dau", "45000")
	_ = held.pass(late)
	if err := held.pass(held.with("dau=45000")); err != nil {
		t.Fatal("letting the second answer pass:", err)
	}
	p.waitText("#total", "¥4,999.00")
	p.waitAddress(product + "?dau=45000")
	held.release()
}

// An option in an address with a wrong number is there again with the
// correction.
func TestOptionWithWrongNumber(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{refused(422)}})
	p.visit(product + "?dau=abc&option=ultimate")
	p.paste("dau", "15000")
	p.waitText("#total", "¥3,999.00")
	p.waitAddress(product + "?dau=15000&option=ultimate")
}

// Figures that are about to be replaced are marked while the answer takes its
// time, on every page that answers while one types. The reader hears nothing of
// it but the result.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, requests, field, text, marked string }{
		{"calculator", product + "?dau=15000", "*" + product, "dau", "25000", "#answer"},
		{"facts", room, "*/facts/room", "session_minutes", "30", "#answer"},
		{"forecast", product + "/forecast?dau=15000", "*/forecast?*", "start", "25000", "#answer"},
		{"comparison", "/compare?in=easemob-im,tencent-im&dau=15000", "*/compare", "dau", "25000", "#answer"},
		{"draft", "", "*/draft", "customer", "Acme", "#draft-total"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{})
			if c.page == "" {
				p.visit(product + "?dau=15000")
				p.click("#add")
				p.wait(`!!document.getElementById("draft-total")`)
			} else {
				p.visit(c.page)
			}
			said := `(document.getElementById("spoken") ?? document.body).textContent`
			before := eval[string](p, said)
			const busy = `document.querySelector("[aria-busy=true]")`
			opacity := `Number(getComputedStyle(document.querySelector(` + quote(c.marked) + `)).opacity)`
			equal(p, "marked at first", eval[bool](p, `!!`+busy), false)
			held := p.hold(fetch.RequestStageResponse)
			call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: c.requests, RequestStage: fetch.RequestStageResponse}}})
			p.paste(c.field, c.text)
			p.wait(busy + `?.matches(` + quote(c.marked) + `) && ` + opacity + ` < .8`)
			equal(p, "what is said meanwhile", eval[string](p, said), before)
			equal(p, "text", p.value(c.field), c.text)
			if err := held.pass(held.next(1)); err != nil {
				t.Fatal("letting the answer pass:", err)
			}
			p.wait(`!` + busy + ` && ` + opacity + ` === 1`)
		})
	}
}

// A server that says nothing is given up after some seconds, and asked again.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{"htmx:error: timeout"}})
	p.visit(product + "?dau=15000")
	held := p.hold(fetch.RequestStageRequest)
	start := time.Now()
	p.paste("dau", "25000")
	held.next(1)
	p.wait(`document.getElementById("answer-state").textContent.trim() === document.getElementById("spoken").dataset.unreachable`)
	if took := time.Since(start); took < 7*time.Second || took > patience/2 {
		t.Errorf("it says so after %v", took)
	}
	equal(p, "last good total", p.text("#total"), "¥1,999.00")
	equal(p, "marked although nothing is under way", eval[bool](p, `!!document.querySelector("[aria-busy]")`), false)
	call(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: held.next(2).RequestID})
	p.waitText("#total", "¥2,999.00")
	p.waitText("#answer-state", "")
	p.wait(`!document.querySelector("[aria-busy]")`)
}

// One skip link leads to the first field, past menu and examples.
func TestSkipToForm(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	for path, first := range map[string]string{trtc: "months", trtc + "/forecast?av_audio_minutes=3000": "over"} {
		p.visit(path)
		eval[bool](p, `(document.querySelectorAll(".skip")[1].focus(), true)`)
		p.press(kb.Enter)
		p.wait(`document.activeElement.id === ` + quote(first))
	}
}
