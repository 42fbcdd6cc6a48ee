package pricing

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// Quantities of different units have the unit of their line.
func TestPartOfSeveralUnits(t *testing.T) {
	u := usageOf(t, decodeText(t, poolFixtureText(t)), `{"letters": 600, "telegrams": 700, "meter": "basic", "promotions": false, "phones": 10}`)
	const want = "\n1300 pieces, 1000 included at 1 per 100 = 3"
	if got := partsText(t, u, "town", "meter_overage"); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whoever reads a part back is told the same: nothing below a waiver's end, all
// of it from there on.
func TestChargedOfAPart(t *testing.T) {
	for quantity, want := range map[int64]int64{0: 0, 99: 0, 100: 100, 101: 101} {
		p := Part{Quantity: decimal.NewFromInt(quantity), FreeBelow: 100, Price: one, Per: 1, Times: one}
		if got := p.Charged().IntPart(); got != want {
			t.Errorf("%d of %d are charged, want %d", got, quantity, want)
		}
	}
}

// A price per unit divides by nothing, however the book says it.
func TestPerUnits(t *testing.T) {
	for n, want := range map[int64]perUnits{0: {}, 1: {}, 1000: {zeros: 3, label: " ÷ 1,000"}} {
		if got := perUnitsOf(n); got != want {
			t.Errorf("per %d: %+v, want %+v", n, got, want)
		}
	}
}

// What waits for a number concerns whoever has some, and nobody who has none.
func TestConditionsConcern(t *testing.T) {
	for _, tt := range []struct {
		cs     conditions
		values []int64
		want   bool
	}{
		{nil, []int64{0}, true},
		{conditions{{want: 12, atLeast: true}}, nil, true},
		{conditions{{want: 12, atLeast: true}}, []int64{0}, false},
		{conditions{{want: 12, atLeast: true}}, []int64{1}, true},
		{conditions{{want: 12, atLeast: true}}, []int64{12}, true},
		{conditions{{want: 2}}, []int64{1}, false},
		{conditions{{want: 2}}, []int64{2}, true},
		{conditions{{want: 2}, {input: 1, want: 12, atLeast: true}}, []int64{2, 0}, false},
	} {
		if got := tt.cs.concern(tt.values); got != tt.want {
			t.Errorf("%+v of %v: %v", tt.cs, tt.values, got)
		}
	}
}

// Of rows that nothing is charged for, in any book's words, there is nothing to
// say that is free.
func TestRowsWithoutPrices(t *testing.T) {
	b := rangeBook(t, 0, 9, "unlimited")
	u := usageOf(t, b, `{"rows": [{"each": 3}]}`)
	b.charges = nil
	if notes := u.FreeRows(); len(notes) > 0 {
		t.Error(notes)
	}
}
