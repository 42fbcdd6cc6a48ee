package calc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// compareNewer says that a quote has been revised, and what changed.
func (s *Server) compareNewer(c echo.Context, q *views.Quote, r *quotes.Record, d *quotes.Document) error {
	if r.RevisedBy == "" {
		return nil
	}
	w := q.Words
	newer, err := s.otherVersion(c, r.RevisedBy)
	banner := views.Banner{Text: w.Newer, Link: views.Link{Href: quotePath(r.RevisedBy), Text: w.OpenNewer}}
	switch {
	case errors.Is(err, quotes.ErrWithdrawn):
		banner = views.Banner{Text: w.NewerWithdrawn}
	case errors.Is(err, quotes.ErrDamaged):
		banner = views.Banner{Text: w.NewerUnreadable}
	case err != nil:
		return err
	default:
		q.Changes = append(q.Changes, newChanges(d, newer, w.ChangesUntil, d.Lang))
	}
	q.Banners = append(q.Banners, banner)
	return nil
}

// compareEarlier says what a quote is a revision of, and what changed.
func (s *Server) compareEarlier(c echo.Context, q *views.Quote, d *quotes.Document) error {
	if d.Revises == "" {
		return nil
	}
	w := q.Words
	earlier, err := s.otherVersion(c, d.Revises)
	banner := views.Banner{Text: w.Earlier, Link: views.Link{Href: quotePath(d.Revises), Text: w.OpenEarlier}, Plain: true}
	switch {
	case errors.Is(err, quotes.ErrWithdrawn):
		banner.Text, banner.Link = w.EarlierWithdrawn, views.Link{}
	case errors.Is(err, quotes.ErrDamaged):
		banner.Text, banner.Link = w.EarlierUnreadable, views.Link{}
	case err != nil:
		return err
	default:
		q.Changes = append(q.Changes, newChanges(earlier, d, w.ChangesSince, d.Lang))
	}
	q.Banners = append(q.Banners, banner)
	return nil
}

// otherVersion opens the predecessor or successor of a quote. One that is not
// there counts as damaged: the quote itself says that there is one.
func (s *Server) otherVersion(c echo.Context, id string) (*quotes.Document, error) {
	record, err := s.cfg.Quotes.Quote(c.Request().Context(), id)
	if errors.Is(err, quotes.ErrNotFound) {
		return nil, quotes.ErrDamaged
	}
	if err != nil {
		return nil, err
	}
	return record.Open()
}

// newChanges returns how two versions of a quote differ, in the language of the
// one that is shown.
func newChanges(before, after *quotes.Document, title string, l pricing.Lang) views.QuoteChanges {
	w := views.QuoteWordsIn(l)
	c := views.QuoteChanges{Title: title, Before: yuan(before.Total), After: yuan(after.Total)}
	if totals, err := readFigures(before.Total, after.Total); err == nil {
		difference := totals[1].Sub(totals[0])
		c.Difference = views.Signed(difference, views.Yuan(difference.Abs()))
	}
	same := 0
	changes := quotes.Compare(before.Items, after.Items)
	for i := range changes {
		change := &changes[i]
		if change.Same() {
			same++
			continue
		}
		d := newDifference(change, l)
		d.Remarks = changesOf(change, w, l)
		for j := range change.Lines {
			d.Lines[j].Reason = reasonOfRevision(&change.Lines[j], w)
		}
		c.Items = append(c.Items, d)
	}
	switch {
	case same == len(changes):
		c.Same = w.Unchanged
	case same > 0:
		c.Same = fmt.Sprintf(w.OthersUnchanged, strconv.Itoa(same))
	}
	return c
}

// newDifference returns the figures of a change. The amounts of its table are
// aligned on their points.
func newDifference(c *quotes.ItemChange, l pricing.Lang) views.ItemDifference {
	d := views.ItemDifference{Name: nameOf(c)}
	column := []decimal.Decimal{amountOf(c.Before), amountOf(c.After), c.Difference.Abs()}
	for i := range c.Lines {
		line := &c.Lines[i]
		column = append(column, line.Before, line.After, line.Difference.Abs())
	}
	texts := views.YuanColumn(column)
	if c.Before != nil {
		d.Before = texts[0]
	}
	if c.After != nil {
		d.After = texts[1]
	}
	d.Difference = views.Signed(c.Difference, texts[2])
	for i := range c.Lines {
		line, texts := &c.Lines[i], texts[3*i+3:]
		shown := views.LineDifference{
			Name: line.Name, FormulaBefore: line.FormulaBefore, FormulaAfter: line.FormulaAfter,
			Difference: views.Signed(line.Difference, texts[2]),
		}
		if line.Reason != quotes.LineAdded {
			shown.Before = texts[0]
		}
		if line.Reason != quotes.LineRemoved {
			shown.After = texts[1]
		}
		d.Lines = append(d.Lines, shown)
	}
	return d
}

