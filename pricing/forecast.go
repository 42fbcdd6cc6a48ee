package pricing

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
)

// Forecast is what the options of a book cost over a horizon of months that
// each have a usage of their own. Money is in the book's currency.
//
// # What belongs to a month, and what lasts longer
//
// Each month is priced for itself with its own usage: fees, units, blocks,
// add-ons, rows. What lasts longer than a month is paid once for a window: the
// months 1 to 12, 13 to 24 and 25 to 36 for what lasts a year, and the same
// with the window that the book gives.
//
//   - Packs and commitments are bought for what the months of the window use
//     together, beyond each month's own allowance, and are taken to cover it
//     evenly: of a list cost L and a demand M, covering C leaves L × (1 − C ÷ M).
//     They belong to the account: all options that draw from a pool share its
//     packs. A pack is of a pool, a commitment of the price that the book gives
//     to one or several options.
//   - A yearly subscription is paid for the largest amount that a month of the
//     year asks for.
//   - Grants and offers count once, in the first window of their pool, if the
//     first month's usage asks for them; a credit in the first months that it is
//     for; a pack that is sold once in the month where it saves most.
//   - Of a pool's plans, one is taken for the whole horizon, as an estimate takes
//     one for the whole term. If any month of the horizon asks for the pool, it is
//     paid in every month whose option has the pool, in those that draw nothing
//     from it too. One for the whole horizon is also taken of the prices of a
//     charge of which one lasts longer than a month, where a month in which that
//     price does not apply takes the first that does.
//
// # Terms
//
// A price for a longer term, such as a discount from 12 months on, is had by a
// window of 12 months that keeps one option throughout. Windows that follow each
// other with the same option are one order, the last of which may be shorter,
// and the term is the months of all of them. In a window in which the option
// changes, months are bought singly. What depends on the term without being the
// option's (the conditions of grants and offers, and commitments that are sold
// for short terms only) goes by the whole horizon.
//
// So a course that keeps one option, with the same usage in every month, costs
// what [Usage.Estimate] says for that many months.
type Forecast struct {
	Book *Book
	// Months has each month for itself.
	Months []ForecastMonth
	// Best is the course that costs least before any rounding; of several the
	// one with the fewest changes. Where keeping one option comes to less once
	// windows are rounded to the fen, it is that. It is nil if there is no way to
	// serve every month.
	Best *Course
	// Stays says, for every option in the order of the book, what it costs to
	// keep it throughout.
	Stays []Stay
	// Exact says that no other course is cheaper than the best one. It is false
	// only where there were so many courses to compare that some were left out.
	Exact bool
}

// ForecastMonth is one month of a forecast, for itself.
type ForecastMonth struct {
	usage *Usage
	// later says that it is not the first.
	later bool
}

// Alone returns the estimate of the month's usage for a term of one month. What
// an account is given or sold once (grants, offers, credits, packs sold once)
// is in that of the first month only. It is made when it is asked for: those of
// many months at once would take up much memory.
func (m *ForecastMonth) Alone() *Estimate { return m.usage.estimate(m.later) }

// Stay is what it costs to keep one option throughout.
type Stay struct {
	Option *Option
	// Course is nil if the option cannot serve every month.
	Course *Course
	// Unserved are the months, from 1, that the option cannot serve. It is empty
	// for an option with a course, and for one with a commitment if it has a
	// window in which nothing is used.
	Unserved []int
}

// Course is one option for each month of a horizon, and what that costs. The
// amounts of the lines of its months and windows are exact and make up the
// total, which is rounded once.
type Course struct {
	Months []CourseMonth
	// Windows are what was bought for longer than a month, in the order of their
	// first months; windows that cost nothing and hold nothing are left out.
	Windows []CourseWindow
	// Changes are the months, from 2, whose option is not that of the month
	// before.
	Changes []int
	// Total, and of it what is due up front and what is billed afterwards, are
	// rounded to the fen, half up, each from its exact sum.
	Total, Prepaid, Postpaid decimal.Decimal
	// Complete is false if something that was asked for has no public price, so
	// that the total leaves it out.
	Complete bool

	exact *big.Rat // before any rounding
}

// CourseMonth is one month of a course.
type CourseMonth struct {
	Option *Option
	// Term is the number of months of the order that the month is part of, 1 for
	// a month bought singly.
	Term int
	// Lines belong to the month alone, in the order of the book.
	Lines []Line
	// Purchases and Pools are of pools whose packs last one month.
	Purchases []Purchase
	Pools     []PoolUse
	// Amount is the sum of the lines, rounded to the fen, half up.
	Amount decimal.Decimal
}

