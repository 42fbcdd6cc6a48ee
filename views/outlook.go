package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Outlook is the part of a calculator that shows how the cost moves with the
// usage.
type Outlook struct {
	// Address is where the part is fetched anew.
	Address string
	// Message is all there is, where entries are at fault or there is nothing to
	// vary.
	Message string
	// Choices are what can be varied, in the groups of the form.
	Choices []OutlookGroup
	Chart   *Chart
	// Turns are the break-even points in sentences, under a title.
	TurnsTitle string
	Turns      []string
	Table      OutlookTable
	// FitsHelp says what Fits are about.
	FitsHelp string
	Fits     []FitRow
	// Unused has the same of what is not used yet, folded, and UnusedTitle names it.
	UnusedTitle string
	Unused      []FitRow
	FitsLeft    string

	BudgetLabel, BudgetHelp, BudgetValue string
	BudgetNote                           Note
	Buys                                 []BuyRow
	// Total heads the column of totals.
	Total string

	words *outlookWords
}

// OutlookGroup is a group of choices.
type OutlookGroup struct {
	Name    string
	Choices []FieldChoice
}

// OutlookTable is the drawing in figures.
type OutlookTable struct {
	Caption, Left string
	Columns       []string
	Rows          []OutlookTableRow
}

// OutlookTableRow has a cell for each option, empty where it cannot serve the
// quantity. Best is the position of the cheapest, or -1.
type OutlookTableRow struct {
	Quantity, Remark, Class string
	Cells                   []string
	Best                    int
}

// FitRow says how much more of an entry fits.
type FitRow struct{ Name, Now, More, Then string }

// BuyRow says how much a budget buys in an option.
type BuyRow struct{ Option, Quantity, Remark, Total string }

// Headroom is the headroom of a variable; it has none if the total never rises.
type Headroom struct {
	Variable pricing.Variable
	Headroom *pricing.Headroom
}

// OutlookInput is what an outlook is made from.
type OutlookInput struct {
	Lang    pricing.Lang
	Product *pricing.Product
	Usage   *pricing.Usage
	// Faulty says that entries are at fault, so that there is nothing to show.
	Faulty bool
	// Variables can be drawn, At is the position of the one that is, and Unasked of
	// the one that would be without being asked for.
	Variables   []pricing.Variable
	At, Unasked int
	// FieldName returns the name of a variable in the form.
	FieldName func(pricing.Variable) string
	Estimate  *pricing.Estimate
	// Curve is what is drawn; every so many of its evenly spread points is listed.
	Curve  *pricing.Curve
	Spread int
	// Turns are the break-even points in the range of the curve, and TurnsLeft how
	// many more there are.
	Turns     pricing.BreakEvens
	TurnsLeft int
	// Next is the first one beyond the range if there is none in it above the
	// present quantity. If there is no such either, it is known up to NoneUpTo.
	Next     *pricing.BreakEven
	NoneUpTo int64

	// Headrooms are those of what is set and of what is drawn, Unused the others,
	// and HeadroomsLeft is how many more there are.
	Headrooms, Unused []Headroom
	HeadroomsLeft     int

	// BudgetTyped is the amount as it was typed; Amount is nil if there is none.
	BudgetTyped string
	Amount      *decimal.Decimal
	BudgetFault *pricing.InputError
	Affordable  []pricing.Affordable
}

// BudgetField is the name of the budget in the form, and OverField that of what
// is varied.
const (
	BudgetField = "budget"
	OverField   = "over"
)

// NewOutlook returns the view model of an outlook.
func NewOutlook(in *OutlookInput) *Outlook {
	l, w := in.Lang, outlookWordsIn(in.Lang)
	o := &Outlook{
		words: w, Address: calculatorPath(in.Product.ID) + "/outlook?lang=" + string(l),
		BudgetValue: in.BudgetTyped, BudgetNote: Note{ID: BudgetField + "-note"},
	}
	switch {
	case in.Faulty:
		o.Message = w.Fault
		return o
	case len(in.Variables) == 0:
		o.Message = w.Nothing
		return o
	}
	d := &outlookDrawing{OutlookInput: in, words: w, variable: in.Variables[in.At]}
	o.Choices = d.choices()
	o.TurnsTitle, o.Turns = d.turnsTitle(), d.turns()
	o.Chart = d.chart(o.Turns)
	o.Table = d.table()
	o.FitsHelp = Fill(w.FitsHelp, term(in.Usage.Months(), wordsIn(l)))
	o.Fits, o.Unused = d.fits(in.Headrooms), d.fits(in.Unused)
	o.UnusedTitle = fmt.Sprintf(w.Unused, len(o.Unused))
	if in.HeadroomsLeft > 0 {
		o.FitsLeft = fmt.Sprintf(w.FitsLeft, in.HeadroomsLeft)
	}
	o.BudgetLabel = Fill(w.BudgetLabel, term(in.Usage.Months(), wordsIn(l)))
	o.BudgetHelp = fmt.Sprintf(w.BudgetHelp, d.name(d.variable))
	switch {
	case in.BudgetFault != nil:
		o.BudgetNote.Text, o.BudgetNote.Fault = in.BudgetFault.Message.In(l), true
	case in.Amount != nil:
		o.BudgetNote.Text = money(*in.Amount)
		o.Total = wordsIn(l).Term
		o.Buys = d.buys()
	}
	return o
}

