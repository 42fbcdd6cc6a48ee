// Package exporttest reads what package export writes, for tests. It is made after
// the description of the table, and shares nothing with the code that writes it.
package exporttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

var columns = record{
	"record", "item", "product", "price_book", "option", "item_quantity", "id", "name", "value",
	"quantity", "unit", "unit_price", "settlement", "amount", "formula", "source",
}

// record is a row of the table.
type record [16]string

// cell returns what a row has in a column.
func (r *record) cell(column string) string { return r[slices.Index(columns[:], column)] }

// Order is what was quoted, out of a table that export.CSV has written: all that a
// new quote of the same needs, in the JSON that a request to save one has.
type Order struct {
	Title      string `json:"title"`
	Customer   string `json:"customer"`
	PreparedBy string `json:"prepared_by"`
	Note       string `json:"note"`
	// ValidDays is 0 if the table does not say.
	ValidDays int64        `json:"valid_days,omitempty"`
	Lang      pricing.Lang `json:"lang,omitempty"`
	Items     []OrderItem  `json:"items"`
}

// OrderItem is one estimate of an order.
type OrderItem struct {
	Product   string          `json:"product"`
	PriceBook string          `json:"price_book"`
	Inputs    json.RawMessage `json:"inputs"`
	Option    string          `json:"option"`
	Quantity  int64           `json:"quantity"`
}

// ReadCSV reads what was quoted out of a table that export.CSV has written.
// Figures, and whatever else follows from the price books, are skipped.
func ReadCSV(r io.Reader) (*Order, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rows, err := parseTable(strings.TrimPrefix(string(data), "\ufeff"))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0] != columns {
		return nil, errors.New("the first row does not have the columns of a quote")
	}
	o := &Order{Items: []OrderItem{}}
	var inputs [][]string // of each item, as JSON members
	for i, row := range rows[1:] {
		for j := range row {
			row[j] = restored(row[j])
		}
		switch row.cell("record") {
		case "quote":
			err = o.setField(row.cell("id"), row.cell("value"))
		case "item":
			inputs = append(inputs, nil)
			err = o.addItem(&row)
		case "input":
			var member string
			member, err = memberOf(row.cell("id"), row.cell("value"))
			if last := len(inputs) - 1; last >= 0 {
				inputs[last] = append(inputs[last], member)
			} else {
				err = errors.New("an input comes before the first item")
			}
		}
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i+2, err)
		}
	}
	for i, members := range inputs {
		o.Items[i].Inputs = json.RawMessage("{" + strings.Join(members, ",") + "}")
	}
	return o, nil
}

func (o *Order) setField(id, value string) (err error) {
	switch id {
	case "title":
		o.Title = value
	case "customer":
		o.Customer = value
	case "prepared_by":
		o.PreparedBy = value
	case "note":
		o.Note = value
	case "valid_days":
		o.ValidDays, err = strconv.ParseInt(value, 10, 64)
	case "lang":
		var ok bool
		if o.Lang, ok = pricing.ParseLang(value); !ok {
			err = fmt.Errorf("there is no language %.20q", value)
		}
	}
	return err
}

func (o *Order) addItem(row *record) error {
	if len(o.Items) >= quotes.MaxItems {
		return fmt.Errorf("there are more than %d items", quotes.MaxItems)
	}
	quantity, err := strconv.ParseInt(row.cell("item_quantity"), 10, 64)
	o.Items = append(o.Items, OrderItem{
		Product: row.cell("product"), PriceBook: row.cell("price_book"), Option: row.cell("option"), Quantity: quantity,
	})
	return err
}

// memberOf returns an input as a member of a JSON object.
func memberOf(id, text string) (string, error) {
	name, err := json.Marshal(id)
	if err != nil {
		return "", err
	}
	value, err := valueOf(text)
	return string(name) + ":" + string(value), err
}

// valueOf returns the JSON value that the cell of an input stands for.
func valueOf(text string) (json.RawMessage, error) {
	switch {
	case text != "true" && text != "false" && text != "null" && strings.IndexAny(text, `"[{`) != 0:
		return json.Marshal(text)
	case !json.Valid([]byte(text)):
		return nil, fmt.Errorf("%.40q is not the value of an input", text)
	}
	return json.RawMessage(text), nil
}

// restored takes off an apostrophe that keeps text from being a formula, or a tab
// that keeps digits from being a number.
func restored(text string) string {
	if number := strings.TrimRight(text, "\t"); number != text && strings.Trim(number, "0123456789") == "" &&
		(len(number) >= 12 || len(number) > 1 && number[0] == '0') {
		return text[:len(text)-1]
	}
	rest, ok := strings.CutPrefix(text, "'")
	if ok && strings.IndexAny(strings.TrimLeft(rest, "'"), "=+-@\t\r\n＝＋－＠") == 0 {
		return rest
	}
	return text
}

// parseTable reads a table after RFC 4180, with rows ended by LF or CR LF.
// Unlike encoding/csv it keeps the CR LF that a quoted cell has in it.
func parseTable(text string) ([]record, error) {
	var rows []record
	for text != "" {
		row, rest, err := cutRow(text)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		rows, text = append(rows, row), rest
	}
	return rows, nil
}

// cutRow takes the first row off text.
func cutRow(text string) (row record, rest string, err error) {
	for i := range row {
		if row[i], rest, err = cutCell(text); err != nil {
			return row, "", err
		}
		end := ","
		if i == len(row)-1 {
			end, rest = "\n", strings.TrimPrefix(rest, "\r")
		}
		more := false
		if text, more = strings.CutPrefix(rest, end); !more && (end == "," || rest != "") {
			return row, "", fmt.Errorf("there have to be %d cells", len(row))
		}
	}
	return row, text, nil
}

// cutCell takes the first cell off text; the rest begins with what ended it.
func cutCell(text string) (cell, rest string, err error) {
	quoted, ok := strings.CutPrefix(text, `"`)
	if !ok {
		end := strings.IndexAny(text, ",\n")
		if end < 0 {
			end = len(text)
		}
		if end > 0 && text[end-1] == '\r' {
			end-- // what is not quoted has none
		}
		return text[:end], text[end:], nil
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(quoted, `"`)
		if !found {
			return "", "", errors.New("a quoted cell does not end")
		}
		b.WriteString(before)
		if !strings.HasPrefix(after, `"`) {
			if after != "" && strings.IndexAny(after, ",\r\n") != 0 {
				return "", "", errors.New("there is something behind a quoted cell")
			}
			return b.String(), after, nil
		}
		b.WriteByte('"')
		quoted = after[1:]
	}
}
