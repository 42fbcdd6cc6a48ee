package views

import (
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Basis is what the figures of a price book rest on, whatever is entered.
type Basis struct {
	Exclusions, Sources []string
	PricesFrom          string
}

func (v *Visit) basis(b *pricing.Book) Basis {
	l := v.Lang
	basis := Basis{Exclusions: textsIn(b.Exclusions, l), PricesFrom: wording.Fill(wordsIn(l).PricesInYuan, v.dated(b.ID, l))}
	for i := range b.Sources {
		basis.Sources = append(basis.Sources, sourceIn(&b.Sources[i], l))
	}
	return basis
}

// sourceIn names a document, its day, and how sure its prices are.
func sourceIn(d *pricing.Document, l pricing.Lang) string {
	w := wordsIn(l)
	kind := map[pricing.Confidence]string{
		pricing.Published: w.Published, pricing.Documented: w.Documented, pricing.Undated: w.Undated,
	}[d.Confidence]
	return d.Title.In(l) + " · " + day(d.Date, l) + " · " + kind
}

// BookChoice says which of a product's price books is used, and leads to the
// same entries with the others.
type BookChoice struct {
	// Older is set where the prices are not the newest.
	Older string
	// Newest is the address of the same entries with the newest prices.
	Newest string
	// PriceBooks are links to the same entries with each of the price books,
	// where there are several.
	PriceBooks []BookLink
}

// BookLink is a link to one of the price books.
type BookLink struct {
	Link
	Here bool
}

// bookChoice returns the choice on a page at a path, whose query string with
// another price book is what query returns.
func (v *Visit) bookChoice(p *pricing.Product, used *pricing.Book, path string, query func(*pricing.Book) string) BookChoice {
	var c BookChoice
	w := wordsIn(v.Lang)
	if used != p.Newest() {
		c.Older = wording.Fill(w.OlderPrices, v.dated(used.ID, v.Lang))
		c.Newest = address(path, query(p.Newest()))
	}
	if len(p.Books) < 2 {
		return c
	}
	for _, b := range p.Books {
		text := day(b.ID, v.Lang)
		if b == p.Newest() {
			text += " · " + w.Newest
		}
		c.PriceBooks = append(c.PriceBooks, BookLink{Link: Link{Href: address(path, query(b)), Text: text}, Here: b == used})
	}
	return c
}
