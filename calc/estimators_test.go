package calc_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

const roomPage = "/calc/tencent-trtc/facts/room"

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

// use returns where the button leads that carries the figures over.
func use(t testing.TB, doc *goquery.Document) string {
	t.Helper()
	href, ok := byID(doc, "use").Attr("href")
	if !ok {
		t.Fatal("the page has no button to use the figures")
	}
	return href
}

// estimatorHref returns where the calculator leads to for the facts.
func estimatorHref(t testing.TB, doc *goquery.Document, estimator string) string {
	t.Helper()
	href, ok := doc.Find(fmt.Sprintf(".estimators a[href*=%q]", "/facts/"+estimator)).Attr("href")
	if !ok {
		t.Fatalf("the page does not lead to %s", estimator)
	}
	return href
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
			if item := maker.page().Find(`a[href^="/calc/tencent-trtc?"]`).AttrOr("href", ""); !strings.Contains(item, tt.facts+"&facts=room") {
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

// TestCalculatorLeadsToItsEstimators: to each of the book's, with what is
// entered, in every book; the estimators of the fixture, which has none, to none.
func TestCalculatorLeadsToItsEstimators(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		pin := "&price_book=" + book.ID
		if book == p.Newest() {
			pin = ""
		}
		for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
			doc := document(t, get(t, s, "/calc/"+p.ID+"?months=7"+pin+"&lang="+string(l)))
			if got := doc.Find(".estimators a").Length(); got != len(p.Estimators(book)) {
				t.Errorf("%d links, want %d", got, len(p.Estimators(book)))
			}
			for _, e := range p.Estimators(book) {
				href := estimatorHref(t, doc, e.ID)
				if want := "/calc/" + p.ID + "/facts/" + e.ID + "?months=7" + pin; href != want {
					t.Errorf("leads to %s, want %s", href, want)
				}
				page := document(t, get(t, s, href+"&lang="+string(l)))
				checkDocument(t, page)
				if h1 := squeezed(page.Find("h1").Contents().Last()); h1 != e.Name.In(l) {
					t.Errorf("the heading is %s", h1)
				}
				if use := byID(page, "use"); use.Length() != 0 {
					t.Error("there is nothing to use yet")
				}
				if back := byID(page, "back").Find("a").AttrOr("href", ""); back != "/calc/"+p.ID+"?months=7"+pin {
					t.Errorf("back leads to %s", back)
				}
				for i := range e.Facts.Inputs {
					if in := &e.Facts.Inputs[i]; in.Kind != pricing.KindRows {
						checkField(t, page, in, in.ID, l)
					}
				}
				text := squeezed(page.Find("section.answer"))
				for _, a := range e.Assumptions {
					if !strings.Contains(text, a.In(l)) {
						t.Errorf("%s does not say %q", e.ID, a.In(l))
					}
				}
				if e.Source != nil && !strings.Contains(text, e.Source.Section.In(l)) {
					t.Errorf("%s does not name its source", e.ID)
				}
			}
		}
	})
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

// TestUnitsInFacts: a fact with its own unit behind it is understood.
func TestUnitsInFacts(t *testing.T) {
	s := newServer(t)
	const users = "/calc/tencent-im/facts/daily-users?registered_users="
	for _, typed := range []string{"200,000&active_share=15", "200,000+users&active_share=15%25", "20万人&active_share=15+％"} {
		page := document(t, get(t, s, users+typed))
		if got := use(t, page); got != "/calc/tencent-im?dau=30000&users=200000&registered_users=200000&active_share=15&facts=daily-users" {
			t.Errorf("%s is used as %s", typed, got)
		}
	}
	res := get(t, s, users+"200,000+minutes")
	if doc := document(t, res); res.StatusCode != 422 || doc.Find("#registered_users-note.fault").Length() != 1 {
		t.Errorf("another unit: %d", res.StatusCode)
	}
	if total := squeezed(byID(document(t, get(t, s, "/calc/tencent-im?dau=15,000+users&history_days=90天")), "total")); total != "¥2,999.00" {
		t.Errorf("the calculator says %s", total)
	}
}

