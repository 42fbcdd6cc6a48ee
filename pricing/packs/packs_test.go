package packs

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"suanpan/pricing/packs/packstest"
	"suanpan/pricing/wide"
)

// manyCases leaves a test with many cases out of a short run, as make quick is.
func manyCases(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("many cases: left to the run that is not short")
	}
}

// randomly runs a check on many random problems. A failure names the seed of
// its problem: put it in the place of rand.Uint64 to run that one first.
func randomly(t *testing.T, problems int, check func(r *rand.Rand) error) {
	t.Helper()
	manyCases(t)
	for range problems {
		seed := rand.Uint64()
		if err := check(rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// between returns a random number from low to high, both included.
func between(r *rand.Rand, low, high int64) int64 { return low + r.Int64N(high-low+1) }

// randomPacks returns a small list that the cheapest purchase can be found
// for. Few different prices make ties.
func randomPacks(r *rand.Rand, chosen bool) *List {
	for {
		var fixed []Pack
		for i := range between(r, 1, 3) {
			size := between(r, 1, 6)
			price := between(r, 1, 12)
			if r.IntN(2) == 0 {
				price = size * between(r, 1, 4) // the same price a block for several
			}
			fixed = append(fixed, Pack{ID: fmt.Sprintf("fixed%d", i), Size: size, Price: price})
		}
		var custom *Custom
		if chosen {
			custom = &Custom{ID: "custom", Maximum: between(r, 2, 24)}
			price := between(r, 1, 6)
			for from := int64(1); from <= custom.Maximum && len(custom.Tiers) < 3; from += between(r, 1, 5) {
				custom.Tiers = append(custom.Tiers, Tier{From: from, Price: price})
				price = min(price, between(r, 1, 6))
			}
		}
		if l, ok := New(fixed, custom); ok {
			return l
		}
	}
}

func (l *List) String() string {
	s := fmt.Sprintf("%+v", l.fixed)
	if l.custom != nil {
		s += fmt.Sprintf(" custom %+v", *l.custom)
	}
	return s
}

// slowPacks lists every pack by itself, a chosen size as a pack of each size.
func slowPacks(l *List, blockUnits int64) []packstest.Pack {
	var all []packstest.Pack
	for _, p := range l.fixed {
		all = append(all, packstest.Pack{Units: p.Size * blockUnits, Price: p.Price, Once: p.Once})
	}
	if l.custom != nil {
		for x := int64(1); x <= l.custom.Maximum; x++ {
			price := int64(0)
			for _, t := range l.custom.Tiers {
				if t.From <= x {
					price = t.Price
				}
			}
			all = append(all, packstest.Pack{Units: x * blockUnits, Price: x * price})
		}
	}
	return all
}

func withoutOnce(packs []packstest.Pack) []packstest.Pack {
	return slices.DeleteFunc(slices.Clone(packs), func(p packstest.Pack) bool { return p.Once })
}

// problem is a demand and what is not covered costs.
type problem struct{ demand, blockUnits, num, den int64 }

func randomProblem(r *rand.Rand) problem {
	p := problem{blockUnits: between(r, 1, 4), num: between(r, 0, 30), den: between(r, 1, 6)}
	if r.IntN(3) == 0 {
		p.num, p.den = between(r, 1, 6), p.blockUnits // a whole price a block, as packs have
	}
	p.demand = between(r, 0, 8*p.blockUnits)
	return p
}

func (p problem) rate() *Rate {
	return &Rate{Num: wide.Of(p.num), Den: wide.Of(p.den)}
}

// checkPlan compares what is bought with the brute force, and the packs that
// are listed with what the plan says of them.
func checkPlan(l *List, p problem, got Plan, least int64, withOnce bool) error {
	packs := slowPacks(l, p.blockUnits)
	if !withOnce {
		packs = withoutOnce(packs)
	}
	want := packstest.Buy(packs, p.demand, p.num, p.den, least)
	if got.Total.Big().Cmp(big.NewInt(want.Total)) != 0 || got.Prepaid != want.Prepaid || got.Packs != want.Packs {
		return fmt.Errorf("%v, %+v, least %d, once %v: total %v, prepaid %d in %d packs; want %+v",
			l, p, least, withOnce, got.Total.Big(), got.Prepaid, got.Packs, want)
	}
	return checkItems(l, p.blockUnits, p.demand, &got)
}

func checkItems(l *List, blockUnits, demand int64, plan *Plan) error {
	var size, price, count int64
	listed := -1
	for _, item := range l.Items(plan) {
		if item.Quantity < 1 || item.Listed < listed || item.Custom != (item.Listed == len(l.fixed)) {
			return fmt.Errorf("%v: %+v is listed in the wrong place", l, item)
		}
		if item.Custom && (item.Size < 1 || item.Size > l.custom.Maximum || item.Price != item.Size*l.custom.PriceOf(item.Size)) {
			return fmt.Errorf("%v: there is no pack %+v", l, item)
		}
		listed = item.Listed
		size, price, count = size+item.Size*item.Quantity, price+item.Price*item.Quantity, count+item.Quantity
	}
	blocks := l.Size(plan)
	if size != blocks || price != plan.Prepaid || count != plan.Packs || plan.Uncovered != max(demand-blocks*blockUnits, 0) {
		return fmt.Errorf("%v: %d packs of %d blocks for %d; the plan says %+v", l, count, size, price, plan)
	}
	return nil
}

func TestBuyIsAsCheapAsAnyMultiset(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l, p := randomPacks(r, r.IntN(2) == 0), randomProblem(r)
		return checkPlan(l, p, l.Buy(p.demand, p.blockUnits, p.rate()), 0, false)
	})
}

// A pack that is sold once stands beside the others, dearer or cheaper.
func TestBuyRequiredIsAsCheapAsAnyMultisetWithAPack(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l, p := randomPacks(r, r.IntN(3) == 0), randomProblem(r)
		if r.IntN(2) == 0 {
			at := r.IntN(len(l.fixed) + 1)
			once := Pack{ID: "once", Size: between(r, 1, 6), Price: between(r, 1, 12), Once: true}
			with, ok := New(slices.Insert(l.fixed, at, once), l.custom)
			if !ok {
				return fmt.Errorf("%v: refused with a pack that is sold once", l)
			}
			l = with
		}
		withOnce := r.IntN(2) == 0
		return checkPlan(l, p, l.BuyRequired(p.demand, p.blockUnits, p.rate(), withOnce), 1, withOnce)
	})
}

