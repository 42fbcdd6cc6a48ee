package pricing

import (
	"slices"
	"testing"
)

func growthOf(t *testing.T, text string) Growth {
	t.Helper()
	g, err := ParseGrowth(text)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestOutline: an outline has a scenario for each growth, in their order, or one
// of the quantities that were stated.
func TestOutline(t *testing.T) {
	u := usageOf(t, tencentIM(t), `{"dau":1000,"history_days":90}`)
	i := slices.IndexFunc(u.Drivers(), func(d Driver) bool { return d.Variable.ID() == "dau" })
	o := Outline{
		Driver: u.Drivers()[i], Start: 1000, Months: 3,
		Growths: []ScenarioGrowth{{ScenarioExpected, growthOf(t, "10")}, {ScenarioLow, growthOf(t, "-50")}},
	}
	want := func(id string, growth string, quantities ...int64) {
		t.Helper()
		scenarios, faults := o.Scenarios(u)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		n := slices.IndexFunc(scenarios, func(s Scenario) bool { return s.ID == id })
		if n < 0 {
			t.Fatalf("there is no scenario %s", id)
		}
		s := &scenarios[n]
		if (s.Growth == nil) != (growth == "") || s.Growth != nil && s.Growth.Percent().String() != growth {
			t.Errorf("%s grows by %v", id, s.Growth)
		}
		if !slices.Equal(s.Quantities, quantities) || len(s.Usages) != len(quantities) || s.Forecast != nil {
			t.Fatalf("%s has %v", id, s.Quantities)
		}
		for m, month := range s.Usages {
			if o.Driver.Of(month) != quantities[m] || month.Months() != u.Months() {
				t.Errorf("month %d of %s has %d", m+1, id, o.Driver.Of(month))
			}
		}
	}
	want(ScenarioExpected, "10", 1000, 1100, 1210)
	want(ScenarioLow, "-50", 1000, 500, 250)
	o.Quantities = []int64{5, 0}
	want(ScenarioEntered, "", 5, 0)
}

// TestOutlineAtFault: where facts come to more than an input can hold, the fault
// says which part of the outline leads there, and when.
func TestOutlineAtFault(t *testing.T) {
	p := embeddedProduct(t, "tencent-trtc")
	b, _ := p.Book("2025-07-10")
	e := p.Estimators(b)[0]
	facts := e.Facts.Examples[0].Usage
	drivers := e.Drivers(facts)
	i := slices.IndexFunc(drivers, func(d Driver) bool { return d.Variable.ID() == "sessions" })
	if i < 0 {
		t.Fatal("the first estimator has no sessions")
	}
	most := drivers[i].Variable.Input().Maximum
	grown := ScenarioGrowth{ScenarioHigh, growthOf(t, "1000")}
	flat := ScenarioGrowth{ScenarioLow, growthOf(t, "0")}
	for name, tt := range map[string]struct {
		outline Outline
		want    []OutlineFault
	}{
		"start":      {Outline{Start: most, Months: 2, Growths: []ScenarioGrowth{flat, grown}}, []OutlineFault{{Part: PartStart, Scenario: ScenarioLow, Month: 1}, {Part: PartStart, Scenario: ScenarioHigh, Month: 1}}},
		"growth":     {Outline{Start: most / 1_000_000, Months: 36, Growths: []ScenarioGrowth{flat, grown}}, []OutlineFault{{Part: PartGrowth, Scenario: ScenarioHigh}}},
		"quantities": {Outline{Quantities: []int64{1, 2, most}}, []OutlineFault{{Part: PartQuantities, Scenario: ScenarioEntered, Month: 3}}},
	} {
		tt.outline.Driver = drivers[i]
		scenarios, faults := tt.outline.Scenarios(b.NewUsage())
		if scenarios != nil || len(faults) != len(tt.want) {
			t.Fatalf("%s: %d scenarios, faults %+v", name, len(scenarios), faults)
		}
		for n, f := range faults {
			want := tt.want[n]
			if f.Part != want.Part || f.Scenario != want.Scenario || want.Month > 0 && f.Month != want.Month || f.Month < 1 || f.Fault.Code != CodeOutOfRange || f.Fault.Input != "" {
				t.Errorf("%s: %+v, %v", name, f, f.Fault)
			}
		}
	}
}
