package views

import (
	"cmp"
	"slices"
	"strings"
)

// labels names the lines: behind those that reach the end of the range, with
// room between the names, and above the ends of those that do not, or below them
// where there is no room above.
func (p *plotter) labels() []PlotText {
	type label struct {
		spot
		text, class string
	}
	var behind []label
	var out []PlotText
	for i := range p.in.Series {
		last := p.in.Series[i].last()
		if last == nil {
			continue
		}
		l := label{p.spot(last), p.keys[i].Name, p.keys[i].Class}
		if p.letters {
			l.text = p.keys[i].Letter
		}
		if last.X == p.in.To {
			behind = append(behind, l)
			continue
		}
		class, x := l.class, l.x
		if x > (p.left+p.right)/2 {
			class += " end"
		}
		y := l.y - 90
		if y < p.top+10*p.size {
			y = l.y + 10*(p.size+7)
		}
		out = append(out, PlotText{X: px(x), Y: px(y), Text: l.text, Class: class})
	}
	slices.SortStableFunc(behind, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	line := 10 * (p.size + 3)
	// Each name is at least a line below the one before it, and the last at the
	// foot of the drawing at the lowest.
	for i := range behind {
		if i > 0 {
			behind[i].y = max(behind[i].y, behind[i-1].y+line)
		}
	}
	lowest := p.bottom
	for i := len(behind) - 1; i >= 0; i-- {
		behind[i].y = min(behind[i].y, lowest)
		lowest = behind[i].y - line
	}
	for _, l := range behind {
		out = append(out, PlotText{X: px(p.right + 80), Y: px(l.y + 4*p.size), Text: clipped(l.text, p.size), Class: l.class})
	}
	return out
}

// clipped shortens a name that is too wide to stand behind a line.
func clipped(name string, size int64) string {
	const room = 182
	if textWidth(name, size) <= room {
		return name
	}
	runes := []rune(name)
	for len(runes) > 1 && textWidth(string(runes), size) > room-10 {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// marks points out quantities: what is now in the upper row of labels, the rest
// below it.
func (p *plotter) marks() []PlotMark {
	var out []PlotMark
	end := int64(0)
	for i := range p.in.Marks {
		m := &p.in.Marks[i]
		if m.X < p.in.From || m.X > p.in.To {
			continue
		}
		x := p.x.at(m.X)
		mark := PlotMark{Class: "turn", X: px(x), Foot: px(p.bottom)}
		if m.Y != nil {
			y := p.y.at(*m.Y)
			mark.Y, mark.Foot = px(y), px(y)
			mark.Shape = diamond(x, y)
		}
		text, row := m.Label, 20*p.size+60
		if p.letters {
			text = m.Short
		}
		if m.Present {
			mark.Class, mark.Shape, mark.Foot, row = "now", "", px(p.bottom), 10*p.size
		}
		width := 10 * textWidth(text, p.size)
		class, from := "", x-width/2
		switch {
		case from < 0:
			class, from = "start", x
		case from+width > 10*p.width:
			class, from = "end", x-width
		}
		if !m.Present && from < end {
			text = ""
		}
		if text != "" {
			mark.Label = PlotText{X: px(x), Y: px(row), Text: text, Class: class}
			if !m.Present {
				end = from + width + 120
			}
		}
		out = append(out, mark)
	}
	return out
}

// diamond draws the sign of a break-even point.
func diamond(x, y int64) string {
	const r = 55
	return "M" + px(x-r) + " " + px(y) + "L" + px(x) + " " + px(y-r) + "L" + px(x+r) + " " + px(y) + "L" + px(x) + " " + px(y+r) + "Z"
}
