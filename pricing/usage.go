package pricing

// Usage is what the customer states: one value for each input of one book.
// Inputs that nothing was set for have their default. The zero Usage is not
// usable; [Book.NewUsage] makes one. A Usage may be read by several goroutines
// but must not be changed meanwhile.
type Usage struct {
	book   *Book
	values []int64 // by position in book.Inputs; yes is 1, no is 0
}

// NewUsage returns a usage of the book in which every input has its default.
func (b *Book) NewUsage() *Usage {
	u := &Usage{book: b, values: make([]int64, len(b.Inputs))}
	for i := range b.Inputs {
		u.values[i] = b.Inputs[i].Default
	}
	return u
}

// UnknownInput returns the fault of naming an input that the book has not.
func UnknownInput(id string) *InputError {
	return &InputError{Input: id, Code: CodeUnknownInput, Message: Text{
		EN: "This product has no such input.",
		ZH: "该产品没有这个输入项。",
	}}
}

// SetCount sets a count from the text of a number in the form that
// [ParseCount] reads, and returns what is wrong with it, or nil. A refused
// value leaves the usage as it was.
func (u *Usage) SetCount(in *Input, text string) *InputError {
	n, fault := parseCount(text)
	switch {
	case fault == countNotNumber:
		return in.Fault(CodeNotANumber)
	case fault == countNotWhole:
		return in.Fault(CodeNotWhole)
	case fault == countOutOfRange || n < in.Minimum || n > in.Maximum:
		return in.Fault(CodeOutOfRange)
	}
	u.values[u.book.position(in.ID)] = n
	return nil
}

// SetYesNo sets a yes/no input.
func (u *Usage) SetYesNo(in *Input, yes bool) {
	u.values[u.book.position(in.ID)] = yesNo(yes)
}

// Count returns the value of an input: the number of a count, 1 or 0 for yes
// or no. The input must be one of the usage's book.
func (u *Usage) Count(in *Input) int64 { return u.values[u.book.position(in.ID)] }

// IsDefault reports whether the input has the value that it has when it is
// left out.
func (u *Usage) IsDefault(in *Input) bool { return u.Count(in) == in.Default }

// Book returns the book whose inputs the usage has.
func (u *Usage) Book() *Book { return u.book }

// Months returns the term in months.
func (u *Usage) Months() int64 { return u.values[monthsPosition] }

func yesNo(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
