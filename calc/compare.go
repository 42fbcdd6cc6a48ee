package calc

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
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
	live := isLive(c)
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
	page := views.NewComparison(s.visit(c, live), form, form.Compare())
	if len(form.Faults()) > 0 {
		return page, http.StatusUnprocessableEntity
	}
	return page, http.StatusOK
}
