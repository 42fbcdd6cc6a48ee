package pricing

import (
	"cmp"
	"slices"
)

// chargeGroup is what one book charges for by the same inputs.
type chargeGroup struct {
	column  int
	inputs  []string // sorted ids
	charges []*charge
	row     int
	// fact is that of a room whose minutes the group is charged by; empty for none.
	fact string
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
	// rule is 2 to 5, of [Common.rows].
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
	l := likeness{rule: 5, common: common, either: len(g.inputs) + len(other.inputs) - common}
	switch {
	case g.fact != "" && g.fact == other.fact:
		return likeness{rule: 2, common: 1, either: 1}, true
	case slices.Equal(g.inputs, other.inputs):
		return likeness{rule: 3, common: 1, either: 1}, true
	case books[g.column].Product == books[other.column].Product && slices.ContainsFunc(g.charges, other.has):
		l.rule = 4
		return l, true
	default:
		return l, 2*common >= l.either
	}
}

func (g *chargeGroup) has(c *charge) bool {
	return slices.ContainsFunc(g.charges, func(own *charge) bool { return own.id == c.id })
}
