package calc

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
	"suanpan/views"
)

// calculator shows the calculator that the address describes.
func (s *Server) calculator(c echo.Context) error {
	s.rememberLang(c)
	form, arrived, err := s.arrivedForm(c)
	if err != nil {
		return err
	}
	page := s.fill(c, form, false)
	form.Judge(arrived.Address, arrived.notice)
	page.Notice = views.NewLinkNotice(arrived.notice, views.WithOption(page.Answer.Entries, form, s.lang(c)), s.lang(c))
	return s.renderWithOutlook(c, form, page)
}

// renderWithOutlook shows a whole calculator. If its outlook would have to wait
// for others, the page does not: it then fetches it.
func (s *Server) renderWithOutlook(c echo.Context, form *forms.Form, page *views.Calculator) error {
	if !s.spare(c, form.OutlookWork()) {
		page.Outlook = views.NewLateOutlook(form, s.lang(c))
		return render(c, formStatus(form), views.CalculatorPage(page))
	}
	outlook, err := form.Outlook(c.Request().Context())
	if err != nil {
		return err
	}
	page.Outlook = views.NewOutlook(form, outlook, s.lang(c))
	return render(c, formStatus(form), views.CalculatorPage(page))
}

// update answers the form: the changed parts to htmx; to a browser without
// JavaScript the address of the estimate, or the page with the faults in it.
func (s *Server) update(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	answerIn(c, values)
	live := isLive(c)
	form, err := s.calculatorForm(c, values)
	if err != nil {
		return err
	}
	page := s.fill(c, form, live)
	faulty := len(form.Faults) > 0
	if !faulty {
		c.Response().Header().Set("HX-Replace-Url", page.Answer.Address)
		c.Response().Header().Set("HX-Trigger", "answered") // the outlook is fetched anew
	}
	switch {
	case live:
		return render(c, http.StatusOK, views.CalculatorUpdate(page))
	case faulty:
		return s.renderWithOutlook(c, form, page)
	default:
		return c.Redirect(http.StatusSeeOther, s.inSameLang(c, page.Answer.Address))
	}
}

func formStatus(f *forms.Form) int {
	if len(f.Faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// calculatorForm reads the form of the calculator that the path is of.
func (s *Server) calculatorForm(c echo.Context, values url.Values) (*forms.Form, error) {
	product, err := s.productOf(c)
	if err != nil {
		return nil, err
	}
	return decodeForm(values, product)
}

// productOf returns the product that the path names.
func (s *Server) productOf(c echo.Context) (*pricing.Product, error) {
	product, ok := s.cfg.Catalog.Product(c.Param("product"))
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: noProduct}
	}
	return product, nil
}

func decodeForm(values url.Values, product *pricing.Product) (*forms.Form, error) {
	form, ok := forms.Decode(values, product)
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: noPriceBook}
	}
	return form, nil
}

// fill makes the calculator page for what a visitor entered, or the part of it
// that a live answer shows.
func (s *Server) fill(c echo.Context, form *forms.Form, live bool) *views.Calculator {
	pageHeaders(c)
	return views.NewCalculator(s.visit(c, live), form, form.Estimate())
}

// addressOf is the address of a product's calculator with a query string.
func addressOf(product, query string) string {
	if query == "" {
		return "/calc/" + product
	}
	return "/calc/" + product + "?" + query
}
