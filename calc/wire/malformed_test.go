package wire_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"suanpan/calc/wire"
)

var update = flag.Bool("update", false, "write the reasons as they are now")

// requestKinds are what reads the body of each kind of request, with a body that
// is right and has every field.
var requestKinds = []struct {
	name   string
	decode func([]byte) error
	whole  string
}{
	{"estimate", func(b []byte) error { _, err := wire.DecodeEstimateRequest(b); return err },
		`{"product":"p","price_book":"b","lang":"en","inputs":{"a":1}}`},
	{"quote", func(b []byte) error { _, err := wire.DecodeQuoteRequest(b); return err },
		`{"title":"t","customer":"c","prepared_by":"p","note":"n","valid_days":30,"lang":"zh","revises":"r","items":[{"product":"p","price_book":"b","inputs":{"a":1},"option":"o","quantity":2}]}`},
	{"compare", func(b []byte) error { _, err := wire.DecodeCompareRequest(b); return err },
		`{"products":[{"product":"p","price_book":"b","option":"o"},{"product":"q"}],"lang":"en","inputs":{"a":1},"facts":{"f":1}}`},
	{"curves", func(b []byte) error { _, err := wire.DecodeCurvesRequest(b); return err },
		`{"product":"p","price_book":"b","lang":"en","inputs":{"a":1},"over":"a","from":1,"to":"9","points":5,"budget":"5.00"}`},
	{"derivation", func(b []byte) error { _, err := wire.DecodeDerivationRequest(b); return err },
		`{"price_book":"b","lang":"zh","facts":{"f":1},"inputs":{"a":1}}`},
	{"growth", func(b []byte) error { _, err := wire.DecodeForecastRequest(b); return err },
		`{"product":"p","price_book":"b","lang":"en","inputs":{"a":1},"estimator":"e","facts":{"f":1},"over":"a","growth":{"low":"1","high":2},"start":1,"months":"12"}`},
	{"quantities", func(b []byte) error { _, err := wire.DecodeForecastRequest(b); return err },
		`{"product":"p","inputs":{},"over":"a","quantities":[1,"2",{"a":3}]}`},
}

