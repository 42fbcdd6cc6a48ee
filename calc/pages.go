package calc

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
	"suanpan/views"
)

// maxBody bounds the body of a form and of an API request.
const maxBody = 64 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a component as the whole answer. It is rendered before the
// status is sent, so that a component that fails never sends half a page.
func render(c echo.Context, status int, component templ.Component) error {
	b, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		b = new(bytes.Buffer)
	}
	defer buffers.Put(b)
	b.Reset()
	if err := component.Render(c.Request().Context(), b); err != nil {
		return err
	}
	return c.HTMLBlob(status, b.Bytes())
}

// pageHeaders says that a page depends on more than its address.
func pageHeaders(c echo.Context) {
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept-Language, Cookie, HX-Request")
}

func (s *Server) home(c echo.Context) error {
	s.rememberLang(c)
	pageHeaders(c)
	return render(c, http.StatusOK, views.HomePage(views.NewHome(s.lang(c), s.cfg.Catalog, s.assets.views, forms.UsageQuery, s.compareQuery)))
}

// compareQuery returns the query string of the comparison of a product with all
// that it can be compared with; empty if that is nothing.
func (s *Server) compareQuery(p *pricing.Product) string {
	form := forms.Form{Product: p, Book: p.Newest(), Usage: p.Newest().NewUsage()}
	columns, query := form.CompareQuery(s.cfg.Catalog)
	if len(columns) < 2 {
		return ""
	}
	return query
}

// calculator shows the calculator that the address describes.
func (s *Server) calculator(c echo.Context) error {
	s.rememberLang(c)
	page, form, err := s.fill(c, c.QueryParams(), false)
	if err != nil {
		return err
	}
	page.Outlook = newOutlook(form, s.lang(c))
	return render(c, formStatus(form), views.CalculatorPage(page))
}

// update answers the form: the changed parts to htmx, which takes messages
// beside fields with status 200 only; to a browser without JavaScript the
// address of the estimate, or the page with the faults in it.
func (s *Server) update(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	answerIn(c, values)
	live := c.Request().Header.Get("HX-Request") == "true"
	page, form, err := s.fill(c, values, live)
	if err != nil {
		return err
	}
	faulty := len(form.Faults) > 0
	if !faulty {
		c.Response().Header().Set("HX-Replace-Url", page.Answer.Address)
		c.Response().Header().Set("HX-Trigger", "answered") // the outlook is fetched anew
	}
	switch {
	case live:
		return render(c, http.StatusOK, views.CalculatorUpdate(page))
	case faulty:
		page.Outlook = newOutlook(form, s.lang(c))
		return render(c, formStatus(form), views.CalculatorPage(page))
	default:
		return c.Redirect(http.StatusSeeOther, s.inSameLang(c, page.Answer.Address))
	}
}

// answerIn makes the answer be in the language that a form was shown in.
func answerIn(c echo.Context, form url.Values) {
	if l, ok := pricing.ParseLang(form.Get(langKey)); ok {
		c.Set(langKey, l)
	}
}

// inSameLang returns an address that opens in the language of this request,
// which a browser that keeps no cookies would not know.
func (s *Server) inSameLang(c echo.Context, address string) string {
	l := s.lang(c)
	if s.findLang(c) == l {
		return address
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + langKey + "=" + string(l)
}

func formStatus(f *forms.Form) int {
	if len(f.Faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// wantType refuses a body that is not said to be of a type.
func wantType(r *http.Request, want string) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != want {
		return plainError(http.StatusUnsupportedMediaType)
	}
	return nil
}

// readForm reads the form in a request's body, and nothing of its address.
func readForm(c echo.Context) (url.Values, error) { return readFormUpTo(c, maxBody) }

// readFormUpTo is readForm for a body of another size.
func readFormUpTo(c echo.Context, most int64) (url.Values, error) {
	r := c.Request()
	if err := wantType(r, "application/x-www-form-urlencoded"); err != nil {
		return nil, err
	}
	if err := limitBody(c, most); err != nil {
		return nil, err
	}
	if err := r.ParseForm(); err != nil {
		return nil, errors.Join(plainError(http.StatusBadRequest), err)
	}
	return r.PostForm, nil
}

// calculatorForm reads the form of the calculator that the address is of.
func (s *Server) calculatorForm(c echo.Context, values url.Values) (*forms.Form, error) {
	product, ok := s.cfg.Catalog.Product(c.Param("product"))
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: noProduct}
	}
	form, ok := forms.Decode(values, product)
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: noPriceBook}
	}
	return form, nil
}

// fill makes the calculator page for what a visitor entered, or the part of it
// that a live answer shows.
func (s *Server) fill(c echo.Context, values url.Values, live bool) (*views.Calculator, *forms.Form, error) {
	form, err := s.calculatorForm(c, values)
	if err != nil {
		return nil, nil, err
	}
	product := form.Product
	pageHeaders(c)
	in := &views.CalculatorInput{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Product: product, Assets: s.assets.views, Origin: s.origin(c),
		Book: form.Book, Usage: form.Usage, Typed: form.Typed, Faults: form.Faults,
		RowField:    forms.RowField,
		RowsChanged: values.Has(forms.Change), Live: live,
	}
	recommended := ""
	if len(form.Faults) == 0 {
		in.Estimate = form.Usage.Estimate()
		if best := in.Estimate.Recommended(); best != nil {
			recommended = best.Option.ID
		}
	}
	if form.Option != recommended {
		in.Option = form.Option
	}
	in.Query = form.Query(recommended)
	in.Estimators, in.Carried = estimatorUses(form, in.Query), hidden(form.CarriedFacts())
	if columns, query := form.CompareQuery(s.cfg.Catalog); len(columns) > 1 {
		in.CompareQuery = query
	}
	in.Item, in.SharedQuery = form.Item, in.Query
	if form.Item != "" {
		shared := *form
		shared.Item = ""
		in.SharedQuery = shared.Query(recommended)
	}
	// The same entries with another option, or with another price book.
	in.BestQuery = in.Query
	if form.Option != "" {
		same := *form
		same.Option = ""
		in.BestQuery = same.Query("")
	}
	in.BookQuery = func(b *pricing.Book) string {
		same := *form
		same.Book, same.Option, same.Faults = b, in.Option, nil
		return same.Query("")
	}
	in.ExampleQuery = func(u *pricing.Usage) string {
		example := forms.Form{Product: product, Book: form.Book, Usage: u, Item: form.Item}
		return example.Query("")
	}
	return views.NewCalculator(in), form, nil
}
