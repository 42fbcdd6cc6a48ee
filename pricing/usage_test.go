package pricing

import (
	"slices"
	"strings"
	"testing"
)

// faultOf returns the fault's input and code, or nothing.
func faultOf(e *InputError) string {
	if e == nil {
		return ""
	}
	return e.Input + " " + string(e.Code)
}

func poolFixture(t testing.TB) (*Book, func(id string) *Input) {
	t.Helper()
	b := decodeText(t, poolFixtureText(t))
	return b, func(id string) *Input {
		in, ok := b.Input(id)
		if !ok {
			t.Fatalf("no input %s", id)
		}
		return in
	}
}

func TestSettersRefuse(t *testing.T) {
	b, input := poolFixture(t)
	u := b.NewUsage()
	rows, fault := u.SetRows(input("jobs"), 1)
	noFault(t, fault)
	jobs := input("jobs")
	tooMany := func() *InputError { _, fault := u.SetRows(jobs, MaxRows+1); return fault }
	for _, tt := range []struct {
		name  string
		fault *InputError
		want  string
	}{
		{"count", u.SetCount(input("voice"), "1.5"), "voice not_whole"},
		{"count over the largest", u.SetCount(input("voice"), "1000000000001"), "voice out_of_range"},
		{"choice", u.SetChoice(input("phone_model"), "keys"), "phone_model unknown_choice"},
		{"empty choice", u.SetChoice(input("phone_model"), ""), "phone_model unknown_choice"},
		{"choices", u.SetChoices(input("extras"), []string{"caller_id", "answering"}), "extras unknown_choice"},
		{"too many rows", tooMany(), "jobs too_many_rows"},
		{"count of a row", rows[0].Cell(jobs, jobs.field("rounds")).SetCount("many").InRow(jobs, 0), "jobs[0].rounds not_a_number"},
		{"choice of a row", rows[0].Cell(jobs, jobs.field("tongue")).SetChoice("foreign").InRow(jobs, 12), "jobs[12].tongue unknown_choice"},
		{"not given at all", UnknownInput("voices"), "voices unknown_input"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := faultOf(tt.fault); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if tt.fault.Message.EN == "" || tt.fault.Message.ZH == "" || !strings.Contains(tt.fault.Error(), tt.fault.Input) {
				t.Errorf("%v says too little", tt.fault)
			}
		})
	}
	// A refused value leaves the usage as it was.
	want := b.NewUsage()
	if _, fault := want.SetRows(jobs, 1); fault != nil {
		t.Fatal(fault)
	}
	if !slices.Equal(u.values, want.values) || !slices.Equal(u.Rows(jobs)[0], want.Rows(jobs)[0]) {
		t.Errorf("refused values were set: %v, %v", u.values, u.Rows(jobs))
	}
}

func TestSettersSet(t *testing.T) {
	b, input := poolFixture(t)
	u := b.NewUsage()
	for i := range b.Inputs {
		if !u.IsDefault(&b.Inputs[i]) {
			t.Errorf("%s is not at its default", b.Inputs[i].ID)
		}
	}
	noFault(t, u.SetChoice(input("phone_model"), "keys-2.0"))
	noFault(t, u.SetChoices(input("extras"), []string{"hold_music", "caller_id", "hold_music"}))
	u.SetYesNo(input("promotions"), false)
	rows, fault := u.SetRows(input("jobs"), MaxRows)
	noFault(t, fault)
	jobs := input("jobs")
	if rows[0][jobs.field("repeats")] != 1 || rows[MaxRows-1][jobs.field("rounds")] != 0 {
		t.Errorf("a new row has not its defaults: %v", rows[0])
	}
	noFault(t, rows[3].Cell(jobs, jobs.field("rounds")).SetCount("1000000000000"))
	noFault(t, rows[3].Cell(jobs, jobs.field("tongue")).SetChoice("fancy"))
	rows[3].Cell(jobs, jobs.field("urgent")).SetYesNo(true)
	if got := u.Rows(jobs)[3]; !slices.Equal(got, Row{MaxCount, 2, 0, 1, 1}) {
		t.Errorf("row is %v", got)
	}
	if u.Count(input("phone_model")) != 1 || u.Count(input("promotions")) != 0 {
		t.Errorf("values are %v", u.values)
	}
	for i, want := range []bool{true, false, true} {
		if u.Chosen(input("extras"), i) != want {
			t.Errorf("extra %d is chosen: %v", i, !want)
		}
	}
	for _, id := range []string{"phone_model", "extras", "promotions", "jobs"} {
		if u.IsDefault(input(id)) {
			t.Errorf("%s is at its default", id)
		}
	}
	if _, fault := u.SetRows(jobs, 0); fault != nil || !u.IsDefault(jobs) {
		t.Errorf("no rows are the default, %v", fault)
	}
}

