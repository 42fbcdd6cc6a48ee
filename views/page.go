// Package views has the pages: what is shown, in which language, and the
// markup for it. A view model is a plain struct of text that is ready to be
// shown, made from the forms, quotes and estimates that it shows; the templ
// components beside it only place it. There is no arithmetic here, no request,
// and nothing of any single product.
package views

import (
	"strings"

	"suanpan/pricing"
)

// Assets are the addresses of the files that pages load: Quote is a script of
// saved quotes only, Picture is what a preview of a link shows, and the others are
// every page's.
type Assets struct {
	Style, HTMX, Script, Icon, Quote, Picture string
}

// Visit is what every page is made for: who reads it, and where it stands.
type Visit struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Assets  Assets
	// Origin is what addresses begin with: scheme and host.
	Origin string
	// Today is the day of the visit in China, as 2026-12-31.
	Today string
	// Live says that a page is there already, and only what a change of its form
	// changes is shown.
	Live bool
}

// Page is what every page has around its content.
type Page struct {
	Lang   pricing.Lang
	Title  string
	Assets Assets
	// LangSwitch is the address of the same page in the other language.
	LangSwitch Link
	// Products are links to the calculators; Here is the path of the page.
	Products []Link
	Here     string
	// Skip leads past the menu to what the page is about; without an address
	// there is no need of it.
	Skip Link
	// SkipToForm leads to the first field of the page's form, likewise.
	SkipToForm Link
	// Footer says at the foot of the page what its figures are; empty where
	// there are none.
	Footer string
	// Preview is what a page is shown as where its link is passed on.
	Preview Preview
	// Notice says what was not understood of the page's address; nil if it all was.
	Notice *LinkNotice
	// NoIndex keeps the page out of search engines.
	NoIndex bool

	words *words
}

// Link is a link with its text.
type Link struct {
	Href, Text string
}

// page returns the frame of a page at a path, whose own query string is query.
func (v *Visit) page(title, path, query string) Page {
	p := Page{Lang: v.Lang, Title: title, Assets: v.Assets, Here: path, words: wordsIn(v.Lang)}
	p.Footer = p.words.FooterNote
	p.LangSwitch = langSwitch(v.Lang, path, query)
	if v.Live {
		return p
	}
	p.Preview = v.preview(title, linkWordsIn(v.Lang).Description, address(path, query))
	for _, product := range v.Catalog.Products() {
		p.Products = append(p.Products, Link{Href: calculatorPath(product.ID), Text: product.Newest().Name.In(v.Lang)})
	}
	return p
}

// skipToAnswer lets the keyboard skip to the answer, where a page has one.
func (p *Page) skipToAnswer() { p.Skip = Link{Href: "#answer", Text: p.words.SkipToAnswer} }

// skipToForm lets it skip to a form as well, by the id of its first field.
func (p *Page) skipToForm(first string) {
	if first != "" {
		p.SkipToForm = Link{Href: "#" + first, Text: p.words.SkipToForm}
	}
}

// current says how a link of the menu stands to the page: "page" if it leads
// to the page itself, "true" if the page is one below it, as the forecast of a
// product is, and nothing otherwise.
func (p *Page) current(href string) string {
	switch {
	case p.Here == href:
		return "page"
	case strings.HasPrefix(p.Here, href+"/"):
		return "true"
	default:
		return ""
	}
}

// The paths of the pages that are of the browser's own.
const (
	draftPath = "/draft"
	madePath  = "/quotes"
)

// ownPages are the links to them.
func ownPages(l pricing.Lang) []Link {
	w := DraftWordsIn(l)
	return []Link{{Href: draftPath, Text: w.Draft}, {Href: madePath, Text: w.MyQuotes}}
}

// langSwitch returns the link to the same address in the other language.
func langSwitch(l pricing.Lang, path, query string) Link {
	other := pricing.Chinese
	if l == pricing.Chinese {
		other = pricing.English
	}
	if query != "" {
		query += "&"
	}
	return Link{Href: path + "?" + query + "lang=" + string(other), Text: wordsIn(l).OtherLanguage}
}

// htmxConfig switches off what the content policy forbids (a style sheet of
// htmx's own), gives an answer eight seconds to come, and leaves folds open that
// the visitor has opened.
const htmxConfig = `{"includeIndicatorCSS":false,"defaultTimeout":8000,"morphIgnore":["data-htmx-powered","open"]}`

// siteName is the name of the site.
func siteName(l pricing.Lang) string {
	if l == pricing.Chinese {
		return "算盘"
	}
	return "Suanpan"
}

func otherLang(l pricing.Lang) string {
	if l == pricing.Chinese {
		return "en"
	}
	return "zh-CN"
}

// htmlLang is the language tag of a page.
func htmlLang(l pricing.Lang) string {
	if l == pricing.Chinese {
		return "zh-CN"
	}
	return "en"
}

func calculatorPath(product string) string { return "/calc/" + product }

// quotePath is the path of a quote's page.
func quotePath(id string) string { return "/q/" + id }

// address joins a path and a query string.
func address(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
