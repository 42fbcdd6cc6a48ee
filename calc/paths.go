package calc

import (
	"net/http"
	"regexp"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"
)

// page is the path of a page that links are passed on of, or of a part of it.
var page = regexp.MustCompile(`^/(?:q/[a-z0-9]+(?:\.[a-z]+|/[a-z]+)?|calc/[a-z0-9-]+(?:/forecast|/outlook|/facts/[a-z0-9-]+|/estimate\.[a-z]+)?|compare(?:\.[a-z]+)?|draft(?:/[a-z0-9]+(?:/delete)?)?|quotes(?:\.csv)?)$`)

// mendPath leads to the path that is meant by one with something stuck to it: a
// slash, the end of the sentence that a link stood in, words that no blank parted
// from it, or its query string with an escaped sign before it. All paths here are
// of plain letters, digits and a few signs, and end with a letter or a digit.
func mendPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return next(c)
		}
		path, rest := r.URL.Path, ""
		if i := strings.IndexFunc(path, notOfPath); i >= 0 {
			path, rest = path[:i], strings.TrimRightFunc(path[i:], unicode.IsSpace)
			if strings.HasSuffix(path, "/") || strings.ContainsFunc(rest, unicode.IsControl) {
				return next(c) // nobody meant that
			}
		}
		path = strings.TrimRight(path, "/.-_~")
		if path == r.URL.Path || !page.MatchString(path) {
			return next(c)
		}
		query := r.URL.RawQuery
		for _, sign := range []string{"?", "？"} {
			if lost, ok := strings.CutPrefix(rest, sign); ok {
				query = strings.Trim(lost+"&"+query, "&")
			}
		}
		if query != "" {
			path += "?" + query
		}
		return c.Redirect(http.StatusFound, path)
	}
}

// notOfPath reports whether a sign is in no path.
func notOfPath(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	default:
		return !strings.ContainsRune("/.-_~", r)
	}
}
