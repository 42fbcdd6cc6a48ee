package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp/kb"
)

// choose chooses from a list by keyboard, with one step from the choice before
// or behind it, so that nothing else is chosen on the way.
func (p *tab) choose(id, choice string) {
	p.t.Helper()
	switch eval[string](p, `(() => {
		const e = document.getElementById(`+quote(id)+`);
		e.focus({preventScroll: true});
		const to = [...e.options].findIndex(o => o.value === `+quote(choice)+`);
		if (to === e.selectedIndex) return "there";
		e.selectedIndex = to > 0 ? to - 1 : to + 1;
		return to > 0 ? "above" : "below";
	})()`) {
	case "above":
		p.press(kb.ArrowDown)
	case "below":
		p.press(kb.ArrowUp)
	}
	equal(p, id, p.value(id), choice)
}

// tick makes a box ticked or not.
func (p *tab) tick(id string, want bool) {
	p.t.Helper()
	if eval[bool](p, `(e => { e.focus({preventScroll: true}); return e.checked })(document.getElementById(`+quote(id)+`))`) != want {
		p.press(" ")
	}
}

// workload is a row of the calculator that has the most in a row.
type workload struct {
	rounds, asr, dialogue, model, tts, calls string
	intent                                   bool
}

func (p *tab) fill(i int, w workload) {
	p.t.Helper()
	id := fmt.Sprintf("workloads-%d-", i)
	p.enter(id+"rounds", w.rounds)
	p.choose(id+"asr", w.asr)
	p.tick(id+"intent", w.intent)
	p.choose(id+"dialogue", w.dialogue)
	p.choose(id+"model", w.model)
	p.choose(id+"tts", w.tts)
	p.enter(id+"tts_calls", w.calls)
}

// workloads reads the rows as the visitor sees them.
func (p *tab) workloads() []workload {
	p.t.Helper()
	type row struct {
		Rounds, Asr, Dialogue, Model, Tts, Calls string
		Intent                                   bool
	}
	var out []workload
	for _, r := range eval[[]row](p, `[...document.querySelectorAll("input[name$='.rounds']")].map(e => {
		const own = name => document.getElementById(e.id.replace("rounds", name));
		return {rounds: e.value, asr: own("asr").value, intent: own("intent").checked, dialogue: own("dialogue").value,
			model: own("model").value, tts: own("tts").value, calls: own("tts_calls").value};
	})`) {
		out = append(out, workload{r.Rounds, r.Asr, r.Dialogue, r.Model, r.Tts, r.Calls, r.Intent})
	}
	return out
}

func (p *tab) hasWorkloads(what string, want ...workload) {
	p.t.Helper()
	equal(p, what, fmt.Sprint(p.workloads()), fmt.Sprint(want))
}

// The four published examples, of which each row is one: ¥5.45, ¥25.75, ¥7.67
// and nothing at all. What is left empty comes back as the page writes it.
var (
	chat    = workload{"1000", "standard", "casual", "base", "standard", "", true}
	premium = workload{"1000", "premium", "casual", "qwen3.7-max", "premium", "", true}
	radio   = workload{"1000", "light", "broadcast", "base", "standard", "4", true}
	blank   = workload{"", "none", "none", "base", "none", "", false}
)

// payg is where the total of pay as you go stands, whatever is recommended.
const payg = "tr[data-option=payg] td:nth-of-type(2)"

// button is the selector of a button that changes rows.
func button(change string) string { return `button[name=rows][value="` + change + `"]` }

// use presses a button by mouse or by keyboard.
func (p *tab) use(by, selector string) {
	p.t.Helper()
	if by == "mouse" {
		p.click(selector)
		return
	}
	eval[bool](p, `(document.querySelector(`+quote(selector)+`).focus(), true)`)
	p.press(kb.Enter)
}

func (p *tab) waitRows(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelectorAll("input[name^='workloads.'][name$='.rounds']").length === %d`, n))
}

// inRow waits until the focus is in a row, and what has it is in sight.
func (p *tab) inRow(row int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.activeElement.id.startsWith("workloads-%d-")`, row))
	equal(p, "what has the focus is in sight", eval[bool](p, `(r => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`), true)
}

