package calc

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/views"
)

// home shows the start page.
func (s *Server) home(c echo.Context) error {
	s.rememberLang(c)
	pageHeaders(c)
	return render(c, http.StatusOK, views.HomePage(views.NewHome(s.visit(c, false))))
}
