package views

import (
	"fmt"
	"strings"

	"suanpan/pricing"
)

// Entry is an input and the value it has. ID is that of the input, and of one of
// its rows as models[0]; it is empty for what is no input.
type Entry struct {
	ID, Name, Value string
}

// EntriesOf lists the term and the inputs that were set.
func EntriesOf(u *pricing.Usage, l pricing.Lang) []Entry {
	var out []Entry
	book := u.Book()
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if in.ID != pricing.Months && u.IsDefault(in) {
			continue
		}
		switch in.Kind {
		case pricing.KindRows:
			for j, row := range u.Rows(in) {
				var parts []string
				for k := range in.Fields {
					if row[k] != in.Fields[k].Default {
						parts = append(parts, in.Fields[k].Name.In(l)+" "+valueIn(&in.Fields[k], row[k], l))
					}
				}
				out = append(out, Entry{ID: fmt.Sprintf("%s[%d]", in.ID, j), Name: rowTitle(in, j, l), Value: strings.Join(parts, " · ")})
			}
		case pricing.KindChoices:
			var names []string
			for c := range in.Choices {
				if u.Chosen(in, c) {
					names = append(names, in.Choices[c].Name.In(l))
				}
			}
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: strings.Join(names, " · ")})
		default:
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: valueIn(in, u.Count(in), l)})
		}
	}
	return out
}

// valueIn writes the value of an input or field for its reader.
func valueIn(in *pricing.Input, value int64, l pricing.Lang) string {
	switch {
	case in.Kind == pricing.KindChoice:
		return in.Choices[value].Name.In(l)
	case in.Kind == pricing.KindCount:
		return countWithUnit(value, in.Unit, l)
	case value == 1:
		return wordsIn(l).Yes
	default:
		return wordsIn(l).No
	}
}
