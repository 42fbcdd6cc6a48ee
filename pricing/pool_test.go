package pricing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs"
	"suanpan/pricing/packs/packstest"
)

// smallPool is a pool made up within the vocabulary, small enough to try
// everything that can be bought. Money is in fen, weights in tenths.
type smallPool struct {
	weights, lists []int64 // of the inputs; no lists where price is not 0
	price, per     int64
	block, window  int64
	packs          []packstest.Pack // of blocks
	tiers          []packs.Tier     // of the chosen size, or none
	maximum        int64
	grant          int64            // units, or 0
	offers         []packstest.Pack // of units
	required       bool
	plans          []smallPlan
	// included is the allowance of the option where there are no plans.
	included int64
	closed   bool
}

type smallPlan struct{ fee, included int64 }

func randomPool(r *rand.Rand) *smallPool {
	p := &smallPool{
		per: []int64{1, 10}[r.IntN(2)], block: between(r, 2, 5), window: between(r, 1, 3),
		required: r.IntN(3) == 0, included: []int64{0, 0, 3, 8}[r.IntN(4)],
	}
	for range between(r, 1, 2) {
		p.weights = append(p.weights, []int64{5, 10, 12, 20}[r.IntN(4)])
		p.lists = append(p.lists, between(r, 0, 300)*p.per)
	}
	if r.IntN(2) == 0 {
		p.price, p.lists = between(r, 1, 40)*10*p.per, nil
	}
	for range between(r, 1, 3) {
		size := between(r, 1, 4)
		price := between(r, 1, 400) * 3
		if r.IntN(2) == 0 {
			price = size * p.block * between(r, 1, 4) * 50 // as much a unit as others
		}
		p.packs = append(p.packs, packstest.Pack{Units: size, Price: price})
	}
	switch {
	case p.required && p.window == 1 && r.IntN(2) == 0:
		p.packs = append(p.packs, packstest.Pack{Units: between(r, 1, 3), Price: between(r, 1, 400), Once: true})
	case r.IntN(3) == 0:
		p.maximum = between(r, 10, 20)
		price := between(r, 100, 600)
		for from := int64(1); from < 5 && len(p.tiers) < 3; from += between(r, 1, 3) {
			p.tiers = append(p.tiers, packs.Tier{From: from, Price: price})
			price -= between(r, 0, price/4)
		}
	}
	if !p.required && r.IntN(2) == 0 {
		p.grant = between(r, 1, 8)
		for range between(r, 0, 2) {
			p.offers = append(p.offers, packstest.Pack{Units: between(r, 1, 12), Price: between(r, 1, 900), Once: true})
		}
	}
	switch r.IntN(4) {
	case 0:
		p.included = 0
		for range between(r, 1, 3) {
			p.plans = append(p.plans, smallPlan{fee: between(r, 0, 20) * 100, included: between(r, 0, 10)})
		}
	case 1:
		p.closed = r.IntN(2) == 0
	}
	return p
}

// yaml writes a book with the pool as its one charge.
func (p *smallPool) yaml() string {
	var b strings.Builder
	print := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	money := func(fen int64) string { return `"` + decimalText(fen, 2) + `"` }
	print(`product: pool
price_book: "2024-01-01"
currency: CNY
name: {en: Pool, zh: 池}
summary: {en: Pool, zh: 池}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: granted, group: all, kind: yes_no, name: {en: a, zh: b}, help: {en: a, zh: b}}
  - {id: offered, group: all, kind: yes_no, name: {en: a, zh: b}, help: {en: a, zh: b}}
  - {id: other, group: all, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}`)
	for i := range p.weights {
		print("  - {id: use%d, group: all, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}", i)
	}
	print(`options:
  - {id: only, name: {en: Only, zh: 唯一}, summary: {en: a, zh: b}, limits: {granted: true, offered: true, other: unlimited}}
charges:
  - id: pool
    name: {en: Pool, zh: 池}
    settlement: postpaid
    unit: {en: unit, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    lines:
      packs: {id: packs, name: {en: Packs, zh: 包}, settlement: prepaid}
      overage: {id: overage, name: {en: Overage, zh: 超量}, settlement: postpaid}`)
	if p.plans != nil {
		print("      plan: {id: plan, name: {en: Plan, zh: 套餐}, settlement: prepaid}")
	}
	print("    pool:\n      unit: {en: units, zh: 个}\n      per: %d\n      block: %d\n      window: %d\n      inputs:", p.per, p.block, p.window)
	for i, w := range p.weights {
		list := ""
		if p.price == 0 {
			list = ", list_price: " + money(p.lists[i])
		}
		print(`        - {input: use%d, weight: "%s"%s}`, i, decimalText(w, 1), list)
	}
	if p.price > 0 {
		print("      price: %s", money(p.price))
	}
	if p.required {
		print("      required: [use0, other]")
	}
	print("      packs:")
	for i, pack := range p.packs {
		print("        - {id: pack%d, size: %d, price: %s, once: %v}", i, pack.Units, money(pack.Price), pack.Once)
	}
	if p.tiers != nil {
		print("      custom:\n        id: chosen\n        maximum: %d\n        tiers:", p.maximum)
		for _, t := range p.tiers {
			print("          - {from: %d, price: %s}", t.From, money(t.Price))
		}
	}
	if p.grant > 0 {
		print("      grants: [{when: {granted: true}, quantity: %d}]", p.grant)
	}
	if p.offers != nil {
		print("      offers:")
		for i, o := range p.offers {
			print("        - {id: offer%d, when: {offered: true}, quantity: %d, price: %s}", i, o.Units, money(o.Price))
		}
	}
	price := fmt.Sprintf("included: %d", p.included)
	if p.plans != nil {
		var ids []string
		print("      plans:")
		for i, plan := range p.plans {
			ids = append(ids, fmt.Sprintf("plan%d", i))
			print("        - {id: plan%d, name: {en: Plan %d, zh: 套餐}, monthly_fee: %s, included: %d}", i, i, money(plan.fee), plan.included)
		}
		price = "plans: [" + strings.Join(ids, ", ") + "]"
	}
	if p.closed {
		price += ", closed: use0"
	}
	print("    prices:\n      - {options: [only], pool: {%s}}", price)
	return b.String()
}

