// Command load shows what the built program bears: the share of a fixed handler
// that each of its pages reaches, what a flood of the dearest requests does to a
// visitor who types meanwhile, and how many visitors can type at once. It runs
// everything on one machine, prints figures, and exits with 1 where a floor does
// not hold. It is for a machine on which nothing else runs.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	program := flag.String("program", "bin/suanpan", "the program to load")
	only := flag.String("only", "shares,flood,typing", "what to measure")
	seconds := flag.Int("seconds", 30, "how long a flood of all routes lasts")
	flag.Parse()
	failed := false
	for _, what := range strings.Split(*only, ",") {
		s, err := start(*program)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("\n%s\n", what)
		var ok bool
		switch what {
		case "shares":
			ok, err = shares(s)
		case "flood":
			ok, err = flood(s, time.Duration(*seconds)*time.Second)
		case "typing":
			ok, err = typing(s)
		default:
			err = fmt.Errorf("there is nothing called %s to measure", what)
		}
		s.stop()
		if err != nil {
			log.Fatal(err)
		}
		failed = failed || !ok
	}
	if failed {
		os.Exit(1)
	}
}

// held prints whether a floor holds.
func held(ok bool) string {
	if ok {
		return "holds"
	}
	return "DOES NOT HOLD"
}
