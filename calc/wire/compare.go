package wire

import (
	"encoding/json"

	"suanpan/pricing"
)

// Comparison is the JSON of a comparison.
type Comparison struct {
	Currency string `json:"currency"`
	Months   int64  `json:"months"`
	// Columns are in the order of the request.
	Columns []Column      `json:"columns"`
	Rows    []ComparedRow `json:"rows"`
	// Bands are inputs that were typed and do not mean the same in all columns.
	Bands []Band `json:"bands"`
	// Combination is null if no way to take each kind of need from another product is
	// cheaper than one product for all.
	Combination *Combination `json:"combination"`
}

// Combination is the JSON of kinds of need that go to several products.
type Combination struct {
	Total string `json:"total"`
	// Saves is against the cheapest column that prices everything; null without one.
	Saves *string        `json:"saves"`
	Parts []CombinedPart `json:"parts"`
}

// CombinedPart is the JSON of what one product serves.
type CombinedPart struct {
	Product    string   `json:"product"`
	PriceBook  string   `json:"price_book"`
	Option     string   `json:"option"`
	OptionName string   `json:"option_name"`
	Families   []Family `json:"families"`
	Total      string   `json:"total"`
	// Inputs are what is priced: an estimate of them has the same figures.
	Inputs json.RawMessage `json:"inputs"`
}

// Family is the JSON of a kind of need.
type Family struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Band is the JSON of an input for minutes of pictures that columns bound otherwise.
type Band struct {
	Input string `json:"input"`
	Name  string `json:"name"`
	// Bounds are in the order of the columns; null where a column does not have the
	// input.
	Bounds []*string `json:"bounds"`
}

// Column is the JSON of one price book of a comparison.
type Column struct {
	Product   string `json:"product"`
	PriceBook string `json:"price_book"`
	Name      string `json:"name"`
	// Rank counts from 1, the best: by standing, then by total.
	Rank      int    `json:"rank"`
	Standing  string `json:"standing"`
	ServesAll bool   `json:"serves_all"`
	Cheapest  bool   `json:"cheapest"`
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
	// Why says why an included cell costs nothing of its own; null for any other.
	// PartOf is the name of the row that its price is part of, if it is.
	Why    *string `json:"why"`
	PartOf *string `json:"part_of"`
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
		Columns: make([]Column, len(c.Columns)), Rows: make([]ComparedRow, len(c.Rows)), Bands: make([]Band, len(c.Bands)),
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
		out.Rows[i] = newComparedRow(c, i, l)
	}
	for i := range c.Bands {
		out.Bands[i] = newBand(&c.Bands[i], l)
	}
	var err error
	out.Combination, err = newCombination(c, l)
	return out, err
}

// newCombination returns the JSON of a comparison's combination, or nil for none.
func newCombination(c *pricing.Comparison, l pricing.Lang) (*Combination, error) {
	m := c.Combination
	if m == nil {
		return nil, nil
	}
	out := &Combination{Total: money(m.Total), Parts: make([]CombinedPart, len(m.Parts))}
	if m.Saves != nil {
		saves := money(*m.Saves)
		out.Saves = &saves
	}
	for i := range m.Parts {
		p, book := &m.Parts[i], m.Parts[i].Book
		inputs, err := EncodeUsage(p.Estimate.Usage)
		if err != nil {
			return nil, err
		}
		out.Parts[i] = CombinedPart{
			Product: book.Product, PriceBook: book.ID, Option: p.Option.Option.ID, OptionName: p.Option.Option.Name.In(l),
			Families: make([]Family, len(p.Families)), Total: money(p.Option.Total), Inputs: inputs,
		}
		for j, f := range p.Families {
			out.Parts[i].Families[j] = Family{f.ID, f.Name.In(l)}
		}
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
		Standing: string(c.Standing()), ServesAll: c.ServesAll(), Cheapest: c.Cheapest, Inputs: inputs,
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

func newBand(b *pricing.Band, l pricing.Lang) Band {
	out := Band{Input: b.Input.ID, Name: b.Input.Name.In(l), Bounds: make([]*string, len(b.Bounds))}
	for i, text := range b.Bounds {
		if bounds := text.In(l); bounds != "" {
			out.Bounds[i] = &bounds
		}
	}
	return out
}

func newComparedRow(c *pricing.Comparison, row int, l pricing.Lang) ComparedRow {
	r := &c.Rows[row]
	out := ComparedRow{Name: r.Name.In(l), Inputs: append([]string{}, r.Inputs...), Cells: make([]ComparedCell, len(r.Cells))}
	for i := range r.Cells {
		cell := &r.Cells[i]
		out.Cells[i] = ComparedCell{State: string(cell.State), Lines: []string{}}
		if cell.State == pricing.CellCharged {
			amount := cell.Amount.String()
			out.Cells[i].Amount = &amount
		}
		if cell.Why != "" {
			why := string(cell.Why)
			out.Cells[i].Why = &why
		}
		if cell.PartOf >= 0 {
			name := c.Rows[cell.PartOf].Name.In(l)
			out.Cells[i].PartOf = &name
		}
		for _, line := range cell.Lines {
			out.Cells[i].Lines = append(out.Cells[i].Lines, line.ID())
		}
	}
	return out
}
