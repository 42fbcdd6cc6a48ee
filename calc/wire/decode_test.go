package wire_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

var loadCatalog = sync.OnceValues(func() (*pricing.Catalog, error) {
	return pricing.LoadCatalog(pricing.EmbeddedBooks(), os.DirFS("../../testdata/books"))
})

func catalog(t testing.TB) *pricing.Catalog {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEstimateRequestWithEveryField(t *testing.T) {
	r, err := wire.DecodeEstimateRequest([]byte(` { "lang" : "zh" , "inputs" : {"months" : "3"}, "product":"fixture-cloud" , "price_book":"2025-06-01" } ` + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Product != "fixture-cloud" || r.PriceBook == nil || *r.PriceBook != "2025-06-01" || r.Lang != pricing.Chinese {
		t.Errorf("%+v", r)
	}
	p, _ := catalog(t).Product(r.Product)
	u, faults := r.Usage(p.Newest())
	if len(faults) != 0 || u.Months() != 3 {
		t.Errorf("months %d, faults %v", u.Months(), faults)
	}
}

func TestFieldsLeftOut(t *testing.T) {
	r, err := wire.DecodeEstimateRequest([]byte(`{}`))
	if err != nil || r.Product != "" || r.PriceBook != nil || r.Lang != "" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestEscapesInNamesAndValues: what JSON allows to be written in two ways is
// read as one.
func TestEscapesInNamesAndValues(t *testing.T) {
	r, err := wire.DecodeEstimateRequest([]byte(`{"\u0070roduct":"fixture\u002dcloud","inputs":{"mont\u0068s":"1\u0032"}}`))
	if err != nil || r.Product != "fixture-cloud" {
		t.Fatalf("%+v, %v", r, err)
	}
	p, _ := catalog(t).Product(r.Product)
	if u, faults := r.Usage(p.Newest()); len(faults) != 0 || u.Months() != 12 {
		t.Errorf("months %d, faults %v", u.Months(), faults)
	}
}

func TestReasonIsShortWhateverIsSent(t *testing.T) {
	long := strings.Repeat("x", 50_000)
	for _, body := range []string{`{"` + long + `":1}`, `{"lang":"` + long + `"}`, long, `{"` + long, `{"a":1,"a":2}`} {
		_, err := wire.DecodeEstimateRequest([]byte(body))
		var malformed *wire.Malformed
		if !errors.As(err, &malformed) || malformed.Reason == "" || len(malformed.Reason) > 300 {
			t.Errorf("%.20s: %.400v", body, err)
		}
	}
}

func TestDecodeUsage(t *testing.T) {
	p, _ := catalog(t).Product("fixture-cloud")
	u, faults, err := wire.DecodeUsage([]byte(`{"welcome_desk":false,"months":12}`), p.Newest())
	if err != nil || len(faults) != 0 || u.Months() != 12 {
		t.Errorf("%v, %v, %v", u, faults, err)
	}
	for _, body := range []string{``, `[]`, `{"months":1,"months":1}`, `{} {}`} {
		var malformed *wire.Malformed
		if _, _, err := wire.DecodeUsage([]byte(body), p.Newest()); !errors.As(err, &malformed) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestFaultsInTheOrderOfTheBook: those of rows too, by field, and then what is
// no field, as it came. What is good beside a fault is set.
func TestFaultsInTheOrderOfTheBook(t *testing.T) {
	p, _ := catalog(t).Product("aliyun-multimodal")
	u, faults, err := wire.DecodeUsage([]byte(
		`{"zebra":1,"workloads":[{"colour":1,"asr":"loud","rounds":"x","apple":2,"intent":true},"row"],"months":40,"devices":150}`), p.Newest())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.Input+" "+string(f.Code))
	}
	want := "months out_of_range, workloads[0].rounds not_a_number, workloads[0].asr unknown_choice, workloads[0].colour unknown_input, " +
		"workloads[0].apple unknown_input, workloads[1] wrong_type, zebra unknown_input"
	if strings.Join(got, ", ") != want {
		t.Errorf("faults\n%s, want\n%s", strings.Join(got, ", "), want)
	}
	workloads, _ := p.Newest().Input("workloads")
	devices, _ := p.Newest().Input("devices")
	if rows := u.Rows(workloads); len(rows) != 2 || rows[0][2] != 1 || rows[0][0] != 0 || u.Count(devices) != 150 {
		t.Errorf("rows %v, devices %d", rows, u.Count(devices))
	}
}

// FuzzDecodeEstimateRequest: a body is either refused with a reason or can be
// priced, and what is accepted is JSON by the standard library's reading too.
func FuzzDecodeEstimateRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"product":"tencent-im"}`, `{"product":"tencent-im","price_book":"2020-10-30","lang":"en","inputs":{"dau":15000,"history_days":90,"months":12}}`,
		`{"product":"fixture-cloud","inputs":{"welcome_desk":false,"meeting_rooms":"11","video_wall":true}}`,
		`{"product":"tencent-im","inputs":{"dau":1e999,"users":-0,"months":"007"}}`, `{"a":{"b":1,"b":2}}`, `[`, "\xff", `{"inputs":[[[[`, `{}{}`, `{"\ud800":1}`,
		`{"inputs":{"device_tier":"basic","workloads":[{"rounds":1000,"asr":"light","intent":true},{},{"asr":1,"colour":null},[],null]}}`,
		`{"inputs":{"features":["rtmp_ingest","rtmp_ingest","teleport",1],"dashboard":"advanced","promotions":false}}`,
		`{"inputs":{"models":[{"model":"inf-med-chat-v1","input_tokens":"5"}],"moderation":[{"quantity":1e3}],"workloads":{}}}`,
		`{"inputs":{"models":[` + strings.Repeat("{},", 50) + `{}],"workloads":[{"rounds":1,"rounds":2}]}}`,
		`{"inputs":{"workloads":[{"rounds":[[[[{"a":[]}]]]]}],"features":[[]],"device_tier":{}}}`,
	} {
		f.Add([]byte(body))
	}
	c := catalog(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := wire.DecodeEstimateRequest(body)
		if err != nil {
			var malformed *wire.Malformed
			if !errors.As(err, &malformed) || malformed.Reason == "" {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if !json.Valid(body) {
			t.Fatalf("%q is accepted and no JSON", body)
		}
		for _, p := range c.Products() {
			u, faults := r.Usage(p.Newest())
			for _, fault := range faults {
				if fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
					t.Fatalf("%q: %+v", body, fault)
				}
			}
			for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
				answer, err := json.Marshal(wire.NewEstimate(u.Estimate(), l))
				if err != nil || len(answer) == 0 {
					t.Fatalf("%q: %v", body, err)
				}
			}
		}
	})
}

func FuzzDecodeCurvesRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"product":"tencent-im","over":"dau"}`,
		`{"product":"tencent-im","over":"dau","from":0,"to":"50000","points":11,"budget":"30000.00","inputs":{"dau":15000,"months":12}}`,
		`{"over":"workloads[0].rounds","inputs":{"workloads":[{"rounds":1000,"asr":"light"}]},"from":-1,"to":1e99,"points":"007","budget":1.5}`,
		`{"over":"\ud800","budget":"999999999999999999999999.99"}`, `{"from":[],"to":{}}`, `{"over":"months","points":501}`, `{"over":"","from":10,"to":5}`,
	} {
		f.Add([]byte(body))
	}
	c := catalog(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := wire.DecodeCurvesRequest(body)
		if err != nil {
			var malformed *wire.Malformed
			if !errors.As(err, &malformed) || malformed.Reason == "" {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		for _, p := range c.Products() {
			asked, faults := r.Curved(p.Newest())
			for _, fault := range faults {
				if fault.Input == "" && fault.Code != pricing.CodeUnknownInput || fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
					t.Fatalf("%q: %+v", body, fault)
				}
			}
			if len(faults) > 0 {
				continue
			}
			in := asked.Variable.Input()
			switch {
			case asked.Points < 2 || asked.Points > wire.MaxCurvePoints,
				asked.From != nil && (*asked.From < in.Minimum || *asked.From > in.Maximum),
				asked.To != nil && (*asked.To > in.Maximum || asked.From != nil && *asked.To < *asked.From),
				asked.Budget != nil && (asked.Budget.IsNegative() || asked.Budget.Exponent() < -2):
				t.Fatalf("%q: %+v", body, asked)
			}
		}
	})
}
