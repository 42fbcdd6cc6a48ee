package pricing

import "github.com/shopspring/decimal"

// A cliff is a place where the next unit costs more than a unit, or where
// buying more costs less. The answer says so, since nobody expects it.

// nextBlock is the cliff of a package price whose blocks are used up: one more
// unit opens the next one.
func (p *packagePrice) nextBlock(b *bill, c *charge, quantity decimal.Decimal) {
	over := quantity.Sub(p.included)
	if p.rule != startedBlocks || quantity.IsZero() || over.IsNegative() || p.price.IsZero() {
		return
	}
	if _, rest := over.QuoRem(p.block, 0); !rest.IsZero() {
		return
	}
	price := moneyText(p.price)
	b.cliffs = append(b.cliffs, Text{
		EN: c.name.EN + ": the next one opens another block of " + c.unit.EN + ", for " + price + " more a month.",
		ZH: c.name.ZH + "：再多一个就进入下一档（每" + c.unit.ZH + "一档），每月增加 " + price + "。",
	})
}

// cheaperMore is the cliff of a window for which more is bought than is needed,
// because that costs less than buying just enough.
func (p *pool) cheaperMore(b *bill, w *poolWindow) {
	if w.plan.Once >= 0 || len(w.offered) > 0 || w.plan.Uncovered > 0 || len(p.required) > 0 {
		return
	}
	need := (w.demand - w.granted + p.blockUnits - 1) / p.blockUnits
	if w.plan.Blocks <= need {
		return
	}
	cost, _, ok := p.packs.Exactly(need)
	if !ok || cost <= w.plan.Prepaid {
		return
	}
	amount := func(blocks int64) string { return Grouped(decimal.NewFromInt(blocks * p.block).String()) }
	paid, instead := moneyText(decimal.New(w.plan.Prepaid, -p.scale)), moneyText(decimal.New(cost, -p.scale))
	b.cliffs = append(b.cliffs, Text{
		EN: "Packs of " + amount(w.plan.Blocks) + " " + p.unit.EN + " cost " + paid + ", less than packs of just " + amount(need) + ", which would cost " + instead + ".",
		ZH: "买 " + amount(w.plan.Blocks) + " " + p.unit.ZH + "的资源包要 " + paid + "，比只买 " + amount(need) + " " + p.unit.ZH + "的 " + instead + " 更便宜。",
	})
}

// betterRate is the cliff of a commitment that is larger than the usage needs
// at its rate, because it reaches that rate.
func (k *commitment) betterRate(b *bill, usage decimal.Decimal, best *committed) {
	needed := usage.Mul(best.tier.rate)
	if best.amount.LessThanOrEqual(needed.Ceil()) || best.amount.Equal(k.least(b.months)) {
		return
	}
	amount, enough, rate := moneyText(best.amount), moneyText(needed), best.tier.rate.String()
	b.cliffs = append(b.cliffs, Text{
		EN: "Committing " + amount + " reaches the rate of " + rate + ", at which " + enough + " would cover the usage; it still costs less than any smaller commitment.",
		ZH: "承诺 " + amount + " 可享 " + rate + " 的折扣；按此折扣只需 " + enough + " 就够用，但仍比任何更小的承诺便宜。",
	})
}

// least returns the smallest commitment that is sold for a term.
func (k *commitment) least(months int64) decimal.Decimal {
	var least decimal.Decimal
	for i := range k.tiers {
		if t := &k.tiers[i]; (t.termAtMost == 0 || months <= t.termAtMost) && (least.IsZero() || t.from.LessThan(least)) {
			least = t.from
		}
	}
	return least
}

func moneyText(d decimal.Decimal) string { return string(newFormula().money(d)) }
