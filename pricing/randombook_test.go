package pricing

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// randomBook is a book made up within the vocabulary, written as YAML and read
// back, so that the decoder and the validation take part.
type randomBook struct {
	*Book
	// raw is the book as its file says it, for computing its prices anew.
	raw  *bookFile
	text string
	// edges are numbers at which something changes in the book.
	edges []int64
}

func drawBook(t *rapid.T) *randomBook {
	w := &bookWriter{t: t, used: map[string]bool{}}
	text := w.book()
	// The steps of DecodeBook, with the decoded file kept.
	d := &decoder{file: "random.yaml"}
	raw := d.decode([]byte(text))
	if len(d.faults) == 0 {
		d.validate(raw)
	}
	if len(d.faults) > 0 {
		t.Fatalf("%v\n%s", d.faults, text)
	}
	return &randomBook{Book: compile(raw, []byte(text)), raw: raw, text: text, edges: w.edges}
}

// bookWriter draws a book and writes it.
type bookWriter struct {
	t       *rapid.T
	b       strings.Builder
	counts  []string // ids of inputs
	yesNos  []string
	options []string
	limits  map[string][]int64 // by input, then option; only inputs that are limited
	used    map[string]bool
	edges   []int64
	charges int
}

func (w *bookWriter) print(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

func (w *bookWriter) chance(percent int, label string) bool {
	return rapid.IntRange(1, 100).Draw(w.t, label) <= percent
}

// count draws a number that is mostly small, so that the edges of a book lie
// where usages come.
func (w *bookWriter) count(low int64, label string) int64 {
	n := rapid.OneOf(rapid.Int64Range(low, low+20), rapid.Int64Range(low, low+3000), rapid.Int64Range(low, MaxCount)).Draw(w.t, label)
	w.edges = append(w.edges, n)
	return n
}

// price draws a price with up to six decimals; few different ones come often,
// so that options tie.
func (w *bookWriter) price() string {
	n := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 99_999)).Draw(w.t, "price")
	return decimalText(n, rapid.IntRange(0, 6).Draw(w.t, "decimals"))
}