// Every code has a message for every kind of input, in both languages.
func TestFaultsHaveMessages(t *testing.T) {
	b, _ := poolFixture(t)
	for i := range b.Inputs {
		for _, code := range []Code{CodeWrongType, CodeNotANumber, CodeNotWhole, CodeOutOfRange, CodeUnknownChoice, CodeTooManyRows} {
			if e := b.Inputs[i].Fault(code); e.Message.EN == "" || e.Message.ZH == "" || e.Code != code || e.Input != b.Inputs[i].ID {
				t.Errorf("%s, %s: %+v", b.Inputs[i].ID, code, e)
			}
		}
	}
}

// Another book of the product takes what it has, too; the rest is named.
func TestUsageInAnotherBook(t *testing.T) {
	b, _ := poolFixture(t)
	const inputs = `{"voice": 5000, "phones": 12, "phone_model": "keys-2.0", "extras": ["hold_music", "caller_id"], "newcomer": true, "promotions": false,
		"jobs": [{"rounds": 7, "tongue": "fancy", "brain": "large", "urgent": true, "repeats": 3}], "checks": [{"sort": "sound", "quantity": 9}], "months": 24}`
	u := usageOf(t, b, inputs)
	same, left := u.In(b)
	if len(left) > 0 || !slices.Equal(same.values, u.values) || !slices.EqualFunc(same.rows, u.rows, func(a, b []Row) bool {
		return slices.EqualFunc(a, b, func(a, b Row) bool { return slices.Equal(a, b) })
	}) {
		t.Errorf("the same book leaves out %v:\n%v %v\n%v %v", left, same.values, same.rows, u.values, u.rows)
	}
	if same.Rows(&b.Inputs[b.position("jobs")])[0][0] = 8; u.Rows(&b.Inputs[b.position("jobs")])[0][0] != 7 {
		t.Error("the usages share their rows")
	}
	for _, tt := range []struct{ name, old, new, left string }{
		{"choice in another place", "      - {id: dial, name: {en: Dial, zh: 拨盘}}\n      - {id: keys-2.0, name: {en: Keys, zh: 按键}}", "      - {id: keys-2.0, name: {en: Keys, zh: 按键}}\n      - {id: dial, name: {en: Dial, zh: 拨盘}}", ""},
		{"choice that is gone", "keys-2.0", "keys-3.0", "phone_model"},
		{"input that is gone", "phones", "handsets", "phones"},
		{"value over the maximum", "    help: {en: Rented phones., zh: 租用的电话机。}\n", "    help: {en: Rented phones., zh: 租用的电话机。}\n    maximum: 11\n", "phones"},
		{"feature that is gone", "hold_music", "silence", "extras"},
		{"field that is gone", "urgent", "pressing", "jobs"},
		{"choice of a row that is gone", "fancy", "poetic", "jobs"},
		{"value over the maximum in a row", "{id: rounds, kind: count,", "{id: rounds, kind: count, maximum: 6,", "jobs"},
		{"field of another kind", "{id: urgent, kind: yes_no, name", "{id: urgent, kind: choice, choices: [{id: \"no\", name: {en: No, zh: 否}}, {id: \"yes\", name: {en: Yes, zh: 是}}], name", "jobs"},
		{"other name", "    kind: choice\n    name: {en: Meter", "    kind: choice\n    name: {en: Gauge", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := poolFixtureText(t)
			if i := strings.Index(text, "\nexamples:"); i >= 0 {
				text = text[:i+1]
			}
			other := decodeText(t, strings.ReplaceAll(text, tt.old, tt.new))
			carried, left := u.In(other)
			if got := strings.Join(left, ", "); got != tt.left {
				t.Errorf("left out %q, want %q", got, tt.left)
			}
			if carried.Book() != other || carried.Months() != 24 {
				t.Error("the usage is not of the other book, or for another term")
			}
			if in, ok := other.Input("phone_model"); ok && tt.left != "phone_model" && in.Choices[carried.Count(in)].ID != "keys-2.0" {
				t.Errorf("the phone is now %s", in.Choices[carried.Count(in)].ID)
			}
			for _, id := range left { // an input that is left out has its default
				if in, ok := other.Input(id); ok && !carried.IsDefault(in) {
					t.Errorf("%s is left out, but set", id)
				}
			}
		})
	}
}
