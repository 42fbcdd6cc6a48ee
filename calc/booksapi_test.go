package calc_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"suanpan/pricing"
)

// writtenBook is what the file of a price book says of the range of its inputs
// and of where its prices come from, read as any reader of YAML would.
type writtenBook struct {
	Product   string
	PriceBook string `yaml:"price_book"`
	Documents []struct {
		ID, Date string
		Title    map[string]string
	}
	Inputs  []writtenInput
	Charges []struct {
		ID     string
		Source struct {
			Document string
			Section  map[string]string
		}
		Lines map[string]struct{ ID string }
	}
	Examples []struct{ Inputs map[string]any }
}

type writtenInput struct {
	ID, Kind         string
	Minimum, Maximum *int64
	Fields           []writtenInput
}

// writtenBooks returns the files of all price books that the program carries.
func writtenBooks(t *testing.T) []writtenBook {
	t.Helper()
	files, err := fs.Glob(pricing.EmbeddedBooks(), "*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var books []writtenBook
	for _, file := range files {
		if path.Base(file) == pricing.PlanningFile {
			continue
		}
		data, err := fs.ReadFile(pricing.EmbeddedBooks(), file)
		if err != nil {
			t.Fatal(err)
		}
		var b writtenBook
		if err := yaml.Unmarshal(data, &b); err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	if len(books) < 7 {
		t.Fatalf("only %d books", len(books))
	}
	return books
}

// at returns a value of every count, and of every count in a row, so far below
// the minimum or above the maximum, and the names of them in order.
func at(inputs []writtenInput, most bool, beyond int64) (values map[string]any, names []string) {
	values = map[string]any{}
	for _, in := range inputs {
		low, high := int64(0), int64(1_000_000_000_000)
		if in.Minimum != nil {
			low = *in.Minimum
		}
		if in.Maximum != nil {
			high = *in.Maximum
		}
		switch {
		case in.Kind == "rows":
			row, fields := at(in.Fields, most, beyond)
			values[in.ID] = []any{row}
			for _, f := range fields {
				names = append(names, in.ID+"[0]."+f)
			}
		case in.Kind != "count":
		case most:
			values[in.ID], names = high+beyond, append(names, in.ID)
		default:
			values[in.ID], names = low-beyond, append(names, in.ID)
		}
	}
	return values, names
}

// The API takes the least and the most that the file of a book allows of every
// input, and says of all that lie beyond that they are out of range.
func TestRangesOfEveryBook(t *testing.T) {
	s := newServer(t)
	first, last := int64(1), int64(36)
	for _, b := range writtenBooks(t) {
		inputs := append([]writtenInput{{ID: "months", Kind: "count", Minimum: &first, Maximum: &last}}, b.Inputs...)
		for _, most := range []bool{false, true} {
			for beyond := range int64(2) {
				values, names := at(inputs, most, beyond)
				body, err := json.Marshal(map[string]any{"product": b.Product, "price_book": b.PriceBook, "inputs": values})
				if err != nil {
					t.Fatal(err)
				}
				res := postJSON(t, s, string(body))
				if beyond == 0 {
					if answer := decode[estimateAnswer](t, read(t, res)); res.StatusCode != 200 || int64(answer.Months) != values["months"] {
						t.Errorf("%s: status %d, %d months", body, res.StatusCode, answer.Months)
					}
					continue
				}
				var got []string
				for _, fault := range wantProblem(t, res, 422).Errors {
					if got = append(got, fault.Input); fault.Code != "out_of_range" {
						t.Errorf("%s %s: %s is %s", b.Product, b.PriceBook, fault.Input, fault.Code)
					}
				}
				if !slices.Equal(got, names) {
					t.Errorf("%s %s: out of range are %v, want %v", b.Product, b.PriceBook, got, names)
				}
			}
		}
	}
}

// The API names with every line the document and the section that the file of
// the book names, in either language.
func TestSourcesOfEveryBook(t *testing.T) {
	s := newServer(t)
	for _, b := range writtenBooks(t) {
		want := map[string]map[string]string{} // by line, then language
		for _, c := range b.Charges {
			source := map[string]string{}
			for _, d := range b.Documents {
				if d.ID == c.Source.Document {
					source["en"] = strings.Join([]string{d.Title["en"], c.Source.Section["en"], d.Date}, ", ")
					source["zh"] = strings.Join([]string{d.Title["zh"], c.Source.Section["zh"], d.Date}, "，")
				}
			}
			want[c.ID] = source
			for _, l := range c.Lines {
				want[l.ID] = source
			}
		}
		lines := 0
		for _, example := range b.Examples {
			for _, lang := range []string{"en", "zh"} {
				body, err := json.Marshal(map[string]any{"product": b.Product, "price_book": b.PriceBook, "lang": lang, "inputs": example.Inputs})
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range decode[estimateAnswer](t, read(t, postJSON(t, s, string(body)))).Options {
					for _, l := range o.Lines {
						if lines++; l.Source != want[l.ID][lang] {
							t.Errorf("%s %s: %s comes from %q, want %q", b.Product, b.PriceBook, l.ID, l.Source, want[l.ID][lang])
						}
					}
				}
			}
		}
		if lines == 0 {
			t.Errorf("%s %s: no line was looked at", b.Product, b.PriceBook)
		}
	}
}
