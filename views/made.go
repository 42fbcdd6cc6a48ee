package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// Made is the list of the quotes that a browser has made.
type Made struct {
	Page
	Words *madeWords
	// Address is that of this page, and CSV that of the same quotes as a table.
	Address, CSV string
	// All says whether there is any quote at all.
	All bool
	// Search is what was looked for, Fields what else can be chosen, and Soon
	// whether quotes are wanted that expire soon.
	Search string
	Fields []MadeField
	Soon   bool
	// ShowAll leads to the whole list; without an address it is there.
	ShowAll Link

	// Count says how many quotes were found.
	Count  string
	Sums   []MadeSum
	Months []MadeSum
	Quotes []MadeQuote
	// Nothing says why there are none on this page.
	Nothing string
	// PageText says which page of the list this is; empty if it has only one.
	PageText              string
	First, Previous, Next Link
}

// MadeField is a choice among the conditions of the list, or among its orders.
type MadeField struct {
	Name, Label string
	Choices     []FieldChoice
}

// MadeSum is what some of the quotes come to.
type MadeSum struct {
	Label, Count string
	// Amounts are those of each currency.
	Amounts []string
}

// MadeQuote is a quote in the list.
type MadeQuote struct {
	Href, Title string
	// Customer leads to the customer's quotes.
	Customer Link
	// State is the state's id, StateText the state in words.
	State, StateText         string
	Total, Saved, ValidUntil string
	// Soon says when the quote expires, if that is soon.
	Soon string
}

// madeList is the id of the list on its page.
const madeList = "made-list"

// MadePerPage is how many quotes a page of the list shows.
const MadePerPage = 25

// madePage is the page of a list in the making.
type madePage struct {
	*Visit
	*quotes.List
	asked forms.List
	words *madeWords
}

// NewMade returns a page of the list: what was asked for, and what was found.
func NewMade(v *Visit, asked forms.List, found *quotes.List) *Made {
	w := madeWordsIn(v.Lang)
	in := &madePage{Visit: v, List: found, asked: asked, words: w}
	m := &Made{
		Page: v.page(w.MyQuotes, madePath, asked.Query()), Words: w, Address: address(madePath, asked.Query()),
		All: found.All > 0, Search: asked.Search, Soon: asked.Expires,
	}
	m.NoIndex, m.Footer = true, "" // the quotes say themselves what they are
	if len(found.Shown) > 0 {
		m.Skip = Link{Href: "#" + madeList, Text: w.Skip}
	}
	if !m.All {
		return m
	}
	m.Fields = in.fields()
	if asked.Filters() {
		m.ShowAll = Link{Href: madePath, Text: w.ShowAll}
	}
	all := asked
	all.Page = 0
	m.CSV = address(madePath+".csv", all.Query())
	m.Count = in.count()
	m.Sums, m.Months = in.sums(), in.months()
	for i := range found.Shown {
		m.Quotes = append(m.Quotes, in.quote(&found.Shown[i]))
	}
	in.pages(m)
	return m
}

// count says how many quotes were found.
func (in *madePage) count() string {
	all, w := strconv.Itoa(in.All), in.words
	switch {
	case in.asked.Filters():
		return fmt.Sprintf(w.Found, strconv.Itoa(in.Found), all)
	case in.All == 1:
		return w.OneQuote
	default:
		return fmt.Sprintf(w.AllQuotes, all)
	}
}

// pages says where in the list the page is.
func (in *madePage) pages(m *Made) {
	w, pages := in.words, (in.Found+MadePerPage-1)/MadePerPage
	to := func(page int, text string) Link {
		there := in.asked
		there.Page = page
		return Link{Href: address(madePath, there.Query()), Text: text}
	}
	switch page := in.asked.Page; {
	case in.Found == 0:
		m.Nothing = w.NothingFound
	case page > pages:
		m.Nothing, m.First = w.NothingOnPage, to(1, w.First)
	case pages > 1:
		m.PageText = fmt.Sprintf(w.Page, strconv.Itoa(page), strconv.Itoa(pages))
		if page > 1 {
			m.Previous = to(page-1, w.Previous)
		}
		if page > 2 {
			m.First = to(1, w.First)
		}
		if page < pages {
			m.Next = to(page+1, w.Next)
		}
	}
}

// quote returns a row of the list.
func (in *madePage) quote(q *quotes.Shown) MadeQuote {
	w, l := in.words, in.Lang
	row := MadeQuote{
		Href: quotePath(q.ID), Title: q.Title, State: string(q.Now), StateText: w.stateText(q.Now),
		Saved: shortDay(q.Saved, l), ValidUntil: shortDay(q.ValidUntil, l), Total: amountIn(q.Currency, quotes.Figure(q.Total)),
	}
	if customer := strings.TrimSpace(q.Customer); customer != "" {
		row.Customer = Link{Href: address(madePath, forms.List{Customer: customer}.Query()), Text: customer}
	}
	if q.Soon {
		switch q.Days {
		case 0:
			row.Soon = w.ExpiresToday
		case 1:
			row.Soon = w.ExpiresTomorrow
		default:
			row.Soon = fmt.Sprintf(w.ExpiresIn, strconv.Itoa(q.Days))
		}
	}
	switch {
	case row.Title != "":
	case q.Withdrawn:
		row.Title = w.WithdrawnQuote
	default:
		row.Title = w.Untitled
	}
	return row
}

// shortDay writes a day for a column of them: in Chinese its digits alone, which
// are as wide as each other.
func shortDay(date string, l pricing.Lang) string {
	if l == pricing.Chinese {
		return date
	}
	return day(date, l)
}

// MadeTitle is what the list is called.
func MadeTitle(l pricing.Lang) string { return madeWordsIn(l).MyQuotes }
