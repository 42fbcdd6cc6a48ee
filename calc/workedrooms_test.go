package calc_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"suanpan/calc/quotes"
)

// workedRooms are the worked examples of the source, seed 002: as facts, what
// they come to, and what the starter plan costs.
var workedRooms = []struct{ name, facts, json, inputs, total string }{
	{
		"mixed call as the example counts it",
		"participants.0.sends=video_640x360&participants.1.sends=audio&participants.2.sends=video_1920x1080&session_minutes=30&audio_rule=besides_video",
		`{"participants":[{"sends":"video_640x360"},{"sends":"audio"},{"sends":"video_1920x1080"}],"session_minutes":30,"audio_rule":"besides_video"}`,
		"av_audio_minutes=60&av_sd_minutes=60&av_fhd_minutes=60", "5.04",
	},
	{
		"mixed call by the definition",
		"participants.0.sends=video_640x360&participants.1.sends=audio&participants.2.sends=video_1920x1080&session_minutes=30",
		`{"participants":[{"sends":"video_640x360"},{"sends":"audio"},{"sends":"video_1920x1080"}],"session_minutes":30}`,
		"av_sd_minutes=60&av_fhd_minutes=60", "4.62",
	},
	{
		"class with a shared screen",
		"participants.0.sends=video_640x480&participants.0.screen=screen_1280x720&participants.1.sends=video_640x480&session_minutes=30",
		`{"participants":[{"sends":"video_640x480","screen":"screen_1280x720"},{"sends":"video_640x480"}],"session_minutes":30}`,
		"av_audio_minutes=30&av_sd_minutes=60&av_hd_minutes=30", "1.89",
	},
	{
		"class with a shared screen, audio besides video",
		"participants.0.sends=video_640x480&participants.0.screen=screen_1280x720&participants.1.sends=video_640x480&session_minutes=30&audio_rule=besides_video",
		`{"participants":[{"sends":"video_640x480","screen":"screen_1280x720"},{"sends":"video_640x480"}],"session_minutes":30,"audio_rule":"besides_video"}`,
		"av_audio_minutes=30&av_sd_minutes=60&av_hd_minutes=30", "1.89",
	},
	{
		"audio call",
		"participants.0.people=3&participants.0.sends=audio&session_minutes=30",
		`{"participants":[{"people":3,"sends":"audio"}],"session_minutes":30}`,
		"av_audio_minutes=90", "0.63",
	},
	{
		"video call",
		"participants.0.sends=video_640x360&participants.1.sends=video_1920x1080&session_minutes=30",
		`{"participants":[{"sends":"video_640x360"},{"sends":"video_1920x1080"}],"session_minutes":30}`,
		"av_sd_minutes=30&av_fhd_minutes=30", "2.31",
	},
}

// TestWorkedRooms: from the link of the page to the calculator, and by the API,
// the source's figures to the fen.
func TestWorkedRooms(t *testing.T) {
	s := newServer(t)
	for _, tt := range workedRooms {
		t.Run(tt.name, func(t *testing.T) {
			address := roomPage + "?" + tt.facts
			page := document(t, get(t, s, address))
			checkDocument(t, page)
			if got := squeezed(byID(page, "total")); got != "¥"+tt.total {
				t.Errorf("the estimator's page says %s, want %s", got, tt.total)
			}
			steps := page.Find(".facts-steps tbody tr")
			if steps.Length() < 2 || strings.Contains(steps.Text(), "=") {
				t.Errorf("steps: %s", squeezed(steps))
			}
			at := use(t, page)
			if want := "/calc/tencent-trtc?" + tt.inputs + "&" + tt.facts + "&facts=room"; at != want {
				t.Errorf("the button leads to %s, want %s", at, want)
			}
			calculator := document(t, get(t, s, at))
			checkDocument(t, calculator)
			if got := squeezed(byID(calculator, "total")); got != "¥"+tt.total {
				t.Errorf("the calculator says %s, want %s", got, tt.total)
			}
			if link(t, calculator) != at {
				t.Errorf("the link is %s, want %s", link(t, calculator), at)
			}
			says := calculator.Find("#audio-video-estimators")
			if !strings.Contains(squeezed(says), "From what was entered under “Rooms”.") || says.Find(".no-longer").Length() != 0 {
				t.Errorf("the calculator says %q", squeezed(says))
			}
			// The way back has the facts as they were.
			back := document(t, get(t, s, estimatorHref(t, calculator, "room")))
			if use(t, back) != at || squeezed(byID(back, "total")) != "¥"+tt.total {
				t.Errorf("back there it says %s and leads to %s", squeezed(byID(back, "total")), use(t, back))
			}

			// The draft keeps the facts, and the quote says the same.
			maker := newRep(t, s)
			maker.add(at)
			if item := entered(t, maker.page().Find(`a[href^="/calc/tencent-trtc?"]`).AttrOr("href", "")); !strings.Contains(item, tt.facts+"&facts=room") {
				t.Errorf("the draft leads to %s", item)
			}
			quote, err := quotes.DecodeDocument(read(t, get(t, s, "/q/"+maker.save()+".json")))
			if err != nil || quote.Total != tt.total {
				t.Errorf("the quote says %+v, %v, want %s", quote, err, tt.total)
			}

			answer := derivation(t, s, "tencent-trtc/room", `{"facts":`+tt.json+`}`)
			if got := answer.Estimate.option(t, "starter").Total; got != tt.total {
				t.Errorf("the API says %s, want %s", got, tt.total)
			}
			for _, pair := range strings.Split(tt.inputs, "&") {
				id, value, _ := strings.Cut(pair, "=")
				if got := answer.Inputs[id]; got != value {
					t.Errorf("the API's %s is %v, want %s", id, got, value)
				}
			}
		})
	}
}