// brokenBodies returns bodies made from one that is right, most of which are
// wrong in one way, and some in two, of which the first is to be said.
func brokenBodies(whole string) []string {
	bodies := []string{
		whole, ``, ` `, `{}`, `[]`, `null`, `"x"`, `1`, `[` + whole + `]`, whole + ` {}`, whole + `x`, whole + "\n", "\xef\xbb\xbf" + whole,
		whole[:len(whole)-1], `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"lang":"en","lang":"en"}`, `{"lang":"e` + "\xff" + `n"}`, `{"\ud800":1}`,
		`{"colour":1}`, `{"Lang":"en"}`, `{"lang":"xx","colour":1}`, `{"colour":1,"lang":"xx"}`, `{"lang":1,"lang":2}`, `{"colour":1} x`, `{"a/b~c":1}`,
		`{"` + strings.Repeat("长", 50) + `":1}`, `{"":1}`, `{"lang":"xx"`, `{"lang":"xx"}}`, `{"lang":"ZH"}`, `{"lang":""}`, `{"inputs":{"a":1,"a":2}}`,
		`{"inputs":{"a":[{"b":1,"b":2}]}}`, `{"inputs":{"a":01}}`, `{"inputs":{"a":[1,2,]}}`, `{"inputs":{"a":tru}}`, `{"inputs":{"a":{"b":"` + "\xc0" + `"}}}`,
		`{"facts":{}}`, `{"inputs":{}}`, `{"items":[]}`, `{"items":[{}]}`, `{"products":[]}`, `{"products":[{}]}`, `{"products":[{},{}]}`,
		`{"items":[{},{"colour":1}]}`, `{"items":[{"product":1}],"lang":"xx"}`, `{"lang":"xx","items":[{"product":1}]}`, `{"items":[{"Product":"p"},7]}`, `{"items":[7]}`,
		`{"items":[{},null]}`, `{"items":[{"quantity":1.5},{"quantity":"x"}]}`, `{"items":[{"items":[]}]}`,
		`{"products":[{},{"colour":1}]}`, `{"products":[{},7]}`, `{"products":[null,{}]}`, `{"products":[{"product":1},{}],"lang":"xx"}`,
		`{"products":[` + strings.Repeat(`{},`, 20) + `{}]}`, `{"products":[7` + strings.Repeat(`,{}`, 20) + `]}`, `{"products":[7` + strings.Repeat(`,{}`, 20) + `],"lang":1}`,
		`{"products":[{}],"colour":1}`,
		`{"growth":{}}`, `{"quantities":[]}`, `{"growth":{},"quantities":[]}`, `{"quantities":[1],"growth":{"low":1}}`, `{"quantities":[1],"start":1}`,
		`{"quantities":[1],"months":1}`, `{"growth":{"low":1},"facts":{}}`, `{"growth":{"colour":1}}`, `{"quantities":[null,true]}`, `{"growth":{"low":1},"months":"x"}`,
		`{"quantities":[],"colour":1}`, `{"colour":1,"quantities":[]}`,
	}
	values := []string{`null`, `true`, `false`, `0`, `-1`, `1.5`, `1e3`, `""`, `"x"`, `"en"`, `[]`, `{}`, `[1]`, `["x"]`, `[{}]`, `[[]]`, `{"a":1}`, `{"a":null}`}
	for _, name := range fieldNames {
		at := strings.Index(whole, `"`+name+`":`)
		if at < 0 {
			bodies = append(bodies, `{"`+name+`":1}`)
			continue
		}
		// A wrong value among right ones, and a name in capitals.
		bodies = append(bodies, whole[:at]+`"`+name+`":null,"x`+whole[at+1:], whole[:at]+`"`+strings.ToUpper(name)+whole[at+1+len(name):])
		for _, value := range values {
			bodies = append(bodies, `{"`+name+`":`+value+`}`)
			for _, list := range []string{"items", "products"} {
				if strings.Contains(whole, `"`+list+`":`) {
					bodies = append(bodies, `{"`+list+`":[{},{"`+name+`":`+value+`}]}`)
				}
			}
		}
	}
	return bodies
}

// fieldNames are the fields of all kinds of requests.
var fieldNames = []string{
	"product", "price_book", "lang", "inputs", "title", "customer", "prepared_by", "note", "valid_days", "revises", "items", "option", "quantity",
	"products", "facts", "over", "from", "to", "points", "budget", "estimator", "growth", "quantities", "start", "months",
}

// TestReasonsStayAsTheyAre holds what is said of each broken body: clients may
// have come to rely on it. The golden file has the reasons of each kind of
// request, each with the bodies that it is said of.
func TestReasonsStayAsTheyAre(t *testing.T) {
	var got bytes.Buffer
	for _, kind := range requestKinds {
		said := map[string][]string{}
		for _, body := range brokenBodies(kind.whole) {
			reason := "right"
			if err := kind.decode([]byte(body)); err != nil {
				var malformed *wire.Malformed
				if !errors.As(err, &malformed) {
					t.Fatalf("%s: %.100s: %v", kind.name, body, err)
				}
				reason = malformed.Reason
			}
			said[reason] = append(said[reason], fmt.Sprintf("%q", body))
		}
		reasons := make([]string, 0, len(said))
		for reason := range said {
			reasons = append(reasons, reason)
		}
		slices.Sort(reasons)
		for _, reason := range reasons {
			slices.Sort(said[reason])
			fmt.Fprintf(&got, "%s: %s\n", kind.name, reason)
			for _, body := range slices.Compact(said[reason]) {
				fmt.Fprintf(&got, "\t%s\n", body)
			}
		}
	}
	const file = "testdata/reasons.txt"
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, said := strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")
	for i, line := range said {
		if i >= len(lines) || line != lines[i] {
			t.Fatalf("line %d is now %s", i+1, line)
		}
	}
	if len(said) != len(lines) {
		t.Errorf("there are %d lines, the golden file has %d", len(said), len(lines))
	}
}
