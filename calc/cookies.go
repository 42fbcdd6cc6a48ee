package calc

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// hostPrefix is before the names of cookies where visitors come by https. A
// browser takes such a cookie from this host alone, and never by http: another
// host of the same domain cannot make somebody use a secret that it knows.
const hostPrefix = "__Host-"

// unprefixedUntil is when the last cookies end that were set by https without
// the prefix. Until then they are read where there is none with it, so that
// nobody loses a draft.
var unprefixedUntil = time.Date(2028, 12, 31, 0, 0, 0, 0, time.UTC)

// cookie is a cookie that is set here. One of a quote is sent to nothing but the
// pages of that, as far as it can be: with the prefix it is sent everywhere, and
// only its name says of which quote it is.
type cookie struct{ name, quote string }

// at returns the name and the path of a cookie where the visitor comes from.
func (s *Server) at(c echo.Context, k cookie) (name, path string) {
	https := s.scheme(c) == "https"
	switch {
	case https && k.quote != "":
		return hostPrefix + k.name + "_" + k.quote, "/"
	case https:
		return hostPrefix + k.name, "/"
	case k.quote != "":
		return k.name, quotePath(k.quote)
	}
	return k.name, "/"
}

// cookie returns the value of a cookie, or nothing. Old reports that it was set
// by https before there was a prefix.
func (s *Server) cookie(c echo.Context, k cookie) (value string, old bool) {
	name, _ := s.at(c, k)
	if cookie, err := c.Cookie(name); err == nil {
		return cookie.Value, false
	}
	if name == k.name || s.cfg.Now().After(unprefixedUntil) {
		return "", false
	}
	cookie, err := c.Cookie(k.name)
	if err != nil {
		return "", false
	}
	return cookie.Value, true
}

// setCookie sets a cookie for so many seconds, or takes it back if there are
// fewer than none.
func (s *Server) setCookie(c echo.Context, k cookie, value string, seconds int) {
	set := func(name, path, value string, seconds int) {
		c.SetCookie(&http.Cookie{
			Name: name, Value: value, Path: path, MaxAge: seconds,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.scheme(c) == "https",
		})
	}
	name, path := s.at(c, k)
	set(name, path, value, seconds)
	if _, err := c.Cookie(k.name); err == nil && name != k.name && k.quote == "" {
		set(k.name, path, "", -1) // of before: it has served
	}
}
