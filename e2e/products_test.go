package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// focused is the id of what has the focus.
const focused = `document.activeElement.id`

// value is what a field holds.
func (p *tab) value(id string) string {
	p.t.Helper()
	return eval[string](p, `document.getElementById(`+quote(id)+`)?.value ?? "(none)"`)
}

// unfold opens all groups.
func (p *tab) unfold() {
	p.t.Helper()
	eval[int](p, `(() => { const all = document.querySelectorAll("details"); for (const d of all) d.open = true; return all.length })()`)
}

// cents reads the amounts of the elements that a selector finds, in fen.
func (p *tab) cents(selector string) []int {
	p.t.Helper()
	return eval[[]int](p, `[...document.querySelectorAll(`+quote(selector)+`)].map(e => Math.round(Number(e.textContent.replace(/[^0-9.-]/g, "")) * 100))`)
}

// reopens opens the address of the page in another browser, and compares.
func (p *tab) reopens() {
	p.t.Helper()
	other := open(p.t, visitor{})
	other.visit(eval[string](p, `location.pathname + location.search`))
	other.unfold()
	p.unfold()
	other.mirrors("the address in another browser", p)
}

// What is bought and what covers the usage agree with the bill.
func TestPools(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	const (
		bought = ".purchases .amount"
		lines  = "tr[data-line] td.amount"
	)
	sum := func(amounts []int) int {
		total := 0
		for _, a := range amounts {
			total += a
		}
		return total
	}
	agree := func(total int) {
		t.Helper()
		equal(p, "total", p.cents("#total")[0], total)
		equal(p, "sum of the lines", sum(p.cents(lines)), total)
	}
	p.visit(trtc + "?av_audio_minutes=3000000&option=starter")
	agree(1688400)
	equal(p, "bought", sum(p.cents(bought)), 1688400)
	equal(p, "purchases", len(p.cents(bought)), 1)
	equal(p, "packs on the bill", sum(p.cents("tr[data-line=av_packs] td.amount")), 1688400)
	if text := p.text(".purchases li"); !strings.Contains(text, "1 × ") || !strings.Contains(text, "3,000,000") {
		t.Errorf("bought: %q", text)
	}
	const pool = `[...document.querySelectorAll(".pool dd")].map(e => e.textContent.replace(/[^0-9.]/g, ""))`
	equal(p, "used, and covered by packs", strings.Join(eval[[]string](p, pool), " "), "3000000 3000000")

	// Live, partly from packs and partly beyond them.
	p.paste("av_audio_minutes", "1000180") // in one go: for less the starter plan is the recommended one, and the choice would be none
	p.waitText("#total", "¥5,965.26")
	agree(596526)
	equal(p, "bought", sum(p.cents(bought)), 596400)
	equal(p, "used, covered, and billed afterwards", strings.Join(eval[[]string](p, pool), " "), "1000180 1000000 180")
	// A plan's allowance comes first, and what is left of it is said.
	p.visit(trtc + "?av_audio_minutes=90&option=basic")
	agree(62500)
	equal(p, "nothing is bought", len(p.cents(bought)), 0)
	if rows := eval[[]string](p, pool); !slices.Contains(rows, "90") || !slices.Contains(rows, "109910") {
		t.Errorf("pool: %v", rows)
	}
	// Nothing is used: neither table is there.
	p.enter("av_audio_minutes", "")
	p.wait(`!document.querySelector(".pool, .purchases")`)
	// A term of several windows says in which year something is bought.
	p.visit(easemob + "?rtc_standard_minutes=50000&months=13")
	agree(2030600)
	equal(p, "bought", sum(p.cents(bought)), 327900)
	if n := len(p.cents(bought)); n < 2 {
		t.Errorf("%d purchases", n)
	}
	// A commitment is a purchase, too.
	p.visit(aliyun + "?workloads.0.rounds=88000&workloads.0.dialogue=casual&months=12")
	agree(200100)
	equal(p, "bought", sum(p.cents(bought)), 200100)
}

