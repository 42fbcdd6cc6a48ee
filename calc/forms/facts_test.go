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
			if e, ok := p.Newest().Estimator(id); ok {
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
	if got := form.Query("pro"); got != "dau=200&users=1000&registered_users=1000&facts=daily-users&option=ultimate" {
		t.Errorf("query %s", got)
	}
	if got := form.Without(e).Query(""); got != "dau=200&users=1000&option=ultimate" || form.Fact(e) == nil {
		t.Errorf("without the facts %s", got)
	}
	if got := form.CarriedFacts(); !slices.Equal(got, []Param{{"registered_users", "1000"}, {"facts", "daily-users"}}) {
		t.Errorf("carried %v", got)
	}
	if got := form.Carried(e); !slices.Equal(got, []Param{{"dau", "200"}, {"users", "1000"}, {"option", "ultimate"}, {"facts", "daily-users"}}) {
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
	if again.Query("") != form.Query("") || again.Typed["dau"] != "a &b=万" || again.Facts[0].Entries.Typed["registered_users"] != "+1 x" {
		t.Errorf("got %q, want %q", again.Query(""), form.Query(""))
	}
}
