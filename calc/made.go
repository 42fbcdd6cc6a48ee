package calc

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/export"
	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/views"
)

// madePath is the path of the list.
const madePath = "/quotes"

// made lists the quotes that the browser has made.
func (s *Server) made(c echo.Context) error {
	s.rememberLang(c)
	asked := forms.DecodeList(c.QueryParams())
	if !isLive(c) && slices.ContainsFunc(slices.Collect(maps.Values(c.QueryParams())), func(v []string) bool { return v[0] == "" }) {
		// The form was sent without a script, with all that was left empty.
		return c.Redirect(http.StatusSeeOther, strings.TrimSuffix(madePath+"?"+asked.Query(), "?"))
	}
	found, err := s.list(c, asked, views.MadePerPage)
	if err != nil {
		return err
	}
	page := views.NewMade(s.visit(c, isLive(c)), asked, found)
	draftHeaders(c)
	if isLive(c) {
		c.Response().Header().Set("HX-Replace-Url", page.Address)
		return render(c, http.StatusOK, views.MadeUpdate(page))
	}
	return render(c, http.StatusOK, views.MadePage(page))
}

// exportMade answers with the whole list as a table.
func (s *Server) exportMade(c echo.Context) error {
	asked := forms.DecodeList(c.QueryParams())
	asked.Page = 1
	found, err := s.list(c, asked, 0)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := export.ListCSV(&b, found.Shown, func(id string) string { return s.origin(c) + quotePath(id) }); err != nil {
		return err
	}
	draftHeaders(c)
	return sendFile(c, b.Bytes(), views.MadeTitle(s.lang(c)), "quotes", "csv")
}

// list finds what is asked for in the list of the browser, and shows so many
// quotes of it at most; 0 is all.
func (s *Server) list(c echo.Context, asked forms.List, most int) (*quotes.List, error) {
	lister := quotes.NewLister(quotes.Wanted{
		Search: asked.Search, State: quotes.State(asked.State), Customer: asked.Customer, Product: asked.Product, Month: asked.Month,
		Soon: asked.Expires, Sort: asked.Sort, First: (asked.Page - 1) * most, Most: most,
	}, s.cfg.Catalog, s.now())
	if b := s.knownBrowser(c); b != nil {
		if err := s.cfg.Quotes.Made(c.Request().Context(), b, lister.Add); err != nil {
			return nil, err
		}
	}
	return lister.List(), nil
}
