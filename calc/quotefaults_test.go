package calc_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestStatusOrderOfQuotes sends requests with several faults. The table of the
// public interface says which of them is answered.
func TestStatusOrderOfQuotes(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	const kind = "application/json"
	huge := strings.Repeat("[", 1<<20+1)
	revises := `"revises":"` + q.ID + `",`
	for _, tt := range []struct {
		name, kind, body, key string
		want                  int
	}{
		{"415 before 413", "text/plain", huge, "", 415},
		{"415 before 400", "text/plain", "{", "", 415},
		{"413 before 400", kind, huge, "", 413},
		{"400 before 404", kind, `{"items":[{"product":"no"}],"colour":1}`, "", 400},
		{"400 before 404, in an item", kind, `{"items":[{"product":"no"},{"colour":1}]}`, "", 400},
		{"400 before 422", kind, `{"valid_days":0,"items":[],"lang":"fr"}`, "", 400},
		{"400 for the key before 404", kind, `{"items":[{"product":"no"}]}`, strings.Repeat("k", 256), 400},
		{"404 before 403", kind, `{` + revises + `"items":[{"product":"no"}]}`, "", 404},
		{"404 before 422", kind, `{"valid_days":0,"items":[{"product":"fixture-cloud","inputs":{"months":0}},{"product":"no"}]}`, "", 404},
		{"404 of many before 422", kind, `{"items":[` + strings.Repeat(`{"product":"fixture-cloud"},`, 20) + `{}]}`, "", 404},
		{"404 for what is revised before 422", kind, `{"revises":"x","valid_days":0,"items":[]}`, "", 404},
		{"403 before 422", kind, `{` + revises + `"valid_days":0,"items":[]}`, "", 403},
		{"422 alone", kind, `{"valid_days":0,"items":[]}`, "", 422},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(http.MethodPost, quotesAPI, tt.body, "Content-Type", tt.kind)
			if tt.key != "" {
				r.Header.Set("Idempotency-Key", tt.key)
			}
			wantProblem(t, send(t, s, r), tt.want)
		})
	}
}

func TestBodyLimitOfQuotes(t *testing.T) {
	s := newServer(t)
	exactly := func(n int) string { return oneItem + strings.Repeat(" ", n-len(oneItem)) }
	saveQuote(t, s, exactly(1<<20))
	for lang, want := range map[string]string{"en": "The request is larger than 1 MiB.", "zh": "请求内容超过 1 MiB。"} {
		if p := wantProblem(t, postQuote(t, s, exactly(1<<20+1), "Accept-Language", lang), 413); p.Detail != want {
			t.Errorf("%q", p.Detail)
		}
		if p := wantProblem(t, postJSON(t, s, exactly(64<<10+1), "Accept-Language", lang), 413); !strings.Contains(p.Detail, "64 KiB") {
			t.Errorf("%q", p.Detail)
		}
	}
	r := request(http.MethodPost, quotesAPI, exactly(1<<20+1), "Content-Type", "application/json")
	r.ContentLength = -1
	wantProblem(t, send(t, s, r), 413)
	q := saveQuote(t, s, oneItem)
	r = request(http.MethodPost, quotesAPI+"/"+q.ID+"/withdraw", exactly(64<<10+1), "Authorization", bearerOf+*q.OwnerToken)
	wantProblem(t, send(t, s, r), 413)
	if got := getQuote(t, s, q.ID); got.State != "valid" {
		t.Errorf("withdrawn by a request that was refused: %s", got.State)
	}
}

