// Package e2e drives the built program in a real browser. It knows the program
// only as its visitors do, by its addresses and pages, and imports none of the
// other packages. What it expects of a page are ids, roles, addresses and
// published prices, not sentences: those may be reworded.
package e2e

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// screenshotDir is where TestScreenshots leaves its pictures.
var screenshotDir = flag.String("screenshots", "", "write the screenshots into this `folder` and keep them")

// The one program and the one browser that all scenarios share.
var (
	origin    string // scheme, host and port of the program
	browser   context.Context
	serverLog = &syncBuffer{}
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
	stopServer, err := startServer(dir)
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, stopServer()) }()
	stopBrowser, err := startBrowser()
	if err != nil {
		return 1, err
	}
	defer stopBrowser()
	return m.Run(), nil
}

// startServer builds the program as it is released and starts it on a free
// port. stop ends it as an operator would, and reports if it does not end
// well.
func startServer(dir string) (stop func() error, err error) {
	program := filepath.Join(dir, "suanpan")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	cmd := exec.Command(program, "-addr", "127.0.0.1:0", "-rate", "0")
	cmd.Dir, cmd.Stderr = dir, serverLog
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan error, 1)
	stop = func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return fmt.Errorf("stopping the program: %w", err)
		}
		select {
		case err := <-exited:
			if err != nil {
				return fmt.Errorf("the program ended badly: %w\n%s", err, serverLog.tail())
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
			origin = at
			return stop, nil
		}
		err = fmt.Errorf("the program said %q, not where it is", line)
	case <-time.After(20 * time.Second):
		err = errors.New("the program does not say where it is")
	}
	_ = cmd.Process.Kill()
	return nil, fmt.Errorf("%w\n%s", err, serverLog.tail())
}

// browsers are the names Chromium goes by.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell"}

// startBrowser starts Chromium. Without one there is nothing to test with, and
// that is a failure: a test that is skipped proves nothing.
func startBrowser() (stop func(), err error) {
	executable := ""
	for _, name := range browsers {
		if executable, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if executable == "" {
		return nil, fmt.Errorf("there is no Chromium (looked for %s): run `make test`, which installs it", strings.Join(browsers, ", "))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(executable),
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
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		stopTab()
		stopAllocator()
		return nil, fmt.Errorf("starting %s: %w", executable, err)
	}
	browser = ctx
	return func() {
		stopTab()
		stopAllocator()
	}, nil
}
