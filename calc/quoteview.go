package calc

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// quoteFrame returns the frame of a quote's pages.
func (s *Server) quoteFrame(l pricing.Lang) views.QuoteFrame {
	return views.QuoteFrame{Lang: l, Assets: s.assets.views, Words: views.QuoteWordsIn(l)}
}

// titleOf returns the title of a quote, or what stands for it.
func titleOf(d *quotes.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return views.QuoteWordsIn(d.Lang).Quote
}

// newQuotePage returns the page of a quote. What is read besides the quote
// itself is what it revises, and what revises it.
func (s *Server) newQuotePage(c echo.Context, r *quotes.Record, d *quotes.Document) (*views.Quote, error) {
	total, err := readFigures(d.Total, d.Prepaid, d.Postpaid)
	if err != nil {
		return nil, err
	}
	q := &views.Quote{
		QuoteFrame: s.quoteFrame(d.Lang),
		ID:         r.ID, Hash: r.Hash, Path: quotePath(r.ID), Address: s.origin(c) + quotePath(r.ID),
		Name: d.Title, Customer: d.Customer, PreparedBy: d.PreparedBy, Note: d.Note,
		Date: views.Day(quotes.Day(r.CreatedAt), d.Lang), ValidUntil: views.Day(d.ValidUntil, d.Lang),
		Total: views.Yuan(total[0]), Prepaid: views.Yuan(total[1]), Postpaid: views.Yuan(total[2]),
		Revisable: r.RevisedBy == "",
	}
	q.Title = titleOf(d)
	if q.QR, err = qrCode(q.Address); err != nil {
		return nil, err
	}
	if err := s.setValidity(q, d); err != nil {
		return nil, err
	}
	if err := s.setItems(q, d); err != nil {
		return nil, err
	}
	q.Summary = views.SummaryText(summaryOf(d, q.Address))
	if err := s.compareNewer(c, q, r, d); err != nil {
		return nil, err
	}
	if err := s.compareEarlier(c, q, d); err != nil {
		return nil, err
	}
	s.sayNewerPrices(q, d)
	return q, nil
}

// setValidity says how long the quote is valid still.
func (s *Server) setValidity(q *views.Quote, d *quotes.Document) error {
	left, err := d.DaysLeft(s.now())
	if err != nil {
		return err
	}
	switch {
	case left < 0:
		q.Left, q.Expired = q.Words.Expired, true
		q.Banners = append(q.Banners, views.Banner{Text: fmt.Sprintf(q.Words.ExpiredOn, q.ValidUntil)})
	case left == 0:
		q.Left = q.Words.LastDay
	case left == 1:
		q.Left = q.Words.OneDayLeft
	default:
		q.Left = fmt.Sprintf(q.Words.DaysLeft, strconv.Itoa(left))
	}
	return nil
}

// setItems sets the items of the page, and the small print of all of them.
func (s *Server) setItems(q *views.Quote, d *quotes.Document) error {
	q.TotalLabel = q.Words.Total
	amounts := make([]decimal.Decimal, len(d.Items))
	var assumptions, exclusions, sources remarks
	for i := range d.Items {
		item := &d.Items[i]
		shown, amount, err := newItem(item, d.Lang)
		if err != nil {
			return err
		}
		shown.Number, shown.Calculator = strconv.Itoa(i+1), s.calculatorOf(item)
		q.Items, amounts[i] = append(q.Items, *shown), amount
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
			q.Incomplete = q.Words.Incomplete
		}
	}
	for i, text := range views.YuanColumn(amounts) {
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
	if len(q.Items) == 1 {
		q.TotalLabel = fmt.Sprintf(q.Words.TotalFor, q.Items[0].Term)
		if !q.Items[0].Several {
			q.Monthly = q.Items[0].Monthly
		}
	}
	return nil
}

