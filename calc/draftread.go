package calc

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/forms/numbers"
	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// readSheet is a draft that was read: what it would be as a quote, and what
// stands in the way of that.
type readSheet struct {
	// priced is the quote that it would be.
	priced *quotes.Priced
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
	// priced is what it comes to; nil if it cannot be priced, for the reasons
	// given.
	priced  *quotes.PricedItem
	older   bool // its prices are not the newest
	reasons []pricing.Text
	// fault is that of the quantity, which then counts as 1.
	fault *pricing.InputError
}

// What the numbers of a draft count.
var (
	unitOfDays     = pricing.Unit{One: "day", EN: "days", ZH: "天"}
	unitOfQuantity = pricing.Unit{One: "copy", EN: "copies", ZH: "份"}
)

// readSheet prices the items of a draft, each once, and finds whatever is wrong
// with it. Where the draft does not say, the quote is in language l.
func (s *Server) readSheet(sheet *quotes.Sheet, l pricing.Lang) *readSheet {
	r := &readSheet{items: make([]readItem, len(sheet.Items)), faults: map[string]*pricing.InputError{}}
	order := &quotes.Order{
		Title: strings.TrimSpace(sheet.Title), Customer: strings.TrimSpace(sheet.Customer),
		PreparedBy: strings.TrimSpace(sheet.PreparedBy), Note: strings.TrimSpace(sheet.Note),
		ValidDays: quotes.DefaultDays, Lang: cmp.Or(sheet.Lang, l), Revises: sheet.Revises,
	}
	r.suggested = s.suggestTitle(sheet, order.Lang)
	order.Title = cmp.Or(order.Title, r.suggested)
	if !numbers.Blank(sheet.ValidDays) {
		days, fault := forms.Count("valid_days", sheet.ValidDays, unitOfDays, 1, quotes.MaxDays)
		if fault != nil {
			r.faults["valid_days"] = fault
		} else {
			order.ValidDays = days
		}
	}
	var ordered []*readItem // as they are in the order
	for i := range sheet.Items {
		item := &r.items[i]
		item.SheetItem = &sheet.Items[i]
		if asked, ok := s.readItem(item); ok {
			order.Items, ordered = append(order.Items, asked), append(ordered, item)
		}
	}
	var faults []*pricing.InputError
	r.priced, faults = order.Price()
	for i, item := range ordered {
		item.priced = r.priced.Items[i]
	}
	for _, f := range faults {
		if i := itemOf(f.Input); i >= 0 {
			ordered[i].reasons = append(ordered[i].reasons, f.Message)
		} else if r.faults[f.Input] == nil {
			r.faults[f.Input] = f
		}
	}
	seen := sha256.New()
	for i := range r.items {
		item := &r.items[i]
		if item.fault != nil {
			r.faults[item.fault.Input] = item.fault
		}
		if len(item.reasons) > 0 {
			r.faults["item."+item.ID] = &pricing.InputError{Input: "item." + item.ID}
		}
		for _, part := range []string{item.ID, item.Product, item.Query, bookOfItem(item.priced)} {
			seen.Write([]byte(part + "\x00"))
		}
	}
	r.seen = hex.EncodeToString(seen.Sum(nil)[:8])
	return r
}

// bookOfItem names the price book of an item by its hash.
func bookOfItem(item *quotes.PricedItem) string {
	if item == nil {
		return ""
	}
	return hashOf(item.Usage.Book())
}

// readItem reads what an item asks to be quoted, or the reasons why that cannot
// be.
func (s *Server) readItem(item *readItem) (asked quotes.OrderItem, ok bool) {
	asked.Quantity = 1
	if !numbers.Blank(item.Quantity) {
		quantity, fault := forms.Count(draftQuantity+item.ID, item.Quantity, unitOfQuantity, 1, quotes.MaxQuantity)
		if fault != nil {
			item.fault = fault
		} else {
			asked.Quantity = quantity
		}
	}
	asked.Usage, asked.Option, item.reasons = s.readEstimate(item.SheetItem)
	if len(item.reasons) > 0 {
		return asked, false
	}
	product, _ := s.cfg.Catalog.Product(item.Product)
	item.older = asked.Usage.Book() != product.Newest()
	return asked, true
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
