package pricing

import (
	"crypto/sha256"
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
	planning  *planning // nil if the product has no planning data
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

// compile turns a valid book into the form that the engine runs on: ids become
// positions, and whatever text does not depend on the usage is put together.
func compile(raw *bookFile, data []byte) *Book {
	b := &Book{
		Product: raw.Product, ID: raw.PriceBook, Currency: raw.Currency,
		Name: raw.Name, Summary: raw.Summary, UseCases: raw.UseCases,
		Exclusions: raw.Exclusions,
		Hash:       sha256.Sum256(data),
		file:       data,
		positions:  map[string]int{},
	}
	for _, g := range raw.Groups {
		b.Groups = append(b.Groups, Group(g))
	}
	for _, d := range raw.Documents {
		b.Sources = append(b.Sources, Document(d))
	}
	b.Inputs = append(b.Inputs, monthsInput)
	for i := range raw.Inputs {
		b.Inputs = append(b.Inputs, compileInput(&raw.Inputs[i]))
	}
	for i := range b.Inputs {
		b.positions[b.Inputs[i].ID] = i
	}
	for i := range raw.Options {
		o := &raw.Options[i]
		b.Options = append(b.Options, Option{
			ID: o.ID, Name: o.Name, Summary: o.Summary, Notes: o.Notes,
			limits: b.compileLimits(o, raw.Charges), features: b.compileOffered(o),
		})
	}
	b.compileFeatures(raw)
	for i := range raw.Ladders {
		b.ladders = append(b.ladders, b.compileLadder(&raw.Ladders[i]))
	}
	assumptions := map[string]Text{}
	for _, a := range raw.Assumptions {
		assumptions[a.ID] = a.Text
	}
	for i := range raw.Charges {
		for _, id := range raw.Charges[i].Assumptions {
			delete(assumptions, id)
		}
	}
	for _, a := range raw.Assumptions {
		b.AllAssumptions = append(b.AllAssumptions, a.Text)
		if text, general := assumptions[a.ID]; general {
			b.Assumptions = append(b.Assumptions, text)
		}
	}
	for i := range raw.Charges {
		b.charges = append(b.charges, b.compileCharge(&raw.Charges[i], raw))
	}
	b.linkCharges()
	for _, e := range raw.Examples {
		b.Examples = append(b.Examples, b.compileExample(e))
	}
	return b
}

func compileInput(in *inputFile) Input {
	out := Input{
		ID: in.ID, Group: in.Group, Kind: in.Kind, Name: in.Name, Help: in.Help, Unit: in.Unit,
		Matrix: in.Matrix, Column: in.Column,
	}
	if in.Default != nil {
		out.Default = in.Default.value()
	}
	for _, c := range in.Choices {
		out.Choices = append(out.Choices, Choice{ID: c.ID, Name: c.Name, Note: c.Note})
	}
	for i := range in.Fields {
		out.Fields = append(out.Fields, compileInput(&in.Fields[i]))
	}
	switch in.Kind {
	case KindCount:
		out.Minimum, out.Maximum = in.bounds()
	case KindYesNo:
		out.Maximum = 1
	case KindChoice:
		out.Maximum = int64(len(in.Choices)) - 1
	case KindChoices:
		out.Maximum = 1<<len(in.Choices) - 1
	case KindRows:
		out.Maximum = MaxRows
	}
	return out
}

// compileExample sets the example's inputs in the way of any usage; validation
// has made sure that it is possible.
func (b *Book) compileExample(e exampleFile) Example {
	u := b.NewUsage()
	for id, value := range e.Inputs {
		in := &b.Inputs[b.position(id)]
		switch in.Kind {
		case KindRows:
			u.rows[b.position(id)] = exampleRows(in, value.rows)
		case KindChoices:
			for _, c := range value.list {
				u.values[b.position(id)] |= 1 << in.choice(c.text)
			}
		default:
			u.values[b.position(id)] = valueOf(in, value.scalarFile)
		}
	}
	return Example{ID: e.ID, Name: e.Name, Usage: u}
}

func exampleRows(in *Input, raw []map[string]scalarFile) []Row {
	rows := make([]Row, len(raw))
	for i := range raw {
		rows[i] = make(Row, len(in.Fields))
		for j := range in.Fields {
			f := &in.Fields[j]
			rows[i][j] = f.Default
			if s, ok := raw[i][f.ID]; ok {
				rows[i][j] = valueOf(f, s)
			}
		}
	}
	return rows
}

// valueOf returns the value of an input that a valid scalar stands for.
func valueOf(in *Input, s scalarFile) int64 {
	if in.Kind == KindChoice {
		return int64(in.choice(s.text))
	}
	return s.value()
}

// value returns the number of a valid scalar; yes is 1 and no is 0.
func (s scalarFile) value() int64 {
	if s.tag == "!!bool" {
		return yesNo(s.yes())
	}
	return s.count()
}
