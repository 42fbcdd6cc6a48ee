package pricing

import "github.com/shopspring/decimal"

// rowPrice charges the rows of an input: for each row the product of its
// counts, at the price of what it chose.
type rowPrice struct {
	rows    int
	product []int // fields that are multiplied
	by      int   // field that the price is by
	prices  []quantityPrice
	// multiplier raises the price by what another field chose, or is nil.
	multiplier *multiplier
	// minimum is what a month with usage costs at least, or 0.
	minimum decimal.Decimal
}

// multiplier multiplies the prices of some choices.
type multiplier struct {
	field   int
	applies []bool   // by the choice that the price is by
	factors []factor // by the choice of the field
}

// factor is what a choice multiplies a price with. The name is that of the
// choice; a yes/no has none.
type factor struct {
	name   Text
	number decimal.Decimal
}

// rowSum is what rows come to, being explained: the formula and the parts.
type rowSum struct {
	formula formula
	parts   []part
}

// month returns what a month of the rows costs, and how many units are charged.
// If s is not nil the computation is written to it.
func (r *rowPrice) month(b *bill, s *rowSum) (total decimal.Decimal, units decimal.Decimal) {
	rows := b.rows[r.rows]
	if b.still != nil && b.still.rows == r.rows {
		rest := b.still.months[r]
		total, units, rows, s = rest.amount, rest.units, rows[b.still.row:b.still.row+1], nil
	}
	if s != nil {
		s.parts = make([]part, 0, len(rows))
	}
	for _, row := range rows {
		p := &r.prices[row[r.by]]
		quantity := decimal.NewFromInt(row[r.product[0]])
		for _, i := range r.product[1:] {
			quantity = quantity.Mul(decimal.NewFromInt(row[i]))
		}
		if quantity.IsZero() || p.price.IsZero() {
			continue
		}
		units = units.Add(quantity)
		amount := p.of(quantity)
		by := r.multiplier.of(row, row[r.by])
		if by != nil {
			amount = amount.Mul(by.number)
		}
		total = total.Add(amount)
		if s != nil {
			r.explain(s, row, part{price: p, by: by, quantity: quantity, times: b.term})
		}
	}
	if s != nil && len(s.parts) > 1 && b.months > 1 {
		s.formula = append(formula("("), s.formula...).text(")")
	}
	return total, units
}

// explain adds a row as a part.
func (r *rowPrice) explain(s *rowSum, row Row, p part) {
	if len(s.parts) > 0 {
		s.formula = s.formula.text(plus)
	}
	for i, field := range r.product {
		if i > 0 {
			s.formula = s.formula.text(times)
		}
		s.formula = s.formula.count(row[field])
	}
	s.formula = s.formula.text(p.price.after)
	if p.by != nil && !p.by.number.Equal(one) {
		s.formula = s.formula.text(times).number(p.by.number)
	}
	s.parts = append(s.parts, p)
}

// of returns the factor of a row's price, which goes by the choice given; nil
// if there is none.
func (m *multiplier) of(row Row, by int64) *factor {
	if m == nil || !m.applies[by] {
		return nil
	}
	return &m.factors[row[m.field]]
}

// bill charges months × the rows' sum, or the minimum where that is not less.
func (r *rowPrice) bill(b *bill, c *charge) {
	s := rowSum{formula: newFormula()}
	total, units := r.month(b, &s)
	if total.IsZero() {
		return
	}
	if t := c.further[minimumLine]; t != nil && total.LessThanOrEqual(r.minimum) {
		newMonthlyFee(r.minimum).add(b, t, t.name)
		return
	}
	b.add(Line{
		terms: &c.terms, Name: c.name, Amount: total.Mul(b.term), Quantity: units,
		Formula: string(s.formula.term(b.term)), parts: s.parts,
	})
}

func (r *rowPrice) reads() []int { return []int{r.rows} }

func (*rowPrice) counts() bool { return false }

// stillRows is what the rows of an input come to beside the one at a position.
type stillRows struct {
	rows, row int
	months    map[*rowPrice]rowsMonth
}

// rowsMonth is what rows come to in a month, and how many units are charged.
type rowsMonth struct{ amount, units decimal.Decimal }
