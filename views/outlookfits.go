package views

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/wording"
)

// FitRow says how much more of an entry fits.
type FitRow struct{ Name, Now, More, Then string }

// BuyRow says how much a budget buys in an option.
type BuyRow struct{ Option, Quantity, Remark, Total string }

// fits are how much more of each entry fits.
func (d *outlookDrawing) fits(headrooms []forms.Headroom) []FitRow {
	l, w := d.lang, d.words
	best := d.Estimate.Recommended()
	if best == nil {
		return nil
	}
	var out []FitRow
	for i := range headrooms {
		v, h := headrooms[i].Variable, headrooms[i].Headroom
		unit := v.Input().Unit
		row := FitRow{Name: d.name(v), Now: countWithUnit(v.Of(d.usage), unit, l)}
		switch {
		case h == nil:
			row.More, row.Then = w.Any, w.NeverRises
		case h.AtLeast:
			row.More, row.Then = wording.Fill(w.AtLeast, fmt.Sprintf(w.More, plain(h.More), countWithUnit(h.UpTo, unit, l))), w.NotSearched
		default:
			row.More = w.NothingMore
			if h.More > 0 {
				row.More = fmt.Sprintf(w.More, plain(h.More), countWithUnit(h.UpTo, unit, l))
			}
			switch {
			case h.Next == nil:
				row.Then = w.NoPlan
			case h.Next == best.Option:
				row.Then = fmt.Sprintf(w.Rises, money(h.Rise))
			default:
				row.Then = wording.Fill(w.RisesWith, money(h.Rise), h.Next.Name.In(l))
			}
		}
		out = append(out, row)
	}
	return out
}

// buys are how much the budget buys in each option.
func (d *outlookDrawing) buys() []BuyRow {
	w := d.words
	var out []BuyRow
	for i := range d.Affordable {
		a := &d.Affordable[i]
		row := BuyRow{Option: a.Option.Name.In(d.lang)}
		switch {
		case a.None && !slices.ContainsFunc(d.Curve.Series[i].Totals, func(t *decimal.Decimal) bool { return t != nil }):
			row.Quantity = w.CannotServe
		case a.None:
			row.Quantity = w.BudgetNone
		case a.NoBound:
			row.Quantity, row.Total = w.Any, money(a.Total)
		default:
			row.Quantity, row.Total = d.quantity(a.Quantity), money(a.Total)
			if a.Unserved {
				row.Remark = w.BudgetLimit
			}
		}
		if a.AtLeast {
			row.Remark = w.BudgetOtherwise
		}
		out = append(out, row)
	}
	return out
}
