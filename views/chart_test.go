package views

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/pricing"
)

func amounts(values ...int64) []*decimal.Decimal {
	out := make([]*decimal.Decimal, len(values))
	for i, v := range values {
		if v >= 0 {
			d := decimal.NewFromInt(v)
			out[i] = &d
		}
	}
	return out
}

// known is a chart of which the places can be computed by hand: amounts up to
// 100 over quantities up to 10, a line that slopes, one that jumps at 5, and one
// that is there from 2 to 4 only.
func known(l pricing.Lang) *chartInput {
	in := &chartInput{ID: "known", Title: "Title & <b>", Desc: "Desc", XTitle: "Things", Lang: l, From: 0, To: 10}
	sloped, jumping, short := amounts(0, 40, 50, 100), amounts(20, 20, 60, 60), amounts(-1, 80, -1, -1)
	for i, x := range []int64{0, 4, 5, 10} {
		if i == 0 {
			in.Series = []chartSeries{{Name: "Sloped"}, {Name: "Jumping", Accent: true}, {Name: "Short"}, {Name: "Absent <i>", Note: "too small"}}
		}
		in.Series[0].Points = append(in.Series[0].Points, chartPoint{X: x, Y: sloped[i]})
		in.Series[1].Points = append(in.Series[1].Points, chartPoint{X: x, Y: jumping[i], Jump: x == 5})
		in.Series[2].Points = append(in.Series[2].Points, chartPoint{X: x, Y: short[i]})
		in.Series[3].Points = append(in.Series[3].Points, chartPoint{X: x})
	}
	in.Marks = []chartMark{{X: 5, Y: amounts(60)[0], Label: "5 → Jumping", Short: "5"}, {X: 4, Y: amounts(20)[0], Label: "now 4", Short: "now 4", Present: true}}
	return in
}

func TestChartPlaces(t *testing.T) {
	c := newChart(known(pricing.English))
	if len(c.Plots) != 2 || c.Plots[0].Class != "wide" || c.Plots[1].Class != "narrow" {
		t.Fatalf("%+v", c.Plots)
	}
	p := &c.Plots[0]
	// The type is 13 pixels high: 7 for each figure and 8 for "¥" leave 41 pixels on
	// the left, and the names 71 on the right.
	left, right, top, bottom := p.Left, p.Right, p.Top, p.Bottom
	if top != "49" || bottom != "355" {
		t.Errorf("the drawing goes from %s to %s", top, bottom)
	}
	if p.YTicks[0].Text != "¥0" || p.YTicks[0].Y != bottom || p.YTicks[len(p.YTicks)-1].Text != "¥100" || p.YTicks[len(p.YTicks)-1].Y != top {
		t.Errorf("amounts: %+v", p.YTicks)
	}
	if len(p.XTicks) != 11 || p.XTicks[0].X != left || p.XTicks[10].X != right || p.XTicks[10].Text != "10" {
		t.Errorf("quantities: %+v", p.XTicks)
	}
	four, five := p.XTicks[4].X, p.XTicks[5].X
	at := func(amount int64) string { // 306 pixels for 100
		return px(3550 - amount*3060/100)
	}
	// The sloped line is straight, so that nothing between its ends is written; the
	// line to look at comes last.
	want := []PlotLine{
		{Class: "dash-1", Path: "M" + left + " " + bottom + "L" + right + " " + top},
		{Class: "dash-2", Path: "M" + four + " " + at(80) + "h0"},
		{
			Class: "accent",
			Path:  "M" + left + " " + at(20) + "L" + four + " " + at(20) + "M" + five + " " + at(60) + "L" + right + " " + at(60),
			Jumps: "M" + four + " " + at(20) + "L" + five + " " + at(60),
			Open:  []PlotText{{X: four, Y: at(20)}}, Closed: []PlotText{{X: five, Y: at(60)}},
		},
	}
	for i := range want {
		got := p.Lines[i]
		if got.Class != want[i].Class || got.Path != want[i].Path || got.Jumps != want[i].Jumps || !slices.Equal(got.Open, want[i].Open) || !slices.Equal(got.Closed, want[i].Closed) {
			t.Errorf("line %d:\n%+v, not\n%+v", i, got, want[i])
		}
	}
	if len(p.Lines) != 3 {
		t.Errorf("%d lines", len(p.Lines))
	}
	if m := p.Marks[0]; m.X != five || m.Y != at(60) || m.Shape == "" || m.Label.Text != "5 → Jumping" {
		t.Errorf("break-even point: %+v", m)
	}
	if m := p.Marks[1]; m.X != four || m.Y != at(20) || m.Class != "now" || m.Label.Text != "now 4" {
		t.Errorf("now: %+v", m)
	}
	if k := c.Keys[3]; !k.None || k.Note != "too small" || c.Keys[2].None {
		t.Errorf("legend: %+v", c.Keys)
	}
	var names []string
	for _, l := range c.Plots[1].Labels {
		names = append(names, l.Text)
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"A", "B", "C"}) {
		t.Errorf("narrow labels: %v", names)
	}
}

