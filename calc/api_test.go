package calc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/shopspring/decimal"

	"suanpan/calc"
)

const bodyLimit = 64 << 10

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
		`{"product":"no"}`: {"detail", "status", "title", "type"},
		`{"product":"tencent-im","inputs":{"dau":"x"}}`: {"detail", "errors", "status", "title", "type"},
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

var chineseText = regexp.MustCompile(`\p{Han}`)

func TestAPILanguage(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		name, field, header string
		chinese             bool
	}{
		{"neither", "", "", false},
		{"body zh", "zh", "", true},
		{"body en against header zh", "en", "zh-CN,zh;q=0.9", false},
		{"body zh against header en", "zh", "en-US", true},
		{"header zh", "", "zh-CN,zh;q=0.9", true},
		{"header zh-TW", "", "zh-TW", true},
		{"header zh after en", "", "en-GB,en;q=0.9,zh;q=0.8", false},
		{"header zh before en", "", "zh;q=0.9,en;q=0.8", true},
		{"header fr", "", "fr", false},
		{"header fr, then zh", "", "fr, zh;q=0.5", true},
		{"header broken", "", ";;;q=x,,zh", false},
		{"header star", "", "*", false},
		{"header endless", "", strings.Repeat("zh,", 5000), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lang := ""
			if tt.field != "" {
				lang = fmt.Sprintf(`"lang":%q,`, tt.field)
			}
			inputs := `{` + lang + `"product":"tencent-im","inputs":{"dau":20000}}`
			estimate := decode[estimateAnswer](t, read(t, postJSON(t, s, inputs, "Accept-Language", tt.header)))
			if name := estimate.Options[0].Lines[0].Name; chineseText.MatchString(name) != tt.chinese {
				t.Errorf("line is named %q", name)
			}
			// An error speaks the same language as the answer would.
			p := wantProblem(t, postJSON(t, s, strings.Replace(inputs, "20000", `"x"`, 1), "Accept-Language", tt.header), 422)
			for _, said := range []string{p.Title, p.Detail, p.Errors[0].Message} {
				if chineseText.MatchString(said) != tt.chinese {
					t.Errorf("problem says %q", said)
				}
			}
			if p := wantProblem(t, postJSON(t, s, `{`+lang+`"product":"no"}`, "Accept-Language", tt.header), 404); chineseText.MatchString(p.Detail) != tt.chinese {
				t.Errorf("problem says %q", p.Detail)
			}
		})
	}
}

func TestAnswersVaryByLanguage(t *testing.T) {
	s := newServer(t)
	for _, res := range []*http.Response{get(t, s, "/api/v1/products"), postJSON(t, s, `{"product":"tencent-im"}`)} {
		if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("Vary is %q", res.Header.Values("Vary"))
		}
	}
}

func TestNumbersAsIntegersOrStrings(t *testing.T) {
	s := newServer(t)
	integers := read(t, postJSON(t, s, `{"product":"tencent-im","inputs":{"dau":15000,"history_days":90,"months":12}}`))
	strings := read(t, postJSON(t, s, `{"product":"tencent-im","inputs":{"months":"12","history_days":"90","dau":"15000"}}`))
	if !slices.Equal(integers, strings) {
		t.Errorf("%s\n%s", integers, strings)
	}
}

// TestEstimateOfTheDocumentation is the answer that the documentation of the
// public interface shows.
func TestEstimateOfTheDocumentation(t *testing.T) {
	res := postJSON(t, newServer(t), `{"product":"tencent-im","price_book":"2020-10-30","lang":"en","inputs":{"dau":15000,"history_days":90,"months":12}}`)
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(kind, "application/json") {
		t.Fatalf("status %d, content type %q", res.StatusCode, kind)
	}
	got := decode[estimateAnswer](t, read(t, res))
	if got.Product != "tencent-im" || got.PriceBook != "2020-10-30" || got.Currency != "CNY" || got.Months != 12 || text(got.Recommended) != "pro" {
		t.Errorf("head %+v", got)
	}
	var order []string
	for _, o := range got.Options {
		order = append(order, o.ID)
	}
	if !slices.Equal(order, []string{"pro", "ultimate", "trial"}) {
		t.Fatalf("options in the order %v", order)
	}
	pro, trial := got.Options[0], got.Options[2]
	if pro.Total != "35988.00" || pro.Monthly != "2999.00" || pro.Prepaid != "11988.00" || pro.Postpaid != "24000.00" || pro.Name != "Pro" {
		t.Errorf("pro %+v", pro)
	}
	want := []lineAnswer{
		{"plan", "Plan fee", "11988", "prepaid", "12", "month", "12 × ¥999", ""},
		{"dau_overage", "Daily active users over the allowance", "12000", "postpaid", "1", "10,000 users", "⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12", ""},
		{"history", "Message history, 90 days", "12000", "postpaid", "12", "month", "12 × ¥1,000", ""},
	}
	for i := range pro.Lines {
		if pro.Lines[i].Source == "" {
			t.Errorf("line %s has no source", pro.Lines[i].ID)
		}
		pro.Lines[i].Source = ""
	}
	if !reflect.DeepEqual(pro.Lines, want) {
		t.Errorf("lines\n%+v, want\n%+v", pro.Lines, want)
	}
	if len(trial.Violations) != 2 || text(trial.Violations[0].Limit) != "100" || text(trial.Violations[1].Limit) != "7" || trial.Violations[0].Message == "" {
		t.Errorf("violations %+v", trial.Violations)
	}
	if len(trial.Notes) == 0 || trial.Total != "0.00" || trial.Feasible || !trial.Complete {
		t.Errorf("trial %+v", trial)
	}
}

