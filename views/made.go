package views

import (
	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// Made is the list of the quotes that a browser has made.
type Made struct {
	Page
	Words  *DraftWords
	Search string
	Quotes []MadeQuote
	// Older and Newest lead through the list; without an address there is
	// nothing there.
	Older, Newest Link
}

// MadeQuote is a quote in the list.
type MadeQuote struct {
	Href, Title, Customer string
	// State is the state's id, StateText the state in words.
	State, StateText         string
	Total, Saved, ValidUntil string
}

// madeList is the id of the list on its page.
const madeList = "made-list"

// NewMade returns a page of the list: what was asked for, and whether there are
// more behind it.
func NewMade(v *Visit, asked forms.List, listed []quotes.Listed, more bool) *Made {
	w := DraftWordsIn(v.Lang)
	m := &Made{Page: v.page(w.MyQuotes, madePath, asked.Query()), Words: w, Search: asked.Search}
	m.NoIndex, m.Footer = true, "" // the quotes say themselves what they are
	if len(listed) > 0 {
		m.Skip = Link{Href: "#" + madeList, Text: w.SkipToQuotes}
	}
	if more {
		older := forms.List{Search: asked.Search, Before: listed[len(listed)-1].ID}
		m.Older = Link{Href: address(madePath, older.Query()), Text: w.Older}
	}
	if asked.Before != "" {
		m.Newest = Link{Href: address(madePath, forms.List{Search: asked.Search}.Query()), Text: w.BackToNewest}
	}
	for i := range listed {
		m.Quotes = append(m.Quotes, newMadeQuote(&listed[i], v.Lang))
	}
	return m
}

func newMadeQuote(q *quotes.Listed, l pricing.Lang) MadeQuote {
	w := DraftWordsIn(l)
	row := MadeQuote{
		Href: quotePath(q.ID), Title: q.Title, Customer: q.Customer, State: string(q.State),
		StateText: map[quotes.State]string{
			quotes.Valid: w.Valid, quotes.Expired: w.Expired, quotes.Revised: w.Revised,
			quotes.Withdrawn: w.Withdrawn, quotes.Damaged: w.Damaged,
		}[q.State],
	}
	if q.State != quotes.Damaged {
		row.Saved, row.ValidUntil = shortDay(q.Saved, l), shortDay(q.ValidUntil, l)
	}
	if q.Total != "" {
		row.Total = "¥" + pricing.Grouped(q.Total)
	}
	switch {
	case row.Title != "":
	case q.State == quotes.Damaged:
		row.Title = w.DamagedQuote
	case q.Total == "":
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
