package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc"
)

const compareAPI = "/api/v1/compare"

// mixedRoom is the room of the source with three participants, by facts and as
// an address has them.
const (
	mixedRoom      = `{"participants":[{"sends":"video_640x360"},{"sends":"audio"},{"sends":"video_1920x1080"}],"session_minutes":30,"sessions":3000}`
	mixedRoomQuery = "participants.0.sends=video_640x360&participants.1.sends=audio&participants.2.sends=video_1920x1080&session_minutes=30&sessions=3000&facts=room"
)

func postCompare(t testing.TB, s *calc.Server, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, s, request(http.MethodPost, compareAPI, body, append([]string{"Content-Type", "application/json"}, headers...)...))
}

// comparison is the answer as a client would declare it.
type comparison struct {
	Currency string
	Months   int
	Columns  []struct {
		Product    string
		PriceBook  string `json:"price_book"`
		Rank       int
		Standing   string
		ServesAll  bool `json:"serves_all"`
		Cheapest   bool
		Difference *string
		Option     *struct {
			ID, Total, Monthly, Prepaid, Postpaid string
			Lines                                 []any
		}
		Uncovered  []struct{ Input, Message string }
		Violations []struct{ Input, Message string }
		Inputs     json.RawMessage
		Steps      []struct{ Text, Formula string }
	}
	Bands []struct {
		Input  string
		Bounds []*string
	}
	Rows []struct {
		Name   string
		Inputs []string
		Cells  []struct {
			State  string
			Why    *string
			PartOf *string `json:"part_of"`
			Amount *string
			Lines  []string
		}
	}
}

func compareJSON(t testing.TB, s *calc.Server, body string) comparison {
	t.Helper()
	res := postCompare(t, s, body)
	data := read(t, res)
	if res.StatusCode != 200 {
		t.Fatalf("%s: %d %s", body, res.StatusCode, data)
	}
	return decode[comparison](t, data)
}

func TestCompareAPI(t *testing.T) {
	s := newServer(t)
	c := compareJSON(t, s, `{"products":[{"product":"tencent-im"},{"product":"easemob-im"}],"inputs":{"dau":15000,"history_days":90,"months":12,"presence":true}}`)
	im, easemob := c.Columns[0], c.Columns[1]
	if c.Months != 12 || im.Product != "tencent-im" || im.Rank != 2 || im.Standing != "part" || im.ServesAll || im.Cheapest || im.Option.Total != "35988.00" || *im.Difference != "-9600.00" {
		t.Errorf("%+v", im)
	}
	if len(im.Uncovered) != 1 || im.Uncovered[0].Input != "presence" || !strings.Contains(im.Uncovered[0].Message, "not priced here, ask the vendor") {
		t.Errorf("uncovered %+v", im.Uncovered)
	}
	if easemob.Rank != 1 || easemob.Standing != "whole" || !easemob.ServesAll || !easemob.Cheapest || easemob.Option.Total != "45588.00" || *easemob.Difference != "0.00" {
		t.Errorf("%+v", easemob)
	}
	// What asks for nothing is not missed.
	c = compareJSON(t, s, `{"products":[{"product":"tencent-im"},{"product":"easemob-im"}],"inputs":{"dau":500,"live_days":20,"moderation":[{"model":"text","quantity":0}]}}`)
	if im, easemob := c.Columns[0], c.Columns[1]; !im.Cheapest || !im.ServesAll || len(im.Uncovered) != 0 || *easemob.Difference != "300.00" || len(easemob.Uncovered) != 0 {
		t.Errorf("%+v", c.Columns)
	}
	c = compareJSON(t, s, `{"products":[{"product":"tencent-trtc"},{"product":"easemob-im","price_book":"2026-03-20","option":"ultimate"}],"facts":`+mixedRoom+`}`)
	if trtc := c.Columns[0]; trtc.Option.Total != "9934.16" || len(trtc.Steps) == 0 {
		t.Errorf("%+v", trtc)
	}
	if other := c.Columns[1]; other.Option.ID != "ultimate" || other.PriceBook != "2026-03-20" || other.Option.Total != "18320.00" {
		t.Errorf("%+v", other)
	}
}