// slowPool is what the pool comes to, in fen.
type slowPool struct {
	plan, packs int64
	// overage is a sum over the windows, each a fraction rounded half up unless
	// nothing is covered in it.
	overage decimal.Decimal
	count   int64 // of packs and offers
	closed  bool
}

// slowly buys for every plan and every window by trying everything.
func (p *smallPool) slowly(u *Usage) slowPool {
	value := func(id string) int64 { return u.values[u.book.position(id)] }
	month, num, den := int64(0), p.price, p.per*10 // fen for a tenth of a unit
	for i, w := range p.weights {
		month += value(fmt.Sprintf("use%d", i)) * w
	}
	if p.price == 0 && month > 0 {
		den = p.per * month
		for i, list := range p.lists {
			num += list * value(fmt.Sprintf("use%d", i))
		}
	}
	if month == 0 && (!p.required || value("use0")+value("other") == 0) {
		return slowPool{}
	}
	if p.closed && month > p.included*10 {
		return slowPool{closed: true}
	}
	plans := p.plans
	if plans == nil {
		plans = []smallPlan{{0, p.included}}
	}
	var best slowPool
	var bestPlan *packstest.Plan
	for _, plan := range plans {
		here, sum := p.underPlan(u, plan, month, num, den)
		if bestPlan == nil || sum.Better(*bestPlan) {
			best, bestPlan = here, &sum
		}
	}
	return best
}

// underPlan tries everything under one plan. A pack that is sold once is tried
// in each of the windows.
func (p *smallPool) underPlan(u *Usage, plan smallPlan, month, num, den int64) (slowPool, packstest.Plan) {
	var all []packstest.Pack
	for _, pack := range p.packs {
		all = append(all, packstest.Pack{Units: pack.Units * p.block * 10, Price: pack.Price, Once: pack.Once})
	}
	for size := int64(1); size <= p.maximum; size++ {
		i := slices.IndexFunc(p.tiers, func(t packs.Tier) bool { return t.From > size })
		if i < 0 {
			i = len(p.tiers)
		}
		all = append(all, packstest.Pack{Units: size * p.block * 10, Price: size * p.tiers[i-1].Price})
	}
	chosen := func(id string) bool { return u.values[u.book.position(id)] == 1 }
	least := int64(0)
	if p.required && plan.included == 0 {
		least = 1
	}
	over := max(month-plan.included*10, 0)
	windows := (u.Months() + p.window - 1) / p.window
	var best slowPool
	var bestSum *packstest.Plan
	for onceIn := range windows {
		out := slowPool{plan: plan.fee * u.Months()}
		sum := packstest.Plan{Total: out.plan * den, Prepaid: out.plan}
		for w := range windows {
			months := min(p.window, u.Months()-w*p.window)
			demand, offers := over*months, []packstest.Pack(nil)
			if w == 0 {
				if chosen("granted") {
					demand = max(demand-p.grant*10, 0)
				}
				if chosen("offered") {
					for _, o := range p.offers {
						offers = append(offers, packstest.Pack{Units: o.Units * 10, Price: o.Price, Once: true})
					}
				}
			}
			here := withoutOnce(all)
			if w == onceIn && least == 1 {
				here = all
			}
			got := packstest.Buy(slices.Concat(here, offers), demand, num, den, least)
			sum.Total, sum.Prepaid, sum.Packs = sum.Total+got.Total, sum.Prepaid+got.Prepaid, sum.Packs+got.Packs
			out.packs += got.Prepaid
			rest := decimal.NewFromInt(got.Uncovered * num)
			if p.price > 0 || got.Uncovered == month*months {
				out.overage = out.overage.Add(rest.Div(decimal.NewFromInt(den))) // a finite decimal
			} else {
				out.overage = out.overage.Add(rest.DivRound(decimal.NewFromInt(den), 0))
			}
		}
		out.count = sum.Packs
		if bestSum == nil || sum.Better(*bestSum) {
			best, bestSum = out, &sum
		}
	}
	return best, *bestSum
}

