package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// The columns of the quote.
const (
	colName       = "A"
	colQuantity   = "B"
	colUnitPrice  = "D"
	colFactor     = "E"
	colAmount     = "F"
	colSettlement = "G"
	colLast       = "I"
)

// The widths of the columns, in characters, and of some of them together.
var quoteWidths = []float64{32, 12, 16, 13, 10, 16, 13, 36, 36}

const (
	widthOfAll   = 184.0
	widthOfValue = 152.0 // all but the first
)

// maxParagraph is how many characters of a note stand in one row, which cannot
// be higher than 409 points.
const maxParagraph = 1000

// The rows at the top that always stay in view: the title and the totals.
const (
	rowTitle = iota + 1
	rowTotalNames
	rowTotals
)

// itemRows says where the sums of an item are, which the totals are made of.
type itemRows struct{ prepaid, postpaid, amount int }

// quote writes the quote: title and totals first, then what its head says, then
// the items.
func (s *sheet) quote(d *quotes.Document, address string) error {
	title := s.words.title(d.Title, d.ID)
	s.add(max(32, heightOf(title, 18, widthOfAll)), text(s.styles.title, title))
	s.merge(rowTitle, colName, colLast)
	s.add(18)
	s.add(26)
	if err := s.head(d, address); err != nil {
		return err
	}
	items := make([]itemRows, len(d.Items))
	for i := range d.Items {
		var err error
		if items[i], err = s.item(i+1, &d.Items[i]); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	if err := s.totals(d, items); err != nil {
		return err
	}
	// A quantity that is whole is shown without a point, any other with it.
	quantities := colQuantity + "1:" + at(colQuantity, len(s.rows))
	if err := s.file.SetConditionalFormat(s.name, quantities, []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: "B1<>INT(B1)", Format: &s.styles.fraction,
	}}); err != nil {
		return err
	}
	return s.write("landscape", rowTotals)
}

// head writes what the head of the quote says, leaving out what it does not.
func (s *sheet) head(d *quotes.Document, address string) error {
	w := s.words
	s.add(6)
	s.field(w.Customer, d.Customer)
	s.field(w.PreparedBy, d.PreparedBy)
	saved, err := d.Saved()
	if err != nil {
		return err
	}
	if saved != "" {
		if err := s.dateField(w.Date, saved); err != nil {
			return err
		}
	}
	if d.ValidUntil != "" {
		if err := s.dateField(w.ValidUntil, d.ValidUntil); err != nil {
			return err
		}
	}
	s.field(w.ID, d.ID)
	s.field(w.Revises, d.Revises)
	s.field(w.Address, address)
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		s.links = map[string]string{at(colQuantity, len(s.rows)): address}
	}
	if d.Note != "" {
		for i, paragraph := range paragraphs(d.Note) {
			if i == 0 {
				s.valueRow(w.Remark, paragraph)
			} else {
				s.valueRow("", paragraph)
			}
		}
	}
	for i := range d.Items {
		if !d.Items[i].Complete {
			s.merge(s.add(heightOf(w.NotComplete, size, widthOfAll), text(s.styles.warning, w.NotComplete)), colName, colLast)
			break
		}
	}
	return nil
}

// paragraphs returns the lines of text, each in pieces that a row can hold.
func paragraphs(text string) []string {
	var all []string
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n"), "\n") {
		runes := []rune(line)
		for len(runes) > maxParagraph {
			all, runes = append(all, string(runes[:maxParagraph])), runes[maxParagraph:]
		}
		all = append(all, string(runes))
	}
	return all
}

func (s *sheet) field(name, value string) {
	if value != "" {
		s.valueRow(name, value)
	}
}

func (s *sheet) valueRow(name, value string) {
	s.merge(s.add(heightOf(value, size, widthOfValue), text(s.styles.name, name), text(s.styles.value, value)), colQuantity, colLast)
}

func (s *sheet) dateField(name, day string) error {
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	s.merge(s.add(15, text(s.styles.name, name), excelize.Cell{StyleID: s.styles.date, Value: on}), colQuantity, colLast)
	return nil
}

