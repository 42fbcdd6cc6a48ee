// Package wire is the JSON of the public interface: how a request becomes a
// usage, and an estimate or an error becomes text. The server and the command
// line share it, so that both say the same.
package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// Malformed is the error of a body that is not the JSON object that was asked
// for.
type Malformed struct{ Reason string }

// Error returns the reason, in English.
func (m *Malformed) Error() string { return m.Reason }

// theBody is what a request's text is called in the reasons.
const theBody = "The body"

// Of returns the error as one of text that is called something else, in the
// singular, such as a file.
func (m *Malformed) Of(name string) *Malformed {
	if rest, ok := strings.CutPrefix(m.Reason, theBody); ok {
		return malformed("%s%s", name, rest)
	}
	return m
}

func malformed(format string, args ...any) *Malformed {
	return &Malformed{Reason: fmt.Sprintf(format, args...)}
}

// member is one name and value of a JSON object, in the order of the text.
type member struct {
	name  string
	value jsontext.Value
}

// object reads text that is one JSON object and nothing else. Names that come
// twice, at any depth, are refused, as is text that is not UTF-8.
func object(text []byte) ([]member, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(text))
	first, err := dec.ReadToken()
	switch {
	case err != nil:
		return nil, notJSON(err)
	case first.Kind() != '{':
		return nil, malformed(theBody + " is not a JSON object.")
	}
	var members []member
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return nil, notJSON(err)
		}
		m := member{name: name.String()}
		value, err := dec.ReadValue()
		if err != nil {
			return nil, notJSON(err)
		}
		m.value = value.Clone()
		members = append(members, m)
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, notJSON(err)
	}
	if _, err := dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, malformed("There is something behind the JSON object.")
	}
	return members, nil
}

// notJSON says where text stops being JSON.
func notJSON(err error) *Malformed {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		if errors.Is(err, jsontext.ErrDuplicateName) {
			return malformed("A name comes twice in an object, at byte %d.", syntax.ByteOffset)
		}
		return malformed(theBody+" is not JSON, at byte %d.", syntax.ByteOffset)
	}
	return malformed(theBody + " is not JSON.")
}

// EstimateRequest is the body of a request for an estimate. Its inputs are
// read later, when the price book is known.
type EstimateRequest struct {
	// Product is empty if the request has none.
	Product string
	// PriceBook is nil if the request names none.
	PriceBook *string
	// Lang is empty if the request names none.
	Lang   pricing.Lang
	inputs []member
}

// DecodeEstimateRequest reads the body of a request for an estimate. Its error
// is a [*Malformed].
func DecodeEstimateRequest(body []byte) (*EstimateRequest, error) {
	fields, err := object(body)
	if err != nil {
		return nil, err
	}
	r := &EstimateRequest{}
	for _, m := range fields {
		switch m.name {
		case "product":
			if r.Product, err = text(m); err != nil {
				return nil, err
			}
		case "price_book":
			if r.PriceBook, err = optionalText(m); err != nil {
				return nil, err
			}
		case "lang":
			if r.Lang, err = lang(m); err != nil {
				return nil, err
			}
		case "inputs":
			if r.inputs, err = nested(m); err != nil {
				return nil, err
			}
		default:
			return nil, malformed("There is no field %.40q; the fields are product, price_book, lang and inputs.", m.name)
		}
	}
	return r, nil
}

// text returns the string that a member has.
func text(m member) (string, error) {
	if m.value.Kind() != '"' {
		return "", malformed("%s is not a string.", m.name)
	}
	return unquote(m.value), nil
}

// optionalText returns the string that a member has, for a field that may be
// left out.
func optionalText(m member) (*string, error) {
	s, err := text(m)
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// lang returns the language that a member names.
func lang(m member) (pricing.Lang, error) {
	code, err := text(m)
	if err != nil {
		return "", err
	}
	l, ok := pricing.ParseLang(code)
	if !ok {
		return "", malformed("lang is en or zh.")
	}
	return l, nil
}

// nested returns the members of the object that a member has.
func nested(m member) ([]member, error) {
	if m.value.Kind() != '{' {
		return nil, malformed("%s is not an object.", m.name)
	}
	return object(m.value)
}

// unquote returns the text of a JSON string that the reader has accepted.
func unquote(v jsontext.Value) string {
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		panic(err) // the value came out of the decoder, which checks strings
	}
	return string(s)
}

// Usage reads the request's inputs as a usage of the book. It returns every
// fault, in the order of the book's inputs and then of the text.
func (r *EstimateRequest) Usage(book *pricing.Book) (*pricing.Usage, []*pricing.InputError) {
	return usage(r.inputs, book)
}

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

// array returns the values of a JSON array that the reader has accepted.
func array(text jsontext.Value) []jsontext.Value {
	dec := jsontext.NewDecoder(bytes.NewReader(text))
	if _, err := dec.ReadToken(); err != nil { // the bracket
		return nil
	}
	var values []jsontext.Value
	for dec.PeekKind() != ']' {
		value, err := dec.ReadValue()
		if err != nil {
			return values
		}
		values = append(values, value.Clone())
	}
	return values
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