// A feature rules out the plans that lack it, and says so beside each.
func TestFeatures(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(trtc)
	const infeasible = `[...document.querySelectorAll("tr[data-option]:has(.reasons li)")].map(e => e.dataset.option).join(" ")`
	equal(p, "at first", eval[string](p, infeasible), "")
	p.unfold()
	eval[bool](p, `(document.getElementById("features-ai_captions").focus({preventScroll: true}), true)`)
	p.press(" ")
	p.waitAddress(trtc + "?features=ai_captions")
	p.waitText("#total", "¥2,875.00")
	equal(p, "without captions", eval[string](p, infeasible), "starter basic premium ultimate")
	equal(p, "focus", eval[string](p, focused), "features-ai_captions")
	if reason := strings.ToLower(p.text("tr[data-option=starter] .reasons")); !strings.Contains(reason, "caption") {
		t.Errorf("the reason is %q", reason)
	}
	equal(p, "not chosen in vain", eval[string](p, `document.querySelector("input[name=option]:checked").closest("tr").dataset.option`), "premium_plus")
	// A second one, further down: nothing can serve both but the largest plan.
	for range 60 {
		p.press(kb.Tab)
		if eval[string](p, focused) == "features-high_resolution" {
			break
		}
	}
	p.press(" ")
	p.waitAddress(trtc + "?features=ai_captions&features=high_resolution")
	p.waitText("#total", "¥8,000.00")
	equal(p, "without both", eval[string](p, infeasible), "starter basic premium premium_plus ultimate")
	p.reopens()
	p.press(" ")
	p.waitAddress(trtc + "?features=ai_captions")
	p.press(kb.Tab, kb.ModifierShift) // the boxes in between
	eval[bool](p, `(document.getElementById("features-ai_captions").focus({preventScroll: true}), true)`)
	p.press(" ")
	p.waitAddress(trtc)
	equal(p, "unticked", eval[string](p, infeasible), "")
	// Minutes in a resolution imply the feature that it takes.
	p.enter("av_2k_minutes", "1")
	p.waitText("#total", "¥6,250.00")
	equal(p, "without 2K", eval[string](p, infeasible), "starter basic premium premium_plus")
}

// Choosing from a list changes the total, by mouse and by keyboard.
func TestSelect(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(trtc + "?av_audio_minutes=1000180&option=starter")
	p.waitText("#total", "¥5,965.26")
	p.unfold()
	eval[bool](p, `(document.getElementById("dashboard").focus({preventScroll: true}), true)`)
	p.press("A") // Advanced
	p.waitText("#total", "¥8,764.43")
	p.waitAddress(trtc + "?av_audio_minutes=1000180&dashboard=advanced&option=starter")
	equal(p, "chosen", p.value("dashboard"), "advanced")
	equal(p, "focus", eval[string](p, focused), "dashboard")
	equal(p, "the subscription on the bill", p.cents("tr[data-line=dashboard] td.amount")[0], 279900)
	p.press(kb.ArrowUp)
	p.waitAddress(trtc + "?av_audio_minutes=1000180&dashboard=basic&option=starter")
	equal(p, "chosen", p.value("dashboard"), "basic")
	p.reopens()
	p.press(kb.Home)
	p.waitText("#total", "¥5,965.26")
	p.waitAddress(trtc + "?av_audio_minutes=1000180&option=starter")
}

// What is chosen in a row can be read to its end, where choices differ.
func TestRowSelects(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		p := open(t, visitor{screen: screen{"wide", 1366, 768, false}, lang: lang})
		for _, path := range []string{fullAliyun, fullINF, fullEasemob} {
			p.visit(path)
			p.unfold()
			if cut := eval[[]string](p, `[...document.querySelectorAll(".row select")].filter(e => {
				const whole = e.cloneNode(true);
				whole.style.cssText = "position: absolute; flex: none; inline-size: max-content";
				e.parentElement.append(whole);
				const cut = whole.offsetWidth > e.offsetWidth + 1;
				whole.remove();
				return cut;
			}).map(e => e.id)`); len(cut) > 0 {
				t.Errorf("%s: cut off: %s", path, strings.Join(cut, " "))
			}
			p.fits(path, screen{"wide", 1366, 768, false})
		}
	}
}

// A box that is ticked by default says no in the address when it is not.
func TestTickedByDefault(t *testing.T) {
	t.Parallel()
	for _, noScript := range []bool{false, true} {
		t.Run(map[bool]string{false: "live", true: "without script"}[noScript], func(t *testing.T) {
			t.Parallel()
			p := open(t, visitor{noScript: noScript})
			calculate := func() {
				if noScript {
					p.click("#calculator .submit button")
				}
			}
			ticked := func() bool { return eval[bool](p, `document.getElementById("promotions").checked`) }
			p.visit(trtc + "?months=12&option=basic")
			p.waitText("#total", "¥6,000.00")
			equal(p, "by default", ticked(), true)
			p.click("details:has(#promotions) summary")
			p.click("#promotions")
			calculate()
			p.waitAddress(trtc + "?months=12&promotions=no&option=basic")
			p.waitText("#total", "¥7,500.00")
			p.reload()
			equal(p, "after a reload", ticked(), false)
			p.waitText("#total", "¥7,500.00")
			equal(p, "its group is open", eval[bool](p, `document.querySelector("details:has(#promotions)").open`), true)
			if !noScript {
				p.reopens()
				p.enter("months", "13") // something else leaves it as it is
				p.waitAddress(trtc + "?months=13&promotions=no&option=basic")
				equal(p, "after another change", ticked(), false)
				p.enter("months", "12")
				p.waitText("#total", "¥7,500.00")
			}
			p.click("#promotions")
			calculate()
			p.waitAddress(trtc + "?months=12&option=basic")
			p.waitText("#total", "¥6,000.00")
		})
	}
}

