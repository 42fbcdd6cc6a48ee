package calc

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/views"
)

// madePath is the path of the list.
const madePath = "/quotes"

// madePerPage is how many quotes a page of the list shows.
const madePerPage = 25

// made lists the quotes that the browser has made.
func (s *Server) made(c echo.Context) error {
	s.rememberLang(c)
	asked := forms.List{Search: strings.TrimSpace(clean(c.QueryParam(forms.Search))), Before: c.QueryParam(forms.Before)}
	var records []quotes.Record
	if b := s.knownBrowser(c); b != nil {
		var err error
		// One more than are shown tells whether there are more.
		records, err = s.cfg.Quotes.Made(c.Request().Context(), quotes.Query{
			Browser: b, Search: asked.Search, Before: asked.Before, Limit: madePerPage + 1,
		})
		if err != nil {
			return err
		}
	}
	listed := make([]quotes.Listed, min(len(records), madePerPage))
	for i := range listed {
		listed[i] = records[i].Listed(s.now())
	}
	draftHeaders(c)
	return render(c, http.StatusOK, views.MadePage(views.NewMade(s.visit(c, false), asked, listed, len(records) > madePerPage)))
}
