package pricing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs/packstest"
)

// smallForecast is a product made up within the vocabulary, small enough to
// price every course over a few months by a second reading of the rules. Money
// is in fen.
type smallForecast struct {
	options int
	year    int
	narrow  int // ways that the first search keeps
	follow  [][]bool
	fees    []smallFee // by option
	// extra is a fee that is only charged from a term on.
	extra     int64
	extraFrom int
	reach     []int64 // of users, by option
	pools     []*forecastPool
	// commits are the options that have commitments; the others are charged for
	// the rows, at a price by what a row chose.
	commits      []bool
	rows         [2]int64
	tiers        []commitmentTier
	commitWindow int
	credits      []smallCredit // by option; none where its months are 0
	// yearly is the price of a device and year, perDevice what an option takes for
	// a device and month instead, 0 where it does not.
	yearly    int64
	perDevice []int64
}

type smallFee struct {
	fee, lower int64 // lower for a term, or 0
	from       int
}

type smallCredit struct {
	months int
	amount int64
}

// forecastPool is a pool of one of its products. Quantities are in units.
type forecastPool struct {
	input         string
	price         int64 // of a unit; 0 where the inputs have list prices
	weights       [2]int64
	lists         [2]int64
	block, window int64
	packs         []packstest.Pack // of blocks
	grant         int64
	offer         *packstest.Pack
	required      bool
	included      []int64     // by option; -1 where the option has no pool
	plans         []smallPlan // of all options, or none
	closed        []bool      // by option
	bought        map[slowWindow]packstest.Plan
}

// slowWindow is what the cheapest purchase for a window depends on.
type slowWindow struct {
	demand, num, den, least int64
	once, offer             bool
}

func randomForecast(r *rand.Rand) *smallForecast {
	f := &smallForecast{
		options: int(between(r, 2, 3)), year: int(between(r, 2, 3)), narrow: int(between(r, 1, 4)), yearly: between(r, 1, 900), extraFrom: int(between(r, 2, 6)),
		commitWindow: int(between(r, 1, 4)), rows: [2]int64{between(r, 0, 20) * 7, between(r, 1, 90)},
	}
	if r.IntN(4) == 0 {
		f.extra = between(r, 1, 400)
	}
	if r.IntN(3) > 0 {
		f.commitWindow = f.year
	}
	for o := range f.options {
		fee := smallFee{fee: between(r, 0, 12) * 50}
		if r.IntN(2) == 0 {
			fee.lower, fee.from = between(r, 0, fee.fee)+1, int(between(r, int64(f.year)-1, 2*int64(f.year)))
		}
		f.fees = append(f.fees, fee)
		f.reach = append(f.reach, []int64{3, 6, 9, 9}[r.IntN(4)])
		f.commits = append(f.commits, o > 0 && r.IntN(2) == 0)
		f.credits = append(f.credits, smallCredit{})
		if !f.commits[o] && r.IntN(2) == 0 {
			f.credits[o] = smallCredit{int(between(r, 1, 4)), between(r, 1, 600)}
		}
		f.perDevice = append(f.perDevice, 0)
		if r.IntN(3) == 0 {
			f.perDevice[o] = between(r, 1, 400)
		}
		follow := make([]bool, f.options)
		for p := range follow {
			follow[p] = r.IntN(4) > 0
		}
		follow[o] = true
		f.follow = append(f.follow, follow)
	}
	from, rate := between(r, 1, 4), between(r, 70, 100)
	for i := range between(r, 1, 3) {
		to := from + between(r, 0, 12)
		tier := commitmentTier{from: decimal.NewFromInt(from), to: decimal.NewFromInt(to), rate: decimal.New(rate, -2)}
		if i == 0 && r.IntN(2) == 0 {
			tier.termAtMost = between(r, 1, 3)
		}
		f.tiers = append(f.tiers, tier)
		from, rate = to+between(r, 1, 3), max(rate-between(r, 0, 20), 1)
	}
	f.tiers[len(f.tiers)-1].termAtMost = 0
	for i := range between(r, 1, 2) {
		f.pools = append(f.pools, f.randomPool(r, fmt.Sprintf("use%d", i)))
	}
	return f
}

