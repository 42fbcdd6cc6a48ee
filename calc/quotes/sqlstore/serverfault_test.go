package sqlstore

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

func TestPostgresGoneAndBack(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(t)
	l := &ledger{t: t, s: open(t, server.Database(t))}
	l.works()
	for range 2 {
		server.Stop(t)
		for range 3 {
			begin := time.Now()
			unavailable(t, "Save", l.save(0))
			_, err := l.s.Quote(context.Background(), l.saved[0].ID)
			unavailable(t, "Quote", err)
			if took := time.Since(begin); took > slack {
				t.Errorf("it took %v to say so", took)
			}
		}
		l.isReady(false)
		server.Start(t)
		l.works()
		l.isReady(true)
	}
}

// TestPostgresGoesWhileSaving: the server ends in the middle of it all. What
// was acknowledged is there; what was not may be, whole.
func TestPostgresGoesWhileSaving(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(t)
	s := open(t, server.Database(t))
	acknowledged := make(chan string, 10_000)
	failed := make(chan error, 20)
	var stop atomic.Bool
	for range cap(failed) {
		go func() {
			for !stop.Load() {
				r := storetest.NewRecord(t, "", "", "")
				if _, _, err := s.Save(context.Background(), &quotes.Saving{Record: r}); err != nil {
					failed <- err
					return
				}
				select {
				case acknowledged <- r.ID:
				default:
					stop.Store(true)
				}
			}
			failed <- nil
		}()
	}
	for range 100 {
		<-acknowledged
	}
	var ids []string
	server.Stop(t)
	for range cap(failed) {
		unavailable(t, "Save", <-failed)
	}
	close(acknowledged)
	for id := range acknowledged {
		ids = append(ids, id)
	}
	server.Start(t)
	for _, id := range ids {
		r, err := s.Quote(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Open(); err != nil {
			t.Error(err)
		}
	}
}

// TestPostgresLocked: somebody holds what is needed, as a backup or an
// administrator may.
func TestPostgresLocked(t *testing.T) {
	t.Parallel()
	where := storetest.Postgres(t)
	l := &ledger{t: t, s: open(t, where)}
	l.works()
	other, err := open(t, where).writer.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec("LOCK TABLE quotes, probes IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	unavailable(t, "Save", l.save(0))
	if took := time.Since(begin); took > lockPatience+slack {
		t.Errorf("it took %v to say so", took)
	}
	l.isReady(false)
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	l.isReady(true)
	l.works()
}

// TestPostgresHangs: the network swallows everything for a while.
func TestPostgresHangs(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(t)
	where := server.Database(t)
	wire := newWire(t, server.Socket())
	l := &ledger{t: t, s: open(t, where+"&host="+wire.folder)}
	l.works()
	wire.cut.Store(true)
	begin := time.Now()
	errs := make(chan error)
	for range 2 * postgresReaders { // more than there are connections
		go func() {
			_, err := l.s.Quote(context.Background(), l.saved[0].ID)
			errs <- err
		}()
	}
	l.isReady(false)
	for range 2 * postgresReaders {
		unavailable(t, "Quote", <-errs)
	}
	if took := time.Since(begin); took > patience+slack {
		t.Errorf("it took %v to say so", took)
	}
	wire.cut.Store(false)
	l.isReady(true)
	l.works()
}

// wire is a way to a server that can be cut without either end being told.
type wire struct {
	folder string
	cut    atomic.Bool
}

func newWire(t *testing.T, socket string) *wire {
	t.Helper()
	folder, err := os.MkdirTemp("", "wire") // a socket's name may not be long
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(folder, filepath.Base(socket)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		listener.Close()
		os.RemoveAll(folder)
	})
	w := &wire{folder: folder}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", socket)
			if err != nil {
				near.Close()
				return
			}
			go w.carry(near, far)
			go w.carry(far, near)
		}
	}()
	return w
}

// carry copies what comes from one end to the other, unless the wire is cut.
func (w *wire) carry(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if w.cut.Load() {
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}
