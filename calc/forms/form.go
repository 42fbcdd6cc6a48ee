// Package forms reads what a visitor typed into a calculator, from the body of
// the form or from the address, and writes it back as the one address that
// opens the same estimate.
package forms

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"suanpan/pricing"
)

// The names in a calculator's form and address that are not inputs.
const (
	PriceBook = "price_book"
	Option    = "option"
)

// Form is a calculator's form, filled in.
type Form struct {
	Book *pricing.Book
	// Pinned says that the form asks for this price book, not just the newest.
	Pinned bool
	// Usage has the inputs that could be understood.
	Usage *pricing.Usage
	// Typed is the text of each count as it was typed, by input.
	Typed map[string]string
	// Faults are what could not be understood, by input.
	Faults map[string]*pricing.InputError
	// Option is the option the visitor chose, or empty for the recommended.
	Option string
}

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
	f := &Form{
		Book: book, Pinned: book != product.Newest(), Usage: book.NewUsage(),
		Typed: map[string]string{}, Faults: map[string]*pricing.InputError{},
	}
	for i := range book.Inputs {
		in := &book.Inputs[i]
		given := values[in.ID]
		if len(given) == 0 {
			continue
		}
		f.set(in, given[len(given)-1])
	}
	if id := values.Get(Option); slices.ContainsFunc(book.Options, func(o pricing.Option) bool { return o.ID == id }) {
		f.Option = id
	}
	return f, true
}

func (f *Form) set(in *pricing.Input, text string) {
	if in.Kind == pricing.KindYesNo {
		f.Usage.SetYesNo(in, slices.Contains(yes, strings.ToLower(text)))
		return
	}
	f.Typed[in.ID] = text
	if strings.TrimSpace(text) == "" {
		return // as if left out
	}
	digits, code := plainNumber(text)
	if code != "" {
		f.Faults[in.ID] = in.Fault(code)
	} else if fault := f.Usage.SetCount(in, digits); fault != nil {
		f.Faults[in.ID] = fault
	}
}

// Query returns the canonical query string: every input that differs from its
// default, the price book if it is not the newest, and the option if it is not
// the recommended one. It is empty where nothing differs. Entries at fault are
// in it as they were typed, so that nothing is lost on the way to another page.
func (f *Form) Query(recommended string) string {
	query := UsageQuery(f.Usage)
	for i := range f.Book.Inputs {
		id := f.Book.Inputs[i].ID
		if typed := f.Typed[id]; f.Faults[id] != nil && len(typed) <= maxTyped {
			query = join(query, id, typed)
		}
	}
	if f.Pinned {
		query = join(query, PriceBook, f.Book.ID)
	}
	if f.Option != "" && f.Option != recommended {
		query = join(query, Option, f.Option)
	}
	return query
}

// UsageQuery returns the part of the canonical query string that the inputs
// make.
func UsageQuery(u *pricing.Usage) string {
	query := ""
	book := u.Book()
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if u.IsDefault(in) {
			continue
		}
		value := strconv.FormatInt(u.Count(in), 10)
		if in.Kind == pricing.KindYesNo {
			value = map[int64]string{0: "no", 1: "yes"}[u.Count(in)]
		}
		query = join(query, in.ID, value)
	}
	return query
}

func join(query, name, value string) string {
	if query != "" {
		query += "&"
	}
	return query + name + "=" + url.QueryEscape(value)
}
