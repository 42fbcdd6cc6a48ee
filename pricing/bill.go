package pricing

import "github.com/shopspring/decimal"

// bill is what one option comes to, while its charges are being applied.
type bill struct {
	book   *Book
	option int
	// values and rows are those of the inputs that the option can serve;
	// others are as if nothing had been stated.
	values []int64
	rows   [][]Row
	months int64
	term   decimal.Decimal // months
	// servesAll says that the values are as stated.
	servesAll bool
	// later says that the term is not the first of the account: what is given
	// or sold once has been had.
	later bool
	// share is nil but for a month of a forecast.
	share share
	// still is nil but for the axis of a row: what the other rows come to, so that
	// only that row has to be looked at. Lines then have no formula.
	still *stillRows

	lines      []Line
	purchases  []Purchase
	pools      []PoolUse
	violations []*Violation
	notes      []Text
	cliffs     []Text
	incomplete bool
}

// Purchase is a pack or a commitment that was bought inside an option.
type Purchase struct {
	ID string
	// Window is the window of the term it was bought for, from 1; 0 if it was
	// bought for single months.
	Window int
	// Size is what a pack of a size to be chosen holds, in units of the pool;
	// 0 for others. Holds is what any pack holds, and Unit what it counts.
	Size, Holds int64
	Unit        Text
	Quantity    int64
	// Amount is the price of all of them.
	Amount decimal.Decimal
	// Rate is the discount rate of a commitment; 0 for packs.
	Rate decimal.Decimal
}

// PoolUse is what became of what a pool holds, over the whole term and in the
// pool's units.
type PoolUse struct {
	Name, Unit Text
	// Demand is what was used: Included of it came from the plan's allowance,
	// Granted for free, Packed out of packs, and Postpaid is the rest.
	Demand, Included, Granted, Packed, Postpaid decimal.Decimal
	// Formula is the computation of Demand: each input's quantity times its weight,
	// times the months. It is empty where the months differ.
	Formula string
	// IncludedLeft and PackedLeft are what expires unused.
	IncludedLeft, PackedLeft decimal.Decimal

	// bought is how it came to that, of the pool.
	bought *poolBill
	of     *pool
}

// share is a month of a forecast. What lasts longer than a month is noted there,
// to be bought for its window, and adds no line.
type share interface {
	// fixed returns the one of a charge's prices that was chosen for all months,
	// where one of them lasts, or all of them.
	fixed(b *bill, prices []conditionalPrice) []conditionalPrice
	// addPool notes what the month draws from a pool, and bills the fee of the
	// plan; keepPlan bills that of a month that draws nothing.
	addPool(b *bill, p *poolPrice, c *charge, units int64)
	keepPlan(b *bill, p *poolPrice, c *charge)
	// addCommitment and addCredit note the usage at list price that a commitment
	// or a credit pays for, addYearly what a yearly price would add as a line.
	addCommitment(k *commitment, usage decimal.Decimal)
	addCredit(k *credit, c *charge, usage decimal.Decimal)
	addYearly(y *yearlyPrice, line Line)
}

func (b *bill) add(l Line) {
	if b.lines == nil {
		b.lines = make([]Line, 0, len(b.book.charges))
	}
	b.lines = append(b.lines, l)
}

// mark is how far a bill has come.
type mark struct{ lines, purchases, pools, notes, cliffs int }

func (b *bill) mark() mark {
	return mark{len(b.lines), len(b.purchases), len(b.pools), len(b.notes), len(b.cliffs)}
}

// amounts returns what the lines since a mark come to, and how much of it is
// prepaid.
func (b *bill) amounts(since mark) (total, prepaid decimal.Decimal) {
	var all, first sum
	for i := since.lines; i < len(b.lines); i++ {
		all.add(b.lines[i].Amount)
		if b.lines[i].settlement == Prepaid {
			first.add(b.lines[i].Amount)
		}
	}
	return all.total(), first.total()
}

// back takes off what was added since a mark.
func (b *bill) back(to mark) {
	b.lines, b.purchases = b.lines[:to.lines], b.purchases[:to.purchases]
	b.pools, b.notes, b.cliffs = b.pools[:to.pools], b.notes[:to.notes], b.cliffs[:to.cliffs]
}
