package process

import (
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"suanpan/calc/quotes/storetest"
)

// fault is something that keeps the program from saving quotes for a while.
type fault struct {
	db         string
	begin, end func(t *testing.T, p *process)
	// readable says whether quotes can be opened meanwhile.
	readable bool
	// note makes quotes as long as they have to be.
	note string
	// flags are those of the program.
	flags []string
}

// blink is what a page may take at the most, on a machine that is busy with
// other tests. Whatever waits for the store takes longer, each time it is asked
// for; what was slow because of other work is not slow again and again.
const blink = time.Second

// withstand lets clients save quotes, has a fault happen, and makes sure that
// the program says so, goes on calculating, and recovers without being started
// again and with nothing lost.
func withstand(t *testing.T, f fault) {
	p := launch(t, f.db, f.flags...)
	ready(t, p.url, http.StatusOK)
	first := newVisitor(t, "en").save(t, p.url, newOrder("first", "", ""))
	reps := map[string]*visitor{"refresh": newVisitor(t, "zh"), "save": newVisitor(t, "en")}
	open := map[string]url.Values{} // the draft of each, in its browser
	for do, rep := range reps {
		must(t, http.StatusSeeOther)(rep.add(p.url))
		open[do] = formOf(must(t, http.StatusOK)(rep.get(p.url+"/draft")).page(t), "draft")
	}
	s := &savers{t: t, note: f.note}
	s.add(*first)
	s.url.Store(&p.url)
	s.start(3, 1)
	s.more(10)

	stop := sync.OnceFunc(keepsCalculating(t, p.url))
	defer stop()
	f.begin(t, p)
	var all sync.WaitGroup
	defer all.Wait()
	for do, rep := range reps {
		all.Go(func() { apiSaysSo(t, rep, p.url, f.note) })
		all.Go(func() { draftSaysSo(t, rep, p.url, do, open[do]) })
		all.Go(func() {
			pageSaysSo(t, rep, p.url+"/q/"+first.ID, f.readable)
			pageSaysSo(t, rep, p.url+"/quotes", f.readable)
			pageSaysSo(t, rep, p.url+"/draft", f.readable)
		})
	}
	for end := time.Now().Add(patience); s.refused.Load() == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) || t.Failed() {
			t.Fatal("nobody is refused")
		}
	}
	ready(t, p.url, http.StatusServiceUnavailable)
	must(t, http.StatusOK)(newVisitor(t, "en").get(p.url + "/healthz"))
	all.Wait()
	f.end(t, p)
	ready(t, p.url, http.StatusOK)
	s.more(10)
	stop()
	for do, rep := range reps {
		// What was on the page that could not be saved is saved from there.
		form := open[do]
		form.Set("do", "save")
		r := must(t, http.StatusSeeOther)(rep.post(p.url+"/draft", form))
		q, err := must(t, http.StatusOK)(rep.get(p.url + "/api/v1" + strings.Replace(r.header.Get("Location"), "/q/", "/quotes/", 1))).read()
		if err != nil {
			t.Fatal(err)
		}
		if q.Customer != typed["customer"] || q.Total != "35988.00" {
			t.Errorf("what was saved is not what was typed: %+v", q)
		}
		s.add(*q)
	}
	s.finish(f.db, p.url)
}

// ready asks whether the program is ready, until the answer is as it has to be:
// it may be of a second ago.
func ready(t *testing.T, address string, want int) {
	t.Helper()
	v := newVisitor(t, "en")
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		r, err := v.get(address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		if r.status == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("readyz says %d: %s", r.status, r.body)
		}
	}
}

