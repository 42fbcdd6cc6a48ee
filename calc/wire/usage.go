package wire

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// DecodeUsage reads a JSON object of inputs as a usage of the book. The error
// is a [*Malformed]; faults of single inputs are returned beside it.
func DecodeUsage(text []byte, book *pricing.Book) (*pricing.Usage, []*pricing.InputError, error) {
	members, err := object(text)
	if err != nil {
		return nil, nil, err
	}
	u, faults := usage(members, book)
	return u, faults, nil
}

func usage(inputs []member, book *pricing.Book) (*pricing.Usage, []*pricing.InputError) {
	u := book.NewUsage()
	return u, setAll(u, inputs)
}

// setAll sets inputs of a usage, and returns every fault.
func setAll(u *pricing.Usage, inputs []member) []*pricing.InputError {
	book := u.Book()
	given := make(map[string]jsontext.Value, len(inputs))
	for _, m := range inputs {
		given[m.name] = m.value
	}
	var faults []*pricing.InputError
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if value, ok := given[in.ID]; ok {
			faults = append(faults, set(u, in, value)...)
		}
	}
	for _, m := range inputs {
		if _, ok := book.Input(m.name); !ok {
			faults = append(faults, pricing.UnknownInput(m.name))
		}
	}
	return faults
}

// set sets one input from its JSON value, and returns what is wrong with it.
func set(u *pricing.Usage, in *pricing.Input, value jsontext.Value) []*pricing.InputError {
	switch isArray := value.Kind() == '['; {
	case in.Kind == pricing.KindRows && isArray:
		return setRows(u, in, value)
	case in.Kind == pricing.KindChoices && isArray:
		return setChoices(u, in, value)
	}
	if fault := setCell(u.Cell(in), value); fault != nil {
		return []*pricing.InputError{fault}
	}
	return nil
}

// setCell sets an input or the field of a row that has a single value.
func setCell(cell pricing.Cell, value jsontext.Value) *pricing.InputError {
	in := cell.Input()
	switch kind := value.Kind(); {
	case in.Kind == pricing.KindYesNo && (kind == 't' || kind == 'f'):
		cell.SetYesNo(kind == 't')
		return nil
	case in.Kind == pricing.KindCount && kind == '0':
		return cell.SetCount(string(value))
	case in.Kind == pricing.KindCount && kind == '"':
		return cell.SetCount(unquote(value))
	case in.Kind == pricing.KindChoice && kind == '"':
		return cell.SetChoice(unquote(value))
	default:
		return in.Fault(pricing.CodeWrongType)
	}
}

// setChoices sets which choices are made, and returns each kind of fault among
// them once.
func setChoices(u *pricing.Usage, in *pricing.Input, value jsontext.Value) []*pricing.InputError {
	var ids []string
	var faults []*pricing.InputError
	for _, v := range array(value) {
		switch {
		case v.Kind() == '"':
			ids = append(ids, unquote(v))
		case faults == nil:
			faults = append(faults, in.Fault(pricing.CodeWrongType))
		}
	}
	if fault := u.SetChoices(in, ids); fault != nil {
		faults = append(faults, fault)
	}
	return faults
}

// setRows sets the rows of an input and returns every fault in them.
func setRows(u *pricing.Usage, in *pricing.Input, value jsontext.Value) []*pricing.InputError {
	given := array(value)
	rows, fault := u.SetRows(in, len(given))
	if fault != nil {
		return []*pricing.InputError{fault}
	}
	var faults []*pricing.InputError
	for i, v := range given {
		if v.Kind() != '{' {
			faults = append(faults, &pricing.InputError{
				Input: fmt.Sprintf("%s[%d]", in.ID, i), Code: pricing.CodeWrongType, Message: noRow,
			})
			continue
		}
		members, err := object(v)
		if err != nil {
			continue // the reader has accepted the whole text
		}
		faults = append(faults, setRow(in, i, rows[i], members)...)
	}
	return faults
}

// noRow is said of a row that is something else.
var noRow = pricing.Text{
	EN: "Give a row as an object, with its fields by name.",
	ZH: "每一行应是一个对象，按名称给出各字段。",
}

func setRow(in *pricing.Input, position int, row pricing.Row, members []member) []*pricing.InputError {
	var faults []*pricing.InputError
	given := make(map[string]jsontext.Value, len(members))
	for _, m := range members {
		given[m.name] = m.value
	}
	for j := range in.Fields {
		f := &in.Fields[j]
		value, ok := given[f.ID]
		if !ok {
			continue
		}
		delete(given, f.ID)
		if fault := setCell(row.Cell(in, j), value); fault != nil {
			faults = append(faults, fault.InRow(in, position))
		}
	}
	for _, m := range members {
		if _, unknown := given[m.name]; unknown {
			faults = append(faults, pricing.UnknownInput(m.name).InRow(in, position))
		}
	}
	return faults
}
