package pricing

import (
	"maps"
	"slices"
)

// PlanningFile is the name of the file beside a product's price books that
// holds its planning data: what turns business facts into usage, and which
// option may follow which. It is no price, so it can be edited while the books
// cannot, and one file serves all books of the product.
const PlanningFile = "planning.yaml"

// planningFile is the planning data as its YAML file writes it. Every key is
// required unless its comment says otherwise.
type planningFile struct {
	Product    string          `yaml:"product"`
	Documents  []documentFile  `yaml:"documents"`
	Changes    *changesFile    `yaml:"changes"`    // optional
	Estimators []estimatorFile `yaml:"estimators"` // optional
}

// changesFile says which option may follow which during a term.
type changesFile struct {
	Source      sourceFile          `yaml:"source"`
	Assumptions []Text              `yaml:"assumptions"` // optional
	MayFollow   map[string][]string `yaml:"may_follow"`
}

// planning is the valid planning data of a product.
type planning struct {
	planningFile
	documents []Document
}

// CheckPlanning reads and validates the planning data of the product that the
// books are of, of which there must be one at least; their order does not matter.
// The file name appears in errors only. The error is a [BookErrors] with every
// fault that could be found.
func CheckPlanning(file string, data []byte, books []*Book) error {
	_, err := decodePlanning(file, data, books)
	return err
}

// decodePlanning returns the planning data of the product that the books are of.
func decodePlanning(file string, data []byte, books []*Book) (*planning, error) {
	rooms, err := embeddedRooms()
	if err != nil {
		return nil, err
	}
	d := &decoder{file: file}
	var p planning
	if d.load(data, &p.planningFile) {
		for i := range p.Estimators {
			if room := p.Estimators[i].Room; room != nil {
				room.rooms = rooms
			}
		}
		d.validatePlanning(&p.planningFile, newestFirst(books))
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	for _, doc := range p.Documents {
		p.documents = append(p.documents, Document(doc))
	}
	return &p, nil
}

// validatePlanning checks what must hold of decoded planning data with a product's
// books, the newest first, and records every fault.
func (d *decoder) validatePlanning(raw *planningFile, books []*Book) {
	v := &planningValidation{
		validation: &validation{decoder: d, book: &bookFile{Documents: raw.Documents}},
		books:      books, newest: books[0],
	}
	if raw.Product != v.newest.Product {
		v.at(steps("product"), "the file is that of %s", v.newest.Product)
	}
	v.allDocuments()
	if raw.Changes != nil {
		v.changes(raw.Changes)
	}
	v.allEstimators(raw.Estimators)
}

// planningValidation is the state of validating planning data. Its book has the
// documents of the planning data and nothing else.
type planningValidation struct {
	*validation
	books  []*Book // of the product, the newest first
	newest *Book
}

func (v *planningValidation) texts(p []any, texts []Text) {
	for i, t := range texts {
		v.text(under(p, i), t)
	}
}

// changes checks that the rules are of options that exist, and that they say
// something of every option of the newest book: one forgotten would be one that
// nobody can leave.
func (v *planningValidation) changes(c *changesFile) {
	p := steps("changes")
	v.source(under(p, "source"), c.Source)
	v.texts(under(p, "assumptions"), c.Assumptions)
	exists := func(id string) bool {
		return slices.ContainsFunc(v.books, func(b *Book) bool { return b.option(id) != nil })
	}
	for _, from := range slices.Sorted(maps.Keys(c.MayFollow)) {
		at := under(p, "may_follow", from)
		if !exists(from) {
			v.at(at, "no price book of the product has an option %s", from)
		}
		for i, to := range c.MayFollow[from] {
			switch {
			case !exists(to):
				v.at(under(at, i), "no price book of the product has an option %s", to)
			case to == from || slices.Contains(c.MayFollow[from][:i], to):
				v.at(under(at, i), "%s is named twice; an option can follow itself without being named", to)
			}
		}
	}
	for i := range v.newest.Options {
		if id := v.newest.Options[i].ID; c.MayFollow[id] == nil {
			v.at(under(p, "may_follow"), "nothing is said of what may follow %s: give a list, [] if nothing may", id)
		}
	}
}

// changesOf returns what the planning data says of changing options, or nil.
func (p *planning) changesOf() *Changes {
	if p.Changes == nil {
		return nil
	}
	return &Changes{
		Source: sourceOf(p.Changes.Source, p.documents), Assumptions: p.Changes.Assumptions, follow: p.Changes.MayFollow,
	}
}

// estimators makes the estimators of which a book has the inputs.
func (p *planning) estimators(b *Book) []*Estimator {
	var all []*Estimator
	for i := range p.Estimators {
		if e := p.Estimators[i].compile(b, p.documents); e != nil {
			all = append(all, e)
		}
	}
	return all
}

func sourceOf(s sourceFile, documents []Document) Source {
	i := slices.IndexFunc(documents, func(d Document) bool { return d.ID == s.Document })
	return Source{Document: &documents[i], Section: s.Section}
}
