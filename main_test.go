package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// books is the folder of the test books, laid out like pricing/books.
const books = "testdata/books"

// result is what a run of the program left behind.
type result struct {
	status   int
	out, err string
}

// run runs the program to its end with arguments, standard input and
// environment variables, given as name, value, name, value. A command has one
// thread, of which the race detector sees nothing, and reads all price books,
// which is slow under it: a short run leaves commands out.
func run(t *testing.T, in string, args []string, env ...string) result {
	t.Helper()
	if testing.Short() {
		t.Skip("one thread: left to the run that is not short")
	}
	var out, errs bytes.Buffer
	p := &program{in: strings.NewReader(in), out: &out, err: &errs, getenv: environment(env)}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	status := p.run(ctx, args)
	return result{status, out.String(), errs.String()}
}

func environment(pairs []string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func words(s string) []string { return strings.Fields(s) }

// TestExitStatus: 0, 2 for wrong usage, 1 for everything else; and what went
// wrong is one clear line on the standard error, beginning with the program's
// name.
func TestExitStatus(t *testing.T) {
	tests := []struct {
		args   string
		status int
		says   string // on standard error
	}{
		{"version", 0, ""},
		{"help", 0, ""},
		{"-h", 0, ""},
		{"serve -h", 0, ""},
		{"estimate -h", 0, ""},
		{"check --help", 0, ""},
		{"check", 0, ""},
		{"compare -h", 0, ""},
		{"compare tencent-im easemob-im", 0, ""},
		{"compare tencent-im easemob-im@2022-09-13:pro easemob-im -", 0, ""},
		{"estimate tencent-im", 0, ""},
		{"estimate tencent-im -", 0, ""},
		{"diff -h", 0, ""},
		{"diff easemob-im/2026-03-20 easemob-im/2026-03-23", 0, ""},
		{"diff pricing/books/easemob-im/2026-03-20.yaml easemob-im/2026-03-23", 0, ""},

		{"nonsense", 2, "nonsense"},
		{"Serve", 2, "Serve"},
		{"version 1", 2, "version"},
		{"-nonsense", 2, "nonsense"},
		{"serve somewhere", 2, "somewhere"},
		{"serve -rate fast", 2, "-rate"},
		{"serve -rate -1", 2, "-rate"},
		{"serve -rate NaN", 2, "-rate"},
		{"serve -rate Inf", 2, "-rate"},
		{"serve -trusted-proxies 10.0.0.0", 2, "-trusted-proxies"},
		{"serve -trusted-proxies 10.0.0.0/33", 2, "-trusted-proxies"},
		{"serve -public-url example.com", 2, "-public-url"},
		{"serve -public-url ftp://example.com", 2, "-public-url"},
		{"serve -addr", 2, "addr"},
		{"estimate", 2, "product"},
		{"estimate tencent-im a b", 2, "file"},
		{"estimate tencent-im -lang fr", 2, "-lang"},
		{"estimate tencent-im -nonsense", 2, "nonsense"},
		{"check -json", 2, "json"},
		{"compare", 2, "two products"},
		{"compare tencent-im", 2, "two products"},
		{"compare tencent-im -", 2, "two products"},
		{"compare tencent-im easemob-im -lang fr", 2, "-lang"},
		{"diff", 2, "two price books"},
		{"diff easemob-im/2026-03-20", 2, "two price books"},
		{"diff easemob-im/2022-09-13 easemob-im/2026-03-20 easemob-im/2026-03-23", 2, "two price books"},
		{"diff -json easemob-im/2026-03-20 easemob-im/2026-03-23", 2, "json"},

		{"diff easemob-im/2026-03-20 tencent-im/2020-10-30", 1, "different products"},
		{"diff easemob-im/1999-01-01 easemob-im/2026-03-20", 1, "easemob-im/1999-01-01"},
		{"diff easemob-im/2026-03-20 no-such-product/2026-03-20", 1, "no-such-product/2026-03-20"},
		{"diff easemob-im/ easemob-im/2026-03-20", 1, "easemob-im/"},
		{"diff easemob-im easemob-im/2026-03-20", 1, "easemob-im"},
		{"diff no-such-file.yaml easemob-im/2026-03-20", 1, "no-such-file.yaml"},
		{"diff testdata easemob-im/2026-03-20", 1, "testdata"},
		{"diff go.mod easemob-im/2026-03-20", 1, "go.mod:1:1"},
		{"diff -books no-such-folder easemob-im/2026-03-20 easemob-im/2026-03-23", 1, "no-such-folder"},
		{"estimate no-such-product", 1, "no-such-product"},
		{"estimate tencent-im -price-book 1999-01-01", 1, "1999-01-01"},
		{"estimate tencent-im no-such-file.json", 1, "no-such-file.json"},
		{"estimate tencent-im testdata", 1, "testdata"},
		{"compare tencent-im tencent-im", 1, "named twice"},
		{"compare tencent-im easemob-im@1999-01-01", 1, "easemob-im@1999-01-01"},
		{"compare tencent-im easemob-im:gold", 1, "easemob-im:gold"},
		{"compare tencent-im easemob-im no-such-file.json", 1, "no-such-file.json"},
		{"compare tencent-im easemob-im -facts no-such-facts", 1, "no-such-facts"},
		{"compare tencent-im inf-llm -facts testdata/../go.mod", 1, "not JSON"},
		{"check no-such-file.yaml", 1, "no-such-file.yaml"},
		{"check -books no-such-folder", 1, "no-such-folder"},
		{"serve -books no-such-folder", 1, "no-such-folder"},
		{"serve -addr 127.0.0.1:99999", 1, "99999"},
		{"serve -addr nonsense", 1, "nonsense"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			r := run(t, "{}", words(tt.args))
			if r.status != tt.status {
				t.Errorf("exit status %d, want %d: %s", r.status, tt.status, r.err)
			}
			if tt.status == 0 {
				if r.err != "" || r.out == "" {
					t.Errorf("output %q, errors %q", r.out, r.err)
				}
				return
			}
			if r.out != "" {
				t.Errorf("output %q", r.out)
			}
			if strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "\n") || !strings.Contains(r.err, tt.says) {
				t.Errorf("errors %q, want one line about %s", r.err, tt.says)
			}
			if !strings.HasPrefix(r.err, "suanpan: ") && !strings.HasPrefix(tt.args, "check") {
				t.Errorf("errors %q do not say whose they are", r.err)
			}
		})
	}
}

