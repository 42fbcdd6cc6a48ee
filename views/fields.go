package views

import (
	"fmt"
	"strings"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// FieldGroup is a group of fields under one heading.
type FieldGroup struct {
	ID, Name string
	// Foldable groups can be closed; Open says that the page shows it open.
	Foldable, Open bool
	// Set says how many fields have something set, or nothing.
	Set string
	// Blocks are the group's fields and tables of fields, in order.
	Blocks []Block
	// Estimators are those whose first figure is in the group.
	Estimators []EstimatorLink
}

// Block is one of the two.
type Block struct {
	Field  *Field
	Matrix *Matrix
}

// Matrix is a table of counts that differ in two things, such as minutes by
// kind and by resolution.
type Matrix struct {
	Caption, Unit string
	Columns       []string
	Rows          []MatrixRow
}

// MatrixRow is one row of a matrix; where there is no such input the cell is
// nil.
type MatrixRow struct {
	Name  string
	Cells []*Field
}

// Field is one input of the form.
type Field struct {
	// ID is the field's name in the form, and its id in the page with dashes
	// for dots.
	ID, Name, Help string
	Kind           pricing.Kind
	// Checked and AskedFor are of yes/no fields: AskedFor says that an unticked
	// box must say no, since leaving it out means yes.
	Checked, AskedFor bool
	Value             string
	Placeholder       string
	Unit              string
	Note              Note
	// DescribedBy are the elements that describe a count.
	DescribedBy string
	// Choices are those of a choice or choices.
	Choices []FieldChoice
	// Rows are those of an input of kind rows.
	Rows []FieldRow
}

// FieldChoice is one choice of a field.
type FieldChoice struct {
	ID, Name, Note string
	Chosen         bool
}

// FieldRow is one row of fields, with what its buttons send.
type FieldRow struct {
	Title             string
	Fields            []Field
	Duplicate, Remove string
}

// Note is the line below a field: what was understood, or what is wrong.
type Note struct {
	ID, Text string
	Fault    bool
}

func (n *Note) class() string {
	if n.Fault {
		return "note fault"
	}
	return "note"
}

// elementID is the id of a field's element.
func elementID(field string) string { return strings.ReplaceAll(field, ".", "-") }

// firstField returns the id of the first field of a form, or nothing.
func firstField(groups []FieldGroup) string {
	for i := range groups {
		for _, f := range groups[i].fields() {
			switch {
			case f.Kind == pricing.KindChoices && len(f.Choices) > 0:
				return f.ID + "-" + f.Choices[0].ID
			case f.Kind == pricing.KindRows && len(f.Rows) > 0:
				return elementID(f.Rows[0].Fields[0].ID)
			case f.Kind != pricing.KindChoices && f.Kind != pricing.KindRows:
				return elementID(f.ID)
			}
		}
	}
	return ""
}

// fields makes the fields of a form that is filled in. The faults may be more
// than the form's own.
type fields struct {
	*forms.Form
	lang   pricing.Lang
	faults map[string]*pricing.InputError
}

// all places the inputs of the book in their groups, and returns the field of the
// term beside them.
func (in *fields) all() (term Field, groups []FieldGroup) {
	return in.field(&in.Book.Inputs[0]), in.groups()
}

// groups places the inputs of the book in their groups.
func (in *fields) groups() []FieldGroup {
	groups := make([]FieldGroup, len(in.Book.Groups))
	for i := range groups {
		groups[i] = in.group(&in.Book.Groups[i])
	}
	return groups
}

func (in *fields) group(g *pricing.Group) FieldGroup {
	out := FieldGroup{ID: g.ID, Name: g.Name.In(in.lang), Foldable: g.Folded}
	set, fault := 0, false
	var matrix *Matrix
	for i := range in.Book.Inputs {
		input := &in.Book.Inputs[i]
		if input.Group != g.ID {
			continue
		}
		if !in.Usage.IsDefault(input) {
			set++
		}
		field := in.field(input)
		fault = fault || field.hasFault()
		if input.Matrix == (pricing.Text{}) {
			out.Blocks = append(out.Blocks, Block{Field: &field})
			continue
		}
		if matrix == nil {
			matrix = &Matrix{Caption: out.Name, Unit: field.Unit}
			out.Blocks = append(out.Blocks, Block{Matrix: matrix})
		}
		field.DescribedBy = field.Note.ID // a cell has no unit or help of its own
		if !field.Note.Fault && field.Note.Text != "" {
			field.Note.Text = plain(in.Usage.Count(input)) // the unit is above
		}
		matrix.place(input.Matrix.In(in.lang), input.Column.In(in.lang), &field)
	}
	w := wordsIn(in.lang)
	switch set {
	case 0:
	case 1:
		out.Set = w.SetOne
	default:
		out.Set = fmt.Sprintf(w.SetMany, set)
	}
	out.Open = !g.Folded || set > 0 || fault
	return out
}

// place puts a field into the cell of a row and a column, which are made where
// they are not there yet.
func (m *Matrix) place(row, column string, f *Field) {
	c := -1
	for i := range m.Columns {
		if m.Columns[i] == column {
			c = i
		}
	}
	if c < 0 {
		c = len(m.Columns)
		m.Columns = append(m.Columns, column)
		for i := range m.Rows {
			m.Rows[i].Cells = append(m.Rows[i].Cells, nil)
		}
	}
	for i := range m.Rows {
		if m.Rows[i].Name == row {
			m.Rows[i].Cells[c] = f
			return
		}
	}
	cells := make([]*Field, len(m.Columns))
	cells[c] = f
	m.Rows = append(m.Rows, MatrixRow{Name: row, Cells: cells})
}

// field returns the field of an input.
func (in *fields) field(input *pricing.Input) Field {
	f := in.plain(input, input.ID)
	switch input.Kind {
	case pricing.KindRows:
		rows := in.Usage.Rows(input)
		if len(rows) == 0 && input.Lettered {
			// Without a first one there would be nothing to see of what is asked.
			rows = []pricing.Row{blankRow(input)}
		}
		for i, row := range rows {
			r := in.row(input, i, row)
			if input.Lettered {
				r.offerRows(input, len(rows))
			}
			f.Rows = append(f.Rows, r)
		}
	case pricing.KindChoices:
		for i := range input.Choices {
			c := &input.Choices[i]
			f.Choices = append(f.Choices, FieldChoice{
				ID: c.ID, Name: c.Name.In(in.lang), Note: c.Note.In(in.lang), Chosen: in.Usage.Chosen(input, i),
			})
		}
	default:
		in.fill(&f, input, in.Usage.Count(input))
	}
	return f
}

// plain returns a field without a value.
func (in *fields) plain(input *pricing.Input, name string) Field {
	f := Field{ID: name, Name: input.Name.In(in.lang), Help: input.Help.In(in.lang), Kind: input.Kind}
	f.Note.ID = elementID(name) + "-note"
	if fault := in.faults[name]; fault != nil {
		f.Note.Text, f.Note.Fault = fault.Message.In(in.lang), true
	}
	return f
}

// fill gives a field its value.
func (in *fields) fill(f *Field, input *pricing.Input, value int64) {
	switch input.Kind {
	case pricing.KindYesNo:
		f.Checked, f.AskedFor = value == 1, input.Default == 1
	case pricing.KindChoice:
		for i := range input.Choices {
			c := &input.Choices[i]
			f.Choices = append(f.Choices, FieldChoice{ID: c.ID, Name: c.Name.In(in.lang), Chosen: int64(i) == value})
		}
	default:
		f.Unit = input.Unit.In(in.lang)
		f.DescribedBy = elementID(f.ID) + "-unit " + elementID(f.ID) + "-help " + f.Note.ID
		f.Placeholder = plain(input.Default)
		f.Value = in.Typed[f.ID]
		if !f.Note.Fault && strings.TrimSpace(f.Value) != "" {
			f.Note.Text = countWithUnit(value, input.Unit, in.lang)
		}
	}
}

func (in *fields) row(input *pricing.Input, i int, row pricing.Row) FieldRow {
	r := FieldRow{
		Title:     input.RowTitle(i).In(in.lang),
		Duplicate: fmt.Sprintf("%s.%d.duplicate", input.ID, i),
		Remove:    fmt.Sprintf("%s.%d.remove", input.ID, i),
	}
	for j := range input.Fields {
		f := in.plain(&input.Fields[j], forms.RowField(input.ID, i, input.Fields[j].ID))
		in.fill(&f, &input.Fields[j], row[j])
		r.Fields = append(r.Fields, f)
	}
	return r
}

// blankRow returns a row in which every field has its default.
func blankRow(input *pricing.Input) pricing.Row {
	row := make(pricing.Row, len(input.Fields))
	for j := range row {
		row[j] = input.Fields[j].Default
	}
	return row
}

// offerRows takes out the choices that mean a row which is not there, but for one
// that is chosen: its fault is said beside it.
func (r *FieldRow) offerRows(input *pricing.Input, rows int) {
	for j := range r.Fields {
		var offered []FieldChoice
		for c, choice := range r.Fields[j].Choices {
			if input.Fields[j].Choices[c].Row <= rows || choice.Chosen {
				offered = append(offered, choice)
			}
		}
		r.Fields[j].Choices = offered
	}
}

func (f *Field) hasFault() bool {
	fault := f.Note.Fault
	for i := range f.Rows {
		for j := range f.Rows[i].Fields {
			fault = fault || f.Rows[i].Fields[j].Note.Fault
		}
	}
	return fault
}

// notes returns the notes of a field and of the fields in its rows. A yes/no
// has none: nothing about it can be misunderstood.
func (f *Field) notes() []*Note {
	if f.Kind == pricing.KindYesNo {
		return nil
	}
	notes := []*Note{&f.Note}
	for i := range f.Rows {
		for j := range f.Rows[i].Fields {
			notes = append(notes, f.Rows[i].Fields[j].notes()...)
		}
	}
	return notes
}

// fields returns all fields of a group.
func (g *FieldGroup) fields() []*Field {
	var out []*Field
	for _, b := range g.Blocks {
		if b.Field != nil {
			out = append(out, b.Field)
			continue
		}
		for _, row := range b.Matrix.Rows {
			for _, f := range row.Cells {
				if f != nil {
					out = append(out, f)
				}
			}
		}
	}
	return out
}
