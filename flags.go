package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"suanpan/calc"
)

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

// settings are what the flags of serve say.
type settings struct {
	addr, metricsAddr, db, books string
	// freeSpace is how many bytes stay free on the disk of a SQLite file.
	freeSpace int64
	// app lacks what is opened and loaded by these.
	app calc.Config
}

// settings reads the flags of serve.
func (p *program) settings(args []string) (*settings, error) {
	set, books := p.flags("serve")
	addr := p.address(set)
	db := p.database(set)
	metrics := set.String("metrics-addr", p.getenv("SUANPAN_METRICS_ADDR"), "another `address` to listen on, which answers /metrics; none if left out")
	rate := set.String("rate", p.env("SUANPAN_RATE", "50"), "`requests` a second for one address; 0 for no limit")
	proxies := set.String("trusted-proxies", p.getenv("SUANPAN_TRUSTED_PROXIES"), "`CIDR,...` of proxies whose forwarded address and scheme are believed")
	public := set.String("public-url", p.getenv("SUANPAN_PUBLIC_URL"), "the `URL` that visitors see, such as https://example.com; by default as the request came")
	daily := set.String("daily-budget", p.env("SUANPAN_DAILY_BUDGET", "100"), "`MB` of quotes and drafts that one network may have kept on a day, before compression; 0 for no limit")
	free := set.String("free-space", p.env("SUANPAN_FREE_SPACE", "256"), "`MB` that stay free on the disk of a SQLite file: with less, nothing is saved; 0 for no floor")
	rest, err := p.parse(set, args)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, &errUsage{fmt.Sprintf("serve takes no arguments, not %q", rest[0])}
	}
	s := &settings{
		addr: *addr, metricsAddr: *metrics, db: *db, books: *books,
		app: calc.Config{Version: version, Log: slog.New(slog.NewJSONHandler(p.err, nil))},
	}
	if s.app.Rate, err = strconv.ParseFloat(*rate, 64); err != nil || !(s.app.Rate >= 0 && s.app.Rate <= 1e9) {
		return nil, &errUsage{"-rate is a number of requests a second, 0 or more"}
	}
	if s.app.DailyBudget, err = megabytes("-daily-budget", *daily); err != nil {
		return nil, err
	}
	if s.freeSpace, err = megabytes("-free-space", *free); err != nil {
		return nil, err
	}
	if s.app.TrustedProxies, err = prefixes(*proxies); err != nil {
		return nil, &errUsage{"-trusted-proxies: " + err.Error()}
	}
	if s.app.PublicURL, err = publicURL(*public); err != nil {
		return nil, err
	}
	return s, nil
}

// megabytes reads a number of MB as bytes.
func megabytes(name, text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 1<<30 {
		return 0, &errUsage{name + " is a whole number of MB, 0 or more"}
	}
	return n << 20, nil
}

// address is the flag of where the server listens.
func (p *program) address(set *flag.FlagSet) *string {
	return set.String("addr", p.env("SUANPAN_ADDR", "127.0.0.1:8080"), "the `address` to listen on")
}

// publicURL reads the scheme and host that visitors see, which is all that the
// program can be told: it cannot be below a path.
func publicURL(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", &errUsage{"-public-url is an address such as https://example.com"}
	}
	origin := u.Scheme + "://" + u.Host
	if text != origin && text != origin+"/" {
		return "", &errUsage{"-public-url is a scheme and a host, such as https://example.com, and nothing else"}
	}
	return origin, nil
}

// database is the flag of the commands that keep or move quotes.
func (p *program) database(set *flag.FlagSet) *string {
	return set.String("db", p.env("SUANPAN_DB", "suanpan.db"), "where quotes are kept: a SQLite `file` or a postgres:// address")
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
