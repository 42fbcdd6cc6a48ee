package views

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// turnsTitle says what the break-even points are: where another plan begins to
// pay, unless all there is to say is where the last one ends.
func (d *outlookDrawing) turnsTitle() string {
	points := d.Turns.Points
	if d.Next != nil {
		points = append(slices.Clip(points), *d.Next)
	}
	if len(points) > 0 && !slices.ContainsFunc(points, func(b pricing.BreakEven) bool { return b.After != nil }) {
		return d.words.LastTurn
	}
	return d.words.Turns
}

// turns are the break-even points in sentences.
func (d *outlookDrawing) turns() []string {
	l, w := d.lang, d.words
	var out []string
	for i := range d.Turns.Points {
		b := &d.Turns.Points[i]
		var before *decimal.Decimal
		if b.Before != nil {
			before = d.total(b.Before, b.Quantity)
		}
		out = append(out, d.turn(b, before))
	}
	reach := d.Curve.Quantities[len(d.Curve.Quantities)-1]
	if d.TurnsLeft > 0 {
		out = append(out, fmt.Sprintf(w.MoreTurns, d.TurnsLeft, d.quantity(d.Turns.ExactUpTo)))
	}
	if d.Turns.ExactUpTo < reach {
		out = append(out, wording.Fill(w.CompleteUpTo, d.quantity(d.Turns.ExactUpTo)))
	}
	best := d.Estimate.Recommended()
	switch {
	case d.Next != nil:
		out = append(out, w.NextBeyond+" "+d.turn(d.Next, nil))
	case best == nil || len(d.Curve.Series) == 1:
	case d.NoneUpTo == d.variable.Input().Maximum:
		out = append(out, wording.Fill(w.Stays, best.Option.Name.In(l)))
	case d.NoneUpTo > 0:
		out = append(out, wording.Fill(w.StaysUpTo, best.Option.Name.In(l), d.quantity(d.NoneUpTo)))
	}
	return out
}

// turn is one break-even point; before is the total at it of the option that was
// recommended until there, if that is known.
func (d *outlookDrawing) turn(b *pricing.BreakEven, before *decimal.Decimal) string {
	l, w, at := d.lang, d.words, d.quantity(b.Quantity)
	switch {
	case b.After == nil:
		return wording.Fill(w.NoneServes, at)
	case b.Before == nil:
		return wording.Fill(w.First, at, b.After.Name.In(l), money(b.Total))
	}
	sentence := w.Cheaper
	against := b.TotalBefore
	if before != nil {
		against = *before
	}
	switch {
	case b.Lost:
		return wording.Fill(w.Lost, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total))
	case against.Equal(b.Total):
		return wording.Fill(w.Level, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total))
	case b.Gained:
		sentence = w.Gained
	}
	return wording.Fill(sentence, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total), money(against))
}

// total writes the total of an option at a quantity of the curve.
func (d *outlookDrawing) total(o *pricing.Option, n int64) *decimal.Decimal {
	i := slices.IndexFunc(d.Curve.Series, func(s pricing.Series) bool { return s.Option == o })
	return d.Curve.Series[i].Totals[d.at(n)]
}
