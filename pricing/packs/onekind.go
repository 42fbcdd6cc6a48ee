package packs

import "suanpan/pricing/wide"

// OneKind is a way to buy packs of one kind only, all of one size.
type OneKind struct {
	Bought
	Plan
}

// maxOfAKind bounds how many packs of a kind are still a simple thing to buy.
const maxOfAKind = 100

// BuyOneKind returns the simplest way to have a demand with packs of one kind: the
// fewest packs, and of those the cheapest, that cost at most so much together with
// what they leave uncovered, which is allowed only if rest is set. Total is times
// the rate's denominator, as that of a [Plan]. Neither more than so many packs nor
// more than a hundred are bought; nil if there is no such way.
//
// For a number n of packs of a chosen size X the cost n × X × price + what is left
// uncovered is, within a tier, a straight line on either side of the X that just
// covers the demand. So the cheapest whole X is next to that, or an end of the tier.
func (l *List) BuyOneKind(demand, blockUnits int64, rate *Rate, most wide.Product, packs int64, rest bool) *OneKind {
	for n := int64(1); n <= min(packs, maxOfAKind); n++ {
		var best *OneKind
		consider := func(b Bought) {
			here := OneKind{Bought: b, Plan: Plan{
				Blocks: n * b.Size, Once: -1, Prepaid: n * b.Price, Packs: n, Uncovered: max(demand-n*b.Size*blockUnits, 0),
			}}
			if here.Uncovered > 0 && !rest {
				return
			}
			if here.Sum(rate); here.Total.Cmp(most) <= 0 && (best == nil || here.Better(&best.Plan)) {
				best = &here
			}
		}
		for i, p := range l.fixed {
			if !p.Once {
				consider(Bought{ID: p.ID, Size: p.Size, Price: p.Price, Quantity: n, Listed: i})
			}
		}
		if l.custom != nil {
			covering := (demand + n*blockUnits - 1) / (n * blockUnits)
			for i, tier := range l.custom.Tiers {
				end := l.custom.end(i)
				for _, size := range [...]int64{tier.From, covering - 1, covering, end} {
					size = min(max(size, tier.From), end)
					consider(Bought{ID: l.custom.ID, Size: size, Price: size * tier.Price, Custom: true, Quantity: n, Listed: len(l.fixed)})
				}
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}
