package pricing

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// listedInput is what a book's file says of the range of an input, or of a field
// of its rows.
type listedInput struct {
	ID, Kind         string
	Minimum, Maximum *int64
	Fields           []listedInput
}

// bounds returns the range: what the file leaves out is 0 and the largest count.
func (l *listedInput) bounds() (low, high int64) {
	high = 1_000_000_000_000
	if l.Minimum != nil {
		low = *l.Minimum
	}
	if l.Maximum != nil {
		high = *l.Maximum
	}
	return low, high
}

// Every count of every book, and of its rows, can be the least and the most that
// its file says, and neither less nor more.
func TestBoundsOfEveryInput(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	books := []*Book{fixtureBook(t), decodeText(t, poolFixtureText(t))}
	for _, p := range c.Products() {
		books = append(books, p.Books...)
	}
	for _, b := range books {
		var file struct{ Inputs []listedInput }
		if err := yaml.Unmarshal(b.file, &file); err != nil {
			t.Fatal(err)
		}
		first, last := int64(1), int64(36)
		file.Inputs = append(file.Inputs, listedInput{ID: Months, Kind: "count", Minimum: &first, Maximum: &last})
		if len(file.Inputs) != len(b.Inputs) {
			t.Fatalf("%s %s: %d inputs, and %d in the file", b.Product, b.ID, len(b.Inputs), len(file.Inputs))
		}
		for _, l := range file.Inputs {
			u := b.NewUsage()
			in, _ := b.Input(l.ID)
			if l.Kind == "count" {
				checkRangeOf(t, u.Cell(in), &l)
			}
			for j := range l.Fields {
				if l.Fields[j].Kind == "count" {
					rows, fault := u.SetRows(in, 1)
					noFault(t, fault)
					checkRangeOf(t, rows[0].Cell(in, in.field(l.Fields[j].ID)), &l.Fields[j])
				}
			}
		}
	}
}

func checkRangeOf(t *testing.T, c Cell, l *listedInput) {
	t.Helper()
	low, high := l.bounds()
	if c.input.Minimum != low || c.input.Maximum != high {
		t.Errorf("%s is from %d to %d, want %d to %d", l.ID, c.input.Minimum, c.input.Maximum, low, high)
	}
	for _, n := range []int64{low, low + 1, high - 1, high} {
		if n > high || n < low {
			continue
		}
		*c.value = -7
		if fault := c.SetCount(strconv.FormatInt(n, 10)); fault != nil || *c.value != n {
			t.Errorf("%s at %d: %v, set to %d", l.ID, n, fault, *c.value)
		}
	}
	*c.value = low
	for _, n := range []int64{low - 1, high + 1} {
		if got := faultOf(c.SetCount(strconv.FormatInt(n, 10))); got != l.ID+" out_of_range" || *c.value != low {
			t.Errorf("%s at %d: %q, set to %d", l.ID, n, got, *c.value)
		}
	}
}

// rangeBook returns a book whose one count, and that of its rows, has a range.
func rangeBook(t *testing.T, minimum, maximum int, limits string) *Book {
	t.Helper()
	bounds := fmt.Sprintf("minimum: %d, maximum: %d, default: %d", minimum, maximum, minimum)
	options, ids := "", []string{}
	for i, limit := range strings.Split(limits, "; ") {
		ids = append(ids, "option"+strconv.Itoa(i))
		options += fmt.Sprintf("  - {id: option%d, name: {en: a, zh: b}, summary: {en: a, zh: b}, limits: {n: %s}}\n", i, limit)
	}
	return decodeText(t, `product: range
price_book: "2024-01-01"
currency: CNY
name: {en: Range, zh: 范围}
summary: {en: Range, zh: 范围}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: n, group: all, kind: count, `+bounds+`, name: {en: N, zh: 数}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - id: rows
    group: all
    kind: rows
    name: {en: a, zh: b}
    help: {en: a, zh: b}
    fields:
      - {id: model, group: all, kind: choice, choices: [{id: only, name: {en: a, zh: b}}], name: {en: a, zh: b}, help: {en: a, zh: b}}
      - {id: each, group: all, kind: count, `+bounds+`, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
options:
`+options+`charges:
  - id: work
    name: {en: a, zh: b}
    settlement: postpaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    prices:
      - {options: [`+strings.Join(ids, ", ")+`], rows: {rows: rows, quantity: [each], by: model, prices: [{for: [only], price: "1"}]}}
`)
}

