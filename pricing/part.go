package pricing

import "github.com/shopspring/decimal"

// Part is one of the products that a line's amount is the sum of: a quantity
// at the price that the list has for it, times so much.
type Part struct {
	// Name says what is counted; empty if that is what the line is named after.
	Name Text
	// Quantity is how much there is of it, with what is not charged, and Unit
	// what it counts.
	Quantity decimal.Decimal
	Unit     Text
	// FreeBelow is the quantity from which all of it is charged; 0 if it always
	// is.
	FreeBelow int64
	// Included is how much of the quantity is not charged.
	Included decimal.Decimal
	// Block is how much of the quantity is sold at a time, and FullBlocks says
	// that only blocks used up are charged, not those begun; 0 if any quantity
	// is.
	Block      decimal.Decimal
	FullBlocks bool
	// Price is that of a block, or of so many as Per says, a power of ten.
	Price decimal.Decimal
	Per   int64
	// Times is what the price is multiplied with: the months of the term, and
	// the factor of a choice.
	Times decimal.Decimal
}

// price returns the price as the engine has it.
func (p *Part) price() *quantityPrice {
	q := &quantityPrice{
		price: p.Price, per: perUnits{zeros: zerosOf(p.Per)}, freeBelow: p.FreeBelow, included: p.Included, block: p.Block, rule: startedBlocks,
	}
	if p.FullBlocks {
		q.rule = fullBlocks
	}
	return q
}

// Charged returns how many units or blocks are charged.
func (p *Part) Charged() decimal.Decimal { return p.price().charged(p.Quantity) }

// Amount returns what the part adds to its line, exactly.
func (p *Part) Amount() decimal.Decimal { return p.price().of(p.Charged()).Mul(p.Times) }

// Parts returns what the amount is the sum of. A line of one part is a quantity
// at a unit price. There are none if the amount is made in another way, so that
// another quantity would not cost in proportion: by packs and commitments that
// were chosen for it, or with rounding.
func (l *Line) Parts() []Part {
	if len(l.parts) == 0 {
		return nil
	}
	parts := make([]Part, len(l.parts))
	for i := range l.parts {
		parts[i] = l.parts[i].shown(l)
	}
	return parts
}

// part is a [Part] as the engine keeps it.
type part struct {
	price *quantityPrice
	// by is what the price goes by beside what is counted, or nil.
	by              *factor
	quantity, times decimal.Decimal
}

// shown returns the part as it is to be read on its line.
func (p *part) shown(l *Line) Part {
	q := p.price
	out := Part{
		Name: q.name, Quantity: p.quantity, Unit: q.unit, FreeBelow: q.freeBelow, Included: q.included,
		Block: q.block, FullBlocks: q.rule == fullBlocks, Price: q.price, Per: pow10(q.per.zeros), Times: p.times,
	}
	if p.by != nil {
		out.Times = out.Times.Mul(p.by.number)
		if p.by.name != (Text{}) {
			out.Name = Text{EN: q.name.EN + " · " + p.by.name.EN, ZH: q.name.ZH + " · " + p.by.name.ZH}
		}
	}
	if out.Unit == (Text{}) && q.block.IsZero() {
		out.Unit = l.unit
	}
	return out
}

// line returns a line of this part alone, of which so much is charged.
func (p part) line(t *terms, name Text, charged decimal.Decimal, f formula) Line {
	amount := p.price.of(charged)
	if !p.times.Equal(one) {
		amount = amount.Mul(p.times)
	}
	return Line{terms: t, Name: name, Quantity: charged, Amount: amount, Formula: string(f), parts: []part{p}}
}
