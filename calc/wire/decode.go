package wire

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// wording is what is said of one kind of request in words of its own.
type wording struct {
	// count is said of what is no count.
	count string
	// item is what an item of a list is called, and ofItem says of what the fields
	// in it are; where they are empty, an item is called by its place.
	item, ofItem string
}

// decode reads the body of a request, one JSON object, into a struct whose
// fields, by their tags, are all that it may have. Any of them can be left out,
// none can be null. The error is a [*Malformed]: that of text that is no JSON,
// or else of what comes first in it.
func decode(body []byte, request any, w wording) error {
	if _, err := object(body); err != nil {
		return err
	}
	err := json.Unmarshal(body, request, strict)
	if err == nil {
		return nil
	}
	var at *json.SemanticError
	if !errors.As(err, &at) {
		return notJSON(err)
	}
	return w.malformed(at)
}

var strict = json.JoinOptions(json.RejectUnknownMembers(true), json.WithUnmarshalers(json.UnmarshalFromFunc(decodeField)))

// wrong is what is said of a value behind the name of its field.
type wrong string

// Error returns what is said.
func (w wrong) Error() string { return string(w) }

const (
	noString wrong = "is not a string"
	noObject wrong = "is not an object"
	noArray  wrong = "is not an array"
	noLang   wrong = "is en or zh"
	// noCount stands for what the wording of the request says.
	noCount wrong = "is not a count"
)

// decodeField refuses a value that is not of the kind that a field has, and
// leaves what is of it to be read in the way of its type.
func decodeField(dec *jsontext.Decoder, to any) error {
	field := reflect.TypeOf(to).Elem()
	if field.Kind() == reflect.Pointer {
		field = field.Elem()
	}
	kind := dec.PeekKind()
	is := func(kinds string, otherwise wrong) error {
		if strings.IndexByte(kinds, byte(kind)) < 0 {
			return otherwise
		}
		return json.SkipFunc
	}
	switch field {
	case reflect.TypeFor[jsontext.Value]():
		return json.SkipFunc // it is looked at later
	case reflect.TypeFor[Count]():
		return is(`0"`, noCount)
	case reflect.TypeFor[pricing.Lang]():
		if kind == '"' {
			return decodeLang(dec, to.(*pricing.Lang))
		}
	}
	switch field.Kind() {
	case reflect.Struct:
		return is(`{`, noObject)
	case reflect.Slice:
		return is(`[`, noArray)
	default:
		return is(`"`, noString)
	}
}

func decodeLang(dec *jsontext.Decoder, to *pricing.Lang) error {
	code, err := dec.ReadToken()
	if err != nil {
		return err
	}
	l, ok := pricing.ParseLang(code.String())
	if !ok {
		return noLang
	}
	*to = l
	return nil
}

// malformed words what is wrong with a body that is JSON.
func (w wording) malformed(at *json.SemanticError) *Malformed {
	if errors.Is(at.Err, json.ErrUnknownName) {
		in, of := "", ""
		if item := at.JSONPointer.Parent(); item != "" && w.item != "" {
			of = w.ofItem
		} else if item != "" {
			in = " in " + w.name(item)
		}
		return malformed("There is no field %.40q%s; the fields%s are %s.", at.JSONPointer.LastToken(), in, of, fieldsOf(at.GoType))
	}
	reason := at.Err.Error()
	if errors.Is(at.Err, noCount) {
		reason = w.count
	}
	return malformed("%s %s.", w.name(at.JSONPointer), reason)
}

// name returns what a place in a request is called, such as items[0].quantity.
func (w wording) name(at jsontext.Pointer) string {
	name := ""
	for token := range at.Tokens() {
		_, err := strconv.Atoi(token)
		switch position := err == nil; {
		case position && w.item != "":
			name = w.item
		case position:
			name += "[" + token + "]"
		case name == "" || w.item != "":
			name = token
		default:
			name += "." + token
		}
	}
	return name
}

// fieldsOf lists the fields that a struct can be read from.
func fieldsOf(t reflect.Type) string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("json"); name != "" {
			names = append(names, name)
		}
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