func TestRows(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"mouse", "keyboard"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{})
			p.visit("/")
			p.visit(aliyun)
			before := eval[int](p, `(window.sameDocument = true, history.length)`)
			p.waitRows(0)
			p.use(by, button("workloads.add"))
			p.waitRows(1)
			p.inRow(0)
			p.fill(0, chat)
			p.waitText(payg, "¥5.45")
			p.waitText("#workloads-0-rounds-note", "1,000 rounds a month")
			p.use(by, button("workloads.add"))
			p.waitRows(2)
			p.inRow(1)
			p.hasWorkloads("a row added", chat, blank)
			p.waitText(payg, "¥5.45")
			p.fill(1, premium)
			p.waitText(payg, "¥31.20")
			p.use(by, button("workloads.1.duplicate"))
			p.waitRows(3)
			p.hasWorkloads("a row duplicated", chat, premium, premium)
			p.inRow(2)
			p.waitText(payg, "¥56.95")
			p.fill(2, radio)
			p.waitText(payg, "¥38.87")
			p.use(by, button("workloads.1.remove"))
			p.waitRows(2)
			p.hasWorkloads("the middle one removed", chat, radio)
			p.waitText(payg, "¥13.12")
			p.wait(`!!document.activeElement.closest("#workloads-rows")`)
			const address = aliyun + "?workloads.0.rounds=1000&workloads.0.asr=standard&workloads.0.intent=yes&workloads.0.dialogue=casual&workloads.0.tts=standard" +
				"&workloads.1.rounds=1000&workloads.1.asr=light&workloads.1.intent=yes&workloads.1.dialogue=broadcast&workloads.1.tts=standard&workloads.1.tts_calls=4"
			p.wait(`!location.search.includes("workloads.2")`)
			p.waitAddress(address)
			equal(p, "the same page", eval[bool](p, `window.sameDocument === true`), true)
			equal(p, "history, which must not grow", eval[int](p, `history.length`), before)

			// What is live stays so: the rows that moved answer.
			p.enter("workloads-1-rounds", "2000")
			p.waitText(payg, "¥20.79")
			p.enter("workloads-1-rounds", "1000")
			p.waitText(payg, "¥13.12")
			p.wait(`location.search.includes("workloads.1.rounds=1000&")`)

			p.reopens()
			p.reload()
			p.hasWorkloads("after a reload", chat, radio)
			here := p.snapshot()
			p.click(".brand")
			p.waitAddress("/")
			p.back()
			p.wait(`location.pathname === ` + quote(aliyun))
			p.becomes("on the way back", here)
			p.use(by, button("workloads.0.remove"))
			p.waitRows(1)
			p.hasWorkloads("the first one removed", radio)
			p.waitText(payg, "¥7.67")
			p.use(by, button("workloads.0.remove"))
			p.waitRows(0)
			p.waitText(payg, "¥0.00")
			p.wait(`!location.search.includes("workloads")`)
			p.use(by, button("workloads.add"))
			p.waitRows(1)
			p.hasWorkloads("a row after all were removed", blank)

			// What was typed into a row goes with it: the row that takes its place
			// has its own entries, also where it has none.
			p.fill(0, premium)
			p.waitText(payg, "¥25.75")
			p.use(by, button("workloads.add"))
			p.waitRows(2)
			p.fill(1, chat)
			p.waitText(payg, "¥31.20")
			p.use(by, button("workloads.add"))
			p.waitRows(3)
			p.use(by, button("workloads.1.remove"))
			p.waitRows(2)
			p.hasWorkloads("a blank row took the place", premium, blank)
			p.waitText(payg, "¥25.75")
			p.use(by, button("workloads.0.remove"))
			p.waitRows(1)
			p.hasWorkloads("only the blank row is left", blank)
			p.waitText(payg, "¥0.00")
			p.enter("workloads-0-tts_calls", "1")
			p.wait(`document.getElementById("workloads-0-tts_calls-note").textContent.trim() !== ""`)
			p.waitText(payg, "¥0.00")
		})
	}
}