// slowTable is f(T) for all T up to n, by trying every pack as the last.
func slowTable(packs []packstest.Pack, n int64) []step {
	f := make([]step, n+1)
	for t := int64(1); t <= n; t++ {
		f[t].cost = unbuyable
		for _, p := range packs {
			if p.Units > t || f[t-p.Units].cost >= unbuyable {
				continue
			}
			if here := (step{cost: f[t-p.Units].cost + p.Price, packs: f[t-p.Units].packs + 1}); here.cheaper(f[t]) {
				f[t] = here
			}
		}
	}
	return f
}

// Beyond the table the cheapest fixed pack stands in for the rest: the argument
// at List, put to the test over several lengths of the table.
func TestExactlyAndAtLeastFarBeyondTheTable(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l := randomPacks(r, r.IntN(2) == 0)
		n := 4 * int64(len(l.table))
		f := slowTable(slowPacks(l, 1), n)
		for at := int64(0); at <= n; at++ {
			cost, packs, ok := l.Exactly(at)
			if ok != (f[at].cost < unbuyable) || ok && (cost != f[at].cost || packs != int64(f[at].packs)) {
				return fmt.Errorf("%v: exactly %d blocks (table of %d) cost %d in %d packs, %v; want %+v", l, at, len(l.table), cost, packs, ok, f[at])
			}
		}
		best := step{cost: unbuyable}
		for at := n; at >= 0; at-- {
			if f[at].cost < unbuyable && !best.cheaper(f[at]) {
				best = f[at]
			}
			if at > n-int64(len(l.table)) {
				continue // what is cheapest may lie beyond the slow table
			}
			blocks := l.atLeast(at)
			cost, packs, ok := l.Exactly(blocks)
			if !ok || blocks < at || cost != best.cost || packs != int64(best.packs) {
				return fmt.Errorf("%v: at least %d blocks (table of %d): %d for %d in %d packs; want %+v", l, at, len(l.table), blocks, cost, packs, best)
			}
		}
		return nil
	})
}
