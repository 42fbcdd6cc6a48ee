package pricing

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// ComparedRow is one thing that is charged for, with a cell for each column.
type ComparedRow struct {
	Name Text
	// Inputs are the ids of the inputs that it is charged by, sorted; none for a
	// plan fee.
	Inputs []string
	Cells  []ComparedCell
}

// ComparedCell is what one column charges for a row. The amounts of a column's
// cells add up to its option's exact total.
type ComparedCell struct {
	State CellState
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
	// CellIncluded costs nothing: it is part of the option, or nothing of it is
	// asked for.
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

// chargeGroup is what one book charges for by the same inputs.
type chargeGroup struct {
	column  int
	inputs  []string // sorted ids
	charges []*charge
	row     int
}

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
//  2. Groups of different books by the same inputs are one row.
//  3. Of the groups left, those of books of one product that have a charge in
//     common, by its id, are one row.
//  4. Of those left, the groups that share most are one row: the nearest first,
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
		groups = append(groups, c.Books[i].chargeGroups(i)...)
	}
	match(groups, c.Books)
	var rows []ComparedRow
	placed := map[int]bool{}
	for _, g := range groups {
		if placed[g.row] {
			continue
		}
		placed[g.row] = true
		if row, charged := c.row(g, groups, columns, asked); charged {
			rows = append(rows, row)
		}
	}
	return rows
}

// chargeGroups returns what the book charges for, in the order of its charges.
func (b *Book) chargeGroups(column int) []*chargeGroup {
	var groups []*chargeGroup
	for i := range b.charges {
		c := &b.charges[i]
		ids := b.chargedBy(c)
		at := slices.IndexFunc(groups, func(g *chargeGroup) bool { return slices.Equal(g.inputs, ids) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &chargeGroup{column: column, inputs: ids})
		}
		groups[at].charges = append(groups[at].charges, c)
	}
	return groups
}

// chargedBy returns the sorted ids of the inputs that a charge is by.
func (b *Book) chargedBy(c *charge) []string {
	read := slices.Clone(c.quantity.inputs)
	conditions := c.when
	for _, prices := range c.prices {
		for _, p := range prices {
			read = append(read, p.price.reads()...)
			conditions = append(slices.Clip(conditions), p.when...)
		}
	}
	for _, condition := range conditions {
		read = append(read, condition.input)
	}
	var all, stated []string
	for _, i := range read {
		if i == monthsPosition || !b.asks(i, nil) {
			continue
		}
		all = append(all, b.Inputs[i].ID)
		if b.Inputs[i].Default == 0 {
			stated = append(stated, b.Inputs[i].ID)
		}
	}
	if len(stated) == 0 {
		stated = all
	}
	slices.Sort(stated)
	return slices.Compact(stated)
}

// likeness is how near two groups of different columns are.
type likeness struct {
	a, b int // positions of the groups
	// rule is 2, 3 or 4, of [Common.rows].
	rule           int
	common, either int
}

