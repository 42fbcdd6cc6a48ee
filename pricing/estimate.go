package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Estimate is what every option of a book costs for one usage.
type Estimate struct {
	Usage *Usage
	// Options has the feasible options first, the cheapest in front and ties
	// in the order of the book, then the others in the order of the book.
	Options []OptionEstimate
}

// OptionEstimate is what one option costs. Money is in the book's currency.
type OptionEstimate struct {
	Option *Option
	// Feasible says that the option can serve all that the usage asks for.
	Feasible bool
	// Total is the price of the whole term, rounded to the fen, half up. That
	// of an infeasible option leaves out what it cannot serve.
	Total decimal.Decimal
	// Monthly is Total ÷ months, rounded to the fen, half up.
	Monthly decimal.Decimal
	// Prepaid and Postpaid are the parts of the total that are due up front
	// and billed afterwards, each rounded to the fen, half up.
	Prepaid, Postpaid decimal.Decimal
	// Lines are the line items that cost something, in the order of the book.
	Lines []Line
	// Violations say which needs the option cannot serve, in the order of the
	// book's inputs.
	Violations []*Violation
}

// Line is one line item of an option, with all it takes to explain it.
type Line struct {
	*terms
	// Name says what is charged, with the add-on that was chosen in it.
	Name Text
	// Amount is the exact price of the whole term.
	Amount decimal.Decimal
	// Quantity is how much is charged: the months of a fee, the blocks or
	// units of a month.
	Quantity decimal.Decimal
	// UnitPrice is the price of one of the quantity.
	UnitPrice decimal.Decimal
	// Formula is the computation of Amount with its numbers, in signs that
	// read the same in every language.
	Formula string
}

// ID returns the id of the charge that the line is of.
func (l *Line) ID() string { return l.id }

// Settlement says when the line is paid.
func (l *Line) Settlement() Settlement { return l.settlement }

// Unit says what the quantity counts.
func (l *Line) Unit() Text { return l.unit }

// Source returns where the price was published.
func (l *Line) Source() *Source { return &l.source }

// Assumptions returns what the amount rests on beside its source.
func (l *Line) Assumptions() []Text { return l.assumptions }

// Estimate prices every option of the usage's book. It cannot fail: a usage
// has only values that the book allows. The order of application, for each
// option:
//
//  1. The limits come first, since an input that the option cannot serve adds
//     nothing to its lines: each is a violation and counts as not stated.
//  2. The charges follow in the order of the book. No charge reads what
//     another one computed, so their order is that of the lines only.
//  3. Lines are summed exactly; the sums are rounded once, at the end.
//
// The options are then ranked by the rounded total.
func (u *Usage) Estimate() *Estimate {
	b := u.book
	e := &Estimate{Usage: u, Options: make([]OptionEstimate, len(b.Options))}
	months := decimal.NewFromInt(u.Months())
	served := make([]int64, len(u.values))
	for i := range b.Options {
		e.Options[i] = u.estimateOption(i, served, months)
	}
	slices.SortStableFunc(e.Options, byRank)
	return e
}

// byRank puts feasible options before others and, among the feasible, the
// cheaper before the dearer. With a stable sort, ties keep the book's order.
func byRank(a, b OptionEstimate) int {
	switch {
	case a.Feasible && b.Feasible:
		return a.Total.Cmp(b.Total)
	case a.Feasible:
		return -1
	case b.Feasible:
		return 1
	default:
		return 0
	}
}

// estimateOption prices the option at position i. The slice served is scratch
// space for one value for each input.
func (u *Usage) estimateOption(i int, served []int64, months decimal.Decimal) OptionEstimate {
	b := u.book
	o := &b.Options[i]
	e := OptionEstimate{Option: o, Feasible: true}
	copy(served, u.values)
	for j := range o.limits {
		if l := &o.limits[j]; served[l.input] > l.reach {
			e.Violations = append(e.Violations, &l.violation)
			e.Feasible = false
			served[l.input] = 0
		}
	}
	var prepaid, postpaid decimal.Decimal
	for j := range b.charges {
		line, ok := b.charges[j].line(i, served, months)
		if !ok {
			continue
		}
		if e.Lines == nil {
			e.Lines = make([]Line, 0, len(b.charges)-j)
		}
		e.Lines = append(e.Lines, line)
		if line.settlement == Prepaid {
			prepaid = prepaid.Add(line.Amount)
		} else {
			postpaid = postpaid.Add(line.Amount)
		}
	}
	e.Total = roundMoney(prepaid.Add(postpaid))
	e.Monthly = divideMoney(e.Total, u.Months())
	e.Prepaid, e.Postpaid = roundMoney(prepaid), roundMoney(postpaid)
	return e
}

// Recommended returns the cheapest feasible option, the first in the book
// among equals, or nil if none is feasible.
func (e *Estimate) Recommended() *OptionEstimate {
	if len(e.Options) > 0 && e.Options[0].Feasible {
		return &e.Options[0]
	}
	return nil
}

// Option returns the estimate of the option with the given id, or nil.
func (e *Estimate) Option(id string) *OptionEstimate {
	for i := range e.Options {
		if e.Options[i].Option.ID == id {
			return &e.Options[i]
		}
	}
	return nil
}

// ExactTotal returns the sum of the lines, before any rounding.
func (o *OptionEstimate) ExactTotal() decimal.Decimal {
	var total decimal.Decimal
	for i := range o.Lines {
		total = total.Add(o.Lines[i].Amount)
	}
	return total
}

// Difference returns how much dearer an option's total is than that of the
// recommended one. There must be a recommended one.
func (e *Estimate) Difference(o *OptionEstimate) decimal.Decimal {
	return o.Total.Sub(e.Recommended().Total)
}
