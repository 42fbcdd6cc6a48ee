package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// CompareOptions say what is compared and how it is printed.
type CompareOptions struct {
	// Columns name the price books, as PRODUCT[@BOOK][:OPTION].
	Columns []string
	Lang    pricing.Lang
	// JSON prints the API's JSON instead of a table.
	JSON bool
}

// Compare reads inputs as a JSON object, and facts of a room as another unless
// facts is nil, and prints what the price books charge for them side by side.
// With facts there may be no inputs at all.
func Compare(c *pricing.Catalog, o CompareOptions, inputs, facts io.Reader, out io.Writer) error {
	books, options := make([]*pricing.Book, len(o.Columns)), make([]string, len(o.Columns))
	for i, name := range o.Columns {
		column, ok := forms.ParseColumn(name, c)
		if !ok {
			return fmt.Errorf("there is no %q; columns are PRODUCT, PRODUCT@BOOK or PRODUCT@BOOK:OPTION, and the products are %s", name, productIDs(c))
		}
		books[i], options[i] = column.Book, column.Option
	}
	common, err := pricing.NewCommon(c, books, facts != nil)
	if err != nil {
		return err
	}
	text, err := readInputs(inputs)
	if err != nil {
		return err
	}
	var room []byte
	if facts != nil {
		if room, err = readInputs(facts); err != nil {
			return err
		}
		if len(bytes.TrimSpace(text)) == 0 {
			text = []byte("{}")
		}
		// What is wrong with the facts is told apart from what is with the inputs.
		if _, _, _, err := wire.CommonUsage([]byte("{}"), room, common); err != nil {
			return called(theFacts, err)
		}
	}
	usage, roomUsage, faults, err := wire.CommonUsage(text, room, common)
	if err != nil {
		return called(theInput, err)
	}
	var compared *pricing.Comparison
	if len(faults) == 0 {
		compared, faults = common.Compare(context.Background(), usage, roomUsage, options)
	}
	if len(faults) > 0 {
		return faultsError(faults, o.Lang)
	}
	if !o.JSON {
		return printComparison(out, compared, o.Lang)
	}
	answer, err := wire.NewComparison(compared, o.Lang)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(answer)
}

// readInputs reads JSON within the bound that the API has.
func readInputs(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxInputs+1))
	if err == nil && len(text) > maxInputs {
		err = fmt.Errorf("the inputs are over %d bytes", maxInputs)
	}
	return text, err
}

// What the text is called that a command reads.
const (
	theInput = "The input"
	theFacts = "The text of the facts"
)

// called returns the error of reading JSON with the text called by a name that a
// command line has.
func called(name string, err error) error {
	var m *wire.Malformed
	if errors.As(err, &m) {
		return m.Of(name)
	}
	return err
}

// faultsError is the error of inputs at fault.
func faultsError(faults []*pricing.InputError, l pricing.Lang) error {
	messages := make([]string, len(faults))
	for i, f := range faults {
		messages[i] = f.Input + ": " + f.Message.In(l)
	}
	return errors.New(strings.Join(messages, "; "))
}

// printComparison prints the columns side by side in their order, totals first,
// and then what each of them lacks.
func printComparison(out io.Writer, c *pricing.Comparison, l pricing.Lang) error {
	w, common := wordsIn(l), wording.CommonIn(l)
	var t table
	row := func(name string, cell func(column *pricing.ComparedColumn, i int) string) {
		cells := []string{name}
		for i := range c.Columns {
			cells = append(cells, cell(&c.Columns[i], i))
		}
		t.row(cells...)
	}
	of := func(amount func(o *pricing.OptionEstimate) string) func(*pricing.ComparedColumn, int) string {
		return func(column *pricing.ComparedColumn, _ int) string {
			if column.Option == nil {
				return "-"
			}
			return amount(column.Option)
		}
	}
	row("", func(column *pricing.ComparedColumn, _ int) string { return column.Book.Product + "@" + column.Book.ID })
	row(w.Option, of(func(o *pricing.OptionEstimate) string { return o.Option.ID }))
	row(w.Total, of(func(o *pricing.OptionEstimate) string { return pricing.Grouped(o.Total.StringFixed(2)) }))
	row(common.PerMonth, of(func(o *pricing.OptionEstimate) string { return pricing.Grouped(o.Monthly.StringFixed(2)) }))
	row(w.Difference, func(column *pricing.ComparedColumn, _ int) string {
		switch {
		case column.Cheapest:
			return common.Cheapest
		case column.Difference == nil:
			return "-"
		default:
			return pricing.Grouped(column.Difference.StringFixed(2))
		}
	})
	row(common.Priced, func(column *pricing.ComparedColumn, _ int) string { return priced(column, l) })
	t.row()
	for i := range c.Rows {
		r := &c.Rows[i]
		row(r.Name.In(l), func(_ *pricing.ComparedColumn, j int) string {
			if cell := &r.Cells[j]; cell.State == pricing.CellCharged {
				return pricing.Grouped(cell.Amount.String())
			}
			return "- " + whyNothing(c, &r.Cells[j], l)
		})
	}
	if err := t.write(out); err != nil {
		return err
	}
	if m := c.Combination; m != nil {
		if _, err := fmt.Fprintf(out, "\n"+w.Together+"\n", pricing.Grouped(m.Total.StringFixed(2))); err != nil {
			return err
		}
		for i := range m.Parts {
			if err := printPart(out, &m.Parts[i], l); err != nil {
				return err
			}
		}
	}
	for i := range c.Bands {
		if err := printBand(out, c, &c.Bands[i], l); err != nil {
			return err
		}
	}
	for i := range c.Columns {
		if err := printLacks(out, &c.Columns[i], l); err != nil {
			return err
		}
	}
	return nil
}

