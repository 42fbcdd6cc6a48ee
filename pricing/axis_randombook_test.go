package pricing

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// axisBook writes a random book with every price form, small enough to price
// it at every quantity of its counts. It is about how prices run along a
// count, so options differ in what they have of each form, and conditions
// stand on counts. Few different prices make ties.
type axisBook struct {
	r       *rand.Rand
	b       strings.Builder
	options []string
	charges int
	maximum int64
	limited map[string]int64 // limits on b by option, other than 0
}

func (w *axisBook) print(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

func (w *axisBook) chance(percent int) bool { return w.r.IntN(100) < percent }

func (w *axisBook) quantity() int64 { return between(w.r, 0, w.maximum) }

// price is in fen, with another decimal now and then.
func (w *axisBook) price(most int64) string {
	if w.chance(15) {
		return decimalText(between(w.r, 0, 10*most), 3)
	}
	return decimalText(between(w.r, 0, most), 2)
}

// randomAxisBook returns a book, or false for packs of a kind that is refused.
func randomAxisBook(r *rand.Rand) (*Book, string, error) {
	w := &axisBook{r: r, maximum: between(r, 20, 90), limited: map[string]int64{}}
	text := w.book()
	b, err := DecodeBook("axis.yaml", []byte(text))
	if err != nil && strings.Contains(err.Error(), "these packs are not of a kind") {
		return nil, text, nil
	}
	return b, text, err
}

func (w *axisBook) book() string {
	w.print(`product: axis
price_book: "2024-01-01"
currency: CNY
name: {en: Axis, zh: 轴}
summary: {en: Axis, zh: 轴}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:
  - {id: a, group: all, kind: count, minimum: %d, maximum: %d, default: 3, implies: wide, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - {id: b, group: all, kind: count, maximum: %d, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
  - {id: yes, group: all, kind: yes_no, name: {en: a, zh: b}, help: {en: a, zh: b}}
  - {id: tier, group: all, kind: choice, choices: [{id: low, name: {en: a, zh: b}}, {id: high, name: {en: a, zh: b}}], name: {en: a, zh: b}, help: {en: a, zh: b}}
  - {id: features, group: all, kind: choices, choices: [{id: wide, name: {en: a, zh: b}}], name: {en: a, zh: b}, help: {en: a, zh: b}}
  - id: rows
    group: all
    kind: rows
    name: {en: a, zh: b}
    help: {en: a, zh: b}
    fields:
      - {id: model, group: all, kind: choice, choices: [{id: small, name: {en: a, zh: b}}, {id: large, name: {en: a, zh: b}}], name: {en: a, zh: b}, help: {en: a, zh: b}}
      - {id: n, group: all, kind: count, maximum: %d, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}
      - {id: each, group: all, kind: count, maximum: 20, default: 1, name: {en: a, zh: b}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}`,
		between(w.r, 0, 3), w.maximum, w.maximum, w.maximum)
	for i := range between(w.r, 2, 4) {
		w.options = append(w.options, fmt.Sprintf("option%d", i))
	}
	w.print("options:")
	for _, o := range w.options {
		b := w.limit()
		if n, err := strconv.ParseInt(b, 10, 64); err == nil && n < w.maximum {
			w.limited[o] = n
		}
		w.print("  - {id: %s, name: {en: a, zh: b}, summary: {en: a, zh: b}, features: [%s], limits: {a: %s, b: %s, yes: true, rows: %s}}",
			o, map[bool]string{true: "wide"}[w.chance(92)], w.limit(), b, []string{"unlimited", "unlimited", "unlimited", "unlimited", "1", "0"}[w.r.IntN(6)])
	}
	w.print("charges:")
	w.charge("", "monthly_fee", func() string { return fmt.Sprintf(`monthly_fee: "%s"`, w.price(3000)) }, 100)
	// The charges that a credit and a commitment are of come first of all.
	w.rows()
	forms := []func(){w.unit, w.packages, w.addOns, w.subscription, w.yearly, w.rates, w.pool, w.pool, w.commitment, w.credit, w.unit, w.packages}
	w.r.Shuffle(len(forms), func(i, j int) { forms[i], forms[j] = forms[j], forms[i] })
	for _, form := range forms[:between(w.r, 2, 6)] {
		form()
	}
	w.print(`  - {id: used, name: {en: a, zh: b}, settlement: prepaid, unit: {en: u, zh: 个}, source: {document: list, section: {en: s, zh: 节}},
     when: {yes: true, tier: high, a: {at_least: 1}, b: {at_least: 1}}, prices: [{options: [option0], monthly_fee: "1"}]}`)
	return w.b.String()
}

func (w *axisBook) limit() string {
	switch {
	case w.chance(6):
		return fmt.Sprintf("{minimum: %d}", between(w.r, 1, 12))
	case w.chance(20):
		return fmt.Sprint(between(w.r, w.maximum/3, w.maximum))
	default:
		return "unlimited"
	}
}

func (w *axisBook) input() string { return []string{"a", "a", "b"}[w.r.IntN(3)] }

// when writes a condition, at times.
func (w *axisBook) when(percent int) string {
	if !w.chance(percent) {
		return ""
	}
	if w.chance(30) {
		return "yes: true"
	}
	return fmt.Sprintf("%s: {at_least: %d}", w.input(), w.quantity())
}

// charge writes a charge whose options have prices of their own or share them,
// and now and then another one on a condition.
func (w *axisBook) charge(special, lines string, price func() string, percent int) {
	w.print("  - id: charge%d\n    name: {en: a, zh: b}\n    settlement: prepaid\n    unit: {en: u, zh: 个}\n    source: {document: list, section: {en: s, zh: 节}}", w.charges)
	w.print("%s", strings.ReplaceAll(special, "ID", fmt.Sprint(w.charges)))
	if lines == "lines" {
		w.print("    lines:\n      overage: {id: overage%d, name: {en: a, zh: b}, settlement: postpaid}\n      packs: {id: packs%d, name: {en: a, zh: b}, settlement: prepaid}", w.charges, w.charges)
	}
	if when := w.when(20); when != "" {
		w.print("    when: {%s}", when)
	}
	w.print("    prices:")
	shared := ""
	if w.chance(25) {
		shared = price()
	}
	for i, o := range w.options {
		if i > 0 && !w.chance(percent) {
			continue
		}
		if shared != "" && w.chance(70) {
			w.print("      - {options: [%s], %s}", strings.Join(w.options[i:], ", "), shared)
			break
		}
		w.print("      - {options: [%s], %s}", o, price())
		if when := w.when(25); when != "" {
			w.print("      - {options: [%s], when: {%s}, %s}", o, when, price())
		}
	}
	w.charges++
}

func (w *axisBook) counted() string {
	switch w.r.IntN(8) {
	case 0:
		return "    quantity: {product: [a, b]}"
	case 1:
		return "    quantity: {product: [a, a]}"
	case 2:
		return "    quantity: {sum: [a, b]}"
	default:
		return "    quantity: " + w.input()
	}
}

func (w *axisBook) unit() {
	w.charge(w.counted(), "", func() string {
		return fmt.Sprintf(`unit_price: "%s", per: %d, included: %d`, w.price(200), []int{1, 1, 10}[w.r.IntN(3)], w.quantity()*between(w.r, 0, 1))
	}, 80)
}

func (w *axisBook) packages() {
	w.charge(w.counted(), "", func() string {
		return fmt.Sprintf(`package: {included: %d, block: %d, blocks: %s, price: "%s"}`,
			w.quantity()*between(w.r, 0, 1), between(w.r, 1, 25), blockRules[w.r.IntN(2)], w.price(1500))
	}, 80)
}

// addOns writes the add-ons to the limits on b, where any option has one.
func (w *axisBook) addOns() {
	options := w.options
	for _, o := range options {
		own := w.limited[o]
		if own == 0 || w.options == nil {
			continue
		}
		w.options = []string{o}
		w.charge("    extends: b", "", func() string {
			var addOns []string
			for range between(w.r, 1, 3) {
				addOns = append(addOns, fmt.Sprintf(`{limit: %d, monthly_fee: "%s"}`, between(w.r, own, w.maximum)+1, w.price(900)))
			}
			return "add_ons: [" + strings.Join(addOns, ", ") + "]"
		}, 100)
		w.options = nil // one charge extends an input, for one option here
	}
	w.options = options
}

func (w *axisBook) subscription() {
	w.charge(w.counted(), "lines", func() string {
		return fmt.Sprintf(`subscription: {monthly_fee: "%s", included: %d, unit_price: "%s"}`, w.price(3000), w.quantity(), w.price(100))
	}, 80)
}

func (w *axisBook) yearly() {
	w.charge(w.counted(), "", func() string {
		return fmt.Sprintf(`yearly: {by: tier, prices: [{for: [low], price: "%s"}, {for: [high], price: "%s"}]}`, w.price(200), w.price(300))
	}, 80)
}

func (w *axisBook) rates() {
	w.charge("", "", func() string {
		return fmt.Sprintf(`rates: {items: [{input: a, price: "%s", free_below: %d}, {input: b, price: "%s"}]}`, w.price(150), w.quantity()*between(w.r, 0, 1), w.price(150))
	}, 80)
}

// rows writes the charge of rows, with a minimum or not.
func (w *axisBook) rows() {
	minimum, line := "", ""
	if w.chance(50) {
		minimum = fmt.Sprintf(`, minimum: "%s"`, w.price(4000))
		line = "    lines: {minimum: {id: minimum, name: {en: a, zh: b}, settlement: postpaid}}"
	}
	factors := []string{"n", "n, each", "n, each", "n, n"}[w.r.IntN(4)]
	w.charge(line, "", func() string {
		return fmt.Sprintf(`rows: {rows: rows, quantity: [%s], by: model, prices: [{for: [small], price: "%s", per: 10}, {for: [large], price: "%s"}]%s}`,
			factors, w.price(200), w.price(200), minimum)
	}, 70)
}

func (w *axisBook) commitment() {
	window := between(w.r, 1, 3)
	w.charge("", "lines", func() string {
		from, rate, tiers := between(w.r, 1, 10), between(w.r, 70, 100), []string(nil)
		for i := range between(w.r, 1, 4) {
			to, most := from+between(w.r, 0, 40), ""
			if i > 0 && w.chance(20) {
				most = ", term_at_most: 2"
			}
			tiers = append(tiers, fmt.Sprintf(`{from: %d, to: %d, rate: "%s"%s}`, from, to, decimalText(rate, 2), most))
			from, rate = to+1, max(rate-between(w.r, 0, 15), 5)
		}
		return fmt.Sprintf("commitment: {of: [charge1], window: %d, unused: rows, tiers: [%s]}", window, strings.Join(tiers, ", "))
	}, 60)
}

func (w *axisBook) credit() {
	// A credit larger than what it is taken off would make a total negative.
	w.charge("", "", func() string {
		return fmt.Sprintf(`credit: {of: [charge1], months: %d, amount: "%s"}`, between(w.r, 1, 3), w.price(1500))
	}, 60)
}

// pool writes a pool with all it can have.
func (w *axisBook) pool() {
	required, listed := w.chance(30), w.chance(50)
	window := between(w.r, 1, 3)
	var p strings.Builder
	fmt.Fprintf(&p, "    pool:\n      unit: {en: u, zh: 个}\n      per: %d\n      block: %d\n      window: %d\n      inputs:\n", []int{1, 1, 10}[w.r.IntN(3)], between(w.r, 1, 6), window)
	for _, in := range []string{"a", "b"}[:between(w.r, 1, 2)] {
		list := ""
		if listed {
			list = fmt.Sprintf(`, list_price: "%s"`, w.price(300))
		}
		fmt.Fprintf(&p, "        - {input: %s, weight: \"%s\"%s}\n", in, []string{"0.5", "1", "1.2", "2"}[w.r.IntN(4)], list)
	}
	if !listed {
		fmt.Fprintf(&p, "      price: \"%s\"\n", decimalText(between(w.r, 1, 300), 2))
	}
	if required {
		p.WriteString("      required: [a]\n")
	}
	p.WriteString("      packs:\n")
	for i := range between(w.r, 1, 3) {
		fmt.Fprintf(&p, "        - {id: pID_%d, size: %d, price: \"%s\"}\n", i, between(w.r, 1, 6), decimalText(between(w.r, 1, 900), 2+w.r.IntN(2)))
	}
	if required && window == 1 && w.chance(60) {
		fmt.Fprintf(&p, "        - {id: pID_once, size: %d, price: \"%s\", once: true}\n", between(w.r, 1, 3), decimalText(between(w.r, 1, 400), 2))
	}
	if w.chance(30) {
		fmt.Fprintf(&p, "      custom:\n        id: cID\n        maximum: %d\n        tiers:\n          - {from: 1, price: \"4\"}\n          - {from: %d, price: \"%s\"}\n",
			between(w.r, 10, 30), between(w.r, 2, 4), decimalText(between(w.r, 100, 400), 2))
	}
	if w.chance(30) {
		fmt.Fprintf(&p, "      grants: [{when: {%s}, quantity: %d}]\n", w.when(100), between(w.r, 0, 20))
	}
	if !required && w.chance(30) {
		fmt.Fprintf(&p, "      offers: [{id: oID, when: {%s}, quantity: %d, price: \"%s\"}]\n", w.when(100), between(w.r, 1, 20), w.price(900))
	}
	plans := w.chance(25)
	special := p.String() + "    lines:\n      overage: {id: overageID, name: {en: a, zh: b}, settlement: postpaid}\n      packs: {id: packsID, name: {en: a, zh: b}, settlement: prepaid}"
	if plans {
		special += "\n      plan: {id: planID, name: {en: a, zh: b}, settlement: prepaid}"
		i := strings.Index(special, "      packs:\n")
		special = special[:i] + fmt.Sprintf("      plans: [{id: free, name: {en: a, zh: b}, monthly_fee: \"0\", included: %d}, {id: paid, name: {en: a, zh: b}, monthly_fee: \"%s\", included: %d}]\n",
			between(w.r, 0, 10), w.price(900), between(w.r, 5, 60)) + special[i:]
	}
	w.charge(special, "", func() string {
		switch closed := w.chance(5); {
		case plans && closed:
			return "pool: {plans: [free], closed: a}"
		case plans:
			return "pool: {plans: [free, paid]}"
		case closed:
			return fmt.Sprintf("pool: {included: %d, closed: a}", w.quantity())
		default:
			return fmt.Sprintf("pool: {included: %d}", []int64{0, 0, between(w.r, 1, 60)}[w.r.IntN(3)])
		}
	}, 90)
}
