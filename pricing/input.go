package pricing

import (
	"slices"
	"strconv"
)

// Kind says what values an input has.
type Kind string

// The kinds of input.
const (
	// KindCount is a whole number from Minimum to Maximum.
	KindCount Kind = "count"
	// KindYesNo is a choice between yes and no; its value is 1 or 0.
	KindYesNo Kind = "yes_no"
	// KindChoice is one of the Choices; its value is a position among them.
	KindChoice Kind = "choice"
	// KindChoices is any number of the Choices; its value has a bit for each.
	KindChoices Kind = "choices"
	// KindRows is a list of up to MaxRows rows, each with a value for each of
	// the Fields; its value is the number of rows that state a quantity.
	KindRows Kind = "rows"
)

// MaxRows is how many rows an input of kind rows can have.
const MaxRows = 50

// maxChoices is how many choices fit the bits of a value.
const maxChoices = 62

// Input is one thing that the customer states about the usage, or one field of
// a row.
type Input struct {
	// ID is the input's name in links, forms and the API.
	ID string
	// Group is the id of the group of fields that the input is shown in.
	Group string
	Kind  Kind
	Name  Text
	Help  Text
	// Unit is what a count counts; empty for other kinds.
	Unit Unit
	// Default is the value of an input that is left out: a count, 1 for yes
	// and 0 for no, the first choice, no choice, no rows.
	Default int64
	// Minimum and Maximum bound the value, both included.
	Minimum, Maximum int64
	// Choices are what a choice or choices can be.
	Choices []Choice
	// Fields are the fields of a row. None of them is of kind rows.
	Fields []Input
	// Lettered says that the rows are referred to by letters: [RowLetter].
	Lettered bool
	// Matrix and Column place a count in a table of its group: the row it is
	// in and the column; both empty for a field of its own.
	Matrix, Column Text
}

// Choice is one value of an input of kind choice or choices.
type Choice struct {
	ID   string
	Name Text
	// Note is what whoever makes the choice should know; often empty.
	Note Text
	// Row is the row, counted from 1, that a choice in a lettered row means; 0 for
	// a choice that means none. Where there is no such row it is not offered.
	Row int
}

// choice returns the position of a choice, or -1.
func (in *Input) choice(id string) int {
	for i := range in.Choices {
		if in.Choices[i].ID == id {
			return i
		}
	}
	return -1
}

// Months is the id of the term in whole months, the one input that every
// product has without its book saying so, and the one id known to the code.
const Months = "months"

// The term is 1 to 36 whole months (pricing rules, section 0).
const maxMonths = 36

var monthsInput = Input{
	ID: Months, Kind: KindCount,
	Name:    Text{EN: "Term", ZH: "购买时长"},
	Help:    Text{EN: "The usage below is per month, the same in every month of the term.", ZH: "以下用量均按月填写，每个月相同。"},
	Unit:    Unit{One: "month", EN: "months", ZH: "个月"},
	Default: 1, Minimum: 1, Maximum: maxMonths,
}

// Fault returns the error for a value of the input that is at fault in the way
// the code says, with a message that tells its reader what would be right.
func (in *Input) Fault(code Code) *InputError {
	e := &InputError{Input: in.ID, Code: code}
	low, high := Grouped(strconv.FormatInt(in.Minimum, 10)), Grouped(strconv.FormatInt(in.Maximum, 10))
	switch {
	case code == CodeUnknownChoice:
		e.Message = Text{EN: "There is no such choice.", ZH: "没有这个选项。"}
	case code == CodeTooManyRows:
		n := strconv.Itoa(MaxRows)
		e.Message = Text{EN: "There can be at most " + n + " rows.", ZH: "最多 " + n + " 行。"}
	case in.Kind == KindYesNo:
		e.Message = Text{EN: "Say yes or no (true or false).", ZH: "请填是或否（true 或 false）。"}
	case in.Kind == KindChoice:
		e.Message = Text{EN: "Give one of the choices, as text.", ZH: "请用文本给出一个选项。"}
	case in.Kind == KindChoices:
		e.Message = Text{EN: "Give a list of choices.", ZH: "请给出选项列表。"}
	case in.Kind == KindRows:
		e.Message = Text{EN: "Give a list of rows.", ZH: "请给出由多行组成的列表。"}
	case code == CodeOutOfRange:
		e.Message = Text{
			EN: "Enter a number from " + low + " to " + high + ".",
			ZH: "请填 " + low + " 到 " + high + " 之间的数。",
		}
	case code == CodeNotWhole:
		e.Message = Text{EN: "Enter a whole number, without a fraction.", ZH: "请填整数，不要带小数。"}
	case code == CodeWrongType:
		e.Message = Text{EN: "Give a whole number, as digits.", ZH: "请用数字给出一个整数。"}
	default:
		e.Message = Text{EN: "This is not a number. Digits such as 15000 will do.", ZH: "这不是数字，请填类似 15000 的数。"}
	}
	return e
}

func (in *Input) clone() Input {
	out := *in
	out.Choices = slices.Clone(in.Choices)
	out.Fields = nil
	for i := range in.Fields {
		out.Fields = append(out.Fields, in.Fields[i].clone())
	}
	return out
}

// allow widens an input to what another one of the same id and kind allows.
func (in *Input) allow(other *Input) {
	if in.Kind != other.Kind {
		return
	}
	switch in.Kind {
	case KindChoice, KindChoices:
		for _, c := range other.Choices {
			if in.choice(c.ID) < 0 && (in.Kind == KindChoice || len(in.Choices) < maxChoices) {
				in.Choices = append(in.Choices, c)
			}
		}
		in.Maximum = int64(len(in.Choices)) - 1
		if in.Kind == KindChoices {
			in.Maximum = 1<<len(in.Choices) - 1
		}
	case KindRows:
		for i := range other.Fields {
			if at := in.field(other.Fields[i].ID); at >= 0 {
				in.Fields[at].allow(&other.Fields[i])
			} else {
				in.Fields = append(in.Fields, other.Fields[i].clone())
			}
		}
	default:
		in.Minimum, in.Maximum = min(in.Minimum, other.Minimum), max(in.Maximum, other.Maximum)
	}
}

// sameDefault reports whether two inputs of the same kind mean the same where
// they are left out.
func (in *Input) sameDefault(other *Input) bool {
	if in.Kind == KindChoice {
		return in.Choices[in.Default].ID == other.Choices[other.Default].ID
	}
	return in.Default == other.Default
}

// field returns the position of a field, or -1.
func (in *Input) field(id string) int {
	for i := range in.Fields {
		if in.Fields[i].ID == id {
			return i
		}
	}
	return -1
}

// choicesOf returns how many values a choice or a yes/no has.
func choicesOf(in *Input) int {
	if in.Kind == KindYesNo {
		return 2
	}
	return len(in.Choices)
}

// choiceAt returns the value that a choice's id stands for; yes and no are
// those of a yes/no.
func choiceAt(in *Input, id string) int {
	if in.Kind == KindYesNo {
		return int(yesNo(id == "yes"))
	}
	return in.choice(id)
}

// RowLetter returns the letter of a row by its position: A to Z, and from the
// 27th on A2 to Z2.
func RowLetter(i int) string {
	name := string(rune('A' + i%26))
	if i >= 26 {
		name += strconv.Itoa(i/26 + 1)
	}
	return name
}
