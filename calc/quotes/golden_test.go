package quotes_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

var update = flag.Bool("update", false, "write the hashes of the documents as they are now")

// goldenItem is an estimate that documents are frozen of.
type goldenItem struct {
	name  string
	usage *pricing.Usage
}

// goldenItems are the public examples, in the price books that they name.
func goldenItems(t *testing.T) []goldenItem {
	t.Helper()
	data, err := os.ReadFile("../testdata/estimates.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Name    string
		Request struct {
			Product   string
			PriceBook string `json:"price_book"`
			Inputs    json.RawMessage
		}
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	items := make([]goldenItem, len(examples))
	for i := range examples {
		r := &examples[i].Request
		p, ok := catalog(t).Product(r.Product)
		if !ok {
			t.Fatalf("no product %s", r.Product)
		}
		book := p.Newest()
		if r.PriceBook != "" {
			book, _ = p.Book(r.PriceBook)
		}
		u, faults, err := wire.DecodeUsage(r.Inputs, book)
		if err != nil || len(faults) > 0 {
			t.Fatalf("%s: %v %v", examples[i].Name, faults, err)
		}
		items[i] = goldenItem{examples[i].Name, u}
	}
	return items
}

// frozen returns the bytes that an order is saved as, or what is wrong with it.
func frozen(t *testing.T, o *quotes.Order) []byte {
	t.Helper()
	p, faults := o.Price()
	if len(faults) > 0 {
		return mustJSON(faults)
	}
	text, err := p.Freeze("goldenquote", morning).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestDocumentsStayAsTheyAre holds the bytes that quotes are saved as: a quote
// that is saved again must be the same document. Each line of the golden file
// has the hash of the documents of one estimate, with the recommended option and
// with each of them, or of a quote of many. Words
// may be mended, those of a price book or those of an explanation, and then are in
// what is saved from then on: that, and no other change, is for -update.
func TestDocumentsStayAsTheyAre(t *testing.T) {
	items := goldenItems(t)
	var got strings.Builder
	for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
		for n, item := range items {
			options := []string{""}
			for _, o := range item.usage.Book().Options {
				options = append(options, o.ID)
			}
			var all bytes.Buffer
			for i, option := range options {
				o := order(quotes.OrderItem{Usage: item.usage, Option: option, Quantity: int64(1 + (n+i)%4)})
				o.Lang = l
				all.Write(frozen(t, o))
			}
			fmt.Fprintf(&got, "%s %s %s\n", quotes.Hash(all.Bytes()), l, item.name)
		}
		for first := 0; first < len(items); first += 7 {
			o := &quotes.Order{
				Title: "Chat & calls 报价", Customer: "港湾 <Bay>", PreparedBy: "李雷 \xff", Note: "1.\n2.\t“a”", ValidDays: 45, Lang: l, Revises: "before",
			}
			for i := first; i < min(first+quotes.MaxItems, len(items)); i += 3 {
				if items[i].usage.Estimate().Recommended() != nil {
					o.Items = append(o.Items, quotes.OrderItem{Usage: items[i].usage, Quantity: int64(1 + 100*i)})
				}
			}
			fmt.Fprintf(&got, "%s %s many from %d\n", quotes.Hash(frozen(t, o)), l, first)
		}
	}
	const file = "testdata/frozen.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(lines) || line != lines[i] {
			t.Errorf("frozen now as %s", line)
		}
	}
	if n := strings.Count(got.String(), "\n"); n != len(lines)-1 || n < 150 {
		t.Errorf("%d documents were frozen, the golden file has %d", n, len(lines)-1)
	}
}