// nameOf names the item that a change is of.
func nameOf(c *quotes.ItemChange) string {
	item := c.After
	if item == nil {
		item = c.Before
	}
	name := item.Name + " " + item.OptionName
	if item.Quantity > 1 {
		name += " × " + pricing.Grouped(strconv.FormatInt(item.Quantity, 10))
	}
	return name
}

func amountOf(item *quotes.Item) decimal.Decimal {
	if item == nil {
		return decimal.Zero
	}
	d, _ := readFigure(item.Amount) // a figure that is none is refused where the quote is shown
	return d
}

// changesOf says what is quoted otherwise.
func changesOf(c *quotes.ItemChange, w *views.QuoteWords, l pricing.Lang) []string {
	switch {
	case c.Before == nil:
		return []string{w.ItemAdded}
	case c.After == nil:
		return []string{w.ItemRemoved}
	}
	var out []string
	say := func(name, before, after string) {
		if before != after {
			out = append(out, fmt.Sprintf(w.FromTo, name, orDefault(before, w), orDefault(after, w)))
		}
	}
	say(w.Option, c.Before.OptionName, c.After.OptionName)
	say(w.Quantity, strconv.FormatInt(c.Before.Quantity, 10), strconv.FormatInt(c.After.Quantity, 10))
	say(w.PricesFromTo, views.Day(c.Before.PriceBook, l), views.Day(c.After.PriceBook, l))
	for _, e := range c.Entries {
		say(e.Name, e.Before, e.After)
	}
	if c.Difference.IsZero() && len(c.Lines) == 0 {
		out = append(out, w.NoFigureChanged)
	}
	return out
}

// orDefault writes the value of an entry, which is empty where the input has its
// default.
func orDefault(value string, w *views.QuoteWords) string {
	if value == "" {
		return w.NotSet
	}
	return value
}

func reasonOfRevision(c *quotes.LineChange, w *views.QuoteWords) string {
	switch c.Reason {
	case quotes.LineAdded:
		return w.LineAdded
	case quotes.LineRemoved:
		return w.LineRemoved
	case quotes.PriceChanged:
		return priceFromTo(c, w)
	case quotes.QuantityChanged:
		return w.UsageChanged
	default:
		return w.TimesChanged
	}
}

func priceFromTo(c *quotes.LineChange, w *views.QuoteWords) string {
	return fmt.Sprintf(w.PriceFromTo, price(c.PriceBefore), price(c.PriceAfter))
}

func price(text string) string {
	d, err := readFigure(text)
	if err != nil {
		return text
	}
	return views.Price(d)
}

// newTodayPage returns the page of what a quote would cost today.
func (s *Server) newTodayPage(d *quotes.Document) *views.QuoteToday {
	today := quotes.AtToday(d, s.cfg.Catalog, inWords)
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
		say(fmt.Sprintf(w.OptionGone, before.OptionName, after.OptionName))
	case item.OptionInfeasible:
		say(fmt.Sprintf(w.OptionInfeasible, before.OptionName, after.OptionName))
	}
	if len(item.Left) > 0 {
		say(fmt.Sprintf(w.TodayLeftOut, s.inputNames(before, item.Left, l)))
	}
	if change.After != nil && len(change.Lines) == 0 && change.Difference.IsZero() && !item.SameBook {
		say(w.SameFigures)
	}
	for i := range change.Lines {
		d.Lines[i].Reason = reasonOfToday(&change.Lines[i], w)
	}
	return d
}

func reasonOfToday(c *quotes.LineChange, w *views.QuoteWords) string {
	switch c.Reason {
	case quotes.LineAdded:
		return w.NewLine
	case quotes.LineRemoved:
		return w.LineGone
	case quotes.PriceChanged:
		return priceFromTo(c, w)
	case quotes.QuantityChanged:
		return w.AllowanceChanged
	default:
		return w.TimesChanged
	}
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
