package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Postgres returns the address of a fresh database, on a server that is started
// when the first test asks for it and ends with the test program. A machine
// without PostgreSQL fails the test; a short run does without.
func Postgres(t testing.TB) (address string) {
	t.Helper()
	skipShort(t)
	shared.Do(func() { sharedServer, errShared = start() })
	if errShared != nil {
		t.Fatal(errShared)
	}
	return sharedServer.Database(t)
}

func skipShort(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts PostgreSQL: left to the run that is not short")
	}
}

var (
	shared       sync.Once
	sharedServer *Server
	errShared    error
)

// Server is a PostgreSQL server that a test has for itself.
type Server struct {
	bin, folder string
	as          *syscall.Credential
	// guard lives as long as keep is open. It ends the server and removes the
	// folder, so that nothing is left behind however the test program ends.
	guard *exec.Cmd
	keep  io.Closer

	server *exec.Cmd
	ended  chan struct{}
	made   atomic.Int64
}

// NewServer starts a server, which ends with the test. A short run does without.
func NewServer(t testing.TB) *Server {
	t.Helper()
	skipShort(t)
	s, err := start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.keep.Close()
		_ = s.guard.Wait()
	})
	return s
}

// Database makes a database and returns its address.
func (s *Server) Database(t testing.TB) (address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	name := "quotes" + strconv.FormatInt(s.made.Add(1), 10)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return s.address(name)
}

// Socket returns the file that the server listens on.
func (s *Server) Socket() string { return filepath.Join(s.folder, ".s.PGSQL.5432") }

func (s *Server) address(database string) string {
	query := url.Values{"host": {s.folder}, "user": {superuser}}
	return "postgres:///" + database + "?" + query.Encode()
}

// Stop ends the server at once, as if its machine had failed.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.server.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(startTime):
		t.Fatal("PostgreSQL does not stop")
	}
}

// Start starts the server again after Stop.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.run(); err != nil {
		t.Fatal(err)
	}
}

const (
	superuser = "postgres"
	// startTime is the most that starting and stopping may take, on a machine
	// that is busy with other things.
	startTime = 30 * time.Second
)

// guardScript waits for the end of its input, then for the end of the server.
const guardScript = `cd "$1" && cat >/dev/null
if [ -s data/postmaster.pid ]; then
	pid=$(head -n 1 data/postmaster.pid)
	kill -QUIT "$pid" 2>/dev/null
	while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
fi
cd / && rm -rf "$1"`

// start makes a database cluster in a temporary folder and starts a server.
// PostgreSQL refuses to run as root, so root runs it as somebody else.
func start() (s *Server, err error) {
	s = &Server{}
	if s.bin, err = postgresBin(); err != nil {
		return nil, err
	}
	// A socket's name may not be long, which names of tests' folders are.
	if s.folder, err = os.MkdirTemp("", "pg"); err != nil {
		return nil, err
	}
	if os.Geteuid() == 0 {
		if s.as, err = unprivileged(); err != nil {
			return nil, errors.Join(err, os.RemoveAll(s.folder))
		}
		if err := os.Chown(s.folder, int(s.as.Uid), int(s.as.Gid)); err != nil {
			return nil, errors.Join(err, os.RemoveAll(s.folder))
		}
	}
	s.guard = s.command("/bin/sh", "-c", guardScript, "sh", s.folder)
	if s.keep, err = s.guard.StdinPipe(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	if err := s.guard.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	initdb := s.command(filepath.Join(s.bin, "initdb"), "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username="+superuser, "data")
	if out, err := initdb.CombinedOutput(); err != nil {
		s.keep.Close()
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	if err := s.run(); err != nil {
		s.keep.Close()
		return nil, err
	}
	return s, nil
}

// command returns a command that runs in the server's folder, away from what is
// typed at the terminal.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = s.folder
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Setsid: true}
	return c
}

// run starts the server and waits until it answers.
func (s *Server) run() error {
	log, err := os.OpenFile(filepath.Join(s.folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	// No test takes the machine's power away, and without waiting for the disk
	// the others on it are left in peace.
	server := s.command(filepath.Join(s.bin, "postgres"), "-D", "data", "-k", s.folder, "-c", "listen_addresses=",
		"-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "autovacuum=off", "-c", "fsync=off")
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		_ = server.Wait()
		close(ended)
	}()
	s.server, s.ended = server, ended

	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.address("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ended:
			err = errors.New("it ended")
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
			continue
		}
		text, _ := os.ReadFile(log.Name())
		return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, text)
	}
}

// postgresBin finds the folder of the newest PostgreSQL server of the system.
func postgresBin() (string, error) {
	// The versions are numbers of two digits.
	found, err := filepath.Glob("/usr/lib/postgresql/[0-9][0-9]/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found)), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("there is no PostgreSQL server on this machine: install it, from the package postgresql")
	}
	return filepath.Dir(initdb), nil
}

// unprivileged returns somebody who may run a server.
func unprivileged() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
