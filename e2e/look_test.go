package e2e

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// example is the estimate of the README and the screenshots.
const example = product + "?months=12&dau=15000&history_days=90"

func TestPhone(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{screen: phone, lang: lang, lines: []string{refused(404), refused(422)}})
			for _, address := range []string{"/", product, example, product + "?group_members=6001", product + "?dau=abc", "/nothing-here",
				trtc, fullTRTC, fullAliyun, fullINF, fullEasemob, olderEasemob,
				trtc + "?av_audio_minutes=999999999&record_single_4k_minutes=999999999&deliver_cos_2k_minutes=999999999&months=36",
				aliyun + "?workloads.0.rounds=abc&workloads.1.rounds=1&devices=1"} {
				p.visit(address)
				eval[int](p, `(() => { const all = document.querySelectorAll("details"); for (const d of all) d.open = true; return all.length })()`)
				p.fits(address, phone)
			}

			p.visit(example)
			const bar = `document.querySelector(".bar").getBoundingClientRect()`
			seen := func() {
				t.Helper()
				equal(p, "the total is fixed", eval[string](p, `getComputedStyle(document.querySelector(".bar")).position`), "fixed")
				equal(p, "the total is at the lower edge", eval[bool](p, `Math.abs(`+bar+`.bottom - innerHeight) < 1 && `+bar+`.height > 20 && `+bar+`.left <= 0 && `+bar+`.right >= 360`), true)
				equal(p, "the total is on top", eval[bool](p, `(r => document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2).closest("#spoken") !== null)(document.getElementById("spoken").getBoundingClientRect())`), true)
			}
			seen()
			if total := eval[string](p, `document.getElementById("spoken").innerText`); !strings.Contains(total, "35,988.00") {
				t.Errorf("the lower edge says %q", total)
			}
			// Whatever has the focus can be seen: the bar does not cover it.
			eval[bool](p, `(document.querySelector(".skip").focus(), true)`)
			for range 60 {
				p.press(kb.Tab)
				if eval[bool](p, `document.activeElement.closest(".bar") !== null || document.activeElement === document.body`) {
					break
				}
				if !eval[bool](p, `(r => r.bottom <= `+bar+`.top && r.top >= 0)(document.activeElement.getBoundingClientRect())`) {
					t.Errorf("%s has the focus below the bar, or out of sight: %s", eval[string](p, stop),
						eval[string](p, `JSON.stringify([document.activeElement.getBoundingClientRect(), `+bar+`.top])`))
				}
			}
			p.paste("dau", "25000")
			p.wait(`document.getElementById("spoken").innerText.includes("47,988.00")`)
			seen()
			// From the total to how it is made up.
			p.click(".bar a")
			p.wait(`(r => r.top >= -1 && r.top < innerHeight / 2)(document.getElementById("answer").getBoundingClientRect())`)
			p.wait(`location.hash === "#answer"`)

			// Targets are large enough for a finger, or have room around them.
			if small := eval[string](p, `[...document.querySelectorAll("input:not([type=hidden], [aria-hidden=true]), select, button, summary, .bar a, .lang")].filter(e => e.checkVisibility()).filter(e => {
				const box = (e.closest(".box") ?? e.labels?.[0]?.closest("th") ?? e.closest(".field") ?? e).getBoundingClientRect();
				return box.height < 24 || box.width < 24;
			}).map(e => e.id || e.className || e.localName).join(" ")`); small != "" {
				t.Errorf("too small for a finger: %s", small)
			}
		})
	}
}

// rgb reads a computed colour and returns its brightness, from 0 to 1.
const brightness = `(text => { const [r, g, b] = text.match(/[\d.]+/g).map(Number); return (r * .2126 + g * .7152 + b * .0722) / 255 })`

