package views

import (
	"slices"
	"strconv"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

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
	Entries []quotes.Entry
	// Purchases say what is bought inside the option, Pools what covers the
	// usage.
	Purchases []quotes.Entry
	Pools     []PoolTable
	// Simpler say how less could be bought for hardly more.
	Simpler []string
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

func newAnswer(v *Visit, form *forms.Form, estimate *pricing.Estimate) Answer {
	l, w := v.Lang, wordsIn(v.Lang)
	path, query := calculatorPath(form.Product.ID), form.Query()
	shared := query
	if form.Item != "" {
		shared = form.WithoutItem().Query()
	}
	a := Answer{
		words: w, Lang: l,
		Address: address(path, query),
		Link:    v.Origin + address(path, shared),
		Adding:  Adding{Cannot: DraftWordsIn(l).CannotQuote},
	}
	a.BookChoice = v.bookChoice(form.Product, form.Book, path, func(b *pricing.Book) string { return form.WithBook(b).Today() })
	a.Assumptions = textsIn(form.Book.Assumptions, l)
	if estimate == nil {
		a.Fault, a.Option = w.FixFields, form.Option
		return a
	}
	a.Compare = compareWith(form, v.Catalog, l)
	a.Forecast = Link{Href: address(forecastPath(form.Product.ID), query), Text: forecastWordsIn(l).Link}
	a.Entries = entriesOf(form.Usage, l)
	shown := estimate.Recommended()
	if form.Option != "" {
		shown = estimate.Option(form.Option)
	}
	a.Verdict = newVerdict(estimate, shown, l)
	if shown != estimate.Recommended() && estimate.Recommended() != nil {
		a.Verdict.Best = address(path, form.WithoutOption().Query())
	}
	a.BillTitle, a.TotalOf = w.Breakdown, a.Verdict.TotalLabel
	for i := range estimate.Options {
		a.Options = append(a.Options, newOptionRow(estimate, &estimate.Options[i], shown, l))
	}
	if shown == nil {
		return a
	}
	a.Free = textsIn(form.Usage.FreeRows(), l)
	a.Notes = slices.DeleteFunc(textsIn(shown.Notes, l), func(note string) bool { return slices.Contains(a.Free, note) })
	if shown.Feasible {
		a.Adding = newAdding(form, shared, l)
		a.Text = estimateText(shown, form, a.Link, l)
		a.Downloads = downloads(path, shared, l)
		a.Cliffs = textsIn(shown.Cliffs, l)
		if !shown.Complete {
			a.Incomplete = w.NotCompleteHelp
		}
	} else {
		a.BillTitle, a.TotalOf = w.RestOfIt, w.WithoutIt
	}
	a.Purchases, a.Simpler = quotes.EntriesIn(shown.Bought(), l), textsIn(shown.Simpler(), l)
	a.Pools = poolsOf(shown, l)
	a.Assumptions = append(a.Assumptions, lineAssumptions(shown, l)...)
	a.Lines, a.BillTotal = billOf(shown, len(form.Book.Sources) > 1, l, w)
	for i := range a.Lines {
		for _, text := range shown.Lines[i].Assumptions() {
			a.Lines[i].Assumptions = append(a.Lines[i].Assumptions, strconv.Itoa(1+slices.Index(a.Assumptions, text.In(l))))
		}
	}
	return a
}

func newAdding(form *forms.Form, shared string, l pricing.Lang) Adding {
	a := Adding{Label: DraftWordsIn(l).AddToQuote, Product: form.Product.ID, Query: shared, Item: form.Item}
	if form.Item != "" {
		a.Label = DraftWordsIn(l).PutBack
	}
	return a
}

// compareWith is the link to the comparison of a form's entries with what other
// products charge for them; nothing if there are none to compare with.
func compareWith(form *forms.Form, c *pricing.Catalog, l pricing.Lang) Link {
	columns, query := form.CompareQuery(c)
	if len(columns) < 2 {
		return Link{}
	}
	return Link{Href: address(comparePath, query), Text: compareWordsIn(l).Onward}
}

// estimateText is an option's estimate as a short text.
func estimateText(shown *pricing.OptionEstimate, form *forms.Form, link string, l pricing.Lang) string {
	u := form.Usage
	return SummaryText(&Summary{
		Lang: l, Link: link, Incomplete: !shown.Complete,
		Items: []SummaryItem{{
			Name: u.Book().Name.In(l), Option: shown.Option.Name.In(l), Term: term(u.Months(), wordsIn(l)),
			Quantity: 1, Monthly: money(shown.Monthly), Total: money(shown.Total),
			Facts: summaryFacts(quotes.FactsIn(form.Facts, u, l), l),
		}},
	})
}

// downloads are the links to an estimate as a file, for a calculator's path and
// query string.
func downloads(path, query string, l pricing.Lang) []Link {
	w := QuoteWordsIn(l)
	return []Link{
		{Href: address(path+"/estimate.xlsx", query), Text: w.Excel},
		{Href: address(path+"/estimate.csv", query), Text: w.CSV},
		{Href: address(path+"/estimate.json", query), Text: w.JSON},
	}
}

// spoken is the answer in one line.
func spoken(a *Answer) string {
	if a.Fault != "" {
		return a.Fault
	}
	return a.Verdict.Spoken
}
