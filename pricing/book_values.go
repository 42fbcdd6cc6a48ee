package pricing

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fact is one value of a price book and where it stands: the input, option,
// charge or other part it belongs to, by its id.
type Fact struct{ Path, Value string }

// Text reports whether the fact is a name or a sentence in one language.
func (f Fact) Text() bool {
	return strings.HasSuffix(f.Path, ".en") || strings.HasSuffix(f.Path, ".zh") || strings.HasSuffix(f.Path, ".one")
}

// Facts returns every value of the book's file, in its order. Two books of a
// product differ in what one has and the other has not, and in what differs
// under the same path.
func (b *Book) Facts() []Fact {
	var root yaml.Node
	if err := yaml.Load(b.file, &root); err != nil || len(root.Content) == 0 {
		return nil // not for a file that a book was made from
	}
	return appendFacts(nil, "", root.Content[0])
}

func appendFacts(facts []Fact, path string, node *yaml.Node) []Fact {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if path != "" {
				key = path + "." + key
			}
			facts = appendFacts(facts, key, node.Content[i+1])
		}
	case yaml.SequenceNode:
		if words, ok := scalars(node); ok {
			return append(facts, Fact{path, strings.Join(words, ", ")})
		}
		for i, item := range node.Content {
			facts = appendFacts(facts, path+"["+itemName(item, i)+"]", item)
		}
	default:
		facts = append(facts, Fact{path, node.Value})
	}
	return facts
}

// itemName is what tells an item of a list from the others: its id, or the
// options or choices that it is for, or its position.
func itemName(item *yaml.Node, position int) string {
	var name []string
	for _, key := range []string{"id", "input", "options", "when", "for", "from"} {
		node := child(item, key)
		switch {
		case node == nil:
		case node.Kind == yaml.ScalarNode:
			return node.Value
		default:
			for _, f := range appendFacts(nil, "", node) {
				name = append(name, strings.Trim(f.Path+" "+f.Value, " "))
			}
		}
	}
	if len(name) == 0 {
		return strconv.Itoa(position)
	}
	return strings.Join(name, "; ")
}

func scalars(list *yaml.Node) ([]string, bool) {
	var words []string
	for _, item := range list.Content {
		if item.Kind != yaml.ScalarNode {
			return nil, false
		}
		words = append(words, item.Value)
	}
	return words, true
}