// A book takes over from another one what lies in its own range, ends included.
func TestBoundsOfWhatIsTakenOver(t *testing.T) {
	wide, narrow := rangeBook(t, 0, 9, "unlimited"), rangeBook(t, 3, 6, "unlimited")
	for n := range int64(10) {
		for inputs, id := range map[string]string{
			fmt.Sprintf(`{"n": %d}`, n):                        "n",
			fmt.Sprintf(`{"n": 4, "rows": [{"each": %d}]}`, n): "rows",
		} {
			u := usageOf(t, wide, inputs)
			in, _ := wide.Input(id)
			same, left := u.In(narrow)
			to, _ := narrow.Input(id)
			switch allowed := n >= 3 && n <= 6; {
			case id == "n" && n == 0: // the default of the wide one, which is not taken over
			case allowed != (len(left) == 0), !allowed && left[0] != id:
				t.Errorf("%s: left out %v", inputs, left)
			case allowed && id == "n" && same.Count(to) != u.Count(in), allowed && id == "rows" && same.Rows(to)[0][1] != n:
				t.Errorf("%s: taken over as %v, %v", inputs, same.values, same.rows)
			case !allowed && !same.IsDefault(to):
				t.Errorf("%s: left out, but set: %v, %v", inputs, same.values, same.rows)
			}
		}
	}
}

// A limit is served up to its end and from its beginning on. One that reaches the
// most that the input can be is none: nothing lacks it.
func TestBoundsOfLimits(t *testing.T) {
	b := rangeBook(t, 0, 31, "31; 30; unlimited; {minimum: 31}; 0; {minimum: 1}")
	for n, want := range map[int]string{
		0:  "",
		1:  "option3 at least 31, option4 at most 0",
		30: "option3 at least 31, option4 at most 0",
		31: "option1 at most 30, option4 at most 0",
	} {
		e := usageOf(t, b, fmt.Sprintf(`{"n": %d}`, n)).Estimate()
		var got []string
		for i := range b.Options {
			o := e.Option(b.Options[i].ID)
			for _, v := range o.Violations {
				word := "at most"
				if strings.Contains(v.Message.EN, "at least") {
					word = "at least"
				}
				got = append(got, fmt.Sprintf("%s %s %d", o.Option.ID, word, v.Limit))
			}
			if o.Feasible != (len(o.Violations) == 0) {
				t.Errorf("%d: %s is feasible: %v", n, o.Option.ID, o.Feasible)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%d: %v, want %s", n, got, want)
		}
	}
	n := b.position("n")
	for limits, want := range map[string]bool{
		"31; unlimited": false, "31; 31": false, "31; 30": true, "31; {minimum: 1}": true, "31; 0": true,
	} {
		if got := rangeBook(t, 0, 31, limits).bounds(n); got != want {
			t.Errorf("with the limits %s an option may lack something: %v", limits, got)
		}
	}
}

// Options share the list of add-ons of one price, not what they serve by
// themselves.
func TestSharedAddOns(t *testing.T) {
	const own = "      - options: [large]\n        add_ons:\n"
	text := strings.Replace(fixtureText(t), own, "      - options: [small, large]\n        add_ons:\n", 1)
	b := decodeText(t, text)
	for days, want := range map[int][2]string{7: {"", ""}, 8: {"5", ""}, 30: {"5", ""}, 31: {"5", "5"}, 366: {"8.5", "8.5"}} {
		e := usageOf(t, b, fmt.Sprintf(`{"keep_days": %d}`, days)).Estimate()
		var got [2]string
		for i, id := range []string{"small", "large"} {
			for _, l := range e.Option(id).Lines {
				if l.ID() == "longer" {
					got[i] = l.Amount.String()
				}
			}
		}
		if got != want {
			t.Errorf("%d days cost %q more, want %q", days, got, want)
		}
	}
}
