package numbers

import (
	"strings"

	"github.com/shopspring/decimal"
)

// duration reads a length of time in several units, from the largest, or with a
// half: "1年3个月", "1h30m", "半年", "1个半小时", "一年半".
func (r *reader) duration(s string) (amount, bool) {
	if kind := r.measure.kind(); kind != clock && kind != calendar {
		return amount{}, false
	}
	parts := durationParts(s)
	total, last := decimal.Decimal{}, int64(0)
	for len(parts) >= 2 {
		v, size, rest, ok := r.timePart(parts)
		if !ok || last > 0 && size >= last {
			return amount{}, false
		}
		total, last, parts = total.Add(v.Mul(decimal.NewFromInt(size))), size, rest
	}
	if len(parts) > 0 || last == 0 {
		return amount{}, false
	}
	v, exact := scale{1, r.measure.of.size}.apply(total)
	return amount{value: v, inexact: !exact, united: true, converted: true}, true
}

// timePart reads the first number of some parts with its unit, of which there are
// two at least. Only the last may have a fraction.
func (r *reader) timePart(parts []string) (v decimal.Decimal, size int64, rest []string, ok bool) {
	half := decimal.New(5, -1)
	unit := parts[1]
	switch {
	case parts[0] == "半": // 半年, 半个月
		if len(parts) > 2 {
			return v, 0, nil, false
		}
		if size = r.timeUnit(unit); size == 0 {
			size = r.timeUnit(strings.TrimPrefix(unit, "个"))
		}
		return half, size, nil, size > 0
	case len(parts) == 4 && unit == "个" && parts[2] == "半": // 1个半小时
		unit, rest = parts[3], nil
	case len(parts) == 3 && parts[2] == "半": // 一年半
		rest = nil
	default:
		rest, half = parts[2:], decimal.Decimal{}
	}
	v, ok = r.numeral(parts[0])
	size = r.timeUnit(unit)
	if (len(rest) > 0 || !half.IsZero()) && !v.IsInteger() {
		ok = false
	}
	return v.Add(half), size, rest, ok && size > 0
}

// timeUnit returns how many of the smallest unit of its kind a unit has; 0 if
// there is no such unit.
func (r *reader) timeUnit(name string) int64 {
	s, ok := r.measure.unit(name)
	if !ok {
		return 0
	}
	return s.times * r.measure.of.size / s.over
}

// durationParts parts a text into numbers and what stands between them, in turn.
func durationParts(s string) []string {
	var parts []string
	start, inNumber := 0, true
	for i, c := range s {
		if is := isOfNumber(c); is != inNumber {
			parts, start, inNumber = append(parts, s[start:i]), i, is
		}
	}
	return append(parts, s[start:])
}

func isOfNumber(c rune) bool {
	return strings.ContainsRune("0123456789."+separators+chineseDigits+"两半"+placeWords, c)
}
