package export

import (
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// XLSX writes a quote as a workbook of two sheets: the quote, in which an
// amount that is quantity × price is a formula, and so are all sums; and what
// was entered and assumed, in words, for which the catalog has the names of what was
// left as it was. Every formula comes with the value that the document has. The
// address is left out where it is empty. Text is text, however much it looks like a
// number.
func XLSX(w io.Writer, d *quotes.Document, address string, c *pricing.Catalog) (err error) {
	words := wordsIn(d.Lang)
	f, st, err := newWorkbook(words)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: wording.Visible(words.title(d.Title, d.ID)), Creator: wording.Visible(d.PreparedBy), Created: d.CreatedAt, Modified: d.CreatedAt, Language: string(d.Lang),
	}); err != nil {
		return err
	}
	if err := f.SetSheetName(f.GetSheetName(0), words.Quote); err != nil {
		return err
	}
	if _, err := f.NewSheet(words.InputSheet); err != nil {
		return err
	}
	quote := &sheet{file: f, name: words.Quote, widths: quoteWidths, styles: st, words: words}
	if err := quote.quote(d, address); err != nil {
		return err
	}
	inputs := &sheet{file: f, name: words.InputSheet, widths: inputWidths, styles: st, words: words}
	if err := inputs.inputs(d, c); err != nil {
		return err
	}
	return f.Write(w)
}

// sheet is a sheet being written. Its rows are kept until all of them are
// known, since the totals come first and are computed from what is below.
type sheet struct {
	file   *excelize.File
	name   string
	widths []float64 // of the columns, in characters
	styles *styles
	words  *words
	rows   []row
	merged [][2]string
	links  map[string]string
}

type row struct {
	height float64
	cells  []any // nil is no cell
}

// fit is the height of a row that is as high as its highest cell.
const fit = 0

// add adds a row and returns its number, from 1.
func (s *sheet) add(height float64, cells ...any) int {
	if height == fit {
		height = s.heightOf(cells)
	}
	s.rows = append(s.rows, row{height, cells})
	return len(s.rows)
}

// merge makes one cell of those from one column to another in a row.
func (s *sheet) merge(row int, from, to string) {
	s.merged = append(s.merged, [2]string{at(from, row), at(to, row)})
}

// at names a cell.
func at(column string, row int) string { return column + strconv.Itoa(row) }

func text(style int, text string) excelize.Cell {
	return excelize.Cell{StyleID: style, Value: wording.Visible(text)}
}

// blank returns a cell with nothing in it.
func blank(style int) excelize.Cell { return excelize.Cell{StyleID: style} }

// number returns a cell with a number and the formula that makes it, if any.
func number(style int, d decimal.Decimal, formula string) (excelize.Cell, error) {
	value, err := cellNumber(d)
	return excelize.Cell{StyleID: style, Value: value, Formula: formula}, err
}

// write writes the rows, of which so many stay in view at the top.
func (s *sheet) write(orientation string, frozen int) error {
	paperA4, wide, tall, scaled, grid := 9, 1, 0, true, false
	if err := s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &paperA4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	if err := s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &scaled}); err != nil {
		return err
	}
	if err := s.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	margin, footer := 0.5, 0.25 // inches
	if err := s.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Footer: &footer,
	}); err != nil {
		return err
	}
	if err := s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&8&P / &N"}); err != nil {
		return err
	}
	for cell, address := range s.links {
		if err := s.file.SetCellHyperLink(s.name, cell, address, "External"); err != nil {
			return err
		}
	}
	sw, err := s.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, width := range s.widths {
		if err := sw.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: frozen, TopLeftCell: at("A", frozen+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	for i, r := range s.rows {
		if err := sw.SetRow(at("A", i+1), r.cells, excelize.RowOpts{Height: r.height}); err != nil {
			return err
		}
	}
	for _, m := range s.merged {
		if err := sw.MergeCell(m[0], m[1]); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// heightOf estimates how high a row must be for its cells, none of them merged.
// Those that are long are in small type.
func (s *sheet) heightOf(cells []any) float64 {
	height := heightOf("", size, 1)
	for i, cell := range cells {
		if c, ok := cell.(excelize.Cell); ok {
			if t, ok := c.Value.(string); ok {
				height = max(height, heightOf(t, smallSize, s.widths[i]))
			}
		}
	}
	return height
}

// heightOf estimates how high a row must be for text that is wrapped at a width
// in characters. Not every office program finds it out when it opens a file,
// and none does for merged cells.
func heightOf(text string, points, width float64) float64 {
	lines := 0.0
	for line := range strings.Lines(text) {
		w := 0.0
		for _, r := range line {
			if r < 0x2e80 {
				w += 0.9 // of a digit, on average
			} else {
				w += 1.9 // Chinese, and the like
			}
		}
		lines += max(1, math.Ceil(w*points/size/width))
	}
	const most = 409 // points, of any row
	return min(most, max(1, lines)*points*1.5)
}
