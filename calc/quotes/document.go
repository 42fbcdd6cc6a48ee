package quotes

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// Document is a quote as it was saved: everything its reader sees, in the words
// and figures of that day. Its JSON is what is hashed and kept. An estimate or
// a draft that is exported is a Document too, without an id.
type Document struct {
	ID string `json:"id,omitempty"`
	// Revises is the id of the quote that this one replaces.
	Revises string `json:"revises,omitempty"`
	// CreatedAt is the time of saving in RFC 3339, in UTC and whole seconds.
	// Like the validity it is empty in a document that was not saved.
	CreatedAt string `json:"created_at,omitempty"`
	// ValidUntil is the last day on which the quote is valid, as 2026-12-31, in
	// the time of China, where the prices are from.
	ValidUntil string       `json:"valid_until,omitempty"`
	ValidDays  int64        `json:"valid_days,omitempty"`
	Lang       pricing.Lang `json:"lang"`

	Title      string `json:"title"`
	Customer   string `json:"customer"`
	PreparedBy string `json:"prepared_by"`
	Note       string `json:"note"`

	Currency string `json:"currency"`
	// Total, Prepaid and Postpaid are the sums of the items', each times its
	// quantity.
	Total    string `json:"total"`
	Prepaid  string `json:"prepaid"`
	Postpaid string `json:"postpaid"`
	Items    []Item `json:"items"`
}

// Item is one estimate in a quote, with the option that is quoted.
type Item struct {
	Product string `json:"product"`
	Name    string `json:"name"`
	// PriceBook is the id of the price book, and PriceBookHash the SHA-256 of
	// its file in hexadecimal.
	PriceBook     string `json:"price_book"`
	PriceBookHash string `json:"price_book_hash"`
	Currency      string `json:"currency"`
	Months        int64  `json:"months"`

	Option     string `json:"option"`
	OptionName string `json:"option_name"`
	// Recommended is the option that is the cheapest.
	Recommended string `json:"recommended"`
	// Quantity is how many times the estimate is quoted: one for each
	// application, since plans are sold for one.
	Quantity int64 `json:"quantity"`

	// Inputs has every input of the price book as an API request takes them,
	// those that were left out with their defaults.
	Inputs json.RawMessage `json:"inputs"`
	// Entries are the inputs that were set, in words.
	Entries []Entry `json:"entries"`
	// Facts are the business facts that inputs are from. There are none in quotes
	// that were saved before facts were kept.
	Facts []ItemFacts `json:"facts,omitempty"`

	// Total, Monthly, Prepaid and Postpaid are those of one; Amount is Total
	// times Quantity.
	Total    string `json:"total"`
	Monthly  string `json:"monthly"`
	Prepaid  string `json:"prepaid"`
	Postpaid string `json:"postpaid"`
	Amount   string `json:"amount"`
	// Complete is false if something has no public price and is left out.
	Complete bool `json:"complete"`

	// Lines are the line items of one.
	Lines     []wire.Line     `json:"lines"`
	Purchases []wire.Purchase `json:"purchases"`
	// Bought says in words what the purchases are.
	Bought []Entry `json:"bought"`

	Notes []string `json:"notes"`
	// Assumptions are those of the price book and of its lines, Exclusions what
	// the figures leave out, Sources the documents that the prices are from.
	Assumptions []string `json:"assumptions"`
	Exclusions  []string `json:"exclusions"`
	Sources     []string `json:"sources"`
}

// PricedBy reports whether the item was priced by a book, and not by another one
// of the same name.
func (item *Item) PricedBy(b *pricing.Book) bool { return item.PriceBookHash == hashOf(b) }

func hashOf(b *pricing.Book) string { return hex.EncodeToString(b.Hash[:]) }

// Entry is a name with its value.
type Entry struct {
	// ID is that of the input that was set, and of one of its rows as models[0].
	// It is empty in quotes that were saved before entries had ids, and for what
	// is no input.
	ID    string `json:"id,omitempty"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// CheckFigures reports that a document is damaged if an amount in it is none. It
// was not saved here then, whatever its hash says.
func (d *Document) CheckFigures() error {
	figures := []string{d.Total, d.Prepaid, d.Postpaid}
	for i := range d.Items {
		item := &d.Items[i]
		figures = append(figures, item.Total, item.Monthly, item.Amount)
		for j := range item.Lines {
			figures = append(figures, item.Lines[j].Amount)
		}
	}
	for _, text := range figures {
		if _, err := decimal.NewFromString(text); err != nil {
			return errors.Join(ErrDamaged, err)
		}
	}
	return nil
}

// Encode returns the JSON of a document, the bytes that are hashed.
func (d *Document) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// DecodeDocument reads the JSON of a document.
func DecodeDocument(text []byte) (*Document, error) {
	d := &Document{}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, err
	}
	return d, nil
}

// Listing returns what a record repeats of the quote.
func (d *Document) Listing() Listing {
	return Listing{Title: d.Title, Customer: d.Customer, Currency: d.Currency, Total: d.Total}
}

// zone is the time that dates are in: China has no other and no summer time.
var zone = time.FixedZone("UTC+8", 8*60*60)

// Day returns the date of a time in China, as 2026-12-31.
func Day(t time.Time) string { return t.In(zone).Format(time.DateOnly) }

// Saved returns the day on which the quote was saved, in China; empty if it was
// not.
func (d *Document) Saved() (string, error) {
	if d.CreatedAt == "" {
		return "", nil
	}
	created, err := time.Parse(time.RFC3339, d.CreatedAt)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return Day(created), nil
}

// State says what has become of a quote.
type State string

// The states of a quote. A withdrawn one is withdrawn whatever else is true of
// it, and a revised one revised: for as long as a revision of it stands, as
// [Record] has it.
const (
	Valid     State = "valid"
	Expired   State = "expired"
	Revised   State = "revised"
	Withdrawn State = "withdrawn"
)

// State returns the state of a quote at a time.
func (r *Record) State(now time.Time) State {
	return stateOf(r.Withdrawn(), r.RevisedBy != "", r.ValidUntil, now)
}

func stateOf(withdrawn, revised bool, validUntil string, now time.Time) State {
	switch {
	case withdrawn:
		return Withdrawn
	case revised:
		return Revised
	case Day(now) > validUntil:
		return Expired
	default:
		return Valid
	}
}

// DaysLeft returns for how many days after today a quote is valid: 0 on its
// last day, and below 0 once it has expired.
func (d *Document) DaysLeft(now time.Time) (int, error) { return daysLeft(d.ValidUntil, now) }

func daysLeft(validUntil string, now time.Time) (int, error) {
	last, err := time.Parse(time.DateOnly, validUntil)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	today, err := time.Parse(time.DateOnly, Day(now))
	if err != nil {
		return 0, err
	}
	return int(last.Sub(today) / (24 * time.Hour)), nil
}
