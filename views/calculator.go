package views

import (
	"fmt"
	"slices"
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
	// Carried is what the form sends besides: the facts that figures are from.
	Carried []Hidden
	// Item is the item of the draft that the page was opened for, or empty.
	Item     string
	Examples []Link
	Term     Field
	Groups   []FieldGroup
	Answer   Answer
	// Outlook is nil in the answer to a change of the form, which does not wait for
	// it.
	Outlook *Outlook
	Basis
	// RowsChanged says that rows were added or taken out, so that the form has
	// to be shown again.
	RowsChanged bool
	// EveryNote says that an answer has the notes of all fields, empty ones too.
	EveryNote bool
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
	// Lines are the bill of that option, under its title; BillTotal is what they
	// come to.
	BillTitle          string
	Lines              []BillLine
	TotalOf, BillTotal string
	Options            []OptionRow
	// Entries are what was entered, where it differs from the default.
	Entries []Entry
	// Purchases say what is bought inside the option, Pools what covers the
	// usage.
	Purchases []PurchaseRow
	Pools     []PoolTable
	// Incomplete is set where something has no public price.
	Incomplete string
	// Free says of rows that cost nothing though they state a quantity.
	Free []string
	// Cliffs say where the next unit, or a larger purchase, changes more than
	// one would expect.
	Cliffs []string
	// Notes and Assumptions stand below the figures.
	Notes, Assumptions []string

	// Forecast leads to the forecast of the same entries.
	Forecast Link
	// Compare leads to the comparison with other products, if there are any.
	Compare Link
	BookChoice
	// Address is the path and query string of this page, Link the full address
	// of the estimate, which is for everybody: it does not name an item.
	Address, Link string

	// Adding is how the estimate gets into the draft.
	Adding Adding
	// Text is the estimate as a short text, Downloads lead to it as files;
	// nothing where no option is shown that could serve what was entered.
	Text      string
	Downloads []Link
}

// Adding is how an estimate gets into the draft.
type Adding struct {
	// Cannot says why it does not.
	Cannot string
	// Label is what the button says, the others what it sends: the query string
	// of the estimate, and the item of the draft that it replaces.
	Label, Product, Query, Item string
}

