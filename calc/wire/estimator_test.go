package wire_test

import (
	"encoding/json"
	"errors"
	"testing"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// FuzzDecodeDerivationRequest: a body is either refused with a reason, or its
// facts are at fault with a reason each, or they can be derived and priced, and
// the inputs of the answer are read as the usage that was priced.
func FuzzDecodeDerivationRequest(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"price_book":"2020-10-30","lang":"zh","facts":{"registered_users":200000,"active_share":"15"},"inputs":{"months":12}}`,
		`{"facts":{"participants":[{"people":3,"sends":"video_1280x720","screen":"screen_3840x2160","receives":"group_b"},{},[],null],"record":"single","audio_rule":1}}`,
		`{"facts":{"participants":[{"people":1000000,"sends":"audio"},{"people":1000000}],"session_minutes":44640,"sessions":1000000000000}}`,
		`{"facts":{"requests":1e9,"tokens_in":-1,"months":1},"inputs":{"requests":5}}`, `{"facts":{"a":1,"a":2}}`, `{"facts":[]}`, `{"Facts":{}}`, `[`, "\xff", `{}{}`,
	} {
		f.Add([]byte(body))
	}
	c := catalog(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := wire.DecodeDerivationRequest(body)
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
			for _, e := range p.Estimators(p.Newest()) {
				d, u, faults := r.Derive(e)
				for _, fault := range faults {
					if fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
						t.Fatalf("%q: %+v", body, fault)
					}
				}
				if (d == nil) != (len(faults) > 0) || (u == nil) != (d == nil) {
					t.Fatalf("%q: %v beside %d faults", body, d, len(faults))
				}
				if d == nil {
					continue
				}
				answer, err := wire.NewDerivation(d, u.Estimate(), pricing.Chinese)
				if err != nil {
					t.Fatalf("%q: %v", body, err)
				}
				if text, err := json.Marshal(answer); err != nil || len(text) == 0 {
					t.Fatalf("%q: %v", body, err)
				}
				again, atFault, err := wire.DecodeUsage(answer.Inputs, p.Newest())
				if err != nil || len(atFault) > 0 {
					t.Fatalf("%q: the inputs %s are refused: %v %v", body, answer.Inputs, err, atFault)
				}
				if same, err := wire.EncodeUsage(again); err != nil || string(same) != string(answer.Inputs) {
					t.Fatalf("%q: the inputs %s become %s", body, answer.Inputs, same)
				}
			}
		}
	})
}
