package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Pages without a form on paper have what was entered, what is folded and
// matters, and no sheet for the footer alone.
func TestPlanningOnPaper(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		roomCompared: {"Group C", "Each sends Video 1920 × 1080 (full HD)", "30 minutes", "3,000 sessions a month", "Ultimate Plus (cheapest plan)", "Everyone is in the room for the whole session", "Taxes; the source does not say", "/compare?c=", roomCompared[strings.Index(roomCompared, "&"):]},
		twoCompared:  {"15,000 users a day", "12 months", "Pro (cheapest plan)", "Contract prices and promotions.", "/compare?c=", twoCompared[strings.Index(twoCompared, "&"):]},
		room + "?" + mixedCall + "&participants.3.people=500&sessions=40": {"Tencent RTC (TRTC)", "Group D", "People 500 people", "30 minutes", "40 sessions a month", "&participants.3.people=500&session_minutes=30&sessions=40"},
	} {
		p := open(t, visitor{})
		p.visit(address)
		pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal("printing:", err)
		}
		name := filepath.Join(t.TempDir(), "page.pdf")
		if err := os.WriteFile(name, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		printed := tool(t, "pdftotext", "-layout", name, "-")
		for _, w := range want {
			if !strings.Contains(dense(printed), dense(w)) {
				t.Errorf("%s: %q is not printed:\n%s", address, w, printed)
			}
		}
		sheets := strings.Split(strings.TrimSuffix(printed, "\f"), "\f")
		if last := sheets[len(sheets)-1]; len(sheets) > 4 || strings.Count(strings.TrimSpace(last), "\n") < 2 {
			t.Errorf("%s: the last of %d sheets has %q", address, len(sheets), last)
		}
		p.media("print", false)
		if seen := eval[string](p, `[...document.querySelectorAll("select, button, .bar, input:not([type=hidden])")].filter(e => e.checkVisibility() && !e.closest(".hidden")).map(e => e.id || e.className).join(" ")`); strings.TrimSpace(seen) != "" {
			t.Errorf("%s: of no use on paper: %s", address, seen)
		}
	}
}

// On a small phone the bar is one line, which covers nothing that has the focus,
// and not there while there is nothing to say. A fault leaves the last total.
func TestPlanningBar(t *testing.T) {
	t.Parallel()
	small := screen{"small phone", 360, 640, true}
	const bar = `document.querySelector(".bar").getBoundingClientRect()`
	for _, lang := range []string{"en", "zh-CN"} {
		p := open(t, visitor{screen: small, lang: lang})
		p.visit(room)
		equal(p, "bar of an empty room", eval[bool](p, bar+`.height <= 1`), true)
		for _, address := range []string{twoCompared, room + "?" + mixedCall} {
			p.visit(address)
			if height := eval[float64](p, bar+`.height`); height < 30 || height > 56 {
				t.Errorf("%s: the bar is %.0f high", address, height)
			}
			for range 40 {
				p.press(kb.Tab)
				if eval[bool](p, `document.activeElement.closest(".bar") !== null || document.activeElement === document.body`) {
					break
				}
				if !eval[bool](p, `(r => r.height > `+bar+`.top || r.bottom <= `+bar+`.top && r.top >= 0)(document.activeElement.getBoundingClientRect())`) {
					t.Errorf("%s: %s has the focus below the bar, or out of sight", address, eval[string](p, stop))
				}
			}
		}
		total := p.text("#bar-sum strong")
		p.enter("sessions", "x")
		p.wait(`document.getElementById("answer-state").textContent !== ""`)
		equal(p, "total at a fault", p.text("#bar-sum strong"), total)
		equal(p, "the total is marked", eval[bool](p, `document.querySelector("#bar-sum .before").checkVisibility() && document.getElementById("spoken").getBoundingClientRect().height > 10 && `+bar+`.height < 80`), true)
		p.enter("sessions", "7")
		p.wait(`document.getElementById("answer-state").textContent === "" && document.querySelector("#bar-sum strong").textContent !== ` + quote(total))
	}
}
