package pricing

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
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

// planning is the planning data of a product as one of its books has it.
type planning struct {
	changes    *Changes
	follow     map[string][]string // by option
	estimators []*Estimator
}

// Changes is where the rules of changing from one option to another come from.
type Changes struct {
	Source Source
	// Assumptions hold where the source is silent; often none.
	Assumptions []Text
}

// CanFollow reports whether the option to can take the place of the option from
// when it is changed during a term. The same option always can; another one
// only where the product's planning data says so.
func (b *Book) CanFollow(from, to *Option) bool {
	return from.ID == to.ID || b.planning != nil && slices.Contains(b.planning.follow[from.ID], to.ID)
}

// Planned reports whether the product has planning data.
func (b *Book) Planned() bool { return b.planning != nil }

// Changes returns what [Book.CanFollow] rests on, or nil if the product says
// nothing of changing options.
func (b *Book) Changes() *Changes {
	if b.planning == nil {
		return nil
	}
	return b.planning.changes
}

// planningSource is a file of planning data in a folder, with the books there.
type planningSource struct {
	folder fs.FS
	file   string
	books  []*Book
}

// addPlannings reads the planning data and gives each book its part. The data is
// validated against the books of its own folder, if there are any of the product:
// a newer book in another folder has what fits it and does not refuse the rest.
// The error joins those of all files.
func (c *Catalog) addPlannings(sources []planningSource) error {
	seen := map[string]bool{}
	var errs []error
	for _, s := range sources {
		id := path.Dir(s.file)
		p, ok := c.Product(id)
		data, err := fs.ReadFile(s.folder, s.file)
		switch {
		case err != nil:
			errs = append(errs, err)
		case !ok:
			errs = append(errs, fmt.Errorf("%s:1:1: there is no price book of %s", s.file, id))
		case seen[id]:
			errs = append(errs, fmt.Errorf("%s:1:1: there is planning data of %s already, in another folder", s.file, id))
		default:
			beside := slices.DeleteFunc(slices.Clone(s.books), func(b *Book) bool { return b.Product != id })
			if len(beside) == 0 {
				beside = p.Books
			}
			raw, documents, err := decodePlanning(s.file, data, newProduct(beside))
			if err != nil {
				errs = append(errs, err)
				break
			}
			for _, b := range p.Books {
				b.planning = raw.compile(b, documents)
			}
		}
		seen[id] = true
	}
	return errors.Join(errs...)
}

// CheckPlanning reads and validates the planning data of the product that the
// books are of, of which there must be one at least; their order does not matter.
// The file name appears in errors only. The error is a [BookErrors] with every
// fault that could be found.
func CheckPlanning(file string, data []byte, books []*Book) error {
	_, _, err := decodePlanning(file, data, newProduct(books))
	return err
}

func decodePlanning(file string, data []byte, p *Product) (*planningFile, []Document, error) {
	d := &decoder{file: file}
	var raw planningFile
	if d.load(data, &raw) {
		d.validatePlanning(&raw, p)
	}
	if err := d.err(); err != nil {
		return nil, nil, err
	}
	documents := make([]Document, len(raw.Documents))
	for i, doc := range raw.Documents {
		documents[i] = Document(doc)
	}
	return &raw, documents, nil
}

// validatePlanning checks what must hold of decoded planning data, and records
// every fault.
func (d *decoder) validatePlanning(raw *planningFile, p *Product) {
	v := &planningValidation{
		validation: &validation{decoder: d, book: &bookFile{Documents: raw.Documents}},
		product:    p, newest: p.Newest(),
	}
	if raw.Product != p.ID {
		v.at(steps("product"), "the file is that of %s", p.ID)
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
	product *Product
	newest  *Book
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
		return slices.ContainsFunc(v.product.Books, func(b *Book) bool { return b.option(id) != nil })
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

// compile makes the part of valid planning data that a book can use.
func (raw *planningFile) compile(b *Book, documents []Document) *planning {
	p := &planning{}
	if c := raw.Changes; c != nil {
		p.follow = c.MayFollow
		p.changes = &Changes{Source: sourceOf(c.Source, documents), Assumptions: c.Assumptions}
	}
	for i := range raw.Estimators {
		if e := raw.Estimators[i].compile(b, documents); e != nil {
			p.estimators = append(p.estimators, e)
		}
	}
	return p
}

func sourceOf(s sourceFile, documents []Document) Source {
	i := slices.IndexFunc(documents, func(d Document) bool { return d.ID == s.Document })
	return Source{Document: &documents[i], Section: s.Section}
}
