package wire

import (
	"strconv"

	"suanpan/pricing"
)

// Products is the JSON of the list of products.
type Products struct {
	Products []Product `json:"products"`
}

// Product is the JSON of one product in the list.
type Product struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Summary    string   `json:"summary"`
	Currency   string   `json:"currency"`
	PriceBooks []string `json:"price_books"`
}

// Book is the JSON of one product with one of its price books.
type Book struct {
	Product
	PriceBook   string       `json:"price_book"`
	Inputs      []Input      `json:"inputs"`
	Options     []BookOption `json:"options"`
	Assumptions []string     `json:"assumptions"`
	Exclusions  []string     `json:"exclusions"`
	Sources     []Source     `json:"sources"`
}

// Input is the JSON of an input. Fields are those of its rows.
type Input struct {
	Field
	Fields []Field `json:"fields,omitempty"`
	Group  *string `json:"group"`
}

// Field is the JSON of what inputs and the fields of rows have. Default is a
// decimal string for a count, a boolean for yes/no, the id of a choice, and an
// empty list for choices and rows; the bounds and the unit are there for counts
// only.
type Field struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Name    string   `json:"name"`
	Help    string   `json:"help"`
	Default any      `json:"default"`
	Minimum *string  `json:"minimum,omitempty"`
	Maximum *string  `json:"maximum,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Choices []Choice `json:"choices,omitempty"`
}

// Choice is the JSON of one value of a choice.
type Choice struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// BookOption is the JSON of a way to buy.
type BookOption struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Summary string   `json:"summary"`
	Notes   []string `json:"notes"`
}

// Source is the JSON of a document that prices come from.
type Source struct {
	Title      string `json:"title"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// NewProducts returns the JSON of the catalog's products.
func NewProducts(c *pricing.Catalog, l pricing.Lang) *Products {
	out := &Products{Products: []Product{}}
	for _, p := range c.Products() {
		out.Products = append(out.Products, newProduct(p, p.Newest(), l))
	}
	return out
}

func newProduct(p *pricing.Product, b *pricing.Book, l pricing.Lang) Product {
	out := Product{ID: p.ID, Name: b.Name.In(l), Summary: b.Summary.In(l), Currency: b.Currency}
	for _, b := range p.Books {
		out.PriceBooks = append(out.PriceBooks, b.ID)
	}
	return out
}

// NewBook returns the JSON of a product with one of its price books.
func NewBook(p *pricing.Product, b *pricing.Book, l pricing.Lang) *Book {
	out := &Book{
		Product: newProduct(p, b, l), PriceBook: b.ID,
		Assumptions: texts(b.AllAssumptions, l), Exclusions: texts(b.Exclusions, l),
	}
	for i := range b.Inputs {
		out.Inputs = append(out.Inputs, newInput(&b.Inputs[i], l))
	}
	for i := range b.Options {
		o := &b.Options[i]
		out.Options = append(out.Options, BookOption{ID: o.ID, Name: o.Name.In(l), Summary: o.Summary.In(l), Notes: texts(o.Notes, l)})
	}
	for i := range b.Sources {
		s := &b.Sources[i]
		out.Sources = append(out.Sources, Source{Title: s.Title.In(l), Date: s.Date, Confidence: string(s.Confidence)})
	}
	return out
}

func newInput(in *pricing.Input, l pricing.Lang) Input {
	out := Input{Field: newField(in, l)}
	if in.Group != "" {
		out.Group = &in.Group
	}
	for i := range in.Fields {
		out.Fields = append(out.Fields, newField(&in.Fields[i], l))
	}
	return out
}

func newField(in *pricing.Input, l pricing.Lang) Field {
	out := Field{ID: in.ID, Kind: string(in.Kind), Name: in.Name.In(l), Help: in.Help.In(l)}
	for _, c := range in.Choices {
		out.Choices = append(out.Choices, Choice{ID: c.ID, Name: c.Name.In(l), Note: c.Note.In(l)})
	}
	switch in.Kind {
	case pricing.KindYesNo:
		out.Default = in.Default == 1
	case pricing.KindChoice:
		out.Default = in.Choices[0].ID
	case pricing.KindChoices, pricing.KindRows:
		out.Default = []string{}
	default:
		low, high := count(in.Minimum), count(in.Maximum)
		out.Default, out.Minimum, out.Maximum, out.Unit = count(in.Default), &low, &high, in.Unit.In(l)
	}
	return out
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
