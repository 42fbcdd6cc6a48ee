package calc_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// padded returns a good request of exactly n bytes, with blanks at its end.
func padded(n int) string {
	const body = `{"product":"tencent-im"}`
	return body + strings.Repeat(" ", n-len(body))
}

// TestStatusOrder sends requests with several faults. The table of the public
// interface says which of them is answered.
func TestStatusOrder(t *testing.T) {
	const kind = "application/json"
	huge := strings.Repeat("[", bodyLimit+1) // too large, and no JSON either
	for _, tt := range []struct {
		name, kind, body string
		want             int
	}{
		{"415 before 413", "text/plain", huge, 415},
		{"415 before 400", "text/plain", "{", 415},
		{"415 before 404", "text/plain", `{"product":"no"}`, 415},
		{"413 before 400", kind, huge, 413},
		{"413 before 404", kind, strings.Replace(padded(bodyLimit+1), "tencent-im", "tencent-no", 1), 413},
		{"400 before 404", kind, `{"product":"no","product":"no"}`, 400},
		{"400 before 404, unknown field last", kind, `{"product":"no","colour":1}`, 400},
		{"400 before 404, language last", kind, `{"product":"no","lang":"fr"}`, 400},
		{"400 before 422", kind, `{"product":"tencent-im","inputs":{"dau":"x"},"lang":"fr"}`, 400},
		{"400 before 422, duplicate in inputs", kind, `{"product":"tencent-im","inputs":{"dau":"x","dau":1}}`, 400},
		{"404 product before 422", kind, `{"product":"no","inputs":{"dau":"x"}}`, 404},
		{"404 price book before 422", kind, `{"product":"tencent-im","price_book":"1999-01-01","inputs":{"dau":"x"}}`, 404},
		{"422 alone", kind, `{"product":"tencent-im","inputs":{"dau":"x"}}`, 422},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			wantProblem(t, send(t, s, request(http.MethodPost, estimates, tt.body, "Content-Type", tt.kind)), tt.want)
		})
	}
}

