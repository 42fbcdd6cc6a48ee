package pricing

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// wings are what stands about the core of the package. The files of each begin
// with its name; all others are the core.
var wings = []string{"axis", "book", "catalog", "comparison", "estimator", "forecast"}

// coreFiles begin with the name of a wing and are the core's: what a book is,
// apart from its file.
var coreFiles = []string{"book.go"}

// betweenWings lists what one wing may use of another, and why.
var betweenWings = []struct{ from, to, names, why string }{
	{"book", "axis", "runner", "what makes the prices of a book makes none that runs along no axis"},
	{
		"estimator", "book",
		"bookFile choiceID compileInput decoder documentFile inputFile kebabID oneOf reservedInputs scalarFile sourceFile steps under validation wordID",
		"planning data is written, decoded and validated as books are",
	},
	{"catalog", "book", "DecodeBook", "a catalog reads books"},
	{"catalog", "estimator", "Estimator PlanningFile decodePlanning planning", "and what stands beside them"},
	{"forecast", "estimator", "Derivation Estimator Target", "what grows can be a fact"},
	{"comparison", "estimator", "Derivation Estimator Estimator.bounds Estimator.made Target Yield room target", "one room is metered by the rule of each product"},
	{"comparison", "catalog", "Catalog Product", "which has the rules"},
	{"comparison", "book", "decoder steps validation", "families are a file, read as books are"},
}

func wingOf(file string) string {
	for _, w := range wings {
		if (strings.HasPrefix(file, w+"_") || file == w+".go") && !slices.Contains(coreFiles, file) {
			return w
		}
	}
	return ""
}

// use is a name of the package that a file uses and another one declares.
type use struct{ from, to, name string }

// uses finds, by the type checker, what the files of the package use of each
// other. A field or a method is named after its type, if that is declared in the
// same file, and as "Type.method" if it is not.
func uses(t *testing.T) []use {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedExportFile,
	}, ".")
	if err != nil {
		t.Fatal(err)
	}
	p := loaded[0]
	for _, e := range p.Errors {
		t.Fatal(e)
	}
	fileOf := func(o types.Object) string { return filepath.Base(p.Fset.Position(o.Pos()).Filename) }
	owner := map[types.Object]types.Object{} // of fields and methods
	for _, name := range p.Types.Scope().Names() {
		o, ok := p.Types.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if named, ok := o.Type().(*types.Named); ok {
			for m := range named.Methods() {
				owner[m] = o
			}
		}
		switch under := o.Type().Underlying().(type) {
		case *types.Struct:
			for f := range under.Fields() {
				owner[f] = o
			}
		case *types.Interface:
			for m := range under.ExplicitMethods() {
				owner[m] = o
			}
		}
	}
	found := map[use]bool{}
	for _, file := range p.Syntax {
		from := filepath.Base(p.Fset.Position(file.Pos()).Filename)
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := p.TypesInfo.Uses[id]
			if o == nil || o.Pkg() != p.Types || o.Parent() != p.Types.Scope() && owner[o] == nil {
				return true // of another package, or local
			}
			name := o.Name()
			if of := owner[o]; of != nil && fileOf(of) == fileOf(o) {
				name = of.Name()
			} else if of != nil {
				name = of.Name() + "." + name
			}
			if to := fileOf(o); to != from {
				found[use{from, to, name}] = true
			}
			return true
		})
	}
	if len(p.Syntax) < 50 || len(found) < 500 {
		t.Fatalf("only %d uses were found in %d files", len(found), len(p.Syntax))
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b use) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
}

// TestCoreKnowsNoWing: what a bill is and how it is computed can be read without
// any of the wings, and each wing without the others but for what is listed.
func TestCoreKnowsNoWing(t *testing.T) {
	used := map[string]bool{}
	for _, u := range uses(t) {
		from, to := wingOf(u.from), wingOf(u.to)
		if from == to || to == "" {
			continue
		}
		allowed := false
		for _, b := range betweenWings {
			if b.from == from && b.to == to && slices.Contains(strings.Fields(b.names), u.name) {
				allowed = true
				used[from+" "+to+" "+u.name] = true
			}
		}
		switch {
		case from == "":
			t.Errorf("%s is of the core and uses %s of %s", u.from, u.name, u.to)
		case !allowed:
			t.Errorf("%s uses %s of %s", u.from, u.name, u.to)
		}
	}
	for _, b := range betweenWings {
		for name := range strings.FieldsSeq(b.names) {
			if !used[b.from+" "+b.to+" "+name] {
				t.Errorf("%s is listed and not used by a file of %s", name, b.from)
			}
		}
	}
}

// mostInACircle is how many files may use each other in a circle, so that none of
// them can be read alone.
const mostInACircle = 30

func TestNoLargeCircleOfFiles(t *testing.T) {
	next := map[string][]string{}
	for _, u := range uses(t) {
		if !slices.Contains(next[u.from], u.to) {
			next[u.from] = append(next[u.from], u.to)
		}
	}
	reached := map[string]map[string]bool{}
	for from := range next {
		seen := map[string]bool{}
		for todo := []string{from}; len(todo) > 0; {
			file := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, to := range next[file] {
				if !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			}
		}
		reached[from] = seen
	}
	for from := range reached {
		var circle []string
		for to := range reached[from] {
			if reached[to][from] {
				circle = append(circle, to)
			}
		}
		if len(circle) > mostInACircle {
			slices.Sort(circle)
			t.Fatalf("%d files use each other in a circle: %s", len(circle), strings.Join(circle, " "))
		}
	}
}
