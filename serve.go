package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"suanpan/calc"
	"suanpan/calc/quotes"
	"suanpan/calc/quotes/sqlstore"
)

// The server's time limits. Handlers have their own, shorter one.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
	shutdownTimeout   = 10 * time.Second
	drainTime         = 2 * time.Second
)

// gcPercent lets the heap grow to several times what is in use before it is
// collected: the server holds some ten megabytes, and collecting them less
// often is worth a few more, as far as limitMemory allows.
const gcPercent = 400

func (p *program) serve(ctx context.Context, args []string) error {
	set, err := p.settings(args)
	if err != nil {
		return err
	}
	cfg := set.app
	if cfg.Catalog, err = catalog(set.books); err != nil {
		return err
	}
	debug.SetGCPercent(gcPercent)
	limitMemory(p.getenv("GOMEMLIMIT"))
	listener, err := net.Listen("tcp", set.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	var metrics net.Listener // nil without
	if set.metricsAddr != "" {
		if metrics, err = net.Listen("tcp", set.metricsAddr); err != nil {
			return err
		}
		defer metrics.Close()
	}
	store, err := sqlstore.Open(ctx, set.db, sqlstore.FreeSpace(set.freeSpace))
	if err != nil {
		return err
	}
	defer store.Close()
	cfg.Quotes = store
	go sweep(ctx, store, cfg.Log)
	app, err := calc.New(cfg)
	if err != nil {
		return err
	}
	if metrics != nil {
		cfg.Log.Info("metrics", "address", metrics.Addr().String())
		go func() {
			if err := newHTTPServer(app.Metrics()).Serve(metrics); !errors.Is(err, net.ErrClosed) {
				cfg.Log.Error("metrics are not served any more", "error", err)
			}
		}()
	}
	fmt.Fprintf(p.out, "Suanpan is at http://%s\n", listener.Addr())
	if p.listening != nil {
		p.listening(listener.Addr())
	}
	return p.listen(ctx, listener, app)
}

// Drafts that nobody has visited for draftAge are erased, some every sweepEvery
// and none before that long after the start, when the clock may still be wrong.
const (
	draftAge   = 90 * 24 * time.Hour
	sweepEvery = time.Hour
)

func sweep(ctx context.Context, store quotes.Store, log *slog.Logger) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			if n, err := store.SweepDrafts(ctx, now.Add(-draftAge)); err != nil {
				log.Warn("old drafts were not erased", "error", err)
			} else if n > 0 {
				log.Info("old drafts were erased", "drafts", n)
			}
		}
	}
}

// newHTTPServer returns a server that nobody can keep busy by being slow.
func newHTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
}

// listen serves until the context ends, then lets requests under way finish.
func (p *program) listen(ctx context.Context, listener net.Listener, app *calc.Server) error {
	server := newHTTPServer(app)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	// Whoever sends visitors here asks for readiness every second or so.
	app.Drain()
	time.Sleep(p.drain)
	done, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	return server.Shutdown(done)
}
