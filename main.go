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
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"suanpan/calc/cli"
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
  suanpan backup [flags] FILE                 copy the SQLite file of quotes and drafts to FILE, also while it
                                              is served from
  suanpan export [flags]                      write all quotes to standard output, a JSON object a line
  suanpan import [flags] [FILE]               save quotes that were exported, from FILE or standard input
  suanpan healthcheck [flags]                 ask the server on this machine whether it is well
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
		"export": p.export, "backup": p.backup, "import": p.imports, "healthcheck": p.healthcheck, "version": p.version,
		"help": func(context.Context, []string) error { _, err := fmt.Fprint(p.out, usage); return err },
	}
	do := commands[name]
	if do == nil {
		return &errUsage{fmt.Sprintf("there is no command %q; the commands are serve, estimate, compare, check, diff, backup, export, import, healthcheck and version", name)}
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
