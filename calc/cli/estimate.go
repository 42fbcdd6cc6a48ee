// Package cli has the commands that work on price books without a server.
package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// maxInputs bounds the JSON that is read, as the API bounds its bodies.
const maxInputs = 64 << 10

// EstimateOptions say what an estimate is of and how it is printed.
type EstimateOptions struct {
	Product string
	// PriceBook is the id of a price book, or empty for the newest.
	PriceBook string
	Lang      pricing.Lang
	// JSON prints the API's JSON instead of a table.
	JSON bool
}

// Estimate reads inputs as a JSON object and prints what every option costs.
func Estimate(c *pricing.Catalog, o EstimateOptions, in io.Reader, out io.Writer) error {
	product, ok := c.Product(o.Product)
	if !ok {
		return fmt.Errorf("there is no product %q; there are %s", o.Product, productIDs(c))
	}
	book, ok := product.Book(o.PriceBook)
	if !ok {
		return fmt.Errorf("%s has no price book %q", o.Product, o.PriceBook)
	}
	text, err := readInputs(in)
	if err != nil {
		return err
	}
	usage, faults, err := wire.DecodeUsage(text, book)
	if err != nil {
		return called(theInput, err)
	}
	if len(faults) > 0 {
		return faultsError(faults, o.Lang)
	}
	e := usage.Estimate()
	if o.JSON {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(wire.NewEstimate(e, o.Lang))
	}
	return printTable(out, e, o.Lang)
}

func productIDs(c *pricing.Catalog) string {
	var ids []string
	for _, p := range c.Products() {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, ", ")
}

// printTable prints the options, the recommended first, each with its lines, what
// is bought in them, and what is to be known of it.
func printTable(out io.Writer, e *pricing.Estimate, l pricing.Lang) error {
	book, w := e.Usage.Book(), wordsIn(l)
	if _, err := fmt.Fprintf(out, "%s · %s · %s · "+w.Months+"\n", book.Name.In(l), book.ID, book.Currency, e.Usage.Months()); err != nil {
		return err
	}
	var t table
	best := e.Recommended()
	for i := range e.Options {
		o := &e.Options[i]
		var marks []string
		switch {
		case o == best:
			marks = append(marks, w.Recommended)
		case !o.Feasible:
			marks = append(marks, w.NotFeasible)
		}
		if !o.Complete {
			marks = append(marks, w.NotComplete)
		}
		t.row()
		t.row(o.Option.ID, pricing.Grouped(o.Total.StringFixed(2)), strings.Join(marks, ", "))
		for j := range o.Lines {
			line := &o.Lines[j]
			t.row("  "+line.ID(), pricing.Grouped(line.Amount.String()), w.Settlements[line.Settlement()], line.Formula)
		}
		for j := range o.Purchases {
			t.row("  " + bought(&o.Purchases[j], e.Usage.Months(), l))
		}
		for _, v := range o.Violations {
			t.row("  ! " + v.Message.In(l))
		}
		for _, n := range slices.Concat(o.Converted(), o.Simpler(), o.Notes) {
			t.row("  ~ " + n.In(l))
		}
	}
	t.row()
	t.row(forms.UsageLink(e.Usage))
	return t.write(out)
}

// bought says what is bought, and in which year where there are several. It is
// paid by the lines above it.
func bought(p *pricing.Purchase, months int64, l pricing.Lang) string {
	w := wordsIn(l)
	what := p.ID
	switch {
	case !p.Rate.IsZero():
		what += fmt.Sprintf(w.Rate, p.Rate)
	case p.Holds > 0:
		what += fmt.Sprintf(w.Holds, pricing.Grouped(strconv.FormatInt(p.Holds, 10)), p.Unit.In(l))
	}
	text := fmt.Sprintf(w.Bought, p.Quantity, what, pricing.Grouped(p.Amount.String()))
	if p.Window > 0 && months > 12 {
		text += fmt.Sprintf(w.Year, p.Window)
	}
	return text
}
