package views

import (
	"fmt"
	"slices"
	"strings"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// comparePath is the address of the comparison.
const comparePath = "/compare"

// Comparison is the page that compares price books: what to compare, one form
// for all, and the answer.
type Comparison struct {
	Page
	// Form has the fields of the usage, and where they are sent.
	Form Calculator
	// HasFields says that something is chosen, so that there are fields.
	HasFields bool
	Picks     []Pick
	// Shown is sent with the fields, and tells later which fields there were;
	// FieldsChanged says that there are others now.
	Shown         string
	FieldsChanged bool
	// Room is the switch between a room and minutes; nil without rooms.
	Room   *RoomSwitch
	Starts []Link
	Answer Compared
	Bar    Bar

	words *compareWords
}

// Pick is a product with its price books to choose from.
type Pick struct {
	Name  string
	Books []PickedBook
}

// PickedBook is one price book to choose.
type PickedBook struct {
	// ID is the element's, Value what the form sends.
	ID, Value, Name string
	Chosen          bool
}

// CompareTitle is what the page is called in a language.
func CompareTitle(l pricing.Lang) string { return compareWordsIn(l).Title }

// comparisonPage is the page of a comparison in the making.
type comparisonPage struct {
	*Visit
	*forms.Comparison
	// compared is nil if there are fewer columns than can be compared, or faults.
	compared *pricing.Comparison
	words    *compareWords
	// both is the combination; nil if there is none.
	both *Together
}

// NewComparison returns the page of a comparison, filled in. What is compared is
// nil where there is nothing to compare, or something at fault.
func NewComparison(v *Visit, form *forms.Comparison, compared *pricing.Comparison) *Comparison {
	l, w := v.Lang, compareWordsIn(v.Lang)
	in := &comparisonPage{Visit: v, Comparison: form, compared: compared, words: w}
	c := &Comparison{
		Page:  v.page(w.Title, comparePath, form.Query()),
		words: w, Shown: form.Shown(),
		HasFields: form.Common != nil, FieldsChanged: form.FieldsChanged,
	}
	c.skipToAnswer()
	c.Form = Calculator{Page: c.Page, Name: w.Title, Summary: w.Intro, Action: comparePath}
	for _, p := range v.Catalog.Products() {
		c.Picks = append(c.Picks, in.pick(p))
	}
	c.skipToForm(c.Picks[0].Books[0].ID)
	if c.HasFields {
		f := &fields{Form: form.Inputs, lang: l, faults: form.Faults()}
		c.Form.Term, c.Form.Groups = f.all()
		c.Form.RowsChanged = form.Inputs.RowsChanged
		in.sayWhere(c.Form.Groups)
		c.Room = in.room()
	} else {
		c.Starts = in.starts()
	}
	c.Answer = in.answer()
	c.Bar = newBar(c.Answer.verdict(), c.Answer.spoken(), l)
	return c
}

// starts are comparisons to start from: the first example of each product, with
// all products that have an input of it.
func (in *comparisonPage) starts() []Link {
	var starts []Link
	for _, p := range in.Catalog.Products() {
		examples := p.Newest().Examples
		if len(examples) == 0 {
			continue
		}
		form := forms.Form{Product: p, Book: p.Newest(), Usage: examples[0].Usage}
		columns, query := form.CompareQuery(in.Catalog)
		if len(columns) < forms.MinCompared {
			continue
		}
		var products []string
		for i := range columns {
			products = append(products, columns[i].Book.Name.In(in.Lang))
		}
		starts = append(starts, Link{
			Href: address(comparePath, query), Text: examples[0].Name.In(in.Lang) + " · " + joined(products, in.Lang),
		})
	}
	return starts
}

// pick is a product with its price books to choose from.
func (in *comparisonPage) pick(p *pricing.Product) Pick {
	w := in.words
	pick := Pick{Name: p.Newest().Name.In(in.Lang)}
	for _, b := range p.Books {
		book := PickedBook{
			ID: "in-" + p.ID + "-" + b.ID, Value: columnName(p, b, ""),
			Name:   fmt.Sprintf(w.PricesOf, day(b.ID, in.Lang)),
			Chosen: slices.ContainsFunc(in.Columns, func(c forms.Column) bool { return c.Book == b }),
		}
		if b == p.Newest() && len(p.Books) > 1 {
			book.Name += " · " + w.Newest
		}
		pick.Books = append(pick.Books, book)
	}
	return pick
}

// columnName is what the form sends for a column.
func columnName(p *pricing.Product, b *pricing.Book, option string) string {
	column := forms.Column{Product: p, Book: b, Option: option}
	return column.String()
}

// name names a column: the product, with the date of its prices where it is there
// more than once.
func (in *comparisonPage) name(column int) string {
	c := &in.Columns[column]
	name := c.Book.Name.In(in.Lang)
	for i := range in.Columns {
		if i != column && in.Columns[i].Product == c.Product {
			if in.Lang == pricing.Chinese {
				return name + "（" + c.Book.ID + "）"
			}
			return name + " (" + c.Book.ID + ")"
		}
	}
	return name
}

// joined joins names.
func joined(names []string, l pricing.Lang) string {
	if l == pricing.Chinese {
		return strings.Join(names, "、")
	}
	return strings.Join(names, ", ")
}
