package views

import (
	"fmt"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// forecastPath is the address of the forecast of a product.
func forecastPath(product string) string { return calculatorPath(product) + "/forecast" }

// Forecast is the page that says what a product costs while one usage grows.
type Forecast struct {
	Page
	Heading, Action string
	Back            Link
	// Carried is what the form sends besides: the calculator's entries.
	Carried []forms.Param
	// HasVariable says that there is something that can grow, and so a form.
	HasVariable bool
	Over        []VariableGroup
	OverNote    Note
	Start       Field
	Growths     []Field
	Horizon     Field
	Quantities  Field
	// Entered says that months are entered one by one, EnteredHelp how.
	Entered     bool
	EnteredHelp string
	// Kept is what stays the same.
	Kept   []quotes.Entry
	Answer ForecastAnswer
	Basis

	words *words
	say   *forecastWords
}

// forecastPage is the page of a forecast in the making. The scenarios of its form
// have been run.
type forecastPage struct {
	*Visit
	*forms.Forecast
	words *words
	say   *forecastWords
	// path is that of the page, back the address of the calculator.
	path, back string
}

// NewForecast returns the page of a forecast, filled in. If the form is sound its
// scenarios have been run.
func NewForecast(v *Visit, form *forms.Forecast) *Forecast {
	in := &forecastPage{
		Visit: v, Forecast: form, words: wordsIn(v.Lang), say: forecastWordsIn(v.Lang),
		path: forecastPath(form.Form.Product.ID), back: address(calculatorPath(form.Form.Product.ID), form.Form.Query()),
	}
	say, name := in.say, form.Form.Book.Name.In(v.Lang)
	f := &Forecast{
		Page:    v.page(fmt.Sprintf(say.Title, name), in.path, form.Query()),
		Heading: fmt.Sprintf(say.Heading, name), Action: in.path,
		Back:        Link{Href: in.back, Text: fmt.Sprintf(say.BackToCalculator, name)},
		Carried:     form.Carried(),
		HasVariable: len(form.Drivers) > 0,
		Entered:     form.Entered(),
		EnteredHelp: fmt.Sprintf(say.EnteredHelp, pricing.MaxForecastMonths),
		words:       in.words, say: say,
	}
	if !v.Live {
		f.Basis = v.basis(form.Form.Book)
	}
	f.skipToAnswer()
	f.Answer = in.answer()
	if !f.HasVariable {
		return f
	}
	f.skipToForm(forms.Over)
	in.fill(f)
	f.Kept = in.kept()
	return f
}

// kept lists what stays the same: the other facts, if one of them grows, and what
// else was entered, but for the term.
func (in *forecastPage) kept() (kept []quotes.Entry) {
	rest, facts := in.Driver().Rest(in.Form.Usage)
	all := entriesOf(rest, in.Lang)[1:]
	if facts != nil {
		all = append(entriesOf(facts, in.Lang), all...)
	}
	for _, e := range all {
		if e.Value != "" { // a row of nothing but what grows
			kept = append(kept, e)
		}
	}
	return kept
}

// notes returns the notes of all fields.
func (f *Forecast) notes() []*Note {
	notes := []*Note{&f.OverNote, &f.Start.Note, &f.Horizon.Note, &f.Quantities.Note}
	for i := range f.Growths {
		notes = append(notes, &f.Growths[i].Note)
	}
	return notes
}
