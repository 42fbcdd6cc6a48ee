package pricing

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSimpleEstimators(t *testing.T) {
	for _, tt := range []struct {
		product, estimator, facts string
		want                      map[string]int64
		formula                   string // of the first step
	}{
		{"tencent-im", "daily-users", `{"registered_users": 200000, "active_share": 15}`,
			map[string]int64{"dau": 30_000, "users": 200_000}, "⌈200,000 × 15 ÷ 100⌉ = 30,000"},
		// 15% of 10,001 are 1500.15: one user more.
		{"easemob-im", "daily-users", `{"registered_users": 10001, "active_share": 15}`,
			map[string]int64{"dau": 1501, "users": 10_001}, "⌈10,001 × 15 ÷ 100⌉ = 1,501"},
		{"tencent-im", "live-messages", `{"domestic_viewers": 1001, "message_kbps": 16}`,
			map[string]int64{"live_domestic_mbps": 17}, "⌈1,001 × 16 ÷ 1,000⌉ = 17"},
		{"easemob-im", "push-users", `{"push_users": 40000}`, map[string]int64{"push_dau": 20_000}, "⌈40,000 × 50 ÷ 100⌉ = 20,000"},
		{"easemob-im", "moderated-messages", `{"message_users": 1000}`,
			map[string]int64{"moderation.quantity": 300_000}, "1,000 × 10 × 30 = 300,000"},
		{"tencent-trtc", "relay", `{"relayed_streams": 10, "third_party_streams": 1, "stream_kbps": 1200}`,
			map[string]int64{"relay_tencent_mbps": 12, "relay_third_party_mbps": 2}, "⌈10 × 1,200 ÷ 1,000⌉ = 12"},
		{"tencent-trtc", "screenshots", `{"captured_minutes": 5000}`, map[string]int64{"screenshots": 60_000}, "5,000 × 12 = 60,000"},
		{"aliyun-multimodal", "rounds", `{"daily_users": 2000, "rounds_per_user": 8, "days": 22}`,
			map[string]int64{"workloads.rounds": 352_000}, "2,000 × 8 × 22 = 352,000"},
		{"inf-llm", "tokens", `{"requests": 1000000, "tokens_in": 1500, "tokens_out": 400}`,
			map[string]int64{"models.input_tokens": 1_500_000_000, "models.output_tokens": 400_000_000}, "1,000,000 × 1,500 = 1,500,000,000"},
		// 70 requests a minute, each open for 20 seconds: 23⅓ at a time.
		{"inf-llm", "peak", `{"busiest_requests": 70, "answer_seconds": 20}`,
			map[string]int64{"peak_concurrency": 24, "peak_rpm": 70, "peak_tpm": 91_000}, "⌈70 × 20 ÷ 60⌉ = 24"},
	} {
		t.Run(tt.product+" "+tt.estimator, func(t *testing.T) {
			d := derive(t, estimatorOf(t, tt.product, tt.estimator), tt.facts)
			if got := yielded(d); !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if got := d.Steps[0].Formula; got != tt.formula {
				t.Errorf("formula %s, want %s", got, tt.formula)
			}
			checkSteps(t, d)
		})
	}
}

// Each product asks for facts, and nothing that is asked for shares its name
// with an input of any of the product's books.
func TestEveryProductHasEstimators(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		if len(p.Estimators(p.Newest())) == 0 {
			t.Errorf("%s has no estimators", p.ID)
		}
		for _, e := range p.Estimators(p.Newest()) {
			if _, found := p.Estimator(p.Newest(), e.ID); !found || e.Book() != p.Newest() || e.Facts.Product != p.ID {
				t.Errorf("estimator %s is not that of %s", e.ID, p.ID)
			}
			for _, fact := range e.Facts.Inputs {
				for _, b := range p.Books {
					if _, taken := b.Input(fact.ID); taken {
						t.Errorf("%s: fact %s is an input of %s", p.ID, fact.ID, b.ID)
					}
				}
			}
		}
	}
}

