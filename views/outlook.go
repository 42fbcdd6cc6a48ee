package views

import (
	"fmt"
	"slices"

	"suanpan/calc/forms"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Outlook is the part of a calculator that shows how the cost moves with the
// usage.
type Outlook struct {
	// Address is where the part is fetched anew.
	Address string
	// Late says that it is to be fetched once the page is there.
	Late bool
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

// NewOutlook returns the outlook of a calculator's form, which shows nothing if it
// is nil.
func NewOutlook(form *forms.Form, shown *forms.Outlook, l pricing.Lang) *Outlook {
	o := newOutlook(form, l)
	w := o.words
	switch {
	case shown == nil:
		o.Message = w.Fault
		return o
	case len(shown.Variables) == 0:
		o.Message = w.Nothing
		return o
	}
	d := &outlookDrawing{Outlook: shown, usage: form.Usage, lang: l, words: w, variable: shown.Variables[shown.At]}
	o.Choices = d.choices()
	o.TurnsTitle, o.Turns = d.turnsTitle(), d.turns()
	o.Chart = d.chart(o.Turns)
	o.Table = d.table()
	o.FitsHelp = wording.Fill(w.FitsHelp, d.term())
	o.Fits, o.Unused = d.fits(shown.Headrooms), d.fits(shown.Unused)
	o.UnusedTitle = fmt.Sprintf(w.Unused, len(o.Unused))
	if shown.HeadroomsLeft > 0 {
		o.FitsLeft = fmt.Sprintf(w.FitsLeft, shown.HeadroomsLeft)
	}
	o.BudgetLabel = wording.Fill(w.BudgetLabel, d.term())
	o.BudgetHelp = fmt.Sprintf(w.BudgetHelp, d.name(d.variable))
	switch {
	case shown.BudgetFault != nil:
		o.BudgetNote.Text, o.BudgetNote.Fault = shown.BudgetFault.Message.In(l), true
	case shown.Amount != nil:
		o.BudgetNote.Text = money(*shown.Amount)
		o.Total = wordsIn(l).Total
		o.Buys = d.buys()
	}
	return o
}

// NewLateOutlook returns the outlook of a form that is fetched once the page is
// there, so that the page has not to wait for it.
func NewLateOutlook(form *forms.Form, l pricing.Lang) *Outlook {
	o := newOutlook(form, l)
	o.Late, o.Message = true, o.words.Late
	return o
}

func newOutlook(form *forms.Form, l pricing.Lang) *Outlook {
	return &Outlook{
		words: outlookWordsIn(l), Address: calculatorPath(form.Product.ID) + "/outlook?lang=" + string(l),
		BudgetValue: form.Budget, BudgetNote: Note{ID: forms.Budget + "-note"},
	}
}

// trigger says when the outlook is fetched.
func (o *Outlook) trigger() string {
	const when = "answered from:#calculator delay:300ms"
	if o.Late {
		return "load, " + when
	}
	return when
}

// outlookDrawing is an outlook in the making.
type outlookDrawing struct {
	*forms.Outlook
	usage    *pricing.Usage
	lang     pricing.Lang
	words    *outlookWords
	variable pricing.Variable
}

// term is the term that totals are for.
func (d *outlookDrawing) term() string { return term(d.usage.Months(), wordsIn(d.lang)) }

// name names a variable: that of a row with the row.
func (d *outlookDrawing) name(v pricing.Variable) string { return variableName(v, d.lang) }

func (d *outlookDrawing) quantity(n int64) string {
	return countWithUnit(n, d.variable.Input().Unit, d.lang)
}

// present returns the quantity that the usage states.
func (d *outlookDrawing) present() int64 { return d.variable.Of(d.usage) }

// choices are the variables in the groups of the form. The one that is taken
// unasked is sent as nothing, so that the choice goes on following the entries.
func (d *outlookDrawing) choices() []OutlookGroup {
	var groups []OutlookGroup
	book := d.usage.Book()
	for i := range book.Groups {
		g := &book.Groups[i]
		group := OutlookGroup{Name: g.Name.In(d.lang)}
		for j, v := range d.Variables {
			in := v.Input()
			if rows, _ := v.InRow(); rows != nil {
				in = rows
			}
			if in.Group != g.ID {
				continue
			}
			c := FieldChoice{ID: forms.VariableName(v), Name: d.name(v), Chosen: j == d.At}
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
