package views

import (
	"fmt"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// ComparedColumn is one column of the table.
type ComparedColumn struct {
	ID, Name, Prices string
	Best             bool
	// Plan is the option that was taken, Plans are those to choose from.
	Plan              string
	PlanID, PlanLabel string
	Plans             []FieldChoice
	// ServesAll, or else the reasons why not.
	ServesAll               bool
	NotCovered, CannotServe []string
	NotComplete, NoPlan     bool
	Open, OpenLabel         string
	Figures                 string
	Steps                   []DerivationStep
	More                    string
	HasRoom                 bool
	Assumptions, Exclusions []string
	RestsTitle              string
}

// column returns the head of a column and what is said of it outside the table.
func (in *comparisonPage) column(i int) ComparedColumn {
	l, w := in.Lang, in.words
	choice, c := &in.Columns[i], &in.compared.Columns[i]
	name := in.name(i)
	out := ComparedColumn{
		ID: columnName(choice.Product, choice.Book, ""), Name: choice.Book.Name.In(l),
		Prices: fmt.Sprintf(w.PricesOf, day(choice.Book.ID, l)), Best: c.Cheapest,
		PlanID: "as-" + choice.Product.ID + "-" + choice.Book.ID, PlanLabel: wording.Fill(w.OptionOf, name),
		Plans:     in.plans(choice, c),
		ServesAll: c.ServesAll(), NoPlan: c.Option == nil,
		NotComplete: c.Option != nil && !c.Option.Complete,
		Open:        address(calculatorPath(choice.Product.ID), in.ColumnQuery(i, c)), OpenLabel: name,
		Assumptions: textsIn(choice.Book.Assumptions, l), Exclusions: textsIn(choice.Book.Exclusions, l),
		RestsTitle: wording.Fill(w.Rests, name),
	}
	for i := range out.Plans {
		if out.Plans[i].Chosen {
			out.Plan = out.Plans[i].Name
		}
	}
	for _, u := range c.Uncovered {
		out.NotCovered = append(out.NotCovered, u.Message.In(l))
	}
	for _, v := range c.Violations() {
		out.CannotServe = append(out.CannotServe, v.Message.In(l))
	}
	if c.Option != nil {
		out.Assumptions = append(out.Assumptions, lineAssumptions(c.Option, l)...)
	}
	if d := c.Derivation; d != nil {
		out.HasRoom, out.Figures = true, figuresOf(d, l)
		out.Assumptions = append(out.Assumptions, textsIn(d.Estimator.Assumptions, l)...)
		var left int
		if out.Steps, left = newSteps(d.Steps, comparedSteps, l); left > 0 {
			out.More = fmt.Sprintf(w.More, left)
		}
	}
	return out
}

// comparedSteps is how many steps of each derivation are shown.
const comparedSteps = 40

// plans are the options to choose from: first none of them, for the cheapest.
func (in *comparisonPage) plans(choice *forms.Column, c *pricing.ComparedColumn) []FieldChoice {
	w := in.words
	first := FieldChoice{ID: columnName(choice.Product, choice.Book, ""), Name: w.NoOption, Chosen: !c.Chosen}
	if best := c.Estimate.Recommended(); best != nil {
		first.Name = fmt.Sprintf(w.RecommendedIs, best.Option.Name.In(in.Lang))
	}
	plans := []FieldChoice{first}
	for i := range choice.Book.Options {
		o := &choice.Book.Options[i]
		plans = append(plans, FieldChoice{
			ID: columnName(choice.Product, choice.Book, o.ID), Name: o.Name.In(in.Lang), Chosen: choice.Option == o.ID,
		})
	}
	return plans
}

// figuresOf writes what a room comes to in one line.
func figuresOf(d *pricing.Derivation, l pricing.Lang) string {
	var parts []string
	for i := range d.Yields {
		if y := &d.Yields[i]; y.Quantity > 0 {
			parts = append(parts, y.Input.Name.In(l)+" "+countWithUnit(y.Quantity, y.Input.Unit, l))
		}
	}
	if len(parts) == 0 {
		return compareWordsIn(l).Nothing
	}
	return strings.Join(parts, " · ")
}
