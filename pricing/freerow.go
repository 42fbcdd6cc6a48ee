package pricing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// FreeRows says of each input of kind rows in which rows a quantity is stated of
// which no option charges anything, since all that was chosen there is free:
// rounds that use none of the components that cost something. A total without
// them is right, and rarely what was meant.
func (u *Usage) FreeRows() []Text {
	var notes []Text
	for i, rows := range u.rows {
		if len(rows) == 0 {
			continue
		}
		in, prices := &u.book.Inputs[i], u.book.rowPricesOf(i)
		var free []string
		for j, row := range rows {
			if len(prices) > 0 && row.states(in) && !slices.ContainsFunc(prices, func(p *rowPrice) bool { return p.charges(row) }) {
				free = append(free, strconv.Itoa(j+1))
			}
		}
		if len(free) == 0 {
			continue
		}
		word := "row "
		if len(free) > 1 {
			word = "rows "
		}
		notes = append(notes, Text{
			EN: fmt.Sprintf("%s, %s%s: there is a quantity, but nothing was chosen that is charged for, so the total has nothing for it.", in.Name.EN, word, strings.Join(free, ", ")),
			ZH: fmt.Sprintf("%s第 %s 行填了数量，但没有选用任何收费的内容，合计中没有它的费用。", in.Name.ZH, strings.Join(free, "、")),
		})
	}
	return notes
}

// rowPricesOf returns the prices by which any option charges for an input's rows.
func (b *Book) rowPricesOf(input int) []*rowPrice {
	var out []*rowPrice
	for i := range b.charges {
		for _, prices := range b.charges[i].prices {
			for _, p := range prices {
				if r, ok := p.price.(*rowPrice); ok && r.rows == input && !slices.Contains(out, r) {
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// charges reports whether a row costs anything.
func (r *rowPrice) charges(row Row) bool {
	if r.prices[row[r.by]].price.IsZero() || slices.ContainsFunc(r.product, func(field int) bool { return row[field] == 0 }) {
		return false
	}
	f := r.multiplier.of(row, row[r.by])
	return f == nil || !f.number.IsZero()
}
