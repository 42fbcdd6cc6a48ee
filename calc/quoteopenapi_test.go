package calc_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestQuotesFitTheDescription validates real answers about quotes of every
// kind, and in them each object: all that is there is described, and nothing
// could be missing.
func TestQuotesFitTheDescription(t *testing.T) {
	manyCases(t)
	t.Parallel()
	s := newServer(t)
	doc := description(t, s)
	first := postQuote(t, s, `{"note":"N","items":[
		{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370},"quantity":2}]}`)
	saved := read(t, first)
	q := decode[quoteAnswer](t, saved)
	token := []string{"Authorization", bearerOf + *q.OwnerToken}
	revision := read(t, postQuote(t, s, `{"lang":"zh","revises":"`+q.ID+`","items":[{"product":"aliyun-multimodal","inputs":{"workloads":[{"rounds":100000,"asr":"light"}]}}]}`, token...))
	newer := decode[quoteAnswer](t, revision)
	today := read(t, get(t, s, quotesAPI+"/"+q.ID+"/today"))
	if len(decode[todayAnswer](t, today).Items[0].Lines) == 0 {
		t.Error("no line differs, and so none is checked")
	}
	revised := read(t, get(t, s, quotesAPI+"/"+q.ID))
	twice := read(t, postQuote(t, s, `{"revises":"`+q.ID+`",`+oneItem[1:], token...))
	withdrawn := read(t, withdraw(t, s, newer.ID, "Authorization", bearerOf+*newer.OwnerToken))
	for _, tt := range []struct {
		name, schema string
		data         []byte
	}{
		{"quote, saved", "SavedQuote", saved},
		{"revision, saved", "SavedQuote", revision},
		{"quote, revised", "Quote", revised},
		{"quote today", "QuoteToday", today},
		{"quote, withdrawn", "WithdrawnQuote", withdrawn},
		{"problem of a withdrawn quote", "WithdrawnProblem", read(t, get(t, s, quotesAPI+"/"+newer.ID))},
		{"faults", "Problem", read(t, postQuote(t, s, `{"title":"`+strings.Repeat("x", 201)+`","items":[{"product":"tencent-im","quantity":0,"option":"x"}]}`))},
		{"infeasible", "Problem", read(t, postQuote(t, s, `{"items":[{"product":"tencent-im","option":"trial","inputs":{"dau":1000}}]}`))},
		{"no items", "Problem", read(t, postQuote(t, s, `{}`))},
		{"too many items", "Problem", read(t, postQuote(t, s, `{"items":[`+strings.Repeat(`{"product":"tencent-im"},`, 20)+`{"product":"tencent-im"}]}`))},
		{"not the owner's", "Problem", read(t, withdraw(t, s, q.ID))},
		{"revised already", "Problem", twice},
	} {
		if err := fits(t, doc, tt.schema, tt.data); err != nil {
			t.Errorf("%s: %v\n%s", tt.name, err, tt.data)
		}
		root := decode[any](t, tt.data)
		seen := map[string]bool{}
		eachMember(root, "", func(path, name string, of map[string]any) {
			if seen[path+"."+name] {
				return // the validator is slow
			}
			seen[path+"."+name] = true
			value := of[name]
			delete(of, name)
			less, err := json.Marshal(root)
			of[name] = value
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case path == "" && name == "errors", path == ".items.entries" && name == "id", strings.HasSuffix(path, ".purchases") && (name == "window" || name == "size" || name == "rate"),
				strings.HasSuffix(path, ".lines") && (name == "unit_price" || name == "per" || name == "parts"),
				strings.HasSuffix(path, ".parts") && name != "quantity" && name != "unit_price":
				// Left out where there is none.
			case fits(t, doc, tt.schema, less) == nil:
				t.Errorf("%s: nobody would miss %s.%s", tt.name, path, name)
			}
			of[name] = map[string]any{} // of the wrong type, whatever the right one is
			wrong, err := json.Marshal(root)
			of[name] = value
			if err != nil {
				t.Fatal(err)
			}
			if name != "inputs" && fits(t, doc, tt.schema, wrong) == nil {
				t.Errorf("%s: nothing is said of %s.%s", tt.name, path, name)
			}
		})
	}
}

