package views

import (
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// entriesOf lists the term and the inputs that were set.
func entriesOf(u *pricing.Usage, l pricing.Lang) []quotes.Entry {
	return quotes.EntriesIn(u.Entered(), l)
}

// enteredFacts lists facts, also the counts that were left at their default.
func enteredFacts(u *pricing.Usage, l pricing.Lang) []quotes.Entry { return quotes.FactEntries(u, l) }

// variableName is the name of what can grow, with its row.
func variableName(v pricing.Variable, l pricing.Lang) string {
	name := v.Input().Name.In(l)
	if rows, row := v.InRow(); rows != nil {
		return rows.RowTitle(row).In(l) + " · " + name
	}
	return name
}
