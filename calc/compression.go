package calc

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// Dynamic answers are compressed lightly: the first level saves nearly as much
// of a page as the last at a fraction of the time.
const (
	gzipLevel   = 1
	gzipMinimum = 1024
)

// compressAnswers compresses answers for whoever takes them compressed. The
// framework's own middleware looks only whether the word stands in the header.
func compressAnswers() echo.MiddlewareFunc {
	zip := middleware.GzipWithConfig(middleware.GzipConfig{Level: gzipLevel, MinLength: gzipMinimum})
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		zipped := zip(next)
		return func(c echo.Context) error {
			if acceptsGzip(c.Request()) {
				c.Request().Header.Set(echo.HeaderAcceptEncoding, "gzip") // written as the middleware looks for it
				return zipped(c)
			}
			c.Response().Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
			return next(c)
		}
	}
}

// acceptsGzip reports whether a request takes gzip (RFC 9110, 12.5.3): named, and
// not with a weight of nothing, which means "anything but this". The last word
// on it counts. Whoever only says that anything will do gets the plain answer.
func acceptsGzip(r *http.Request) bool {
	accepted := false
	for _, line := range r.Header.Values(echo.HeaderAcceptEncoding) {
		for coding := range strings.SplitSeq(line, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			if strings.EqualFold(strings.TrimSpace(name), "gzip") {
				accepted = !refuses(parameters)
			}
		}
	}
	return accepted
}

// refuses reports whether the parameters of a coding have a weight that is zero
// or none at all, such as "q=0.000".
func refuses(parameters string) bool {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		value = strings.TrimSpace(value)
		thousandths, err := strconv.ParseUint(strings.Replace(value, ".", "", 1), 10, 16)
		if err != nil || thousandths == 0 {
			return true
		}
	}
	return false
}
