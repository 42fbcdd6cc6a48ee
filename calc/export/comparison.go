package export

import (
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// Comparison is a comparison of price books as it is written for a spreadsheet:
// its figures as decimal strings, all else in the words of its page.
type Comparison struct {
	Lang pricing.Lang
	// Title heads it; Said is what the page says of it, a sentence each.
	Title string
	Said  []string
	// Address is that of the page, Currency that of all amounts. Entries are what was
	// entered.
	Address, Currency string
	Entries           []quotes.Entry
	Columns           []ComparedColumn
	// Figures are the amounts that every column has, the total first; Rows are what
	// the total is the sum of.
	Figures, Rows []ComparedRow
}

// ComparedColumn is one price book of a comparison, and the option that is compared.
type ComparedColumn struct {
	Name, Product, PriceBook string
	// Option is empty, and OptionName says so, where there is none to compare.
	Option, OptionName string
	// Priced says what is priced, or each thing that is not.
	Priced []string
	Lines  []wire.Line
	// What the figures rest on.
	Assumptions, Exclusions, Sources []string
}

// ComparedRow is a row of a comparison, with a cell for each column.
type ComparedRow struct {
	// ID is that of a figure, or the inputs that something is charged by.
	ID, Name string
	Cells    []ComparedCell
}

// ComparedCell is an amount with a remark on it, or without it the reason.
type ComparedCell struct{ Amount, Remark string }

// What the rows of a table are that only a comparison has.
const (
	recordComparison = "comparison" // a field of the head: id, name, value
	recordFigure     = "figure"     // a figure of a column: id, name, amount, remark as value
	recordPriced     = "priced"     // what is priced, or is not: value
	recordCharge     = "charge"     // what is charged for: inputs as id, name, amount, or the reason as value
)

// comparisonRecords returns the rows of the table of a comparison. A column is an
// item of it, counted from 1.
func comparisonRecords(c *Comparison) []record {
	w := wordsIn(c.Lang)
	var all []record
	add := func(of record, kind, id, name, value, amount string) {
		of[columnRecord], of[columnID], of[columnName], of[columnValue], of[columnAmount] = kind, id, name, value, amount
		all = append(all, of)
	}
	add(record{}, recordComparison, "title", w.QuoteTitle, c.Title, "")
	add(record{}, recordComparison, "url", w.Address, c.Address, "")
	add(record{}, recordComparison, "lang", w.Language, string(c.Lang), "")
	add(record{}, recordComparison, "currency", w.Currency, c.Currency, "")
	for _, sentence := range c.Said {
		add(record{}, recordNote, "", "", sentence, "")
	}
	for _, e := range c.Entries {
		add(record{}, recordEntry, "", e.Name, e.Value, "")
	}
	for i := range c.Columns {
		column := &c.Columns[i]
		of := record{
			columnItem: columnNumber(i), columnProduct: column.Product, columnPriceBook: column.PriceBook, columnOption: column.Option,
		}
		add(of, recordItem, "", column.Name, column.OptionName, "")
		for _, f := range c.Figures {
			add(of, recordFigure, f.ID, f.Name, f.Cells[i].Remark, f.Cells[i].Amount)
		}
		for _, text := range column.Priced {
			add(of, recordPriced, "", w.Priced, text, "")
		}
		for _, r := range c.Rows {
			add(of, recordCharge, r.ID, r.Name, r.Cells[i].Remark, r.Cells[i].Amount)
		}
		for j := range column.Lines {
			l := &column.Lines[j]
			line := of
			line[columnQuantity], line[columnUnit], line[columnSettlement] = l.Quantity, l.Unit, l.Settlement
			line[columnFormula], line[columnSource] = l.Formula, l.Source
			add(line, recordLine, l.ID, l.Name, "", l.Amount)
		}
		for _, list := range []struct {
			kind  string
			texts []string
		}{{recordAssumed, column.Assumptions}, {recordExcluded, column.Exclusions}, {recordPriceList, column.Sources}} {
			for _, text := range list.texts {
				add(of, list.kind, "", "", text, "")
			}
		}
	}
	return all
}

// joinedLines puts sentences below each other in one cell.
func joinedLines(sentences []string) string { return strings.Join(sentences, "\n") }
