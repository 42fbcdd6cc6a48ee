package pricing

import "github.com/shopspring/decimal"

// rates charge several inputs on one line, each at its own unit price.
type rates struct {
	per   perUnits
	items []rate
}

type rate struct {
	input int
	quantityPrice
}

// add adds the rate of an input.
func (r *rates) add(b *Book, input string, q quantityPrice) {
	i := b.position(input)
	b.name(&q, quantity{inputs: []int{i}})
	q.write() // without the units that it is for: the sum is divided by them
	q.per = r.per
	r.items = append(r.items, rate{i, q})
}

// bill charges the sum of quantity × price, × months.
func (r *rates) bill(b *bill, c *charge) {
	parts := r.parts(b)
	var total, units decimal.Decimal
	for i := range parts {
		p := &parts[i]
		total, units = total.Add(p.quantity.Mul(p.price.price)), units.Add(p.quantity)
	}
	if total.IsZero() {
		return
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: r.per.of(total).Mul(b.term), Quantity: units,
		Formula: string(r.explain(newFormula(), b, b.months > 1).term(b.term)), parts: parts,
	})
}

func (r *rates) reads() []int {
	inputs := make([]int, len(r.items))
	for i := range r.items {
		inputs[i] = r.items[i].input
	}
	return inputs
}

func (*rates) counts() bool { return false }

// charges reports whether so much of an input is charged.
func (r *rate) charges(v int64) bool { return v > 0 && v >= r.freeBelow }

// charged returns how many of the inputs are charged.
func (r *rates) charged(b *bill) (n int) {
	for i := range r.items {
		if item := &r.items[i]; item.charges(b.values[item.input]) {
			n++
		}
	}
	return n
}

// parts returns the inputs that are charged, as parts of a line.
func (r *rates) parts(b *bill) []part {
	parts := make([]part, 0, r.charged(b))
	for i := range r.items {
		item := &r.items[i]
		if v := b.values[item.input]; item.charges(v) {
			parts = append(parts, part{price: &item.quantityPrice, quantity: decimal.NewFromInt(v), times: b.term})
		}
	}
	return parts
}

// explain writes what the inputs of a month come to, in brackets where it is a
// sum with another factor behind it.
func (r *rates) explain(f formula, b *bill, factor bool) formula {
	bracket := (r.per.zeros > 0 || factor) && r.charged(b) > 1
	if bracket {
		f = f.text("(")
	}
	n := 0
	for i := range r.items {
		item := &r.items[i]
		v := b.values[item.input]
		if !item.charges(v) {
			continue
		}
		if n > 0 {
			f = f.text(plus)
		}
		f = f.count(v).text(item.after)
		n++
	}
	if bracket {
		f = f.text(")")
	}
	return f.text(r.per.label)
}