func TestEstimatorsOfOlderBooks(t *testing.T) {
	var ids []string
	p := embeddedProduct(t, "easemob-im")
	for _, e := range p.Estimators(embeddedBook(t, p.ID, "2022-09-13")) {
		ids = append(ids, e.ID)
	}
	if want := []string{"daily-users"}; !slices.Equal(ids, want) {
		t.Errorf("the book of 2022 has %v, want %v: it has neither push nor moderation nor rooms", ids, want)
	}
	if got := len(p.Estimators(embeddedBook(t, p.ID, "2026-03-20"))); got != 4 {
		t.Errorf("the book before the newest has %d", got)
	}
	b := fixtureBook(t)
	p = &Product{ID: b.Product, Books: []*Book{b}}
	if e, ok := p.Estimator(b, "room"); ok || p.Estimators(b) != nil || p.Planned() {
		t.Errorf("a product without planning data has %v", e)
	}
}

// What is applied replaces what stood there, in the first row alone, and leaves
// the usage that it was applied to as it was.
func TestApply(t *testing.T) {
	e := estimatorOf(t, "aliyun-multimodal", "rounds")
	before := usageOf(t, e.Book(), `{"devices": 200, "workloads": [{"rounds": 5, "asr": "standard"}, {"rounds": 7}]}`)
	after := derive(t, e, `{"daily_users": 3, "rounds_per_user": 2, "days": 10, "asr": "standard"}`).Apply(before)
	want := usageOf(t, e.Book(), `{"devices": 200, "workloads": [{"rounds": 60, "asr": "standard"}, {"rounds": 7}]}`)
	if !slices.Equal(after.values, want.values) || !equalRows(after, want) {
		t.Errorf("got %v %v", after.values, after.rows)
	}
	if same := usageOf(t, e.Book(), `{"devices": 200, "workloads": [{"rounds": 5, "asr": "standard"}, {"rounds": 7}]}`); !equalRows(before, same) {
		t.Error("the usage that it was applied to has changed")
	}

	// Without a row there is one, if there is something to put into it.
	in, _ := e.Book().Input("workloads")
	if rows := derive(t, e, `{"daily_users": 3}`).Apply(e.Book().NewUsage()).Rows(in); len(rows) != 1 || rows[0][in.field("rounds")] != 900 {
		t.Errorf("got %v", rows)
	}
	if rows := derive(t, e, `{}`).Apply(e.Book().NewUsage()).Rows(in); rows != nil {
		t.Errorf("got %v", rows)
	}

	// Facts that come to nothing take back what others came to.
	e = estimatorOf(t, "tencent-trtc", "room")
	u := derive(t, e, mixedCall(`, "record": "single"`)).Apply(usageOf(t, e.Book(), `{"screenshots": 5, "av_hd_minutes": 9}`))
	u = derive(t, e, `{"participants": [{"people": 2, "sends": "audio"}]}`).Apply(u)
	if got := usageOf(t, e.Book(), `{"screenshots": 5, "av_audio_minutes": 120}`); !slices.Equal(got.values, u.values) {
		t.Errorf("got %v", u.values)
	}
}

