package calc_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// The pages that are printed without their form, and have a bar with a sum.
const (
	paperCompare = "/compare?in=easemob-im,tencent-trtc:starter&months=12&dau=15000&participants.0.people=4&participants.0.sends=video_640x360&sessions=1000&facts=room"
	paperRoom    = roomPage + "?months=12&participants.0.people=4&participants.0.sends=video_640x360&participants.1.receives=group_a&sessions=1000"
)

// TestPaper: a page that is printed without its form has what was entered, the
// plans as text, and its whole address.
func TestPaper(t *testing.T) {
	s := newServer(t)
	for address, says := range map[string]map[string][]string{
		paperCompare: {
			"en": {"Term: 12 months", "Peak daily active users: 15,000 users a day", "Group A: People 4 people · Each sends Video 640 × 360", "Minutes per session: 60 minutes", "Sessions per month: 1,000 sessions a month"},
			"zh": {"15,000 人/天（1.5 万）", "A 组: 人数 4 人 · 每人发送 视频 640 × 360", "每场时长: 60 分钟", "每月场次: 1,000 场/月"},
		},
		paperRoom: {
			"en": {"Group A: People 4 people", "Group B: Each receives Only group A", "Minutes per session: 60 minutes", "Sessions per month: 1,000 sessions a month", "Term: 12 months"},
			"zh": {"A 组: 人数 4 人", "B 组: 每人接收 仅 A 组", "每场时长: 60 分钟", "每月场次: 1,000 场/月"},
		},
	} {
		for lang, entries := range says {
			doc := document(t, get(t, s, address+"&lang="+lang))
			var printed []string
			doc.Find(".entries dl > div").Each(func(_ int, e *goquery.Selection) {
				printed = append(printed, squeezed(e.Find("dt"))+": "+squeezed(e.Find("dd")))
			})
			for _, want := range entries {
				if !strings.Contains(strings.Join(printed, "\n"), want) {
					t.Errorf("%s: %q is not among %q", lang, want, printed)
				}
			}
			if !strings.Contains(doc.Find("p.printed").Text(), "http://") || !strings.Contains(doc.Find("p.printed").Text(), "sessions=1000") {
				t.Errorf("the address is %q", squeezed(doc.Find("p.printed")))
			}
		}
	}
	doc := document(t, get(t, s, paperCompare))
	plans := doc.Find(".compared td > .printed")
	if got := squeezed(plans.Last()); plans.Length() != 2 || !strings.HasPrefix(got, "Starter") || strings.Contains(got, "cheapest") {
		t.Errorf("plans %q", squeezed(plans))
	}
	doc = document(t, get(t, s, paperRoom))
	if got := squeezed(doc.Find("h1")); got != "Tencent RTC (TRTC) Rooms" {
		t.Errorf("the printed heading is %q", got)
	}
	// What the facts come to replaces what stands in the calculator, and is not
	// listed as if it had been entered; the rest of the calculator is.
	doc = document(t, get(t, s, paperRoom+"&av_hd_minutes=77&av_sd_minutes=88"))
	if text := squeezed(doc.Find(".entries")); strings.Contains(text, "77 ") || strings.Contains(text, "88 ") {
		t.Errorf("entered %q", text)
	}
}

// TestBar: the bar has the sum in few words, nothing while there is nothing to
// say, and keeps the last good one at a fault.
func TestBar(t *testing.T) {
	s := newServer(t)
	for address, want := range map[string]string{
		paperRoom: " · Total for 12 months", paperCompare: " · Total for 12 months",
		roomPage: "", "/compare": "", "/compare?in=tencent-im,easemob-im": "", "/compare?in=tencent-im,easemob-im&history_days=1000": "No column can serve this",
	} {
		doc := document(t, get(t, s, address))
		sum := byID(doc, "bar-sum")
		if want == "" {
			if inner, _ := sum.Html(); inner != "" {
				t.Errorf("%s: the bar says %q", address, inner)
			}
			continue
		}
		amount := squeezed(sum.Find("strong"))
		if of := squeezed(sum.Find(".what")); !strings.HasSuffix(of, want) || amount != squeezed(byID(doc, "total")) {
			t.Errorf("%s: the bar says %q of %q, the page %q", address, amount, of, squeezed(byID(doc, "total")))
		}
	}
	for path, query := range map[string]string{roomPage: "sessions=4&participants.0.people=3&participants.0.sends=audio", "/compare": "in=tencent-im,easemob-im&dau=15000"} {
		good := fragment(t, live(t, s, path, "lang=en&"+query))
		if squeezed(byID(good, "bar-sum").Find("strong")) == "" || byID(good, "bar-sum").AttrOr("hx-swap-oob", "") == "" {
			t.Errorf("%s: the bar does not follow", path)
		}
		bad := fragment(t, live(t, s, path, "lang=en&months=never&users=many&"+query+"&sessions=lots"))
		if byID(bad, "answer-state").Text() == "" || byID(bad, "bar-sum").Length() != 0 || squeezed(byID(bad, "spoken")) == "" {
			t.Errorf("%s: a fault takes the last good sum away", path)
		}
	}
}