func TestDark(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/", example, "/nothing-here"} {
		t.Run(strings.Trim(strings.ReplaceAll(address, "/", "-"), "-?"), func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{dark: true, lines: []string{refused(404)}})
			p.visit(address)
			paper := eval[float64](p, brightness+`(getComputedStyle(document.body).backgroundColor)`)
			ink := eval[float64](p, brightness+`(getComputedStyle(document.querySelector("h1")).color)`)
			if paper > .2 || ink < .7 {
				t.Errorf("in the dark, paper has brightness %.2f and ink %.2f", paper, ink)
			}
			// It follows the system while it is open.
			p.media("", false)
			paper = eval[float64](p, brightness+`(getComputedStyle(document.body).backgroundColor)`)
			ink = eval[float64](p, brightness+`(getComputedStyle(document.querySelector("h1")).color)`)
			if paper < .85 || ink > .3 {
				t.Errorf("in the light, paper has brightness %.2f and ink %.2f", paper, ink)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	const language = `document.documentElement.lang`
	english, chinese := open(t, visitor{}), open(t, visitor{lang: "zh-CN,zh;q=0.9,en;q=0.5"})
	// What is said to the visitor, in the order of the page. Names that are the
	// same in both languages are only units and the site's mark.
	const labels = `[...document.querySelectorAll("h1, h2, h3, label, .help, legend, caption, th[scope=col], summary, dt, button, .skip, .examples a, nav a, .origin, .small li, footer p, #spoken, title")].map(e => e.textContent.trim())`
	for _, address := range []string{"/", example, product + "?group_members=6001"} {
		english.visit(address)
		chinese.visit(address)
		equal(english, "language", eval[string](english, language), "en")
		equal(chinese, "language", eval[string](chinese, language), "zh-CN")
		en, zh := eval[[]string](english, labels), eval[[]string](chinese, labels)
		if len(en) != len(zh) || len(en) < 8 {
			t.Errorf("%s: %d labels in English, %d in Chinese", address, len(en), len(zh))
			continue
		}
		for i := range en {
			if en[i] == zh[i] && strings.Trim(en[i], "0123456789.,¥ ") != "" {
				t.Errorf("%s: %q is the same in both languages", address, en[i])
			}
			if en[i] != "" && (zh[i] == "" || !hasHan(zh[i])) {
				t.Errorf("%s: %q is %q in Chinese", address, en[i], zh[i])
			}
		}
		// Words that nobody sees but a screen reader says.
		for _, attribute := range []string{"aria-label", "data-copied", "data-failed", "data-unreachable", "data-too-fast"} {
			list := `[...document.querySelectorAll("[` + attribute + `]")].map(e => e.getAttribute("` + attribute + `")).join("|")`
			if a, b := eval[string](english, list), eval[string](chinese, list); a != "" && (a == b || !hasHan(b)) {
				t.Errorf("%s: %s is %q in English, %q in Chinese", address, attribute, a, b)
			}
		}
	}

	// The switch keeps what was entered, here and on the way back.
	english.visit(product + "?months=12&dau=15000")
	english.click("details:has(#history_days) summary")
	english.enter("history_days", "90")
	english.waitAddress(example)
	english.wait(`document.getElementById("lang-switch").getAttribute("href").includes("history_days=90")`)
	total := english.text("#total")
	equal(english, "language of the switch", eval[string](english, `document.getElementById("lang-switch").lang`), "zh-CN")
	english.click("#lang-switch")
	english.wait(language + ` === "zh-CN"`)
	equal(english, "total", english.text("#total"), total)
	equal(english, "dau", eval[string](english, `document.getElementById("dau").value`), "15000")
	equal(english, "history_days", eval[string](english, `document.getElementById("history_days").value`), "90")
	// It is remembered, and the answers are in it, too.
	english.visit("/")
	equal(english, "language of the next page", eval[string](english, language), "zh-CN")
	english.visit(product)
	english.enter("dau", "15000")
	english.waitText("#total", "¥1,999.00")
	if spoken := english.text("#spoken"); !hasHan(spoken) {
		t.Errorf("spoken in Chinese: %q", spoken)
	}
	equal(english, "the address says nothing of the language", english.address(), product+"?dau=15000")
	// An entry at fault survives the switch as well.
	english.mu.Lock()
	english.lines = append(english.lines, refused(422))
	english.mu.Unlock()
	english.paste("dau", "abc")
	english.wait(`document.getElementById("lang-switch").getAttribute("href").includes("dau=abc")`)
	english.click("#lang-switch")
	english.wait(language + ` === "en"`)
	equal(english, "entry at fault", eval[string](english, `document.getElementById("dau").value`), "abc")
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

func TestPrint(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{lang: lang, dark: true})
			p.visit(example)
			screenText := p.text("#total")
			p.media("print", true)
			if fields := eval[string](p, `[...document.querySelectorAll("input:not([type=hidden], [aria-hidden=true]), select, button, summary, .bar, #lang-switch, nav")].filter(e => e.id !== "link" && e.checkVisibility()).map(e => e.id || e.localName).join(" ")`); fields != "" {
				t.Errorf("printed although of no use on paper: %s", fields)
			}
			printed := eval[string](p, `document.body.innerText`)
			for _, want := range []string{screenText, "15,000", "90", "12", "20"} {
				if !strings.Contains(printed, want) {
					t.Errorf("%q is not printed", want)
				}
			}
			for _, selector := range []string{"#total", "#monthly", "tr[data-line]", "tr[data-option=ultimate]", ".small"} {
				if !eval[bool](p, `document.querySelector(`+quote(selector)+`).checkVisibility()`) {
					t.Errorf("%s is not printed", selector)
				}
			}
			if !eval[bool](p, `[...document.querySelectorAll(".entries dd")].some(e => e.checkVisibility() && e.innerText.includes("15,000"))`) {
				t.Error("the entries are not printed")
			}
			if link := eval[string](p, `document.getElementById("link").value`); entered(link) != origin+example || !strings.Contains(printed, link) {
				t.Error("the whole address is not printed")
			}
			if screenOnly := eval[int](p, `[...document.querySelectorAll(".downloads, textarea, #link, .share button")].filter(e => e.checkVisibility()).length`); screenOnly > 0 {
				t.Errorf("%d ways to hand the estimate on are printed", screenOnly)
			}
			p.fits("the printed page", desktop)
			// Paper is white, also for whoever likes the dark.
			ink := eval[float64](p, brightness+`(getComputedStyle(document.querySelector("#total")).color)`)
			if ink > .3 {
				t.Errorf("the ink on paper has brightness %.2f", ink)
			}
			pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
			if err != nil {
				t.Fatal("printing:", err)
			}
			if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 10_000 {
				t.Errorf("the PDF has %d bytes", len(pdf))
			}
			pages := bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page ")) + bytes.Count(pdf, []byte("/Type /Page/"))
			if pages < 1 || pages > 3 {
				t.Errorf("printed on %d pages", pages)
			}
		})
	}
}

