package views

import "suanpan/pricing"

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

// MadeInput is what the list is made from.
type MadeInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Assets  Assets
	// Query is the query string of the page, Older and Newest those of others;
	// Older is empty if there is none.
	Search, Query, Older, Newest string
	// Continued says that the page does not begin with the newest.
	Continued bool
	Quotes    []MadeInputQuote
}

// madeList is the id of the list on its page.
const madeList = "made-list"

// DamagedState is the state of a quote that is not stored as it was saved.
const DamagedState = "damaged"

// MadeInputQuote is a quote as it comes from the store. Title, Customer and
// Total are empty if it was withdrawn, and so are the days if it is damaged.
// The days are as 2026-12-31.
type MadeInputQuote struct {
	ID, Title, Customer, Total string
	State                      string
	Saved, ValidUntil          string
}

// NewMade returns the view model of the list.
func NewMade(in *MadeInput) *Made {
	l, w := in.Lang, DraftWordsIn(in.Lang)
	m := &Made{Page: newPage(l, w.MadeTitle, in.Catalog, in.Assets, madePath, in.Query), Words: w, Search: in.Search}
	m.NoIndex, m.Footer = true, "" // the quotes say themselves what they are
	if len(in.Quotes) > 0 {
		m.Skip = Link{Href: "#" + madeList, Text: w.SkipToQuotes}
	}
	if in.Older != "" {
		m.Older = Link{Href: address(madePath, in.Older), Text: w.Older}
	}
	if in.Continued {
		m.Newest = Link{Href: address(madePath, in.Newest), Text: w.Newest}
	}
	states := map[string]string{"valid": w.Valid, "expired": w.Expired, "revised": w.Revised, "withdrawn": w.Withdrawn, DamagedState: w.Damaged}
	for i := range in.Quotes {
		q := &in.Quotes[i]
		row := MadeQuote{
			Href: "/q/" + q.ID, Title: q.Title, Customer: q.Customer, State: q.State, StateText: states[q.State],
		}
		if q.State != DamagedState {
			row.Saved, row.ValidUntil = shortDay(q.Saved, l), shortDay(q.ValidUntil, l)
		}
		if q.Total != "" {
			row.Total = "¥" + pricing.Grouped(q.Total)
		}
		if row.Title == "" {
			row.Title = w.Untitled
			switch {
			case q.State == DamagedState:
				row.Title = w.DamagedQuote
			case q.Total == "":
				row.Title = w.WithdrawnQuote
			}
		}
		m.Quotes = append(m.Quotes, row)
	}
	return m
}

// shortDay writes a day for a column of them: in Chinese its digits alone, which
// are as wide as each other.
func shortDay(date string, l pricing.Lang) string {
	if l == pricing.Chinese {
		return date
	}
	return day(date, l)
}
