package pricing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// oneThread leaves a test with many cases and one thread, of which the race
// detector sees nothing, to the run without it (make unit), which is not short.
func oneThread(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("one thread, many cases: left to the run that is not short")
	}
}

// randomly runs a check on many random problems. A failure names the seed of
// its problem: put it in the place of rand.Uint64 to run that one first.
func randomly(t *testing.T, problems int, check func(r *rand.Rand) error) {
	t.Helper()
	oneThread(t)
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
func randomPacks(r *rand.Rand, custom bool) *packList {
	for {
		l := &packList{}
		for i := range between(r, 1, 3) {
			size := between(r, 1, 6)
			price := between(r, 1, 12)
			if r.IntN(2) == 0 {
				price = size * between(r, 1, 4) // the same price a block for several
			}
			l.fixed = append(l.fixed, fixedPack{id: fmt.Sprintf("fixed%d", i), size: size, price: price})
		}
		if custom {
			c := &customPack{id: "custom", maximum: between(r, 2, 24)}
			for from := int64(1); from <= c.maximum && len(c.tiers) < 3; from += between(r, 1, 5) {
				tier := packTier{from: from, to: c.maximum, price: between(r, 1, 6)}
				if n := len(c.tiers); n > 0 {
					c.tiers[n-1].to = from - 1
					tier.price = min(tier.price, c.tiers[n-1].price)
				}
				c.tiers = append(c.tiers, tier)
			}
			l.custom = c
		}
		if l.compile() {
			return l
		}
	}
}

func (l *packList) String() string {
	s := fmt.Sprintf("%+v", l.fixed)
	if l.custom != nil {
		s += fmt.Sprintf(" custom %+v", *l.custom)
	}
	return s
}

// slowPack is one thing that can be bought and the units it holds.
type slowPack struct {
	units, price int64
	once         bool
}

// slowPacks lists every pack by itself, a chosen size as a pack of each size.
func slowPacks(l *packList, blockUnits int64) []slowPack {
	var all []slowPack
	for _, p := range l.fixed {
		all = append(all, slowPack{p.size * blockUnits, p.price, p.once})
	}
	if l.custom != nil {
		for x := int64(1); x <= l.custom.maximum; x++ {
			for _, t := range l.custom.tiers {
				if t.from <= x && x <= t.to {
					all = append(all, slowPack{x * blockUnits, x * t.price, false})
				}
			}
		}
	}
	return all
}

// slowPlan is a way to buy: what it costs with the uncovered units, times den,
// and the packs in it.
type slowPlan struct {
	total, prepaid, packs, uncovered int64
}

func (p slowPlan) better(than slowPlan) bool {
	return slices.Compare([]int64{p.total, p.prepaid, p.packs}, []int64{than.total, than.prepaid, than.packs}) < 0
}

// slowBuy tries every multiset of packs for a demand of which an uncovered unit
// costs num ÷ den, one pack after the other until nothing is left to cover: a
// further pack would only cost more. At least so many packs must be bought, and
// one that is sold once comes at most once.
func slowBuy(packs []slowPack, demand, num, den, least int64) slowPlan {
	var best *slowPlan
	var try func(first int, units, cost, n int64)
	try = func(first int, units, cost, n int64) {
		uncovered := max(demand-units, 0)
		if n >= least {
			here := slowPlan{cost*den + uncovered*num, cost, n, uncovered}
			if best == nil || here.better(*best) {
				best = &here
			}
			if uncovered == 0 {
				return
			}
		}
		for i := first; i < len(packs); i++ {
			next := i
			if packs[i].once {
				next++
			}
			try(next, units+packs[i].units, cost+packs[i].price, n+1)
		}
	}
	try(0, 0, 0, 0)
	return *best
}

func withoutOnce(packs []slowPack) []slowPack {
	return slices.DeleteFunc(slices.Clone(packs), func(p slowPack) bool { return p.once })
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

func (p problem) rate() *packRate {
	r := &packRate{}
	r.num.SetInt64(p.num)
	r.den.SetInt64(p.den)
	return r
}

// checkPlan compares what is bought with the brute force, and the packs that
// are listed with what the plan says of them.
func checkPlan(l *packList, p problem, got *packPlan, least int64, withOnce bool) error {
	packs := slowPacks(l, p.blockUnits)
	if !withOnce {
		packs = withoutOnce(packs)
	}
	want := slowBuy(packs, p.demand, p.num, p.den, least)
	if got.total.Cmp(big.NewInt(want.total)) != 0 || got.prepaid != want.prepaid || got.packs != want.packs {
		return fmt.Errorf("%v, %+v, least %d, once %v: total %v, prepaid %d in %d packs; want %+v",
			l, p, least, withOnce, &got.total, got.prepaid, got.packs, want)
	}
	return checkItems(l, p.blockUnits, p.demand, got)
}

func checkItems(l *packList, blockUnits, demand int64, plan *packPlan) error {
	var size, price, count int64
	listed := -1
	for _, item := range l.items(plan) {
		if item.quantity < 1 || item.listed < listed || item.custom != (item.listed == len(l.fixed)) {
			return fmt.Errorf("%v: %+v is listed in the wrong place", l, item)
		}
		if item.custom && (item.size < 1 || item.size > l.custom.maximum || item.price != item.size*l.custom.priceOf(item.size)) {
			return fmt.Errorf("%v: there is no pack %+v", l, item)
		}
		listed = item.listed
		size, price, count = size+item.size*item.quantity, price+item.price*item.quantity, count+item.quantity
	}
	blocks := plan.blocks
	if plan.once >= 0 {
		blocks += l.fixed[plan.once].size
	}
	if size != blocks || price != plan.prepaid || count != plan.packs || plan.uncovered != max(demand-blocks*blockUnits, 0) {
		return fmt.Errorf("%v: %d packs of %d blocks for %d; the plan says %+v", l, count, size, price, plan)
	}
	return nil
}

func TestBuyIsAsCheapAsAnyMultiset(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l, p := randomPacks(r, r.IntN(2) == 0), randomProblem(r)
		return checkPlan(l, p, l.buy(p.demand, p.blockUnits, p.rate()), 0, false)
	})
}