// decimalText writes n ÷ 10^decimals.
func decimalText(n int64, decimals int) string {
	s := fmt.Sprintf("%0*d", decimals+1, n)
	if decimals == 0 {
		return s
	}
	return s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

func (w *bookWriter) book() string {
	w.print(`product: random
price_book: "2024-01-01"
currency: CNY
name: {en: Random, zh: 随机}
summary: {en: Random, zh: 随机}
use_cases: {en: Tests, zh: 测试}
documents: [{id: list, title: {en: List, zh: 表}, date: "2024-01-01", confidence: published}]
groups: [{id: all, name: {en: All, zh: 全部}}]
inputs:`)
	for i := range rapid.IntRange(1, 4).Draw(w.t, "counts") {
		w.countInput(fmt.Sprintf("count%d", i))
	}
	for i := range rapid.IntRange(0, 2).Draw(w.t, "yes_nos") {
		id := fmt.Sprintf("yes%d", i)
		w.yesNos = append(w.yesNos, id)
		w.print("  - {id: %s, group: all, kind: yes_no, default: %v, name: {en: %s, zh: 是}, help: {en: a, zh: b}}", id, w.chance(30, "yes"), id)
	}
	for i := range rapid.IntRange(1, 4).Draw(w.t, "options") {
		w.options = append(w.options, fmt.Sprintf("option%d", i))
	}
	w.writeOptions()
	w.writeCharges()
	return w.b.String()
}

func (w *bookWriter) countInput(id string) {
	w.counts = append(w.counts, id)
	bounds := ""
	if w.chance(20, "bounded") {
		low := rapid.Int64Range(0, 5).Draw(w.t, "minimum")
		high := w.count(low, "maximum")
		bounds = fmt.Sprintf("minimum: %d, maximum: %d, default: %d, ", low, high, rapid.Int64Range(low, high).Draw(w.t, "default"))
	}
	w.print("  - {id: %s, group: all, kind: count, %sname: {en: %s, zh: 数}, help: {en: a, zh: b}, unit: {en: u, zh: 个}}", id, bounds, id)
}

func (w *bookWriter) writeOptions() {
	w.limits = map[string][]int64{}
	for _, id := range slices.Concat(w.counts, w.yesNos) {
		if !w.chance(50, "limited") {
			continue
		}
		w.used[id] = true
		for range w.options {
			switch {
			case slices.Contains(w.yesNos, id):
				w.limits[id] = append(w.limits[id], rapid.Int64Range(0, 1).Draw(w.t, "offered"))
			case w.chance(30, "unlimited"):
				w.limits[id] = append(w.limits[id], unlimited)
			default:
				w.limits[id] = append(w.limits[id], min(w.count(0, "limit"), MaxCount-1))
			}
		}
	}
	w.print("options:")
	for i, o := range w.options {
		var limits []string
		for _, id := range slices.Concat(w.counts, w.yesNos) {
			if own, ok := w.limits[id]; ok {
				limits = append(limits, id+": "+w.limitText(id, own[i]))
			}
		}
		w.print("  - {id: %s, name: {en: %s, zh: 套餐}, summary: {en: a, zh: b}, limits: {%s}}", o, o, strings.Join(limits, ", "))
	}
}

func (w *bookWriter) limitText(id string, n int64) string {
	switch {
	case slices.Contains(w.yesNos, id):
		return fmt.Sprint(n == 1)
	case n == unlimited:
		return "unlimited"
	default:
		return fmt.Sprint(n)
	}
}

func (w *bookWriter) writeCharges() {
	w.print("charges:")
	w.charge("") // every option has a fee
	w.print("    prices:")
	for _, o := range w.options {
		w.print(`      - {options: [%s], monthly_fee: "%s"}`, o, w.price())
	}
	for _, id := range w.counts {
		if w.limits[id] != nil && w.chance(60, "extended") {
			w.addOns(id)
		}
		if w.chance(50, "packaged") {
			w.used[id] = true
			w.charge("quantity: " + id)
			w.forSomeOptions(func() string {
				return fmt.Sprintf(`package: {included: %d, block: %d, blocks: %s, price: "%s"}`,
					w.count(0, "included"), w.count(1, "block")%MaxCount+1, rapid.SampledFrom(blockRules).Draw(w.t, "blocks"), w.price())
			})
		}
		if !w.used[id] || w.chance(30, "per unit") {
			w.used[id] = true
			factors := []string{id}
			for w.chance(30, "factor") && len(factors) < 3 {
				other := rapid.SampledFrom(w.counts).Draw(w.t, "other")
				w.used[other] = true
				factors = append(factors, other)
			}
			w.charge("quantity: {product: [" + strings.Join(factors, ", ") + "]}")
			w.forSomeOptions(func() string { return fmt.Sprintf(`unit_price: "%s"`, w.price()) })
		}
	}
	for _, id := range w.yesNos {
		if !w.used[id] || w.chance(50, "service") {
			w.used[id] = true
			w.charge(fmt.Sprintf("when: {%s: %v}", id, w.chance(70, "wanted")))
			w.forSomeOptions(func() string { return fmt.Sprintf(`monthly_fee: "%s"`, w.price()) })
		}
	}
}

// charge begins a charge whose next line is special, and perhaps a condition.
func (w *bookWriter) charge(special string) {
	w.print("  - id: charge%d", w.charges)
	w.print("    name: {en: \"Charge %d, {limit}\", zh: 收费}", w.charges)
	w.print("    settlement: %s", rapid.SampledFrom(settlements).Draw(w.t, "settlement"))
	w.print("    unit: {en: u, zh: 个}\n    source: {document: list, section: {en: s, zh: 节}}")
	if special != "" {
		w.print("    %s", special)
	}
	if !strings.HasPrefix(special, "when") && len(w.yesNos) > 0 && w.chance(25, "conditional") {
		id := rapid.SampledFrom(w.yesNos).Draw(w.t, "condition")
		w.used[id] = true
		w.print("    when: {%s: %v}", id, w.chance(70, "wanted"))
	}
	w.charges++
}

// forSomeOptions writes a price for each of some of the options, at least one.
func (w *bookWriter) forSomeOptions(price func() string) {
	w.print("    prices:")
	always := rapid.IntRange(0, len(w.options)-1).Draw(w.t, "priced option")
	for i, o := range w.options {
		if i == always || w.chance(70, "priced") {
			w.print("      - {options: [%s], %s}", o, price())
		}
	}
}

// addOns writes the add-ons to the limit of an input, where any option has one.
func (w *bookWriter) addOns(id string) {
	own := w.limits[id]
	if !slices.ContainsFunc(own, func(n int64) bool { return n < unlimited }) {
		return
	}
	w.charge("extends: " + id)
	w.print("    prices:")
	for i, o := range w.options {
		if own[i] == unlimited {
			continue
		}
		var addOns []string
		for range rapid.IntRange(1, 3).Draw(w.t, "add-ons") {
			reach := int64(unlimited)
			if w.chance(85, "bounded") {
				reach = min(w.count(own[i]+1, "reach"), MaxCount)
			}
			addOns = append(addOns, fmt.Sprintf(`{limit: %s, monthly_fee: "%s"}`, w.limitText(id, reach), w.price()))
		}
		w.print("      - {options: [%s], add_ons: [%s]}", o, strings.Join(addOns, ", "))
	}
}

// drawUsage draws values for the inputs, mostly at or next to an edge of the
// book. In books with many inputs most are left at their default.
func drawUsage(t *rapid.T, b *Book, edges []int64) *Usage {
	u := b.NewUsage()
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if len(b.Inputs) > 10 && i != monthsPosition && rapid.IntRange(0, 2).Draw(t, "default") > 0 {
			continue
		}
		if in.Kind != KindRows {
			u.values[i] = drawValue(t, in, edges)
			continue
		}
		for range rapid.IntRange(0, 5).Draw(t, in.ID) {
			row := make(Row, len(in.Fields))
			for j := range in.Fields {
				row[j] = drawValue(t, &in.Fields[j], edges)
			}
			u.rows[i] = append(u.rows[i], row)
		}
	}
	return u
}

// drawValue draws a value of an input or field that is not rows.
func drawValue(t *rapid.T, in *Input, edges []int64) int64 {
	switch in.Kind {
	case KindCount:
		return drawCount(t, in, edges)
	case KindChoices: // few of them, so that some options offer all
		n := int64(0)
		for range rapid.IntRange(0, 2).Draw(t, in.ID) {
			n |= 1 << rapid.IntRange(0, len(in.Choices)-1).Draw(t, "chosen")
		}
		return n
	default:
		return rapid.Int64Range(0, in.Maximum).Draw(t, in.ID)
	}
}

func drawCount(t *rapid.T, in *Input, edges []int64) int64 {
	values := []*rapid.Generator[int64]{
		rapid.Just(in.Default),
		rapid.Int64Range(in.Minimum, min(in.Maximum, in.Minimum+50)),
		rapid.Int64Range(in.Minimum, in.Maximum),
	}
	if len(edges) > 0 {
		near := rapid.Custom(func(t *rapid.T) int64 {
			return rapid.SampledFrom(edges).Draw(t, "edge") + rapid.Int64Range(-1, 1).Draw(t, "beside")
		})
		values = append(values, near, near)
	}
	return min(max(rapid.OneOf(values...).Draw(t, in.ID), in.Minimum), in.Maximum)
}
