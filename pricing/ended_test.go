package pricing

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"
)

// endingContext ends once it has been asked so many times whether it has, and
// counts how often it is asked after that.
type endingContext struct {
	context.Context
	left, after int
}

func (c *endingContext) Err() error {
	if c.left > 0 {
		c.left--
		return nil
	}
	c.after++
	return context.Canceled
}

// A forecast ends with its context, wherever it is by then, and soon: each loop
// that is long asks.
func TestForecastEndsWithItsContext(t *testing.T) {
	t.Parallel()
	b := embeddedBook(t, "tencent-trtc", "2025-07-10")
	months := grownUsage(b, 36, "8")
	whole := &endingContext{Context: t.Context(), left: 1 << 30}
	if _, err := b.Forecast(whole, months); err != nil {
		t.Fatal(err)
	}
	asked := 1<<30 - whole.left
	if asked < 200 {
		t.Errorf("a forecast asked %d times whether it is still wanted", asked)
	}
	for _, left := range []int{0, 1, 30, asked / 2, asked - 1} {
		ctx := &endingContext{Context: t.Context(), left: left}
		f, err := b.Forecast(ctx, months)
		if f != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("ended after %d: %v, %v", left, f, err)
		}
		if ctx.after > 10 {
			t.Errorf("ended after %d, it went on for %d more", left, ctx.after)
		}
	}
}

// The searches along an axis compute next to nothing once their context ended.
func TestAxesEndWithTheirContext(t *testing.T) {
	t.Parallel()
	b := embeddedBook(t, "tencent-trtc", "2025-07-10")
	u := usageOf(t, b, `{"av_hd_minutes": 123457}`)
	in, _ := b.Input("av_hd_minutes")
	v := u.Variables()[slices.IndexFunc(u.Variables(), func(v Variable) bool { return v.Input() == in })]
	for name, search := range map[string]func(a *Axis){
		"break-evens": func(a *Axis) { a.BreakEvens(0, in.Maximum) },
		"headroom":    func(a *Axis) { a.Headroom() },
		"budget":      func(a *Axis) { a.Budget(one.Shift(6)) },
		"curve":       func(a *Axis) { a.Curve(0, in.Maximum, 500) },
	} {
		whole := &endingContext{Context: t.Context(), left: 1 << 30}
		axis := u.Axes(whole).Of(v)
		made := whole.left
		search(axis)
		ended := &endingContext{Context: t.Context()}
		axis = u.Axes(ended).Of(v)
		ended.after = 0
		search(axis)
		if asked := made - whole.left; ended.after > 20 || asked < 2*ended.after {
			t.Errorf("%s: asked %d times, and %d once it had ended", name, asked, ended.after)
		}
	}
}

// weighingContext measures now and then how much memory is in use.
type weighingContext struct {
	context.Context
	asked int
	most  uint64
}

func (c *weighingContext) Err() error {
	if c.asked++; c.asked%40 == 0 {
		c.most = max(c.most, memoryInUse())
	}
	return nil
}

func memoryInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// The dearest forecast, of everything at once in three ways to grow, takes less
// than 10 MB at any time.
func TestMemoryOfAForecast(t *testing.T) {
	manyCases(t)
	for _, p := range catalogOf(t).Products() {
		b := p.Newest()
		scenarios := [][]*Usage{grownUsage(b, 36, "8"), grownUsage(b, 36, "20"), grownUsage(b, 36, "-5")}
		var all []*Forecast
		before := memoryInUse()
		ctx := &weighingContext{Context: t.Context()}
		for _, months := range scenarios {
			f, err := b.Forecast(ctx, months)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, f)
		}
		most := max(ctx.most, memoryInUse()) - before
		runtime.KeepAlive(all)
		t.Logf("%s: %.1f MB", p.ID, float64(most)/1e6)
		if most > 10_000_000 {
			t.Errorf("%s takes %d bytes", p.ID, most)
		}
	}
}
