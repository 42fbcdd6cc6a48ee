package pricing

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// A book at fault is refused with the line and the reason, so that whoever
// keeps the prices finds the place without knowing the code.

// brokenBook is a fixture with one text replaced by another.
type brokenBook struct {
	name     string
	old, new string
	// at is a text in the broken book on whose line the fault is expected;
	// empty for the line of new.
	at     string
	reason string
}

var brokenBooks = []brokenBook{
	// The file.
	{"second document", "zh: 默认}\n    inputs: {}", "zh: 默认}\n    inputs: {}\n---\nproduct: other", "---", "second one"},
	{"empty second document", "zh: 默认}\n    inputs: {}", "zh: 默认}\n    inputs: {}\n---\n", "---", "second one"},
	{"tab as indentation", "    title: {en: Handbook", "\ttitle: {en: Handbook", "", ""},
	{"flow mapping left open", "use_cases: {en: Tests, zh: 测试}", "use_cases: {en: Tests, zh: 测试", "documents:", ""},
	{"anchor", "name: {en: Demo Parcels", "name: &name {en: Demo Parcels", "", "anchors and aliases are not used"},
	{"alias", "summary: {en: Parcels that nobody sends., zh: 没有人寄的包裹。}", "summary: &text {en: a, zh: b}\nextra: *text", "", "anchors and aliases are not used"},
	{"merge key", "use_cases: {en: Tests", "use_cases: {<<: {en: Other}, en: Tests", "", "!!merge"},
	{"list for a mapping", "name: {en: Demo Parcels, zh: 示例包裹}", "name: [Demo Parcels]", "", "expected a mapping"},
	{"mapping for a list", "assumptions: [full-shelves]", "assumptions: {full-shelves: true}", "", "expected a list"},

	// Keys.
	{"unknown key at the top", "currency: CNY", "currency: CNY\ncolour: red", "colour", `unknown key "colour"`},
	{"unknown key of an input", "    minimum: 1\n", "    minimum: 1\n    step: 1\n", "step", `unknown key "step"`},
	{"unknown key of a package", "block: 250,", "block: 250, size: 1,", "", `unknown key "size"`},
	{"unknown key of a quantity", "{product: [shelves, keep_days]}", "{mean: [shelves, keep_days]}", "", `unknown key "mean"`},
	{"key in the wrong case", "currency: CNY", "Currency: CNY", "", `unknown key "Currency"`},
	{"duplicate key", "currency: CNY", "currency: CNY\ncurrency: USD", "currency: USD", "already"},
	{"duplicate key of a quantity", "{product: [shelves, keep_days]}", "{product: [shelves], product: [keep_days]}", "", "already"},
	{"duplicate limit", "keep_days: 7", "keep_days: 7\n      keep_days: 8", "keep_days: 8", "already"},

	// Values left empty or misread by YAML.
	{"price left empty", `monthly_fee: "1.01"`, "monthly_fee: ", "", "a value is missing"},
	{"price null", `unit_price: "0.003"`, "unit_price: null", "", "a value is missing"},
	{"limit left empty", "keep_days: 7", "keep_days:", "", "a value is missing"},
	{"list left empty", "notes:\n      - {en: Closed on Sundays., zh: 周日休息。}", "notes:", "", "a value is missing"},
	{"unquoted date", `price_book: "2024-02-29"`, "price_book: 2024-02-29", "", "!!timestamp"},
	{"unquoted date of a document", `date: "2023-12-31"`, "date: 2023-12-31", "", "!!timestamp"},
	{"count with a fraction", "parcels: 1000\n", "parcels: 1000.0\n", "", "would be a float"},
	{"count in a word", "maximum: 50\n", "maximum: fifty\n", "", "expected a whole number, not fifty"},
	{"folded in a word", "folded: true", "folded: maybe", "", "expected true or false, not maybe"},
	{"condition in a word", "when: {insured: true}", "when: {insured: perhaps}", "", "insured is yes_no: true or false, not perhaps"},

	// Prices.
	{"price as a float", `monthly_fee: "19.90"`, "monthly_fee: 19.90", "", "19.90 would be a float"},
	{"price as a bare number", `price: "20"`, "price: 20", "", "a quoted decimal"},
	{"price with an exponent", `monthly_fee: "19.90"`, `monthly_fee: "1e3"`, "", "is not a price"},
	{"negative price", `monthly_fee: "19.90"`, `monthly_fee: "-19.90"`, "", "is not a price"},
	{"grouped price", `monthly_fee: "19.90"`, `monthly_fee: "1,990"`, "", "is not a price"},
	{"price in currency", `monthly_fee: "19.90"`, `monthly_fee: "¥19.90"`, "", "is not a price"},
	{"price with too many digits", `monthly_fee: "19.90"`, `monthly_fee: "12345678901234567890"`, "", "is not a price"},
	{"price as a mapping", `monthly_fee: "19.90"`, `monthly_fee: {cny: "19.90"}`, "", "a quoted decimal"},
	{"missing price of a package", `blocks: full, price: "12.345"`, "blocks: full", "", "the package has no price"},
	{"missing fee of an add-on", `{limit: 365, monthly_fee: "5"}`, "{limit: 365}", "", "the add-on has no monthly_fee"},
	{"no price form", `{options: [large], monthly_fee: "19.90"}`, "{options: [large]}", "", "a price has exactly one form"},
	{"two price forms", `{options: [small, large], unit_price: "0.003"}`, `{options: [small, large], unit_price: "0.003", monthly_fee: "1"}`, "", "a price has exactly one form"},
	{"no prices", "    prices:\n      - {options: [large], monthly_fee: \"3\"}", "    prices: []", "", "has no price"},
	{"no options of a price", `{options: [large], monthly_fee: "3"}`, `{options: [], monthly_fee: "3"}`, "", "for which options"},
	{"unknown option in a price", `{options: [large], monthly_fee: "3"}`, `{options: [huge], monthly_fee: "3"}`, "", `there is no option "huge"`},
	{"option priced twice", `{options: [large], monthly_fee: "19.90"}`, `{options: [small], monthly_fee: "19.90"}`, "", "two prices without a condition for option small"},
	{"option named twice in a price", `{options: [small, large], unit_price`, `{options: [small, small], unit_price`, "", "two prices without a condition for option small"},
	{"option that no charge knows", "  - id: large\n    name: {en: Large, zh: 大}", "  - id: huge\n    name: {en: Huge, zh: 特大}\n    summary: {en: For all, zh: 全部}\n    limits: {parcels: 1, keep_days: 1, express: true}\n  - id: large\n    name: {en: Large, zh: 大}", "- id: huge", "no charge has a price for option huge"},

	// Packages.
	{"block of nothing", "block: 100,", "block: 0,", "", "from 1 to 1000000000000"},
	{"missing block", "block: 100, ", "", "included: 0, ", "from 1 to 1000000000000"},
	{"block over the largest count", "block: 100,", "block: 1000000000001,", "", "from 1 to 1000000000000"},
	{"negative included", "included: 0,", "included: -1,", "", "included is a whole number"},
	{"missing included", "included: 0, ", "", "block: 100", "included is a whole number"},
	{"unknown word for blocks", "blocks: started", "blocks: begun", "", `blocks is started or full, not "begun"`},
	{"missing word for blocks", "blocks: started, ", "", "included: 1000", "blocks is started or full"},

	// Quantities, conditions, add-ons.
	{"unit price without a quantity", "    quantity: {product: [shelves, keep_days]}\n", "", "- id: storage", "goes with a quantity"},
	{"package without a quantity", "    quantity: parcels\n", "", "- id: parcel_blocks", "goes with a quantity"},
	{"quantity without a unit price", "    when: {insured: true}", "    when: {insured: true}\n    quantity: shelves", "- id: insurance", "and a quantity with such a price"},
	{"quantity of nothing", "{product: [shelves, keep_days]}", "{product: []}", "", "a quantity is an input, {product"},
	{"unknown input in a quantity", "quantity: parcels", "quantity: letters", "", `there is no input "letters"`},
	{"unknown input in a product", "{product: [shelves, keep_days]}", "{product: [shelves, nights]}", "", `there is no input "nights"`},
	{"yes_no in a quantity", "{product: [shelves, keep_days]}", "{product: [shelves, insured]}", "", "a quantity is made of counts"},
	{"months in a quantity", "{product: [shelves, keep_days]}", "{product: [shelves, months]}", "", `there is no input "months"`},
	{"unknown input in a condition", "when: {insured: true}", "when: {heavy: true}", "", `there is no input "heavy"`},
	{"condition on a count", "when: {insured: true}", "when: {shelves: true}", "", "a condition is true or false, one of the choices, or {at_least"},
	{"unknown input extended", "extends: keep_days", "extends: nights", "", `there is no input "nights"`},
	{"yes_no extended", "extends: keep_days", "extends: express", "", "add-ons raise the limit of a count"},
	{"input extended twice", "    when: {insured: true}\n    prices:\n      - {options: [small, large], monthly_fee: \"1.01\"}", "    when: {insured: true}\n    extends: keep_days\n    prices:\n      - {options: [small], add_ons: [{limit: 8, monthly_fee: \"1.01\"}]}", "extends: keep_days\n    prices:\n      - {options: [small]", "another charge extends keep_days"},
	{"add-ons without extends", "    extends: keep_days\n", "", "- id: longer", "add_ons go with extends"},
	{"extends without add-ons", "    when: {insured: true}", "    when: {insured: true}\n    extends: parcels", "- id: insurance", "add_ons go with extends"},
	{"no add-ons in the list", "    when: {insured: true}\n    prices:\n      - {options: [small, large], monthly_fee: \"1.01\"}", "    when: {insured: true}\n    prices:\n      - {options: [small, large], add_ons: []}", "add_ons: []", "a price has exactly one form"},
	{"add-on without a limit", `{limit: 365, monthly_fee: "5"}`, `{monthly_fee: "5"}`, "", "the add-on has no limit"},
	{"add-on that raises nothing", "limit: 365", "limit: 30", "", "does not raise the limit of option large, which is 30"},
	{"add-on to a negative limit", "limit: 365", "limit: -1", "", "a limit is a whole number"},
	{"add-on of an option without a limit", "    extends: keep_days\n", "    extends: shelves\n", "limit: 365", "no limit on shelves that an add-on could raise"},

	// Limits.
	{"limit forgotten in one option", "      keep_days: 7\n", "", "parcels: 1000", "option small says nothing of keep_days"},
	{"limit of an unknown input", "      keep_days: 7\n", "      keep_days: 7\n      weight: 3\n", "weight", "there is no input weight"},
	{"limit of the term", "      keep_days: 7\n", "      keep_days: 7\n      months: 3\n", "months: 3", "there is no input months"},
	{"limit of a yes_no as a number", "express: false\n", "express: 0\n", "", "its limit is true (offered) or false, not 0"},
	{"limit of a yes_no as unlimited", "express: false\n", "express: unlimited\n", "", "its limit is true (offered) or false, not unlimited"},
	{"limit of a count as true", "parcels: 1000\n", "parcels: true\n", "", "a whole number or the word unlimited, not true"},
	{"limit of a count in a word", "parcels: 1000\n", "parcels: endless\n", "", "a whole number or the word unlimited, not endless"},
	{"limit of a count in quotes", "parcels: 1000\n", "parcels: \"1000\"\n", "", "a whole number or the word unlimited, not 1000"},
	{"limit of a count as octal", "parcels: 1000\n", "parcels: 0o17\n", "", "a whole number or the word unlimited"},
	{"limit of a count with a sign", "parcels: 1000\n", "parcels: -1000\n", "", "a whole number or the word unlimited"},
	{"limit over the largest count", "parcels: 1000\n", "parcels: 1000000000001\n", "", "a whole number or the word unlimited"},

	// Inputs and groups.
	{"input that nothing uses", "quantity: {product: [shelves, keep_days]}", "quantity: keep_days", "- id: shelves", "input shelves is used by no limit and no charge"},
	{"reserved id of an input", "- id: shelves", "- id: months", "", "months is a reserved word"},
	{"reserved id that says where figures come from", "- id: shelves", "- id: facts", "", "facts is a reserved word"},
	{"reserved id that the calculator uses", "- id: shelves", "- id: item", "", "item is a reserved word"},
	{"id in the wrong case", "- id: shelves", "- id: Shelves", "", "is not an id for this input"},
	{"id with a dash", "- id: shelves", "- id: shelf-count", "", "is not an id for this input"},
	{"id too long", "- id: shelves", "- id: s" + strings.Repeat("0", 64), "", "is not an id for this input"},
	{"missing id", "  - id: shelves\n    group", "  - group", "  - group", "the input has no id"},
	{"duplicate input", "- id: shelves", "- id: parcels", "- id: parcels\n    group: basics\n    kind: count\n    minimum", "there are two inputs parcels"},
	{"unknown kind", "    kind: yes_no\n    default: true", "    kind: boolean\n    default: true", "kind: boolean", "is not a kind of input"},
	{"unknown group", "  - id: shelves\n    group: basics", "  - id: shelves\n    group: misc", "group: misc", `there is no group "misc"`},
	{"group without inputs", "groups:\n", "groups:\n  - id: empty\n    name: {en: Empty, zh: 空}\n", "- id: empty", "group empty has no inputs"},
	{"group with an underscore", "    folded: true", "    folded: true\n  - id: more_things\n    name: {en: More, zh: 更多}", "more_things", "is not an id for this group"},
	{"minimum over maximum", "    minimum: 1\n", "    minimum: 51\n", "- id: shelves", "in this order"},
	{"negative minimum", "    minimum: 1\n", "    minimum: -1\n", "- id: shelves", "in this order"},
	{"maximum over the largest count", "maximum: 500000", "maximum: 1000000000001", "- id: parcels", "in this order"},
	{"default over the maximum", "default: 2", "default: 51", "", "a whole number from 1 to 50, not 51"},
	{"default under the minimum", "default: 2", "default: 0", "", "a whole number from 1 to 50, not 0"},
	{"default of a count as true", "default: 2", "default: true", "", "a whole number from 1 to 50, not true"},
	{"default of a yes_no as a number", "default: true", "default: 1", "", "true or false, not 1"},
	{"minimum without a default", "    default: 2\n", "", "- id: shelves", "needs a default"},
	{"yes_no with a maximum", "    default: true\n", "    default: true\n    maximum: 1\n", "- id: insured", "only a count has a unit, minimum or maximum"},
	{"missing unit", "    unit: {one: shelf, en: shelves, zh: 个}\n", "", "- id: shelves", "the English text is missing"},

	// Texts in both languages.
	{"missing English name", "name: {en: Demo Parcels, zh: 示例包裹}", "name: {zh: 示例包裹}", "", "the English text is missing"},
	{"missing Chinese name", "name: {en: Demo Parcels, zh: 示例包裹}", "name: {en: Demo Parcels}", "", "the Chinese text is missing"},
	{"blank English text", "{en: Closed on Sundays.,", "{en: ' ',", "", "the English text is missing"},
	{"missing Chinese help", "help: {en: Overnight., zh: 次日送达。}", "help: {en: Overnight.}", "", "the Chinese text is missing"},
	{"missing Chinese section", "section: {en: Keeping, zh: 保管}", "section: {en: Keeping}", "", "the Chinese text is missing"},
	{"missing Chinese exclusion", "{en: Taxes., zh: 税费。}", "{en: Taxes.}", "", "the Chinese text is missing"},
	{"missing Chinese assumption", "{en: Shelves are full., zh: 货架是满的。}", "{en: Shelves are full.}", "", "the Chinese text is missing"},
	{"missing Chinese name of an example", "{en: A shop, zh: 一家店}", "{en: A shop}", "", "the Chinese text is missing"},
	{"missing summary", "summary: {en: For many, zh: 大量}", "notes: []", "- id: large", "the English text is missing"},

	// The head and the documents.
	{"product in the wrong case", "product: demo-parcels", "product: Demo_Parcels", "", "is not the id of a product"},
	{"no such date", `price_book: "2024-02-29"`, `price_book: "2023-02-29"`, "", "is not a date"},
	{"first revision", `price_book: "2024-02-29"`, `price_book: "2024-02-29r1"`, "", "is not a date"},
	{"three-digit revision", `price_book: "2024-02-29"`, `price_book: "2024-02-29r100"`, "", "is not a date"},
	{"date in other words", `date: "2023-12-31"`, `date: "31.12.2023"`, "", "is not a date such as"},
	{"other currency", "currency: CNY", "currency: USD", "", "the currency must be CNY"},
	{"unknown confidence", "confidence: undated", "confidence: certain", "", `published, documented or undated, not "certain"`},
	{"unknown settlement", "settlement: postpaid\n    unit: {en: 100 parcels", "settlement: later\n    unit: {en: 100 parcels", "settlement: later", `prepaid or postpaid, not "later"`},
	{"missing settlement", "    settlement: postpaid\n    unit: {en: 100 parcels", "    unit: {en: 100 parcels", "- id: parcel_blocks", "prepaid or postpaid"},
	{"unknown document", "document: handbook, section: {en: Keeping", "document: booklet, section: {en: Keeping", "", `there is no document "booklet"`},
	{"missing source", "    source: {document: handbook, section: {en: Keeping, zh: 保管}}\n", "", "- id: longer", `there is no document ""`},
	{"duplicate document", "- id: handbook", "- id: price-list", "- id: price-list\n    title: {en: Handbook", "there are two documents price-list"},
	{"duplicate option", "  - id: large", "  - id: small", "- id: small\n    name: {en: Large", "there are two options small"},
	{"duplicate charge", "- id: storage", "- id: plan", "- id: plan\n    name: {en: Storage", "there are two charges plan"},
	{"unknown assumption", "assumptions: [full-shelves]", "assumptions: [empty-shelves]", "", `there is no assumption "empty-shelves"`},
	{"duplicate assumption", "- id: full-shelves", "- id: same-every-month", "- id: same-every-month\n    text: {en: Shelves", "there are two assumptions same-every-month"},

	// Examples.
	{"unknown input in an example", "inputs: {parcels: 1200,", "inputs: {letters: 1200,", "", "there is no input letters"},
	{"example over the maximum", "parcels: 1200", "parcels: 500001", "", "from 0 to 500000, not 500001"},
	{"example with too many months", "months: 12", "months: 37", "", "months is a whole number from 1 to 36, not 37"},
	{"example with a count for a yes_no", "express: true, months", "express: 1, months", "", "true or false, not 1"},
	{"example with a list", "parcels: 1200", "parcels: [1200]", "", "parcels is a whole number from 0 to 500000"},
	{"duplicate example", "- id: default-usage", "- id: shop", "- id: shop\n    name: {en: Nothing", "there are two examples shop"},
}

