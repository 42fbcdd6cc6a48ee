package calc_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// anyUsage draws a usage of a book, with the least and greatest values often
// among the others.
func anyUsage(t *rapid.T, book *pricing.Book) *pricing.Usage {
	u := book.NewUsage()
	check := func(fault *pricing.InputError) {
		if fault != nil {
			t.Fatal(fault)
		}
	}
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if rapid.Bool().Draw(t, in.ID+" left out") {
			continue
		}
		switch in.Kind {
		case pricing.KindYesNo:
			u.SetYesNo(in, rapid.Bool().Draw(t, in.ID))
		case pricing.KindChoice:
			check(u.SetChoice(in, anyChoice(t, in, in.ID)))
		case pricing.KindChoices:
			var ids []string
			for range rapid.SampledFrom([]int{0, 1, 2, 5, len(in.Choices)}).Draw(t, in.ID+" number") {
				ids = append(ids, anyChoice(t, in, in.ID))
			}
			check(u.SetChoices(in, ids))
		case pricing.KindRows:
			rows, fault := u.SetRows(in, rapid.SampledFrom([]int{0, 1, 1, 2, 3, 7, pricing.MaxRows}).Draw(t, in.ID+" number"))
			check(fault)
			for r, row := range rows {
				for j := range in.Fields {
					f := &in.Fields[j]
					name := forms.RowField(in.ID, r, f.ID)
					if rapid.Bool().Draw(t, name+" left out") {
						continue
					}
					switch f.Kind {
					case pricing.KindYesNo:
						row.Cell(in, j).SetYesNo(rapid.Bool().Draw(t, name))
					case pricing.KindChoice:
						check(row.Cell(in, j).SetChoice(anyChoice(t, f, name)))
					default:
						check(row.Cell(in, j).SetCount(anyCount(t, f, name)))
					}
				}
			}
		default:
			check(u.SetCount(in, anyCount(t, in, in.ID)))
		}
	}
	return u
}

func anyChoice(t *rapid.T, in *pricing.Input, name string) string {
	return rapid.SampledFrom(in.Choices).Draw(t, name).ID
}

func anyCount(t *rapid.T, in *pricing.Input, name string) string {
	return fmt.Sprint(rapid.OneOf(
		rapid.SampledFrom([]int64{in.Minimum, in.Maximum, in.Default}),
		rapid.Int64Range(in.Minimum, in.Maximum),
		rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+5000)),
	).Draw(t, name))
}

// anyBook draws one of all price books.
func anyBook(t *rapid.T, products []*pricing.Product) (*pricing.Product, *pricing.Book) {
	product := rapid.SampledFrom(products).Draw(t, "product")
	return product, rapid.SampledFrom(product.Books).Draw(t, "book")
}

// TestLinkReopensTheSameEstimate: whatever the usage, the page at its address
// offers that very address.
func TestLinkReopensTheSameEstimate(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		product, book := anyBook(rt, products)
		form := &forms.Form{Product: product, Book: book, Usage: anyUsage(rt, book)}
		recommended := ""
		if best := form.Usage.Estimate().Recommended(); best != nil {
			recommended = best.Option.ID
		}
		if rapid.Bool().Draw(rt, "choose") {
			form.Option = rapid.SampledFrom(book.Options).Draw(rt, "option").ID
		}
		shown := form.Option
		form.Follow(recommended)
		address := "/calc/" + product.ID
		if query := form.Query(); query != "" {
			address += "?" + query
		}
		doc := document(t, get(t, s, address))
		if got := strings.TrimPrefix(byID(doc, "link").AttrOr("value", ""), "http://example.com"); got != address {
			rt.Fatalf("%s offers %s", address, got)
		}
		if shown == "" {
			shown = recommended
		}
		if got := chosen(t, doc); got != shown {
			rt.Fatalf("%s shows %q, not %q", address, got, shown)
		}
	})
}

// TestPageAndAPIAgree: the page shows the total, the lines and what is bought
// as the API gives them, for whatever usage of whatever book.
func TestPageAndAPIAgree(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	rapid.Check(t, func(rt *rapid.T) {
		product, book := anyBook(rt, products)
		u := anyUsage(rt, book)
		answer := estimate(t, s, requestOf(t, u))
		total, lines, bought, incomplete := "", []string(nil), 0, 0
		if answer.Recommended != nil {
			best := &answer.Options[0]
			total, bought = "¥"+pricing.Grouped(best.Total), len(best.Purchases)
			for _, l := range best.Lines {
				lines = append(lines, l.ID)
			}
			if !best.Complete {
				incomplete = 1
			}
		}
		query := forms.UsageQuery(u) + "&price_book=" + book.ID
		for _, res := range []*http.Response{get(t, s, "/calc/"+product.ID+"?"+query), live(t, s, "/calc/"+product.ID, query)} {
			doc := document(t, res)
			if shown := squeezed(byID(doc, "total")); shown != total {
				rt.Fatalf("%s: the API says %s, the page %s", query, total, shown)
			}
			var shown []string
			doc.Find("[data-line]").Each(func(_ int, e *goquery.Selection) { shown = append(shown, e.AttrOr("data-line", "")) })
			if !slices.Equal(shown, lines) {
				rt.Fatalf("%s: the API has the lines %v, the page %v", query, lines, shown)
			}
			if n := doc.Find(".purchases li").Length(); n != bought {
				rt.Fatalf("%s: the API has %d purchases, the page %d", query, bought, n)
			}
			if n := doc.Find(".incomplete").Length(); n != incomplete {
				rt.Fatalf("%s: the page says %d times that something is incomplete, want %d", query, n, incomplete)
			}
		}
	})
}
