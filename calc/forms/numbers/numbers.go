// Package numbers reads numbers as people type them, by one rule for every
// field: "15,000", "1.5万人", "１５０００", "15k", "8万5", "40*22", "45分钟" and
// "1年" in a field that counts months.
//
// A text is understood if it can only mean one number in the unit of its field.
// What may mean two, as "15.000" does, and what has a unit that is not the
// field's, is refused with a fault that says so: a wrong guess is a wrong price.
// All arithmetic is on exact decimals; nothing passes through a float.
package numbers

import (
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// MaxTyped bounds, in bytes, the text of a number that is looked at; nobody
// types more.
const MaxTyped = 128

// Field is what a number is typed into.
type Field struct {
	// Unit is what the number counts; it may be empty.
	Unit pricing.Unit
	// Minimum and Maximum bound the number, both included.
	Minimum, Maximum int64
	// Decimals is how many the number may have.
	Decimals int32
	// Signed says that the number may be negative.
	Signed bool
	// Sample is a number to show how the field is filled in; empty for one that
	// suits the unit and the bounds.
	Sample string
	// Limits words that a number is out of range, or has too many decimals.
	Limits func(pricing.Code) pricing.Text

	usual int64
}

// Of returns the field of an input that is a count.
func Of(in *pricing.Input) *Field {
	return &Field{
		Unit: in.Unit, Minimum: in.Minimum, Maximum: in.Maximum, usual: in.Default,
		Limits: func(code pricing.Code) pricing.Text { return in.Fault(code).Message },
	}
}

// Blank reports whether nothing that can be seen was typed.
func Blank(text string) bool { return strings.TrimSpace(Clean(text)) == "" }

// Read reads a number. The fault is of no input yet.
func (f *Field) Read(text string) (decimal.Decimal, *pricing.InputError) {
	if len(text) > MaxTyped {
		return decimal.Decimal{}, f.tooLong(text)
	}
	r := &reader{field: f, typed: normalize(text)}
	if r.typed.parted {
		return decimal.Decimal{}, f.fault(pricing.CodeNotANumber, say.several, f.example())
	}
	if digits := r.typed.text; digits != "" && allDigits(digits) {
		return r.taken(amount{value: plain(digits, "")})
	}
	r.measure = measureOf(f.Unit)
	return r.read()
}

// takes reports whether the field can have a value.
func (f *Field) takes(v decimal.Decimal) bool {
	return v.Equal(v.Truncate(f.Decimals)) &&
		!v.LessThan(decimal.NewFromInt(f.Minimum)) && !v.GreaterThan(decimal.NewFromInt(f.Maximum))
}

// reader reads one text.
type reader struct {
	field   *Field
	measure *measure
	typed   *typed
}

func (r *reader) read() (decimal.Decimal, *pricing.InputError) {
	p, negative := piece{text: r.typed.text}, false
	switch {
	case strings.HasPrefix(p.text, "-"):
		p, negative = p.from(1), true
	case strings.HasPrefix(p.text, "+"):
		p = p.from(1)
	}
	a, fault := r.sum(p, negative)
	if fault != nil {
		return decimal.Decimal{}, fault
	}
	if negative {
		a.value = a.value.Neg()
	}
	return r.taken(a)
}

// taken returns a number that was understood, if the field can have it.
func (r *reader) taken(a amount) (decimal.Decimal, *pricing.InputError) {
	switch {
	case a.inexact || !a.value.Equal(a.value.Truncate(r.field.Decimals)):
		return decimal.Decimal{}, r.outside(pricing.CodeNotWhole, a)
	case !r.field.takes(a.value):
		return decimal.Decimal{}, r.outside(pricing.CodeOutOfRange, a)
	}
	return a.value, nil
}

// amount is a number that was understood.
type amount struct {
	value decimal.Decimal
	// inexact says that the number has no decimal form in the field's unit, as 10
	// seconds have none in minutes; there is no value then.
	inexact bool
	// united says that a unit stands beside it, converted that it is not the
	// field's own.
	united, converted bool
}

// piece is a part of what is read, and where it begins.
type piece struct {
	text string
	at   int
}

func (p piece) from(i int) piece { return piece{p.text[i:], p.at + i} }
func (p piece) to(i int) piece   { return piece{p.text[:i], p.at} }
