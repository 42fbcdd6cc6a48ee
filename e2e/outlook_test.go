package e2e

import (
	"strings"
	"testing"
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
			if !strings.HasSuffix(r.url, "?lang=en&dau=15000") {
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