// The pool is as cheap as any way to buy there is, and so are its plans, its
// offers and its windows; among equals it asks for less up front, then for
// fewer packs.
func TestPoolIsAsCheapAsAnyWayToBuy(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	randomly(t, 1500, func(r *rand.Rand) error {
		p := randomPool(r)
		text := p.yaml()
		b, err := DecodeBook("pool.yaml", []byte(text))
		if err != nil {
			if strings.Contains(err.Error(), "these packs are not of a kind") {
				seen["refused"]++
				return nil // a custom tier below the best fixed pack, or too long
			}
			return fmt.Errorf("%w\n%s", err, text)
		}
		for range 7 {
			if err := checkPool(r, p, b, seen); err != nil {
				return fmt.Errorf("%w\n%s", err, text)
			}
		}
		return nil
	})
	for _, what := range []string{"closed", "plan", "packs", "overage", "window", "offer", "chosen", "once", "rounded"} {
		if seen[what] < 20 {
			t.Errorf("only %d of the problems have %s: %v", seen[what], what, seen)
		}
	}
}

func checkPool(r *rand.Rand, p *smallPool, b *Book, seen map[string]int) error {
	u := b.NewUsage()
	set := func(id string, n int64) { u.values[b.position(id)] = n }
	set(Months, between(r, 1, 3*p.window))
	set("granted", between(r, 0, 1))
	set("offered", between(r, 0, 1))
	set("other", between(r, 0, 1))
	units := int64(0)
	for i, w := range p.weights {
		n := between(r, 0, 6)
		if units += n * w; units*p.window > 8*p.block*10 {
			n = 0 // too much to try everything
			units = 1 << 40
		}
		set(fmt.Sprintf("use%d", i), n)
	}
	want, e := p.slowly(u), u.Estimate()
	o := e.Option("only")
	if want.closed {
		seen["closed"]++
		if o.Feasible || len(o.Lines) > 0 || o.Violations[0].Input.ID != "use0" || o.Violations[0].Limit != p.included {
			return fmt.Errorf("not closed: %s", billText(e))
		}
		return nil
	}
	amounts := map[string]decimal.Decimal{}
	for i := range o.Lines {
		l := &o.Lines[i]
		amounts[l.ID()] = l.Amount.Shift(2)
		seen[l.ID()]++
	}
	count := int64(0)
	for _, bought := range o.Purchases {
		count += bought.Quantity
		for id, what := range map[string]string{"offer0": "offer", "offer1": "offer", "chosen": "chosen"} {
			if bought.ID == id {
				seen[what]++
			}
		}
		if i := len(p.packs) - 1; p.packs[i].Once && bought.ID == fmt.Sprintf("pack%d", i) {
			seen["once"]++
		}
		if bought.Window > 1 {
			seen["window"]++
		}
	}
	if p.price == 0 && !want.overage.IsZero() && count > 0 {
		seen["rounded"]++
	}
	if !amounts["plan"].Equal(decimal.NewFromInt(want.plan)) || !amounts["packs"].Equal(decimal.NewFromInt(want.packs)) ||
		!amounts["overage"].Round(6).Equal(want.overage.Round(6)) || count != want.count {
		return fmt.Errorf("want %+v, got\n%s\nof %v", want, billText(e), u.values)
	}
	return checkPoolUse(o)
}

// checkPoolUse checks that what became of a pool adds up.
func checkPoolUse(o *OptionEstimate) error {
	for _, p := range o.Pools {
		if sum := p.Included.Add(p.Granted).Add(p.Packed).Add(p.Postpaid); !sum.Equal(p.Demand) {
			return fmt.Errorf("the parts of the pool add up to %v: %+v", sum, p)
		}
		for _, d := range []decimal.Decimal{p.Included, p.Granted, p.Packed, p.Postpaid, p.IncludedLeft, p.PackedLeft} {
			if d.IsNegative() {
				return fmt.Errorf("a part of the pool is negative: %+v", p)
			}
		}
	}
	return nil
}

func withoutOnce(packs []packstest.Pack) []packstest.Pack {
	return slices.DeleteFunc(slices.Clone(packs), func(p packstest.Pack) bool { return p.Once })
}
