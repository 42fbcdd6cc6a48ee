package calc

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count what the server does, by route: never by address, query
// string or anything else that a visitor makes up.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "suanpan_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "suanpan_request_seconds", Help: "Time to answer a request, by route.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1},
		}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// observe counts and logs each request once it is answered. The log has the
// route, not the address that was asked for: what a visitor typed is theirs.
func (s *Server) observe() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := s.cfg.Now()
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
			s.metrics.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
			s.metrics.seconds.WithLabelValues(route).Observe(took.Seconds())
			s.cfg.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
				slog.String("route", route), slog.String("method", method), slog.Int("status", status),
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
