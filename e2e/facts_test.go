package e2e

import (
	"fmt"
	"strings"
	"testing"
)

const (
	room       = trtc + "/facts/room"
	mixedCall  = "participants.0.sends=video_640x360&participants.1.sends=audio&participants.2.sends=video_1920x1080&session_minutes=30"
	fullRoom   = room + "?months=12&av_audio_minutes=9&av_sd_minutes=lots&" + mixedCall + "&participants.3.people=500&sessions=40&record=mixed&transcode=h265&speech_to_text=basic"
	roomFaults = room + "?participants.0.receives=group_c&participants.1.people=abc&sessions=-1"
	fromFacts  = trtc + "?av_sd_minutes=60&av_fhd_minutes=60&" + mixedCall + "&facts=room"
	notFacts   = trtc + "?av_sd_minutes=61&av_fhd_minutes=60&" + mixedCall + "&facts=room"
)

// The published mixed call, from a calculator through its facts and back, with
// both ways to count audio: ¥4.62 and ¥5.04.
func TestFacts(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lines: []string{refused(422)}})
	p.visit(trtc)
	p.enter("months", "2")
	p.waitAddress(trtc + "?months=2")
	p.click(`a[href*="/facts/room"]`)
	p.wait(`location.pathname.endsWith("/facts/room")`)
	for i, sends := range []string{"video_640x360", "audio", "video_1920x1080"} {
		id := fmt.Sprintf("participants-%d-", i)
		if i > 0 { // the first is there
			p.click(button("participants.add"))
			p.wait(fmt.Sprintf(`document.activeElement.id === %q`, id+"people"))
		}
		p.choose(id+"sends", sends)
		p.wait(fmt.Sprintf(`location.search.includes(%q)`, fmt.Sprintf("participants.%d.sends=%s", i, sends)))
	}
	p.enter("session_minutes", "30")
	p.waitText("#total", "¥9.24")
	p.waitAddress(room + "?months=2&" + mixedCall)

	// Only group D is received, and goes: it is said beside the list, and no more
	// when it is chosen otherwise.
	p.click(button("participants.add"))
	p.wait(`document.activeElement.id === "participants-3-people" && document.querySelectorAll("#participants-0-receives option[value^=group_]").length === 4`)
	p.choose("participants-0-receives", "group_d")
	p.wait(`location.search.includes("receives=group_d")`)
	before := p.text("#total")
	p.click(button("participants.3.remove"))
	p.wait(`document.getElementById("participants-0-receives-note").textContent !== "" && document.getElementById("answer-state").textContent !== ""`)
	equal(p, "total", p.text("#total"), before)
	p.choose("participants-0-receives", "everyone")
	p.wait(`document.getElementById("participants-0-receives-note").textContent === "" && document.getElementById("answer-state").textContent === ""`)
	equal(p, "groups offered", eval[int](p, `document.querySelectorAll("#participants-1-receives option[value^=group_]").length`), 3)

	p.choose("audio_rule", "besides_video")
	p.waitText("#total", "¥10.08")
	p.click("#use")
	p.wait(`!!document.getElementById("av_audio_minutes")`)
	equal(p, "audio minutes", p.value("av_audio_minutes"), "60")
	p.waitText("#total", "¥10.08")
	p.reopens()

	// A figure changed by hand is said to be so, until it is changed back.
	p.enter("av_sd_minutes", "61")
	p.wait(`!!document.querySelector(".no-longer")`)
	p.enter("av_sd_minutes", "60")
	p.wait(`!document.querySelector(".no-longer")`)
	p.reload()
	equal(p, "not from facts", eval[bool](p, `!!document.querySelector(".no-longer")`), false)

	p.click(`a[href*="/facts/room"]`)
	p.wait(`location.pathname.endsWith("/facts/room")`)
	equal(p, "audio rule", p.value("audio_rule"), "besides_video")
	p.choose("audio_rule", "without_video")
	p.waitText("#total", "¥9.24")
	p.back()
	p.wait(`!!document.getElementById("av_audio_minutes")`)
	equal(p, "audio minutes, back", p.value("av_audio_minutes"), "60")
}

func TestAccessibleFacts(t *testing.T) {
	t.Parallel()
	for lang, s := range map[string]screen{"en": desktop, "zh-CN": phone} {
		for name, address := range map[string]string{
			"empty room": room, "room": fullRoom, "room at fault": roomFaults,
			"users": product + "/facts/daily-users?registered_users=200000&dau=5", "from facts": fromFacts, "not from facts": notFacts,
		} {
			t.Run(lang+"-"+s.name+"-"+name, func(t *testing.T) {
				t.Parallel()
				p := open(t, visitor{screen: s, lang: lang, dark: s.mobile, lines: []string{refused(422)}})
				p.visit(address)
				p.accessible(name, "")
				p.fits(name, s)
				if *screenshotDir != "" {
					p.whole(*screenshotDir, "facts-"+lang+"-"+strings.ReplaceAll(name, " ", "-")+".png")
				}
			})
		}
	}
}
