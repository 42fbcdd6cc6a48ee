package views

import (
	"slices"

	"suanpan/calc/forms"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// RoomSwitch is the choice between the facts of a room and minutes as typed.
type RoomSwitch struct {
	// Name and Value are what the form sends for a room.
	Name, Value string
	FromFacts   bool
	Groups      []FieldGroup
	Examples    []Link
}

// room is the switch between a room and minutes; nil without rooms.
func (in *comparisonPage) room() *RoomSwitch {
	if in.Common.Room == "" {
		return nil
	}
	r := &RoomSwitch{Name: forms.FactsOf, Value: in.Common.Room, FromFacts: in.Facts != nil}
	if in.Facts == nil {
		return r
	}
	f := &fields{Form: in.Facts, lang: in.Lang, faults: in.Faults()}
	r.Groups = f.groups()
	r.Examples = examples(in.Common.Facts, comparePath, func(u *pricing.Usage) string { return in.WithFacts(u).Query() }, in.Lang)
	return r
}

// sayWhere adds to the help of fields that not all columns have which ones do.
func (in *comparisonPage) sayWhere(groups []FieldGroup) {
	for i := range groups {
		for _, f := range groups[i].fields() {
			have := in.having(f.ID)
			if len(have) == 0 {
				continue
			}
			separator := " "
			if in.Lang == pricing.Chinese {
				separator = ""
			}
			f.Help += separator + wording.Fill(in.words.Only, joined(have, in.Lang))
		}
	}
}

// having names the columns that have an input: the product, where all its columns
// have it. It names none if all columns have it.
func (in *comparisonPage) having(input string) []string {
	has := func(c forms.Column) bool { _, ok := c.Book.Input(input); return ok }
	var names []string
	all := true
	for i, c := range in.Columns {
		if !has(c) {
			all = false
			continue
		}
		name := in.name(i)
		if !slices.ContainsFunc(in.Columns, func(other forms.Column) bool { return other.Product == c.Product && !has(other) }) {
			name = c.Book.Name.In(in.Lang)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if all {
		return nil
	}
	return names
}
