package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// input is one member of an object of inputs, in the order of its text.
type input struct {
	id    string
	value json.RawMessage
}

var errNoObject = errors.New("inputs are not a JSON object")

// members reads a JSON object; nothing at all is an empty one.
func members(object json.RawMessage) ([]input, error) {
	if len(object) == 0 {
		return nil, nil
	}
	dec := json.NewDecoder(bytes.NewReader(object))
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return nil, errNoObject
	}
	var all []input
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, errors.Join(errNoObject, err)
		}
		id, _ := name.(string)
		in := input{id: id}
		if err := dec.Decode(&in.value); err != nil {
			return nil, errors.Join(errNoObject, err)
		}
		all = append(all, in)
	}
	return all, nil
}

// text returns the value of an input for a cell: a string as it is, unless it
// could be taken for another value, and any other value as JSON.
func (in *input) text() string {
	var s string
	if json.Unmarshal(in.value, &s) == nil && in.value[0] == '"' && s != "" && !isJSON(s) {
		return s
	}
	return string(in.value)
}

// isJSON reports whether the text of an input is JSON, not a plain string.
func isJSON(text string) bool {
	return text == "true" || text == "false" || text == "null" || strings.IndexAny(text, `"[{`) == 0
}
