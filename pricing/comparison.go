package pricing

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"
)

// Comparison is one workload priced by several price books, side by side.
type Comparison struct {
	// Columns are the price books in the order they were given.
	Columns []ComparedColumn
	// Ranking has the positions of the columns, the best first: by their standing,
	// and where that is the same by total, which those that are unable have none
	// of. Ties are in the order of products, and of their books with the newest
	// first.
	Ranking []int
	// Rows are what is charged for, matched across the columns.
	Rows []ComparedRow
	// Bands are the inputs for minutes of pictures, taken as typed, that do not mean
	// the same in all columns that have them.
	Bands []Band
	// Combination is the cheapest way to take each kind of need from another product;
	// nil if no such way is cheaper than one product for all.
	Combination *Combination
	// Asks says that the workload asks for something that one of the books knows
	// of. Where it does not, the totals are those of having nothing.
	Asks bool
}

// ComparedColumn is one price book of a comparison.
type ComparedColumn struct {
	Book *Book
	// Estimate has all options, for the part of the workload that the book has
	// inputs for.
	Estimate *Estimate
	// Option is the option compared: the chosen one, else the recommended one;
	// nil if no option is feasible and none was chosen.
	Option *OptionEstimate
	// Chosen says that the option was asked for.
	Chosen bool
	// Derivation is how the product meters the room; nil where minutes are
	// taken as typed, or where the product meters no rooms.
	Derivation *Derivation
	// Uncovered is what the workload asks for and the book knows nothing of. It is
	// neither free nor impossible: its price is the vendor's to say.
	Uncovered []Uncovered
	// Cheapest says that the column prices everything, and no other that does costs
	// less.
	Cheapest bool
	// Difference is how much dearer the option's total is than that of the
	// cheapest column; negative only where this column leaves something out. It is
	// nil where no column prices everything or this one has no feasible option.
	Difference *decimal.Decimal

	pricesNothing bool // of what is asked for
}

// Standing says how much of a workload a column prices.
type Standing string

// The standings, the best first.
const (
	// StandingWhole has a price for everything that is asked for.
	StandingWhole Standing = "whole"
	// StandingPart leaves something out that has no public price: the total is of
	// the rest, and what it leaves out is for the vendor to say.
	StandingPart Standing = "part"
	// StandingNothing has no price for anything that is asked for.
	StandingNothing Standing = "nothing"
	// StandingUnable cannot serve what is asked for, by limits that the book states.
	StandingUnable Standing = "unable"
)

var standings = []Standing{StandingWhole, StandingPart, StandingNothing, StandingUnable}

// Standing says how much of the workload the column prices.
func (c *ComparedColumn) Standing() Standing {
	switch {
	case c.Option == nil || !c.Option.Feasible:
		return StandingUnable
	case c.ServesAll():
		return StandingWhole
	case c.pricesNothing:
		return StandingNothing
	default:
		return StandingPart
	}
}

// ServesAll reports whether the option serves the whole workload, at a total
// that leaves nothing out.
func (c *ComparedColumn) ServesAll() bool {
	return c.Option != nil && c.Option.Feasible && c.Option.Complete && len(c.Uncovered) == 0
}

// Violations returns what keeps the compared option from serving the workload.
// Where there is none they are those of the option that lacks least, the last in
// the book among equals.
func (c *ComparedColumn) Violations() []*Violation {
	if c.Option != nil {
		return c.Option.Violations
	}
	closest := c.Closest()
	if closest == nil {
		return nil
	}
	return closest.Violations
}

// Closest returns the option that is compared, or the infeasible one that lacks
// least.
func (c *ComparedColumn) Closest() *OptionEstimate {
	if c.Option != nil {
		return c.Option
	}
	var closest *OptionEstimate
	for i := range c.Estimate.Options {
		if o := &c.Estimate.Options[i]; closest == nil || len(o.Violations) <= len(closest.Violations) {
			closest = o
		}
	}
	return closest
}

