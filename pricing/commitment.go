package pricing

import "github.com/shopspring/decimal"

// commitment is spend promised for a rate: a commitment C buys usage worth
// C ÷ rate at list price, for a window of the term. Use beyond it is charged
// at list price, what is left of it is lost (pricing rules, section 4).
type commitment struct {
	id     string
	window int64
	tiers  []commitmentTier
	// of are the prices of rows, at list price, that the commitment pays for.
	of []*rowPrice
	// unused is the violation of having no usage to commit to.
	unused Violation
}

// commitmentTier is the rate of commitments from one whole amount to another.
type commitmentTier struct {
	from, to decimal.Decimal
	rate     decimal.Decimal
	// termAtMost is the longest term that the tier is sold for, or 0.
	termAtMost int64
}

// committed is the commitment bought for one window. Cost is what the window
// costs, times the rate, so that it is exact.
type committed struct {
	amount decimal.Decimal
	tier   *commitmentTier
	cost   decimal.Decimal
}

// bill buys exactly one commitment for each window.
func (k *commitment) bill(b *bill, c *charge) {
	month := monthOf(b, k.of)
	if b.share != nil {
		b.share.addCommitment(k, month)
		return
	}
	if month.IsZero() {
		b.violations = append(b.violations, &k.unused)
		return
	}
	var usages []decimal.Decimal
	for start := int64(0); start < b.months; start += k.window {
		usages = append(usages, month.Mul(decimal.NewFromInt(min(k.window, b.months-start))))
	}
	k.addWindows(b, c, usages, 0)
}

func (k *commitment) reads() []int { return rowsOf(k.of) }

func (*commitment) counts() bool { return false }

// addWindows adds the commitments of windows with a usage each, to which so
// many came before them.
func (k *commitment) addWindows(b *bill, c *charge, usages []decimal.Decimal, before int) {
	var total, over decimal.Decimal
	bought, missed := newFormula(), newFormula()
	for i, usage := range usages {
		best := k.buy(usage, b.months)
		if i == 0 {
			k.betterRate(b, usage, &best)
		} else {
			bought = bought.text(plus)
		}
		total = total.Add(best.amount)
		bought = best.explain(bought, usage)
		b.purchases = append(b.purchases, Purchase{ID: k.id, Window: before + i + 1, Quantity: 1, Amount: best.amount, Rate: best.tier.rate})
		if best.uncovered(usage) {
			if len(missed) > 0 {
				missed = missed.text(plus)
			}
			over = over.Add(best.overage(usage))
			missed = missed.money(usage).text(minus).money(best.amount).text(divided).number(best.tier.rate)
		}
	}
	b.add(Line{terms: &c.terms, Name: c.name, Amount: total, Quantity: decimal.NewFromInt(int64(len(usages))), Formula: string(bought)})
	if t := c.further[overageLine]; over.IsPositive() {
		b.add(Line{terms: t, Name: t.name, Amount: over, Quantity: over, Formula: string(missed)})
	}
}

// explain writes where the commitment comes from: the usage times the rate, in
// the whole yuan next to it, or the amount itself where that is the end of a tier.
func (c *committed) explain(f formula, usage decimal.Decimal) formula {
	open, end := "", ""
	switch covering := usage.Mul(c.tier.rate); {
	case c.amount.Equal(covering):
	case c.amount.Equal(covering.Ceil()):
		open, end = "⌈", "⌉"
	case c.amount.Equal(covering.Floor()):
		open, end = "⌊", "⌋"
	default:
		return f.money(c.amount)
	}
	return f.text(open).money(usage).text(times).number(c.tier.rate).text(end)
}

// uncovered reports whether a usage exceeds what the commitment buys.
func (c *committed) uncovered(usage decimal.Decimal) bool {
	return usage.Mul(c.tier.rate).GreaterThan(c.amount)
}

// overage returns what a usage beyond the commitment costs at list price,
// rounded to the fen, half up.
func (c *committed) overage(usage decimal.Decimal) decimal.Decimal {
	if rest := usage.Mul(c.tier.rate).Sub(c.amount); rest.IsPositive() {
		return divideRounded(rest, c.tier.rate)
	}
	return decimal.Decimal{}
}

// buy returns the cheapest commitment for a window's usage, the smallest among
// equals. Within a tier the cost C + max(0, usage − C ÷ rate) falls with C, by
// 1 ÷ rate − 1 for each yuan, until C covers the usage, and rises by 1 from
// there on; so the cheapest whole C is next to rate × usage, or the end of the
// tier that is nearest to it. At rate 1 it does not fall, and the start of the
// tier is the smallest of the cheapest.
func (k *commitment) buy(usage decimal.Decimal, months int64) committed {
	var best committed
	for i := range k.tiers {
		t := &k.tiers[i]
		if t.termAtMost > 0 && months > t.termAtMost {
			continue
		}
		covering := usage.Mul(t.rate)
		if best.tier != nil && decimal.Max(t.from, covering).Mul(best.tier.rate).GreaterThan(best.cost) {
			continue // no commitment of the tier costs less than either
		}
		if here := t.buy(covering); best.tier == nil || here.cheaper(&best) {
			best = here
		}
	}
	return best
}

// buy returns the cheapest commitment of the tier, the smallest among equals, for
// a usage that so much would cover.
func (t *commitmentTier) buy(covering decimal.Decimal) committed {
	floor := covering.Floor()
	best := committed{tier: t}
	for i, amount := range [...]decimal.Decimal{t.from, floor, floor.Add(one)} {
		switch {
		case amount.LessThan(t.from):
			amount = t.from
		case amount.GreaterThan(t.to):
			amount = t.to
		}
		cost := amount.Mul(t.rate)
		if rest := covering.Sub(amount); rest.IsPositive() {
			cost = cost.Add(rest)
		}
		if i == 0 || cost.LessThan(best.cost) {
			best.amount, best.cost = amount, cost
		}
	}
	return best
}

// cheaper compares costs across rates, and then the amounts.
func (c *committed) cheaper(than *committed) bool {
	switch a, b := c.cost.Mul(than.tier.rate), than.cost.Mul(c.tier.rate); a.Cmp(b) {
	case -1:
		return true
	case 0:
		return c.amount.LessThan(than.amount)
	default:
		return false
	}
}

// rowsOf returns the positions of the inputs whose rows some charges are of.
func rowsOf(of []*rowPrice) []int {
	rows := make([]int, len(of))
	for i, r := range of {
		rows[i] = r.rows
	}
	return rows
}

// monthOf returns what a month of some charges comes to at list price.
func monthOf(b *bill, of []*rowPrice) decimal.Decimal {
	var total decimal.Decimal
	for _, r := range of {
		month, _ := r.month(b, nil)
		total = total.Add(month)
	}
	return total
}
