package cli

import (
	"io"
	"strings"

	"golang.org/x/text/width"
)

// table is lines of cells, each column as wide as the widest cell in it. The last
// cell of a line can be of any width.
type table struct{ rows [][]string }

// row adds a line.
func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// gap is what stands between two columns.
const gap = "  "

// write writes the lines, without blanks at their ends.
func (t *table) write(out io.Writer) error {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row[:max(0, len(row)-1)] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	var b strings.Builder
	for _, row := range t.rows {
		line := ""
		for i, cell := range row {
			line += cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-columnsOf(cell)) + gap
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// columnsOf returns how many columns of a terminal a text takes: two for each wide
// character, as those of Chinese are, and one for any other.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
