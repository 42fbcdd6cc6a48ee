package calc_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/pricing"
)

// description loads the description of the API and has an independent
// validator check it.
func description(t testing.TB, s *calc.Server) *openapi3.T {
	t.Helper()
	res := get(t, s, "/api/openapi.json")
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(kind, "application/json") {
		t.Fatalf("status %d, content type %q", res.StatusCode, kind)
	}
	doc, err := openapi3.NewLoader().LoadFromData(read(t, res))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaDefaultsValidation(), openapi3.EnableSchemaPatternValidation()); err != nil {
		t.Fatalf("the description is not valid: %v", err)
	}
	return doc
}

func TestDescriptionIsValid(t *testing.T) {
	doc := description(t, newServer(t))
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("version %s", doc.OpenAPI)
	}
	for path, methods := range map[string][]string{
		"/api/v1/estimates": {"POST"}, "/api/v1/products": {"GET"}, "/api/v1/products/{id}": {"GET"},
		"/api/v1/quotes": {"POST"}, "/api/v1/quotes/{id}": {"GET"}, "/api/v1/quotes/{id}/today": {"GET"}, "/api/v1/quotes/{id}/withdraw": {"POST"},
	} {
		item := doc.Paths.Value(path)
		if item == nil {
			t.Errorf("there is nothing about %s", path)
			continue
		}
		for _, m := range methods {
			if item.GetOperation(m) == nil {
				t.Errorf("there is nothing about %s %s", m, path)
			}
		}
	}
}

// fits checks JSON against a schema of the description, as JSON Schema 2020-12
// has it, which is what OpenAPI 3.1 means.
func fits(t testing.TB, doc *openapi3.T, name string, data []byte) error {
	t.Helper()
	ref := doc.Components.Schemas[name]
	if ref == nil {
		t.Fatalf("there is no schema %s", name)
	}
	return ref.Value.VisitJSON(decode[any](t, data), openapi3.EnableJSONSchema2020(), openapi3.VisitAsResponse())
}

