package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// comparePath is the address of the comparison.
const comparePath = "/compare"

// Comparison is the page that compares price books: what to compare, one form
// for all, and the answer.
type Comparison struct {
	Page
	// Form has the fields of the usage, and where they are sent.
	Form Calculator
	// HasFields says that something is chosen, so that there are fields.
	HasFields bool
	Picks     []Pick
	// ShownName and Shown are sent with the fields, and tell later which fields
	// there were; FieldsChanged says that there are others now.
	ShownName, Shown string
	FieldsChanged    bool
	// Room is the switch between a room and minutes; nil without rooms.
	Room   *RoomSwitch
	Starts []Link
	Answer Compared
	Bar    Bar

	words *compareWords
}

// Pick is a product with its price books to choose from.
type Pick struct {
	Name  string
	Books []PickedBook
}

// PickedBook is one price book to choose.
type PickedBook struct {
	// ID is the element's, Value what the form sends.
	ID, Value, Name string
	Chosen          bool
}

// RoomSwitch is the choice between the facts of a room and minutes as typed.
type RoomSwitch struct {
	// Name and Value are what the form sends for a room.
	Name, Value string
	FromFacts   bool
	Groups      []FieldGroup
	Examples    []Link
}

// Compared is the answer of a comparison.
type Compared struct {
	words *compareWords
	// Fault is set where entries have to be corrected first, or more chosen, which
	// is no fault: then Few is set too.
	Fault string
	Few   bool
	// Refused says which columns were left out.
	Refused string
	// Empty is set where nothing was entered and nothing costs anything: totals of
	// nothing are no comparison.
	Empty string
	// Best has the cheapest column and the link to the comparison; its verdict is
	// that there is none if no column serves everything.
	Best    Answer
	Columns []ComparedColumn
	// Facts are the rows before those of the charges.
	Figures []ComparedFigure
	Rows    []ComparedRow
	Typed   string
	Metered bool
	Address string
}

// ComparedColumn is one column of the table.
type ComparedColumn struct {
	ID, Name, Prices string
	Best             bool
	// Plan is the option that was taken, Plans are those to choose from.
	Plan              string
	PlanID, PlanLabel string
	Plans             []FieldChoice
	// ServesAll, or else the reasons why not.
	ServesAll               bool
	NotCovered, CannotServe []string
	NotComplete, NoPlan     bool
	Open, OpenLabel         string
	Figures                 string
	Steps                   []DerivationStep
	More                    string
	HasRoom                 bool
	Assumptions, Exclusions []string
	RestsTitle              string
}

// ComparedFigure is a row of amounts that every column has.
type ComparedFigure struct {
	ID, Name string
	Cells    []ComparedAmount
	// Total marks the row of totals.
	Total bool
}

// ComparedAmount is one of them.
type ComparedAmount struct {
	Amount, Remark string
	Best           bool
}

func (f *ComparedFigure) class() string {
	if f.Total {
		return "total"
	}
	return ""
}

// ComparedRow is what is charged for.
type ComparedRow struct {
	Name  string
	Cells []ComparedCell
}

// ComparedCell is what a column charges, or why it does not.
type ComparedCell struct {
	Amount, Reason string
	// State is that of the engine, for the style.
	State string
	Lines []ComparedLine
}

// ComparedLine is one line item in a cell. It has a name and an amount of its own
// where there are several.
type ComparedLine struct {
	ID, Name, Amount, Formula string
}

// ComparedChoice is a column as it was chosen.
type ComparedChoice struct {
	Product *pricing.Product
	Book    *pricing.Book
	Option  string
}

// ComparisonStart is a comparison to start from.
type ComparisonStart struct {
	Query, Text string
	Products    []string
}

