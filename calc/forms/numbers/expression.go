package numbers

import (
	"strings"
	"unicode/utf8"

	"suanpan/pricing"
)

// sum reads a sum of products. One that is negative has one number only.
func (r *reader) sum(p piece, negative bool) (amount, *pricing.InputError) {
	terms := split(p, isPlus)
	if negative && (len(terms) > 1 || len(split(p, isTimes)) > 1) {
		return amount{}, r.field.fault(pricing.CodeNotANumber, say.minus, r.field.example())
	}
	var sum amount
	bare := false // whether a number has no unit
	for i, term := range terms {
		a, fault := r.product(term, len(terms) == 1)
		if fault != nil {
			return amount{}, fault
		}
		bare = bare || !a.united
		if i == 0 {
			sum = a
			continue
		}
		sum.value = sum.value.Add(a.value)
		sum.inexact, sum.converted = sum.inexact || a.inexact, sum.converted || a.converted
	}
	if sum.converted && bare {
		// "2+1小时" may be three hours, or an hour and two minutes.
		return amount{}, r.field.fault(pricing.CodeNotANumber, say.mixed, r.field.example())
	}
	return sum, nil
}

// product reads a product, of which one number may have a unit. Alone says that
// it is the whole text.
func (r *reader) product(p piece, alone bool) (amount, *pricing.InputError) {
	factors := split(p, isTimes)
	var all amount
	for i, factor := range factors {
		a, fault := r.number(factor, alone && len(factors) == 1)
		switch {
		case fault != nil:
			return amount{}, fault
		case i == 0:
			all = a
			continue
		case all.united && a.united:
			return amount{}, r.field.fault(pricing.CodeNotANumber, say.twoUnits, r.field.example())
		}
		all.value = all.value.Mul(a.value)
		all.inexact, all.united, all.converted = all.inexact || a.inexact, all.united || a.united, all.converted || a.converted
	}
	return all, nil
}

// split parts a piece at the signs for which a function reports true, which is
// told what stands before the sign and behind it.
func split(p piece, at func(before string, sign rune, behind string) bool) []piece {
	var parts []piece
	start := 0
	for i, c := range p.text {
		end := i + utf8.RuneLen(c)
		if at(p.text[start:i], c, p.text[end:]) {
			parts = append(parts, p.to(i).from(start))
			start = end
		}
	}
	return append(parts, p.from(start))
}

func isPlus(_ string, sign rune, _ string) bool { return sign == '+' }

// isTimes reports whether a sign multiplies. An x does so in front of a number, but
// for that of "0x10", which is another way to write 16.
func isTimes(before string, sign rune, behind string) bool {
	return sign == '*' || sign == '×' || sign == 'x' && before != "" && before != "0" && beginsNumber(behind)
}

// beginsNumber reports whether a text begins as a number may.
func beginsNumber(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return isOfNumber(first)
}

// number reads a number, and the unit that stands beside it. Alone says that it
// is the whole text: of two readings that one is taken which the field can have.
func (r *reader) number(p piece, alone bool) (amount, *pricing.InputError) {
	rest := p.from(r.measure.before(p.text))
	readings := r.readings(rest)
	if a, ok := r.duration(rest.text); ok && len(readings) == 0 {
		readings = append(readings, a)
	}
	if len(readings) > 1 && alone {
		readings = r.possible(readings)
	}
	if len(readings) > 1 && strings.HasSuffix(r.typed.quoted(p), "M") {
		readings = readings[:1] // a minute is a small m, a million rather a large one
	}
	switch len(readings) {
	case 0:
		return amount{}, r.explain(p)
	case 1:
		a := readings[0]
		a.united = a.united || rest != p
		return a, nil
	default:
		return amount{}, r.either(p, readings[0].value, readings[1].value)
	}
}

// readings returns all that a number can mean, with the unit that may stand
// behind it.
func (r *reader) readings(p piece) []amount {
	var all []amount
	for i := len(p.text); i > 0 && len(p.text)-i <= maxUnit; i-- {
		a, ok := r.reading(p.to(i), p.from(i))
		if ok && (len(all) == 0 || !all[0].value.Equal(a.value) || all[0].inexact != a.inexact) {
			all = append(all, a)
		}
	}
	return all
}

// reading reads a number and its unit, which may be empty.
func (r *reader) reading(number, unit piece) (a amount, ok bool) {
	by := same
	if unit.text != "" {
		if by, ok = r.measure.unit(unit.text); !ok || r.isBytes(unit) {
			return a, false
		}
		a.united, a.converted = true, by != same
	}
	if a.value, ok = r.numeral(number.text); !ok {
		return a, false
	}
	var exact bool
	a.value, exact = by.apply(a.value)
	a.inexact = !exact
	return a, true
}

// isBytes reports whether a unit that is read as one of bits, in any letters, has
// the B of bytes, or the other way round: "MB", "Gb".
func (r *reader) isBytes(unit piece) bool {
	switch typed := joined(r.typed.quoted(unit)); r.measure.kind() {
	case bits:
		return strings.Contains(typed, "B") && !strings.Contains(typed, "BPS") && !strings.Contains(unit.text, "bit")
	case stored:
		return strings.ContainsAny(typed, "KMGTP") && strings.Contains(typed, "b") && !strings.Contains(unit.text, "byte")
	default:
		return false
	}
}

// possible returns the readings that the field can have, or all if it can have
// none.
func (r *reader) possible(readings []amount) []amount {
	var out []amount
	for _, a := range readings {
		if !a.inexact && r.field.takes(a.value) {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return readings
	}
	return out
}
