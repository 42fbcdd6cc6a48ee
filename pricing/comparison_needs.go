package pricing

import "slices"

// asked returns the ids of the inputs by which a usage asks for something that
// one of the books charges for or limits. An input that says nothing without
// another one asks for nothing where that is not stated: the days of live shows
// without bandwidth, the edition of devices without devices, a row without a
// quantity. That other one counts as it is stated, and as it is priced where the
// book does not allow what is stated: one shelf at the least, of which there are
// none.
func (c *Common) asked(u *Usage, metered []meteredRoom, priced []*Usage) map[string]bool {
	asked := map[string]bool{}
	for i, b := range c.Books {
		values, own := u.statedIn(b), priced[i].stated()
		if d := metered[i].Derivation; d != nil {
			derived := d.Apply(b.NewUsage()).stated()
			for _, t := range d.Estimator.targets {
				values[t.input] = derived[t.input]
			}
		}
		for j := range b.Inputs {
			if b.asks(j, values) || states(values, j) && b.asks(j, own) {
				asked[b.Inputs[j].ID] = true
			}
		}
	}
	return asked
}

// statedIn returns what the usage states of another book's inputs, by their
// positions there, also where that book does not allow it.
func (u *Usage) statedIn(b *Book) []int64 {
	values, stated := b.NewUsage().stated(), u.stated()
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		to, ok := b.Input(in.ID)
		if !ok || to.Kind != in.Kind {
			continue
		}
		slot := &values[b.position(in.ID)]
		if in.Kind != KindChoice {
			*slot = stated[i]
		} else if at := to.choice(in.Choices[stated[i]].ID); at >= 0 {
			*slot = int64(at)
		}
	}
	return values
}

// factAsked reports whether a fact asks for something: whether for any product
// that knows it the room would come to something else without it. The way to
// count audio asks for nothing: it is a question of how a room is metered.
func (c *Common) factAsked(facts *Usage, id string) bool {
	for _, e := range c.rooms {
		if e == nil {
			continue
		}
		fact := e.Facts.position(id)
		if fact < 0 || !e.rule.(*room).asks(fact) {
			continue
		}
		theirs, _ := carry(facts, e.Facts)
		with, _ := e.Derive(theirs)
		theirs.values[fact], theirs.rows[fact] = e.Facts.Inputs[fact].Default, nil
		without, _ := e.Derive(theirs)
		if with == nil || without == nil || !slices.Equal(with.Yields, without.Yields) {
			return true
		}
	}
	return false
}
