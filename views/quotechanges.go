package views

import (
	"cmp"
	"fmt"
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// QuoteChanges is how one quote differs from another.
type QuoteChanges struct {
	Title                     string
	Before, After, Difference string
	// Texts are what the quote says of itself otherwise.
	Texts []TextDifference
	Items []ItemDifference
	// Same says how many items do not differ, or that none does.
	Same string
}

// TextDifference is how a text of a quote differs. Before or After is empty
// where there is none.
type TextDifference struct{ Label, Before, After string }

// compareNewer says that the quote has been revised, and what changed.
func (q *quotePage) compareNewer(newer *QuoteVersion) {
	w := q.Words
	if newer.Document == nil {
		q.Banners = append(q.Banners, Banner{Text: w.NewerUnreadable})
		return
	}
	q.Changes = append(q.Changes, q.changes(q.document, newer.Document, w.ChangesUntil))
	q.Banners = append(q.Banners, Banner{Text: w.Newer, Link: Link{Href: quotePath(newer.ID), Text: w.OpenNewer}})
}

// compareEarlier says that the quote is a revision, and what changed.
func (q *quotePage) compareEarlier(earlier *QuoteVersion) {
	w, banner := q.Words, Banner{Plain: true}
	switch {
	case earlier.Withdrawn:
		banner.Text = w.EarlierWithdrawn
	case earlier.Document == nil:
		banner.Text = w.EarlierUnreadable
	default:
		banner.Text, banner.Link = w.Earlier, Link{Href: quotePath(earlier.ID), Text: w.OpenEarlier}
		q.Changes = append(q.Changes, q.changes(earlier.Document, q.document, w.ChangesSince))
	}
	q.Banners = append(q.Banners, banner)
}

// changes returns how two versions of the quote differ, in the language of the
// one that is shown.
func (q *quotePage) changes(before, after *quotes.Document, title string) QuoteChanges {
	w, l, catalog := q.Words, q.Lang, q.visit.Catalog
	c := QuoteChanges{
		Title: title, Before: yuan(before.Total), After: yuan(after.Total), Texts: textChanges(before, after, l),
		Difference: signedMoney(quotes.Difference(before, after)),
	}
	same := 0
	changes := quotes.Compare(before.ItemsIn(l, catalog), after.ItemsIn(l, catalog))
	for i := range changes {
		change := &changes[i]
		if change.Same() {
			same++
			continue
		}
		d := newDifference(change, l)
		d.Remarks = changesOf(change, l)
		c.Items = append(c.Items, d)
	}
	switch {
	case same == len(changes):
		c.Same = w.Unchanged
	case same == 1:
		c.Same = w.OneUnchanged
	case same > 0:
		c.Same = fmt.Sprintf(w.OthersUnchanged, strconv.Itoa(same))
	}
	return c
}

// textChanges returns what two versions of a quote say otherwise of themselves.
func textChanges(before, after *quotes.Document, l pricing.Lang) []TextDifference {
	w := QuoteWordsIn(l)
	languages := map[pricing.Lang]string{pricing.English: w.InEnglish, pricing.Chinese: w.InChinese}
	var out []TextDifference
	for _, t := range []struct{ name, before, after string }{
		{w.QuoteTitle, before.Title, after.Title},
		{w.PreparedFor, before.Customer, after.Customer},
		{w.PreparedBy, before.PreparedBy, after.PreparedBy},
		{w.ValidUntil, day(before.ValidUntil, l), day(after.ValidUntil, l)},
		{w.Language, languages[before.Lang], languages[after.Lang]},
		{w.Note, before.Note, after.Note},
	} {
		if t.before != t.after {
			out = append(out, TextDifference{Label: fmt.Sprintf(w.Label, t.name), Before: t.before, After: t.after})
		}
	}
	return out
}

// changesOf says what is quoted otherwise.
func changesOf(c *quotes.ItemChange, l pricing.Lang) []string {
	w := QuoteWordsIn(l)
	switch {
	case c.Before == nil:
		return []string{w.ItemAdded}
	case c.After == nil:
		return []string{w.ItemRemoved}
	}
	var out []string
	say := func(name, before, after string) {
		if before != after {
			out = append(out, fmt.Sprintf(w.FromTo, name, cmp.Or(before, w.NotSet), cmp.Or(after, w.NotSet)))
		}
	}
	if c.Before.Option != c.After.Option {
		say(w.Plan, c.Before.OptionName, c.After.OptionName)
	}
	say(w.Quantity, strconv.FormatInt(c.Before.Quantity, 10), strconv.FormatInt(c.After.Quantity, 10))
	say(w.PricesFromTo, day(c.Before.PriceBook, l), day(c.After.PriceBook, l))
	for _, e := range c.Entries { // one that has its default has no value
		say(e.Name, e.Before, e.After)
	}
	if c.Difference.IsZero() && len(c.Lines) == 0 {
		out = append(out, w.NoFigureChanged)
	}
	return out
}
