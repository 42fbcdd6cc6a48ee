package numbers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// fault words what is wrong. The arguments of the sentence are texts of either
// language, or strings that are the same in both.
func (f *Field) fault(code pricing.Code, sentence pricing.Text, args ...any) *pricing.InputError {
	in := func(l pricing.Lang) string {
		words := make([]any, len(args))
		for i, arg := range args {
			words[i] = arg
			if t, ok := arg.(pricing.Text); ok {
				words[i] = t.In(l)
			}
		}
		return fmt.Sprintf(sentence.In(l), words...)
	}
	return &pricing.InputError{Code: code, Message: pricing.Text{EN: in(pricing.English), ZH: in(pricing.Chinese)}}
}

// example returns a number that the field takes, with its unit.
func (f *Field) example() pricing.Text {
	n := f.Sample
	if n == "" {
		n = strconv.FormatInt(f.sample(), 10)
	}
	n = pricing.Grouped(n)
	if f.Unit.EN == "" {
		return pricing.Text{EN: n, ZH: n}
	}
	return pricing.Text{EN: n + " " + f.Unit.EN, ZH: n + " " + f.Unit.ZH}
}

// unit returns the field's unit.
func (f *Field) unit() pricing.Text { return pricing.Text{EN: f.Unit.EN, ZH: f.Unit.ZH} }

// sample returns a number that the field takes: one that is usual for its unit,
// its default, or any that suits its bounds.
func (f *Field) sample() int64 {
	m := measureOf(f.Unit)
	typical := int64(0)
	if m.of != nil && len(m.per) == 0 {
		typical = m.of.sample
	}
	for _, n := range []int64{typical, f.usual, 15000, 200, 12, 3, 2} {
		if n > 1 && f.takes(decimal.NewFromInt(n)) {
			return n
		}
	}
	return f.Maximum
}

func (f *Field) tooLong(text string) *pricing.InputError {
	if allDigits(text) {
		return &pricing.InputError{Code: pricing.CodeOutOfRange, Message: f.Limits(pricing.CodeOutOfRange)}
	}
	return f.fault(pricing.CodeNotANumber, say.tooLong, f.example())
}

// outside words that a number was understood and cannot be taken. What it comes to
// is said where that is not what stands there.
func (r *reader) outside(code pricing.Code, a amount) *pricing.InputError {
	fault := &pricing.InputError{Code: code, Message: r.field.Limits(code)}
	value := a.value.String()
	if !a.inexact && ungrouped(r.typed.text) != value && len(value) <= 40 && strings.Trim(r.typed.text, "0123456789.,-+") != "" {
		comes := r.field.fault(code, say.comesTo, pricing.Grouped(value)).Message
		fault.Message = pricing.Text{EN: comes.EN + " " + fault.Message.EN, ZH: comes.ZH + fault.Message.ZH}
	}
	return fault
}

// either refuses what may be one of two numbers.
func (r *reader) either(p piece, a, b decimal.Decimal) *pricing.InputError {
	if a.GreaterThan(b) {
		a, b = b, a
	}
	return r.field.fault(pricing.CodeNotANumber, say.either, r.typed.quoted(p), pricing.Grouped(a.String()), pricing.Grouped(b.String()))
}

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
		if _, ok := r.digits(number.text, at[1] < len(p.text)); ok {
			continue
		}
		joined := strings.NewReplacer(".", "", ",", "", "'", "", "_", "").Replace(number.text)
		last := strings.LastIndexAny(number.text, ".,")
		if last < 0 || last == len(number.text)-1 {
			continue
		}
		before, after := strings.NewReplacer(".", "", ",", "", "'", "", "_", "").Replace(number.text[:last]), number.text[last+1:]
		switch asDecimal := plain(before, after); {
		case !strings.ContainsAny(number.text[:last], ".,'_"):
			return r.either(number, asDecimal, plain(joined, ""))
		case !strings.Contains(number.text[:last], number.text[last:last+1]):
			return r.field.fault(pricing.CodeNotANumber, say.grouping, r.typed.quoted(number), pricing.Grouped(asDecimal.String()))
		default:
			return r.field.fault(pricing.CodeNotANumber, say.grouping, r.typed.quoted(number), pricing.Grouped(plain(joined, "").String()))
		}
	}
	return nil
}

// explainTail says how the digits behind a word such as 万 may be read: "8万50" is
// 80,050 as it stands, but may be meant for 85,000.
func (r *reader) explainTail(p piece) *pricing.InputError {
	found := oddTail.FindStringSubmatch(p.text)
	if found == nil || strings.HasPrefix(p.text, found[0]) && beginsNumber(p.text[len(found[0]):]) {
		return nil
	}
	head, ok := r.digits(found[1], true)
	one, valid := r.numeral("1" + found[2])
	if !ok || !valid || !head.IsInteger() {
		return nil
	}
	tail := plain(found[3], "")
	next := plain(strings.TrimSuffix(head.String(), ".0"), found[3]).Mul(one)
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
