package views

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Chart is a drawing of amounts against quantities: lines that may jump or stop,
// told apart by their dashes and the labels at their ends. It is placed twice, for
// wide and for narrow screens, of which the style sheet shows one.
type Chart struct {
	Title, Desc string
	XTitle      string
	Plots       []Plot
	Keys        []ChartKey
}

// ChartKey is what the legend says of a line.
type ChartKey struct {
	// Letter labels the line where there is no room for its name.
	Letter, Name, Note string
	// Class is that of the line; None says that there is none to be seen.
	Class string
	None  bool
}

// Plot is a chart placed on a grid of pixels. All places are ready to be written.
type Plot struct {
	ID, Class, ViewBox       string
	Left, Right, Top, Bottom string
	XTicks, YTicks           []PlotText
	Lines                    []PlotLine
	Labels                   []PlotText
	Marks                    []PlotMark
	XTitle                   PlotText
}

// PlotText is text at a place.
type PlotText struct{ X, Y, Text, Class string }

// PlotLine is one line: what is drawn through, the jumps, and where the jumps
// of a line that is to be looked at begin and end.
type PlotLine struct {
	Class, Path, Jumps string
	Open, Closed       []PlotText
}

// PlotMark is a quantity that is pointed out.
type PlotMark struct {
	Class, X, Y, Shape string
	// Foot is where the line that leads up to the label begins.
	Foot  string
	Label PlotText
}

// chartInput is what a chart is made from.
type chartInput struct {
	ID, Title, Desc, XTitle string
	Lang                    pricing.Lang
	From, To                int64
	// XTicks are the quantities to name on the axis, and XLabel their names; where
	// there are none the axis has round numbers.
	XTicks []int64
	XLabel func(int64) string
	Series []chartSeries
	Marks  []chartMark
	// Frames are the papers to draw on, if not the usual ones.
	Frames []plotFrame
}

// chartSeries is one line. Its points are in ascending order.
type chartSeries struct {
	Name, Note string
	// Accent marks the line that is to be looked at.
	Accent bool
	Points []chartPoint
}

// chartPoint is a point of a line. Y is nil where the line is absent; Jump says
// that the amount jumps from that of the point before.
type chartPoint struct {
	X    int64
	Y    *decimal.Decimal
	Jump bool
}

// chartMark points out a quantity. Y is nil if there is no amount to it.
type chartMark struct {
	X int64
	Y *decimal.Decimal
	// Label names it, Short where there is little room.
	Label, Short string
	// Present marks what is now; of other marks those are labelled that do not run
	// into each other.
	Present bool
}

// dashes is how many patterns of dashes the style sheet has.
const dashes = 7

func newChart(in *chartInput) *Chart {
	c := &Chart{Title: in.Title, Desc: in.Desc, XTitle: in.XTitle}
	dash := 0
	for i := range in.Series {
		s := &in.Series[i]
		key := ChartKey{Letter: string(rune('A' + i%26)), Name: s.Name, Note: s.Note, None: s.last() == nil}
		if s.Accent {
			key.Class = "accent"
		} else {
			key.Class = "dash-" + strconv.Itoa(dash%dashes+1)
			dash++
		}
		c.Keys = append(c.Keys, key)
	}
	frames := in.Frames
	if frames == nil {
		frames = []plotFrame{
			{class: "wide", width: 1040, height: 400, size: 13, ticks: 10},
			{class: "narrow", width: 400, height: 330, size: 14, ticks: 5, letters: true},
		}
	}
	for _, frame := range frames {
		c.Plots = append(c.Plots, frame.plot(in, c.Keys))
	}
	return c
}

// last returns the last point where the line is present, or nil.
func (s *chartSeries) last() *chartPoint {
	for i := len(s.Points) - 1; i >= 0; i-- {
		if s.Points[i].Y != nil {
			return &s.Points[i]
		}
	}
	return nil
}

// plotFrame is the paper that a chart is drawn on.
type plotFrame struct {
	class               string
	width, height, size int64 // in pixels; the size is that of the type
	ticks               int64
	letters             bool
}