// Verdict is the head of the answer.
type Verdict struct {
	// Label says whether the option is recommended or was chosen.
	Label, Name string
	// None says that no option is feasible and none was chosen, Cannot that the
	// one that was chosen is not: then there is no price, for the reasons given.
	None, Cannot      bool
	Reasons           []string
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

func (v *Verdict) class() string {
	switch {
	case v.None:
		return "verdict none"
	case v.Cannot:
		return "verdict no-price"
	default:
		return "verdict"
	}
}

// BillLine is one line item.
type BillLine struct {
	ID, Name, Formula, Source, Settlement, Amount string
	// Assumptions are the numbers of those that the amount rests on.
	Assumptions []string
}

// PurchaseRow is one purchase.
type PurchaseRow struct {
	What, Amount string
}

// PoolTable is what became of what a pool holds.
type PoolTable struct {
	Name string
	Rows []Entry
}

// Entry is an input and the value it has. ID is that of the input, and of one of
// its rows as models[0]; it is empty for what is no input.
type Entry struct {
	ID, Name, Value string
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

func (o *OptionRow) class() string {
	switch {
	case o.Chosen && o.Feasible:
		return "chosen"
	case o.Chosen:
		return "chosen infeasible"
	case !o.Feasible:
		return "infeasible"
	default:
		return ""
	}
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
	// Query is the canonical query string, BestQuery the same without the
	// option, and SharedQuery the same without the item of the draft.
	Query, BestQuery, SharedQuery string
	// CompareQuery is the query string of the comparison with other products;
	// empty if there are none to compare with.
	CompareQuery string
	// Item is the item of the draft that the page was opened for, or empty.
	Item string
	// BookQuery returns the query string of the same entries with another
	// price book, ExampleQuery that of an example.
	BookQuery    func(*pricing.Book) string
	ExampleQuery func(*pricing.Usage) string
	// RowField returns the name of a field in a row.
	RowField func(rows string, row int, field string) string
	// RowsChanged says that a button has added or taken out rows.
	RowsChanged bool
	// Live says that only the answer to a change of the form is shown.
	Live bool
	// Estimators are those of the book, and Carried the facts that the form
	// sends without showing them.
	Estimators []EstimatorUse
	Carried    []Hidden
}

// NewCalculator returns the view model of a calculator page.
func NewCalculator(in *CalculatorInput) *Calculator {
	l, path := in.Lang, calculatorPath(in.Product.ID)
	name := in.Book.Name.In(l)
	catalog, examples := in.Catalog, in.Book.Examples
	if in.Live {
		catalog, examples = nil, nil
	}
	c := &Calculator{
		Page:    newPage(l, Fill(wordsIn(l).PriceCalculator, name), catalog, in.Assets, path, in.Query),
		Name:    name,
		Summary: in.Book.Summary.In(l),
		Action:  path,
		Item:    in.Item,
		Answer:  newAnswer(in),

		RowsChanged: in.RowsChanged,
		Carried:     in.Carried,
	}
	c.skipToAnswer()
	if in.Book != in.Product.Newest() {
		c.PriceBook = in.Book.ID
	}
	for i := range examples {
		e := &examples[i]
		c.Examples = append(c.Examples, Link{Href: address(path, in.ExampleQuery(e.Usage)), Text: e.Name.In(l)})
	}
	c.Term, c.Groups = newGroups(in)
	c.skipToForm(elementID(c.Term.ID))
	if in.Live {
		return c
	}
	c.Basis = newBasis(in.Book, l)
	return c
}

func newAnswer(in *CalculatorInput) Answer {
	l, w := in.Lang, wordsIn(in.Lang)
	path := calculatorPath(in.Product.ID)
	a := Answer{
		words: w, Lang: l,
		Address: address(path, in.Query),
		Link:    in.Origin + address(path, in.SharedQuery),
		Adding:  Adding{Cannot: DraftWordsIn(l).CannotQuote},
	}
	a.BookChoice = newBookChoice(in.Product, in.Book, path, in.BookQuery, l)
	a.Assumptions = textsIn(in.Book.Assumptions, l)
	if in.Estimate == nil {
		a.Fault, a.Option = w.FixFields, in.Option
		return a
	}
	if in.CompareQuery != "" {
		a.Compare = Link{Href: address(comparePath, in.CompareQuery), Text: compareWordsIn(l).Onward}
	}
	a.Forecast = Link{Href: address(forecastPath(in.Product.ID), in.Query), Text: forecastWordsIn(l).Link}
	a.Entries = EntriesOf(in.Usage, l)
	best := in.Estimate.Recommended()
	shown := best
	if in.Option != "" {
		shown = in.Estimate.Option(in.Option)
	}
	a.Verdict = newVerdict(in, best, shown)
	a.BillTitle, a.TotalOf = w.Breakdown, a.Verdict.TotalLabel
	for i := range in.Estimate.Options {
		a.Options = append(a.Options, newOptionRow(in, &in.Estimate.Options[i], best, shown))
	}
	if shown == nil {
		return a
	}
	a.Free = textsIn(in.Usage.FreeRows(), l)
	a.Notes = slices.DeleteFunc(textsIn(shown.Notes, l), func(note string) bool { return slices.Contains(a.Free, note) })
	if shown.Feasible {
		a.Adding = newAdding(in)
		a.Text = estimateText(in, shown, a.Link)
		a.Downloads = downloads(in)
		a.Cliffs = textsIn(shown.Cliffs, l)
		if !shown.Complete {
			a.Incomplete = w.NotCompleteHelp
		}
	} else {
		a.BillTitle, a.TotalOf = w.RestOfIt, w.WithoutIt
	}
	a.Purchases = PurchasesOf(shown, l)
	a.Pools = poolsOf(shown, l)
	a.Assumptions = append(a.Assumptions, lineAssumptions(shown, l)...)
	a.Lines, a.BillTotal = billOf(shown, len(in.Book.Sources) > 1, l, w)
	for i := range a.Lines {
		for _, text := range shown.Lines[i].Assumptions() {
			a.Lines[i].Assumptions = append(a.Lines[i].Assumptions, strconv.Itoa(1+slices.Index(a.Assumptions, text.In(l))))
		}
	}
	return a
}

func newAdding(in *CalculatorInput) Adding {
	a := Adding{Label: DraftWordsIn(in.Lang).AddToQuote, Product: in.Product.ID, Query: in.SharedQuery, Item: in.Item}
	if in.Item != "" {
		a.Label = DraftWordsIn(in.Lang).PutBack
	}
	return a
}

// estimateText is an estimate as a short text.
func estimateText(in *CalculatorInput, shown *pricing.OptionEstimate, link string) string {
	return SummaryText(&Summary{
		Lang: in.Lang, Link: link, Incomplete: !shown.Complete,
		Items: []SummaryItem{{
			Name: in.Book.Name.In(in.Lang), Option: shown.Option.Name.In(in.Lang), Term: term(in.Usage.Months(), wordsIn(in.Lang)),
			Quantity: 1, Monthly: money(shown.Monthly), Total: money(shown.Total),
		}},
	})
}

// downloads are the links to an estimate as a file.
func downloads(in *CalculatorInput) []Link {
	w := QuoteWordsIn(in.Lang)
	path := calculatorPath(in.Product.ID) + "/estimate"
	return []Link{
		{Href: address(path+".xlsx", in.SharedQuery), Text: w.Excel},
		{Href: address(path+".csv", in.SharedQuery), Text: w.CSV},
		{Href: address(path+".json", in.SharedQuery), Text: w.JSON},
	}
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
	if !shown.Feasible {
		return cannotServe(in, best, shown)
	}
	v := Verdict{
		Label: w.Recommended, Name: shown.Option.Name.In(l),
		Monthly: money(shown.Monthly), Total: money(shown.Total),
		Prepaid: money(shown.Prepaid), Postpaid: money(shown.Postpaid),
		TotalLabel: totalLabel(in.Usage.Months(), w),
	}
	v.Spoken = fmt.Sprintf(w.Spoken, v.Name, v.Monthly, v.Total)
	if !shown.Complete {
		v.Spoken += " · " + w.NotComplete
	}
	if shown == best {
		return v
	}
	v.Label = w.YourChoice
	if best != nil {
		v.Best = address(calculatorPath(in.Product.ID), in.BestQuery)
	}
	if in.Estimate.Difference(shown).IsPositive() {
		v.Remark = Fill(w.ChoiceCostsMore, best.Option.Name.In(l), money(in.Estimate.Difference(shown)))
	}
	return v
}

// cannotServe is the head of the answer where the option that was chosen cannot
// serve what was entered: what the rest of it would cost is no price of it.
func cannotServe(in *CalculatorInput, best, shown *pricing.OptionEstimate) Verdict {
	w := wordsIn(in.Lang)
	v := Verdict{
		Label: w.YourChoice, Name: shown.Option.Name.In(in.Lang), Cannot: true,
		Remark: w.ChoiceInfeasible, Reasons: whyNot(shown, in.Lang), Monthly: noAmount, Total: noAmount,
		TotalLabel: totalLabel(in.Usage.Months(), w),
	}
	v.Spoken = Fill(w.SpokenCannot, v.Name)
	if best != nil {
		v.Best = address(calculatorPath(in.Product.ID), in.BestQuery)
	}
	return v
}

// totalLabel says what a total is for.
func totalLabel(months int64, w *words) string {
	if months == 1 {
		return w.ForOneMonth
	}
	return fmt.Sprintf(w.ForTerm, term(months, w))
}

// whyNot says why an option cannot serve what was entered.
func whyNot(o *pricing.OptionEstimate, l pricing.Lang) []string {
	out := make([]string, len(o.Violations))
	for i := range o.Violations {
		out[i] = o.Violations[i].Message.In(l)
	}
	return out
}

func newOptionRow(in *CalculatorInput, o, best, shown *pricing.OptionEstimate) OptionRow {
	l := in.Lang
	row := OptionRow{
		ID: o.Option.ID, Name: o.Option.Name.In(l), Summary: o.Option.Summary.In(l),
		Value: o.Option.ID, Chosen: o == shown, Feasible: o.Feasible, Best: o == best,
		Reasons: whyNot(o, l),
	}
	if row.Best {
		row.Value = ""
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
			Settlement: w.Prepaid, Amount: texts[i],
		}
		if line.Settlement() == pricing.Postpaid {
			lines[i].Settlement = w.Postpaid
		}
	}
	return lines, texts[len(o.Lines)]
}

// EntriesOf lists the term and the inputs that were set.
func EntriesOf(u *pricing.Usage, l pricing.Lang) []Entry {
	var out []Entry
	book := u.Book()
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if in.ID != pricing.Months && u.IsDefault(in) {
			continue
		}
		switch in.Kind {
		case pricing.KindRows:
			for j, row := range u.Rows(in) {
				var parts []string
				for k := range in.Fields {
					if row[k] != in.Fields[k].Default {
						parts = append(parts, in.Fields[k].Name.In(l)+" "+valueIn(&in.Fields[k], row[k], l))
					}
				}
				out = append(out, Entry{ID: fmt.Sprintf("%s[%d]", in.ID, j), Name: rowTitle(in, j, l), Value: strings.Join(parts, " · ")})
			}
		case pricing.KindChoices:
			var names []string
			for c := range in.Choices {
				if u.Chosen(in, c) {
					names = append(names, in.Choices[c].Name.In(l))
				}
			}
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: strings.Join(names, " · ")})
		default:
			out = append(out, Entry{ID: in.ID, Name: in.Name.In(l), Value: valueIn(in, u.Count(in), l)})
		}
	}
	return out
}

