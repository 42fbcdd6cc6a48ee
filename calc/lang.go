package calc

import (
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"suanpan/pricing"
)

// langKey is the name of the language in the query string, in forms, in the
// cookie that remembers it, and in the request's context.
const langKey = "lang"

var langCookie = cookie{name: langKey}

// supported are the languages of the interface; the first is the default.
var supported = language.NewMatcher([]language.Tag{language.English, language.Chinese})

// lang returns the language to answer in: the one the request asked for, else
// the one remembered in the cookie, else the best of the browser's, else
// English.
func (s *Server) lang(c echo.Context) pricing.Lang {
	if l, ok := c.Get(langKey).(pricing.Lang); ok {
		return l
	}
	l := s.findLang(c)
	c.Set(langKey, l)
	return l
}

func (s *Server) findLang(c echo.Context) pricing.Lang {
	if l, ok := pricing.ParseLang(c.QueryParam(langKey)); ok {
		return l
	}
	kept, _ := s.cookie(c, langCookie)
	if l, ok := pricing.ParseLang(kept); ok {
		return l
	}
	return acceptedLang(c.Request().Header.Get("Accept-Language"))
}

// maxAcceptLanguage bounds the header that is looked at.
const maxAcceptLanguage = 200

func acceptedLang(header string) pricing.Lang {
	if header == "" || len(header) > maxAcceptLanguage {
		return pricing.English
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return pricing.English
	}
	if _, index, confidence := supported.Match(tags...); index == 1 && confidence > language.No {
		return pricing.Chinese
	}
	return pricing.English
}

// rememberLang keeps a language that the address asks for in a cookie.
func (s *Server) rememberLang(c echo.Context) {
	l, ok := pricing.ParseLang(c.QueryParam(langKey))
	if !ok {
		return
	}
	const year = 365 * 24 * time.Hour
	s.setCookie(c, langCookie, string(l), int(year.Seconds()))
}

// answerIn makes the answer be in the language that a form was shown in.
func answerIn(c echo.Context, form url.Values) {
	if l, ok := pricing.ParseLang(form.Get(langKey)); ok {
		c.Set(langKey, l)
	}
}

// inSameLang returns an address that opens in the language of this request,
// which a browser that keeps no cookies would not know.
func (s *Server) inSameLang(c echo.Context, address string) string {
	l := s.lang(c)
	if s.findLang(c) == l {
		return address
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + langKey + "=" + string(l)
}
