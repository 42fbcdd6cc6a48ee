package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/wording"
)

// chart draws the curve.
func (d *outlookDrawing) chart(turns []string) *Chart {
	l, w, c := d.lang, d.words, d.Curve
	last := len(c.Quantities) - 1
	in := &chartInput{
		ID: "outlook-chart", Lang: l, From: c.Quantities[0], To: c.Quantities[last],
		Title:  d.title(),
		XTitle: d.name(d.variable) + " · " + d.variable.Input().Unit.In(l),
	}
	accent := d.accent()
	for i := range c.Series {
		in.Series = append(in.Series, d.series(i, i == accent))
	}
	now := chartMark{X: d.present(), Present: true, Label: fmt.Sprintf(w.NowMark, plain(d.present()))}
	now.Short = now.Label
	if best := d.Estimate.Recommended(); best != nil {
		now.Y = &best.Total
		in.Desc = wording.Fill(w.Desc, plain(in.From), d.quantity(in.To), plain(d.present()), best.Option.Name.In(l), money(best.Total))
	} else {
		in.Desc = wording.Fill(w.DescNone, plain(in.From), d.quantity(in.To), plain(d.present()))
	}
	in.Desc = strings.Join(append([]string{in.Desc}, turns...), " ")
	for i := range d.Turns.Points {
		b := &d.Turns.Points[i]
		m := chartMark{X: b.Quantity, Short: plain(b.Quantity), Label: plain(b.Quantity)}
		if b.After != nil {
			m.Y = &b.Total
			m.Label += " → " + b.After.Name.In(l)
		}
		in.Marks = append(in.Marks, m)
	}
	in.Marks = append(in.Marks, now)
	return newChart(in)
}

// title says what is drawn.
func (d *outlookDrawing) title() string {
	return wording.Fill(d.words.ChartTitle, d.totalLabel(), d.name(d.variable))
}

func (d *outlookDrawing) totalLabel() string {
	w := wordsIn(d.lang)
	if months := d.usage.Months(); months > 1 {
		return fmt.Sprintf(w.TotalFor, term(months, w))
	}
	return w.ForOneMonth
}

// accent returns the position of the option to look at: the recommended one, or
// the first that is anywhere.
func (d *outlookDrawing) accent() int {
	best := d.Curve.Recommended[d.at(d.present())]
	for _, i := range d.Curve.Recommended {
		if best < 0 {
			best = i
		}
	}
	return best
}

// series is the line of an option, and what the legend says of it: its present
// total, and where and why there is no line.
func (d *outlookDrawing) series(i int, accent bool) chartSeries {
	l, w, c := d.lang, d.words, d.Curve
	totals := c.Series[i].Totals
	s := chartSeries{Name: c.Series[i].Option.Name.In(l), Accent: accent}
	first, last := -1, -1
	for j, total := range totals {
		s.Points = append(s.Points, chartPoint{X: c.Quantities[j], Y: total, Jump: d.jumps(totals, j)})
		if total != nil {
			if first < 0 {
				first = j
			}
			last = j
		}
	}
	var notes []string
	o := d.Estimate.Option(c.Series[i].Option.ID)
	switch {
	case o.Feasible && d.Estimate.Recommended() == o:
		notes = append(notes, fmt.Sprintf(w.CheapestKey, money(o.Total)))
	case o.Feasible:
		notes = append(notes, fmt.Sprintf(w.NowKey, money(o.Total)))
	}
	if o.Feasible && !o.Complete {
		notes = append(notes, wordsIn(l).NotComplete)
	}
	switch {
	case first < 0:
		notes = append(notes, w.CannotServe) // the table of options says why
	default:
		if first > 0 {
			notes = append(notes, fmt.Sprintf(w.FromKey, plain(c.Quantities[first])))
		}
		if last < len(totals)-1 {
			notes = append(notes, fmt.Sprintf(w.UpToKey, plain(c.Quantities[last])))
		}
	}
	s.Note = strings.Join(notes, " · ")
	return s
}

// jumps reports whether an option's total jumps to the one at a position. Where
// there is a step some total jumps; this one does if it changes by more than
// twice what it changes by on a unit of the next stretch.
func (d *outlookDrawing) jumps(totals []*decimal.Decimal, j int) bool {
	x := d.Curve.Quantities
	if _, step := slices.BinarySearch(d.Curve.Steps, x[j]); !step || j == 0 || totals[j-1] == nil || totals[j] == nil {
		return false
	}
	change := totals[j].Sub(*totals[j-1]).Abs()
	if change.IsZero() {
		return false
	}
	if j+1 == len(x) || totals[j+1] == nil {
		return true
	}
	// At twice the change of a unit, the whole stretch would change by this much.
	stretch := decimal.NewFromInt(x[j+1] - x[j])
	return change.Mul(stretch).GreaterThan(totals[j+1].Sub(*totals[j]).Abs().Mul(decimal.New(2, 0)))
}
