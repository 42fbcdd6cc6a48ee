package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suanpan/pricing"
)

// Hidden is what a form sends without showing it.
type Hidden struct{ Name, Value string }

// EstimatorUse is what a calculator has to do with an estimator of its book.
type EstimatorUse struct {
	Estimator *pricing.Estimator
	// Used says that figures were estimated, Holds that they still are what the
	// facts come to.
	Used, Holds bool
	// Query is the query string of the estimator's page, Without that of the
	// calculator without the facts.
	Query, Without string
}

// EstimatorLink leads from a group of fields to an estimator of its figures.
type EstimatorLink struct {
	words *estimatorWords
	Link
	Used, Holds bool
	// Says is what is said of figures that were estimated, Forget the address of
	// the same estimate without the facts.
	Says, Forget string
}

func newEstimatorLinks(g *pricing.Group, in *CalculatorInput) []EstimatorLink {
	var links []EstimatorLink
	for i := range in.Estimators {
		use := &in.Estimators[i]
		if use.Estimator.Targets()[0].Input.Group != g.ID {
			continue
		}
		w, name := estimatorWordsIn(in.Lang), use.Estimator.Name.In(in.Lang)
		link := EstimatorLink{
			words: w, Link: Link{Href: address(estimatorPath(in.Product.ID, use.Estimator), use.Query), Text: name},
			Used: use.Used, Holds: use.Holds,
		}
		switch {
		case use.Holds:
			link.Says = fmt.Sprintf(w.FromFacts, name)
		case use.Used:
			link.Says = fmt.Sprintf(w.NoLonger, name)
			link.Forget = address(calculatorPath(in.Product.ID), use.Without)
		}
		links = append(links, link)
	}
	return links
}

// unused returns the links to estimators that are not in use.
func unused(links []EstimatorLink) []EstimatorLink {
	var out []EstimatorLink
	for _, l := range links {
		if !l.Used {
			out = append(out, l)
		}
	}
	return out
}

func estimatorPath(product string, e *pricing.Estimator) string {
	return calculatorPath(product) + "/facts/" + e.ID
}

// Estimator is the page of an estimator: the facts as a form, and what they come
// to.
type Estimator struct {
	Page
	// Form has the facts, their examples, and where they are sent.
	Form Calculator
	// Back leads to the calculator as it was left.
	Back   Link
	Answer Derivation
	Bar    Bar
	// Product is the product's name, which stands on paper above that of the form.
	Product string
	// Source and Assumptions are what the rule rests on.
	Source      []string
	Assumptions []string

	words *estimatorWords
}

// Derivation is what facts come to, as it is shown.
type Derivation struct {
	words *estimatorWords
	// Fault is set where facts have to be corrected first, Empty where there are
	// none.
	Fault, Empty string
	// Priced is the price of the calculator with the figures in it; nil if other
	// entries of the calculator are at fault.
	Priced *Answer
	// Use is the address of the calculator with the figures in it.
	Use     string
	Figures []Figure
	Steps   []DerivationStep
	// More says how many steps are left out.
	More string
	// Address is the path and query string of the page, Link the whole of it.
	Address, Link string
	// Entered is what was entered, here and in the calculator, for the printed page.
	Entered Answer
}

// Figure is an input and what facts come to for it: a quantity, or a choice.
type Figure struct {
	ID, Name, Quantity string
	// Replaces says what stands in the calculator now, where that is another
	// quantity.
	Replaces string
}

// DerivationStep is a step of the computation.
type DerivationStep struct {
	Text, Formula, Adds, Result string
}

// EstimatorInput is what the page of an estimator is made from.
type EstimatorInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Product *pricing.Product
	Assets  Assets
	// Origin is what the address of the page begins with: scheme and host.
	Origin string

	Estimator *pricing.Estimator
	// Facts are a usage of the estimator's facts; Typed and Faults are by field.
	Facts  *pricing.Usage
	Typed  map[string]string
	Faults map[string]*pricing.InputError
	// Derivation is nil if there are faults. None says that no fact was entered.
	Derivation *pricing.Derivation
	None       bool
	// Current is the usage in the calculator, and Estimate is of the usage with
	// the figures in it; nil if entries of the calculator are at fault.
	Current  *pricing.Usage
	Estimate *pricing.Estimate
	// Rest says that the calculator has more than what the facts come to.
	Rest bool
	// Query is the canonical query string of the page, BackQuery that of the
	// calculator as it was left, and UseQuery with the figures in it.
	Query, BackQuery, UseQuery string
	ExampleQuery               func(*pricing.Usage) string
	// Carried is what the form sends besides the facts.
	Carried     []Hidden
	RowField    func(rows string, row int, field string) string
	RowsChanged bool
	// Live says that only the answer to a change of the form is shown.
	Live bool
}

