package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Summary is a quote or an estimate in few words.
type Summary struct {
	Lang pricing.Lang
	// Title and Customer may be empty.
	Title, Customer string
	Items           []SummaryItem
	// Total is what all items come to, ValidUntil the last day of a quote as
	// 2026-12-31, Link the address. Each may be empty.
	Total, ValidUntil, Link string
	// Incomplete is set where something has no public price, which the amounts
	// leave out.
	Incomplete bool
}

// SummaryItem is an estimate in a summary: its product, option and term, the
// number of times it is quoted, and its amounts as they are shown. Total is
// that of all the times; Monthly, which may be empty, that of one.
type SummaryItem struct {
	Name, Option, Term string
	Quantity           int64
	Monthly, Total     string
	// Facts are the business facts that it is from, a line for each estimator.
	Facts []string
}

// SummaryText writes a summary as plain text that fits a chat message: a line
// for each item, then the total, what it leaves out, the last day and the link.
func SummaryText(s *Summary) string {
	w := QuoteWordsIn(s.Lang)
	var lines []string
	head := oneLine(s.Title)
	if customer := oneLine(s.Customer); customer != "" {
		recipient := wording.Fill(w.SummaryFor, customer)
		if head == "" {
			head = recipient
		} else {
			head += " · " + recipient
		}
	}
	if head != "" {
		lines = append(lines, head)
	}
	for i := range s.Items {
		lines = append(lines, summaryLine(&s.Items[i], w))
		for _, facts := range s.Items[i].Facts {
			lines = append(lines, oneLine(facts))
		}
	}
	// The total of a single item stands in its own line.
	if s.Total != "" && (len(s.Items) != 1 || s.Items[0].Total != s.Total) {
		lines = append(lines, fmt.Sprintf(w.SummaryTotal, s.Total))
	}
	if s.Incomplete {
		lines = append(lines, w.Incomplete)
	}
	if s.ValidUntil != "" {
		lines = append(lines, fmt.Sprintf(w.SummaryValid, day(s.ValidUntil, s.Lang)))
	}
	if s.Link != "" {
		lines = append(lines, s.Link)
	}
	return wording.Visible(strings.Join(lines, "\n"))
}

func summaryLine(item *SummaryItem, w *QuoteWords) string {
	line := item.Name
	if item.Option != "" {
		line += " " + item.Option
	}
	if item.Quantity > 1 {
		line += " × " + pricing.Grouped(strconv.FormatInt(item.Quantity, 10))
	}
	total := item.Total
	if item.Term != "" {
		total = fmt.Sprintf(w.SummaryTerm, item.Term, item.Total)
	}
	if item.Monthly == "" || item.Monthly == item.Total {
		return fmt.Sprintf(w.NamedValue, line, total)
	}
	return fmt.Sprintf(w.SummaryLineMonthly, line, total, item.Monthly)
}

// summaryFacts are the lines of the facts that an item is from.
func summaryFacts(facts []quotes.ItemFacts, l pricing.Lang) []string {
	w := QuoteWordsIn(l)
	var lines []string
	for i := range facts {
		lines = append(lines, fmt.Sprintf(w.NamedValue, wording.Fill(w.BusinessFacts, facts[i].Name), facts[i].InWords(l)))
	}
	return lines
}

// oneLine writes text that somebody typed without line breaks or other control
// characters, which would make lines of their own.
func oneLine(text string) string { return strings.Join(strings.FieldsFunc(text, isBreak), " ") }

func isBreak(r rune) bool {
	return r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029'
}
