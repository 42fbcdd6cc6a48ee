package wire

import (
	"encoding/json"

	"suanpan/pricing"
)

// Estimators is the JSON of the estimators of a price book.
type Estimators struct {
	Product    string      `json:"product"`
	PriceBook  string      `json:"price_book"`
	Estimators []Estimator `json:"estimators"`
}

// Estimator is the JSON of what turns facts into inputs.
type Estimator struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Help   string    `json:"help"`
	Facts  []Input   `json:"facts"`
	Yields []Yielded `json:"yields"`
	// Carries are the fields of the first row that facts of the same id go into
	// as they are.
	Carries  []Yielded      `json:"carries"`
	Examples []FactsExample `json:"examples"`
	// Source is null for products of what the customer knows.
	Source      *string  `json:"source"`
	Assumptions []string `json:"assumptions"`
}

// Yielded is the JSON of an input that an estimator yields.
type Yielded struct {
	Input string `json:"input"`
	// Field is the field of the first row, of an input that has rows.
	Field string `json:"field,omitempty"`
}

// FactsExample is the JSON of facts to start from.
type FactsExample struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	Facts json.RawMessage `json:"facts"`
}

// Derivation is the JSON of what facts come to.
type Derivation struct {
	Product   string           `json:"product"`
	PriceBook string           `json:"price_book"`
	Estimator string           `json:"estimator"`
	Yields    []Yield          `json:"yields"`
	Carries   []Carried        `json:"carries"`
	Steps     []DerivationStep `json:"steps"`
	// Inputs are those of the request with the yields in their places, all of
	// them, and Estimate is what they cost.
	Inputs      json.RawMessage `json:"inputs"`
	Estimate    *Estimate       `json:"estimate"`
	Source      *string         `json:"source"`
	Assumptions []string        `json:"assumptions"`
}

// Yield is the JSON of what facts come to for one input.
type Yield struct {
	Yielded
	Name     string `json:"name"`
	Quantity string `json:"quantity"`
	Unit     string `json:"unit"`
}

