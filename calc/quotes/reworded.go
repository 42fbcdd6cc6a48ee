package quotes

import (
	"slices"

	"suanpan/pricing"
)

// ItemsIn returns the items of a quote for a comparison in a language: with the
// names of that language, and with the ids of their entries, which older quotes
// have not. Figures stay those that were saved. An item whose price book is not
// here any more stays in its own words.
func (d *Document) ItemsIn(l pricing.Lang, c *pricing.Catalog) []Item {
	items := slices.Clone(d.Items)
	for i := range items {
		if item := &items[i]; d.Lang != l || !inputsOf(item).identified {
			item.reword(l, c)
		}
	}
	return items
}

// reword gives an item the words that it would have been saved with in a
// language.
func (item *Item) reword(l pricing.Lang, c *pricing.Catalog) {
	product, ok := c.Product(item.Product)
	if !ok {
		return
	}
	book, ok := product.Book(item.PriceBook)
	if !ok || !item.PricedBy(book) {
		return
	}
	usage, left := item.Usage(product, book)
	if len(left) > 0 {
		return
	}
	order := OrderItem{Usage: usage, Option: item.Option, Quantity: item.Quantity}
	priced, fault := order.Price()
	if fault != nil {
		return
	}
	said := priced.freeze(l)
	item.Name, item.OptionName, item.Entries = said.Name, said.OptionName, said.Entries
	item.Lines = slices.Clone(item.Lines)
	for i := range item.Lines {
		if line := findLine(said, item.Lines[i].ID); line != nil {
			item.Lines[i].Name = line.Name
		}
	}
}

// Untouched are the inputs that were left at their defaults, in words of a
// language; none if the price book is not here any more.
func (item *Item) Untouched(l pricing.Lang, c *pricing.Catalog) []Entry {
	product, ok := c.Product(item.Product)
	if !ok {
		return nil
	}
	book, ok := product.Book(item.PriceBook)
	if !ok || !item.PricedBy(book) {
		return nil
	}
	usage, _ := item.Usage(product, book)
	return EntriesIn(usage.Untouched(), l)
}
