package pricing

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v4"
)

// maxBookSize bounds a price book's file; real ones have some tens of KB.
const maxBookSize = 1 << 20

// bookFile is a price book as its YAML file writes it. Every key is required
// unless its comment says otherwise; validate.go has what must hold of the
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
}

type optionFile struct {
	ID      string                `yaml:"id"`
	Name    Text                  `yaml:"name"`
	Summary Text                  `yaml:"summary"`
	Limits  map[string]scalarFile `yaml:"limits"` // optional, by input
	Notes   []Text                `yaml:"notes"`  // optional
}

type chargeFile struct {
	ID          string          `yaml:"id"`
	Name        Text            `yaml:"name"`
	Settlement  Settlement      `yaml:"settlement"`
	Unit        Text            `yaml:"unit"`
	Source      sourceFile      `yaml:"source"`
	Assumptions []string        `yaml:"assumptions"` // optional
	When        map[string]bool `yaml:"when"`        // optional
	Quantity    *quantityFile   `yaml:"quantity"`    // for unit_price and package
	Extends     string          `yaml:"extends"`     // for add_ons
	Prices      []priceFile     `yaml:"prices"`
}

type sourceFile struct {
	Document string `yaml:"document"`
	Section  Text   `yaml:"section"`
}

// quantityFile is what is counted: one input, or the product of several.
type quantityFile struct {
	Product []string `yaml:"product"`
}

// UnmarshalYAML reads either the id of an input or {product: [ids]}.
func (q *quantityFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		q.Product = []string{node.Value}
		return nil
	}
	type plain quantityFile // without this method
	return node.Load((*plain)(q), yaml.WithKnownFields())
}

// priceFile is the price of a charge for some of the options: exactly one of
// its forms.
type priceFile struct {
	Options    []string     `yaml:"options"`
	MonthlyFee *moneyFile   `yaml:"monthly_fee"`
	UnitPrice  *moneyFile   `yaml:"unit_price"`
	Package    *packageFile `yaml:"package"`
	AddOns     []addOnFile  `yaml:"add_ons"`
}

type packageFile struct {
	Included *int64     `yaml:"included"`
	Block    int64      `yaml:"block"`
	Blocks   blocks     `yaml:"blocks"`
	Price    *moneyFile `yaml:"price"`
}

type addOnFile struct {
	Limit      scalarFile `yaml:"limit"`
	MonthlyFee *moneyFile `yaml:"monthly_fee"`
}

type assumptionFile struct {
	ID   string `yaml:"id"`
	Text Text   `yaml:"text"`
}

type exampleFile struct {
	ID     string                `yaml:"id"`
	Name   Text                  `yaml:"name"`
	Inputs map[string]scalarFile `yaml:"inputs"`
}

// scalarFile is a whole number, true or false, or a word.
type scalarFile struct {
	tag  string
	text string
}

// UnmarshalYAML keeps the scalar's type and text.
func (s *scalarFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return errors.New("expected a number, true, false or a word")
	}
	s.tag, s.text = node.ShortTag(), node.Value
	return nil
}

// moneyFile is a price, written as a quoted string: a bare number would have
// passed through a float in any other YAML reader.
type moneyFile struct{ decimal.Decimal }

// UnmarshalYAML reads a quoted decimal.
func (m *moneyFile) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" {
		return fmt.Errorf("a price is a quoted decimal such as \"0.50\", not %s", node.Value)
	}
	d, ok := parsePrice(node.Value)
	if !ok {
		return fmt.Errorf("%q is not a price: digits and at most one point, no sign", node.Value)
	}
	m.Decimal = d
	return nil
}
