package pricing

import "slices"

// asks reports whether the input at a position asks for something that costs or
// that an option may lack, with the values of all inputs as limits are compared
// with them; or, without values, whether it can. Others can only lower the bill:
// they choose between prices of the same thing, or allow for a grant, an offer
// or a credit.
func (b *Book) asks(position int, values []int64) bool {
	return states(values, position) && b.bounds(position) ||
		slices.ContainsFunc(b.charges, func(c charge) bool { return c.asks(position, values) })
}

// bounds reports whether an option may lack what an input states.
func (b *Book) bounds(position int) bool {
	for i := range b.Options {
		if slices.ContainsFunc(b.Options[i].limits, func(l limit) bool { return l.input == position }) {
			return true
		}
	}
	if f := b.features; f != nil {
		if f.input == position || slices.ContainsFunc(f.implied, func(i impliedFeature) bool { return i.input == position }) {
			return true
		}
	}
	return slices.ContainsFunc(b.ladders, func(l ladder) bool { return slices.Contains(l.inputs, position) })
}

// asks reports the same of what the charge charges for. A charge that is not due,
// or of which nothing is counted, asks for nothing; quantities within what is
// included are asked for all the same.
func (c *charge) asks(position int, values []int64) bool {
	if !c.when.concern(values) {
		return false
	}
	counted := values == nil || len(c.quantity.inputs) == 0 || c.quantity.of(values).IsPositive()
	for _, prices := range c.prices {
		for _, p := range prices {
			if _, lowers := p.price.(*credit); lowers || !p.when.concern(values) || !counted && p.price.counts() {
				continue
			}
			otherwise := slices.ContainsFunc(prices, func(other conditionalPrice) bool { return !other.when.read(position) })
			switch {
			case c.when.read(position), p.when.read(position) && !otherwise:
				return true
			case !states(values, position):
			case counted && slices.Contains(c.quantity.inputs, position), slices.Contains(p.price.reads(), position):
				return true
			}
		}
	}
	return false
}

// states reports whether the value at a position says that there is something;
// without values it can.
func states(values []int64, position int) bool { return values == nil || values[position] > 0 }
