package pricing

import (
	"math/big"
	"slices"

	"suanpan/pricing/packs/packstest"
)

// slowCourse prices a course, an option for each month, in fen and before any
// rounding; nil if it cannot be had.
func (f *smallForecast) slowCourse(months []slowMonth, course []int) *big.Rat {
	terms := f.slowTerms(course)
	total := new(big.Rat)
	add := func(fen int64) { total.Add(total, big.NewRat(fen, 1)) }
	for m, o := range course {
		if months[m].users > f.reach[o] {
			return nil
		}
		fee := f.fees[o]
		if fee.lower > 0 && terms[m] >= fee.from {
			fee.fee = min(fee.fee, fee.lower)
		}
		add(fee.fee)
		if terms[m] >= f.extraFrom {
			add(f.extra)
		}
		add(max(months[m].users, 0) / 2 * 17) // ⌈(users − 1) ÷ 2⌉
	}
	for i, p := range f.pools {
		part := p.slowly(months, course, i)
		if part == nil {
			return nil
		}
		total.Add(total, part)
	}
	work := f.slowWork(months, course)
	if work == nil {
		return nil
	}
	total.Add(total, work)
	return total.Add(total, f.slowDevices(months, course))
}

// slowTerms looks, for each month, for the longest stretch of whole windows of
// one option that the month is in.
func (f *smallForecast) slowTerms(course []int) []int {
	n := len(course)
	terms := make([]int, n)
	for m := range course {
		terms[m] = 1
		for from := 0; from <= m; from += f.year {
			for to := from + f.year; ; to += f.year {
				end := min(to, n)
				one := !slices.ContainsFunc(course[from:end], func(o int) bool { return o != course[m] })
				if one && m < end {
					terms[m] = max(terms[m], end-from)
				}
				if to >= n {
					break
				}
			}
		}
	}
	return terms
}

// slowly tries every plan, every month for the pack that is sold once, and every
// multiset of packs for each window.
func (p *forecastPool) slowly(months []slowMonth, course []int, at int) *big.Rat {
	plans := len(p.plans)
	var best *big.Rat
	for plan := range max(plans, 1) {
		for onceIn := range months {
			if onceIn > 0 && !p.packs[len(p.packs)-1].Once {
				break
			}
			total := new(big.Rat)
			for first := 0; first < len(months) && total != nil; first += int(p.window) {
				total = p.slowWindow(total, months, course, at, plan, first, onceIn)
			}
			if total != nil && (best == nil || total.Cmp(best) < 0) {
				best = total
			}
		}
	}
	return best
}

// asked reports whether a month asks for the pool.
func (p *forecastPool) asked(use [3]int64) bool {
	return use[0]+use[1] > 0 || p.required && use[2] > 0
}

func (p *forecastPool) slowWindow(total *big.Rat, months []slowMonth, course []int, at, plan, first, onceIn int) *big.Rat {
	var demand, whole, list, least int64
	used := false
	for m := first; m < min(first+int(p.window), len(months)); m++ {
		use, included, o := months[m].uses[at], p.included[course[m]], course[m]
		units := use[0]*p.weights[0] + use[1]*p.weights[1]
		// A plan is paid in every month if any asks for the pool.
		if p.plans != nil && slices.ContainsFunc(months, func(s slowMonth) bool { return p.asked(s.uses[at]) }) {
			total.Add(total, big.NewRat(p.plans[plan].fee, 1))
		}
		if included < 0 || !p.asked(use) {
			continue
		}
		if p.plans != nil {
			included = p.plans[plan].included
		} else if p.closed[o] && units > included {
			return nil
		}
		used = true
		whole += units
		list += use[0]*p.lists[0] + use[1]*p.lists[1]
		demand += max(units-included, 0)
		if p.required && included == 0 {
			least = 1
		}
	}
	if !used {
		return total
	}
	num, den := p.price, int64(1)
	if p.price == 0 {
		num, den = list, max(whole, 1)
	}
	w := slowWindow{num: num, den: den, least: least, once: least == 1 && onceIn == first}
	if first == 0 && months[0].wanted {
		demand = max(demand-p.grant, 0)
		w.offer = p.offer != nil && len(months) >= 3
	}
	w.demand = demand
	bought, ok := p.bought[w]
	if !ok {
		var all []packstest.Pack
		for _, pack := range p.packs {
			if !pack.Once || w.once {
				all = append(all, packstest.Pack{Units: pack.Units * p.block, Price: pack.Price, Once: pack.Once})
			}
		}
		if w.offer {
			all = append(all, *p.offer)
		}
		bought = packstest.Buy(all, demand, num, den, least)
		p.bought[w] = bought
	}
	return total.Add(total, big.NewRat(bought.Total, den))
}

// slowWork is what the rows come to: charged, less the credit, or committed to.
func (f *smallForecast) slowWork(months []slowMonth, course []int) *big.Rat {
	total, taken := new(big.Rat), int64(0)
	for first := 0; first < len(months); first += f.commitWindow {
		usage, begun := int64(0), false
		for m := first; m < min(first+f.commitWindow, len(months)); m++ {
			o := course[m]
			here := months[m].rounds[0]*f.rows[0] + months[m].rounds[1]*f.rows[1]
			if f.commits[o] {
				usage, begun = usage+here, true
				continue
			}
			total.Add(total, big.NewRat(here, 1))
			if c := f.credits[o]; m < c.months {
				more := max(min(c.amount-taken, here), 0)
				taken += more
				total.Sub(total, big.NewRat(more, 1))
			}
		}
		if begun {
			if usage == 0 {
				return nil
			}
			_, _, cost := slowCommitment(f.tiers, usage, int64(len(months)))
			total.Add(total, cost.Mul(cost, big.NewRat(100, 1)))
		}
	}
	return total
}

// slowDevices tries, for every option that has two prices for devices, which of
// them it takes.
func (f *smallForecast) slowDevices(months []slowMonth, course []int) *big.Rat {
	var best *big.Rat
	for choice := range 1 << f.options {
		total := int64(0)
		for first := 0; first < len(months); first += f.year {
			most := int64(0)
			for m := first; m < min(first+f.year, len(months)); m++ {
				o := course[m]
				if f.perDevice[o] > 0 && choice&(1<<o) != 0 && months[m].wanted {
					total += months[m].devices * f.perDevice[o]
				} else {
					most = max(most, months[m].devices*f.yearly)
				}
			}
			total += most
		}
		if here := big.NewRat(total, 1); best == nil || here.Cmp(best) < 0 {
			best = here
		}
	}
	return best
}
