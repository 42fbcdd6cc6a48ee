package calc

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
	"suanpan/views"
)

// sayNewerPrices says on the page of a quote which of its items rest on prices
// that have been replaced. That is so today, and no part of what was saved.
func (s *Server) sayNewerPrices(q *views.Quote, d *quotes.Document) {
	var of []string
	for i := range d.Items {
		item := &d.Items[i]
		product, ok := s.cfg.Catalog.Product(item.Product)
		if !ok || hashOf(product.Newest()) == item.PriceBookHash {
			continue
		}
		name := item.Name
		if len(d.Items) > 1 {
			name = strconv.Itoa(i+1) + ". " + name
		}
		of = append(of, wording.Fill(q.Words.NewerPricesOf, name, views.Day(item.PriceBook, d.Lang), views.Day(product.Newest().ID, d.Lang)))
	}
	if len(of) > 0 {
		q.Banners = append(q.Banners, views.Banner{
			Text: wording.Fill(q.Words.NewerPrices, strings.Join(of, listSeparator(d.Lang))),
			Link: views.Link{Href: q.Path + "/today", Text: q.Words.AtToday}, Plain: true, Live: true,
		})
	}
}

// newTodayPage returns the page of what a quote would cost today.
func (s *Server) newTodayPage(d *quotes.Document) *views.QuoteToday {
	today := quotes.AtToday(d, s.cfg.Catalog)
	page := &views.QuoteToday{
		QuoteFrame: s.quoteFrame(d.Lang), Name: titleOf(d), Path: quotePath(d.ID),
		Before: views.Yuan(today.Before), After: views.Yuan(today.After),
	}
	w := page.Words
	page.Title = w.TodayTitle + " · " + titleOf(d)
	page.Help = fmt.Sprintf(w.TodayHelp, views.Day(quotes.Day(s.now()), d.Lang))
	sameBooks, different := true, false
	for i := range today.Items {
		item := &today.Items[i]
		sameBooks = sameBooks && item.SameBook
		different = different || item.Change.After == nil || len(item.Change.Lines) > 0 || !item.Change.Difference.IsZero()
		page.Items = append(page.Items, s.newTodayItem(item, w, d.Lang))
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
	page.Difference = views.Signed(today.Difference, views.Yuan(today.Difference.Abs()))
	return page
}

func (s *Server) newTodayItem(item *quotes.TodayItem, w *views.QuoteWords, l pricing.Lang) views.ItemDifference {
	change := &item.Change
	d := newDifference(change, l)
	d.Name = nameOf(&quotes.ItemChange{Before: change.Before})
	say := func(text string) { d.Remarks = append(d.Remarks, text) }
	before := change.Before
	switch after := change.After; {
	case item.ProductGone:
		say(w.NoPricesLeft)
	case after == nil:
		say(w.NoOptionLeft)
	case item.SameBook:
		say(fmt.Sprintf(w.SameBook, views.Day(before.PriceBook, l)))
	default:
		say(fmt.Sprintf(w.NewerBook, views.Day(before.PriceBook, l), views.Day(after.PriceBook, l)))
	}
	switch after := change.After; {
	case after == nil:
		d.Difference = ""
	case item.OptionGone:
		say(wording.Fill(w.OptionGone, before.OptionName, after.OptionName))
	case item.OptionInfeasible:
		say(wording.Fill(w.OptionInfeasible, before.OptionName, after.OptionName))
	}
	if len(item.Left) > 0 {
		say(fmt.Sprintf(w.TodayLeftOut, s.inputNames(before, item.Left, l)))
	}
	if change.After != nil && len(change.Lines) == 0 && change.Difference.IsZero() && !item.SameBook {
		say(w.SameFigures)
	}
	return d
}

// inputNames names inputs of an item, by their ids where the price book that
// knew their names is not here any more.
func (s *Server) inputNames(item *quotes.Item, ids []string, l pricing.Lang) string {
	names := make([]string, len(ids))
	product, known := s.cfg.Catalog.Product(item.Product)
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
	return strings.Join(names, listSeparator(l))
}

func listSeparator(l pricing.Lang) string {
	if l == pricing.Chinese {
		return "、"
	}
	return ", "
}
