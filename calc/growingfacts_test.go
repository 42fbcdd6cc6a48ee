package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Forty classes a day of a teacher and twelve pupils.
const (
	schoolQuery = "participants.0.sends=video_1280x720&participants.0.screen=screen_1920x1080&participants.1.people=12&participants.1.sends=video_640x360" +
		"&participants.1.receives=group_a&session_minutes=45&sessions=880"
	schoolFacts = `{"participants":[{"sends":"video_1280x720","screen":"screen_1920x1080"},{"people":12,"sends":"video_640x360","receives":"group_a"}],"session_minutes":45,"sessions":%d}`
)

// TestForecastOfFacts: whoever comes from a room lets the sessions grow, by which
// all minutes grow together; the page and the API say the same, each month as the
// facts of that month come to.
func TestForecastOfFacts(t *testing.T) {
	s := newServer(t)
	for _, product := range []string{"tencent-trtc", "easemob-im"} {
		calculator := use(t, document(t, get(t, s, "/calc/"+product+"/facts/room?"+schoolQuery)))
		href, ok := document(t, get(t, s, calculator)).Find(`.onward a[href*="/forecast"]`).Attr("href")
		if !ok {
			t.Fatalf("%s leads to no forecast", calculator)
		}
		doc := document(t, get(t, s, href+"&lang=en"))
		checkDocument(t, doc)
		over := doc.Find("select[name=over]")
		if got := over.Find("option[selected]").AttrOr("value", ""); got != "sessions" {
			t.Fatalf("%s: %q grows", product, got)
		}
		groups := over.Find("optgroup").Map(func(_ int, g *goquery.Selection) string { return g.AttrOr("label", "") })
		if groups[0] != "Facts: Rooms" || len(groups) < 2 {
			t.Errorf("%s: groups %q", product, groups)
		}
		people := over.Find(`optgroup option[value="participants.1.people"]`)
		if squeezed(people) != "Group B · People" {
			t.Errorf("%s: the second row is called %q", product, squeezed(people))
		}
		kept := byID(doc, "kept").Find("dt").Map(func(_ int, e *goquery.Selection) string { return squeezed(e) })
		if !slices.Equal(kept, []string{"Group A", "Group B", "Minutes per session"}) || !strings.Contains(byID(doc, "kept").Text(), "People 12") {
			t.Errorf("%s: what stays is %q", product, kept)
		}

		body := fmt.Sprintf(`{"product":%q,"estimator":"room","facts":`+schoolFacts+`,"over":"sessions","growth":{"low":"2.5","expected":5,"high":10}}`, product, 880)
		answer := forecast(t, s, body)
		expected := answer.Scenarios[1]
		if answer.Over != "sessions" || expected.quantities() != "880 924 970 1019 1070 1123 1179 1238 1300 1365 1433 1505" {
			t.Fatalf("%s: %s, %s", product, answer.Over, expected.quantities())
		}
		if got := squeezed(byID(doc, "total")); strings.NewReplacer("¥", "", ",", "").Replace(got) != expected.Best.Total {
			t.Errorf("%s: the page says %s, the API %s", product, got, expected.Best.Total)
		}
		for i, m := range expected.Months {
			derived := derivation(t, s, product+"/room", fmt.Sprintf(`{"facts":`+schoolFacts+`}`, []int{880, 924, 970, 1019, 1070, 1123, 1179, 1238, 1300, 1365, 1433, 1505}[i]))
			alone := derived.Estimate
			if m.Recommended == nil || *m.Recommended != *alone.Recommended || *m.Total != alone.option(t, *alone.Recommended).Total {
				t.Errorf("%s: month %d is %v for %v, want %s for %s", product, i+1, *m.Recommended, *m.Total, *alone.Recommended, alone.option(t, *alone.Recommended).Total)
			}
		}
	}
}

