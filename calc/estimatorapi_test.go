package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/pricing"
)

const estimatorsAPI = "/api/v1/estimators/"

// The answers of the API as a client would declare them.
type (
	yielded struct {
		Input string `json:"input"`
		Field string `json:"field"`
	}
	derivationAnswer struct {
		Product   string `json:"product"`
		PriceBook string `json:"price_book"`
		Estimator string `json:"estimator"`
		Yields    []struct {
			yielded
			Name     string `json:"name"`
			Quantity string `json:"quantity"`
			Unit     string `json:"unit"`
		} `json:"yields"`
		Carries []struct {
			yielded
			Name  string `json:"name"`
			Value any    `json:"value"`
		} `json:"carries"`
		Steps []struct {
			Text     string   `json:"text"`
			Formula  string   `json:"formula"`
			Quantity string   `json:"quantity"`
			Adds     *yielded `json:"adds"`
		} `json:"steps"`
		Inputs      map[string]any `json:"inputs"`
		Estimate    estimateAnswer `json:"estimate"`
		Source      *string        `json:"source"`
		Assumptions []string       `json:"assumptions"`
	}
)

func postDerive(t testing.TB, s *calc.Server, estimator, body string, headers ...string) *http.Response {
	t.Helper()
	return send(t, s, request(http.MethodPost, estimatorsAPI+estimator, body, append([]string{"Content-Type", "application/json"}, headers...)...))
}

// derivation sends a request that must be answered with a derivation.
func derivation(t testing.TB, s *calc.Server, estimator, body string) *derivationAnswer {
	t.Helper()
	res := postDerive(t, s, estimator, body)
	data := read(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %s", body, res.StatusCode, data)
	}
	answer := decode[derivationAnswer](t, data)
	return &answer
}

func TestDeriveByTheAPI(t *testing.T) {
	s := newServer(t)
	got := derivation(t, s, "inf-llm/tokens", `{"lang":"zh","facts":{"requests":"1000","tokens_out":0},"inputs":{"months":2,"models":[{"model":"inf-med-chat-v1","output_tokens":7},{"input_tokens":5}]}}`)
	if got.Product != "inf-llm" || got.PriceBook != "2024-12-01" || got.Estimator != "tokens" || got.Source != nil || got.Assumptions == nil {
		t.Errorf("%+v", got)
	}
	if y := got.Yields; len(y) != 2 || y[0].yielded != (yielded{"models", "input_tokens"}) || y[0].Quantity != "1000000" || y[0].Name == "" || y[0].Unit == "" || y[1].Quantity != "0" {
		t.Errorf("yields %+v", y)
	}
	if st := got.Steps; len(st) != 2 || st[0].Formula != "1,000 × 1,000 = 1,000,000" || st[0].Quantity != "1000000" || *st[0].Adds != (yielded{"models", "input_tokens"}) || !strings.Contains(st[0].Text, "每月请求数") {
		t.Errorf("steps %+v", st)
	}
	// The inputs can be posted as they are, and give the same estimate.
	body, err := json.Marshal(map[string]any{"product": got.Product, "inputs": got.Inputs})
	if err != nil {
		t.Fatal(err)
	}
	if again := estimate(t, s, string(body)); again.Options[0].Total != got.Estimate.Options[0].Total || got.Estimate.Months != 2 {
		t.Errorf("posted again they cost %s, not %s", again.Options[0].Total, got.Estimate.Options[0].Total)
	}
	rows := got.Inputs["models"].([]any)
	first := rows[0].(map[string]any)
	if len(rows) != 2 || first["model"] != "inf-med-chat-v1" || first["input_tokens"] != "1000000" || first["output_tokens"] != "0" {
		t.Errorf("rows %v", rows)
	}
	// A step that later ones use adds to nothing; a rule that was published says where.
	room := derivation(t, s, "tencent-trtc/room", `{"facts":{"participants":[{"people":2,"sends":"audio"}]}}`)
	if room.Steps[0].Adds != nil || room.Source == nil || !strings.Contains(*room.Source, "Purchase Guide") || len(room.Assumptions) == 0 {
		t.Errorf("%+v", room)
	}
}

