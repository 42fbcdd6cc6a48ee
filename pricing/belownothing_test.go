package pricing

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// belowNothing is a book of two options that a credit of more than they charge
// for makes cheaper than nothing. With every unit of use the credited one comes
// to half a fen more, the other one to a tenth of one.
const belowNothing = `product: below
price_book: "2024-01-01"
currency: CNY
name: {en: Below, zh: 负}
summary: {en: Below, zh: 负}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: use, group: all, kind: count, maximum: 60, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - id: work
    group: all
    kind: rows
    name: {en: a, zh: b}
    help: {en: a, zh: b}
    fields:
      - {id: model, group: all, kind: choice, choices: [{id: only, name: {en: a, zh: b}}], name: {en: a, zh: b}, help: {en: a, zh: b}}
      - {id: n, group: all, kind: count, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
options:
  - {id: halves, name: {en: a, zh: b}, summary: {en: a, zh: b}}
  - {id: tenths, name: {en: a, zh: b}, summary: {en: a, zh: b}}
  - {id: charged, name: {en: a, zh: b}, summary: {en: a, zh: b}}
charges:
  - id: work
    name: {en: a, zh: b}
    settlement: postpaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    prices:
      - {options: [charged], rows: {rows: work, quantity: [n], by: model, prices: [{for: [only], price: "1"}]}}
  - id: use
    name: {en: a, zh: b}
    settlement: postpaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    quantity: use
    prices: [{options: [halves, charged], unit_price: "0.005"}, {options: [tenths], unit_price: "0.001"}]
  - id: credit
    name: {en: a, zh: b}
    settlement: postpaid
    unit: {en: u, zh: 个}
    source: {document: list, section: {en: s, zh: 节}}
    prices: [{options: [halves, tenths], credit: {of: [work], months: 1, amount: "0.205"}}]
`

// Half a fen below nothing goes up as half a fen above it does, in totals, in
// what a month comes to, and in all that is found along an axis.
func TestTotalsBelowNothing(t *testing.T) {
	b := decodeText(t, belowNothing)
	for _, tt := range []struct {
		use, months                     int
		option, total, monthly, prepaid string
	}{
		{0, 1, "halves", "-0.20", "-0.20", "0.00"},
		{1, 1, "halves", "-0.20", "-0.20", "0.00"},
		{2, 1, "halves", "-0.19", "-0.19", "0.00"},
		{40, 1, "halves", "0.00", "0.00", "0.00"},
		{42, 1, "halves", "0.01", "0.01", "0.00"},
		{1, 1, "tenths", "-0.20", "-0.20", "0.00"},
		{9, 1, "tenths", "-0.20", "-0.20", "0.00"},
		{10, 1, "tenths", "-0.19", "-0.19", "0.00"},
		{5, 2, "halves", "-0.15", "-0.07", "0.00"}, // −0.155, and −0.15 ÷ 2
		{1, 8, "halves", "-0.16", "-0.02", "0.00"}, // −0.165, and −0.16 ÷ 8
	} {
		inputs := fmt.Sprintf(`{"use": %d, "work": [{"n": 9}], "months": %d}`, tt.use, tt.months)
		o := usageOf(t, b, inputs).Estimate().Option(tt.option)
		got := [4]string{o.Total.StringFixed(fen), o.Monthly.StringFixed(fen), o.Prepaid.StringFixed(fen), o.Postpaid.StringFixed(fen)}
		if want := [4]string{tt.total, tt.monthly, tt.prepaid, tt.total}; got != want {
			t.Errorf("%s of %s: %v, want %v", tt.option, inputs, got, want)
		}
	}
	u := usageOf(t, b, `{"work": [{"n": 9}]}`)
	a := axisOf(t, u, "use")
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 0))
		for _, check := range []func() error{
			func() error { return checkAxis(r, u, a, map[string]int{}) },
			func() error { return checkBounds(r, a, map[string]int{}) },
		} {
			if err := check(); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
}
