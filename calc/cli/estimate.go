// Package cli has the commands that work on price books without a server.
package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

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
		return err
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

// printTable prints the options, the recommended first, each with its lines.
func printTable(out io.Writer, e *pricing.Estimate, l pricing.Lang) error {
	book := e.Usage.Book()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s · %s · %s · months: %d\n", book.Name.In(l), book.ID, book.Currency, e.Usage.Months())
	best := e.Recommended()
	for i := range e.Options {
		o := &e.Options[i]
		mark := ""
		switch {
		case o == best:
			mark = "recommended"
		case !o.Feasible:
			mark = "not feasible"
		}
		if !o.Complete {
			mark = strings.TrimPrefix(mark+", not complete", ", ")
		}
		fmt.Fprintf(w, "\n%s\t%s\t%s\n", o.Option.ID, pricing.Grouped(o.Total.StringFixed(2)), mark)
		for j := range o.Lines {
			line := &o.Lines[j]
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", line.ID(), pricing.Grouped(line.Amount.String()), line.Settlement(), line.Formula)
		}
		for _, v := range o.Violations {
			fmt.Fprintf(w, "  ! %s\n", v.Message.In(l))
		}
	}
	return w.Flush()
}