// Enter in a field of a row asks for the answer, as in any other field. It
// neither adds nor duplicates nor removes a row.
func TestRowsEnter(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		t.Run(map[bool]string{false: "live", true: "without script"}[noScript], func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{noScript: noScript})
			p.visit(aliyun + "?workloads.0.rounds=500&workloads.0.intent=yes&workloads.0.dialogue=casual")
			p.waitText(payg, "¥1.50")
			for _, id := range []string{"workloads-0-rounds", "months"} {
				text, want := "1000", "workloads.0.rounds=1000"
				if id == "months" {
					text, want = "2", "months=2"
				}
				p.enter(id, text)
				p.press(kb.Enter)
				p.wait(`location.search.includes(` + quote(want) + `)`)
				equal(p, "rows after Enter in "+id, len(p.workloads()), 1)
			}
			p.waitText(payg, "¥6.00")
			equal(p, "rows", len(p.workloads()), 1)
		})
	}
}

// A new row costs nothing of what is elsewhere: neither an entry at fault nor
// the earlier figures, and the fault may be in a row.
func TestRowsWithFault(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(aliyun + "?workloads.0.rounds=1000&workloads.0.intent=yes&workloads.0.dialogue=casual")
	p.waitText(payg, "¥3.00")
	marked := func(id string) {
		t.Helper()
		p.wait(`document.getElementById(` + quote(id) + `).getAttribute("aria-invalid") === "true"`)
		if p.text("#"+id+"-note") == "" {
			t.Errorf("nothing is said beside %s", id)
		}
	}
	p.paste("months", "abc")
	marked("months")
	p.click(button("workloads.add"))
	p.waitRows(2)
	p.inRow(1)
	marked("months")
	equal(p, "text at fault", p.value("months"), "abc")
	equal(p, "last good total", p.text(payg), "¥3.00")
	p.paste("workloads-1-rounds", "12x")
	marked("workloads-1-rounds")
	p.click(button("workloads.0.duplicate"))
	p.waitRows(3)
	equal(p, "the row at fault has moved", p.value("workloads-2-rounds"), "12x")
	marked("workloads-2-rounds")
	equal(p, "the one before it is right", eval[bool](p, `document.getElementById("workloads-1-rounds").hasAttribute("aria-invalid")`), false)
	equal(p, "last good total", p.text(payg), "¥3.00")
	p.click(button("workloads.2.remove"))
	p.waitRows(2)
	p.paste("months", "2")
	p.waitText(payg, "¥12.00")
	equal(p, "marks", eval[int](p, `document.querySelectorAll("[aria-invalid]").length`), 0)
	equal(p, "state", p.text("#answer-state"), "")
}

// The server may take its time: what is typed while a row is on its way stays,
// and the row comes.
func TestRowsLate(t *testing.T) {
	t.Parallel()
	for _, field := range []struct{ id, text, want string }{
		{"months", "12", "months=12"},
		{"workloads-0-rounds", "2000", "workloads.0.rounds=2000"},
	} {
		for _, order := range []string{"late", "at once"} {
			t.Run(field.id+" "+order, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{})
				p.visit(aliyun + "?workloads.0.rounds=1000&workloads.0.intent=yes&workloads.0.dialogue=casual")
				p.waitText(payg, "¥3.00")
				held := p.hold(fetch.RequestStageResponse)
				p.click(button("workloads.add"))
				added := held.with("rows=workloads.add")
				if order == "late" {
					p.enter(field.id, field.text)
					// Long enough for the page to ask again, if it does.
					evalAsync[bool](p, `new Promise(done => setTimeout(() => done(true), 300))`)
					_ = held.pass(added)
				} else {
					p.paste(field.id, field.text)
					_ = held.pass(added)
				}
				held.release()
				p.wait(`location.search.includes(` + quote(field.want) + `)`)
				p.waitRows(2)
				equal(p, "what was typed", p.value(field.id), field.text)
				equal(p, "focus where it was typed", eval[string](p, focused), field.id)
				equal(p, "the new row", p.workloads()[1], blank)
			})
		}
	}
}

