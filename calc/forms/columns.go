package forms

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"suanpan/pricing"
)

// The names in the address of a comparison that are not inputs. Whether the
// minutes of rooms come from facts is said by FactsOf, as in a calculator.
const (
	// Compared names the price books: in=product,product@book,product:option.
	Compared = "in"
	// Taken is a choice of option in the form, written as one of Compared.
	Taken = "as"
	// ShownFields is the name under which a form says which fields it has.
	ShownFields = "in.shown"
)

// Column is one price book of a comparison, and the option to take.
type Column struct {
	Product *pricing.Product
	Book    *pricing.Book
	// Option is empty for the recommended one.
	Option string
}

// String writes the column as an address has it that is passed on: the product,
// the price book, and the option if one is chosen.
func (c *Column) String() string { return c.name(c.Product.ID + "@" + c.Book.ID) }

// today writes the column as a link has it that means the prices of the day: it
// names the price book only if that is not the newest.
func (c *Column) today() string {
	if c.Book == c.Product.Newest() {
		return c.name(c.Product.ID)
	}
	return c.String()
}

func (c *Column) name(book string) string {
	if c.Option != "" {
		book += ":" + c.Option
	}
	return book
}

// ParseColumn reads what [Column.String] writes: PRODUCT[@BOOK][:OPTION]. It
// reports false if there is no such product, price book or option.
func ParseColumn(text string, c *pricing.Catalog) (Column, bool) {
	text, option, chosen := strings.Cut(text, ":")
	id, book, named := strings.Cut(text, "@")
	product, ok := c.Product(id)
	if !ok || named && book == "" {
		return Column{}, false
	}
	out := Column{Product: product, Option: option}
	if out.Book, ok = product.Book(book); !ok {
		return Column{}, false
	}
	return out, !chosen || out.Book.HasOption(option)
}

// Comparison is the form of a comparison, filled in.
type Comparison struct {
	// Columns are the price books, each once and at most pricing.MaxCompared, by
	// product and the newest first; none if nothing was chosen.
	Columns []Column
	// Refused are names of columns that could not be compared with those before
	// them, or that there are none of.
	Refused []string
	// Common is what the books ask for; nil if there are none.
	Common *pricing.Common
	// Inputs are the entries of the usage, and Facts those of a room; nil if the
	// minutes of rooms are taken as typed.
	Inputs, Facts *Form
	// FieldsChanged says that the form had other fields than it has now.
	FieldsChanged bool
}

// MinCompared is how many columns there are to compare at least.
const MinCompared = 2

// DecodeComparison reads the form of a comparison. Columns that do not exist, or
// that cannot stand beside those before them, are passed over and named.
func DecodeComparison(values url.Values, c *pricing.Catalog) *Comparison {
	f := &Comparison{}
	for _, list := range values[Compared] {
		for name := range strings.SplitSeq(list, ",") {
			if name != "" {
				f.add(name, c)
			}
		}
	}
	for _, name := range values[Taken] {
		taken, ok := ParseColumn(name, c)
		for i := range f.Columns {
			if ok && f.Columns[i].Book == taken.Book {
				f.Columns[i].Option = taken.Option
			}
		}
	}
	if len(f.Columns) > 0 {
		f.decodeEntries(values, c)
	}
	f.FieldsChanged = values.Get(ShownFields) != f.Shown()
	return f
}

// decodeEntries reads what the columns that were chosen ask for.
func (f *Comparison) decodeEntries(values url.Values, c *pricing.Catalog) {
	// One order for all ways to choose the same columns: that of the page.
	slices.SortFunc(f.Columns, func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.Product.ID, b.Product.ID), cmp.Compare(slices.Index(a.Product.Books, a.Book), slices.Index(b.Product.Books, b.Book)))
	})
	f.Common = f.common(values, c)
	f.Inputs = DecodeBook(values, f.Common.Inputs)
	if f.Common.Facts != nil {
		f.Facts = DecodeBook(values, f.Common.Facts)
	}
}

// add adds a column. Of one that is named again the later option counts.
func (f *Comparison) add(name string, c *pricing.Catalog) {
	column, ok := ParseColumn(name, c)
	for i := range f.Columns {
		if ok && f.Columns[i].Book == column.Book {
			f.Columns[i] = column
			return
		}
	}
	if ok {
		books := make([]*pricing.Book, 0, len(f.Columns)+1)
		for i := range f.Columns {
			books = append(books, f.Columns[i].Book)
		}
		_, err := pricing.NewCommon(c, append(books, column.Book), false)
		ok = err == nil
	}
	if ok {
		f.Columns = append(f.Columns, column)
	} else if len(f.Refused) < pricing.MaxCompared && len(name) <= maxTyped {
		f.Refused = append(f.Refused, validText(name))
	}
}

// common returns what the books ask for: facts, if the form asks for those of an
// estimator of rooms that a book has.
func (f *Comparison) common(values url.Values, c *pricing.Catalog) *pricing.Common {
	common := newCommon(c, f.Columns, false)
	if common.Room != "" && slices.Contains(values[FactsOf], common.Room) {
		common = newCommon(c, f.Columns, true)
	}
	return common
}

// newCommon returns what the books of columns that can be compared ask for.
func newCommon(c *pricing.Catalog, columns []Column, fromFacts bool) *pricing.Common {
	books := make([]*pricing.Book, len(columns))
	for i := range columns {
		books[i] = columns[i].Book
	}
	common, err := pricing.NewCommon(c, books, fromFacts)
	if err != nil {
		panic(err) // the columns were added one by one
	}
	return common
}