// valueIn writes the value of an input or field for its reader.
func valueIn(in *pricing.Input, value int64, l pricing.Lang) string {
	switch {
	case in.Kind == pricing.KindChoice:
		return in.Choices[value].Name.In(l)
	case in.Kind == pricing.KindCount:
		return countWithUnit(value, in.Unit, l)
	case value == 1:
		return wordsIn(l).Yes
	default:
		return wordsIn(l).No
	}
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

// lineAssumptions returns what the lines of an option rest on, each once.
func lineAssumptions(o *pricing.OptionEstimate, l pricing.Lang) []string {
	var out []string
	for i := range o.Lines {
		for _, text := range o.Lines[i].Assumptions() {
			if !slices.Contains(out, text.In(l)) {
				out = append(out, text.In(l))
			}
		}
	}
	return out
}

// lineSource names where a line's price was published: the section, since the
// document is named once below the figures, or both where a book has several.
func lineSource(s *pricing.Source, several bool, l pricing.Lang) string {
	if several {
		return sourceText(s, l)
	}
	return s.Section.In(l)
}

// sourceText names a document, a section of it, and its day as all days are
// written.
func sourceText(s *pricing.Source, l pricing.Lang) string {
	comma := ", "
	if l == pricing.Chinese {
		comma = "，"
	}
	return s.Document.Title.In(l) + comma + s.Section.In(l) + comma + day(s.Document.Date, l)
}
