package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/pricing"
)

const (
	forecasts    = "/api/v1/forecasts"
	forecastPage = imPage + "/forecast"
)

func postForecast(t testing.TB, s *calc.Server, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, s, request(http.MethodPost, forecasts, body, append([]string{"Content-Type", "application/json"}, headers...)...))
}

// The answer as a client would declare it.
type (
	forecastAnswer struct {
		Product, Currency, Over string
		PriceBook               string `json:"price_book"`
		Months                  int
		Scenarios               []scenarioAnswer
		Changes                 *struct {
			Source      string
			Assumptions []string
		}
	}
	scenarioAnswer struct {
		ID     string
		Growth *string
		Months []struct {
			Month       int
			Quantity    string
			Recommended *string
			Total       *string
		}
		Best  *courseAnswer
		Exact bool
		Stays []struct {
			Option, Name string
			Course       *courseAnswer
			Unserved     []int
			Difference   *string
		}
	}
	courseAnswer struct {
		Total, Prepaid, Postpaid string
		ExactTotal               string `json:"exact_total"`
		Complete                 bool
		Changes                  []int
		Months                   []struct {
			Month, Term    int
			Option, Amount string
			Purchases      []purchaseAnswer
		}
		Windows []struct {
			First, Last int
			Amount      string
			Lines       []lineAnswer
			Purchases   []purchaseAnswer
		}
	}
)

func forecast(t testing.TB, s *calc.Server, body string) *forecastAnswer {
	t.Helper()
	res := postForecast(t, s, body)
	data := read(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %s", body, res.StatusCode, data)
	}
	answer := decode[forecastAnswer](t, data)
	return &answer
}

// stays writes the totals of keeping each option, or the months it cannot serve.
func (s *scenarioAnswer) stays() string {
	var out []string
	for _, stay := range s.Stays {
		if stay.Course == nil {
			out = append(out, stay.Option+" not in "+strings.Trim(fmt.Sprint(stay.Unserved), "[]"))
			continue
		}
		out = append(out, stay.Option+" "+stay.Course.Total+" +"+*stay.Difference)
	}
	return strings.Join(out, ", ")
}

// sequenceOf writes the options of a course by months: "pro pro ultimate".
func (c *courseAnswer) sequence() string {
	options := make([]string, len(c.Months))
	for i, m := range c.Months {
		options[i] = m.Option
	}
	return strings.Join(options, " ")
}

func (s *scenarioAnswer) quantities() string {
	all := make([]string, len(s.Months))
	for i, m := range s.Months {
		all[i] = m.Quantity
	}
	return strings.Join(all, " ")
}

