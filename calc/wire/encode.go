package wire

import (
	"bytes"
	"encoding/json"
	"strings"

	"suanpan/pricing"
)

// EncodeUsage returns the JSON object of inputs that stands for a usage: every
// input of its book, in the order of the book, with its value. Reading it
// against the same book gives the same usage, whatever the defaults of later
// books are.
func EncodeUsage(u *pricing.Usage) ([]byte, error) {
	var b bytes.Buffer
	book := u.Book()
	b.WriteByte('{')
	for i := range book.Inputs {
		in := &book.Inputs[i]
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encodeMember(&b, in.ID, inputValue(u, in)); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encodeMember writes a name and a value.
func encodeMember(b *bytes.Buffer, name string, value any) error {
	id, err := json.Marshal(name)
	if err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	b.Write(id)
	b.WriteByte(':')
	b.Write(text)
	return nil
}

func inputValue(u *pricing.Usage, in *pricing.Input) any {
	switch in.Kind {
	case pricing.KindRows:
		rows := []json.RawMessage{}
		for _, row := range u.Rows(in) {
			rows = append(rows, rowValue(in, row))
		}
		return rows
	case pricing.KindChoices:
		ids := []string{}
		for i := range in.Choices {
			if u.Chosen(in, i) {
				ids = append(ids, in.Choices[i].ID)
			}
		}
		return ids
	default:
		return cellValue(in, u.Count(in))
	}
}

func rowValue(in *pricing.Input, row pricing.Row) json.RawMessage {
	var b bytes.Buffer
	b.WriteByte('{')
	for j := range in.Fields {
		if j > 0 {
			b.WriteByte(',')
		}
		if err := encodeMember(&b, in.Fields[j].ID, cellValue(&in.Fields[j], row[j])); err != nil {
			panic(err) // ids, numbers and booleans can be encoded
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

// cellValue writes a count as a string of digits, as all quantities travel.
func cellValue(in *pricing.Input, value int64) any {
	switch in.Kind {
	case pricing.KindChoice:
		return in.Choices[value].ID
	case pricing.KindYesNo:
		return value == 1
	default:
		return count(value)
	}
}

// InputOf returns the id of the input that a fault names: that of the rows, for
// a fault in one of them.
func InputOf(name string) string {
	id, _, _ := strings.Cut(name, "[")
	return id
}
