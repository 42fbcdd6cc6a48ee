package pricing

import (
	"slices"

	"github.com/shopspring/decimal"
)

func (v *validation) poolPrice(p []any, c *chargeFile, price *poolPriceFile) {
	v.amount(under(p, "included"), price.Included)
	if c.Pool == nil {
		return
	}
	if (len(c.Pool.Plans) > 0) != (len(price.Plans) > 0) {
		v.at(p, "plans of a pool are named by its prices, and only by those")
	}
	for i, id := range price.Plans {
		if !slices.ContainsFunc(c.Pool.Plans, func(plan poolPlanFile) bool { return plan.ID == id }) {
			v.at(under(p, "plans", i), "the pool has no plan %q", id)
		}
	}
	if price.Closed != "" {
		v.countInput(under(p, "closed"), price.Closed)
		if len(price.Plans) > 1 {
			v.at(p, "a closed pool has one allowance")
		}
	}
}

// pool checks what all options of a charge share.
func (v *validation) pool(p []any, c *chargeFile) {
	raw, good := c.Pool, true
	fail := func(at []any, format string, args ...any) {
		good = false
		v.at(at, format, args...)
	}
	v.text(under(p, "unit"), raw.Unit)
	v.per(under(p, "per"), raw.Per)
	if raw.Block < 1 || raw.Block > MaxCount {
		fail(under(p, "block"), "block is a whole number from 1 to %d", MaxCount)
	}
	if raw.Window < 1 || raw.Window > maxMonths {
		fail(under(p, "window"), "window is a number of months from 1 to %d", maxMonths)
	}
	weights := int64(0)
	for i, in := range raw.Inputs {
		ip := under(p, "inputs", i)
		v.countInput(under(ip, "input"), in.Input)
		if in.Weight == nil || !in.Weight.IsPositive() || in.Weight.GreaterThan(maxWeight) || in.Weight.Exponent() < -maxWeightDecimals {
			fail(ip, "a weight is above 0, at most %s, and has at most %d decimals", maxWeight, maxWeightDecimals)
		} else {
			weights += in.Weight.Ceil().IntPart()
		}
		if (in.ListPrice == nil) != (raw.Price != nil) {
			fail(ip, "a pool has one price, or each of its inputs has a list_price")
		}
	}
	var prices decimal.Decimal
	for _, in := range raw.Inputs {
		if in.ListPrice != nil {
			prices = prices.Add(in.ListPrice.Shift(raw.listZeros()))
		}
	}
	if prices.GreaterThan(maxListPrices) {
		fail(under(p, "inputs"), "the list prices add up to more than can be counted")
	}
	if weights > maxPoolWeights {
		fail(under(p, "inputs"), "the weights add up to more than %d", maxPoolWeights)
	}
	if len(raw.Inputs) == 0 {
		fail(p, "a pool has inputs")
	}
	for i, id := range raw.Required {
		v.countInput(under(p, "required", i), id)
	}
	for i, g := range raw.Grants {
		v.when(under(p, "grants", i, "when"), g.When)
		v.amount(under(p, "grants", i, "quantity"), g.Quantity)
	}
	if len(raw.Offers) > maxOffers {
		fail(under(p, "offers"), "a pool has at most %d offers", maxOffers)
	}
	for i, o := range raw.Offers {
		op := under(p, "offers", i)
		v.id(op, "offer", o.ID, wordID, v.bought)
		v.when(under(op, "when"), o.When)
		v.amount(under(op, "quantity"), o.Quantity)
		good = good && o.Price != nil
		v.required(op, "price", o.Price)
	}
	plans := map[string]bool{}
	for i, plan := range raw.Plans {
		pp := under(p, "plans", i)
		v.id(pp, "plan", plan.ID, wordID, plans)
		v.text(under(pp, "name"), plan.Name)
		v.amount(under(pp, "included"), plan.Included)
		good = good && plan.MonthlyFee != nil
		v.required(pp, "monthly_fee", plan.MonthlyFee)
	}
	if _, line := c.Lines[planLine]; line != (len(raw.Plans) > 0) {
		fail(p, "plans go with the further line plan, and that line with plans")
	}
	good = v.packs(p, raw) && good
	if !good {
		return
	}
	list, ok := raw.newPacks()
	raw.list = list
	if !ok {
		v.at(under(p, "packs"), "these packs are not of a kind the cheapest purchase can be found for: the fixed pack with the least price a block must be no dearer than the last tier, and that tier must start well below the maximum")
	}
}

// What a pool may have, so that its quantities fit 64 bits: the sum of the
// weights, times the largest count, times three years, times ten for each
// decimal.
const (
	maxPoolWeights    = 10_000
	maxWeightDecimals = 1
	maxOffers         = 4
)

// maxListPrices bounds the sum of a pool's list prices, in their smallest
// money, so that it fits 64 bits for the largest counts.
var maxListPrices = decimal.NewFromInt(9_000_000)

// packs checks the packs of a pool, and reports whether they can be compiled.
func (v *validation) packs(p []any, raw *poolFile) bool {
	before := len(v.faults)
	if len(raw.Packs) == 0 {
		v.at(p, "a pool has packs")
	}
	for i, pack := range raw.Packs {
		pp := under(p, "packs", i)
		v.id(pp, "pack", pack.ID, wordID, v.bought)
		if pack.Size < 1 || pack.Size > maxPackSize {
			v.at(under(pp, "size"), "size is a whole number from 1 to %d", maxPackSize)
		}
		if pack.Price == nil || !pack.Price.IsPositive() {
			v.at(pp, "a pack has a price above 0")
		}
		if pack.Once && raw.Window != 1 {
			v.at(pp, "a pack that is sold once is one of a month")
		}
	}
	if c := raw.Custom; c != nil {
		cp := under(p, "custom")
		v.id(cp, "pack", c.ID, wordID, v.bought)
		if len(c.Tiers) == 0 || c.Tiers[0].From != 1 {
			v.at(under(cp, "tiers"), "the tiers begin with size 1")
		}
		for i, t := range c.Tiers {
			tp := under(cp, "tiers", i)
			switch {
			case t.Price == nil || !t.Price.IsPositive():
				v.at(tp, "a tier has a price above 0")
			case i > 0 && t.From <= c.Tiers[i-1].From:
				v.at(under(tp, "from"), "the tiers overlap: each begins above the one before")
			case i > 0 && c.Tiers[i-1].Price != nil && t.Price.GreaterThan(c.Tiers[i-1].Price.Decimal):
				v.at(under(tp, "price"), "a later tier is no dearer than the one before")
			case t.From > c.Maximum:
				v.at(under(tp, "from"), "the tier begins above the maximum")
			}
		}
		if c.Maximum < 1 || c.Maximum > maxPackSize {
			v.at(under(cp, "maximum"), "maximum is a whole number from 1 to %d", maxPackSize)
		}
	}
	return len(v.faults) == before
}

// maxPackSize bounds the size of a pack, in blocks.
const maxPackSize = 1_000_000