// TestAnswersFitTheDescription validates real answers of every kind.
func TestAnswersFitTheDescription(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	for _, tt := range []struct {
		name, schema string
		res          *http.Response
	}{
		{"estimate", "Estimate", postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":15000,"history_days":90,"months":12}}`)},
		{"estimate with live groups", "Estimate", postJSON(t, s, `{"product":"tencent-im","inputs":{"live_domestic_mbps":10,"advanced_moderation":true}}`)},
		{"estimate that nothing serves", "Estimate", postJSON(t, s, `{"product":"tencent-im","inputs":{"group_members":6001}}`)},
		{"estimate of another product", "Estimate", postJSON(t, s, `{"product":"fixture-cloud","lang":"zh","inputs":{"video_wall":true,"hours_a_day":1}}`)},
		{"estimate of the largest usage", "Estimate", postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":1000000000000,"months":36}}`)},
		{"products", "Products", get(t, s, "/api/v1/products")},
		{"products in Chinese", "Products", get(t, s, "/api/v1/products?lang=zh")},
		{"product", "Book", get(t, s, "/api/v1/products/tencent-im")},
		{"another product", "Book", get(t, s, "/api/v1/products/fixture-cloud?price_book=2025-06-01")},
		{"problem", "Problem", postJSON(t, s, `{"product":"no"}`)},
		{"problem with faults", "Problem", postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":"x","users":1.5,"months":0,"colour":1,"live_days":null}}`)},
	} {
		data := read(t, tt.res)
		if err := fits(t, doc, tt.schema, data); err != nil {
			t.Errorf("%s: %v\n%s", tt.name, err, data)
		}
		// The check is worth something: an answer without one of its fields does not fit.
		for field := range decode[map[string]any](t, data) {
			if field == "errors" {
				continue // left out where there are none
			}
			less := decode[map[string]any](t, data)
			delete(less, field)
			without, err := json.Marshal(less)
			if err != nil {
				t.Fatal(err)
			}
			if fits(t, doc, tt.schema, without) == nil {
				t.Errorf("%s: nobody would miss %s", tt.name, field)
			}
		}
	}
}

// TestRequestsFitTheDescription: the description allows what the API takes and
// refuses what it refuses, as far as a schema can say so.
func TestRequestsFitTheDescription(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	doc := description(t, s)
	for body, want := range map[string]bool{
		`{"product":"tencent-im"}`: true,
		`{"product":"tencent-im","price_book":"2020-10-30","lang":"zh","inputs":{"dau":15000,"months":"12","advanced_moderation":true}}`: true,
		`{"product":"fixture-cloud","inputs":{"meeting_rooms":2,"welcome_desk":false}}`:                                                  true,
		`{"inputs":{}}`:                                                 false,
		`{"product":1}`:                                                 false,
		`{"product":"tencent-im","colour":1}`:                           false,
		`{"product":"tencent-im","lang":"fr"}`:                          false,
		`{"product":"tencent-im","inputs":[]}`:                          false,
		`{"product":"tencent-im","inputs":null}`:                        false,
		`{"product":"tencent-im","inputs":{"dau":true}}`:                false,
		`{"product":"tencent-im","inputs":{"dau":"15k"}}`:               false,
		`{"product":"tencent-im","inputs":{"dau":-1}}`:                  false,
		`{"product":"tencent-im","inputs":{"dau":1.5}}`:                 false,
		`{"product":"tencent-im","inputs":{"months":37}}`:               false,
		`{"product":"tencent-im","inputs":{"colour":1}}`:                false,
		`{"product":"tencent-im","inputs":{"advanced_moderation":"1"}}`: false,

		`{"product":"aliyun-multimodal","inputs":{"device_tier":"basic"}}`:                                                         true,
		`{"product":"aliyun-multimodal","inputs":{"device_tier":"gold"}}`:                                                          false,
		`{"product":"aliyun-multimodal","inputs":{"device_tier":1}}`:                                                               false,
		`{"product":"aliyun-multimodal","inputs":{"device_tier":null}}`:                                                            false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[]}}`:                                                                true,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{}]}}`:                                                              true,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":"5","asr":"light","intent":true,"tts_calls":4},{}]}}`:     true,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[` + strings.Repeat(`{},`, 49) + `{}]}}`:                             true,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[` + strings.Repeat(`{},`, 50) + `{}]}}`:                             false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":{}}}`:                                                                false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[1]}}`:                                                               false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[null]}}`:                                                            false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":null}]}}`:                                                 false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":"15k"}]}}`:                                                false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"asr":"loud"}]}}`:                                                  false,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"colour":1}]}}`:                                                    false,
		`{"product":"tencent-trtc","inputs":{"features":["rtmp_ingest","rtmp_ingest"],"dashboard":"advanced","promotions":false}}`: true,
		`{"product":"tencent-trtc","inputs":{"features":["teleport"]}}`:                                                            false,
		`{"product":"tencent-trtc","inputs":{"features":[1]}}`:                                                                     false,
		`{"product":"tencent-trtc","inputs":{"features":"rtmp_ingest"}}`:                                                           false,
		`{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370}}`:                                                true,
		`{"product":"easemob-im","price_book":"2026-03-20","inputs":{"moderation":[{"model":"image_ocr","quantity":10}]}}`:         true,
		`{"product":"inf-llm","inputs":{"models":[{"model":"inf-med-chat-v1","input_tokens":1000000000000}]}}`:                     true,
		`{"product":"inf-llm","inputs":{"models":[{"input_tokens":1000000000001}]}}`:                                               false,
	} {
		if err := fits(t, doc, "EstimateRequest", []byte(body)); (err == nil) != want {
			t.Errorf("%s: the description says %v", body, err)
		}
		if got := postJSON(t, s, body).StatusCode == 200; got != want {
			t.Errorf("%s: taken by the API: %t", body, got)
		}
	}
}

