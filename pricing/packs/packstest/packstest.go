// Package packstest buys packs by trying everything, for tests to compare with.
package packstest

import "slices"

// Pack is one thing that can be bought and the units it holds.
type Pack struct {
	Units, Price int64
	Once         bool // it can be bought once
}

// Plan is a way to buy: what it costs with the uncovered units, times the
// denominator of their rate, what the packs cost, and how many there are.
type Plan struct {
	Total, Prepaid, Packs, Uncovered int64
}

// Better orders plans by total, then by what is prepaid, then by number of packs.
func (p Plan) Better(than Plan) bool {
	return slices.Compare([]int64{p.Total, p.Prepaid, p.Packs}, []int64{than.Total, than.Prepaid, than.Packs}) < 0
}

// Buy tries every multiset of packs for a demand of which an uncovered unit costs
// num ÷ den, one pack after the other until nothing is left to cover: a further
// pack would only cost more. At least so many packs must be bought, and one that
// is sold once comes at most once.
func Buy(packs []Pack, demand, num, den, least int64) Plan {
	var best *Plan
	var try func(first int, units, cost, n int64)
	try = func(first int, units, cost, n int64) {
		uncovered := max(demand-units, 0)
		if n >= least {
			here := Plan{cost*den + uncovered*num, cost, n, uncovered}
			if best == nil || here.Better(*best) {
				best = &here
			}
			if uncovered == 0 {
				return
			}
		}
		for i := first; i < len(packs); i++ {
			next := i
			if packs[i].Once {
				next++
			}
			try(next, units+packs[i].Units, cost+packs[i].Price, n+1)
		}
	}
	try(0, 0, 0, 0)
	return *best
}
