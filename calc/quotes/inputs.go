package quotes

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// inputs are what was entered for an item, by the ids of its price book.
type inputs struct {
	values  map[string]any
	entries []Entry
	// identified says that the entries have ids.
	identified bool
}

func inputsOf(item *Item) *inputs {
	in := &inputs{values: map[string]any{}, entries: item.Entries}
	_ = json.Unmarshal(item.Inputs, &in.values) // what cannot be read states nothing
	in.identified = !slices.ContainsFunc(item.Entries, func(e Entry) bool { return e.ID == "" })
	return in
}

// same reports whether the same usage was entered, whatever the term.
func (in *inputs) same(other *inputs) bool {
	return in.among(other) && other.among(in)
}

// among reports whether others have every input with the same value. What only
// one price book has differs if it was stated.
func (in *inputs) among(other *inputs) bool {
	for id, value := range in.values {
		theirs, there := other.values[id]
		switch {
		case id == pricing.Months:
		case !there:
			if slices.ContainsFunc(in.entries, func(e Entry) bool { return wire.InputOf(e.ID) == id }) {
				return false
			}
		case !in.value(id, value, theirs, other):
			return false
		}
	}
	return true
}

// rowEntry returns the id of the entry of a row, counting from 0.
func rowEntry(rows string, row int) string { return rows + "[" + strconv.Itoa(row) + "]" }

// entry reports whether others have what an entry is of, an input or one of its
// rows, with the same value.
func (in *inputs) entry(id string, other *inputs) bool {
	value, there := in.find(id)
	theirs, both := other.find(id)
	return there && both && in.value(id, value, theirs, other)
}

func (in *inputs) find(id string) (value any, there bool) {
	input, rest, isRow := strings.Cut(id, "[")
	value, there = in.values[input]
	if !isRow {
		return value, there
	}
	rows, _ := value.([]any)
	n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil || n < 0 || n >= len(rows) {
		return nil, false
	}
	return rows[n], true
}

// value reports whether two values of an input, or of a row, are the same.
func (in *inputs) value(id string, value, theirs any, other *inputs) bool {
	switch value := value.(type) {
	case []any:
		list, ok := theirs.([]any)
		if !ok || len(list) != len(value) {
			return false
		}
		for i := range value {
			if !in.value(rowEntry(id, i), value[i], list[i], other) {
				return false
			}
		}
		return true
	case map[string]any:
		row, ok := theirs.(map[string]any)
		return ok && in.row(id, value, row, other)
	default:
		return value == theirs
	}
}

// row reports whether two rows are the same. Where only one price book has a
// field, the words tell whether it was stated, if there are any.
func (in *inputs) row(id string, row, theirs map[string]any, other *inputs) bool {
	fields := 0
	for field, value := range row {
		if their, both := theirs[field]; both {
			fields++
			if value != their {
				return false
			}
		}
	}
	if fields == len(row) && fields == len(theirs) || !in.identified || !other.identified {
		return true
	}
	return in.words(id) == other.words(id)
}

// words returns how an entry says its value.
func (in *inputs) words(id string) string {
	if i := slices.IndexFunc(in.entries, func(e Entry) bool { return e.ID == id }); i >= 0 {
		return in.entries[i].Value
	}
	return ""
}
