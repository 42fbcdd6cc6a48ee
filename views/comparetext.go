package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// text is the comparison as plain text that fits a chat message: a line for each
// column, the best first, what was entered, and the link.
func (in *comparisonPage) text(link string) string {
	l := in.Lang
	lines := []string{in.title()}
	for rank, i := range in.compared.Ranking {
		lines = append(lines, strconv.Itoa(rank+1)+". "+in.textOf(i))
	}
	if t := in.both; t != nil {
		lines = append(lines, t.said(l))
	}
	for _, e := range in.entries() {
		lines = append(lines, fmt.Sprintf(QuoteWordsIn(l).NamedValue, e.Name, e.Value))
	}
	return strings.Join(append(append(lines, in.typed()...), link), "\n")
}

// title says what it is, and for how long.
func (in *comparisonPage) title() string {
	return wording.Fill(in.words.TextTitle, term(in.Inputs.Usage.Months(), wordsIn(in.Lang)))
}

// entries are what was entered: inputs, and the facts of a room.
func (in *comparisonPage) entries() []quotes.Entry {
	entries := entriesOf(in.Inputs.Usage, in.Lang)
	if in.Facts != nil {
		entries = append(entries, enteredFacts(in.Facts.Usage, in.Lang)...)
	}
	return entries
}

// said is what is said of the comparison above its table, a sentence each.
func (in *comparisonPage) said(v *Verdict) []string {
	head := v.Name
	if !v.None {
		head = fmt.Sprintf(QuoteWordsIn(in.Lang).NamedValue, v.Label, v.Name)
	}
	said := []string{head}
	if v.Remark != "" {
		said = append(said, v.Remark)
	}
	return append(append(said, v.Reasons...), in.typed()...)
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
