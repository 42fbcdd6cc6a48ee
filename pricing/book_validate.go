package pricing

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

var (
	// wordID is an id of an input, option or charge.
	wordID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
	// kebabID is an id of a product, document, group, example or assumption.
	// choiceID is an id of a choice, which can be a vendor's name of a model.
	choiceID = regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)*$`)
	kebabID  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	// bookID is an effective date, with a revision from the second file on.
	bookID = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:r([2-9]|[1-9]\d))?$`)
)

// reservedInputs are the names in the address of a calculator or a comparison
// that are not inputs of a book.
var reservedInputs = []string{Months, "price_book", "option", "item", "facts", "lang", "in", "as", "over", "budget",
	"start", "low", "expected", "high", "quantities", "horizon"}

// validate checks what must hold of a decoded book as a whole, and records
// every fault.
func (d *decoder) validate(b *bookFile) {
	v := &validation{decoder: d, book: b, inputs: map[string]*inputFile{}, options: map[string]bool{}, used: map[string]bool{}}
	v.head()
	v.allDocuments()
	v.allInputs()
	v.allOptions()
	v.allCharges()
	v.allLadders()
	v.allAssumptions()
	v.allExamples()
	for i, in := range b.Inputs {
		if in.ID != "" && !v.used[in.ID] {
			v.at(steps("inputs", i), "input %s is used by no limit and no charge", in.ID)
		}
	}
}

// validation is the state of validating one book.
type validation struct {
	*decoder
	book    *bookFile
	inputs  map[string]*inputFile
	options map[string]bool
	used    map[string]bool // inputs that a limit or a charge reads
	bought  map[string]bool // ids of packs and offers
}

func (v *validation) source(p []any, s sourceFile) {
	if !slices.ContainsFunc(v.book.Documents, func(d documentFile) bool { return d.ID == s.Document }) {
		v.at(under(p, "document"), "there is no document %q", s.Document)
	}
	v.text(under(p, "section"), s.Section)
}

// monthsFile is the term, as conditions and examples name it.
var monthsFile = inputFile{ID: Months, Kind: KindCount, Minimum: &monthsInput.Minimum, Maximum: &monthsInput.Maximum}

// maxWeight bounds the weight of an input in a pool.
var maxWeight = decimal.NewFromInt(1000)

func steps(s ...any) []any { return s }

func under(p []any, more ...any) []any { return append(slices.Clip(p), more...) }

func (v *validation) text(p []any, t Text) {
	if strings.TrimSpace(t.EN) == "" {
		v.at(under(p, "en"), "the English text is missing")
	}
	if strings.TrimSpace(t.ZH) == "" {
		v.at(under(p, "zh"), "the Chinese text is missing")
	}
}

