package forms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"suanpan/calc/forms/numbers"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// maxList bounds the text of a list of months that is looked at.
const maxList = pricing.MaxForecastMonths * maxTyped

// listBreak parts the numbers of a list, whose signs are narrow by then: a new
// line, with the sign that may stand at the end of the one before; a break
// wherever it stands; a comma with a blank behind it.
var listBreak = regexp.MustCompile(`[;､,]? *(?:\r\n|\n|\r)|[\t;､|~]|, `)

// listEnd is what may stand behind the last number without meaning anything:
// empty lines, and a sign that parts it from nothing.
var listEnd = regexp.MustCompile(`[;､,|]?[ \r\n]*$`)

// readList reads the quantities of months: at least one, at most
// [pricing.MaxForecastMonths].
//
// Each stands on a line of its own, or behind one of the breaks, written as any
// count. An empty cell before the last number is refused, since what stands
// behind it would be taken for an earlier month. Where one cell of such a list has several groups of digits ("100,200")
// it may be one number or several. It is one if it can be nothing else, as
// "15,000"; or if there are other cells and its groups are of three digits with
// commas. It is several if it can be no number, as "1000,1200". Anything else is
// refused: guessing would cost money.
func readList(typed string, in *pricing.Input) ([]int64, *pricing.InputError) {
	if len(typed) > maxList {
		return nil, tooManyMonths()
	}
	typed = width.Narrow.String(numbers.Clean(typed))
	typed = strings.TrimSuffix(typed, listEnd.FindString(typed))
	cells := listBreak.Split(typed, -1)
	var numbers []int64
	for _, cell := range cells {
		cell = strings.TrimSuffix(strings.Trim(cell, " "), ",")
		before, _, empty := strings.Cut(","+cell+",", ",,")
		if empty {
			return nil, emptyMonth(len(numbers) + strings.Count(before, ",") + 1)
		}
		parts, fault := splitCell(cell, len(cells) > 1, in)
		if fault != nil {
			return nil, fault
		}
		for _, part := range parts {
			n, fault := readCount(part, in)
			if fault != nil {
				return nil, inList(part, len(numbers)+1, fault)
			}
			numbers = append(numbers, n)
		}
	}
	if len(numbers) > pricing.MaxForecastMonths {
		return nil, tooManyMonths()
	}
	return numbers, nil
}

// splitCell returns the numbers that a cell of a list has. A blank between two
// digits parts groups in it, if it does not part numbers.
func splitCell(cell string, among bool, in *pricing.Input) ([]string, *pricing.InputError) {
	groups := strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ',' })
	if len(groups) == 1 {
		return []string{cell}, nil
	}
	isNumber := func(text string) bool {
		_, fault := readCount(text, in)
		return fault == nil || fault.Code != pricing.CodeNotANumber
	}
	whole := grouped(cell)
	one := isNumber(whole)
	several := !slices.ContainsFunc(groups, func(g string) bool { return !isNumber(g) || len(g) > 1 && g[0] == '0' })
	inThrees := !strings.Contains(cell, " ") && !slices.ContainsFunc(groups[1:], func(g string) bool {
		digits := strings.TrimLeft(g, "0123456789")
		return len(g)-len(digits) != 3
	})
	switch {
	case one && (!several || among && inThrees):
		return []string{whole}, nil
	case several && !one:
		return groups, nil
	case one:
		return nil, &pricing.InputError{Code: pricing.CodeNotANumber, Message: pricing.Text{
			EN: fmt.Sprintf("“%s” may be one number or several. Put every month on a line of its own.", wording.Repeat(cell)),
			ZH: fmt.Sprintf("“%s”可能是一个数，也可能是几个数，请每个月单独写一行。", wording.Repeat(cell)),
		}}
	default:
		return []string{whole}, nil // which says what is wrong
	}
}

// blankInside is a blank between two digits.
var blankInside = regexp.MustCompile(`([0-9]) +([0-9])`)

// grouped writes a comma for each blank between two digits.
func grouped(cell string) string {
	for blankInside.MatchString(cell) {
		cell = blankInside.ReplaceAllString(cell, "$1,$2")
	}
	return cell
}

// inList names the number of a list that is at fault.
func inList(typed string, position int, fault *pricing.InputError) *pricing.InputError {
	typed = wording.Repeat(typed)
	fault.Message = pricing.Text{
		EN: fmt.Sprintf("Month %d, “%s”: %s", position, typed, fault.Message.EN),
		ZH: fmt.Sprintf("第 %d 个月“%s”：%s", position, typed, fault.Message.ZH),
	}
	return fault
}

func emptyMonth(position int) *pricing.InputError {
	return &pricing.InputError{Code: pricing.CodeNotANumber, Message: pricing.Text{
		EN: fmt.Sprintf("Month %d is empty. Enter 0 for a month without any.", position),
		ZH: fmt.Sprintf("第 %d 个月是空的；没有用量请填 0。", position),
	}}
}

func tooManyMonths() *pricing.InputError {
	return &pricing.InputError{Code: pricing.CodeOutOfRange, Message: pricing.Text{
		EN: fmt.Sprintf("Enter at most %d months.", pricing.MaxForecastMonths),
		ZH: fmt.Sprintf("最多填 %d 个月。", pricing.MaxForecastMonths),
	}}
}
