package pricing

import (
	"slices"
	"strconv"
)

// Usage is what the customer states: one value for each input of one book.
// Inputs that nothing was set for have their default. The zero Usage is not
// usable; [Book.NewUsage] makes one. A Usage may be read by several goroutines
// but must not be changed meanwhile.
type Usage struct {
	book   *Book
	values []int64 // by position in book.Inputs
	rows   [][]Row // by position in book.Inputs; only for inputs of kind rows
}

// Row is one row of an input of kind rows: a value for each of its fields.
type Row []int64

// NewUsage returns a usage of the book in which every input has its default.
func (b *Book) NewUsage() *Usage {
	u := &Usage{book: b, values: make([]int64, len(b.Inputs)), rows: make([][]Row, len(b.Inputs))}
	for i := range b.Inputs {
		u.values[i] = b.Inputs[i].Default
	}
	return u
}

// UnknownInput returns the fault of naming an input that the book has not.
func UnknownInput(id string) *InputError {
	return &InputError{Input: id, Code: CodeUnknownInput, Message: Text{
		EN: "This product has no such input.",
		ZH: "该产品没有这个输入项。",
	}}
}

// Cell is the place of one value: that of an input, or of a field in a row.
type Cell struct {
	input *Input
	value *int64
}

// Cell returns the place of an input that is a count, a yes/no or a choice.
func (u *Usage) Cell(in *Input) Cell { return Cell{in, u.slot(in)} }

// Cell returns the place of a field in a row of an input of kind rows.
func (r Row) Cell(rows *Input, field int) Cell { return Cell{&rows.Fields[field], &r[field]} }

// Input returns the input or the field that the value is of.
func (c Cell) Input() *Input { return c.input }

// SetCount sets a count from the text of a number in the form that
// [ParseCount] reads, and returns what is wrong with it, or nil. A refused
// value leaves the cell as it was.
func (c Cell) SetCount(text string) *InputError {
	n, fault := parseCount(text)
	switch {
	case fault == countNotNumber:
		return c.input.Fault(CodeNotANumber)
	case fault == countNotWhole:
		return c.input.Fault(CodeNotWhole)
	case fault == countOutOfRange || n < c.input.Minimum || n > c.input.Maximum:
		return c.input.Fault(CodeOutOfRange)
	}
	*c.value = n
	return nil
}

// SetYesNo sets a yes/no.
func (c Cell) SetYesNo(yes bool) { *c.value = yesNo(yes) }

// SetChoice sets a choice by its id; an unknown one leaves the cell as it was.
func (c Cell) SetChoice(id string) *InputError {
	i := c.input.choice(id)
	if i < 0 {
		return c.input.Fault(CodeUnknownChoice)
	}
	*c.value = int64(i)
	return nil
}

// SetCount sets an input that is a count, as [Cell.SetCount] does.
func (u *Usage) SetCount(in *Input, text string) *InputError { return u.Cell(in).SetCount(text) }

// SetYesNo sets a yes/no input.
func (u *Usage) SetYesNo(in *Input, yes bool) { u.Cell(in).SetYesNo(yes) }

// SetChoice sets a choice by its id.
func (u *Usage) SetChoice(in *Input, id string) *InputError { return u.Cell(in).SetChoice(id) }

// SetChoices sets which choices are made, by their ids; an id may come twice.
func (u *Usage) SetChoices(in *Input, ids []string) *InputError {
	bits := int64(0)
	for _, id := range ids {
		i := in.choice(id)
		if i < 0 {
			return in.Fault(CodeUnknownChoice)
		}
		bits |= 1 << i
	}
	*u.slot(in) = bits
	return nil
}

// SetRows gives an input of kind rows n rows in which every field has its
// default, and returns them to be filled through [Row.Cell]. There can
// be at most [MaxRows].
func (u *Usage) SetRows(in *Input, n int) ([]Row, *InputError) {
	if n > MaxRows {
		return nil, in.Fault(CodeTooManyRows)
	}
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = newRow(in)
	}
	u.rows[u.book.position(in.ID)] = rows
	return rows, nil
}

// newRow returns a row in which every field has its default.
func newRow(rows *Input) Row {
	row := make(Row, len(rows.Fields))
	for i := range rows.Fields {
		row[i] = rows.Fields[i].Default
	}
	return row
}

// InRow returns the fault as that of a field in the row at a position.
func (e *InputError) InRow(rows *Input, row int) *InputError {
	e.Input = rows.ID + "[" + strconv.Itoa(row) + "]." + e.Input
	return e
}

func (u *Usage) slot(in *Input) *int64 { return &u.values[u.book.position(in.ID)] }

// Count returns the value of an input: the number of a count, 1 or 0 for yes
// or no, the position of a choice, a bit for each of the choices. The input
// must be one of the usage's book.
func (u *Usage) Count(in *Input) int64 { return *u.slot(in) }

