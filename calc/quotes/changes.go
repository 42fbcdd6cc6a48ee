package quotes

import (
	"bytes"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
)

// ItemChange is how an item differs between two quotes. Before is nil for an
// item that was added, After for one that was removed.
type ItemChange struct {
	Before, After *Item
	// Difference is how much more the item costs, below 0 if less.
	Difference decimal.Decimal
	// OtherInputs says that other usage was entered; the term is no usage.
	OtherInputs bool
	// Lines are the lines whose amounts differ.
	Lines []LineChange
	// Entries are what was entered otherwise, in the words of the quotes.
	Entries []EntryChange
}

// Same reports whether the item is quoted as before.
func (c *ItemChange) Same() bool {
	return c.Before != nil && c.After != nil && c.Difference.IsZero() && len(c.Lines) == 0 && len(c.Entries) == 0 &&
		c.Before.Option == c.After.Option && c.Before.Quantity == c.After.Quantity && c.Before.PriceBook == c.After.PriceBook
}

// LineChange is how a line differs. Amounts are those of all that is quoted:
// the line's, times the quantity of its item.
type LineChange struct {
	ID, Name                      string
	Before, After, Difference     decimal.Decimal
	FormulaBefore, FormulaAfter   string
	QuantityBefore, QuantityAfter string
	// PriceBefore and PriceAfter are unit prices, each for as many as PerBefore
	// and PerAfter say, for one if those are empty. They are "0" where a line has
	// not one price.
	PriceBefore, PriceAfter string
	PerBefore, PerAfter     string
	// Reasons are all there are, in the order in which they are declared.
	Reasons []Reason
}

// Added reports whether the line is in the later estimate only.
func (c *LineChange) Added() bool { return slices.Contains(c.Reasons, LineAdded) }

// Removed reports whether the line is in the earlier estimate only.
func (c *LineChange) Removed() bool { return slices.Contains(c.Reasons, LineRemoved) }

// Difference returns how much more a quote comes to than an earlier one, below 0
// if less.
func Difference(before, after *Document) decimal.Decimal {
	return Figure(after.Total).Sub(Figure(before.Total))
}

// Compare returns how the items of a quote differ from those of an earlier one.
// Items are matched in their order: first those with the same product and
// option, then those with the same product.
func Compare(before, after []Item) []ItemChange {
	match := make([]int, len(after)) // 1 + the position in before
	taken := make([]bool, len(before))
	pair := func(same func(a, b *Item) bool) {
		for j := range after {
			for i := range before {
				if match[j] == 0 && !taken[i] && same(&before[i], &after[j]) {
					match[j], taken[i] = i+1, true
				}
			}
		}
	}
	pair(func(a, b *Item) bool {
		return a.Product == b.Product && a.Option == b.Option && bytes.Equal(a.Inputs, b.Inputs)
	})
	pair(func(a, b *Item) bool { return a.Product == b.Product && a.Option == b.Option })
	pair(func(a, b *Item) bool { return a.Product == b.Product })
	var changes []ItemChange
	for j := range after {
		if match[j] > 0 {
			changes = append(changes, compareItems(&before[match[j]-1], &after[j], false))
		} else {
			changes = append(changes, compareItems(nil, &after[j], false))
		}
	}
	for i := range before {
		if !taken[i] {
			changes = append(changes, compareItems(&before[i], nil, false))
		}
	}
	return changes
}

// compareItems compares two items, of which one may be nil. That inputs were
// left out of the later one may be known where the items themselves do not tell.
func compareItems(before, after *Item, leftOut bool) ItemChange {
	c := ItemChange{Before: before, After: after, Difference: after.Sum().Sub(before.Sum())}
	if before == nil || after == nil {
		return c
	}
	why := causesOf(before, after)
	why.inputs = why.inputs || leftOut
	c.OtherInputs = why.inputs
	for i := range before.Lines {
		line := &before.Lines[i]
		if change := compareLines(why, line, findLine(after, line.ID)); !change.Difference.IsZero() {
			c.Lines = append(c.Lines, change)
		}
	}
	for i := range after.Lines {
		line := &after.Lines[i]
		if findLine(before, line.ID) == nil {
			if change := compareLines(why, nil, line); !change.Difference.IsZero() {
				c.Lines = append(c.Lines, change)
			}
		}
	}
	c.Entries = compareEntries(before, after)
	return c
}

func findLine(item *Item, id string) *wire.Line {
	for i := range item.Lines {
		if item.Lines[i].ID == id {
			return &item.Lines[i]
		}
	}
	return nil
}

// compareLines compares two lines, of which one may be nil.
func compareLines(why *causes, before, after *wire.Line) LineChange {
	c := LineChange{Reasons: why.of(before, after)}
	if before != nil {
		c.ID, c.Name, c.FormulaBefore = before.ID, before.Name, before.Formula
		c.QuantityBefore, c.PriceBefore, c.PerBefore = before.Quantity, unitPrice(before), before.Per
		c.Before = Figure(before.Amount).Mul(decimal.NewFromInt(why.before.Quantity))
	}
	if after != nil {
		c.ID, c.Name, c.FormulaAfter = after.ID, after.Name, after.Formula
		c.QuantityAfter, c.PriceAfter, c.PerAfter = after.Quantity, unitPrice(after), after.Per
		c.After = Figure(after.Amount).Mul(decimal.NewFromInt(why.after.Quantity))
	}
	c.Difference = c.After.Sub(c.Before)
	return c
}

// unitPrice returns the unit price of a line, "0" if it has not one price. A
// quote saved before there were parts of lines says so itself.
func unitPrice(line *wire.Line) string {
	if line.UnitPrice == "" {
		return "0"
	}
	return line.UnitPrice
}

// Sum returns what an item comes to, 0 for none.
func (item *Item) Sum() decimal.Decimal {
	if item == nil {
		return decimal.Zero
	}
	return Figure(item.Amount)
}

// Figure reads a figure of a document, whose hash has been checked; one that is
// none counts as 0.
func Figure(text string) decimal.Decimal {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Zero
	}
	return d
}