// TestCarriedByTheAPI: what a round uses goes into the row as it is; what is left
// out is as the row has it.
func TestCarriedByTheAPI(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	for _, tt := range []struct{ body, first, carried string }{
		{
			`{"facts":{"daily_users":1000,"asr":"standard","intent":true,"dialogue":"casual","tts":"standard"}}`,
			"300000 standard true casual base standard", "asr standard, intent true, dialogue casual, model base, tts standard, tts_calls 1",
		},
		{
			`{"facts":{"daily_users":1000,"asr":"none","tts":"light"},"inputs":{"workloads":[{"asr":"premium","intent":true,"model":"kimi","dialogue":"casual","tts_calls":12},{"rounds":7}]}}`,
			"300000 none true casual kimi light", "asr none, intent true, dialogue casual, model kimi, tts light, tts_calls 12",
		},
	} {
		if err := fits(t, doc, "DerivationRequest", []byte(tt.body)); err != nil {
			t.Error(err)
		}
		data := read(t, postDerive(t, s, "aliyun-multimodal/rounds", tt.body))
		if err := fits(t, doc, "Derivation", data); err != nil {
			t.Error(err)
		}
		got := decode[derivationAnswer](t, data)
		first := got.Inputs["workloads"].([]any)[0].(map[string]any)
		if text := fmt.Sprint(first["rounds"], first["asr"], " ", first["intent"], " ", first["dialogue"], " ", first["model"], " ", first["tts"]); strings.ReplaceAll(text, " ", "") != strings.ReplaceAll(tt.first, " ", "") {
			t.Errorf("%s: the row is %s", tt.body, text)
		}
		var carried []string
		for _, c := range got.Carries {
			carried = append(carried, fmt.Sprint(c.Field, " ", c.Value))
			if c.Input != "workloads" || c.Name == "" {
				t.Errorf("%+v", c)
			}
		}
		if text := strings.Join(carried, ", "); text != tt.carried {
			t.Errorf("%s: carried %s", tt.body, text)
		}
	}
	if got := derivation(t, s, "inf-llm/tokens", `{}`); got.Carries == nil || len(got.Carries) != 0 {
		t.Errorf("carried %v", got.Carries)
	}
	p := wantProblem(t, postDerive(t, s, "aliyun-multimodal/rounds", `{"facts":{"asr":"loud","intent":"yes"}}`), 422)
	if len(p.Errors) != 2 || p.Errors[0].Input != "asr" || p.Errors[0].Code != "unknown_choice" || p.Errors[1].Code != "wrong_type" {
		t.Errorf("%+v", p.Errors)
	}
}

// TestDeriveStatuses: in the order of the public interface.
func TestDeriveStatuses(t *testing.T) {
	s := newServer(t)
	wantProblem(t, send(t, s, request(http.MethodPost, estimatorsAPI+"inf-llm/tokens", `{}`, "Content-Type", "text/plain")), 415)
	for _, tt := range []struct {
		estimator, body string
		status          int
	}{
		{"inf-llm/tokens", `{"facts":{"a":"` + strings.Repeat("x", 64<<10) + `"}}`, 413},
		{"no/tokens", `[]`, 400},
		{"inf-llm/tokens", `{"facts":[]}`, 400},
		{"inf-llm/tokens", `{"facts":null}`, 400},
		{"inf-llm/tokens", `{"inputs":1}`, 400},
		{"inf-llm/tokens", `{"product":"inf-llm"}`, 400},
		{"inf-llm/tokens", `{"Facts":{}}`, 400},
		{"inf-llm/tokens", `{"facts":{"requests":1,"requests":1}}`, 400},
		{"inf-llm/tokens", `{"lang":"fr"}`, 400},
		{"inf-llm/tokens", `{"price_book":null}`, 400},
		{"inf-llm/tokens", `{} {}`, 400},
		{"no/tokens", `{"facts":{"requests":"x"}}`, 404},
		{"inf-llm/room", `{}`, 404},
		{"inf-llm/tokens", `{"price_book":""}`, 404},
		{"easemob-im/room", `{"price_book":"2022-09-13"}`, 404},
		{"inf-llm/tokens", `{"facts":{"requests":"x"}}`, 422},
		{"inf-llm/tokens", `{"inputs":{"months":0}}`, 422},
	} {
		if p := wantProblem(t, postDerive(t, s, tt.estimator, tt.body), tt.status); tt.status == 404 && p.Detail == "" {
			t.Errorf("%s: nothing is said", tt.body)
		}
	}
	wantStatus(t, postDerive(t, s, "easemob-im/daily-users", `{"price_book":"2022-09-13"}`), 200)
	wantProblem(t, get(t, s, estimatorsAPI+"no"), 404)
	wantProblem(t, get(t, s, estimatorsAPI+"inf-llm?price_book="), 404)
	wantProblem(t, get(t, s, estimatorsAPI+"inf-llm?lang=fr"), 400)
	wantProblem(t, get(t, s, estimatorsAPI+"inf-llm/tokens"), 405)
	wantProblem(t, send(t, s, request(http.MethodPost, estimatorsAPI+"inf-llm", "{}")), 405)
}