// TestRoomOpensWithARow: the page of a room begins with a row to fill in, which is
// no fact while nothing is in it, and offers the groups that there are.
func TestRoomOpensWithARow(t *testing.T) {
	s := newServer(t)
	offered := func(doc *goquery.Document, row string) string {
		var ids []string
		byID(doc, "participants-"+row+"-receives").Find("option").Each(func(_ int, o *goquery.Selection) { ids = append(ids, o.AttrOr("value", "")) })
		return strings.Join(ids, " ")
	}
	const all = "everyone other_groups %s audio_only nobody"
	groups := func(names string) string { return strings.Replace(all, "%s", names, 1) }
	for _, page := range []string{roomPage, "/compare?in=easemob-im,tencent-trtc&facts=room"} {
		doc := document(t, get(t, s, page))
		if rows := doc.Find("#participants-rows .row"); rows.Length() != 1 || squeezed(rows.Find("legend")) != "Group A" {
			t.Errorf("%s opens with %d rows", page, rows.Length())
		}
		if got := offered(doc, "0"); got != groups("group_a") {
			t.Errorf("%s offers %s", page, got)
		}
		if squeezed(doc.Find(".empty")) == "" || squeezed(doc.Find(".set")) != "" {
			t.Errorf("%s says %q", page, squeezed(byID(doc, "answer")))
		}
	}
	// As the untouched form is sent, with and without script.
	const untouched = "lang=en&participants.0.people=&participants.0.sends=nothing&participants.0.screen=none&participants.0.receives=everyone&session_minutes=&sessions="
	res := live(t, s, roomPage, untouched)
	if at := entered(t, res.Header.Get("HX-Replace-Url")); at != roomPage {
		t.Errorf("an untouched form has the address %s", at)
	}
	if empty := squeezed(fragment(t, res).Find(".empty")); empty == "" {
		t.Error("an untouched row is taken for a fact")
	}
	if at := entered(t, postForm(t, s, roomPage, untouched).Header.Get("Location")); at != roomPage {
		t.Errorf("an untouched form leads to %s", at)
	}
	if at := entered(t, live(t, s, roomPage, strings.Replace(untouched, "sends=nothing", "sends=audio", 1)).Header.Get("HX-Replace-Url")); at != roomPage+"?participants.0.sends=audio" {
		t.Errorf("a row has the address %s", at)
	}
	// The last row that is removed leaves an empty one, and another one is the second.
	gone := fragment(t, live(t, s, roomPage, "participants.0.people=5&rows=participants.0.remove"))
	if rows := gone.Find("#participants-rows .row"); rows.Length() != 1 || gone.Find("#participants-0-people").AttrOr("value", "") != "" {
		t.Errorf("%d rows are left", rows.Length())
	}
	two := fragment(t, live(t, s, roomPage, untouched+"&rows=participants.add"))
	if rows := two.Find("#participants-rows .row"); rows.Length() != 2 || offered(two, "0") != groups("group_a group_b") {
		t.Errorf("%d rows, of which %s are offered", rows.Length(), offered(two, "0"))
	}
	// What is at fault in the first row is not lost.
	if doc := document(t, get(t, s, roomPage+"?participants.0.people=abc")); doc.Find("#participants-0-people").AttrOr("value", "") != "abc" || byID(doc, "participants-0-people-note").Text() == "" {
		t.Error("an entry at fault is taken for no row")
	}
	// A group that was chosen before it went is still there, with its fault.
	doc := document(t, get(t, s, roomPage+"?participants.0.people=2&participants.1.receives=group_e"))
	if got := offered(doc, "1"); got != groups("group_a group_b group_e") || byID(doc, "participants-1-receives-note").Text() == "" {
		t.Errorf("offered are %s", got)
	}
}
