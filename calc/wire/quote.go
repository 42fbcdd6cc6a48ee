package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"suanpan/pricing"
)

// QuoteRequest is the body of a request to save a quote.
type QuoteRequest struct {
	Title      string `json:"title"`
	Customer   string `json:"customer"`
	PreparedBy string `json:"prepared_by"`
	Note       string `json:"note"`
	// ValidDays is nil if the request does not say.
	ValidDays *Count `json:"valid_days"`
	// Lang is empty if the request names none.
	Lang pricing.Lang `json:"lang"`
	// Revises is nil if the quote is not a revision.
	Revises *string     `json:"revises"`
	Items   []QuoteItem `json:"items"`
}

// QuoteItem is an item in the body of a request to save a quote.
type QuoteItem struct {
	// Product is empty if the request has none.
	Product string `json:"product"`
	// PriceBook, Option and Quantity are nil if the request does not say.
	PriceBook *string `json:"price_book"`
	Inputs    Object  `json:"inputs"`
	Option    *string `json:"option"`
	Quantity  *Count  `json:"quantity"`
}

// DecodeQuoteRequest reads the body of a request to save a quote. Its error is
// a [*Malformed].
func DecodeQuoteRequest(body []byte) (*QuoteRequest, error) {
	r := &QuoteRequest{}
	if err := decode(body, r, wording{count: "is neither a number nor a string of digits"}); err != nil {
		return nil, err
	}
	return r, nil
}

// Usage reads the item's inputs as a usage of the book, and returns every fault.
func (item *QuoteItem) Usage(book *pricing.Book) (*pricing.Usage, []*pricing.InputError) {
	return usage(item.Inputs.members, book)
}

// QuoteStanding is what the JSON of a quote says behind what was saved: where
// it is and what has become of it.
type QuoteStanding struct {
	URL  string `json:"url"`
	Hash string `json:"hash"`
	// State is one of valid, expired, revised.
	State string `json:"state"`
	// Revises is null for a quote that is no revision, and left out for one
	// that is: what was saved says so.
	Revises   json.RawMessage `json:"revises,omitempty"`
	RevisedBy *string         `json:"revised_by"`
	// OwnerToken is the owner's secret. Only the answer to saving has it.
	OwnerToken string `json:"owner_token,omitempty"`
}

// NewQuote returns the JSON of a quote: the members of the document as they
// were saved, byte for byte, and behind them its standing. What is hashed can
// be had back from it: all before the first of these, url, with a bracket and a
// line feed behind it.
func NewQuote(document []byte, standing *QuoteStanding) ([]byte, error) {
	more, err := json.Marshal(standing)
	if err != nil {
		return nil, err
	}
	saved, ok := bytes.CutSuffix(document, []byte("}\n"))
	if !ok {
		return nil, errors.New("the document of a quote is no object on a line of its own")
	}
	return slices.Concat(saved, []byte(","), more[1:]), nil
}

// WithdrawnQuote is what is left of a quote that was withdrawn.
type WithdrawnQuote struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`
	// CreatedAt and WithdrawnAt are in RFC 3339, in UTC.
	CreatedAt   string `json:"created_at"`
	WithdrawnAt string `json:"withdrawn_at"`
}

// QuoteToday is the JSON of a quote at the prices of today. Before is what was
// saved, After what the same inputs cost with the newest price books.
type QuoteToday struct {
	ID       string `json:"id"`
	Date     string `json:"date"`
	Currency string `json:"currency"`
	Before   string `json:"before"`
	After    string `json:"after"`
	// Difference is null if Whole is false: the two totals are not of the same.
	Difference *string `json:"difference"`
	// Whole is false if an item cannot be priced any more and is missing from
	// After.
	Whole bool        `json:"whole"`
	Items []ItemToday `json:"items"`
}

// ItemToday is the JSON of an item of a quote at the prices of today.
type ItemToday struct {
	Product  string    `json:"product"`
	Name     string    `json:"name"`
	Quantity int64     `json:"quantity"`
	Before   ItemPrice `json:"before"`
	// After and Difference are null if the item cannot be priced any more.
	After            *ItemPrice `json:"after"`
	Difference       *string    `json:"difference"`
	SameBook         bool       `json:"same_book"`
	ProductGone      bool       `json:"product_gone"`
	OptionGone       bool       `json:"option_gone"`
	OptionInfeasible bool       `json:"option_infeasible"`
	// LeftOut are the ids of inputs that the newest price book does not take.
	LeftOut []string     `json:"left_out"`
	Lines   []LineChange `json:"lines"`
}

// ItemPrice is the JSON of what an item costs: Total is that of one, Amount
// that of all.
type ItemPrice struct {
	PriceBook  string `json:"price_book"`
	Option     string `json:"option"`
	OptionName string `json:"option_name"`
	Total      string `json:"total"`
	Amount     string `json:"amount"`
}

// LineChange is the JSON of a line whose amount differs. Formulas and prices
// are null where there was or is no such line.
type LineChange struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Before     string `json:"before"`
	After      string `json:"after"`
	Difference string `json:"difference"`
	// Reason is the first of Reasons.
	Reason          string   `json:"reason"`
	Reasons         []string `json:"reasons"`
	FormulaBefore   *string  `json:"formula_before"`
	FormulaAfter    *string  `json:"formula_after"`
	UnitPriceBefore *string  `json:"unit_price_before"`
	UnitPriceAfter  *string  `json:"unit_price_after"`
}
