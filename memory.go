package main

import (
	"bytes"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// plentyOfMemory is how much the program takes at the most before it collects
// what is not in use more often: what requests need at once is bounded, and is
// far less.
const plentyOfMemory = 300 << 20

// limitMemory has the program collect what is not in use more often as it comes
// near to four fifths of the memory that the machine or its container has, or to
// what is plenty. Whoever sets GOMEMLIMIT decides.
func limitMemory(chosen string) {
	if chosen != "" {
		return
	}
	limit := int64(plentyOfMemory)
	for _, has := range []int64{containerMemory(os.ReadFile), machineMemory(os.ReadFile)} {
		limit = min(limit, has/5*4)
	}
	debug.SetMemoryLimit(limit)
}

// containerMemory returns the limit of the control group that the program runs
// in; more than there can be if there is none.
func containerMemory(read func(string) ([]byte, error)) int64 {
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := read(file)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64); err == nil && n > 0 {
			return n
		}
	}
	return math.MaxInt64
}

// machineMemory returns what the machine has; more than there can be if that
// cannot be found out.
func machineMemory(read func(string) ([]byte, error)) int64 {
	text, err := read("/proc/meminfo")
	if err != nil {
		return math.MaxInt64
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "MemTotal:" {
			if kb, err := strconv.ParseInt(fields[1], 10, 64); err == nil && kb > 0 {
				return kb << 10
			}
		}
	}
	return math.MaxInt64
}
