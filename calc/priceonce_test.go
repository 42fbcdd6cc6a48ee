package calc_test

import (
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"suanpan/calc/forms"
)

// allocatedByEstimates returns how many objects the function that prices a usage
// has allocated by itself while f ran. The same usages priced as often allocate
// as many, so that the number tells how often they were priced, wherever from.
func allocatedByEstimates(t *testing.T, f func()) int64 {
	t.Helper()
	rate := runtime.MemProfileRate
	runtime.MemProfileRate = 1
	defer func() { runtime.MemProfileRate = rate }()
	sum := func() (n int64) {
		runtime.GC() // the profile is that of the last cycle but one
		runtime.GC()
		records := make([]runtime.MemProfileRecord, 10_000)
		used, ok := runtime.MemProfile(records, true)
		for !ok {
			records = make([]runtime.MemProfileRecord, used+1000)
			used, ok = runtime.MemProfile(records, true)
		}
		for i := range records[:used] {
			if allocator(&records[i]) == "suanpan/pricing.(*Usage).estimate" {
				n += records[i].AllocObjects
			}
		}
		return n
	}
	before := sum()
	f()
	return sum() - before
}

// allocator returns the function that has asked the runtime for memory.
func allocator(r *runtime.MemProfileRecord) string {
	for frames := runtime.CallersFrames(r.Stack()); ; {
		frame, more := frames.Next()
		if !more || !strings.HasPrefix(frame.Function, "runtime.") {
			return frame.Function
		}
	}
}

// TestDraftIsPricedOnce: whoever opens a draft, types into it or saves it has
// each of its items priced once: what is saved is what was priced.
func TestDraftIsPricedOnce(t *testing.T) {
	s := newServer(t)
	targets := []string{proItem, "/calc/inf-llm?models.0.input_tokens=1500000", "/calc/easemob-im?dau=82370&months=12&option=pro"}
	once := allocatedByEstimates(t, func() {
		for _, target := range targets {
			path, query, _ := strings.Cut(strings.TrimPrefix(target, "/calc/"), "?")
			product, _ := newCatalog(t).Product(path)
			typed, err := url.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			form, ok := forms.Decode(typed, product)
			if !ok || len(form.Faults) > 0 {
				t.Fatalf("%s: %v", target, form.Faults)
			}
			form.Usage.Estimate()
		}
	})
	if once < 2*int64(len(targets)) {
		t.Fatalf("pricing %d items allocates %d objects", len(targets), once)
	}
	r := newRep(t, s)
	for _, target := range targets {
		r.add(target)
	}
	form := belonging(r.page(), "draft")
	press := func(verb string, status int, headers ...string) func() {
		return func() {
			form.Set("do", verb)
			wantStatus(t, r.post(draftPage, form, headers...), status)
		}
	}
	for _, step := range []struct {
		name string
		does func()
	}{
		{"opening", func() { wantStatus(t, r.get(draftPage), http.StatusOK) }},
		{"typing into", press("", http.StatusOK, "HX-Request", "true")},
		{"saving", press("save", http.StatusSeeOther)},
	} {
		if n := allocatedByEstimates(t, step.does); n != once {
			t.Errorf("%s the draft prices each item %.1f times", step.name, float64(n)/float64(once))
		}
	}
}