// TestNoText: what is no text in an address is none on the page.
func TestNoText(t *testing.T) {
	s := newServer(t)
	for _, address := range []string{
		"/calc/tencent-im?dau=%FF%FE", "/calc/tencent-im?users=5%FF&lang=zh", "/calc/aliyun-multimodal?workloads.0.asr=%C0&workloads.0.rounds=%80",
		roomPage + "?sessions=%FF&participants.0.people=%FE", "/compare?in=tencent-im,easemob-im,%FF&dau=%FF",
	} {
		if body := read(t, get(t, s, address)); !utf8.Valid(body) {
			t.Errorf("%s: the page is no UTF-8", address)
		}
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

// TestFiguresChangedByHand: the facts are kept and said not to hold any more,
// until they do again.
func TestFiguresChangedByHand(t *testing.T) {
	s := newServer(t)
	facts := "registered_users=1000&facts=daily-users"
	for _, tt := range []struct {
		query string
		holds bool
	}{
		{"dau=200&users=1000&", true},
		{"dau=200&users=1000&months=12&option=ultimate&", true}, // what they do not yield can change
		{"dau=201&users=1000&", false},
		{"dau=2oo&users=1000&", false},
		{"", false},
	} {
		doc := document(t, get(t, s, imPage+"?"+tt.query+facts))
		says := doc.Find(".estimators .no-longer")
		if (says.Length() == 0) != tt.holds {
			t.Errorf("%s: %q", tt.query, squeezed(doc.Find(".estimators")))
		}
		if href := estimatorHref(t, doc, "daily-users"); !strings.Contains(href, "registered_users=1000") || !strings.Contains(href, "facts=daily-users") {
			t.Errorf("%s: the facts are lost: %s", tt.query, href)
		}
		if tt.holds {
			continue
		}
		forget := says.Find("a").Last().AttrOr("href", "")
		if strings.Contains(forget, "facts") || strings.Contains(forget, "registered_users") {
			t.Errorf("to forget leads to %s", forget)
		}
		if typed := doc.Find("input[name=dau]").AttrOr("value", ""); typed != "" && !strings.Contains(forget, "dau="+typed) {
			t.Errorf("to forget leads to %s, without what was typed", forget)
		}
	}
	// The form sends the facts, and a live answer says at once what became of them.
	doc := document(t, get(t, s, imPage+"?dau=200&users=1000&"+facts))
	sent := url.Values{}
	doc.Find("#calculator input[name]:not([type=radio], [type=checkbox])").Each(func(_ int, f *goquery.Selection) {
		sent.Set(f.AttrOr("name", ""), f.AttrOr("value", ""))
	})
	res := live(t, s, imPage, sent.Encode())
	if got, want := res.Header.Get("HX-Replace-Url"), imPage+"?dau=200&users=1000&"+facts; got != want {
		t.Errorf("address %s, want %s", got, want)
	}
	if changed := fragment(t, res).Find("[hx-swap-oob] .no-longer"); changed.Length() != 0 {
		t.Errorf("unchanged figures: %s", squeezed(changed))
	}
	sent.Set("dau", "201")
	if changed := fragment(t, live(t, s, imPage, sent.Encode())).Find(".estimators[hx-swap-oob] .no-longer"); changed.Length() != 1 {
		t.Error("changed figures, and nothing is said")
	}
}

// TestSeveralEstimators: one link has the facts of several, and each can be
// changed without losing the other.
func TestSeveralEstimators(t *testing.T) {
	s := newServer(t)
	first := use(t, document(t, get(t, s, "/calc/inf-llm/facts/tokens?requests=1000&months=2")))
	doc := document(t, get(t, s, first))
	at := estimatorHref(t, doc, "peak")
	second := use(t, document(t, get(t, s, at+"&busiest_requests=30")))
	want := "/calc/inf-llm?months=2&models.0.input_tokens=1000000&models.0.output_tokens=300000&peak_concurrency=5&peak_rpm=30&peak_tpm=39000&requests=1000&facts=tokens&busiest_requests=30&facts=peak"
	if second != want {
		t.Errorf("got\n%s, want\n%s", second, want)
	}
	doc = document(t, get(t, s, second))
	if says := doc.Find(".estimators"); strings.Count(squeezed(says), "From what was entered") != 2 || says.Find(".no-longer").Length() != 0 {
		t.Errorf("the calculator says %q", squeezed(says))
	}
	third := use(t, document(t, get(t, s, strings.Replace(estimatorHref(t, doc, "tokens"), "requests=1000&", "requests=2000&", 1))))
	if third != strings.NewReplacer("=1000000", "=2000000", "=300000", "=600000", "requests=1000", "requests=2000").Replace(want) {
		t.Errorf("got %s", third)
	}
}

// TestFactsReplaceWhatIsAtFault, but nothing else that is: there is no price
// then, and what was typed is kept.
func TestFactsReplaceWhatIsAtFault(t *testing.T) {
	s := newServer(t)
	page := document(t, get(t, s, imPage+"/facts/daily-users?dau=lots&registered_users=1000"))
	if got := use(t, page); got != imPage+"?dau=200&users=1000&registered_users=1000&facts=daily-users" || byID(page, "total").Length() != 1 {
		t.Errorf("leads to %s", got)
	}
	page = document(t, get(t, s, imPage+"/facts/daily-users?dau=500&live_days=lots&registered_users=1000"))
	if got := use(t, page); got != imPage+"?dau=200&users=1000&live_days=lots&registered_users=1000&facts=daily-users" || byID(page, "total").Length() != 0 {
		t.Errorf("leads to %s", got)
	}
	if text := squeezed(byID(page, "answer")); !strings.Contains(text, "at fault") || !strings.Contains(text, "replaces 500 users a day") {
		t.Errorf("the page says %s", text)
	}
}

// TestFactsAtFault: beside each field what is wrong with it, also where facts
// that are good by themselves come to too much or name what is not there.
func TestFactsAtFault(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		address string
		notes   []string
	}{
		{imPage + "/facts/daily-users?registered_users=lots&active_share=101", []string{"active_share-note", "registered_users-note"}},
		{"/calc/inf-llm/facts/tokens?requests=1000000000000&tokens_in=2&tokens_out=0", []string{"requests-note", "tokens_in-note"}},
		{"/calc/inf-llm/facts/tokens?requests=1000000000000", []string{"requests-note", "tokens_in-note", "tokens_out-note"}},
		{roomPage + "?participants.0.sends=audio&participants.1.receives=group_h", []string{"participants-1-receives-note"}},
		{roomPage + "?participants.0.people=1000000&participants.0.sends=audio&sessions=1000000000000", []string{"participants-note", "sessions-note"}},
	} {
		res := get(t, s, tt.address)
		wantStatus(t, res, http.StatusUnprocessableEntity)
		page := document(t, res)
		checkDocument(t, page)
		path, query, _ := strings.Cut(tt.address, "?")
		answer := live(t, s, path, query)
		wantStatus(t, answer, http.StatusOK)
		if got := answer.Header.Get("HX-Replace-Url"); got != "" {
			t.Errorf("HX-Replace-Url %q", got)
		}
		for _, doc := range []*goquery.Document{page, fragment(t, answer)} {
			got := attributes(doc.Find(".note.fault"), "id")
			slices.Sort(got)
			if !slices.Equal(got, tt.notes) {
				t.Errorf("%s: faults %q, want %q", tt.address, got, tt.notes)
			}
			if state := squeezed(byID(doc, "answer-state")); state == "" || doc.Find("#use, #total, [data-figure]").Length() != 0 {
				t.Errorf("%s: there are figures, and the page says %q", tt.address, state)
			}
		}
		// What was typed stays, also on the way to the calculator.
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		for name := range values {
			if got := page.Find(fmt.Sprintf("[name=%q]", name)).AttrOr("value", ""); got != values.Get(name) && page.Find(fmt.Sprintf("select[name=%q]", name)).Length() == 0 {
				t.Errorf("%s: %q is left of %q", name, got, values.Get(name))
			}
		}
	}
}

// TestPlacesOutsideTheDerivationExist, as on the calculator.
func TestPlacesOutsideTheDerivationExist(t *testing.T) {
	s := newServer(t)
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		for _, e := range p.Estimators(book) {
			path, queries := "/calc/"+p.ID+"/facts/"+e.ID, []string{""}
			for _, example := range e.Facts.Examples {
				queries = append(queries, forms.UsageQuery(example.Usage))
			}
			for _, query := range queries {
				query += "&price_book=" + book.ID
				page := document(t, get(t, s, path+"?"+query))
				for _, more := range []string{"", "&" + e.Facts.Inputs[len(e.Facts.Inputs)-1].ID + "=x", "&months=x"} {
					fragment(t, live(t, s, path, query+more)).Find("[hx-swap-oob]").Each(func(_ int, a *goquery.Selection) {
						if id, _ := a.Attr("id"); byID(page, id).Length() != 1 {
							t.Errorf("%s?%s: the page has no %q", path, query, id)
						}
					})
				}
			}
		}
	})
}