// TestInputsAtFault: what the API refuses, the command line refuses too, all
// faults in one line.
func TestInputsAtFault(t *testing.T) {
	for in, says := range map[string][]string{
		"":                         {"JSON"},
		"[]":                       {"object"},
		`{"dau":1,"dau":2}`:        {"twice"},
		`{"dau":"15k","colour":1}`: {"dau", "colour"},
		`{"months":0,"live_days":1.5,"users":true}`:   {"months", "live_days", "users"},
		`{"dau":` + strings.Repeat("9", 70_000) + `}`: {"bytes"},
	} {
		r := run(t, in, []string{"estimate", "tencent-im"})
		if r.status != 1 || r.out != "" || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%.40s: %+v", in, r)
		}
		for _, word := range says {
			if !strings.Contains(r.err, word) {
				t.Errorf("%.40s: %q says nothing of %s", in, r.err, word)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	if r := run(t, "", []string{"version"}); !regexp.MustCompile(`^suanpan \S+ go1\.\d+.*\n$`).MatchString(r.out) {
		t.Errorf("version says %q", r.out)
	}
}

// TestEveryFlagIsExplained: -h of a command names its flags and exits with 0.
func TestEveryFlagIsExplained(t *testing.T) {
	for command, flags := range map[string]string{
		"serve":    "addr db rate trusted-proxies public-url books",
		"estimate": "json lang price-book books",
		"compare":  "json lang facts books",
		"check":    "books",
		"diff":     "books",
		"export":   "db",
		"import":   "db",
	} {
		r := run(t, "", []string{command, "-h"})
		for _, name := range words(flags) {
			if !strings.Contains(r.out, "  -"+name) {
				t.Errorf("%s -h says nothing of -%s", command, name)
			}
		}
	}
}

// TestFlagsAnywhere: flags may stand before, between and behind the arguments.
func TestFlagsAnywhere(t *testing.T) {
	file := write(t, t.TempDir(), "inputs.json", `{"meeting_rooms":2}`)
	want := run(t, "", []string{"estimate", "-json", "-books", books, "-price-book", "2025-06-01", "fixture-cloud", file})
	if want.status != 0 {
		t.Fatal(want.err)
	}
	for _, args := range [][]string{
		{"estimate", "fixture-cloud", file, "-json", "-books", books, "-price-book", "2025-06-01"},
		{"estimate", "fixture-cloud", "-json", "-books=" + books, file, "--price-book=2025-06-01"},
		{"estimate", "-books", books, "fixture-cloud", "-price-book", "2025-06-01", "--json", file},
	} {
		if got := run(t, "", args); got != want {
			t.Errorf("%q: %+v", args, got)
		}
	}
}

// server is the program while it serves.
type server struct {
	url  string
	stop context.CancelFunc
	// ended has the exit status once the program has ended.
	ended chan int
	errs  *bytes.Buffer
}

// start starts the program on a free port and waits until it listens. It is
// stopped when the test ends.
func start(t *testing.T, args []string, env ...string) *server {
	t.Helper()
	if !slices.Contains(args, "-db") && environment(env)("SUANPAN_DB") == "" {
		env = append(env, "SUANPAN_DB", filepath.Join(t.TempDir(), "suanpan.db"))
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &server{stop: stop, ended: make(chan int, 1), errs: new(bytes.Buffer)}
	listening := make(chan net.Addr, 1)
	p := &program{
		in: strings.NewReader(""), out: io.Discard, err: s.errs, getenv: environment(env),
		listening: func(a net.Addr) { listening <- a },
	}
	if environment(env)("SUANPAN_ADDR") == "" {
		args = append([]string{"-addr", "127.0.0.1:0"}, args...)
	}
	go func() { s.ended <- p.run(ctx, args) }()
	select {
	case a := <-listening:
		s.url = "http://" + a.String()
	case status := <-s.ended:
		t.Fatalf("the program ended with %d: %s", status, s.errs)
	case <-time.After(20 * time.Second):
		t.Fatal("the program does not listen")
	}
	t.Cleanup(func() { stop(); s.wait(t) })
	return s
}

// wait waits until the program has ended, and checks that it ended well.
func (s *server) wait(t *testing.T) {
	t.Helper()
	select {
	case status := <-s.ended:
		if status != 0 {
			t.Errorf("exit status %d: %s", status, s.errs)
		}
		s.ended <- status // for whoever waits next
	case <-time.After(20 * time.Second):
		t.Error("the program does not end")
	}
}

// client does not wait for ever.
var client = &http.Client{Timeout: 20 * time.Second}

// get gets what is under a path, as somebody whom a proxy names.
func (s *server) get(t *testing.T, path, visitor string) (status int, page *goquery.Document) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", visitor)
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if page, err = goquery.NewDocumentFromReader(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, page
}

// link returns what the page of a product says is its address.
func (s *server) link(t *testing.T, product string) string {
	t.Helper()
	_, page := s.get(t, "/calc/"+product, "198.51.100.3")
	return page.Find("#link").AttrOr("value", "")
}

// TestEnvironment: each setting can come from the environment, and a flag wins
// over it.
func TestEnvironment(t *testing.T) {
	s := start(t, nil, "SUANPAN_ADDR", "127.0.0.1:0", "SUANPAN_RATE", "0.5", "SUANPAN_BOOKS", books,
		"SUANPAN_PUBLIC_URL", "https://suanpan.example", "SUANPAN_TRUSTED_PROXIES", "127.0.0.0/8, ::1/128")
	if link := s.link(t, "fixture-cloud"); link != "https://suanpan.example/calc/fixture-cloud" {
		t.Errorf("link %q", link)
	}
	status := func(s *server, address string) int {
		status, _ := s.get(t, "/api/v1/products", address)
		return status
	}
	// A burst of two is four times the rate; each forwarded address has its own.
	for i, want := range []int{200, 200, 429} {
		if got := status(s, "198.51.100.1"); got != want {
			t.Errorf("request %d: status %d, want %d", i+1, got, want)
		}
	}
	if got := status(s, "198.51.100.2"); got != 200 {
		t.Errorf("another address: status %d", got)
	}

	flag := start(t, []string{"-rate", "0", "-trusted-proxies", "", "-public-url", "http://flag.example"},
		"SUANPAN_RATE", "0.5", "SUANPAN_PUBLIC_URL", "https://suanpan.example")
	if link := flag.link(t, "tencent-im"); link != "http://flag.example/calc/tencent-im" {
		t.Errorf("link %q", link)
	}
	for range 10 {
		if got := status(flag, "198.51.100.1"); got != 200 {
			t.Errorf("status %d without a limit", got)
		}
	}

	for name, value := range map[string]string{
		"SUANPAN_RATE": "fast", "SUANPAN_TRUSTED_PROXIES": "everybody", "SUANPAN_PUBLIC_URL": "nowhere",
	} {
		if r := run(t, "", []string{"serve", "-addr", "127.0.0.1:0"}, name, value); r.status != 2 || r.err == "" {
			t.Errorf("%s=%s: %+v", name, value, r)
		}
	}
	if r := run(t, "", []string{"estimate", "x"}, "SUANPAN_BOOKS", "no-such-folder"); r.status != 1 {
		t.Errorf("%+v", r)
	}
}

// TestAddressInUse is told in one line.
func TestAddressInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	r := run(t, "", []string{"-addr", listener.Addr().String()})
	if r.status != 1 || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, listener.Addr().String()) {
		t.Errorf("%+v", r)
	}
}
