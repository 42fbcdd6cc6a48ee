package calc

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// readSheet is a draft that was read: what it would be as a quote, and what
// stands in the way of that.
type readSheet struct {
	order *quotes.Order
	// faults are what keeps it from being saved, by the name of the field.
	faults map[string]*pricing.InputError
	items  []readItem
	// seen stands for the items and the prices that they have. Who saves a draft
	// has seen the same.
	seen      string
	suggested string
}

// readItem is an item of a draft that was read.
type readItem struct {
	*quotes.SheetItem
	// quoted and sum are what it comes to; nil if it cannot be priced, for the
	// reasons given.
	quoted  *quotes.Item
	sum     *quotes.Document
	older   bool // its prices are not the newest
	reasons []pricing.Text
	// fault is that of the quantity, which then counts as 1.
	fault *pricing.InputError
}

// readSheet prices the items of a draft, in a language, and finds whatever is
// wrong with it.
func (s *Server) readSheet(sheet *quotes.Sheet, l pricing.Lang) *readSheet {
	r := &readSheet{
		order: &quotes.Order{
			Title: strings.TrimSpace(sheet.Title), Customer: strings.TrimSpace(sheet.Customer),
			PreparedBy: strings.TrimSpace(sheet.PreparedBy), Note: strings.TrimSpace(sheet.Note),
			ValidDays: quotes.DefaultDays, Lang: sheet.Lang, Revises: sheet.Revises,
		},
		faults: map[string]*pricing.InputError{},
	}
	if r.order.Lang == "" {
		r.order.Lang = l
	}
	if strings.TrimSpace(sheet.ValidDays) != "" {
		days, fault := forms.Count("valid_days", sheet.ValidDays, 1, quotes.MaxDays)
		if fault != nil {
			r.faults["valid_days"] = fault
		} else {
			r.order.ValidDays = days
		}
	}
	seen := sha256.New()
	for i := range sheet.Items {
		item := s.readItem(&sheet.Items[i], l, r)
		r.items = append(r.items, item)
		for _, part := range []string{item.ID, item.Product, item.Query, bookOfItem(item.quoted)} {
			seen.Write([]byte(part + "\x00"))
		}
	}
	r.seen = hex.EncodeToString(seen.Sum(nil)[:8])
	for _, f := range r.order.Check() {
		if r.faults[f.Input] == nil {
			r.faults[f.Input] = f
		}
	}
	r.suggested = s.suggestTitle(sheet, r.order.Lang)
	if r.order.Title == "" {
		r.order.Title = r.suggested
	}
	return r
}

func bookOfItem(item *quotes.Item) string {
	if item == nil {
		return ""
	}
	return item.PriceBookHash
}

// readItem reads and prices one item, and puts it into the order if it can be
// priced.
func (s *Server) readItem(sheet *quotes.SheetItem, l pricing.Lang, r *readSheet) readItem {
	item := readItem{SheetItem: sheet}
	quantity := int64(1)
	if strings.TrimSpace(sheet.Quantity) != "" {
		if quantity, item.fault = forms.Count(draftQuantity+sheet.ID, sheet.Quantity, 1, quotes.MaxQuantity); item.fault != nil {
			quantity = 1
			r.faults[item.fault.Input] = item.fault
		}
	}
	usage, option, reasons := s.readEstimate(sheet)
	if len(reasons) == 0 {
		product, _ := s.cfg.Catalog.Product(sheet.Product)
		item.older = usage.Book() != product.Newest()
		var faults []*pricing.InputError
		item.sum, faults = quoteOne(usage, option, quantity, l)
		for _, f := range faults {
			reasons = append(reasons, f.Message)
		}
	}
	if len(reasons) > 0 {
		item.reasons = reasons
		r.faults["item."+sheet.ID] = &pricing.InputError{Input: "item." + sheet.ID}
		return item
	}
	item.quoted = &item.sum.Items[0]
	r.order.Items = append(r.order.Items, quotes.OrderItem{Usage: usage, Option: option, Quantity: quantity})
	return item
}

