package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The same form works with its button where there is no JavaScript.
func TestWithoutScript(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{noScript: true, lang: lang, lines: []string{refused(422)}})
			p.visit(product)
			equal(p, "no copy button that does nothing", eval[bool](p, `document.getElementById("copy").checkVisibility()`), false)
			p.enter("months", "12")
			p.paste("dau", "1.5万")
			p.click("details:has(#history_days) summary")
			p.enter("history_days", "90")
			equal(p, "no script", p.posts(), 0)
			p.click("#calculator button[type=submit]")
			p.waitAddress(product + "?months=12&dau=15000&history_days=90")
			p.waitText("#total", "¥35,988.00")
			p.waitText("#monthly", "¥2,999.00")
			equal(p, "language", eval[string](p, `document.documentElement.lang`), lang)

			// Choosing an option, and ticking a box, take the button, too.
			p.click("tr[data-option=ultimate] label")
			p.click("#advanced_moderation")
			p.click("#calculator button[type=submit]")
			p.wait(`location.search.includes("option=ultimate") && location.search.includes("advanced_moderation=yes")`)
			p.waitText("#total", "¥65,988.00")
			p.click("#advanced_moderation")
			p.click("#calculator button[type=submit]")
			p.wait(`!location.search.includes("advanced_moderation")`)
			p.waitText("#total", "¥53,988.00")

			// What is wrong is said on a page that has lost nothing.
			p.enter("dau", "abc")
			p.enter("users", "77")
			p.press(kb.Enter)
			p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
			if p.text("#dau-note") == "" || p.text("#answer-state") == "" {
				t.Error("no message")
			}
			equal(p, "text at fault", eval[string](p, `document.getElementById("dau").value`), "abc")
			equal(p, "other text", eval[string](p, `document.getElementById("users").value`), "77")
			equal(p, "months", eval[string](p, `document.getElementById("months").value`), "12")
			equal(p, "status", eval[int](p, `performance.getEntriesByType("navigation")[0].responseStatus`), 422)
			p.enter("dau", "15,000")
			p.press(kb.Enter)
			p.wait(`location.search.includes("dau=15000") && location.search.includes("users=77")`)
			p.waitText("#total", "¥53,988.00")
		})
	}
}

// Enter in a field asks for the answer and leaves the page where it is.
func TestEnter(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product)
	eval[bool](p, `window.sameDocument = true`)
	p.enter("dau", "15000")
	p.press(kb.Enter)
	p.waitText("#total", "¥1,999.00")
	p.waitAddress(product + "?dau=15000")
	equal(p, "the same page", eval[bool](p, `window.sameDocument === true`), true)
	equal(p, "focus", eval[string](p, `document.activeElement.id`), "dau")
	for _, r := range p.sent() {
		if r.method == "POST" && strings.Contains(r.url, "?") {
			t.Errorf("entries are sent in the address: %s", r.url)
		}
	}
}

// stop describes what has the focus, for a person who reads the report.
const stop = `(e => e.id || e.closest("tr")?.dataset.option || (e.localName === "summary" ? "summary of " + e.parentElement.querySelector("input").id : e.className || e.localName))(document.activeElement)`

