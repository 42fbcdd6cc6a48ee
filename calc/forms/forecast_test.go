package forms

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suanpan/pricing"
)

func decodeForecast(t testing.TB, p *pricing.Product, query string) *Forecast {
	t.Helper()
	f, ok := DecodeForecast(t.Context(), parse(t, query), p)
	if !ok {
		t.Fatalf("%s: no such price book", query)
	}
	return f
}

// TestListOfMonths: what people type or paste, and what is refused because it
// could be read in two ways.
func TestListOfMonths(t *testing.T) {
	v := decodeForecast(t, product(t, "tencent-im"), "over=dau").input()
	for typed, want := range map[string]string{
		"8000":                       "8000",
		"8000\n9600\n11520":          "8000 9600 11520",
		"8000\r\n9600\r\n5\r\n\r\n ": "8000 9600 5",
		"8000;\n9600; \n5;\n":        "8000 9600 5",
		"8000 \n 9600\t5;":           "8000 9600 5",
		"8000\t9600\t11520":          "8000 9600 11520",
		"8000;9600；11520、7|6~5":      "8000 9600 11520 7 6 5",
		"8000, 9600, 11520":          "8000 9600 11520",
		"8000,9600,11520":            "8000 9600 11520",
		"8000 9600 11520":            "8000 9600 11520",
		"8000,9600,11520,":           "8000 9600 11520",
		"1.5万，2万，3万":                 "15000 20000 30000",
		"15k 1.5万 15000":             "15000 15000 15000",
		"15,000":                     "15000",
		"15,000\n16,500\n100,200":    "15000 16500 100200",
		"15 000\n16 000":             "15000 16000",
		"１５，０００\n１６０００":              "15000 16000",
		"1,234,567\t0":               "1234567 0",
		"0":                          "0",

		"100,200":                 "!not_a_number",
		"100,200,300":             "!not_a_number",
		"8000 9600":               "!not_a_number",
		"8000,9600":               "!not_a_number",
		"8000 9600\n1":            "!not_a_number",
		"15 300\n16 400":          "!not_a_number",
		"Jan\n8000":               "!not_a_number",
		"8000\nabc":               "!not_a_number",
		"8000.5":                  "!not_whole",
		"-5":                      "!out_of_range",
		"8000\n1e5":               "!not_a_number",
		"2万亿":                     "!out_of_range",
		", ;\n":                   "!not_a_number",
		"=1+1":                    "!not_a_number",
		"<script>alert(1)":        "!not_a_number",
		strings.Repeat("1\n", 37): "!out_of_range",
		strings.Repeat("1000000000000\n", 36) + "7": "!out_of_range",
		strings.Repeat("9", maxList+1):              "!out_of_range",
	} {
		numbers, fault := readList(typed, v)
		got := strings.Trim(fmt.Sprint(numbers), "[]")
		if fault != nil {
			got = "!" + string(fault.Code)
			if fault.Message.EN == "" || fault.Message.ZH == "" {
				t.Errorf("%q: %+v", typed, fault)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

// TestEmptyMonth: a month without a number is named, since the months behind it
// would be taken for earlier ones; empty lines at the end are none.
func TestEmptyMonth(t *testing.T) {
	v := decodeForecast(t, product(t, "tencent-im"), "over=dau").input()
	for typed, want := range map[string]int{
		"1000~~3000":            2,
		"1000\t\t3000":          2,
		"1000\n\n3000":          2,
		"1000\r\n \r\n3000":     2,
		"1000;;3000":            2,
		"1000, , 3000":          2,
		"1000,,3000":            2,
		"1000,2000,,4000":       3,
		"1,000\n2,000\n\n4,000": 3,
		"1000\t2000\t":          3,
		"~1000~2000":            1,
		"\n1000":                1,
		",1000,2000":            1,
		"1000|2000||":           3,
		"~":                     1,
	} {
		numbers, fault := readList(typed, v)
		en, zh := fmt.Sprintf("Month %d is empty", want), fmt.Sprintf("第 %d 个月是空的", want)
		if fault == nil || fault.Code != pricing.CodeNotANumber || !strings.Contains(fault.Message.EN, en) || !strings.Contains(fault.Message.ZH, zh) {
			t.Errorf("%q: %v %+v, want %q", typed, numbers, fault, en)
		}
	}
}

// TestForecastQuery: what the form becomes. What equals its default is left out,
// what is at fault stays as it was typed.
func TestForecastQuery(t *testing.T) {
	im, llm := product(t, "tencent-im"), product(t, "inf-llm")
	for _, tt := range []struct {
		product     *pricing.Product
		typed, want string
	}{
		{im, "", "over=dau"},
		{im, "history_days=90", "history_days=90&over=history_days"},
		{im, "users=5&dau=15000", "dau=15000&users=5&over=dau"},
		{im, "dau=15000&over=dau&start=&low=&expected=&high=&horizon=&quantities=", "dau=15000&over=dau"},
		{im, "dau=15000&start=1.5万&expected=5.0&low=2.5&high=10%25&horizon=12", "dau=15000&over=dau"},
		{im, "dau=15000&start=8k&expected=%2B20+%25&low=−1&high=２０&horizon=36", "dau=15000&over=dau&start=8000&low=-1&expected=20&high=20&horizon=36"},
		{im, "over=peak_groups&dau=15000&price_book=2020-10-30&option=ultimate", "dau=15000&option=ultimate&over=peak_groups"},
		{im, "quantities=8000%0D%0A9600&start=5&low=x&horizon=99", "over=dau&quantities=8000~9600"},
		{im, "quantities=x&start=5", "over=dau&start=5&quantities=x"},
		{im, "over=colour", "over=colour"},
		{im, "expected=lots&horizon=37&start=-1", "over=dau&start=-1&expected=lots&horizon=37"},
		{im, "expected=5&low=6", "over=dau&low=6"},
		{llm, "models.0.output_tokens=5&models.1.input_tokens=7", "models.0.output_tokens=5&models.1.input_tokens=7&over=models.0.output_tokens"},
		{llm, "models.0.input_tokens=5&over=models.0.input_tokens&quantities=1~2", "models.0.input_tokens=5&over=models.0.input_tokens&quantities=1~2"},
		{llm, "models.0.input_tokens=5&over=models.1.input_tokens", "models.0.input_tokens=5&over=models.1.input_tokens"},
	} {
		f := decodeForecast(t, tt.product, tt.typed)
		pinned := PriceBook + "=" + tt.product.Newest().ID + "&"
		if got := Unchecked(f.Query()); !sameQuery(t, got, pinned+tt.want) {
			t.Errorf("%s becomes %q, want %q", tt.typed, got, tt.want)
		}
		if again := decodeForecast(t, tt.product, f.Query()); again.Query() != f.Query() {
			t.Errorf("%s becomes %s", f.Query(), again.Query())
		}
	}
}

// sameQuery compares query strings without regard to how signs are escaped.
func sameQuery(t testing.TB, a, b string) bool {
	t.Helper()
	return parse(t, a).Encode() == parse(t, b).Encode()
}

// TestForecastFaults: each stands beside its field, all at once; what is not used
// is not at fault.
func TestForecastFaults(t *testing.T) {
	im := product(t, "tencent-im")
	for query, want := range map[string]string{
		"start=x&low=1000.5&expected=1e3&high=--1&horizon=0&over=colour": "expected high horizon low over start",
		"start=x&low=y&quantities=5":                                     "",
		"start=x&quantities=y":                                           "quantities start",
		"expected=10&high=5&low=20":                                      "high low",
		"expected=-10":                                                   "",
		"expected=-100.001&low=-100":                                     "expected",
		"expected=" + strings.Repeat("1", 1000):                          "expected",
	} {
		f := decodeForecast(t, im, query)
		var names []string
		for name, fault := range f.Faults {
			names = append(names, name)
			if fault.Input != name || fault.Message.EN == "" || fault.Message.ZH == "" {
				t.Errorf("%s: %+v", query, fault)
			}
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%.80s: faults of %q, want %q", query, got, want)
		}
	}
	if f := decodeForecast(t, im, "dau=x&over=dau"); f.Sound() || len(f.Faults) != 0 {
		t.Error("an entry of the calculator is at fault")
	}
}

// TestScenariosOfForm: half and double beside the expected growth, and one
// scenario of growths that are the same.
func TestScenariosOfForm(t *testing.T) {
	im := product(t, "tencent-im")
	for query, want := range map[string]string{
		"dau=1000":                               "expected 5 [1000 1050 1103] low 2.5 [1000 1025 1051] high 10 [1000 1100 1210]",
		"dau=1000&expected=-4":                   "expected -4 [1000 960 922] low -8 [1000 920 846] high -2 [1000 980 960]",
		"dau=1000&expected=0":                    "expected 0 [1000 1000 1000]",
		"expected=10&low=10&high=600&start=1000": "expected 10 [1000 1100 1210] high 600 [1000 7000 49000]",
		"quantities=7~5":                         "entered [7 5]",
	} {
		var got []string
		for _, s := range decodeForecast(t, im, query+"&over=dau&horizon=3").Scenarios() {
			growth := ""
			if s.Growth != nil {
				growth = " " + s.Growth.Percent().String()
			}
			got = append(got, s.ID+growth+" "+fmt.Sprint(s.Quantities))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", query, strings.Join(got, " "), want)
		}
	}
}

// TestFactsCanGrow: of a usage that comes from facts, these grow unasked: what
// says how much there is. Where a figure was changed by hand they cannot.
func TestFactsCanGrow(t *testing.T) {
	for _, p := range products(t) {
		for _, e := range p.Estimators(p.Newest()) {
			facts := e.Facts.NewUsage()
			if len(e.Facts.Examples) > 0 {
				facts = e.Facts.Examples[0].Usage
			}
			// Everything that is asked for, and so the last of several volumes too.
			for _, d := range e.Drivers(facts) {
				if d.Of(facts) == 0 {
					facts = d.Variable.Each(facts, []int64{1000})[0]
				}
			}
			empty, _ := Decode(nil, p)
			form := empty.With(DecodeFacts(parse(t, UsageQuery(facts)), e))
			f := decodeForecast(t, p, form.Query())
			d := f.Driver()
			if d.Estimator != e || !d.Volume() || f.Start != d.Variable.Of(facts) || !f.Sound() {
				t.Errorf("%s, %s: %s grows from %d, %v", p.ID, e.ID, d.Variable.ID(), f.Start, f.Faults)
			}
			if want := Unchecked(form.Query()) + "&over=" + d.Variable.ID(); !sameQuery(t, Unchecked(f.Query()), want) {
				t.Errorf("%s, %s: %s, want %s", p.ID, e.ID, f.Query(), want)
			}
			for _, query := range []string{f.Query(), f.Query() + "&expected=7&horizon=3", f.Query() + "&quantities=1~2~3"} {
				f := decodeForecast(t, p, query)
				again := decodeForecast(t, p, f.Query())
				if !f.Sound() || again.Query() != f.Query() || again.At != f.At || fmt.Sprint(quantitiesOf(again)) != fmt.Sprint(quantitiesOf(f)) {
					t.Errorf("%s becomes %s", query, again.Query())
				}
				// Each month's usage is what the facts of that month come to.
				for _, s := range f.Scenarios() {
					for m, u := range s.Usages {
						derived, faults := e.Derive(d.Variable.Each(facts, s.Quantities[m:m+1])[0])
						if len(faults) > 0 || UsageQuery(u) != UsageQuery(derived.Apply(form.Usage)) {
							t.Fatalf("%s: month %d is %s", query, m+1, UsageQuery(u))
						}
					}
				}
			}
			// Another usage can be chosen.
			if other := form.Usage.Variables(); len(other) > 0 {
				name := VariableName(other[0])
				if f := decodeForecast(t, p, form.Query()+"&over="+name); f.Driver().Facts != nil || VariableName(f.Driver().Variable) != name {
					t.Errorf("%s: asked for %s, %s grows", p.ID, name, f.Driver().Variable.ID())
				}
			}
			// What was changed by hand is from the facts no longer.
			changed := *form
			for _, v := range form.Usage.Variables() {
				if in := v.Input(); v.Of(form.Usage) > in.Minimum {
					changed.Usage = v.Each(form.Usage, []int64{in.Minimum})[0]
					break
				}
			}
			f = decodeForecast(t, p, changed.Query())
			if slices.ContainsFunc(f.Drivers, func(d pricing.Driver) bool { return d.Facts != nil }) {
				t.Errorf("%s, %s: facts that no longer hold can grow", p.ID, e.ID)
			}
			if f := decodeForecast(t, p, changed.Query()+"&over="+VariableName(d.Variable)); f.Faults[Over] == nil {
				t.Errorf("%s, %s: %s grows", p.ID, e.ID, d.Variable.ID())
			}
		}
	}
}

// TestFactsGrowTooLarge: beside the field that leads there, with the month.
func TestFactsGrowTooLarge(t *testing.T) {
	p, e := estimator(t, "tencent-trtc", "room")
	empty, _ := Decode(nil, p)
	form := empty.With(DecodeFacts(parse(t, "participants.0.people=1000000&participants.0.sends=audio&sessions=1&session_minutes=1"), e))
	for query, want := range map[string]string{
		"over=sessions&quantities=1~1000000000000": "quantities Month 2: ",
		"over=sessions&start=1000000000000":        "start Month 1: ",
		"over=sessions&high=1000&horizon=9":        "high Month 7: ",
		"over=sessions&high=1000&horizon=6":        "",
	} {
		f := decodeForecast(t, p, form.Query()+"&"+query)
		name, message, _ := strings.Cut(want, " ")
		if want == "" {
			if !f.Sound() {
				t.Errorf("%s: %v", query, f.Faults)
			}
			continue
		}
		if fault := f.Faults[name]; len(f.Faults) != 1 || fault == nil || !strings.HasPrefix(fault.Message.EN, message) || f.Sound() || len(f.Scenarios()) > 0 {
			t.Errorf("%s: %+v", query, f.Faults)
		}
	}
}

// TestForecastSurvivesItsAddress: whatever the usage and whatever grows, the
// canonical query string is read as the same forecast.
func TestForecastSurvivesItsAddress(t *testing.T) {
	all := products(t)
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(all).Draw(rt, "product")
		book := rapid.SampledFrom(p.Books).Draw(rt, "book")
		form := &Form{Product: p, Book: book, Usage: anyForm(rt, book)}
		values, err := url.ParseQuery(form.Query())
		if err != nil {
			rt.Fatal(err)
		}
		if variables := form.Usage.Variables(); len(variables) > 0 {
			values.Set(Over, VariableName(rapid.SampledFrom(variables).Draw(rt, "over")))
		}
		typed := rapid.SampledFrom([]string{"", "0", "5", "-1.125", "20 %", "12", "36", "1000", "15k", "x", "-100", "1~2~3", "7\n8,000\n", "1 2"})
		for _, name := range forecastNames[1:] {
			if rapid.Bool().Draw(rt, name+" given") {
				values.Set(name, typed.Draw(rt, name))
			}
		}
		f, _ := DecodeForecast(t.Context(), values, p)
		query := f.Query()
		again := decodeForecast(t, p, query)
		if again.Query() != query {
			rt.Fatalf("%s becomes %s", query, again.Query())
		}
		if len(again.Faults) != len(f.Faults) || again.At != f.At || f.Sound() && fmt.Sprint(quantitiesOf(again)) != fmt.Sprint(quantitiesOf(f)) {
			rt.Fatalf("%s: %v and %v", query, f.Faults, again.Faults)
		}
	})
}

func quantitiesOf(f *Forecast) (all [][]int64) {
	for _, s := range f.Scenarios() {
		all = append(all, s.Quantities)
	}
	return all
}

// FuzzDecodeForecast: nothing that is typed breaks the reading of it, and what is
// read has months within the bounds.
func FuzzDecodeForecast(f *testing.F) {
	f.Add("8000\n9600", "20", "8k", "12")
	f.Add("100,200", "-1.5 %", "１５，０００", "36")
	f.Add("1.5万、2万", "1e3", "−", "0")
	f.Add("\xff~\x00", "", "~", "")
	im := product(f, "tencent-im")
	f.Fuzz(func(t *testing.T, list, growth, start, horizon string) {
		form, ok := DecodeForecast(t.Context(), url.Values{Quantities: {list}, Expected: {growth}, Start: {start}, Horizon: {horizon}}, im)
		if !ok {
			t.Fatal("no price book")
		}
		for _, fault := range form.Faults {
			if fault.Code == "" || fault.Message.EN == "" || fault.Message.ZH == "" {
				t.Fatalf("%+v", fault)
			}
		}
		if again := decodeForecast(t, im, form.Query()); again.Query() != form.Query() {
			t.Fatalf("%s becomes %s", form.Query(), again.Query())
		}
		if !form.Sound() {
			return
		}
		for _, s := range form.Scenarios() {
			in := form.input()
			if n := len(s.Quantities); n < 1 || n > pricing.MaxForecastMonths || slices.Min(s.Quantities) < in.Minimum || slices.Max(s.Quantities) > in.Maximum {
				t.Fatalf("%v", s.Quantities)
			}
		}
	})
}
