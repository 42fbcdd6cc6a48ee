package quotes_test

import (
	"fmt"
	"testing"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// inChinese freezes the same items as a quote in Chinese.
func inChinese(t testing.TB, items ...quotes.OrderItem) *quotes.Document {
	t.Helper()
	o := order(items...)
	o.Lang = pricing.Chinese
	return freeze(t, o, "zh")
}

// asOnceSaved returns a document as quotes were saved before entries had ids.
func asOnceSaved(d *quotes.Document) *quotes.Document {
	old := *d
	old.Items = append([]quotes.Item{}, d.Items...)
	for i := range old.Items {
		entries := append([]quotes.Entry{}, old.Items[i].Entries...)
		for j := range entries {
			entries[j].ID = ""
		}
		old.Items[i].Entries = entries
	}
	return &old
}

// TestRevisionInAnotherLanguage: nothing differs for its words alone, and what
// does differ is said in the language of whoever reads it; also of quotes whose
// entries have no ids.
func TestRevisionInAnotherLanguage(t *testing.T) {
	item := func(dau int) quotes.OrderItem {
		return quotes.OrderItem{Usage: usage(t, "tencent-im", "", fmt.Sprintf(`{"dau":%d,"history_days":90,"months":12}`, dau)), Option: "pro", Quantity: 1}
	}
	english := freeze(t, order(item(15000)), "en")
	same, other := inChinese(t, item(15000)), inChinese(t, item(25000))
	for _, before := range []*quotes.Document{english, asOnceSaved(english)} {
		compare := func(after *quotes.Document, l pricing.Lang) *quotes.ItemChange {
			changes := quotes.Compare(before.ItemsIn(l, catalog(t)), after.ItemsIn(l, catalog(t)))
			if len(changes) != 1 {
				t.Fatalf("%+v", changes)
			}
			return &changes[0]
		}
		for _, l := range []pricing.Lang{pricing.English, pricing.Chinese} {
			if c := compare(same, l); !c.Same() || c.OtherInputs {
				t.Errorf("in %s the same quote differs: %+v", l, c.Entries)
			}
		}
		values := map[pricing.Lang][2]string{
			pricing.English: {"15,000 users a day", "25,000 users a day"}, pricing.Chinese: {"15,000 人/天（1.5 万）", "25,000 人/天（2.5 万）"},
		}
		for l, saved := range map[pricing.Lang]*quotes.Document{pricing.English: english, pricing.Chinese: same} {
			c := compare(other, l)
			if len(c.Entries) != 1 || len(c.Lines) != 1 {
				t.Fatalf("in %s: %+v", l, c)
			}
			if e, name := c.Entries[0], saved.Items[0].Entries[1].Name; e.Name != name || e.Before != values[l][0] || e.After != values[l][1] {
				t.Errorf("in %s: %+v, want %s", l, e, name)
			}
			if name := saved.Items[0].Lines[1].Name; c.Lines[0].Name != name {
				t.Errorf("in %s the line is %q, not %q", l, c.Lines[0].Name, name)
			}
		}
	}
	// The items of a document are left as they were saved.
	if same.Items[0].OptionName == english.Items[0].OptionName || same.Items[0].Lines[1].Name == english.Items[0].Lines[1].Name {
		t.Error("the document itself was reworded")
	}
}

// TestOldEntriesOfABookThatIsGone: they are compared by their words, unless the
// inputs say that they are the same.
func TestOldEntriesOfABookThatIsGone(t *testing.T) {
	item := func(dau int) quotes.OrderItem {
		return quotes.OrderItem{Usage: usage(t, "tencent-im", "", fmt.Sprintf(`{"dau":%d}`, dau)), Quantity: 1}
	}
	gone := func(d *quotes.Document) *quotes.Document {
		d = asOnceSaved(d)
		d.Items[0].PriceBook, d.Items[0].PriceBookHash = "2019-01-01", "0"
		return d
	}
	before := gone(freeze(t, order(item(15000)), "a"))
	for _, tt := range []struct {
		after *quotes.Document
		want  int
	}{{gone(inChinese(t, item(15000))), 0}, {gone(freeze(t, order(item(25000)), "b")), 1}} {
		changes := quotes.Compare(before.ItemsIn(pricing.English, catalog(t)), tt.after.ItemsIn(pricing.English, catalog(t)))
		if n := len(changes[0].Entries); n != tt.want || changes[0].OtherInputs != (tt.want > 0) {
			t.Errorf("%d entries differ, want %d: %+v", n, tt.want, changes[0])
		}
	}
}

// TestRowsAreEntries: of rows, only those differ that do.
func TestRowsAreEntries(t *testing.T) {
	quote := func(l pricing.Lang, inputs string) []quotes.Item {
		o := order(quotes.OrderItem{Usage: usage(t, "inf-llm", "", inputs), Quantity: 1})
		o.Lang = l
		return freeze(t, o, "a").Items
	}
	before := quote(pricing.English, `{"models":[{"input_tokens":"1000000"},{"input_tokens":"2000000"}]}`)
	for inputs, want := range map[string]int{
		`{"models":[{"input_tokens":"1000000"},{"input_tokens":"2000000"}]}`:                       0,
		`{"models":[{"input_tokens":"1000000"},{"input_tokens":"3000000"}]}`:                       1,
		`{"models":[{"input_tokens":"1000000"}]}`:                                                  1,
		`{"models":[{"input_tokens":"1"},{"input_tokens":"2000000"},{"output_tokens":"3000000"}]}`: 2,
	} {
		c := quotes.Compare(before, quote(pricing.Chinese, inputs))[0]
		if len(c.Entries) != want || c.OtherInputs != (want > 0) {
			t.Errorf("%s: %+v", inputs, c.Entries)
		}
	}
}