// plotter places one chart in one frame. Places are in tenths of a pixel.
type plotter struct {
	*plotFrame
	in                       *chartInput
	keys                     []ChartKey
	x                        countScale
	y                        scale
	left, right, top, bottom int64
}

func (f *plotFrame) plot(in *chartInput, keys []ChartKey) Plot {
	p := &plotter{plotFrame: f, in: in, keys: keys}
	yTicks := p.amounts()
	margin := int64(0)
	for _, t := range yTicks {
		margin = max(margin, textWidth(shortMoney(t, in.Lang), f.size))
	}
	p.left, p.top = 10*(margin+12), 10*(3*f.size+10)
	if len(in.Marks) == 0 { // and so no labels above
		p.top = 10 * f.size
	}
	p.right, p.bottom = 10*(f.width-p.labelRoom()), 10*(f.height-3*f.size-6)
	p.x = countScale{in.From, in.To, p.left, p.right}
	p.y = newScale(yTicks[0], yTicks[len(yTicks)-1], p.bottom, p.top)

	out := Plot{
		ID: in.ID + "-" + f.class, Class: f.class,
		ViewBox: "0 0 " + strconv.FormatInt(f.width, 10) + " " + strconv.FormatInt(f.height, 10),
		Left:    px(p.left), Right: px(p.right), Top: px(p.top), Bottom: px(p.bottom),
		XTitle: PlotText{X: px((p.left + p.right) / 2), Y: px(10 * (f.height - 5)), Text: in.XTitle},
	}
	for _, t := range yTicks {
		out.YTicks = append(out.YTicks, PlotText{X: px(p.left - 80), Y: px(p.y.at(t)), Text: shortMoney(t, in.Lang)})
	}
	out.XTicks = p.quantities()
	for i := range in.Series {
		if line := p.line(i); line.Path != "" {
			out.Lines = append(out.Lines, line)
		}
	}
	slices.SortStableFunc(out.Lines, func(a, b PlotLine) int { // the accent lies on top
		return cmp.Compare(strings.Count(a.Class, "accent"), strings.Count(b.Class, "accent"))
	})
	out.Labels = p.labels()
	out.Marks = p.marks()
	return out
}

// shortMoney writes an amount as a tick of an axis says it.
func shortMoney(d decimal.Decimal, l pricing.Lang) string { return "¥" + shortNumber(d, l) }

// amounts returns the ticks of the axis of amounts, from 0 to one that is above
// all of them.
func (p *plotter) amounts() []decimal.Decimal {
	highest := decimal.Zero
	for i := range p.in.Series {
		for _, point := range p.in.Series[i].Points {
			if point.Y != nil && point.Y.GreaterThan(highest) {
				highest = *point.Y
			}
		}
	}
	if highest.IsZero() {
		highest = decimal.New(1, 0)
	}
	ticks := niceTicks(decimal.Zero, highest, 6, false)
	if last := ticks[len(ticks)-1]; last.LessThan(highest) {
		ticks = append(ticks, last.Add(ticks[1]))
	}
	return ticks
}

// labelRoom returns the width of what stands behind the ends of the lines.
func (p *plotter) labelRoom() int64 {
	if p.letters {
		return 24
	}
	room := int64(24)
	for i := range p.keys {
		if !p.keys[i].None {
			room = max(room, min(textWidth(p.keys[i].Name, p.size)+18, 200))
		}
	}
	return room
}

// quantities returns the ticks of the axis of quantities.
func (p *plotter) quantities() []PlotText {
	var ticks []PlotText
	at := p.in.XTicks
	label := p.in.XLabel
	if at == nil {
		for _, t := range niceTicks(decimal.NewFromInt(p.in.From), decimal.NewFromInt(p.in.To), p.ticks, true) {
			at = append(at, t.IntPart())
		}
		label = func(n int64) string { return shortNumber(decimal.NewFromInt(n), p.in.Lang) }
	}
	end := int64(0)
	for _, n := range at {
		text, x := label(n), p.x.at(n)
		if half := 5 * textWidth(text, p.size); x-half >= end {
			end = x + half + 80
		} else {
			text = "" // no room for it
		}
		ticks = append(ticks, PlotText{X: px(x), Y: px(p.bottom + 10*(p.size+6)), Text: text})
	}
	return ticks
}
