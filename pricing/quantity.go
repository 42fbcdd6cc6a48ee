package pricing

import "github.com/shopspring/decimal"

// quantity is what a charge counts: the product of one or more inputs, by
// their positions. A single input is the product of itself.
type quantity []int

// of returns the quantity that the values make.
func (q quantity) of(values []int64) decimal.Decimal {
	total := decimal.NewFromInt(values[q[0]])
	for _, i := range q[1:] {
		total = total.Mul(decimal.NewFromInt(values[i]))
	}
	return total
}

// explain writes the quantity with its numbers: "10 × 31".
func (q quantity) explain(f formula, values []int64) formula {
	for i, input := range q {
		if i > 0 {
			f = f.text(times)
		}
		f = f.count(values[input])
	}
	return f
}
