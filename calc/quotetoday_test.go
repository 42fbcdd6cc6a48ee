package calc_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"suanpan/calc"
	"suanpan/pricing"
)

// TestTodaysPrices: the figures that were saved stay, and what differs is
// explained.
func TestTodaysPrices(t *testing.T) {
	s := newServer(t, withClock(noon()))
	q := saveQuote(t, s, `{"title":"Old","lang":"en","items":[
		{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":20000,"months":12}},
		{"product":"tencent-im","inputs":{"dau":15000,"months":12}}]}`)
	before := read(t, get(t, s, "/q/"+q.ID+".json"))
	doc := quotePage(t, s, "/q/"+q.ID+"/today")
	now := today(t, s, q.ID)
	text := squeezed(doc.Find("main"))
	for _, want := range []string{
		"on 10 March 2026", "¥" + grouped(now.Before), "¥" + grouped(now.After), "prices of 13 September 2022",
		"the price went from ¥888 to", "The prices of 30 October 2020 are still the newest.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	for _, line := range now.Items[0].Lines {
		for _, formula := range []*string{line.FormulaBefore, line.FormulaAfter} {
			if formula != nil && !strings.Contains(text, *formula) {
				t.Errorf("the formula %s is not shown", *formula)
			}
		}
	}
	if doc.Find("#verdict").Length() != 0 {
		t.Errorf("verdict %q", squeezed(byID(doc, "verdict")))
	}
	if !bytes.Equal(before, read(t, get(t, s, "/q/"+q.ID+".json"))) {
		t.Error("the quote has changed")
	}
	// The newest prices: nothing has changed, and the page says so.
	q = saveQuote(t, s, `{"lang":"zh","items":[{"product":"tencent-im"}]}`)
	doc = quotePage(t, s, "/q/"+q.ID+"/today")
	if got := squeezed(byID(doc, "verdict")); got != "没有变化：报价所用的价格仍是最新的。" {
		t.Errorf("verdict %q", got)
	}
}

// TestTodayWithoutTheProduct, without its plan, or without an input: it is said,
// and nothing is made up.
func TestTodayWithoutTheProduct(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quotes.db")
	store := newStore(t, file)
	q := saveQuote(t, newServer(t, withStore(store)), `{"lang":"en","items":[{"product":"fixture-cloud"},{"product":"tencent-im"}]}`)
	embedded, err := pricing.LoadCatalog(pricing.EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, withStore(store), func(c *calc.Config) { c.Catalog = embedded })
	doc := quotePage(t, s, "/q/"+q.ID+"/today")
	text := squeezed(doc.Find("main"))
	for _, want := range []string{"There are no prices for this product any more.", "cannot be priced any more"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	if doc.Find(".figures .difference").Length() != 0 {
		t.Error("totals of different things are compared")
	}
	// Its own page stands as it was saved, without the link to its calculator.
	doc = quotePage(t, s, "/q/"+q.ID)
	if got := squeezed(byID(doc, "total")); got != "¥"+grouped(q.Total) {
		t.Errorf("total %s", got)
	}
	if byID(doc, "item-1").Find("a[href^='/calc/']").Length() != 0 || byID(doc, "item-2").Find("a[href^='/calc/']").Length() != 1 {
		t.Error("the links to the calculators are wrong")
	}
}

// TestTodayWithoutTheOption: it is compared with the recommended one, and that
// is said.
func TestTodayWithoutTheOption(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct{ lang, want string }{
		{"en", "does not exist any more. The recommended one, %s, is shown instead."},
		{"zh", "已不存在，这里与推荐的%s比较。"},
	} {
		q := saveQuote(t, s, `{"lang":"`+tt.lang+`","items":[{"product":"easemob-im","price_book":"2022-09-13","option":"premium","inputs":{"months":12}}]}`)
		doc := quotePage(t, s, "/q/"+q.ID+"/today")
		now := today(t, s, q.ID).Items[0]
		if !now.OptionGone || now.After == nil {
			t.Fatal("the plan is still there: the test needs another")
		}
		if text := squeezed(doc.Find("main")); !strings.Contains(text, fmt.Sprintf(tt.want, now.After.OptionName)) {
			t.Errorf("%q", text)
		}
	}
}