// NewEstimator returns the view model of the page of an estimator.
func NewEstimator(in *EstimatorInput) *Estimator {
	l, e, w := in.Lang, in.Estimator, estimatorWordsIn(in.Lang)
	path, product := estimatorPath(in.Product.ID, e), in.Estimator.Book().Name.In(l)
	catalog := in.Catalog
	if in.Live {
		catalog = nil
	}
	p := &Estimator{
		Page:  newPage(l, Fill(w.Title, e.Name.In(l), product), catalog, in.Assets, path, in.Query),
		words: w, Product: product,
		Back: Link{Href: address(calculatorPath(in.Product.ID), in.BackQuery), Text: fmt.Sprintf(w.Back, product)},
	}
	p.skipToAnswer()
	p.Form = Calculator{
		Page: p.Page, Name: e.Name.In(l), Summary: e.Help.In(l), Action: path, Carried: in.Carried,
		Groups: factGroups(in), RowsChanged: in.RowsChanged,
		// A fact that is good by itself can be at fault beside others: a choice, or
		// one that is left out.
		EveryNote: true,
	}
	p.skipToForm(firstField(p.Form.Groups))
	p.Answer = newDerivation(in)
	p.Bar = newBar(p.Answer.verdict(), p.Answer.spoken(), l)
	if p.Answer.Priced != nil && p.Answer.Priced.Incomplete != "" {
		p.Bar.Of = p.Form.words.NotComplete + " · " + p.Bar.Of
	}
	if in.Live {
		return p
	}
	for i := range e.Facts.Examples {
		example := &e.Facts.Examples[i]
		p.Form.Examples = append(p.Form.Examples, Link{Href: address(path, in.ExampleQuery(example.Usage)), Text: example.Name.In(l)})
	}
	if e.Source != nil {
		p.Source = []string{sourceText(e.Source, l)}
	}
	p.Assumptions = textsIn(e.Assumptions, l)
	return p
}

// factGroups returns the facts as groups of fields.
func factGroups(in *EstimatorInput) []FieldGroup {
	facts, w := in.Estimator.Facts, estimatorWordsIn(in.Lang)
	fields := &CalculatorInput{
		Lang: in.Lang, Product: in.Product, Book: facts, Usage: in.Facts,
		Typed: in.Typed, Faults: in.Faults, RowField: in.RowField,
	}
	var groups []FieldGroup
	for i := range facts.Groups {
		g := newGroup(&facts.Groups[i], fields)
		g.Name = w.Facts
		groups = append(groups, g)
	}
	return groups
}

// shownSteps is how many steps are shown: more than the derivation of any room
// that somebody would enter has, and few enough for a page.
const shownSteps = 300

func newDerivation(in *EstimatorInput) Derivation {
	w := estimatorWordsIn(in.Lang)
	d := Derivation{words: w, Address: address(estimatorPath(in.Product.ID, in.Estimator), in.Query)}
	switch {
	case in.Derivation == nil:
		d.Fault = w.FixFacts
		return d
	case in.None:
		d.Empty = w.Empty
		return d
	}
	d.Link = in.Origin + d.Address
	d.Entered = Answer{words: wordsIn(in.Lang), Entries: in.entered()}
	d.Use = address(calculatorPath(in.Product.ID), in.UseQuery)
	for i := range in.Derivation.Yields {
		if f, ok := newFigure(&in.Derivation.Yields[i], in); ok {
			d.Figures = append(d.Figures, f)
		}
	}
	for i := range in.Derivation.Carries {
		if f, ok := carriedFigure(&in.Derivation.Carries[i], in); ok {
			d.Figures = append(d.Figures, f)
		}
	}
	steps := in.Derivation.Steps
	if len(steps) > shownSteps {
		d.More = fmt.Sprintf(w.MoreSteps, pricing.Grouped(strconv.Itoa(len(steps)-shownSteps)))
		steps = steps[:shownSteps]
	}
	for i := range steps {
		d.Steps = append(d.Steps, newStep(&steps[i], in))
	}
	if in.Estimate != nil {
		d.Priced = priced(in)
	}
	return d
}

