package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// ComparedRow is one thing that is charged for, with a cell for each column.
type ComparedRow struct {
	// Name is that of something a column charges for.
	Name Text
	// Inputs are the ids of the inputs that it is charged by, sorted; none for a
	// plan fee.
	Inputs []string
	Cells  []ComparedCell

	groups []*chargeGroup // by column; nil where a book has none
}

// ComparedCell is what one column charges for a row. The amounts of a column's
// cells add up to its option's exact total.
type ComparedCell struct {
	State CellState
	// Why says of an included cell why it costs nothing; it is empty for any other.
	Why Inclusion
	// PartOf is the row that the price of an included cell is part of, by its
	// position; -1 for none.
	PartOf int
	// Amount is the exact sum of the lines.
	Amount decimal.Decimal
	// Lines are the line items of the cell; none unless it is charged.
	Lines []*Line
}

// CellState says what a cell means.
type CellState string

// The states of a cell.
const (
	// CellCharged has line items.
	CellCharged CellState = "charged"
	// CellIncluded costs nothing of its own: it is part of the option or of another
	// price, or nothing of it is asked for.
	CellIncluded CellState = "included"
	// CellUncovered is asked for, and the book has no price for it.
	CellUncovered CellState = "uncovered"
	// CellCannot is asked for, and the option cannot serve it.
	CellCannot CellState = "cannot"
	// CellOnRequest is asked for, and has no public price.
	CellOnRequest CellState = "on_request"
	// CellNone is nothing that the book charges for, nor is it asked for.
	CellNone CellState = "none"
	// CellNoOption stands in a column that has no option to price.
	CellNoOption CellState = "no_option"
)

// Inclusion says why an included cell costs nothing of its own.
type Inclusion string

// Why a cell costs nothing of its own.
const (
	// IncludedUnasked is not asked for.
	IncludedUnasked Inclusion = "not_asked"
	// IncludedElsewhere is part of the price of another row, such as the plan fee.
	IncludedElsewhere Inclusion = "elsewhere"
	// IncludedFree is asked for, and nothing is to pay for it.
	IncludedFree Inclusion = "free"
)

// rows matches what the columns charge for. The rule needs no list of which
// charge of one product is which of another: it goes by the inputs that a charge
// reads, since an input means the same everywhere.
//
//  1. A charge is by the inputs that it counts or that make it due, but for
//     those that only choose its price: the term, what cannot ask for anything
//     (promotions), and what says nothing unless another input is stated
//     (inputs that are not 0 where they are left out, such as the days of live
//     shows). Charges of one book that are by the same inputs are one group: a
//     plan of push and its overage, a usage and the credit on it. A charge by
//     no input is a plan fee.
//  2. Where minutes come from the facts of a room, groups by what the same fact
//     comes to are one row, whatever the inputs of each product are called.
//  3. Groups of different books by the same inputs are one row.
//  4. Of the groups left, those of books of one product that have a charge in
//     common, by its id, are one row.
//  5. Of those left, the groups that share most are one row: the nearest first,
//     by the inputs in both over the inputs in either, at least half. So the
//     minutes of audio and video are matched though one product takes converted
//     minutes too.
//
// A row has at most one group of a book; whatever is not matched stands alone.
// Rows in which no column charges anything are left out. Of asked see
// [Common.asked].
func (c *Common) rows(columns []ComparedColumn, asked map[string]bool) []ComparedRow {
	var groups []*chargeGroup
	for _, i := range c.order {
		of := c.Books[i].chargeGroups(i)
		c.markRooms(of, i)
		groups = append(groups, of...)
	}
	match(groups, c.Books)
	var rows []ComparedRow
	placed := map[int]bool{}
	for _, g := range groups {
		if placed[g.row] {
			continue
		}
		placed[g.row] = true
		row := c.row(g, groups, columns, asked)
		if i, ok := c.firstCharging(&row); ok {
			row.Name = columns[i].rowName(row.groups[i])
			rows = append(rows, row)
		}
	}
	for i := range rows {
		c.sayWhy(rows, i, columns, asked)
	}
	return rows
}

// row returns the row that a group is the first of.
func (c *Common) row(first *chargeGroup, groups []*chargeGroup, columns []ComparedColumn, asked map[string]bool) ComparedRow {
	row := ComparedRow{Cells: make([]ComparedCell, len(columns)), groups: make([]*chargeGroup, len(columns))}
	for _, g := range groups {
		if g.row == first.row {
			row.groups[g.column] = g
			row.Inputs = append(row.Inputs, g.inputs...)
		}
	}
	slices.Sort(row.Inputs)
	row.Inputs = slices.Compact(row.Inputs)
	theirs := stating(row.Inputs, columns, asked)
	for i := range columns {
		row.Cells[i] = c.cell(&columns[i], row.groups[i], row.Inputs, theirs)
	}
	return row
}

// firstCharging returns the column that a row is named after: of those that
// charge something in it the first by product, or else of those that have no
// public price.
func (c *Common) firstCharging(r *ComparedRow) (column int, ok bool) {
	for _, state := range []CellState{CellCharged, CellOnRequest} {
		for _, i := range c.order {
			if r.Cells[i].State == state {
				return i, true
			}
		}
	}
	return 0, false
}

// rowName names what is charged by a single input after it, and anything else
// after the first of its charges that the option has a line of. The name may hold
// a place for an add-on's limit.
func (c *ComparedColumn) rowName(g *chargeGroup) Text {
	if len(g.inputs) == 1 {
		return c.Book.Inputs[c.Book.position(g.inputs[0])].Name
	}
	named := slices.IndexFunc(g.charges, func(own *charge) bool {
		return slices.ContainsFunc(c.Option.Lines, func(l Line) bool { return own.hasLine(l.id) })
	})
	return withPlace(g.charges[max(named, 0)].name, "{limit}", Text{EN: "…", ZH: "…"})
}

// stating returns those of the inputs that are asked for and that any column
// states.
func stating(ids []string, columns []ComparedColumn, asked map[string]bool) []string {
	var stated []string
	for _, id := range ids {
		if asked[id] && slices.ContainsFunc(columns, func(column ComparedColumn) bool {
			u := column.Estimate.Usage
			in, ok := u.book.Input(id)
			return ok && !u.IsDefault(in)
		}) {
			stated = append(stated, id)
		}
	}
	return stated
}