// match gives groups that mean the same the same row: the nearest first, as long
// as no row gets two groups of one column. The groups are in an order that does
// not depend on that of the columns, and so is what comes out.
func match(groups []*chargeGroup, books []*Book) {
	var likes []likeness
	columns := make([]uint64, len(groups)) // of each row, a bit for each column
	for i, g := range groups {
		g.row, columns[i] = i, 1<<g.column
		for j, other := range groups[:i] {
			if l, ok := g.like(other, books); ok {
				l.a, l.b = j, i
				likes = append(likes, l)
			}
		}
	}
	slices.SortStableFunc(likes, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(b.common*a.either, a.common*b.either), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	for _, l := range likes {
		to, from := groups[l.a].row, groups[l.b].row
		if to == from || columns[to]&columns[from] != 0 {
			continue
		}
		columns[to] |= columns[from]
		for _, g := range groups {
			if g.row == from {
				g.row = to
			}
		}
	}
}

// like reports whether two groups can be of one row, and how near they are.
func (g *chargeGroup) like(other *chargeGroup, books []*Book) (likeness, bool) {
	if g.column == other.column {
		return likeness{}, false
	}
	common := 0
	for _, id := range g.inputs {
		if slices.Contains(other.inputs, id) {
			common++
		}
	}
	l := likeness{rule: 4, common: common, either: len(g.inputs) + len(other.inputs) - common}
	switch {
	case slices.Equal(g.inputs, other.inputs):
		return likeness{rule: 2, common: 1, either: 1}, true
	case books[g.column].Product == books[other.column].Product && slices.ContainsFunc(g.charges, other.has):
		l.rule = 3
		return l, true
	default:
		return l, 2*common >= l.either
	}
}

func (g *chargeGroup) has(c *charge) bool {
	return slices.ContainsFunc(g.charges, func(own *charge) bool { return own.id == c.id })
}

// row returns the row that a group is the first of, and whether any column
// charges anything in it.
func (c *Common) row(first *chargeGroup, groups []*chargeGroup, columns []ComparedColumn, asked map[string]bool) (ComparedRow, bool) {
	row := ComparedRow{Cells: make([]ComparedCell, len(columns))}
	ofColumn := make([]*chargeGroup, len(columns))
	for _, g := range groups {
		if g.row == first.row {
			ofColumn[g.column] = g
			row.Inputs = append(row.Inputs, g.inputs...)
		}
	}
	slices.Sort(row.Inputs)
	row.Inputs = slices.Compact(row.Inputs)
	charged, theirs := false, stating(row.Inputs, columns, asked)
	for i := range columns {
		row.Cells[i] = columns[i].cell(ofColumn[i], row.Inputs, theirs)
		state := row.Cells[i].State
		charged = charged || state == CellCharged || state == CellOnRequest
	}
	if charged {
		row.Name = c.Books[first.column].rowName(first)
	}
	return row, charged
}

// rowName names what is charged by a single input after it, and anything else
// after its first charge, whose name may hold a place for an add-on's limit.
func (b *Book) rowName(g *chargeGroup) Text {
	if len(g.inputs) == 1 {
		return b.Inputs[b.position(g.inputs[0])].Name
	}
	return withPlace(g.charges[0].name, "{limit}", Text{EN: "…", ZH: "…"})
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

// cell returns what a column charges for a row: the lines of its group, if it
// has one, or else why there are none. Of the row's inputs, asked are those
// that some column states.
func (c *ComparedColumn) cell(g *chargeGroup, inputs, asked []string) ComparedCell {
	if c.Option == nil {
		return ComparedCell{State: CellNoOption}
	}
	cell := ComparedCell{}
	if g != nil {
		for i := range c.Option.Lines {
			if line := &c.Option.Lines[i]; slices.ContainsFunc(g.charges, func(own *charge) bool { return own.hasLine(line.id) }) {
				cell.Lines = append(cell.Lines, line)
				cell.Amount = cell.Amount.Add(line.Amount)
			}
		}
	}
	has := func(id string) bool { _, ok := c.Book.Input(id); return ok }
	violated := func(id string) bool {
		return slices.ContainsFunc(c.Option.Violations, func(v *Violation) bool { return v.Input.ID == id })
	}
	uncovered := func(id string) bool {
		return !has(id) || slices.ContainsFunc(c.Uncovered, func(u Uncovered) bool { return u.ID == id })
	}
	switch {
	case len(cell.Lines) > 0:
		cell.State = CellCharged
	case slices.ContainsFunc(asked, uncovered):
		cell.State = CellUncovered
	case slices.ContainsFunc(inputs, violated):
		cell.State = CellCannot
	case g != nil && g.onRequest(c.Option, c.Estimate.Usage):
		cell.State = CellOnRequest
	case g != nil || slices.ContainsFunc(inputs, has):
		cell.State = CellIncluded
	default:
		cell.State = CellNone
	}
	return cell
}

// hasLine reports whether a line with the given id is of the charge.
func (c *charge) hasLine(id string) bool {
	if c.id == id {
		return true
	}
	for _, t := range c.further {
		if t.id == id {
			return true
		}
	}
	return false
}

// onRequest reports whether something of the group is asked for that the option
// has no public price for.
func (g *chargeGroup) onRequest(o *OptionEstimate, u *Usage) bool {
	values := u.stated()
	at := slices.IndexFunc(u.book.Options, func(other Option) bool { return other.ID == o.Option.ID })
	for _, c := range g.charges {
		for _, p := range c.prices[at] {
			if _, ok := p.price.(*onRequest); ok && c.when.hold(values) && p.when.hold(values) && c.quantity.of(values).IsPositive() {
				return true
			}
		}
	}
	return false
}