// A second click while the first is on its way adds a second row.
func TestRowsTwice(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(aliyun)
	held := p.hold(fetch.RequestStageResponse)
	p.click(button("workloads.add"))
	first := held.with("rows=workloads.add")
	p.click(button("workloads.add"))
	evalAsync[bool](p, `new Promise(done => setTimeout(() => done(true), 200))`)
	_ = held.pass(first)
	held.release()
	p.waitRows(2)
}

// The same without JavaScript.
func TestRowsWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true, lines: []string{refused(422)}})
	calculate := func() { p.click("#calculator .submit button") }
	p.visit(aliyun)
	p.click(button("workloads.add"))
	p.waitRows(1)
	p.fill(0, chat)
	p.click(button("workloads.add"))
	p.waitRows(2)
	p.hasWorkloads("a row added", chat, workload{"0", "none", "none", "base", "none", "", false})
	p.waitText(payg, "¥5.45")
	p.fill(1, premium)
	calculate()
	p.waitText(payg, "¥31.20")
	p.hasWorkloads("calculated", chat, premium)
	p.click(button("workloads.1.duplicate"))
	p.waitRows(3)
	p.fill(2, radio)
	p.click(button("workloads.1.remove"))
	p.waitRows(2)
	p.hasWorkloads("the middle one removed", chat, radio)
	p.waitText(payg, "¥13.12")
	// At fault: the rows are all there, and one more can be added.
	p.enter("workloads-0-rounds", "abc")
	calculate()
	p.wait(`document.getElementById("workloads-0-rounds").getAttribute("aria-invalid") === "true"`)
	p.click(button("workloads.add"))
	p.waitRows(3)
	equal(p, "text at fault", p.value("workloads-0-rounds"), "abc")
	p.click(button("workloads.2.remove"))
	p.waitRows(2)
	p.enter("workloads-0-rounds", "1000")
	calculate()
	p.waitText(payg, "¥13.12")
	p.hasWorkloads("corrected", chat, radio)
	p.reload()
	p.hasWorkloads("after a reload", chat, radio)
}

// Rows of the other products, with a list first and a count after it.
func TestOtherRows(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(inf)
	p.enter("months", "2")
	p.click(button("models.add"))
	p.wait(`document.activeElement.id === "models-0-model"`)
	p.enter("models-0-input_tokens", "1500000")
	p.enter("models-0-output_tokens", "50万")
	p.click(button("models.add"))
	p.wait(`document.activeElement.id === "models-1-model"`)
	equal(p, "what was typed before", p.value("models-0-output_tokens"), "50万")
	p.press("inf-m")
	equal(p, "chosen", p.value("models-1-model"), "inf-med-chat-v1")
	p.enter("models-1-input_tokens", "1")
	p.enter("models-1-output_tokens", "1000000")
	p.waitText("#total", "¥80.00")
	p.waitAddress(inf + "?months=2&models.0.input_tokens=1500000&models.0.output_tokens=500000&models.1.model=inf-med-chat-v1&models.1.input_tokens=1&models.1.output_tokens=1000000")
	p.reload()
	p.reopens()

	p.visit(easemob)
	p.click("details:has(#moderation-rows) summary")
	for i, model := range []string{"image_politics", "image_porn", "image_ocr"} {
		p.click(button("moderation.add"))
		p.wait(fmt.Sprintf(`document.activeElement.id === "moderation-%d-model"`, i))
		p.choose(fmt.Sprintf("moderation-%d-model", i), model)
		p.enter(fmt.Sprintf("moderation-%d-quantity", i), "500000")
		p.waitText(fmt.Sprintf("#moderation-%d-quantity-note", i), "500,000 checks a month") // it moves the buttons below it
	}
	p.waitText("#total", "¥3,924.00") // the published example
	equal(p, "the group stays open", eval[bool](p, `document.querySelector("details:has(#moderation-rows)").open`), true)
	p.click(button("moderation.1.remove"))
	p.wait(`!document.getElementById("moderation-2-model")`)
	equal(p, "the last one moved up", p.value("moderation-1-model"), "image_ocr")
	p.wait(`!location.search.includes("image_porn")`)
	p.reload()
	p.reopens()
}
