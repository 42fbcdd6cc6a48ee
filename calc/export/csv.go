package export

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// The columns of the table, under names that do not depend on the language.
// Every row of an item begins with what it is of, so that the table can be
// filtered and summed by it.
const (
	columnRecord = iota
	columnItem
	columnProduct
	columnPriceBook
	columnOption
	columnItemQuantity
	columnID
	columnName
	columnValue
	columnQuantity
	columnUnit
	columnUnitPrice
	columnSettlement
	columnAmount
	columnFormula
	columnSource
	columnCount
)

var columns = [columnCount]string{
	"record", "item", "product", "price_book", "option", "item_quantity", "id", "name", "value",
	"quantity", "unit", "unit_price", "settlement", "amount", "formula", "source",
}

// What a row is.
const (
	recordQuote     = "quote"         // a field of the head: id, name, value
	recordTotal     = "total"         // a sum, of the quote or of one of an item: id, name, amount
	recordItem      = "item"          // an item: name, option in words, quantity, unit price, amount
	recordFact      = "fact"          // what else is to be known of an item: id, name, value
	recordInput     = "input"         // an input as it was saved: id, value
	recordEntry     = "entry"         // an input in words: name, value
	recordBusiness  = "business_fact" // a fact that inputs are from: id, name, value, source
	recordLine      = "line"          // a line of one of an item
	recordBought    = "bought"        // what is bought inside an option, in words: name, value
	recordNote      = "note"          // a sentence: value, as with those that follow
	recordAssumed   = "assumption"
	recordExcluded  = "exclusion"
	recordPriceList = "source"
)

type record [columnCount]string

// isFigure says which columns have numbers.
var isFigure = [columnCount]bool{
	columnItem: true, columnItemQuantity: true, columnQuantity: true, columnUnitPrice: true, columnAmount: true,
}

// CSV writes a quote as one table that Excel and programs can read: UTF-8 with
// a byte order mark, rows ended by CR LF, quoted after RFC 4180. The first row
// names the columns. Text that a spreadsheet would take for a formula has an
// apostrophe in front. Digits that are text, such as a customer's number, and of
// which a spreadsheet would make another text, have a tab behind them: a
// spreadsheet then takes them for text and shows every digit, nothing can be run,
// and whoever trims blanks has the text as it was. The JSON has it to the byte. The
// address is left out where it is empty.
func CSV(w io.Writer, d *quotes.Document, address string) error {
	records, err := recordsOf(d, address)
	if err != nil {
		return err
	}
	return writeTable(w, records)
}

// writeTable writes the rows of a table below the names of its columns.
func writeTable(w io.Writer, records []record) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // errors of a bufio.Writer stay until Flush
	writeRow(b, columns[:])
	for _, r := range records {
		for i, text := range r {
			if isFigure[i] || r[columnRecord] == recordInput {
				r[i] = figureCell(text)
			} else {
				r[i] = cell(text)
			}
		}
		writeRow(b, r[:])
	}
	return b.Flush()
}

// cell returns text as it stands in a table.
func cell(text string) string {
	if manyDigits(text) {
		return text + "\t"
	}
	return harmless(wording.Visible(strings.ToValidUTF8(text, "\ufffd")))
}

// manyDigits reports whether text is digits of which a spreadsheet would make a
// number that is shown otherwise: from twelve of them on it is shown with an
// exponent, from sixteen on the last ones are lost, and zeros in front are always.
// Text that looks as if it had a tab already counts, too.
func manyDigits(text string) bool {
	text = strings.TrimRight(text, "\t")
	return digits(text) && (len(text) >= 12 || len(text) > 1 && text[0] == '0')
}

// figureCell returns a figure as it stands in a table.
func figureCell(text string) string {
	if plain(text) {
		return text
	}
	return cell(text)
}

func writeRow(b *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",\r\n") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		_, _ = b.WriteString(cell)
	}
	_, _ = b.WriteString("\r\n")
}

// dangerous are the characters with which a spreadsheet lets a formula begin,
// or behind which it looks for one.
const dangerous = "=+-@\t\r\n＝＋－＠"

// harmless puts an apostrophe before text that a spreadsheet would take for a
// formula, and before text that looks as if that had been done to it.
func harmless(text string) string {
	if needsApostrophe(text) {
		return "'" + text
	}
	return text
}

func needsApostrophe(text string) bool {
	return strings.IndexAny(strings.TrimLeft(text, "'"), dangerous) == 0
}