func (f *smallForecast) randomPool(r *rand.Rand, input string) *forecastPool {
	p := &forecastPool{
		input: input, block: between(r, 2, 3), window: int64(f.year), required: r.IntN(3) == 0,
		weights: [2]int64{1, between(r, 1, 3)}, lists: [2]int64{between(r, 0, 60), between(r, 1, 90)}, bought: map[slowWindow]packstest.Plan{},
	}
	if r.IntN(3) == 0 {
		p.window = between(r, 1, 4)
	}
	if r.IntN(2) == 0 {
		p.price = between(r, 1, 60)
	}
	for range between(r, 1, 3) {
		size := between(r, 1, 3)
		p.packs = append(p.packs, packstest.Pack{Units: size, Price: size * p.block * between(r, 4, 50)})
	}
	if p.required && r.IntN(2) == 0 {
		p.window = 1
		p.packs = append(p.packs, packstest.Pack{Units: between(r, 1, 2), Price: between(r, 1, 90), Once: true})
	}
	if !p.required && r.IntN(3) > 0 {
		p.grant = between(r, 1, 4)
		if r.IntN(3) > 0 {
			p.offer = &packstest.Pack{Units: between(r, 2, 12), Price: between(r, 1, 40), Once: true}
		}
	}
	plans := r.IntN(4) == 0
	for range f.options {
		included := []int64{0, 0, 2, 3, 5, -1}[r.IntN(6)]
		if plans {
			included = 0
		}
		p.included = append(p.included, included)
		p.closed = append(p.closed, included > 0 && r.IntN(4) == 0)
	}
	if slices.Max(p.included) < 0 {
		p.included[0] = 0
	}
	if plans {
		for range between(r, 2, 3) {
			p.plans = append(p.plans, smallPlan{fee: between(r, 0, 120), included: between(r, 0, 4)})
		}
	}
	return p
}

