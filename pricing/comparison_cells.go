package pricing

import "slices"

// cell returns what a column charges for a row: the lines of its group, if it
// has one, or else why there are none. Of the row's inputs, asked are those
// that some column states.
func (c *Common) cell(column *ComparedColumn, g *chargeGroup, inputs, asked []string) ComparedCell {
	cell := ComparedCell{PartOf: -1}
	if column.Option == nil {
		cell.State = CellNoOption
		return cell
	}
	if g != nil {
		for i := range column.Option.Lines {
			if line := &column.Option.Lines[i]; slices.ContainsFunc(g.charges, func(own *charge) bool { return own.hasLine(line.id) }) {
				cell.Lines = append(cell.Lines, line)
				cell.Amount = cell.Amount.Add(line.Amount)
			}
		}
	}
	violated := func(id string) bool {
		return slices.ContainsFunc(column.Option.Violations, func(v *Violation) bool { return v.Input.ID == id })
	}
	knows := func(id string) bool { return c.knows(column, id) }
	uncovered := func(id string) bool { return column.lacks(id) || len(c.made[id]) > 0 && !knows(id) }
	switch {
	case len(cell.Lines) > 0:
		cell.State = CellCharged
	case slices.ContainsFunc(asked, uncovered):
		cell.State = CellUncovered
	case slices.ContainsFunc(inputs, violated):
		cell.State = CellCannot
	case g != nil && g.onRequest(column.Option, column.Estimate.Usage):
		cell.State = CellOnRequest
	case g != nil || slices.ContainsFunc(inputs, knows):
		cell.State = CellIncluded
	default:
		cell.State = CellNone
	}
	return cell
}

// lacks reports whether an input or a fact is asked for that the column's book
// does not know.
func (c *ComparedColumn) lacks(id string) bool {
	return slices.ContainsFunc(c.Uncovered, func(u Uncovered) bool { return u.ID == id })
}

// sayWhy says of the included cells of a row why they cost nothing of their own.
// What is asked for and has no charge of its own is part of the row in which the
// column charges by the same inputs, or by the same fact of a room; anything else
// that is asked for is part of the plan fee, where there is one.
func (c *Common) sayWhy(rows []ComparedRow, row int, columns []ComparedColumn, asked map[string]bool) {
	r := &rows[row]
	theirs := stating(r.Inputs, columns, asked)
	for i := range columns {
		cell := &r.Cells[i]
		if cell.State != CellIncluded {
			continue
		}
		if len(theirs) == 0 && len(r.Inputs) > 0 {
			cell.Why = IncludedUnasked
			continue
		}
		charging := func(of func(g *chargeGroup) bool) int {
			return slices.IndexFunc(rows, func(other ComparedRow) bool {
				return other.Cells[i].State == CellCharged && of(other.groups[i])
			})
		}
		if r.groups[i] == nil {
			cell.PartOf = charging(func(g *chargeGroup) bool {
				return slices.ContainsFunc(theirs, func(id string) bool {
					return slices.Contains(g.inputs, id) || g.fact != "" && slices.Contains(c.made[id], g.fact)
				})
			})
		}
		if cell.PartOf < 0 && len(r.Inputs) > 0 {
			cell.PartOf = charging(func(g *chargeGroup) bool { return len(g.inputs) == 0 })
		}
		if cell.Why = IncludedFree; cell.PartOf >= 0 {
			cell.Why = IncludedElsewhere
		}
	}
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
