package export

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The widths of a comparison's columns, in characters: what a row is of, and one
// for each column.
const (
	comparedNameWidth = 34
	comparedWidth     = 30
)

// The widths of the lines of all columns.
var comparedLineWidths = []float64{30, 34, 16, 13, 44, 44}

// ComparisonCSV writes a comparison as one table, in the way of [CSV].
func ComparisonCSV(w io.Writer, c *Comparison) error { return writeTable(w, comparisonRecords(c)) }

// ComparisonXLSX writes a comparison as a workbook of three sheets: the columns
// side by side, whose totals are sums of what is charged; their lines; and what was
// entered and assumed.
func ComparisonXLSX(w io.Writer, c *Comparison) (err error) {
	words := wordsIn(c.Lang)
	f, st, err := newWorkbook(words)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if err := f.SetDocProps(&excelize.DocProperties{Title: c.Title, Language: string(c.Lang)}); err != nil {
		return err
	}
	if err := f.SetSheetName(f.GetSheetName(0), words.Comparison); err != nil {
		return err
	}
	for _, name := range []string{words.Breakdown, words.InputSheet} {
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
	}
	widths := []float64{comparedNameWidth}
	for range c.Columns {
		widths = append(widths, comparedWidth)
	}
	sides := &sheet{file: f, name: words.Comparison, widths: widths, styles: st, words: words}
	if err := sides.compared(c); err != nil {
		return err
	}
	lines := &sheet{file: f, name: words.Breakdown, widths: comparedLineWidths, styles: st, words: words}
	if err := lines.comparedLines(c); err != nil {
		return err
	}
	inputs := &sheet{file: f, name: words.InputSheet, widths: inputWidths, styles: st, words: words}
	if err := inputs.comparedInputs(c); err != nil {
		return err
	}
	return f.Write(w)
}

// newWorkbook returns a workbook in the type of a language, and its styles.
func newWorkbook(words *words) (*excelize.File, *styles, error) {
	f := excelize.NewFile().SetZipWriter(newSortedZip)
	err := f.SetDefaultFont(words.Font)
	if err == nil {
		var st *styles
		if st, err = newStyles(f, words); err == nil {
			return f, st, nil
		}
	}
	_ = f.Close() // the error that came first says more
	return nil, nil, err
}

// comparedColumn names the column of the sheet that a column of the comparison is.
func comparedColumn(i int) string { return string(rune('B' + i)) }

// compared writes the columns side by side.
func (s *sheet) compared(c *Comparison) error {
	st, last := s.styles, comparedColumn(len(c.Columns)-1)
	width := comparedNameWidth + comparedWidth*float64(len(c.Columns))
	s.merge(s.add(max(32, heightOf(c.Title, 18, width)), text(st.title, c.Title)), "A", last)
	for _, sentence := range c.Said {
		s.merge(s.add(heightOf(sentence, size, width), text(st.value, sentence)), "A", last)
	}
	s.merge(s.add(15, text(st.value, c.Address)), "A", last)
	if strings.HasPrefix(c.Address, "https://") || strings.HasPrefix(c.Address, "http://") {
		s.links = map[string]string{at("A", len(s.rows)): c.Address}
	}
	s.add(8)
	row := func(style int, name string, cell func(column *ComparedColumn) string) {
		cells := []any{text(st.head, name)}
		for i := range c.Columns {
			cells = append(cells, text(style, cell(&c.Columns[i])))
		}
		s.add(fit, cells...)
	}
	row(st.headRight, "", func(column *ComparedColumn) string { return column.Name })
	head := len(s.rows)
	row(st.headRight, s.words.PriceBook, func(column *ComparedColumn) string { return fmt.Sprintf(s.words.PricesOf, column.PriceBook) })
	row(st.headRight, s.words.Plan, func(column *ComparedColumn) string { return column.OptionName })
	// The rows of what is charged begin below the figures, what is priced and a
	// heading.
	first := len(s.rows) + 3
	for i := range c.Figures {
		first++
		if c.Figures[i].remarked() {
			first++
		}
	}
	for i, f := range c.Figures {
		sums := make([]string, len(c.Columns))
		for j := range c.Columns {
			if column := comparedColumn(j); i == 0 && len(c.Rows) > 0 && f.Cells[j].Amount != "" {
				sums[j] = rounded("SUM(" + at(column, first) + ":" + at(column, first+len(c.Rows)-1) + ")")
			}
		}
		name, style := st.partName, st.part
		if i == 0 {
			name, style = st.sumName, st.sum
		}
		if err := s.comparedRow(f, name, style, st.reason, sums); err != nil {
			return err
		}
	}
	row(st.reason, s.words.Priced, func(column *ComparedColumn) string { return joinedLines(column.Priced) })
	s.add(fit, text(st.section, s.words.Charged))
	for _, r := range c.Rows {
		if err := s.comparedRow(r, st.text, st.amount, st.chargeReason, make([]string, len(c.Columns))); err != nil {
			return err
		}
	}
	return s.write("landscape", head)
}