// Everything can be reached and used by keyboard, in the order it is seen, and
// it is seen where the focus is.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product + "?dau=15000")
	// What each element and the boxes around it look like without the focus.
	eval[bool](p, `(() => {
		window.look = e => {
			const looks = [];
			for (let n = e, i = 0; n && i < 3; n = n.parentElement, i++) {
				const s = getComputedStyle(n);
				looks.push([s.outlineStyle === "none" || s.outlineWidth === "0px" ? "" : s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join("|"));
			}
			return looks.join("; ");
		};
		window.looks = new Map();
		for (const e of document.querySelectorAll("a, button, input, summary")) looks.set(e, look(e));
		return true;
	})()`)
	var stops []string
	// tab goes on to the next stop and checks that it can be seen.
	tab := func() string {
		t.Helper()
		p.press(kb.Tab)
		at := eval[string](p, stop)
		if !eval[bool](p, `document.activeElement.matches(":focus-visible")`) {
			t.Errorf("%s has the focus invisibly", at)
		}
		if eval[bool](p, `looks.has(document.activeElement) && looks.get(document.activeElement) === look(document.activeElement)`) {
			t.Errorf("%s looks with the focus as it does without", at)
		}
		if !eval[bool](p, `(r => r.width > 0 && r.height > 0 && r.top < innerHeight && r.bottom > 0 && r.left < innerWidth && r.right > 0)(document.activeElement.getBoundingClientRect())`) {
			t.Errorf("%s is not in sight when it has the focus", at)
		}
		stops = append(stops, at)
		return at
	}
	to := func(id string) {
		t.Helper()
		for range 60 {
			if tab() == id {
				return
			}
		}
		t.Fatalf("the tab key does not lead to %s, but to %s", id, strings.Join(stops, ", "))
	}
	to("skip")
	to("months")
	to("dau")
	p.press(kb.End + "0")
	p.waitAddress(product + "?dau=150000")
	to("summary of friends_per_user")
	// Closed groups are passed over whole.
	to("summary of history_days")
	p.press(kb.Enter)
	p.wait(`document.querySelector("details:has(#history_days)").open`)
	to("history_days")
	p.press("90")
	to("advanced_moderation")
	p.press(" ")
	p.waitAddress(product + "?dau=150000&history_days=90&advanced_moderation=yes")
	equal(p, "ticked", eval[bool](p, `document.getElementById("advanced_moderation").checked`), true)
	equal(p, "focus", eval[string](p, stop), "advanced_moderation")
	p.press(" ")
	p.waitAddress(product + "?dau=150000&history_days=90")
	for {
		if at := tab(); strings.HasPrefix(at, "option-") {
			break
		} else if at == "skip" || len(stops) > 80 {
			t.Fatalf("the tab key does not lead to the options, but to %s", strings.Join(stops, ", "))
		}
	}
	equal(p, "the option that is chosen", eval[bool](p, `document.activeElement.checked`), true)
	p.press(kb.ArrowDown)
	p.wait(`location.search.includes("option=")`)
	to("link")
	to("copy")

	// Shift and tab lead back to the fold, and space closes it.
	for range 40 {
		p.press(kb.Tab, kb.ModifierShift)
		if eval[string](p, stop) == "summary of history_days" {
			break
		}
	}
	equal(p, "back at the fold", eval[string](p, stop), "summary of history_days")
	p.press(" ")
	p.wait(`!document.querySelector("details:has(#history_days)").open`)

	want := []string{"skip", "months", "dau", "peak_groups", "users", "summary of friends_per_user", "summary of live_groups", "summary of history_days", "history_days", "advanced_moderation"}
	at := 0
	for _, s := range stops {
		if at < len(want) && s == want[at] {
			at++
		}
	}
	if at < len(want) {
		t.Errorf("stops are %s: %s is not where it should be", strings.Join(stops, ", "), want[at])
	}
	t.Log("tab stops:", strings.Join(stops, ", "))
}

// The skip link leads past the form to the answer.
func TestSkipLink(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(product + "?dau=15000")
	eval[bool](p, `(document.querySelector(".skip").focus(), true)`)
	equal(p, "the link is seen", eval[bool](p, `document.querySelector(".skip").getBoundingClientRect().left >= 0`), true)
	p.press(kb.Enter)
	p.wait(`document.activeElement.id === "answer"`)
	p.press(kb.Tab)
	equal(p, "the next stop is in the answer", eval[bool](p, `!!document.activeElement.closest("#answer")`), true)
	// The address has a fragment now; the next answer must still find its way.
	p.enter("dau", "25000")
	p.waitText("#total", "¥2,999.00")
	p.waitAddress(product + "?dau=25000")
}
