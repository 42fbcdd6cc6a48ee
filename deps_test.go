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
	// ours are the packages of this module that may be imported, each with all
	// below it but for those that are not.
	ours, not []string
	// refused are packages of the standard library and of others, each with all
	// below it.
	refused []string
}

const echo = "github.com/labstack/echo"

// importRules has the first rule that fits a package. Imports run one way:
// main, calc, views, the forms and quotes that they show, pricing.
var importRules = []importRule{
	{
		folder: "suanpan/pricing",
		ours:   []string{"suanpan/pricing/packs", "suanpan/pricing/wide"},
		// No network, no files but its embedded books, no database, no chance.
		refused: []string{"net", "os", "database", "syscall", "math/rand", "html", "text/template", "log", "github.com/labstack", "github.com/a-h/templ"},
	},
	{folder: "suanpan/pricing/packs", ours: []string{"suanpan/pricing/wide"}, refused: []string{"net", "os", "io", "database", "syscall", "math/rand", "github.com"}},
	{folder: "suanpan/pricing/wide", refused: []string{"net", "os", "io", "database", "syscall", "math/rand", "github.com"}},
	{folder: "suanpan/pricing/packs/packstest", refused: []string{"net", "os", "github.com"}},
	{
		folder:  "suanpan/views",
		ours:    []string{"suanpan/calc/forms", "suanpan/calc/quotes", "suanpan/calc/wording", "suanpan/pricing"},
		not:     []string{"suanpan/calc/quotes/sqlstore", "suanpan/calc/quotes/storetest"},
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
		in := func(p string) bool { return under(imported, p) }
		return slices.ContainsFunc(r.ours, in) && !slices.ContainsFunc(r.not, in)
	}
	return !slices.ContainsFunc(r.refused, func(p string) bool { return under(imported, p) })
}

func under(imported, folder string) bool {
	folder = strings.TrimSuffix(folder, "/")
	return imported == folder || strings.HasPrefix(imported, folder+"/")
}

type goPackage struct {
	ImportPath, Dir                                string
	GoFiles, TestGoFiles, XTestGoFiles             []string
	Imports, TestImports, XTestImports, EmbedFiles []string
}

// packages lists the packages of this module.
func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,TestGoFiles,XTestGoFiles,Imports,TestImports,XTestImports,EmbedFiles", "./...").Output()
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
			if under(imported, "suanpan") && strings.HasSuffix(imported, "test") {
				t.Errorf("%s imports %s, which is for tests", p.ImportPath, imported)
			}
		}
		// A test from outside that imports what it tests would not see what a
		// visitor sees. Where the database server comes from does not matter.
		if strings.HasPrefix(p.ImportPath, "suanpan/e2e") {
			for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
				if under(imported, "suanpan") && !under(imported, "suanpan/e2e") && imported != "suanpan/calc/quotes/storetest" {
					t.Errorf("the tests of %s must not import %s", p.ImportPath, imported)
				}
			}
		}
	}
	for _, r := range importRules {
		if !seen[r.folder] {
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
	quoted := regexp.MustCompile("[\"'`]([a-z][a-z0-9_.-]*)[\"'`]")
	files := 0
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		// The browser tests are tests, whatever their helpers are called.
		case entry.IsDir() && (name == "e2e" || entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case entry.IsDir(), strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, ".min.js"),
			!slices.Contains([]string{".go", ".templ", ".js", ".css", ".json"}, filepath.Ext(name)):
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
	if files < 50 {
		t.Errorf("only %d files were read", files)
	}
}

// bookIDs returns the ids that the embedded price books define, each with the
// book that it is of. Left out are the words of the format that books are
// written in, and those that may as well be a plain word of the interface:
// short and without an underscore. A choice's or a source's id has to be of
// more than one word: "standard" is an id of somebody's, and an English word.
func bookIDs(t *testing.T) map[string]string {
	t.Helper()
	books := pricing.EmbeddedBooks()
	files, err := pricing.BookFiles(books)
	if err != nil {
		t.Fatal(err)
	}
	format := formatWords(t)
	ids := map[string]string{}
	for _, file := range files {
		data, err := fs.ReadFile(books, file)
		if err != nil {
			t.Fatal(err)
		}
		var book map[string]any
		if err := yaml.Unmarshal(data, &book); err != nil {
			t.Fatal(err)
		}
		product, _ := book["product"].(string)
		found := 0
		add := func(id string, long int) {
			if strings.ContainsAny(id, "_-") || len(id) > long {
				if found++; !format[id] {
					ids[id] = "an id of " + file
				}
			}
		}
		const never = 1000
		long := map[string]int{"inputs": 6, "options": 6, "charges": 6}
		for section, value := range book {
			list, _ := value.([]any)
			for _, item := range list {
				own, _ := item.(map[string]any)["id"].(string)
				if own != "" && long[section] > 0 {
					add(own, long[section])
				}
				eachID(item, func(id string) { add(id, never) })
			}
		}
		ids[product] = "a product"
		if product == "" || found < 5 {
			t.Errorf("only %d ids were found in %s", found, file)
		}
	}
	delete(ids, pricing.Months)
	// The test is worth something: these are among them.
	for _, id := range []string{
		"tencent-im", "dau_overage", "ultimate", "trial_minutes", "av_packs", "av_overage", "av_pack_custom", "rtmp_ingest",
		"savings_plan", "device_tier", "knowledge_base", "inf-med-chat-v1", "peak_rpm", "image_ocr", "message_reporting",
	} {
		if ids[id] == "" {
			t.Errorf("%s was not found in the price books", id)
		}
	}
	return ids
}

// eachID finds the ids at any depth.
func eachID(v any, found func(id string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if id, ok := value.(string); ok && key == "id" {
				found(id)
			}
			eachID(value, found)
		}
	case []any:
		for _, item := range v {
			eachID(item, found)
		}
	}
}

