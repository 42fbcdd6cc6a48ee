package views

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// ItemDifference is how an item differs.
type ItemDifference struct {
	Name, Difference string
	// Before and After are what it comes to; empty where it is not quoted.
	Before, After string
	// Remarks say in words what differs.
	Remarks []string
	Lines   []LineDifference
}

// LineDifference is how a line differs: amount and formula before and after,
// and why. They are empty where there is no such line.
type LineDifference struct {
	Name, Reason                string
	Before, After, Difference   string
	FormulaBefore, FormulaAfter string
}

// newDifference returns the figures of a change. The amounts of its table are
// aligned on their points.
func newDifference(c *quotes.ItemChange, l pricing.Lang) ItemDifference {
	w := QuoteWordsIn(l)
	d := ItemDifference{Name: nameOf(cmp.Or(c.After, c.Before))}
	column := []decimal.Decimal{c.Before.Sum(), c.After.Sum(), c.Difference.Abs()}
	for i := range c.Lines {
		line := &c.Lines[i]
		column = append(column, line.Before, line.After, line.Difference.Abs())
	}
	texts := aligned(column)
	if c.Before != nil {
		d.Before = texts[0]
	}
	if c.After != nil {
		d.After = texts[1]
	}
	d.Difference = signed(c.Difference, texts[2])
	for i := range c.Lines {
		line, texts := &c.Lines[i], texts[3*i+3:]
		shown := LineDifference{
			Name: line.Name, Reason: reasonsOf(c, line, w), FormulaBefore: line.FormulaBefore, FormulaAfter: line.FormulaAfter,
			Difference: signed(line.Difference, texts[2]),
		}
		if !line.Added() {
			shown.Before = texts[0]
		}
		if !line.Removed() {
			shown.After = texts[1]
		}
		d.Lines = append(d.Lines, shown)
	}
	return d
}

// nameOf names an item by its product, its option, and how many times it is
// quoted.
func nameOf(item *quotes.Item) string {
	name := item.Name + " " + item.OptionName
	if item.Quantity > 1 {
		name += " × " + plain(item.Quantity)
	}
	return name
}

// reasonsOf says why a line of an item differs.
func reasonsOf(c *quotes.ItemChange, line *quotes.LineChange, w *QuoteWords) string {
	texts := make([]string, len(line.Reasons))
	for i, reason := range line.Reasons {
		texts[i] = reasonOf(reason, c, line, w)
	}
	return strings.Join(texts, w.ReasonSeparator)
}

func reasonOf(reason quotes.Reason, c *quotes.ItemChange, line *quotes.LineChange, w *QuoteWords) string {
	before, after := unitPrice(line.PriceBefore, line.PerBefore), unitPrice(line.PriceAfter, line.PerAfter)
	twoPrices := before != "" && after != "" && before != after
	switch reason {
	case quotes.LineAdded:
		return w.LineAdded
	case quotes.LineRemoved:
		return w.LineRemoved
	case quotes.OptionChanged:
		if twoPrices {
			return wording.Fill(w.OtherOptionPrice, after, before)
		}
		return w.OtherOption
	case quotes.PriceChanged:
		switch {
		case twoPrices:
			return wording.Fill(w.PriceFromTo, before, after)
		case slices.Contains(line.Reasons, quotes.QuantityChanged), slices.Contains(line.Reasons, quotes.TermChanged):
			return w.OtherPrices // whether this line's are others cannot be told
		default:
			return w.PricesChanged
		}
	case quotes.QuantityChanged:
		switch {
		case !c.OtherInputs:
			return w.AllowanceChanged
		case line.QuantityBefore != line.QuantityAfter:
			return w.UsageChanged
		default:
			return w.EntriesChanged
		}
	case quotes.TermChanged:
		return w.TermChanged
	case quotes.TimesChanged:
		return w.TimesChanged
	default:
		return w.RulesChanged
	}
}

// unitPrice writes a unit price, with all its digits, and what it is for so many
// of: "¥10 / 1,000". It is empty for a line that has not one price.
func unitPrice(text, per string) string {
	d := quotes.Figure(text)
	if d.IsZero() {
		return ""
	}
	price := "¥" + pricing.Grouped(d.String())
	if per == "" {
		return price
	}
	return price + " / " + pricing.Grouped(per)
}