// outlookDrawing is an outlook in the making.
type outlookDrawing struct {
	*OutlookInput
	words    *outlookWords
	variable pricing.Variable
}

// name names a variable: that of a row with the row.
func (d *outlookDrawing) name(v pricing.Variable) string { return variableName(v, d.Lang) }

func (d *outlookDrawing) quantity(n int64) string {
	return countWithUnit(n, d.variable.Input().Unit, d.Lang)
}

func (d *outlookDrawing) totalLabel() string {
	w := wordsIn(d.Lang)
	if months := d.Usage.Months(); months > 1 {
		return fmt.Sprintf(w.ForTerm, term(months, w))
	}
	return w.ForOneMonth
}

// choices are the variables in the groups of the form. The one that is taken
// unasked is sent as nothing, so that the choice goes on following the entries.
func (d *outlookDrawing) choices() []OutlookGroup {
	var groups []OutlookGroup
	book := d.Usage.Book()
	for i := range book.Groups {
		g := &book.Groups[i]
		group := OutlookGroup{Name: g.Name.In(d.Lang)}
		for j, v := range d.Variables {
			in := v.Input()
			if rows, _ := v.InRow(); rows != nil {
				in = rows
			}
			if in.Group != g.ID {
				continue
			}
			c := FieldChoice{ID: d.FieldName(v), Name: d.name(v), Chosen: j == d.At}
			if j == d.Unasked {
				c.ID = ""
			}
			group.Choices = append(group.Choices, c)
		}
		if len(group.Choices) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// at returns the position of a quantity of the curve.
func (d *outlookDrawing) at(n int64) int {
	i, _ := slices.BinarySearch(d.Curve.Quantities, n)
	return i
}

// present returns the quantity that the usage states.
func (d *outlookDrawing) present() int64 { return d.variable.Of(d.Usage) }

// total writes the total of an option at a quantity of the curve.
func (d *outlookDrawing) total(o *pricing.Option, n int64) *decimal.Decimal {
	i := slices.IndexFunc(d.Curve.Series, func(s pricing.Series) bool { return s.Option == o })
	return d.Curve.Series[i].Totals[d.at(n)]
}

// chart draws the curve.
func (d *outlookDrawing) chart(turns []string) *Chart {
	l, w, c := d.Lang, d.words, d.Curve
	last := len(c.Quantities) - 1
	in := &chartInput{
		ID: "outlook-chart", Lang: l, From: c.Quantities[0], To: c.Quantities[last],
		Title:  d.title(),
		XTitle: d.name(d.variable) + " · " + d.variable.Input().Unit.In(l),
	}
	accent := d.accent()
	for i := range c.Series {
		in.Series = append(in.Series, d.series(i, i == accent))
	}
	now := chartMark{X: d.present(), Present: true, Label: fmt.Sprintf(w.NowMark, plain(d.present()))}
	now.Short = now.Label
	if best := d.Estimate.Recommended(); best != nil {
		now.Y = &best.Total
		in.Desc = Fill(w.Desc, plain(in.From), d.quantity(in.To), plain(d.present()), best.Option.Name.In(l), money(best.Total))
	} else {
		in.Desc = Fill(w.DescNone, plain(in.From), d.quantity(in.To), plain(d.present()))
	}
	in.Desc = strings.Join(append([]string{in.Desc}, turns...), " ")
	for i := range d.Turns.Points {
		b := &d.Turns.Points[i]
		m := chartMark{X: b.Quantity, Short: plain(b.Quantity), Label: plain(b.Quantity)}
		if b.After != nil {
			m.Y = &b.Total
			m.Label += " → " + b.After.Name.In(l)
		}
		in.Marks = append(in.Marks, m)
	}
	in.Marks = append(in.Marks, now)
	return newChart(in)
}

// title says what is drawn.
func (d *outlookDrawing) title() string {
	return Fill(d.words.ChartTitle, d.totalLabel(), d.name(d.variable))
}

// accent returns the position of the option to look at: the recommended one, or
// the first that is anywhere.
func (d *outlookDrawing) accent() int {
	best := d.Curve.Recommended[d.at(d.present())]
	for _, i := range d.Curve.Recommended {
		if best < 0 {
			best = i
		}
	}
	return best
}

// series is the line of an option, and what the legend says of it: its present
// total, and where and why there is no line.
func (d *outlookDrawing) series(i int, accent bool) chartSeries {
	l, w, c := d.Lang, d.words, d.Curve
	totals := c.Series[i].Totals
	s := chartSeries{Name: c.Series[i].Option.Name.In(l), Accent: accent}
	first, last := -1, -1
	for j, total := range totals {
		s.Points = append(s.Points, chartPoint{X: c.Quantities[j], Y: total, Jump: d.jumps(totals, j)})
		if total != nil {
			if first < 0 {
				first = j
			}
			last = j
		}
	}
	var notes []string
	o := d.Estimate.Option(c.Series[i].Option.ID)
	switch {
	case o.Feasible && d.Estimate.Recommended() == o:
		notes = append(notes, fmt.Sprintf(w.CheapestKey, money(o.Total)))
	case o.Feasible:
		notes = append(notes, fmt.Sprintf(w.NowKey, money(o.Total)))
	}
	if o.Feasible && !o.Complete {
		notes = append(notes, wordsIn(l).NotComplete)
	}
	switch {
	case first < 0:
		notes = append(notes, w.NeverKey) // the table of options says why
	default:
		if first > 0 {
			notes = append(notes, fmt.Sprintf(w.FromKey, plain(c.Quantities[first])))
		}
		if last < len(totals)-1 {
			notes = append(notes, fmt.Sprintf(w.UpToKey, plain(c.Quantities[last])))
		}
	}
	s.Note = strings.Join(notes, " · ")
	return s
}

// jumps reports whether an option's total jumps to the one at a position. Where
// there is a step some total jumps; this one does if it changes by more than
// twice what it changes by on a unit of the next stretch.
func (d *outlookDrawing) jumps(totals []*decimal.Decimal, j int) bool {
	x := d.Curve.Quantities
	if _, step := slices.BinarySearch(d.Curve.Steps, x[j]); !step || j == 0 || totals[j-1] == nil || totals[j] == nil {
		return false
	}
	change := totals[j].Sub(*totals[j-1]).Abs()
	if change.IsZero() {
		return false
	}
	if j+1 == len(x) || totals[j+1] == nil {
		return true
	}
	// At twice the change of a unit, the whole stretch would change by this much.
	stretch := decimal.NewFromInt(x[j+1] - x[j])
	return change.Mul(stretch).GreaterThan(totals[j+1].Sub(*totals[j]).Abs().Mul(decimal.New(2, 0)))
}

// turnsTitle says what the break-even points are: where another plan begins to
// pay, unless all there is to say is where the last one ends.
func (d *outlookDrawing) turnsTitle() string {
	points := d.Turns.Points
	if d.Next != nil {
		points = append(slices.Clip(points), *d.Next)
	}
	if len(points) > 0 && !slices.ContainsFunc(points, func(b pricing.BreakEven) bool { return b.After != nil }) {
		return d.words.LastTurn
	}
	return d.words.Turns
}

// turns are the break-even points in sentences.
func (d *outlookDrawing) turns() []string {
	l, w := d.Lang, d.words
	var out []string
	for i := range d.Turns.Points {
		b := &d.Turns.Points[i]
		var before *decimal.Decimal
		if b.Before != nil {
			before = d.total(b.Before, b.Quantity)
		}
		out = append(out, d.turn(b, before))
	}
	reach := d.Curve.Quantities[len(d.Curve.Quantities)-1]
	if d.TurnsLeft > 0 {
		out = append(out, fmt.Sprintf(w.MoreTurns, d.TurnsLeft, d.quantity(d.Turns.ExactUpTo)))
	}
	if d.Turns.ExactUpTo < reach {
		out = append(out, Fill(w.CompleteUpTo, d.quantity(d.Turns.ExactUpTo)))
	}
	best := d.Estimate.Recommended()
	switch {
	case d.Next != nil:
		out = append(out, w.NextBeyond+" "+d.turn(d.Next, nil))
	case best == nil || len(d.Curve.Series) == 1:
	case d.NoneUpTo == d.variable.Input().Maximum:
		out = append(out, Fill(w.Stays, best.Option.Name.In(l)))
	case d.NoneUpTo > 0:
		out = append(out, Fill(w.StaysUpTo, best.Option.Name.In(l), d.quantity(d.NoneUpTo)))
	}
	return out
}

// turn is one break-even point; before is the total at it of the option that was
// recommended until there, if that is known.
func (d *outlookDrawing) turn(b *pricing.BreakEven, before *decimal.Decimal) string {
	l, w, at := d.Lang, d.words, d.quantity(b.Quantity)
	switch {
	case b.After == nil:
		return Fill(w.NoneServes, at)
	case b.Before == nil:
		return Fill(w.First, at, b.After.Name.In(l), money(b.Total))
	}
	sentence := w.Cheaper
	against := b.TotalBefore
	if before != nil {
		against = *before
	}
	switch {
	case b.Lost:
		return Fill(w.Lost, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total))
	case against.Equal(b.Total):
		return Fill(w.Level, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total))
	case b.Gained:
		sentence = w.Gained
	}
	return Fill(sentence, at, b.After.Name.In(l), b.Before.Name.In(l), money(b.Total), money(against))
}

