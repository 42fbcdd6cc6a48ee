package calc

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"suanpan/pricing"
)

//go:embed openapi.json
var openAPITemplate []byte

// schema is a JSON schema, or any other object of the description.
type schema = map[string]any

// openAPI returns the description of the API: the template, with the inputs of
// each product from its newest price book.
func openAPI(c *pricing.Catalog) ([]byte, error) {
	var doc schema
	if err := json.Unmarshal(openAPITemplate, &doc); err != nil {
		return nil, fmt.Errorf("openapi.json: %w", err)
	}
	schemas := doc["components"].(schema)["schemas"].(schema)
	var refs []any
	for _, p := range c.Products() {
		name := "Inputs." + p.ID
		schemas[name] = inputsSchema(p.Newest())
		refs = append(refs, schema{"$ref": "#/components/schemas/" + name})
	}
	request := schemas["EstimateRequest"].(schema)["properties"].(schema)
	request["inputs"].(schema)["anyOf"] = refs
	return json.Marshal(doc)
}

func inputsSchema(b *pricing.Book) schema {
	s := objectSchema(b.Inputs)
	s["title"] = b.Name.EN
	return s
}

// objectSchema describes an object with a value for each of the inputs.
func objectSchema(inputs []pricing.Input) schema {
	properties := schema{}
	for i := range inputs {
		properties[inputs[i].ID] = inputSchema(&inputs[i])
	}
	return schema{"type": "object", "additionalProperties": false, "properties": properties}
}

func inputSchema(in *pricing.Input) schema {
	s := schema{"title": in.Name.EN, "description": in.Help.EN}
	switch in.Kind {
	case pricing.KindYesNo:
		s["type"], s["default"] = "boolean", in.Default == 1
	case pricing.KindChoice:
		s["type"], s["enum"], s["default"] = "string", choiceIDs(in), in.Choices[0].ID
	case pricing.KindChoices:
		s["type"], s["items"] = "array", schema{"type": "string", "enum": choiceIDs(in)}
	case pricing.KindRows:
		s["type"], s["maxItems"], s["items"] = "array", pricing.MaxRows, objectSchema(in.Fields)
	default:
		s["type"], s["default"] = []string{"integer", "string"}, in.Default
		s["minimum"], s["maximum"], s["pattern"] = in.Minimum, in.Maximum, "^(0|[1-9][0-9]*)$"
	}
	return s
}

func choiceIDs(in *pricing.Input) []string {
	ids := make([]string, len(in.Choices))
	for i := range in.Choices {
		ids[i] = in.Choices[i].ID
	}
	return ids
}
