package pricing

import "github.com/shopspring/decimal"

// quantity is what a charge counts in a month: the product of inputs, or their
// sum, by their positions. A single input is the product of itself.
type quantity struct {
	inputs []int
	sum    bool
}

// of returns the quantity that the values make.
func (q quantity) of(values []int64) decimal.Decimal {
	total := decimal.NewFromInt(values[q.inputs[0]])
	for _, i := range q.inputs[1:] {
		if q.sum {
			total = total.Add(decimal.NewFromInt(values[i]))
		} else {
			total = total.Mul(decimal.NewFromInt(values[i]))
		}
	}
	return total
}

// explain writes the quantity with its numbers: "10 × 31". A sum is written as
// its value, since its parts can be many.
func (q quantity) explain(f formula, values []int64) formula {
	if q.sum {
		return f.number(q.of(values))
	}
	for i, input := range q.inputs {
		if i > 0 {
			f = f.text(times)
		}
		f = f.count(values[input])
	}
	return f
}