// Whoever comes with a need finds the product, and an example of it.
func TestStart(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit("/")
	paths := []string{product, trtc, aliyun, inf, easemob}
	links := eval[[]string](p, `[...document.querySelectorAll("main h3 a")].map(e => e.getAttribute("href"))`)
	slices.Sort(links)
	slices.Sort(paths)
	if !slices.Equal(links, paths) {
		t.Errorf("products: %v", links)
	}
	menu := append(slices.Clone(paths), "/compare")
	slices.Sort(menu)
	nav := eval[[]string](p, `[...document.querySelectorAll("header nav:not(.quotes) a")].map(e => e.getAttribute("href"))`)
	slices.Sort(nav)
	if !slices.Equal(nav, menu) {
		t.Errorf("menu: %v", nav)
	}
	equal(p, "the visitor's own", eval[string](p, `[...document.querySelectorAll("header nav.quotes a")].map(e => e.getAttribute("href")).join(" ")`), "/draft /quotes")
	// Words that such a visitor would look for, in both languages.
	needs := map[string][]string{
		product: {"chat", "聊天"}, trtc: {"meeting", "会议"}, aliyun: {"voice assistant", "语音助手"},
		inf: {"financ", "金融"}, easemob: {"chat", "社群"},
	}
	for n, lang := range []string{"en", "zh-CN"} {
		p.visit("/?lang=" + strings.TrimSuffix(lang, "-CN"))
		for path, words := range needs {
			card := strings.ToLower(eval[string](p, `document.querySelector('main h3 a[href="`+path+`"]').closest("li").innerText`))
			if !strings.Contains(card, words[n]) {
				t.Errorf("%s is not found by %q: %q", path, words[n], card)
			}
		}
	}
	p.visit("/?lang=en")
	type example struct{ Href, Shown string }
	examples := eval[[]example](p, `[...document.querySelectorAll("main li.card li")].map(e => ({href: e.querySelector("a").getAttribute("href"), shown: e.querySelector("strong")?.textContent ?? ""}))`)
	if len(examples) < 15 {
		t.Errorf("%d examples", len(examples))
	}
	for _, path := range paths {
		if !slices.ContainsFunc(examples, func(e example) bool { return strings.HasPrefix(e.Href, path+"?") }) {
			t.Errorf("no example of %s", path)
		}
	}
	for _, e := range examples {
		p.visit(e.Href)
		if eval[bool](p, `!document.querySelector("#total") || !!document.querySelector("[aria-invalid=true], .note.fault, #answer-state:not(:empty)")`) {
			t.Errorf("%s opens a page without figures, or with faults", e.Href)
			continue
		}
		equal(p, "a month of "+e.Href, p.text("#monthly"), e.Shown)
		equal(p, "address of an example", p.address(), e.Href)
	}
	// The examples of older prices, on their own page.
	for _, book := range []string{"2022-09-13", "2026-03-20"} {
		p.visit(easemob + "?price_book=" + book)
		older := eval[[]string](p, `[...document.querySelectorAll(".examples a")].map(e => e.getAttribute("href"))`)
		if len(older) == 0 {
			t.Errorf("no examples of the prices of %s", book)
		}
		for _, href := range older {
			p.visit(href)
			if !eval[bool](p, `!!document.querySelector("#total")`) {
				t.Errorf("%s opens a page without figures", href)
			}
			if !strings.Contains(p.address(), "price_book="+book) {
				t.Errorf("%s, an example of the prices of %s, opens with others", href, book)
			}
		}
	}
}

// The numbers of the assumptions beside a line lead to them, and stand apart.
func TestAssumptions(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(trtc + "?av_audio_minutes=3000000&option=premium_plus")
	if n := eval[int](p, `document.querySelectorAll("a[href^='#assumption-']").length`); n < 3 {
		t.Errorf("%d links to assumptions", n)
	}
	equal(p, "links that lead nowhere", eval[int](p, `[...document.querySelectorAll("a[href^='#assumption-']")].filter(e => !document.querySelector(e.getAttribute("href"))).length`), 0)
	equal(p, "numbers that run together", eval[int](p, `[...document.querySelectorAll("a[href^='#assumption-'] + a")].filter(e => {
		const before = e.previousElementSibling.getBoundingClientRect(), own = e.getBoundingClientRect();
		return own.top < before.bottom && own.left - before.right < 2;
	}).length`), 0)
}
