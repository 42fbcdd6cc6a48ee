package pricing

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// horizon is a forecast in the making: what is known of its months before any
// course is compared.
type horizon struct {
	*Book
	forecastRules
	// ctx ends the work: whoever asked has left, or has waited long enough. What
	// is found after that is incomplete.
	ctx    context.Context
	months []*Usage
	stated [][]int64 // the values of each month
	// account are the values that things of the account go by: those of the
	// first month, with the horizon as the term.
	account []int64
	// terms are the terms, in months, from which a price applies; two terms that
	// reach the same of them have the same prices.
	terms []int64
	// lasting are the things that last longer than a month, and where in them a
	// pool, a commitment, a yearly price or the credits of a charge are.
	lasting []lasting
	at      map[any]int
	// choices are what one choice is made of for the whole horizon.
	choices []choice
	choice  map[any]int
	// order is the place of each line in the book, by its id.
	order map[string]int
	// may says, for each two options, whether the second may follow the first.
	may [][]bool
	// shares has what each month is for each option, by the class of the term.
	shares [][][]*monthShare
	// scale is the number of decimals of the amounts of all months, and unit how
	// many of the search's smallest money a yuan is.
	scale int32
	unit  *big.Int
}

// choice is a choice among several for the whole horizon: the plans of a pool,
// or the prices of a charge. The value is the position of what is tried.
type choice struct {
	of        any
	among, at int
}

// maxCombinations bounds the combinations of choices that are tried.
const maxCombinations = 256

// searchDecimals is the least number of decimals that the search counts money
// in, so that its bounds are close.
const searchDecimals = 9

// monthShare is what a month is for an option: its own lines, and what it
// has in things that last longer.
type monthShare struct {
	horizon *horizon
	month   int
	served  bool // the option can serve the month
	whole   bool // everything has a public price
	lines   []Line
	pools   []poolShare
	usages  []usageShare
	years   []yearShare
	credits []creditShare
}

// poolShare says that a month draws from a pool.
type poolShare struct {
	at   int // in the horizon's lasting
	plan *poolPlan
	over int64 // demand beyond the plan's allowance
	// needsPack says that the month cannot draw from the pool without a pack.
	needsPack bool
}

// usageShare is a month's usage at list price that a commitment pays for.
type usageShare struct {
	at    int
	usage decimal.Decimal
}

// yearShare is what a month asks of a yearly price.
type yearShare struct {
	at   int
	line Line
}

// creditShare is a month's usage that a credit pays for.
type creditShare struct {
	at    int
	limit decimal.Decimal
	usage decimal.Decimal
}

// newHorizon finds what lasts longer than a month, and what there is to choose.
func newHorizon(ctx context.Context, b *Book, months []*Usage, rules forecastRules) *horizon {
	h := &horizon{ctx: ctx, Book: b, forecastRules: rules, months: months, at: map[any]int{}, choice: map[any]int{}, order: map[string]int{}}
	for _, u := range months {
		h.stated = append(h.stated, u.stated())
	}
	h.account = slices.Clone(h.stated[0])
	h.account[monthsPosition] = int64(len(months))
	for i := range b.charges {
		c := &b.charges[i]
		h.order[c.id] = len(h.order)
		for _, use := range []string{planLine, packsLine, overageLine, minimumLine} {
			if t := c.further[use]; t != nil {
				h.order[t.id] = len(h.order)
			}
		}
		h.termsOf(c.when)
		for _, prices := range c.prices {
			h.addPrices(c, prices)
		}
	}
	for i := range b.Options {
		may := make([]bool, len(b.Options))
		for j := range may {
			may[j] = i == j || h.follow(&b.Options[i], &b.Options[j])
		}
		h.may = append(h.may, may)
	}
	slices.Sort(h.terms)
	h.terms = slices.Compact(h.terms)
	return h
}

// termsOf notes the terms that conditions ask for.
func (h *horizon) termsOf(cs conditions) {
	for _, c := range cs {
		if c.input == monthsPosition {
			h.terms = append(h.terms, c.want)
		}
	}
}

// class returns how many of the terms that matter a term reaches.
func (h *horizon) class(term int) (n int) {
	for n < len(h.terms) && h.terms[n] <= int64(term) {
		n++
	}
	return n
}

// addPrices notes what lasts among the prices of a charge for an option, and
// what is to be chosen once.
func (h *horizon) addPrices(c *charge, prices []conditionalPrice) {
	lasts := false
	for _, p := range prices {
		h.termsOf(p.when)
		if p, ok := p.price.(lastingPrice); ok {
			lasts = true
			p.lasts(h, c)
		}
	}
	if lasts && len(prices) > 1 {
		h.addChoice(&prices[0], len(prices))
	}
}

// note adds what a price makes to what lasts, unless the key says that it is there
// already.
func (h *horizon) note(key any, l func() lasting) {
	if _, ok := h.at[key]; !ok {
		h.at[key] = len(h.lasting)
		h.lasting = append(h.lasting, l())
	}
}

// place returns where something that lasts is.
func (h *horizon) place(key any) int {
	at, ok := h.at[key]
	if !ok {
		panic(fmt.Sprintf("a %T lasts and was not noted", key)) // its form is no lastingPrice
	}
	return at
}

func (h *horizon) addChoice(of any, among int) {
	if _, ok := h.choice[of]; !ok && among > 1 {
		h.choice[of] = len(h.choices)
		h.choices = append(h.choices, choice{of: of, among: among})
	}
}

