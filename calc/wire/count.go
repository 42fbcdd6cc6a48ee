package wire

import (
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// Count is a count as it was sent: the text of a JSON number, or of a string that
// should be digits, in its quotation marks.
type Count string

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (c *Count) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	value, err := dec.ReadValue()
	*c = Count(value)
	return err
}

// countIn returns a JSON value that may be anything as a value of an input, or
// what is wrong with it.
func countIn(in *pricing.Input, value jsontext.Value) (int64, *pricing.InputError) {
	if kind := value.Kind(); kind != '0' && kind != '"' {
		return 0, in.Fault(pricing.CodeWrongType)
	}
	return Count(value).In(in)
}

// In returns the count as a value of an input, or what is wrong with it.
func (c Count) In(in *pricing.Input) (int64, *pricing.InputError) {
	n, err := pricing.ParseCount(c.text())
	if fault := (*pricing.InputError)(nil); errors.As(err, &fault) {
		return 0, in.Fault(fault.Code)
	}
	if n < in.Minimum || n > in.Maximum {
		return 0, in.Fault(pricing.CodeOutOfRange)
	}
	return n, nil
}

// quoted reports whether the count was sent as a string.
func (c Count) quoted() bool { return c != "" && c[0] == '"' }

// text returns the number, or what is in the string.
func (c Count) text() string {
	if c.quoted() {
		return unquote(jsontext.Value(c))
	}
	return string(c)
}