// formatWords are the keys that a price book is written with, which the code
// that reads one has to know.
func formatWords(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("pricing/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files of the pricing package: %v", len(files), err)
	}
	words := map[string]bool{}
	tag := regexp.MustCompile(`yaml:"([a-z_]+)`)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range tag.FindAllStringSubmatch(string(data), -1) {
			words[m[1]] = true
		}
	}
	return words
}

// TestWhatRunsAtOnceIsRaced: the race detector sees nothing in one goroutine, so
// that `make race` gives it only the tests whose names end in AtOnce, and those
// of the stores. A test that starts goroutines has such a name, and a package whose
// own code starts some has such a test.
func TestWhatRunsAtOnceIsRaced(t *testing.T) {
	for _, p := range packages(t) {
		// The tests from outside run the program as another process. All tests of
		// the stores are run, which are in the one package and helped by the other.
		if under(p.ImportPath, "suanpan/e2e") || under(p.ImportPath, "suanpan/calc/quotes/sqlstore") || under(p.ImportPath, "suanpan/calc/quotes/storetest") {
			continue
		}
		raced := false
		for name, starts := range startingGoroutines(t, p.Dir, slices.Concat(p.TestGoFiles, p.XTestGoFiles)) {
			if !strings.HasPrefix(name, "Test") {
				continue
			}
			if strings.HasSuffix(name, "AtOnce") {
				raced = true
			} else if starts {
				t.Errorf("%s of %s starts goroutines: it has to be called %sAtOnce for the race detector to see them", name, p.ImportPath, name)
			}
		}
		for name, starts := range startingGoroutines(t, p.Dir, p.GoFiles) {
			if starts && !raced {
				t.Errorf("%s of %s starts goroutines, and no test of the package is called AtOnce", name, p.ImportPath)
			}
		}
	}
}

// startingGoroutines tells of each function in some files of a package whether
// it starts goroutines, or uses a function of theirs that does.
func startingGoroutines(t *testing.T, folder string, files []string) map[string]bool {
	t.Helper()
	starts, uses := map[string]bool{}, map[string][]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			name := function.Name.Name
			starts[name] = starts[name] || false
			ast.Inspect(function.Body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					starts[name] = true
				case *ast.SelectorExpr: // of a sync.WaitGroup
					starts[name] = starts[name] || n.Sel.Name == "Go"
				case *ast.Ident:
					uses[name] = append(uses[name], n.Name)
				}
				return true
			})
		}
	}
	for again := true; again; {
		again = false
		for name, used := range uses {
			if !starts[name] && slices.ContainsFunc(used, func(u string) bool { return starts[u] }) {
				starts[name], again = true, true
			}
		}
	}
	return starts
}
