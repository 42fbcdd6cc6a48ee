package pricing

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// staying returns the options of the course that keeps one.
func (h *horizon) staying(o int) []int { return slices.Repeat([]int{o}, len(h.months)) }

// unserved returns the months, from 1, that an option cannot serve.
func (h *horizon) unserved(o int) (months []int) {
	for m := range h.months {
		if h.shareAt(m, o, len(h.months)) == nil {
			months = append(months, m+1)
		}
	}
	return months
}

// termsOfCourse returns the term of each month of a course: the months of the windows
// about it that follow each other with one option, or 1 in a window in which the
// option changes.
func (h *horizon) termsOfCourse(options []int) []int {
	terms := slices.Repeat([]int{1}, len(options))
	for from := 0; from < len(options); {
		to := from // of whole windows with one option
		for to < len(options) {
			end := min(to+h.year, len(options))
			if slices.ContainsFunc(options[to:end], func(o int) bool { return o != options[from] }) {
				break
			}
			to = end
		}
		if to == from {
			from += h.year
			continue
		}
		for m := from; m < to; m++ {
			terms[m] = to - from
		}
		from = to
	}
	return terms
}

// course prices the options of a course by months; nil if an option cannot serve
// its month, or for no options.
func (h *horizon) course(options []int) *Course {
	if options == nil {
		return nil
	}
	c := &Course{Months: make([]CourseMonth, len(options)), Complete: true, exact: new(big.Rat)}
	shares := make([]*monthShare, len(options))
	for m, term := range h.termsOfCourse(options) {
		s := h.shareAt(m, options[m], term)
		if s == nil {
			return nil
		}
		shares[m] = s
		c.Months[m] = CourseMonth{Option: &h.Options[options[m]], Term: term, Lines: slices.Clone(s.lines)}
		c.exact.Add(c.exact, sumOf(s.lines).Rat())
		c.Complete = c.Complete && s.whole
		if m > 0 && options[m] != options[m-1] {
			c.Changes = append(c.Changes, m+1)
		}
	}
	for i := range h.lasting {
		if !h.addLasting(c, i, shares) {
			return nil
		}
	}
	h.sum(c)
	return c
}

// addLasting adds what the months of a course have in a lasting thing. It
// reports false if that cannot be had.
func (h *horizon) addLasting(c *Course, i int, shares []*monthShare) bool {
	if credit, ok := h.lasting[i].(*lastingCredit); ok {
		credit.addLines(c, i, shares)
		return true
	}
	l := h.lasting[i]
	windows := h.windowsOf(i, shares)
	once := h.bestOnce(l, windows)
	for n := range windows {
		w := &windows[n]
		cost, _ := l.close(h, w.end, &w.holding, n == once)
		if cost == nil {
			return false
		}
		b := &bill{book: h.Book, values: h.account, months: 1, term: one}
		l.bill(b, h, w, n == once)
		if year, ok := l.(*lastingYear); ok {
			cost = year.largest(w).Amount.Rat()
		}
		c.exact.Add(c.exact, cost)
		if l.window(h) == 1 {
			month := &c.Months[w.first]
			month.Lines, month.Purchases, month.Pools = append(month.Lines, b.lines...), append(month.Purchases, b.purchases...), append(month.Pools, b.pools...)
			continue
		}
		to := c.window(w.first+1, w.end)
		to.Lines, to.Purchases, to.Pools = append(to.Lines, b.lines...), append(to.Purchases, b.purchases...), append(to.Pools, b.pools...)
	}
	return true
}

// windowsOf returns the windows in which months have a share in a lasting thing.
func (h *horizon) windowsOf(i int, shares []*monthShare) (windows []courseWindow) {
	size := h.lasting[i].window(h)
	for first := 0; first < len(shares); first += size {
		w := courseWindow{first: first, end: min(first+size, len(shares))}
		var usage decimal.Decimal
		any := false
		for m := first; m < w.end; m++ {
			for _, s := range shares[m].pools {
				if s.at == i {
					any, w.pools = true, append(w.pools, s)
					w.holding.months |= 1 << m
					w.holding.units += s.over
					w.holding.needsPack = w.holding.needsPack || s.needsPack
				}
			}
			for _, s := range shares[m].usages {
				if s.at == i {
					any, usage = true, usage.Add(s.usage)
					w.holding.months |= 1 << m
				}
			}
			for _, s := range shares[m].years {
				if s.at == i {
					any, w.years = true, append(w.years, s.line)
				}
			}
		}
		w.usage, w.holding.level = usage, h.money(usage.Rat())
		if any {
			windows = append(windows, w)
		}
	}
	return windows
}

// bestOnce returns the position of the window in which a pack that is sold once
// saves most, the first of them; -1 if it is of no use.
func (h *horizon) bestOnce(l lasting, windows []courseWindow) int {
	best, most := -1, new(big.Rat)
	if !l.once() {
		return best
	}
	for i := range windows {
		w := &windows[i]
		without, _ := l.close(h, w.end, &w.holding, false)
		with, took := l.close(h, w.end, &w.holding, true)
		if saved := new(big.Rat).Sub(without, with); took && (best < 0 || saved.Cmp(most) > 0) {
			best, most = i, saved
		}
	}
	return best
}

// window returns the window of a course with the given months, from 1.
func (c *Course) window(first, last int) *CourseWindow {
	i, found := slices.BinarySearchFunc(c.Windows, CourseWindow{First: first, Last: last}, func(a, b CourseWindow) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	if !found {
		c.Windows = slices.Insert(c.Windows, i, CourseWindow{First: first, Last: last})
	}
	return &c.Windows[i]
}

// sum adds up the lines of a course, and puts them in the order of the book.
func (h *horizon) sum(c *Course) {
	parts := map[Settlement]decimal.Decimal{}
	add := func(lines []Line) decimal.Decimal {
		slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(h.order[a.id], h.order[b.id]) })
		for i := range lines {
			parts[lines[i].settlement] = parts[lines[i].settlement].Add(lines[i].Amount)
		}
		return roundMoney(sumOf(lines))
	}
	for i := range c.Months {
		c.Months[i].Amount = add(c.Months[i].Lines)
	}
	for i := range c.Windows {
		c.Windows[i].Amount = add(c.Windows[i].Lines)
	}
	c.Prepaid, c.Postpaid = roundMoney(parts[Prepaid]), roundMoney(parts[Postpaid])
	c.Total = roundMoney(parts[Prepaid].Add(parts[Postpaid]))
}

// addLines takes the credit off the lines of the months that have it.
func (l *lastingCredit) addLines(c *Course, i int, shares []*monthShare) {
	var taken decimal.Decimal
	for m, share := range shares {
		for _, s := range share.credits {
			if s.at != i {
				continue
			}
			more := decimal.Min(s.limit.Sub(taken), s.usage)
			if !more.IsPositive() {
				continue
			}
			f := newFormula().text("−min(").money(s.limit)
			if !taken.IsZero() {
				f = f.text(minus).money(taken)
			}
			taken = taken.Add(more)
			c.exact.Sub(c.exact, more.Rat())
			c.Months[m].Lines = append(c.Months[m].Lines, Line{
				terms: &l.charge.terms, Name: l.charge.name, Amount: more.Neg(), Quantity: one,
				Formula: string(f.text(", ").money(s.usage).text(")")),
			})
		}
	}
}
