package pricing

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// TestSumAgreesWithDecimals adds amounts of every length and at both ends of what
// 64 bits are used for, many of one sign, so that these are filled.
func TestSumAgreesWithDecimals(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var got sum
		var want decimal.Decimal
		sign, largest := int64(1-2*r.IntN(2)), r.IntN(2) == 0
		for range 100 {
			d := decimal.New(sign*(r.Int64()>>r.IntN(63)), int32(r.IntN(16))-14)
			switch {
			case largest:
				d = decimal.New(sign*99_999_999_999_999_999, -sumDecimals)
			case r.IntN(20) == 0:
				d = decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(sign*r.Int64()), 40), -4)
			case r.IntN(20) == 0:
				d, sign = decimal.Decimal{}, -sign
			}
			got.add(d)
			if want = want.Add(d); !got.total().Equal(want) {
				t.Fatalf("with %s: %s, want %s", d, got.total(), want)
			}
		}
	}
}
