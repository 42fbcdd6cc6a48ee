package views

import "suanpan/pricing"

// Entry is an input and the value it has. ID is that of the input, and of one of
// its rows as models[0]; it is empty for what is no input.
type Entry struct {
	ID, Name, Value string
}

// EntriesOf lists the term and the inputs that were set.
func EntriesOf(u *pricing.Usage, l pricing.Lang) []Entry {
	entered := u.Entered()
	out := make([]Entry, len(entered))
	for i, e := range entered {
		out[i] = Entry{ID: e.ID, Name: e.Name.In(l), Value: e.Value.In(l)}
	}
	return out
}

// variableName is the name of what can grow, with its row.
func variableName(v pricing.Variable, l pricing.Lang) string {
	name := v.Input().Name.In(l)
	if rows, row := v.InRow(); rows != nil {
		return rows.RowTitle(row).In(l) + " · " + name
	}
	return name
}