// chosen returns the position that is tried of something, 0 where there is
// nothing to choose.
func (h *horizon) chosen(of any) int {
	if i, ok := h.choice[of]; ok {
		return h.choices[i].at
	}
	return 0
}

// nextChoice goes on to the next combination of choices; false if there is none.
func (h *horizon) nextChoice() bool {
	for i := range h.choices {
		c := &h.choices[i]
		if c.at++; c.at < c.among {
			return true
		}
		c.at = 0
	}
	return false
}

// takeShares finds what every month is for every option.
func (h *horizon) takeShares() {
	h.shares = make([][][]*monthShare, len(h.months))
	memos := make([]chargeMemo, len(h.charges))
	for m := range h.months {
		h.shares[m] = make([][]*monthShare, len(h.Options))
		for o := range h.Options {
			byClass := make([]*monthShare, len(h.terms)+1)
			for _, term := range h.termsAt(m) {
				if class := h.class(term); byClass[class] == nil {
					byClass[class] = h.share(m, o, term, memos)
					h.scale = max(h.scale, byClass[class].decimals())
				}
			}
			h.shares[m][o] = byClass
		}
	}
	h.scale = max(h.scale, searchDecimals)
	h.countIn(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(h.scale)), nil))
}

// termsAt returns the terms that a month can have: 1, or that of whole windows
// about it.
func (h *horizon) termsAt(m int) []int {
	terms := []int{1}
	for from := 0; from <= m; from += h.year {
		for to := m/h.year*h.year + h.year; ; to += h.year {
			terms = append(terms, min(to, len(h.months))-from)
			if to >= len(h.months) {
				break
			}
		}
	}
	return terms
}

// share prices a month for an option and a term.
func (h *horizon) share(m, o, term int, memos []chargeMemo) *monthShare {
	clear(memos) // what lasts is not on the lines that they keep
	s := &monthShare{horizon: h, month: m}
	values := slices.Clone(h.stated[m])
	values[monthsPosition] = int64(term)
	e := h.months[m].estimateOption(&bill{
		book: h.Book, option: o, values: values, rows: h.months[m].rows, months: 1, term: one, servesAll: true, share: s,
	}, memos)
	s.served, s.whole, s.lines = e.Feasible, e.Complete, e.Lines
	return s
}

// decimals returns the most decimals that an amount of the share has.
func (s *monthShare) decimals() (most int32) {
	note := func(d decimal.Decimal) { most = max(most, -d.Exponent()) }
	for i := range s.lines {
		note(s.lines[i].Amount)
	}
	for _, u := range s.usages {
		note(u.usage)
	}
	for i := range s.years {
		note(s.years[i].line.Amount)
	}
	for _, c := range s.credits {
		note(c.limit)
		note(c.usage)
	}
	return most
}

// shareAt returns what a month is for an option and a term; nil if the option cannot
// serve it.
func (h *horizon) shareAt(m, o, term int) *monthShare {
	if s := h.shares[m][o][h.class(term)]; s.served {
		return s
	}
	return nil
}

// fixed returns the one of a charge's prices that was chosen for the horizon,
// where one of them lasts, or all of them. Where the chosen one does not apply it
// is the first that does.
func (s *monthShare) fixed(b *bill, prices []conditionalPrice) []conditionalPrice {
	if _, ok := s.horizon.choice[&prices[0]]; !ok {
		return prices
	}
	i := s.horizon.chosen(&prices[0])
	if !prices[i].when.hold(b.values) {
		i = max(0, slices.IndexFunc(prices, func(p conditionalPrice) bool { return p.when.hold(b.values) }))
	}
	return prices[i : i+1]
}

// addPool notes what a month draws from a pool, and bills the fee of the plan.
func (s *monthShare) addPool(b *bill, p *poolPrice, c *charge, units int64) {
	plan := &p.plans[s.horizon.chosen(p)]
	p.addFee(b, c, plan)
	s.pools = append(s.pools, poolShare{
		at: s.horizon.place(p.pool), plan: plan, over: units - min(units, plan.included), needsPack: p.needsPack(plan),
	})
}

// keepPlan bills the fee of the plan in a month that does not ask for the pool, if
// another month of the horizon does: the plan is taken for all of them.
func (s *monthShare) keepPlan(b *bill, p *poolPrice, c *charge) {
	if l, ok := s.horizon.lasting[s.horizon.place(p.pool)].(*lastingPool); ok && l.needed {
		p.addFee(b, c, &p.plans[s.horizon.chosen(p)])
	}
}

// addCommitment notes a month's usage that a commitment pays for.
func (s *monthShare) addCommitment(k *commitment, usage decimal.Decimal) {
	s.usages = append(s.usages, usageShare{at: s.horizon.place(k), usage: usage})
}

// addYearly notes what a month asks of a yearly price.
func (s *monthShare) addYearly(y *yearlyPrice, line Line) {
	s.years = append(s.years, yearShare{at: s.horizon.place(y), line: line})
}

// addCredit notes a month's usage that a credit pays for.
func (s *monthShare) addCredit(k *credit, c *charge, usage decimal.Decimal) {
	if int64(s.month) < k.months {
		s.credits = append(s.credits, creditShare{at: s.horizon.place(c), limit: k.amount, usage: usage})
	}
}
