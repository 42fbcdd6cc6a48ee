package calc

import (
	"errors"
	"mime"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// maxBody bounds the body of a form and of an API request.
const maxBody = 64 << 10

// wantType refuses a body that is not said to be of a type.
func wantType(r *http.Request, want string) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != want {
		return plainError(http.StatusUnsupportedMediaType)
	}
	return nil
}

// readForm reads the form in a request's body, and nothing of its address.
func readForm(c echo.Context) (url.Values, error) { return readFormUpTo(c, maxBody) }

// readFormUpTo is readForm for a body of another size.
func readFormUpTo(c echo.Context, most int64) (url.Values, error) {
	r := c.Request()
	if err := wantType(r, "application/x-www-form-urlencoded"); err != nil {
		return nil, err
	}
	if err := limitBody(c, most); err != nil {
		return nil, err
	}
	if err := r.ParseForm(); err != nil {
		return nil, errors.Join(plainError(http.StatusBadRequest), err)
	}
	return r.PostForm, nil
}
