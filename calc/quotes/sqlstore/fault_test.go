package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

// slack is what a busy machine may add to a time limit.
const slack = 3 * time.Second

// incompressible returns so many bytes that no compression makes fewer.
func incompressible(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// ledger knows what was acknowledged.
type ledger struct {
	t     *testing.T
	s     *store
	saved []quotes.Record
}

// save saves a quote, whose document is so much longer, and writes down that it
// did.
func (l *ledger) save(padding int) error {
	l.t.Helper()
	r := storetest.NewRecord(l.t, "", string(make([]byte, padding)), "")
	_, _, err := l.s.Save(context.Background(), &quotes.Saving{Record: r, Browser: storetest.NewBrowser()})
	if err == nil {
		l.saved = append(l.saved, r)
	}
	return err
}

// works fails the test unless the store can save, and has all that it has
// acknowledged, whole, and nothing else.
func (l *ledger) works() {
	l.t.Helper()
	if err := l.save(0); err != nil {
		l.t.Fatalf("the store does not work: %v", err)
	}
	i := 0
	if err := l.s.Each(context.Background(), func(m *quotes.Moved) error {
		if _, err := m.Record.Open(); err != nil {
			return err
		}
		if i < len(l.saved) && m.Record.ID != l.saved[i].ID {
			return fmt.Errorf("%s is there, and %s is expected", m.Record.ID, l.saved[i].ID)
		}
		i++
		return nil
	}); err != nil {
		l.t.Fatal(err)
	}
	if i != len(l.saved) {
		l.t.Fatalf("%d quotes are there, and %d were saved", i, len(l.saved))
	}
}

// isReady asks until the answer is what is expected: it may be of a second ago.
func (l *ledger) isReady(want bool) {
	l.t.Helper()
	var err error
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		begin := time.Now()
		err = l.s.Ready(context.Background(), time.Now())
		if took := time.Since(begin); took > readyWithin+slack {
			l.t.Errorf("Ready took %v", took)
		}
		if err != nil && !errors.Is(err, quotes.ErrUnavailable) {
			l.t.Fatal(err)
		}
		if (err == nil) == want {
			return
		}
	}
	l.t.Fatalf("ready: %v, expected: %v", err, want)
}

// unavailable fails the test unless an error is ErrUnavailable.
func unavailable(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, quotes.ErrUnavailable) {
		t.Errorf("%s: the error is %v", what, err)
	}
}

// The environment variables that make the test program do something else than
// test, in a process of its own: lock a database file, or open one as a store.
const (
	lockHelper = "SQLSTORE_TEST_LOCK"
	openHelper = "SQLSTORE_TEST_OPEN"
)

// another returns the test program as another program.
func another(variable, file string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), variable+"="+file)
	c.Stderr = os.Stderr
	return c
}

// lockFile takes a database file for itself and says so, until its input ends.
func lockFile(file string) error {
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=exclusive")
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	fmt.Println("locked")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return tx.Rollback()
}

// openFile opens a store, and saves a quote so that it is worth something.
func openFile(file string) error {
	s, err := Open(context.Background(), file)
	if err != nil {
		return err
	}
	r := quotes.Record{ID: quotes.NewSecret(), Document: []byte{}, Owner: []byte{}}
	_, _, err = s.Save(context.Background(), &quotes.Saving{Record: r})
	return errors.Join(err, s.Close())
}

func TestMain(m *testing.M) {
	var err error
	if file := os.Getenv(lockHelper); file != "" {
		err = lockFile(file)
	} else if file := os.Getenv(openHelper); file != "" {
		err = openFile(file)
	} else {
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestLockedByAnotherProgram(t *testing.T) {
	t.Parallel()
	file := sqliteFile(t)
	l := &ledger{t: t, s: open(t, file)}
	l.works()

	other := another(lockHelper, file)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := io.ReadAll(io.LimitReader(out, 6)); string(said) != "locked" {
		t.Fatalf("the other program said %q: %v", said, err)
	}

	begin := time.Now()
	unavailable(t, "Save", l.save(0))
	if took := time.Since(begin); took > lockPatience+slack {
		t.Errorf("it took %v to say so", took)
	}
	// Reading goes on.
	if _, err := l.s.Quote(context.Background(), l.saved[0].ID); err != nil {
		t.Error(err)
	}
	l.isReady(false)
	in.Close()
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	l.isReady(true)
	l.works()
}

// TestDiskFull: files of this program may not grow any more for a while, as if
// the disk were full. A limit does that without any privilege; it is of the
// whole process, so nothing else runs meanwhile.
func TestDiskFull(t *testing.T) {
	file := sqliteFile(t)
	l := &ledger{t: t, s: open(t, file)}
	l.works()
	info, err := os.Stat(file + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	restore := func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Fatal(err)
		}
	}
	defer restore()
	full := old
	full.Cur = uint64(info.Size()) + 300_000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Fatal(err)
	}
	fillUp(l)
	l.isReady(false)
	if _, err := l.s.Quote(context.Background(), l.saved[0].ID); err != nil {
		t.Error(err)
	}
	restore()
	l.isReady(true)
	l.works()
}

// TestRealDiskFull is the same on a small disk that is really full. Only root
// can make one; everybody else has TestDiskFull.
func TestRealDiskFull(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a disk")
	}
	folder := smallDisk(t)
	l := &ledger{t: t, s: open(t, filepath.Join(folder, "quotes.db"))}
	l.works()
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 6<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	fillUp(l)
	l.isReady(false)
	if _, err := l.s.Quote(context.Background(), l.saved[0].ID); err != nil {
		t.Error(err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	l.isReady(true)
	l.works()
}

// TestNearlyFull: less is free than has to stay free. Nothing is saved, all is
// read, and once there is room everything goes on.
func TestNearlyFull(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a disk")
	}
	folder := smallDisk(t)
	s, err := Open(context.Background(), filepath.Join(folder, "quotes.db"), FreeSpace(4<<20))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	l := &ledger{t: t, s: s.(*store)}
	l.works()
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	l.isReady(false)
	err = l.save(0)
	unavailable(t, "Save", err)
	if !errors.Is(err, errFull) {
		t.Errorf("the reason is %v", err)
	}
	unavailable(t, "PutDraft", l.s.PutDraft(context.Background(), storetest.NewBrowser(), []byte("{}"), 0, time.Now()))
	if _, err := l.s.Quote(context.Background(), l.saved[0].ID); err != nil {
		t.Error(err)
	}
	if err := l.s.Withdraw(context.Background(), l.saved[0].ID, time.Now()); err != nil {
		t.Errorf("what erases something: %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	l.isReady(true)
	if err := l.save(0); err != nil {
		t.Error(err)
	}
}

// smallDisk mounts a disk of 8 MB.
func smallDisk(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=8m,mode=0700"); err != nil {
		t.Skipf("this root may not mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// fillUp saves quotes until there is no room, and then some.
func fillUp(l *ledger) {
	l.t.Helper()
	for range 200 {
		if err := l.save(20_000); err != nil {
			for range 5 {
				unavailable(l.t, "Save", err)
				err = l.save(20_000)
			}
			unavailable(l.t, "PutDraft", l.s.PutDraft(context.Background(), storetest.NewBrowser(), incompressible(2<<20), 0, time.Now()))
			return
		}
	}
	l.t.Fatal("there is room for everything")
}
