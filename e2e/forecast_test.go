package e2e

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

const (
	forecast        = "/calc/tencent-im/forecast"
	growingForecast = forecast + "?dau=60&over=dau&expected=20"
	windowForecast  = "/calc/tencent-trtc/forecast?av_hd_minutes=20000&av_audio_minutes=300000&over=av_hd_minutes&expected=15&horizon=18"
)

// What grows is chosen and typed, the result follows, and its address reopens it.
func TestForecast(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit("/calc/tencent-im?dau=60")
	p.click(".onward a")
	p.waitText("#total", "¥999.00") // by 5 % a month, over 100 users in month 12
	p.enter("expected", "20")
	p.waitText("#total", "¥8,991.00")
	p.waitAddress(growingForecast)
	p.waitText("#low-help", "Left empty: 10%")
	p.reload()
	p.waitText("#total", "¥8,991.00")
	equal(p, "typed", p.value("expected"), "20")
	p.enter("expected", "lots")
	p.wait(`document.getElementById("expected").getAttribute("aria-invalid") === "true"`)
	p.waitText("#total", "¥8,991.00")
	p.enter("expected", "20")
	p.wait(`!document.getElementById("expected").hasAttribute("aria-invalid")`)

	p.choose("over", "peak_groups")
	p.waitText("#start-unit", "groups")
	p.choose("over", "dau")
	p.click("details:has(#quantities) summary")
	p.paste("quantities", "60\n8,000\n1.5万")
	p.waitText("#total", "¥2,998.00")
	p.waitAddress(forecast + "?dau=60&over=dau&quantities=60~8000~15000")
	p.click("#back a")
	p.waitAddress("/calc/tencent-im?dau=60&over=dau")
}

func TestForecastWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true})
	p.visit(forecast + "?dau=60")
	p.enter("expected", "20")
	p.click(".submit button")
	p.wait(`document.getElementById("total").textContent === "¥8,991.00"`)
}

func TestAccessibleForecasts(t *testing.T) {
	t.Parallel()
	for lang, s := range map[string]screen{"en": desktop, "zh-CN": phone} {
		for name, address := range map[string]string{
			"empty": forecast, "growing": growingForecast, "windows": windowForecast, "fault": growingForecast + "&start=many",
			"entered": forecast + "?over=dau&quantities=60~8000~15000", "none": forecast + "?over=group_members&quantities=6001~6002",
		} {
			t.Run(lang+"-"+s.name+"-"+name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang, dark: s.mobile, lines: []string{refused(422)}})
				p.visit(address)
				p.fits(name, s)
				if *screenshotDir != "" {
					p.whole(*screenshotDir, "forecast-"+lang+"-"+strings.ReplaceAll(name, " ", "-")+".png")
				}
				p.unfold()
				p.accessible(name, `, rules: {"color-contrast": {enabled: false}}`)
				// Colours can be computed of what is no drawing, and where all of a
				// table fits into its window.
				p.resize(screen{"wide", 1600, 1400, false})
				eval[bool](p, `document.querySelectorAll("svg").forEach((s) => s.remove()), document.querySelector(".answer").style.position = "static", true`)
				p.accessible(name, `, runOnly: ["color-contrast"]`)
			})
		}
	}
}

// On paper a forecast is a document: what is forecast and where to find it again,
// every scenario, the total once, and nothing that only a screen has a use for.
func TestPrintedForecast(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(windowForecast)
	p.media("print", false)
	for selector, printed := range map[string]bool{
		"#total": true, "#answer .entries dd": true, ".share .printed": true, ".answer > .small": true,
		"[data-scenario=low] .months tbody tr": true, "[data-scenario=high] tfoot": true,
		"#kept": false, "#over": false, "#link": false,
	} {
		// The box says it of what stands in folded details, too.
		p.wait(fmt.Sprintf(`%t === (e => !!e && e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 0)(document.querySelector(%s))`, printed, quote(selector)))
	}
	equal(p, "feet that each page repeats", eval[int](p, `[...document.querySelectorAll("tfoot")].filter(e => getComputedStyle(e).display === "table-footer-group").length`), 0)
	if text := eval[string](p, `document.body.innerText`); !strings.Contains(text, p.value("link")) {
		t.Error("the whole address is not printed")
	}
}

// On a phone the figures of a table keep their row and their caption in view.
func TestTablesOnAPhone(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{screen: screen{"phone", 390, 844, true}})
	for address, window := range map[string]string{
		windowForecast: ".wide-months",
		"/calc/tencent-trtc?months=12&av_hd_minutes=80000&over=av_hd_minutes": "#outlook .scroll",
	} {
		p.visit(address)
		p.unfold()
		type place struct{ Scrolled, Row, Caption, Right float64 }
		at := eval[place](p, `(w => {
			w.scrollLeft = 1000;
			const left = w.getBoundingClientRect().left, box = s => w.querySelector(s).getBoundingClientRect();
			return {scrolled: w.scrollLeft, row: box("tbody th").left - left, caption: box("caption span").left - left, right: box("caption span").right - left - w.clientWidth};
		})(document.querySelector(`+quote(window)+`))`)
		if at.Scrolled < 20 || math.Abs(at.Row) > 1 || math.Abs(at.Caption) > 1 || at.Right > 1 {
			t.Errorf("%s: %+v", address, at)
		}
	}
}