// TestFaultsOfFacts: all at once, facts first, each by its own name.
func TestFaultsOfFacts(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ estimator, body, want string }{
		{
			"inf-llm/tokens", `{"facts":{"colour":1,"requests":"x","tokens_in":1.5,"dau":2},"inputs":{"months":99,"requests":1}}`,
			"requests not_a_number, tokens_in not_whole, colour unknown_input, dau unknown_input, months out_of_range, requests unknown_input",
		},
		{
			"inf-llm/tokens", `{"facts":{"requests":1000000000000,"tokens_in":2,"tokens_out":1},"inputs":{"months":0}}`,
			"requests out_of_range, tokens_in out_of_range, months out_of_range",
		},
		{"tencent-trtc/room", `{"facts":{"participants":[{},{"receives":"group_c","colour":1}]}}`, "participants[1].colour unknown_input"},
		{"tencent-trtc/room", `{"facts":{"participants":[{},{"receives":"group_c"}]}}`, "participants[1].receives unknown_choice"},
		{"tencent-trtc/room", `{"facts":{"participants":[{"sends":"video_8k"}],"session_minutes":0}}`, "participants[0].sends unknown_choice, session_minutes out_of_range"},
	} {
		p := wantProblem(t, postDerive(t, s, tt.estimator, tt.body), 422)
		var got []string
		for _, f := range p.Errors {
			got = append(got, f.Input+" "+f.Code)
			if f.Message == "" {
				t.Errorf("nothing is said of %s", f.Input)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got\n%s, want\n%s", tt.body, strings.Join(got, ", "), tt.want)
		}
	}
	p := wantProblem(t, postDerive(t, s, "tencent-im/daily-users", `{"facts":{"dau":5}}`), 422)
	if p.Errors[0].Message != "There is no such fact here." {
		t.Errorf("an input among the facts: %s", p.Errors[0].Message)
	}
}

// TestEstimatorsOfTheAPI: the estimators of each book, in both languages, and
// their examples as facts that can be posted.
func TestEstimatorsOfTheAPI(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	eachBook(t, func(t *testing.T, p *pricing.Product, book *pricing.Book) {
		for _, lang := range []pricing.Lang{pricing.English, pricing.Chinese} {
			data := read(t, get(t, s, estimatorsAPI+p.ID+"?price_book="+book.ID+"&lang="+string(lang)))
			if err := fits(t, doc, "Estimators", data); err != nil {
				t.Errorf("%v\n%s", err, data)
			}
			answer := decode[struct {
				Product, PriceBook string
				Estimators         []struct {
					ID, Name string
					Facts    []struct {
						ID     string
						Fields []any
					}
					Yields   []yielded
					Examples []struct {
						ID    string
						Facts json.RawMessage
					}
				}
			}](t, data)
			if len(answer.Estimators) != len(p.Estimators(book)) || answer.Estimators == nil {
				t.Fatalf("%d estimators, want %d", len(answer.Estimators), len(p.Estimators(book)))
			}
			for i, e := range p.Estimators(book) {
				got := answer.Estimators[i]
				if got.ID != e.ID || got.Name != e.Name.In(lang) || len(got.Facts) != len(e.Facts.Inputs) || len(got.Yields) != len(e.Targets()) || len(got.Examples) != len(e.Facts.Examples) {
					t.Errorf("estimator %s is %+v", e.ID, got)
				}
				for _, example := range got.Examples {
					res := postDerive(t, s, p.ID+"/"+e.ID, `{"price_book":"`+book.ID+`","lang":"`+string(lang)+`","facts":`+string(example.Facts)+`}`)
					data := read(t, res)
					if err := fits(t, doc, "Derivation", data); res.StatusCode != 200 || err != nil {
						t.Errorf("%s: status %d, %v", example.ID, res.StatusCode, err)
					}
				}
			}
		}
	})
}