// What a round uses goes into the row as it is, with the rounds; the facts that a
// row has already are taken from it.
func TestCarriedFacts(t *testing.T) {
	e := estimatorOf(t, "aliyun-multimodal", "rounds")
	var carried []string
	for _, c := range e.Carries() {
		carried = append(carried, c.Input.ID+"."+c.Field.ID)
		fact, ok := e.Facts.Input(c.Field.ID)
		if !ok || fact.Kind != c.Field.Kind || fact.Name != c.Field.Name || !slices.Equal(fact.Choices, c.Field.Choices) {
			t.Errorf("fact %s is %+v", c.Field.ID, fact)
		}
	}
	if want := []string{"workloads.asr", "workloads.intent", "workloads.dialogue", "workloads.model", "workloads.tts", "workloads.tts_calls"}; !slices.Equal(carried, want) {
		t.Errorf("carried are %v", carried)
	}
	const round = `"asr": "standard", "intent": true, "dialogue": "casual", "model": "kimi", "tts": "light", "tts_calls": 4`
	facts := usageOf(t, e.Facts, `{"daily_users": 1000, `+round+`}`)
	d := derive(t, e, `{"daily_users": 1000, `+round+`}`)
	if got, want := d.Apply(e.Book().NewUsage()), usageOf(t, e.Book(), `{"workloads": [{"rounds": 300000, `+round+`}]}`); !equalRows(got, want) {
		t.Errorf("got %v, want %v", got.rows, want.rows)
	}
	// What is carried replaces what the row has, and the other rows stay.
	before := usageOf(t, e.Book(), `{"workloads": [{"rounds": 5, "asr": "premium", "tts_calls": 3}, {"rounds": 7}]}`)
	if got, want := d.Apply(before), usageOf(t, e.Book(), `{"workloads": [{"rounds": 300000, `+round+`}, {"rounds": 7}]}`); !equalRows(got, want) {
		t.Errorf("got %v, want %v", got.rows, want.rows)
	}
	// Without rounds there is no row to carry anything into.
	if got := derive(t, e, `{`+round+`}`).Apply(e.Book().NewUsage()); got.rows[1] != nil {
		t.Errorf("got %v", got.rows)
	}

	facts.values[0], facts.values[1], facts.values[2] = e.Facts.Inputs[0].Default, e.Facts.Inputs[1].Default, e.Facts.Inputs[2].Default
	if got := e.FactsOf(d.Apply(before)); !slices.Equal(got.values, facts.values) {
		t.Errorf("got %v, want %v", got.values, facts.values)
	}
	if got := e.FactsOf(e.Book().NewUsage()); !slices.Equal(got.values, e.Facts.NewUsage().values) {
		t.Errorf("got %v", got.values)
	}
}

func equalRows(a, b *Usage) bool {
	return slices.EqualFunc(a.rows, b.rows, func(a, b []Row) bool {
		return slices.EqualFunc(a, b, func(a, b Row) bool { return slices.Equal(a, b) })
	})
}

// Facts that come to more than the input can hold are at fault, each once.
func TestFactsTooLarge(t *testing.T) {
	e := estimatorOf(t, "inf-llm", "tokens")
	d, faults := e.Derive(usageOf(t, e.Facts, `{"requests": 1000000000000, "tokens_in": 2, "tokens_out": 1000000000000}`))
	var blamed []string
	for _, f := range faults {
		blamed = append(blamed, f.Input+" "+string(f.Code))
	}
	want := []string{"requests out_of_range", "tokens_in out_of_range", "tokens_out out_of_range"}
	if d != nil || !slices.Equal(blamed, want) {
		t.Errorf("got %v, %v", d, blamed)
	}
	if got := faults[0].Message.EN; got != "Input tokens would come to more than 1,000,000,000,000." {
		t.Error(got)
	}
	// The bound itself is served.
	if got := yielded(derive(t, e, `{"requests": 1000000, "tokens_in": 1000000, "tokens_out": 0}`)); got["models.input_tokens"] != MaxCount {
		t.Errorf("got %v", got)
	}
	// An input with a minimum can be missed from below.
	low := planned(t, planningFixture)
	e, _ = low.Estimator(low.Newest(), "parcels")
	if _, faults = e.Derive(e.Facts.NewUsage()); len(faults) != 2 || faults[0].Message.EN != "Number of keep_days would come to less than 1." {
		t.Errorf("got %v", faults)
	}
}

// Simple estimators equal their words on any facts.
func TestProductsOfFacts(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(c.Products()).Draw(t, "product")
		e := rapid.SampledFrom(p.Estimators(p.Newest())).Draw(t, "estimator")
		if _, simple := e.rule.(factProducts); !simple {
			return
		}
		facts := e.Facts.NewUsage()
		for i := range e.Facts.Inputs {
			in := &e.Facts.Inputs[i]
			facts.values[i] = rapid.OneOf(rapid.Int64Range(in.Minimum, min(in.Maximum, 2000)), rapid.Int64Range(in.Minimum, in.Maximum)).Draw(t, in.ID)
		}
		d, faults := e.Derive(facts)
		if faults != nil {
			if faults[0].Code != CodeOutOfRange || !strings.Contains(faults[0].Message.EN, "more than") {
				t.Fatal(faults[0])
			}
			return
		}
		checkSteps(t, d)
		for _, y := range d.Yields {
			if y.Quantity < 0 || y.Quantity > MaxCount {
				t.Fatalf("%s is %d", y.Input.ID, y.Quantity)
			}
		}
	})
}
