package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// healthTimeout is the longest that a program which is well takes to say so.
const healthTimeout = 3 * time.Second

// healthcheck asks the server on this machine whether it is well, for containers
// that have nothing else to ask it with.
func (p *program) healthcheck(ctx context.Context, args []string) error {
	set, _ := p.flags("healthcheck")
	addr := p.address(set)
	ready := set.Bool("ready", false, "ask whether quotes can be saved, too")
	rest, err := p.parse(set, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return &errUsage{"healthcheck takes no arguments"}
	}
	host, port, err := net.SplitHostPort(*addr)
	if err != nil {
		return &errUsage{"-addr: " + err.Error()}
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "localhost" // it listens everywhere
	}
	path := "/healthz"
	if *ready {
		path = "/readyz"
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 200))
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %q", path, answer.Status, said)
	}
	_, err = p.out.Write(said)
	return err
}
