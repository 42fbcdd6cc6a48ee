package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Settlement says when a line is paid.
type Settlement string

// When a line is paid.
const (
	// Prepaid is paid up front, when the option is bought.
	Prepaid Settlement = "prepaid"
	// Postpaid is billed afterwards, by what was used.
	Postpaid Settlement = "postpaid"
)

var settlements = []Settlement{Prepaid, Postpaid}

// charge is one position of the price list: what is counted, under which
// conditions, and its price in each option.
type charge struct {
	terms
	when     []condition
	quantity quantity
	// prices has one price for each option, nil where the charge does not
	// apply.
	prices []price
}

// terms is what all lines of a charge have in common.
type terms struct {
	id          string
	name        Text
	settlement  Settlement
	unit        Text
	source      Source
	assumptions []Text
}

// condition asks for a value of a yes/no input.
type condition struct {
	input int
	want  int64
}

// price is one way to charge for a quantity: a price model.
type price interface {
	// line returns what the quantity costs in the term, with its explanation,
	// and whether it costs anything at all. The values are those of the inputs
	// that the option can serve; others are as if nothing had been stated.
	line(t *terms, q quantity, values []int64, months decimal.Decimal) (Line, bool)
}

// line returns the charge's line in an option, if it has one.
func (c *charge) line(option int, values []int64, months decimal.Decimal) (Line, bool) {
	if c.prices[option] == nil {
		return Line{}, false
	}
	for _, cond := range c.when {
		if values[cond.input] != cond.want {
			return Line{}, false
		}
	}
	return c.prices[option].line(&c.terms, c.quantity, values, months)
}

func (b *Book) compileCharge(raw *chargeFile, book *bookFile) charge {
	c := charge{
		terms: terms{
			id: raw.ID, name: raw.Name, settlement: raw.Settlement, unit: raw.Unit,
			source: Source{Section: raw.Source.Section},
		},
		prices: make([]price, len(b.Options)),
	}
	for i := range b.Sources {
		if b.Sources[i].ID == raw.Source.Document {
			c.source.Document = &b.Sources[i]
		}
	}
	for _, a := range book.Assumptions {
		if slices.Contains(raw.Assumptions, a.ID) {
			c.assumptions = append(c.assumptions, a.Text)
		}
	}
	for i := range b.Inputs {
		if want, ok := raw.When[b.Inputs[i].ID]; ok {
			c.when = append(c.when, condition{input: i, want: yesNo(want)})
		}
	}
	if raw.Quantity != nil {
		for _, id := range raw.Quantity.Product {
			c.quantity = append(c.quantity, b.position(id))
		}
	}
	for i := range raw.Prices {
		for o := range b.Options {
			if slices.Contains(raw.Prices[i].Options, b.Options[o].ID) {
				c.prices[o] = b.compilePrice(raw, &raw.Prices[i], &book.Options[o])
			}
		}
	}
	return c
}

// compilePrice makes the one price form that a price of the book has.
func (b *Book) compilePrice(c *chargeFile, p *priceFile, o *optionFile) price {
	switch {
	case p.MonthlyFee != nil:
		return newMonthlyFee(p.MonthlyFee.Decimal)
	case p.UnitPrice != nil:
		return newUnitPrice(p.UnitPrice.Decimal)
	case p.Package != nil:
		return newPackagePrice(p.Package)
	default:
		return newAddOnPrice(c.Name, p.AddOns, b.position(c.Extends), o.Limits[c.Extends].bound())
	}
}