// ComparisonInput is what the page of a comparison is made from.
type ComparisonInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Assets  Assets
	// Origin is what the address of the page begins with: scheme and host.
	Origin string

	Columns []ComparedChoice
	Refused []string
	// Common is nil if nothing is chosen; so is what follows.
	Common *pricing.Common
	// Room is the name under which the form asks for the facts of a room.
	Room          string
	Inputs, Facts *pricing.Usage
	// Typed, FactsTyped and Faults are by field.
	Typed, FactsTyped map[string]string
	Faults            map[string]*pricing.InputError
	// Comparison is nil if there are faults, or fewer than two columns.
	Comparison *pricing.Comparison
	// Query is the canonical query string, CalculatorQuery that of a column's
	// calculator, ExampleQuery that with other facts.
	Query           string
	CalculatorQuery func(column int, c *pricing.ComparedColumn) string
	ExampleQuery    func(*pricing.Usage) string
	// ColumnName returns what the form sends for a column.
	ColumnName func(p *pricing.Product, b *pricing.Book, option string) string
	Starts     []ComparisonStart
	RowField   func(rows string, row int, field string) string

	ShownName, Shown           string
	RowsChanged, FieldsChanged bool
	// Live says that only the answer to a change of the form is shown.
	Live bool
}

// NewComparison returns the view model of the page.
func NewComparison(in *ComparisonInput) *Comparison {
	l, w := in.Lang, compareWordsIn(in.Lang)
	catalog := in.Catalog
	if in.Live {
		catalog = nil
	}
	c := &Comparison{
		Page:  newPage(l, w.Title, catalog, in.Assets, comparePath, in.Query),
		words: w, ShownName: in.ShownName, Shown: in.Shown,
		HasFields: in.Common != nil, FieldsChanged: in.FieldsChanged,
	}
	c.skipToAnswer()
	c.Form = Calculator{Page: c.Page, Name: w.Title, Summary: w.Intro, Action: comparePath, RowsChanged: in.RowsChanged}
	for _, p := range in.Catalog.Products() {
		c.Picks = append(c.Picks, newPick(p, in))
	}
	c.skipToForm(c.Picks[0].Books[0].ID)
	for _, s := range in.Starts {
		c.Starts = append(c.Starts, Link{Href: address(comparePath, s.Query), Text: s.Text + " · " + joined(s.Products, l)})
	}
	if in.Common != nil {
		f := &fields{Form: &forms.Form{Book: in.Common.Inputs, Usage: in.Inputs, Typed: in.Typed}, lang: l, faults: in.Faults}
		c.Form.Term, c.Form.Groups = f.all()
		in.sayWhere(c.Form.Groups)
		c.Room = newRoomSwitch(in)
	}
	c.Answer = newCompared(in)
	c.Bar = newBar(c.Answer.verdict(), c.Answer.spoken(), l)
	return c
}

func newPick(p *pricing.Product, in *ComparisonInput) Pick {
	w := compareWordsIn(in.Lang)
	pick := Pick{Name: p.Newest().Name.In(in.Lang)}
	for _, b := range p.Books {
		book := PickedBook{
			ID: "in-" + p.ID + "-" + b.ID, Value: in.ColumnName(p, b, ""),
			Name:   fmt.Sprintf(w.PricesOf, day(b.ID, in.Lang)),
			Chosen: slices.ContainsFunc(in.Columns, func(c ComparedChoice) bool { return c.Book == b }),
		}
		if b == p.Newest() && len(p.Books) > 1 {
			book.Name += " · " + w.Newest
		}
		pick.Books = append(pick.Books, book)
	}
	return pick
}

// sayWhere adds to the help of fields that not all columns have which ones do.
func (in *ComparisonInput) sayWhere(groups []FieldGroup) {
	for i := range groups {
		for _, f := range groups[i].fields() {
			have := in.having(f.ID)
			if len(have) == 0 {
				continue
			}
			separator := " "
			if in.Lang == pricing.Chinese {
				separator = ""
			}
			f.Help += separator + Fill(compareWordsIn(in.Lang).Only, joined(have, in.Lang))
		}
	}
}

