package pricing

import (
	_ "embed" // for the file
	"sync"
)

// Family is a kind of need that one product serves whole.
type Family struct {
	ID   string
	Name Text
}

// familiesFile is the file of families.
type familiesFile struct {
	Order    []string     `yaml:"order"`
	Families []familyFile `yaml:"families"`
}

type familyFile struct {
	ID     string   `yaml:"id"`
	Name   Text     `yaml:"name"`
	Inputs []string `yaml:"inputs"`
}

// families says which input belongs to which family.
type families struct {
	list  []Family
	of    map[string]int  // positions in the list, by input
	order map[string]bool // inputs that say how is bought, not what
}

//go:embed families.yaml
var familiesData []byte

// embeddedFamilies returns the families of needs, which are read once.
var embeddedFamilies = sync.OnceValues(func() (*families, error) { return decodeFamilies("families.yaml", familiesData) })

// decodeFamilies reads and validates families. The file name appears in errors
// only. The error is a [BookErrors] with every fault that could be found.
func decodeFamilies(file string, data []byte) (*families, error) {
	d := &decoder{file: file}
	var raw familiesFile
	if d.load(data, &raw) {
		v := &validation{decoder: d}
		seen := map[string]bool{}
		for i, id := range raw.Order {
			v.once(seen, id, steps("order", i))
		}
		for i, f := range raw.Families {
			v.text(steps("families", i, "name"), f.Name)
			for j, id := range f.Inputs {
				v.once(seen, id, steps("families", i, "inputs", j))
			}
		}
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	out := &families{of: map[string]int{}, order: map[string]bool{}}
	for _, id := range raw.Order {
		out.order[id] = true
	}
	for i, f := range raw.Families {
		out.list = append(out.list, Family{ID: f.ID, Name: f.Name})
		for _, id := range f.Inputs {
			out.of[id] = i
		}
	}
	return out, nil
}

// once says that an input is named twice.
func (v *validation) once(seen map[string]bool, id string, at []any) {
	if seen[id] {
		v.at(at, "%s is named twice", id)
	}
	seen[id] = true
}
