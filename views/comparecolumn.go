package views

import (
	"fmt"
	"strconv"
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
	// Everything is priced, or else NotPriced and CannotServe say what is not, and
	// what the limits are that its price book states.
	Everything, NothingPriced bool
	NotPriced, CannotServe    []string
	NoPlan                    bool
	Open, OpenLabel           string
	// Quoting is how the column gets into the draft; Without says what of it is not
	// priced, and is empty where all is.
	Quoting        Adding
	AddID, Without string
	// Remark goes into the note of the draft: a quote says without what it is.
	Remark                  string
	Figures                 string
	Steps                   []DerivationStep
	More                    string
	HasRoom                 bool
	Assumptions, Exclusions []string
	Sources                 []string
	RestsTitle              string
}

// Priced says what is priced, or of each thing that is not why.
func (c *ComparedColumn) Priced(a *Compared) []string {
	switch {
	case c.Everything:
		return []string{a.words.Everything}
	case c.NothingPriced:
		return append([]string{a.words.NothingPriced}, c.NotPriced...)
	default:
		return append(append([]string(nil), c.NotPriced...), c.CannotServe...)
	}
}

// column returns the head of a column and what is said of it outside the table.
func (in *comparisonPage) column(i int) ComparedColumn {
	l, w := in.Lang, in.words
	choice, c := &in.Columns[i], &in.compared.Columns[i]
	name := in.name(i)
	out := ComparedColumn{
		ID: columnName(choice.Product, choice.Book, ""), Name: choice.Book.Name.In(l),
		Prices: fmt.Sprintf(w.PricesOf, in.dated(choice.Book.ID, l)), Best: c.Cheapest,
		PlanID: "as-" + choice.Product.ID + "-" + choice.Book.ID, PlanLabel: wording.Fill(w.OptionOf, name),
		Plans:      in.plans(choice, c),
		Everything: c.ServesAll(), NothingPriced: c.Standing() == pricing.StandingNothing, NoPlan: c.Option == nil,
		OpenLabel:   name,
		Assumptions: textsIn(choice.Book.Assumptions, l), Exclusions: textsIn(choice.Book.Exclusions, l),
		RestsTitle: wording.Fill(w.Rests, name),
	}
	query := in.ColumnQuery(i, c)
	out.Open = address(calculatorPath(choice.Product.ID), query)
	out.AddID = "add-" + choice.Product.ID + "-" + choice.Book.ID
	out.Quoting = Adding{Cannot: w.CannotAdd}
	if s := c.Standing(); s == pricing.StandingWhole || s == pricing.StandingPart {
		out.Quoting = Adding{Label: DraftWordsIn(l).AddToQuote, Product: choice.Product.ID, Query: query}
	}
	if missing := in.unpriced(i); len(missing) > 0 {
		out.Without = wording.Fill(w.AddWithout, joined(missing, l))
		out.Remark = wording.Fill(w.QuotedWithout, name, joined(missing, l))
	}
	for i := range choice.Book.Sources {
		out.Sources = append(out.Sources, sourceIn(&choice.Book.Sources[i], l))
	}
	for i := range out.Plans {
		if out.Plans[i].Chosen {
			out.Plan = out.Plans[i].Name
		}
	}
	for _, u := range c.Uncovered {
		out.NotPriced = append(out.NotPriced, u.Message.In(l))
	}
	for _, name := range in.onRequest(i) {
		out.NotPriced = append(out.NotPriced, fmt.Sprintf(w.NotComplete, name))
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

// onRequest names what a column has no public price for.
func (in *comparisonPage) onRequest(column int) []string {
	var names []string
	for i := range in.compared.Rows {
		if r := &in.compared.Rows[i]; r.Cells[column].State == pricing.CellOnRequest {
			names = append(names, r.Name.In(in.Lang))
		}
	}
	return names
}

// unpriced names what a column's total leaves out.
func (in *comparisonPage) unpriced(column int) []string {
	var names []string
	for _, u := range in.compared.Columns[column].Uncovered {
		names = append(names, u.Name.In(in.Lang))
	}
	return append(names, in.onRequest(column)...)
}

// quoteForm is the form that puts a column into the draft.
func quoteForm(column int) string { return "quote-form-" + strconv.Itoa(column) }

// togetherForm is the form that puts a combination into the draft.
const togetherForm = "quote-form-together"

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
