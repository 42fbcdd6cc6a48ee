package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// text is the comparison as plain text that fits a chat message: a line for each
// column, the best first, what was entered, and the link.
func (in *comparisonPage) text(link string) string {
	l, w := in.Lang, in.words
	lines := []string{fmt.Sprintf(w.TextTitle, term(in.Inputs.Usage.Months(), wordsIn(l)))}
	for rank, i := range in.compared.Ranking {
		lines = append(lines, strconv.Itoa(rank+1)+". "+in.textOf(i))
	}
	entries := entriesOf(in.Inputs.Usage, l)
	if in.Facts != nil {
		entries = append(entries, enteredFacts(in.Facts.Usage, l)...)
	}
	for _, e := range entries {
		lines = append(lines, fmt.Sprintf(QuoteWordsIn(l).NamedValue, e.Name, e.Value))
	}
	return strings.Join(append(append(lines, in.typed()...), link), "\n")
}

// textOf is a column in one line.
func (in *comparisonPage) textOf(column int) string {
	l, w, c := in.Lang, in.words, &in.compared.Columns[column]
	named := func(name, value string) string { return fmt.Sprintf(QuoteWordsIn(l).NamedValue, name, value) }
	remark := ""
	switch {
	case c.Standing() == pricing.StandingUnable:
		reasons := make([]string, 0, len(c.Violations()))
		for _, v := range c.Violations() {
			reasons = append(reasons, v.Message.In(l))
		}
		return named(in.name(column), strings.Join(append([]string{w.CannotServe}, reasons...), " · "))
	case in.isNothing(column):
		return named(in.name(column), w.NothingPriced)
	case c.Cheapest:
		remark = w.TextCheapest
	case !c.ServesAll():
		remark = wording.Fill(w.TextWithout, joined(in.unpriced(column), l))
	}
	line := named(in.offer(column), money(c.Option.Total))
	if remark != "" {
		line += " · " + remark
	}
	return line
}

// downloads are the links to the comparison as a file.
func (in *comparisonPage) downloads() []Link {
	w, query := QuoteWordsIn(in.Lang), in.Query()
	return []Link{
		{Href: address(comparePath+".xlsx", query), Text: w.Excel},
		{Href: address(comparePath+".csv", query), Text: w.CSV},
	}
}