// having names the columns that have an input: the product, where all its columns
// have it. It names none if all columns have it.
func (in *ComparisonInput) having(input string) []string {
	has := func(c ComparedChoice) bool { _, ok := c.Book.Input(input); return ok }
	var names []string
	all := true
	for i, c := range in.Columns {
		if !has(c) {
			all = false
			continue
		}
		name := in.name(i)
		if !slices.ContainsFunc(in.Columns, func(other ComparedChoice) bool { return other.Product == c.Product && !has(other) }) {
			name = c.Book.Name.In(in.Lang)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if all {
		return nil
	}
	return names
}

// joined joins names.
func joined(names []string, l pricing.Lang) string {
	if l == pricing.Chinese {
		return strings.Join(names, "、")
	}
	return strings.Join(names, ", ")
}

// name names a column: the product, with the date of its prices where it is there
// more than once.
func (in *ComparisonInput) name(column int) string {
	c := &in.Columns[column]
	name := c.Book.Name.In(in.Lang)
	for i := range in.Columns {
		if i != column && in.Columns[i].Product == c.Product {
			if in.Lang == pricing.Chinese {
				return name + "（" + c.Book.ID + "）"
			}
			return name + " (" + c.Book.ID + ")"
		}
	}
	return name
}

func newRoomSwitch(in *ComparisonInput) *RoomSwitch {
	if in.Common.Room == "" {
		return nil
	}
	r := &RoomSwitch{Name: in.Room, Value: in.Common.Room, FromFacts: in.Facts != nil}
	if in.Facts == nil {
		return r
	}
	f := &fields{Form: &forms.Form{Book: in.Common.Facts, Usage: in.Facts, Typed: in.FactsTyped}, lang: in.Lang, faults: in.Faults}
	r.Groups = f.groups()
	for i := range in.Common.Facts.Examples {
		e := &in.Common.Facts.Examples[i]
		r.Examples = append(r.Examples, Link{Href: address(comparePath, in.ExampleQuery(e.Usage)), Text: e.Name.In(in.Lang)})
	}
	return r
}

func newCompared(in *ComparisonInput) Compared {
	l, w := in.Lang, compareWordsIn(in.Lang)
	a := Compared{words: w, Address: address(comparePath, in.Query)}
	if len(in.Refused) > 0 {
		a.Refused = fmt.Sprintf(w.Refused, joined(in.Refused, l))
	}
	switch {
	case len(in.Faults) > 0:
		a.Fault = wordsIn(l).FixFields
		return a
	case in.Comparison == nil:
		a.Fault, a.Few = w.ChooseTwo, true
		return a
	}
	c := in.Comparison
	if in.asksNothing() {
		a.Empty = w.EnterUsage
		return a
	}
	a.Best = in.best()
	a.Best.Entries = EntriesOf(in.Inputs, l)
	if in.Facts != nil {
		a.Best.Entries = append(a.Best.Entries, enteredFacts(in.Facts, l)...)
	}
	for i := range c.Columns {
		column := in.column(i)
		a.Metered = a.Metered || column.HasRoom
		a.Columns = append(a.Columns, column)
	}
	a.Figures = in.figures()
	for i := range c.Rows {
		a.Rows = append(a.Rows, in.row(&c.Rows[i]))
	}
	if in.typedMinutes() {
		a.Typed = w.TypedRemark
	}
	return a
}

// asksNothing reports whether nothing is asked for that costs anything.
func (in *ComparisonInput) asksNothing() bool {
	return !in.Comparison.Asks && !slices.ContainsFunc(in.Comparison.Columns, func(c pricing.ComparedColumn) bool {
		return c.Option == nil || !c.Option.Feasible || !c.Option.Total.IsZero()
	})
}

// typedMinutes reports whether minutes that a room would come to are typed in.
func (in *ComparisonInput) typedMinutes() bool {
	if in.Facts != nil {
		return false
	}
	return slices.ContainsFunc(in.Common.Inputs.Inputs, func(input pricing.Input) bool {
		return in.Common.Metered(input.ID) && !in.Inputs.IsDefault(&input)
	})
}

// best is the head of the answer.
func (in *ComparisonInput) best() Answer {
	l, w, c := in.Lang, compareWordsIn(in.Lang), in.Comparison
	link := address(comparePath, in.Query)
	theirs := *wordsIn(l)
	theirs.Link = w.Link
	a := Answer{words: &theirs, Lang: l, Address: link, Link: in.Origin + link}
	first := &c.Columns[c.Ranking[0]]
	if !first.ServesAll() {
		a.Verdict = Verdict{None: true, Name: w.NoneServesAll, Spoken: w.SpokenNone}
		return a
	}
	o := first.Option
	a.Verdict = Verdict{
		Label: w.Cheapest, Monthly: money(o.Monthly), Total: money(o.Total), TotalLabel: in.totalLabel(),
		Prepaid: money(o.Prepaid), Postpaid: money(o.Postpaid), Remark: w.Alone,
	}
	var names []string
	for _, i := range c.Ranking {
		switch column := &c.Columns[i]; {
		case column.Cheapest:
			names = append(names, in.name(i)+" · "+column.Option.Option.Name.In(l))
		case column.ServesAll():
			a.Verdict.Remark = Fill(w.NextIs, in.name(i), money(*column.Difference))
		}
		if a.Verdict.Remark != w.Alone {
			break
		}
	}
	a.Verdict.Name = joined(names, l)
	if len(names) > 1 {
		a.Verdict.Label = w.CheapestTie
		if a.Verdict.Remark == w.Alone {
			a.Verdict.Remark = ""
		}
	}
	a.Verdict.Spoken = Fill(w.Spoken, a.Verdict.Name, a.Verdict.Monthly, a.Verdict.Total)
	return a
}

func (in *ComparisonInput) totalLabel() string {
	w := wordsIn(in.Lang)
	if months := in.Inputs.Months(); months > 1 {
		return fmt.Sprintf(compareWordsIn(in.Lang).Total, term(months, w))
	}
	return w.ForOneMonth
}

// column returns the head of a column and what is said of it outside the table.
func (in *ComparisonInput) column(i int) ComparedColumn {
	l, w := in.Lang, compareWordsIn(in.Lang)
	choice, c := &in.Columns[i], &in.Comparison.Columns[i]
	name := in.name(i)
	out := ComparedColumn{
		ID: in.ColumnName(choice.Product, choice.Book, ""), Name: choice.Book.Name.In(l),
		Prices: fmt.Sprintf(w.PricesOf, day(choice.Book.ID, l)), Best: c.Cheapest,
		PlanID: "as-" + choice.Product.ID + "-" + choice.Book.ID, PlanLabel: Fill(w.OptionOf, name),
		Plans:     in.plans(choice, c),
		ServesAll: c.ServesAll(), NoPlan: c.Option == nil,
		NotComplete: c.Option != nil && !c.Option.Complete,
		Open:        address(calculatorPath(choice.Product.ID), in.CalculatorQuery(i, c)), OpenLabel: name,
		Assumptions: textsIn(choice.Book.Assumptions, l), Exclusions: textsIn(choice.Book.Exclusions, l),
		RestsTitle: Fill(w.Rests, name),
	}
	for i := range out.Plans {
		if out.Plans[i].Chosen {
			out.Plan = out.Plans[i].Name
		}
	}
	for _, u := range c.Uncovered {
		out.NotCovered = append(out.NotCovered, u.Message.In(l))
	}
	for _, v := range c.Violations() {
		out.CannotServe = append(out.CannotServe, v.Message.In(l))
	}
	if c.Option != nil {
		out.Assumptions = append(out.Assumptions, lineAssumptions(c.Option, l)...)
	}
	if d := c.Derivation; d != nil {
		out.HasRoom, out.Figures = true, figuresOf(d, l)
		out.Assumptions = append(out.Assumptions, textsIn(d.Estimator.Assumptions, l)...)
		var left int
		if out.Steps, left = newSteps(d.Steps, comparedSteps, l); left > 0 {
			out.More = fmt.Sprintf(w.More, left)
		}
	}
	return out
}

// comparedSteps is how many steps of each derivation are shown.
const comparedSteps = 40

// plans are the options to choose from: first none of them, for the cheapest.
func (in *ComparisonInput) plans(choice *ComparedChoice, c *pricing.ComparedColumn) []FieldChoice {
	w := compareWordsIn(in.Lang)
	first := FieldChoice{ID: in.ColumnName(choice.Product, choice.Book, ""), Name: w.NoOption, Chosen: !c.Chosen}
	if best := c.Estimate.Recommended(); best != nil {
		first.Name = fmt.Sprintf(w.RecommendedIs, best.Option.Name.In(in.Lang))
	}
	plans := []FieldChoice{first}
	for i := range choice.Book.Options {
		o := &choice.Book.Options[i]
		plans = append(plans, FieldChoice{
			ID: in.ColumnName(choice.Product, choice.Book, o.ID), Name: o.Name.In(in.Lang), Chosen: choice.Option == o.ID,
		})
	}
	return plans
}

// figuresOf writes what a room comes to in one line.
func figuresOf(d *pricing.Derivation, l pricing.Lang) string {
	var parts []string
	for i := range d.Yields {
		if y := &d.Yields[i]; y.Quantity > 0 {
			parts = append(parts, y.Input.Name.In(l)+" "+countWithUnit(y.Quantity, y.Input.Unit, l))
		}
	}
	if len(parts) == 0 {
		return compareWordsIn(l).Nothing
	}
	return strings.Join(parts, " · ")
}

// figures are the rows of amounts: the total first.
func (in *ComparisonInput) figures() []ComparedFigure {
	w := compareWordsIn(in.Lang)
	row := func(id, name string, amount func(o *pricing.OptionEstimate) decimal.Decimal) ComparedFigure {
		f := ComparedFigure{ID: id, Name: name}
		for i := range in.Comparison.Columns {
			cell := ComparedAmount{Amount: "—"}
			if o := in.Comparison.Columns[i].Option; o != nil {
				cell.Amount = money(amount(o))
			}
			f.Cells = append(f.Cells, cell)
		}
		return f
	}
	total := row("total", in.totalLabel(), func(o *pricing.OptionEstimate) decimal.Decimal { return o.Total })
	total.Total = true
	difference := ComparedFigure{ID: "difference", Name: w.Difference}
	for i := range in.Comparison.Columns {
		column := &in.Comparison.Columns[i]
		cell := ComparedAmount{Amount: "—"}
		switch {
		case column.Cheapest:
			cell.Amount, cell.Best = wordsIn(in.Lang).Cheapest, true
			total.Cells[i].Best = true
		case column.Difference != nil && column.ServesAll():
			cell.Amount = "+" + money(*column.Difference)
		}
		if column.Option != nil && !column.ServesAll() {
			total.Cells[i].Remark = w.Without
		}
		difference.Cells = append(difference.Cells, cell)
	}
	return []ComparedFigure{
		total,
		difference,
		row("monthly", w.Monthly, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Monthly }),
		row("prepaid", w.Prepaid, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Prepaid }),
		row("postpaid", w.Postpaid, func(o *pricing.OptionEstimate) decimal.Decimal { return o.Postpaid }),
	}
}

