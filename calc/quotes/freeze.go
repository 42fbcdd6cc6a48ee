package quotes

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// Freeze returns the document of a priced order that had no faults, as the quote
// with an id that is saved at a time.
func (p *Priced) Freeze(id string, now time.Time) *Document {
	d := p.Unsaved()
	d.ID, d.Revises = id, p.Order.Revises
	d.CreatedAt = now.UTC().Format(time.RFC3339)
	d.ValidUntil, d.ValidDays = Day(now.AddDate(0, 0, int(p.Order.ValidDays))), p.Order.ValidDays
	return d
}

// Unsaved returns the document of a priced order that had no faults as it is
// exported: of no day, and valid for none.
func (p *Priced) Unsaved() *Document {
	if !p.sound {
		panic("quotes: an order that is at fault has no document")
	}
	o := p.Order
	d := &Document{
		Lang: o.Lang, Title: clean(o.Title), Customer: clean(o.Customer), PreparedBy: clean(o.PreparedBy), Note: clean(o.Note),
		Currency: o.Items[0].currency(),
	}
	var total, prepaid, postpaid decimal.Decimal
	for _, item := range p.Items {
		d.Items = append(d.Items, *item.freeze(o.Lang))
		total, prepaid, postpaid = total.Add(item.Amount), prepaid.Add(item.Prepaid), postpaid.Add(item.Postpaid)
	}
	d.Total, d.Prepaid, d.Postpaid = total.StringFixed(2), prepaid.StringFixed(2), postpaid.StringFixed(2)
	return d
}

// clean replaces what is no text, as JSON would: the document must read back as
// it was written.
func clean(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// freeze returns the item as a document has it, in the words of a language.
func (p *PricedItem) freeze(l pricing.Lang) *Item {
	book := p.Usage.Book()
	inputs, err := wire.EncodeUsage(p.Usage)
	if err != nil {
		panic(err) // a usage has only ids and numbers
	}
	option := wire.NewOption(p.Quoted, l)
	item := &Item{
		Product: book.Product, Name: book.Name.In(l), PriceBook: book.ID, PriceBookHash: hashOf(book),
		Currency: book.Currency, Months: p.Usage.Months(),
		Option: option.ID, OptionName: option.Name, Recommended: p.Recommended.ID, Quantity: p.Quantity,
		Inputs: inputs, Entries: EntriesIn(p.Usage.Entered(), l), Facts: FactsIn(p.Facts, p.Usage, l),
		Total: option.Total, Monthly: option.Monthly, Prepaid: option.Prepaid, Postpaid: option.Postpaid, Complete: option.Complete,
		Amount: p.Amount.StringFixed(2),
		Lines:  option.Lines, Purchases: option.Purchases, Bought: EntriesIn(p.Quoted.Bought(), l), Notes: option.Notes,
		Assumptions: textsIn(book.Assumptions, l), Exclusions: textsIn(book.Exclusions, l), Sources: make([]string, len(book.Sources)),
	}
	for i := range p.Quoted.Lines {
		for _, t := range p.Quoted.Lines[i].Assumptions() {
			if !slices.Contains(item.Assumptions, t.In(l)) {
				item.Assumptions = append(item.Assumptions, t.In(l))
			}
		}
	}
	for i := range book.Sources {
		s := &book.Sources[i]
		item.Sources[i] = s.Title.In(l) + " · " + s.Date
	}
	return item
}

// EntriesIn returns entries in a language.
func EntriesIn(entries []pricing.Entry, l pricing.Lang) []Entry {
	out := make([]Entry, len(entries))
	for i, e := range entries {
		out[i] = Entry{ID: e.ID, Name: e.Name.In(l), Value: e.Value.In(l)}
	}
	return out
}

// textsIn returns texts in a language.
func textsIn(texts []pricing.Text, l pricing.Lang) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.In(l)
	}
	return out
}
