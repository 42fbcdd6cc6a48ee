package wire

import (
	"encoding/json"

	"suanpan/pricing"
)

// MinCompared is how few price books a comparison is of.
const MinCompared = 2

// CompareRequest is the body of a request for a comparison. Its inputs and facts
// are read later, when the price books are known.
type CompareRequest struct {
	Products []ComparedProduct
	// Lang is empty if the request names none.
	Lang pricing.Lang
	// HasFacts says that there are facts of a room, even if they are empty.
	HasFacts      bool
	inputs, facts []member
}

// ComparedProduct names a column of a comparison.
type ComparedProduct struct {
	// Product is empty if the request has none.
	Product string
	// PriceBook and Option are nil if the request names none.
	PriceBook, Option *string
}

// DecodeCompareRequest reads the body of a request for a comparison. Its error is
// a [*Malformed].
func DecodeCompareRequest(body []byte) (*CompareRequest, error) {
	fields, err := object(body)
	if err != nil {
		return nil, err
	}
	r := &CompareRequest{}
	for _, m := range fields {
		switch m.name {
		case "products":
			r.Products, err = comparedProducts(m)
		case "lang":
			r.Lang, err = lang(m)
		case "inputs":
			r.inputs, err = nested(m)
		case "facts":
			r.HasFacts = true
			r.facts, err = nested(m)
		default:
			err = malformed("There is no field %.40q; the fields are products, lang, inputs and facts.", m.name)
		}
		if err != nil {
			return nil, err
		}
	}
	if n := len(r.Products); n < MinCompared || n > pricing.MaxCompared {
		return nil, malformed("products is a list of %d to %d products.", MinCompared, pricing.MaxCompared)
	}
	return r, nil
}

