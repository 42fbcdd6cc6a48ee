package calc

import (
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/views"
)

// viewDraft returns what is shown of a draft.
func (s *Server) viewDraft(c echo.Context, sheet *quotes.Sheet) *views.Draft {
	l := s.lang(c)
	r := s.readSheet(sheet, l)
	in := &views.DraftInput{
		Lang: l, Catalog: s.cfg.Catalog, Assets: s.assets.views,
		Key: sheet.Key, Seen: r.seen, Revises: sheet.Revises, Saved: sheet.Saved,
		Title: sheet.Title, Customer: sheet.Customer, PreparedBy: sheet.PreparedBy, Note: sheet.Note, ValidDays: sheet.ValidDays,
		Suggested: r.suggested, DefaultDays: quotes.DefaultDays, QuoteLang: r.priced.Order.Lang, Faults: r.faults,
	}
	if sheet.Before != nil {
		in.Removed = len(sheet.Before.Items) - len(sheet.Items)
		for in.RemovedAt < len(sheet.Items) && sheet.Items[in.RemovedAt].ID == sheet.Before.Items[in.RemovedAt].ID {
			in.RemovedAt++
		}
	}
	total, prepaid, postpaid := decimal.Zero, decimal.Zero, decimal.Zero
	for i := range r.items {
		item := &r.items[i]
		shown := views.DraftInputItem{
			ID: item.ID, Query: item.Query, Product: item.Product, Quantity: item.Quantity, QuantityField: draftQuantity + item.ID,
		}
		if p, ok := s.cfg.Catalog.Product(item.Product); ok {
			shown.Name, shown.Known = p.Newest().Name.In(l), true
		}
		for _, t := range item.reasons {
			shown.Reasons = append(shown.Reasons, t.In(l))
		}
		if p := item.priced; p != nil {
			book := p.Usage.Book()
			shown.Name, shown.Option, shown.Months, shown.PriceBook = book.Name.In(l), p.Quoted.Option.Name.In(l), p.Usage.Months(), book.ID
			shown.Complete, shown.Older = p.Quoted.Complete, item.older
			shown.Entries = views.EntriesOf(p.Usage, l)
			shown.Monthly, shown.Total = p.Quoted.Monthly, p.Quoted.Total
			if item.fault == nil {
				shown.Counted, shown.Amount = true, p.Amount
				total, prepaid, postpaid = total.Add(p.Amount), prepaid.Add(p.Prepaid), postpaid.Add(p.Postpaid)
			}
		}
		in.Items = append(in.Items, shown)
	}
	in.Total, in.Prepaid, in.Postpaid = total, prepaid, postpaid
	return views.NewDraft(in)
}
