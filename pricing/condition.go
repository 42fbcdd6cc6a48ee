package pricing

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

func (b *Book) compileConditions(raw map[string]conditionFile) conditions {
	var out conditions
	for i := range b.Inputs {
		in := &b.Inputs[i]
		c, ok := raw[in.ID]
		switch {
		case !ok:
		case c.AtLeast != nil:
			out = append(out, condition{input: i, want: *c.AtLeast, atLeast: true})
		case in.Kind == KindChoice:
			out = append(out, condition{input: i, want: int64(in.choice(c.Is.text))})
		default:
			out = append(out, condition{input: i, want: yesNo(c.Is.yes())})
		}
	}
	return out
}
