// Package calc is the calculator application: its routes, and what stands
// between a request and the pricing package. It is the only package that knows
// the web framework.
package calc

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// Config is what a server is made from.
type Config struct {
	// Catalog has the price books. It is required.
	Catalog *pricing.Catalog
	// Rate is how many requests a second one address may make of the API and
	// the forms, with a burst of four times that; 0 switches the limit off.
	Rate float64
	// TrustedProxies are the proxies whose forwarded address and scheme are
	// believed.
	TrustedProxies []netip.Prefix
	// Quotes keeps quotes and drafts. It is required.
	Quotes quotes.Store
	// Now is the clock; time.Now if it is left out.
	Now func() time.Time
	// PublicURL is what links begin with, such as https://example.com; empty
	// means as the request came.
	PublicURL string
	// Log receives a line for each request. It is required.
	Log *slog.Logger
}

// Server answers the requests of the application. It is safe for concurrent
// use.
type Server struct {
	echo     *echo.Echo
	cfg      Config
	assets   *assets
	metrics  *metrics
	openAPI  []byte
	draining atomic.Bool
}

// requestTimeout bounds the work on one request.
const requestTimeout = 10 * time.Second

// New returns a server. Its error is one of the embedded assets, or says that
// the public URL is none.
func New(cfg Config) (*Server, error) {
	files, err := loadAssets()
	if err != nil {
		return nil, err
	}
	description, err := openAPI(cfg.Catalog)
	if err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	crossOrigin, err := protection(cfg.PublicURL)
	if err != nil {
		return nil, err
	}
	e := echo.New()
	s := &Server{echo: e, cfg: cfg, assets: files, metrics: newMetrics(), openAPI: description}
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(slogWriter{cfg.Log})
	e.IPExtractor = addressExtractor(cfg.TrustedProxies)
	e.HTTPErrorHandler = s.answerError

	e.Use(s.observe(), middleware.Recover(), s.securityHeaders, refuseCrossOrigin(crossOrigin), mendPath)
	e.Use(middleware.ContextTimeout(requestTimeout))
	limit := limitRate(cfg.Rate)

	zip := compressAnswers()
	get := func(path string, handler echo.HandlerFunc, around ...echo.MiddlewareFunc) {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, handler, around...)
	}

	get("/healthz", s.healthz)
	get("/readyz", s.readyz)
	get("/metrics", echo.WrapHandler(s.metrics.handler()))
	get("/static/:name", s.static)

	get("/", s.home, zip)
	get("/calc/:product", s.calculator, zip)
	e.POST("/calc/:product", s.update, limit, zip)
	get("/calc/:product/outlook", s.outlook, limit, zip)
	get("/calc/:product/facts/:estimator", s.estimator, zip)
	e.POST("/calc/:product/facts/:estimator", s.updateFacts, limit, zip)

	get("/calc/:product/forecast", s.forecast, limit, zip)

	get("/compare", s.compare, zip)
	e.POST("/compare", s.updateComparison, limit, zip)
	for _, ending := range []string{"xlsx", "csv", "json"} {
		get("/calc/:product/estimate."+ending, s.exportEstimate, limit, zip)
	}

	get("/draft", s.draft, zip)
	e.POST("/draft", s.changeDraft, limit, zip)
	e.POST("/draft/items", s.addItem, limit, zip)
	get(madePath, s.made, zip)

	get("/q/:id", s.showQuote, quoteHeaders, zip)
	get("/q/:id/today", s.showToday, quoteHeaders, zip)
	get("/q/:id/withdraw", s.askWithdraw, quoteHeaders, zip)
	get("/q/:id/own", s.askOwner, quoteHeaders, zip)
	e.POST("/q/:id/withdraw", s.withdraw, quoteHeaders, limit, zip)
	e.POST("/q/:id/revise", s.revise, quoteHeaders, limit, zip)
	e.POST("/q/:id/draft", s.copyToDraft, quoteHeaders, limit, zip)
	e.POST("/q/:id/own", s.claim, quoteHeaders, limit, zip)

	get("/api/openapi.json", s.describe, zip)
	get("/api/v1/products", s.products, limit, zip)
	get("/api/v1/products/:product", s.product, limit, zip)
	e.POST("/api/v1/estimates", s.estimate, limit, zip)
	e.POST("/api/v1/compare", s.compareAPI, limit, zip)
	e.POST("/api/v1/curves", s.curves, limit, zip)
	e.POST("/api/v1/forecasts", s.forecastAPI, limit, zip)
	get("/api/v1/estimators/:product", s.estimators, limit, zip)
	e.POST("/api/v1/estimators/:product/:estimator", s.derive, limit, zip)
	e.POST("/api/v1/quotes", s.createQuote, limit, zip)
	get("/api/v1/quotes/:id", s.quote, limit, zip)
	get("/api/v1/quotes/:id/today", s.quoteToday, limit, zip)
	e.POST("/api/v1/quotes/:id/withdraw", s.withdrawQuote, limit, zip)
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Drain makes the server say that it is not ready, so that no new visitors are
// sent to it, while it goes on answering those who come.
func (s *Server) Drain() { s.draining.Store(true) }

func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (s *Server) readyz(c echo.Context) error {
	if s.draining.Load() {
		return c.String(http.StatusServiceUnavailable, "shutting down\n")
	}
	if err := s.cfg.Quotes.Ready(c.Request().Context(), s.cfg.Now()); errors.Is(err, context.Canceled) {
		return err // whoever asked has gone
	} else if err != nil {
		s.cfg.Log.Warn("not ready", "error", err)
		c.Response().Header().Set("Retry-After", retryAfter)
		return c.String(http.StatusServiceUnavailable, "quotes cannot be saved\n")
	}
	return c.String(http.StatusOK, "ok\n")
}

// slogWriter sends what the framework itself has to say to the log.
type slogWriter struct{ log *slog.Logger }

// Write logs one message.
func (w slogWriter) Write(p []byte) (int, error) {
	w.log.Error("framework", "message", string(p))
	return len(p), nil
}
