package calc

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/views"
)

// quoteHeaders sets the headers of every answer about a saved quote: it is for
// those who have its address, and nobody on the way keeps it. The referrer
// policy is that of all pages, which sends addresses to no other site, and the
// fragment of an owner link to none at all. No referrer whatever would have
// browsers send the forms of these pages without an origin, and over plain HTTP
// those would be taken for another site's.
func quoteHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "private, no-store")
		h.Add("Vary", "Cookie")
		return next(c)
	}
}

// quotePath is the path of a quote's page.
func quotePath(id string) string { return "/q/" + id }

// idLetters are those of which [quotes.NewSecret] makes an id.
const idLetters = "abcdefghijklmnopqrstuvwxyz234567"

// isQuoteID reports whether an id can be one of a quote: nothing else is looked
// for.
func isQuoteID(id string) bool { return len(id) == secretLength && strings.Trim(id, idLetters) == "" }

// recordOf returns the record of the quote with an id.
func (s *Server) recordOf(ctx context.Context, id string) (*quotes.Record, error) {
	if !isQuoteID(id) {
		return nil, quotes.ErrNotFound
	}
	return s.cfg.Quotes.Quote(ctx, id)
}

// openQuote returns the quote that the address of a request names, if it is
// there to be read.
func (s *Server) openQuote(c echo.Context) (*quotes.Record, *quotes.Document, error) {
	id := c.Param("id")
	if !isQuoteID(id) {
		return nil, nil, quotes.ErrNotFound
	}
	return s.open(c.Request().Context(), id)
}

// showQuote answers with a quote: its page, or, by the ending of the address, a
// file of it.
func (s *Server) showQuote(c echo.Context) error {
	id, ending, found := strings.Cut(c.Param("id"), ".")
	if found {
		return s.downloadQuote(c, id, ending)
	}
	ctx := c.Request().Context()
	record, err := s.recordOf(ctx, id)
	if err != nil {
		return err
	}
	document, err := record.Open()
	if errors.Is(err, quotes.ErrWithdrawn) {
		return s.showWithdrawn(c, record)
	}
	if err != nil {
		return err
	}
	page, err := s.quotePage(c, record, document)
	if err != nil {
		return err
	}
	if page.Owned, err = s.owns(c, id); err != nil {
		return err
	}
	page.OwnerLink = s.ownerLinkOnce(c, record)
	return render(c, http.StatusOK, views.QuotePage(page))
}

// owns reports whether the browser of a request has a quote in its list.
func (s *Server) owns(c echo.Context, id string) (bool, error) {
	b := s.knownBrowser(c)
	if b == nil {
		return false, nil
	}
	return s.cfg.Quotes.Owns(c.Request().Context(), b, id)
}

// ownerOnce returns the cookie that brings the owner's secret from the saving of a
// quote to its page, where it is shown once.
func ownerOnce(id string) cookie { return cookie{name: "owner_once", quote: id} }

// setOwnerOnce has the page of a quote that was saved just now show the owner
// link.
func (s *Server) setOwnerOnce(c echo.Context, id, secret string) {
	const minutes = 10 * 60
	s.setCookie(c, ownerOnce(id), secret, minutes)
}

// ownerLinkOnce returns the owner link of a quote if it was saved just now, and
// forgets the secret.
func (s *Server) ownerLinkOnce(c echo.Context, r *quotes.Record) string {
	secret, _ := s.cookie(c, ownerOnce(r.ID))
	if secret == "" || c.Request().Method != http.MethodGet {
		return ""
	}
	s.setCookie(c, ownerOnce(r.ID), "", -1)
	if !r.OwnedBy(secret) {
		return ""
	}
	return s.origin(c) + quotePath(r.ID) + "#owner=" + secret
}

// showWithdrawn says that a quote was withdrawn, and nothing else.
func (s *Server) showWithdrawn(c echo.Context, r *quotes.Record) error {
	owned, err := s.owns(c, r.ID)
	if err != nil {
		return err
	}
	return render(c, http.StatusGone, views.QuoteNoticePage(views.NewWithdrawn(s.visit(c, false), r, owned)))
}

// showToday answers with what a quote would cost at today's prices.
func (s *Server) showToday(c echo.Context) error {
	_, document, err := s.openQuote(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, views.QuoteTodayPage(views.NewQuoteToday(s.visit(c, false), document, quotes.Day(s.now()))))
}

// quotePage makes the page of a quote. What is read besides the quote itself is
// what it revises, and what revises it.
func (s *Server) quotePage(c echo.Context, r *quotes.Record, d *quotes.Document) (*views.Quote, error) {
	if err := d.CheckFigures(); err != nil {
		return nil, err
	}
	left, err := d.DaysLeft(s.now())
	if err != nil {
		return nil, err
	}
	newer, err := s.version(c, r.RevisedBy)
	if err != nil {
		return nil, err
	}
	earlier, err := s.version(c, d.Revises)
	if err != nil {
		return nil, err
	}
	page := views.NewQuote(s.visit(c, false), r, d, left, newer, earlier)
	page.QR, err = s.codes.of(page.Address, func() (views.QRCode, error) { return qrCode(page.Address) })
	return page, err
}

// version opens the predecessor or successor of a quote; nil for none. One that
// is not there counts as damaged: the quote itself says that there is one.
func (s *Server) version(c echo.Context, id string) (*views.QuoteVersion, error) {
	if id == "" {
		return nil, nil
	}
	version := &views.QuoteVersion{ID: id}
	record, err := s.cfg.Quotes.Quote(c.Request().Context(), id)
	if err == nil {
		version.Document, err = record.Open()
	}
	switch {
	case errors.Is(err, quotes.ErrWithdrawn):
		version.Withdrawn = true
	case errors.Is(err, quotes.ErrDamaged), errors.Is(err, quotes.ErrNotFound):
	case err != nil:
		return nil, err
	}
	return version, nil
}
