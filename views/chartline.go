package views

import "strings"

type spot struct{ x, y int64 }

func (p *plotter) spot(point *chartPoint) spot {
	return spot{p.x.at(point.X), p.y.at(*point.Y)}
}

// maxEnds is how many jumps of a line can be told apart by their ends.
const maxEnds = 12

// line draws a series. Where it jumps the pen is lifted.
func (p *plotter) line(i int) PlotLine {
	s := &p.in.Series[i]
	out := PlotLine{Class: p.keys[i].Class}
	var path, jumps strings.Builder
	var stroke []spot
	var open, closed []spot
	finish := func() {
		if len(stroke) > 0 {
			writeStroke(&path, stroke)
		}
		stroke = nil
	}
	for j := range s.Points {
		point := &s.Points[j]
		if point.Y == nil {
			finish()
			continue
		}
		here := p.spot(point)
		if point.Jump && len(stroke) > 0 {
			before := stroke[len(stroke)-1]
			finish()
			writeStroke(&jumps, []spot{before, here})
			open, closed = append(open, spot{before.x, before.y}), append(closed, here)
		}
		stroke = append(stroke, here)
	}
	finish()
	out.Path, out.Jumps = path.String(), jumps.String()
	if s.Accent && len(open) <= maxEnds {
		out.Open, out.Closed = dots(open), dots(closed)
	}
	return out
}

func dots(spots []spot) []PlotText {
	out := make([]PlotText, len(spots))
	for i, s := range spots {
		out[i] = PlotText{X: px(s.x), Y: px(s.y)}
	}
	return out
}

// writeStroke writes a line through some places, without those that lie on the
// straight line between their neighbours. A single place becomes a dot.
func writeStroke(b *strings.Builder, spots []spot) {
	write := func(command byte, s spot) {
		b.WriteByte(command)
		b.WriteString(px(s.x))
		b.WriteByte(' ')
		b.WriteString(px(s.y))
	}
	write('M', spots[0])
	if len(spots) == 1 {
		b.WriteString("h0")
		return
	}
	from := 0
	for i := 2; i <= len(spots); i++ {
		if i == len(spots) || !straight(spots[from:i+1]) {
			write('L', spots[i-1])
			from = i - 1
		}
	}
}

// straight reports whether the places between the first and the last lie on the
// line between these, to a tenth of a pixel.
func straight(spots []spot) bool {
	a, z := spots[0], spots[len(spots)-1]
	width := z.x - a.x
	for _, s := range spots[1 : len(spots)-1] {
		off := (s.y-a.y)*width - (z.y-a.y)*(s.x-a.x)
		if max(off, -off) > width {
			return false
		}
	}
	return true
}