// A pack that is sold once stands beside the others, dearer or cheaper.
func TestBuyRequiredIsAsCheapAsAnyMultisetWithAPack(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l, p := randomPacks(r, r.IntN(3) == 0), randomProblem(r)
		if r.IntN(2) == 0 {
			at := r.IntN(len(l.fixed) + 1)
			l.fixed = slices.Insert(l.fixed, at, fixedPack{id: "once", size: between(r, 1, 6), price: between(r, 1, 12), once: true})
			if !l.compile() {
				return fmt.Errorf("%v: not compiled with a pack that is sold once", l)
			}
		}
		withOnce := r.IntN(2) == 0
		return checkPlan(l, p, l.buyRequired(p.demand, p.blockUnits, p.rate(), withOnce), 1, withOnce)
	})
}

// slowTable is f(T) for all T up to n, by trying every pack as the last.
func slowTable(packs []slowPack, n int64) []packStep {
	f := make([]packStep, n+1)
	for t := int64(1); t <= n; t++ {
		f[t].cost = unbuyable
		for _, p := range packs {
			if p.units > t || f[t-p.units].cost >= unbuyable {
				continue
			}
			if here := (packStep{cost: f[t-p.units].cost + p.price, packs: f[t-p.units].packs + 1}); here.cheaper(f[t]) {
				f[t] = here
			}
		}
	}
	return f
}

// Beyond the table the cheapest fixed pack stands in for the rest: the argument
// at packList, put to the test over several lengths of the table.
func TestExactlyAndAtLeastFarBeyondTheTable(t *testing.T) {
	t.Parallel()
	randomly(t, 10_000, func(r *rand.Rand) error {
		l := randomPacks(r, r.IntN(2) == 0)
		n := 4 * int64(len(l.table))
		f := slowTable(slowPacks(l, 1), n)
		for at := int64(0); at <= n; at++ {
			cost, packs, ok := l.exactly(at)
			if ok != (f[at].cost < unbuyable) || ok && (cost != f[at].cost || packs != int64(f[at].packs)) {
				return fmt.Errorf("%v: exactly %d blocks (table of %d) cost %d in %d packs, %v; want %+v", l, at, len(l.table), cost, packs, ok, f[at])
			}
		}
		best := packStep{cost: unbuyable}
		for at := n; at >= 0; at-- {
			if f[at].cost < unbuyable && !best.cheaper(f[at]) {
				best = f[at]
			}
			if at > n-int64(len(l.table)) {
				continue // what is cheapest may lie beyond the slow table
			}
			blocks := l.atLeast(at)
			cost, packs, ok := l.exactly(blocks)
			if !ok || blocks < at || cost != best.cost || packs != int64(best.packs) {
				return fmt.Errorf("%v: at least %d blocks (table of %d): %d for %d in %d packs; want %+v", l, at, len(l.table), blocks, cost, packs, best)
			}
		}
		return nil
	})
}

