package pricing

import "slices"

// markRooms gives the groups of a column's book the fact of a room that they are
// charged by: of each fact the group whose inputs are nearest to what it comes
// to, by the inputs in both over the inputs in either, at least half.
func (c *Common) markRooms(groups []*chargeGroup, column int) {
	e := c.rooms[column]
	if e == nil {
		return
	}
	made, ids := e.made(), map[string][]string{}
	for id, facts := range made {
		for _, fact := range facts {
			ids[fact] = append(ids[fact], id)
		}
	}
	for i := range e.Facts.Inputs {
		fact := e.Facts.Inputs[i].ID
		var nearest *chargeGroup
		common, either := 1, 2
		for _, g := range groups {
			both := 0
			for _, id := range g.inputs {
				if slices.Contains(ids[fact], id) {
					both++
				}
			}
			all := len(g.inputs) + len(ids[fact]) - both
			if g.fact == "" && both > 0 && (both*either > common*all || nearest == nil && both*either == common*all) {
				nearest, common, either = g, both, all
			}
		}
		if nearest != nil {
			nearest.fact = fact
		}
	}
}

// knows reports whether a column's book has a price or a limit for an input, under
// whatever name. What comes from the facts of a room it knows by meeting the room:
// all but the facts that it lacks.
func (c *Common) knows(column *ComparedColumn, id string) bool {
	if _, ok := column.Book.Input(id); ok {
		return true
	}
	return column.Derivation != nil && slices.ContainsFunc(c.made[id], func(fact string) bool { return !column.lacks(fact) })
}

// Band is an input for minutes of pictures that does not mean the same in all the
// books that have it.
type Band struct {
	Input *Input
	// Bounds say by column which pictures its minutes are of, such as "up to
	// 640 × 480"; empty where the book does not have the input.
	Bounds []Text
}

// bands returns the inputs that a usage states, for minutes that a room would come
// to, whose pictures are not bounded alike in all books that have them. Minutes as
// they are typed are then not the same thing in each, whatever the inputs are
// called; the facts of a room are.
func (c *Common) bands(u *Usage) []Band {
	var bands []Band
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		if !c.metered[in.ID] || u.IsDefault(in) {
			continue
		}
		band := Band{Input: in, Bounds: make([]Text, len(c.Books))}
		var known []Text
		for j, b := range c.Books {
			if _, ok := b.Input(in.ID); !ok {
				continue
			}
			band.Bounds[j] = c.meters[j].bounds(in.ID)
			known = append(known, band.Bounds[j])
		}
		if slices.ContainsFunc(known, func(t Text) bool { return t != known[0] }) {
			bands = append(bands, band)
		}
	}
	return bands
}