// keepsCalculating uses the calculators until it is stopped. Each answer has to
// be right and quick, whatever the store does.
func keepsCalculating(t *testing.T, address string) (stop func()) {
	v := newVisitor(t, "en")
	uses := []struct {
		has string
		ask func() (*reply, error)
	}{
		{"35,988.00", func() (*reply, error) { return v.get(address + "/calc/tencent-im?" + typedEstimate) }},
		{"35,988.00", func() (*reply, error) {
			return v.ask(http.MethodPost, address+"/calc/tencent-im", typedEstimate, "Content-Type", "application/x-www-form-urlencoded", "HX-Request", "true")
		}},
		{`"35988.00"`, func() (*reply, error) {
			return v.send(address+"/api/v1/estimates", `{"product":"tencent-im","inputs":{"dau":15000,"history_days":90,"months":12}}`)
		}},
		{"/calc/tencent-im", func() (*reply, error) { return v.get(address + "/") }},
	}
	quit, ended := make(chan struct{}), make(chan struct{})
	count, slowest := 0, time.Duration(0)
	go func() {
		defer close(ended)
		for ; ; count++ {
			select {
			case <-quit:
				return
			case <-time.After(10 * time.Millisecond):
			}
			use := uses[count%len(uses)]
			r, err := use.ask()
			for again := 0; err == nil && r.took > blink && again < 3; again++ {
				r, err = use.ask()
			}
			if err != nil {
				t.Error(err)
				return
			}
			slowest = max(slowest, r.took)
			if r.status != http.StatusOK || !strings.Contains(string(r.body), use.has) || r.took > blink {
				t.Errorf("calculating does not go on: status %d after %v: %.300s", r.status, r.took, r.body)
			}
		}
	}()
	return func() {
		close(quit)
		<-ended
		t.Logf("%d calculations meanwhile, the slowest in %v", count, slowest)
		if count < len(uses) {
			t.Error("nothing was calculated meanwhile")
		}
	}
}

var seconds = regexp.MustCompile(`^[1-9][0-9]*$`)

// notKept is what is said of the store, by language.
var notKept = map[string]string{"en": "Quotes can be neither saved nor opened right now", "zh": "报价暂时无法保存或打开"}

// apiSaysSo saves a quote, and is told in its language that it cannot be.
func apiSaysSo(t *testing.T, v *visitor, address, note string) {
	t.Helper()
	r, err := v.send(address+"/api/v1/quotes", newOrder("refused", "", note))
	if err != nil {
		t.Error(err)
		return
	}
	if r.status != http.StatusServiceUnavailable || r.header.Get("Content-Type") != "application/problem+json" ||
		!seconds.MatchString(r.header.Get("Retry-After")) || !strings.Contains(string(r.body), notKept[v.lang]) {
		t.Errorf("%s: status %d, headers %v: %.300s", v.lang, r.status, r.header, r.body)
	}
}

// pageSaysSo opens a page that needs the store.
func pageSaysSo(t *testing.T, v *visitor, address string, readable bool) {
	t.Helper()
	r, err := v.get(address)
	switch {
	case err != nil:
		t.Error(err)
	case readable && r.status != http.StatusOK:
		t.Errorf("status %d of what can be read: %.300s", r.status, r.body)
	case !readable && (r.status != http.StatusServiceUnavailable || !seconds.MatchString(r.header.Get("Retry-After")) ||
		!strings.Contains(string(r.body), notKept[v.lang]) || !strings.Contains(string(r.body), `<html lang="`+v.lang)):
		t.Errorf("%s: status %d, headers %v: %.1000s", v.lang, r.status, r.header, r.body)
	}
}

// typed is what somebody types while nothing can be saved.
var typed = map[string]string{
	"title": confidential + " <typed> “标题”", "customer": confidential + " 客户 & Co", "note": confidential + "\nlines\n", "valid_days": "14",
}

