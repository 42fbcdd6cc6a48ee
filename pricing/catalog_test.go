package pricing

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// fixtureAt returns the fixture as a file of another product and book id.
func fixtureAt(t testing.TB, product, id string) *fstest.MapFile {
	t.Helper()
	r := strings.NewReplacer("product: demo-parcels", "product: "+product, `price_book: "2024-02-29"`, `price_book: "`+id+`"`)
	return &fstest.MapFile{Data: []byte(r.Replace(fixtureText(t)))}
}

func TestCatalogOrdersBooksNewestFirst(t *testing.T) {
	// Sorted as text, r10 would come before r2 and r9.
	want := []string{"2024-03-01", "2024-02-29r10", "2024-02-29r9", "2024-02-29r2", "2024-02-29", "2023-12-31r99", "2023-12-31"}
	folder := fstest.MapFS{}
	for _, id := range want {
		folder["demo-parcels/"+id+".yaml"] = fixtureAt(t, "demo-parcels", id)
	}
	folder["demo-boxes/2025-01-01.yaml"] = fixtureAt(t, "demo-boxes", "2025-01-01")
	c, err := LoadCatalog(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Products()) != 2 || c.Products()[0].ID != "demo-boxes" || c.Products()[1].ID != "demo-parcels" {
		t.Errorf("products are not in the order of their ids: %v", c.Products())
	}
	p, ok := c.Product("demo-parcels")
	if !ok {
		t.Fatal("no product demo-parcels")
	}
	var got []string
	for _, b := range p.Books {
		got = append(got, b.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("books are %v, want %v", got, want)
	}
	if newest, ok := p.Book(""); !ok || newest != p.Newest() || newest.ID != want[0] {
		t.Errorf("where no book is named, %s counts, want %s", newest.ID, want[0])
	}
	if b, ok := p.Book("2024-02-29r9"); !ok || b.ID != "2024-02-29r9" {
		t.Error("a book is not found by its id")
	}
	if _, ok := p.Book("2024-02-28"); ok {
		t.Error("a date between two books is no book")
	}
	if _, ok := c.Product("demo"); ok {
		t.Error("there is no product demo")
	}
}

func TestCatalogJoinsFolders(t *testing.T) {
	c, err := LoadCatalog(EmbeddedBooks(), fstest.MapFS{"demo-parcels/2024-02-29.yaml": fixtureAt(t, "demo-parcels", "2024-02-29")})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"demo-parcels", "tencent-im"} {
		if _, ok := c.Product(id); !ok {
			t.Errorf("no product %s", id)
		}
	}
}

func TestCatalogRefuses(t *testing.T) {
	book := fixtureAt(t, "demo-parcels", "2024-02-29")
	broken := &fstest.MapFile{Data: []byte("product: demo\ncolour: red\n")}
	place := "demo-parcels/2024-02-29.yaml"
	for _, tt := range []struct {
		name    string
		folders []fs.FS
		want    []string // parts of the error
	}{
		{"no books", []fs.FS{fstest.MapFS{}}, []string{"there are no price books"}},
		{"no folders", nil, []string{"there are no price books"}},
		{"same product and date in two folders", []fs.FS{fstest.MapFS{place: book}, fstest.MapFS{place: book}},
			[]string{place + ":1:1: there is a price book 2024-02-29 of demo-parcels already", "2024-02-29r2"}},
		{"file at the top", []fs.FS{fstest.MapFS{"2024-02-29.yaml": book}}, []string{"2024-02-29.yaml: price books are files PRODUCT/DATE.yaml"}},
		{"file too deep", []fs.FS{fstest.MapFS{"demo-parcels/old/2024-02-29.yaml": book}}, []string{"price books are files PRODUCT/DATE.yaml"}},
		{"other extension", []fs.FS{fstest.MapFS{place: book, "demo-parcels/2024-02-29.yml": book}}, []string{"2024-02-29.yml: price books are files"}},
		{"other product in the file", []fs.FS{fstest.MapFS{"demo-boxes/2024-02-29.yaml": book}},
			[]string{"demo-boxes/2024-02-29.yaml:1:1: the book says it is demo-parcels/2024-02-29.yaml"}},
		{"other date in the file", []fs.FS{fstest.MapFS{"demo-parcels/2024-03-01.yaml": book}},
			[]string{"demo-parcels/2024-03-01.yaml:1:1: the book says it is " + place}},
		{"several at fault", []fs.FS{fstest.MapFS{"a/b.yaml": broken, "c/d.yaml": broken, place: book}},
			[]string{`a/b.yaml:2:1: unknown key "colour"`, `c/d.yaml:2:1: unknown key "colour"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := LoadCatalog(tt.folders...)
			if err == nil || c != nil {
				t.Fatal("the catalog was loaded")
			}
			for _, part := range tt.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("got %v, want %q", err, part)
				}
			}
		})
	}
}

// Whoever shows errors can tell a book at fault from a file that is missing.
func TestCatalogKeepsErrorTypes(t *testing.T) {
	_, err := LoadCatalog(fstest.MapFS{"demo/2024-02-29.yaml": {Data: []byte("product: demo\ncolour: red\n")}})
	var faults BookErrors
	if !errors.As(err, &faults) || faults[0].Line != 2 {
		t.Errorf("error is %v, want BookErrors at line 2", err)
	}
}