// CourseWindow is what is bought for several months of a course together.
type CourseWindow struct {
	// First and Last are its months, from 1, both included.
	First, Last int
	// Lines are in the order of the book.
	Lines     []Line
	Purchases []Purchase
	Pools     []PoolUse
	// Amount is the sum of the lines, rounded to the fen, half up.
	Amount decimal.Decimal
}

// ExactTotal returns the sum of the lines of all months and windows, before any
// rounding.
func (c *Course) ExactTotal() decimal.Decimal {
	var total decimal.Decimal
	for i := range c.Months {
		total = total.Add(sumOf(c.Months[i].Lines))
	}
	for i := range c.Windows {
		total = total.Add(sumOf(c.Windows[i].Lines))
	}
	return total
}

func sumOf(lines []Line) decimal.Decimal {
	var sum decimal.Decimal
	for i := range lines {
		sum = sum.Add(lines[i].Amount)
	}
	return sum
}

// Forecast prices a horizon of 1 to 36 months, each with a usage of its own;
// the term that the usages state is not read. An option may follow another as
// [Book.CanFollow] says. The error is of a number of months out of range or of a
// usage of another book, or that of the context, whose end is that of the work.
func (b *Book) Forecast(ctx context.Context, months []*Usage) (*Forecast, error) {
	return b.forecast(ctx, months, forecastRules{year: monthsOfYear, follow: b.CanFollow, narrow: narrowFrontier, limit: maxFrontier})
}

// forecastRules are what a forecast goes by beside its book.
type forecastRules struct {
	// year is the number of months of a window, 12 but for tests.
	year   int
	follow func(from, to *Option) bool
	// limit bounds the ways to come to a month that are kept, and narrow those of
	// a first search.
	narrow, limit int
}

func (b *Book) forecast(ctx context.Context, months []*Usage, rules forecastRules) (*Forecast, error) {
	if len(months) == 0 || len(months) > maxMonths {
		return nil, fmt.Errorf("a forecast has 1 to %d months, not %d", maxMonths, len(months))
	}
	for _, u := range months {
		if u.book != b {
			return nil, errors.New("a month's usage is of another price book")
		}
	}
	f := &Forecast{Book: b, Stays: make([]Stay, len(b.Options)), Exact: true}
	h := newHorizon(ctx, b, months, rules)
	for m, u := range months {
		alone, _ := u.In(b)
		alone.values[monthsPosition] = 1
		f.Months = append(f.Months, ForecastMonth{usage: alone, later: m > 0})
	}
	for combinations := 1; ; combinations++ {
		h.takeShares()
		for o := range b.Options {
			f.Stays[o].Option = &b.Options[o]
			course := h.course(h.staying(o))
			if course.cheaper(f.Stays[o].Course) {
				f.Stays[o].Course = course
			}
			f.Stays[o].Unserved = h.unserved(o)
		}
		options, exact := h.cheapest(f.cheapestFound())
		if err := ctx.Err(); err != nil {
			return nil, err // what was found is not all there is
		}
		f.Exact = f.Exact && exact
		if course := h.course(options); course.cheaper(f.Best) {
			f.Best = course
		}
		if !h.nextChoice() {
			break
		}
		if combinations == maxCombinations {
			f.Exact = false
			break
		}
	}
	for i := range f.Stays {
		if c := f.Stays[i].Course; c != nil && (f.Best == nil || c.Total.LessThan(f.Best.Total)) {
			f.Best = c
		}
	}
	return f, nil
}

// cheapestFound returns the cost, before any rounding, of the cheapest course
// found so far; nil if there is none.
func (f *Forecast) cheapestFound() (cost *big.Rat) {
	note := func(c *Course) {
		if c != nil && (cost == nil || c.exact.Cmp(cost) < 0) {
			cost = c.exact
		}
	}
	note(f.Best)
	for i := range f.Stays {
		note(f.Stays[i].Course)
	}
	return cost
}

// cheaper orders courses by their costs before any rounding, then by the number of changes,
// then by what is due up front, then by the number of packs. Any course is
// cheaper than none, and none is cheaper than none.
func (c *Course) cheaper(than *Course) bool {
	switch {
	case c == nil:
		return false
	case than == nil:
		return true
	}
	if d := c.exact.Cmp(than.exact); d != 0 {
		return d < 0
	}
	if len(c.Changes) != len(than.Changes) {
		return len(c.Changes) < len(than.Changes)
	}
	if d := c.Prepaid.Cmp(than.Prepaid); d != 0 {
		return d < 0
	}
	return c.bought() < than.bought()
}

// bought returns how many packs and commitments there are.
func (c *Course) bought() (n int64) {
	for i := range c.Months {
		for _, p := range c.Months[i].Purchases {
			n += p.Quantity
		}
	}
	for i := range c.Windows {
		for _, p := range c.Windows[i].Purchases {
			n += p.Quantity
		}
	}
	return n
}
