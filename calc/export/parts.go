package export

import (
	"fmt"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// linePart is a part of a line, with its texts in the language of the document.
type linePart struct {
	pricing.Part
	name, unit string
}

// partsOf returns the parts that a line's amount is the sum of; none if it is
// not, so that it stays a value whatever is changed.
func partsOf(l *wire.Line, quantity, amount decimal.Decimal) ([]linePart, error) {
	if len(l.Parts) == 0 {
		return earlierPart(l, quantity, amount)
	}
	parts := make([]linePart, len(l.Parts))
	var sum decimal.Decimal
	for i := range l.Parts {
		p, err := l.Parts[i].Read(figure)
		if err != nil {
			return nil, fmt.Errorf("line %.40s: %w", l.ID, err)
		}
		parts[i] = linePart{p, l.Parts[i].Name, l.Parts[i].Unit}
		sum = sum.Add(p.Amount())
	}
	if !sum.Equal(amount) {
		return nil, nil
	}
	return parts, nil
}

// earlierPart returns the part of a line that was saved before lines said
// theirs: if it has a unit price, it is in proportion to its quantity.
func earlierPart(l *wire.Line, quantity, amount decimal.Decimal) ([]linePart, error) {
	if l.UnitPrice == "" {
		return nil, nil
	}
	price, err := figure(l.UnitPrice)
	if err != nil {
		return nil, fmt.Errorf("line %.40s: %w", l.ID, err)
	}
	product := quantity.Mul(price)
	if product.IsZero() {
		return nil, nil
	}
	times := amount.Div(product)
	if !product.Mul(times).Equal(amount) {
		return nil, nil
	}
	return []linePart{{Part: pricing.Part{Quantity: quantity, Price: price, Per: 1, Times: times}, unit: l.Unit}}, nil
}

// ruled reports whether another number is charged than the quantity.
func (p *linePart) ruled() bool {
	return p.FreeBelow > 0 || !p.Included.IsZero() || !p.Block.IsZero()
}

// factor is what quantity × price is multiplied with.
func (p *linePart) factor() decimal.Decimal { return p.Times.Div(decimal.NewFromInt(p.Per)) }

// charged returns the formula of the number that is charged of the quantity in
// a cell.
func (p *linePart) charged(cell string) string {
	formula := cell
	if !p.Included.IsZero() {
		formula = "MAX(0," + formula + "-" + p.Included.String() + ")"
	}
	if !p.Block.IsZero() {
		round := "ROUNDUP"
		if p.FullBlocks {
			round = "ROUNDDOWN"
		}
		formula = round + "(" + formula + "/" + p.Block.String() + ",0)"
	}
	if p.FreeBelow > 0 {
		formula = fmt.Sprintf("IF(%s<%d,0,%s)", cell, p.FreeBelow, formula)
	}
	return formula
}

// unitPriceOfOne returns what one of a line's quantity costs, or nothing if it
// has not one price.
func unitPriceOfOne(l *wire.Line) (string, error) {
	if l.UnitPrice == "" || l.UnitPrice == "0" {
		return "", nil
	}
	if l.Per == "" {
		return l.UnitPrice, nil
	}
	price := wire.Part{Quantity: "1", UnitPrice: l.UnitPrice, Per: l.Per}
	p, err := price.Read(figure)
	return p.Amount().String(), err
}
