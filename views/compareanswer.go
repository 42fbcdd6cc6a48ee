package views

import (
	"fmt"
	"slices"
	"strings"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

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
	// that there is none if no column prices everything.
	Best    Answer
	Columns []ComparedColumn
	// Together is the cheapest way to buy from several; nil if one is as cheap.
	Together *Together
	// Facts are the rows before those of the charges.
	Figures []ComparedFigure
	Rows    []ComparedRow
	// Typed are remarks on minutes that are taken as typed.
	Typed   []string
	Metered bool
	Address string
	// Title and Said are its head in files: what it is, and a sentence each for what
	// the page says above the table.
	Title string
	Said  []string
}

func (in *comparisonPage) answer() Compared {
	l, w := in.Lang, in.words
	a := Compared{words: w, Address: address(comparePath, in.Query())}
	if len(in.Refused) > 0 {
		a.Refused = fmt.Sprintf(w.Refused, joined(in.Refused, l))
	}
	switch {
	case len(in.Faults()) > 0:
		a.Fault = wordsIn(l).FixFields
		return a
	case in.compared == nil:
		a.Fault, a.Few = w.ChooseTwo, true
		return a
	}
	c := in.compared
	if in.asksNothing() {
		a.Empty = w.EnterUsage
		return a
	}
	in.both = in.together()
	a.Best = in.best()
	a.Best.Entries = in.entries()
	a.Title, a.Said = in.title(), in.said(&a.Best.Verdict)
	for i := range c.Columns {
		column := in.column(i)
		a.Metered = a.Metered || column.HasRoom
		a.Columns = append(a.Columns, column)
	}
	if a.Together = in.both; a.Together != nil {
		if c.Combination.Saves != nil {
			a.Best.Verdict.Label = w.CheapestSingle
		}
		a.Said = append(a.Said, a.Together.said(l))
	}
	a.Figures = in.figures()
	for i := range c.Rows {
		a.Rows = append(a.Rows, in.row(&c.Rows[i]))
	}
	a.Typed = in.typed()
	return a
}

// asksNothing reports whether nothing is asked for that costs anything.
func (in *comparisonPage) asksNothing() bool {
	return !in.compared.Asks && !slices.ContainsFunc(in.compared.Columns, func(c pricing.ComparedColumn) bool {
		return c.Option == nil || !c.Option.Feasible || !c.Option.Total.IsZero()
	})
}

// typed says of minutes that a room would come to, and that are typed in, how far
// they mean the same in all columns; nothing if there are none.
func (in *comparisonPage) typed() []string {
	if in.Facts != nil || !slices.ContainsFunc(in.Common.Inputs.Inputs, func(input pricing.Input) bool {
		return in.Common.Metered(input.ID) && !in.Inputs.Usage.IsDefault(&input)
	}) {
		return nil
	}
	remarks := []string{in.words.TypedRemark}
	for i := range in.compared.Bands {
		b := &in.compared.Bands[i]
		var bounds []string
		for column, text := range b.Bounds {
			if pictures := text.In(in.Lang); pictures != "" {
				bounds = append(bounds, wording.Fill(in.words.BandOf, in.name(column), pictures))
			}
		}
		separator := "; "
		if in.Lang == pricing.Chinese {
			separator = "；"
		}
		remarks = append(remarks, wording.Fill(in.words.BandDiffers, b.Input.Name.In(in.Lang), strings.Join(bounds, separator)))
	}
	return remarks
}

// best is the head of the answer.
func (in *comparisonPage) best() Answer {
	l, w, c := in.Lang, in.words, in.compared
	link := address(comparePath, in.Query())
	a := Answer{words: wordsIn(l), Lang: l, Address: link, Link: in.Origin + link}
	a.Text, a.Downloads = in.text(a.Link), in.downloads()
	first := &c.Columns[c.Ranking[0]]
	if !first.ServesAll() {
		a.Verdict = in.noneWhole(first.Standing())
		return a
	}
	o := first.Option
	a.Verdict = Verdict{
		Label: w.CheapestOfAll, Monthly: money(o.Monthly), Total: money(o.Total), TotalLabel: in.totalLabel(),
		Prepaid: money(o.Prepaid), Postpaid: money(o.Postpaid), Remark: w.Alone,
	}
	var names []string
	for _, i := range c.Ranking {
		switch column := &c.Columns[i]; {
		case column.Cheapest:
			names = append(names, in.offer(i))
		case column.ServesAll():
			a.Verdict.Remark = wording.Fill(w.NextIs, in.name(i), money(*column.Difference))
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
	a.Verdict.Spoken = wording.Fill(w.Spoken, a.Verdict.Name, a.Verdict.Monthly, a.Verdict.Total)
	for _, i := range c.Ranking {
		if column := &c.Columns[i]; column.Standing() == pricing.StandingPart && column.Difference.IsNegative() {
			a.Verdict.Reasons = append(a.Verdict.Reasons, wording.Fill(w.LowerWithout, in.offer(i), money(column.Difference.Abs()), joined(in.unpriced(i), l)))
			a.Verdict.Spoken += " · " + wording.Fill(w.SpokenLower, in.offer(i))
		}
	}
	return a
}

// noneWhole is the head of the answer where no column prices everything: what each
// of them comes to without what it does not price, the lowest first; or that none
// can serve what is asked for.
func (in *comparisonPage) noneWhole(best pricing.Standing) Verdict {
	l, w, c := in.Lang, in.words, in.compared
	switch best {
	case pricing.StandingUnable:
		return Verdict{None: true, Name: w.NoneCan, Remark: w.NoneCanHelp, Spoken: w.NoneCan}
	case pricing.StandingNothing:
		return Verdict{None: true, Name: w.NonePricesAll, Remark: w.NonePricesAny, Spoken: w.NonePricesAll}
	}
	v := Verdict{None: true, Name: w.NonePricesAll, Remark: w.NonePricesAllHelp, Spoken: w.NonePricesAll}
	for _, i := range c.Ranking {
		if column := &c.Columns[i]; column.Standing() == pricing.StandingPart {
			v.Reasons = append(v.Reasons, wording.Fill(w.OfWhatIsPriced, in.offer(i), money(column.Option.Total), joined(in.unpriced(i), l)))
		}
	}
	return v
}

// offer names a column with the option that is compared.
func (in *comparisonPage) offer(column int) string {
	return in.name(column) + " · " + in.compared.Columns[column].Option.Option.Name.In(in.Lang)
}

// totalLabel says what the totals are for.
func (in *comparisonPage) totalLabel() string {
	w := wordsIn(in.Lang)
	if months := in.Inputs.Usage.Months(); months > 1 {
		return fmt.Sprintf(in.words.TotalFor, term(months, w))
	}
	return w.ForOneMonth
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