// eachMember goes through the members of all objects, but those of inputs. Of a
// list only the first and the last are of interest.
func eachMember(v any, path string, f func(path, name string, of map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			f(path, name, v)
			if name != "inputs" {
				eachMember(value, path+"."+name, f)
			}
		}
	case []any:
		for i, e := range v {
			if i == 0 || i == len(v)-1 {
				eachMember(e, path, f)
			}
		}
	}
}

// TestQuoteRequestsFitTheDescription: the description allows what the API takes
// and refuses what it refuses, as far as a schema can say so.
func TestQuoteRequestsFitTheDescription(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	doc := description(t, s)
	item := func(fields string) string { return `{"items":[{"product":"fixture-cloud"` + fields + `}]}` }
	top := func(fields string) string { return `{` + fields + `,` + oneItem[1:] }
	for body, want := range map[string]bool{
		oneItem:    true,
		threeItems: true,
		item(`,"price_book":"2025-06-01","option":"business","quantity":10000,"inputs":{"meeting_rooms":"3"}`): true,
		item(`,"quantity":"10000"`):                       true,
		top(`"valid_days":365`):                           true,
		top(`"valid_days":"1"`):                           true,
		top(`"title":"` + strings.Repeat("名", 200) + `"`): true,
		`{}`:               false,
		`{"items":[]}`:     false,
		`{"items":[{}]}`:   false,
		`{"items":[null]}`: false,
		`{"items":{}}`:     false,
		`{"items":[` + strings.Repeat(`{"product":"fixture-cloud"},`, 20) + `{"product":"fixture-cloud"}]}`: false,
		item(`,"quantity":0`):                             false,
		item(`,"quantity":10001`):                         false,
		item(`,"quantity":1.5`):                           false,
		item(`,"quantity":"0"`):                           false,
		item(`,"quantity":"x"`):                           false,
		item(`,"quantity":null`):                          false,
		item(`,"option":null`):                            false,
		item(`,"price_book":1`):                           false,
		item(`,"inputs":[]`):                              false,
		item(`,"inputs":{"colour":1}`):                    false,
		item(`,"inputs":{"months":37}`):                   false,
		item(`,"colour":1`):                               false,
		top(`"valid_days":0`):                             false,
		top(`"valid_days":366`):                           false,
		top(`"valid_days":"007"`):                         false,
		top(`"valid_days":true`):                          false,
		top(`"title":null`):                               false,
		top(`"title":"` + strings.Repeat("x", 201) + `"`): false,
		top(`"note":"` + strings.Repeat("x", 5001) + `"`): false,
		top(`"customer":1`):                               false,
		top(`"lang":"fr"`):                                false,
		top(`"revises":null`):                             false,
		top(`"colour":1`):                                 false,
	} {
		if err := fits(t, doc, "QuoteRequest", []byte(body)); (err == nil) != want {
			t.Errorf("%.100s: the description says %v", body, err)
		}
		if got := postQuote(t, s, body).StatusCode == 201; got != want {
			t.Errorf("%.100s: taken by the API: %t", body, got)
		}
	}
}

// TestExampleOfTheDescription: the request that the description shows is taken.
func TestExampleOfTheDescription(t *testing.T) {
	s := newServer(t)
	examples := description(t, s).Components.Schemas["QuoteRequest"].Value.Examples
	if len(examples) != 1 {
		t.Fatalf("%d examples", len(examples))
	}
	body, err := json.Marshal(examples[0])
	if err != nil {
		t.Fatal(err)
	}
	saveQuote(t, s, string(body))
}

// TestDescriptionOfTheOwnersToken: what needs it says so.
func TestDescriptionOfTheOwnersToken(t *testing.T) {
	doc := description(t, newServer(t))
	scheme := doc.Components.SecuritySchemes["ownerToken"]
	if scheme == nil || scheme.Value.Type != "http" || scheme.Value.Scheme != "bearer" {
		t.Fatalf("%+v", scheme)
	}
	if r := doc.Paths.Value("/api/v1/quotes/{id}/withdraw").Post.Security; r == nil || len(*r) != 1 {
		t.Errorf("withdraw: %v", r)
	}
	if r := doc.Paths.Value("/api/v1/quotes").Post.Security; r == nil || len(*r) != 2 {
		t.Errorf("create: %v", r)
	}
	if key := doc.Paths.Value("/api/v1/quotes").Post.Parameters.GetByInAndName("header", "Idempotency-Key"); key == nil {
		t.Error("nothing is said of the Idempotency-Key")
	}
}
