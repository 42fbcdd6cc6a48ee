package process

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alone makes a command run with a folder as the whole file system. Root may do
// so; anybody else gets a user namespace of their own for it.
func alone(folder string) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Chroot: folder}
	if os.Geteuid() != 0 {
		attr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return attr
}

// TestProgramRunsAlone starts the program where there is nothing else: no
// libraries, no time zones, no MIME types, no working folder but the root. It is
// never skipped: a system on which it cannot run does not prove anything.
func TestProgramRunsAlone(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	// A copy that is written here could not be run while another test, starting
	// something else, still has it open.
	if err := os.Link(executable, filepath.Join(root, "suanpan")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience) // however it goes wrong
	defer cancel()
	cmd := exec.CommandContext(ctx, "/suanpan", "-addr", "127.0.0.1:0")
	cmd.Dir, cmd.Env = "/", []string{}
	cmd.SysProcAttr = alone(root)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatalf("the program cannot be started in an empty root: %v", err)
	}
	ended := make(chan error, 1)
	stopped := false
	defer func() {
		if !stopped {
			cmd.Process.Kill()
			<-ended
		}
	}()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	go func() { ended <- cmd.Wait() }()
	if err != nil {
		t.Fatalf("the program said nothing: %v\n%s", err, stderr.String())
	}
	i := strings.Index(line, "http://")
	if i < 0 {
		t.Fatalf("no address in %q", line)
	}
	url := strings.TrimSpace(line[i:])

	client := &http.Client{Timeout: patience}
	page := fetch(t, client, url+"/calc/tencent-im?dau=15000&history_days=90&months=12", "text/html; charset=utf-8")
	if !strings.Contains(page, "¥35,988.00") {
		t.Error("the page does not have the total")
	}
	fetch(t, client, url+"/api/v1/products", "application/json")
	// Content types must not come from the system's files.
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for ext, kind := range kinds {
		before, _, ok := strings.Cut(page, ext+`"`)
		if !ok {
			t.Errorf("the page loads no %s", ext)
			continue
		}
		fetch(t, client, url+before[strings.LastIndex(before, `"`)+1:]+ext, kind)
	}

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		stopped = true
		if err != nil {
			t.Errorf("the program ended with %v\n%s", err, stderr.String())
		}
	case <-time.After(patience):
		t.Error("the program does not end when it is told to")
	}
	// Nothing was written beside the program.
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "suanpan" {
			t.Logf("the program left %s", e.Name())
		}
	}
}

// fetch gets an address and checks the status and content type.
func fetch(t *testing.T, client *http.Client, url, kind string) string {
	t.Helper()
	res, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || !strings.EqualFold(res.Header.Get("Content-Type"), kind) {
		t.Errorf("%s: status %d, content type %q, want %q", url, res.StatusCode, res.Header.Get("Content-Type"), kind)
	}
	return string(body)
}
