// Package forms reads what a visitor typed into a calculator, from the body of
// the form or from the address, and writes it back as the one address that
// opens the same estimate.
package forms

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// The names in a calculator's form and address that are not inputs.
const (
	PriceBook = "price_book"
	Option    = "option"
	Item      = "item"
)

// Form is a calculator's form, filled in.
type Form struct {
	Product *pricing.Product
	Book    *pricing.Book
	// Usage has the inputs that could be understood.
	Usage *pricing.Usage
	// Typed is the text of each count and the id of each choice as they came,
	// by the name of the field: the input's id, or for a row
	// "workloads.0.rounds".
	Typed map[string]string
	// Faults are what could not be understood, by the name of the field.
	Faults map[string]*pricing.InputError
	// Option is the option the visitor chose, or empty for the recommended.
	Option string
	// Facts are those that the visitor had the usage estimated from.
	Facts []*Facts
	// Item is the item of the draft that the calculator was opened for, or
	// empty.
	Item string
	// RowsChanged says that a button was to add or take out rows.
	RowsChanged bool
	asked
}

// itemID is an id as the items of a draft have them.
var itemID = regexp.MustCompile(`^[a-z0-9]{1,26}$`)

// yes are the values of a ticked box; whatever else a box has is no.
var yes = []string{"yes", "true", "on", "1"}

// Decode reads the form for a price book of the product. It reports false if
// the product has no such price book. Names that the form does not have, such
// as tracking parameters in an address, are passed over. Where a name comes
// several times the last counts: a box that is ticked by default is preceded
// by a hidden "no".
func Decode(values url.Values, product *pricing.Product) (*Form, bool) {
	book, ok := product.Book(values.Get(PriceBook))
	if !ok {
		return nil, false
	}
	f := DecodeBook(values, book)
	f.Product = product
	if id := values.Get(Option); slices.ContainsFunc(book.Options, func(o pricing.Option) bool { return o.ID == id }) {
		f.Option = id
	}
	if id := values.Get(Item); itemID.MatchString(id) {
		f.Item = id
	}
	f.Facts = decodeFacts(values, product, book)
	f.decodeOutlook(values)
	return f, true
}

// DecodeBook reads the inputs of a price book and nothing else; the form is of
// no product.
func DecodeBook(values url.Values, book *pricing.Book) *Form {
	f := &Form{
		Book: book, Usage: book.NewUsage(), RowsChanged: values.Has(Change),
		Typed: map[string]string{}, Faults: map[string]*pricing.InputError{},
	}
	change := rowChange(values)
	for i := range book.Inputs {
		in := &book.Inputs[i]
		switch in.Kind {
		case pricing.KindRows:
			f.setRows(in, values, change)
		case pricing.KindChoices:
			f.setChoices(in, values[in.ID])
		default:
			if given := values[in.ID]; len(given) > 0 {
				f.set(f.Usage.Cell(in), in.ID, given[len(given)-1])
			}
		}
	}
	f.dropUntouched()
	return f
}

// set sets an input, or the field of a row, from what came under its name.
// Nothing typed into a count is as if the field were left out.
func (f *Form) set(cell pricing.Cell, name, text string) {
	in := cell.Input()
	if in.Kind == pricing.KindYesNo {
		cell.SetYesNo(isYes(text))
		return
	}
	text = validText(text)
	f.Typed[name] = text
	if in.Kind == pricing.KindChoice {
		f.fail(name, cell.SetChoice(text))
		return
	}
	if numbers.Blank(text) {
		return
	}
	n, fault := readCount(text, in)
	if fault == nil {
		fault = cell.SetCount(strconv.FormatInt(n, 10))
	}
	f.fail(name, fault)
}

// validText returns text that a page can show and an address can carry: what is
// no UTF-8 in it stands as the sign for that.
func validText(typed string) string { return strings.ToValidUTF8(typed, "\ufffd") }

func (f *Form) fail(name string, fault *pricing.InputError) {
	if fault != nil {
		f.Faults[name] = fault
	}
}

// setChoices ticks the boxes of an input of kind choices. Boxes that the book
// has not, such as those of another price book, are at fault.
func (f *Form) setChoices(in *pricing.Input, ids []string) {
	f.fail(in.ID, f.Usage.SetChoices(in, ids))
}

func isYes(text string) bool { return slices.Contains(yes, strings.ToLower(text)) }

// Pinned reports whether the form asks for a price book that is not the newest.
func (f *Form) Pinned() bool { return f.Book != f.Product.Newest() }

// Estimate returns what was entered, priced; nil if something is at fault. The
// form then follows the recommendation.
func (f *Form) Estimate() *pricing.Estimate {
	if len(f.Faults) > 0 {
		return nil
	}
	e := f.Usage.Estimate()
	if best := e.Recommended(); best != nil {
		f.Follow(best.Option.ID)
	}
	return e
}

// Follow forgets the choice of an option that is the recommended one anyway, so
// that the choice goes on following the recommendation.
func (f *Form) Follow(recommended string) {
	if f.Option == recommended {
		f.Option = ""
	}
}

// WithBook returns the form with the same entries for another price book of its
// product. What is at fault is left behind.
func (f *Form) WithBook(b *pricing.Book) *Form {
	out := *f
	out.Book, out.Faults = b, nil
	return &out
}

// Filled returns the form of a calculator that a usage was entered in, and an
// option chosen, or none.
func Filled(p *pricing.Product, u *pricing.Usage, option string) *Form {
	return &Form{Product: p, Book: u.Book(), Usage: u, Option: option}
}

