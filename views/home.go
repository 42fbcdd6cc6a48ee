package views

import (
	"suanpan/calc/forms"
	"suanpan/calc/wording"
)

// Home is the start page.
type Home struct {
	Page
	// Abacus shows the total of the first product's first example, which Shown
	// says in text; nil if there is no such example.
	Abacus *Abacus
	Shown  ExampleCard
	Cards  []Card
}

// Card presents one product.
type Card struct {
	Href, Name, Summary, UseCases, PricesFrom string
	Examples                                  []ExampleCard
	// Estimators lead to where the usage is estimated from what is known, Further
	// to what else can be asked: the forecast, and the comparison if there is
	// something to compare with.
	Estimators, Further []Link
}

// ExampleCard is an example with what it comes to.
type ExampleCard struct {
	Link
	// Plan is the recommended option, Monthly and Total what it costs; all
	// are empty if no option can serve the example.
	Plan, Monthly, Total string
}

// NewHome returns the start page.
func NewHome(v *Visit) *Home {
	l, w := v.Lang, wordsIn(v.Lang)
	h := &Home{Page: v.page(w.Tagline, "/", "")}
	for _, p := range v.Catalog.Products() {
		b := p.Newest()
		form := &forms.Form{Product: p, Book: b, Usage: b.NewUsage()}
		card := Card{
			Href: calculatorPath(p.ID), Name: b.Name.In(l), Summary: b.Summary.In(l), UseCases: b.UseCases.In(l),
			PricesFrom: wording.Fill(w.PricesInYuan, v.dated(b.ID, l)),
		}
		for i := range b.Examples {
			e := &b.Examples[i]
			example := ExampleCard{Link: Link{Href: address(card.Href, form.WithUsage(e.Usage).Today()), Text: e.Name.In(l)}}
			if best := e.Usage.Estimate().Recommended(); best != nil {
				example.Plan, example.Monthly, example.Total = best.Option.Name.In(l), money(best.Monthly), money(best.Total)
				if h.Abacus == nil {
					h.Abacus, h.Shown = newAbacus(best.Total.StringFixed(2)), example
				}
			}
			card.Examples = append(card.Examples, example)
		}
		for _, e := range p.Estimators(b) {
			card.Estimators = append(card.Estimators, Link{Href: estimatorPath(p.ID, e), Text: e.Name.In(l)})
		}
		card.Further = []Link{{Href: forecastPath(p.ID), Text: forecastWordsIn(l).Link}}
		if compare := compareWith(form, v.Catalog, l); compare.Href != "" {
			card.Further = append(card.Further, compare)
		}
		h.Cards = append(h.Cards, card)
	}
	return h
}

// Error is the page that says what went wrong.
type Error struct {
	Page
	Status, Title, Detail string
	// RequestID says what whoever runs the program finds the request by.
	RequestID string
	Back      Link
}

// NewError returns an error page. Back is where to go on; with an empty Href it
// is the start page.
func NewError(v *Visit, status, title, detail, requestID string, back Link) *Error {
	if back.Href == "" {
		back = Link{Href: "/", Text: wordsIn(v.Lang).BackToStart}
	}
	e := &Error{
		Page:   v.page(title, "/", ""),
		Status: status, Title: title, Detail: detail, Back: back,
		RequestID: wording.Fill(wordsIn(v.Lang).RequestID, requestID),
	}
	e.Footer = "" // there are no figures that it could be said of
	return e
}