// TestChartIsWellFormed: both plots are XML of their own, whatever the names
// are, with title and description.
func TestChartIsWellFormed(t *testing.T) {
	for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
		var b bytes.Buffer
		if err := chart(newChart(known(l))).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		dec, titles := xml.NewDecoder(&b), 0
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if start, ok := token.(xml.StartElement); ok {
				if start.Name.Local == "title" || start.Name.Local == "desc" {
					titles++
				}
				for _, a := range start.Attr {
					if a.Name.Local == "style" {
						t.Error("the content policy forbids style attributes")
					}
				}
			}
		}
		if titles != 4 {
			t.Errorf("%d titles and descriptions", titles)
		}
	}
}

// TestLabelsDoNotOverlap: names behind lines that end together stand below each
// other, and inside the drawing.
func TestLabelsDoNotOverlap(t *testing.T) {
	in := &chartInput{ID: "close", Lang: pricing.English, To: 1}
	for _, y := range []int64{3, 1, 2, 1000, 0, 4} {
		in.Series = append(in.Series, chartSeries{Name: "N", Points: []chartPoint{{X: 0, Y: amounts(y)[0]}, {X: 1, Y: amounts(y)[0]}}})
	}
	p := newChart(in).Plots[0]
	last := decimal.NewFromInt(-100)
	for _, l := range p.Labels {
		y := decimal.RequireFromString(l.Y)
		if y.Sub(last).LessThan(decimal.NewFromInt(16)) || y.GreaterThan(decimal.NewFromInt(361)) {
			t.Errorf("a name at %s below one at %s", y, last)
		}
		last = y
	}
}

func TestNiceTicks(t *testing.T) {
	for _, tt := range []struct {
		low, high string
		about     int64
		whole     bool
		want      string
	}{
		{"0", "100", 5, false, "0 20 40 60 80 100"},
		{"0", "105674", 6, false, "0 20000 40000 60000 80000 100000"},
		{"0", "3", 10, true, "0 1 2 3"},
		{"0", "0.08", 5, false, "0 0.02 0.04 0.06 0.08"},
		{"1", "36", 5, true, "10 20 30"},
		{"5", "5", 5, true, "5"},
		{"0", "1000000000000", 5, true, "0 200000000000 400000000000 600000000000 800000000000 1000000000000"},
	} {
		var got []string
		for _, d := range niceTicks(decimal.RequireFromString(tt.low), decimal.RequireFromString(tt.high), tt.about, tt.whole) {
			got = append(got, trimmed(d))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s to %s: %s, not %s", tt.low, tt.high, s, tt.want)
		}
	}
}

