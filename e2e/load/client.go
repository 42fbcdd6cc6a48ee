package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// request is what is asked for again and again.
type request struct {
	name, method, path, body, kind string
	headers                        map[string]string
}

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

func get(name, path string) request { return request{name: name, method: http.MethodGet, path: path} }

// live is what htmx sends when somebody types.
func live(name, path, form string) request {
	return request{name: name, method: http.MethodPost, path: path, body: form, kind: formType, headers: map[string]string{"HX-Request": "true"}}
}

func post(name, path, json string) request {
	return request{name: name, method: http.MethodPost, path: path, body: json, kind: jsonType}
}

func (r *request) send(ctx context.Context, c *http.Client, url string) (*http.Response, error) {
	out, err := http.NewRequestWithContext(ctx, r.method, url+r.path, strings.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	if r.name != "" {
		out.Header.Set("Accept-Encoding", "gzip") // what is only counted need not be unpacked
	}
	if r.kind != "" {
		out.Header.Set("Content-Type", r.kind)
	}
	for name, value := range r.headers {
		out.Header.Set(name, value)
	}
	return c.Do(out)
}

// answers is what came of many requests.
type answers struct {
	mu       sync.Mutex
	statuses map[int]int
	took     []time.Duration
	// refused without saying when to try again
	silent int
}

func newAnswers() *answers { return &answers{statuses: map[int]int{}} }

// ask sends one request and notes its answer; status 0 is none.
func (a *answers) ask(ctx context.Context, c *http.Client, url string, r *request) {
	from := time.Now()
	status, silent := 0, 0
	res, err := r.send(ctx, c, url)
	if err == nil {
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
	if ctx.Err() != nil {
		return // the time is over
	}
	if err == nil {
		status = res.StatusCode
		if status == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
			silent = 1
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.statuses[status]++
	a.silent += silent
	a.took = append(a.took, time.Since(from))
}

// percentile returns the time within which so many of a hundred were answered.
func (a *answers) percentile(p int) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.took) == 0 {
		return 0
	}
	sorted := slices.Clone(a.took)
	slices.Sort(sorted)
	return sorted[(len(sorted)-1)*p/100]
}

// client returns one that keeps so many connections.
func client(connections int) *http.Client {
	return &http.Client{
		Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConns: connections, MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true},
	}
}

// repeat asks for something over so many connections until the time is over.
func repeat(url string, r *request, connections int, lasting time.Duration) *answers {
	a, c := newAnswers(), client(connections)
	ctx, end := context.WithTimeout(context.Background(), lasting)
	defer end()
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			for ctx.Err() == nil {
				a.ask(ctx, c, url, r)
			}
		})
	}
	all.Wait()
	c.CloseIdleConnections()
	return a
}
