package quotes

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
)

// Reason says why the amount of a line differs between two estimates. A line
// may have several.
type Reason string

// The reasons that a line's amount can have to differ.
const (
	// LineAdded is a line that is in the later estimate only.
	LineAdded Reason = "added"
	// LineRemoved is a line that is in the earlier estimate only.
	LineRemoved Reason = "removed"
	// OptionChanged is a line of another option: it has that one's price, or
	// what that one includes.
	OptionChanged Reason = "option"
	// PriceChanged is a line whose unit price differs because the price book is
	// another one. A line that has not one unit price but several has this
	// reason for the other book alone: its prices or their rules can differ.
	PriceChanged Reason = "price"
	// QuantityChanged is a line that charges another quantity: the usage
	// differs, or, of the same usage, the allowance, the block or its rounding.
	// A line without one unit price has it where the usage differs.
	QuantityChanged Reason = "quantity"
	// TermChanged is a line that is charged for another number of months.
	TermChanged Reason = "term"
	// TimesChanged is a line of an item that is quoted another number of times.
	TimesChanged Reason = "times"
	// RulesChanged is a line that differs though nothing does that the two
	// documents say: it is computed otherwise.
	RulesChanged Reason = "rules"
)

// causes are what two estimates of a product do not share, and thus all that a
// line of theirs can differ for. What a line says of itself then tells which of
// them it are; where it does not tell, all of them are named.
type causes struct {
	before, after                     *Item
	option, book, inputs, term, times bool
}

func causesOf(before, after *Item) *causes {
	return &causes{
		before: before, after: after,
		option: before.Option != after.Option,
		book:   before.PriceBookHash != after.PriceBookHash,
		inputs: !inputsOf(before).same(inputsOf(after)),
		term:   before.Months != after.Months,
		times:  before.Quantity != after.Quantity,
	}
}

// of returns the reasons why two lines differ, of which one may be nil.
func (c *causes) of(before, after *wire.Line) []Reason {
	switch {
	case before == nil:
		return []Reason{LineAdded}
	case after == nil:
		return []Reason{LineRemoved}
	}
	var out []Reason
	if !Figure(before.Amount).Equal(Figure(after.Amount)) {
		out = c.ofOne(before, after)
	}
	if c.times {
		out = append(out, TimesChanged)
	}
	return out
}

// ofOne returns the reasons why the amounts of two lines differ, each counted
// once.
func (c *causes) ofOne(before, after *wire.Line) []Reason {
	amounts := ratio{Figure(before.Amount), Figure(after.Amount)}
	months := ratio{decimal.NewFromInt(c.before.Months), decimal.NewFromInt(c.after.Months)}
	prices, known := unitPrices(before, after)
	quantities := ratio{Figure(before.Quantity), Figure(after.Quantity)}
	if !known {
		if c.term && amounts.as(months) {
			return []Reason{TermChanged}
		}
		return c.all()
	}

	var out []Reason
	add := func(r Reason) {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	explained := amounts.as(ratio{prices.before.Mul(quantities.before), prices.after.Mul(quantities.after)})
	// A fee counts its months, and a pool what it holds in all of them.
	ofTerm := c.term && explained && quantities.as(months)
	if !prices.same() {
		add(c.priced())
	}
	if !quantities.same() && !ofTerm {
		switch {
		case c.inputs, c.book && !c.option:
			add(QuantityChanged)
		case c.option:
			add(OptionChanged)
		}
	}
	outside := explained && quantities.same() // of what the term changes
	if c.term && !outside && (len(out) > 0 || ofTerm || amounts.as(months)) {
		add(TermChanged)
	}
	if len(out) == 0 {
		return c.all()
	}
	return out
}

// priced is the reason why a line has another price. Of two options, whatever
// their books, each has its own; and inside one book prices follow what was
// entered.
func (c *causes) priced() Reason {
	switch {
	case c.option:
		return OptionChanged
	case c.book:
		return PriceChanged
	case c.inputs:
		return QuantityChanged
	case c.term:
		return TermChanged
	default:
		return RulesChanged
	}
}

// all returns every reason that there can be.
func (c *causes) all() []Reason {
	out := []Reason{c.priced()}
	if c.inputs && out[0] != QuantityChanged {
		out = append(out, QuantityChanged)
	}
	if c.term && out[0] != TermChanged {
		out = append(out, TermChanged)
	}
	return out
}

// unitPrices returns the unit prices of two lines, for the same number of units,
// and whether each has one. Lines that were saved before there were parts do not
// say for how many units their prices are: it is taken to be the same number.
func unitPrices(before, after *wire.Line) (prices ratio, known bool) {
	prices = ratio{Figure(before.UnitPrice), Figure(after.UnitPrice)}
	if len(before.Parts) > 0 && len(after.Parts) > 0 {
		prices = ratio{prices.before.Mul(perOf(after)), prices.after.Mul(perOf(before))}
	}
	return prices, !prices.before.IsZero() && !prices.after.IsZero()
}

// perOf returns for how many units the price of a line is.
func perOf(line *wire.Line) decimal.Decimal {
	if line.Per == "" {
		return decimal.NewFromInt(1)
	}
	return Figure(line.Per)
}

// ratio is a figure before and after.
type ratio struct{ before, after decimal.Decimal }

func (r ratio) same() bool { return r.before.Equal(r.after) }

// as reports whether a figure has changed by the same factor as another one.
func (r ratio) as(other ratio) bool {
	return r.after.Mul(other.before).Equal(r.before.Mul(other.after))
}