// Rows returns the rows of an input of kind rows.
func (u *Usage) Rows(in *Input) []Row { return u.rows[u.book.position(in.ID)] }

// Chosen reports whether the choice at position i of an input of kind choices
// is made.
func (u *Usage) Chosen(in *Input, i int) bool { return u.Count(in)&(1<<i) != 0 }

// IsDefault reports whether the input has the value that it has when it is
// left out.
func (u *Usage) IsDefault(in *Input) bool {
	if in.Kind == KindRows {
		return len(u.Rows(in)) == 0
	}
	return u.Count(in) == in.Default
}

// Book returns the book whose inputs the usage has.
func (u *Usage) Book() *Book { return u.book }

// Months returns the term in months.
func (u *Usage) Months() int64 { return u.values[monthsPosition] }

// stated returns the values that limits are compared with: those of the
// inputs, and for rows the number of those that state a quantity.
func (u *Usage) stated() []int64 {
	values := slices.Clone(u.values)
	for i, rows := range u.rows {
		for _, row := range rows {
			if row.states(&u.book.Inputs[i]) {
				values[i]++
			}
		}
	}
	return values
}

// states reports whether a row states a quantity: a count that is not 0 and
// that is 0 where it is left out.
func (r Row) states(rows *Input) bool {
	for i := range rows.Fields {
		if f := &rows.Fields[i]; f.Kind == KindCount && f.Default == 0 && r[i] > 0 {
			return true
		}
	}
	return false
}

func yesNo(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// In returns the same usage in another book: every input that the book has
// too, and whose value it allows. The ids of inputs that had to be left out are
// returned beside it.
func (u *Usage) In(b *Book) (same *Usage, left []string) {
	same = b.NewUsage()
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		if u.IsDefault(in) {
			continue
		}
		to, ok := b.Input(in.ID)
		if !ok || to.Kind != in.Kind || !u.carry(in, same, to) {
			left = append(left, in.ID)
		}
	}
	return same, left
}

// carry sets an input of another usage to the value that it has in this one,
// and reports whether it could.
func (u *Usage) carry(in *Input, other *Usage, to *Input) bool {
	switch in.Kind {
	case KindCount, KindYesNo:
		if n := u.Count(in); n >= to.Minimum && n <= to.Maximum {
			*other.slot(to) = n
			return true
		}
		return false
	case KindChoice:
		return other.SetChoice(to, in.Choices[u.Count(in)].ID) == nil
	case KindChoices:
		var ids []string
		for i := range in.Choices {
			if u.Chosen(in, i) {
				ids = append(ids, in.Choices[i].ID)
			}
		}
		return other.SetChoices(to, ids) == nil
	default:
		return u.carryRows(in, other, to)
	}
}

// carryRows sets all rows or none.
func (u *Usage) carryRows(in *Input, other *Usage, to *Input) bool {
	from := u.Rows(in)
	rows := make([]Row, len(from))
	for i, row := range from {
		rows[i] = newRow(to)
		for j := range in.Fields {
			k := to.field(in.Fields[j].ID)
			if k < 0 && row[j] == in.Fields[j].Default {
				continue
			}
			if k < 0 || !carryField(&in.Fields[j], row[j], &to.Fields[k], &rows[i][k]) {
				return false
			}
		}
	}
	other.rows[other.book.position(to.ID)] = rows
	return true
}

// carryField sets a field to the value of another, and reports whether it could.
func carryField(in *Input, value int64, to *Input, slot *int64) bool {
	if to.Kind != in.Kind {
		return false
	}
	if in.Kind == KindChoice {
		return Cell{to, slot}.SetChoice(in.Choices[value].ID) == nil
	}
	*slot = value
	return value >= to.Minimum && value <= to.Maximum
}

// Count returns the value of one of the fields that a row of an input has.
func (r Row) Count(rows, field *Input) int64 { return r[rows.field(field.ID)] }

// clone returns the same usage, to be changed.
func (u *Usage) clone() *Usage {
	c := u.book.NewUsage()
	copy(c.values, u.values)
	for i, rows := range u.rows {
		for _, row := range rows {
			c.rows[i] = append(c.rows[i], slices.Clone(row))
		}
	}
	return c
}

// equal reports whether two usages of one book state the same.
func (u *Usage) equal(other *Usage) bool {
	return slices.Equal(u.values, other.values) && slices.EqualFunc(u.rows, other.rows, func(a, b []Row) bool {
		return slices.EqualFunc(a, b, slices.Equal[Row])
	})
}

// Work says about how much it takes to estimate the usage, so that callers can
// tell dear requests from cheap ones before they compute: how many prices there
// are to look at for all options, those of rows once for every row.
func (u *Usage) Work() (work int) {
	for i := range u.book.charges {
		for _, prices := range u.book.charges[i].prices {
			for _, p := range prices {
				work++
				if r, ok := p.price.(*rowPrice); ok {
					work += len(u.rows[r.rows])
				}
			}
		}
	}
	return work
}
