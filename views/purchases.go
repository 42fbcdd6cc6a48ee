package views

import (
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

// purchasesOf says what is bought inside an option, and for how much.
func purchasesOf(o *pricing.OptionEstimate, l pricing.Lang) []PurchaseRow {
	bought := o.Bought()
	rows := make([]PurchaseRow, len(bought))
	for i, e := range bought {
		rows[i] = PurchaseRow{What: e.Name.In(l), Amount: e.Value.In(l)}
	}
	return rows
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
