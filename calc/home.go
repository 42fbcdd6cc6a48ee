package calc

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/pricing"
	"suanpan/views"
)

// homeKey is what the start page is made from, besides the price books.
type homeKey struct {
	lang          pricing.Lang
	origin, today string
}

// maxHomes bounds the start pages that are kept. Who asks under names of his own
// for the host makes others be made anew, and no more than that.
const maxHomes = 16

// home shows the start page.
func (s *Server) home(c echo.Context) error {
	s.rememberLang(c)
	pageHeaders(c)
	v := s.visit(c, false)
	page, err := s.homes.of(homeKey{v.Lang, v.Origin, v.Today}, func() ([]byte, error) {
		return rendered(c, views.HomePage(views.NewHome(v)))
	})
	if err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, page)
}
