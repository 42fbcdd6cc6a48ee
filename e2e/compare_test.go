package e2e

import (
	"strings"
	"testing"
)

const (
	compare      = "/compare"
	twoCompared  = compare + "?in=easemob-im,tencent-im&months=12&dau=15000&presence=yes"
	fiveCompared = compare + "?in=easemob-im,easemob-im@2026-03-20,easemob-im@2022-09-13,tencent-im,tencent-trtc&dau=15000&av_hd_minutes=30000&translation_characters=1000000"
	roomCompared = compare + "?in=easemob-im,tencent-im,tencent-trtc&" + mixedCall + "&sessions=3000&record=mixed&facts=room"
	together     = compare + "?in=easemob-im,tencent-im,tencent-trtc&months=12&dau=15000&av_hd_minutes=80000"
	noneServes   = compare + "?in=easemob-im,tencent-im&history_days=1000"
)

// What is compared is chosen, entered once, and shared by its address.
func TestCompare(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(compare)
	p.click("#in-tencent-im-2020-10-30")
	p.wait(`!!document.getElementById("dau")`)
	p.enter("dau", "1.5万")
	p.click("#in-easemob-im-2026-03-23")
	p.wait(`!!document.querySelector(".compared") && !!document.getElementById("presence")`)
	equal(p, "typed before", p.value("dau"), "1.5万")
	p.waitText(`[data-figure=total] td:nth-of-type(2)`, "¥1,999.00")
	p.unfold()
	p.click("#presence")
	p.waitText("#total", "¥3,299.00")
	p.waitAddress(compare + "?in=easemob-im,tencent-im&dau=15000&presence=yes")
	p.choose("as-easemob-im-2026-03-23", "easemob-im@2026-03-23:ultimate")
	p.waitText("#total", "¥3,999.00")
	p.waitAddress(compare + "?in=easemob-im:ultimate,tencent-im&dau=15000&presence=yes")
	p.reload()
	p.waitText("#total", "¥3,999.00")
	p.enter("dau", "many")
	p.wait(`document.getElementById("dau").getAttribute("aria-invalid") === "true"`)
	p.waitText("#total", "¥3,999.00")
	p.enter("dau", "5000")
	p.waitText("#total", "¥2,999.00")

	// A column that goes takes its fields with it.
	p.click("#in-easemob-im-2026-03-23")
	p.wait(`!document.getElementById("presence")`)
	equal(p, "left", p.value("dau"), "5000")
}

// A room is entered once and metered by each product.
func TestCompareRooms(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(compare + "?in=easemob-im,tencent-trtc")
	p.click("#facts-room")
	p.wait(`!!document.getElementById("session_minutes") && !document.getElementById("av_hd_minutes")`)
	p.enter("participants-0-people", "4")
	p.choose("participants-0-sends", "video_640x360")
	p.enter("sessions", "1000")
	// Four people, 60 minutes: three streams each, or one picture of three times
	// the area.
	p.wait(`document.querySelectorAll(".metered > div").length === 2 && document.querySelector(".metered").textContent.includes("720,000")`)
	p.waitAddress(compare + "?in=easemob-im,tencent-trtc&participants.0.people=4&participants.0.sends=video_640x360&sessions=1000&facts=room")
	p.reopens()
	p.click("#facts-typed")
	p.wait(`!document.getElementById("session_minutes") && !!document.getElementById("av_hd_minutes")`)
}

func TestCompareWithoutScript(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{noScript: true})
	p.visit(twoCompared)
	p.click("#in-easemob-im-2022-09-13")
	p.click(".submit button")
	p.wait(`document.querySelectorAll(".compared thead [data-column]").length === 3`)
}

func TestAccessibleComparisons(t *testing.T) {
	t.Parallel()
	for lang, s := range map[string]screen{"en": desktop, "zh-CN": phone} {
		for name, address := range map[string]string{
			"nothing chosen": compare, "two": twoCompared, "five": fiveCompared, "together": together, "room": roomCompared, "none": noneServes,
			"fault": twoCompared + "&users=many",
		} {
			t.Run(lang+"-"+s.name+"-"+name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang, dark: s.mobile, lines: []string{refused(422)}})
				p.visit(address)
				p.fits(name, s)
				if *screenshotDir != "" {
					p.whole(*screenshotDir, "compare-"+lang+"-"+strings.ReplaceAll(name, " ", "-")+".png")
				}
				p.accessible(name, `, rules: {"color-contrast": {enabled: false}}`)
				// What is beyond the edge of the table's window has no background
				// that could be computed: colours are looked at where all of it fits.
				p.resize(screen{"wide", 2700, 1400, false})
				eval[bool](p, `document.querySelector("main").style.maxInlineSize = "none", true`)
				p.accessible(name, `, runOnly: ["color-contrast"]`)
			})
		}
	}
}
