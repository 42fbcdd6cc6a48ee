package quotes

import (
	"strconv"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// Missed is what of an item could not be taken over into a draft.
type Missed struct {
	Item *Item
	// ProductGone says that there are no prices for the product any more. If there
	// are, Left are the ids of inputs that its prices do not take.
	ProductGone bool
	Left        []string
}

// Copy returns a draft with what a quote says, but not for whom and by whom: a
// copy is somebody else's, or for somebody else. Missed is what could not be taken
// over.
func (d *Document) Copy(c *pricing.Catalog) (sheet *Sheet, missed []Missed) {
	sheet = DecodeSheet(nil)
	sheet.Title, sheet.Note, sheet.Lang = d.Title, d.Note, d.Lang
	sheet.ValidDays = strconv.FormatInt(d.ValidDays, 10)
	order, left := d.Reorder(c)
	next := 0
	for i := range d.Items {
		item := &d.Items[i]
		product, ok := c.Product(item.Product)
		if !ok {
			missed = append(missed, Missed{Item: item, ProductGone: true})
			continue
		}
		quoted := &order.Items[next]
		next++
		if len(left[i]) > 0 {
			missed = append(missed, Missed{Item: item, Left: left[i]})
		}
		// There is room for as many items as a quote has.
		form := forms.Filled(product, quoted.Usage, quoted.Option)
		form.Facts = quoted.Facts
		sheet.Put("", product.ID, form.Today())
		sheet.Items[len(sheet.Items)-1].Quantity = strconv.FormatInt(quoted.Quantity, 10)
	}
	return sheet, missed
}