// Compare prices a workload by each of the books. The usage is one of c.Inputs,
// the facts one of c.Facts, or nil if c.Facts is. The options are one id for
// each book, empty for the recommended one; others must be of their book. The
// faults are those of facts that come to more than an input can hold; there is
// no comparison then.
//
// Each column is the estimate of its book for what the book has of the usage,
// so that its figures are those of the calculator. What the book has not is
// Uncovered if it asks for anything, and such a column is never the cheapest.
//
// The context ends the work; what there is of a comparison then is not to be
// shown.
func (c *Common) Compare(ctx context.Context, usage, facts *Usage, options []string) (*Comparison, []*InputError) {
	out := &Comparison{Columns: make([]ComparedColumn, len(c.Books))}
	metered, faults := c.derive(facts)
	if faults != nil {
		return nil, faults
	}
	rooms := false // whether the facts come to anything
	for i := range metered {
		rooms = rooms || metered[i].Derivation != nil && metered[i].comesToSomething()
	}
	priced, left := make([]*Usage, len(c.Books)), make([][]Uncovered, len(c.Books))
	for i, b := range c.Books {
		priced[i], left[i] = carry(usage, b)
		if d := metered[i].Derivation; d != nil {
			priced[i] = d.Apply(priced[i])
		}
	}
	asked := c.asked(usage, metered, priced)
	for i, b := range c.Books {
		column := &out.Columns[i]
		column.Book = b
		column.Uncovered = slices.DeleteFunc(left[i], func(u Uncovered) bool { return !asked[u.ID] })
		switch m := metered[i]; {
		case m.Derivation != nil:
			for _, u := range m.left {
				if c.factAsked(facts, u.ID) {
					column.Uncovered = append(column.Uncovered, u)
				}
			}
			column.Derivation = m.Derivation
		case rooms:
			e := c.anyRoom()
			column.Uncovered = append(column.Uncovered, missing(e.ID, e.Name))
		}
		column.pricesNothing = len(column.Uncovered) > 0 && !column.prices(usage, asked)
		column.price(priced[i], options[i])
	}
	out.Asks = rooms || slices.ContainsFunc(usage.book.Inputs, func(in Input) bool { return asked[in.ID] && !usage.IsDefault(&in) })
	if facts == nil {
		out.Bands = c.bands(usage)
	}
	out.rank(c.order)
	if err := c.combine(ctx, out, asked, priced, options); err != nil {
		panic(err) // a test reads the families
	}
	out.Rows = c.rows(out.Columns, asked)
	return out, nil
}

// Work is about the work of comparing a usage of c.Inputs, in the unit of
// [Usage.Work]: each book is priced for all of it, and for the families of needs
// that may go to it.
func (c *Common) Work(u *Usage) (work int) {
	const families = 8 // sets of three, which are hardly ever more
	for _, b := range c.Books {
		own, _ := carry(u, b)
		work += families * own.Work()
	}
	return work
}

// prices reports whether the book has a price or a limit for anything that the
// workload asks for.
func (c *ComparedColumn) prices(u *Usage, asked map[string]bool) bool {
	return c.Derivation != nil && c.Derivation.comesToSomething() || slices.ContainsFunc(u.book.Inputs, func(in Input) bool {
		return asked[in.ID] && !u.IsDefault(&in) && !c.lacks(in.ID)
	})
}

// meteredRoom is a room as one product meters it: nothing if it meters none.
type meteredRoom struct {
	*Derivation
	left []Uncovered // facts that the product does not know
}

// derive meters the room by the rule of each product, by position in Books. The
// faults are those of all, each once.
func (c *Common) derive(facts *Usage) ([]meteredRoom, []*InputError) {
	metered := make([]meteredRoom, len(c.Books))
	if facts == nil {
		return metered, nil
	}
	var faults []*InputError
	for i, e := range c.rooms {
		if e == nil {
			continue
		}
		theirs, left := carry(facts, e.Facts)
		d, wrong := e.Derive(theirs)
		for _, fault := range wrong {
			if !slices.ContainsFunc(faults, func(f *InputError) bool { return f.Input == fault.Input }) {
				faults = append(faults, fault)
			}
		}
		metered[i] = meteredRoom{d, left}
	}
	return metered, faults
}

// anyRoom returns the first estimator of rooms by product.
func (c *Common) anyRoom() *Estimator {
	for _, i := range c.order {
		if c.rooms[i] != nil {
			return c.rooms[i]
		}
	}
	return nil
}

// price prices the usage, and takes the option with the given id.
func (c *ComparedColumn) price(u *Usage, option string) {
	c.Estimate = u.Estimate()
	c.Option = c.Estimate.Recommended()
	if chosen := c.Estimate.Option(option); chosen != nil {
		c.Option, c.Chosen = chosen, true
	}
}

// rank ranks the columns and finds the cheapest; order breaks ties.
func (c *Comparison) rank(order []int) {
	standing := func(i int) int { return slices.Index(standings, c.Columns[i].Standing()) }
	c.Ranking = slices.Clone(order)
	slices.SortStableFunc(c.Ranking, func(i, j int) int {
		a, b := &c.Columns[i], &c.Columns[j]
		if d := standing(i) - standing(j); d != 0 || a.Standing() == StandingUnable {
			return d
		}
		return a.Option.Total.Cmp(b.Option.Total)
	})
	best := &c.Columns[c.Ranking[0]]
	if !best.ServesAll() {
		return
	}
	for i := range c.Columns {
		column := &c.Columns[i]
		if column.Standing() == StandingUnable {
			continue
		}
		difference := column.Option.Total.Sub(best.Option.Total)
		column.Difference = &difference
		column.Cheapest = column.ServesAll() && difference.IsZero()
	}
}

// HasOption reports whether the book has an option with the given id.
func (b *Book) HasOption(id string) bool { return b.option(id) != nil }
