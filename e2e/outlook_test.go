package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// nowMark is the label of the present quantity in the drawing that is shown.
const nowMark = "#outlook svg.wide .mark.now text"

// TestOutlook: the drawing follows the entries in a request of its own, what is
// varied and the budget stay in the address, and typing is not disturbed.
func TestOutlook(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	p.paste("dau", "15000")
	p.waitText("#total", "¥1,999.00")
	p.waitText(nowMark, "now 15,000")
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "dau")
	fetched := 0
	for _, r := range p.sent() {
		if strings.Contains(r.url, "/outlook") {
			fetched++
			if !strings.HasSuffix(entered(r.url), "?lang=en&dau=15000") {
				t.Errorf("the drawing is fetched from %s", r.url)
			}
		}
	}
	if fetched != 1 {
		t.Errorf("the drawing is fetched %d times", fetched)
	}

	p.choose("over", "history_days")
	p.waitAddress(product + "?dau=15000&over=history_days")
	p.waitText(nowMark, "now 0")
	p.enter("budget", "3万")
	p.waitAddress(product + "?dau=15000&over=history_days&budget=30000")
	p.waitText("#budget-note", "¥30,000.00")
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "budget")
	equal(p, "text", eval[string](p, `document.getElementById("budget").value`), "3万")
	p.press("x")
	p.wait(`document.getElementById("budget-note").classList.contains("fault")`)
	equal(p, "marked", eval[string](p, `document.getElementById("budget").getAttribute("aria-invalid")`), "true")
	equal(p, "the estimate", p.text("#total"), "¥1,999.00")
	p.press("\b")
	p.wait(`!document.getElementById("budget").hasAttribute("aria-invalid")`)
	p.accessible("the outlook", "")
	// What is written in the drawing has the colours of other text on its paper.
	equal(p, "colours of the drawing", eval[string](p, `(() => {
		const colour = selector => getComputedStyle(document.querySelector(selector)).color;
		const known = ["#outlook h2", "#outlook .help", "#outlook .best"].map(colour);
		return [...document.querySelectorAll("#outlook .plot text")].map(e => getComputedStyle(e).fill).filter(c => !known.includes(c)).join(" ");
	})()`), "")

	rows := p.text("#outlook .buys table")
	p.reload()
	equal(p, "what is varied", eval[string](p, `document.getElementById("over").value`), "history_days")
	equal(p, "what the budget buys", p.text("#outlook .buys table"), rows)
	// An entry at fault leaves the drawing as it is.
	p.enter("dau", "x")
	p.waitText("#answer-state", "Correct the marked entry to update the estimate.")
	equal(p, "the drawing", p.text(nowMark), "now 0")
}

// TestOutlookWithoutScript: the button in the section sends the form.
func TestOutlookWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true})
	p.visit(product + "?dau=15000")
	equal(p, "now", p.text(nowMark), "now 15,000")
	p.choose("over", "group_members")
	p.next("#outlook .outlook-choice button")
	equal(p, "address", p.address(), product+"?dau=15000&over=group_members")
	equal(p, "now", p.text(nowMark), "now 0")
}

// present is what the drawing says of the present quantity.
const present = `document.querySelector("#outlook .mark.now text")?.textContent`

// The drawing follows what is typed, and takes neither the focus nor the caret.
func TestOutlookFollows(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit("/")
	p.visit(product)
	before := eval[int](p, `history.length`)
	p.mark("dau")
	for i, key := range "15000" {
		p.press(string(key))
		equal(p, "caret", eval[int](p, `document.activeElement.selectionStart`), i+1)
	}
	p.wait(present + `?.includes("15,000")`)
	const place = `JSON.stringify([document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd])`
	equal(p, "caret", eval[string](p, place), `["dau",5,5]`)
	// In the middle: 15000 becomes 125000.
	p.press(kb.Home + kb.ArrowRight + "2")
	p.wait(present + `?.includes("125,000")`)
	equal(p, "caret in the middle", eval[string](p, place), `["dau",2,2]`)
	equal(p, "text", p.value("dau"), "125000")

	// The budget is in the part that is fetched anew.
	scroll := `scrollY`
	p.mark("budget")
	at := eval[float64](p, scroll)
	for i, key := range "50000" {
		p.press(string(key))
		equal(p, "caret in the budget", eval[int](p, `document.activeElement.selectionStart`), i+1)
	}
	p.wait(`document.getElementById("budget-note").textContent.includes("50,000") && document.querySelectorAll(".buys tbody tr").length > 0`)
	equal(p, "caret in the budget", eval[string](p, place), `["budget",5,5]`)
	equal(p, "scroll", eval[float64](p, scroll), at)
	p.press(kb.ArrowLeft + kb.ArrowLeft + "7")
	p.wait(`document.getElementById("budget-note").textContent.includes("500,700")`)
	equal(p, "caret in the budget", eval[string](p, place), `["budget",4,4]`)
	p.enter("budget", "much")
	p.wait(`document.getElementById("budget").getAttribute("aria-invalid") === "true"`)
	equal(p, "the estimate stays", p.text("#answer-state"), "")
	p.enter("budget", "50000")
	p.wait(`!document.getElementById("budget").hasAttribute("aria-invalid") && document.querySelectorAll(".buys tbody tr").length > 0`)

	// Something else is drawn, and the address says so.
	p.choose("over", "history_days")
	p.wait(`document.querySelector("#outlook-body .ticks").textContent !== "" && location.search.includes("over=history_days")`)
	p.wait(`!(` + present + `?.includes("125,000"))`)
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "over")
	p.waitAddress(product + "?dau=125000&over=history_days&budget=50000")
	equal(p, "history, which must not grow", eval[int](p, `history.length`), before)
	// The figures opened stay open.
	p.click(".outlook-figures summary")
	p.enter("dau", "35000")
	p.waitAddress(product + "?dau=35000&over=history_days&budget=50000")
	p.wait(`document.querySelector(".buys tbody tr") && document.querySelector(".fits").textContent.includes("35,000")`)
	equal(p, "open", eval[bool](p, `document.querySelector(".outlook-figures").open`), true)
	p.click(".outlook-figures summary")

	here := p.snapshot()
	p.follow(p.reload)
	p.becomes("reloaded", here)
	p.next(`main a[href*="/forecast?"]`)
	equal(p, "what grows", p.value("over"), "history_days")
	p.back()
	p.wait(`location.pathname === "` + product + `"`)
	p.becomes("back", here)
	p.reopens()

	// While an entry is at fault the drawing stays, as the figures do.
	drawn := p.text("#outlook-body figure")
	p.paste("dau", "abc")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	equal(p, "the drawing while an entry is at fault", p.text("#outlook-body figure"), drawn)
	p.paste("dau", "45000")
	p.wait(`document.querySelector(".fits").textContent.includes("45,000")`)
}