// TestFactsOfForecastRequests: what is refused, and with what.
func TestFactsOfForecastRequests(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	const begin = `{"product":"tencent-im","over":"registered_users",`
	for _, body := range []string{
		begin + `"facts":{},"quantities":[1]}`, begin + `"estimator":null,"quantities":[1]}`,
		begin + `"estimator":"daily-users","facts":[],"quantities":[1]}`, begin + `"estimator":7,"facts":{},"quantities":[1]}`,
	} {
		wantProblem(t, postForecast(t, s, body), http.StatusBadRequest)
	}
	for body, want := range map[string]string{
		begin + `"quantities":[1]}`:                                                                                                                                                      "over unknown_input",
		begin + `"estimator":"room","facts":{"x":1},"quantities":[1]}`:                                                                                                                   "estimator unknown_choice, over unknown_input",
		begin + `"estimator":"daily-users","facts":{"x":1,"active_share":101},"quantities":[1]}`:                                                                                         "active_share out_of_range, x unknown_input",
		begin + `"estimator":"daily-users","facts":{"active_share":10},"inputs":{"dau":-1},"quantities":[1000000,-1]}`:                                                                   "dau out_of_range, quantities[1] out_of_range",
		`{"product":"tencent-trtc","estimator":"room","facts":{"participants":[{"people":1000000,"sends":"audio"}]},"over":"sessions","quantities":[1,1000000000000]}`:                   "quantities[1] out_of_range",
		`{"product":"tencent-trtc","estimator":"room","facts":{"participants":[{"people":1000000,"sends":"audio"}]},"over":"sessions","growth":{"low":0,"expected":1000},"months":36}`:   "growth.expected out_of_range",
		`{"product":"tencent-trtc","estimator":"room","facts":{"participants":[{"people":1000000,"sends":"audio"}]},"over":"sessions","start":1000000000000,"growth":{"expected":0}}`:    "start out_of_range",
		`{"product":"tencent-trtc","estimator":"room","facts":{"participants":[{"people":1000000,"sends":"audio"}],"sessions":1000000000000},"over":"sessions","growth":{"expected":0}}`: "participants out_of_range, sessions out_of_range",
	} {
		var got []string
		for _, fault := range wantProblem(t, postForecast(t, s, body), http.StatusUnprocessableEntity).Errors {
			got = append(got, fault.Input+" "+fault.Code)
		}
		if slices.Sort(got); strings.Join(got, ", ") != want {
			t.Errorf("%s: %s, want %s", body, strings.Join(got, ", "), want)
		}
	}
	// A fact grows, or an input beside what the facts come to; these replace what
	// the inputs say.
	for _, tt := range []struct{ over, months, estimator string }{
		{"registered_users", "1000 2000", `"daily-users"`}, {"live_days", "5 10", ""},
	} {
		body := fmt.Sprintf(`{"product":"tencent-im","estimator":"daily-users","facts":{"registered_users":1000,"active_share":30},"inputs":{"dau":7,"live_days":5},"over":%q,"growth":{"expected":100},"months":2}`, tt.over)
		if err := fits(t, doc, "ForecastRequest", []byte(body)); err != nil {
			t.Error(err)
		}
		data := read(t, postForecast(t, s, body))
		if err := fits(t, doc, "Forecast", data); err != nil {
			t.Error(err)
		}
		fields := decode[map[string]json.RawMessage](t, data)
		answer := decode[forecastAnswer](t, data)
		if got := answer.Scenarios[0].quantities(); got != tt.months || string(fields["estimator"]) != tt.estimator || *answer.Scenarios[0].Months[0].Recommended != "pro" {
			t.Errorf("%s: %s of %s, %s", tt.over, got, fields["estimator"], *answer.Scenarios[0].Months[0].Recommended)
		}
	}
}

// TestForecastIsPassedOn: by its link, and as a short text that has it.
func TestForecastIsPassedOn(t *testing.T) {
	s := newServer(t)
	for l, want := range map[string]string{
		"en": "Forecast: Tencent Cloud IM · Peak daily active users · Expected growth · 20% a month\n" +
			"Trial in months 1–3, Pro from month 4 on: ¥8,991.00 for 12 months\n",
		"zh": "增长预测：腾讯云即时通信 IM · 峰值日活跃用户数（DAU） · 预期增长 · 每月 20%\n第 1–3 个月体验版，第 4 个月起专业版：12 个月 ¥8,991.00\n",
	} {
		doc := document(t, get(t, s, forecastPage+"?dau=60&over=dau&expected=20&lang="+l))
		address := "http://example.com" + forecastPage + "?dau=60&over=dau&expected=20"
		link := byID(doc, "link").AttrOr("value", "")
		if got := entered(t, link); got != address {
			t.Errorf("%s: the link is %s", l, got)
		}
		if got := byID(doc, "text").Text(); got != want+link {
			t.Errorf("%s: the text is %q, want %q", l, got, want+address)
		}
		if doc.Find("button[data-copy]").Length() != 2 {
			t.Errorf("%s: %d buttons copy", l, doc.Find("button[data-copy]").Length())
		}
	}
	// Where nothing serves every month there is nothing to say but where to look,
	// and where something is at fault not even that.
	doc := document(t, get(t, s, forecastPage+"?over=group_members&quantities=6001~6002"))
	if byID(doc, "link").Length() != 1 || byID(doc, "text").Length() != 0 {
		t.Error("a forecast without a plan is passed on as a text")
	}
	if doc := document(t, get(t, s, forecastPage+"?over=dau&start=x")); byID(doc, "link").Length() != 0 {
		t.Error("a forecast at fault is passed on")
	}
}