// entered lists the facts, and what the price includes besides what they come to.
func (in *EstimatorInput) entered() []Entry {
	out := enteredFacts(in.Facts, in.Lang)
	if in.Estimate == nil {
		return out
	}
	for _, e := range EntriesOf(in.Estimate.Usage, in.Lang) {
		if !slices.ContainsFunc(in.Estimator.Targets(), func(t pricing.Target) bool { return t.Field == nil && t.Input.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out
}

// enteredFacts lists facts, also the counts that were left at their default: what
// they come to is from these as well.
func enteredFacts(u *pricing.Usage, l pricing.Lang) []Entry {
	var out []Entry
	set := EntriesOf(u, l)
	facts := u.Book()
	for i := range facts.Inputs {
		in := &facts.Inputs[i]
		if in.Kind == pricing.KindCount && u.IsDefault(in) && in.Default != 0 {
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: valueIn(in, in.Default, l)})
		}
		for len(set) > 0 && (set[0].ID == in.ID || strings.HasPrefix(set[0].ID, in.ID+"[")) {
			out, set = append(out, set[0]), set[1:]
		}
	}
	return out
}

// newFigure returns what is shown of a yield; nothing if it is 0 and was.
func newFigure(y *pricing.Yield, in *EstimatorInput) (Figure, bool) {
	l, w := in.Lang, estimatorWordsIn(in.Lang)
	counted, current := y.Input, int64(0)
	f := Figure{ID: y.Input.ID, Name: y.Input.Name.In(l)}
	if y.Field == nil {
		current = in.Current.Count(y.Input)
	} else {
		counted = y.Field
		f.ID, f.Name = in.RowField(y.Input.ID, 0, y.Field.ID), fmt.Sprintf(w.RowField, y.Input.Name.In(l), y.Field.Name.In(l))
		if rows := in.Current.Rows(y.Input); len(rows) > 0 {
			current = rows[0].Count(y.Input, y.Field)
		}
	}
	f.Quantity = countWithUnit(y.Quantity, counted.Unit, l)
	if current != y.Quantity && current != 0 {
		f.Replaces = fmt.Sprintf(w.Replaces, countWithUnit(current, counted.Unit, l))
	}
	return f, y.Quantity != 0 || current != 0
}

// carriedFigure returns what is shown of a fact that goes into a row as it is;
// nothing if it is what a row has unasked, and was.
func carriedFigure(c *pricing.Carry, in *EstimatorInput) (Figure, bool) {
	l, w := in.Lang, estimatorWordsIn(in.Lang)
	current := c.Field.Default
	if rows := in.Current.Rows(c.Input); len(rows) > 0 {
		current = rows[0].Count(c.Input, c.Field)
	}
	f := Figure{
		ID:       in.RowField(c.Input.ID, 0, c.Field.ID),
		Name:     Fill(w.RowField, c.Input.Name.In(l), c.Field.Name.In(l)),
		Quantity: valueIn(c.Field, c.Value, l),
	}
	if current != c.Value && current != c.Field.Default {
		f.Replaces = Fill(w.Replaces, valueIn(c.Field, current, l))
	}
	return f, c.Value != c.Field.Default || current != c.Value
}

func newStep(s *pricing.Step, in *EstimatorInput) DerivationStep {
	result := pricing.Grouped(strconv.FormatInt(s.Quantity, 10))
	out := DerivationStep{
		Text: s.Text.In(in.Lang), Formula: strings.TrimSuffix(s.Formula, " = "+result), Result: result,
	}
	if s.Adds != nil && !strings.HasPrefix(out.Text, s.Adds.Name.In(in.Lang)) {
		out.Adds = fmt.Sprintf(estimatorWordsIn(in.Lang).AddsTo, s.Adds.Name.In(in.Lang))
	}
	return out
}

// priced returns the head of the estimate with the figures in it.
func priced(in *EstimatorInput) *Answer {
	usage := in.Estimate.Usage
	c := &CalculatorInput{Lang: in.Lang, Product: in.Product, Book: usage.Book(), Usage: usage, Estimate: in.Estimate}
	best := in.Estimate.Recommended()
	a := &Answer{words: wordsIn(in.Lang), Lang: in.Lang, Verdict: newVerdict(c, best, best)}
	if in.Rest {
		a.Verdict.Remark = estimatorWordsIn(in.Lang).WithTheRest
	}
	if best != nil && !best.Complete {
		a.Incomplete = a.words.NotCompleteHelp
	}
	a.Free = textsIn(usage.FreeRows(), in.Lang)
	return a
}

// verdict is what the facts cost; nil if there is no price.
func (d *Derivation) verdict() *Verdict {
	if d.Priced == nil {
		return nil
	}
	return &d.Priced.Verdict
}

// spoken is what the facts come to in one line.
func (d *Derivation) spoken() string {
	switch {
	case d.Fault != "":
		return d.Fault
	case d.Empty != "":
		return d.Empty
	case d.Priced == nil:
		return d.words.OtherFault
	default:
		return d.Priced.Verdict.Spoken
	}
}
