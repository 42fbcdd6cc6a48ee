package export

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
)

// line writes a line and returns its row. Where its amount is the sum of
// quantities at their prices it is a formula, and the quantities are the
// reader's to change. Several of them, and one of which not all is charged,
// have rows of their own below the line's.
func (s *sheet) line(l *wire.Line) (row int, err error) {
	var quantity, amount decimal.Decimal
	if quantity, err = figure(l.Quantity); err == nil {
		amount, err = figure(l.Amount)
	}
	if err != nil {
		return 0, fmt.Errorf("line %.40s: %w", l.ID, err)
	}
	parts, err := partsOf(l, quantity, amount)
	if err != nil {
		return 0, err
	}
	row = len(s.rows) + 1
	switch {
	case len(parts) == 0:
		return row, s.lineRow(l, nil, quantity, "", amount, "")
	case len(parts) == 1 && parts[0].Charged().Equal(quantity):
		return row, s.lineOfOne(l, &parts[0], quantity, amount)
	default:
		return row, s.lineOfParts(l, parts, quantity, amount)
	}
}

// lineOfOne writes a line that is a quantity at a price.
func (s *sheet) lineOfOne(l *wire.Line, p *linePart, quantity, amount decimal.Decimal) error {
	row := len(s.rows) + 1
	counted := ""
	if p.ruled() {
		counted = p.charged(at(colQuantity, row+1))
	}
	if err := s.lineRow(l, p, quantity, counted, amount, product(at(colQuantity, row), p, row)); err != nil {
		return err
	}
	if !p.ruled() {
		return nil
	}
	used, err := number(s.styles.partQuantity, p.Quantity, "")
	if err != nil {
		return err
	}
	name := s.words.Usage
	if p.name != "" {
		name = fmt.Sprintf(s.words.UsageOf, p.name)
	}
	s.add(fit, s.belowLine(text(s.styles.ofWhich, name), used, text(s.styles.ofWhich, p.unit))...)
	return nil
}

// lineOfParts writes a line that is a sum.
func (s *sheet) lineOfParts(l *wire.Line, parts []linePart, quantity, amount decimal.Decimal) error {
	first := len(s.rows) + 2
	var sum decimal.Decimal
	counted := make([]string, len(parts))
	for i := range parts {
		sum = sum.Add(parts[i].Charged())
		counted[i] = parts[i].charged(at(colQuantity, first+i))
	}
	charged := ""
	if sum.Equal(quantity) { // not where units are converted
		charged = strings.Join(counted, "+")
	}
	total := "SUM(" + at(colAmount, first) + ":" + at(colAmount, first+len(parts)-1) + ")"
	if err := s.lineRow(l, nil, quantity, charged, amount, total); err != nil {
		return err
	}
	for i := range parts {
		if err := s.partRow(&parts[i], counted[i]); err != nil {
			return err
		}
	}
	return nil
}

// lineRow writes the row of a line, with the price if it has one. What has a
// formula is not to be typed over.
func (s *sheet) lineRow(l *wire.Line, p *linePart, quantity decimal.Decimal, counted string, amount decimal.Decimal, formula string) (err error) {
	st := s.styles
	style := st.given
	if p != nil && counted == "" {
		style = st.quantity
	}
	cells := []any{text(st.text, l.Name), nil, text(st.textAfter, l.Unit), blank(st.text), blank(st.text), nil,
		text(st.textAfter, s.words.settlement(l.Settlement)), text(st.small, l.Formula), text(st.small, l.Source)}
	if cells[1], err = number(style, quantity, counted); err != nil {
		return err
	}
	if cells[5], err = number(st.amount, amount, formula); err != nil {
		return err
	}
	if p != nil {
		if err := priced(cells, p, st.unitPrice, st.factor); err != nil {
			return err
		}
	}
	s.add(fit, cells...)
	return nil
}

// partRow writes one of the parts of a line, of which so much is charged.
func (s *sheet) partRow(p *linePart, counted string) (err error) {
	st := s.styles
	name := s.words.OfWhich
	if p.name != "" {
		name = fmt.Sprintf(s.words.OfWhichOf, p.name)
	}
	cells := s.belowLine(text(st.ofWhich, name), nil, text(st.ofWhich, p.unit))
	if cells[1], err = number(st.partQuantity, p.Quantity, ""); err != nil {
		return err
	}
	if cells[5], err = number(st.partAmount, p.Amount(), product(counted, p, len(s.rows)+1)); err != nil {
		return err
	}
	if err := priced(cells, p, st.partAmount, st.partFactor); err != nil {
		return err
	}
	s.add(fit, cells...)
	return nil
}

// belowLine fills up a row that belongs to the line above it.
func (s *sheet) belowLine(cells ...any) []any {
	for len(cells) < len(s.widths) {
		cells = append(cells, blank(s.styles.ofWhich))
	}
	return cells
}

// priced puts the price of a part, and what it is multiplied with, into a row.
func priced(cells []any, p *linePart, price, factor int) (err error) {
	if cells[3], err = number(price, p.Price, ""); err != nil {
		return err
	}
	if f := p.factor(); !f.Equal(decimal.NewFromInt(1)) {
		cells[4], err = number(factor, f, "")
	}
	return err
}

// product is the formula of an amount: what is charged × the price × the factor
// in a row.
func product(charged string, p *linePart, row int) string {
	formula := charged + "*" + at(colUnitPrice, row)
	if !p.factor().Equal(decimal.NewFromInt(1)) {
		formula += "*" + at(colFactor, row)
	}
	return formula
}
