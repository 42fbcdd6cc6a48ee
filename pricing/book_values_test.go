package pricing

import (
	"slices"
	"testing"
)

func TestFactsOfABook(t *testing.T) {
	facts := map[string]string{}
	all := decodeText(t, poolFixtureText(t)).Facts()
	for _, f := range all {
		if _, twice := facts[f.Path]; twice {
			t.Errorf("two facts at %s", f.Path)
		}
		facts[f.Path] = f.Value
	}
	for path, want := range map[string]string{
		"product":                               "demo-exchange",
		"name.en":                               "Demo Exchange",
		"options[street].limits.phones.minimum": "10",
		"options[town].features":                "caller_id, wide_screen",
		"charges[calls].pool.inputs[video].weight":                                    "2.5",
		"charges[calls].pool.packs[call_pack_10].price":                               "80",
		"charges[calls].pool.custom.tiers[20].price":                                  "7.50",
		"charges[plan].prices[town].monthly_fee":                                      "100",
		"charges[plan].prices[town; promotions true; months.at_least 12].monthly_fee": "80",
		"charges[listening].prices[street].rows.prices[fancy].price":                  "5",
		"ladders[0].levels[1].limits.peak_rate":                                       "50",
		"examples[office].inputs.jobs[0].tongue":                                      "fancy",
	} {
		if got, ok := facts[path]; !ok || got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if !slices.IsSortedFunc([]int{index(all, "product"), index(all, "options[street].name.en"), index(all, "examples[office].inputs.voice")}, func(a, b int) int { return a - b }) {
		t.Error("the facts are not in the order of the file")
	}
}

func index(facts []Fact, path string) int {
	return slices.IndexFunc(facts, func(f Fact) bool { return f.Path == path })
}

// A comparison of two books matches facts by their paths, so no two values can
// stand at one. (Alternatives with the same condition share the path of that.)
func TestFactsOfEmbeddedBooksHaveTheirOwnPaths(t *testing.T) {
	c, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Products() {
		for _, b := range p.Books {
			seen := map[string]string{}
			for _, f := range b.Facts() {
				if before, twice := seen[f.Path]; twice && before != f.Value {
					t.Errorf("%s %s: two facts at %s, %s and %s", b.Product, b.ID, f.Path, before, f.Value)
				}
				seen[f.Path] = f.Value
			}
		}
	}
}