// newItem returns an item as it is shown, and what it comes to.
func newItem(item *quotes.Item, l pricing.Lang) (*views.QuoteItem, decimal.Decimal, error) {
	w := views.QuoteWordsIn(l)
	sums, err := readFigures(item.Total, item.Monthly, item.Amount)
	if err != nil {
		return nil, decimal.Zero, err
	}
	total, monthly, amount := sums[0], sums[1], sums[2]
	quantity := pricing.Grouped(strconv.FormatInt(item.Quantity, 10))
	shown := &views.QuoteItem{
		Name: item.Name, Option: item.OptionName, Term: views.Term(item.Months, l),
		Pricing:  fmt.Sprintf(w.Pricing, views.Day(item.PriceBook, l)),
		Quantity: quantity, Several: item.Quantity > 1,
		Monthly: fmt.Sprintf(w.Monthly, views.Yuan(monthly)),
		Notes:   item.Notes,
	}
	column := make([]decimal.Decimal, len(item.Lines), len(item.Lines)+2)
	for i := range item.Lines {
		if column[i], err = readFigure(item.Lines[i].Amount); err != nil {
			return nil, decimal.Zero, err
		}
	}
	texts := views.YuanColumn(append(column, total, amount))
	for i := range item.Lines {
		line := &item.Lines[i]
		settlement := w.Prepaid
		if line.Settlement == string(pricing.Postpaid) {
			settlement = w.Postpaid
		}
		shown.Lines = append(shown.Lines, views.BillLine{
			ID: line.ID, Name: line.Name, Formula: line.Formula, Source: line.Source, Settlement: settlement, Amount: texts[i],
		})
	}
	shown.OneLabel, shown.One = fmt.Sprintf(w.TotalFor, shown.Term), texts[len(texts)-2]
	if shown.Several {
		shown.OneLabel = fmt.Sprintf(w.TotalOfOne, shown.Term)
		shown.TimesLabel, shown.Times = fmt.Sprintf(w.Times, quantity), texts[len(texts)-1]
	}
	if !item.Complete {
		shown.Incomplete = w.Incomplete
	}
	for _, e := range item.Entries {
		shown.Entries = append(shown.Entries, views.Entry(e))
	}
	for _, e := range item.Bought {
		shown.Bought = append(shown.Bought, views.PurchaseRow{What: e.Name, Amount: e.Value})
	}
	return shown, amount, nil
}

// calculatorOf returns the address at which an item opens in its calculator with
// the figures that are quoted. It is empty if the price book is not here any
// more, or is another one by the same name.
func (s *Server) calculatorOf(item *quotes.Item) string {
	product, ok := s.cfg.Catalog.Product(item.Product)
	if !ok {
		return ""
	}
	book, ok := product.Book(item.PriceBook)
	if !ok || hashOf(book) != item.PriceBookHash {
		return ""
	}
	usage, left := item.Usage(product, book)
	if len(left) > 0 {
		return ""
	}
	return addressOf(product.ID, queryOf(product, usage, item.Option, item.Recommended))
}

// queryOf returns the query string that opens a usage in its calculator, with
// the price book named if it is not the newest.
func queryOf(product *pricing.Product, u *pricing.Usage, option, recommended string) string {
	form := forms.Form{Product: product, Book: u.Book(), Usage: u, Option: option}
	form.Follow(recommended)
	return form.Query()
}

func addressOf(product, query string) string {
	if query == "" {
		return "/calc/" + product
	}
	return "/calc/" + product + "?" + query
}

// summaryOf returns a document in few words.
func summaryOf(d *quotes.Document, address string) *views.Summary {
	sum := &views.Summary{
		Lang: d.Lang, Title: d.Title, Customer: d.Customer, ValidUntil: d.ValidUntil, Link: address,
		Total: yuan(d.Total),
	}
	if sum.Title == "" && sum.Customer == "" {
		sum.Title = titleOf(d)
	}
	for i := range d.Items {
		item := &d.Items[i]
		row := views.SummaryItem{
			Name: item.Name, Option: item.OptionName, Term: views.Term(item.Months, d.Lang), Quantity: item.Quantity,
			Total: yuan(item.Amount),
		}
		if item.Quantity == 1 {
			row.Monthly = yuan(item.Monthly)
		}
		sum.Items = append(sum.Items, row)
		sum.Incomplete = sum.Incomplete || !item.Complete
	}
	return sum
}

// remarks are sentences, each once, with the products that they are said of.
type remarks struct {
	texts []string
	of    [][]string
}

func (r *remarks) add(text, product string) {
	i := slices.Index(r.texts, text)
	if i < 0 {
		i, r.texts, r.of = len(r.texts), append(r.texts, text), append(r.of, nil)
	}
	if !slices.Contains(r.of[i], product) {
		r.of[i] = append(r.of[i], product)
	}
}

// number returns the number of a sentence, counting from 1.
func (r *remarks) number(text string) int { return 1 + slices.Index(r.texts, text) }

// named returns the sentences; what is not said of all products names those it
// is said of.
func (r *remarks) named(all []string) []views.Remark {
	var out []views.Remark
	for i, text := range r.texts {
		remark := views.Remark{Text: text}
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

// readFigure reads a figure of a document. One that is none was not saved here,
// whatever its hash says.
func readFigure(text string) (decimal.Decimal, error) {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Zero, errors.Join(quotes.ErrDamaged, err)
	}
	return d, nil
}

func readFigures(texts ...string) ([]decimal.Decimal, error) {
	out := make([]decimal.Decimal, len(texts))
	for i, text := range texts {
		var err error
		if out[i], err = readFigure(text); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// yuan writes a figure of a document that was read before.
func yuan(text string) string {
	d, err := readFigure(text)
	if err != nil {
		return text
	}
	return views.Yuan(d)
}

func hashOf(b *pricing.Book) string { return hex.EncodeToString(b.Hash[:]) }