// TestListsAreNeverNull: a client may go through every list without a check.
func TestListsAreNeverNull(t *testing.T) {
	s := newServer(t)
	for _, body := range [][]byte{
		read(t, postJSON(t, s, `{"product":"tencent-im"}`)),
		read(t, postJSON(t, s, `{"product":"`+fixture+`"}`)),
		read(t, get(t, s, "/api/v1/products")),
		read(t, get(t, s, "/api/v1/products/"+fixture)),
	} {
		var walk func(path string, v any)
		walk = func(path string, v any) {
			switch v := v.(type) {
			case nil:
				if path != ".recommended" && !strings.HasSuffix(path, ".limit") && !strings.HasSuffix(path, ".group") {
					t.Errorf("%s is null", path)
				}
			case []any:
				for _, e := range v {
					walk(path, e)
				}
			case map[string]any:
				for name, e := range v {
					walk(path+"."+name, e)
				}
			}
		}
		walk("", decode[any](t, body))
	}
}

var (
	moneyText = regexp.MustCompile(`^(0|[1-9][0-9]*)\.[0-9]{2}$`)
	plainText = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`)
)

// TestMoneyIsDecimalText checks the form of every amount and quantity, and
// that they add up, at sizes where a float would have lost digits.
func TestMoneyIsDecimalText(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{"product":"tencent-im","inputs":{"dau":1000000000000,"live_domestic_mbps":1000000000000,"live_days":31,"months":36}}`,
		`{"product":"` + fixture + `","inputs":{"hours_a_day":1,"months":3}}`,
		`{"product":"` + fixture + `","inputs":{"printed_pages":999999999999}}`,
	} {
		data := read(t, postJSON(t, s, body))
		if strings.ContainsAny(string(regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).ReplaceAll(data, nil)), ".eE") &&
			regexp.MustCompile(`:\s*-?[0-9]+[.eE]`).Match(data) {
			t.Errorf("there is a float in %s", data)
		}
		for _, o := range decode[estimateAnswer](t, data).Options {
			for _, money := range []string{o.Total, o.Monthly, o.Prepaid, o.Postpaid} {
				if !moneyText.MatchString(money) {
					t.Errorf("%s: %q is not money", o.ID, money)
				}
			}
			sum := decimal.Zero
			for _, line := range o.Lines {
				if !plainText.MatchString(line.Amount) || !plainText.MatchString(line.Quantity) {
					t.Errorf("%s: %s: amount %q, quantity %q", o.ID, line.ID, line.Amount, line.Quantity)
				}
				sum = sum.Add(decimal.RequireFromString(line.Amount))
			}
			if sum.StringFixed(2) != o.Total {
				t.Errorf("%s: the lines sum to %s, the total is %s", o.ID, sum, o.Total)
			}
		}
	}
}