// TestRoundsAndWhatTheyUse: the estimator of rounds asks what a round uses, starts
// from what the row says of it, and says plainly where nothing of it costs.
func TestRoundsAndWhatTheyUse(t *testing.T) {
	s := newServer(t)
	const rounds = "/calc/aliyun-multimodal/facts/rounds"
	for lang, says := range map[string]string{
		"en": "Workloads, row 1: there is a quantity, but nothing was chosen that is charged for",
		"zh": "交互场景第 1 行填了数量，但没有选用任何收费的内容",
	} {
		page := document(t, get(t, s, rounds+"?daily_users=1000&lang="+lang))
		if total := squeezed(byID(page, "total")); total != "¥0.00" || !strings.Contains(squeezed(page.Find(".verdict")), says) {
			t.Errorf("%s: %s", total, squeezed(page.Find(".verdict")))
		}
		calculator := document(t, get(t, s, use(t, page)+"&lang="+lang))
		if got := squeezed(calculator.Find(".verdict")); !strings.Contains(got, says) || strings.Count(squeezed(calculator.Find(".answer")), says) != 1 {
			t.Errorf("the calculator says %q", got)
		}
	}
	page := document(t, get(t, s, rounds+"?daily_users=1000&asr=standard&intent=yes&dialogue=casual&tts=standard"))
	checkDocument(t, page)
	verdict := squeezed(page.Find(".verdict"))
	if strings.Contains(verdict, "nothing was chosen") || squeezed(byID(page, "total")) == "¥0.00" {
		t.Errorf("the page says %q", verdict)
	}
	figures := squeezed(page.Find(".facts-figures tbody"))
	for _, part := range []string{"300,000 rounds a month", "Speech recognition", "Standard", "Intent recognition", "Casual chat"} {
		if !strings.Contains(figures, part) {
			t.Errorf("figures %q lack %q", figures, part)
		}
	}
	at := use(t, page)
	if want := "/calc/aliyun-multimodal?workloads.0.rounds=300000&workloads.0.asr=standard&workloads.0.intent=yes&workloads.0.dialogue=casual&workloads.0.tts=standard" +
		"&daily_users=1000&asr=standard&intent=yes&dialogue=casual&tts=standard&facts=rounds"; at != want {
		t.Errorf("the button leads to %s, want %s", at, want)
	}
	calculator := document(t, get(t, s, at))
	if squeezed(byID(calculator, "total")) != squeezed(byID(page, "total")) || calculator.Find(".no-longer").Length() != 0 {
		t.Errorf("the calculator says %s, %s", squeezed(byID(calculator, "total")), squeezed(calculator.Find(".estimators")))
	}
	if href := estimatorHref(t, calculator, "rounds"); use(t, document(t, get(t, s, href))) != at {
		t.Errorf("%s is not the way back", href)
	}

	// From a row that says what a round uses, nothing of it is lost.
	calculator = document(t, get(t, s, "/calc/aliyun-multimodal?workloads.0.rounds=5&workloads.0.asr=light&workloads.0.tts_calls=4"))
	href := estimatorHref(t, calculator, "rounds")
	page = document(t, get(t, s, href))
	if byID(page, "use").Length() != 0 || page.Find(`#asr option[selected]`).AttrOr("value", "") != "light" {
		t.Errorf("%s starts with %s", href, squeezed(page.Find("#answer")))
	}
	if got := use(t, document(t, get(t, s, href+"&daily_users=1"))); !strings.HasPrefix(got, "/calc/aliyun-multimodal?workloads.0.rounds=300&workloads.0.asr=light&workloads.0.tts_calls=4&") || !strings.Contains(got, "&tts_calls=4&") {
		t.Errorf("used %s", got)
	}
}

// TestReadyMadeShapes: each opens, and comes to something.
func TestReadyMadeShapes(t *testing.T) {
	s := newServer(t)
	for _, product := range []string{"tencent-trtc", "easemob-im"} {
		page := document(t, get(t, s, "/calc/"+product+"/facts/room?months=3"))
		examples := page.Find(".examples a")
		if examples.Length() != 5 {
			t.Errorf("%d examples", examples.Length())
		}
		examples.Each(func(_ int, a *goquery.Selection) {
			doc := document(t, get(t, s, a.AttrOr("href", "")))
			if doc.Find("[data-figure]").Length() == 0 || !strings.Contains(use(t, doc), "months=3&") {
				t.Errorf("%s comes to nothing, or loses the term", squeezed(a))
			}
			titles := doc.Find(".row legend")
			if titles.Length() == 0 || squeezed(titles.First()) != "Group A" {
				t.Errorf("%s: the first row is called %q", squeezed(a), squeezed(titles.First()))
			}
		})
	}
}
