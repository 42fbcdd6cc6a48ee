package quotes

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"suanpan/pricing"
)

// The orders of a list. Quotes that are equal by one come in the order of
// [Newest], and so does anything else.
const (
	Newest     = ""
	Oldest     = "oldest"
	Dearest    = "dearest"
	Cheapest   = "cheapest"
	ByCustomer = "customer"
	ByTitle    = "title"
	ByExpiry   = "expiry"
)

// SoonDays is within how many days a quote expires that expires soon.
const SoonDays = 7

// Wanted says which quotes of a list are looked for, and in which order. What is
// empty is no condition.
type Wanted struct {
	// Search are words, parted by blanks. All are to be found, in any order and in
	// whatever case and width.
	Search                   string
	State                    State
	Customer, Product, Month string
	// Soon is for quotes that are valid, and expire soon.
	Soon bool
	Sort string
	// First is the position of the first quote that is shown, and Most how many are
	// at most; 0 is all.
	First, Most int
}

// List is what was found in a list.
type List struct {
	// All is how many quotes there are, and Found how many were looked for.
	All, Found int
	// Shown are those that are to be shown.
	Shown []Shown
	// Standing is what the valid and expired quotes come to that were found, and
	// States what those in each state do. What was revised would count twice, and
	// what was withdrawn does not count.
	Standing Sum
	States   map[State]*Sum
	// Months are the standing ones by the month of saving, the newest first.
	Months []MonthSum
	// Customers, Products and Saved are what can be looked for: the customers, the
	// ids of products and the months of all quotes, each with how many there are.
	Customers, Products, Saved map[string]int
}

// Shown is a quote of a list, with what is true of it now.
type Shown struct {
	Listed
	Now State
	// Saved is the day of saving, as 2026-07-14.
	Saved string
	// Soon says that the quote expires soon, in so many days: 0 on its last one.
	Soon bool
	Days int
}

// Sum is what quotes come to, in each currency.
type Sum struct {
	Count   int
	Amounts map[string]decimal.Decimal
}

// MonthSum is a month, as 2026-07, with its sum.
type MonthSum struct {
	Month string
	Sum
}

func (s *Sum) add(currency string, total decimal.Decimal) {
	s.Count++
	if currency == "" {
		return // nothing is known of it any more
	}
	if s.Amounts == nil {
		s.Amounts = map[string]decimal.Decimal{}
	}
	s.Amounts[currency] = s.Amounts[currency].Add(total)
}

// Lister goes through the quotes of a list, one after the other, and holds no
// more of them than are shown, and as many again.
type Lister struct {
	wanted  Wanted
	now     time.Time
	words   []string
	catalog *pricing.Catalog
	names   map[string]string // of products, folded
	months  map[string]*Sum
	rows    []row
	list    List
}

// row is a quote that was found, with what it is sorted by.
type row struct {
	Listed
	total decimal.Decimal
	text  string
}

// NewLister returns a Lister for what is wanted at a time. The catalog has the
// names of products.
func NewLister(w Wanted, c *pricing.Catalog, now time.Time) *Lister {
	return &Lister{
		wanted: w, now: now, words: strings.Fields(Fold(w.Search)), catalog: c, names: map[string]string{}, months: map[string]*Sum{},
		list: List{States: map[State]*Sum{}, Customers: map[string]int{}, Products: map[string]int{}, Saved: map[string]int{}},
	}
}

// Add looks at a quote.
func (g *Lister) Add(l *Listed) {
	list, state, month := &g.list, l.State(g.now), MonthOf(l.CreatedAt)
	list.All++
	if customer := strings.TrimSpace(l.Customer); customer != "" {
		list.Customers[customer]++
	}
	for _, id := range l.Products {
		list.Products[id]++
	}
	list.Saved[month]++
	if !g.wants(l, state, month) {
		return
	}
	list.Found++
	found := row{Listed: *l, total: Figure(l.Total)}
	if list.States[state] == nil {
		list.States[state] = &Sum{}
	}
	list.States[state].add(l.Currency, found.total)
	if state == Valid || state == Expired {
		list.Standing.add(l.Currency, found.total)
		if g.months[month] == nil {
			g.months[month] = &Sum{}
		}
		g.months[month].add(l.Currency, found.total)
	}
	switch g.wanted.Sort {
	case ByCustomer:
		found.text = Fold(l.Customer)
	case ByTitle:
		found.text = Fold(l.Title)
	}
	g.rows = append(g.rows, found)
	if most := g.wanted.First + g.wanted.Most; g.wanted.Most > 0 && len(g.rows) >= 2*most {
		g.sort()
		g.rows = slices.Delete(g.rows, most, len(g.rows))
	}
}

