package forms

import (
	"net/url"
	"strconv"
	"strings"
)

// The names in the address of the list of quotes.
const (
	Search   = "search"
	State    = "state"
	Customer = "customer"
	Product  = "product"
	Month    = "month"
	Expires  = "expires"
	Sort     = "sort"
	Page     = "page"
)

// maxListed bounds what the address of a list may look for, in bytes: no quote has
// a longer text.
const maxListed = 4000

// maxPage is the last page that is asked for.
const maxPage = 1_000_000

// List is what the list of quotes is asked for. Each may be empty, which is no
// condition.
type List struct {
	// Search are words, all of which are to be found.
	Search                         string
	State, Customer, Product, Sort string
	// Month is the month of saving, as 2026-07.
	Month string
	// Expires says that quotes are wanted that expire soon.
	Expires bool
	// Page counts from 1.
	Page int
}

// DecodeList reads the address of a list.
func DecodeList(q url.Values) List {
	text := func(name string) string {
		value := q.Get(name)
		return strings.TrimSpace(strings.ToValidUTF8(value[:min(len(value), maxListed)], ""))
	}
	l := List{
		Search: text(Search), State: text(State), Customer: text(Customer), Product: text(Product), Month: text(Month),
		Sort: text(Sort), Expires: q.Get(Expires) != "", Page: 1,
	}
	if n, err := strconv.Atoi(q.Get(Page)); err == nil && n > 1 {
		l.Page = min(n, maxPage)
	}
	return l
}

// Filters reports whether some quotes are left out.
func (l List) Filters() bool {
	l.Sort, l.Page = "", 0
	return l != List{}
}

// Query returns the query string of the list.
func (l List) Query() string {
	var q []string
	add := func(name, value string) {
		if value != "" {
			q = append(q, name+"="+url.QueryEscape(value))
		}
	}
	add(Search, l.Search)
	add(State, l.State)
	add(Customer, l.Customer)
	add(Product, l.Product)
	add(Month, l.Month)
	if l.Expires {
		add(Expires, "soon")
	}
	add(Sort, l.Sort)
	if l.Page > 1 {
		add(Page, strconv.Itoa(l.Page))
	}
	return strings.Join(q, "&")
}