// yaml writes the product's book.
func (f *smallForecast) yaml() string {
	var b strings.Builder
	print := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	money := func(fen int64) string { return `"` + decimalText(fen, 2) + `"` }
	charge := func(id, special string) {
		print("  - id: %s\n    name: {en: %s, zh: 收费}\n    settlement: postpaid\n    unit: {en: u, zh: 个}\n    source: {document: list, section: {en: s, zh: 节}}", id, id)
		if special != "" {
			print("    %s", special)
		}
	}
	all := make([]string, f.options)
	for o := range all {
		all[o] = fmt.Sprintf("o%d", o)
	}
	some := func(has func(o int) bool) (ids []string) {
		for o, id := range all {
			if has(o) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	list := func(ids []string) string { return "[" + strings.Join(ids, ", ") + "]" }
	print(`product: forecast
price_book: "2024-01-01"
currency: CNY
name: {en: Forecast, zh: 预测}
summary: {en: Forecast, zh: 预测}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: wanted, group: all, kind: yes_no, name: {en: a, zh: b}, help: {en: a, zh: b}}
  - id: work
    group: all
    kind: rows
    name: {en: a, zh: b}
    help: {en: a, zh: b}
    fields:
      - {id: rounds, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
      - {id: kind, kind: choice, name: {en: a, zh: b}, help: {en: a, zh: b}, choices: [{id: a, name: {en: a, zh: b}}, {id: b, name: {en: a, zh: b}}]}`)
	counts := []string{"users", "devices"}
	for _, p := range f.pools {
		counts = append(counts, p.input+"a", p.input+"b", p.input+"needed")
	}
	for _, id := range counts {
		print("  - {id: %s, group: all, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}", id)
	}
	print("options:")
	for o, id := range all {
		free := ""
		for _, p := range f.pools {
			free += fmt.Sprintf(", %sneeded: unlimited", p.input)
		}
		print("  - {id: %s, name: {en: %s, zh: 套餐}, summary: {en: a, zh: b}, limits: {users: %d, wanted: true%s}}", id, id, f.reach[o], free)
	}
	print("charges:")
	charge("plan", "")
	print("    prices:")
	for o, fee := range f.fees {
		print("      - {options: [%s], monthly_fee: %s}", all[o], money(fee.fee))
		if fee.lower > 0 {
			print("      - {options: [%s], when: {months: {at_least: %d}}, monthly_fee: %s}", all[o], fee.from, money(fee.lower))
		}
	}
	if f.extra > 0 {
		charge("extra", fmt.Sprintf("when: {months: {at_least: %d}}", f.extraFrom))
		print("    prices: [{options: %s, monthly_fee: %s}]", list(all), money(f.extra))
	}
	charge("blocks", "quantity: users")
	print(`    prices: [{options: %s, package: {included: 1, block: 2, blocks: started, price: "0.17"}}]`, list(all))
	for _, p := range f.pools {
		p.write(print, money, all)
	}
	if paying := some(func(o int) bool { return !f.commits[o] }); len(paying) > 0 {
		charge("work", "")
		print("    prices:\n      - options: %s\n        rows: {rows: work, quantity: [rounds], by: kind, prices: [{for: [a], price: %s}, {for: [b], price: %s}]}", list(paying), money(f.rows[0]), money(f.rows[1]))
		credited := some(func(o int) bool { return f.credits[o].months > 0 })
		if len(credited) > 0 {
			charge("credit", "")
			print("    prices:")
			for o, c := range f.credits {
				if c.months > 0 {
					print("      - {options: [%s], credit: {of: [work], months: %d, amount: %s}}", all[o], c.months, money(c.amount))
				}
			}
		}
		if committed := some(func(o int) bool { return f.commits[o] }); len(committed) > 0 {
			charge("commitment", "lines: {overage: {id: beyond, name: {en: a, zh: b}, settlement: postpaid}}")
			print("    prices:\n      - options: %s\n        commitment:\n          of: [work]\n          window: %d\n          unused: work\n          tiers:", list(committed), f.commitWindow)
			for _, t := range f.tiers {
				print(`            - {from: %s, to: %s, rate: "%s", term_at_most: %d}`, t.from, t.to, t.rate, t.termAtMost)
			}
		}
	}
	charge("devices", "quantity: devices")
	print(`    prices:
      - options: %s
        yearly: {by: wanted, prices: [{for: ["no", "yes"], price: %s}]}`, list(all), money(f.yearly))
	for o, price := range f.perDevice {
		if price > 0 {
			print("      - {options: [%s], when: {wanted: true}, unit_price: %s}", all[o], money(price))
		}
	}
	return b.String()
}

func (p *forecastPool) write(print func(string, ...any), money func(int64) string, options []string) {
	print(`  - id: %[1]s
    name: {en: Pool, zh: 池}
    settlement: postpaid
    unit: {en: unit, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    lines:
      packs: {id: %[1]spacks, name: {en: Packs, zh: 包}, settlement: prepaid}
      overage: {id: %[1]soverage, name: {en: Overage, zh: 超量}, settlement: postpaid}`, p.input)
	if p.plans != nil {
		print("      plan: {id: %splan, name: {en: Plan, zh: 套餐}, settlement: prepaid}", p.input)
	}
	print("    pool:\n      unit: {en: units, zh: 个}\n      per: 1\n      block: %d\n      window: %d\n      inputs:", p.block, p.window)
	for i, letter := range []string{"a", "b"} {
		list := ""
		if p.price == 0 {
			list = ", list_price: " + money(p.lists[i])
		}
		print(`        - {input: %s%s, weight: "%d"%s}`, p.input, letter, p.weights[i], list)
	}
	if p.price > 0 {
		print("      price: %s", money(p.price))
	}
	if p.required {
		print("      required: [%[1]sa, %[1]sneeded]", p.input)
	}
	print("      packs:")
	for i, pack := range p.packs {
		print("        - {id: %spack%d, size: %d, price: %s, once: %v}", p.input, i, pack.Units, money(pack.Price), pack.Once)
	}
	if p.grant > 0 {
		print("      grants: [{when: {wanted: true}, quantity: %d}]", p.grant)
	}
	if p.offer != nil {
		print("      offers: [{id: %soffer, when: {wanted: true, months: {at_least: 3}}, quantity: %d, price: %s}]", p.input, p.offer.Units, money(p.offer.Price))
	}
	var plans []string
	if p.plans != nil {
		print("      plans:")
		for i, plan := range p.plans {
			plans = append(plans, fmt.Sprintf("%splan%d", p.input, i))
			print("        - {id: %s, name: {en: Plan %d, zh: 套餐}, monthly_fee: %s, included: %d}", plans[i], i, money(plan.fee), plan.included)
		}
	}
	print("    prices:")
	for o, included := range p.included {
		price := fmt.Sprintf("included: %d", included)
		if p.closed[o] {
			price += fmt.Sprintf(", closed: %sa", p.input)
		}
		if included >= 0 && p.plans == nil {
			print("      - {options: [%s], pool: {%s}}", options[o], price)
		}
	}
	if p.plans != nil {
		print("      - {options: [%s], pool: {plans: [%s]}}", strings.Join(options, ", "), strings.Join(plans, ", "))
	}
}

// slowMonth is what a customer states for a month.
type slowMonth struct {
	wanted         bool
	users, devices int64
	rounds         [2]int64
	uses           [][3]int64 // by pool: a, b, and what needs it
}

func (f *smallForecast) randomMonths(r *rand.Rand, n int) []slowMonth {
	wanted, same := r.IntN(3) > 0, r.IntN(4) == 0
	months := make([]slowMonth, n)
	for m := range months {
		s := &months[m]
		if same && m > 0 {
			*s = months[0]
			continue
		}
		*s = slowMonth{wanted: wanted, users: between(r, 0, 4), devices: between(r, 0, 3), rounds: [2]int64{between(r, 0, 6), between(r, 0, 12)}}
		if r.IntN(8) == 0 {
			s.users = between(r, 4, 10)
		}
		if r.IntN(6) == 0 {
			s.rounds = [2]int64{}
		}
		for range f.pools {
			s.uses = append(s.uses, [3]int64{between(r, 0, 3), between(r, 0, 1), between(r, 0, 1)})
		}
	}
	return months
}

// usages states the months in the product's book.
func (f *smallForecast) usages(b *Book, months []slowMonth) []*Usage {
	var out []*Usage
	for _, s := range months {
		u := b.NewUsage()
		set := func(id string, n int64) { u.values[b.position(id)] = n }
		set("wanted", yesNo(s.wanted))
		set("users", s.users)
		set("devices", s.devices)
		for i, p := range f.pools {
			set(p.input+"a", s.uses[i][0])
			set(p.input+"b", s.uses[i][1])
			set(p.input+"needed", s.uses[i][2])
		}
		u.rows[b.position("work")] = []Row{{s.rounds[0], 0}, {s.rounds[1], 1}}
		out = append(out, u)
	}
	return out
}