func TestMalformedQuotes(t *testing.T) {
	s := newServer(t)
	item := func(field string) string { return `{"items":[{"product":"fixture-cloud",` + field + `}]}` }
	for name, body := range map[string]string{
		"empty":                      ``,
		"cut off":                    `{"items":[`,
		"array":                      `[]`,
		"null":                       `null`,
		"second document":            oneItem + oneItem,
		"duplicate":                  `{"title":"a","title":"a"}`,
		"duplicate in an item":       `{"items":[{"product":"fixture-cloud","product":"fixture-cloud"}]}`,
		"duplicate in inputs":        item(`"inputs":{"months":1,"months":1}`),
		"unknown field":              `{"colour":1}`,
		"field in the wrong case":    `{"Title":"a"}`,
		"id of one's own":            `{"id":"a"}`,
		"title null":                 `{"title":null}`,
		"title number":               `{"title":1}`,
		"customer array":             `{"customer":[]}`,
		"prepared_by bool":           `{"prepared_by":true}`,
		"note object":                `{"note":{}}`,
		"valid_days null":            `{"valid_days":null}`,
		"valid_days bool":            `{"valid_days":true}`,
		"valid_days array":           `{"valid_days":[1]}`,
		"lang null":                  `{"lang":null}`,
		"lang fr":                    `{"lang":"fr"}`,
		"revises null":               `{"revises":null}`,
		"revises number":             `{"revises":1}`,
		"items null":                 `{"items":null}`,
		"items object":               `{"items":{}}`,
		"items string":               `{"items":"a"}`,
		"item null":                  `{"items":[null]}`,
		"item string":                `{"items":["fixture-cloud"]}`,
		"item array":                 `{"items":[[]]}`,
		"product null":               `{"items":[{"product":null}]}`,
		"product number":             `{"items":[{"product":1}]}`,
		"price_book null":            item(`"price_book":null`),
		"price_book number":          item(`"price_book":20260101`),
		"inputs null":                item(`"inputs":null`),
		"inputs array":               item(`"inputs":[]`),
		"option null":                item(`"option":null`),
		"option number":              item(`"option":1`),
		"quantity null":              item(`"quantity":null`),
		"quantity bool":              item(`"quantity":false`),
		"quantity object":            item(`"quantity":{}`),
		"unknown field in an item":   item(`"colour":1`),
		"lang in an item":            item(`"lang":"en"`),
		"second item, unknown field": `{"items":[{"product":"fixture-cloud"},{"product":"fixture-cloud","months":1}]}`,
		"invalid UTF-8":              "{\"title\":\"\xff\"}",
		"half a surrogate pair":      `{"title":"\ud800"}`,
		"deep nesting":               item(`"inputs":{"months":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + `}`),
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, postQuote(t, s, body), 400) })
	}
	if p := wantProblem(t, postQuote(t, s, `{"items":[{},{"product":1}]}`), 400); !strings.Contains(p.Detail, "items[1].product") {
		t.Errorf("the detail does not say where: %q", p.Detail)
	}
}

// keyOf returns an idempotency key that has a text in it.
func keyOf(text string) string { return text + "-a-key-of-20-characters" }

func TestIdempotencyKeysAtFault(t *testing.T) {
	s := newServer(t)
	for _, key := range []string{"", "order-4711", strings.Repeat("k", 19), strings.Repeat("k", 256), keyOf("a\tb"), keyOf("clé"), keyOf("键"), keyOf("a\x7f")} {
		r := request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", key)
		if p := wantProblem(t, send(t, s, r), 400); !strings.Contains(p.Detail, "Idempotency-Key") {
			t.Errorf("%q: %q", key, p.Detail)
		}
	}
	two := request(http.MethodPost, quotesAPI, oneItem, "Content-Type", "application/json", "Idempotency-Key", keyOf("a"))
	two.Header.Add("Idempotency-Key", keyOf("b"))
	wantProblem(t, send(t, s, two), 400)
	for _, key := range []string{strings.Repeat("k", 20), keyOf("~ !\""), strings.Repeat("k", 255)} {
		saveQuote(t, s, oneItem, "Idempotency-Key", key)
	}
}

func TestUnknownProductsAndBooksOfQuotes(t *testing.T) {
	s := newServer(t)
	for items, where := range map[string]string{
		`{}`:                        "items[0]",
		`{"product":""}`:            "items[0]",
		`{"product":"no"}`:          "items[0]",
		`{"product":"Tencent-IM"}`:  "items[0]",
		`{"inputs":{"months":"x"}}`: "items[0]",
		`{"product":"tencent-im","price_book":""}`:                                     "items[0]",
		`{"product":"tencent-im","price_book":"1999-01-01"}`:                           "items[0]",
		`{"product":"tencent-im"},{"product":"tencent-im","price_book":"2026-01-01"}`:  "items[1]",
		`{"product":"tencent-im"},{"product":"fixture-cloud"},{"product":"no"},{}`:     "items[2]",
		strings.Repeat(`{"product":"tencent-im"},`, 19) + `{"product":"fixture-land"}`: "items[19]",
	} {
		for lang, words := range map[string]string{"en": "no such", "zh": "没有"} {
			p := wantProblem(t, postQuote(t, s, `{"lang":"`+lang+`","items":[`+items+`]}`), 404)
			if !strings.HasPrefix(p.Detail, where) || !strings.Contains(p.Detail, words) {
				t.Errorf("%s: %q", items, p.Detail)
			}
		}
	}
}

// faultsOf returns "input code" of each fault of a problem, in order.
func faultsOf(t testing.TB, p problem) string {
	t.Helper()
	var got []string
	for _, f := range p.Errors {
		got = append(got, f.Input+" "+f.Code)
		if f.Message == "" {
			t.Errorf("nothing is said of %s", f.Input)
		}
	}
	return strings.Join(got, ", ")
}

func TestFaultsOfQuotes(t *testing.T) {
	s := newServer(t)
	top := func(fields string) string { return `{` + fields + `,` + oneItem[1:] }
	item := func(fields string) string { return `{"items":[{"product":"fixture-cloud",` + fields + `}]}` }
	twenty := strings.Repeat(`{"product":"fixture-cloud"},`, 20)
	for _, tt := range []struct{ name, body, faults string }{
		{"no items", `{}`, "items no_items"},
		{"empty items", `{"items":[]}`, "items no_items"},
		{"21 items", `{"items":[` + twenty + `{"product":"fixture-cloud"}]}`, "items too_many_items"},
		{"21 items, nothing about the single ones", `{"valid_days":0,"items":[` + twenty + `{"product":"fixture-cloud","quantity":0,"option":"x","inputs":{"months":0}}]}`, "valid_days out_of_range, items too_many_items"},
		{"title", top(`"title":"` + strings.Repeat("名", 201) + `"`), "title too_long"},
		{"all texts", top(`"note":"` + strings.Repeat("x", 5001) + `","prepared_by":"` + strings.Repeat("x", 201) + `","customer":"` + strings.Repeat("x", 201) + `"`), "customer too_long, prepared_by too_long, note too_long"},
		{"days 0", top(`"valid_days":0`), "valid_days out_of_range"},
		{"days 366", top(`"valid_days":"366"`), "valid_days out_of_range"},
		{"days -1", top(`"valid_days":-1`), "valid_days out_of_range"},
		{"days endless", top(`"valid_days":` + strings.Repeat("9", 500_000)), "valid_days out_of_range"},
		{"days 1.5", top(`"valid_days":1.5`), "valid_days not_whole"},
		{"days 30.0", top(`"valid_days":"30.0"`), "valid_days not_whole"},
		{"days 1e999999999", top(`"valid_days":1e999999999`), "valid_days not_whole"},
		{"days abc", top(`"valid_days":"abc"`), "valid_days not_a_number"},
		{"days empty", top(`"valid_days":""`), "valid_days not_a_number"},
		{"days 007", top(`"valid_days":"007"`), "valid_days not_a_number"},
		{"days -0", top(`"valid_days":-0`), "valid_days not_a_number"},
		{"quantity 0", item(`"quantity":0`), "items[0].quantity out_of_range"},
		{"quantity 10001", item(`"quantity":"10001"`), "items[0].quantity out_of_range"},
		{"quantity 2.0", item(`"quantity":2.0`), "items[0].quantity not_whole"},
		{"quantity two", item(`"quantity":"two"`), "items[0].quantity not_a_number"},
		{"quantity ２", item(`"quantity":"２"`), "items[0].quantity not_a_number"},
		{"no such option", item(`"option":"gold"`), "items[0].option unknown_choice"},
		{"option in capitals", item(`"option":"Basic"`), "items[0].option unknown_choice"},
		{"option empty", item(`"option":""`), "items[0].option unknown_choice"},
		{"infeasible", item(`"option":"basic","inputs":{"video_wall":true}`), "items[0].option infeasible"},
		{"infeasible and a quantity", item(`"option":"basic","inputs":{"video_wall":true},"quantity":0`), "items[0].quantity out_of_range, items[0].option infeasible"},
		{"nothing serves it", `{"items":[{"product":"tencent-im","inputs":{"group_members":6001}}]}`, "items[0].option infeasible"},
		{"an input", item(`"inputs":{"months":0}`), "items[0].inputs.months out_of_range"},
		{"an unknown input", item(`"inputs":{"zebra":0}`), "items[0].inputs.zebra unknown_input"},
		{"inputs, and what they leave of the option is not judged", item(`"option":"basic","inputs":{"video_wall":true,"months":0}`), "items[0].inputs.months out_of_range"},
		{"inputs, and an option that is not there at all", item(`"option":"gold","inputs":{"months":0}`), "items[0].inputs.months out_of_range, items[0].option unknown_choice"},
		{"a row", `{"items":[{"product":"fixture-cloud"},{"product":"aliyun-multimodal","inputs":{"workloads":[{"asr":"loud","colour":1},7]}}]}`, "items[1].inputs.workloads[0].asr unknown_choice, items[1].inputs.workloads[0].colour unknown_input, items[1].inputs.workloads[1] wrong_type"},
		{
			"everything at once", `{"items":[{"product":"fixture-cloud","quantity":0,"inputs":{"months":"x"}},{"product":"fixture-cloud","option":"basic","inputs":{"video_wall":true}},` +
				strings.Repeat(`{"product":"fixture-cloud"},`, 9) + `{"product":"fixture-cloud","option":"","quantity":1.5}],"valid_days":"abc","title":"` + strings.Repeat("x", 201) + `"}`,
			"valid_days not_a_number, title too_long, items[0].inputs.months not_a_number, items[0].quantity out_of_range, items[1].option infeasible, " +
				"items[11].option unknown_choice, items[11].quantity not_whole",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, lang := range []string{"en", "zh"} {
				p := wantProblem(t, postQuote(t, s, tt.body, "Accept-Language", lang), 422)
				if got := faultsOf(t, p); got != tt.faults {
					t.Errorf("faults\n%s, want\n%s", got, tt.faults)
				}
				for _, f := range p.Errors {
					if chineseText.MatchString(f.Message) != (lang == "zh") {
						t.Errorf("%s says %q", f.Input, f.Message)
					}
				}
			}
		})
	}
}

func TestValuesOnTheEdgeOfQuotes(t *testing.T) {
	s := newServer(t)
	for _, body := range []string{
		`{"valid_days":1,` + oneItem[1:], `{"valid_days":"365",` + oneItem[1:],
		`{"items":[{"product":"fixture-cloud","quantity":10000}]}`,
		`{"items":[` + strings.Repeat(`{"product":"fixture-cloud"},`, 19) + `{"product":"fixture-cloud"}]}`,
		`{"title":"` + strings.Repeat("名", 200) + `","note":"` + strings.Repeat("😀", 5000) + `",` + oneItem[1:],
		`{"title":"\u0000\u0001\u001f\u007f\ufffe=cmd","note":"\r\n\t",` + oneItem[1:],
	} {
		q := saveQuote(t, s, body)
		sent := decode[struct{ Title, Note string }](t, []byte(body))
		if got := getQuote(t, s, q.ID); got.Title != sent.Title || got.Note != sent.Note {
			t.Errorf("%q, %q", got.Title, got.Note)
		}
	}
}

func TestErrorsOfQuotesSpeakTheLanguageOfTheRequest(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, oneItem)
	for _, body := range []string{
		`{"lang":"zh","valid_days":0,"items":[]}`, `{"lang":"zh","items":[{}]}`, `{"lang":"zh","revises":"x",` + oneItem[1:],
		`{"lang":"zh","revises":"` + q.ID + `",` + oneItem[1:],
	} {
		p := decode[problem](t, read(t, postQuote(t, s, body, "Accept-Language", "en")))
		if !chineseText.MatchString(p.Title) || !chineseText.MatchString(p.Detail) {
			t.Errorf("%s: %q, %q", body, p.Title, p.Detail)
		}
	}
}
