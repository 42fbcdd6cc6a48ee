package views

import (
	"fmt"
	"slices"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// QuoteToday is what a quote would cost at the prices of today.
type QuoteToday struct {
	QuoteFrame
	Name, Path string
	// Help says what is compared, Verdict the result where it can be said in a
	// sentence.
	Help, Verdict             string
	Before, After, Difference string
	Items                     []ItemDifference
}

// newerPrices says which items of the quote rest on prices that have been
// replaced. That is so today, and no part of what was saved.
func (q *quotePage) newerPrices() {
	var of []string
	for i := range q.document.Items {
		item := &q.document.Items[i]
		product, ok := q.visit.Catalog.Product(item.Product)
		if !ok || item.PricedBy(product.Newest()) {
			continue
		}
		name := item.Name
		if len(q.document.Items) > 1 {
			name = q.Items[i].Number + ". " + name
		}
		of = append(of, wording.Fill(q.Words.NewerPricesOf, name, day(item.PriceBook, q.Lang), day(product.Newest().ID, q.Lang)))
	}
	if len(of) > 0 {
		q.Banners = append(q.Banners, Banner{
			Text: wording.Fill(q.Words.NewerPrices, joined(of, q.Lang)),
			Link: Link{Href: q.Path + "/today", Text: q.Words.AtToday}, Plain: true, Live: true,
		})
	}
}

// oldPrices says which prices of the quote are over a year old today, each once.
func (q *quotePage) oldPrices() {
	var of []string
	for i := range q.document.Items {
		item := &q.document.Items[i]
		if age(item.PriceBook, q.visit.Today, q.Lang) == "" {
			continue
		}
		if said := wording.Fill(q.Words.OldPricesOf, item.Name, q.visit.dated(item.PriceBook, q.Lang)); !slices.Contains(of, said) {
			of = append(of, said)
		}
	}
	if len(of) > 0 {
		q.Banners = append(q.Banners, Banner{Text: wording.Fill(q.Words.OldPrices, joined(of, q.Lang)), Plain: true, Live: true})
	}
}

// NewQuoteToday returns the page of what a quote would cost on a day.
func NewQuoteToday(v *Visit, d *quotes.Document, date string) *QuoteToday {
	l, w := d.Lang, QuoteWordsIn(d.Lang)
	today := quotes.AtToday(d, v.Catalog)
	page := &QuoteToday{
		QuoteFrame: v.quoteFrame(l, w.AtToday+" · "+titleOf(d)), Name: titleOf(d), Path: quotePath(d.ID),
		Help:   fmt.Sprintf(w.TodayHelp, day(date, l)),
		Before: money(today.Before), After: money(today.After),
	}
	sameBooks, different := true, false
	for i := range today.Items {
		item := &today.Items[i]
		sameBooks = sameBooks && item.SameBook
		different = different || item.Change.After == nil || len(item.Change.Lines) > 0 || !item.Change.Difference.IsZero()
		page.Items = append(page.Items, newTodayItem(item, v.Catalog, l))
	}
	switch {
	case !today.Whole:
		page.Verdict = w.TodayNotWhole
		return page // the totals are not of the same, and their difference is none
	case different:
	case sameBooks:
		page.Verdict = w.TodaySame
	default:
		page.Verdict = w.TodayNoDifference
	}
	page.Difference = signedMoney(today.Difference)
	return page
}

// newTodayItem returns what has become of an item.
func newTodayItem(item *quotes.TodayItem, c *pricing.Catalog, l pricing.Lang) ItemDifference {
	w, change := QuoteWordsIn(l), &item.Change
	before, after := change.Before, change.After
	d := newDifference(change, l)
	d.Name = nameOf(before)
	say := func(text string) { d.Remarks = append(d.Remarks, text) }
	switch {
	case item.ProductGone:
		say(w.NoPricesLeft)
	case after == nil:
		say(w.NoOptionLeft)
	case item.SameBook:
		say(fmt.Sprintf(w.SameBook, day(before.PriceBook, l)))
	default:
		say(fmt.Sprintf(w.NewerBook, day(before.PriceBook, l), day(after.PriceBook, l)))
	}
	switch {
	case after == nil:
		d.Difference = ""
	case item.OptionGone:
		say(wording.Fill(w.OptionGone, before.OptionName, after.OptionName))
	case item.OptionInfeasible:
		say(wording.Fill(w.OptionInfeasible, before.OptionName, after.OptionName))
	}
	if len(item.Left) > 0 {
		say(fmt.Sprintf(w.TodayLeftOut, inputNames(before, item.Left, c, l)))
	}
	if after != nil && len(change.Lines) == 0 && change.Difference.IsZero() && !item.SameBook {
		say(w.SameFigures)
	}
	return d
}

// inputNames names inputs of an item, by their ids where the price book that
// knew their names is not here any more.
func inputNames(item *quotes.Item, ids []string, c *pricing.Catalog, l pricing.Lang) string {
	names := make([]string, len(ids))
	product, known := c.Product(item.Product)
	for i, id := range ids {
		names[i] = id
		if !known {
			continue
		}
		for _, book := range product.Books {
			if in, ok := book.Input(id); ok {
				names[i] = in.Name.In(l)
				break
			}
		}
	}
	return joined(names, l)
}