// TestOptionsOrder: feasible ones by total, then the others as the book has
// them.
func TestOptionsOrder(t *testing.T) {
	s := newServer(t)
	for inputs, want := range map[string]string{
		`{}`:                       "trial pro ultimate",
		`{"dau":101}`:              "pro ultimate trial",
		`{"group_members":6001}`:   "trial pro ultimate", // none is feasible
		`{"live_groups":60}`:       "pro ultimate trial",
		`{"groups_per_user":3000}`: "ultimate trial pro",
		`{"group_members":2000,"groups_per_user":1000,"history_days":30,"live_groups":60}`: "ultimate pro trial",
	} {
		got := decode[estimateAnswer](t, read(t, postJSON(t, s, `{"product":"tencent-im","inputs":`+inputs+`}`)))
		var order []string
		for _, o := range got.Options {
			order = append(order, o.ID)
		}
		if strings.Join(order, " ") != want {
			t.Errorf("%s: %v, want %s", inputs, order, want)
		}
		if best := got.Options[0]; best.Feasible != (got.Recommended != nil) || (best.Feasible && *got.Recommended != best.ID) {
			t.Errorf("%s: recommended %s of %v", inputs, text(got.Recommended), order)
		}
	}
}

// TestLimitOfAViolation is the highest value that any add-on reaches, and null
// where there is no number.
func TestLimitOfAViolation(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		product, inputs, option string
		want                    *string
	}{
		{"tencent-im", `{"advanced_moderation":true}`, "trial", nil},
		{"tencent-im", `{"dau":101}`, "trial", pointer("100")},
		{"tencent-im", `{"live_domestic_mbps":1,"live_days":0}`, "trial", pointer("0")},
		{"tencent-im", `{"groups_per_user":1001}`, "pro", pointer("1000")},
		{fixture, `{"video_wall":true}`, "basic", nil},
		{fixture, `{"seats_per_room":17}`, "basic", pointer("16")},
	} {
		data := read(t, postJSON(t, s, fmt.Sprintf(`{"product":%q,"inputs":%s}`, tt.product, tt.inputs)))
		for _, o := range decode[estimateAnswer](t, data).Options {
			if o.ID != tt.option {
				continue
			}
			if o.Feasible || len(o.Violations) != 1 || text(o.Violations[0].Limit) != text(tt.want) {
				t.Errorf("%s: %s: violations %+v, want the limit %s", tt.inputs, o.ID, o.Violations, text(tt.want))
			}
		}
		if tt.want == nil && !strings.Contains(string(data), `"limit":null`) {
			t.Errorf("%s: no limit is null in %s", tt.inputs, data)
		}
	}
}

func TestOtherMethodsAndAddressesOfTheAPI(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		method, target string
		want           int
	}{
		{"GET", estimates, 405},
		{"PUT", estimates, 405},
		{"DELETE", estimates, 405},
		{"OPTIONS", estimates, 0},
		{"POST", "/api/v1/products", 405},
		{"POST", "/api/v1/products/tencent-im", 405},
		{"POST", "/api/openapi.json", 405},
		{"GET", "/api", 404},
		{"GET", "/api/", 404},
		{"GET", "/api/v1", 404},
		{"GET", "/api/v2/estimates", 404},
		{"POST", "/api/v1/estimates/", 404},
		{"POST", "/api/v1/nothing", 404},
		{"GET", "/api/v1/%2e%2e/%2e%2e/etc/passwd", 404},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			res := send(t, s, request(tt.method, tt.target, "", "Content-Type", "application/json"))
			if tt.want == 0 {
				return // whatever the answer is, it is no failure
			}
			wantProblem(t, res, tt.want)
			if tt.want == 405 && res.Header.Get("Allow") == "" {
				t.Error("the answer does not say which methods are allowed")
			}
		})
	}
}

// TestHeadOfTheAPI: an answer to HEAD has no body, and an error has the content
// type it would have with one.
func TestHeadOfTheAPI(t *testing.T) {
	s := newServer(t)
	for _, target := range []string{estimates, "/api/v1/products", "/api/v1/nothing"} {
		res := send(t, s, request(http.MethodHead, target, ""))
		if res.StatusCode != 404 && res.StatusCode != 405 && res.StatusCode != 200 {
			t.Errorf("HEAD %s: status %d", target, res.StatusCode)
		}
		if kind := res.Header.Get("Content-Type"); res.StatusCode >= 400 && kind != "application/problem+json" {
			t.Errorf("HEAD %s: status %d with content type %q", target, res.StatusCode, kind)
		}
	}
}

