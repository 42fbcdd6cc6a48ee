package calc

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// waiting waits until so many wait in a lane.
func (l *lane) waiting(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); len(l.queue) != n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d wait, not %d", len(l.queue), n)
		}
	}
}

// A lane lets in as many as it has places for, then whoever came first, and
// refuses whom its queue is full for. Who leaves the queue leaves no trace.
func TestLaneAtOnce(t *testing.T) {
	ctx := t.Context()
	l := newLane(2, 2, 2)
	first, err := l.enter(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	second, err := l.enter(ctx, "b")
	if err != nil || l.try("c") != nil {
		t.Fatalf("%v, or a third was let in", err)
	}
	order := make(chan string, 2)
	wait := func(ctx context.Context, address string) {
		p, err := l.enter(ctx, address)
		if err != nil {
			order <- address + " " + err.Error()
			return
		}
		order <- address
		p.leave()
	}
	left, leave := context.WithCancel(ctx)
	go wait(left, "c")
	l.waiting(t, 1)
	go wait(ctx, "d")
	l.waiting(t, 2)
	if _, err := l.enter(ctx, "e"); !errors.Is(err, errBusy) {
		t.Errorf("%v with a full queue", err)
	}
	leave()
	if got := <-order; got != "c context canceled" {
		t.Error(got)
	}
	go wait(ctx, "f")
	l.waiting(t, 2)
	first.leave()
	if got := []string{<-order, <-order}; !slices.Equal(got, []string{"d", "f"}) {
		t.Errorf("let in: %v", got)
	}
	second.leave()
	if len(l.places) != 0 || len(l.queue) != 0 || len(l.addresses) != 0 {
		t.Errorf("left behind: %d places, %d in the queue, %d addresses", len(l.places), len(l.queue), len(l.addresses))
	}
}

// No address takes all places.
func TestPlacesOfAnAddressAtOnce(t *testing.T) {
	l := newLane(3, 9, 2)
	one, _ := l.enter(t.Context(), "a")
	two, _ := l.enter(t.Context(), "a")
	if l.try("a") != nil {
		t.Error("an address has three places of three")
	}
	in := make(chan *place)
	go func() { p, _ := l.enter(t.Context(), "a"); in <- p }()
	l.waiting(t, 1)
	other := l.try("b")
	if other == nil {
		t.Fatal("another address is kept out")
	}
	one.leave()
	three := <-in
	for _, p := range []*place{two, three, other} {
		p.leave()
	}
	if len(l.addresses) != 0 {
		t.Errorf("remembered: %v", l.addresses)
	}
}
