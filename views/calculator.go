package views

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Calculator is the page of one product: the form, and the answer to it.
type Calculator struct {
	Page
	Name, Summary string
	// Action is where the form is sent.
	Action string
	// PriceBook is the price book the address pins, or empty.
	PriceBook string
	Examples  []Link
	Term      Field
	Groups    []FieldGroup
	Answer    Answer
}

// FieldGroup is a group of fields under one heading.
type FieldGroup struct {
	ID, Name string
	// Foldable groups can be closed; Open says that the page shows it open.
	Foldable, Open bool
	// Set says how many fields have something set, or nothing.
	Set    string
	Fields []Field
}

// Field is one input of the form.
type Field struct {
	ID, Name, Help string
	YesNo          bool
	// Checked and AskedFor are of yes/no fields: AskedFor says that an unticked
	// box must say no, since leaving it out means yes.
	Checked, AskedFor bool
	Value             string
	Placeholder       string
	Unit              string
	Note              Note
}

// Note is the line below a field: what was understood, or what is wrong.
type Note struct {
	ID, Text string
	Fault    bool
}

// Answer is the estimate as it is shown. Where Fault is set there is none: the
// entries have to be corrected first.
type Answer struct {
	words *words
	Lang  pricing.Lang
	Fault string
	// Option is the chosen option, kept for when the entries are corrected.
	Option string

	// Verdict is the head of the answer: the option whose bill is shown.
	Verdict Verdict
	// Lines are the bill of that option.
	Lines     []BillLine
	BillTotal string
	Options   []OptionRow
	// Entries are what was entered, where it differs from the default.
	Entries []Entry
	// Notes, Assumptions, Exclusions and Sources stand below the figures.
	Notes, Assumptions, Exclusions, Sources []string

	PricesFrom string
	// Older is set where the prices are not the newest.
	Older string
	// Newest is the address of the same estimate with the newest prices.
	Newest string
	// Address is the path and query string of this estimate, Link its full
	// address.
	Address, Link string
}

// Verdict is the head of the answer.
type Verdict struct {
	// Label says whether the option is recommended or was chosen.
	Label, Name string
	// None says that no option is feasible and none was chosen.
	None              bool
	Monthly           string
	TotalLabel, Total string
	Prepaid, Postpaid string
	// Remark compares a chosen option with the recommended one.
	Remark string
	// Best is the address of the same estimate with the recommended option.
	Best string
	// Spoken is the whole in one line, for the screen reader and the phone's
	// lower edge.
	Spoken string
}

// BillLine is one line item.
type BillLine struct {
	ID, Name, Formula, Source, Settlement, Amount string
	Assumptions                                   []string
}

// Entry is an input and the value it has.
type Entry struct {
	Name, Value string
}

// OptionRow is one option in the comparison.
type OptionRow struct {
	ID, Name, Summary string
	// Value is what the form sends for it: nothing for the recommended one,
	// so that the choice goes on following the recommendation.
	Value                      string
	Chosen, Feasible, Best     bool
	Monthly, Total, Difference string
	// Reasons say why an infeasible option is so.
	Reasons []string
}

// CalculatorInput is what a calculator page is made from.
type CalculatorInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Product *pricing.Product
	Assets  Assets
	// Origin is what the address of the page begins with: scheme and host.
	Origin string

	Book  *pricing.Book
	Usage *pricing.Usage
	// Typed and Faults are by input.
	Typed  map[string]string
	Faults map[string]*pricing.InputError
	// Estimate is nil if there are faults.
	Estimate *pricing.Estimate
	// Option is the id of the chosen option, or empty for the recommended one.
	Option string
	// Query is the canonical query string; QueryOf returns that of an example.
	Query string
	// BestQuery and NewestQuery are Query without the option and without the
	// price book.
	BestQuery, NewestQuery string
	ExampleQuery           func(*pricing.Usage) string
}

