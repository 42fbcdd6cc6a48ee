package export

import (
	"bufio"
	"io"
	"strings"

	"suanpan/calc/quotes"
)

// listColumns are the columns of a list of quotes, under names that do not depend
// on the language.
var listColumns = []string{
	"id", "state", "title", "customer", "products", "currency", "total", "created_at", "valid_until", "url",
}

// ListCSV writes a list of quotes as a table, in the same way as CSV.
// Days are those of China.
func ListCSV(w io.Writer, list []quotes.Shown, address func(id string) string) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // errors of a bufio.Writer stay until Flush
	writeRow(b, listColumns)
	for i := range list {
		l := &list[i]
		writeRow(b, []string{
			cell(l.ID), string(l.Now), cell(l.Title), cell(l.Customer), cell(strings.Join(l.Products, " ")),
			cell(l.Currency), figureCell(l.Total), l.Saved, cell(l.ValidUntil), address(l.ID),
		})
	}
	return b.Flush()
}
