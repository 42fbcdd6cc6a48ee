package pricing

import (
	"fmt"
	"strconv"
	"strings"
)

// Entry says in words what was entered or bought.
type Entry struct {
	// ID is that of the input that was set, and of one of its rows as models[0]. It
	// is empty for what is no input.
	ID          string
	Name, Value Text
}

// besides stands between several values of one entry.
const besides = " · "

// Entered lists the term and the inputs that were set, in the order of the book.
// A row is an entry of its own, and names the fields that were set.
func (u *Usage) Entered() []Entry {
	return u.inWords(func(in *Input) bool { return in.ID == Months || !u.IsDefault(in) }, true)
}

// Untouched lists the other inputs, with their defaults. Of a row it names the
// fields that were not set.
func (u *Usage) Untouched() []Entry {
	return u.inWords(func(in *Input) bool { return in.ID != Months && (in.Kind == KindRows || u.IsDefault(in)) }, false)
}

// inWords says some inputs, and of their rows the fields that were set or those
// that were not.
func (u *Usage) inWords(some func(*Input) bool, set bool) []Entry {
	entries := []Entry{}
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		if !some(in) {
			continue
		}
		switch in.Kind {
		case KindRows:
			for n, row := range u.Rows(in) {
				if value := row.inWords(in, set); set || value != (Text{}) {
					entries = append(entries, Entry{ID: fmt.Sprintf("%s[%d]", in.ID, n), Name: in.RowTitle(n), Value: value})
				}
			}
		case KindChoices:
			var made []Text
			for c := range in.Choices {
				if u.Chosen(in, c) {
					made = append(made, in.Choices[c].Name)
				}
			}
			if len(made) == 0 {
				made = []Text{noneChosen}
			}
			entries = append(entries, Entry{ID: in.ID, Name: in.Name, Value: joined(made)})
		default:
			entries = append(entries, Entry{ID: in.ID, Name: in.Name, Value: in.InWords(u.Count(in))})
		}
	}
	return entries
}

// noneChosen is the value of an input of choices of which none was made.
var noneChosen = Text{EN: "none", ZH: "无"}

// inWords says which fields of a row of an input were set, or were not.
func (r Row) inWords(in *Input, set bool) Text {
	var said []Text
	for j := range in.Fields {
		if f := &in.Fields[j]; (r[j] != f.Default) == set {
			value := f.InWords(r[j])
			said = append(said, Text{EN: f.Name.EN + " " + value.EN, ZH: f.Name.ZH + " " + value.ZH})
		}
	}
	return joined(said)
}

// joined returns texts as one.
func joined(texts []Text) Text {
	en, zh := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		en[i], zh[i] = t.EN, t.ZH
	}
	return Text{EN: strings.Join(en, besides), ZH: strings.Join(zh, besides)}
}

// InWords says a value of an input, or of a field of a row, that has one: a
// count, a choice, or yes or no.
func (in *Input) InWords(value int64) Text {
	switch {
	case in.Kind == KindChoice:
		return in.Choices[value].Name
	case in.Kind == KindCount:
		return in.Unit.Counted(value)
	case value == 1:
		return Text{EN: "Yes", ZH: "是"}
	default:
		return Text{EN: "No", ZH: "否"}
	}
}

// RowTitle names the row at a position of an input that has rows.
func (in *Input) RowTitle(row int) Text {
	if in.Lettered {
		return Text{EN: "Group " + RowLetter(row), ZH: RowLetter(row) + " 组"}
	}
	n := strconv.Itoa(row + 1)
	return Text{EN: in.Name.EN + ", row " + n, ZH: in.Name.ZH + " " + n}
}

// Counted says a count with its unit: "15,000 users a day", "15,000 人/天（1.5 万）".
func (u Unit) Counted(n int64) Text {
	digits := strconv.FormatInt(n, 10)
	grouped := Grouped(digits)
	said := Text{EN: grouped + " " + u.For(n, English), ZH: grouped + " " + u.For(n, Chinese)}
	if short := inMyriads(digits); short != "" {
		said.ZH += "（" + short + "）"
	}
	return said
}

// inMyriads writes digits as Chinese counts, in 万 or 亿, where two decimals
// are enough for it: "15000" is "1.5 万". Otherwise it is empty.
func inMyriads(digits string) string {
	for _, unit := range []struct {
		zeros int
		word  string
	}{{8, "亿"}, {4, "万"}} {
		cut := len(digits) - unit.zeros
		if cut <= 0 {
			continue
		}
		fraction := strings.TrimRight(digits[cut:], "0")
		if len(fraction) > 2 {
			continue
		}
		whole := Grouped(digits[:cut])
		if fraction != "" {
			whole += "." + fraction
		}
		return whole + " " + unit.word
	}
	return ""
}