// TestForecastsByHand are forecasts of Tencent Cloud IM, computed by hand from its
// price page.
func TestForecastsByHand(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, body                                   string
		quantities, sequence, amounts, totals, stays string
		changes                                      []int
	}{
		{
			// ¥999 a month; ¥1,000 for each started 10,000 users over 10,000:
			// 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 4 and 5 of them. 12 × 999 + 24 × 1,000.
			name:       "8,000 users, growing by a fifth",
			body:       `{"product":"tencent-im","inputs":{"dau":8000},"over":"dau","growth":{"expected":20}}`,
			quantities: "8000 9600 11520 13824 16589 19907 23888 28665 34399 41278 49534 59441",
			sequence:   strings.TrimSpace(strings.Repeat("pro ", 12)),
			amounts:    "999 999 1999 1999 1999 1999 2999 2999 3999 4999 4999 5999",
			totals:     "35988.00 = 11988.00 + 24000.00",
			stays:      "trial not in 1 2 3 4 5 6 7 8 9 10 11 12, pro 35988.00 +0.00, ultimate 59988.00 +24000.00",
		},
		{
			// Trial serves 100 users: until month 3, with 86.4.
			name:       "60 users, growing by a fifth",
			body:       `{"product":"tencent-im","inputs":{"dau":60},"over":"dau","growth":{"expected":"20"},"months":"12"}`,
			quantities: "60 72 86 104 124 149 179 215 258 310 372 446",
			sequence:   "trial trial trial" + strings.Repeat(" pro", 9),
			amounts:    "0 0 0" + strings.Repeat(" 999", 9),
			totals:     "8991.00 = 8991.00 + 0.00",
			stays:      "trial not in 4 5 6 7 8 9 10 11 12, pro 11988.00 +2997.00, ultimate 35988.00 +26997.00",
			changes:    []int{4},
		},
		{
			// 1,000 groups for a user are ¥1,100 on Pro and included in Ultimate, as
			// are 30 days of history, ¥500 on Pro; over 200 members a group are ¥500
			// on Pro. So Pro is 999 + 1,100 + 500 = 2,599 and then 3,099, Ultimate
			// 2,999. History is billed afterwards.
			name:       "groups that grow",
			body:       `{"product":"tencent-im","inputs":{"dau":8000,"groups_per_user":1000,"history_days":30,"group_members":100},"over":"group_members","growth":{"expected":20}}`,
			quantities: "100 120 144 173 207 249 299 358 430 516 619 743",
			sequence:   "pro pro pro pro" + strings.Repeat(" ultimate", 8),
			amounts:    "2599 2599 2599 2599" + strings.Repeat(" 2999", 8),
			totals:     "34388.00 = 32388.00 + 2000.00",
			stays:      "trial not in 1 2 3 4 5 6 7 8 9 10 11 12, pro 35188.00 +800.00, ultimate 35988.00 +1600.00",
			changes:    []int{5},
		},
		{
			name:       "months as they are stated, up and down",
			body:       `{"product":"tencent-im","inputs":{"groups_per_user":1000,"history_days":30},"over":"group_members","quantities":[100,"2000",2001,50]}`,
			quantities: "100 2000 2001 50",
			// Over 2,000 members Ultimate needs ¥500 more, and Pro has none.
			sequence: "pro ultimate ultimate pro",
			amounts:  "2599 2999 3499 2599",
			totals:   "11696.00 = 10696.00 + 1000.00",
			stays:    "trial not in 1 2 3 4, pro not in 3, ultimate 12496.00 +800.00",
			changes:  []int{2, 4},
		},
		{
			name:       "nothing serves it",
			body:       `{"product":"tencent-im","inputs":{},"over":"group_members","quantities":[6000,6001]}`,
			quantities: "6000 6001",
			stays:      "trial not in 1 2, pro not in 1 2, ultimate not in 2",
		},
	} {
		answer := forecast(t, s, tt.body)
		got := &answer.Scenarios[0]
		if got.quantities() != tt.quantities || got.stays() != tt.stays {
			t.Errorf("%s: quantities %s, %s", tt.name, got.quantities(), got.stays())
		}
		if (got.Best == nil) != (tt.sequence == "") || !got.Exact {
			t.Errorf("%s: %+v", tt.name, got.Best)
		}
		if got.Best == nil {
			continue
		}
		amounts := make([]string, len(got.Best.Months))
		for i, m := range got.Best.Months {
			amounts[i] = m.Amount
		}
		totals := got.Best.Total + " = " + got.Best.Prepaid + " + " + got.Best.Postpaid
		if got.Best.sequence() != tt.sequence || strings.Join(amounts, " ") != tt.amounts || totals != tt.totals || !slices.Equal(got.Best.Changes, tt.changes) {
			t.Errorf("%s: %s for %s, %s, changes %v", tt.name, got.Best.sequence(), amounts, totals, got.Best.Changes)
		}
		if answer.Changes == nil || answer.Changes.Source == "" || len(answer.Changes.Assumptions) == 0 {
			t.Errorf("%s: changes %+v", tt.name, answer.Changes)
		}
	}
}

