package calc

import (
	"cmp"
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
)

// browserCookie is the cookie with the secret that a browser is known by: its
// draft and the quotes it made belong to who has it. The server keeps its hash.
var browserCookie = cookie{name: "browser"}

// secretLength is the length of what [quotes.NewSecret] returns. Anything else
// in a cookie was not set here.
const secretLength = 26

// browserYears is for how long a browser is known after it has kept something.
const browserYears = 2 * 365 * 24 * time.Hour

// browserSecret returns the secret of a request's browser, or nothing. One in a
// cookie of before is kept in a new one.
func (s *Server) browserSecret(c echo.Context) string {
	if secret, ok := c.Get(browserCookie.name).(string); ok {
		return secret
	}
	secret, old := s.cookie(c, browserCookie)
	if len(secret) != secretLength {
		return ""
	}
	if old {
		s.keepBrowser(c, secret)
	}
	return secret
}

// keepBrowser has the browser keep a secret, which is its own from now on.
func (s *Server) keepBrowser(c echo.Context, secret string) {
	s.setCookie(c, browserCookie, secret, int(browserYears.Seconds()))
	c.Set(browserCookie.name, secret)
}

// knownBrowser returns the browser of a request, or nil if it has not been
// given a secret yet.
func (s *Server) knownBrowser(c echo.Context) quotes.Browser {
	secret := s.browserSecret(c)
	if secret == "" {
		return nil
	}
	return quotes.HashSecret(secret)
}

// browser returns the browser of a request that is about to keep something, and
// gives it a secret if it has none. Its time starts anew every time.
func (s *Server) browser(c echo.Context) quotes.Browser {
	secret := cmp.Or(s.browserSecret(c), quotes.NewSecret())
	if _, kept := c.Get(browserCookie.name).(string); !kept {
		s.keepBrowser(c, secret)
	}
	return quotes.HashSecret(secret)
}

// sheet returns the draft that is kept under a key, which may be nil, and its
// version.
func (s *Server) sheet(ctx context.Context, key quotes.Browser) (*quotes.Sheet, int64, error) {
	if key == nil {
		return quotes.DecodeSheet(nil), 0, nil
	}
	d, err := s.cfg.Quotes.Draft(ctx, key)
	if err != nil {
		return nil, 0, err
	}
	return quotes.DecodeSheet(d.Content), d.Version, nil
}

// changeSheet changes the draft that is kept under a key: if another request
// changes it meanwhile, the change is made again on what that one has left.
func (s *Server) changeSheet(ctx context.Context, key quotes.Browser, change func(*quotes.Sheet) error) error {
	return s.again(func() error {
		sheet, version, err := s.sheet(ctx, key)
		if err != nil {
			return err
		}
		if err := change(sheet); err != nil {
			return err
		}
		content, err := sheet.Encode()
		if err != nil {
			return err
		}
		return s.cfg.Quotes.PutDraft(ctx, key, content, version, s.now())
	})
}

// again does something anew for as long as somebody else was quicker.
func (s *Server) again(do func() error) error {
	const tries = 10
	err := do()
	for n := 1; n < tries && isConflict(err); n++ {
		err = do()
	}
	return err
}
