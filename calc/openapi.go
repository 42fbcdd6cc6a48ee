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
	properties := schema{}
	for i := range b.Inputs {
		in := &b.Inputs[i]
		s := schema{"title": in.Name.EN, "description": in.Help.EN}
		if in.Kind == pricing.KindYesNo {
			s["type"], s["default"] = "boolean", in.Default == 1
		} else {
			s["type"], s["default"] = []string{"integer", "string"}, in.Default
			s["minimum"], s["maximum"], s["pattern"] = in.Minimum, in.Maximum, "^(0|[1-9][0-9]*)$"
		}
		properties[in.ID] = s
	}
	return schema{"type": "object", "title": b.Name.EN, "additionalProperties": false, "properties": properties}
}
