package pricing

import (
	"fmt"
	"strings"
	"testing"
)

// changedPool returns the book of pools with some of its texts replaced.
func changedPool(t *testing.T, oldNew ...string) *Book {
	t.Helper()
	text := poolFixtureText(t)
	for i := 0; i < len(oldNew); i += 2 {
		if !strings.Contains(text, oldNew[i]) {
			t.Fatalf("the book has no %q", oldNew[i])
		}
		text = strings.Replace(text, oldNew[i], oldNew[i+1], 1)
	}
	return decodeText(t, text)
}

// lacks writes what an option cannot serve.
func lacks(o *OptionEstimate) string {
	var all []string
	for _, v := range o.Violations {
		all = append(all, fmt.Sprintf("%s %d", v.Input.ID, v.Limit))
	}
	return strings.Join(all, ", ")
}

// What an option cannot serve is named in the order of the inputs, whether its
// features, its limits or its prices say so.
func TestViolationsAreInTheOrderOfTheInputs(t *testing.T) {
	b := changedPool(t)
	u := usageOf(t, b, `{"letters": 11, "phones": 9, "extras": ["hold_music"], "checks": [{"sort": "post", "quantity": 1}], "peak_calls": 21}`)
	if got, want := lacks(u.Estimate().Option("street")), "letters 10, phones 10, extras 0, checks 0, peak_calls 20"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Options that share a price lack the same by it, each by itself; what may not be
// had is counted in units of the pool, whatever decimals its weights have.
func TestViolationsOfASharedPrice(t *testing.T) {
	b := changedPool(t,
		"      - {options: [street], pool: {plans: [none], closed: letters}}\n      - {options: [town], pool: {plans: [none, bag]}}",
		"      - {options: [street, town], pool: {plans: [none], closed: letters}}",
		"        - {id: bag, name: {en: Bag, zh: 邮袋}, monthly_fee: \"15\", included: 100}\n", "",
		"        - {input: letters, weight: \"1\"}\n", "        - {input: letters, weight: \"1\"}\n        - {input: robots, weight: \"0.5\"}\n",
	)
	for inputs, want := range map[string]string{
		`{"letters": 10}`:              "",
		`{"letters": 11}`:              "letters 10",
		`{"letters": 9, "robots": 2}`:  "",
		`{"letters": 9, "robots": 3}`:  "letters 10",
		`{"letters": 99, "robots": 3}`: "letters 10",
	} {
		// Who promises to use jobs lacks them where there are none.
		e := usageOf(t, b, strings.Replace(inputs, "{", `{"jobs": [{"rounds": 1, "tongue": "plain"}], `, 1)).Estimate()
		for _, id := range []string{"street", "town"} {
			if o := e.Option(id); lacks(o) != want || o.Feasible != (want == "") {
				t.Errorf("%s: %s lacks %q, want %q", inputs, id, lacks(o), want)
			}
		}
	}
}

// Rows that an option does not serve add nothing to its lines, though it has a
// price for them.
func TestViolatedRowsCostNothing(t *testing.T) {
	b := changedPool(t, "    prices:\n      - options: [town]\n        rows:\n          rows: checks", "    prices:\n      - options: [street, town]\n        rows:\n          rows: checks")
	e := usageOf(t, b, `{"checks": [{"sort": "sound", "quantity": 200}]}`).Estimate()
	if o := e.Option("street"); lacks(o) != "checks 0" || !o.Total.IsZero() || len(o.Lines) > 0 {
		t.Errorf("street lacks %q and costs %s", lacks(o), o.Total)
	}
	if o := e.Option("town"); lacks(o) != "jobs 0" || o.Total.String() != "200" { // 100 + 200 × 0.5
		t.Errorf("town lacks %q and costs %s", lacks(o), o.Total)
	}
}
