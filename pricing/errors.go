package pricing

import (
	"fmt"
	"strings"
)

// Code says what kind of fault an input has. The codes are those of the
// public interface.
type Code string

// The faults that an input can have.
const (
	CodeUnknownInput  Code = "unknown_input"
	CodeWrongType     Code = "wrong_type"
	CodeNotANumber    Code = "not_a_number"
	CodeNotWhole      Code = "not_whole"
	CodeOutOfRange    Code = "out_of_range"
	CodeUnknownChoice Code = "unknown_choice"
	CodeTooManyRows   Code = "too_many_rows"
)

// InputError is one fault of one input: which input, what kind, and a sentence
// for its reader that says what would be right.
type InputError struct {
	Input   string
	Code    Code
	Message Text
}

// Error returns the fault in English.
func (e *InputError) Error() string {
	return fmt.Sprintf("%s: %s (%s)", e.Input, e.Message.EN, e.Code)
}

// BookError is one fault of a price book and the place where it is.
type BookError struct {
	File         string
	Line, Column int
	Reason       string
}

// Error returns "file:line:column: reason", the form that editors jump to.
func (e *BookError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Reason)
}

// BookErrors is every fault found in a price book, in the order of its lines.
type BookErrors []*BookError

// Error returns the faults, a line each.
func (e BookErrors) Error() string {
	lines := make([]string, len(e))
	for i, fault := range e {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}
