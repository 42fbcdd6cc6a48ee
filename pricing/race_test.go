package pricing

import (
	"sync"
	"testing"
)

// TestEstimateAtOnce is for the race detector: books and usages are
// shared by all requests of the program, and an estimate writes to neither.
func TestEstimateAtOnce(t *testing.T) {
	usages := []*Usage{
		usageOf(t, tencentIM(t), largestInputs),
		fixtureBook(t).Examples[0].Usage,
		// Notes are added to those of the option, which all estimates share.
		usageOf(t, decodeText(t, poolFixtureText(t)), `{"poems": 3, "peak_rate": 4, "voice": 12345, "months": 13}`),
	}
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		usages = append(usages, fullUsage(p.Newest()))
	}
	for _, u := range usages {
		want := billText(u.Estimate())
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				for range 20 {
					if got := billText(u.Estimate()); got != want {
						t.Errorf("got\n%s\nwant\n%s", got, want)
						return
					}
				}
			})
		}
		group.Wait()
	}
}
