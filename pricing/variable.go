package pricing

import "strconv"

// Variable is a count of a usage that may differ from month to month: an input,
// or a field that is a count in one of its rows.
type Variable struct {
	in    *Input // the count, or the field
	rows  *Input // nil for an input
	row   int
	field int
}

// Variables returns the counts of the usage but the term, in the order of the
// book, and in the place of an input of kind rows those of its rows.
func (u *Usage) Variables() []Variable {
	var all []Variable
	for i := range u.book.Inputs {
		in := &u.book.Inputs[i]
		switch {
		case in.ID == Months: // which facts have not
		case in.Kind == KindCount:
			all = append(all, Variable{in: in})
		case in.Kind == KindRows:
			for row := range u.rows[i] {
				for j := range in.Fields {
					if in.Fields[j].Kind == KindCount {
						all = append(all, Variable{in: &in.Fields[j], rows: in, row: row, field: j})
					}
				}
			}
		}
	}
	return all
}

// Input returns the input or the field.
func (v Variable) Input() *Input { return v.in }

// InRow returns the input whose row a field is in, and the position of the row;
// nil for an input.
func (v Variable) InRow() (rows *Input, row int) { return v.rows, v.row }

// ID names the variable as faults do: "dau", or "models[0].input_tokens".
func (v Variable) ID() string {
	if v.rows == nil {
		return v.in.ID
	}
	return v.rows.ID + "[" + strconv.Itoa(v.row) + "]." + v.in.ID
}

// Of returns the quantity that a usage states, which must have the row.
func (v Variable) Of(u *Usage) int64 {
	if v.rows == nil {
		return u.Count(v.in)
	}
	return u.Rows(v.rows)[v.row][v.field]
}

// Each returns a usage for each of some quantities: the same as u but for the
// variable, which u must have. The quantities must be ones that it can have.
func (v Variable) Each(u *Usage, quantities []int64) []*Usage {
	if v.rows == nil {
		return u.Each(v.in, quantities)
	}
	months := make([]*Usage, len(quantities))
	for m, n := range quantities {
		months[m], _ = u.In(u.book)
		months[m].Rows(v.rows)[v.row][v.field] = n
	}
	return months
}

// Each returns a usage for each of some quantities of an input that is a count:
// the same as this one but for that input. The quantities must be ones that the
// input can have.
func (u *Usage) Each(in *Input, quantities []int64) []*Usage {
	months := make([]*Usage, len(quantities))
	for m, n := range quantities {
		months[m], _ = u.In(u.book)
		*months[m].slot(in) = n
	}
	return months
}
