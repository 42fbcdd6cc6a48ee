package forms

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"suanpan/pricing"
)

func estimator(t testing.TB, product, id string) (*pricing.Product, *pricing.Estimator) {
	t.Helper()
	for _, p := range products(t) {
		if p.ID == product {
			if e, ok := p.Estimator(p.Newest(), id); ok {
				return p, e
			}
		}
	}
	t.Fatalf("there is no estimator %s of %s", id, product)
	return nil, nil
}

// TestFactsOfAForm: those of the estimators that are named, in the order of the
// book; unknown ones and facts of others are passed over.
func TestFactsOfAForm(t *testing.T) {
	p, e := estimator(t, "tencent-im", "daily-users")
	form, _ := Decode(parse(t, "registered_users=1000&facts=daily-users&facts=no&domestic_viewers=5&dau=200&users=1000&option=ultimate"), p)
	if len(form.Facts) != 1 || form.Fact(e) != form.Facts[0] || !form.Facts[0].Yield(form.Usage) {
		t.Errorf("%d facts", len(form.Facts))
	}
	if got := form.Today(); got != "dau=200&users=1000&registered_users=1000&facts=daily-users&option=ultimate" {
		t.Errorf("query %s", got)
	}
	if got := form.Without(e).Today(); got != "dau=200&users=1000&option=ultimate" || form.Fact(e) == nil {
		t.Errorf("without the facts %s", got)
	}
	if got := form.CarriedFacts(); !slices.Equal(got, []Param{{"registered_users", "1000"}, {"facts", "daily-users"}}) {
		t.Errorf("carried %v", got)
	}
	if got := form.Carried(e); !slices.Equal(got, []Param{{"price_book", "2020-10-30"}, {"dau", "200"}, {"users", "1000"}, {"option", "ultimate"}, {"facts", "daily-users"}}) {
		t.Errorf("carried besides the facts %v", got)
	}
	other, _ := Decode(parse(t, "dau=200&users=999&registered_users=1000&facts=daily-users"), p)
	if other.Facts[0].Yield(other.Usage) {
		t.Error("facts hold for other figures")
	}
}

// TestFactsAtFault: by the names of their fields; entries stay as they were typed.
func TestFactsAtFault(t *testing.T) {
	_, room := estimator(t, "tencent-trtc", "room")
	for _, tt := range []struct{ query, faults string }{
		{"", ""},
		{"sessions=x&participants.3.people=-1", "participants.0.people sessions"},
		{"participants.0.people=2&participants.1.receives=group_d&participants.2.receives=group_c", "participants.1.receives"},
		{"participants.0.people=1000000&sessions=1000000000000", "participants sessions"},
	} {
		f := DecodeFacts(parse(t, tt.query), room)
		var names []string
		for name := range f.Faults {
			names = append(names, name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != tt.faults || (f.Derivation == nil) != (tt.faults != "") {
			t.Errorf("%s: faults %s", tt.query, got)
		}
		if f.Empty() != (tt.query == "") {
			t.Errorf("%s: empty %t", tt.query, f.Empty())
		}
	}
}

// TestCarriedIsTheQuery: what a form sends without showing it is what its query
// string has, whatever characters are in it.
func TestCarriedIsTheQuery(t *testing.T) {
	p, e := estimator(t, "tencent-im", "daily-users")
	form, _ := Decode(parse(t, "dau=a+%26b%3d%E4%B8%87&live_days=%22&registered_users=%2B1+x&facts=daily-users"), p)
	values := url.Values{}
	for _, param := range append(form.Carried(e), form.CarriedFacts()...) {
		values.Set(param.Name, param.Value)
	}
	again, _ := Decode(values, p)
	if again.Query() != form.Query() || again.Typed["dau"] != "a &b=万" || again.Facts[0].Entries.Typed["registered_users"] != "+1 x" {
		t.Errorf("got %q, want %q", again.Query(), form.Query())
	}
}

// TestCarriedFactsOfAForm: what a row has already is where the facts start from,
// and what they say of it goes back with them, until it is changed by hand.
func TestCarriedFactsOfAForm(t *testing.T) {
	p, e := estimator(t, "aliyun-multimodal", "rounds")
	form, _ := Decode(parse(t, "workloads.0.rounds=5&workloads.0.asr=light&workloads.0.intent=yes&workloads.1.tts=premium"), p)
	const book = "price_book=2026-07-01"
	if got, want := Unchecked(form.StartQuery(e)), book+"&workloads.0.rounds=5&workloads.0.asr=light&workloads.0.intent=yes&workloads.1.tts=premium&asr=light&intent=yes"; got != want {
		t.Errorf("starts from %s, want %s", got, want)
	}
	empty, _ := Decode(parse(t, "months=7"), p)
	if got := Unchecked(empty.StartQuery(e)); got != book+"&months=7" {
		t.Errorf("starts from %s", got)
	}
	if !DecodeFacts(parse(t, "asr=light&intent=yes"), e).Empty() || DecodeFacts(parse(t, "daily_users=1&asr=light"), e).Empty() {
		t.Error("what comes to nothing is taken for facts, or facts for nothing")
	}
	used := form.With(DecodeFacts(parse(t, "daily_users=2&rounds_per_user=5&days=10&asr=standard&dialogue=casual"), e))
	want := "workloads.0.rounds=100&workloads.0.asr=standard&workloads.0.dialogue=casual&workloads.1.tts=premium" +
		"&daily_users=2&rounds_per_user=5&days=10&asr=standard&dialogue=casual&facts=rounds"
	if got := used.Today(); got != want {
		t.Errorf("used %s\nwant %s", got, want)
	}
	for edit, holds := range map[string]bool{"": true, "&workloads.0.asr=premium": false, "&workloads.0.tts_calls=3": false, "&workloads.0.tts_calls=3&tts_calls=3": true, "&workloads.1.tts=light": true} {
		again, _ := Decode(parse(t, want+edit), p)
		if len(again.Facts) != 1 || again.Facts[0].Yield(again.Usage) != holds {
			t.Errorf("after %q the facts hold: %v", edit, !holds)
		}
	}
}

// TestTextThatIsNoText: what is no UTF-8 reaches neither a page nor an address.
func TestTextThatIsNoText(t *testing.T) {
	p, e := estimator(t, "tencent-im", "daily-users")
	form, _ := Decode(parse(t, "dau=%FF%FE&live_days=5%C0&registered_users=%80&facts=daily-users"), p)
	if got := form.Today(); got != "dau=%EF%BF%BD&live_days=5%EF%BF%BD&registered_users=%EF%BF%BD&facts=daily-users" {
		t.Errorf("query %s", got)
	}
	typed := form.Typed["dau"] + form.Typed["live_days"] + form.Fact(e).Entries.Typed["registered_users"]
	if typed != "\ufffd5\ufffd\ufffd" || len(form.Faults) != 2 {
		t.Errorf("typed %q, faults %v", typed, form.Faults)
	}
}
