package main

import (
	"errors"
	"math"
	"testing"
)

func TestMemoryOfTheMachine(t *testing.T) {
	files := func(all map[string]string) func(string) ([]byte, error) {
		return func(name string) ([]byte, error) {
			if text, ok := all[name]; ok {
				return []byte(text), nil
			}
			return nil, errors.New("there is no such file")
		}
	}
	for _, tt := range []struct {
		files              map[string]string
		container, machine int64
	}{
		{nil, math.MaxInt64, math.MaxInt64},
		{map[string]string{"/sys/fs/cgroup/memory.max": "max\n", "/proc/meminfo": "MemTotal:        1000000 kB\nMemFree: 1 kB\n"}, math.MaxInt64, 1_024_000_000},
		{map[string]string{"/sys/fs/cgroup/memory.max": "268435456\n", "/proc/meminfo": "nonsense"}, 256 << 20, math.MaxInt64},
		{map[string]string{"/sys/fs/cgroup/memory/memory.limit_in_bytes": "134217728\n"}, 128 << 20, math.MaxInt64},
	} {
		if got := containerMemory(files(tt.files)); got != tt.container {
			t.Errorf("%v: the container has %d", tt.files, got)
		}
		if got := machineMemory(files(tt.files)); got != tt.machine {
			t.Errorf("%v: the machine has %d", tt.files, got)
		}
	}
}