// WithUsage returns a form that has nothing but a usage in the place of what was
// entered, such as that of an example.
func (f *Form) WithUsage(u *pricing.Usage) *Form {
	return &Form{Product: f.Product, Book: f.Book, Usage: u, Item: f.Item}
}

// WithoutOption returns the form with no option chosen.
func (f *Form) WithoutOption() *Form {
	out := *f
	out.Option = ""
	return &out
}

// WithoutItem returns the form for everybody: it is for no item of a draft.
func (f *Form) WithoutItem() *Form {
	out := *f
	out.Item = ""
	return &out
}

// Query returns the query string that opens the same estimate for ever, and is
// passed on: a check, the price book, every input that differs from its default,
// the facts that they are from, and the option if one is chosen. The item of the
// draft, which is nobody else's business, stands behind. Entries at fault are in
// it as they were typed, so that nothing is lost on the way to another page.
func (f *Form) Query() string {
	return f.withItem(f.seal(f.canonical(f.queryFacts)))
}

// Today returns the query string that opens the same entries at the prices of the
// day: it names the price book only if that is not the newest, and has no check.
func (f *Form) Today() string {
	return f.withItem(f.written(f.Pinned(), func(q *query) { f.queryEntries(q, f.queryFacts) }))
}

// written returns entries as a query string, with the price book before them if it
// is to be named.
func (f *Form) written(named bool, entries func(*query)) string {
	var q query
	if named {
		q.add(PriceBook, f.Book.ID)
	}
	entries(&q)
	return q.String()
}

// seal returns a canonical query string with its check.
func (f *Form) seal(canonical string) string { return checked(f.Product.ID, canonical) }

// canonical returns what the check is over. Facts adds the facts.
func (f *Form) canonical(facts func(*query)) string {
	return f.written(true, func(q *query) { f.queryEntries(q, facts) })
}

// queryEntries adds all that was entered.
func (f *Form) queryEntries(q *query, facts func(*query)) {
	f.queryInputs(q)
	facts(q)
	if f.Option != "" {
		q.add(Option, f.Option)
	}
	f.queryOutlook(q)
}

// withItem returns a query string with the item behind it, if there is one.
func (f *Form) withItem(text string) string {
	if f.Item == "" {
		return text
	}
	q := query{}
	q.WriteString(text)
	q.add(Item, f.Item)
	return q.String()
}

// Judge has a notice say whether the address that the form was read from came
// whole.
func (f *Form) Judge(a *Address, n *Notice) {
	a.judge(n, f.Product.ID, f.canonical(f.queryFacts), PriceBook)
}

// queryInputs adds the inputs.
func (f *Form) queryInputs(q *query) {
	q.inputs(f.Usage, func(in *pricing.Input) bool {
		for name := range f.Faults {
			if strings.HasPrefix(name, in.ID+".") {
				return true
			}
		}
		return false
	})
	if len(f.Faults) > 0 {
		f.queryTyped(q)
	}
}

// queryTyped adds what was typed into the fields at fault.
func (f *Form) queryTyped(q *query) {
	add := func(name string) {
		if typed, ok := f.Typed[name]; ok && f.Faults[name] != nil && len(typed) <= maxTyped {
			q.add(name, typed)
		}
	}
	for i := range f.Book.Inputs {
		in := &f.Book.Inputs[i]
		add(in.ID)
		for row := range f.Usage.Rows(in) {
			for j := range in.Fields {
				add(RowField(in.ID, row, in.Fields[j].ID))
			}
		}
	}
}

// UsageLink returns the path and query string of the calculator that shows a
// usage at its prices, with the recommended option.
func UsageLink(u *pricing.Usage) string {
	f := &Form{Product: &pricing.Product{ID: u.Book().Product}, Book: u.Book(), Usage: u}
	return "/calc/" + f.Product.ID + "?" + f.Query()
}

// UsageQuery returns the part of the canonical query string that the inputs
// make.
func UsageQuery(u *pricing.Usage) string {
	var q query
	q.inputs(u, func(*pricing.Input) bool { return false })
	return q.String()
}

// query is a query string being written.
type query struct{ strings.Builder }

// inputs adds the inputs of a usage that differ from their defaults. Faulty says
// of which rows something is at fault.
func (q *query) inputs(u *pricing.Usage, faulty func(*pricing.Input) bool) {
	book := u.Book()
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if u.IsDefault(in) {
			continue
		}
		switch in.Kind {
		case pricing.KindRows:
			q.rows(in, u.Rows(in), faulty(in))
		case pricing.KindChoices:
			for c := range in.Choices {
				if u.Chosen(in, c) {
					q.add(in.ID, in.Choices[c].ID)
				}
			}
		default:
			q.add(in.ID, valueText(in, u.Count(in)))
		}
	}
}

// add appends a name, which needs no escaping, and a value.
func (q *query) add(name, value string) { q.addPlain(name, url.QueryEscape(value)) }

// addPlain appends a name and a value that need no escaping.
func (q *query) addPlain(name, value string) {
	if q.Len() > 0 {
		q.WriteByte('&')
	}
	q.WriteString(name)
	q.WriteByte('=')
	q.WriteString(value)
}

// valueText writes the value of a field as the form sends it.
func valueText(in *pricing.Input, value int64) string {
	switch {
	case in.Kind == pricing.KindChoice:
		return in.Choices[value].ID
	case in.Kind == pricing.KindCount:
		return strconv.FormatInt(value, 10)
	case value == 1:
		return "yes"
	default:
		return "no"
	}
}