// bookPacks are the pack lists of the embedded books.
func bookPacks(t testing.TB) map[string]*poolPrice {
	t.Helper()
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	pools := map[string]*poolPrice{}
	for _, p := range c.Products() {
		for _, b := range p.Books {
			for i := range b.charges {
				for _, prices := range b.charges[i].prices {
					for _, price := range prices {
						if pool, ok := price.price.(*poolPrice); ok {
							pools[b.Product+"/"+b.ID+" "+b.charges[i].id] = pool
						}
					}
				}
			}
		}
	}
	if len(pools) == 0 {
		t.Fatal("no pools")
	}
	return pools
}

// The lists of the real books, over all of the table, its end, and beyond.
func TestExactlyForTheBooks(t *testing.T) {
	for name, pool := range bookPacks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := pool.packs
			packs := withoutOnce(slowPacks(&packList{fixed: l.fixed}, 1))
			n := int64(len(l.table)) + l.bulk.size
			f := make([]packStep, n+1)
			for at := int64(1); at <= n; at++ {
				f[at].cost = unbuyable
				for _, p := range packs {
					if p.units <= at && f[at-p.units].cost < unbuyable {
						f[at] = f[at].orCheaper(packStep{cost: f[at-p.units].cost + p.price, packs: f[at-p.units].packs + 1})
					}
				}
				if l.custom == nil {
					continue
				}
				// Trying all chosen sizes for every number of blocks would take
				// hours: here only the whole, and the ends of the tiers.
				if at <= l.custom.maximum {
					f[at] = f[at].orCheaper(packStep{cost: at * l.custom.priceOf(at), packs: 1})
				}
				for _, tier := range l.custom.tiers {
					for _, x := range []int64{tier.from, min(tier.to, at)} {
						if x <= at && x >= tier.from && f[at-x].cost < unbuyable {
							f[at] = f[at].orCheaper(packStep{cost: f[at-x].cost + x*tier.price, packs: f[at-x].packs + 1})
						}
					}
				}
			}
			for at := int64(0); at <= n; at++ {
				cost, count, ok := l.exactly(at)
				if f[at].cost < unbuyable && (!ok || f[at].cheaper(packStep{cost: cost, packs: int32(count)})) {
					t.Fatalf("exactly %d blocks cost %d in %d packs, but can be had for %d in %d", at, cost, count, f[at].cost, f[at].packs)
				}
				if !ok {
					continue
				}
				plan := &packPlan{blocks: at, once: -1, prepaid: cost, packs: count}
				if err := checkItems(l, 1, 0, plan); err != nil && at > 0 {
					t.Fatal(err)
				}
			}
		})
	}
}

// However large the demand, only as many purchases are compared as the
// smallest pack that pays has blocks.
func TestBuyIsAsQuickForLargeDemands(t *testing.T) {
	for name, pool := range bookPacks(t) {
		t.Run(name, func(t *testing.T) {
			l := pool.packs
			rate := &packRate{}
			rate.num.SetInt64(7)
			rate.den.SetInt64(1000)
			rate.num.Mul(&rate.num, big.NewInt(pow10(l.scale)))
			rate.den.Mul(&rate.den, big.NewInt(pow10(pool.zeros)))
			allocations := func(demand int64) float64 {
				return testing.AllocsPerRun(10, func() { l.buy(demand, pool.blockUnits, rate) })
			}
			small, large := allocations(100*pool.blockUnits+1), allocations(10_000_000_000_000_001)
			if large > 2*small+20 {
				t.Errorf("a demand of 10¹⁶ units takes %v allocations, one of 100 blocks takes %v", large, small)
			}
		})
	}
}
