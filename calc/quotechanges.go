package calc

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// compareNewer says that a quote has been revised, and what changed. A revision
// that was withdrawn while this is read is none.
func (s *Server) compareNewer(c echo.Context, q *views.Quote, r *quotes.Record, d *quotes.Document) error {
	if r.RevisedBy == "" {
		return nil
	}
	w := q.Words
	newer, err := s.otherVersion(c, r.RevisedBy)
	banner := views.Banner{Text: w.Newer, Link: views.Link{Href: quotePath(r.RevisedBy), Text: w.OpenNewer}}
	switch {
	case errors.Is(err, quotes.ErrWithdrawn):
		return nil
	case errors.Is(err, quotes.ErrDamaged):
		banner = views.Banner{Text: w.NewerUnreadable}
	case err != nil:
		return err
	default:
		q.Changes = append(q.Changes, s.newChanges(d, newer, w.ChangesUntil, d.Lang))
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
		q.Changes = append(q.Changes, s.newChanges(earlier, d, w.ChangesSince, d.Lang))
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
func (s *Server) newChanges(before, after *quotes.Document, title string, l pricing.Lang) views.QuoteChanges {
	w := views.QuoteWordsIn(l)
	c := views.QuoteChanges{Title: title, Before: yuan(before.Total), After: yuan(after.Total), Texts: textChanges(before, after, l)}
	if totals, err := readFigures(before.Total, after.Total); err == nil {
		difference := totals[1].Sub(totals[0])
		c.Difference = views.Signed(difference, views.Yuan(difference.Abs()))
	}
	same := 0
	changes := quotes.Compare(before.ItemsIn(l, s.cfg.Catalog), after.ItemsIn(l, s.cfg.Catalog))
	for i := range changes {
		change := &changes[i]
		if change.Same() {
			same++
			continue
		}
		d := newDifference(change, l)
		d.Remarks = changesOf(change, w, l)
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
func textChanges(before, after *quotes.Document, l pricing.Lang) []views.TextDifference {
	w := views.QuoteWordsIn(l)
	languages := map[pricing.Lang]string{pricing.English: w.InEnglish, pricing.Chinese: w.InChinese}
	var out []views.TextDifference
	for _, t := range []struct{ name, before, after string }{
		{w.Title, before.Title, after.Title},
		{w.Customer, before.Customer, after.Customer},
		{w.PreparedBy, before.PreparedBy, after.PreparedBy},
		{w.ValidUntil, views.Day(before.ValidUntil, l), views.Day(after.ValidUntil, l)},
		{w.Language, languages[before.Lang], languages[after.Lang]},
		{w.Note, before.Note, after.Note},
	} {
		if t.before != t.after {
			out = append(out, views.TextDifference{Label: fmt.Sprintf(w.Label, t.name), Before: t.before, After: t.after})
		}
	}
	return out
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
	if c.Before.Option != c.After.Option {
		say(w.Option, c.Before.OptionName, c.After.OptionName)
	}
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
