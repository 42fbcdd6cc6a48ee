package pricing

import (
	"context"
	"fmt"
	"slices"
	"testing"
)

// askedBook returns a book with the inputs shelves, days and insured, or without
// days, and charges for them.
func askedBook(t *testing.T, product, shelves, days, charges string) *Book {
	t.Helper()
	return decodeText(t, fmt.Sprintf(`product: %s
price_book: "2024-01-01"
currency: CNY
name: {en: Asked, zh: 问}
summary: {en: Asked, zh: 问}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: shelves, group: all, kind: count, %s, name: {en: Shelves, zh: 货架}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - {id: insured, group: all, kind: yes_no, name: {en: Insured, zh: 投保}, help: {en: a, zh: b}}
%s
options:
  - {id: plain, name: {en: a, zh: b}, summary: {en: a, zh: b}, limits: {insured: false}}
  - {id: full, name: {en: a, zh: b}, summary: {en: a, zh: b}, limits: {insured: true}}
charges:
  - id: fee
    name: {en: a, zh: b}
    settlement: prepaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    quantity: shelves
    prices: [{options: [plain], unit_price: "1"}, {options: [full], unit_price: "2"}]
%s`, product, shelves, days, charges))
}

// What a number of days costs depends on the shelves and on the insurance. A
// book that knows no days is told of them where another one charges for them.
func TestAskedWithWhatElseIsPriced(t *testing.T) {
	const days = `  - {id: days, group: all, kind: count, name: {en: Days, zh: 天数}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}`
	kept := func(when string) string {
		return `  - id: kept
    name: {en: a, zh: b}
    settlement: postpaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    quantity: {product: [shelves, days]}
` + when + `    prices: [{options: [plain, full], unit_price: "5"}]
`
	}
	for _, tt := range []struct {
		name, shelves, when, inputs string
		told, charged               bool
	}{
		{"no shelves", "default: 0", "", `{"days": 3}`, false, false},
		{"no shelves, but one at the least", "minimum: 1, default: 1", "", `{"days": 3}`, true, true},
		{"some shelves", "default: 0", "", `{"days": 3, "shelves": 2}`, true, true},
		{"no days", "minimum: 1, default: 1", "", `{"shelves": 2}`, false, false},
		{"without insurance", "default: 0", "    when: {insured: false}\n", `{"days": 3, "shelves": 2}`, true, true},
		{"enough shelves", "default: 0", "    when: {shelves: {at_least: 2}}\n", `{"days": 3, "shelves": 2}`, true, true},
		// What a condition wants more of is asked for, though not charged for.
		{"too few shelves", "default: 0", "    when: {shelves: {at_least: 2}}\n", `{"days": 3, "shelves": 1}`, true, false},
		{"none of the shelves", "default: 0", "    when: {shelves: {at_least: 2}}\n", `{"days": 3}`, false, false},
		// The plain option has no insurance, and charges for the days without it;
		// what it charges is not the price of what was asked for.
		{"with insurance", "default: 0", "    when: {insured: false}\n", `{"days": 3, "shelves": 2, "insured": true}`, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			books := []*Book{askedBook(t, "another", "default: 0", "", ""), askedBook(t, "stock", tt.shelves, days, kept(tt.when))}
			c, err := NewCommon(catalogOf(t), books, false)
			if err != nil {
				t.Fatal(err)
			}
			out, faults := c.Compare(context.Background(), usageOf(t, c.Inputs, tt.inputs), nil, make([]string, len(books)))
			if faults != nil {
				t.Fatal(faults[0])
			}
			told := slices.ContainsFunc(out.Columns[0].Uncovered, func(u Uncovered) bool { return u.ID == "days" })
			charged := slices.ContainsFunc(out.Columns[1].Option.Lines, func(l Line) bool { return l.ID() == "kept" })
			if told != tt.told || charged != tt.charged {
				t.Errorf("told of the days: %v, charged: %v; want %v, %v", told, charged, tt.told, tt.charged)
			}
		})
	}
}
