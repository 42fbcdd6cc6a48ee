package pricing

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// formula is an explanation being written: the computation of an amount with
// its numbers in it, in signs that read the same in every language.
type formula []byte

const (
	times   = " × "
	minus   = " − "
	divided = " ÷ "
	plus    = " + "
)

func newFormula() formula { return make(formula, 0, 64) }

func (f formula) text(s string) formula { return append(f, s...) }

func (f formula) count(n int64) formula {
	var digits [20]byte
	return AppendGrouped(f, string(strconv.AppendInt(digits[:0], n, 10)))
}

func (f formula) number(d decimal.Decimal) formula { return AppendGrouped(f, d.String()) }

// money appends an amount or a price: whole, or with two decimals at least.
func (f formula) money(d decimal.Decimal) formula {
	f = f.text("¥").number(d)
	if d.Exponent() < 0 && d.Mul(ten).IsInteger() && !d.IsInteger() {
		return f.text("0")
	}
	return f
}

// term appends the factor of the months, which is left out where it is 1.
func (f formula) term(months decimal.Decimal) formula {
	if months.Equal(one) {
		return f
	}
	return f.text(times).number(months)
}

var one, ten = decimal.NewFromInt(1), decimal.NewFromInt(10)