// wants reports whether a quote is looked for.
func (g *Lister) wants(l *Listed, state State, month string) bool {
	w := &g.wanted
	switch {
	case w.State != "" && state != w.State, w.Customer != "" && strings.TrimSpace(l.Customer) != w.Customer, w.Month != "" && month != w.Month,
		w.Product != "" && !slices.Contains(l.Products, w.Product):
		return false
	case w.Soon:
		if _, soon := l.Soon(g.now); !soon {
			return false
		}
	}
	if len(g.words) == 0 {
		return true
	}
	text := Fold(l.Title + "\n" + l.Customer + "\n" + l.Names + "\n" + l.ID)
	for _, id := range l.Products {
		text += "\n" + g.nameOf(id)
	}
	return !slices.ContainsFunc(g.words, func(word string) bool { return !strings.Contains(text, word) })
}

// nameOf returns what a product is called in either language, and its id.
func (g *Lister) nameOf(id string) string {
	name, known := g.names[id]
	if !known {
		name = id
		if p, ok := g.catalog.Product(id); ok {
			n := p.Newest().Name
			name += "\n" + n.EN + "\n" + n.ZH
		}
		name = Fold(name)
		g.names[id] = name
	}
	return name
}

// List returns what was found, once all quotes were looked at.
func (g *Lister) List() *List {
	g.sort()
	list, w := &g.list, &g.wanted
	shown := g.rows[min(w.First, len(g.rows)):]
	if w.Most > 0 {
		shown = shown[:min(w.Most, len(shown))]
	}
	for i := range shown {
		l := &shown[i].Listed
		row := Shown{Listed: *l, Now: l.State(g.now), Saved: Day(l.CreatedAt)}
		row.Days, row.Soon = l.Soon(g.now)
		list.Shown = append(list.Shown, row)
	}
	for month, sum := range g.months {
		list.Months = append(list.Months, MonthSum{month, *sum})
	}
	slices.SortFunc(list.Months, func(a, b MonthSum) int { return strings.Compare(b.Month, a.Month) })
	return list
}

// sort sorts what was found so far.
func (g *Lister) sort() {
	by := map[string]func(a, b *row) int{
		Oldest:     func(a, b *row) int { return -newest(a, b) },
		Dearest:    func(a, b *row) int { return byTotal(a, b, -1) },
		Cheapest:   func(a, b *row) int { return byTotal(a, b, 1) },
		ByExpiry:   func(a, b *row) int { return strings.Compare(a.ValidUntil, b.ValidUntil) },
		ByCustomer: func(a, b *row) int { return byText(a, b) },
		ByTitle:    func(a, b *row) int { return byText(a, b) },
	}[g.wanted.Sort]
	slices.SortFunc(g.rows, func(a, b row) int {
		if by != nil {
			if c := by(&a, &b); c != 0 {
				return c
			}
		}
		return newest(&a, &b)
	})
}

func newest(a, b *row) int {
	return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(b.ID, a.ID))
}

// byTotal compares totals in one currency, and puts what has none behind.
func byTotal(a, b *row, sign int) int {
	if a.Currency != b.Currency {
		return cmp.Or(cmp.Compare(len(b.Currency), len(a.Currency)), strings.Compare(a.Currency, b.Currency))
	}
	return sign * a.total.Cmp(b.total)
}

// byText compares by the alphabet, and puts what has no text behind.
func byText(a, b *row) int {
	if (a.text == "") != (b.text == "") {
		return len(b.text) - len(a.text)
	}
	return strings.Compare(a.text, b.text)
}

// Soon reports whether the quote is valid and expires soon, and in how many days:
// 0 on its last one.
func (l *Listed) Soon(now time.Time) (left int, soon bool) {
	left, err := daysLeft(l.ValidUntil, now)
	return left, err == nil && left <= SoonDays && l.State(now) == Valid
}

// MonthOf returns the month of a time in China, as 2026-07.
func MonthOf(t time.Time) string { return Day(t)[:len("2026-07")] }

// Fold returns text as it is compared in a search: without regard to case and to
// the width of letters and digits, and without what cannot be seen.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
}
