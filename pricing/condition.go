package pricing

import "slices"

// condition asks for a value of an input: one of its values, or at least some
// number.
type condition struct {
	input   int
	want    int64
	atLeast bool
}

func (c condition) holds(values []int64) bool {
	if c.atLeast {
		return values[c.input] >= c.want
	}
	return values[c.input] == c.want
}

// conditions hold if each of them does.
type conditions []condition

func (cs conditions) hold(values []int64) bool {
	for _, c := range cs {
		if !c.holds(values) {
			return false
		}
	}
	return true
}

// concern reports whether conditions hold, or would with more of what they want
// a number of.
func (cs conditions) concern(values []int64) bool {
	return values == nil || !slices.ContainsFunc(cs, func(c condition) bool {
		return !c.holds(values) && !(c.atLeast && values[c.input] > 0)
	})
}

// read reports whether a condition reads an input.
func (cs conditions) read(input int) bool {
	return slices.ContainsFunc(cs, func(c condition) bool { return c.input == input })
}