func TestShortNumber(t *testing.T) {
	for _, tt := range []struct{ n, en, zh string }{
		{"0", "0", "0"}, {"0.05", "0.05", "0.05"}, {"999", "999", "999"}, {"1500", "1.5k", "1,500"}, {"15000", "15k", "1.5 万"},
		{"2500000", "2.5M", "250 万"}, {"30000000000", "30B", "300 亿"}, {"1000000000000", "1,000B", "10,000 亿"},
	} {
		d := decimal.RequireFromString(tt.n)
		if en, zh := shortNumber(d, pricing.English), shortNumber(d, pricing.Chinese); en != tt.en || zh != tt.zh {
			t.Errorf("%s: %q, %q, not %q, %q", tt.n, en, zh, tt.en, tt.zh)
		}
	}
}

func TestPixels(t *testing.T) {
	for tenths, want := range map[int64]string{0: "0", 5: "0.5", 10: "1", 1234: "123.4", -5: "-0.5", -15: "-1.5", -20: "-2"} {
		if got := px(tenths); got != want {
			t.Errorf("%d: %s, not %s", tenths, got, want)
		}
	}
}

// TestNamesStandBesideTheirLines: a name does not lie on the line that it names,
// not even where that is the uppermost place; and without marks there is no room
// kept for their labels.
func TestNamesStandBesideTheirLines(t *testing.T) {
	top, low := decimal.New(15, 0), decimal.New(5, 0)
	in := chartInput{
		ID: "x", Lang: pricing.English, From: 0, To: 60, XLabel: known(pricing.English).XLabel, Frames: known(pricing.English).Frames,
		Series: []chartSeries{
			{Name: "high", Points: []chartPoint{{X: 0, Y: &top}, {X: 40, Y: &top}, {X: 60}}},
			{Name: "low", Points: []chartPoint{{X: 0, Y: &low}, {X: 40, Y: &low}, {X: 60}}},
		},
	}
	c := newChart(&in)
	for i := range c.Plots {
		p := &c.Plots[i]
		at := func(amount string) decimal.Decimal {
			for _, tick := range p.YTicks {
				if tick.Text == amount {
					return placed(tick.Y)
				}
			}
			t.Fatalf("%s: no tick at %s", p.ID, amount)
			return decimal.Zero
		}
		if high := placed(p.Labels[0].Y).Sub(at("¥15")); high.LessThan(decimal.New(14, 0)) {
			t.Errorf("%s: the name of the upper line is %s below it", p.ID, high)
		}
		if above := at("¥5").Sub(placed(p.Labels[1].Y)); above.LessThan(decimal.New(5, 0)) {
			t.Errorf("%s: the name of the lower line is %s above it", p.ID, above)
		}
	}
	in.Marks = []chartMark{{X: 20, Label: "here", Short: "here"}}
	for i, marked := range newChart(&in).Plots {
		if !placed(marked.Top).GreaterThan(placed(c.Plots[i].Top).Add(decimal.New(20, 0))) {
			t.Errorf("%s begins at %s with labels, and at %s without", marked.ID, marked.Top, c.Plots[i].Top)
		}
	}
}

func placed(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// Counts are placed as exact amounts are.
func TestCountScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(0, pricing.MaxCount).Draw(t, "from")
		to := rapid.Int64Range(from, pricing.MaxCount).Draw(t, "to")
		n := rapid.Int64Range(from, pricing.MaxCount).Draw(t, "n")
		left := rapid.Int64Range(0, 5000).Draw(t, "left")
		right := rapid.Int64Range(left, 20000).Draw(t, "right")
		exact := newScale(decimal.NewFromInt(from), decimal.NewFromInt(to), left, right)
		if span := max(to-from, 1); n-from > 2*span {
			n = from + 2*span // what is drawn is not far outside
		}
		counts := countScale{from, to, left, right}
		if got, want := counts.at(n), exact.at(decimal.NewFromInt(n)); got != want {
			t.Fatalf("%d, not %d", got, want)
		}
	})
}
