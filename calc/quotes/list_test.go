package quotes_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
)

var listNow = time.Date(2026, 7, 14, 9, 30, 0, 0, time.UTC)

// someQuotes returns quotes of all kinds, in no order.
func someQuotes(r *rand.Rand, n int) []quotes.Listed {
	list := make([]quotes.Listed, n)
	for i := range list {
		list[i] = quotes.Listed{
			ID: fmt.Sprintf("id%05d", i),
			Listing: quotes.Listing{
				Title: fmt.Sprint("Quote ", r.IntN(50)), Customer: []string{"", "Bay Harbour", "海港科技", "00123"}[r.IntN(4)],
				Currency: "CNY", Total: decimal.New(r.Int64N(1e15), -2).StringFixed(2),
			},
			Products:   [][]string{{"chat"}, {"rooms"}, {"chat", "rooms"}}[r.IntN(3)],
			CreatedAt:  listNow.Add(-time.Duration(r.IntN(300*24)) * time.Hour),
			ValidUntil: quotes.Day(listNow.AddDate(0, 0, r.IntN(60)-30)),
			Revised:    r.IntN(5) == 0, Withdrawn: r.IntN(9) == 0,
		}
	}
	return list
}

// TestListAgainstTheObviousWay: pages that hold a part only are those of the whole
// list, filtered and sorted, and the sums are exact.
func TestListAgainstTheObviousWay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	known := catalog(t)
	for range 60 {
		all := someQuotes(r, 1+r.IntN(200))
		w := quotes.Wanted{
			Search:   []string{"", "quote", "HARBOUR bay", "２　quote"}[r.IntN(4)],
			State:    []quotes.State{"", quotes.Valid, quotes.Expired, quotes.Revised, quotes.Withdrawn}[r.IntN(5)],
			Customer: []string{"", "", "海港科技"}[r.IntN(3)], Product: []string{"", "", "rooms"}[r.IntN(3)],
			Month: []string{"", "", "2026-05"}[r.IntN(3)], Soon: r.IntN(5) == 0,
			Sort: []string{"", "oldest", "dearest", "cheapest", "customer", "title", "expiry", "no such"}[r.IntN(8)],
		}
		find := func(w quotes.Wanted) *quotes.List {
			g := quotes.NewLister(w, known, listNow)
			for i := range all {
				g.Add(&all[i])
			}
			return g.List()
		}
		whole := find(w)
		var paged []quotes.Shown
		for w.First, w.Most = 0, 1+r.IntN(30); ; w.First += w.Most {
			page := find(w)
			if paged = append(paged, page.Shown...); len(page.Shown) < w.Most {
				break
			}
		}
		if len(whole.Shown) != whole.Found || !slices.EqualFunc(paged, whole.Shown, func(a, b quotes.Shown) bool { return a.ID == b.ID }) {
			t.Fatalf("%+v: %d on pages, %d at once, %d found", w, len(paged), len(whole.Shown), whole.Found)
		}
		standing, count := decimal.Zero, 0
		for i := range whole.Shown {
			l := &whole.Shown[i]
			state := l.State(listNow)
			if state == quotes.Valid || state == quotes.Expired {
				standing, count = standing.Add(decimal.RequireFromString(l.Total)), count+1
			}
			text := strings.ToLower(l.Title + l.Customer)
			last, _ := time.Parse(time.DateOnly, l.ValidUntil)
			if w.State != "" && state != w.State || w.Customer != "" && l.Customer != w.Customer || w.Product != "" && !slices.Contains(l.Products, w.Product) ||
				w.Month != "" && l.CreatedAt.Add(8*time.Hour).Format("2006-01") != w.Month || w.Search == "HARBOUR bay" && !strings.Contains(text, "bay harbour") ||
				w.Soon && (state != quotes.Valid || last.Sub(listNow) > 7*24*time.Hour) {
				t.Errorf("%+v finds %+v", w, l)
			}
		}
		if whole.Standing.Count != count || !whole.Standing.Amounts["CNY"].Equal(standing) {
			t.Errorf("%+v: they come to %v, not %d of %s", w, whole.Standing, count, standing)
		}
		states, months := 0, decimal.Zero
		for s := range maps.Values(whole.States) {
			states += s.Count
		}
		for i := range whole.Months {
			months = months.Add(whole.Months[i].Amounts["CNY"])
		}
		if states != whole.Found || !months.Equal(standing) || whole.All != len(all) {
			t.Errorf("%+v: the states are %d, the months %s", w, states, months)
		}
	}
}

// TestListOrders: every order, with what cannot be compared behind.
func TestListOrders(t *testing.T) {
	row := func(id, title, customer, currency, total, until string, age int) quotes.Listed {
		return quotes.Listed{
			ID: id, Listing: quotes.Listing{Title: title, Customer: customer, Currency: currency, Total: total},
			ValidUntil: until, CreatedAt: listNow.AddDate(0, 0, -age),
		}
	}
	all := []quotes.Listed{
		row("a", "beta", "", "CNY", "9.00", "2026-08-01", 1),
		row("b", "Alpha", "zoo", "CNY", "100.00", "2026-07-20", 3),
		row("c", "", "Ｂay", "CNY", "20.00", "2026-07-30", 2),
		row("d", "gamma", "bay 2", "", "", "2026-07-30", 4),
	}
	for sort, want := range map[string]string{
		quotes.Newest: "acbd", quotes.Oldest: "dbca", quotes.Dearest: "bcad", quotes.Cheapest: "acbd",
		quotes.ByCustomer: "cdba", quotes.ByTitle: "badc", quotes.ByExpiry: "bcda",
	} {
		g := quotes.NewLister(quotes.Wanted{Sort: sort}, catalog(t), listNow)
		for i := range all {
			g.Add(&all[i])
		}
		got := ""
		for _, l := range g.List().Shown {
			got += l.ID
		}
		if got != want {
			t.Errorf("%q: %s, not %s", sort, got, want)
		}
	}
}

// TestListDays: the month of saving is that of China, and a quote expires soon from
// a week before its last day on.
func TestListDays(t *testing.T) {
	late := time.Date(2026, 7, 31, 16, 0, 0, 0, time.UTC)
	if m := quotes.MonthOf(late); m != "2026-08" {
		t.Errorf("the month is %s", m)
	}
	for until, want := range map[string]bool{"2026-07-13": false, "2026-07-14": true, "2026-07-21": true, "2026-07-22": false, "no day": false} {
		l := quotes.Listed{ValidUntil: until}
		if _, soon := l.Soon(listNow); soon != want {
			t.Errorf("%s expires soon: %v", until, soon)
		}
	}
}

func BenchmarkList5000(b *testing.B) {
	all, known := someQuotes(rand.New(rand.NewPCG(1, 2)), 5000), catalog(b)
	for b.Loop() {
		g := quotes.NewLister(quotes.Wanted{Search: "quote harbour", Sort: quotes.Dearest, Most: 25}, known, listNow)
		for i := range all {
			g.Add(&all[i])
		}
		g.List()
	}
}
