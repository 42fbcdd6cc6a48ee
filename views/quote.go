package views

import (
	"fmt"
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// QuoteFrame is what the pages of a quote have around their content. A quote is
// a document: it is shown in its own language, without a menu.
type QuoteFrame struct {
	Lang   pricing.Lang
	Title  string
	Assets Assets
	Words  *QuoteWords
	// Preview says only that it is a quote: whoever sees a link need not be meant to
	// read what it leads to.
	Preview Preview
}

// quoteFrame returns the frame of a page of a quote that is in a language.
func (v *Visit) quoteFrame(l pricing.Lang, title string) QuoteFrame {
	w := QuoteWordsIn(l)
	return QuoteFrame{Lang: l, Title: title, Assets: v.Assets, Words: w, Preview: v.previewIn(l, w.Quote, linkWordsIn(l).Quote, "")}
}

// Quote is the page of a saved quote: the document that the customer reads, and
// beside it what can be done with it.
type Quote struct {
	QuoteFrame
	ID, Hash string
	// Path is the path of the page, Address its full address.
	Path, Address string
	QR            QRCode

	// Name is the title, or empty.
	Name, Customer, PreparedBy, Note string
	Date, ValidUntil, Left           string
	Expired                          bool
	// Banners say what has become of the quote.
	Banners []Banner

	TotalLabel, Total, Prepaid, Postpaid string
	// Monthly is set where the quote is one estimate.
	Monthly    string
	Incomplete string
	Items      []QuoteItem
	// Changes compare the quote with the one it revises, or that revises it.
	Changes []QuoteChanges

	Assumptions, Exclusions, Sources []Remark

	// Summary is the quote as a short text.
	Summary string
	// Owned says that the browser may revise and withdraw the quote, OwnerLink
	// is set the one time it is shown.
	Owned, Revisable bool
	OwnerLink        string
}

// Banner is a sentence about the whole quote, with a link behind it.
type Banner struct {
	Text string
	Link Link
	// Plain says that it is no warning, Live that it is no part of the document:
	// it says what is so today, and is not printed.
	Plain, Live bool
}

// QRCode is a QR code as the path of its dark modules in a square of Size
// modules, the quiet zone included.
type QRCode struct{ Size, Path string }

// QuoteVersion is another version of a quote: the one that it revises, or that
// revises it.
type QuoteVersion struct {
	ID string
	// Document is nil if the version cannot be shown: it was withdrawn, or it is
	// damaged.
	Document  *quotes.Document
	Withdrawn bool
}

// quotePage is the page of a quote in the making.
type quotePage struct {
	*Quote
	visit    *Visit
	document *quotes.Document
}

// NewQuote returns the page of a quote, which is valid for so many days more.
// Newer and earlier are nil where there is no such version of it.
func NewQuote(v *Visit, r *quotes.Record, d *quotes.Document, left int, newer, earlier *QuoteVersion) *Quote {
	q := &Quote{
		QuoteFrame: v.quoteFrame(d.Lang, titleOf(d)),
		ID:         r.ID, Hash: r.Hash, Path: quotePath(r.ID), Address: v.Origin + quotePath(r.ID),
		Name: d.Title, Customer: d.Customer, PreparedBy: d.PreparedBy, Note: d.Note,
		Date: day(quotes.Day(r.CreatedAt), d.Lang), ValidUntil: day(d.ValidUntil, d.Lang),
		Total: yuan(d.Total), Prepaid: yuan(d.Prepaid), Postpaid: yuan(d.Postpaid),
		Revisable: r.RevisedBy == "",
	}
	in := &quotePage{Quote: q, visit: v, document: d}
	in.validity(left)
	in.items()
	q.Summary = SummaryText(in.summary())
	if newer != nil && !newer.Withdrawn {
		in.compareNewer(newer)
	}
	if earlier != nil {
		in.compareEarlier(earlier)
	}
	in.newerPrices()
	in.oldPrices()
	return q
}

// titleOf returns the title of a quote, or what stands for it.
func titleOf(d *quotes.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return QuoteWordsIn(d.Lang).Quote
}

// yuan writes a figure of a document, rounded to the fen.
func yuan(figure string) string { return money(quotes.Figure(figure)) }

// validity says how long the quote is valid still.
func (q *quotePage) validity(left int) {
	switch {
	case left < 0:
		q.Left, q.Expired = q.Words.Expired, true
		q.Banners = append(q.Banners, Banner{Text: fmt.Sprintf(q.Words.ExpiredOn, q.ValidUntil)})
	case left == 0:
		q.Left = q.Words.LastDay
	case left == 1:
		q.Left = q.Words.OneDayLeft
	default:
		q.Left = fmt.Sprintf(q.Words.DaysLeft, strconv.Itoa(left))
	}
}

// summary returns the quote in few words.
func (q *quotePage) summary() *Summary {
	d := q.document
	sum := &Summary{
		Lang: d.Lang, Title: d.Title, Customer: d.Customer, ValidUntil: d.ValidUntil, Link: q.Address,
		Total: q.Total, Incomplete: q.Incomplete != "",
	}
	if sum.Title == "" && sum.Customer == "" {
		sum.Title = titleOf(d)
	}
	for i := range d.Items {
		item := &d.Items[i]
		row := SummaryItem{
			Name: item.Name, Option: item.OptionName, Term: q.Items[i].Term, Quantity: item.Quantity,
			Total: yuan(item.Amount), Facts: summaryFacts(item.Facts, d.Lang),
		}
		if item.Quantity == 1 {
			row.Monthly = yuan(item.Monthly)
		}
		sum.Items = append(sum.Items, row)
	}
	return sum
}

func number(n int) string { return strconv.Itoa(n) }

// orDash stands for an amount that there is not.
func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
