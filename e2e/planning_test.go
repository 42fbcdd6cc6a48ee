package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A school with 40 classes of 12 pupils a day, on 22 days a month, of 45
// minutes each: the teacher sends a picture and a screen, the pupils receive
// both. How its fields are called, and the same as the API takes it.
const (
	school      = "participants.0.sends=video_1280x720&participants.0.screen=screen_1280x720&participants.1.people=12&participants.1.receives=group_a&session_minutes=45"
	schoolFacts = `{"participants":[{"sends":"video_1280x720","screen":"screen_1280x720"},{"people":12,"receives":"group_a"}],"session_minutes":45,"sessions":%d}`
	schoolPlan  = trtc + "?av_audio_minutes=79200&av_hd_minutes=950400&" + school + "&sessions=880&facts=room"
)

// onward clicks on what leads to another page, and waits until that is there.
func (p *tab) onward(selector, path string) {
	p.t.Helper()
	p.next(selector)
	equal(p, "where "+selector+" leads", eval[string](p, `location.pathname`), path)
}

// contains fails the scenario if a text has not all of some others.
func (p *tab) contains(what, text string, all ...string) {
	p.t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			p.t.Errorf("%s says nothing of %q: %.600s", what, want, text)
		}
	}
}

// texts are those of the elements that a selector finds, with single spaces.
func (p *tab) texts(selector string) []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll(`+quote(selector)+`)].map(e => e.textContent.trim().replace(/\s+/g, " "))`)
}

// enterSchool says who is in a class, and how many classes there are.
func (p *tab) enterSchool(calculate func()) {
	p.t.Helper()
	const second = "participants-1-people" // the first row is there
	p.click(button("participants.add"))
	p.wait(`!!document.getElementById("` + second + `") && (typeof htmx !== "object" || document.activeElement.id === "` + second + `")`)
	p.choose("participants-0-sends", "video_1280x720")
	p.choose("participants-0-screen", "screen_1280x720")
	p.enter("participants-1-people", "12")
	p.choose("participants-1-receives", "group_a")
	p.enter("session_minutes", "45")
	p.enter("sessions", "880")
	calculate()
}

// growth is what is entered into the forecast.
var growth = [][2]string{{"horizon", "6"}, {"high", "12.5"}, {"expected", "7.5"}, {"low", "1"}}

// The whole story: from what a school knows to its quote, with all that lies
// between, and back again with other facts.
func TestPlanning(t *testing.T) {
	t.Parallel()
	for lang, api := range map[string]string{"en": "en", "zh-CN": "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			want := planOf(t, api, 880)
			p := open(t, visitor{lang: lang})
			p.visit("/")
			p.onward(`main a[href="`+trtc+`"]`, trtc)
			p.onward(`a[href*="/facts/room"]`, room)
			p.enterSchool(func() {})
			p.waitAddress(room + "?" + school + "&sessions=880")
			p.derived("the facts", want.derivation)
			// By hand: 880 × 45 minutes, a picture and a screen for each of twelve,
			// ¥21,052.24 with the plan and the packs that are the cheapest together.
			p.contains("the figures", strings.Join(p.texts("tr[data-figure] td"), " "), "79,200 ", "950,400 ")
			equal(p, "total", p.text("#total"), "¥21,052.24")

			p.onward("#use", trtc)
			equal(p, "address", p.address(), schoolPlan)
			equal(p, "minutes", p.value("av_audio_minutes")+" "+p.value("av_hd_minutes"), "79200 950400")
			p.hasEstimate("the plan", want.derivation.Estimate)
			equal(p, "the figures are those of the facts", eval[bool](p, `!!document.querySelector(".estimators a") && !document.querySelector(".no-longer")`), true)

			// What matters most to the bill is drawn.
			p.wait(`document.querySelector("#outlook .mark.now text")?.textContent.includes("950,400")`)
			p.enter("budget", "3万")
			p.wait(`document.getElementById("budget-note").textContent.includes("30,000")`)
			p.curved("the curve", want.curves)
			for _, at := range []string{"3,452", "54,204", "247,373"} {
				p.contains("the break-even points", strings.Join(p.texts(".turns li"), "\n"), at)
			}

			p.onward(`a[href*="/forecast?"]`, trtc+"/forecast")
			equal(p, "what grows", p.value("over"), "sessions")
			for _, f := range growth {
				p.enter(f[0], f[1])
			}
			p.wait(`new URLSearchParams(location.search).size === 17 && document.querySelectorAll("[data-scenario=expected] .months tr:has(> td.plan)").length === 6`)
			p.forecasts("the forecast", want.forecast)
			p.follow(p.reload)
			p.forecasts("the forecast, reloaded", want.forecast)

			p.onward("#back a", trtc)
			p.hasEstimate("the plan, back from the forecast", want.derivation.Estimate)
			p.wait(`document.querySelector("#outlook .mark.now text")?.textContent.includes("950,400")`)
			p.onward(`main a[href^="/compare?"]`, "/compare")
			equal(p, "pupils", p.value("participants-1-people")+" "+p.value("sessions"), "12 880")
			p.compares("the comparison", want.comparison)
			if metered := p.text(".metered"); !strings.Contains(metered, "950,400") || !strings.Contains(metered, "475,200") {
				t.Errorf("metered as %s", metered)
			}
			p.onward(`.compared tfoot a[href^="`+trtc+`"]`, trtc)

			link, found := strings.CutPrefix(p.value("link"), origin)
			equal(p, "the link is the program's own", found, true)
			p.onward("#add", "/draft")
			equal(p, "total of the draft", p.text("#total"), "¥21,052.24")
			p.next("button[value=save]")
			saved := p.address()
			p.contains("the quote's address", saved, "/q/")
			equal(p, "total of the quote", p.text("#total"), "¥21,052.24")
			p.onward(`a[href*="`+trtc+`?"]`, trtc)
			p.hasEstimate("the plan, from the quote", want.derivation.Estimate)

			// By the link that the estimate has, to its facts: fewer classes.
			fewer := planOf(t, api, 440)
			p.visit(link)
			p.onward(`a[href*="/facts/room"]`, room)
			p.enter("sessions", "440")
			p.wait(`location.search.includes("&sessions=440")`)
			p.derived("fewer classes", fewer.derivation)
			p.onward("#use", trtc)
			p.hasEstimate("the plan for fewer classes", fewer.derivation.Estimate)
			equal(p, "minutes of fewer classes", p.value("av_audio_minutes")+" "+p.value("av_hd_minutes"), "39600 475200")
			// The quote is what it was.
			p.visit(saved)
			equal(p, "total of the quote", p.text("#total"), "¥21,052.24")
		})
	}
}

// An item of the draft whose facts are changed stays that item.
func TestFactsOfAnItem(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(schoolPlan)
	p.onward("#add", "/draft")
	p.onward(`.draft-actions a`, trtc)
	p.onward(`a[href*="/facts/room"]`, room)
	p.enter("sessions", "440")
	p.wait(`location.search.includes("sessions=440")`)
	p.onward("#use", trtc)
	total := p.text("#total")
	p.onward("#add", "/draft")
	equal(p, "items", eval[int](p, `document.querySelectorAll(".draft-item").length`), 1)
	equal(p, "total", p.text("#total"), total)
}

// The same with buttons and links alone.
func TestPlanningWithoutScript(t *testing.T) {
	t.Parallel()
	want := planOf(t, "en", 880)
	p := open(t, visitor{noScript: true})
	p.visit("/")
	p.onward(`main a[href="`+trtc+`"]`, trtc)
	p.onward(`a[href*="/facts/room"]`, room)
	p.enterSchool(func() { p.onward(".submit button", room) })
	p.derived("the facts", want.derivation)
	p.onward("#use", trtc)
	p.hasEstimate("the plan", want.derivation.Estimate)
	p.enter("budget", "30000")
	p.onward(".budget button", trtc)
	p.curved("the curve", want.curves)
	p.onward(`a[href*="/forecast?"]`, trtc+"/forecast")
	for _, f := range growth {
		p.enter(f[0], f[1])
	}
	p.onward(".submit button", trtc+"/forecast")
	p.forecasts("the forecast", want.forecast)
	p.onward("#back a", trtc)
	p.onward(`main a[href^="/compare?"]`, "/compare")
	p.compares("the comparison", want.comparison)
	p.enter("sessions", "440")
	p.onward(".submit button", "/compare")
	p.compares("the comparison of fewer classes", planOf(t, "en", 440).comparison)
	p.onward(`.compared tfoot a[href^="`+trtc+`"]`, trtc)
	p.hasEstimate("the plan for fewer classes", planOf(t, "en", 440).derivation.Estimate)
	p.onward("#add", "/draft")
	total := p.text("#total")
	p.next("button[value=save]")
	p.contains("the quote's address", p.address(), "/q/")
	equal(p, "total of the quote", p.text("#total"), total)
	if dead := eval[string](p, `[...document.querySelectorAll("[data-copy]")].filter(e => e.checkVisibility()).map(e => e.textContent).join(" ")`); dead != "" {
		t.Errorf("buttons that do nothing: %s", dead)
	}
}

// The pages of planning, each with something in it.
var planningPages = []struct{ name, address string }{
	{"estimator", room + "?" + school + "&sessions=880&record=mixed&speech_to_text=basic"},
	{"calculator", schoolPlan + "&over=av_hd_minutes&budget=30000"},
	{"steps", product + "?dau=15000&budget=50000"},
	{"forecast", trtc + "/forecast?av_hd_minutes=50000&over=av_hd_minutes&expected=20"},
	{"compare", compare + "?in=tencent-trtc,easemob-im&" + school + "&sessions=880&facts=room"},
}

var phone390 = screen{"phone", 390, 844, true}

// Nobody is kept out of any of them: not by the width of the screen, nor by its
// colours, nor by a reader.
func TestAccessiblePlanning(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		for _, s := range []screen{desktop, phone390} {
			t.Run(lang+"-"+s.name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang})
				for _, page := range planningPages {
					p.media("", false)
					p.visit(page.address)
					p.unfold()
					p.fits(page.name, s)
					p.scrolls(page.name)
					if *screenshotDir != "" {
						p.whole(*screenshotDir, fmt.Sprintf("planning-%s-%s-light-%s.png", page.name, lang, s.name))
						p.media("", true)
						p.whole(*screenshotDir, fmt.Sprintf("planning-%s-%s-dark-%s.png", page.name, lang, s.name))
						p.media("", false)
					}
					if !examined(lang, s) {
						continue
					}
					p.accessible(page.name, `, rules: {"color-contrast": {enabled: false}}`)
					// What is beyond the edge of a table's window has no background that
					// could be computed. All of it is seen on a wide screen, and has the
					// same colours on a phone.
					if s.mobile {
						eval[int](p, `(() => { const all = document.querySelectorAll("[role=region][tabindex]"); for (const e of all) e.hidden = e.scrollWidth > e.clientWidth; return all.length })()`)
					} else {
						p.resize(screen{"wide", 2700, 1400, false})
						eval[bool](p, `document.querySelector("main").style.maxInlineSize = "none", true`)
					}
					p.accessible(page.name+", light", `, runOnly: ["color-contrast"]`)
					p.media("", true)
					p.accessible(page.name+", dark", `, runOnly: ["color-contrast"]`)
					p.resize(s)
				}
			})
		}
	}
}

// scrolls checks that nothing has to be scrolled sideways but tables, each in a
// window that a keyboard can scroll and a reader names.
func (p *tab) scrolls(what string) {
	p.t.Helper()
	if wrong := eval[[]string](p, `[...document.querySelectorAll("main *")].filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
		.filter(e => !(e.tabIndex === 0 && e.role === "region" && (e.ariaLabel || e.getAttribute("aria-labelledby")) && e.querySelector("table")))
		.map(e => e.localName + "." + e.className + "#" + e.id + " " + e.scrollWidth + ">" + e.clientWidth)`); len(wrong) > 0 {
		p.t.Errorf("%s scrolls sideways: %s", what, strings.Join(wrong, ", "))
	}
}