func TestDecodeBookRefuses(t *testing.T) { checkRefused(t, fixtureText(t), brokenBooks) }

func checkRefused(t *testing.T, fixture string, broken []brokenBook) {
	t.Helper()
	names := map[string]bool{}
	for _, tt := range broken {
		if names[tt.name] {
			t.Errorf("two cases %q", tt.name)
		}
		names[tt.name] = true
		t.Run(tt.name, func(t *testing.T) {
			if n := strings.Count(fixture, tt.old); n != 1 {
				t.Fatalf("%q is %d times in the fixture, not once", tt.old, n)
			}
			broken := strings.Replace(fixture, tt.old, tt.new, 1)
			want := lineOf(t, broken, strings.Index(fixture, tt.old), tt.new, tt.at)
			_, err := DecodeBook("book.yaml", []byte(broken))
			var faults BookErrors
			if !errors.As(err, &faults) {
				t.Fatalf("error is %v, not BookErrors", err)
			}
			if !slices.ContainsFunc(faults, func(e *BookError) bool {
				return e.File == "book.yaml" && e.Line == want && e.Column > 0 && strings.Contains(e.Reason, tt.reason)
			}) {
				t.Errorf("got\n%v\nwant line %d, reason %q", err, want, tt.reason)
			}
		})
	}
}

