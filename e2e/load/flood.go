package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	// floodConnections ask for the dearest there is.
	floodConnections = 200
	// mostMemory is how much the program may have resident meanwhile, in MB, and
	// longestLive how long a visitor's live answer may take, but for one in a
	// hundred.
	mostMemory  = 400
	longestLive = 500 * time.Millisecond
)

// flood asks for the dearest request of one route after the other, over many
// connections at once, while a visitor types elsewhere.
func flood(s *server, lasting time.Duration) (bool, error) {
	d, err := learn(s.url)
	if err != nil {
		return false, err
	}
	all, err := d.dearest(s.url)
	if err != nil {
		return false, err
	}
	ctx, end := context.WithCancel(context.Background())
	visitor, typed := newAnswers(), make(chan bool)
	go func() {
		defer close(typed)
		c := client(1)
		for n := 0; ctx.Err() == nil; n++ {
			r := live("", d.smallest, fmt.Sprintf("dau=%d&months=12", 10_000+n))
			visitor.ask(ctx, c, s.url, &r)
			time.Sleep(20 * time.Millisecond)
		}
	}()
	ok := true
	for _, r := range all {
		a := repeat(s.url, &r, floodConnections, lasting/time.Duration(len(all)))
		now, _, err := s.memory()
		if err != nil {
			end()
			return false, err
		}
		for status := range a.statuses {
			if status == 0 || status >= 500 && status != http.StatusServiceUnavailable {
				ok = false
			}
		}
		ok = ok && a.silent == 0
		fmt.Printf("%-34s p50 %6.0f ms  p99 %6.0f ms  memory %4.0f MB  answers %v\n", r.name, ms(a.percentile(50)), ms(a.percentile(99)), now, a.statuses)
	}
	end()
	<-typed
	_, most, err := s.memory()
	p99 := visitor.percentile(99)
	answered := visitor.statuses[200] == len(visitor.took)
	fmt.Printf("a visitor who types: %d answers %v, p50 %.0f ms, p99 %.0f ms, at most %.0f ms %s\n",
		len(visitor.took), visitor.statuses, ms(visitor.percentile(50)), ms(p99), ms(longestLive), held(answered && p99 <= longestLive))
	fmt.Printf("resident memory at the most %.0f MB, below %d MB %s\n", most, mostMemory, held(most < mostMemory))
	fmt.Printf("nothing but answers and 503 with Retry-After %s\n", held(ok))
	return ok && answered && p99 <= longestLive && most < mostMemory, err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

const (
	visitors = 200
	// mostResident is how much the program may have resident after they typed, in
	// MB.
	mostResident = 150
	typingTime   = 20 * time.Second
)

// typing has many visitors type at once: five changes a second in bursts, each
// with its live answer, and the outlook when they pause, as the page asks for it.
func typing(s *server) (bool, error) {
	d, err := learn(s.url)
	if err != nil {
		return false, err
	}
	ctx, end := context.WithTimeout(context.Background(), typingTime)
	defer end()
	c := client(2 * visitors)
	answer, outlook := newAnswers(), newAnswers()
	var all sync.WaitGroup
	for v := range visitors {
		all.Go(func() {
			page := d.typed[v%len(d.typed)]
			wait(ctx, time.Duration(v)*5*time.Second/visitors)
			for n := 1; ctx.Err() == nil; n++ {
				form := page.form(n)
				r := live("", page.path, form)
				answer.ask(ctx, c, s.url, &r)
				if n%5 != 0 {
					wait(ctx, 200*time.Millisecond)
					continue
				}
				r = get("", page.path+"/outlook?"+form)
				outlook.ask(ctx, c, s.url, &r)
				wait(ctx, 4*time.Second)
			}
		})
	}
	all.Wait()
	now, most, err := s.memory()
	for name, a := range map[string]*answers{"live answers": answer, "outlooks": outlook} {
		fmt.Printf("%-14s of %d visitors: %d %v, p50 %.1f ms, p99 %.1f ms\n", name, visitors, len(a.took), a.statuses, ms(a.percentile(50)), ms(a.percentile(99)))
	}
	ok := answer.statuses[200] == len(answer.took) && now <= mostResident
	fmt.Printf("resident memory %.0f MB, at the most %.0f MB; at most %d MB after it %s\n", now, most, mostResident, held(ok))
	return ok, err
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
