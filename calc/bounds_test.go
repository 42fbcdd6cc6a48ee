package calc_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFaultsAreBounded: what a request has wrong is listed, as far as that is not
// many times what was sent, and no sentence repeats much of it.
func TestFaultsAreBounded(t *testing.T) {
	s := newServer(t)
	huge := strings.Repeat("机<\u202e", 9000)
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,"%x":1`, i)
		}
		return b.String()[1:]
	}
	quoted := func(text string) string {
		q, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(q)
	}
	for name, body := range map[string]string{
		"no items":          `{}`,
		"a few":             `{"items":[{"product":"tencent-im","inputs":{` + many(30) + `}}]}`,
		"many":              `{"items":[{"product":"tencent-im","inputs":{` + many(90_000) + `}}]}`,
		"in many items":     `{"items":[` + strings.Repeat(`{"product":"tencent-im","inputs":{"a":1}},`, 19) + `{"product":"tencent-im","inputs":{` + many(60_000) + `}}]}`,
		"a huge name":       `{"items":[{"product":"tencent-im","inputs":{` + quoted(huge) + `:1}}]}`,
		"a name of signs":   `{"items":[{"product":"tencent-im","inputs":{"` + strings.Repeat("<", 900_000) + `":1}}]}`,
		"huge values":       `{"items":[{"product":"tencent-im","inputs":{"dau":` + quoted(huge) + `,"months":` + quoted(huge) + `}}]}`,
		"a huge option":     `{"items":[{"product":"tencent-im","option":` + quoted(huge) + `}]}`,
		"a huge count":      `{"valid_days":` + strings.Repeat("9", 400_000) + `,"items":[]}`,
		"huge names in one": `{"items":[{"product":"aliyun-multimodal","inputs":{"workloads":[{` + quoted(huge) + `:1,"asr":` + quoted(huge) + `}]}}]}`,
	} {
		for _, lang := range []string{"en", "zh"} {
			res := postQuote(t, s, body, "Accept-Language", lang)
			if res.StatusCode != http.StatusUnprocessableEntity {
				t.Fatalf("%s: status %d", name, res.StatusCode)
			}
			text := read(t, res)
			if most := min(max(32*len(body), 4<<10), 4<<20); len(text) > most {
				t.Errorf("%s: %d bytes for a request of %d", name, len(text), len(body))
			}
			p := decode[problem](t, text)
			for _, f := range p.Errors {
				if utf8.RuneCountInString(f.Message) > 200 || strings.Count(f.Message, "机") > 40 {
					t.Errorf("%s: the message is %q", name, f.Message)
				}
			}
			left := strings.Contains(p.Detail, "not listed") || strings.Contains(p.Detail, "未列出")
			if most := name == "many" || name == "in many items"; left != most || name == "a few" && len(p.Errors) != 30 {
				t.Errorf("%s: %d faults are listed, and %q", name, len(p.Errors), p.Detail)
			}
		}
	}
	// The same in the form: what is typed is in its field, and is repeated shortly.
	for _, typed := range []string{"12 " + strings.Repeat("机", 41), "12 " + strings.Repeat("x", 120), strings.Repeat("1 ", 60)} {
		doc := document(t, send(t, s, request(http.MethodPost, imPage, url.Values{"dau": {typed}}.Encode(), "Content-Type", formType)))
		if said := squeezed(doc.Find("#dau-note")); strings.Contains(said, strings.Repeat("机", 41)) || strings.Contains(said, strings.Repeat("x", 41)) || utf8.RuneCountInString(said) > 250 {
			t.Errorf("it is said of %q: %s", typed, said)
		}
	}
}

// TestDirectionsAreSeen: a text that turns the direction of writing, so that
// another amount seems to be in it, is shown as what it is, wherever a quote is
// shown. The document keeps what was typed.
func TestDirectionsAreSeen(t *testing.T) {
	const typed = "00.1\u202e ¥ \u2066rebmun"
	r := newRep(t, newServer(t))
	r.add(proItem)
	id := r.save("title", typed, "customer", typed, "prepared_by", typed, "note", typed)
	for _, path := range []string{"/q/" + id, "/quotes", "/q/" + id + ".csv", "/quotes.csv", "/q/" + id + "/withdraw"} {
		res := r.get(path)
		text := ""
		if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			text = document(t, res).Text()
		} else {
			text = string(read(t, res))
		}
		if !strings.Contains(text, "00.1[U+202E]") || strings.ContainsAny(text, "\u202e\u2066") {
			at := strings.Index(text, "\u202e")
			t.Errorf("%s: %.200q", path, text[max(0, at-80):])
		}
	}
	if q := getQuote(t, r.h, id); q.Title != typed || q.Note != typed {
		t.Errorf("the quote says %q", q.Title)
	}
	wantStatus(t, r.post("/q/"+id+"/revise", url.Values{}), http.StatusSeeOther)
	if got := belonging(r.page(), "draft").Get("customer"); got != typed {
		t.Errorf("the field has %q", got)
	}
}
