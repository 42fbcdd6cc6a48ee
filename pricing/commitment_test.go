package pricing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// slowCommitment tries every whole amount of every tier. The usage is in fen,
// rates are in hundredths; the cost is exact.
func slowCommitment(tiers []commitmentTier, usage, months int64) (amount int64, rate decimal.Decimal, cost *big.Rat) {
	for _, t := range tiers {
		if t.termAtMost > 0 && months > t.termAtMost {
			continue
		}
		for c := t.from.IntPart(); c <= t.to.IntPart(); c++ {
			here := new(big.Rat).SetInt64(c)
			rest := new(big.Rat).Quo(here, t.rate.Rat())
			if rest.Sub(big.NewRat(usage, 100), rest); rest.Sign() > 0 {
				here.Add(here, rest)
			}
			better := -1
			if cost != nil {
				better = here.Cmp(cost)
			}
			if better < 0 || better == 0 && c < amount {
				amount, rate, cost = c, t.rate, here
			}
		}
	}
	return amount, rate, cost
}

func TestCommitmentIsAsCheapAsAnyWholeAmount(t *testing.T) {
	t.Parallel()
	randomly(t, 4000, func(r *rand.Rand) error {
		k := &commitment{window: between(r, 1, 4)}
		from, rate := between(r, 1, 10), between(r, 60, 100)
		for i := range between(r, 1, 4) {
			to := from + between(r, 0, 30)
			tier := commitmentTier{from: decimal.NewFromInt(from), to: decimal.NewFromInt(to), rate: decimal.New(rate, -2)}
			if i == 0 && r.IntN(2) == 0 {
				tier.termAtMost = between(r, 1, 3)
			}
			k.tiers = append(k.tiers, tier)
			from, rate = to+between(r, 1, 3), max(rate-between(r, 0, 15), 1)
		}
		last := k.tiers[len(k.tiers)-1]
		last.termAtMost = 0
		k.tiers[len(k.tiers)-1] = last
		usage, months := between(r, 1, 15_000), between(r, 1, 4)
		if r.IntN(3) == 0 { // a usage that whole amounts cover exactly
			usage = usage / 100 * 100
		}
		got := k.buy(decimal.New(usage, -2), months)
		amount, rateWant, cost := slowCommitment(k.tiers, usage, months)
		gotCost := new(big.Rat).Quo(got.cost.Rat(), got.tier.rate.Rat())
		if !got.amount.Equal(decimal.NewFromInt(amount)) || gotCost.Cmp(cost) != 0 || !got.tier.rate.Equal(rateWant) {
			return fmt.Errorf("usage of %d fen, %d months, tiers %+v: %v at %v for %s; want %d at %v for %s",
				usage, months, k.tiers, got.amount, got.tier.rate, gotCost.FloatString(6), amount, rateWant, cost.FloatString(6))
		}
		return nil
	})
}
