package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// server is a running program with a store of its own.
type server struct {
	command *exec.Cmd
	folder  string
	url     string
}

// start runs the program without a limit on requests.
func start(program string) (*server, error) {
	folder, err := os.MkdirTemp("", "load")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := listener.Addr().String()
	listener.Close()
	s := &server{
		command: exec.Command(program, "serve", "-addr", address, "-db", filepath.Join(folder, "quotes.db"), "-rate", "0"),
		folder:  folder, url: "http://" + address,
	}
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if res, err := http.Get(s.url + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	return nil, errors.New("the program does not become ready")
}

func (s *server) stop() {
	_ = s.command.Process.Kill()
	_ = s.command.Wait()
	_ = os.RemoveAll(s.folder)
}

// memory returns how much memory the program has resident, now and at the most,
// in MB.
func (s *server) memory() (now, most float64, err error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, rest, _ := strings.Cut(lines.Text(), ":")
		fields := strings.Fields(rest)
		if len(fields) == 0 {
			continue
		}
		kb, _ := strconv.ParseFloat(fields[0], 64)
		switch name {
		case "VmRSS":
			now = kb / 1000
		case "VmHWM":
			most = kb / 1000
		}
	}
	return now, most, nil
}

// fixed starts a handler that answers two bytes, whatever it is asked for: what
// the machine, the network and the client reach without any work.
func fixed() (url string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(w, "ok")
		}))
	}()
	return "http://" + listener.Addr().String(), func() { listener.Close() }, nil
}
