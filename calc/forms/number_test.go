package forms

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// counts calls a function with every count of every book: inputs, fields of rows,
// and facts.
func counts(t *testing.T, check func(*pricing.Input)) {
	t.Helper()
	var all func(inputs []pricing.Input)
	all = func(inputs []pricing.Input) {
		for i := range inputs {
			if inputs[i].Kind == pricing.KindCount {
				check(&inputs[i])
			}
			all(inputs[i].Fields)
		}
	}
	for _, p := range products(t) {
		for _, b := range p.Books {
			all(b.Inputs)
			for _, e := range p.Estimators(b) {
				all(e.Facts.Inputs)
			}
		}
	}
}

// TestUnitsOfAllFields: every unit of every input and fact is understood in both
// languages, as the page writes it behind the field, and no unit of another kind.
func TestUnitsOfAllFields(t *testing.T) {
	seen := 0
	counts(t, func(in *pricing.Input) {
		seen++
		least := max(in.Minimum, 1)
		for _, unit := range []string{in.Unit.EN, in.Unit.One, in.Unit.ZH} {
			n, fault := readCount(strconv.FormatInt(least, 10)+" "+unit, in)
			if fault != nil || n != least {
				t.Errorf("%s: %d %s is %d, %v", in.ID, least, unit, n, fault)
			}
		}
		for _, unit := range []string{"ohms", "千克", "km/h", "元/人"} {
			if _, fault := readCount("5"+unit, in); codeOf(fault) != pricing.CodeNotANumber {
				t.Errorf("%s: 5%s: %v", in.ID, unit, fault)
			}
		}
	})
	if seen < 100 {
		t.Errorf("there are only %d", seen)
	}
}

// TestFaultsOfAllFields: beside every field stands what was not understood, and an
// example that the field takes, in both languages.
func TestFaultsOfAllFields(t *testing.T) {
	counts(t, func(in *pricing.Input) {
		_, fault := readCount("lots", in)
		if codeOf(fault) != pricing.CodeNotANumber || fault.Input != in.ID {
			t.Fatalf("%s: %v", in.ID, fault)
		}
		_, en, _ := strings.Cut(strings.TrimSuffix(fault.Message.EN, "."), "such as ")
		_, zh, _ := strings.Cut(strings.TrimSuffix(fault.Message.ZH, "。"), "例如 ")
		for _, example := range []string{en, zh} {
			if _, fault := readCount(example, in); fault != nil {
				t.Errorf("%s: %q: %v", in.ID, example, fault)
			}
		}
		if !strings.HasSuffix(en, in.Unit.EN) || !strings.HasSuffix(zh, in.Unit.ZH) {
			t.Errorf("%s: %q, %q", in.ID, en, zh)
		}
	})
}

// TestOneRuleEverywhere: what a field of usage understands, every other place does
// where people type a number: rows, facts, budget, start and list of a forecast.
func TestOneRuleEverywhere(t *testing.T) {
	im, llm, trtc := product(t, "tencent-im"), product(t, "inf-llm"), product(t, "tencent-trtc")
	for typed, want := range map[string]string{
		"1.5万": "15000", "8万5": "85000", "１５，０００": "15000", "\u200b15\u2009000": "15000", "40*22": "880", "12×3+5": "41",
		"15.000": "", "1,5": "", "1/2": "", "5-3": "", "1e5": "",
	} {
		read := map[string]string{}
		value := func(u *pricing.Usage, id string) string {
			in, _ := u.Book().Input(id)
			return strconv.FormatInt(u.Count(in), 10)
		}
		entry := func(place, text string, fault *pricing.InputError) {
			if fault != nil {
				text = ""
			}
			read[place] = text
		}
		form := decodeQuery(t, im, "dau="+url.QueryEscape(typed)+"&budget="+url.QueryEscape(typed))
		entry("usage", value(form.Usage, "dau"), form.Faults["dau"])
		amount, fault := form.amount()
		if amount != nil {
			entry("budget", amount.String(), nil)
		} else {
			entry("budget", "", fault)
		}
		row := decodeQuery(t, llm, "models.0.input_tokens="+url.QueryEscape(typed))
		entry("row", strings.TrimPrefix(UsageQuery(row.Usage), "models.0.input_tokens="), row.Faults["models.0.input_tokens"])
		_, room := estimator(t, "tencent-trtc", "room")
		facts := DecodeFacts(parse(t, "sessions="+url.QueryEscape(typed)), room)
		entry("facts", value(facts.Entries.Usage, "sessions"), facts.Faults["sessions"])
		start := decodeForecast(t, trtc, "over=av_hd_minutes&start="+url.QueryEscape(typed))
		entry("start", strconv.FormatInt(start.Start, 10), start.Faults[Start])
		list := decodeForecast(t, im, "over=dau&quantities="+url.QueryEscape(typed))
		if list.Faults[Quantities] == nil {
			entry("list", strconv.FormatInt(list.Quantities[0], 10), nil)
		} else {
			entry("list", "", list.Faults[Quantities])
		}
		quantity, fault := Count("quantity", typed, pricing.Unit{}, 0, pricing.MaxCount)
		entry("quantity", strconv.FormatInt(quantity, 10), fault)
		for place, got := range read {
			if got != want && !(place == "list" && typed == "1,5") { // two months
				t.Errorf("%s: %q is %q, want %q", place, typed, got, want)
			}
		}
	}
}

func TestCount(t *testing.T) {
	days := pricing.Unit{One: "day", EN: "days", ZH: "天"}
	for _, tt := range []struct {
		typed string
		want  int64
		code  pricing.Code
	}{
		{"3", 3, ""}, {"３", 3, ""}, {"1,000", 1000, ""}, {" 1万 ", 10000, ""}, {"1", 1, ""}, {"30天", 30, ""}, {"2 weeks", 14, ""},
		{"0", 0, pricing.CodeOutOfRange}, {"10001", 0, pricing.CodeOutOfRange}, {"-1", 0, pricing.CodeOutOfRange},
		{"99999999999999999999", 0, pricing.CodeOutOfRange}, {"1.5", 0, pricing.CodeNotWhole}, {"", 0, pricing.CodeNotANumber}, {"x", 0, pricing.CodeNotANumber},
	} {
		n, fault := Count("quantity", tt.typed, days, 1, 10_000)
		if code := codeOf(fault); n != tt.want || code != tt.code {
			t.Errorf("%q is %d, %q", tt.typed, n, code)
		}
		if fault != nil && (fault.Input != "quantity" || fault.Message.EN == "" || fault.Message.ZH == "") {
			t.Errorf("%q: %+v", tt.typed, fault)
		}
	}
}

// TestNothingTypedIsLost: an entry at fault is in the address of the form as it
// was typed, unless nobody types as much.
func TestNothingTypedIsLost(t *testing.T) {
	im := product(t, "tencent-im")
	for _, typed := range []string{"15.000", "a lot", "50 GB", "１／２", strings.Repeat("1", numbers.MaxTyped)} {
		if got := decodeQuery(t, im, "dau="+url.QueryEscape(typed)).Query(); !slices.Equal(parse(t, got)["dau"], []string{typed}) {
			t.Errorf("%q becomes %q", typed, got)
		}
		if got := decodeQuery(t, im, "dau=5&budget="+url.QueryEscape(typed)).Query(); typed != strings.Repeat("1", numbers.MaxTyped) && !slices.Equal(parse(t, got)["budget"], []string{typed}) {
			t.Errorf("%q becomes %q", typed, got)
		}
	}
}

func codeOf(fault *pricing.InputError) pricing.Code {
	if fault == nil {
		return ""
	}
	return fault.Code
}
