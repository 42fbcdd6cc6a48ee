package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"suanpan/pricing"
)

// Diff prints what differs between two price books of a product, and what that
// does to the examples of the second. A book is PRODUCT/DATE of the catalog, or
// a file.
func Diff(c *pricing.Catalog, older, newer string, out io.Writer) error {
	a, err := findBook(c, older)
	if err != nil {
		return err
	}
	b, err := findBook(c, newer)
	if err != nil {
		return err
	}
	if a.Product != b.Product {
		return fmt.Errorf("%s and %s are different products", a.Product, b.Product)
	}
	fmt.Fprintf(out, "%s: %s → %s\n", a.Product, a.ID, b.ID)
	printFacts(out, a.Facts(), b.Facts())
	return printExamples(out, a, b)
}

func findBook(c *pricing.Catalog, name string) (*pricing.Book, error) {
	if id, date, ok := strings.Cut(name, "/"); ok {
		if p, ok := c.Product(id); ok {
			if b, ok := p.Book(date); ok && date != "" {
				return b, nil
			}
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s is neither a price book PRODUCT/DATE nor a file that can be read", name)
	}
	return pricing.DecodeBook(name, data)
}

// printFacts prints what was taken out, put in, and changed. Of names and
// sentences it only says how many differ: what they say changes no bill.
func printFacts(out io.Writer, before, after []pricing.Fact) {
	old, now := byPath(before), byPath(after)
	texts, changes := 0, 0
	print := func(f pricing.Fact, format string, args ...any) {
		if f.Text() {
			texts++
			return
		}
		changes++
		fmt.Fprintf(out, format+"\n", args...)
	}
	for _, f := range after {
		if value, ok := old[f.Path]; !ok {
			print(f, "+ %s: %s", f.Path, f.Value)
		} else if value != f.Value {
			print(f, "~ %s: %s → %s", f.Path, value, f.Value)
		}
	}
	for _, f := range before {
		if _, ok := now[f.Path]; !ok {
			print(f, "- %s: %s", f.Path, f.Value)
		}
	}
	if texts > 0 {
		fmt.Fprintf(out, "%d names and sentences differ\n", texts)
	}
	if texts+changes == 0 {
		fmt.Fprintln(out, "nothing differs")
	}
}

func byPath(facts []pricing.Fact) map[string]string {
	m := make(map[string]string, len(facts))
	for _, f := range facts {
		m[f.Path] = f.Value
	}
	return m
}

// printExamples prints what the examples of both books come to in each of them.
// An input that a book has not is left out there, which is said.
func printExamples(out io.Writer, a, b *pricing.Book) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	examples := slices.Clone(b.Examples)
	for _, e := range a.Examples {
		if !slices.ContainsFunc(examples, func(other pricing.Example) bool { return other.ID == e.ID }) {
			examples = append(examples, e)
		}
	}
	for _, e := range examples {
		fmt.Fprintf(w, "\n%s\t%s\t%s\n", e.Name.EN, a.ID, b.ID)
		before, leftA := e.Usage.In(a)
		after, leftB := e.Usage.In(b)
		estimateA, estimateB := before.Estimate(), after.Estimate()
		for i := range b.Options {
			id := b.Options[i].ID
			fmt.Fprintf(w, "  %s\t%s\t%s\n", id, total(estimateA, id), total(estimateB, id))
		}
		for i := range a.Options {
			if id := a.Options[i].ID; estimateB.Option(id) == nil {
				fmt.Fprintf(w, "  %s\t%s\t%s\n", id, total(estimateA, id), total(estimateB, id))
			}
		}
		for _, id := range append(leftA, leftB...) {
			fmt.Fprintf(w, "  ! one of the books has no input %s\n", id)
		}
	}
	return w.Flush()
}

// total writes what an option comes to, marked if it is the recommended one,
// cannot serve the usage, or leaves out what has no public price.
func total(e *pricing.Estimate, option string) string {
	o := e.Option(option)
	if o == nil {
		return "–"
	}
	text := pricing.Grouped(o.Total.StringFixed(2))
	if !o.Complete {
		text += " (not complete)"
	}
	switch {
	case !o.Feasible:
		return text + " (not feasible)"
	case o == e.Recommended():
		return text + " (recommended)"
	}
	return text
}
