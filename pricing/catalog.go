package pricing

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed books
var embedded embed.FS

// EmbeddedBooks returns the folder of price books that the program carries:
// a folder for each product, in it a file for each book.
func EmbeddedBooks() fs.FS {
	sub, err := fs.Sub(embedded, "books")
	if err != nil {
		panic(err) // the name is a constant that the compiler has checked
	}
	return sub
}

// Catalog has the price books of all products. It is read-only.
type Catalog struct {
	products []*Product
}

// Product is a product with its price books, and what stands beside these.
type Product struct {
	ID string
	// Books are the price books, the newest first; there is at least one.
	Books []*Book

	planned    bool
	estimators map[*Book][]*Estimator
}

// Planned reports whether the product has planning data.
func (p *Product) Planned() bool { return p.planned }

// Estimators returns the estimators whose inputs a book of the product has, in the
// order of the product's planning data.
func (p *Product) Estimators(b *Book) []*Estimator { return p.estimators[b] }

// Estimator returns the estimator of a book with the given id.
func (p *Product) Estimator(b *Book, id string) (*Estimator, bool) {
	for _, e := range p.Estimators(b) {
		if e.ID == id {
			return e, true
		}
	}
	return nil, false
}

// plan gives the product its planning data.
func (p *Product) plan(data *planning) {
	p.planned, p.estimators = true, map[*Book][]*Estimator{}
	for _, b := range p.Books {
		b.changes, p.estimators[b] = data.changesOf(), data.estimators(b)
	}
}

// Newest returns the price book that counts where none is named.
func (p *Product) Newest() *Book { return p.Books[0] }

// Book returns the price book with the given id; the empty id is the newest.
func (p *Product) Book(id string) (*Book, bool) {
	if id == "" {
		return p.Newest(), true
	}
	for _, b := range p.Books {
		if b.ID == id {
			return b, true
		}
	}
	return nil, false
}

// Products returns all products in the order of their ids.
func (c *Catalog) Products() []*Product { return c.products }

// Product returns the product with the given id.
func (c *Catalog) Product(id string) (*Product, bool) {
	i, ok := slices.BinarySearchFunc(c.products, id, func(p *Product, id string) int { return cmp.Compare(p.ID, id) })
	if !ok {
		return nil, false
	}
	return c.products[i], true
}

// LoadCatalog reads every price book in the folders, each laid out as
// PRODUCT/BOOK.yaml, and beside them the planning data of a product, which is
// PRODUCT/planning.yaml in one of the folders at most. Errors are gathered over
// all files: a [BookErrors] for a file at fault, and plain errors for files that
// cannot be read or are in the wrong place, among them a second book of the same
// product and id.
func LoadCatalog(folders ...fs.FS) (*Catalog, error) {
	byProduct := map[string]*Product{}
	var plannings []planningSource
	var errs []error
	for _, folder := range folders {
		files, plans, err := folderFiles(folder)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		books, faults := readBooks(folder, files)
		for _, file := range plans {
			plannings = append(plannings, planningSource{folder, file, books})
		}
		for i, file := range files {
			b := books[i]
			if faults[i] != nil {
				errs = append(errs, faults[i])
				continue
			}
			p := byProduct[b.Product]
			if p == nil {
				p = &Product{ID: b.Product}
				byProduct[b.Product] = p
			}
			if _, twice := p.Book(b.ID); len(p.Books) > 0 && twice {
				errs = append(errs, fmt.Errorf("%s:1:1: there is a price book %s of %s already; a mended one is a revision, such as %sr2", file, b.ID, b.Product, b.ID))
				continue
			}
			p.Books = append(p.Books, b)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	c := &Catalog{}
	for _, p := range byProduct {
		p.Books = newestFirst(p.Books)
		c.products = append(c.products, p)
	}
	slices.SortFunc(c.products, func(a, b *Product) int { return cmp.Compare(a.ID, b.ID) })
	if len(c.products) == 0 {
		return nil, errors.New("there are no price books")
	}
	if err := c.addPlannings(plannings); err != nil {
		return nil, err
	}
	return c, nil
}

// planningSource is a file of planning data in a folder, with the books there.
type planningSource struct {
	folder fs.FS
	file   string
	books  []*Book
}

// addPlannings reads the planning data and gives each product its own. The data is
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
			planning, err := decodePlanning(s.file, data, beside)
			if err != nil {
				errs = append(errs, err)
				break
			}
			p.plan(planning)
		}
		seen[id] = true
	}
	return errors.Join(errs...)
}

// BookFiles returns the paths of the price books in a folder, sorted. A file
// that is neither a price book nor the planning data of a product is an error:
// it would be left out in silence.
func BookFiles(folder fs.FS) ([]string, error) {
	books, _, err := folderFiles(folder)
	return books, err
}

// folderFiles returns the paths of the price books and those of the planning
// data in a folder, both sorted.
func folderFiles(folder fs.FS) (books, plannings []string, err error) {
	err = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return err
		case path.Ext(name) != ".yaml" || strings.Count(name, "/") != 1:
			return fmt.Errorf("%s: price books are files PRODUCT/DATE.yaml, beside them PRODUCT/%s", name, PlanningFile)
		case path.Base(name) == PlanningFile:
			plannings = append(plannings, name)
		default:
			books = append(books, name)
		}
		return nil
	})
	slices.Sort(books)
	slices.Sort(plannings)
	return books, plannings, err
}

// readBooks reads the files side by side: a book does not depend on another, and
// the program waits for all of them when it starts.
func readBooks(folder fs.FS, files []string) ([]*Book, []error) {
	books, faults := make([]*Book, len(files)), make([]error, len(files))
	var all sync.WaitGroup
	for i, file := range files {
		all.Go(func() { books[i], faults[i] = readBook(folder, file) })
	}
	all.Wait()
	return books, faults
}

func readBook(folder fs.FS, file string) (*Book, error) {
	data, err := fs.ReadFile(folder, file)
	if err != nil {
		return nil, err
	}
	b, err := DecodeBook(file, data)
	if err != nil {
		return nil, err
	}
	if want := b.Product + "/" + b.ID + ".yaml"; want != file {
		return nil, fmt.Errorf("%s:1:1: the book says it is %s", file, want)
	}
	return b, nil
}