// exact writes an exact amount, with two decimals at least.
func exact(d decimal.Decimal) string {
	text := strings.TrimRight(aligned([]decimal.Decimal{d.Abs()})[0], "\u2007")
	if d.IsNegative() {
		return "−" + text
	}
	return text
}

func (in *ComparisonInput) row(r *pricing.ComparedRow) ComparedRow {
	w := compareWordsIn(in.Lang)
	out := ComparedRow{Name: r.Name.In(in.Lang)}
	for i := range r.Cells {
		c := &r.Cells[i]
		cell := ComparedCell{State: string(c.State)}
		switch c.State {
		case pricing.CellCharged:
			cell.Amount = exact(c.Amount)
		case pricing.CellIncluded:
			cell.Reason = w.Included
		case pricing.CellUncovered:
			cell.Reason = w.Uncovered
		case pricing.CellCannot:
			cell.Reason = w.Cannot
		case pricing.CellOnRequest:
			cell.Reason = w.OnRequest
		case pricing.CellNone:
			cell.Reason = w.None
		case pricing.CellNoOption:
			cell.Reason = w.NoOption
		}
		for _, line := range c.Lines {
			shown := ComparedLine{ID: line.ID(), Formula: line.Formula, Name: line.Name.In(in.Lang)}
			if len(c.Lines) > 1 {
				shown.Amount = exact(line.Amount)
			}
			if shown.Name == out.Name && shown.Amount == "" {
				shown.Name = ""
			}
			cell.Lines = append(cell.Lines, shown)
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}

// stateClass is the class of the line that says why there is no comparison.
func (a *Compared) stateClass() string {
	if a.Few {
		return "state few"
	}
	return "state"
}

// verdict is the head of the answer; nil if there is none.
func (a *Compared) verdict() *Verdict {
	if a.Fault != "" || a.Empty != "" {
		return nil
	}
	return &a.Best.Verdict
}

// spoken is the answer in one line.
func (a *Compared) spoken() string {
	switch {
	case a.Fault != "":
		return a.Fault
	case a.Empty != "":
		return a.Empty
	}
	return a.Best.Verdict.Spoken
}
