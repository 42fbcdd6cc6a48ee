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
	"suanpan/views"
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
	// DailyBudget is how many bytes of quotes and drafts one network (/24, /56)
	// may have kept on a day in China, before compression; 0 is no limit.
	DailyBudget int64
	// Version is the release, for the metrics.
	Version string
}

// Server answers the requests of the application. It is safe for concurrent
// use.
type Server struct {
	echo     *echo.Echo
	cfg      Config
	assets   *assets
	metrics  *metrics
	limit    *limiter
	gate     *gate
	openAPI  []byte
	homes    *cache[homeKey, []byte]
	codes    *cache[string, views.QRCode]
	draining atomic.Bool
	// unready is whether the store was not ready when it was asked last.
	unready atomic.Bool
}

// requestTimeout bounds the work on one request.
const requestTimeout = 10 * time.Second

// readinessTimeout bounds how long whoever asks for the metrics waits for the
// store.
const readinessTimeout = 3 * time.Second

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
	s := &Server{echo: e, assets: files, metrics: newMetrics(cfg.Version), openAPI: description}
	s.homes, s.codes = newCache[homeKey, []byte](maxHomes), newCache[string, views.QRCode](maxCodes)
	cfg.Quotes = &measuredStore{cfg.Quotes, s.metrics, cfg.Now}
	if cfg.DailyBudget > 0 {
		budget := newBudget(cfg.DailyBudget, cfg.Now)
		cfg.Quotes = &budgetedStore{cfg.Quotes, budget}
		s.metrics.spends(budget)
	}
	s.cfg = cfg
	s.limit, s.gate = newLimiter(cfg.Rate, cfg.Now), newGate()
	s.metrics.gauge("suanpan_ready", "1 while quotes can be saved and the program is not about to end, else 0.", nil, s.readiness)
	s.metrics.watch(s.gate)
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(slogWriter{cfg.Log})
	e.IPExtractor = addressExtractor(cfg.TrustedProxies)
	e.HTTPErrorHandler = s.answerError

	e.Use(s.observe(), recoverPanics(), s.securityHeaders, refuseCrossOrigin(crossOrigin), mendPath)
	e.Use(middleware.ContextTimeout(requestTimeout))
	zip := compressAnswers()
	get := func(path string, handler echo.HandlerFunc, around ...echo.MiddlewareFunc) {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, handler, around...)
	}

	get("/healthz", s.healthz)
	get("/readyz", s.readyz)
	get("/static/:name", s.static)

	// What somebody types waits for, what else is computed from the request alone,
	// and what is kept.
	live := []echo.MiddlewareFunc{s.limit.each, s.through(s.gate.live), zip}
	light := []echo.MiddlewareFunc{s.limit.each, s.through(s.gate.light), zip}
	reading := []echo.MiddlewareFunc{s.limit.each, s.through(s.gate.reading), zip}
	saving := []echo.MiddlewareFunc{s.limit.each, fromNetwork, s.through(s.gate.saving), zip}
	quote := append([]echo.MiddlewareFunc{quoteHeaders}, reading...)
	quoteSaving := append([]echo.MiddlewareFunc{quoteHeaders}, saving...)

	get("/", s.home, light...)
	get("/calc/:product", s.calculator, light...)
	e.POST("/calc/:product", s.update, live...)
	get("/calc/:product/outlook", s.outlook, light...)
	get("/calc/:product/facts/:estimator", s.estimator, light...)
	e.POST("/calc/:product/facts/:estimator", s.updateFacts, live...)

	get("/calc/:product/forecast", s.forecast, light...)

	get("/compare", s.compare, light...)
	e.POST("/compare", s.updateComparison, live...)
	get("/compare.xlsx", s.exportComparison, light...)
	get("/compare.csv", s.exportComparison, light...)
	for _, ending := range []string{"xlsx", "csv", "json"} {
		get("/calc/:product/estimate."+ending, s.exportEstimate, light...)
	}

	get("/draft", s.draft, reading...)
	e.POST("/draft", s.changeDraft, saving...)
	e.POST("/draft/items", s.addItem, saving...)
	get("/draft/:draft", s.draft, reading...)
	e.POST("/draft/:draft", s.changeDraft, saving...)
	get("/draft/:draft/delete", s.askDelete, reading...)
	e.POST("/draft/:draft/delete", s.deleteDraft, saving...)
	get(madePath, s.made, reading...)
	get(madePath+".csv", s.exportMade, reading...)

	get("/q/:id", s.showQuote, quote...)
	get("/q/:id/today", s.showToday, quote...)
	get("/q/:id/withdraw", s.askWithdraw, quote...)
	get("/q/:id/own", s.askOwner, quote...)
	e.POST("/q/:id/withdraw", s.withdraw, quoteSaving...)
	e.POST("/q/:id/revise", s.revise, quoteSaving...)
	e.POST("/q/:id/draft", s.copyToDraft, quoteSaving...)
	e.POST("/q/:id/own", s.claim, quoteSaving...)

	get("/api/openapi.json", s.describe, light...)
	get("/api/v1/products", s.products, light...)
	get("/api/v1/products/:product", s.product, light...)
	e.POST("/api/v1/estimates", s.estimate, light...)
	e.POST("/api/v1/compare", s.compareAPI, light...)
	e.POST("/api/v1/curves", s.curves, light...)
	e.POST("/api/v1/forecasts", s.forecastAPI, light...)
	get("/api/v1/estimators/:product", s.estimators, light...)
	e.POST("/api/v1/estimators/:product/:estimator", s.derive, light...)
	e.POST("/api/v1/quotes", s.createQuote, saving...)
	get("/api/v1/quotes/:id", s.quote, reading...)
	get("/api/v1/quotes/:id/today", s.quoteToday, reading...)
	e.POST("/api/v1/quotes/:id/withdraw", s.withdrawQuote, saving...)
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
	if err := s.ready(c.Request().Context()); errors.Is(err, context.Canceled) {
		return err // whoever asked has gone
	} else if err != nil {
		c.Response().Header().Set("Retry-After", retryAfter)
		return c.String(http.StatusServiceUnavailable, "quotes cannot be saved\n")
	}
	return c.String(http.StatusOK, "ok\n")
}

// ready returns an error if quotes cannot be saved. When that changes, it is
// logged, once.
func (s *Server) ready(ctx context.Context) error {
	err := s.cfg.Quotes.Ready(ctx, s.cfg.Now())
	if errors.Is(err, context.Canceled) {
		return err
	}
	switch unready := err != nil; {
	case s.unready.Swap(unready) == unready:
	case unready:
		s.cfg.Log.Warn("not ready", "error", err)
	default:
		s.cfg.Log.Info("ready again")
	}
	return err
}

// readiness is ready as a metric.
func (s *Server) readiness() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), readinessTimeout)
	defer cancel()
	if s.draining.Load() || s.ready(ctx) != nil {
		return 0
	}
	return 1
}

// Metrics answers with the metrics, on whatever address. It is for whoever
// watches over the server, and not among what visitors can ask for.
func (s *Server) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

// slogWriter sends what the framework itself has to say to the log.
type slogWriter struct{ log *slog.Logger }

// Write logs one message.
func (w slogWriter) Write(p []byte) (int, error) {
	w.log.Error("framework", "message", string(p))
	return len(p), nil
}
