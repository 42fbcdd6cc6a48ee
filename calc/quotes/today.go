package quotes

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// Today is what a quote would cost at the prices of today.
type Today struct {
	// Before is the quote's total, After that of the same inputs with the
	// newest price books, and Difference how much more that is. Items that
	// cannot be priced any more count in Before only: Whole is then false, and
	// Difference, which would compare unlike things, 0.
	Before, After, Difference decimal.Decimal
	Whole                     bool
	Items                     []TodayItem
}

// TodayItem is what has become of one item of a quote.
type TodayItem struct {
	// Change compares the item with the same one at today's prices. Its After
	// is nil if that cannot be priced.
	Change ItemChange
	// SameBook says that the prices of the quote still are the newest, by their
	// hash.
	SameBook bool
	// ProductGone says that there are no prices for the product any more.
	ProductGone bool
	// OptionGone says that the quoted option does not exist any more,
	// OptionInfeasible that it cannot serve the inputs any more. The item is
	// then compared with the recommended option; if there is none, it cannot
	// be priced.
	OptionGone, OptionInfeasible bool
	// Left are the ids of inputs that the newest price book does not have, or
	// whose value it does not allow. The item is priced without them.
	Left []string
}

// AtToday prices the items of a quote with the newest price books.
func AtToday(d *Document, c *pricing.Catalog) *Today {
	t := &Today{Before: Figure(d.Total), Whole: true}
	for i := range d.Items {
		item := today(&d.Items[i], c, d.Lang)
		if item.Change.After == nil {
			t.Whole = false
		} else {
			t.After = t.After.Add(Figure(item.Change.After.Amount))
		}
		t.Items = append(t.Items, item)
	}
	if t.Whole {
		t.Difference = t.After.Sub(t.Before)
	}
	return t
}

func today(before *Item, c *pricing.Catalog, l pricing.Lang) TodayItem {
	product, ok := c.Product(before.Product)
	if !ok {
		return TodayItem{Change: compareItems(before, nil, false), ProductGone: true}
	}
	book := product.Newest()
	usage, left := before.Usage(product, book)
	t := TodayItem{Left: left}
	order := OrderItem{Usage: usage, Option: before.Option, Quantity: before.Quantity}
	priced, fault := order.Price()
	if fault != nil {
		t.OptionGone, t.OptionInfeasible = fault.Code == pricing.CodeUnknownChoice, fault.Code == CodeInfeasible
		order.Option = ""
		priced, _ = order.Price()
	}
	var after *Item
	if priced != nil {
		after = priced.freeze(l)
	}
	t.Change = compareItems(before, after, len(left) > 0)
	t.SameBook = after != nil && after.PriceBookHash == before.PriceBookHash
	return t
}

// Usage returns the inputs of an item as a usage of a price book of its
// product, and the ids of inputs that had to be left out.
func (item *Item) Usage(product *pricing.Product, book *pricing.Book) (u *pricing.Usage, left []string) {
	if was, ok := product.Book(item.PriceBook); ok && item.PriceBook != "" && was != book {
		if old, faults, err := wire.DecodeUsage(item.Inputs, was); err == nil && len(faults) == 0 {
			return old.In(book)
		}
	}
	u, faults, err := wire.DecodeUsage(item.Inputs, book)
	if err != nil {
		return book.NewUsage(), nil // not for a document whose hash is right
	}
	for _, f := range faults {
		if id := wire.InputOf(f.Input); item.states(id, product) && !slices.Contains(left, id) {
			left = append(left, id)
		}
	}
	return u, left
}

// states reports whether an input has another value than the default that it
// has in a price book of the product: what was not stated is not missed.
func (item *Item) states(id string, product *pricing.Product) bool {
	var stated map[string]json.RawMessage
	if json.Unmarshal(item.Inputs, &stated) != nil {
		return true
	}
	for _, book := range product.Books {
		var defaults map[string]json.RawMessage
		text, err := wire.EncodeUsage(book.NewUsage())
		if err == nil && json.Unmarshal(text, &defaults) == nil && bytes.Equal(defaults[id], stated[id]) {
			return false
		}
	}
	return true
}

// Reorder returns the order that a document was made from, with the same
// price books where there still are such, else with the newest. Inputs that had
// to be left out are returned by item.
func (d *Document) Reorder(c *pricing.Catalog) (o *Order, left map[int][]string) {
	o = &Order{
		Title: d.Title, Customer: d.Customer, PreparedBy: d.PreparedBy, Note: d.Note, ValidDays: d.ValidDays, Lang: d.Lang,
	}
	left = map[int][]string{}
	for i := range d.Items {
		item := &d.Items[i]
		product, ok := c.Product(item.Product)
		if !ok {
			continue
		}
		book, ok := product.Book(item.PriceBook)
		if !ok {
			book = product.Newest()
		}
		usage, gone := item.Usage(product, book)
		if len(gone) > 0 {
			left[i] = gone
		}
		option := item.Option
		if option == item.Recommended {
			option = ""
		}
		o.Items = append(o.Items, OrderItem{Usage: usage, Facts: item.FactsFor(product, usage), Option: option, Quantity: item.Quantity})
	}
	return o, left
}
