package pricing

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	// wordID is an id of an input, option or charge.
	wordID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
	// kebabID is an id of a product, document, group, example or assumption.
	kebabID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	// bookID is an effective date, with a revision from the second file on.
	bookID = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:r([2-9]|[1-9]\d))?$`)
)

// reservedInputs are the names in a calculator's address that are not inputs
// of a book.
var reservedInputs = []string{Months, "price_book", "option", "lang"}

// validate checks what must hold of a decoded book as a whole, and records
// every fault.
func (d *decoder) validate(b *bookFile) {
	v := &validation{decoder: d, book: b, inputs: map[string]*inputFile{}, options: map[string]bool{}, used: map[string]bool{}}
	v.head()
	v.allDocuments()
	v.allInputs()
	v.allOptions()
	v.allCharges()
	v.allAssumptions()
	v.allExamples()
	for i, in := range b.Inputs {
		if !v.used[in.ID] {
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
}

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
		v.at(under(p, "id"), "%q is not the id of a %s: lower-case letters, digits and separators", id, what)
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
		v.id(p, "input", in.ID, wordID, seen)
		if slices.Contains(reservedInputs, in.ID) {
			v.at(under(p, "id"), "%s is a reserved word", in.ID)
		}
		v.inputs[in.ID] = in
		v.text(under(p, "name"), in.Name)
		v.text(under(p, "help"), in.Help)
		if !groups[in.Group] {
			v.at(under(p, "group"), "there is no group %q", in.Group)
		}
		filled[in.Group] = true
		switch in.Kind {
		case KindCount:
			v.count(p, in)
		case KindYesNo:
			if in.Unit != (Unit{}) || in.Minimum != nil || in.Maximum != nil {
				v.at(p, "a yes_no input has no unit, minimum or maximum")
			}
			if in.Default != nil {
				v.value(under(p, "default"), in, *in.Default)
			}
		default:
			v.at(under(p, "kind"), "%q is not a kind of input: count or yes_no", in.Kind)
		}
	}
	for i, g := range v.book.Groups {
		if !filled[g.ID] {
			v.at(steps("groups", i), "group %s has no inputs", g.ID)
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
	low, high := in.bounds()
	if n, err := ParseCount(s.text); s.tag != "!!int" || err != nil || n < low || n > high {
		v.at(p, "%s is a whole number from %d to %d, not %s", in.ID, low, high, s.text)
	}
}

// limit checks that a scalar is a limit of the input.
func (v *validation) limit(p []any, in *inputFile, s scalarFile) {
	switch {
	case in.Kind == KindYesNo && s.tag != "!!bool":
		v.at(p, "%s is yes_no: its limit is true (offered) or false, not %s", in.ID, s.text)
	case in.Kind == KindYesNo || s.unlimited():
	default:
		if n, err := ParseCount(s.text); s.tag != "!!int" || err != nil || n > MaxCount {
			v.at(p, "a limit is a whole number or the word unlimited, not %s", s.text)
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

func (v *validation) allCharges() {
	seen, extended, priced := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range v.book.Charges {
		c, p := &v.book.Charges[i], steps("charges", i)
		v.id(p, "charge", c.ID, wordID, seen)
		v.text(under(p, "name"), c.Name)
		v.text(under(p, "unit"), c.Unit)
		if !slices.Contains(settlements, c.Settlement) {
			v.at(under(p, "settlement"), "settlement is %s, not %q", oneOf(settlements), c.Settlement)
		}
		v.source(under(p, "source"), c.Source)
		for j, id := range c.Assumptions {
			if !slices.ContainsFunc(v.book.Assumptions, func(a assumptionFile) bool { return a.ID == id }) {
				v.at(under(p, "assumptions", j), "there is no assumption %q", id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(c.When)) {
			if in := v.input(under(p, "when", id), id); in != nil && in.Kind != KindYesNo {
				v.at(under(p, "when", id), "a condition is on a yes_no input, and %s is a %s", id, in.Kind)
			}
		}
		if c.Quantity != nil {
			v.quantity(under(p, "quantity"), c.Quantity)
		}
		if c.Extends != "" {
			if in := v.input(under(p, "extends"), c.Extends); in != nil && in.Kind != KindCount {
				v.at(under(p, "extends"), "add-ons raise the limit of a count, and %s is a %s", c.Extends, in.Kind)
			}
			if extended[c.Extends] {
				v.at(under(p, "extends"), "another charge extends %s already", c.Extends)
			}
			extended[c.Extends] = true
		}
		v.prices(p, c, priced)
	}
	for i, o := range v.book.Options {
		if !priced[o.ID] {
			v.at(steps("options", i), "no charge has a price for option %s", o.ID)
		}
	}
}

// input looks an input up for a limit or charge that reads it.
func (v *validation) input(p []any, id string) *inputFile {
	in, ok := v.inputs[id]
	if !ok {
		v.at(p, "there is no input %q", id)
		return nil
	}
	v.used[id] = true
	return in
}

func (v *validation) source(p []any, s sourceFile) {
	if !slices.ContainsFunc(v.book.Documents, func(d documentFile) bool { return d.ID == s.Document }) {
		v.at(under(p, "document"), "there is no document %q", s.Document)
	}
	v.text(under(p, "section"), s.Section)
}

func (v *validation) quantity(p []any, q *quantityFile) {
	if len(q.Product) == 0 {
		v.at(p, "a quantity is an input or {product: [inputs]}")
	}
	for _, id := range q.Product {
		if in := v.input(p, id); in != nil && in.Kind != KindCount {
			v.at(p, "a quantity is made of counts, and %s is a %s", id, in.Kind)
		}
	}
}

func (v *validation) prices(p []any, c *chargeFile, priced map[string]bool) {
	if len(c.Prices) == 0 {
		v.at(under(p, "prices"), "charge %s has no price", c.ID)
	}
	here := map[string]bool{}
	needsQuantity, needsExtends := false, false
	for j := range c.Prices {
		price, pp := &c.Prices[j], under(p, "prices", j)
		if len(price.Options) == 0 {
			v.at(pp, "a price says for which options it is")
		}
		for k, id := range price.Options {
			switch {
			case !v.options[id]:
				v.at(under(pp, "options", k), "there is no option %q", id)
			case here[id]:
				v.at(under(pp, "options", k), "charge %s has two prices for option %s", c.ID, id)
			}
			here[id], priced[id] = true, true
		}
		needsQuantity = needsQuantity || price.UnitPrice != nil || price.Package != nil
		needsExtends = needsExtends || len(price.AddOns) > 0
		v.price(pp, c, price)
	}
	if needsQuantity != (c.Quantity != nil) {
		v.at(p, "charge %s: unit_price and package go with a quantity, and a quantity with one of them", c.ID)
	}
	if needsExtends != (c.Extends != "") {
		v.at(p, "charge %s: add_ons go with extends, and extends with add_ons", c.ID)
	}
}

func (v *validation) price(p []any, c *chargeFile, price *priceFile) {
	forms := 0
	for _, given := range []bool{price.MonthlyFee != nil, price.UnitPrice != nil, price.Package != nil, len(price.AddOns) > 0} {
		if given {
			forms++
		}
	}
	if forms != 1 {
		v.at(p, "a price has one form: monthly_fee, unit_price, package or add_ons")
	}
	if pack := price.Package; pack != nil {
		pp := under(p, "package")
		if pack.Included == nil || *pack.Included < 0 || *pack.Included > MaxCount {
			v.at(under(pp, "included"), "included is a whole number from 0 to %d", MaxCount)
		}
		if pack.Block < 1 || pack.Block > MaxCount {
			v.at(under(pp, "block"), "block is a whole number from 1 to %d", MaxCount)
		}
		if !slices.Contains(blockRules, pack.Blocks) {
			v.at(under(pp, "blocks"), "blocks is %s, not %q: a started block is paid, or only a full one", oneOf(blockRules), pack.Blocks)
		}
		if pack.Price == nil {
			v.at(pp, "the package has no price")
		}
	}
	for j, a := range price.AddOns {
		pp := under(p, "add_ons", j)
		if a.MonthlyFee == nil {
			v.at(pp, "the add-on has no monthly_fee")
		}
		if a.Limit.tag == "" {
			v.at(pp, "the add-on has no limit")
			continue
		}
		if in := v.inputs[c.Extends]; in != nil {
			v.limit(under(pp, "limit"), in, a.Limit)
		}
		for _, id := range price.Options {
			v.raises(under(pp, "limit"), c.Extends, id, a)
		}
	}
}

// raises checks that an add-on lifts the limit that an option has by itself.
func (v *validation) raises(p []any, input, option string, a addOnFile) {
	i := slices.IndexFunc(v.book.Options, func(o optionFile) bool { return o.ID == option })
	if i < 0 {
		return
	}
	own, ok := v.book.Options[i].Limits[input]
	if !ok {
		v.at(p, "option %s has no limit on %s that an add-on could raise", option, input)
		return
	}
	if own.unlimited() || (!a.Limit.unlimited() && a.Limit.count() <= own.count()) {
		v.at(p, "the add-on does not raise the limit of option %s, which is %s", option, own.text)
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
	months := inputFile{ID: Months, Kind: KindCount, Minimum: &monthsInput.Minimum, Maximum: &monthsInput.Maximum}
	for i, e := range v.book.Examples {
		p := steps("examples", i)
		v.id(p, "example", e.ID, kebabID, seen)
		v.text(under(p, "name"), e.Name)
		for _, id := range slices.Sorted(maps.Keys(e.Inputs)) {
			in, ok := v.inputs[id]
			if id == Months {
				in, ok = &months, true
			}
			if !ok {
				v.at(under(p, "inputs", id), "there is no input %s", id)
				continue
			}
			v.value(under(p, "inputs", id), in, e.Inputs[id])
		}
	}
}

// bounds returns the least and greatest value of a count.
func (in *inputFile) bounds() (low, high int64) {
	high = MaxCount
	if in.Minimum != nil {
		low = *in.Minimum
	}
	if in.Maximum != nil {
		high = *in.Maximum
	}
	return low, high
}

func (s scalarFile) unlimited() bool { return s.tag == "!!str" && s.text == "unlimited" }

// count returns the number of a scalar that is one; -1 for anything else.
func (s scalarFile) count() int64 {
	if n, err := strconv.ParseInt(s.text, 10, 64); err == nil && s.tag == "!!int" {
		return n
	}
	return -1
}

func (s scalarFile) yes() bool { return s.tag == "!!bool" && strings.EqualFold(s.text, "true") }

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