func TestContentType(t *testing.T) {
	s := newServer(t)
	for kind, want := range map[string]int{
		"application/json":                  200,
		"application/json; charset=utf-8":   200,
		"Application/JSON ;charset=\"UTF-8": 415, // unbalanced quote
		"APPLICATION/JSON":                  200,
		"text/plain":                        415,
		"application/jsonp":                 415,
		"application/problem+json":          415,
		"application/x-www-form-urlencoded": 415,
		"":                                  415,
	} {
		r := request(http.MethodPost, estimates, `{"product":"tencent-im"}`)
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		res := send(t, s, r)
		if want != 200 {
			wantProblem(t, res, want)
		} else if res.StatusCode != want {
			t.Errorf("%q: status %d, want %d", kind, res.StatusCode, want)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	s := newServer(t)
	if res := postJSON(t, s, padded(bodyLimit)); res.StatusCode != 200 {
		t.Errorf("exactly 64 KiB: status %d", res.StatusCode)
	}
	wantProblem(t, postJSON(t, s, padded(bodyLimit+1)), 413)
	// A length that is not announced is counted while it is read.
	r := request(http.MethodPost, estimates, padded(bodyLimit+1), "Content-Type", "application/json")
	r.ContentLength = -1
	wantProblem(t, send(t, s, r), 413)
}

// TestBodyThatDoesNotCome: one that is cut off is the client's fault, and one
// that is announced as too long is not waited for.
func TestBodyThatDoesNotCome(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, path := range []string{estimates, quotesAPI, "/api/v1/compare", quotesAPI + "/" + q.ID + "/withdraw", imPage, "/draft"} {
		kind := "application/json"
		if !strings.HasPrefix(path, "/api/") {
			kind = formType
		}
		r := httptest.NewRequest(http.MethodPost, path, io.MultiReader(strings.NewReader("{"), iotest.ErrReader(io.ErrUnexpectedEOF)))
		r.Header.Set("Content-Type", kind)
		wantStatus(t, send(t, s, r), 400)
		r = httptest.NewRequest(http.MethodPost, path, iotest.ErrReader(errors.New("the body was read")))
		r.Header.Set("Content-Type", kind)
		r.ContentLength = 2 << 20
		wantStatus(t, send(t, s, r), 413)
	}
}

func TestMalformedBodies(t *testing.T) {
	s := newServer(t)
	for name, body := range map[string]string{
		"empty":                         "",
		"blanks":                        " \n",
		"not JSON":                      "dau=5",
		"cut off":                       `{"product":"tencent-im"`,
		"array":                         `[{"product":"tencent-im"}]`,
		"string":                        `"tencent-im"`,
		"null":                          "null",
		"number":                        "1",
		"duplicate key":                 `{"product":"tencent-im","product":"tencent-im"}`,
		"duplicate key, one escaped":    `{"product":"tencent-im","\u0070roduct":"tencent-im"}`,
		"duplicate key in inputs":       `{"product":"tencent-im","inputs":{"dau":1,"dau":1}}`,
		"duplicate key deeper":          `{"product":"tencent-im","inputs":{"dau":[{"a":1,"a":2}]}}`,
		"duplicate key in a wrong type": `{"product":{"a":1,"a":1}}`,
		"second document":               `{"product":"tencent-im"}{"product":"tencent-im"}`,
		"second document, a scalar":     `{"product":"tencent-im"} 1`,
		"trailing garbage":              `{"product":"tencent-im"} x`,
		"trailing comma":                `{"product":"tencent-im",}`,
		"comment":                       `{"product":"tencent-im"/* */}`,
		"single quotes":                 `{'product':'tencent-im'}`,
		"byte order mark":               "\ufeff" + `{"product":"tencent-im"}`,
		"unknown field":                 `{"product":"tencent-im","colour":"red"}`,
		"field in the wrong case":       `{"Product":"tencent-im"}`,
		"field in the wrong case too":   `{"product":"tencent-im","Inputs":{}}`,
		"empty field name":              `{"product":"tencent-im","":1}`,
		"product null":                  `{"product":null}`,
		"product number":                `{"product":1}`,
		"product array":                 `{"product":["tencent-im"]}`,
		"price_book null":               `{"product":"tencent-im","price_book":null}`,
		"price_book number":             `{"product":"tencent-im","price_book":20201030}`,
		"lang null":                     `{"product":"tencent-im","lang":null}`,
		"lang bool":                     `{"product":"tencent-im","lang":true}`,
		"lang fr":                       `{"product":"tencent-im","lang":"fr"}`,
		"lang empty":                    `{"product":"tencent-im","lang":""}`,
		"lang in capitals":              `{"product":"tencent-im","lang":"EN"}`,
		"lang with a region":            `{"product":"tencent-im","lang":"zh-CN"}`,
		"inputs null":                   `{"product":"tencent-im","inputs":null}`,
		"inputs array":                  `{"product":"tencent-im","inputs":[]}`,
		"inputs string":                 `{"product":"tencent-im","inputs":"dau=1"}`,
		"deep nesting":                  strings.Repeat("[", 30_000),
		"deep nesting in inputs":        `{"product":"tencent-im","inputs":{"dau":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + `}}`,
		"deep objects":                  `{"product":"tencent-im","inputs":` + strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_001),
		"invalid UTF-8":                 "{\"product\":\"tencent-im\xff\"}",
		"invalid UTF-8 in a name":       "{\"product\":\"tencent-im\",\"inputs\":{\"\xc3\x28\":1}}",
		"half a surrogate pair":         `{"product":"tencent-im","inputs":{"\ud800":1}}`,
		"control character":             "{\"product\":\"tencent-im\x01\"}",
		"NaN":                           `{"product":"tencent-im","inputs":{"dau":NaN}}`,
		"leading zero":                  `{"product":"tencent-im","inputs":{"dau":007}}`,
		"plus sign":                     `{"product":"tencent-im","inputs":{"dau":+7}}`,
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, postJSON(t, s, body), 400) })
	}
}

func TestAbsentInputsAreDefaults(t *testing.T) {
	s := newServer(t)
	absent, empty := postJSON(t, s, `{"product":"tencent-im"}`), postJSON(t, s, `{"product":"tencent-im","inputs":{}}`)
	if absent.StatusCode != 200 || !slices.Equal(read(t, absent), read(t, empty)) {
		t.Error("absent inputs are not {}")
	}
}

func TestUnknownProductsAndBooks(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{}`,
		`{"inputs":{}}`,
		`{"product":""}`,
		`{"product":"no-such-product"}`,
		`{"product":"Tencent-IM"}`,
		`{"product":"tencent-im "}`,
		`{"product":"tencent-im","price_book":""}`,
		`{"product":"tencent-im","price_book":"1999-01-01"}`,
		`{"product":"tencent-im","price_book":"2020-10-30r2"}`,
		`{"product":"tencent-im","price_book":"newest"}`,
	} {
		t.Run(body, func(t *testing.T) { wantProblem(t, postJSON(t, s, body), 404) })
	}
	for _, target := range []string{
		"/api/v1/products/no-such-product", "/api/v1/products/Tencent-IM", "/api/v1/products/tencent-im?price_book=1999-01-01",
		"/api/v1/products/tencent-im?price_book=", "/api/v1/products/", "/api/v1/products/tencent-im/x",
	} {
		t.Run(target, func(t *testing.T) { wantProblem(t, get(t, s, target), 404) })
	}
}

// TestFaultCodes has one fault for each line of the public table of codes, and
// those around them.
func TestFaultCodes(t *testing.T) {
	s := newServer(t)
	digits := strings.Repeat("9", 60_000)
	for _, tt := range []struct{ input, value, code string }{
		{"colour", `1`, "unknown_input"},
		{"DAU", `1`, "unknown_input"},
		{"dau ", `1`, "unknown_input"},
		{"", `1`, "unknown_input"},
		{"plan", `1`, "unknown_input"},
		{"lang", `"en"`, "unknown_input"},
		{"option", `"pro"`, "unknown_input"},
		{strings.Repeat("d", 60_000), `1`, "unknown_input"},

		{"dau", `true`, "wrong_type"},
		{"dau", `null`, "wrong_type"},
		{"dau", `[1]`, "wrong_type"},
		{"dau", `{"value":1}`, "wrong_type"},
		{"dau", `{}`, "wrong_type"},
		{"months", `null`, "wrong_type"},
		{"advanced_moderation", `1`, "wrong_type"},
		{"advanced_moderation", `"true"`, "wrong_type"},
		{"advanced_moderation", `null`, "wrong_type"},
		{"advanced_moderation", `[]`, "wrong_type"},

		{"dau", `""`, "not_a_number"},
		{"dau", `" "`, "not_a_number"},
		{"dau", `"abc"`, "not_a_number"},
		{"dau", `"007"`, "not_a_number"},
		{"dau", `"-0"`, "not_a_number"},
		{"dau", `-0`, "not_a_number"},
		{"dau", `"15k"`, "not_a_number"},
		{"dau", `"15,000"`, "not_a_number"},
		{"dau", `"1.5万"`, "not_a_number"},
		{"dau", `"１５"`, "not_a_number"},
		{"dau", `"+5"`, "not_a_number"},
		{"dau", `" 5"`, "not_a_number"},
		{"dau", `"5 "`, "not_a_number"},
		{"dau", `"5\n"`, "not_a_number"},
		{"dau", `"0x10"`, "not_a_number"},
		{"dau", `"1_000"`, "not_a_number"},
		{"dau", `"5."`, "not_a_number"},
		{"dau", `".5"`, "not_a_number"},
		{"dau", `"--5"`, "not_a_number"},
		{"dau", `"1e"`, "not_a_number"},
		{"dau", `"NaN"`, "not_a_number"},
		{"dau", `"Infinity"`, "not_a_number"},
		{"dau", `"5\u0000"`, "not_a_number"},
		{"months", `"12 months"`, "not_a_number"},

		{"dau", `5.0`, "not_whole"},
		{"dau", `5.5`, "not_whole"},
		{"dau", `"5.5"`, "not_whole"},
		{"dau", `1e3`, "not_whole"},
		{"dau", `"1e3"`, "not_whole"},
		{"dau", `1E+3`, "not_whole"},
		{"dau", `1e999999999`, "not_whole"},
		{"dau", `"1e-999999999"`, "not_whole"},
		{"dau", `0.` + digits, "not_whole"},
		{"dau", `1e` + digits, "not_whole"},
		{"months", `1.5`, "not_whole"},

		{"dau", `-1`, "out_of_range"},
		{"dau", `"-1"`, "out_of_range"},
		{"dau", `1000000000001`, "out_of_range"},
		{"dau", `9223372036854775808`, "out_of_range"},
		{"dau", `"18446744073709551616"`, "out_of_range"},
		{"dau", digits, "out_of_range"},
		{"dau", `"` + digits + `"`, "out_of_range"},
		{"dau", `-` + digits, "out_of_range"},
		{"months", `0`, "out_of_range"},
		{"months", `37`, "out_of_range"},
		{"months", `-1`, "out_of_range"},
		{"live_days", `32`, "out_of_range"},
	} {
		t.Run(fmt.Sprintf("%.20s=%.20s", tt.input, tt.value), func(t *testing.T) {
			body := fmt.Sprintf(`{"product":"tencent-im","inputs":{%q:%s}}`, tt.input, tt.value)
			p := wantProblem(t, postJSON(t, s, body), 422)
			if len(p.Errors) != 1 || p.Errors[0].Input != tt.input || p.Errors[0].Code != tt.code || p.Errors[0].Message == "" {
				t.Errorf("faults %+v, want one %s", p.Errors, tt.code)
			}
		})
	}
}

// TestValuesOnTheEdge are the greatest and least that is still allowed.
func TestValuesOnTheEdge(t *testing.T) {
	s := newServer(t)
	for _, inputs := range []string{
		`{"months":1}`, `{"months":36}`, `{"months":"36"}`, `{"live_days":0}`, `{"live_days":31}`, `{"dau":0}`,
		`{"dau":1000000000000}`, `{"dau":"1000000000000"}`, `{"advanced_moderation":false}`,
	} {
		if res := postJSON(t, s, `{"product":"tencent-im","inputs":`+inputs+`}`); res.StatusCode != 200 {
			t.Errorf("%s: status %d: %s", inputs, res.StatusCode, read(t, res))
		}
	}
}

func TestAllFaultsAtOnceInTheOrderOfTheBook(t *testing.T) {
	body := `{"product":"tencent-im","inputs":{"zebra":1,"advanced_moderation":1,"users":"x","apple":2,"live_days":32,"dau":-1,"months":5.0}}`
	p := wantProblem(t, postJSON(t, newServer(t), body), 422)
	var got []string
	for _, f := range p.Errors {
		got = append(got, f.Input+" "+f.Code)
	}
	want := []string{
		"months not_whole", "dau out_of_range", "users not_a_number", "live_days out_of_range", "advanced_moderation wrong_type",
		"zebra unknown_input", "apple unknown_input", // those the book has no place for, as they came
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults\n%v, want\n%v", got, want)
	}
}

func TestProblemHasNothingBesidesWhatIsPromised(t *testing.T) {
	for body, want := range map[string][]string{
		`{"product":"no"}`: {"detail", "request_id", "status", "title", "type"},
		`{"product":"tencent-im","inputs":{"dau":"x"}}`: {"detail", "errors", "request_id", "status", "title", "type"},
	} {
		var got []string
		for name := range decode[map[string]any](t, read(t, postJSON(t, newServer(t), body))) {
			got = append(got, name)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: fields %v, want %v", body, got, want)
		}
	}
}
