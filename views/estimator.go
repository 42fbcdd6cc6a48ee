package views

import (
	"fmt"
	"slices"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// EstimatorLink leads from a group of fields to an estimator of its figures.
type EstimatorLink struct {
	words *estimatorWords
	Link
	Used, Holds bool
	// Says is what is said of figures that were estimated, Forget the address of
	// the same estimate without the facts.
	Says, Forget string
}

// linksToEstimators are the links of a calculator's group.
func linksToEstimators(form *forms.Form, group string, l pricing.Lang) []EstimatorLink {
	var links []EstimatorLink
	for _, e := range form.Product.Estimators(form.Book) {
		if e.Targets()[0].Input.Group == group {
			links = append(links, newEstimatorLink(form, e, l))
		}
	}
	return links
}

func newEstimatorLink(form *forms.Form, e *pricing.Estimator, l pricing.Lang) EstimatorLink {
	w, name, path := estimatorWordsIn(l), e.Name.In(l), estimatorPath(form.Product.ID, e)
	facts := form.Fact(e)
	if facts == nil {
		return EstimatorLink{words: w, Link: Link{Href: address(path, form.StartQuery(e)), Text: name}}
	}
	link := EstimatorLink{words: w, Link: Link{Href: address(path, form.FactsQuery(facts)), Text: name}, Used: true, Holds: facts.Yield(form.Usage)}
	if link.Holds {
		link.Says = fmt.Sprintf(w.FromFacts, name)
	} else {
		link.Says = fmt.Sprintf(w.NoLonger, name)
		link.Forget = address(calculatorPath(form.Product.ID), form.Without(e).Query())
	}
	return link
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

// estimatorPage is the page of an estimator in the making.
type estimatorPage struct {
	*Visit
	// form is that of the calculator, as it was left.
	form  *forms.Form
	facts *forms.Facts
	// estimate is of the calculator with the figures in it; nil if entries of it
	// are at fault, or the facts.
	estimate *pricing.Estimate
	words    *estimatorWords
	// path is that of the page, back that of the calculator.
	path, back string
}

// NewEstimator returns the page of an estimator, filled in. The estimate is that
// of the calculator's form with what the facts come to, and nil if there is
// something at fault.
func NewEstimator(v *Visit, form *forms.Form, facts *forms.Facts, estimate *pricing.Estimate) *Estimator {
	l, e, w := v.Lang, facts.Estimator, estimatorWordsIn(v.Lang)
	in := &estimatorPage{
		Visit: v, form: form, facts: facts, estimate: estimate, words: w,
		path: estimatorPath(form.Product.ID, e), back: calculatorPath(form.Product.ID),
	}
	product := e.Book().Name.In(l)
	p := &Estimator{
		Page:  v.page(wording.Fill(w.Title, e.Name.In(l), product), in.path, form.FactsQuery(facts)),
		words: w, Product: product,
		Back: Link{Href: address(in.back, form.Query()), Text: fmt.Sprintf(w.BackToCalculator, product)},
	}
	p.skipToAnswer()
	p.Form = Calculator{
		Page: p.Page, Name: e.Name.In(l), Summary: e.Help.In(l), Action: in.path, Carried: form.Carried(e),
		Groups: in.groups(), RowsChanged: form.RowsChanged,
		// A fact that is good by itself can be at fault beside others: a choice, or
		// one that is left out.
		EveryNote: true,
	}
	p.skipToForm(firstField(p.Form.Groups))
	p.Answer = in.derivation()
	p.Bar = newBar(p.Answer.verdict(), p.Answer.spoken(), l)
	if p.Answer.Priced != nil && p.Answer.Priced.Incomplete != "" {
		p.Bar.Of = p.Form.words.NotComplete + " · " + p.Bar.Of
	}
	if v.Live {
		return p
	}
	p.Form.Examples = examples(e.Facts, in.path, func(u *pricing.Usage) string { return form.FactsQuery(facts.WithUsage(u)) }, l)
	if e.Source != nil {
		p.Source = []string{sourceText(e.Source, l)}
	}
	p.Assumptions = textsIn(e.Assumptions, l)
	return p
}

// groups returns the facts as groups of fields.
func (in *estimatorPage) groups() []FieldGroup {
	f := &fields{Form: in.facts.Entries, lang: in.Lang, faults: in.facts.Faults}
	groups := f.groups()
	for i := range groups {
		groups[i].Name = in.words.Facts
	}
	return groups
}

// shownSteps is how many steps are shown: more than the derivation of any room
// that somebody would enter has, and few enough for a page.
const shownSteps = 300

func (in *estimatorPage) derivation() Derivation {
	w, result := in.words, in.facts.Derivation
	d := Derivation{words: w, Address: address(in.path, in.form.FactsQuery(in.facts))}
	switch {
	case result == nil:
		d.Fault = w.FixFacts
		return d
	case in.facts.Empty():
		d.Empty = w.Empty
		return d
	}
	d.Link = in.Origin + d.Address
	d.Entered = Answer{words: wordsIn(in.Lang), Entries: in.entered()}
	d.Use = address(in.back, in.form.With(in.facts).Query())
	for i := range result.Yields {
		if f, ok := in.figure(&result.Yields[i]); ok {
			d.Figures = append(d.Figures, f)
		}
	}
	for i := range result.Carries {
		if f, ok := in.carried(&result.Carries[i]); ok {
			d.Figures = append(d.Figures, f)
		}
	}
	var left int
	if d.Steps, left = newSteps(result.Steps, shownSteps, in.Lang); left > 0 {
		d.More = fmt.Sprintf(w.MoreSteps, plain(int64(left)))
	}
	if in.estimate != nil {
		d.Priced = in.priced()
	}
	return d
}

// entered lists the facts, and what the price includes besides what they come to.
func (in *estimatorPage) entered() []quotes.Entry {
	out := enteredFacts(in.facts.Entries.Usage, in.Lang)
	if in.estimate == nil {
		return out
	}
	for _, e := range entriesOf(in.estimate.Usage, in.Lang) {
		if !slices.ContainsFunc(in.facts.Estimator.Targets(), func(t pricing.Target) bool { return t.Field == nil && t.Input.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out
}

// figure returns what is shown of a yield; nothing if it is 0 and was.
func (in *estimatorPage) figure(y *pricing.Yield) (Figure, bool) {
	l, w := in.Lang, in.words
	counted, current := y.Input, int64(0)
	f := Figure{ID: y.Input.ID, Name: y.Input.Name.In(l)}
	if y.Field == nil {
		current = in.form.Usage.Count(y.Input)
	} else {
		counted = y.Field
		f.ID, f.Name = forms.RowField(y.Input.ID, 0, y.Field.ID), fmt.Sprintf(w.RowField, y.Input.Name.In(l), y.Field.Name.In(l))
		if rows := in.form.Usage.Rows(y.Input); len(rows) > 0 {
			current = rows[0].Count(y.Input, y.Field)
		}
	}
	f.Quantity = countWithUnit(y.Quantity, counted.Unit, l)
	if current != y.Quantity && current != 0 {
		f.Replaces = fmt.Sprintf(w.Replaces, countWithUnit(current, counted.Unit, l))
	}
	return f, y.Quantity != 0 || current != 0
}

// carried returns what is shown of a fact that goes into a row as it is; nothing
// if it is what a row has unasked, and was.
func (in *estimatorPage) carried(c *pricing.Carry) (Figure, bool) {
	l, w := in.Lang, in.words
	current := c.Field.Default
	if rows := in.form.Usage.Rows(c.Input); len(rows) > 0 {
		current = rows[0].Count(c.Input, c.Field)
	}
	f := Figure{
		ID:       forms.RowField(c.Input.ID, 0, c.Field.ID),
		Name:     wording.Fill(w.RowField, c.Input.Name.In(l), c.Field.Name.In(l)),
		Quantity: c.Field.InWords(c.Value).In(l),
	}
	if current != c.Value && current != c.Field.Default {
		f.Replaces = wording.Fill(w.Replaces, c.Field.InWords(current).In(l))
	}
	return f, c.Value != c.Field.Default || current != c.Value
}

// newSteps are the first steps of a computation, at most so many, and how many
// more there are.
func newSteps(steps []pricing.Step, most int, l pricing.Lang) (shown []DerivationStep, left int) {
	if len(steps) > most {
		steps, left = steps[:most], len(steps)-most
	}
	for i := range steps {
		shown = append(shown, newStep(&steps[i], l))
	}
	return shown, left
}

func newStep(s *pricing.Step, l pricing.Lang) DerivationStep {
	result := plain(s.Quantity)
	out := DerivationStep{Text: s.Text.In(l), Formula: strings.TrimSuffix(s.Formula, " = "+result), Result: result}
	if s.Adds != nil && !strings.HasPrefix(out.Text, s.Adds.Name.In(l)) {
		out.Adds = fmt.Sprintf(estimatorWordsIn(l).AddsTo, s.Adds.Name.In(l))
	}
	return out
}

// priced returns the head of the estimate with the figures in it.
func (in *estimatorPage) priced() *Answer {
	usage, best := in.estimate.Usage, in.estimate.Recommended()
	a := &Answer{words: wordsIn(in.Lang), Lang: in.Lang, Verdict: newVerdict(in.estimate, best, in.Lang)}
	// What the facts come to, and nothing besides.
	if alone := in.facts.Derivation.Apply(in.form.Book.NewUsage()); forms.UsageQuery(usage) != forms.UsageQuery(alone) {
		a.Verdict.Remark = in.words.WithTheRest
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
