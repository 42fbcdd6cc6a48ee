package pricing

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
)

// Book is a price book: all there is to know about the prices of one product
// from one date on. It is read-only; nothing in it changes after it was made.
type Book struct {
	// Product is the id of the product, such as the first part of a link.
	Product string
	// ID is the date from which the prices hold ("2020-10-30"), with the
	// revision behind it from the second file of a date on ("2020-10-30r2").
	ID string
	// Currency is an ISO 4217 code; all money of the book is in it.
	Currency string
	Name     Text
	Summary  Text
	// UseCases says in a few words what the product is taken for.
	UseCases Text
	// Groups are the groups of inputs in the order of the form.
	Groups []Group
	// Inputs are the inputs in the order of the form. The first is the term,
	// which belongs to no group.
	Inputs []Input
	// Options are the ways to buy in the order that decides ties.
	Options []Option
	// Sources are the documents that the prices are from.
	Sources []Document
	// Assumptions hold for every figure of the book; those that a single
	// charge rests on are with its lines.
	Assumptions []Text
	// AllAssumptions are those and the ones of single charges.
	AllAssumptions []Text
	// Exclusions say what the figures leave out.
	Exclusions []Text
	// Examples are usages to start from.
	Examples []Example
	// Hash is the SHA-256 of the file the book was made from.
	Hash [sha256.Size]byte

	file      []byte // what Hash is of
	positions map[string]int
	charges   []charge
	features  *features // nil if the product has none to choose from
	ladders   []ladder
	changes   *Changes // nil if the product says nothing of them
}

// Group is a group of inputs that are asked for together.
type Group struct {
	ID   string
	Name Text
	// Folded says that the group is shown closed while nothing in it is set.
	Folded bool
}

// Document is a published price list that prices of a book come from.
type Document struct {
	ID    string
	Title Text
	// Date is the day of publication, as 2020-10-30.
	Date       string
	Confidence Confidence
}

// Confidence says how sure a document is of its prices.
type Confidence string

// How sure we are of a document.
const (
	// Published is the vendor's own price page.
	Published Confidence = "published"
	// Documented is the vendor's documentation beside its price page.
	Documented Confidence = "documented"
	// Undated is a price page that does not say when it was published.
	Undated Confidence = "undated"
)

var confidences = []Confidence{Published, Documented, Undated}

// Source is the place that a price comes from.
type Source struct {
	Document *Document
	// Section is the heading in the document under which the price stands.
	Section Text
}

// String returns the source in one line: document, section, date.
func (s *Source) String(l Lang) string {
	if l == Chinese {
		return s.Document.Title.ZH + "，" + s.Section.ZH + "，" + s.Document.Date
	}
	return s.Document.Title.EN + ", " + s.Section.EN + ", " + s.Document.Date
}

// Option is one way to buy the product.
type Option struct {
	ID      string
	Name    Text
	Summary Text
	// Notes are sentences that whoever takes the option should know.
	Notes []Text

	limits   []limit
	features int64 // a bit for each that the option offers
}

// Example is a usage to start from.
type Example struct {
	ID    string
	Name  Text
	Usage *Usage
}

// monthsPosition is where the term stands among the inputs of every book.
const monthsPosition = 0

// position returns where an input stands in Inputs; -1 if there is none.
func (b *Book) position(id string) int {
	if i, ok := b.positions[id]; ok {
		return i
	}
	return -1
}

// Input returns the input with the given id.
func (b *Book) Input(id string) (*Input, bool) {
	i := b.position(id)
	if i < 0 {
		return nil, false
	}
	return &b.Inputs[i], true
}

// newestFirst returns the books of a product, the newest first.
func newestFirst(books []*Book) []*Book {
	return slices.SortedFunc(slices.Values(books), func(a, b *Book) int { return compareBooks(b.ID, a.ID) })
}

// compareBooks orders valid book ids by date, then by revision.
func compareBooks(a, b string) int {
	dateA, revisionA := splitBookID(a)
	dateB, revisionB := splitBookID(b)
	return cmp.Or(cmp.Compare(dateA, dateB), cmp.Compare(revisionA, revisionB))
}

func splitBookID(id string) (date string, revision int) {
	date, r, revised := strings.Cut(id, "r")
	if !revised {
		return date, 1
	}
	revision, err := strconv.Atoi(r)
	if err != nil {
		panic(err) // validation allows digits only
	}
	return date, revision
}

// option returns the option with the given id, or nil.
func (b *Book) option(id string) *Option {
	for i := range b.Options {
		if b.Options[i].ID == id {
			return &b.Options[i]
		}
	}
	return nil
}
