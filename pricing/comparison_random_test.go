package pricing

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawCompared draws some of the books, in any order.
func drawCompared(t *rapid.T, all []*Book) []*Book {
	return rapid.Permutation(all).Draw(t, "order")[:rapid.IntRange(1, min(len(all), MaxCompared)).Draw(t, "books")]
}

// drawUnion draws a usage of united inputs.
func drawUnion(t *rapid.T, b *Book) *Usage {
	u := b.NewUsage()
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if rapid.IntRange(0, 3).Draw(t, "set") > 0 {
			continue
		}
		if in.Kind == KindRows {
			rows, _ := u.SetRows(in, rapid.IntRange(0, 2).Draw(t, "rows"))
			for _, row := range rows {
				for j := range in.Fields {
					row[j] = drawAllowed(t, &in.Fields[j])
				}
			}
			continue
		}
		*u.slot(in) = drawAllowed(t, in)
	}
	return u
}

func drawAllowed(t *rapid.T, in *Input) int64 {
	return rapid.OneOf(rapid.Int64Range(in.Minimum, in.Maximum), rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+20000))).Draw(t, in.ID)
}

// byHand enters a usage into another book, value by value, and returns what
// cannot be entered.
func byHand(u *Usage, b *Book) (*Usage, []string) {
	own, left := u.In(b)
	for i := range b.Inputs {
		in := &b.Inputs[i]
		// Rows and choices are carried by what they hold, counts and yes or no
		// whatever they are where nothing is said.
		if from, ok := u.book.Input(in.ID); ok && in.Kind == from.Kind && (in.Kind == KindCount || in.Kind == KindYesNo) {
			if n := u.Count(from); n >= in.Minimum && n <= in.Maximum {
				own.values[i] = n
			} else if !slices.Contains(left, in.ID) {
				left = append(left, in.ID)
			}
		}
	}
	return own, left
}

// asksAnywhere reports whether an input can ask for something of any of the
// books, and, by brute force, whether it makes an option of theirs dearer or
// unable to serve the usage. What an option charges that lacks something else is
// no price of the usage: it can be one for going without.
func asksAnywhere(c *Common, out *Comparison, id string) (can, costs bool) {
	for i, b := range c.Books {
		position := b.position(id)
		if position < 0 {
			continue
		}
		can = can || b.asks(position, nil)
		with := out.Columns[i].Estimate.Usage
		if b.chooses(position) || with.stated()[position] == 0 {
			continue // without it the same thing may have another price, or a grant
		}
		without := &Usage{book: b, values: slices.Clone(with.values), rows: slices.Clone(with.rows)}
		without.values[position], without.rows[position] = b.Inputs[position].Default, nil
		less := without.Estimate()
		for _, o := range with.Estimate().Options {
			other := less.Option(o.Option.ID)
			dearer := o.ExactTotal().GreaterThan(other.ExactTotal()) || !o.Complete && other.Complete
			costs = costs || o.Feasible && dearer || len(o.Violations) > len(other.Violations)
		}
	}
	return can, costs
}

// chooses reports whether an input chooses between prices of the same thing.
func (b *Book) chooses(position int) bool {
	return slices.ContainsFunc(b.charges, func(c charge) bool {
		return slices.ContainsFunc(c.prices, func(prices []conditionalPrice) bool {
			return slices.ContainsFunc(prices, func(p conditionalPrice) bool { return p.when.read(position) }) &&
				slices.ContainsFunc(prices, func(p conditionalPrice) bool { return !p.when.read(position) })
		})
	})
}

