package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// lineOf returns a line of an estimate of the newest book of a product.
func lineOf(t *testing.T, product, inputs, option, id string) wire.Line {
	t.Helper()
	c, err := pricing.LoadCatalog(pricing.EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	p, ok := c.Product(product)
	if !ok {
		t.Fatalf("there is no %s", product)
	}
	u, faults, err := wire.DecodeUsage([]byte(inputs), p.Newest())
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	lines := wire.NewOption(u.Estimate().Option(option), pricing.English).Lines
	for _, l := range lines {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("there is no line %s in %+v", id, lines)
	return wire.Line{}
}

// TestParts: a line says what it is the sum of, and a unit price if it has one.
func TestParts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, product, inputs, option, line, price, parts string }{
		{
			"blocks", "tencent-im", `{"dau": 15000, "months": 12}`, "pro", "dau_overage", "1000 per ",
			`[{"name":"Peak daily active users","quantity":"15000","unit":"users a day","included":"10000","block":"10000","blocks":"started","unit_price":"1000","times":"12"}]`,
		}, {
			"a price for a thousand", "easemob-im", `{"translation_characters": 2500000}`, "pro", "translation_overage", "0.27 per 1000",
			`[{"quantity":"2500000","unit":"billable character","included":"2000000","unit_price":"0.27","per":"1000"}]`,
		}, {
			"two prices", "tencent-trtc", `{"relay_tencent_mbps": 100, "relay_third_party_mbps": 1}`, "starter", "relay", " per ",
			`[{"name":"Relay to Tencent live streaming","quantity":"100","unit":"Mbps","free_below":"100","unit_price":"90"},` +
				`{"name":"Relay to third parties","quantity":"1","unit":"Mbps","unit_price":"90"}]`,
		}, {
			"a price of what is converted", "tencent-trtc", `{"record_mixed_hd_minutes": 7}`, "starter", "recording_overage", " per ",
			`[{"name":"Recording, mixed streams, HD","quantity":"7","unit":"minutes a month","unit_price":"35","per":"1000"}]`,
		}, {
			"packs", "tencent-trtc", `{"record_single_audio_minutes": 25100}`, "starter", "recording_packs", " per ", `null`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			line := lineOf(t, tt.product, tt.inputs, tt.option, tt.line)
			parts, err := json.Marshal(line.Parts)
			if err != nil {
				t.Fatal(err)
			}
			if got := line.UnitPrice + " per " + line.Per; got != tt.price || string(parts) != tt.parts {
				t.Errorf("%s of\n%s, want %s of\n%s", got, parts, tt.price, tt.parts)
			}
			var sum decimal.Decimal
			for i := range line.Parts {
				p, err := line.Parts[i].Read(decimal.NewFromString)
				if err != nil {
					t.Fatal(err)
				}
				sum = sum.Add(p.Amount())
			}
			if len(line.Parts) > 0 && sum.String() != line.Amount {
				t.Errorf("read back the parts add up to %v, not %s", sum, line.Amount)
			}
		})
	}
}
