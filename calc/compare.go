package calc

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/views"
)

// compare shows the comparison that the address describes.
func (s *Server) compare(c echo.Context) error {
	s.rememberLang(c)
	address := queryOfRequest(c)
	values, notice := address.ForComparison(s.cfg.Catalog)
	form := forms.DecodeComparison(values, s.cfg.Catalog)
	page, status := s.fillComparison(c, form, false)
	form.Judge(address, notice)
	page.Notice = views.NewLinkNotice(notice, page.Answer.Best.Entries, s.lang(c))
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
	page, status := s.fillComparison(c, forms.DecodeComparison(values, s.cfg.Catalog), live)
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
func (s *Server) fillComparison(c echo.Context, form *forms.Comparison, live bool) (*views.Comparison, int) {
	pageHeaders(c)
	page := views.NewComparison(s.visit(c, live), form, form.Compare())
	if len(form.Faults()) > 0 {
		return page, http.StatusUnprocessableEntity
	}
	return page, http.StatusOK
}
