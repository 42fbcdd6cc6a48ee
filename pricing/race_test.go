package pricing

import (
	"sync"
	"testing"
)

// TestEstimateConcurrently is for the race detector: books and usages are
// shared by all requests of the program, and an estimate writes to neither.
func TestEstimateConcurrently(t *testing.T) {
	for _, u := range []*Usage{
		usageOf(t, tencentIM(t), largestInputs),
		fixtureBook(t).Examples[0].Usage,
	} {
		want := bill(u.Estimate())
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				for range 20 {
					if got := bill(u.Estimate()); got != want {
						t.Errorf("got\n%s\nwant\n%s", got, want)
						return
					}
				}
			})
		}
		group.Wait()
	}
}
