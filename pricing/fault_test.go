package pricing

import "testing"

// A fault says what would be right, for its kind of input.
func TestFaultsSayWhatIsRight(t *testing.T) {
	count := &Input{ID: "n", Kind: KindCount, Minimum: 1, Maximum: 25_000}
	choice := &Input{ID: "c", Kind: KindChoice, Choices: []Choice{{ID: "one"}}}
	choices := &Input{ID: "s", Kind: KindChoices, Choices: choice.Choices}
	yes := &Input{ID: "y", Kind: KindYesNo, Maximum: 1}
	rows := &Input{ID: "r", Kind: KindRows}
	for _, tt := range []struct {
		in   *Input
		code Code
		want Text
	}{
		{count, CodeOutOfRange, Text{EN: "Enter a number from 1 to 25,000.", ZH: "请填 1 到 25,000 之间的数。"}},
		{count, CodeNotWhole, Text{EN: "Enter a whole number, without a fraction.", ZH: "请填整数，不要带小数。"}},
		{count, CodeWrongType, Text{EN: "Give a whole number, as digits.", ZH: "请用数字给出一个整数。"}},
		{count, CodeNotANumber, Text{EN: "This is not a number. Digits such as 15000 will do.", ZH: "这不是数字，请填类似 15000 的数。"}},
		{choice, CodeUnknownChoice, Text{EN: "There is no such choice.", ZH: "没有这个选项。"}},
		{choice, CodeWrongType, Text{EN: "Give one of the choices, as text.", ZH: "请用文本给出一个选项。"}},
		{choices, CodeUnknownChoice, Text{EN: "There is no such choice.", ZH: "没有这个选项。"}},
		{choices, CodeWrongType, Text{EN: "Give a list of choices.", ZH: "请给出选项列表。"}},
		{yes, CodeWrongType, Text{EN: "Say yes or no (true or false).", ZH: "请填是或否（true 或 false）。"}},
		{rows, CodeWrongType, Text{EN: "Give a list of rows.", ZH: "请给出由多行组成的列表。"}},
		{rows, CodeTooManyRows, Text{EN: "There can be at most 50 rows.", ZH: "最多 50 行。"}},
	} {
		if got := tt.in.Fault(tt.code); got.Message != tt.want || got.Input != tt.in.ID || got.Code != tt.code {
			t.Errorf("%s of %s: %+v", tt.code, tt.in.Kind, got)
		}
	}
}
