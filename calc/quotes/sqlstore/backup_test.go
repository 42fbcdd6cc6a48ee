package sqlstore

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"suanpan/calc/quotes"
	"suanpan/calc/quotes/storetest"
)

func reader(t *testing.T, where string) *Reader {
	t.Helper()
	r, err := OpenReader(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// TestBackupAtOnce: while sixteen save, a copy is made that has everything that
// was acknowledged before it began, and works elsewhere.
func TestBackupAtOnce(t *testing.T) {
	t.Parallel()
	ctx, file := context.Background(), sqliteFile(t)
	s := open(t, file)
	var mu sync.Mutex
	saved := map[string]string{} // the hashes by id
	var stop atomic.Bool
	var writers sync.WaitGroup
	for range 16 {
		writers.Go(func() {
			for !stop.Load() {
				r := storetest.NewRecord(t, "Quote", "Bay Harbour", "")
				if _, _, err := s.Save(ctx, &quotes.Saving{Record: r, Browser: storetest.NewBrowser()}); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				saved[r.ID] = r.Hash
				mu.Unlock()
			}
		})
	}
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(saved)
	}
	for count() < 200 && !t.Failed() {
	}
	draft := storetest.NewBrowser()
	if err := s.PutDraft(ctx, draft, []byte("{}"), 0, storetest.NewRecord(t, "", "", "").CreatedAt); err != nil {
		t.Error(err)
	}
	mu.Lock()
	before := make(map[string]string, len(saved))
	for id, hash := range saved {
		before[id] = hash
	}
	mu.Unlock()
	elsewhere := t.TempDir()
	to := filepath.Join(elsewhere, "报价 50%.db")
	if err := reader(t, file).Backup(ctx, to); err != nil {
		t.Error(err)
	}
	after := count()
	for count() < after+16 && !t.Failed() { // saving has not stopped
	}
	stop.Store(true)
	writers.Wait()

	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the copy: %v, %v", info, err)
	}
	if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) != 1 {
		t.Errorf("there is more than the copy: %v, %v", entries, err)
	}
	restored := open(t, to)
	if err := restored.Each(ctx, func(m *quotes.Moved) error {
		if saved[m.Record.ID] != m.Record.Hash {
			t.Errorf("%s was never saved", m.Record.ID)
		}
		delete(before, m.Record.ID)
		_, err := m.Record.Open()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(before) > 0 {
		t.Errorf("%d quotes are not in the copy", len(before))
	}
	if d, err := restored.Draft(ctx, draft); err != nil || string(d.Content) != "{}" {
		t.Errorf("the draft is %q, %v", d.Content, err)
	}
	if err := restored.Ready(ctx, storetest.NewRecord(t, "", "", "").CreatedAt); err != nil {
		t.Error(err)
	}
}

func TestBackupRefuses(t *testing.T) {
	t.Parallel()
	ctx, file := context.Background(), sqliteFile(t)
	open(t, file)
	folder := t.TempDir()
	taken := filepath.Join(folder, "taken")
	if err := os.WriteFile(taken, []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := reader(t, file)
	for _, path := range []string{taken, folder, file} {
		if err := r.Backup(ctx, path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: the error is %v", path, err)
		}
	}
	if err := name(file, taken); !errors.Is(err, fs.ErrExist) { // it came meanwhile
		t.Errorf("the error is %v", err)
	}
	if err := r.Backup(ctx, filepath.Join(folder, "none", "copy")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := r.Backup(gone, filepath.Join(folder, "copy")); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("something was left: %v, %v", entries, err)
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "kept" {
		t.Errorf("%q, %v", text, err)
	}
	server := storetest.Postgres(t)
	open(t, server)
	if err := reader(t, server).Backup(ctx, filepath.Join(folder, "copy")); !errors.Is(err, errServer) {
		t.Errorf("the error is %v", err)
	}
}
