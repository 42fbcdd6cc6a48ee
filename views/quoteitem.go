package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// QuoteItem is one estimate in a quote.
type QuoteItem struct {
	Number, Name, Option, Term, Pricing string
	// Quantity is how many times it is quoted, Several whether it is more than
	// once.
	Quantity string
	Several  bool
	// Amount is what all of them come to, padded to stand in a column.
	Amount, Monthly string
	Lines           []BillLine
	// OneLabel and One are the total of one below the lines, TimesLabel and
	// Times that of all.
	OneLabel, One, TimesLabel, Times string
	Incomplete                       string
	Entries                          []quotes.Entry
	// Facts are the business facts that inputs are from.
	Facts  []FactList
	Bought []quotes.Entry
	Notes  []string
	// Calculator is the address of the estimate in its calculator; empty where
	// the figures would be others there.
	Calculator string
}

// FactList are the business facts that an estimator made inputs of.
type FactList struct {
	Title   string
	Entries []quotes.Entry
}

// Remark is a sentence of the small print. Of names the items that it is true
// of, where it is not true of all.
type Remark struct{ Text, Of string }

// items sets the items of the page, and the small print of all of them.
func (q *quotePage) items() {
	d, w := q.document, q.Words
	amounts := make([]decimal.Decimal, len(d.Items))
	var assumptions, exclusions, sources sentences
	for i := range d.Items {
		item := &d.Items[i]
		shown := newQuoteItem(item, d.Lang)
		shown.Number, shown.Calculator = strconv.Itoa(i+1), calculatorOf(item, q.visit.Catalog)
		q.Items, amounts[i] = append(q.Items, shown), quotes.Figure(item.Amount)
		for _, text := range item.Assumptions {
			assumptions.add(text, item.Name)
		}
		for _, text := range item.Exclusions {
			exclusions.add(text, item.Name)
		}
		for _, text := range item.Sources {
			sources.add(text, "")
		}
		if !item.Complete {
			q.Incomplete = w.Incomplete
		}
	}
	for i, text := range aligned(amounts) {
		q.Items[i].Amount = text
	}
	for i := range q.Items {
		for j := range q.Items[i].Lines {
			line := &q.Items[i].Lines[j]
			for _, text := range d.Items[i].Lines[j].Assumptions {
				line.Assumptions = append(line.Assumptions, strconv.Itoa(assumptions.number(text)))
			}
		}
	}
	names := namesOf(d)
	q.Assumptions, q.Exclusions, q.Sources = assumptions.named(names), exclusions.named(names), sources.named(nil)
	q.TotalLabel = w.Total
	if len(q.Items) == 1 {
		q.TotalLabel = fmt.Sprintf(w.TotalFor, q.Items[0].Term)
		if !q.Items[0].Several {
			q.Monthly = q.Items[0].Monthly
		}
	}
}

// newQuoteItem returns an item as it is shown.
func newQuoteItem(item *quotes.Item, l pricing.Lang) QuoteItem {
	w := QuoteWordsIn(l)
	shown := QuoteItem{
		Name: item.Name, Option: item.OptionName, Term: term(item.Months, wordsIn(l)),
		Pricing:  fmt.Sprintf(w.PricesInYuan, day(item.PriceBook, l)),
		Quantity: plain(item.Quantity), Several: item.Quantity > 1,
		Monthly: fmt.Sprintf(w.MonthlyOf, yuan(item.Monthly)),
		Notes:   item.Notes, Entries: item.Entries, Bought: item.Bought,
	}
	for i := range item.Facts {
		f := &item.Facts[i]
		shown.Facts = append(shown.Facts, FactList{Title: wording.Fill(w.BusinessFacts, f.Name), Entries: f.Entries})
	}
	column := make([]decimal.Decimal, len(item.Lines), len(item.Lines)+2)
	for i := range item.Lines {
		column[i] = quotes.Figure(item.Lines[i].Amount)
	}
	texts := aligned(append(column, quotes.Figure(item.Total), quotes.Figure(item.Amount)))
	for i := range item.Lines {
		line := &item.Lines[i]
		settlement := w.DueUpFront
		if line.Settlement == string(pricing.Postpaid) {
			settlement = w.BilledAfterwards
		}
		shown.Lines = append(shown.Lines, BillLine{
			ID: line.ID, Name: line.Name, Formula: line.Formula, Source: line.Source, Settlement: settlement, Amount: texts[i],
		})
	}
	shown.OneLabel, shown.One = fmt.Sprintf(w.TotalFor, shown.Term), texts[len(texts)-2]
	if shown.Several {
		shown.OneLabel = fmt.Sprintf(w.TotalOfOne, shown.Term)
		shown.TimesLabel, shown.Times = fmt.Sprintf(w.Times, shown.Quantity), texts[len(texts)-1]
	}
	if !item.Complete {
		shown.Incomplete = w.Incomplete
	}
	return shown
}

// calculatorOf returns the address at which an item opens in its calculator with
// the figures that are quoted. It is empty if the price book is not here any
// more, or is another one by the same name.
func calculatorOf(item *quotes.Item, c *pricing.Catalog) string {
	product, ok := c.Product(item.Product)
	if !ok {
		return ""
	}
	book, ok := product.Book(item.PriceBook)
	if !ok || !item.PricedBy(book) {
		return ""
	}
	usage, left := item.Usage(product, book)
	if len(left) > 0 {
		return ""
	}
	form := forms.Filled(product, usage, item.Option)
	form.Facts = item.FactsFor(product, usage)
	form.Follow(item.Recommended)
	return address(calculatorPath(product.ID), form.Query())
}

// sentences are those of the small print, each once, with the products that they are said of.
type sentences struct {
	texts []string
	of    [][]string
}

func (r *sentences) add(text, product string) {
	i := slices.Index(r.texts, text)
	if i < 0 {
		i, r.texts, r.of = len(r.texts), append(r.texts, text), append(r.of, nil)
	}
	if !slices.Contains(r.of[i], product) {
		r.of[i] = append(r.of[i], product)
	}
}

// number returns the number of a sentence, counting from 1.
func (r *sentences) number(text string) int { return 1 + slices.Index(r.texts, text) }

// named returns the sentences; what is not said of all products names those it
// is said of.
func (r *sentences) named(all []string) []Remark {
	var out []Remark
	for i, text := range r.texts {
		remark := Remark{Text: text}
		if len(r.of[i]) < len(all) {
			remark.Of = strings.Join(r.of[i], " · ")
		}
		out = append(out, remark)
	}
	return out
}

// namesOf returns the names of the products in a quote.
func namesOf(d *quotes.Document) []string {
	var names []string
	for i := range d.Items {
		if !slices.Contains(names, d.Items[i].Name) {
			names = append(names, d.Items[i].Name)
		}
	}
	return names
}
