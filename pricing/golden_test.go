package pricing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestGoldenBills compares whole bills with those in testdata/*.txtar. Each of
// these files says in its comment, with the arithmetic, what the figures must
// be: -update refreshes the layout, it is no proof of the figures. The source
// that a line names is that of the book's file, whatever the golden bill says.
// The section book names a book as PRODUCT/DATE; without it, it is that of Tencent IM.
func TestGoldenBills(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden bills: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			inputs, want := section(archive, "inputs.json"), section(archive, "bill")
			if inputs == nil || want == nil {
				t.Fatal("a golden bill has the sections inputs.json and bill")
			}
			b := tencentIM(t)
			if s := section(archive, "book"); s != nil {
				product, id, _ := strings.Cut(strings.TrimSpace(string(s.Data)), "/")
				b = embeddedBook(t, product, id)
			}
			e := usageOf(t, b, string(inputs.Data)).Estimate()
			got := billText(e)
			sources := listed(t, b.file)
			for i := range e.Options {
				for j := range e.Options[i].Lines {
					if err := sources.sourceOf(&e.Options[i].Lines[j]); err != nil {
						t.Error(err)
					}
				}
			}
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

func section(a *txtar.Archive, name string) *txtar.File {
	for i := range a.Files {
		if a.Files[i].Name == name {
			return &a.Files[i]
		}
	}
	return nil
}
