package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
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

// Object is a JSON object of a request whose names are not those of fields: they
// are read later, when the price book is known. Nil is one that was left out.
type Object struct{ members []member }

// member is one name and value of a JSON object, in the order of the text.
type member struct {
	name  string
	value jsontext.Value
}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (o *Object) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	text, err := dec.ReadValue()
	if err == nil {
		o.members, err = object(text)
	}
	return err
}

// all returns the members of an object, none if it was left out.
func (o *Object) all() []member {
	if o == nil {
		return nil
	}
	return o.members
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

// unquote returns the text of a JSON string that the reader has accepted.
func unquote(v jsontext.Value) string {
	s, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		panic(err) // the value came out of the decoder, which checks strings
	}
	return string(s)
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
