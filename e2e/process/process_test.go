// Package process runs the program as it is run everywhere: built, as a process
// of its own, on a database of its own. It knows the program by its commands,
// addresses and databases, and imports none of the packages that it is
// made of; the database server comes from the tests of the stores.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// executable is the program, built once, as the Dockerfile does.
var executable string

func TestMain(m *testing.M) {
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "process:", err)
		status = 1
	}
	os.Exit(status)
}

// builtVersion is the release that the program is told to be.
const builtVersion = "v0.0.0-test"

// run builds the program before any test begins, so that no test's time has it.
func run(m *testing.M) (status int, err error) {
	folder, err := os.MkdirTemp("", "suanpan-process-")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	executable = filepath.Join(folder, "suanpan")
	image, err := readImage()
	if err != nil {
		return 1, err
	}
	build := exec.Command("/bin/sh", "-ec", strings.ReplaceAll(image.build, " /suanpan", " "+executable))
	build.Dir = root
	build.Env = append(os.Environ(), "VERSION="+builtVersion)
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return m.Run(), nil
}

// root is the folder of the module.
const root = "../.."

// patience is how long anything may take that has to happen at once, on a
// machine that is busy with other work. A test that waits for it goes on as soon
// as it has happened.
const patience = time.Minute

// process is the built program while it serves.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	// url is where it serves, once it does.
	url       string
	out, errs said
	ended     chan struct{}
}

// said is what a process has said so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to it.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String returns all of it.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// newFile returns the name of a SQLite database that is not there yet.
func newFile(t *testing.T) (db string) {
	t.Helper()
	return filepath.Join(t.TempDir(), "quotes.db")
}

// isServer reports whether a database is a server's, and not a file.
func isServer(db string) bool { return strings.HasPrefix(db, "postgres://") }

// begin starts the program on a database, with more flags if need be, and does
// not wait for it. It ends with the test, when what it has said must not have
// told anything.
func begin(t *testing.T, db string, flags ...string) *process {
	t.Helper()
	return beginIn(t, []string{}, append([]string{"-addr", "127.0.0.1:0", "-rate", "0", "-db", db}, flags...)...)
}

// beginIn starts the program in an environment, with nothing but these flags.
func beginIn(t *testing.T, environment []string, flags ...string) *process {
	t.Helper()
	p := &process{t: t, ended: make(chan struct{})}
	p.cmd = exec.Command(executable, flags...)
	p.cmd.Env, p.cmd.Dir = environment, filepath.Dir(executable)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.kill()
		tellsNothing(t, "the log", p.errs.String())
	})
	return p
}

// launch starts the program on a database and waits until it serves.
func launch(t *testing.T, db string, flags ...string) *process {
	t.Helper()
	p := begin(t, db, flags...)
	p.serves()
	return p
}

// serves waits until the program serves.
func (p *process) serves() {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if _, address, found := strings.Cut(p.out.String(), "http://"); found && strings.HasSuffix(address, "\n") {
			p.url = "http://" + strings.TrimSpace(address)
			return
		}
		select {
		case <-p.ended:
			p.t.Fatalf("the program ended: %s", &p.errs)
		default:
		}
	}
	p.t.Fatalf("the program does not serve: %s", &p.errs)
}

// measured are the flags of a program that has metrics, on an address of their
// own.
var measured = []string{"-metrics-addr", "127.0.0.1:0"}

var metricsLine = regexp.MustCompile(`"msg":"metrics","address":"([^"]+)"`)

// metrics returns where the metrics of a program are, which its log says.
func (p *process) metrics() string {
	p.t.Helper()
	found := metricsLine.FindStringSubmatch(p.errs.String())
	if found == nil {
		p.t.Fatalf("the log does not say where the metrics are: %s", &p.errs)
	}
	return "http://" + found[1]
}

// kill ends the program at once, without telling it.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	<-p.ended
}

// terminate tells the program to end.
func (p *process) terminate() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
}

// endsWell waits for the end of a program that was told to.
func (p *process) endsWell() {
	p.t.Helper()
	select {
	case <-p.ended:
		if status := p.cmd.ProcessState.ExitCode(); status != 0 {
			p.t.Errorf("the program ended with %d: %s", status, &p.errs)
		}
	case <-time.After(patience):
		p.t.Error("the program does not end when it is told to")
	}
}

// result is what a command of the program left behind.
type result struct {
	status   int
	out, err string
}

// carryOut runs a command of the program to its end.
func carryOut(t *testing.T, in string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, executable, args...)
	cmd.Env, cmd.Dir = []string{}, filepath.Dir(executable)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}
