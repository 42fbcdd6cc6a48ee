package quotes

import (
	"bytes"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
)

// Reason says why the amount of a line differs between two estimates.
type Reason string

// The reasons that a line's amount can have to differ, the first that is true.
const (
	// LineAdded is a line that is in the later estimate only.
	LineAdded Reason = "added"
	// LineRemoved is a line that is in the earlier estimate only.
	LineRemoved Reason = "removed"
	// PriceChanged is a line whose unit price differs.
	PriceChanged Reason = "price"
	// QuantityChanged is a line that has another quantity at the same unit
	// price: the usage differs, or the allowance, the block or its rounding.
	QuantityChanged Reason = "quantity"
	// TimesChanged is a line that differs only because the item is quoted
	// another number of times, or for another term.
	TimesChanged Reason = "times"
)

// ItemChange is how an item differs between two quotes. Before is nil for an
// item that was added, After for one that was removed.
type ItemChange struct {
	Before, After *Item
	// Difference is how much more the item costs, below 0 if less.
	Difference decimal.Decimal
	// Lines are the lines whose amounts differ.
	Lines []LineChange
	// Entries are what was entered otherwise, in the words of the quotes.
	Entries []EntryChange
}

// EntryChange is an entry that differs. A value is empty where the input has
// its default.
type EntryChange struct{ Name, Before, After string }

// Same reports whether the item is quoted as before.
func (c *ItemChange) Same() bool {
	return c.Before != nil && c.After != nil && c.Difference.IsZero() && len(c.Lines) == 0 && len(c.Entries) == 0 &&
		c.Before.Option == c.After.Option && c.Before.Quantity == c.After.Quantity && c.Before.PriceBook == c.After.PriceBook
}

// LineChange is how a line differs. Amounts are those of all that is quoted:
// the line's, times the quantity of its item.
type LineChange struct {
	ID, Name                    string
	Before, After, Difference   decimal.Decimal
	FormulaBefore, FormulaAfter string
	PriceBefore, PriceAfter     string
	Reason                      Reason
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
			changes = append(changes, compareItems(&before[match[j]-1], &after[j]))
		} else {
			changes = append(changes, compareItems(nil, &after[j]))
		}
	}
	for i := range before {
		if !taken[i] {
			changes = append(changes, compareItems(&before[i], nil))
		}
	}
	return changes
}

// compareItems compares two items, of which one may be nil.
func compareItems(before, after *Item) ItemChange {
	c := ItemChange{Before: before, After: after, Difference: amount(after).Sub(amount(before))}
	if before == nil || after == nil {
		return c
	}
	for i := range before.Lines {
		line := &before.Lines[i]
		if change := compareLines(before, after, line, findLine(after, line.ID)); !change.Difference.IsZero() {
			c.Lines = append(c.Lines, change)
		}
	}
	for i := range after.Lines {
		line := &after.Lines[i]
		if findLine(before, line.ID) == nil {
			if change := compareLines(before, after, nil, line); !change.Difference.IsZero() {
				c.Lines = append(c.Lines, change)
			}
		}
	}
	c.Entries = compareEntries(before.Entries, after.Entries)
	return c
}

func compareEntries(before, after []Entry) []EntryChange {
	was := make(map[string]string, len(before))
	for _, e := range before {
		was[e.Name] = e.Value
	}
	var changes []EntryChange
	for _, e := range after {
		if was[e.Name] != e.Value {
			changes = append(changes, EntryChange{Name: e.Name, Before: was[e.Name], After: e.Value})
		}
		delete(was, e.Name)
	}
	for _, e := range before {
		if value, gone := was[e.Name]; gone {
			changes = append(changes, EntryChange{Name: e.Name, Before: value})
		}
	}
	return changes
}

func findLine(item *Item, id string) *wire.Line {
	for i := range item.Lines {
		if item.Lines[i].ID == id {
			return &item.Lines[i]
		}
	}
	return nil
}

func compareLines(itemBefore, itemAfter *Item, before, after *wire.Line) LineChange {
	c := LineChange{Reason: TimesChanged}
	var quantityBefore, quantityAfter string
	if before != nil {
		c.ID, c.Name, c.FormulaBefore, c.PriceBefore = before.ID, before.Name, before.Formula, before.UnitPrice
		quantityBefore = before.Quantity
		c.Before = figure(before.Amount).Mul(decimal.NewFromInt(itemBefore.Quantity))
	}
	if after != nil {
		c.ID, c.Name, c.FormulaAfter, c.PriceAfter = after.ID, after.Name, after.Formula, after.UnitPrice
		quantityAfter = after.Quantity
		c.After = figure(after.Amount).Mul(decimal.NewFromInt(itemAfter.Quantity))
	}
	c.Difference = c.After.Sub(c.Before)
	switch {
	case before == nil:
		c.Reason = LineAdded
	case after == nil:
		c.Reason = LineRemoved
	case c.PriceBefore != c.PriceAfter:
		c.Reason = PriceChanged
	case quantityBefore != quantityAfter && itemBefore.Months == itemAfter.Months:
		c.Reason = QuantityChanged
	}
	return c
}

// amount returns what an item comes to, 0 for none.
func amount(item *Item) decimal.Decimal {
	if item == nil {
		return decimal.Zero
	}
	return figure(item.Amount)
}

// figure reads a figure of a document, whose hash has been checked; one that is
// none counts as 0.
func figure(text string) decimal.Decimal {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Zero
	}
	return d
}
