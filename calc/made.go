package calc

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/views"
)

// madePath is the path of the list.
const madePath = "/quotes"

// madePerPage is how many quotes a page of the list shows.
const madePerPage = 25

// The names in the address of the list.
const (
	madeSearch = "search"
	madeBefore = "before"
)

// made lists the quotes that the browser has made.
func (s *Server) made(c echo.Context) error {
	s.rememberLang(c)
	search, before := strings.TrimSpace(clean(c.QueryParam(madeSearch))), c.QueryParam(madeBefore)
	var records []quotes.Record
	if b := s.knownBrowser(c); b != nil {
		var err error
		// One more than are shown tells whether there are more.
		records, err = s.cfg.Quotes.Made(c.Request().Context(), quotes.Query{
			Browser: b, Search: search, Before: before, Limit: madePerPage + 1,
		})
		if err != nil {
			return err
		}
	}
	in := &views.MadeInput{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Assets: s.assets.views,
		Search: search, Query: madeQuery(search, before), Continued: before != "",
	}
	if len(records) > madePerPage {
		records = records[:madePerPage]
		in.Older = madeQuery(search, records[madePerPage-1].ID)
	}
	in.Newest = madeQuery(search, "")
	for i := range records {
		r := &records[i]
		q := views.MadeInputQuote{
			ID: r.ID, Title: r.Title, Customer: r.Customer, Total: r.Total,
			State: string(r.State(s.now())), Saved: quotes.Day(r.CreatedAt), ValidUntil: r.ValidUntil,
		}
		if _, err := r.Open(); errors.Is(err, quotes.ErrDamaged) {
			q = views.MadeInputQuote{ID: r.ID, State: views.DamagedState}
		}
		in.Quotes = append(in.Quotes, q)
	}
	draftHeaders(c)
	return render(c, http.StatusOK, views.MadePage(views.NewMade(in)))
}

// madeQuery returns the query string of a page of the list.
func madeQuery(search, before string) string {
	q := url.Values{}
	if search != "" {
		q.Set(madeSearch, search)
	}
	if before != "" {
		q.Set(madeBefore, before)
	}
	return q.Encode()
}
