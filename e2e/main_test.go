// Package e2e drives the built program in a real browser. It knows the program
// only as its visitors do, by its addresses and pages, and imports none of the
// other packages. What it expects of a page are ids, roles, addresses and
// published prices, not sentences: those may be reworded.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// screenshotDir is where TestScreenshots leaves its pictures.
var screenshotDir = flag.String("screenshots", "", "write the screenshots into this `folder` and keep them")

// The one program and the one browser that all scenarios share.
var (
	executable string // the program, as it was built
	origin     string // scheme, host and port of the one that runs
	browser    context.Context
	serverLog  *syncBuffer
)

// tabs is how many scenarios run at the same time, unless -parallel says
// otherwise: a scenario mostly waits, so that some more than there are cores
// are faster, and a lot more make the waits run out.
const tabs = "4"

func TestMain(m *testing.M) {
	flag.Parse()
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		status = 1
	}
	os.Exit(status)
}

func run(m *testing.M) (status int, err error) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		if err := flag.Set("test.parallel", tabs); err != nil {
			return 1, err
		}
	}
	dir, err := os.MkdirTemp("", "suanpan-e2e-")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if executable, err = build(dir); err != nil {
		return 1, err
	}
	shared, err := startServer("127.0.0.1:0", filepath.Join(dir, "suanpan.db"))
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, shared.stop()) }()
	origin, serverLog = shared.origin, shared.log
	var stopBrowser func()
	if browser, stopBrowser, err = startBrowser(""); err != nil {
		return 1, err
	}
	defer stopBrowser()
	return m.Run(), nil
}

// build builds the program as it is released, into a folder.
func build(dir string) (program string, err error) {
	program = filepath.Join(dir, "suanpan")
	command := exec.Command("go", "build", "-trimpath", "-o", program, ".")
	command.Dir = ".."
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
}

// server is the program while it runs.
type server struct {
	origin string
	log    *syncBuffer
	// stop ends it as an operator would, and reports if it does not end well.
	stop func() error
}

// startServer starts the program on an address, where port 0 is a free one,
// with a database.
func startServer(addr, db string) (*server, error) {
	s := &server{log: &syncBuffer{}}
	cmd := exec.Command(executable, "-addr", addr, "-rate", "0", "-db", db)
	cmd.Dir, cmd.Stderr = filepath.Dir(executable), s.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan error, 1)
	s.stop = func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return fmt.Errorf("stopping the program: %w", err)
		}
		select {
		case err := <-exited:
			if err != nil {
				return fmt.Errorf("the program ended badly: %w\n%s", err, s.log.tail())
			}
			return nil
		case <-time.After(15 * time.Second):
			return errors.Join(errors.New("the program did not end when asked to"), cmd.Process.Kill())
		}
	}
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(out)
		line, _ := lines.ReadString('\n')
		address <- line
		_, _ = io.Copy(io.Discard, lines)
		exited <- cmd.Wait()
	}()
	select {
	case line := <-address:
		if _, at, ok := strings.Cut(strings.TrimSpace(line), "Suanpan is at "); ok {
			s.origin = at
			return s, nil
		}
		err = fmt.Errorf("the program said %q, not where it is", line)
	case <-time.After(20 * time.Second):
		err = errors.New("the program does not say where it is")
	}
	_ = cmd.Process.Kill()
	return nil, fmt.Errorf("%w\n%s", err, s.log.tail())
}

// browsers are the names Chromium goes by. First come those of Chromium without
// the windows and menus that nobody sees here: it shows pages in the same way,
// and a tab of it costs a fraction.
var browsers = []string{
	"chromium-headless-shell", "chrome-headless-shell", "headless_shell",
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
}

// startBrowser starts Chromium with a profile in a folder, or with one that is
// gone when it stops. Without one there is nothing to test with, and that is a
// failure: a test that is skipped proves nothing.
func startBrowser(profile string) (ctx context.Context, stop func(), err error) {
	chromium := ""
	for _, name := range browsers {
		if chromium, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if chromium == "" {
		return nil, nil, fmt.Errorf("there is no Chromium (looked for %s): run `make test`, which installs it", strings.Join(browsers, ", "))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-US"),
		chromedp.Flag("font-render-hinting", "none"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run as root with it
	}
	if profile != "" {
		options = append(options, chromedp.UserDataDir(profile))
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		stopTab()
		stopAllocator()
		return nil, nil, fmt.Errorf("starting %s: %w", chromium, err)
	}
	return ctx, func() {
		_ = chromedp.Cancel(ctx) // gently, so that a profile is whole on the disk
		stopTab()
		stopAllocator()
	}, nil
}

// syncBuffer is a buffer that a program writes into while others read it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends to the buffer.
func (s *syncBuffer) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(data)
}

// tail returns the end of what was written.
func (s *syncBuffer) tail() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.b.String()
	return text[max(0, len(text)-4000):]
}

// contains reports whether a text was written.
func (s *syncBuffer) contains(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.b.Bytes(), []byte(text))
}