// TestFactsFitTheDescription: what is described is what is taken, and an answer
// without one of its fields would not fit.
func TestFactsFitTheDescription(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	for body, want := range map[string]bool{
		`{}`: true,
		`{"facts":{"participants":[{"people":"2","sends":"audio"}],"record":"mixed"},"inputs":{"months":2},"lang":"en"}`: true,
		`{"facts":{"participants":[{"sends":"smoke"}]}}`:                                                                 false,
		`{"facts":{"colour":1}}`:  false,
		`{"facts":[]}`:            false,
		`{"facts":null}`:          false,
		`{"inputs":{"months":0}}`: false,
		`{"colour":1}`:            false,
	} {
		if err := fits(t, doc, "DerivationRequest", []byte(body)); (err == nil) != want {
			t.Errorf("%s: the description says %v", body, err)
		}
		if got := postDerive(t, s, "tencent-trtc/room", body).StatusCode == 200; got != want {
			t.Errorf("%s: taken by the API: %t", body, got)
		}
	}
	for schema, res := range map[string]*http.Response{
		"Estimators": get(t, s, estimatorsAPI+"tencent-trtc"),
		"Derivation": postDerive(t, s, "tencent-trtc/room", `{"facts":{"participants":[{"people":2,"sends":"audio"}]}}`),
	} {
		data := read(t, res)
		answer := decode[map[string]any](t, data)
		for field := range answer {
			if doc.Components.Schemas[schema].Value.Properties[field] == nil {
				t.Errorf("%s: nothing is said of %s", schema, field)
			}
			less := decode[map[string]any](t, data)
			delete(less, field)
			without, err := json.Marshal(less)
			if err != nil {
				t.Fatal(err)
			}
			if fits(t, doc, schema, without) == nil {
				t.Errorf("%s: nobody would miss %s", schema, field)
			}
		}
	}
	for path, statuses := range map[string][]string{
		"/api/v1/estimators/{product}":             {"200", "400", "404", "429"},
		"/api/v1/estimators/{product}/{estimator}": {"200", "400", "404", "413", "415", "422", "429"},
	} {
		for method, operation := range doc.Paths.Value(path).Operations() {
			for _, status := range statuses {
				if operation.Responses.Value(status) == nil {
					t.Errorf("%s %s says nothing of %s", method, path, status)
				}
			}
		}
	}
}

// TestFactsOfPageAndAPIAgree on any facts.
func TestFactsOfPageAndAPIAgree(t *testing.T) {
	manyCases(t)
	s := newServer(t)
	var all []*pricing.Estimator
	for _, p := range newCatalog(t).Products() {
		all = append(all, p.Estimators(p.Newest())...)
	}
	rapid.Check(t, func(rt *rapid.T) {
		e := rapid.SampledFrom(all).Draw(rt, "estimator")
		facts := anyUsage(rt, e.Facts)
		posted := decode[map[string]json.RawMessage](t, []byte(requestOf(t, facts)))
		res := postDerive(t, s, e.Book().Product+"/"+e.ID, `{"facts":`+string(posted["inputs"])+`}`)
		d, faults := e.Derive(facts)
		if (res.StatusCode == 200) != (len(faults) == 0) {
			rt.Fatalf("status %d, faults %v", res.StatusCode, faults)
		}
		if len(faults) > 0 {
			return
		}
		answer := decode[derivationAnswer](t, read(t, res))
		for i, y := range d.Yields {
			if got := answer.Yields[i]; got.Quantity != valueText(y.Quantity) || got.Input != y.Input.ID {
				rt.Fatalf("%s is %s, want %d", got.Input, got.Quantity, y.Quantity)
			}
		}
		best := d.Apply(e.Book().NewUsage()).Estimate().Recommended()
		if (best == nil) != (answer.Estimate.Recommended == nil) || best != nil && answer.Estimate.option(t, best.Option.ID).Total != best.Total.StringFixed(2) {
			rt.Fatalf("recommended %v", answer.Estimate.Recommended)
		}
	})
}

func valueText(n int64) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// TestRateLimitOfFacts: the forms and the API count.
func TestRateLimitOfFacts(t *testing.T) {
	for _, ask := range []func(*calc.Server) *http.Response{
		func(s *calc.Server) *http.Response { return get(t, s, estimatorsAPI+"inf-llm") },
		func(s *calc.Server) *http.Response { return postDerive(t, s, "inf-llm/tokens", `{}`) },
		func(s *calc.Server) *http.Response { return postForm(t, s, roomPage, "sessions=2") },
	} {
		s := newServer(t, withRate(1))
		var statuses []int
		for range 5 {
			statuses = append(statuses, ask(s).StatusCode)
		}
		if !slices.Contains(statuses, http.StatusTooManyRequests) {
			t.Errorf("statuses %v", statuses)
		}
	}
}