// draftSaysSo types into the form of a draft and presses a button. It is told
// that nothing can be saved, on a page that has what was typed; the form is then
// that of this page.
func draftSaysSo(t *testing.T, v *visitor, address, do string, form url.Values) {
	t.Helper()
	says := map[string]string{"en": "Nothing could be saved just now", "zh": "暂时无法保存"}[v.lang]
	for name, text := range typed {
		form.Set(name, text)
	}
	form.Set("do", do)
	r, err := v.post(address+"/draft", form)
	if err != nil {
		t.Error(err)
		return
	}
	if r.status != http.StatusServiceUnavailable || !seconds.MatchString(r.header.Get("Retry-After")) || !strings.Contains(string(r.body), says) {
		t.Errorf("%s: status %d, headers %v: %.1000s", v.lang, r.status, r.header, r.body)
		return
	}
	clear(form)
	for name, values := range formOf(r.page(t), "draft") {
		form[name] = values
	}
	for name, text := range typed {
		if got := form.Get(name); got != text {
			t.Errorf("%s was typed as %q, and the page has %q", name, text, got)
		}
	}
}

// TestLocked: another program has the database file for itself.
func TestLocked(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	var other *sql.DB
	var lock *sql.Tx
	withstand(t, fault{
		db: file, readable: true,
		begin: func(t *testing.T, _ *process) {
			var err error
			if other, err = sql.Open("sqlite", "file:"+file+"?_txlock=exclusive&_pragma=busy_timeout(10000)"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { other.Close() })
			if lock, err = other.Begin(); err != nil {
				t.Fatal(err)
			}
		},
		end: func(t *testing.T, _ *process) {
			if err := errors.Join(lock.Rollback(), other.Close()); err != nil {
				t.Fatal(err)
			}
		},
	})
}

// TestMoved: somebody takes the database file away from under the program.
func TestMoved(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	move := func(from, to string) func(*testing.T, *process) {
		return func(t *testing.T, _ *process) {
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
			time.Sleep(500 * time.Millisecond) // nothing waits for a file that is not there; let something be calculated
		}
	}
	withstand(t, fault{db: file, begin: move(file, file+".old"), end: move(file+".old", file)})
}

// TestWithoutPostgres: the database ends, and comes back.
func TestWithoutPostgres(t *testing.T) {
	t.Parallel()
	database := storetest.NewServer(t)
	withstand(t, fault{
		db:    database.Database(t),
		begin: func(t *testing.T, _ *process) { database.Stop(t) },
		end:   func(t *testing.T, _ *process) { database.Start(t) },
	})
}

// TestDiskFull: the files of the program cannot grow any more, as if the
// disk were full. Everybody may limit them so.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	var was syscall.Rlimit
	withstand(t, fault{
		db: file, readable: true, note: strings.Repeat("机", 4000),
		begin: func(t *testing.T, p *process) {
			info, err := os.Stat(file + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			limit(t, p, nil, &was)
			full := was
			full.Cur = uint64(info.Size())
			limit(t, p, &full, nil)
		},
		end: func(t *testing.T, p *process) { limit(t, p, &was, nil) },
	})
}

// limit sets how large the files of a process may become, and returns how large
// they might before.
func limit(t *testing.T, p *process, to, was *syscall.Rlimit) {
	t.Helper()
	if _, _, failed := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.cmd.Process.Pid), syscall.RLIMIT_FSIZE,
		uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(was)), 0, 0); failed != 0 {
		t.Fatalf("the files of the program cannot be limited: %v", failed)
	}
}

// TestOnFullDisk is the same on a disk that is really full. Only root can
// make one for a test; for others, who cannot, it is TestDiskFull.
func TestOnFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=24m,mode=0700"); errors.Is(err, syscall.EPERM) {
		t.Skip("only root can make a disk, and not everywhere")
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(folder, "ballast")
	withstand(t, fault{
		db: filepath.Join(folder, "quotes.db"), readable: true, note: strings.Repeat("机", 4000), flags: []string{"-free-space", "0"},
		begin: func(t *testing.T, _ *process) {
			f, err := os.Create(ballast)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := io.Copy(f, zeros{}); !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("the disk is not full: %v", err)
			}
		},
		end: func(t *testing.T, _ *process) {
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		},
	})
}

// zeros never ends.
type zeros struct{}

// Read reads zeros.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