func TestProducts(t *testing.T) {
	s := newServer(t)
	type product struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Summary    string   `json:"summary"`
		Currency   string   `json:"currency"`
		PriceBooks []string `json:"price_books"`
	}
	type list struct {
		Products []product `json:"products"`
	}
	got := decode[list](t, read(t, get(t, s, "/api/v1/products")))
	byID := map[string]product{}
	for _, p := range got.Products {
		byID[p.ID] = p
		if p.Name == "" || p.Summary == "" || p.Currency != "CNY" || len(p.PriceBooks) == 0 {
			t.Errorf("product %+v", p)
		}
	}
	if len(byID) != len(newCatalog(t).Products()) {
		t.Errorf("%d products", len(byID))
	}
	if books := byID[fixture].PriceBooks; !slices.Equal(books, []string{"2026-01-01", "2025-06-01"}) {
		t.Errorf("price books %v, want the newest first", books)
	}
	if name := byID[fixture].Name; name != "Fixture Rooms" {
		t.Errorf("name %q", name)
	}
	for _, res := range []*http.Response{get(t, s, "/api/v1/products?lang=zh"), get(t, s, "/api/v1/products", "Accept-Language", "zh")} {
		if body := string(read(t, res)); !strings.Contains(body, "样例会议室") {
			t.Errorf("not in Chinese: %s", body)
		}
	}
	wantProblem(t, get(t, s, "/api/v1/products?lang=fr"), 400)
}

