package views

import (
	"fmt"
	"strings"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Together is the cheapest way to take each kind of need from another product.
type Together struct {
	Label, Total, TotalLabel string
	// Saves says how much less it is than one product for all, or that no product
	// serves all.
	Saves string
	Parts []TogetherPart
	// Add is the button that puts all of it into the draft.
	Add string
}

// TogetherPart is what one product of it serves.
type TogetherPart struct {
	Name, Serves, Total string
	Open                string
	// Product and Query are how it gets into the draft.
	Product, Query string
}

// together returns the combination; nil if there is none.
func (in *comparisonPage) together() *Together {
	m := in.compared.Combination
	if m == nil {
		return nil
	}
	l, w := in.Lang, in.words
	t := &Together{
		Label: w.Together, Total: money(m.Total), TotalLabel: in.totalLabel(), Saves: w.TogetherOnly, Add: w.TogetherAdd,
	}
	if m.Saves != nil {
		t.Saves = wording.Fill(w.TogetherSaves, money(*m.Saves))
	}
	for i := range m.Parts {
		p := &m.Parts[i]
		product, query := in.Columns[p.Column].Product, in.ColumnQuery(p.Column, &p.ComparedColumn)
		families := make([]string, len(p.Families))
		for j, f := range p.Families {
			families[j] = f.Name.In(l)
		}
		t.Parts = append(t.Parts, TogetherPart{
			Name: in.name(p.Column) + " · " + p.Option.Option.Name.In(l), Serves: joined(families, l), Total: money(p.Option.Total),
			Open: address(calculatorPath(product.ID), query), Product: product.ID, Query: query,
		})
	}
	return t
}

// said is the combination in a line.
func (t *Together) said(l pricing.Lang) string {
	named := func(name, value string) string { return fmt.Sprintf(QuoteWordsIn(l).NamedValue, name, value) }
	parts := make([]string, len(t.Parts))
	for i, p := range t.Parts {
		parts[i] = named(p.Serves, p.Name+" "+p.Total)
	}
	return named(t.Label, t.Total) + " · " + strings.Join(parts, " + ") + " · " + t.Saves
}
