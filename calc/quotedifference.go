package calc

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
	"suanpan/views"
)

// newDifference returns the figures of a change. The amounts of its table are
// aligned on their points.
func newDifference(c *quotes.ItemChange, l pricing.Lang) views.ItemDifference {
	w := views.QuoteWordsIn(l)
	d := views.ItemDifference{Name: nameOf(c)}
	column := []decimal.Decimal{amountOf(c.Before), amountOf(c.After), c.Difference.Abs()}
	for i := range c.Lines {
		line := &c.Lines[i]
		column = append(column, line.Before, line.After, line.Difference.Abs())
	}
	texts := views.YuanColumn(column)
	if c.Before != nil {
		d.Before = texts[0]
	}
	if c.After != nil {
		d.After = texts[1]
	}
	d.Difference = views.Signed(c.Difference, texts[2])
	for i := range c.Lines {
		line, texts := &c.Lines[i], texts[3*i+3:]
		shown := views.LineDifference{
			Name: line.Name, Reason: reasonsOf(c, line, w), FormulaBefore: line.FormulaBefore, FormulaAfter: line.FormulaAfter,
			Difference: views.Signed(line.Difference, texts[2]),
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

// nameOf names the item that a change is of.
func nameOf(c *quotes.ItemChange) string {
	item := c.After
	if item == nil {
		item = c.Before
	}
	name := item.Name + " " + item.OptionName
	if item.Quantity > 1 {
		name += " × " + pricing.Grouped(strconv.FormatInt(item.Quantity, 10))
	}
	return name
}

func amountOf(item *quotes.Item) decimal.Decimal {
	if item == nil {
		return decimal.Zero
	}
	d, _ := readFigure(item.Amount) // a figure that is none is refused where the quote is shown
	return d
}

// reasonsOf says why a line of an item differs.
func reasonsOf(c *quotes.ItemChange, line *quotes.LineChange, w *views.QuoteWords) string {
	texts := make([]string, len(line.Reasons))
	for i, reason := range line.Reasons {
		texts[i] = reasonOf(reason, c, line, w)
	}
	return strings.Join(texts, w.ReasonSeparator)
}

func reasonOf(reason quotes.Reason, c *quotes.ItemChange, line *quotes.LineChange, w *views.QuoteWords) string {
	before, after := price(line.PriceBefore, line.PerBefore), price(line.PriceAfter, line.PerAfter)
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

// price writes a unit price and what it is for so many of: "¥10 / 1,000". It is
// empty for a line that has not one price.
func price(text, per string) string {
	d, err := readFigure(text)
	if err != nil || d.IsZero() {
		return ""
	}
	if per == "" {
		return views.Price(d)
	}
	return views.Price(d) + " / " + pricing.Grouped(per)
}
