package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"suanpan/pricing"
)

// importRule says what the packages under a folder may import. What a rule does
// not allow of this module is forbidden, and so is what it refuses of the rest.
type importRule struct {
	// folder is a package path, with /... behind it for those below it too.
	folder string
	// ours are the packages of this module that may be imported.
	ours []string
	// refused are packages of the standard library and of others, each with all
	// below it.
	refused []string
}

const echo = "github.com/labstack/echo"

// importRules has the first rule that fits a package. Imports run one way:
// main, calc, views, pricing.
var importRules = []importRule{
	{
		folder: "suanpan/pricing/...",
		ours:   []string{"suanpan/pricing"},
		// No network, no files but its embedded books, no database, no chance.
		refused: []string{"net", "os", "database", "syscall", "math/rand", "html", "text/template", "log", "github.com/labstack", "github.com/a-h/templ"},
	},
	{
		folder:  "suanpan/views",
		ours:    []string{"suanpan/pricing"},
		refused: []string{"net", "os", "database", "log", "time", "math/rand", "github.com/labstack"},
	},
	{folder: "suanpan/static", refused: []string{"net", "os", "github.com"}},
	{folder: "suanpan/e2e/..."},
	{folder: "suanpan/calc", ours: []string{"suanpan/calc", "suanpan/views", "suanpan/static", "suanpan/pricing"}},
	// What is below calc does not know the web framework, nor the pages.
	{folder: "suanpan/calc/...", ours: []string{"suanpan/calc/", "suanpan/pricing"}, refused: []string{echo, "net/http"}},
	{folder: "suanpan", ours: []string{"suanpan/calc", "suanpan/pricing"}, refused: []string{echo, "html", "database", "github.com"}},
}

func (r importRule) fits(path string) bool {
	base, below := strings.CutSuffix(r.folder, "/...")
	return path == base || (below && strings.HasPrefix(path, base+"/"))
}

func (r importRule) allows(imported string) bool {
	if imported == "suanpan" || strings.HasPrefix(imported, "suanpan/") {
		return slices.ContainsFunc(r.ours, func(p string) bool { return under(imported, p) })
	}
	return !slices.ContainsFunc(r.refused, func(p string) bool { return under(imported, p) })
}

func under(imported, folder string) bool {
	folder = strings.TrimSuffix(folder, "/")
	return imported == folder || strings.HasPrefix(imported, folder+"/")
}

type goPackage struct {
	ImportPath, Dir                       string
	GoFiles, Imports                      []string
	TestImports, XTestImports, EmbedFiles []string
}

// packages lists the packages of this module.
func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,EmbedFiles", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportsRunOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		i := slices.IndexFunc(importRules, func(r importRule) bool { return r.fits(p.ImportPath) })
		if i < 0 {
			t.Errorf("there is no rule for %s", p.ImportPath)
			continue
		}
		seen[importRules[i].folder] = true
		for _, imported := range p.Imports {
			if !importRules[i].allows(imported) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
		// A browser test that imports what it tests would not see what a visitor sees.
		if strings.HasPrefix(p.ImportPath, "suanpan/e2e") {
			for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
				if under(imported, "suanpan") && !under(imported, "suanpan/e2e") {
					t.Errorf("the tests of %s must not import %s", p.ImportPath, imported)
				}
			}
		}
	}
	for _, r := range importRules {
		if !seen[r.folder] && r.folder != "suanpan/e2e/..." {
			t.Errorf("no package has the rule for %s", r.folder)
		}
	}
}

// TestPricingHasNoClockAndNoFloat: an estimate depends on the book and the
// usage, and no amount passes through a float.
func TestPricingHasNoClockAndNoFloat(t *testing.T) {
	files := 0
	for _, p := range packages(t) {
		if !under(p.ImportPath, "suanpan/pricing") {
			continue
		}
		for _, name := range p.GoFiles {
			files++
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name != "Parse" && n.Sel.Name != "DateOnly" {
						t.Errorf("%s uses time.%s", set.Position(n.Pos()), n.Sel.Name)
					}
					if slices.Contains([]string{"InexactFloat64", "Float64", "NewFromFloat", "NewFromFloat32", "ParseFloat"}, n.Sel.Name) {
						t.Errorf("%s uses %s", set.Position(n.Pos()), n.Sel.Name)
					}
				case *ast.Ident:
					if n.Name == "float64" || n.Name == "float32" {
						t.Errorf("%s uses %s", set.Position(n.Pos()), n.Name)
					}
				case *ast.BasicLit:
					if n.Kind == token.FLOAT {
						t.Errorf("%s has the float %s", set.Position(n.Pos()), n.Value)
					}
				}
				return true
			})
		}
	}
	if files == 0 {
		t.Error("no file was read")
	}
}

// TestNoProductInTheCode: what is in a price book is nowhere in the code, so
// that a new price, plan or product is one new file and nothing else.
func TestNoProductInTheCode(t *testing.T) {
	ids := bookIDs(t)
	if len(ids) < 15 {
		t.Fatalf("only %d ids were found in the price books", len(ids))
	}
	quoted := regexp.MustCompile("[\"'`]([a-z][a-z0-9_-]*)[\"'`]")
	files := 0
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir(), strings.HasSuffix(name, "_test.go"), filepath.Ext(name) != ".go" && filepath.Ext(name) != ".templ":
			return nil
		}
		// The browser tests are tests, whatever their helpers are called.
		if strings.HasPrefix(name, "e2e"+string(filepath.Separator)) {
			return nil
		}
		files++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			for _, m := range quoted.FindAllStringSubmatch(line, -1) {
				if what := ids[m[1]]; what != "" {
					t.Errorf("%s:%d: %q is %s", name, i+1, m[1], what)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 30 {
		t.Errorf("only %d files were read", files)
	}
}

// bookIDs returns the ids that the embedded price books define, each with what
// it is of. Of inputs, options and charges those are left out that may as well
// be a plain word of the interface: short and without an underscore.
func bookIDs(t *testing.T) map[string]string {
	t.Helper()
	type named struct {
		ID string `yaml:"id"`
	}
	ids := map[string]string{}
	books := pricing.EmbeddedBooks()
	files, err := pricing.BookFiles(books)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(books, file)
		if err != nil {
			t.Fatal(err)
		}
		var book struct {
			Product string  `yaml:"product"`
			Inputs  []named `yaml:"inputs"`
			Options []named `yaml:"options"`
			Charges []named `yaml:"charges"`
		}
		if err := yaml.Unmarshal(data, &book); err != nil {
			t.Fatal(err)
		}
		for what, list := range map[string][]named{"an input": book.Inputs, "an option": book.Options, "a charge": book.Charges} {
			for _, n := range list {
				if strings.Contains(n.ID, "_") || len(n.ID) > 6 {
					ids[n.ID] = what + " of " + book.Product
				}
			}
		}
		ids[book.Product] = "a product"
	}
	delete(ids, pricing.Months)
	return ids
}