// TestFormOfFacts: without JavaScript the form leads to its address, with it the
// address is replaced; rows come and go.
func TestFormOfFacts(t *testing.T) {
	s := newServer(t)
	form := "lang=en&months=12&participants.0.people=２&participants.0.sends=audio&session_minutes=1百&sessions=&facts=relay&relayed_streams=3"
	want := roomPage + "?months=12&relayed_streams=3&facts=relay&participants.0.people=2&participants.0.sends=audio&session_minutes=100"
	res := postForm(t, s, roomPage, form)
	wantStatus(t, res, http.StatusSeeOther)
	if at := res.Header.Get("Location"); at != want {
		t.Errorf("Location %s, want %s", at, want)
	}
	if at := live(t, s, roomPage, form).Header.Get("HX-Replace-Url"); at != want {
		t.Errorf("HX-Replace-Url %s", at)
	}
	res = postForm(t, s, roomPage, form+"&rows=participants.0.duplicate")
	if at := res.Header.Get("Location"); at != strings.Replace(want, "&session", "&participants.1.people=2&participants.1.sends=audio&session", 1) {
		t.Errorf("Location %s", at)
	}
	doc := fragment(t, live(t, s, roomPage, form+"&rows=participants.add"))
	if rows := doc.Find("#participants-rows[hx-swap-oob] .row"); rows.Length() != 2 {
		t.Errorf("%d rows", rows.Length())
	}
	wantStatus(t, postForm(t, s, roomPage, "sessions=x"), http.StatusUnprocessableEntity)
	wantStatus(t, send(t, s, request(http.MethodPost, roomPage, "{}", "Content-Type", "application/json")), http.StatusUnsupportedMediaType)
}

