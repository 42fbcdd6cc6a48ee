package views

import (
	"strconv"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// QuoteFrame is what the pages of a quote have around their content. A quote is
// a document: it is shown in its own language, without a menu.
type QuoteFrame struct {
	Lang   pricing.Lang
	Title  string
	Assets Assets
	Words  *QuoteWords
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
	Entries                          []Entry
	Bought                           []PurchaseRow
	Notes                            []string
	// Calculator is the address of the estimate in its calculator; empty where
	// the figures would be others there.
	Calculator string
}

// Remark is a sentence of the small print. Of names the items that it is true
// of, where it is not true of all.
type Remark struct{ Text, Of string }

// QRCode is a QR code as the path of its dark modules in a square of Size
// modules, the quiet zone included.
type QRCode struct{ Size, Path string }

// QuoteChanges is how one quote differs from another.
type QuoteChanges struct {
	Title                     string
	Before, After, Difference string
	// Texts are what the quote says of itself otherwise.
	Texts []TextDifference
	Items []ItemDifference
	// Same says how many items do not differ, or that none does.
	Same string
}

// TextDifference is how a text of a quote differs. Before or After is empty
// where there is none.
type TextDifference struct{ Label, Before, After string }

// ItemDifference is how an item differs.
type ItemDifference struct {
	Name, Difference string
	// Before and After are what it comes to; empty where it is not quoted.
	Before, After string
	// Remarks say in words what differs.
	Remarks []string
	Lines   []LineDifference
}

// LineDifference is how a line differs: amount and formula before and after,
// and why. They are empty where there is no such line.
type LineDifference struct {
	Name, Reason                string
	Before, After, Difference   string
	FormulaBefore, FormulaAfter string
}

// QuoteToday is what a quote would cost at the prices of today.
type QuoteToday struct {
	QuoteFrame
	Name, Path string
	// Help says what is compared, Verdict the result where it can be said in a
	// sentence.
	Help, Verdict             string
	Before, After, Difference string
	Items                     []ItemDifference
}

// QuoteQuestion is a page that asks before something is done with a quote.
type QuoteQuestion struct {
	QuoteFrame
	Name, Help, Fault string
	// Action is where the answers are sent, each with its value.
	Action  string
	Answers []Answering
	// More is said below the answers.
	More string
	Back Link
}

// Answering is a button that answers a question.
type Answering struct {
	Value, Text string
	// Quiet says that it is not the one to expect.
	Quiet bool
}

// QuoteNotice is a page that only says something.
type QuoteNotice struct {
	QuoteFrame
	Help string
	// List is what the notice is about, Facts are names with values.
	List  []string
	Facts []Entry
	Next  Link
}

// QuoteClaim is the form in which the owner's secret is entered.
type QuoteClaim struct {
	QuoteFrame
	Action, Typed, Fault string
	Back                 Link
}

// Yuan writes an amount: "¥2,999.00".
func Yuan(d decimal.Decimal) string { return money(d) }

// YuanColumn writes exact amounts that stand below each other, aligned on their
// points.
func YuanColumn(amounts []decimal.Decimal) []string { return aligned(amounts) }

// Signed puts the sign of a difference before what its size is written as:
// "+¥12.00", "−¥3.00", "±¥0.00".
func Signed(d decimal.Decimal, size string) string {
	switch {
	case d.IsPositive():
		return "+" + size
	case d.IsNegative():
		return "−" + size
	default:
		return "±" + size
	}
}

// Price writes a unit price with all its digits: "¥0.0105".
func Price(d decimal.Decimal) string { return "¥" + pricing.Grouped(d.String()) }

// Day writes a date such as 2026-12-31, or the id of a price book, as a day.
func Day(date string, l pricing.Lang) string { return day(date, l) }

// Term writes a number of months.
func Term(months int64, l pricing.Lang) string { return term(months, wordsIn(l)) }

func (a Answering) class() string {
	if a.Quiet {
		return "quiet"
	}
	return "button"
}

func number(n int) string { return strconv.Itoa(n) }

// orDash stands for an amount that there is not.
func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
