package export_test

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

var loadCatalog = sync.OnceValues(func() (*pricing.Catalog, error) {
	return pricing.LoadCatalog(pricing.EmbeddedBooks())
})

func catalog(t testing.TB) *pricing.Catalog {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	quoteID = "abcdefghijklmnopqrstuvwxyz"
	address = "https://quotes.example/q/" + quoteID
)

var savedAt = time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC) // the 23rd in China

// freeze makes a document of an order.
func freeze(t testing.TB, o *quotes.Order) *quotes.Document {
	t.Helper()
	p, faults := o.Price()
	for _, f := range faults {
		t.Fatalf("%s: %s", f.Input, f.Message.EN)
	}
	return p.Freeze(quoteID, savedAt)
}

// order is an order with a head that asks for trouble.
func order(l pricing.Lang, items ...quotes.OrderItem) *quotes.Order {
	return &quotes.Order{
		Title: "=1+1 & <报价>", Customer: "@客户 “Ltd”, Inc.", PreparedBy: "+86 王",
		Note:      "-1 line\r\n\r\nsecond, \"quoted\" _x0041_\n＝third",
		ValidDays: 30, Lang: l, Items: items,
	}
}

// usage reads the inputs of an estimate.
func usage(t testing.TB, product, inputs string) *pricing.Usage {
	t.Helper()
	p, ok := catalog(t).Product(product)
	if !ok {
		t.Fatalf("there is no %s", product)
	}
	u, faults, err := wire.DecodeUsage([]byte(inputs), p.Newest())
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	return u
}

// withMonths returns a usage for another term.
func withMonths(t testing.TB, u *pricing.Usage, months string) *pricing.Usage {
	t.Helper()
	same, _ := u.In(u.Book())
	in, _ := u.Book().Input(pricing.Months)
	if fault := same.SetCount(in, months); fault != nil {
		t.Fatal(fault)
	}
	return same
}

// some returns documents that together have one of so many of this: every option
// of every example of every book that can serve it, for one month, for a year
// and a half, and as the example has it. One of two are others in each language.
func some(t testing.TB, l pricing.Lang, of int) []*quotes.Document {
	t.Helper()
	var items []quotes.OrderItem
	n := 0
	if l == pricing.Chinese {
		n = of / 2
	}
	for _, p := range catalog(t).Products() {
		for _, b := range p.Books {
			for _, e := range b.Examples {
				for _, u := range []*pricing.Usage{e.Usage, withMonths(t, e.Usage, "1"), withMonths(t, e.Usage, "18")} {
					for _, o := range u.Estimate().Options {
						if !o.Feasible {
							continue
						}
						if n++; n%of == 0 {
							items = append(items, quotes.OrderItem{Usage: u, Option: o.Option.ID, Quantity: int64(n%7 + 1)})
						}
					}
				}
			}
		}
	}
	if n < 100 {
		t.Fatalf("there are only %d items", n)
	}
	var documents []*quotes.Document
	for chunk := range slices.Chunk(items, quotes.MaxItems) {
		documents = append(documents, freeze(t, order(l, chunk...)))
	}
	return documents
}

// copyOf returns a copy that can be changed.
func copyOf(t testing.TB, d *quotes.Document) *quotes.Document {
	t.Helper()
	text, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	same := &quotes.Document{}
	if err := json.Unmarshal(text, same); err != nil {
		t.Fatal(err)
	}
	return same
}

var languages = []pricing.Lang{pricing.English, pricing.Chinese}
