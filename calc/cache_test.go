package calc

import (
	"errors"
	"testing"
)

// TestCache: what was made is not made again while it is among the newest, and
// what could not be made is not kept.
func TestCache(t *testing.T) {
	c := newCache[int, int](2)
	made := 0
	ask := func(key int) {
		t.Helper()
		value, err := c.of(key, func() (int, error) { made++; return 10 * key, nil })
		if err != nil || value != 10*key {
			t.Fatalf("%d: %d, %v", key, value, err)
		}
	}
	for i, step := range []struct{ key, made int }{{1, 1}, {1, 1}, {2, 2}, {1, 2}, {3, 3}, {2, 3}, {1, 4}, {3, 4}, {2, 5}, {1, 5}} {
		if ask(step.key); made != step.made {
			t.Errorf("step %d: %d were made, not %d", i, made, step.made)
		}
	}
	if len(c.made) != 2 || len(c.keys) != 2 {
		t.Errorf("%d values of %d keys are kept", len(c.made), len(c.keys))
	}
	broken := errors.New("broken")
	if _, err := c.of(9, func() (int, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if ask(9); made != 6 {
		t.Errorf("what could not be made was kept")
	}
}