// comparedRow writes a row of amounts, each with the formula that makes it, if any,
// or of the reasons why there are none.
func (s *sheet) comparedRow(r ComparedRow, name, style, reason int, formulas []string) error {
	cells := []any{text(name, r.Name)}
	for i, cell := range r.Cells {
		if cell.Amount == "" {
			cells = append(cells, text(reason, cell.Remark))
			continue
		}
		amount, err := figure(cell.Amount)
		if err != nil {
			return fmt.Errorf("%.40s: %w", r.ID, err)
		}
		shown, err := number(style, amount, formulas[i])
		if err != nil {
			return err
		}
		cells = append(cells, shown)
	}
	s.add(fit, cells...)
	if r.remarked() {
		remarks := []any{nil}
		for _, cell := range r.Cells {
			if remark := cell.Remark; cell.Amount != "" && remark != "" {
				remarks = append(remarks, text(reason, remark))
			} else {
				remarks = append(remarks, nil)
			}
		}
		s.add(fit, remarks...)
	}
	return nil
}

// remarked reports whether there is a remark on an amount, which stands below it.
func (r *ComparedRow) remarked() bool {
	return slices.ContainsFunc(r.Cells, func(c ComparedCell) bool { return c.Amount != "" && c.Remark != "" })
}

// comparedLines writes the line items of all columns, so that they can be filtered.
func (s *sheet) comparedLines(c *Comparison) error {
	st, w := s.styles, s.words
	s.add(fit, text(st.head, w.Item), text(st.head, w.Breakdown), text(st.headRight, w.Amount), text(st.headAfter, w.Settlement), text(st.head, w.Formula), text(st.head, w.Source))
	for i := range c.Columns {
		for j := range c.Columns[i].Lines {
			l := &c.Columns[i].Lines[j]
			amount, err := figure(l.Amount)
			if err != nil {
				return fmt.Errorf("line %.40s: %w", l.ID, err)
			}
			shown, err := number(st.amount, amount, "")
			if err != nil {
				return err
			}
			s.add(fit, text(st.text, c.Columns[i].Name), text(st.text, l.Name), shown,
				text(st.textAfter, w.settlement(l.Settlement)), text(st.small, l.Formula), text(st.small, l.Source))
		}
	}
	return s.write("landscape", 1)
}

// comparedInputs writes what was entered, and what the figures of each column rest
// on.
func (s *sheet) comparedInputs(c *Comparison) error {
	st, w := s.styles, s.words
	s.merge(s.add(28, text(st.title, w.InputSheet)), "A", "B")
	s.entries(w.Entered, c.Entries)
	for i := range c.Columns {
		column := &c.Columns[i]
		s.add(14)
		s.merge(s.add(22, text(st.band, strconv.Itoa(i+1)+"   "+column.Name+" · "+column.OptionName)), "A", "B")
		s.add(fit, text(st.inputName, w.PriceBook), text(st.inputText, column.Product+"/"+column.PriceBook))
		s.sentences(w.FiguresAssume, column.Assumptions)
		s.sentences(w.LeavesOut, column.Exclusions)
		s.sentences(w.Sources, column.Sources)
	}
	return s.write("portrait", 1)
}

// columnNumber counts columns from 1, as items of a quote are.
func columnNumber(i int) string { return strconv.Itoa(i + 1) }
