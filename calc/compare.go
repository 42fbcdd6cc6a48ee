package calc

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
	"suanpan/views"
)

// compare shows the comparison that the address describes.
func (s *Server) compare(c echo.Context) error {
	s.rememberLang(c)
	address := queryOfRequest(c)
	values, notice := address.ForComparison(s.cfg.Catalog)
	form := forms.DecodeComparison(values, s.cfg.Catalog)
	page, status, err := s.fillComparison(c, form, false)
	if err != nil {
		return err
	}
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
	page, status, err := s.fillComparison(c, forms.DecodeComparison(values, s.cfg.Catalog), live)
	if err != nil {
		return err
	}
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
func (s *Server) fillComparison(c echo.Context, form *forms.Comparison, live bool) (*views.Comparison, int, error) {
	pageHeaders(c)
	compared, err := s.compared(c, form)
	if err != nil {
		return nil, 0, err
	}
	page := views.NewComparison(s.visit(c, live), form, compared)
	if len(form.Faults()) > 0 {
		return page, http.StatusUnprocessableEntity, nil
	}
	return page, http.StatusOK, nil
}

// compared compares what was entered; nil if there is nothing to compare.
func (s *Server) compared(c echo.Context, form *forms.Comparison) (*pricing.Comparison, error) {
	if err := s.weigh(c, form.Work()); err != nil {
		return nil, err
	}
	return form.Compare(c.Request().Context())
}