// readEstimate reads what an item is an estimate of, or says why it cannot be
// one any more.
func (s *Server) readEstimate(item *quotes.SheetItem) (u *pricing.Usage, option string, reasons []pricing.Text) {
	en, zh := views.DraftWordsIn(pricing.English), views.DraftWordsIn(pricing.Chinese)
	product, ok := s.cfg.Catalog.Product(item.Product)
	if !ok {
		return nil, "", []pricing.Text{{EN: en.ProductGone, ZH: zh.ProductGone}}
	}
	typed, err := url.ParseQuery(item.Query)
	if err != nil {
		typed = url.Values{}
	}
	form, ok := forms.Decode(typed, product)
	if !ok {
		return nil, "", []pricing.Text{{EN: en.BookGone, ZH: zh.BookGone}}
	}
	if len(form.Faults) > 0 {
		reasons = append(reasons, pricing.Text{EN: en.InputsGone, ZH: zh.InputsGone})
	}
	for i := range form.Book.Inputs {
		in := &form.Book.Inputs[i]
		for name, fault := range form.Faults {
			if name == in.ID || strings.HasPrefix(name, in.ID+".") {
				reasons = append(reasons, pricing.Text{EN: in.Name.EN + ": " + fault.Message.EN, ZH: in.Name.ZH + "：" + fault.Message.ZH})
				break
			}
		}
	}
	return form.Usage, typed.Get(forms.Option), reasons
}

// quoteOne prices an estimate as it would be in a quote of nothing else.
func quoteOne(u *pricing.Usage, option string, quantity int64, l pricing.Lang) (*quotes.Document, []*pricing.InputError) {
	order := quotes.Order{
		ValidDays: quotes.DefaultDays, Lang: l,
		Items: []quotes.OrderItem{{Usage: u, Option: option, Quantity: quantity}},
	}
	return order.Freeze("", unsaved, inWords)
}

// suggestTitle names the products of a draft.
func (s *Server) suggestTitle(sheet *quotes.Sheet, l pricing.Lang) string {
	var names []string
	named := map[string]bool{}
	for i := range sheet.Items {
		if p, ok := s.cfg.Catalog.Product(sheet.Items[i].Product); ok && !named[p.ID] {
			named[p.ID] = true
			names = append(names, p.Newest().Name.In(l))
		}
	}
	return views.SuggestTitle(names, l)
}

// viewDraft returns what is shown of a draft.
func (s *Server) viewDraft(c echo.Context, sheet *quotes.Sheet) *views.Draft {
	l := s.lang(c)
	r := s.readSheet(sheet, l)
	in := &views.DraftInput{
		Lang: l, Catalog: s.cfg.Catalog, Assets: s.assets.views,
		Key: sheet.Key, Seen: r.seen, Revises: sheet.Revises, Saved: sheet.Saved,
		Title: sheet.Title, Customer: sheet.Customer, PreparedBy: sheet.PreparedBy, Note: sheet.Note, ValidDays: sheet.ValidDays,
		Suggested: r.suggested, DefaultDays: quotes.DefaultDays, QuoteLang: r.order.Lang, Faults: r.faults,
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
		if q := item.quoted; q != nil {
			shown.Name, shown.Option, shown.Months, shown.PriceBook = q.Name, q.OptionName, q.Months, q.PriceBook
			shown.Complete, shown.Older = q.Complete, item.older
			for _, e := range q.Entries {
				shown.Entries = append(shown.Entries, views.Entry(e))
			}
			shown.Monthly, shown.Total = written(q.Monthly), written(q.Total)
			if item.fault == nil {
				shown.Counted, shown.Amount = true, written(q.Amount)
				total = total.Add(shown.Amount)
				prepaid, postpaid = prepaid.Add(written(item.sum.Prepaid)), postpaid.Add(written(item.sum.Postpaid))
			}
		}
		in.Items = append(in.Items, shown)
	}
	in.Total, in.Prepaid, in.Postpaid = total, prepaid, postpaid
	return views.NewDraft(in)
}

// written reads a figure that was written a moment before.
func written(text string) decimal.Decimal { return decimal.RequireFromString(text) }
