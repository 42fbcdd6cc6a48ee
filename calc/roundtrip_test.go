package calc_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suanpan/calc/export/exporttest"
	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// TestUsageSurvivesTheWholeWay: whatever is typed into the form of whatever
// product comes back the same from its link, from the quote that the API saves
// of it, from that quote's CSV and JSON, and from the new draft that it becomes.
func TestUsageSurvivesTheWholeWay(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	went := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		product, book := anyBook(rt, products)
		typed := anyUsage(rt, book)
		best := typed.Estimate().Recommended()
		if best == nil {
			return // there is nothing to quote
		}
		want := inputsOf(t, typed)

		// The form, as a browser without JavaScript sends it.
		values, err := url.ParseQuery(forms.UsageQuery(typed))
		if err != nil {
			rt.Fatal(err)
		}
		values.Set(forms.PriceBook, book.ID)
		res := send(t, s, request(http.MethodPost, "/calc/"+product.ID, values.Encode(), "Content-Type", formType))
		wantStatus(t, res, http.StatusSeeOther)
		link := res.Header.Get("Location")
		linked := usageAt(t, product, link)
		if got := inputsOf(t, linked); got != want {
			rt.Fatalf("%s is\n%s, typed was\n%s", link, got, want)
		}

		quantity := rapid.Int64Range(1, quotes.MaxQuantity).Draw(rt, "quantity")
		title := rapid.OneOf(rapid.StringN(0, quotes.MaxTitle, -1), rapid.Just("=1+1"), rapid.Just("'@x")).Draw(rt, "title")
		body, err := json.Marshal(map[string]any{
			"title": title, "customer": "甲 \"乙\"", "note": "a\r\nb", "lang": "zh",
			"items": []any{map[string]any{"product": product.ID, "price_book": book.ID, "inputs": json.RawMessage(inputsOf(t, linked)), "quantity": quantity}},
		})
		if err != nil {
			rt.Fatal(err)
		}
		saved := saveQuote(t, s, string(body))
		page := "/q/" + saved.ID

		stored := read(t, get(t, s, page+".json"))
		document, err := quotes.DecodeDocument(stored)
		if err != nil || quotes.Hash(stored) != saved.Hash {
			rt.Fatalf("hash %s of %s, %v", saved.Hash, stored, err)
		}
		item := &document.Items[0]
		if string(item.Inputs) != want || item.Quantity != quantity || item.Total != best.Total.StringFixed(2) || document.Title != title {
			rt.Fatalf("the JSON has %s × %d of %q for %s, want %s × %d of %q for %s",
				item.Inputs, item.Quantity, document.Title, item.Total, want, quantity, title, best.Total)
		}

		order, err := exporttest.ReadCSV(bytes.NewReader(read(t, get(t, s, page+".csv"))))
		if err != nil {
			rt.Fatal(err)
		}
		if got := &order.Items[0]; string(got.Inputs) != want || got.Quantity != quantity || got.Product != product.ID || got.PriceBook != book.ID ||
			got.Option != item.Option || order.Title != wording.Visible(title) || order.Customer != "甲 \"乙\"" || order.Note != "a\r\nb" {
			rt.Fatalf("the CSV says %+v, want %s × %d", order, want, quantity)
		}

		customer := newRep(t, s)
		wantStatus(t, customer.post(page+"/draft", url.Values{}), http.StatusSeeOther)
		draft := customer.page()
		address, _ := draft.Find("a[href^='/calc/" + product.ID + "?']").Attr("href")
		if got := inputsOf(t, usageAt(t, product, address)); got != want {
			rt.Fatalf("the draft has %s:\n%s, want\n%s", address, got, want)
		}
		if got := draft.Find("#draft input[name^='quantity.']").AttrOr("value", ""); got != fmt.Sprint(quantity) {
			rt.Fatalf("the draft has %s of it, want %d", got, quantity)
		}
		went[product.ID]++
	})
	for _, p := range products {
		if went[p.ID] == 0 {
			t.Errorf("no usage of %s has gone the way", p.ID)
		}
	}
}

// inputsOf returns all inputs of a usage as JSON.
func inputsOf(t testing.TB, u *pricing.Usage) string {
	t.Helper()
	text, err := wire.EncodeUsage(u)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// usageAt returns the usage that the address of a calculator opens with.
func usageAt(t testing.TB, product *pricing.Product, address string) *pricing.Usage {
	t.Helper()
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil || path != "/calc/"+product.ID {
		t.Fatalf("address %q: %v", address, err)
	}
	form, ok := forms.Decode(values, product)
	if !ok || len(form.Faults) > 0 {
		t.Fatalf("%s: %v", address, form)
	}
	return form.Usage
}
