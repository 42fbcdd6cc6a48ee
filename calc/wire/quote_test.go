package wire_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

func TestQuoteRequestWithEveryField(t *testing.T) {
	r, err := wire.DecodeQuoteRequest([]byte(`{"items":[{"quantity":"3","option":"basic","inputs":{"months":2},"price_book":"2025-06-01","product":"fixture-cloud"},{}],
		"revises":"abc","lang":"zh","valid_days":14,"note":"a\nb","prepared_by":"李雷","customer":"C \ud83d\ude00","title":"T"}`))
	if err != nil {
		t.Fatal(err)
	}
	if r.Title != "T" || r.Customer != "C 😀" || r.PreparedBy != "李雷" || r.Note != "a\nb" || *r.ValidDays != "14" || r.Lang != pricing.Chinese || *r.Revises != "abc" {
		t.Errorf("%+v", r)
	}
	if len(r.Items) != 2 {
		t.Fatalf("%d items", len(r.Items))
	}
	first, second := r.Items[0], r.Items[1]
	if first.Product != "fixture-cloud" || *first.PriceBook != "2025-06-01" || *first.Option != "basic" || *first.Quantity != `"3"` {
		t.Errorf("%+v", first)
	}
	if second.Product != "" || second.PriceBook != nil || second.Option != nil || second.Quantity != nil {
		t.Errorf("%+v", second)
	}
	p, _ := catalog(t).Product(first.Product)
	if u, faults := first.Usage(p.Newest()); len(faults) != 0 || u.Months() != 2 {
		t.Errorf("months %d, faults %v", u.Months(), faults)
	}
}

func TestQuoteRequestLeftOut(t *testing.T) {
	r, err := wire.DecodeQuoteRequest([]byte(`{}`))
	if err != nil || r.Title != "" || r.ValidDays != nil || r.Lang != "" || r.Revises != nil || r.Items != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestCountIn: the codes of a count that is no input of a price book are those
// of one that is.
func TestCountIn(t *testing.T) {
	in := &pricing.Input{ID: "quantity", Kind: pricing.KindCount, Minimum: 1, Maximum: 20}
	for text, want := range map[string]pricing.Code{
		"1": "", "20": "", "0": pricing.CodeOutOfRange, "21": pricing.CodeOutOfRange, "-1": pricing.CodeOutOfRange,
		"99999999999999999999": pricing.CodeOutOfRange, "1.5": pricing.CodeNotWhole, "1e1": pricing.CodeNotWhole,
		"": pricing.CodeNotANumber, "x": pricing.CodeNotANumber, "007": pricing.CodeNotANumber, "１": pricing.CodeNotANumber,
	} {
		n, fault := wire.Count(text).In(in)
		switch {
		case want == "" && (fault != nil || n == 0):
			t.Errorf("%q: %d, %v", text, n, fault)
		case want != "" && (fault == nil || fault.Code != want || fault.Input != "quantity" || fault.Message.EN == "" || fault.Message.ZH == ""):
			t.Errorf("%q: %+v, want %s", text, fault, want)
		}
	}
}

func TestNewQuote(t *testing.T) {
	standing := &wire.QuoteStanding{URL: "https://a/q/1", Hash: "h", State: "valid", Revises: json.RawMessage("null")}
	got, err := wire.NewQuote([]byte(`{"id":"1","title":"a<b"}`+"\n"), standing)
	want := `{"id":"1","title":"a<b","url":"https://a/q/1","hash":"h","state":"valid","revises":null,"revised_by":null}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	for _, document := range []string{"", "{}", "[]\n", "null\n"} {
		if _, err := wire.NewQuote([]byte(document), standing); err == nil {
			t.Errorf("%q is taken for a document", document)
		}
	}
}

// FuzzDecodeQuoteRequest: a body is either refused with a short reason, or what
// it says is JSON by the standard library's reading too, and its items can be
// read for any product.
func FuzzDecodeQuoteRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"items":[]}`, `{"items":[{}]}`, `{"items":[{"product":"tencent-im","inputs":{"dau":15000},"option":"pro","quantity":3}]}`,
		`{"title":"T","customer":"C","prepared_by":"P","note":"N\n","valid_days":"30","lang":"zh","revises":"x","items":[{"product":"fixture-cloud","price_book":"2025-06-01"}]}`,
		`{"valid_days":1e999,"items":[{"quantity":-0}]}`, `{"valid_days":null}`, `{"items":[null]}`, `{"items":{}}`, `{"items":[{"inputs":[]}]}`,
		`{"items":[{"colour":1}]}`, `{"Title":"x"}`, `{"title":"\u0000"}`, `{"title":"\ud800"}`, `{"items":[{"product":"a","product":"a"}]}`,
		`{"items":[{"inputs":{"workloads":[{"rounds":"x"},7],"zebra":1}}]}`, `[`, "\xff", `{}{}`, `{"items":[` + strings.Repeat("{},", 30) + `{}]}`,
	} {
		f.Add([]byte(body))
	}
	c := catalog(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := wire.DecodeQuoteRequest(body)
		if err != nil {
			var malformed *wire.Malformed
			if !errors.As(err, &malformed) || malformed.Reason == "" || len(malformed.Reason) > 400 {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		// What the standard library reads from it is the same.
		var other struct {
			Title      string            `json:"title"`
			Customer   string            `json:"customer"`
			PreparedBy string            `json:"prepared_by"`
			Note       string            `json:"note"`
			Lang       string            `json:"lang"`
			Revises    *string           `json:"revises"`
			ValidDays  json.RawMessage   `json:"valid_days"`
			Items      []json.RawMessage `json:"items"`
		}
		if err := json.Unmarshal(body, &other); err != nil {
			t.Fatalf("%q is accepted: %v", body, err)
		}
		if other.Title != r.Title || other.Customer != r.Customer || other.PreparedBy != r.PreparedBy || other.Note != r.Note ||
			other.Lang != string(r.Lang) || (other.Revises == nil) != (r.Revises == nil) || (other.ValidDays == nil) != (r.ValidDays == nil) ||
			len(other.Items) != len(r.Items) {
			t.Fatalf("%q is read as %+v", body, r)
		}
		in := &pricing.Input{ID: "quantity", Kind: pricing.KindCount, Minimum: 1, Maximum: 10}
		for i := range r.Items[:min(len(r.Items), 3)] {
			item := &r.Items[i]
			if item.Quantity != nil {
				if n, fault := item.Quantity.In(in); fault == nil && (n < 1 || n > 10) {
					t.Fatalf("%q: quantity %d", body, n)
				}
			}
			for _, p := range c.Products() {
				u, faults := item.Usage(p.Newest())
				if u == nil {
					t.Fatalf("%q: no usage", body)
				}
				for _, fault := range faults {
					if fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
						t.Fatalf("%q: %+v", body, fault)
					}
				}
			}
		}
	})
}
