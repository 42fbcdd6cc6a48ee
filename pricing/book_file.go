package pricing

import "go.yaml.in/yaml/v4"

// maxBookSize bounds a price book's file; real ones have some tens of KB.
const maxBookSize = 1 << 20

// bookFile is a price book as its YAML file writes it. Every key is required
// unless its comment says otherwise; book_validate.go has what must hold of the
// values.
type bookFile struct {
	Product     string           `yaml:"product"`
	PriceBook   string           `yaml:"price_book"`
	Currency    string           `yaml:"currency"`
	Name        Text             `yaml:"name"`
	Summary     Text             `yaml:"summary"`
	UseCases    Text             `yaml:"use_cases"`
	Documents   []documentFile   `yaml:"documents"`
	Groups      []groupFile      `yaml:"groups"`
	Inputs      []inputFile      `yaml:"inputs"`
	Options     []optionFile     `yaml:"options"`
	Charges     []chargeFile     `yaml:"charges"`
	Ladders     []ladderFile     `yaml:"ladders"`     // optional
	Assumptions []assumptionFile `yaml:"assumptions"` // optional
	Exclusions  []Text           `yaml:"exclusions"`  // optional
	Examples    []exampleFile    `yaml:"examples"`    // optional
}

type documentFile struct {
	ID         string     `yaml:"id"`
	Title      Text       `yaml:"title"`
	Date       string     `yaml:"date"`
	Confidence Confidence `yaml:"confidence"`
}

type groupFile struct {
	ID     string `yaml:"id"`
	Name   Text   `yaml:"name"`
	Folded bool   `yaml:"folded"` // optional
}

type inputFile struct {
	ID      string      `yaml:"id"`
	Group   string      `yaml:"group"`
	Kind    Kind        `yaml:"kind"`
	Name    Text        `yaml:"name"`
	Help    Text        `yaml:"help"`
	Unit    Unit        `yaml:"unit"`    // for a count
	Default *scalarFile `yaml:"default"` // optional: 0, or no
	Minimum *int64      `yaml:"minimum"` // optional, for a count
	Maximum *int64      `yaml:"maximum"` // optional, for a count

	Choices []choiceFile `yaml:"choices"` // for choice and choices
	Fields  []inputFile  `yaml:"fields"`  // for rows
	// Matrix and Column place a count in a table: both or neither.
	Matrix Text `yaml:"matrix"`
	Column Text `yaml:"column"`
	// Implies is a feature that the input needs; optional, for a count.
	Implies string `yaml:"implies"`
}

type choiceFile struct {
	ID   string `yaml:"id"`
	Name Text   `yaml:"name"`
	Note Text   `yaml:"note"` // optional
}

type optionFile struct {
	ID      string               `yaml:"id"`
	Name    Text                 `yaml:"name"`
	Summary Text                 `yaml:"summary"`
	Limits  map[string]limitFile `yaml:"limits"` // optional, by input
	Notes   []Text               `yaml:"notes"`  // optional
	// Features are what the option offers of an input of kind choices.
	Features []string `yaml:"features"` // optional
}

// limitFile is a number, true or false, unlimited, or {minimum: number}.
type limitFile struct {
	scalarFile
	Minimum int64
}

// UnmarshalYAML reads either form.
func (l *limitFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return l.scalarFile.UnmarshalYAML(node)
	}
	var raw struct {
		Minimum int64 `yaml:"minimum"`
	}
	err := node.Load(&raw, yaml.WithKnownFields())
	l.Minimum = raw.Minimum
	return err
}

type chargeFile struct {
	ID          string                   `yaml:"id"`
	Name        Text                     `yaml:"name"`
	Settlement  Settlement               `yaml:"settlement"`
	Unit        Text                     `yaml:"unit"`
	Source      sourceFile               `yaml:"source"`
	Assumptions []string                 `yaml:"assumptions"` // optional
	When        map[string]conditionFile `yaml:"when"`        // optional
	Quantity    *quantityFile            `yaml:"quantity"`    // for forms that count
	Extends     string                   `yaml:"extends"`     // for add_ons
	// Lines are the charge's further lines, by use: overage, packs, minimum,
	// plan.
	Lines  map[string]lineFile `yaml:"lines"` // for forms that have them
	Pool   *poolFile           `yaml:"pool"`  // for pool prices
	Prices []priceFile         `yaml:"prices"`
}

type lineFile struct {
	ID         string     `yaml:"id"`
	Name       Text       `yaml:"name"`
	Settlement Settlement `yaml:"settlement"`
	Unit       Text       `yaml:"unit"` // optional: that of the charge
}

// conditionFile is true, false, a choice, or {at_least: number}.
type conditionFile struct {
	Is      scalarFile
	AtLeast *int64
}

// UnmarshalYAML reads either form.
func (c *conditionFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		return c.Is.UnmarshalYAML(node)
	}
	var raw struct {
		AtLeast *int64 `yaml:"at_least"`
	}
	err := node.Load(&raw, yaml.WithKnownFields())
	c.AtLeast = raw.AtLeast
	return err
}

type sourceFile struct {
	Document string `yaml:"document"`
	Section  Text   `yaml:"section"`
}

// quantityFile is what is counted: one input, or the product or sum of several.
type quantityFile struct {
	Product []string `yaml:"product"`
	Sum     []string `yaml:"sum"`
}

// UnmarshalYAML reads the id of an input, {product: [ids]} or {sum: [ids]}.
func (q *quantityFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		q.Product = []string{node.Value}
		return nil
	}
	type plain quantityFile // without this method
	return node.Load((*plain)(q), yaml.WithKnownFields())
}

type ladderFile struct {
	Levels []levelFile `yaml:"levels"`
}

type levelFile struct {
	Limits map[string]int64 `yaml:"limits"`
	Note   Text             `yaml:"note"`
}

type assumptionFile struct {
	ID   string `yaml:"id"`
	Text Text   `yaml:"text"`
}

type exampleFile struct {
	ID     string               `yaml:"id"`
	Name   Text                 `yaml:"name"`
	Inputs map[string]valueFile `yaml:"inputs"`
}

// bounds returns the least and greatest value of a count.
func (in *inputFile) bounds() (low, high int64) {
	high = MaxCount
	if in.Minimum != nil {
		low = *in.Minimum
	}
	if in.Maximum != nil {
		high = *in.Maximum
	}
	return low, high
}

// choiceIDs returns the values of a choice; those of a yes/no are no and yes.
func (in *inputFile) choiceIDs() []string {
	if in.Kind == KindYesNo {
		return []string{"no", "yes"}
	}
	var ids []string
	if in.Kind == KindChoice {
		for _, c := range in.Choices {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// bound returns a limit of the book as a number to compare with: what yes/no
// inputs are offered is 1, what they are not is 0.
func (l limitFile) bound() int64 {
	if l.unlimited() || l.Minimum > 0 {
		return unlimited
	}
	return l.value()
}
