package views

import (
	"slices"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// BillLine is one line item.
type BillLine struct {
	ID, Name, Formula, Source, Settlement, Amount string
	// Assumptions are the numbers of those that the amount rests on.
	Assumptions []string
}

// billOf returns the lines of an option's bill and the total below them, all
// amounts aligned on their points. Several says that the prices are from more
// than one document.
func billOf(o *pricing.OptionEstimate, several bool, l pricing.Lang, w *words) ([]BillLine, string) {
	amounts := make([]decimal.Decimal, len(o.Lines), len(o.Lines)+1)
	for i := range o.Lines {
		amounts[i] = o.Lines[i].Amount
	}
	texts := aligned(append(amounts, o.Total))
	lines := make([]BillLine, len(o.Lines))
	for i := range o.Lines {
		line := &o.Lines[i]
		lines[i] = BillLine{
			ID: line.ID(), Name: line.Name.In(l), Formula: line.Formula, Source: lineSource(line.Source(), several, l),
			Settlement: w.DueUpFront, Amount: texts[i],
		}
		if line.Settlement() == pricing.Postpaid {
			lines[i].Settlement = w.BilledAfterwards
		}
	}
	return lines, texts[len(o.Lines)]
}

// lineAssumptions returns what the lines of an option rest on, each once.
func lineAssumptions(o *pricing.OptionEstimate, l pricing.Lang) []string {
	var out []string
	for i := range o.Lines {
		for _, text := range o.Lines[i].Assumptions() {
			if !slices.Contains(out, text.In(l)) {
				out = append(out, text.In(l))
			}
		}
	}
	return out
}

// lineSource names where a line's price was published: the section, since the
// document is named once below the figures, or both where a book has several.
func lineSource(s *pricing.Source, several bool, l pricing.Lang) string {
	if several {
		return sourceText(s, l)
	}
	return s.Section.In(l)
}

// sourceText names a document, a section of it, and its day as all days are
// written.
func sourceText(s *pricing.Source, l pricing.Lang) string {
	comma := ", "
	if l == pricing.Chinese {
		comma = "，"
	}
	return s.Document.Title.In(l) + comma + s.Section.In(l) + comma + day(s.Document.Date, l)
}
