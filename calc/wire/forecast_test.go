package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// FuzzDecodeForecastRequest: a body is either refused with a reason, or at fault
// with a reason each, or it can be forecast.
func FuzzDecodeForecastRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"over":"dau","growth":{"expected":5}}`, `{"over":"dau","quantities":[1,"2"],"lang":"zh","price_book":"2020-10-30"}`,
		`{"over":"models[0].input_tokens","inputs":{"models":[{"input_tokens":5}]},"growth":{"low":"-100","expected":0.125,"high":1e3},"start":"7","months":3}`,
		`{"over":"workloads[1].rounds","inputs":{"workloads":[{},{"rounds":9}]},"growth":{"high":1000},"months":36}`,
		`{"over":"dau","quantities":[null,{},[],true,1e9,-1]}`, `{"over":"dau","growth":[]}`, `{"growth":{"x":{"y":1}},"start":""}`, `[`, "\xff", `{}{}`,
	} {
		f.Add([]byte(body))
	}
	c := catalog(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := wire.DecodeForecastRequest(body)
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
			over, scenarios, faults := r.Scenarios(p, p.Newest())
			for _, fault := range faults {
				if fault.Input == "" && fault.Code != pricing.CodeUnknownInput || fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
					t.Fatalf("%q: %+v", body, fault)
				}
			}
			if len(faults) > 0 {
				continue
			}
			for i := range scenarios {
				if err := scenarios[i].Run(context.Background(), p.Newest()); err != nil {
					t.Fatalf("%q: %v", body, err)
				}
			}
			if answer, err := json.Marshal(wire.NewForecast(p.Newest(), over, scenarios, pricing.Chinese)); err != nil || len(answer) == 0 {
				t.Fatalf("%q: %v", body, err)
			}
		}
	})
}
