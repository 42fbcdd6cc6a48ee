package calc

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
	"suanpan/views"
)

// compare shows the comparison that the address describes.
func (s *Server) compare(c echo.Context) error {
	s.rememberLang(c)
	page, status := s.fillComparison(c, c.QueryParams(), false)
	return render(c, status, views.ComparisonPage(page))
}

// updateComparison answers the form of a comparison as update answers that of a
// calculator.
func (s *Server) updateComparison(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	answerIn(c, values)
	live := c.Request().Header.Get("HX-Request") == "true"
	page, status := s.fillComparison(c, values, live)
	faulty := status != http.StatusOK
	if !faulty {
		c.Response().Header().Set("HX-Replace-Url", page.Answer.Address)
	}
	switch {
	case live:
		return render(c, http.StatusOK, views.ComparisonUpdate(page))
	case faulty:
		return render(c, status, views.ComparisonPage(page))
	default:
		return c.Redirect(http.StatusSeeOther, s.inSameLang(c, page.Answer.Address))
	}
}

// fillComparison makes the page for what a visitor entered, and the status to
// answer it with.
func (s *Server) fillComparison(c echo.Context, values url.Values, live bool) (*views.Comparison, int) {
	form := forms.DecodeComparison(values, s.cfg.Catalog)
	pageHeaders(c)
	in := &views.ComparisonInput{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Assets: s.assets.views, Origin: s.origin(c),
		Refused: form.Refused, Common: form.Common, Room: forms.FactsOf,
		RowField: forms.RowField, RowsChanged: values.Has(forms.Change),
		ShownName: forms.ShownFields, Shown: form.Shown(), Live: live,
	}
	in.FieldsChanged = values.Get(forms.ShownFields) != in.Shown
	for i := range form.Columns {
		column := &form.Columns[i]
		in.Columns = append(in.Columns, views.ComparedChoice{Product: column.Product, Book: column.Book, Option: column.Option})
	}
	in.ColumnName = func(p *pricing.Product, b *pricing.Book, option string) string {
		column := forms.Column{Product: p, Book: b, Option: option}
		return column.String()
	}
	status := http.StatusOK
	if form.Common == nil {
		in.Starts = s.starts(in.Lang)
		return views.NewComparison(in), status
	}
	if len(form.Columns) >= wire.MinCompared && len(form.Faults()) == 0 {
		in.Comparison = form.Compare()
	}
	in.Inputs, in.Typed = form.Inputs.Usage, form.Inputs.Typed
	if form.Facts != nil {
		in.Facts, in.FactsTyped = form.Facts.Usage, form.Facts.Typed
		in.ExampleQuery = func(u *pricing.Usage) string {
			example := *form
			example.Facts = &forms.Form{Book: form.Facts.Book, Usage: u}
			return example.Query()
		}
	}
	if in.Faults = form.Faults(); len(in.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	in.Query, in.CalculatorQuery = form.Query(), form.ColumnQuery
	return views.NewComparison(in), status
}

// starts are comparisons to start from: the first example of each product, with
// all products that have an input of it.
func (s *Server) starts(l pricing.Lang) []views.ComparisonStart {
	var starts []views.ComparisonStart
	for _, p := range s.cfg.Catalog.Products() {
		examples := p.Newest().Examples
		if len(examples) == 0 {
			continue
		}
		form := forms.Form{Product: p, Book: p.Newest(), Usage: examples[0].Usage}
		columns, query := form.CompareQuery(s.cfg.Catalog)
		if len(columns) < wire.MinCompared {
			continue
		}
		start := views.ComparisonStart{Query: query, Text: examples[0].Name.In(l)}
		for i := range columns {
			start.Products = append(start.Products, columns[i].Book.Name.In(l))
		}
		starts = append(starts, start)
	}
	return starts
}
