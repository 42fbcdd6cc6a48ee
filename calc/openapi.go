package calc

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"suanpan/calc/wire"
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
	schemas["Inputs"].(schema)["anyOf"] = refs
	addFacts(schemas, c)
	example, err := quoteExample(c)
	if err != nil {
		return nil, err
	}
	schemas["QuoteRequest"].(schema)["examples"] = []any{example}
	return json.Marshal(doc)
}

// quoteExample is a request to save a quote of the first example there is.
func quoteExample(c *pricing.Catalog) (schema, error) {
	item := schema{"product": "", "quantity": 2}
	for _, p := range c.Products() {
		book := p.Newest()
		if item["product"] = p.ID; len(book.Examples) > 0 {
			inputs, err := wire.EncodeUsage(book.Examples[0].Usage)
			if err != nil {
				return nil, err
			}
			item["price_book"], item["inputs"] = book.ID, json.RawMessage(inputs)
			break
		}
	}
	return schema{"title": "Twelve months", "customer": "Example Ltd.", "valid_days": 14, "lang": "en", "items": []any{item}}, nil
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
