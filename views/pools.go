package views

import (
	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// PoolTable is what became of what a pool holds.
type PoolTable struct {
	Name string
	// Formula is how what was used is converted; empty where nothing is.
	Formula string
	Rows    []quotes.Entry
}

// poolsOf says what became of what the pools hold, leaving out what is zero.
func poolsOf(o *pricing.OptionEstimate, l pricing.Lang) []PoolTable {
	w := wordsIn(l)
	var tables []PoolTable
	for i := range o.Pools {
		p := &o.Pools[i]
		t := PoolTable{Name: p.Name.In(l)}
		if p.Converts() {
			t.Formula = p.Formula
		}
		for _, row := range []struct {
			name  string
			value decimal.Decimal
		}{
			{w.PoolUsed, p.Demand}, {w.PoolIncluded, p.Included}, {w.PoolFree, p.Granted},
			{w.PoolPacked, p.Packed}, {w.PoolPostpaid, p.Postpaid}, {w.PoolLeft, p.IncludedLeft.Add(p.PackedLeft)},
		} {
			if !row.value.IsZero() {
				t.Rows = append(t.Rows, quotes.Entry{Name: row.name, Value: pricing.Grouped(row.value.String()) + " " + p.Unit.In(l)})
			}
		}
		tables = append(tables, t)
	}
	return tables
}