// TestForecastSumsUp: whatever the usage, a course's total is what its months and
// windows add up to; and where the usage stays the same, keeping an option costs
// what the estimate for as many months says.
func TestForecastSumsUp(t *testing.T) {
	manyCases(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	seen := 0
	rapid.Check(t, func(rt *rapid.T) {
		_, book := anyBook(rt, products)
		u := anyUsage(rt, book)
		variables := u.Variables()
		if len(variables) == 0 {
			return
		}
		v := rapid.SampledFrom(variables).Draw(rt, "over")
		months := rapid.IntRange(1, 14).Draw(rt, "months")
		growth := rapid.SampledFrom([]string{"0", "12.5", "-30"}).Draw(rt, "growth")
		body := decode[map[string]any](t, []byte(requestOf(t, u)))
		body["over"], body["months"], body["growth"] = v.ID(), months, map[string]any{"expected": growth}
		text, err := json.Marshal(body)
		if err != nil {
			rt.Fatal(err)
		}
		scenario := forecast(t, s, string(text)).Scenarios[0]
		if scenario.Best != nil {
			checkSums(rt, scenario.Best)
		}
		for _, stay := range scenario.Stays {
			if stay.Course == nil {
				continue
			}
			checkSums(rt, stay.Course)
			if stay.Difference == nil || strings.HasPrefix(*stay.Difference, "-") {
				rt.Fatalf("%s: keeping %s is %v dearer than the best", text, stay.Option, stay.Difference)
			}
		}
		if growth != "0" {
			return
		}
		term, _ := book.Input(pricing.Months)
		if fault := u.SetCount(term, fmt.Sprint(months)); fault != nil {
			rt.Fatal(fault)
		}
		e := u.Estimate()
		for _, stay := range scenario.Stays {
			if o := e.Option(stay.Option); o.Feasible != (stay.Course != nil) || o.Feasible && o.Total.StringFixed(2) != stay.Course.Total {
				rt.Fatalf("%s: %s is %v, the estimate says %s", text, stay.Option, stay.Course, o.Total)
			}
			seen++
		}
	})
	if seen < 20 {
		t.Errorf("only %d options were compared with estimates", seen)
	}
}

func checkSums(t *rapid.T, c *courseAnswer) {
	sum := decimal.Zero
	for _, m := range c.Months {
		sum = sum.Add(decimal.RequireFromString(m.Amount))
	}
	for _, w := range c.Windows {
		lines := decimal.Zero
		for _, l := range w.Lines {
			lines = lines.Add(decimal.RequireFromString(l.Amount))
		}
		if lines.String() != w.Amount {
			t.Fatalf("the lines of a window come to %s, not %s", lines, w.Amount)
		}
		sum = sum.Add(lines)
	}
	if sum.String() != c.ExactTotal || sum.StringFixed(2) != c.Total {
		t.Fatalf("months and windows come to %s; the total is %s, before rounding %s", sum, c.Total, c.ExactTotal)
	}
}

// TestForecastRequests: what is refused, and with what.
func TestForecastRequests(t *testing.T) {
	s := newServer(t)
	wantProblem(t, send(t, s, request(http.MethodPost, forecasts, `{}`)), http.StatusUnsupportedMediaType)
	wantProblem(t, postForecast(t, s, padded(64<<10+1)), http.StatusRequestEntityTooLarge)
	for _, body := range []string{
		``, `[]`, `{`, `{}{}`, `{"product":"tencent-im","over":"dau"}`, `{"over":"dau","over":"dau"}`,
		`{"product":"tencent-im","over":"dau","growth":{"expected":5},"quantities":[1]}`,
		`{"product":"tencent-im","over":"dau","growth":{}}`, `{"product":"tencent-im","over":"dau","growth":5}`,
		`{"product":"tencent-im","over":"dau","growth":null}`, `{"product":"tencent-im","over":["dau"],"growth":{"expected":5}}`,
		`{"product":"tencent-im","over":"dau","quantities":[]}`, `{"product":"tencent-im","over":"dau","quantities":{}}`,
		`{"product":"tencent-im","over":"dau","quantities":[1],"months":1}`, `{"product":"tencent-im","over":"dau","quantities":[1],"start":1}`,
		`{"product":"tencent-im","over":"dau","growth":{"expected":5},"months":null}`, `{"product":"tencent-im","over":"dau","growth":{"expected":5},"start":[]}`,
		`{"product":"tencent-im","over":"dau","growth":{"expected":5},"horizon":12}`, `{"product":"tencent-im","lang":"fr","growth":{"low":1}}`,
	} {
		wantProblem(t, postForecast(t, s, body), http.StatusBadRequest)
	}
	for _, body := range []string{
		`{"over":"dau","growth":{"expected":5}}`, `{"product":"x","over":"dau","growth":{"expected":5}}`,
		`{"product":"tencent-im","price_book":"1999-01-01","over":"dau","growth":{"expected":5}}`,
	} {
		wantProblem(t, postForecast(t, s, body), http.StatusNotFound)
	}
	for body, want := range map[string]string{
		`{"product":"tencent-im","growth":{"expected":5}}`:                                                               "over unknown_input",
		`{"product":"tencent-im","over":"months","growth":{"expected":5}}`:                                               "over unknown_input",
		`{"product":"tencent-im","over":"advanced_moderation","growth":{"expected":5}}`:                                  "over unknown_input",
		`{"product":"inf-llm","over":"models[0].input_tokens","growth":{"expected":5}}`:                                  "over unknown_input",
		`{"product":"inf-llm","inputs":{"models":[1]},"over":"models[1].input_tokens","growth":{"expected":5}}`:          "models[0] wrong_type",
		`{"product":"tencent-im","inputs":{"dau":"x"},"over":"dau","growth":{"expected":"lots"},"start":-1,"months":37}`: "dau not_a_number, start out_of_range, months out_of_range, growth.expected not_a_number",
		`{"product":"tencent-im","over":"dau","growth":{"low":6,"expected":5,"high":1000.5,"middle":1}}`:                 "growth.expected out_of_range, growth.high out_of_range, growth.middle unknown_input",
		`{"product":"tencent-im","over":"dau","growth":{"low":true,"high":1e1}}`:                                         "growth.low wrong_type, growth.high not_a_number",
		`{"product":"tencent-im","over":"dau","growth":{"low":1},"months":0,"start":1.5}`:                                "start not_whole, months out_of_range",
		`{"product":"tencent-im","over":"live_days","quantities":[31,32,"x",null,1e3,"-0"]}`:                             "quantities[1] out_of_range, quantities[2] not_a_number, quantities[3] wrong_type, quantities[4] not_whole, quantities[5] not_a_number",
		`{"product":"tencent-im","over":"dau","quantities":[` + strings.Repeat("1,", 36) + `1]}`:                         "quantities out_of_range",
	} {
		p := wantProblem(t, postForecast(t, s, body), http.StatusUnprocessableEntity)
		var got []string
		for _, fault := range p.Errors {
			got = append(got, fault.Input+" "+fault.Code)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s, want %s", body, strings.Join(got, ", "), want)
		}
	}
	// Scenarios come in the order low, expected, high, those that are given.
	answer := forecast(t, s, `{"product":"inf-llm","lang":"zh","inputs":{"models":[{"input_tokens":1000}]},"over":"models[0].input_tokens","growth":{"high":"10","low":-50},"months":2}`)
	if len(answer.Scenarios) != 2 || answer.Scenarios[0].ID != "low" || answer.Scenarios[0].quantities() != "1000 500" ||
		answer.Scenarios[1].ID != "high" || answer.Scenarios[1].quantities() != "1000 1100" || answer.Over != "models[0].input_tokens" {
		t.Errorf("%+v", answer)
	}
}

// TestForecastFitsTheDescription: requests and answers of every kind.
func TestForecastFitsTheDescription(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	doc := description(t, s)
	for body, want := range map[string]bool{
		`{"product":"tencent-im","lang":"zh","inputs":{"dau":60},"over":"dau","growth":{"low":10,"expected":"20","high":40.5},"start":70,"months":24}`:                                 true,
		`{"product":"tencent-im","over":"group_members","quantities":[6001,"1"]}`:                                                                                                      true,
		`{"product":"tencent-trtc","inputs":{"av_hd_minutes":500000,"av_audio_minutes":300000,"stt_basic_minutes":15000},"over":"av_hd_minutes","growth":{"expected":10},"months":18}`: true,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":100000,"asr":"light"}]},"over":"workloads[0].rounds","growth":{"expected":10}}`:                               true,
		`{"product":"tencent-im","over":"dau"}`:                                          false,
		`{"product":"tencent-im","growth":{"expected":5}}`:                               false,
		`{"product":"tencent-im","over":"dau","growth":{}}`:                              false,
		`{"product":"tencent-im","over":"dau","growth":{"expected":1001}}`:               false,
		`{"product":"tencent-im","over":"dau","growth":{"middle":1}}`:                    false,
		`{"product":"tencent-im","over":"dau","growth":{"expected":"5%"}}`:               false,
		`{"product":"tencent-im","over":"dau","growth":{"expected":5},"months":37}`:      false,
		`{"product":"tencent-im","over":"dau","quantities":[]}`:                          false,
		`{"product":"tencent-im","over":"dau","quantities":[1],"months":1}`:              false,
		`{"product":"tencent-im","over":"dau","quantities":[1],"growth":{"expected":5}}`: false,
		`{"product":"tencent-im","over":"dau","quantities":[1.5]}`:                       false,
	} {
		if err := fits(t, doc, "ForecastRequest", []byte(body)); (err == nil) != want {
			t.Errorf("%s: the description says %v", body, err)
		}
		res := postForecast(t, s, body)
		data := read(t, res)
		if (res.StatusCode == http.StatusOK) != want {
			t.Errorf("%s: status %d", body, res.StatusCode)
		}
		if !want {
			continue
		}
		if err := fits(t, doc, "Forecast", data); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		undescribed(t, doc.Components.Schemas["Forecast"].Value.Properties, decode[map[string]any](t, data))
		answer := decode[map[string]any](t, data)
		scenario := answer["scenarios"].([]any)[0].(map[string]any)
		undescribed(t, doc.Components.Schemas["Scenario"].Value.Properties, scenario)
		undescribed(t, doc.Components.Schemas["Stay"].Value.Properties, scenario["stays"].([]any)[0].(map[string]any))
		if best, ok := scenario["best"].(map[string]any); ok {
			undescribed(t, doc.Components.Schemas["Course"].Value.Properties, best)
			undescribed(t, doc.Components.Schemas["CourseMonth"].Value.Properties, best["months"].([]any)[0].(map[string]any))
			for _, w := range best["windows"].([]any) {
				undescribed(t, doc.Components.Schemas["CourseWindow"].Value.Properties, w.(map[string]any))
			}
		}
	}
	for _, status := range []string{"200", "400", "404", "413", "415", "422", "429"} {
		if doc.Paths.Value(forecasts).Post.Responses.Value(status) == nil {
			t.Errorf("nothing is said of %s", status)
		}
	}
}

// undescribed reports fields of an answer that the description does not have.
func undescribed[V any](t testing.TB, properties map[string]V, answer map[string]any) {
	t.Helper()
	for field := range answer {
		if _, ok := properties[field]; !ok {
			t.Errorf("nothing is said of %s", field)
		}
	}
}

// rowsOf returns the rows of a table's body, with a blank between the cells.
func rowsOf(table *goquery.Selection) []string {
	return table.Find("tbody tr").Map(func(_ int, row *goquery.Selection) string {
		return strings.Join(row.Children().Map(func(_ int, cell *goquery.Selection) string { return squeezed(cell) }), " ")
	})
}
