package pricing

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// DecodeBook reads, validates and compiles one price book from YAML. The file
// name appears in errors only. The error is a [BookErrors] with every fault
// that could be found, each with its line and column.
func DecodeBook(file string, data []byte) (*Book, error) {
	d := &decoder{file: file}
	raw := d.decode(data)
	if len(d.faults) == 0 {
		d.validate(raw)
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	return compile(raw, data), nil
}

// err returns the faults in the order of their lines, or nil.
func (d *decoder) err() error {
	if len(d.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(d.faults, func(a, b *BookError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return d.faults
}

// decoder gathers the faults of one price book. It keeps the tree of the file
// beside the decoded values, so that a fault found in a value can be given the
// place of its node.
type decoder struct {
	file   string
	root   *yaml.Node
	faults BookErrors
}

func (d *decoder) fault(line, column int, format string, args ...any) {
	d.faults = append(d.faults, &BookError{
		File: d.file, Line: max(line, 1), Column: max(column, 1), Reason: fmt.Sprintf(format, args...),
	})
}

// decode reads the one YAML document of data into a bookFile, strictly.
func (d *decoder) decode(data []byte) *bookFile {
	var raw bookFile
	if !d.load(data, &raw) {
		return nil
	}
	return &raw
}

// load reads the one YAML document of data into what raw points to, strictly,
// and reports whether it could.
func (d *decoder) load(data []byte, raw any) bool {
	if len(data) > maxBookSize {
		d.fault(1, 1, "the file is over %d bytes", maxBookSize)
		return false
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		d.yamlFault(err)
		return false
	}
	var document, second yaml.Node
	if err := loader.Load(&document); errors.Is(err, io.EOF) || (err == nil && len(document.Content) == 0) {
		d.fault(1, 1, "the file is empty")
		return false
	} else if err != nil {
		d.yamlFault(err)
		return false
	}
	if err := loader.Load(&second); err == nil {
		d.fault(second.Line, second.Column, "a price book is one YAML document, this is a second one")
		return false
	} else if !errors.Is(err, io.EOF) {
		d.yamlFault(err)
		return false
	}
	d.root = document.Content[0]
	d.plain(d.root)
	if len(d.faults) > 0 {
		return false
	}
	if err := d.root.Load(raw, yaml.WithKnownFields(), yaml.WithUniqueKeys()); err != nil {
		d.yamlFault(err)
		return false
	}
	return true
}

// plain refuses what a price book has no use for and what would be misread in
// silence: values left empty or of a special type, numbers that are floats, aliases.
func (d *decoder) plain(node *yaml.Node) {
	switch {
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		d.fault(node.Line, node.Column, "anchors and aliases are not used in price books")
		return
	case node.Kind != yaml.ScalarNode:
		for _, child := range node.Content {
			d.plain(child)
		}
		return
	}
	switch tag := node.ShortTag(); tag {
	case "!!str", "!!int", "!!bool":
	case "!!null":
		d.fault(node.Line, node.Column, "a value is missing")
	case "!!float":
		d.fault(node.Line, node.Column, "%s would be a float: write a price as a quoted string, a count as a whole number", node.Value)
	default:
		d.fault(node.Line, node.Column, "%s is read as %s: put it in quotes", node.Value, tag)
	}
}

// yamlFault records an error of the YAML reader.
func (d *decoder) yamlFault(err error) {
	var several *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &several):
		for _, e := range several.Errors {
			d.fault(e.Mark.Line, e.Mark.Column, "%s", plainReason(e.Message))
		}
	case errors.As(err, &one):
		d.fault(one.Mark.Line, one.Mark.Column, "%s", plainReason(one.Message))
	default:
		d.fault(1, 1, "%s", plainReason(err.Error()))
	}
}

var (
	unknownField    = regexp.MustCompile(`^field (\S+) not found in type`)
	cannotConstruct = regexp.MustCompile("^cannot construct (\\S+)(?: `(.*)`)? into (\\S+)")
)

// plainReason says a message of the YAML reader in the words of price books
// instead of Go types.
func plainReason(message string) string {
	if m := unknownField.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("unknown key %q", m[1])
	}
	if m := cannotConstruct.FindStringSubmatch(message); m != nil {
		want := "a mapping"
		switch target := m[3]; {
		case strings.HasPrefix(target, "int") || strings.HasPrefix(target, "*int"):
			want = "a whole number"
		case strings.HasPrefix(target, "[]"):
			want = "a list"
		case target == "bool":
			want = "true or false"
		case target == "string", target == "pricing.Kind", target == "pricing.Settlement":
			want = "text"
		}
		if m[2] != "" {
			return fmt.Sprintf("expected %s, not %s", want, m[2])
		}
		return "expected " + want
	}
	return strings.TrimPrefix(message, "yaml: ")
}

// at records a fault of the value that the path leads to: keys of mappings and
// indices of lists, from the top of the file. Where the path ends early, as it
// does for a missing key, the fault is at the last node that exists.
func (d *decoder) at(path []any, format string, args ...any) {
	node := d.root
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node = next
	}
	d.fault(node.Line, node.Column, format, args...)
}

func child(node *yaml.Node, step any) *yaml.Node {
	switch step := step.(type) {
	case int:
		if node.Kind == yaml.SequenceNode && step < len(node.Content) {
			return node.Content[step]
		}
	case string:
		if node.Kind != yaml.MappingNode {
			return nil
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == step {
				return node.Content[i+1]
			}
		}
	}
	return nil
}