// NewCalculator returns the view model of a calculator page.
func NewCalculator(in *CalculatorInput) *Calculator {
	l, path := in.Lang, calculatorPath(in.Product.ID)
	name := in.Book.Name.In(l)
	c := &Calculator{
		Page:    newPage(l, fmt.Sprintf(wordsIn(l).PriceCalculator, name), in.Catalog, in.Assets, path, in.Query),
		Name:    name,
		Summary: in.Book.Summary.In(l),
		Action:  path,
		Answer:  newAnswer(in),
	}
	c.Skip = true
	if in.Book != in.Product.Newest() {
		c.PriceBook = in.Book.ID
	}
	for i := range in.Book.Examples {
		e := &in.Book.Examples[i]
		c.Examples = append(c.Examples, Link{Href: address(path, in.ExampleQuery(e.Usage)), Text: e.Name.In(l)})
	}
	for i := range in.Book.Groups {
		c.Groups = append(c.Groups, FieldGroup{
			ID: in.Book.Groups[i].ID, Name: in.Book.Groups[i].Name.In(l), Foldable: in.Book.Groups[i].Folded,
		})
	}
	for i := range in.Book.Inputs {
		input := &in.Book.Inputs[i]
		field := newField(input, in)
		if input.ID == pricing.Months {
			c.Term = field
			continue
		}
		for g := range c.Groups {
			if c.Groups[g].ID == input.Group {
				c.Groups[g].Fields = append(c.Groups[g].Fields, field)
			}
		}
	}
	for g := range c.Groups {
		group := &c.Groups[g]
		group.Set, group.Open = groupState(group, in)
	}
	return c
}

func newField(input *pricing.Input, in *CalculatorInput) Field {
	l := in.Lang
	f := Field{
		ID: input.ID, Name: input.Name.In(l), Help: input.Help.In(l),
		Note: Note{ID: input.ID + "-note"},
	}
	fault := in.Faults[input.ID]
	if input.Kind == pricing.KindYesNo {
		f.YesNo, f.Checked, f.AskedFor = true, in.Usage.Count(input) == 1, input.Default == 1
		return f
	}
	f.Unit = input.Unit.In(l)
	f.Placeholder = pricing.Grouped(strconv.FormatInt(input.Default, 10))
	f.Value = in.Typed[input.ID]
	switch {
	case fault != nil:
		f.Note.Text, f.Note.Fault = fault.Message.In(l), true
	case strings.TrimSpace(f.Value) != "":
		f.Note.Text = countWithUnit(in.Usage.Count(input), input.Unit, l)
	}
	return f
}

// groupState says how many fields of a group are set, and whether the group is
// shown open.
func groupState(g *FieldGroup, in *CalculatorInput) (set string, open bool) {
	n, fault := 0, false
	for i := range g.Fields {
		f := &g.Fields[i]
		input, _ := in.Book.Input(f.ID)
		if !in.Usage.IsDefault(input) {
			n++
		}
		fault = fault || f.Note.Fault
	}
	w := wordsIn(in.Lang)
	switch n {
	case 0:
	case 1:
		set = w.SetOne
	default:
		set = fmt.Sprintf(w.SetMany, n)
	}
	return set, !g.Foldable || n > 0 || fault
}

func newAnswer(in *CalculatorInput) Answer {
	l, w := in.Lang, wordsIn(in.Lang)
	path := calculatorPath(in.Product.ID)
	a := Answer{
		words: w, Lang: l,
		PricesFrom: fmt.Sprintf(w.PricesFrom, day(in.Book.ID, l)),
		Exclusions: textsIn(in.Book.Exclusions, l),
		Address:    address(path, in.Query),
		Link:       in.Origin + address(path, in.Query),
	}
	if in.Book != in.Product.Newest() {
		a.Older = fmt.Sprintf(w.OlderPrices, day(in.Book.ID, l))
		a.Newest = address(path, in.NewestQuery)
	}
	for i := range in.Book.Sources {
		a.Sources = append(a.Sources, sourceIn(&in.Book.Sources[i], l))
	}
	a.Assumptions = textsIn(in.Book.Assumptions, l)
	if in.Estimate == nil {
		a.Fault, a.Option = w.FixFields, in.Option
		return a
	}
	a.Entries = entriesOf(in.Usage, l)
	best := in.Estimate.Recommended()
	shown := best
	if in.Option != "" {
		shown = in.Estimate.Option(in.Option)
	}
	a.Verdict = newVerdict(in, best, shown)
	for i := range in.Estimate.Options {
		a.Options = append(a.Options, newOptionRow(in, &in.Estimate.Options[i], best, shown))
	}
	if shown == nil {
		return a
	}
	a.Notes = textsIn(shown.Option.Notes, l)
	a.Lines, a.BillTotal = billOf(shown, len(in.Book.Sources) > 1, l, w)
	seen := map[string]bool{}
	for _, line := range a.Lines {
		for _, text := range line.Assumptions {
			if !seen[text] {
				a.Assumptions = append(a.Assumptions, text)
			}
			seen[text] = true
		}
	}
	return a
}

// spoken is the answer in one line.
func spoken(a *Answer) string {
	if a.Fault != "" {
		return a.Fault
	}
	return a.Verdict.Spoken
}

