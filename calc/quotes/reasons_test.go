package quotes_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// reasons writes reasons in short: "price+quantity".
func reasons(all []quotes.Reason) string {
	texts := make([]string, len(all))
	for i, r := range all {
		texts[i] = string(r)
	}
	return strings.Join(texts, "+")
}

// withNewer returns the published books and, of a product, a newer one, which
// is a published one with some of its text replaced.
func withNewer(t testing.TB, product, book string, replace ...string) *pricing.Catalog {
	t.Helper()
	const newer = "2027-01-01"
	text, err := fs.ReadFile(pricing.EmbeddedBooks(), product+"/"+book+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), `price_book: "`+book+`"`, `price_book: "`+newer+`"`, 1)
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(changed, replace[i]) {
			t.Fatalf("there is no %q in the book", replace[i])
		}
		changed = strings.ReplaceAll(changed, replace[i], replace[i+1])
	}
	c, err := pricing.LoadCatalog(pricing.EmbeddedBooks(), os.DirFS("../../testdata/books"),
		fstest.MapFS{product + "/" + newer + ".yaml": {Data: []byte(changed)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// dearer makes all tokens of the general model dearer, and nothing else.
var dearer = []string{`{for: [inf-chat-v1], price: "10", per: 1000000}`, `{for: [inf-chat-v1], price: "12", per: 1000000}`}

const twoModels = `{"models":[{"model":"inf-chat-v1","input_tokens":"3000000"},{"model":"inf-med-chat-v1","input_tokens":"1000000","output_tokens":"500000"}]}`

// TestReasonsOfToday: of the same inputs, only prices and their rules can have
// changed, also where a line has not one unit price.
func TestReasonsOfToday(t *testing.T) {
	d := freeze(t, order(quotes.OrderItem{Usage: usage(t, "inf-llm", "", twoModels), Quantity: 3}), "abc")
	now := quotes.AtToday(d, withNewer(t, "inf-llm", "2024-12-01", dearer...))
	// 3 × 3 × ¥2; the other model costs what it did, and all its tokens out.
	want := "input_tokens price 18"
	if got := linesOf(&now.Items[0].Change); got != want || now.Difference.String() != "18" {
		t.Errorf("%s, want %s", got, want)
	}
}

// linesOf writes the lines of a change in short.
func linesOf(c *quotes.ItemChange) string {
	var lines []string
	for _, l := range c.Lines {
		lines = append(lines, l.ID+" "+reasons(l.Reasons)+" "+l.Difference.String())
	}
	return strings.Join(lines, ", ")
}

// TestReasonsOfRevisions: what two quotes of a product do not share is all that
// their lines can differ for, and all of it is named that they can differ for.
func TestReasonsOfRevisions(t *testing.T) {
	newer := withNewer(t, "inf-llm", "2024-12-01", dearer...)
	llm := func(c *pricing.Catalog, inputs string, quantity int64) quotes.OrderItem {
		return quotes.OrderItem{Usage: usageIn(t, c, "inf-llm", "", inputs), Quantity: quantity}
	}
	im := func(option, inputs string) quotes.OrderItem {
		return quotes.OrderItem{Usage: usage(t, "tencent-im", "", inputs), Option: option, Quantity: 1}
	}
	easemob := func(book, option, inputs string) quotes.OrderItem {
		return quotes.OrderItem{Usage: usage(t, "easemob-im", book, inputs), Option: option, Quantity: 1}
	}
	const more = `{"models":[{"model":"inf-chat-v1","input_tokens":"5000000"},{"model":"inf-med-chat-v1","input_tokens":"1000000","output_tokens":"500000"}]}`
	for _, tt := range []struct {
		name          string
		before, after quotes.OrderItem
		want          string
	}{
		{"other prices", llm(catalog(t), twoModels, 1), llm(newer, twoModels, 1), "input_tokens price 6"},
		{"other usage", llm(newer, twoModels, 1), llm(newer, more, 1), "input_tokens quantity 24"},
		{"other prices and usage", llm(catalog(t), twoModels, 1), llm(newer, more, 1), "input_tokens price+quantity 30"},
		{"other times", llm(newer, more, 1), llm(newer, more, 3), "input_tokens times 160, output_tokens times 20"},
		{"other prices, usage and times", llm(catalog(t), twoModels, 1), llm(newer, more, 3), "input_tokens price+quantity+times 190, output_tokens times 20"},
		{
			"another term", llm(newer, twoModels, 1), llm(newer, `{"months":3,`+twoModels[1:], 1),
			"input_tokens term 112, output_tokens term 20",
		},
		{
			"another term and usage", llm(newer, twoModels, 1), llm(newer, `{"months":3,`+more[1:], 1),
			"input_tokens quantity+term 184, output_tokens term 20",
		},
		{
			"another term of a plan", im("pro", `{"dau":15000}`), im("pro", `{"dau":15000,"months":12}`),
			"plan term 10989, dau_overage term 11000",
		},
		{
			"another term and usage of a plan", im("pro", `{"dau":15000}`), im("pro", `{"dau":25000,"months":12}`),
			"plan term 10989, dau_overage quantity+term 23000",
		},
		{
			"another option", im("pro", `{"dau":25000}`), im("ultimate", `{"dau":25000}`),
			"plan option 2000",
		},
		{
			"another option and usage", im("pro", `{"dau":25000}`), im("ultimate", `{"dau":35000}`),
			"plan option 2000, dau_overage quantity 1000",
		},
		{
			"other prices of a plan", easemob("2022-09-13", "pro", `{"dau":20000}`), easemob("2026-03-23", "pro", `{"dau":20000}`),
			"plan price 411, dau_overage price 150",
		},
		{
			"prices and usage of a plan", easemob("2022-09-13", "pro", `{"dau":20000}`), easemob("2026-03-23", "pro", `{"dau":50000}`),
			"plan price 411, dau_overage price+quantity 3150",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after := freeze(t, order(tt.before), "a"), freeze(t, order(tt.after), "b")
			changes := quotes.Compare(before.Items, after.Items)
			if len(changes) != 1 {
				t.Fatalf("%+v", changes)
			}
			if got := linesOf(&changes[0]); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
