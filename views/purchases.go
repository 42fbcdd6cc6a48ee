package views

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// PurchaseRow is one purchase.
type PurchaseRow struct {
	What, Amount string
}

// PoolTable is what became of what a pool holds.
type PoolTable struct {
	Name string
	Rows []Entry
}

// PurchasesOf says what is bought inside an option: "2 × pack of 3,000,000
// minutes", and in which year where the term has several.
func PurchasesOf(o *pricing.OptionEstimate, l pricing.Lang) []PurchaseRow {
	w := wordsIn(l)
	last := 0
	for i := range o.Purchases {
		last = max(last, o.Purchases[i].Window)
	}
	rows := make([]PurchaseRow, len(o.Purchases))
	for i := range o.Purchases {
		p := &o.Purchases[i]
		what := bought(p, l)
		if p.Window > 0 && last > 1 {
			what = fmt.Sprintf(w.Year, p.Window) + " · " + what
		}
		rows[i] = PurchaseRow{What: what, Amount: aligned([]decimal.Decimal{p.Amount})[0]}
	}
	return rows
}

// bought says what a purchase is of, without the year.
func bought(p *pricing.Purchase, l pricing.Lang) string {
	w := wordsIn(l)
	if !p.Rate.IsZero() {
		// The rate is what is left to pay of the list price: 0.75 is 25% off, or
		// 7.5 折 as Chinese counts it.
		discount := decimal.NewFromInt(1).Sub(p.Rate).Shift(2)
		if l == pricing.Chinese {
			discount = p.Rate.Shift(1)
		}
		return fmt.Sprintf(w.CommittedAt, discount.String())
	}
	return strconv.FormatInt(p.Quantity, 10) + " × " + Fill(w.PackOf, pricing.Grouped(strconv.FormatInt(p.Holds, 10))+" "+p.Unit.In(l))
}

// poolsOf says what became of what the pools hold, leaving out what is zero.
func poolsOf(o *pricing.OptionEstimate, l pricing.Lang) []PoolTable {
	w := wordsIn(l)
	var tables []PoolTable
	for i := range o.Pools {
		p := &o.Pools[i]
		t := PoolTable{Name: p.Name.In(l)}
		for _, row := range []struct {
			name  string
			value decimal.Decimal
		}{
			{w.PoolUsed, p.Demand}, {w.PoolIncluded, p.Included}, {w.PoolFree, p.Granted},
			{w.PoolPacked, p.Packed}, {w.PoolPostpaid, p.Postpaid}, {w.PoolLeft, p.IncludedLeft.Add(p.PackedLeft)},
		} {
			if !row.value.IsZero() {
				t.Rows = append(t.Rows, Entry{Name: row.name, Value: pricing.Grouped(row.value.String()) + " " + p.Unit.In(l)})
			}
		}
		tables = append(tables, t)
	}
	return tables
}
