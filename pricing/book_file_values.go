package pricing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v4"
)

// valueFile is the value of an input: a scalar, a list of choices, or rows.
type valueFile struct {
	scalarFile
	list []scalarFile
	rows []map[string]scalarFile
}

// UnmarshalYAML reads any of the three.
func (v *valueFile) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.ScalarNode:
		return v.scalarFile.UnmarshalYAML(node)
	case node.Kind == yaml.SequenceNode && len(node.Content) > 0 && node.Content[0].Kind == yaml.MappingNode:
		return node.Load(&v.rows, yaml.WithUniqueKeys())
	default:
		return node.Load(&v.list)
	}
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

// value returns the number of a valid scalar; yes is 1 and no is 0.
func (s scalarFile) value() int64 {
	if s.tag == "!!bool" {
		return yesNo(s.yes())
	}
	return s.count()
}

func (s scalarFile) unlimited() bool { return s.tag == "!!str" && s.text == "unlimited" }

// count returns the number of a scalar that is one; -1 for anything else.
func (s scalarFile) count() int64 {
	if n, err := strconv.ParseInt(s.text, 10, 64); err == nil && s.tag == "!!int" {
		return n
	}
	return -1
}

func (s scalarFile) yes() bool { return s.tag == "!!bool" && strings.EqualFold(s.text, "true") }

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
