package main

import (
	"fmt"
	"time"
)

// floor is the least share of a fixed handler that a page has to reach.
type floor struct {
	request
	least float64
}

// runs are how often each is measured; the best counts.
const runs = 3

// shares measures how many requests a second each page answers, as a share of
// what a fixed handler does in the same run.
func shares(s *server) (bool, error) {
	d, err := learn(s.url)
	if err != nil {
		return false, err
	}
	base, stop, err := fixed()
	if err != nil {
		return false, err
	}
	defer stop()
	best := map[string]float64{}
	measure := func(url string, r request) error {
		a := repeat(url, &r, 16, 2*time.Second)
		for status, n := range a.statuses {
			if status != 200 {
				return fmt.Errorf("%s: %d answers of status %d", r.name, n, status)
			}
		}
		best[r.name] = max(best[r.name], float64(len(a.took))/2)
		return nil
	}
	floors, err := d.floors(s.url)
	if err != nil {
		return false, err
	}
	two := get("a fixed handler", "/")
	for range runs {
		if err := measure(base, two); err != nil {
			return false, err
		}
		for _, f := range floors {
			if err := measure(s.url, f.request); err != nil {
				return false, err
			}
		}
	}
	fmt.Printf("%-34s %9.0f a second\n", two.name, best[two.name])
	ok := true
	for _, f := range floors {
		share := best[f.name] / best[two.name]
		ok = ok && share >= f.least
		fmt.Printf("%-34s %9.0f a second   share %.4f   floor %.3f %s\n", f.name, best[f.name], share, f.least, held(share >= f.least))
	}
	now, most, err := s.memory()
	fmt.Printf("resident memory %.0f MB, at the most %.0f MB\n", now, most)
	return ok, err
}
