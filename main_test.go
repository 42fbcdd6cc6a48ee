package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// books is the folder of the test books, laid out like pricing/books.
const books = "testdata/books"

// result is what a run of the program left behind.
type result struct {
	status   int
	out, err string
}

// run runs the program to its end with arguments, standard input and
// environment variables, given as name, value, name, value.
func run(t *testing.T, in string, args []string, env ...string) result {
	t.Helper()
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
		{"backup", 2, "file"},
		{"backup -db testdata/none.db copy.db", 1, "none.db"},
		{"healthcheck now", 2, "arguments"},
		{"healthcheck -addr nowhere", 2, "-addr"},
		{"healthcheck -addr 127.0.0.1:1", 1, "127.0.0.1:1"},
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
		{"serve -public-url https://example.com/prices", 2, "-public-url"},
		{"serve -public-url https://example.com?a=b", 2, "-public-url"},
		{"serve -public-url https://example.com/#a", 2, "-public-url"},
		{"serve -public-url https://me@example.com", 2, "-public-url"},
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
		{"serve -addr 127.0.0.1:0 -metrics-addr 127.0.0.1:99999", 1, "99999"},
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
	page, err := os.ReadFile("doc/running.md")
	if err != nil {
		t.Fatal(err)
	}
	running := string(page)
	for command, flags := range map[string]string{
		"serve":       "addr metrics-addr db rate trusted-proxies public-url books",
		"estimate":    "json lang price-book books",
		"compare":     "json lang facts books",
		"check":       "books",
		"diff":        "books",
		"export":      "db",
		"import":      "db",
		"backup":      "db",
		"healthcheck": "addr ready",
	} {
		r := run(t, "", []string{command, "-h"})
		for _, name := range words(flags) {
			if !strings.Contains(r.out, "  -"+name) {
				t.Errorf("%s -h says nothing of -%s", command, name)
			}
			if variable := "`SUANPAN_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")) + "`"; command == "serve" && !strings.Contains(running, variable) {
				t.Errorf("doc/running.md says nothing of -%s and %s", name, variable)
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
func start(t *testing.T, flags []string) *server {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s := &server{stop: stop, ended: make(chan int, 1), errs: new(bytes.Buffer)}
	listening := make(chan net.Addr, 1)
	p := &program{
		in: strings.NewReader(""), out: io.Discard, err: s.errs, getenv: environment(nil),
		listening: func(a net.Addr) { listening <- a },
	}
	args := append([]string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "suanpan.db")}, flags...)
	go func() { s.ended <- p.run(ctx, args) }()
	select {
	case a := <-listening:
		s.url = "http://" + a.String()
	case status := <-s.ended:
		t.Fatalf("the program ended with %d: %s", status, s.errs)
	case <-time.After(time.Minute):
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
	case <-time.After(time.Minute):
		t.Error("the program does not end")
	}
}

// client does not wait for ever.
var client = &http.Client{Timeout: time.Minute}

// TestServesAtOnce: many visitors at once are answered, and a request under way
// is answered in full after the program was told to end. It is for the race
// detector; the built program is told to end in e2e/process.
func TestServesAtOnce(t *testing.T) {
	s := start(t, []string{"-rate", "0"})
	const body = `{"product":"tencent-im","inputs":{"dau":20000}}`
	body1, body2 := body[:10], body[10:]
	reader, writer := io.Pipe()
	late := make(chan string, 1)
	go func() {
		res, err := client.Post(s.url+"/api/v1/estimates", "application/json", reader)
		if err != nil {
			late <- err.Error()
			return
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		late <- fmt.Sprint(res.StatusCode, " ", err, string(text))
	}()
	if _, err := io.WriteString(writer, body1); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, path := range []string{"/", "/calc/tencent-im?dau=20000", "/draft", "/readyz"} {
				res, err := client.Get(s.url + path)
				if err != nil {
					t.Error(err)
					return
				}
				res.Body.Close()
				if res.StatusCode != http.StatusOK {
					t.Errorf("%s: status %d", path, res.StatusCode)
				}
			}
		})
	}
	all.Wait()
	s.stop()
	if _, err := io.WriteString(writer, body2); err != nil {
		t.Error(err)
	}
	writer.Close()
	if answer := <-late; !strings.HasPrefix(answer, "200 <nil>") || !strings.Contains(answer, `"1999.00"`) {
		t.Errorf("the request under way was answered with %s", answer)
	}
	s.wait(t)
}

// TestEnvironmentAtFault: what is wrong in the environment is as wrong as in a
// flag.
func TestEnvironmentAtFault(t *testing.T) {
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