// printPart prints what one product of a combination serves.
func printPart(out io.Writer, p *pricing.CombinedPart, l pricing.Lang) error {
	names := make([]string, len(p.Families))
	for i, f := range p.Families {
		names[i] = f.Name.In(l)
	}
	_, err := fmt.Fprintf(out, "  %s %s %s: %s\n", p.Book.Product, p.Option.Option.ID, pricing.Grouped(p.Option.Total.StringFixed(2)), strings.Join(names, ", "))
	return err
}

// priced says in a few words how much of the workload a column prices.
func priced(c *pricing.ComparedColumn, l pricing.Lang) string {
	w, common := wordsIn(l), wording.CommonIn(l)
	return map[pricing.Standing]string{
		pricing.StandingWhole: common.Everything, pricing.StandingPart: w.Partly,
		pricing.StandingNothing: w.Nothing, pricing.StandingUnable: common.CannotServe,
	}[c.Standing()]
}

// whyNothing says why a cell has no amount.
func whyNothing(c *pricing.Comparison, cell *pricing.ComparedCell, l pricing.Lang) string {
	w, common := wordsIn(l), wording.CommonIn(l)
	switch {
	case cell.PartOf >= 0:
		return fmt.Sprintf(w.PartOf, c.Rows[cell.PartOf].Name.In(l))
	case cell.Why == pricing.IncludedUnasked:
		return common.NotAsked
	case cell.Why == pricing.IncludedFree:
		return common.NothingDue
	}
	return map[pricing.CellState]string{
		pricing.CellUncovered: common.NotPriced, pricing.CellCannot: common.FallsShort, pricing.CellNone: common.NoCharge,
		pricing.CellOnRequest: w.OnRequest, pricing.CellNoOption: w.NoOption,
	}[cell.State]
}

// printBand prints which pictures an input's minutes are of, where columns differ.
func printBand(out io.Writer, c *pricing.Comparison, b *pricing.Band, l pricing.Lang) error {
	_, err := fmt.Fprintf(out, "\n"+wordsIn(l).Bounds+"\n", b.Input.Name.In(l))
	for i, bounds := range b.Bounds {
		if text := bounds.In(l); text != "" {
			_, err = fmt.Fprintf(out, "  %s@%s  %s\n", c.Columns[i].Book.Product, c.Columns[i].Book.ID, text)
		}
	}
	return err
}

// printLacks prints what a column lacks, if anything.
func printLacks(out io.Writer, c *pricing.ComparedColumn, l pricing.Lang) error {
	if c.ServesAll() {
		return nil
	}
	_, err := fmt.Fprintf(out, "\n%s@%s\n", c.Book.Product, c.Book.ID)
	for _, u := range c.Uncovered {
		_, err = fmt.Fprintf(out, "  ? %s\n", u.Message.In(l))
	}
	for _, v := range c.Violations() {
		_, err = fmt.Fprintf(out, "  ! %s\n", v.Message.In(l))
	}
	if c.Option != nil && !c.Option.Complete {
		for _, n := range c.Option.Notes {
			_, err = fmt.Fprintf(out, "  ~ %s\n", n.In(l))
		}
	}
	return err
}