// An answer that is longer than the screen says so at its lower edge, and when
// it has been read to its end nothing lies over the last line.
func TestMoreBelow(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{screen: screen{"low", 1366, 650, false}})
	p.visit(example)
	const panel = `document.querySelector(".answer")`
	if !eval[bool](p, panel+`.scrollHeight > 2 * `+panel+`.clientHeight`) {
		t.Fatal("the answer fits into a low screen")
	}
	type edge struct{ Position, Image, Pointer string }
	at := eval[edge](p, `(s => ({position: s.position, image: s.backgroundImage, pointer: s.pointerEvents}))(getComputedStyle(`+panel+`, "::after"))`)
	if below := eval[float64](p, panel+`.getBoundingClientRect().bottom - innerHeight`); below > 0 {
		t.Errorf("the lower edge is %.0f px below the screen", below)
	}
	if at.Position != "sticky" || !strings.Contains(at.Image, "gradient") || at.Pointer != "none" {
		t.Errorf("at the lower edge: %+v", at)
	}
	eval[bool](p, `(`+panel+`.scrollTo({top: 1e6, behavior: "instant"}), true)`)
	free := eval[float64](p, panel+`.getBoundingClientRect().bottom - `+panel+`.lastElementChild.getBoundingClientRect().bottom - parseFloat(getComputedStyle(`+panel+`, "::after").height)`)
	if free < -1 {
		t.Errorf("%.1f px of the end are covered", -free)
	}
}

// fits checks that a page does not have to be scrolled sideways.
func (p *tab) fits(what string, s screen) {
	p.t.Helper()
	// A page that is too wide is shown smaller, and innerWidth grows with it:
	// compare with the screen's own width.
	if wide := eval[int64](p, `document.scrollingElement.scrollWidth`); wide > s.width {
		p.t.Errorf("%s is %d wide, because of %s", what, wide, eval[string](p, fmt.Sprintf(`[...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > %d.5)
			.map(e => e.localName + "." + e.className + "#" + e.id).slice(0, 9).join(" ")`, s.width)))
	}
}