// totals writes the totals into the rows that are kept for them.
func (s *sheet) totals(d *quotes.Document, items []itemRows) error {
	var amounts, prepaid, postpaid []string
	for _, item := range items {
		amounts = append(amounts, at(colAmount, item.amount))
		prepaid = append(prepaid, at(colAmount, item.prepaid)+"*"+at(colQuantity, item.amount))
		postpaid = append(postpaid, at(colAmount, item.postpaid)+"*"+at(colQuantity, item.amount))
	}
	names := []any{text(s.styles.totalName, s.words.Total), nil, text(s.styles.totalName, s.words.PrepaidSum), nil, nil, text(s.styles.totalName, s.words.PostpaidSum), nil, text(s.styles.hint, s.words.ChangeQuantities), nil}
	values := make([]any, len(names))
	for column, sum := range map[int]struct {
		amount string
		of     []string
	}{0: {d.Total, amounts}, 2: {d.Prepaid, prepaid}, 5: {d.Postpaid, postpaid}} {
		amount, err := figure(sum.amount)
		if err != nil {
			return err
		}
		formula := ""
		if len(sum.of) > 0 {
			formula = rounded(strings.Join(sum.of, "+"))
		}
		if values[column], err = number(s.styles.total, amount, formula); err != nil {
			return err
		}
	}
	for i := range names {
		if names[i] == nil {
			names[i] = blank(s.styles.totalName)
		}
		if values[i] == nil {
			values[i] = blank(s.styles.totalName)
		}
	}
	s.rows[rowTotalNames-1].cells, s.rows[rowTotals-1].cells = names, values
	for _, row := range []int{rowTotalNames, rowTotals} {
		s.merge(row, "A", "B")
		s.merge(row, "C", "E")
		s.merge(row, "F", "G")
	}
	s.merged = append(s.merged, [2]string{at("H", rowTotalNames), at(colLast, rowTotals)})
	return nil
}

// rounded is a formula that rounds to the fen, half away from zero, as the
// engine does; programs see to it that 1.005 counts as a half.
func rounded(formula string) string { return "ROUND(" + formula + ",2)" }

// item writes an item: its lines, what one of it comes to, and its amount.
func (s *sheet) item(n int, item *quotes.Item) (itemRows, error) {
	st, w := s.styles, s.words
	name := strconv.Itoa(n) + "   " + item.Name + " · " + item.OptionName
	s.add(14)
	s.merge(s.add(22, text(st.band, name)), colName, colLast)
	s.merge(s.add(15, text(st.facts, w.term(item.Months)+" · "+fmt.Sprintf(w.PricesOf, item.PriceBook))), colName, colLast)
	s.add(fit,
		text(st.head, w.Item), text(st.headRight, w.Quantity), text(st.headAfter, w.Unit), text(st.headRight, w.UnitPrice),
		text(st.headRight, w.Factor), text(st.headRight, w.Amount), text(st.headAfter, w.Settlement), text(st.head, w.Formula), text(st.head, w.Source))
	first := len(s.rows) + 1
	lines := make([]string, len(item.Lines)) // their amounts, without those of their parts
	for i := range item.Lines {
		row, err := s.line(&item.Lines[i])
		if err != nil {
			return itemRows{}, err
		}
		lines[i] = at(colAmount, row)
	}
	last := len(s.rows)
	if len(item.Lines) == 0 {
		s.merge(s.add(15, text(st.facts, w.NothingToPay)), colName, colLast)
	}
	// sum returns a formula over the lines' amounts, or none without lines.
	sum := func(format string, args ...any) string {
		if len(item.Lines) == 0 {
			return ""
		}
		return rounded(fmt.Sprintf(format, args...))
	}
	amounts := at(colAmount, first) + ":" + at(colAmount, last)
	settlements := at(colSettlement, first) + ":" + at(colSettlement, last)
	of := func(settlement pricing.Settlement) string {
		return sum(`SUMIF(%s,"%s",%s)`, settlements, w.settlement(string(settlement)), amounts)
	}
	var rows itemRows
	one, err := s.sum(st.sumName, st.sum, w.OfOne, item.Total, sum("SUM(%s)", strings.Join(lines, ",")))
	if err != nil {
		return rows, err
	}
	if item.Months > 1 {
		if _, err := s.sum(st.partName, st.part, w.Monthly, item.Monthly, rounded(at(colAmount, one)+"/"+strconv.FormatInt(item.Months, 10))); err != nil {
			return rows, err
		}
	}
	if rows.prepaid, err = s.sum(st.partName, st.part, w.PrepaidSum, item.Prepaid, of(pricing.Prepaid)); err != nil {
		return rows, err
	}
	if rows.postpaid, err = s.sum(st.partName, st.part, w.PostpaidSum, item.Postpaid, of(pricing.Postpaid)); err != nil {
		return rows, err
	}
	rows.amount, err = s.itemAmount(item, one)
	return rows, err
}

// sum writes a sum of the lines.
func (s *sheet) sum(nameStyle, style int, name, amount, formula string) (row int, err error) {
	d, err := figure(amount)
	if err != nil {
		return 0, err
	}
	cell, err := number(style, d, formula)
	return s.add(fit, text(nameStyle, name), nil, nil, nil, nil, cell), err
}

// itemAmount writes what the item comes to: so many times what one does.
func (s *sheet) itemAmount(item *quotes.Item, one int) (row int, err error) {
	st := s.styles
	d, err := figure(item.Amount)
	if err != nil {
		return 0, err
	}
	times, err := number(st.itemTimes, decimal.NewFromInt(item.Quantity), "")
	if err != nil {
		return 0, err
	}
	row = len(s.rows) + 1
	amount, err := number(st.item, d, rounded(at(colAmount, one)+"*"+at(colQuantity, row)))
	return s.add(fit, text(st.itemText, s.words.ItemAmount), times, text(st.itemUnit, s.words.Times), blank(st.itemText), blank(st.itemText), amount), err
}
