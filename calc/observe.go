package calc

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// requestHeader is the header of every answer that has the request's id.
const requestHeader = "X-Request-Id"

// requestID returns the id of a request, by which its lines of the log are
// found. It says nothing of who asked.
func requestID(c echo.Context) string { return c.Response().Header().Get(requestHeader) }

// newRequestID returns 60 random bits: enough to tell requests apart, and too few
// to be taken for the id of a quote.
func newRequestID() string { return strings.ToLower(rand.Text()[:12]) }

// log returns the log for what is said of a request.
func (s *Server) log(c echo.Context) *slog.Logger {
	return s.cfg.Log.With("id", requestID(c), "route", c.Path())
}

// recoverPanics makes errors of panics, which are logged where all errors are.
func recoverPanics() echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{
		LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
			return fmt.Errorf("panic: %w\n%s", err, stack)
		},
	})
}

// observe gives each request an id, and counts and logs it once it is answered.
// The log has the route, not the address that was asked for: what a visitor typed
// is theirs.
func (s *Server) observe() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := s.cfg.Now()
			c.Response().Header().Set(requestHeader, newRequestID())
			visitor := c.Request().Context()
			// Errors are answered here, so that the status is known below.
			switch err := next(c); {
			case err == nil:
			case left(visitor, err):
				c.Response().WriteHeader(statusLeft)
			default:
				c.Error(err)
			}
			took := s.cfg.Now().Sub(start)
			route, method, status := c.Path(), knownMethod(c.Request().Method), c.Response().Status
			if route == "" {
				route = "none"
			}
			s.metrics.answered(route, method, status, took)
			s.cfg.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
				slog.String("id", requestID(c)), slog.String("route", route), slog.String("method", method), slog.Int("status", status),
				slog.Int64("bytes", c.Response().Size), slog.Int64("microseconds", took.Microseconds()))
			return nil
		}
	}
}

// statusLeft is the status of a request whose visitor went away before the
// answer, which nobody reads: what nginx and others write into their logs.
const statusLeft = 499

// left reports whether an error is only that the visitor went away: the work
// was given up, or the rest of the request never came. Context is the one that
// ends with the connection and not, as that of a handler, with the handler.
func left(visitor context.Context, err error) bool {
	return visitor.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, io.ErrUnexpectedEOF))
}

// knownMethod bounds the number of methods that are counted.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return method
	default:
		return "other"
	}
}