func TestProduct(t *testing.T) {
	s := newServer(t)
	type book struct {
		ID          string   `json:"id"`
		PriceBook   string   `json:"price_book"`
		PriceBooks  []string `json:"price_books"`
		Assumptions []string `json:"assumptions"`
		Inputs      []struct {
			ID      string          `json:"id"`
			Kind    string          `json:"kind"`
			Default json.RawMessage `json:"default"`
			Minimum *string         `json:"minimum"`
			Maximum *string         `json:"maximum"`
			Unit    string          `json:"unit"`
			Group   *string         `json:"group"`
		} `json:"inputs"`
		Options []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"options"`
		Sources []struct {
			Title string `json:"title"`
			Date  string `json:"date"`
		} `json:"sources"`
	}
	got := decode[book](t, read(t, get(t, s, "/api/v1/products/"+fixture)))
	if got.ID != fixture || got.PriceBook != "2026-01-01" || len(got.PriceBooks) != 2 || len(got.Assumptions) != 2 || len(got.Sources) != 2 {
		t.Errorf("%+v", got)
	}
	var inputs []string
	for _, in := range got.Inputs {
		inputs = append(inputs, strings.Join([]string{in.ID, in.Kind, string(in.Default), text(in.Minimum), text(in.Maximum), in.Unit, text(in.Group)}, " "))
	}
	want := []string{
		`months count "1" 1 36 months null`,
		`meeting_rooms count "1" 1 500 rooms rooms`,
		`hours_a_day count "8" 0 24 hours rooms`,
		`printed_pages count "0" 0 1000000000000 pages rooms`,
		`seats_per_room count "0" 0 1000000000000 seats extras`,
		`welcome_desk yes_no true null null  extras`,
		`video_wall yes_no false null null  extras`,
	}
	if !slices.Equal(inputs, want) {
		t.Errorf("inputs\n%s\nwant\n%s", strings.Join(inputs, "\n"), strings.Join(want, "\n"))
	}
	if len(got.Options) != 2 || got.Options[0].ID != "basic" || got.Options[1].Name != "Business" {
		t.Errorf("options %+v", got.Options)
	}
	older := decode[book](t, read(t, get(t, s, "/api/v1/products/"+fixture+"?price_book=2025-06-01&lang=zh")))
	if older.PriceBook != "2025-06-01" || older.Sources[0].Date != "2025-06-01" || older.Options[0].Name != "基础版" {
		t.Errorf("older book %+v", older)
	}
	wantProblem(t, get(t, s, "/api/v1/products/"+fixture+"?lang="), 400)
}

func TestPriceBookOfAnEstimate(t *testing.T) {
	s := newServer(t)
	for field, want := range map[string]string{"": "246.49", `"price_book":"2026-01-01",`: "246.49", `"price_book":"2025-06-01",`: "226.49"} {
		got := decode[estimateAnswer](t, read(t, postJSON(t, s, `{`+field+`"product":"`+fixture+`"}`)))
		if got.Options[0].Total != want {
			t.Errorf("%s: total %s, want %s", field, got.Options[0].Total, want)
		}
	}
}

// from sends a good estimate request that comes from an address.
func from(t testing.TB, s *calc.Server, address string, headers ...string) *http.Response {
	t.Helper()
	r := request(http.MethodPost, estimates, `{"product":"tencent-im"}`, append([]string{"Content-Type", "application/json"}, headers...)...)
	r.RemoteAddr = address
	return send(t, s, r)
}

// exhaust uses up what one address may ask for at once.
func exhaust(t testing.TB, s *calc.Server, address string, headers ...string) {
	t.Helper()
	for range 4 { // a burst is four times the rate, which is 1
		if res := from(t, s, address, headers...); res.StatusCode != 200 {
			t.Fatalf("status %d within the burst", res.StatusCode)
		}
	}
	res := from(t, s, address, headers...)
	wantProblem(t, res, 429)
	if wait := res.Header.Get("Retry-After"); wait != "1" {
		t.Errorf("Retry-After is %q", wait)
	}
}

func withRate(rate float64) func(*calc.Config) { return func(c *calc.Config) { c.Rate = rate } }

func withProxies(prefixes ...string) func(*calc.Config) {
	return func(c *calc.Config) {
		for _, p := range prefixes {
			c.TrustedProxies = append(c.TrustedProxies, netip.MustParsePrefix(p))
		}
	}
}

func wantStatus(t testing.TB, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("status %d, want %d", res.StatusCode, status)
	}
}

func TestRateLimitIsPerAddress(t *testing.T) {
	s := newServer(t, withRate(1))
	exhaust(t, s, "192.0.2.1:1000")
	wantStatus(t, from(t, s, "192.0.2.1:2000"), 429) // another connection
	wantStatus(t, from(t, s, "192.0.2.2:1000"), 200)
	exhaust(t, s, "[2001:db8:0:1::1]:1000")
	wantStatus(t, from(t, s, "[2001:db8:0:1:ffff::2]:1000"), 429) // same /64
	wantStatus(t, from(t, s, "[2001:db8:0:2::1]:1000"), 200)
}

func TestRateLimitCountsEveryKindOfWork(t *testing.T) {
	for _, r := range []func() *http.Request{
		func() *http.Request { return request("GET", "/api/v1/products", "") },
		func() *http.Request { return request("GET", "/api/v1/products/tencent-im", "") },
		func() *http.Request { return request("POST", estimates, "nonsense") },
		func() *http.Request {
			return request("POST", "/calc/tencent-im", "dau=1", "Content-Type", "application/x-www-form-urlencoded")
		},
	} {
		s := newServer(t, withRate(1))
		for range 4 {
			if res := send(t, s, r()); res.StatusCode == 429 {
				t.Fatalf("%s: 429 within the burst", r().URL)
			}
		}
		res := send(t, s, r())
		wantStatus(t, res, 429)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", r().URL)
		}
	}
}

func TestRateLimitLeavesProbesAndAssetsAlone(t *testing.T) {
	s := newServer(t, withRate(1))
	for range 10 {
		for _, target := range []string{"/healthz", "/readyz", "/api/openapi.json", "/"} {
			wantStatus(t, get(t, s, target), 200)
		}
	}
}

func TestSlowRates(t *testing.T) {
	s := newServer(t, withRate(0.1))
	wantStatus(t, from(t, s, "192.0.2.1:1000"), 200)
	res := from(t, s, "192.0.2.1:1000")
	wantProblem(t, res, 429)
	if wait := res.Header.Get("Retry-After"); wait != "10" {
		t.Errorf("Retry-After is %q", wait)
	}
}

func TestForwardedAddressNeedsATrustedProxy(t *testing.T) {
	direct := newServer(t, withRate(1))
	exhaust(t, direct, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.1")
	wantStatus(t, from(t, direct, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.2"), 429)

	proxied := newServer(t, withRate(1), withProxies("10.0.0.0/8", "fd00::/8"))
	exhaust(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.1")
	wantStatus(t, from(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "198.51.100.2"), 200)
	wantStatus(t, from(t, proxied, "10.9.9.9:1000", "X-Forwarded-For", "198.51.100.1"), 429) // through another proxy
	// What a visitor puts in front of the proxy's own entry is not believed.
	wantStatus(t, from(t, proxied, "10.0.0.1:1000", "X-Forwarded-For", "203.0.113.9, 198.51.100.1"), 429)
	// Two proxies in a row are both passed over.
	wantStatus(t, from(t, proxied, "[fd00::1]:1000", "X-Forwarded-For", "198.51.100.1, 10.0.0.7"), 429)
	// Nobody else is believed, not even from a private or loopback address.
	exhaust(t, proxied, "192.168.0.1:1000", "X-Forwarded-For", "198.51.100.3")
	wantStatus(t, from(t, proxied, "192.168.0.1:1000", "X-Forwarded-For", "198.51.100.4"), 429)
	exhaust(t, proxied, "127.0.0.1:1000", "X-Forwarded-For", "198.51.100.3")
	wantStatus(t, from(t, proxied, "127.0.0.1:1000", "X-Forwarded-For", "198.51.100.4"), 429)
}