// Faults returns what could not be understood, by the name of the field.
func (f *Comparison) Faults() map[string]*pricing.InputError {
	all := map[string]*pricing.InputError{}
	for _, form := range []*Form{f.Inputs, f.Facts} {
		if form != nil {
			for name, fault := range form.Faults {
				all[name] = fault
			}
		}
	}
	return all
}

// Work is about the work of comparing the columns, in the unit of
// [pricing.Usage.Work].
func (f *Comparison) Work() int {
	if f.Common == nil {
		return 0
	}
	return f.Common.Work(f.Inputs.Usage)
}

// Compare compares the columns by what was entered; nil if there are too few of
// them, or something is at fault. Facts that come to too much are at fault
// afterwards. The context ends the work, with its error.
func (f *Comparison) Compare(ctx context.Context) (*pricing.Comparison, error) {
	if len(f.Columns) < MinCompared || len(f.Faults()) > 0 {
		return nil, nil
	}
	options := make([]string, len(f.Columns))
	for i := range f.Columns {
		options[i] = f.Columns[i].Option
	}
	var facts *pricing.Usage
	if f.Facts != nil {
		facts = f.Facts.Usage
	}
	out, faults := f.Common.Compare(ctx, f.Inputs.Usage, facts, options)
	for _, fault := range faults {
		f.Facts.Faults[fieldOf(fault.Input)] = fault
	}
	return out, ctx.Err()
}

// Shown says which fields the form has: it changes when they do.
func (f *Comparison) Shown() string {
	shown := ""
	for i := range f.Columns {
		shown += f.Columns[i].Product.ID + "@" + f.Columns[i].Book.ID + " "
	}
	if f.Facts != nil {
		shown += f.Common.Room
	}
	return shown
}

// Query returns the query string that opens the same comparison for ever: a check,
// the columns in their order, every input that differs from its default, and the
// facts if minutes come from them. Entries at fault are in it as they were typed.
func (f *Comparison) Query() string {
	if len(f.Columns) == 0 {
		return ""
	}
	return checked(Compared, f.canonical())
}

// Judge has a notice say whether the address that the comparison was read from
// came whole.
func (f *Comparison) Judge(a *Address, n *Notice) { a.judge(n, Compared, f.canonical(), Compared) }

func (f *Comparison) canonical() string {
	var q query
	q.columns(f.Columns, (*Column).String)
	if f.Common == nil {
		return q.String()
	}
	f.Inputs.queryInputs(&q)
	if f.Facts != nil {
		f.Facts.queryInputs(&q)
		q.add(FactsOf, f.Common.Room)
	}
	return q.String()
}

// WithFacts returns the form with other facts, such as those of an example.
func (f *Comparison) WithFacts(u *pricing.Usage) *Comparison {
	out := *f
	out.Facts = &Form{Book: u.Book(), Usage: u}
	return &out
}

// columns adds the columns; their names need no escaping but for commas, which
// an address may have, and are written as they are.
func (q *query) columns(columns []Column, name func(*Column) string) {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = name(&columns[i])
	}
	if len(names) > 0 {
		q.addPlain(Compared, strings.Join(names, ","))
	}
}

// ColumnQuery returns the query string of the calculator that has the same
// entries and the same figures as a column, with the facts of a room if it is
// metered from them.
func (f *Comparison) ColumnQuery(i int, c *pricing.ComparedColumn) string {
	form := Form{Product: f.Columns[i].Product, Book: c.Book, Usage: c.Estimate.Usage, Option: f.Columns[i].Option}
	if d := c.Derivation; d != nil {
		facts, _ := f.Facts.Usage.In(d.Estimator.Facts)
		form.Facts = []*Facts{{Estimator: d.Estimator, Entries: &Form{Book: d.Estimator.Facts, Usage: facts}, Derivation: d}}
	}
	if best := c.Estimate.Recommended(); best != nil {
		form.Follow(best.Option.ID)
	}
	return form.Query()
}

// CompareQuery returns the columns and the query string of the comparison of a
// calculator's form with the newest prices of every product that has an input in
// common with it: one that was set, or any if none was. The form itself is the
// only column if there is none. The facts of a room go along while the figures are
// what they come to: the comparison meters the room, and leaves no figures beside it.
func (f *Form) CompareQuery(c *pricing.Catalog) ([]Column, string) {
	set := slices.ContainsFunc(f.Book.Inputs, func(in pricing.Input) bool {
		return in.ID != pricing.Months && !f.Usage.IsDefault(&in)
	})
	shares := func(b *pricing.Book) bool {
		return slices.ContainsFunc(f.Book.Inputs, func(in pricing.Input) bool {
			other, ok := b.Input(in.ID)
			return ok && in.ID != pricing.Months && other.Kind == in.Kind && (!set || !f.Usage.IsDefault(&in))
		})
	}
	columns := []Column{{Product: f.Product, Book: f.Book}}
	for _, p := range c.Products() {
		b := p.Newest()
		if p != f.Product && b.Currency == f.Book.Currency && len(columns) < pricing.MaxCompared && shares(b) {
			columns = append(columns, Column{Product: p, Book: b})
		}
	}
	var q query
	q.columns(columns, (*Column).today)
	f.queryInputs(&q)
	room := f.heldRoom(c, columns)
	room.queryFacts(&q)
	return columns, q.String()
}

// heldRoom returns a form that has of the facts only those of the room that the
// columns are compared by, if the usage is what they come to.
func (f *Form) heldRoom(c *pricing.Catalog, columns []Column) *Form {
	if len(f.Facts) == 0 {
		return &Form{}
	}
	id := newCommon(c, columns, false).Room
	return &Form{Facts: slices.DeleteFunc(slices.Clone(f.Facts), func(facts *Facts) bool {
		return facts.Estimator.ID != id || !facts.Yield(f.Usage)
	})}
}