// TestNoSuchEstimator: of the product, of the price book, no such product or
// book. The page leads back to the calculator.
func TestNoSuchEstimator(t *testing.T) {
	s := newServer(t)
	for _, address := range []string{
		"/calc/tencent-trtc/facts/tokens", "/calc/no/facts/room", "/calc/tencent-trtc/facts/room?price_book=1999-01-01",
		"/calc/easemob-im/facts/room?price_book=2022-09-13", "/calc/tencent-trtc/facts/",
	} {
		res := get(t, s, address)
		wantStatus(t, res, http.StatusNotFound)
		if back := document(t, res).Find("main a.button").AttrOr("href", ""); strings.HasPrefix(address, "/calc/easemob") && back != "/calc/easemob-im" {
			t.Errorf("%s leads back to %s", address, back)
		}
	}
}

// TestEstimatorPageIsStable: the canonical address of any facts and any usage
// is its own, and what it leads to gives it back. The figures carried over are
// those that the derivation applies, and they hold.
func TestEstimatorPageIsStable(t *testing.T) {
	t.Parallel()
	oneThread(t)
	s := newServer(t)
	var all []*pricing.Estimator
	for _, p := range newCatalog(t).Products() {
		for _, b := range p.Books {
			all = append(all, p.Estimators(b)...)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		e := rapid.SampledFrom(all).Draw(rt, "estimator")
		usage, facts := anyUsage(rt, e.Book()), anyUsage(rt, e.Facts)
		path := "/calc/" + e.Book().Product + "/facts/" + e.ID
		query := forms.UsageQuery(usage) + "&" + forms.UsageQuery(facts) + "&price_book=" + e.Book().ID
		if rapid.Bool().Draw(rt, "used") {
			query += "&facts=" + e.ID
		}
		d, faults := e.Derive(facts)
		res := live(t, s, path, query)
		at := res.Header.Get("HX-Replace-Url")
		if len(faults) > 0 {
			if at != "" {
				rt.Fatalf("%s is at fault and leads to %s", query, at)
			}
			return
		}
		_, canonical, _ := strings.Cut(at, "?")
		if again := live(t, s, path, canonical).Header.Get("HX-Replace-Url"); again != at {
			rt.Fatalf("%s becomes %s", at, again)
		}
		doc := fragment(t, res)
		typed, err := url.ParseQuery(forms.UsageQuery(facts))
		if err != nil {
			rt.Fatal(err)
		}
		if forms.DecodeFacts(typed, e).Empty() {
			return
		}
		calculator := document(t, get(t, s, use(t, doc)))
		if calculator.Find(".estimators .no-longer").Length() != 0 {
			rt.Fatalf("%s: does not hold", use(t, doc))
		}
		applied := d.Apply(usage)
		values, err := url.ParseQuery(strings.SplitN(use(t, doc), "?", 2)[1])
		if err != nil {
			rt.Fatal(err)
		}
		p, _ := newCatalog(t).Product(e.Book().Product)
		form, _ := forms.Decode(values, p)
		if got := forms.UsageQuery(form.Usage); got != forms.UsageQuery(applied) || len(form.Faults) != 0 {
			rt.Fatalf("%s, want %s", got, forms.UsageQuery(applied))
		}
	})
}