// maxSteps bounds the steps that the table lists.
const maxSteps = 16

// table is the drawing in figures: at some evenly spread quantities, now, and on
// both sides of every break-even point and of the first steps.
func (d *outlookDrawing) table() OutlookTable {
	l, w, c := d.Lang, d.words, d.Curve
	t := OutlookTable{Caption: d.title()}
	for i := range c.Series {
		t.Columns = append(t.Columns, c.Series[i].Option.Name.In(l))
	}
	remarks := map[int]string{}
	both := func(n int64, remark string) {
		at := d.at(n)
		if _, listed := remarks[at-1]; !listed {
			remarks[at-1] = ""
		}
		remarks[at] = remark
	}
	last := len(c.Quantities) - 1
	from, to := c.Quantities[0], c.Quantities[last]
	for i := range int64(11) {
		if at, known := slices.BinarySearch(c.Quantities, from+(to-from)*i/10); known {
			remarks[at] = ""
		}
	}
	for i, n := range c.Steps {
		if i == maxSteps {
			t.Left = fmt.Sprintf(w.StepsLeft, len(c.Steps)-i)
			break
		}
		both(n, w.StepHere)
	}
	for i := range d.Turns.Points {
		b, remark := &d.Turns.Points[i], w.TurnHere
		switch {
		case b.After == nil:
			remark = w.NoneHere
		case b.Before == nil:
			remark = w.FirstHere
		}
		both(b.Quantity, remark)
	}
	present := d.at(d.present())
	for i, n := range c.Quantities {
		remark, listed := remarks[i]
		if !listed && i != present {
			continue
		}
		row := OutlookTableRow{Quantity: plain(n), Remark: remark, Best: c.Recommended[i]}
		if i == present {
			row.Remark, row.Class = w.Now, "now"
		}
		for j := range c.Series {
			text := ""
			if total := c.Series[j].Totals[i]; total != nil {
				text = money(*total)
			}
			row.Cells = append(row.Cells, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// fits are how much more of each entry fits.
func (d *outlookDrawing) fits(headrooms []Headroom) []FitRow {
	l, w := d.Lang, d.words
	best := d.Estimate.Recommended()
	if best == nil {
		return nil
	}
	var out []FitRow
	for i := range headrooms {
		v, h := headrooms[i].Variable, headrooms[i].Headroom
		unit := v.Input().Unit
		row := FitRow{Name: d.name(v), Now: countWithUnit(v.Of(d.Usage), unit, l)}
		switch {
		case h == nil:
			row.More, row.Then = w.Any, w.NeverRises
		case h.AtLeast:
			row.More, row.Then = Fill(w.AtLeast, fmt.Sprintf(w.More, plain(h.More), countWithUnit(h.UpTo, unit, l))), w.NotSearched
		default:
			row.More = w.NothingMore
			if h.More > 0 {
				row.More = fmt.Sprintf(w.More, plain(h.More), countWithUnit(h.UpTo, unit, l))
			}
			switch {
			case h.Next == nil:
				row.Then = w.NoPlan
			case h.Next == best.Option:
				row.Then = fmt.Sprintf(w.Rises, money(h.Rise))
			default:
				row.Then = Fill(w.RisesWith, money(h.Rise), h.Next.Name.In(l))
			}
		}
		out = append(out, row)
	}
	return out
}

// buys are how much the budget buys in each option.
func (d *outlookDrawing) buys() []BuyRow {
	w := d.words
	var out []BuyRow
	for i := range d.Affordable {
		a := &d.Affordable[i]
		row := BuyRow{Option: a.Option.Name.In(d.Lang)}
		switch {
		case a.None && !slices.ContainsFunc(d.Curve.Series[i].Totals, func(t *decimal.Decimal) bool { return t != nil }):
			row.Quantity = w.Cannot
		case a.None:
			row.Quantity = w.BudgetNone
		case a.NoBound:
			row.Quantity, row.Total = w.BudgetAny, money(a.Total)
		default:
			row.Quantity, row.Total = d.quantity(a.Quantity), money(a.Total)
			if a.Unserved {
				row.Remark = w.BudgetLimit
			}
		}
		if a.AtLeast {
			row.Remark = w.BudgetOtherwise
		}
		out = append(out, row)
	}
	return out
}