func recordsOf(d *quotes.Document, address string) ([]record, error) {
	w := wordsIn(d.Lang)
	var all []record
	saved, err := d.Saved()
	if err != nil {
		return nil, err
	}
	validDays := ""
	if d.ValidDays > 0 {
		validDays = strconv.FormatInt(d.ValidDays, 10)
	}
	for _, f := range [][3]string{
		{"title", w.Quote, d.Title}, {"customer", w.Customer, d.Customer}, {"prepared_by", w.PreparedBy, d.PreparedBy},
		{"created_at", w.Date, saved}, {"valid_until", w.ValidUntil, d.ValidUntil}, {"valid_days", w.ValidDays, validDays},
		{"note", w.Remark, d.Note}, {"url", w.Address, address}, {"id", w.ID, d.ID}, {"revises", w.Revises, d.Revises},
		{"lang", w.Language, string(d.Lang)}, {"currency", w.Currency, d.Currency},
	} {
		if f[2] != "" {
			all = append(all, record{columnRecord: recordQuote, columnID: f[0], columnName: f[1], columnValue: f[2]})
		}
	}
	total := func(of record, id, name, settlement, amount string) {
		of[columnRecord], of[columnID], of[columnName], of[columnSettlement], of[columnAmount] = recordTotal, id, name, settlement, amount
		all = append(all, of)
	}
	total(record{}, "total", w.Total, "", d.Total)
	total(record{}, "prepaid", w.PrepaidSum, string(pricing.Prepaid), d.Prepaid)
	total(record{}, "postpaid", w.PostpaidSum, string(pricing.Postpaid), d.Postpaid)
	for i := range d.Items {
		item := &d.Items[i]
		of := record{
			columnItem: strconv.Itoa(i + 1), columnProduct: item.Product, columnPriceBook: item.PriceBook,
			columnOption: item.Option, columnItemQuantity: strconv.FormatInt(item.Quantity, 10),
		}
		rows, err := recordsOfItem(of, item, w)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		total(of, "total", w.OfOne, "", item.Total)
		total(of, "monthly", w.Monthly, "", item.Monthly)
		total(of, "prepaid", w.PrepaidSum, string(pricing.Prepaid), item.Prepaid)
		total(of, "postpaid", w.PostpaidSum, string(pricing.Postpaid), item.Postpaid)
	}
	return all, nil
}

// recordsOfItem returns the rows of an item but its sums, each beginning as
// they all do.
func recordsOfItem(of record, item *quotes.Item, w *words) ([]record, error) {
	head := of
	head[columnRecord], head[columnName], head[columnValue] = recordItem, item.Name, item.OptionName
	head[columnQuantity], head[columnUnit], head[columnUnitPrice], head[columnAmount] = of[columnItemQuantity], w.Times, item.Total, item.Amount
	all := []record{head}
	add := func(kind, id, name, value string) {
		r := of
		r[columnRecord], r[columnID], r[columnName], r[columnValue] = kind, id, name, value
		all = append(all, r)
	}
	add(recordFact, "price_book_hash", w.PriceBookHash, item.PriceBookHash)
	add(recordFact, "complete", "", strconv.FormatBool(item.Complete))
	inputs, err := members(item.Inputs)
	if err != nil {
		return nil, err
	}
	for _, in := range inputs {
		add(recordInput, in.id, "", in.text())
	}
	for _, e := range item.Entries {
		add(recordEntry, "", e.Name, e.Value)
	}
	for i := range item.Facts {
		for _, e := range item.Facts[i].Entries {
			add(recordBusiness, e.ID, e.Name, e.Value)
			all[len(all)-1][columnSource] = item.Facts[i].Name
		}
	}
	for _, l := range item.Lines {
		r := of
		r[columnRecord], r[columnID], r[columnName] = recordLine, l.ID, l.Name
		r[columnQuantity], r[columnUnit] = l.Quantity, l.Unit
		if r[columnUnitPrice], err = unitPriceOfOne(&l); err != nil {
			return nil, err
		}
		r[columnSettlement], r[columnAmount], r[columnFormula], r[columnSource] = l.Settlement, l.Amount, l.Formula, l.Source
		all = append(all, r)
	}
	for _, e := range item.Bought {
		add(recordBought, "", e.Name, e.Value)
	}
	for _, list := range []struct {
		kind  string
		texts []string
	}{{recordNote, item.Notes}, {recordAssumed, item.Assumptions}, {recordExcluded, item.Exclusions}, {recordPriceList, item.Sources}} {
		for _, text := range list.texts {
			add(list.kind, "", "", text)
		}
	}
	return all, nil
}