// checkComparison checks what holds of every comparison.
func checkComparison(t *rapid.T, c *Common, out *Comparison, usage *Usage, options []string) {
	for i := range out.Columns {
		column := &out.Columns[i]
		own, left := byHand(usage, column.Book)
		if column.Derivation != nil {
			own = column.Derivation.Apply(own)
		}
		if got, want := billText(column.Estimate), billText(own.Estimate()); got != want {
			t.Fatalf("%s: got\n%s\nwant\n%s", column.Book.Product, got, want)
		}
		for _, u := range column.Uncovered {
			if column.Derivation == nil && !slices.Contains(left, u.ID) && c.Facts == nil {
				t.Fatalf("%s is covered by %s", u.ID, column.Book.Product)
			}
		}
		for _, id := range left {
			told := slices.ContainsFunc(column.Uncovered, func(u Uncovered) bool { return u.ID == id })
			canAsk, costs := asksAnywhere(c, out, id)
			if told && !canAsk || !told && canAsk && costs {
				t.Fatalf("%s: uncovered %v, can ask %v, costs %v", id, told, canAsk, costs)
			}
		}
		if options[i] != "" && column.Option.Option.ID != options[i] {
			t.Fatalf("%s instead of %s", column.Option.Option.ID, options[i])
		}
		total, lines := decimal.Zero, 0
		for _, r := range out.Rows {
			cell := r.Cells[i]
			total, lines = total.Add(cell.Amount), lines+len(cell.Lines)
			if (cell.State == CellCharged) != (len(cell.Lines) > 0) {
				t.Fatalf("%s has %d lines", cell.State, len(cell.Lines))
			}
		}
		if o := column.Option; o == nil {
			if column.Estimate.Recommended() != nil || lines > 0 {
				t.Fatal("there is an option")
			}
		} else if !total.Equal(o.ExactTotal()) || lines != len(o.Lines) {
			t.Fatalf("the rows come to %s in %d lines, the option to %s in %d", total, lines, o.ExactTotal(), len(o.Lines))
		}
	}
	checkClaims(t, out)
	ranked := slices.Clone(out.Ranking)
	slices.Sort(ranked)
	for i := range ranked {
		if ranked[i] != i {
			t.Fatalf("ranking %v", out.Ranking)
		}
	}
	for n, i := range out.Ranking {
		column := &out.Columns[i]
		if column.Cheapest && !column.ServesAll() {
			t.Fatal("a column that does not serve everything is the cheapest")
		}
		best := &out.Columns[out.Ranking[0]]
		if column.ServesAll() && (!best.Cheapest || column.Option.Total.LessThan(best.Option.Total)) {
			t.Fatal("the first is not the cheapest")
		}
		if n > 0 && column.ServesAll() && !out.Columns[out.Ranking[n-1]].ServesAll() {
			t.Fatal("a column that serves everything comes after one that does not")
		}
		if column.Difference != nil && !column.Difference.Equal(column.Option.Total.Sub(best.Option.Total)) {
			t.Fatalf("the difference is %s", column.Difference)
		}
	}
}

// Every column has the figures of its own book, its rows add up to its total,
// and the order of the columns does not matter.
func TestComparisonOfPublishedBooks(t *testing.T) {
	catalog, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	var all []*Book
	for _, p := range catalog.Products() {
		all = append(all, p.Books...)
	}
	rapid.Check(t, func(t *rapid.T) { checkAnyComparison(t, drawCompared(t, all), rapid.Bool().Draw(t, "from facts")) })
}

func TestComparisonOfRandomBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []*Book
		for i := range 3 {
			b := drawBook(t).Book
			b.Product = fmt.Sprintf("product-%d", i)
			all = append(all, b)
		}
		checkAnyComparison(t, drawCompared(t, all), false)
	})
}

func checkAnyComparison(t *rapid.T, books []*Book, fromFacts bool) {
	c, err := NewCommon(catalogOf(t), books, fromFacts)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range books {
		for i := range b.Inputs {
			derived := c.Facts != nil && c.Metered(b.Inputs[i].ID)
			if _, ok := c.Inputs.Input(b.Inputs[i].ID); ok == derived {
				t.Fatalf("input %s: asked for %v, derived %v", b.Inputs[i].ID, ok, derived)
			}
		}
	}
	usage := drawUnion(t, c.Inputs)
	var facts *Usage
	if c.Facts != nil {
		facts = rapid.SampledFrom(c.Facts.Examples).Draw(t, "room").Usage
	}
	options := make([]string, len(books))
	for i, b := range books {
		if rapid.IntRange(0, 3).Draw(t, "choose") == 0 {
			options[i] = rapid.SampledFrom(b.Options).Draw(t, "option").ID
		}
	}
	out, faults := c.Compare(context.Background(), usage, facts, options)
	if faults != nil {
		t.Fatal(faults[0])
	}
	checkComparison(t, c, out, usage, options)

	order := make([]int, len(books))
	for i := range order {
		order[i] = i
	}
	order = rapid.Permutation(order).Draw(t, "other order")
	otherBooks, otherOptions := make([]*Book, len(books)), make([]string, len(books))
	for to, from := range order {
		otherBooks[to], otherOptions[to] = books[from], options[from]
	}
	other, err := NewCommon(catalogOf(t), otherBooks, fromFacts)
	if err != nil {
		t.Fatal(err)
	}
	same, left := usage.In(other.Inputs)
	if len(left) > 0 {
		t.Fatalf("%v is lost", left)
	}
	again, faults := other.Compare(context.Background(), same, facts, otherOptions)
	if faults != nil {
		t.Fatal(faults[0])
	}
	if got, want := again.summary(), out.summary(); got != want {
		t.Fatalf("in another order:\n%s\nfirst:\n%s", got, want)
	}
}
