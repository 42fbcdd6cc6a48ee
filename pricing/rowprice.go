package pricing

import "github.com/shopspring/decimal"

// rowPrice charges the rows of an input: for each row the product of its
// counts, at the price of what it chose.
type rowPrice struct {
	rows   int
	counts []int // fields that are multiplied
	by     int   // field that the price is by
	prices []priceOfChoice
	// multiplier raises the price by what another field chose, or is nil.
	multiplier *multiplier
	// minimum is what a month with usage costs at least, or 0.
	minimum decimal.Decimal
}

type priceOfChoice struct {
	price decimal.Decimal
	per   perUnits
}

// multiplier multiplies the prices of some choices.
type multiplier struct {
	field   int
	applies []bool            // by the choice that the price is by
	factors []decimal.Decimal // by the choice of the field
}

// month returns what a month of the rows costs, and whether any row states a
// quantity. If f is not nil the computation is written to it.
func (r *rowPrice) month(b *bill, f *formula) (total decimal.Decimal, units decimal.Decimal) {
	n := 0
	for _, row := range b.rows[r.rows] {
		p := r.prices[row[r.by]]
		quantity := decimal.NewFromInt(row[r.counts[0]])
		for _, i := range r.counts[1:] {
			quantity = quantity.Mul(decimal.NewFromInt(row[i]))
		}
		if quantity.IsZero() || p.price.IsZero() {
			continue
		}
		units = units.Add(quantity)
		amount := p.per.of(quantity.Mul(p.price))
		factor := one
		if m := r.multiplier; m != nil && m.applies[row[r.by]] {
			factor = m.factors[row[m.field]]
			amount = amount.Mul(factor)
		}
		total = total.Add(amount)
		if f == nil {
			continue
		}
		if n > 0 {
			*f = f.text(plus)
		}
		n++
		for i, field := range r.counts {
			if i > 0 {
				*f = f.text(times)
			}
			*f = f.count(row[field])
		}
		*f = f.text(p.per.label).text(times).money(p.price)
		if !factor.Equal(one) {
			*f = f.text(times).number(factor)
		}
	}
	if f != nil && n > 1 && b.months > 1 {
		*f = append(formula("("), *f...)
		*f = f.text(")")
	}
	return total, units
}

// bill charges months × the rows' sum, or the minimum where that is not less.
func (r *rowPrice) bill(b *bill, c *charge) {
	f := newFormula()
	total, units := r.month(b, &f)
	if total.IsZero() {
		return
	}
	if t := c.further[minimumLine]; t != nil && total.LessThanOrEqual(r.minimum) {
		newMonthlyFee(r.minimum).add(b, t, t.name)
		return
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: total.Mul(b.term), Quantity: units,
		Formula: string(f.term(b.term)),
	})
}

func (b *Book) newRowPrice(raw *rowPriceFile) *rowPrice {
	r := &rowPrice{rows: b.position(raw.Rows)}
	in := &b.Inputs[r.rows]
	for _, id := range raw.Quantity {
		r.counts = append(r.counts, in.field(id))
	}
	r.by = in.field(raw.By)
	by := &in.Fields[r.by]
	r.prices = make([]priceOfChoice, choicesOf(by))
	for _, p := range raw.Prices {
		for _, id := range p.For {
			r.prices[choiceAt(by, id)] = priceOfChoice{price: p.Price.Decimal, per: perUnitsOf(p.Per)}
		}
	}
	if m := raw.Multiplier; m != nil {
		r.multiplier = &multiplier{field: in.field(m.By), applies: make([]bool, len(r.prices))}
		field := &in.Fields[r.multiplier.field]
		for _, id := range m.Only {
			r.multiplier.applies[choiceAt(by, id)] = true
		}
		r.multiplier.factors = make([]decimal.Decimal, choicesOf(field))
		for i := range r.multiplier.factors {
			r.multiplier.factors[i] = one
		}
		for _, f := range m.Factors {
			for _, id := range f.For {
				r.multiplier.factors[choiceAt(field, id)] = f.Factor.Decimal
			}
		}
	}
	if raw.Minimum != nil {
		r.minimum = raw.Minimum.Decimal
	}
	return r
}

// field returns the position of a field, or -1.
func (in *Input) field(id string) int {
	for i := range in.Fields {
		if in.Fields[i].ID == id {
			return i
		}
	}
	return -1
}

// choicesOf returns how many values a choice or a yes/no has.
func choicesOf(in *Input) int {
	if in.Kind == KindYesNo {
		return 2
	}
	return len(in.Choices)
}

// choiceAt returns the value that a choice's id stands for; yes and no are
// those of a yes/no.
func choiceAt(in *Input, id string) int {
	if in.Kind == KindYesNo {
		return int(yesNo(id == "yes"))
	}
	return in.choice(id)
}
