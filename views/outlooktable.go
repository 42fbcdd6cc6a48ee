package views

import (
	"fmt"
	"slices"
)

// OutlookTable is the drawing in figures.
type OutlookTable struct {
	Caption, Left string
	Columns       []string
	Rows          []OutlookTableRow
}

// OutlookTableRow has a cell for each option, empty where it cannot serve the
// quantity. Best is the position of the cheapest, or -1.
type OutlookTableRow struct {
	Quantity, Remark, Class string
	Cells                   []string
	Best                    int
}

// maxSteps bounds the steps that the table lists.
const maxSteps = 16

// table is the drawing in figures: at some evenly spread quantities, now, and on
// both sides of every break-even point and of the first steps.
func (d *outlookDrawing) table() OutlookTable {
	l, w, c := d.lang, d.words, d.Curve
	t := OutlookTable{Caption: d.title()}
	for i := range c.Series {
		t.Columns = append(t.Columns, c.Series[i].Option.Name.In(l))
	}
	remarks := map[int]string{}
	both := func(n int64, remark string) {
		at := d.at(n)
		if _, listed := remarks[at-1]; !listed {
			remarks[at-1] = ""
		}
		remarks[at] = remark
	}
	last := len(c.Quantities) - 1
	from, to := c.Quantities[0], c.Quantities[last]
	for i := range int64(11) {
		if at, known := slices.BinarySearch(c.Quantities, from+(to-from)*i/10); known {
			remarks[at] = ""
		}
	}
	for i, n := range c.Steps {
		if i == maxSteps {
			t.Left = fmt.Sprintf(w.StepsLeft, len(c.Steps)-i)
			break
		}
		both(n, w.StepHere)
	}
	for i := range d.Turns.Points {
		b, remark := &d.Turns.Points[i], w.TurnHere
		switch {
		case b.After == nil:
			remark = w.NoneHere
		case b.Before == nil:
			remark = w.FirstHere
		}
		both(b.Quantity, remark)
	}
	present := d.at(d.present())
	for i, n := range c.Quantities {
		remark, listed := remarks[i]
		if !listed && i != present {
			continue
		}
		row := OutlookTableRow{Quantity: plain(n), Remark: remark, Best: c.Recommended[i]}
		if i == present {
			row.Remark, row.Class = w.Now, "now"
		}
		for j := range c.Series {
			text := ""
			if total := c.Series[j].Totals[i]; total != nil {
				text = money(*total)
			}
			row.Cells = append(row.Cells, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