// id checks the form of an id and that it is the first of its list.
func (v *validation) id(p []any, what, id string, form *regexp.Regexp, seen map[string]bool) {
	switch {
	case id == "":
		v.at(p, "the %s has no id", what)
	case !form.MatchString(id):
		v.at(under(p, "id"), "%q is not an id for this %s: lower-case letters, digits and separators", id, what)
	case seen[id]:
		v.at(under(p, "id"), "there are two %ss %s", what, id)
	}
	seen[id] = true
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func (v *validation) head() {
	b := v.book
	if !kebabID.MatchString(b.Product) {
		v.at(steps("product"), "%q is not the id of a product", b.Product)
	}
	if m := bookID.FindStringSubmatch(b.PriceBook); m == nil || !isDate(m[1]) {
		v.at(steps("price_book"), "%q is not a date such as 2020-10-30, or one with a revision such as 2020-10-30r2", b.PriceBook)
	}
	if b.Currency != "CNY" {
		v.at(steps("currency"), "the currency must be CNY")
	}
	v.text(steps("name"), b.Name)
	v.text(steps("summary"), b.Summary)
	v.text(steps("use_cases"), b.UseCases)
	for i, t := range b.Exclusions {
		v.text(steps("exclusions", i), t)
	}
}

func (v *validation) allDocuments() {
	seen := map[string]bool{}
	for i, doc := range v.book.Documents {
		p := steps("documents", i)
		v.id(p, "document", doc.ID, kebabID, seen)
		v.text(under(p, "title"), doc.Title)
		if !isDate(doc.Date) {
			v.at(under(p, "date"), "%q is not a date such as 2020-10-30", doc.Date)
		}
		if !slices.Contains(confidences, doc.Confidence) {
			v.at(under(p, "confidence"), "confidence is %s, not %q", oneOf(confidences), doc.Confidence)
		}
	}
	if len(v.book.Documents) == 0 {
		v.at(steps("documents"), "a price book names the documents its prices come from")
	}
}

func (v *validation) allInputs() {
	groups := map[string]bool{}
	for i, g := range v.book.Groups {
		v.id(steps("groups", i), "group", g.ID, kebabID, groups)
		v.text(steps("groups", i, "name"), g.Name)
	}
	seen, filled := map[string]bool{}, map[string]bool{}
	for i := range v.book.Inputs {
		in, p := &v.book.Inputs[i], steps("inputs", i)
		if slices.Contains(reservedInputs, in.ID) {
			v.at(under(p, "id"), "%s is a reserved word", in.ID)
		}
		v.inputs[in.ID] = in
		if !groups[in.Group] {
			v.at(under(p, "group"), "there is no group %q", in.Group)
		}
		filled[in.Group] = true
		v.inputOrField(p, "input", in, seen)
	}
	v.features()
	for i, g := range v.book.Groups {
		if !filled[g.ID] {
			v.at(steps("groups", i), "group %s has no inputs", g.ID)
		}
	}
}

// inputOrField checks what an input and a field of a row have in common.
func (v *validation) inputOrField(p []any, what string, in *inputFile, seen map[string]bool) {
	v.id(p, what, in.ID, wordID, seen)
	v.text(under(p, "name"), in.Name)
	v.text(under(p, "help"), in.Help)
	if in.Kind != KindCount && (in.Unit != (Unit{}) || in.Minimum != nil || in.Maximum != nil) {
		v.at(p, "only a count has a unit, minimum or maximum")
	}
	if in.Kind != KindCount && in.Kind != KindYesNo && in.Default != nil {
		v.at(under(p, "default"), "only a count or a yes_no has a default")
	}
	if hasChoices := in.Kind == KindChoice || in.Kind == KindChoices; hasChoices != (len(in.Choices) > 0) {
		v.at(p, "choices go with kind choice or choices")
	}
	if (in.Kind == KindRows) != (len(in.Fields) > 0) {
		v.at(p, "fields go with kind rows")
	}
	if placed := in.Matrix != (Text{}) || in.Column != (Text{}); placed {
		v.text(under(p, "matrix"), in.Matrix)
		v.text(under(p, "column"), in.Column)
	}
	switch in.Kind {
	case KindCount:
		v.count(p, in)
	case KindYesNo:
		if in.Default != nil {
			v.value(under(p, "default"), in, *in.Default)
		}
	case KindChoice, KindChoices:
		v.choices(p, in)
	case KindRows:
		fields := map[string]bool{}
		for i := range in.Fields {
			f, fp := &in.Fields[i], under(p, "fields", i)
			if f.Kind == KindRows || f.Kind == KindChoices {
				v.at(under(fp, "kind"), "a field is a count, a yes_no or a choice")
				continue
			}
			v.inputOrField(fp, "field", f, fields)
		}
	default:
		v.at(under(p, "kind"), "%q is not a kind of input: count, yes_no, choice, choices or rows", in.Kind)
	}
}

func (v *validation) choices(p []any, in *inputFile) {
	seen := map[string]bool{}
	for i, c := range in.Choices {
		cp := under(p, "choices", i)
		v.id(cp, "choice", c.ID, choiceID, seen)
		v.text(under(cp, "name"), c.Name)
		if c.Note != (Text{}) {
			v.text(under(cp, "note"), c.Note)
		}
	}
	if in.Kind == KindChoices && len(in.Choices) > maxChoices {
		v.at(under(p, "choices"), "there are more than %d choices", maxChoices)
	}
}

// features checks what asks for and offers the choices of the one input of
// kind choices.
func (v *validation) features() {
	var offered *inputFile
	for i := range v.book.Inputs {
		if in := &v.book.Inputs[i]; in.Kind == KindChoices {
			if offered != nil {
				v.at(steps("inputs", i), "a product has one input of kind choices")
			}
			offered = in
			v.used[in.ID] = true
		}
	}
	exists := func(id string) bool {
		return offered != nil && slices.ContainsFunc(offered.Choices, func(c choiceFile) bool { return c.ID == id })
	}
	for i, in := range v.book.Inputs {
		if in.Implies != "" && (!exists(in.Implies) || in.Kind != KindCount) {
			v.at(steps("inputs", i, "implies"), "a count implies one of the features; there is no feature %q", in.Implies)
		}
	}
	for i, o := range v.book.Options {
		for j, id := range o.Features {
			if !exists(id) {
				v.at(steps("options", i, "features", j), "there is no feature %q", id)
			}
		}
	}
}

func (v *validation) count(p []any, in *inputFile) {
	v.text(under(p, "unit"), Text{EN: in.Unit.EN, ZH: in.Unit.ZH})
	low, high := in.bounds()
	if low < 0 || high > MaxCount || low > high {
		v.at(p, "minimum and maximum must be 0 to %d, in this order", MaxCount)
		return
	}
	if in.Default != nil {
		v.value(under(p, "default"), in, *in.Default)
	} else if low > 0 {
		v.at(p, "input %s has a minimum above 0 and so needs a default", in.ID)
	}
}

// value checks that a scalar is a value of the input.
func (v *validation) value(p []any, in *inputFile, s scalarFile) {
	if in.Kind == KindYesNo {
		if s.tag != "!!bool" {
			v.at(p, "%s is yes_no: true or false, not %s", in.ID, s.text)
		}
		return
	}
	if in.Kind == KindChoice {
		if !slices.ContainsFunc(in.Choices, func(c choiceFile) bool { return c.ID == s.text }) {
			v.at(p, "%s has no choice %q", in.ID, s.text)
		}
		return
	}
	low, high := in.bounds()
	if n, err := ParseCount(s.text); s.tag != "!!int" || err != nil || n < low || n > high {
		v.at(p, "%s is a whole number from %d to %d, not %s", in.ID, low, high, s.text)
	}
}

// limit checks what an option serves of an input.
func (v *validation) limit(p []any, in *inputFile, l limitFile) {
	switch {
	case in.Kind == KindChoice || in.Kind == KindChoices:
		v.at(p, "%s is a %s, which has no limit", in.ID, in.Kind)
	case l.tag == "":
		if in.Kind != KindCount || l.Minimum < 1 || l.Minimum > MaxCount {
			v.at(p, "a minimum is for a count, and a whole number from 1 to %d", MaxCount)
		}
	case in.Kind == KindYesNo && l.tag != "!!bool":
		v.at(p, "%s is yes_no: its limit is true (offered) or false, not %s", in.ID, l.text)
	case in.Kind == KindYesNo || l.unlimited():
	default:
		if _, err := ParseCount(l.text); l.tag != "!!int" || err != nil {
			v.at(p, "a limit is a whole number or the word unlimited, not %s", l.text)
		}
	}
}

func (v *validation) allOptions() {
	seen := map[string]bool{}
	limited := map[string]bool{}
	for i, o := range v.book.Options {
		p := steps("options", i)
		v.id(p, "option", o.ID, wordID, seen)
		v.options[o.ID] = true
		v.text(under(p, "name"), o.Name)
		v.text(under(p, "summary"), o.Summary)
		for j, note := range o.Notes {
			v.text(under(p, "notes", j), note)
		}
		for _, id := range slices.Sorted(maps.Keys(o.Limits)) {
			in, ok := v.inputs[id]
			if !ok {
				v.at(under(p, "limits", id), "there is no input %s", id)
				continue
			}
			v.used[id], limited[id] = true, true
			v.limit(under(p, "limits", id), in, o.Limits[id])
		}
	}
	if len(v.book.Options) == 0 {
		v.at(steps("options"), "a price book has at least one option")
	}
	// A limit forgotten in one option would read as "no limit".
	for i, o := range v.book.Options {
		for _, id := range slices.Sorted(maps.Keys(limited)) {
			if _, ok := o.Limits[id]; !ok {
				v.at(steps("options", i, "limits"), "option %s says nothing of %s, which other options limit: give a limit or unlimited", o.ID, id)
			}
		}
	}
}

func (v *validation) allAssumptions() {
	seen := map[string]bool{}
	for i, a := range v.book.Assumptions {
		v.id(steps("assumptions", i), "assumption", a.ID, kebabID, seen)
		v.text(steps("assumptions", i, "text"), a.Text)
	}
}

func (v *validation) allExamples() {
	seen := map[string]bool{}
	for i, e := range v.book.Examples {
		p := steps("examples", i)
		v.id(p, "example", e.ID, kebabID, seen)
		v.text(under(p, "name"), e.Name)
		for _, id := range slices.Sorted(maps.Keys(e.Inputs)) {
			in, ok := v.inputs[id]
			if id == Months {
				in, ok = &monthsFile, true
			}
			if !ok {
				v.at(under(p, "inputs", id), "there is no input %s", id)
				continue
			}
			v.exampleValue(under(p, "inputs", id), in, e.Inputs[id])
		}
	}
}

// exampleValue checks the value of an input of any kind.
func (v *validation) exampleValue(p []any, in *inputFile, value valueFile) {
	switch in.Kind {
	case KindChoices:
		for i, c := range value.list {
			if !slices.ContainsFunc(in.Choices, func(known choiceFile) bool { return known.ID == c.text }) {
				v.at(under(p, i), "%s has no choice %q", in.ID, c.text)
			}
		}
		if len(value.list) == 0 {
			v.at(p, "%s is a list of choices", in.ID)
		}
	case KindRows:
		if len(value.rows) == 0 || len(value.rows) > MaxRows {
			v.at(p, "%s is a list of 1 to %d rows", in.ID, MaxRows)
		}
		for i, row := range value.rows {
			for _, id := range slices.Sorted(maps.Keys(row)) {
				at := slices.IndexFunc(in.Fields, func(f inputFile) bool { return f.ID == id })
				if at < 0 {
					v.at(under(p, i, id), "%s has no field %s", in.ID, id)
					continue
				}
				v.value(under(p, i, id), &in.Fields[at], row[id])
			}
		}
	default:
		v.value(p, in, value.scalarFile)
	}
}

// oneOf joins words for a message: "a, b or c".
func oneOf[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s", string(w))
	}
	return b.String()
}
