package wire

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// EstimateRequest is the body of a request for an estimate.
type EstimateRequest struct {
	// Product is empty if the request has none.
	Product string `json:"product"`
	// PriceBook is nil if the request names none.
	PriceBook *string `json:"price_book"`
	// Lang is empty if the request names none.
	Lang   pricing.Lang `json:"lang"`
	Inputs Object       `json:"inputs"`
}

// DecodeEstimateRequest reads the body of a request for an estimate. Its error
// is a [*Malformed].
func DecodeEstimateRequest(body []byte) (*EstimateRequest, error) {
	r := &EstimateRequest{}
	if err := decode(body, r, wording{}); err != nil {
		return nil, err
	}
	return r, nil
}

// Usage reads the request's inputs as a usage of the book. It returns every
// fault, in the order of the book's inputs and then of the text.
func (r *EstimateRequest) Usage(book *pricing.Book) (*pricing.Usage, []*pricing.InputError) {
	return usage(r.Inputs.members, book)
}

// Estimate is the JSON of an estimate. Money and quantities are decimal
// strings.
type Estimate struct {
	Product     string   `json:"product"`
	PriceBook   string   `json:"price_book"`
	Currency    string   `json:"currency"`
	Months      int64    `json:"months"`
	Recommended *string  `json:"recommended"`
	Options     []Option `json:"options"`
	// Link is the path and query string of the page that shows this estimate, at
	// these prices, for as long as the price book is there.
	Link string `json:"link"`
}

// Option is the JSON of what one option costs.
type Option struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Feasible   bool        `json:"feasible"`
	Complete   bool        `json:"complete"`
	Total      string      `json:"total"`
	Monthly    string      `json:"monthly"`
	Prepaid    string      `json:"prepaid"`
	Postpaid   string      `json:"postpaid"`
	Lines      []Line      `json:"lines"`
	Purchases  []Purchase  `json:"purchases"`
	Violations []Violation `json:"violations"`
	Notes      []string    `json:"notes"`
}

// Line is the JSON of a line item.
type Line struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Amount     string `json:"amount"`
	Settlement string `json:"settlement"`
	Quantity   string `json:"quantity"`
	Unit       string `json:"unit"`
	// UnitPrice is left out of a line that has not one price, and Per if the
	// price is for one of the quantity. Quotes saved before there were parts say
	// "0" for no price.
	UnitPrice   string   `json:"unit_price,omitempty"`
	Per         string   `json:"per,omitempty"`
	Formula     string   `json:"formula"`
	Source      string   `json:"source"`
	Assumptions []string `json:"assumptions"`
	// Parts are what the amount is the sum of, if it is a sum of quantities at
	// their prices.
	Parts []Part `json:"parts,omitempty"`
}

// Purchase is the JSON of a pack or commitment bought inside an option.
type Purchase struct {
	ID string `json:"id"`
	// Window counts from 1; it is left out for what is bought by the month.
	Window int `json:"window,omitempty"`
	// Size, in units of the pool, is that of a pack whose size was chosen.
	Size     string `json:"size,omitempty"`
	Quantity string `json:"quantity"`
	Amount   string `json:"amount"`
	// Rate is that of a commitment.
	Rate string `json:"rate,omitempty"`
}

// Violation is the JSON of a need that an option cannot serve. They come in the
// order of their inputs' ids.
type Violation struct {
	Input   string  `json:"input"`
	Limit   *string `json:"limit"`
	Message string  `json:"message"`
}

// NewEstimate returns the JSON of an estimate, its texts in language l.
func NewEstimate(e *pricing.Estimate, l pricing.Lang) *Estimate {
	book := e.Usage.Book()
	out := &Estimate{
		Product: book.Product, PriceBook: book.ID, Currency: book.Currency,
		Months: e.Usage.Months(), Options: make([]Option, len(e.Options)), Link: forms.UsageLink(e.Usage),
	}
	if best := e.Recommended(); best != nil {
		out.Recommended = &best.Option.ID
	}
	for i := range e.Options {
		out.Options[i] = NewOption(&e.Options[i], l)
	}
	return out
}

// NewOption returns the JSON of what an option costs, its texts in language l.
func NewOption(o *pricing.OptionEstimate, l pricing.Lang) Option {
	out := Option{
		ID: o.Option.ID, Name: o.Option.Name.In(l), Feasible: o.Feasible, Complete: o.Complete,
		Total: money(o.Total), Monthly: money(o.Monthly), Prepaid: money(o.Prepaid), Postpaid: money(o.Postpaid),
		Lines: make([]Line, len(o.Lines)), Purchases: make([]Purchase, len(o.Purchases)),
		Violations: make([]Violation, len(o.Violations)), Notes: texts(slices.Concat(o.Cliffs, o.Converted(), o.Simpler(), o.Notes), l),
	}
	for i := range o.Lines {
		out.Lines[i] = newLine(&o.Lines[i], l)
	}
	for i := range o.Purchases {
		out.Purchases[i] = newPurchase(&o.Purchases[i])
	}
	violations := slices.SortedStableFunc(slices.Values(o.Violations), func(a, b *pricing.Violation) int {
		return cmp.Compare(a.Input.ID, b.Input.ID)
	})
	for i, v := range violations {
		out.Violations[i] = Violation{Input: v.Input.ID, Message: v.Message.In(l)}
		if v.Input.Kind == pricing.KindCount {
			limit := count(v.Limit)
			out.Violations[i].Limit = &limit
		}
	}
	return out
}

func newLine(line *pricing.Line, l pricing.Lang) Line {
	out := Line{
		ID: line.ID(), Name: line.Name.In(l), Amount: line.Amount.String(), Settlement: string(line.Settlement()),
		Quantity: line.Quantity.String(), Unit: line.Unit().In(l), Formula: line.Formula,
		Source: line.Source().String(l), Assumptions: texts(line.Assumptions(), l),
	}
	parts := line.Parts()
	out.Parts = newParts(parts, l)
	// What a pool charges can be converted units, at the price of others.
	if len(parts) == 1 && parts[0].Charged().Equal(line.Quantity) {
		out.UnitPrice, out.Per = out.Parts[0].UnitPrice, out.Parts[0].Per
	}
	return out
}

func newPurchase(p *pricing.Purchase) Purchase {
	out := Purchase{ID: p.ID, Window: p.Window, Quantity: count(p.Quantity), Amount: p.Amount.String()}
	if p.Size > 0 {
		out.Size = count(p.Size)
	}
	if !p.Rate.IsZero() {
		out.Rate = p.Rate.String()
	}
	return out
}

// money writes an amount that was rounded to the fen.
func money(d decimal.Decimal) string { return d.StringFixed(2) }

func texts(ts []pricing.Text, l pricing.Lang) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.In(l)
	}
	return out
}
