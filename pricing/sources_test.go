package pricing

import (
	"fmt"
	"io/fs"
	"path"
	"testing"

	"go.yaml.in/yaml/v4"
)

// The tests of this file read the price books as any reader of YAML would, and
// compare where each price says that it comes from with what the file says of it.

// listedSource is what a file says of where something comes from.
type listedSource struct {
	Document string
	Section  map[string]string
}

// listedBook is what a file says of its documents, and of what comes from them.
type listedBook struct {
	Documents []struct {
		ID, Date, Confidence string
		Title                map[string]string
	}
	Assumptions []struct {
		ID   string
		Text map[string]string
	}
	Charges []struct {
		ID          string
		Source      listedSource
		Assumptions []string
		Lines       map[string]struct{ ID string }
	}
	Changes    struct{ Source listedSource }
	Estimators []struct {
		ID     string
		Source listedSource
	}
}

func listed(t testing.TB, file []byte) *listedBook {
	t.Helper()
	b := new(listedBook)
	if err := yaml.Unmarshal(file, b); err != nil {
		t.Fatal(err)
	}
	return b
}

// same reports what is wrong with a source that the file writes so.
func (b *listedBook) same(got *Source, want listedSource) error {
	for _, d := range b.Documents {
		if d.ID != want.Document {
			continue
		}
		section := Text{EN: want.Section["en"], ZH: want.Section["zh"]}
		document := Document{ID: d.ID, Title: Text{EN: d.Title["en"], ZH: d.Title["zh"]}, Date: d.Date, Confidence: Confidence(d.Confidence)}
		if got == nil || got.Document == nil || *got.Document != document || got.Section != section || section.EN == "" || section.ZH == "" {
			return fmt.Errorf("the source is %+v, want %+v of %+v", got, section, document)
		}
		if en, zh := got.String(English), got.String(Chinese); en != document.Title.EN+", "+section.EN+", "+d.Date || zh != document.Title.ZH+"，"+section.ZH+"，"+d.Date {
			return fmt.Errorf("the source is written %q and %q", en, zh)
		}
		return nil
	}
	return fmt.Errorf("the file has no document %q", want.Document)
}

// sourceOf reports what is wrong with the source of a line, and with what it
// rests on beside that.
func (b *listedBook) sourceOf(l *Line) error {
	for _, c := range b.Charges {
		is := c.ID == l.ID()
		for _, further := range c.Lines {
			is = is || further.ID == l.ID()
		}
		if !is {
			continue
		}
		var assumptions []Text
		for _, a := range b.Assumptions { // in the order in which the book states them
			for _, id := range c.Assumptions {
				if id == a.ID {
					assumptions = append(assumptions, Text{EN: a.Text["en"], ZH: a.Text["zh"]})
				}
			}
		}
		if got := l.Assumptions(); fmt.Sprint(got) != fmt.Sprint(assumptions) || len(assumptions) != len(c.Assumptions) {
			return fmt.Errorf("%s rests on %v, want %v", l.ID(), got, assumptions)
		}
		if err := b.same(l.Source(), c.Source); err != nil {
			return fmt.Errorf("%s: %w", l.ID(), err)
		}
		return nil
	}
	return fmt.Errorf("the file has no line %s", l.ID())
}

// Every line of every book names the document and the section that its file
// names, and so do the two fixtures, which have every form of price.
func TestLinesNameTheirSources(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	books := []*Book{fixtureBook(t), decodeText(t, poolFixtureText(t))}
	for _, p := range c.Products() {
		books = append(books, p.Books...)
	}
	documents := map[string]bool{}
	for _, b := range books {
		file := listed(t, b.file)
		for i := range b.charges {
			c := &b.charges[i]
			all := []*terms{&c.terms}
			for _, further := range c.further {
				all = append(all, further)
			}
			for _, terms := range all {
				if err := file.sourceOf(&Line{terms: terms}); err != nil {
					t.Errorf("%s %s: %v", b.Product, b.ID, err)
				}
				documents[terms.source.Document.ID] = true
			}
		}
		// What an estimate shows is that.
		for _, u := range []*Usage{b.NewUsage(), fullUsage(b)} {
			for _, o := range u.Estimate().Options {
				for i := range o.Lines {
					if err := file.sourceOf(&o.Lines[i]); err != nil {
						t.Errorf("%s %s, %s: %v", b.Product, b.ID, o.Option.ID, err)
					}
				}
			}
		}
	}
	if len(documents) < 8 {
		t.Errorf("too few documents to tell one from another: %v", documents)
	}
}

// Estimators, and the rules of changing options, name what planning files name.
func TestPlanningNamesItsSources(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, p := range c.Products() {
		data, err := fs.ReadFile(EmbeddedBooks(), path.Join(p.ID, PlanningFile))
		if err != nil {
			continue // a product without planning data
		}
		file := listed(t, data)
		for _, b := range p.Books {
			if c := b.Changes(); c != nil {
				if err := file.same(&c.Source, file.Changes.Source); err != nil {
					t.Errorf("changes of %s %s: %v", b.Product, b.ID, err)
				}
				checked++
			}
			for _, e := range p.Estimators(b) {
				for _, want := range file.Estimators {
					if want.ID != e.ID || want.Source.Document == "" {
						continue
					}
					if err := file.same(e.Source, want.Source); err != nil {
						t.Errorf("%s of %s %s: %v", e.ID, b.Product, b.ID, err)
					}
					checked++
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no source was looked at")
	}
}