// TestDescriptionHasEveryStatus: each status that the public table lists for an
// operation is described.
func TestDescriptionHasEveryStatus(t *testing.T) {
	doc := description(t, newServer(t))
	for path, statuses := range map[string][]string{
		"/api/v1/estimates":     {"200", "400", "404", "413", "415", "422", "429"},
		"/api/v1/products":      {"200", "400", "429"},
		"/api/v1/products/{id}": {"200", "400", "404", "429"},

		"/api/v1/quotes":               {"201", "400", "403", "404", "409", "410", "413", "415", "422", "429", "503"},
		"/api/v1/quotes/{id}":          {"200", "404", "410", "429", "500", "503"},
		"/api/v1/quotes/{id}/today":    {"200", "404", "410", "429", "500", "503"},
		"/api/v1/quotes/{id}/withdraw": {"200", "403", "404", "413", "429", "503"},
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

// TestDescriptionHasEveryInput of every product's newest price book, and the
// fields of the answers are the ones that are described: no more.
func TestDescriptionHasEveryInput(t *testing.T) {
	s := newServer(t)
	doc := description(t, s)
	for _, p := range newCatalog(t).Products() {
		schema := doc.Components.Schemas["Inputs."+p.ID]
		if schema == nil {
			t.Errorf("there is nothing about %s", p.ID)
			continue
		}
		for _, in := range p.Newest().Inputs {
			if schema.Value.Properties[in.ID] == nil {
				t.Errorf("%s: there is nothing about %s", p.ID, in.ID)
			}
		}
		if len(schema.Value.Properties) != len(p.Newest().Inputs) {
			t.Errorf("%s: %d inputs are described, there are %d", p.ID, len(schema.Value.Properties), len(p.Newest().Inputs))
		}
	}
	undescribed := func(schema string, v any) {
		t.Helper()
		for field := range v.(map[string]any) {
			if doc.Components.Schemas[schema].Value.Properties[field] == nil {
				t.Errorf("%s: nothing is said of %s", schema, field)
			}
		}
	}
	for _, body := range []string{
		`{"product":"tencent-im","inputs":{"dau":20000}}`,
		`{"product":"tencent-trtc","inputs":{"av_audio_minutes":3500000,"stt_basic_minutes":15000,"months":13}}`,
		`{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":100000,"asr":"light"}]}}`,
	} {
		answer := decode[map[string]any](t, read(t, postJSON(t, s, body)))
		undescribed("Estimate", answer)
		for _, option := range answer["options"].([]any) {
			undescribed("Option", option)
			for list, schema := range map[string]string{"lines": "Line", "purchases": "Purchase", "violations": "Violation"} {
				for _, item := range option.(map[string]any)[list].([]any) {
					undescribed(schema, item)
				}
			}
		}
	}
	for _, p := range newCatalog(t).Products() {
		book := decode[map[string]any](t, read(t, get(t, s, "/api/v1/products/"+p.ID)))
		list := func(of any, name string) []any {
			items, _ := of.(map[string]any)[name].([]any)
			return items
		}
		for _, in := range list(book, "inputs") {
			undescribed("Input", in)
			for _, c := range list(in, "choices") {
				undescribed("Choice", c)
			}
			for _, f := range list(in, "fields") {
				undescribed("Field", f)
			}
		}
	}
}

// TestEveryBookFitsTheDescription: the description of each book, its examples
// and any other usage as requests, and the answers to them.
func TestEveryBookFitsTheDescription(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	doc := description(t, s)
	check := func(t testing.TB, u *pricing.Usage) {
		t.Helper()
		body := requestOf(t, u)
		if err := fits(t, doc, "EstimateRequest", []byte(body)); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		res := postJSON(t, s, body)
		data := read(t, res)
		if err := fits(t, doc, "Estimate", data); res.StatusCode != 200 || err != nil {
			t.Errorf("%s: status %d, %v\n%s", body, res.StatusCode, err, data)
		}
	}
	eachBook(t, func(t *testing.T, p *pricing.Product, b *pricing.Book) {
		for _, lang := range []string{"en", "zh"} {
			if err := fits(t, doc, "Book", read(t, get(t, s, "/api/v1/products/"+p.ID+"?lang="+lang+"&price_book="+b.ID))); err != nil {
				t.Error(err)
			}
		}
		for _, e := range b.Examples {
			check(t, e.Usage)
		}
	})
	products, n := newCatalog(t).Products(), 0
	rapid.Check(t, func(rt *rapid.T) {
		_, book := anyBook(rt, products)
		if n++; n <= 30 { // the validator is slow
			check(t, anyUsage(rt, book))
		}
	})
}