func comparedProducts(m member) ([]ComparedProduct, error) {
	if m.value.Kind() != '[' {
		return nil, malformed("products is not an array.")
	}
	values := array(m.value)
	if len(values) > pricing.MaxCompared {
		return nil, malformed("products is a list of %d to %d products.", MinCompared, pricing.MaxCompared)
	}
	products := make([]ComparedProduct, len(values))
	for i, v := range values {
		fields, err := nested(member{name: "An item of products", value: v})
		if err != nil {
			return nil, err
		}
		p := &products[i]
		for _, f := range fields {
			switch f.name {
			case "product":
				p.Product, err = text(f)
			case "price_book":
				p.PriceBook, err = optionalText(f)
			case "option":
				p.Option, err = optionalText(f)
			default:
				err = malformed("There is no field %.40q; the fields of a product are product, price_book and option.", f.name)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return products, nil
}

// Usage reads the request's inputs and facts as those that the books have in
// common. The facts are nil where there are none to read. It returns every fault.
func (r *CompareRequest) Usage(c *pricing.Common) (inputs, facts *pricing.Usage, faults []*pricing.InputError) {
	inputs, faults = usage(r.inputs, c.Inputs)
	tellDerived(faults, c)
	if c.Facts == nil {
		if r.HasFacts {
			faults = append(faults, noRooms)
		}
		return inputs, nil, faults
	}
	facts, more := usage(r.facts, c.Facts)
	tellUnknownFacts(more)
	return inputs, facts, append(faults, more...)
}

// CommonUsage reads a JSON object of inputs, and one of facts unless c has none,
// as [CompareRequest.Usage] does. The error is a [*Malformed].
func CommonUsage(inputs, facts []byte, c *pricing.Common) (u, room *pricing.Usage, faults []*pricing.InputError, err error) {
	r := &CompareRequest{HasFacts: facts != nil}
	if r.inputs, err = object(inputs); err != nil {
		return nil, nil, nil, err
	}
	if facts != nil {
		if r.facts, err = object(facts); err != nil {
			return nil, nil, nil, err
		}
	}
	u, room, faults = r.Usage(c)
	return u, room, faults, nil
}

// noRooms is the fault of facts that no product can use.
var noRooms = &pricing.InputError{Input: "facts", Code: pricing.CodeUnknownInput, Message: pricing.Text{
	EN: "None of these price books meters rooms.",
	ZH: "这些价格都不按房间计量。",
}}

// tellDerived says of inputs that are not asked for why they are not.
func tellDerived(faults []*pricing.InputError, c *pricing.Common) {
	for _, f := range faults {
		if f.Code == pricing.CodeUnknownInput && c.Metered(f.Input) {
			f.Message = pricing.Text{
				EN: "This comes from the facts of the room.",
				ZH: "该项由房间情况推算得出，不需要填写。",
			}
		}
	}
}

// Comparison is the JSON of a comparison.
type Comparison struct {
	Currency string `json:"currency"`
	Months   int64  `json:"months"`
	// Columns are in the order of the request.
	Columns []Column      `json:"columns"`
	Rows    []ComparedRow `json:"rows"`
}

// Column is the JSON of one price book of a comparison.
type Column struct {
	Product   string `json:"product"`
	PriceBook string `json:"price_book"`
	Name      string `json:"name"`
	// Rank counts from 1, the best.
	Rank      int  `json:"rank"`
	ServesAll bool `json:"serves_all"`
	Cheapest  bool `json:"cheapest"`
	// Difference is what the column costs more than the cheapest.
	Difference  *string     `json:"difference"`
	Recommended *string     `json:"recommended"`
	Option      *Option     `json:"option"`
	Uncovered   []Uncovered `json:"uncovered"`
	Violations  []Violation `json:"violations"`
	// Inputs are the inputs that were priced: an estimate of them has the same
	// figures.
	Inputs json.RawMessage `json:"inputs"`
	// Steps are how the room was metered; null where it was not.
	Steps []DerivationStep `json:"steps"`
}

// Uncovered is the JSON of what a price book has no input for.
type Uncovered struct {
	Input   string `json:"input"`
	Message string `json:"message"`
}

// ComparedRow is the JSON of what is charged for.
type ComparedRow struct {
	Name   string         `json:"name"`
	Inputs []string       `json:"inputs"`
	Cells  []ComparedCell `json:"cells"`
}

// ComparedCell is the JSON of what one column charges for a row.
type ComparedCell struct {
	State string `json:"state"`
	// Amount is null unless there are lines.
	Amount *string `json:"amount"`
	// Lines are the ids of the option's lines.
	Lines []string `json:"lines"`
}

// NewComparison returns the JSON of a comparison, its texts in language l.
func NewComparison(c *pricing.Comparison, l pricing.Lang) (*Comparison, error) {
	first := &c.Columns[0]
	out := &Comparison{
		Currency: first.Book.Currency, Months: first.Estimate.Usage.Months(),
		Columns: make([]Column, len(c.Columns)), Rows: make([]ComparedRow, len(c.Rows)),
	}
	for i := range c.Columns {
		column, err := newColumn(&c.Columns[i], l)
		if err != nil {
			return nil, err
		}
		out.Columns[i] = column
	}
	for rank, i := range c.Ranking {
		out.Columns[i].Rank = rank + 1
	}
	for i := range c.Rows {
		out.Rows[i] = newComparedRow(&c.Rows[i], l)
	}
	return out, nil
}

func newColumn(c *pricing.ComparedColumn, l pricing.Lang) (Column, error) {
	inputs, err := EncodeUsage(c.Estimate.Usage)
	if err != nil {
		return Column{}, err
	}
	out := Column{
		Product: c.Book.Product, PriceBook: c.Book.ID, Name: c.Book.Name.In(l),
		ServesAll: c.ServesAll(), Cheapest: c.Cheapest, Inputs: inputs,
		Uncovered: make([]Uncovered, len(c.Uncovered)), Violations: []Violation{},
	}
	if best := c.Estimate.Recommended(); best != nil {
		out.Recommended = &best.Option.ID
	}
	if c.Option != nil {
		option := NewOption(c.Option, l)
		out.Option = &option
	}
	if closest := c.Closest(); closest != nil {
		out.Violations = NewOption(closest, l).Violations
	}
	if c.Difference != nil {
		difference := money(*c.Difference)
		out.Difference = &difference
	}
	for i, u := range c.Uncovered {
		out.Uncovered[i] = Uncovered{Input: u.ID, Message: u.Message.In(l)}
	}
	if c.Derivation != nil {
		out.Steps = make([]DerivationStep, len(c.Derivation.Steps))
		for i := range c.Derivation.Steps {
			s := &c.Derivation.Steps[i]
			out.Steps[i] = DerivationStep{Text: s.Text.In(l), Formula: s.Formula, Quantity: count(s.Quantity)}
			if s.Adds != nil {
				out.Steps[i].Adds = &Yielded{Input: s.Adds.ID}
			}
		}
	}
	return out, nil
}

func newComparedRow(r *pricing.ComparedRow, l pricing.Lang) ComparedRow {
	out := ComparedRow{Name: r.Name.In(l), Inputs: append([]string{}, r.Inputs...), Cells: make([]ComparedCell, len(r.Cells))}
	for i := range r.Cells {
		cell := &r.Cells[i]
		out.Cells[i] = ComparedCell{State: string(cell.State), Lines: []string{}}
		if cell.State == pricing.CellCharged {
			amount := cell.Amount.String()
			out.Cells[i].Amount = &amount
		}
		for _, line := range cell.Lines {
			out.Cells[i].Lines = append(out.Cells[i].Lines, line.ID())
		}
	}
	return out
}
