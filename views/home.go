package views

import (
	"suanpan/pricing"
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

// NewHome returns the view model of the start page. The function exampleQuery
// returns the canonical query string of an example, and compareQuery that of the
// comparison of a product with others; empty if there are none.
func NewHome(
	l pricing.Lang, c *pricing.Catalog, assets Assets, exampleQuery func(*pricing.Usage) string, compareQuery func(*pricing.Product) string,
) *Home {
	w := wordsIn(l)
	h := &Home{Page: newPage(l, w.Tagline, c, assets, "/", "")}
	for _, p := range c.Products() {
		b := p.Newest()
		card := Card{
			Href: calculatorPath(p.ID), Name: b.Name.In(l), Summary: b.Summary.In(l), UseCases: b.UseCases.In(l),
			PricesFrom: Fill(w.PricesFrom, day(b.ID, l)),
		}
		for i := range b.Examples {
			e := &b.Examples[i]
			example := ExampleCard{Link: Link{Href: address(card.Href, exampleQuery(e.Usage)), Text: e.Name.In(l)}}
			if best := e.Usage.Estimate().Recommended(); best != nil {
				example.Plan, example.Monthly, example.Total = best.Option.Name.In(l), money(best.Monthly), money(best.Total)
				if h.Abacus == nil {
					h.Abacus, h.Shown = newAbacus(best.Total.StringFixed(2)), example
				}
			}
			card.Examples = append(card.Examples, example)
		}
		for _, e := range b.Estimators() {
			card.Estimators = append(card.Estimators, Link{Href: estimatorPath(p.ID, e), Text: e.Name.In(l)})
		}
		card.Further = []Link{{Href: forecastPath(p.ID), Text: forecastWordsIn(l).Link}}
		if query := compareQuery(p); query != "" {
			card.Further = append(card.Further, Link{Href: address(comparePath, query), Text: compareWordsIn(l).Onward})
		}
		h.Cards = append(h.Cards, card)
	}
	return h
}

// Error is the page that says what went wrong.
type Error struct {
	Page
	Status, Title, Detail string
	Back                  Link
}

// NewError returns the view model of an error page. Back is where to go on;
// with an empty Href it is the start page.
func NewError(l pricing.Lang, c *pricing.Catalog, assets Assets, status, title, detail string, back Link) *Error {
	if back.Href == "" {
		back = Link{Href: "/", Text: wordsIn(l).BackToStart}
	}
	e := &Error{
		Page:   newPage(l, title, c, assets, "/", ""),
		Status: status, Title: title, Detail: detail, Back: back,
	}
	e.Footer = "" // there are no figures that it could be said of
	return e
}