// Carried is the JSON of a fact that goes into the field of a row as it is. Value
// is a string, or true or false, as in the inputs.
type Carried struct {
	Yielded
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// DerivationStep is the JSON of a step of the computation. Adds is what the result is
// added to; null for a step that later ones use.
type DerivationStep struct {
	Text     string   `json:"text"`
	Formula  string   `json:"formula"`
	Quantity string   `json:"quantity"`
	Adds     *Yielded `json:"adds"`
}

// NewEstimators returns the JSON of a book's estimators, its texts in language l.
func NewEstimators(p *pricing.Product, b *pricing.Book, l pricing.Lang) (*Estimators, error) {
	out := &Estimators{Product: b.Product, PriceBook: b.ID, Estimators: []Estimator{}}
	for _, e := range p.Estimators(b) {
		estimator := Estimator{
			ID: e.ID, Name: e.Name.In(l), Help: e.Help.In(l), Examples: []FactsExample{}, Carries: []Yielded{},
			Source: sourceOf(e, l), Assumptions: texts(e.Assumptions, l),
		}
		for i := range e.Facts.Inputs {
			fact := newInput(&e.Facts.Inputs[i], l)
			fact.Group = nil // all facts stand together
			estimator.Facts = append(estimator.Facts, fact)
		}
		for _, t := range e.Targets() {
			estimator.Yields = append(estimator.Yields, newYielded(t.Input, t.Field))
		}
		for _, c := range e.Carries() {
			estimator.Carries = append(estimator.Carries, newYielded(c.Input, c.Field))
		}
		for _, example := range e.Facts.Examples {
			facts, err := EncodeUsage(example.Usage)
			if err != nil {
				return nil, err
			}
			estimator.Examples = append(estimator.Examples, FactsExample{ID: example.ID, Name: example.Name.In(l), Facts: facts})
		}
		out.Estimators = append(out.Estimators, estimator)
	}
	return out, nil
}

// NewDerivation returns the JSON of what facts come to, its texts in language l.
// The estimate is of a usage in which it was applied.
func NewDerivation(d *pricing.Derivation, e *pricing.Estimate, l pricing.Lang) (*Derivation, error) {
	book := d.Estimator.Book()
	inputs, err := EncodeUsage(e.Usage)
	if err != nil {
		return nil, err
	}
	out := &Derivation{
		Product: book.Product, PriceBook: book.ID, Estimator: d.Estimator.ID,
		Yields: make([]Yield, len(d.Yields)), Carries: make([]Carried, len(d.Carries)), Steps: make([]DerivationStep, len(d.Steps)),
		Inputs: inputs, Estimate: NewEstimate(e, l),
		Source: sourceOf(d.Estimator, l), Assumptions: texts(d.Estimator.Assumptions, l),
	}
	adds := map[*pricing.Input]*Yielded{}
	for i := range d.Yields {
		y := &d.Yields[i]
		counted := y.Input
		if y.Field != nil {
			counted = y.Field
		}
		out.Yields[i] = Yield{
			Yielded: newYielded(y.Input, y.Field),
			Name:    counted.Name.In(l), Quantity: count(y.Quantity), Unit: counted.Unit.In(l),
		}
		adds[counted] = &out.Yields[i].Yielded
	}
	for i, c := range d.Carries {
		out.Carries[i] = Carried{Yielded: newYielded(c.Input, c.Field), Name: c.Field.Name.In(l), Value: cellValue(c.Field, c.Value)}
	}
	for i := range d.Steps {
		s := &d.Steps[i]
		out.Steps[i] = DerivationStep{Text: s.Text.In(l), Formula: s.Formula, Quantity: count(s.Quantity)}
		if s.Adds != nil {
			out.Steps[i].Adds = adds[s.Adds]
		}
	}
	return out, nil
}

func newYielded(in, field *pricing.Input) Yielded {
	y := Yielded{Input: in.ID}
	if field != nil {
		y.Field = field.ID
	}
	return y
}

func sourceOf(e *pricing.Estimator, l pricing.Lang) *string {
	if e.Source == nil {
		return nil
	}
	source := e.Source.String(l)
	return &source
}

// DerivationRequest is the body of a request to derive inputs from facts.
type DerivationRequest struct {
	// PriceBook is nil if the request names none.
	PriceBook *string `json:"price_book"`
	// Lang is empty if the request names none.
	Lang   pricing.Lang `json:"lang"`
	Facts  Object       `json:"facts"`
	Inputs Object       `json:"inputs"`
}

// DecodeDerivationRequest reads the body of a request to derive inputs from
// facts. Its error is a [*Malformed].
func DecodeDerivationRequest(body []byte) (*DerivationRequest, error) {
	r := &DerivationRequest{}
	if err := decode(body, r, wording{}); err != nil {
		return nil, err
	}
	return r, nil
}

// Derive derives inputs from the request's facts, and returns a usage that has
// them in the place of the request's own. It returns every fault, those of facts
// before those of inputs. Facts that are left out have their default, but for
// those that the inputs say already: see [pricing.Estimator.FactsOf].
func (r *DerivationRequest) Derive(e *pricing.Estimator) (*pricing.Derivation, *pricing.Usage, []*pricing.InputError) {
	inputs, others := usage(r.Inputs.members, e.Book())
	facts := e.FactsOf(inputs)
	faults := setAll(facts, r.Facts.members)
	tellUnknownFacts(faults)
	var d *pricing.Derivation
	if len(faults) == 0 {
		d, faults = e.Derive(facts)
	}
	if faults = append(faults, others...); len(faults) > 0 {
		return nil, nil, faults
	}
	return d, d.Apply(inputs), nil
}

// tellUnknownFacts says of facts that are not asked for that they are no facts,
// rather than no inputs.
func tellUnknownFacts(faults []*pricing.InputError) {
	for _, fault := range faults {
		if fault.Code == pricing.CodeUnknownInput {
			fault.Message = noFact
		}
	}
}

// noFact is said of a fact that is not asked for.
var noFact = pricing.Text{
	EN: "There is no such fact here.",
	ZH: "这里没有这一项业务情况。",
}
