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
	// Complete is false if something that was asked for has no public price,
	// so that the total leaves it out.
	Complete bool
	// Lines are the line items that cost something, in the order of the book.
	Lines []Line
	// Purchases are the packs and commitments that were bought, in the order
	// of the book and of their windows.
	Purchases []Purchase
	// Pools say what became of allowances and packs.
	Pools []PoolUse
	// Violations say which needs the option cannot serve, in the order of the
	// book's inputs.
	Violations []*Violation
	// Notes are sentences that whoever takes the option should know.
	Notes []Text
	// Cliffs say where the next unit costs more than a unit, or where buying
	// more costs less.
	Cliffs []Text
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
	// Formula is the computation of Amount with its numbers, in signs that
	// read the same in every language.
	Formula string

	parts []part
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
//     nothing to its lines: each is a violation and counts as not stated. A
//     feature that is lacking is a violation too, but leaves all usage priced.
//  2. The charges follow in the order of the book. Each takes the lowest of
//     its prices that apply. Inside a price the allowance comes first, then
//     what is granted, then packs, then what is postpaid; quantities are
//     multiplied before anything is divided. No charge reads what another one
//     added to the bill, so their order is that of the lines only.
//  3. Lines are summed exactly; the sums are rounded once, at the end.
//
// The options are then ranked by the rounded total.
func (u *Usage) Estimate() *Estimate { return u.estimate(false) }

// estimate is [Usage.Estimate], of an account that may have had what is given
// or sold once.
func (u *Usage) estimate(later bool) *Estimate {
	b := u.book
	e := &Estimate{Usage: u, Options: make([]OptionEstimate, len(b.Options))}
	stated, served := u.stated(), make([]int64, len(u.values))
	term := decimal.NewFromInt(u.Months())
	memos := make([]chargeMemo, len(b.charges))
	for i := range b.Options {
		copy(served, stated)
		e.Options[i] = u.estimateOption(&bill{
			book: b, option: i, values: served, rows: u.rows, months: u.Months(), term: term, servesAll: true, later: later,
		}, memos)
	}
	if free := u.FreeRows(); free != nil {
		for i := range e.Options {
			e.Options[i].Notes = append(slices.Clip(e.Options[i].Notes), free...)
		}
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

// estimateOption prices the option of a bill that has nothing on it yet. The
// memos are what the charges came to in the options before.
func (u *Usage) estimateOption(bill *bill, memos []chargeMemo) OptionEstimate {
	b := u.book
	o := &b.Options[bill.option]
	bill.notes = slices.Clip(o.Notes) // what is appended must not reach the book
	bill.serve(o)
	for j := range b.charges {
		b.charges[j].bill(bill, &memos[j])
	}
	slices.SortStableFunc(bill.violations, func(a, c *Violation) int {
		return b.position(a.Input.ID) - b.position(c.Input.ID)
	})
	for i := range b.ladders {
		if note, ok := b.ladders[i].note(u.values); ok {
			bill.notes = append(slices.Clip(bill.notes), note)
		}
	}
	e := OptionEstimate{
		Option: o, Feasible: len(bill.violations) == 0, Complete: !bill.incomplete,
		Lines: bill.lines, Purchases: bill.purchases, Pools: bill.pools, Violations: bill.violations, Notes: bill.notes, Cliffs: bill.cliffs,
	}
	total, prepaid := bill.amounts(mark{})
	e.Total = roundMoney(total)
	e.Monthly = divideRounded(e.Total, bill.term)
	e.Prepaid, e.Postpaid = roundMoney(prepaid), roundMoney(total.Sub(prepaid))
	return e
}

// serve finds what the option cannot serve, and takes it out of the values.
func (b *bill) serve(o *Option) {
	if f := b.book.features; f != nil {
		lacking, notes := f.check(&b.book.Inputs[f.input], b.values, o.features)
		b.notes = append(slices.Clip(b.notes), notes...)
		if lacking != nil {
			b.violations = append(b.violations, lacking)
		}
	}
	for j := range o.limits {
		l := &o.limits[j]
		if !l.broken(b.values[l.input]) {
			continue
		}
		b.violations = append(b.violations, &l.violation)
		b.servesAll = false
		b.values[l.input] = 0
		if b.rows[l.input] != nil {
			b.rows = slices.Clone(b.rows)
			b.rows[l.input] = nil
		}
	}
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

// Difference returns how much dearer an option's total is than that of the
// recommended one. There must be a recommended one.
func (e *Estimate) Difference(o *OptionEstimate) decimal.Decimal {
	return o.Total.Sub(e.Recommended().Total)
}
