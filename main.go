// Command suanpan is a price calculator for cloud communication and AI
// services: a web application, a JSON API, and the same from the command line.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"suanpan/calc"
	"suanpan/calc/cli"
	"suanpan/calc/quotes/sqlstore"
	"suanpan/pricing"
)

// version is the release, set when the program is linked.
var version = "devel"

const usage = `Usage:
  suanpan [serve] [flags]                     serve the calculator
  suanpan estimate [flags] PRODUCT [FILE]     price inputs given as JSON, from FILE or standard input
  suanpan compare [flags] PRODUCT[@DATE] PRODUCT[@DATE]... [FILE.json]
                                              price the same inputs by several price books
  suanpan check [flags] [FILE...]             validate price books, or all of them
  suanpan diff [flags] BOOK BOOK              what differs between two books of a product; BOOK is
                                              PRODUCT/DATE or a file
  suanpan export [flags]                      write all quotes to standard output, a JSON object a line
  suanpan import [flags] [FILE]               save quotes that were exported, from FILE or standard input
  suanpan version                             print the version

A command's flags are shown by: suanpan COMMAND -h
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv, drain: drainTime}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is the command with the world it runs in.
type program struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	// drain is how long the server goes on taking requests after it has said
	// that it is not ready any more.
	drain time.Duration
	// listening, if set, is told the address the server listens on.
	listening func(net.Addr)
}

// errUsage is the error of a command that was called in the wrong way.
type errUsage struct{ reason string }

// Error returns the reason.
func (e *errUsage) Error() string { return e.reason }

// run carries out a command and returns its exit status: 0, 2 for wrong usage,
// 1 for any other error.
func (p *program) run(ctx context.Context, args []string) int {
	err := p.command(ctx, args)
	var wrong *errUsage
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &wrong):
		fmt.Fprintln(p.err, "suanpan:", err)
		return 2
	case !errors.Is(err, cli.ErrFaults):
		fmt.Fprintln(p.err, "suanpan:", err)
	}
	return 1
}

func (p *program) command(ctx context.Context, args []string) error {
	name := "serve"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	commands := map[string]func(context.Context, []string) error{
		"serve": p.serve, "estimate": p.estimate, "compare": p.compare, "check": p.check, "diff": p.diff,
		"export": p.export, "import": p.imports, "version": p.version,
		"help": func(context.Context, []string) error { _, err := fmt.Fprint(p.out, usage); return err },
	}
	do := commands[name]
	if do == nil {
		return &errUsage{fmt.Sprintf("there is no command %q; the commands are serve, estimate, compare, check, diff, export, import and version", name)}
	}
	return do(ctx, args)
}

func (p *program) version(_ context.Context, args []string) error {
	if len(args) > 0 {
		return &errUsage{"version takes no arguments"}
	}
	fmt.Fprintln(p.out, "suanpan", version, runtime.Version())
	return nil
}

// flags returns a flag set for a command, with the flag that all of them have.
func (p *program) flags(command string) (set *flag.FlagSet, books *string) {
	set = flag.NewFlagSet(command, flag.ContinueOnError)
	set.SetOutput(io.Discard) // errors are reported by run, in one line
	books = set.String("books", p.getenv("SUANPAN_BOOKS"), "a `folder` of price books, PRODUCT/DATE.yaml, added to the embedded ones")
	return set, books
}

// parse parses flags, which may stand before, between and behind the
// arguments, and returns the arguments.
func (p *program) parse(set *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		switch err := set.Parse(args); {
		case errors.Is(err, flag.ErrHelp):
			set.SetOutput(p.out)
			fmt.Fprint(p.out, usage, "\nFlags of ", set.Name(), ":\n")
			set.PrintDefaults()
			return nil, err
		case err != nil:
			return nil, &errUsage{err.Error()}
		}
		if set.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, set.Arg(0)), set.Args()[1:]
	}
}

// folders returns the embedded price books, and those of a folder if one is
// named.
func folders(books string) ([]fs.FS, error) {
	all := []fs.FS{pricing.EmbeddedBooks()}
	if books == "" {
		return all, nil
	}
	if _, err := os.Stat(books); err != nil {
		return nil, err // what reads the folder later no longer knows its name
	}
	return append(all, os.DirFS(books)), nil
}

// catalog loads all price books.
func catalog(books string) (*pricing.Catalog, error) {
	all, err := folders(books)
	if err != nil {
		return nil, err
	}
	return pricing.LoadCatalog(all...)
}

// open opens the file that may be named behind other arguments, or the standard
// input if none is or its name is "-".
func (p *program) open(file []string) (io.ReadCloser, error) {
	if len(file) == 0 || file[0] == "-" {
		return io.NopCloser(p.in), nil
	}
	return os.Open(file[0])
}

func (p *program) estimate(_ context.Context, args []string) error {
	set, books := p.flags("estimate")
	asJSON := set.Bool("json", false, "print the JSON of the API")
	lang := set.String("lang", "en", "the `language` of names and messages, en or zh")
	book := set.String("price-book", "", "the `id` of a price book; the newest if left out")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	l, ok := pricing.ParseLang(*lang)
	switch {
	case !ok:
		return &errUsage{"-lang is en or zh"}
	case len(rest) == 0 || len(rest) > 2:
		return &errUsage{"estimate takes a product and at most one file"}
	}
	c, err := catalog(*books)
	if err != nil {
		return err
	}
	in, err := p.open(rest[1:])
	if err != nil {
		return err
	}
	defer in.Close()
	return cli.Estimate(c, cli.EstimateOptions{Product: rest[0], PriceBook: *book, Lang: l, JSON: *asJSON}, in, p.out)
}

func (p *program) compare(_ context.Context, args []string) error {
	set, books := p.flags("compare")
	asJSON := set.Bool("json", false, "print the JSON of the API")
	lang := set.String("lang", "en", "the `language` of names and messages, en or zh")
	facts := set.String("facts", "", "a `file` with the facts of a room as JSON, which each product meters by its own rule")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	l, ok := pricing.ParseLang(*lang)
	if !ok {
		return &errUsage{"-lang is en or zh"}
	}
	var file []string
	if n := len(rest) - 1; n >= 0 && (rest[n] == "-" || strings.HasSuffix(rest[n], ".json")) {
		file, rest = rest[n:], rest[:n]
	}
	if len(rest) < 2 {
		return &errUsage{"compare needs two products or price books"}
	}
	c, err := catalog(*books)
	if err != nil {
		return err
	}
	in, err := p.open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	if len(file) == 0 && *facts != "" && isDevice(p.in) {
		in = io.NopCloser(strings.NewReader("")) // there may be facts alone; nobody is waited for to type
	}
	var room io.Reader // nil without facts
	if *facts != "" {
		opened, err := os.Open(*facts)
		if err != nil {
			return err
		}
		defer opened.Close()
		room = opened
	}
	return cli.Compare(c, cli.CompareOptions{Columns: rest, Lang: l, JSON: *asJSON}, in, room, p.out)
}

// isDevice reports whether a reader is a terminal, or another device without a
// text of its own.
func isDevice(r io.Reader) bool {
	file, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *program) check(_ context.Context, args []string) error {
	set, books := p.flags("check")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	all, err := folders(*books)
	if err != nil {
		return err
	}
	return cli.Check(rest, all, p.out, p.err)
}

func (p *program) diff(_ context.Context, args []string) error {
	set, books := p.flags("diff")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) != 2 {
		return &errUsage{"diff takes two price books"}
	}
	c, err := catalog(*books)
	if err != nil {
		return err
	}
	return cli.Diff(c, rest[0], rest[1], p.out)
}

// database is the flag of the commands that keep or move quotes.
func (p *program) database(set *flag.FlagSet) *string {
	return set.String("db", p.env("SUANPAN_DB", "suanpan.db"), "where quotes are kept: a SQLite `file` or a postgres:// address")
}

func (p *program) export(ctx context.Context, args []string) error {
	set, _ := p.flags("export")
	db := p.database(set)
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return &errUsage{"export takes no arguments; it writes to standard output"}
	}
	if _, err := os.Stat(*db); !sqlstore.IsServer(*db) && err != nil {
		return err // a file that is not there must not be made by reading it
	}
	store, err := sqlstore.Open(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	return cli.Export(ctx, store, p.out)
}

func (p *program) imports(ctx context.Context, args []string) error {
	set, _ := p.flags("import")
	db := p.database(set)
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 1 {
		return &errUsage{"import takes at most one file"}
	}
	in, err := p.open(rest)
	if err != nil {
		return err
	}
	defer in.Close()
	store, err := sqlstore.Open(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := cli.Import(ctx, store, in)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, n, "quotes imported")
	return nil
}

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
// often is worth a few more.
const gcPercent = 400

func (p *program) serve(ctx context.Context, args []string) error {
	set, books := p.flags("serve")
	addr := set.String("addr", p.env("SUANPAN_ADDR", "127.0.0.1:8080"), "the `address` to listen on")
	db := p.database(set)
	rate := set.String("rate", p.env("SUANPAN_RATE", "50"), "API and form `requests` a second for one address; 0 for no limit")
	proxies := set.String("trusted-proxies", p.getenv("SUANPAN_TRUSTED_PROXIES"), "`CIDR,...` of proxies whose forwarded address and scheme are believed")
	public := set.String("public-url", p.getenv("SUANPAN_PUBLIC_URL"), "the `URL` that links begin with; by default as the request came")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return &errUsage{fmt.Sprintf("serve takes no arguments, not %q", rest[0])}
	}
	cfg := calc.Config{PublicURL: *public, Log: slog.New(slog.NewJSONHandler(p.err, nil))}
	if cfg.Rate, err = strconv.ParseFloat(*rate, 64); err != nil || !(cfg.Rate >= 0 && cfg.Rate <= 1e9) {
		return &errUsage{"-rate is a number of requests a second, 0 or more"}
	}
	if cfg.TrustedProxies, err = prefixes(*proxies); err != nil {
		return &errUsage{"-trusted-proxies: " + err.Error()}
	}
	if u, err := url.Parse(*public); *public != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
		return &errUsage{"-public-url is an address such as https://example.com"}
	}
	if cfg.Catalog, err = catalog(*books); err != nil {
		return err
	}
	debug.SetGCPercent(gcPercent)
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	store, err := sqlstore.Open(ctx, *db)
	if err != nil {
		return err
	}
	defer store.Close()
	cfg.Quotes = store
	app, err := calc.New(cfg)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Suanpan is at http://%s\n", listener.Addr())
	if p.listening != nil {
		p.listening(listener.Addr())
	}
	return p.listen(ctx, listener, app)
}

// listen serves until the context ends, then lets requests under way finish.
func (p *program) listen(ctx context.Context, listener net.Listener, app *calc.Server) error {
	server := &http.Server{
		Handler:           app,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
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

// env returns an environment variable, or what counts without it.
func (p *program) env(name, otherwise string) string {
	if value := p.getenv(name); value != "" {
		return value
	}
	return otherwise
}

// prefixes reads a list of CIDRs.
func prefixes(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, err
		}
		out = append(out, prefix)
	}
	return out, nil
}
