package pricing

import (
	"cmp"
	"testing"

	"suanpan/pricing/packs"
	"suanpan/pricing/wide"
)

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

// slowStep is a way to buy some number of blocks, found without the table.
type slowStep struct{ cost, packs int64 }

// orCheaper returns the cheaper of two ways, then that of fewer packs; no packs
// are no way.
func (s slowStep) orCheaper(other slowStep) slowStep {
	if s.packs == 0 || cmp.Or(cmp.Compare(other.cost, s.cost), cmp.Compare(other.packs, s.packs)) < 0 {
		return other
	}
	return s
}

// The lists of the real books, over all of the table, its end, and beyond.
func TestExactlyForTheBooks(t *testing.T) {
	for name, pool := range bookPacks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, custom := pool.packs, pool.packs.Custom()
			size, _, from := l.Bulk()
			n := from + 3*size
			f := make([]slowStep, n+1)
			for at := int64(1); at <= n; at++ {
				take := func(size, price int64) {
					if before := at - size; before == 0 || before > 0 && f[before].packs > 0 {
						f[at] = f[at].orCheaper(slowStep{cost: f[before].cost + price, packs: f[before].packs + 1})
					}
				}
				for _, p := range l.Fixed() {
					if !p.Once {
						take(p.Size, p.Price)
					}
				}
				if custom == nil {
					continue
				}
				// Trying all chosen sizes for every number of blocks would take
				// hours: here only the whole, and the ends of the tiers.
				if at <= custom.Maximum {
					take(at, at*custom.PriceOf(at))
				}
				for i, tier := range custom.Tiers {
					end := custom.Maximum
					if i+1 < len(custom.Tiers) {
						end = custom.Tiers[i+1].From - 1
					}
					take(tier.From, tier.From*tier.Price)
					if end = min(end, at); end >= tier.From {
						take(end, end*tier.Price)
					}
				}
			}
			for at := int64(1); at <= n; at++ {
				cost, count, ok := l.Exactly(at)
				if f[at].packs > 0 && (!ok || f[at].orCheaper(slowStep{cost, count}) != (slowStep{cost, count})) {
					t.Fatalf("exactly %d blocks cost %d in %d packs, but can be had for %d in %d", at, cost, count, f[at].cost, f[at].packs)
				}
				if !ok {
					continue
				}
				var sum slowStep
				blocks := int64(0)
				for _, item := range l.Items(&packs.Plan{Blocks: at, Once: -1}) {
					blocks += item.Size * item.Quantity
					sum.cost, sum.packs = sum.cost+item.Price*item.Quantity, sum.packs+item.Quantity
				}
				if blocks != at || sum != (slowStep{cost, count}) {
					t.Fatalf("%d blocks for %d in %d packs are listed as %d blocks, %+v", at, cost, count, blocks, sum)
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
			rate := &packs.Rate{Num: wide.Pow10(pool.scale).Times(7), Den: wide.Pow10(pool.zeros).Times(1000)}
			allocations := func(demand int64) float64 {
				return testing.AllocsPerRun(10, func() { l.Buy(demand, pool.blockUnits, rate) })
			}
			small, large := allocations(100*pool.blockUnits+1), allocations(10_000_000_000_000_001)
			if large > 2*small+20 {
				t.Errorf("a demand of 10¹⁶ units takes %v allocations, one of 100 blocks takes %v", large, small)
			}
		})
	}
}
