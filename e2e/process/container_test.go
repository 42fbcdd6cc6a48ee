package process

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// image is what the Dockerfile says: how the program is built, and how it is run.
type image struct {
	build, user         string
	env, command, check []string
}

// readImage reads the Dockerfile, as far as it is needed to do what it says
// without a container engine.
func readImage() (*image, error) {
	text, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		return nil, err
	}
	i := &image{}
	for line := range strings.Lines(string(text)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		var list []string
		switch word {
		case "RUN":
			if strings.Contains(rest, "go build") {
				i.build = rest
			}
		case "USER":
			i.user = rest
		case "ENV":
			i.env = strings.Fields(rest)
		case "ENTRYPOINT", "CMD":
			if err := json.Unmarshal([]byte(rest), &list); err != nil {
				return nil, err
			}
			i.command = append(i.command, list...)
		case "HEALTHCHECK":
			_, check, _ := strings.Cut(rest, "CMD ")
			if err := json.Unmarshal([]byte(check), &i.check); err != nil {
				return nil, err
			}
		}
	}
	if i.build == "" || i.user != "65532:65532" || len(i.env) == 0 || len(i.command) == 0 || len(i.check) == 0 {
		return nil, fmt.Errorf("the Dockerfile was not understood: %+v", i)
	}
	return i, nil
}

// TestContainer runs the program as its container does: as somebody who is not
// root, in a file system that has nothing but the program and the folder of its
// data, which alone can be written to. Only root can take a process into such a
// file system.
func TestContainer(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can have a process see nothing but a folder")
	}
	image, err := readImage()
	if err != nil {
		t.Fatal(err)
	}
	box := t.TempDir()
	program, err := os.ReadFile(executable)
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(box, "data")
	if err := errors.Join(os.WriteFile(filepath.Join(box, "suanpan"), program, 0o555), os.Mkdir(data, 0o755), os.Chown(data, 65532, 65532), os.Chmod(box, 0o555)); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	inside := func(command []string) *exec.Cmd {
		c := exec.Command(command[0], command[1:]...)
		c.Path, c.Dir = command[0], "/"
		c.Env = append(image.env[:len(image.env):len(image.env)], "SUANPAN_ADDR="+address)
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: box, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		return c
	}
	isWell := func(more ...string) error {
		out, err := inside(append(image.check[:len(image.check):len(image.check)], more...)).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := isWell(); errors.Is(err, syscall.EPERM) {
		t.Skip("not every root may")
	} else if err == nil {
		t.Error("a program that does not run is well")
	}
	p := &process{t: t, ended: make(chan struct{}), url: "http://" + address, cmd: inside(image.command)}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	p.serves()
	for _, more := range [][]string{nil, {"-ready"}} {
		if err := isWell(more...); err != nil {
			t.Error(err)
		}
	}
	// What does not fit into memory is put into files elsewhere by some databases.
	v := newVisitor(t, "en")
	for range 3 {
		v.save(t, p.url, newOrder("first", "", strings.Repeat("机", 4000)))
	}
	if r := must(t, http.StatusOK)(v.get(p.url + "/readyz")); r.took > blink {
		t.Errorf("it takes %v to be ready", r.took)
	}
	if err := filepath.WalkDir(box, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && name != filepath.Join(box, "suanpan") && filepath.Dir(name) != data {
			t.Errorf("%s was written", name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	said, err := inside([]string{"/suanpan", "version"}).Output()
	if err != nil || !strings.HasPrefix(string(said), "suanpan "+builtVersion+" go") {
		t.Errorf("it says it is %q: %v", said, err)
	}
	p.terminate()
	p.endsWell()
	if err := isWell(); err == nil {
		t.Error("a program that has ended is well")
	}
}
