package calc

import (
	"github.com/labstack/echo/v4"

	"suanpan/views"
)

// outlook answers with the outlook of the calculator that the address describes:
// the part of the page that htmx asks for when the rest has changed.
func (s *Server) outlook(c echo.Context) error {
	form, _, err := s.arrivedForm(c)
	if err != nil {
		return err
	}
	pageHeaders(c)
	if err := s.weigh(c, form.OutlookWork()); err != nil {
		return err
	}
	outlook, err := form.Outlook(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, formStatus(form), views.OutlookUpdate(views.NewOutlook(form, outlook, s.lang(c))))
}
