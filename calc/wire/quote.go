package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"suanpan/pricing"
)

// QuoteRequest is the body of a request to save a quote.
type QuoteRequest struct {
	Title, Customer, PreparedBy, Note string
	// ValidDays is nil if the request does not say.
	ValidDays *Count
	// Lang is empty if the request names none.
	Lang pricing.Lang
	// Revises is nil if the quote is not a revision.
	Revises *string
	Items   []QuoteItem
}

// QuoteItem is an item in the body of a request to save a quote. Its inputs are
// read later, when the price book is known.
type QuoteItem struct {
	// Product is empty if the request has none.
	Product string
	// PriceBook, Option and Quantity are nil if the request does not say.
	PriceBook, Option *string
	Quantity          *Count
	inputs            []member
}

// Usage reads the item's inputs as a usage of the book, and returns every fault.
func (item *QuoteItem) Usage(book *pricing.Book) (*pricing.Usage, []*pricing.InputError) {
	return usage(item.inputs, book)
}

// Count is a count as it was sent: a JSON number, or a string that should be
// digits.
type Count string

// In returns the count as a value of an input, or what is wrong with it.
func (c Count) In(in *pricing.Input) (int64, *pricing.InputError) {
	n, err := pricing.ParseCount(string(c))
	if fault := (*pricing.InputError)(nil); errors.As(err, &fault) {
		return 0, in.Fault(fault.Code)
	}
	if n < in.Minimum || n > in.Maximum {
		return 0, in.Fault(pricing.CodeOutOfRange)
	}
	return n, nil
}

// DecodeQuoteRequest reads the body of a request to save a quote. Its error is
// a [*Malformed].
func DecodeQuoteRequest(body []byte) (*QuoteRequest, error) {
	fields, err := object(body)
	if err != nil {
		return nil, err
	}
	r := &QuoteRequest{}
	for _, m := range fields {
		switch m.name {
		case "title":
			r.Title, err = text(m)
		case "customer":
			r.Customer, err = text(m)
		case "prepared_by":
			r.PreparedBy, err = text(m)
		case "note":
			r.Note, err = text(m)
		case "valid_days":
			r.ValidDays, err = digits(m)
		case "lang":
			r.Lang, err = lang(m)
		case "revises":
			r.Revises, err = optionalText(m)
		case "items":
			r.Items, err = quoteItems(m)
		default:
			err = malformed("There is no field %.40q; the fields are title, customer, prepared_by, note, valid_days, lang, revises and items.", m.name)
		}
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

func quoteItems(m member) ([]QuoteItem, error) {
	if m.value.Kind() != '[' {
		return nil, malformed("%s is not an array.", m.name)
	}
	values := array(m.value)
	items := make([]QuoteItem, len(values))
	for i, v := range values {
		item, err := quoteItem(member{fmt.Sprintf("%s[%d]", m.name, i), v})
		if err != nil {
			return nil, err
		}
		items[i] = *item
	}
	return items, nil
}

func quoteItem(item member) (*QuoteItem, error) {
	fields, err := nested(item)
	if err != nil {
		return nil, err
	}
	q := &QuoteItem{}
	for _, m := range fields {
		field := member{item.name + "." + m.name, m.value}
		switch m.name {
		case "product":
			q.Product, err = text(field)
		case "price_book":
			q.PriceBook, err = optionalText(field)
		case "inputs":
			q.inputs, err = nested(field)
		case "option":
			q.Option, err = optionalText(field)
		case "quantity":
			q.Quantity, err = digits(field)
		default:
			err = malformed("There is no field %.40q in %s; the fields are product, price_book, inputs, option and quantity.", m.name, item.name)
		}
		if err != nil {
			return nil, err
		}
	}
	return q, nil
}

// digits returns what stands for a count, right or wrong.
func digits(m member) (*Count, error) {
	var c Count
	switch m.value.Kind() {
	case '0':
		c = Count(m.value)
	case '"':
		c = Count(unquote(m.value))
	default:
		return nil, malformed("%s is neither a number nor a string of digits.", m.name)
	}
	return &c, nil
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
