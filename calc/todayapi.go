package calc

import (
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
)

// newQuoteToday returns the JSON of a quote at the prices of today.
func newQuoteToday(d *quotes.Document, t *quotes.Today, now time.Time) *wire.QuoteToday {
	out := &wire.QuoteToday{
		ID: d.ID, Date: quotes.Day(now), Currency: d.Currency,
		Before: fixed(t.Before), After: fixed(t.After), Whole: t.Whole,
		Items: make([]wire.ItemToday, len(t.Items)),
	}
	if t.Whole {
		difference := fixed(t.Difference)
		out.Difference = &difference
	}
	for i := range t.Items {
		out.Items[i] = newItemToday(&t.Items[i])
	}
	return out
}

func newItemToday(t *quotes.TodayItem) wire.ItemToday {
	before := t.Change.Before
	out := wire.ItemToday{
		Product: before.Product, Name: before.Name, Quantity: before.Quantity,
		Before: *newItemPrice(before), After: newItemPrice(t.Change.After),
		SameBook: t.SameBook, ProductGone: t.ProductGone, OptionGone: t.OptionGone, OptionInfeasible: t.OptionInfeasible,
		LeftOut: append([]string{}, t.Left...), Lines: make([]wire.LineChange, len(t.Change.Lines)),
	}
	if out.After != nil {
		difference := fixed(t.Change.Difference)
		out.Difference = &difference
	}
	for i := range t.Change.Lines {
		out.Lines[i] = newLineChange(&t.Change.Lines[i])
	}
	return out
}

func newItemPrice(item *quotes.Item) *wire.ItemPrice {
	if item == nil {
		return nil
	}
	return &wire.ItemPrice{
		PriceBook: item.PriceBook, Option: item.Option, OptionName: item.OptionName, Total: item.Total, Amount: item.Amount,
	}
}

func newLineChange(l *quotes.LineChange) wire.LineChange {
	out := wire.LineChange{
		ID: l.ID, Name: l.Name,
		Before: l.Before.String(), After: l.After.String(), Difference: l.Difference.String(), Reason: string(l.Reasons[0]),
	}
	for _, reason := range l.Reasons {
		out.Reasons = append(out.Reasons, string(reason))
	}
	if !l.Added() {
		out.FormulaBefore, out.UnitPriceBefore = &l.FormulaBefore, onePrice(l.PriceBefore)
	}
	if !l.Removed() {
		out.FormulaAfter, out.UnitPriceAfter = &l.FormulaAfter, onePrice(l.PriceAfter)
	}
	return out
}

// onePrice returns a unit price, or nil for a line that has not one.
func onePrice(text string) *string {
	if text == "0" {
		return nil
	}
	return &text
}

// fixed writes an amount of money that was rounded to the fen.
func fixed(d decimal.Decimal) string { return d.StringFixed(2) }