func newVerdict(in *CalculatorInput, best, shown *pricing.OptionEstimate) Verdict {
	l, w := in.Lang, wordsIn(in.Lang)
	if shown == nil {
		return Verdict{Label: w.AnswerTitle, Name: w.NoOption, None: true, Spoken: w.SpokenNone}
	}
	v := Verdict{
		Label: w.Recommended, Name: shown.Option.Name.In(l),
		Monthly: money(shown.Monthly), Total: money(shown.Total),
		Prepaid: money(shown.Prepaid), Postpaid: money(shown.Postpaid),
		TotalLabel: w.ForOneMonth,
	}
	if months := in.Usage.Months(); months > 1 {
		v.TotalLabel = fmt.Sprintf(w.ForTerm, term(months, w))
	}
	v.Spoken = fmt.Sprintf(w.Spoken, v.Name, v.Monthly, v.Total)
	if shown == best {
		return v
	}
	v.Label = w.YourChoice
	if best != nil {
		v.Best = address(calculatorPath(in.Product.ID), in.BestQuery)
	}
	switch {
	case !shown.Feasible:
		v.Remark = w.ChoiceInfeasible
	case in.Estimate.Difference(shown).IsPositive():
		v.Remark = fmt.Sprintf(w.ChoiceCostsMore, best.Option.Name.In(l), money(in.Estimate.Difference(shown)))
	}
	return v
}

func newOptionRow(in *CalculatorInput, o, best, shown *pricing.OptionEstimate) OptionRow {
	l := in.Lang
	row := OptionRow{
		ID: o.Option.ID, Name: o.Option.Name.In(l), Summary: o.Option.Summary.In(l),
		Value: o.Option.ID, Chosen: o == shown, Feasible: o.Feasible, Best: o == best,
	}
	if row.Best {
		row.Value = ""
	}
	for _, v := range o.Violations {
		row.Reasons = append(row.Reasons, v.Message.In(l))
	}
	if o.Feasible {
		row.Monthly, row.Total = money(o.Monthly), money(o.Total)
		if !row.Best {
			row.Difference = "+" + money(in.Estimate.Difference(o))
		}
	}
	return row
}

// billOf returns the lines of an option's bill and the total below them, all
// amounts aligned on their points. Several says that the prices are from more
// than one document.
func billOf(o *pricing.OptionEstimate, several bool, l pricing.Lang, w *words) ([]BillLine, string) {
	amounts := make([]decimal.Decimal, len(o.Lines), len(o.Lines)+1)
	for i := range o.Lines {
		amounts[i] = o.Lines[i].Amount
	}
	texts := aligned(append(amounts, o.Total))
	lines := make([]BillLine, len(o.Lines))
	for i := range o.Lines {
		line := &o.Lines[i]
		lines[i] = BillLine{
			ID: line.ID(), Name: line.Name.In(l), Formula: line.Formula, Source: lineSource(line.Source(), several, l),
			Settlement: w.Prepaid, Amount: texts[i], Assumptions: textsIn(line.Assumptions(), l),
		}
		if line.Settlement() == pricing.Postpaid {
			lines[i].Settlement = w.Postpaid
		}
	}
	return lines, texts[len(o.Lines)]
}

// entriesOf lists the term and the inputs that were set.
func entriesOf(u *pricing.Usage, l pricing.Lang) []Entry {
	var out []Entry
	book := u.Book()
	for i := range book.Inputs {
		in := &book.Inputs[i]
		switch {
		case in.ID != pricing.Months && u.IsDefault(in):
		case in.Kind == pricing.KindYesNo:
			value := wordsIn(l).No
			if u.Count(in) == 1 {
				value = wordsIn(l).Yes
			}
			out = append(out, Entry{Name: in.Name.In(l), Value: value})
		default:
			out = append(out, Entry{Name: in.Name.In(l), Value: countWithUnit(u.Count(in), in.Unit, l)})
		}
	}
	return out
}

func sourceIn(d *pricing.Document, l pricing.Lang) string {
	w := wordsIn(l)
	kind := map[pricing.Confidence]string{
		pricing.Published: w.Published, pricing.Documented: w.Documented, pricing.Undated: w.Undated,
	}[d.Confidence]
	return d.Title.In(l) + " · " + day(d.Date, l) + " · " + kind
}

func textsIn(texts []pricing.Text, l pricing.Lang) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.In(l)
	}
	return out
}

// lineSource names where a line's price was published: the section, since the
// document is named once below the figures, or both where a book has several.
func lineSource(s *pricing.Source, several bool, l pricing.Lang) string {
	if several {
		return s.String(l)
	}
	return s.Section.In(l)
}