// lineOf returns the line of at, or that of the first thing in the replacement
// where at is empty.
func lineOf(t *testing.T, broken string, replaced int, replacement, at string) int {
	t.Helper()
	offset := replaced + len(replacement) - len(strings.TrimLeft(replacement, " \n"))
	if at != "" {
		if offset = strings.Index(broken, at); offset < 0 {
			t.Fatalf("%q is not in the broken book", at)
		}
	}
	return 1 + strings.Count(broken[:offset], "\n")
}

// The fixture must be right before it is broken, or the cases prove nothing.
func TestDecodeBookAcceptsFixture(t *testing.T) {
	b := fixtureBook(t)
	if b.Product != "demo-parcels" || b.ID != "2024-02-29" {
		t.Errorf("book is %s of %s", b.ID, b.Product)
	}
	if insured, ok := b.Input("insured"); !ok || insured.Default != 1 {
		t.Errorf("insured is yes by default, got %+v", insured)
	}
	if !b.Groups[1].Folded || b.Groups[0].Folded {
		t.Error("the second group is folded, the first is not")
	}
	if len(b.Assumptions) != 1 || len(b.AllAssumptions) != 2 {
		t.Errorf("%d general assumptions of %d, want 1 of 2: the other belongs to a charge", len(b.Assumptions), len(b.AllAssumptions))
	}
}

