package views

import (
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// ComparedFigure is a row of amounts that every column has.
type ComparedFigure struct {
	ID, Name string
	Cells    []ComparedAmount
	// Total marks the row of totals.
	Total bool
}

// ComparedAmount is one of them.
type ComparedAmount struct {
	Amount, Remark string
	// Exact is the amount as a decimal number; empty where there is none.
	Exact string
	Best  bool
}

func (f *ComparedFigure) class() string {
	if f.Total {
		return "total"
	}
	return ""
}

// ComparedRow is what is charged for.
type ComparedRow struct {
	Name  string
	Cells []ComparedCell
}

// ComparedCell is what a column charges, or why it does not.
type ComparedCell struct {
	Amount, Reason string
	// Exact is the amount as a decimal number; empty where there is none.
	Exact string
	// State is that of the engine, for the style.
	State string
	Lines []ComparedLine
}

// ComparedLine is one line item in a cell. It has a name and an amount of its own
// where there are several.
type ComparedLine struct {
	ID, Name, Amount, Formula string
}

// figures are the rows of amounts: the total first.
func (in *comparisonPage) figures() []ComparedFigure {
	w := in.words
	row := func(id, name string, amount func(o *pricing.OptionEstimate) decimal.Decimal) ComparedFigure {
		f := ComparedFigure{ID: id, Name: name}
		for i := range in.compared.Columns {
			cell := ComparedAmount{Amount: noAmount}
			if o := in.compared.Columns[i].Option; o != nil && !in.isNothing(i) {
				cell.Amount, cell.Exact = money(amount(o)), amount(o).StringFixed(2)
			}
			f.Cells = append(f.Cells, cell)
		}
		return f
	}
	total := row("total", in.totalLabel(), func(o *pricing.OptionEstimate) decimal.Decimal { return o.Total })
	total.Total = true
	difference := ComparedFigure{ID: "difference", Name: w.ToCheapest}
	for i := range in.compared.Columns {
		column := &in.compared.Columns[i]
		cell := ComparedAmount{Amount: noAmount}
		switch {
		case column.Cheapest:
			cell.Amount, cell.Best = wordsIn(in.Lang).Cheapest, true
			total.Cells[i].Best = true
		case column.Difference != nil && column.Standing() != pricing.StandingNothing:
			cell.Amount, cell.Exact = signed(*column.Difference, money(column.Difference.Abs())), column.Difference.StringFixed(2)
		}
		switch {
		case column.ServesAll():
		case in.isNothing(i):
			total.Cells[i].Remark = w.NothingPriced
		case column.Standing() != pricing.StandingUnable:
			total.Cells[i].Remark = w.Partly
			if cell.Amount != noAmount {
				cell.Remark = w.Partly
			}
		case column.Option != nil:
			total.Cells[i].Remark = w.Without
		}
		difference.Cells = append(difference.Cells, cell)
	}
	return []ComparedFigure{
		total,
		difference,
		row("monthly", w.Monthly, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Monthly }),
		row("prepaid", w.DueUpFront, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Prepaid }),
		row("postpaid", w.BilledAfterwards, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Postpaid }),
	}
}

// isNothing reports whether a column prices nothing of what is asked for, and has
// nothing to pay besides: what it comes to is no amount to compare.
func (in *comparisonPage) isNothing(column int) bool {
	c := &in.compared.Columns[column]
	return c.Standing() == pricing.StandingNothing && c.Option.Total.IsZero()
}

// row is what every column charges for one thing.
func (in *comparisonPage) row(r *pricing.ComparedRow) ComparedRow {
	w := in.words
	out := ComparedRow{Name: r.Name.In(in.Lang)}
	for i := range r.Cells {
		c := &r.Cells[i]
		cell := ComparedCell{State: string(c.State)}
		switch c.State {
		case pricing.CellCharged:
			cell.Amount, cell.Exact = exact(c.Amount), c.Amount.String()
		case pricing.CellIncluded:
			cell.Reason = in.why(c)
		case pricing.CellUncovered:
			cell.Reason = w.NotPriced
		case pricing.CellCannot:
			cell.Reason = w.FallsShort
		case pricing.CellOnRequest:
			cell.Reason = w.OnRequest
		case pricing.CellNone:
			cell.Reason = w.NoCharge
		case pricing.CellNoOption:
			cell.Reason = w.NoOption
		}
		for _, line := range c.Lines {
			shown := ComparedLine{ID: line.ID(), Formula: line.Formula, Name: line.Name.In(in.Lang)}
			if len(c.Lines) > 1 {
				shown.Amount = exact(line.Amount)
			}
			if shown.Name == out.Name && shown.Amount == "" {
				shown.Name = ""
			}
			cell.Lines = append(cell.Lines, shown)
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

// why says why a cell that is included costs nothing of its own.
func (in *comparisonPage) why(c *pricing.ComparedCell) string {
	switch c.Why {
	case pricing.IncludedUnasked:
		return in.words.NotAsked
	case pricing.IncludedElsewhere:
		return wording.Fill(in.words.PartOf, in.compared.Rows[c.PartOf].Name.In(in.Lang))
	default:
		return in.words.NothingDue
	}
}

// exact writes an exact amount, with two decimals at least.
func exact(d decimal.Decimal) string {
	text := strings.TrimRight(aligned([]decimal.Decimal{d.Abs()})[0], "\u2007")
	if d.IsNegative() {
		return "−" + text
	}
	return text
}
