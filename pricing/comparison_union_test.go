package pricing

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// unionBook returns a book that asks for a colour, for features and for rows of
// a model, each with the choices given by their ids, the first being the default.
func unionBook(t *testing.T, product string, colours, features, models []string, most int) *Book {
	t.Helper()
	choices := func(ids []string) string {
		var all []string
		for _, id := range ids {
			all = append(all, fmt.Sprintf("{id: %s, name: {en: %s, zh: 选}}", id, id))
		}
		return "choices: [" + strings.Join(all, ", ") + "]"
	}
	prices := func(ids []string) string { return "prices: [{for: [" + strings.Join(ids, ", ") + `], price: "1"}]` }
	return decodeText(t, `product: `+product+`
price_book: "2024-01-01"
currency: CNY
name: {en: Union, zh: 合}
summary: {en: Union, zh: 合}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: pots, group: all, kind: count, name: {en: Pots, zh: 桶}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - {id: colour, group: all, kind: choice, `+choices(colours)+`, name: {en: Colour, zh: 颜色}, help: {en: a, zh: b}}
  - {id: features, group: all, kind: choices, `+choices(features)+`, name: {en: Features, zh: 功能}, help: {en: a, zh: b}}
  - id: rows
    group: all
    kind: rows
    name: {en: Rows, zh: 行}
    help: {en: a, zh: b}
    fields:
      - {id: model, group: all, kind: choice, `+choices(models)+`, name: {en: Model, zh: 型号}, help: {en: a, zh: b}}
      - {id: n, group: all, kind: count, maximum: `+fmt.Sprint(most)+`, name: {en: N, zh: 数}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
options:
  - {id: only, name: {en: a, zh: b}, summary: {en: a, zh: b}, features: [`+features[0]+`]}
charges:
  - id: pots
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    quantity: pots
    prices: [{options: [only], yearly: {by: colour, `+prices(colours)+`}}]
  - id: rows
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    prices: [{options: [only], rows: {rows: rows, quantity: [n], by: model, `+prices(models)+`}}]
`)
}

func idsOf(choices []Choice) string {
	var ids []string
	for _, c := range choices {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

// What any of the books allows can be chosen, in the order of the first of them;
// what a book does not know of it, it does not have.
func TestChoicesOfSeveralBooks(t *testing.T) {
	a := unionBook(t, "a", []string{"red", "green"}, []string{"fast", "loud"}, []string{"small", "large"}, 5)
	b := unionBook(t, "b", []string{"green", "blue"}, []string{"loud", "round", "fast"}, []string{"large", "huge"}, 9)
	c, err := NewCommon(catalogOf(t), []*Book{b, a}, false)
	if err != nil {
		t.Fatal(err)
	}
	input := func(id string) *Input { in, _ := c.Inputs.Input(id); return in }
	rows := input("rows")
	for _, tt := range []struct {
		in      *Input
		choices string
		maximum int64
	}{
		{input("colour"), "red green blue", 2},
		{input("features"), "fast loud round", 7},
		{&rows.Fields[rows.field("model")], "small large huge", 2},
		{&rows.Fields[rows.field("n")], "", 9},
	} {
		if got := idsOf(tt.in.Choices); got != tt.choices || tt.in.Maximum != tt.maximum {
			t.Errorf("%s is one of %s, up to %d; want %s, %d", tt.in.ID, got, tt.in.Maximum, tt.choices, tt.maximum)
		}
	}
	if got := idsOf(a.Inputs[a.position("colour")].Choices); got != "red green" {
		t.Errorf("the first book now has %s", got)
	}
	for inputs, want := range map[string][2]string{ // what a and b have not
		`{}`: {"", "colour"}, // red, if nothing is said
		`{"colour": "green", "features": ["loud"]}`:                                             {"", ""},
		`{"colour": "blue", "features": ["loud", "round"]}`:                                     {"colour features", ""},
		`{"colour": "green", "rows": [{"model": "large", "n": 5}]}`:                             {"", ""},
		`{"colour": "green", "rows": [{"model": "large", "n": 6}]}`:                             {"rows", ""},
		`{"colour": "green", "rows": [{"model": "huge", "n": 5}]}`:                              {"rows", ""},
		`{"colour": "green", "rows": [{"model": "large", "n": 5}, {"n": 9, "model": "small"}]}`: {"rows", "rows"},
	} {
		u := usageOf(t, c.Inputs, inputs)
		var got [2]string
		for i, book := range []*Book{a, b} {
			var ids []string
			_, left := carry(u, book)
			for _, l := range left {
				ids = append(ids, l.ID)
			}
			got[i] = strings.Join(ids, " ")
		}
		if got != want {
			t.Errorf("%s: not to be had are %q, want %q", inputs, got, want)
		}
	}
}

// A value has a bit for each of the choices that are made, and room for so many.
func TestManyChoicesOfSeveralBooks(t *testing.T) {
	many := func(letter string, n int) []string {
		var ids []string
		for i := range n {
			ids = append(ids, fmt.Sprintf("%s%d", letter, i))
		}
		return ids
	}
	a := unionBook(t, "a", many("x", 40), many("x", 40), []string{"small"}, 5)
	b := unionBook(t, "b", many("y", 40), slices.Concat(many("x", 3), many("y", 40)), []string{"small"}, 5)
	c, err := NewCommon(catalogOf(t), []*Book{a, b}, false)
	if err != nil {
		t.Fatal(err)
	}
	colour, _ := c.Inputs.Input("colour")
	features, _ := c.Inputs.Input("features")
	if len(colour.Choices) != 80 || colour.Maximum != 79 || len(features.Choices) != 62 || features.Maximum != 1<<62-1 {
		t.Errorf("%d colours up to %d, %d features up to %d", len(colour.Choices), colour.Maximum, len(features.Choices), features.Maximum)
	}
	u := c.Inputs.NewUsage()
	noFault(t, u.SetChoices(features, []string{"y21"}))
	if !u.Chosen(features, 61) || u.Count(features) > features.Maximum {
		t.Errorf("the last feature is %d", u.Count(features))
	}
}