// TestComparedColumnsAreEstimates: every column has the figures of an estimate of
// the inputs that it says were priced.
func TestComparedColumnsAreEstimates(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{"products":[{"product":"tencent-im"},{"product":"easemob-im"},{"product":"easemob-im","price_book":"2022-09-13"}],"inputs":{"dau":25000,"group_members":2500,"months":7,"live_groups":3}}`,
		`{"products":[{"product":"easemob-im"},{"product":"tencent-trtc"}],"inputs":{"av_hd_minutes":1234567,"features":["rtmp_ingest"],"moderation":[{"model":"image_porn","quantity":1000}]}}`,
		`{"products":[{"product":"easemob-im"},{"product":"tencent-trtc"}],"inputs":{"months":14},"facts":` + mixedRoom + `}`,
		`{"products":[{"product":"aliyun-multimodal"},{"product":"inf-llm"}],"inputs":{"workloads":[{"rounds":5000}]}}`,
	} {
		for _, column := range compareJSON(t, s, body).Columns {
			res := postJSON(t, s, fmt.Sprintf(`{"product":%q,"price_book":%q,"inputs":%s}`, column.Product, column.PriceBook, column.Inputs))
			e := decode[struct {
				Recommended *string
				Options     []struct {
					ID, Total, Monthly, Prepaid, Postpaid string
					Lines                                 []any
				}
			}](t, read(t, res))
			if (e.Recommended == nil) != (column.Option == nil) {
				t.Fatalf("%s: %v", column.Product, column.Option)
			}
			if column.Option == nil {
				continue
			}
			if got, want := fmt.Sprint(*column.Option), fmt.Sprint(e.Options[0]); got != want {
				t.Errorf("%s: %s, an estimate says %s", column.Product, got, want)
			}
		}
	}
}

func TestCompareIsRefused(t *testing.T) {
	s := newServer(t)
	const two = `"products":[{"product":"tencent-im"},{"product":"easemob-im"}]`
	for _, tt := range []struct {
		body   string
		status int
		faults string // by input and code
	}{
		{`[]`, 400, ""},
		{`{}`, 400, ""},
		{`{"products":{}}`, 400, ""},
		{`{"products":[]}`, 400, ""},
		{`{"products":[{"product":"tencent-im"}]}`, 400, ""},
		{`{"products":[` + strings.Repeat(`{"product":"tencent-im"},`, 6) + `{"product":"tencent-im"}]}`, 400, ""},
		{`{"products":["tencent-im","easemob-im"]}`, 400, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"tencent-im"}]}`, 400, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","colour":1}]}`, 400, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","option":1}]}`, 400, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","price_book":null}]}`, 400, ""},
		{`{` + two + `,"colour":1}`, 400, ""},
		{`{` + two + `,"lang":"fr"}`, 400, ""},
		{`{` + two + `,"inputs":[]}`, 400, ""},
		{`{` + two + `,"facts":1}`, 400, ""},
		{`{` + two + `,"inputs":{"dau":1,"dau":2}}`, 400, ""},
		{`{"products":[{"product":"tencent-im"},{}]}`, 404, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"no"}]}`, 404, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","price_book":""}]}`, 404, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","price_book":"1999-01-01"}]}`, 404, ""},
		{`{"products":[{"product":"tencent-im"},{"product":"easemob-im","option":"gold"}]}`, 404, ""},
		{`{` + two + `,"inputs":{"dau":"x","months":0,"colour":1}}`, 422, "months out_of_range, dau not_a_number, colour unknown_input"},
		{`{` + two + `,"inputs":{"dau":1.5},"facts":{"sessions":-1,"colour":2}}`, 422, "dau not_whole, sessions out_of_range, colour unknown_input"},
		{`{` + two + `,"inputs":{"av_hd_minutes":1},"facts":{}}`, 422, "av_hd_minutes unknown_input"},
		{`{"products":[{"product":"tencent-im"},{"product":"inf-llm"}],"facts":{}}`, 422, "facts unknown_input"},
		{`{` + two + `,"facts":{"participants":[{"people":1000000,"sends":"audio"}],"sessions":1000000000000}}`, 422, "participants out_of_range, sessions out_of_range"},
	} {
		res := postCompare(t, s, tt.body)
		problem := decode[struct {
			Errors []struct{ Input, Code, Message string }
		}](t, read(t, res))
		var faults []string
		for _, f := range problem.Errors {
			faults = append(faults, f.Input+" "+f.Code)
		}
		if got := strings.Join(faults, ", "); res.StatusCode != tt.status || got != tt.faults {
			t.Errorf("%s: %d %s, want %d %s", tt.body, res.StatusCode, got, tt.status, tt.faults)
		}
	}
	if res := send(t, s, request(http.MethodPost, compareAPI, "{}", "Content-Type", "text/plain")); res.StatusCode != 415 {
		t.Errorf("status %d", res.StatusCode)
	}
	if res := postCompare(t, s, `{"products":"`+strings.Repeat("x", 65<<10)+`"}`); res.StatusCode != 413 {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestComparisonsFitTheDescription(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	const two = `{"products":[{"product":"tencent-im"},{"product":"easemob-im"}]`
	for _, body := range []string{
		two + `}`,
		two + `,"lang":"zh","inputs":{"dau":15000,"presence":true}}`,
		two + `,"inputs":{"history_days":1000}}`,
		two + `,"inputs":{"dau":15000,"peak_groups":150000}}`,
		`{"products":[{"product":"tencent-im"},{"product":"easemob-im"},{"product":"tencent-trtc"}],"inputs":{"av_4k_minutes":5}}`,
		two + `,"inputs":{"translation_characters":5},"facts":` + mixedRoom + `}`,
		`{"products":[{"product":"easemob-im","price_book":"2026-03-20","option":"pro"},{"product":"tencent-trtc"}],"inputs":{"translation_characters":5,"dashboard":"basic"}}`,
	} {
		if err := fits(t, doc, "CompareRequest", []byte(body)); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		data := read(t, postCompare(t, s, body))
		if err := fits(t, doc, "Comparison", data); err != nil {
			t.Errorf("%s: %v\n%s", body, err, data)
		}
	}
	for _, body := range []string{`{}`, `{"products":[{"product":"tencent-im"}]}`, two + `,"colour":1}`, two + `,"inputs":1}`} {
		if fits(t, doc, "CompareRequest", []byte(body)) == nil {
			t.Errorf("%s fits", body)
		}
	}
}

func TestComparisonPage(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/compare?in=tencent-im,easemob-im&dau=15000&history_days=90&months=12&presence=yes"))
	if got := doc.Find(".compared thead [data-column]").Length(); got != 2 {
		t.Fatalf("%d columns", got)
	}
	if got := words(doc.Find(`[data-figure="total"] td`)); got != "¥45,588.00 ¥35,988.00 of what is priced here" {
		t.Errorf("totals %q", got)
	}
	if got := words(doc.Find(`[data-figure="difference"] td`)); got != "cheapest −¥9,600.00 of what is priced here" {
		t.Errorf("differences %q", got)
	}
	if got := words(doc.Find(`[data-figure="priced"] td`)); got != "everything Presence subscriptions: not priced here, ask the vendor" {
		t.Errorf("priced %q", got)
	}
	if got := words(doc.Find("#spoken")); got != "Easemob IM · Pro is the cheapest with everything priced: ¥3,799.00 a month, ¥45,588.00 in total · Tencent Cloud IM · Pro comes to less, without all of it priced" {
		t.Errorf("spoken %q", got)
	}
	// Each input stands there once, whoever has it, and those of other products do
	// not.
	for name, want := range map[string]int{"dau": 1, "presence": 1, "live_groups": 1, "rtc_standard_minutes": 1, "screenshots": 0, "workloads": 0} {
		if got := doc.Find(`#fields [name="` + name + `"]:not([type=hidden])`).Length(); got != want {
			t.Errorf("%d fields %s", got, name)
		}
	}
	if help := words(doc.Find("#live_groups-help")); !strings.HasSuffix(help, "Only Tencent Cloud IM.") {
		t.Errorf("help %q", help)
	}
	if help := words(doc.Find("#dau-help")); strings.Contains(help, "Only") {
		t.Errorf("help %q", help)
	}
	// The links open the same figures.
	for i, want := range []string{"¥45,588.00", "¥35,988.00"} {
		href, _ := doc.Find(".compared tfoot a").Eq(i).Attr("href")
		if got := words(document(t, get(t, s, href)).Find("#total")); got != want {
			t.Errorf("%s: %s, want %s", href, got, want)
		}
	}
}

// TestComparisonOfARoom: the calculators open with the facts, and the page says
// how each product meters the room; typed minutes come with a remark.
func TestComparisonOfARoom(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/compare?in=tencent-trtc,easemob-im&"+mixedRoomQuery))
	if got := words(doc.Find(`[data-figure="total"] td`)); got != "¥16,620.00 ¥9,934.16" {
		t.Errorf("totals %q", got)
	}
	if got := doc.Find(".metered > div").Length(); got != 2 {
		t.Errorf("%d derivations", got)
	}
	if doc.Find(`#fields [name="av_hd_minutes"]`).Length() != 0 || doc.Find(`#fields [name="participants.2.sends"]`).Length() != 1 {
		t.Error("the form asks for minutes and not for the room")
	}
	for i, want := range []string{"¥16,620.00", "¥9,934.16"} {
		href, _ := doc.Find(".compared tfoot a").Eq(i).Attr("href")
		if got := words(document(t, get(t, s, href)).Find("#total")); got != want || !strings.Contains(href, "facts=room") {
			t.Errorf("%s: %s, want %s", href, got, want)
		}
	}
	typed := document(t, get(t, s, "/compare?in=tencent-trtc,easemob-im&av_hd_minutes=5000"))
	if typed.Find(".metered").Length() != 0 || !strings.Contains(words(typed.Find("#answer .cliff")), "Minutes are taken as typed") {
		t.Error("nothing is said of typed minutes")
	}
	if plain := document(t, get(t, s, "/compare?in=tencent-trtc,easemob-im&dau=5000")); plain.Find("#answer .cliff").Length() != 0 {
		t.Error("something is said of minutes that nobody typed")
	}
}

func TestComparisonForm(t *testing.T) {
	s := newServer(t)
	post := func(form string, headers ...string) *http.Response {
		return send(t, s, request(http.MethodPost, "/compare", form, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...))
	}
	const form = "in=easemob-im&in=tencent-im&as=easemob-im%3Aultimate&as=tencent-im&dau=1.5%E4%B8%87&months=12&users="
	const address = "/compare?in=easemob-im:ultimate,tencent-im&months=12&dau=15000"
	if res := post(form); res.StatusCode != 303 || entered(t, res.Header.Get("Location")) != address {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
	}
	res := post(form, "HX-Request", "true")
	if res.StatusCode != 200 || entered(t, res.Header.Get("HX-Replace-Url")) != address {
		t.Errorf("%d %s", res.StatusCode, res.Header.Get("HX-Replace-Url"))
	}
	// Other columns come with other fields, the same ones without.
	doc := document(t, res)
	shown, _ := doc.Find(`#fields [name="in.shown"]`).Attr("value")
	if shown == "" {
		t.Fatal("the fields do not come with the answer")
	}
	if doc = document(t, post(form+"&in.shown="+url.QueryEscape(shown), "HX-Request", "true")); doc.Find("#fields").Length() != 0 || doc.Find("#dau-note[hx-swap-oob]").Length() != 1 {
		t.Error("the fields come though they are the same")
	}
	// Faults stand beside their fields, and nothing typed is lost.
	const faulty = "in=easemob-im&in=tencent-im&dau=many&live_groups=7"
	res = post(faulty)
	doc = document(t, res)
	if dau, _ := doc.Find("#dau").Attr("value"); res.StatusCode != 422 || dau != "many" || words(doc.Find("#dau-note.fault")) == "" {
		t.Errorf("%d %q", res.StatusCode, dau)
	}
	if live, _ := doc.Find("#live_groups").Attr("value"); live != "7" {
		t.Errorf("live groups %q", live)
	}
	res = post(faulty, "HX-Request", "true")
	if doc = document(t, res); res.StatusCode != 200 || res.Header.Get("HX-Replace-Url") != "" || words(doc.Find("#answer-state")) == "" || doc.Find(".compared").Length() != 0 {
		t.Errorf("%d: %s", res.StatusCode, words(doc.Selection))
	}
}

func TestComparisonOfLittle(t *testing.T) {
	s := newServer(t)
	doc := document(t, get(t, s, "/compare"))
	if words(doc.Find("#answer-state")) != "Choose at least two price books." || doc.Find("#fields .field").Length() != 0 {
		t.Error("the page of no columns")
	}
	links := doc.Find("#fields .examples a")
	if links.Length() == 0 {
		t.Fatal("there is nothing to start from")
	}
	for i := range links.Length() {
		href, _ := links.Eq(i).Attr("href")
		if document(t, get(t, s, href)).Find(".compared").Length() != 1 {
			t.Errorf("%s compares nothing", href)
		}
	}
	doc = document(t, get(t, s, "/compare?in=tencent-im,no-such-product,easemob-im@1999-01-01"))
	if !strings.Contains(words(doc.Find("#answer .older")), "no-such-product, easemob-im@1999-01-01") || doc.Find("#dau").Length() != 1 {
		t.Errorf("%s", words(doc.Find("#answer")))
	}
	// Seven price books are one too many, whatever they are.
	all := "easemob-im,easemob-im@2026-03-20,easemob-im@2022-09-13,tencent-im,tencent-trtc,inf-llm,aliyun-multimodal"
	doc = document(t, get(t, s, "/compare?lang=zh&dau=1&in="+all))
	if doc.Find(".compared thead [data-column]").Length() != 6 || !strings.Contains(words(doc.Find("#answer .older")), "aliyun-multimodal") {
		t.Errorf("%s", words(doc.Find("#answer .older")))
	}
}

// TestComparisonOfNothing: totals of nothing are no comparison; plans that cost
// something without any usage are.
func TestComparisonOfNothing(t *testing.T) {
	s := newServer(t)
	for query, compared := range map[string]bool{
		"in=tencent-im,inf-llm":                                              false,
		"in=tencent-im,easemob-im&months=12":                                 false,
		"in=tencent-im,easemob-im&live_days=20&moderation.0.model=image_ocr": false,
		"in=tencent-trtc,easemob-im&facts=room&sessions=9":                   false,
		"in=tencent-im:pro,easemob-im:pro":                                   true,
		"in=tencent-im,inf-llm&dau=1":                                        true,
		"in=tencent-trtc,easemob-im&facts=room&participants.0.people=2":      true,
	} {
		for lang, says := range map[string]string{"en": "Enter what is needed", "zh": "请填写所需用量"} {
			doc := document(t, get(t, s, "/compare?"+query+"&lang="+lang))
			answer := words(doc.Find("#answer"))
			if doc.Find(".compared").Length() == 1 != compared || strings.Contains(answer, says) == compared || strings.Contains(answer, "¥0.00") && !compared {
				t.Errorf("%s: %s", query, answer)
			}
			if spoken := words(doc.Find("#spoken")); strings.Contains(spoken, says) == compared {
				t.Errorf("%s: spoken %s", query, spoken)
			}
		}
	}
}

// TestCompareLinkOfChangedFigures: a calculator whose figures are no longer what
// the facts come to is compared by its figures.
func TestCompareLinkOfChangedFigures(t *testing.T) {
	s := newServer(t)
	const room = "&participants.0.people=12&participants.0.sends=video_640x360&session_minutes=45&sessions=1200&facts=room"
	for minutes, metered := range map[string]bool{"7128000": true, "100000": false} {
		page := document(t, get(t, s, "/calc/tencent-trtc?av_sd_minutes="+minutes+room))
		href, _ := page.Find(`.answer a[href^="/compare?"]`).Attr("href")
		doc := document(t, get(t, s, href))
		if doc.Find(".metered").Length() == 1 != metered {
			t.Errorf("%s: metered %v", href, !metered)
		}
		column := doc.Find(".compared tfoot a[href^='/calc/tencent-trtc']")
		calculator, _ := column.Attr("href")
		if got, want := words(document(t, get(t, s, calculator)).Find("#total")), words(page.Find("#total")); got != want {
			t.Errorf("%s opens %s, from %s", href, got, want)
		}
	}
}

// TestComparisonLink: what an address says is what its page links to.
func TestComparisonLink(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	rapid.Check(t, func(r *rapid.T) {
		columns := rapid.Permutation([]string{"easemob-im", "easemob-im@2026-03-20:pro", "tencent-im:trial", "tencent-trtc", "aliyun-multimodal"}).Draw(r, "columns")
		query := "in=" + strings.Join(columns[:rapid.IntRange(2, 5).Draw(r, "n")], ",")
		for _, part := range []string{"dau=15,000", "months=7", "moderation.0.quantity=5", "features=rtmp_ingest", "presence=yes", "promotions=no", "workloads.0.rounds=9", "users=x", mixedRoomQuery, "utm_source=a"} {
			if rapid.Bool().Draw(r, part) {
				query += "&" + part
			}
		}
		doc := document(t, get(t, s, "/compare?"+query))
		switchTo, _ := doc.Find("#lang-switch").Attr("href")
		link := strings.TrimSuffix(switchTo, "&lang=zh")
		again := document(t, get(t, s, link))
		if other, _ := again.Find("#lang-switch").Attr("href"); other != switchTo {
			r.Fatalf("%s leads to %s", link, other)
		}
		if got, want := words(again.Find("#answer")), words(doc.Find("#answer")); got != want {
			r.Fatalf("%s: %s\n%s", link, got, want)
		}
	})
}

// words is the text of a selection with single spaces.
func words(s *goquery.Selection) string {
	var parts []string
	s.Each(func(_ int, one *goquery.Selection) { parts = append(parts, strings.Fields(one.Text())...) })
	return strings.Join(parts, " ")
}

// TestComparedTogether: chat from one vendor and video from another, which costs
// less than either, or any one, for both; one press makes a draft of it.
func TestComparedTogether(t *testing.T) {
	s := newServer(t)
	const query = "in=tencent-im,easemob-im,tencent-trtc&dau=15000&av_hd_minutes=80000&months=12"
	for lang, want := range map[string]string{
		"en": "Cheapest from several vendors¥41,988.00 Total for 12 months¥8,822.00 less than the cheapest single product for all of it." +
			"Chat Tencent Cloud IM · Pro ¥23,988.00 Audio and video Tencent RTC (TRTC) · Premium ¥18,000.00 Add all to quote",
		"zh": "分别选购最省¥41,988.00 12 个月合计比全部用同一个产品少 ¥8,822.00。即时通信 腾讯云即时通信 IM · 专业版 ¥23,988.00 音视频 腾讯云实时音视频 TRTC · 尊享版 ¥18,000.00 全部加入报价单",
	} {
		doc := document(t, get(t, s, "/compare?"+query+"&lang="+lang))
		if got := squeezed(doc.Find(".together")); got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
		if label := squeezed(doc.Find(".verdict .label, .verdict p").First()); !strings.Contains(label, map[string]string{"en": "single product", "zh": "单个产品"}[lang]) {
			t.Errorf("%s: the head says %s", lang, label)
		}
		if text := squeezed(doc.Find("#short, textarea")); !strings.Contains(text, "¥41,988.00") {
			t.Errorf("%s: the text has no combination: %s", lang, text)
		}
	}
	r := newRep(t, s)
	doc := document(t, r.get("/compare?"+query))
	form := url.Values{}
	doc.Find(`.together input[form]`).Each(func(_ int, in *goquery.Selection) {
		form.Add(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	wantStatus(t, r.post("/draft/items", form), http.StatusSeeOther)
	if total := squeezed(r.page().Find("#draft-total")); !strings.Contains(total, "41,988.00") {
		t.Errorf("the draft comes to %s", total)
	}
	doc.Find(".together li").Each(func(_ int, li *goquery.Selection) {
		calculator := document(t, get(t, s, li.Find("a").AttrOr("href", "")))
		if total := "¥" + strings.TrimPrefix(squeezed(byID(calculator, "total")), "¥"); total != squeezed(li.Find(".amount")) {
			t.Errorf("the calculator says %s, the comparison %s", total, squeezed(li.Find(".amount")))
		}
	})
	if alone := document(t, get(t, s, "/compare?in=tencent-im,easemob-im&dau=15000")); alone.Find(".together").Length() > 0 {
		t.Error("one kind of need goes to several vendors")
	}
	wantStatus(t, r.post("/draft/items", url.Values{"product": {"tencent-im", "tencent-trtc"}, "query": {"dau=1"}}), http.StatusBadRequest)
}
