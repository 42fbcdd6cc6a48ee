package e2e

import (
	"strings"
	"testing"
)

// A year of 40 classes a day: a teacher and 12 pupils, who all see each other, 45
// minutes, recorded. From what the school says to its quote, which says so as well,
// and by its link back to the facts.
func TestJobOfAYearOfClasses(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{lang: "zh-CN"})
	p.visit(trtc)
	p.onward(`a[href*="/facts/room"]`, room)
	const second = "participants-1-people"
	p.click(button("participants.add"))
	p.wait(`document.activeElement.id === "` + second + `"`)
	p.choose("participants-0-sends", "video_1280x720")
	p.enter(second, "12")
	p.choose("participants-1-sends", "video_640x360")
	p.enter("session_minutes", "45分钟")
	p.enter("sessions", "40*30")
	p.choose("record", "mixed")
	// A month: 1,200 × 45 minutes, of 12 × 12 pictures of pupils and 12 of the teacher,
	// and all 13 once more for the robot that records them.
	p.wait(`document.querySelector("tr[data-figure=av_sd_minutes] td")?.textContent.includes("8,424,000")`)
	p.contains("the figures", strings.Join(p.texts("tr[data-figure] td"), " "), "8,424,000 ", "702,000 ", "54,000 ")
	p.onward("#use", trtc)
	p.enter("months", "1年")
	p.waitText("#total", classesTotal)
	p.contains("the bill", p.text(".answer"), "(8,424,000 × 2 + 702,000 × 4) × 12", "72 × ¥16,884 + 3,072 × ¥5.63", "更简单买法：只买 3 × 73,024,000")

	p.add()
	p.contains("the draft", p.text(inItem), "房间用量", "45 分钟", "1,200")
	path := p.save()
	equal(p, "total of the quote", p.text("#total"), classesTotal)
	p.contains("the quote", p.text("#item-1 .facts"), "房间用量", "12 人", "45 分钟", "1,200", "合流")
	p.contains("the text to send", p.value("summary"), "房间用量", "45 分钟")
	for _, s := range []screen{desktop, {"narrow", 320, 700, true}} {
		p.resize(s)
		p.fits(path, s)
	}
	p.accessible("the quote", "")
	p.resize(desktop)
	p.onward(`#item-1 a[href^="`+trtc+`"]`, trtc)
	equal(p, "total by its link", p.text("#total"), classesTotal)
	p.onward(`.estimators a[href*="/facts/room"]`, room)
	equal(p, "the facts by its link", p.value(second)+" "+p.value("session_minutes")+" "+p.value("sessions")+" "+p.value("record"), "12 45 1200 mixed")
}

const classesTotal = "¥1,442,232.37"

// A voice assistant on 2,000 devices, ten rounds a day each: as it is used, by a
// commitment, and with a subscription of the devices; each figure says where it is from.
func TestJobOfAVoiceAssistant(t *testing.T) {
	t.Parallel()
	p := open(t, visitor{})
	p.visit(aliyun)
	p.onward(`a[href*="/facts/rounds"]`, aliyun+"/facts/rounds")
	p.enter("daily_users", "2k")
	p.choose("asr", "standard")
	p.choose("dialogue", "casual")
	p.choose("tts", "standard")
	p.wait(`document.querySelector("tr[data-figure] td")?.textContent.includes("600,000")`)
	p.onward("#use", aliyun)
	p.enter("months", "12")
	// 600 × (0.75 + 2.20 + 1.70) = 2,790 a month, 33,480 a year; at 0.75 a commitment of 25,110.
	p.waitText("#total", "¥25,110.00")
	formulas := func() string { return strings.Join(p.texts(".bill .formula"), "\n") }
	equal(p, "committed", formulas(), "¥33,480 × 0.75")
	p.contains("the ways to pay", strings.Join(p.texts("tr[data-option]"), "\n"), "¥25,110.00", "¥33,480.00")
	p.click("tr[data-option=payg] label")
	p.waitText("#total", "¥33,480.00")
	equal(p, "as it is used", formulas(), strings.Join([]string{
		"600,000 ÷ 1,000 × ¥0.75 × 12", "600,000 ÷ 1,000 × ¥2.20 × 12", "600,000 × 1 ÷ 1,000 × ¥1.70 × 12",
	}, "\n"))
	p.unfold()
	p.choose("device_tier", "basic")
	p.enter("devices", "2000")
	p.waitText("#total", "¥43,480.00")
	p.contains("with devices", formulas(), "2,000 × ¥5 × ⌈12 ÷ 12⌉")
	p.click("tr[data-option=savings_plan] label")
	p.waitText("#total", "¥35,110.00")
	p.contains("the rest of it", p.text(".answer"), "25% off")
	link := p.value("link")
	p.visit(strings.TrimPrefix(link, origin))
	equal(p, "total by the link", p.text("#total"), "¥35,110.00")
	equal(p, "the facts are in the link", p.has(".estimators a") && !p.has(".no-longer"), true)
}
