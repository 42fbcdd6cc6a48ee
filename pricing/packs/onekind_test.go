package packs

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"suanpan/pricing/wide"
)

// TestBuyOneKindAgreesWithTryingEverySize compares with every number of packs of
// every size that there is.
func TestBuyOneKindAgreesWithTryingEverySize(t *testing.T) {
	found, none := 0, 0
	randomly(t, 4000, func(r *rand.Rand) error {
		l := randomPacks(r, r.IntN(2) == 0)
		demand, blockUnits := between(r, 1, 120), between(r, 1, 3)
		num, den := between(r, 1, 20), between(r, 1, 6)
		rate := &Rate{Num: wide.Of(num), Den: wide.Of(den)}
		optimum := l.Buy(demand, blockUnits, rate)
		// Some hundredths more than the optimum, so that there are ways to find.
		limit := optimum.Total.Big().Int64() * (100 + between(r, 0, 30)) / 100
		most := wide.Of(limit).Mul(wide.Of(1))
		packs, rest := between(r, 1, 12), r.IntN(2) == 0

		type way struct{ packs, total, prepaid int64 }
		var want *way
		try := func(size, price, n int64) {
			uncovered := max(demand-n*size*blockUnits, 0)
			here := way{n, n*price*den + uncovered*num, n * price}
			if here.total > limit || uncovered > 0 && !rest {
				return
			}
			if want == nil || here.packs == want.packs &&
				(here.total < want.total || here.total == want.total && here.prepaid < want.prepaid) {
				want = &here
			}
		}
		for n := int64(1); n <= packs; n++ {
			for _, p := range l.fixed {
				try(p.Size, p.Price, n)
			}
			for size := int64(1); l.custom != nil && size <= l.custom.Maximum; size++ {
				try(size, size*l.custom.PriceOf(size), n)
			}
		}
		got := l.BuyOneKind(demand, blockUnits, rate, most, packs, rest)
		if got == nil || want == nil {
			if none++; got != nil || want != nil {
				return fmt.Errorf("%+v, demand %d: got %+v, want %+v", l.fixed, demand, got, want)
			}
			return nil
		}
		found++
		if here := (way{got.Quantity, got.Total.Big().Int64(), got.Prepaid}); here != *want || got.Price*got.Quantity != got.Prepaid ||
			got.Uncovered != max(demand-got.Quantity*got.Size*blockUnits, 0) {
			return fmt.Errorf("%+v, demand %d: got %+v, want %+v", l.fixed, demand, got, want)
		}
		return nil
	})
	if !testing.Short() && (found < 300 || none < 300) {
		t.Errorf("%d ways were found, %d times there was none", found, none)
	}
}
