package numbers

import (
	"fmt"
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
