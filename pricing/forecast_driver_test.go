package pricing

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// driverOf returns the driver of some facts that has the id.
func driverOf(t *testing.T, e *Estimator, facts *Usage, id string) Driver {
	t.Helper()
	all := e.Drivers(facts)
	i := slices.IndexFunc(all, func(d Driver) bool { return d.Variable.ID() == id })
	if i < 0 {
		t.Fatalf("there is no fact %s", id)
	}
	return all[i]
}

// Forty classes of a teacher and twelve pupils a day: whatever of the facts grows,
// every month's usage is what the facts of that month come to, all of it.
func TestFactsGrow(t *testing.T) {
	t.Parallel()
	e := estimatorOf(t, "tencent-trtc", "room")
	state := func(people, sessions int64) *Usage {
		return usageOf(t, e.Facts, fmt.Sprintf(`{"participants": [
			{"sends": "video_1280x720", "screen": "screen_1920x1080", "receives": "everyone"},
			{"people": %d, "sends": "video_640x360", "receives": "group_a"}], "session_minutes": 45, "sessions": %d}`, people, sessions))
	}
	derived := func(facts *Usage, u *Usage) *Usage {
		d, faults := e.Derive(facts)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return d.Apply(u)
	}
	facts := state(12, 1200)
	u := derived(facts, usageOf(t, e.Book(), `{"relay_tencent_mbps": 70, "months": 12}`))
	for _, tt := range []struct {
		fact   string
		volume bool
		has    int64
		want   func(n int64) *Usage
	}{
		{"sessions", true, 1200, func(n int64) *Usage { return state(12, n) }},
		{"participants[1].people", false, 12, func(n int64) *Usage { return state(n, 1200) }},
	} {
		d := driverOf(t, e, facts, tt.fact)
		if d.Of(u) != tt.has || d.Volume() != tt.volume {
			t.Errorf("%s is %d, volume %v", tt.fact, d.Of(u), d.Volume())
		}
		quantities := []int64{tt.has, tt.has * 2, 0}
		months, _, fault := d.Usages(u, quantities)
		if fault != nil {
			t.Fatal(fault)
		}
		for m, n := range quantities {
			if want := derived(tt.want(n), u); !slices.Equal(months[m].values, want.values) {
				t.Errorf("%s of %d: %v, want %v", tt.fact, n, months[m].values, want.values)
			}
		}
		if !slices.Equal(months[0].values, u.values) {
			t.Errorf("%s as it is: %v, want %v", tt.fact, months[0].values, u.values)
		}
		// Every input that is metered grows, by the same factor with the sessions.
		for _, in := range inputsOf(e) {
			if now, double := u.Count(in), months[1].Count(in); now > 0 && (double < now || tt.volume && double != 2*now) {
				t.Errorf("%s: %s goes from %d to %d", tt.fact, in.ID, now, double)
			}
		}
		// What stays is what was not derived, and the other facts.
		rest, others := d.Rest(u)
		if relay, _ := u.book.Input("relay_tencent_mbps"); rest.Count(relay) != 70 || rest.Months() != 12 {
			t.Errorf("%s: the rest is %v", tt.fact, rest.values)
		}
		for _, in := range inputsOf(e) {
			if rest.Count(in) != in.Default {
				t.Errorf("%s: %s stays at %d", tt.fact, in.ID, rest.Count(in))
			}
		}
		if n := d.Variable.Of(others); n != d.Variable.Input().Default || d.Of(u) != tt.has {
			t.Errorf("%s: %d stays", tt.fact, n)
		}
	}
	// A scenario of a fact is the forecast of the usages it comes to.
	d := driverOf(t, e, facts, "sessions")
	s := Scenario{ID: ScenarioEntered, Quantities: []int64{1200, 2400, 4800}}
	s.Usages, _, _ = d.Usages(u, s.Quantities)
	if err := s.Run(t.Context(), e.Book()); err != nil {
		t.Fatal(err)
	}
	for m, n := range s.Quantities {
		want := derived(state(12, n), u)
		want.values[monthsPosition] = 1
		if got := s.Forecast.Months[m].Alone().Recommended(); !got.Total.Equal(want.Estimate().Recommended().Total) && m > 0 {
			t.Errorf("month %d: %s", m+1, got.Total)
		}
	}
}

// Facts that come to more than an input can hold say in which month they first do.
func TestFactsGrowTooLarge(t *testing.T) {
	t.Parallel()
	e := estimatorOf(t, "tencent-trtc", "room")
	facts := usageOf(t, e.Facts, `{"participants": [{"people": 1000000, "sends": "audio"}], "sessions": 1}`)
	d := driverOf(t, e, facts, "sessions")
	months, month, fault := d.Usages(e.Book().NewUsage(), []int64{1, 2, 1_000_000_000, 2_000_000_000})
	if months != nil || month != 3 || fault == nil || !strings.HasPrefix(fault.Message.EN, "Month 3: ") || !strings.HasPrefix(fault.Message.ZH, "第 3 个月：") {
		t.Errorf("%v, month %d, %+v", months, month, fault)
	}
}

// In every estimator some fact says how much there is.
func TestEveryEstimatorHasAVolume(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		for _, e := range p.Estimators(p.Newest()) {
			all := e.Drivers(e.Facts.NewUsage())
			if !slices.ContainsFunc(all, Driver.Volume) || len(all) == 0 || all[0].Estimator != e {
				t.Errorf("%s, %s: %d facts, none is a volume", p.ID, e.ID, len(all))
			}
			if slices.ContainsFunc(p.Newest().NewUsage().Drivers(), Driver.Volume) {
				t.Errorf("%s: an input is a volume", p.ID)
			}
		}
	}
}

// inputsOf returns the inputs among the targets of an estimator, each once.
func inputsOf(e *Estimator) []*Input {
	var inputs []*Input
	for _, t := range e.targets {
		if in := &e.book.Inputs[t.input]; !slices.Contains(inputs, in) {
			inputs = append(inputs, in)
		}
	}
	return inputs
}