// The fixture's bill, by hand: 1200 parcels, 2 shelves (default), 40 days,
// express, not insured, 12 months.
//
//	small  no express, 7 days at most, 1000 parcels at most: nothing is left to pay
//	large  12 × 19.90 = 238.80, ⌈200 ÷ 250⌉ × 20 × 12 = 240, 2 × 40 × 0.003 × 12 = 2.88,
//	       12 × 5 = 60 (30 days are not enough, 365 are), 12 × 3 = 36: 577.68
func TestFixtureBill(t *testing.T) {
	e := fixtureBook(t).Examples[0].Usage.Estimate()
	large, small := e.Option("large"), e.Option("small")
	for _, tt := range []struct{ name, got, want string }{
		{"large total", large.Total.StringFixed(2), "577.68"},
		{"large monthly", large.Monthly.StringFixed(2), "48.14"},
		{"large prepaid", large.Prepaid.StringFixed(2), "334.80"},
		{"large postpaid", large.Postpaid.StringFixed(2), "242.88"},
		{"small total", small.Total.StringFixed(2), "0.00"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	if e.Recommended() != large || len(small.Violations) != 3 {
		t.Errorf("want large, and three violations of small:\n%s", billText(e))
	}
}

func TestDecodeBookReportsEveryFault(t *testing.T) {
	text := fixtureText(t)
	for _, r := range [][2]string{ // not in the order of the lines
		{"months: 12", "months: 37"},
		{"currency: CNY", "currency: USD"},
		{"block: 250", "block: 0"},
	} {
		text = strings.Replace(text, r[0], r[1], 1)
	}
	_, err := DecodeBook("book.yaml", []byte(text))
	var faults BookErrors
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Fatalf("want three faults, got\n%v", err)
	}
	for i, at := range []string{"currency: USD", "block: 0", "months: 37"} {
		if want := lineOf(t, text, 0, "", at); faults[i].Line != want {
			t.Errorf("fault %d is at line %d, want %d (%s)", i, faults[i].Line, want, at)
		}
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[0], "book.yaml:7:11: ") {
		t.Errorf("want a line for each fault, with file, line and column:\n%v", err)
	}
}

func TestDecodeBookRefusesWholeFiles(t *testing.T) {
	for _, tt := range []struct{ name, text, reason string }{
		{"empty file", "", "the file is empty"},
		{"comment only", "# nothing\n", "the file is empty"},
		{"null", "null\n", "a value is missing"},
		{"list", "- 1\n", "expected a mapping"},
		{"word", "hello\n", "expected a mapping"},
		{"not UTF-8", "\xff\xfe\xfd", ""},
		{"too large", strings.Repeat("#", maxBookSize+1), "the file is over 1048576 bytes"},
		{"alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors and aliases"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := DecodeBook("book.yaml", []byte(tt.text))
			var faults BookErrors
			if !errors.As(err, &faults) || !strings.Contains(faults[0].Reason, tt.reason) {
				t.Errorf("got %v, want reason %q", err, tt.reason)
			}
		})
	}
}

// Revisions go to r99; the ids between are books.
func TestDecodeBookAcceptsRevisions(t *testing.T) {
	for _, id := range []string{"2024-02-29r2", "2024-02-29r10", "2024-02-29r99"} {
		if b := decodeText(t, strings.Replace(fixtureText(t), "2024-02-29", id, 1)); b.ID != id {
			t.Errorf("book %s says it is %s", id, b.ID)
		}
	}
}

// FuzzDecodeBook feeds the decoder any bytes. The seeds are long, and without
// a bound the fuzzer spends its time on shortening what it finds:
//
//	go test ./pricing -fuzz FuzzDecodeBook -fuzztime 60s -fuzzminimizetime 10x
func FuzzDecodeBook(f *testing.F) {
	for _, file := range []string{fixtureFile, poolFixtureFile, "books/tencent-im/2020-10-30.yaml", "books/inf-llm/2024-12-01.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRefusedOrPriced(t, data) })
}
