package numbers

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// What makes a text no number, or none that is read.
var (
	power    = regexp.MustCompile(`[0-9]\.?e[-+]?[0-9]|\^|\*\*|[⁰¹²³⁴-⁹]`)
	percent  = regexp.MustCompile(`[%‰‱]|percent|百分之`)
	division = regexp.MustCompile(`÷|[0-9][^0-9/]*/[0-9]`)
	between  = regexp.MustCompile(`(?:^|[0-9kwmb%*×\p{Han}])(?:[-~〜…至到]|\.\.|to[0-9])`)
	oddTail  = regexp.MustCompile(`^([0-9.]+)(亿|万|千|百|k|w)([0-9]+)`)
	token    = regexp.MustCompile(`[0-9][0-9.,'_]*`)
)

// explain says why a part of the text is no number that the field takes.
func (r *reader) explain(p piece) *pricing.InputError {
	f, whole := r.field, r.typed.text
	refuse := func(sentence pricing.Text, args ...any) *pricing.InputError {
		return f.fault(pricing.CodeNotANumber, sentence, append(args, f.example())...)
	}
	switch {
	case power.MatchString(whole):
		return refuse(say.power)
	case r.measure.kind() != share && percent.MatchString(whole):
		return refuse(say.percent)
	case division.MatchString(whole):
		return refuse(say.division)
	case between.MatchString(strings.TrimPrefix(whole, "-")):
		return refuse(say.minus)
	case p.text == "" && len(whole) > 1:
		return f.fault(pricing.CodeNotANumber, say.operand)
	}
	if fault := r.explainPoint(p); fault != nil {
		return fault
	}
	if fault := r.explainTail(p); fault != nil {
		return fault
	}
	if half, ok := strings.CutPrefix(p.text, "半"); ok && r.otherTime(strings.TrimPrefix(half, "个")) {
		return r.field.fault(pricing.CodeNotANumber, say.otherTime, r.typed.quoted(p), r.field.unit(), f.example())
	}
	if n, rest, ok := r.understood(p); ok {
		return r.explainUnit(p, n, rest)
	}
	return refuse(say.garbage)
}

// explainPoint says how a number with a point or commas may be read.
func (r *reader) explainPoint(p piece) *pricing.InputError {
	for _, at := range token.FindAllStringIndex(p.text, -1) {
		number := p.to(at[1]).from(at[0])
		last := strings.LastIndexAny(number.text, ".,")
		if _, ok := r.digits(number.text, at[1] < len(p.text)); ok || last < 0 || last == len(number.text)-1 {
			continue
		}
		before := number.text[:last]
		asDecimal, asGroups := plain(onlyDigits(before), number.text[last+1:]), plain(onlyDigits(number.text), "")
		switch {
		case allDigits(before):
			return r.either(number, asDecimal, asGroups)
		case !strings.Contains(before, number.text[last:last+1]):
			asGroups = asDecimal // "1.000,50": the last sign is the point
		}
		return r.field.fault(pricing.CodeNotANumber, say.grouping, r.typed.quoted(number), pricing.Grouped(asGroups.String()))
	}
	return nil
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// explainTail says how the digits behind a word such as 万 may be read: "8万50" is
// 80,050 as it stands, but may be meant for 85,000.
func (r *reader) explainTail(p piece) *pricing.InputError {
	found := oddTail.FindStringSubmatch(p.text)
	if found == nil || beginsNumber(p.text[len(found[0]):]) {
		return nil
	}
	head, ok := r.digits(found[1], true)
	one, valid := r.numeral("1" + found[2])
	if !ok || !valid || !head.IsInteger() {
		return nil
	}
	tail := plain(found[3], "")
	next := plain(head.String(), found[3]).Mul(one)
	if next.Equal(head.Mul(one).Add(tail)) {
		return nil
	}
	return r.either(p.to(len(found[0])), head.Mul(one).Add(tail), next)
}

// understood returns the number that a part begins with, and what comes behind it;
// or, if it begins with something else, that, and the number behind it.
func (r *reader) understood(p piece) (n decimal.Decimal, rest piece, ok bool) {
	for i := len(p.text); i > 0; i-- {
		if n, ok = r.numeral(p.text[:i]); ok {
			return n, p.from(i), true
		}
	}
	first := strings.IndexAny(p.text, "0123456789")
	if first <= 0 || first > maxUnit {
		return n, p, false
	}
	if all := r.readings(p.from(first)); len(all) > 0 && !all[0].inexact {
		return all[0].value, p.to(first), true
	}
	return n, p, false
}

// explainUnit says that a number was understood, and what stands beside it was
// not.
func (r *reader) explainUnit(p piece, n decimal.Decimal, rest piece) *pricing.InputError {
	f, quoted, unit := r.field, r.typed.quoted(rest), r.field.unit()
	number := pricing.Grouped(n.String())
	switch {
	case beginsNumber(rest.text):
		return f.fault(pricing.CodeNotANumber, say.unclear, r.typed.quoted(p), f.example())
	case f.Unit.EN == "":
		return f.fault(pricing.CodeNotANumber, say.rest, number, quoted, f.example())
	case r.isBytes(rest) && r.measure.kind() == bits:
		return f.fault(pricing.CodeNotANumber, say.bytes, quoted, unit, f.example())
	case r.otherTime(rest.text):
		return f.fault(pricing.CodeNotANumber, say.otherTime, quoted, unit, f.example())
	default:
		return f.fault(pricing.CodeNotANumber, say.unit, number, quoted, unit, f.example())
	}
}

// otherTime reports whether a unit is one of time that is not converted into that
// of the field.
func (r *reader) otherTime(unit string) bool {
	of := known(unit)
	kind := r.measure.kind()
	return of != nil && (kind == clock && of.kind == calendar || kind == calendar && of.kind == clock)
}
