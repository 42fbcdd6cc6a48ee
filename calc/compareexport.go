package calc

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/export"
	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
	"suanpan/views"
)

// comparisonWriters write a comparison, by the endings of their files' names.
var comparisonWriters = map[string]func(io.Writer, *export.Comparison) error{
	"xlsx": export.ComparisonXLSX,
	"csv":  export.ComparisonCSV,
}

// exportComparison answers with a comparison as a file. Its address is that of the
// page, but for the name of the file, and so are its figures and words.
func (s *Server) exportComparison(c echo.Context) error {
	address := queryOfRequest(c)
	values, notice := address.ForComparison(s.cfg.Catalog)
	form := forms.DecodeComparison(values, s.cfg.Catalog)
	c.Set(backKey, views.Link{Href: "/compare?" + c.Request().URL.RawQuery, Text: views.CompareTitle(s.lang(c))})
	if len(notice.Unread) > 0 || len(form.Refused) > 0 { // a file has no place to say so
		return &requestError{status: http.StatusUnprocessableEntity, detail: notUnderstood}
	}
	compared, err := s.compared(c, form)
	if err != nil {
		return err
	}
	page := views.NewComparison(s.visit(c, false), form, compared)
	if compared == nil || page.Answer.Fault != "" || page.Answer.Empty != "" {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault}
	}
	ending := strings.TrimPrefix(path.Ext(c.Path()), ".")
	var b bytes.Buffer
	if err := comparisonWriters[ending](&b, comparisonFile(&page.Answer, compared, s.lang(c))); err != nil {
		return err
	}
	pageHeaders(c)
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return sendFile(c, b.Bytes(), page.Answer.Title, "compare", ending)
}

// comparisonFile is what the page shows, with the line items of its columns.
func comparisonFile(a *views.Compared, compared *pricing.Comparison, l pricing.Lang) *export.Comparison {
	out := &export.Comparison{
		Lang: l, Title: a.Title, Said: a.Said, Address: a.Best.Link, Currency: compared.Columns[0].Book.Currency, Entries: a.Best.Entries,
	}
	for i := range a.Columns {
		shown, of := &a.Columns[i], &compared.Columns[i]
		column := export.ComparedColumn{
			Name: shown.OpenLabel, Product: of.Book.Product, PriceBook: of.Book.ID, OptionName: shown.Plan,
			Priced: shown.Priced(a), Assumptions: shown.Assumptions, Exclusions: shown.Exclusions, Sources: shown.Sources,
		}
		if o := of.Option; o != nil {
			column.Option, column.OptionName, column.Lines = o.Option.ID, o.Option.Name.In(l), wire.NewOption(o, l).Lines
		}
		out.Columns = append(out.Columns, column)
	}
	for _, f := range a.Figures {
		row := export.ComparedRow{ID: f.ID, Name: f.Name}
		for _, cell := range f.Cells {
			remark := cell.Remark
			if cell.Exact == "" && remark == "" {
				remark = cell.Amount // why there is none
			}
			row.Cells = append(row.Cells, export.ComparedCell{Amount: cell.Exact, Remark: remark})
		}
		out.Figures = append(out.Figures, row)
	}
	for i, r := range a.Rows {
		row := export.ComparedRow{ID: strings.Join(compared.Rows[i].Inputs, " "), Name: r.Name}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, export.ComparedCell{Amount: cell.Exact, Remark: cell.Reason})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
