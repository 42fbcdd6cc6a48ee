package views

import (
	"suanpan/calc/forms"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Calculator is the page of one product: the form, and the answer to it.
type Calculator struct {
	Page
	Name, Summary string
	// Action is where the form is sent.
	Action string
	// PriceBook is the price book of the page; empty where it has none of its own.
	PriceBook string
	// Carried is what the form sends besides: the facts that figures are from.
	Carried []forms.Param
	// Item is the item of the draft that the page was opened for, or empty.
	Item     string
	Examples []Link
	Term     Field
	Groups   []FieldGroup
	Answer   Answer
	// Outlook is nil in the answer to a change of the form, which does not wait for
	// it.
	Outlook *Outlook
	Basis
	// RowsChanged says that rows were added or taken out, so that the form has
	// to be shown again.
	RowsChanged bool
	// EveryNote says that an answer has the notes of all fields, empty ones too.
	EveryNote bool
}

// NewCalculator returns the page of a calculator, filled in, without its
// outlook. The estimate is that of the form, and nil if there is something at
// fault.
func NewCalculator(v *Visit, form *forms.Form, estimate *pricing.Estimate) *Calculator {
	l, path, query := v.Lang, calculatorPath(form.Product.ID), form.Query()
	name := form.Book.Name.In(l)
	c := &Calculator{
		Page:    v.page(wording.Fill(wordsIn(l).PriceCalculator, name), path, query),
		Name:    name,
		Summary: form.Book.Summary.In(l),
		Action:  path,
		Item:    form.Item,
		// The page stays at the prices it shows, whatever comes out meanwhile.
		PriceBook: form.Book.ID,
		Answer:    newAnswer(v, form, estimate),

		RowsChanged: form.RowsChanged,
		Carried:     form.CarriedFacts(),
	}
	c.skipToAnswer()
	f := &fields{Form: form, lang: l, faults: form.Faults}
	c.Term, c.Groups = f.all()
	for i := range c.Groups {
		c.Groups[i].Estimators = linksToEstimators(form, c.Groups[i].ID, l)
	}
	c.skipToForm(elementID(c.Term.ID))
	if v.Live {
		return c
	}
	c.Preview.Description = c.Summary
	c.Preview = previewOf(c.Preview, name, &c.Answer.Verdict, c.Answer.Entries, l)
	c.Examples = examples(form.Book, path, func(u *pricing.Usage) string { return form.WithUsage(u).Today() }, l)
	c.Basis = v.basis(form.Book)
	return c
}

// examples are links to the examples of a book, on a page at a path.
func examples(b *pricing.Book, path string, query func(*pricing.Usage) string, l pricing.Lang) []Link {
	links := make([]Link, len(b.Examples))
	for i := range b.Examples {
		e := &b.Examples[i]
		links[i] = Link{Href: address(path, query(e.Usage)), Text: e.Name.In(l)}
	}
	return links
}
