package calc

import (
	"bytes"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/views"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a component as the whole answer. It is rendered before the
// status is sent, so that a component that fails never sends half a page.
func render(c echo.Context, status int, component templ.Component) error {
	return withRendered(c, component, func(page []byte) error { return c.HTMLBlob(status, page) })
}

// rendered returns a component as bytes that can be kept.
func rendered(c echo.Context, component templ.Component) (page []byte, err error) {
	err = withRendered(c, component, func(b []byte) error {
		page = bytes.Clone(b)
		return nil
	})
	return page, err
}

// withRendered renders a component and does something with its bytes, which are
// there only for as long.
func withRendered(c echo.Context, component templ.Component, do func([]byte) error) error {
	b, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		b = new(bytes.Buffer)
	}
	defer buffers.Put(b)
	b.Reset()
	if err := component.Render(c.Request().Context(), b); err != nil {
		return err
	}
	return do(wording.VisiblePage(b.Bytes()))
}

// pageHeaders says that a page depends on more than its address.
func pageHeaders(c echo.Context) {
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept-Language, Cookie, HX-Request")
}

// visit says what a page is made for: the whole page, or the parts of it that a
// live answer shows.
func (s *Server) visit(c echo.Context, live bool) *views.Visit {
	return &views.Visit{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Assets: s.assets.views, Origin: s.origin(c), Today: quotes.Day(s.now()), Live: live,
	}
}

// isLive reports whether htmx asks. It puts the answer into the page that is
// there, and takes messages beside fields with status 200 only.
func isLive(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }
