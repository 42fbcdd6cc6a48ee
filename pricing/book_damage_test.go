package pricing

import (
	"errors"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// oddities are what may stand in the place of anything in a damaged book.
var oddities = []string{
	"[]", "{}", `""`, "null", "true", "false", "0", "1", "-1", "1000000000000", "1000000000001", "9223372036854775808", "1.5", "0x10", "1_000",
	`"0"`, `"19.90"`, "unlimited", "months", "insured", "parcels", "keep_days", "small", "[small]", "[parcels]", "{parcels: 1}", "{product: [parcels, parcels]}",
	"{en: a, zh: b}", "2024-01-01", "!!str 5", "!!binary aGk=", "!local x", "!local {}", "? [a]\n: b",
}

// TestDamagedBookIsRefusedOrPriced puts oddities in the place of one or two
// values of the fixture, or leaves them out: more than the table of broken
// books can list, and more often near a valid book than the fuzzer comes.
func TestDamagedBookIsRefusedOrPriced(t *testing.T) {
	fixture := fixtureText(t)
	rapid.Check(t, func(t *rapid.T) {
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(fixture), &document); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 2).Draw(t, "damages") {
			damage(t, document.Content[0])
		}
		data, err := yaml.Marshal(&document)
		if err != nil {
			t.Skip("the damage cannot be written as YAML")
		}
		checkRefusedOrPriced(t, data)
	})
}

// damage replaces one value somewhere below a node, or removes it.
func damage(t *rapid.T, node *yaml.Node) {
	var places []func(*yaml.Node) // each puts another node in a place, or nothing
	var walk func(*yaml.Node)
	walk = func(n *yaml.Node) {
		step := 1
		if n.Kind == yaml.MappingNode {
			step = 2 // a key before each value
		}
		for first := 0; first < len(n.Content); first += step {
			value := first + step - 1
			places = append(places, func(other *yaml.Node) {
				if other != nil {
					n.Content[value] = other
				} else {
					n.Content = append(n.Content[:first:first], n.Content[value+1:]...)
				}
			})
			walk(n.Content[value])
		}
	}
	walk(node)
	if len(places) == 0 {
		return
	}
	place := places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
	if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
		place(nil)
		return
	}
	var other yaml.Node
	if err := yaml.Unmarshal([]byte(rapid.SampledFrom(oddities).Draw(t, "oddity")), &other); err != nil {
		t.Fatal(err)
	}
	place(other.Content[0])
}

type fataler interface{ Fatalf(string, ...any) }

// checkRefusedOrPriced checks what must hold of every file, whatever is in it:
// a refusal names places in their order, and an accepted book can be priced
// without panic, with its defaults, its examples and the largest usage.
func checkRefusedOrPriced(t fataler, data []byte) {
	b, err := DecodeBook("book.yaml", data)
	if err != nil {
		var faults BookErrors
		if !errors.As(err, &faults) || len(faults) == 0 {
			t.Fatalf("error is %v, not BookErrors", err)
		}
		for i, fault := range faults {
			if fault.Line < 1 || fault.Column < 1 || fault.Reason == "" || (i > 0 && fault.Line < faults[i-1].Line) {
				t.Fatalf("faults without a place, or not in the order of their lines:\n%v", err)
			}
		}
		return
	}
	billText(b.NewUsage().Estimate())
	for _, e := range b.Examples {
		billText(e.Usage.Estimate())
	}
	least, largest := b.NewUsage(), b.NewUsage()
	for i := range b.Inputs {
		least.values[i], largest.values[i] = b.Inputs[i].Minimum, b.Inputs[i].Maximum
	}
	billText(least.Estimate())
	billText(largest.Estimate())
}
