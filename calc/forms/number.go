package forms

import (
	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// maxTyped bounds the text of an entry that is looked at, or kept in an address.
const maxTyped = numbers.MaxTyped

// readCount reads a count as people type it. Its fault is of the input.
func readCount(typed string, in *pricing.Input) (int64, *pricing.InputError) {
	n, fault := numbers.Of(in).Read(typed)
	if fault != nil {
		fault.Input = in.ID
		return 0, fault
	}
	return n.IntPart(), nil
}

// Count reads a whole number that people type into a field of their own, which
// is no input of a price book, from least to most. Its fault, if it has one, is
// of the field with the given name.
func Count(name, typed string, unit pricing.Unit, least, most int64) (int64, *pricing.InputError) {
	return readCount(typed, &pricing.Input{ID: name, Kind: pricing.KindCount, Unit: unit, Minimum: least, Maximum: most})
}
