package quotes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms"
	"suanpan/calc/forms/numbers"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Reading is a draft that was read: what it would be as a quote, and what stands
// in the way of that.
type Reading struct {
	Sheet *Sheet
	// Priced is the quote that it would be.
	Priced *Priced
	// Faults are what keeps it from being saved, by the name of the field.
	Faults map[string]*pricing.InputError
	// Understood is what a number was understood as, by the name of its field,
	// where it was not typed as just that.
	Understood map[string]pricing.Text
	Items      []ReadItem
	// Total, Prepaid and Postpaid are of the items that count.
	Total, Prepaid, Postpaid decimal.Decimal
	// Seen stands for the items and the prices that they have. Who saves a draft
	// has seen the same.
	Seen string
	// Suggested is the title that the quote gets if none was typed.
	Suggested string
}

// ReadItem is an item of a draft that was read.
type ReadItem struct {
	*SheetItem
	// Found is its product; nil if there is no such product any more.
	Found *pricing.Product
	// Priced is what it comes to; nil if it cannot be priced, for the reasons
	// given.
	Priced *PricedItem
	// Older says that its prices are not the newest.
	Older   bool
	Reasons []pricing.Text
	// Fault is that of the quantity, which then counts as 1.
	Fault *pricing.InputError
}

// Counts reports whether the item is in the totals: whether it has a price, and a
// quantity that could be read.
func (item *ReadItem) Counts() bool { return item.Priced != nil && item.Fault == nil }

// What the numbers of a draft count.
var (
	unitOfDays     = pricing.Unit{One: "day", EN: "days", ZH: "天"}
	unitOfQuantity = pricing.Unit{One: "copy", EN: "copies", ZH: "份"}
)

// QuantityField is the name of the field of an item's quantity.
func QuantityField(item string) string { return "quantity." + item }

// Read prices the items of a draft, each once, and finds whatever is wrong with
// it. Where the draft does not say, the quote is in language l.
func (s *Sheet) Read(c *pricing.Catalog, l pricing.Lang) *Reading {
	r := &Reading{
		Sheet: s, Items: make([]ReadItem, len(s.Items)), Faults: map[string]*pricing.InputError{}, Understood: map[string]pricing.Text{},
	}
	order := &Order{
		Title: strings.TrimSpace(s.Title), Customer: strings.TrimSpace(s.Customer),
		PreparedBy: strings.TrimSpace(s.PreparedBy), Note: strings.TrimSpace(s.Note),
		ValidDays: DefaultDays, Lang: cmp.Or(s.Lang, l), Revises: s.Revises,
	}
	if !numbers.Blank(s.ValidDays) {
		days, fault := forms.Count("valid_days", s.ValidDays, unitOfDays, 1, MaxDays)
		if fault != nil {
			r.Faults["valid_days"] = fault
		} else {
			order.ValidDays = days
			r.understood("valid_days", s.ValidDays, days, unitOfDays)
		}
	}
	var ordered []*ReadItem // as they are in the order
	for i := range s.Items {
		item := &r.Items[i]
		item.SheetItem = &s.Items[i]
		asked, ok := item.read(c)
		if item.Fault == nil && !numbers.Blank(item.Quantity) {
			r.understood(QuantityField(item.ID), item.Quantity, asked.Quantity, unitOfQuantity)
		}
		if ok {
			order.Items, ordered = append(order.Items, asked), append(ordered, item)
		}
	}
	r.Suggested = r.suggestTitle(order.Lang)
	order.Title = cmp.Or(order.Title, r.Suggested)
	r.price(order, ordered)
	r.Seen = r.seen()
	return r
}

// understood keeps in mind what a number in a field was understood as.
func (r *Reading) understood(name, typed string, n int64, unit pricing.Unit) {
	if strings.TrimSpace(typed) != strconv.FormatInt(n, 10) {
		r.Understood[name] = unit.Counted(n)
	}
}

// price prices the order of a draft, of whose items some are in it.
func (r *Reading) price(order *Order, ordered []*ReadItem) {
	var faults []*pricing.InputError
	r.Priced, faults = order.Price()
	for i, item := range ordered {
		item.Priced = r.Priced.Items[i]
	}
	for _, f := range faults {
		if i := ItemOf(f.Input); i >= 0 {
			ordered[i].Reasons = append(ordered[i].Reasons, f.Message)
		} else if r.Faults[f.Input] == nil {
			r.Faults[f.Input] = f
		}
	}
	for i := range r.Items {
		item := &r.Items[i]
		if item.Fault != nil {
			r.Faults[item.Fault.Input] = item.Fault
		}
		if len(item.Reasons) > 0 {
			r.Faults["item."+item.ID] = &pricing.InputError{Input: "item." + item.ID}
		}
		if item.Counts() {
			r.Total, r.Prepaid, r.Postpaid = r.Total.Add(item.Priced.Amount), r.Prepaid.Add(item.Priced.Prepaid), r.Postpaid.Add(item.Priced.Postpaid)
		}
	}
}

// seen stands for the items and their prices.
func (r *Reading) seen() string {
	sum := sha256.New()
	for i := range r.Items {
		item, book := &r.Items[i], ""
		if item.Priced != nil {
			book = hashOf(item.Priced.Usage.Book())
		}
		for _, part := range []string{item.ID, item.Product, item.Query, book} {
			sum.Write([]byte(part + "\x00"))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// read reads what an item asks to be quoted, or the reasons why that cannot be.
func (item *ReadItem) read(c *pricing.Catalog) (asked OrderItem, ok bool) {
	asked.Quantity = 1
	if !numbers.Blank(item.Quantity) {
		quantity, fault := forms.Count(QuantityField(item.ID), item.Quantity, unitOfQuantity, 1, MaxQuantity)
		if fault != nil {
			item.Fault = fault
		} else {
			asked.Quantity = quantity
		}
	}
	if item.Found, ok = c.Product(item.Product); !ok {
		item.Reasons = []pricing.Text{productGone}
		return asked, false
	}
	typed, err := url.ParseQuery(item.Query)
	if err != nil {
		typed = url.Values{}
	}
	form, ok := forms.Decode(typed, item.Found)
	if !ok {
		item.Reasons = []pricing.Text{bookGone}
		return asked, false
	}
	if len(form.Faults) > 0 {
		item.Reasons = refused(form)
		return asked, false
	}
	asked.Usage, asked.Facts, asked.Option = form.Usage, form.Facts, typed.Get(forms.Option)
	item.Older = form.Pinned()
	return asked, true
}

// The reasons why an item of a draft cannot be priced any more.
var (
	productGone = pricing.Text{
		EN: "There are no prices for this product any more.",
		ZH: "该产品已没有价格。",
	}
	bookGone = pricing.Text{
		EN: "The price book it was made with is not here any more.",
		ZH: "这一项所用的价格版本已不存在。",
	}
	inputsGone = pricing.Text{
		EN: "The newest prices do not take what was entered:",
		ZH: "最新价格不接受所填的内容：",
	}
)

// refused says which inputs a price book does not take.
func refused(form *forms.Form) []pricing.Text {
	reasons := []pricing.Text{inputsGone}
	for i := range form.Book.Inputs {
		in := &form.Book.Inputs[i]
		for name, fault := range form.Faults {
			if name == in.ID || strings.HasPrefix(name, in.ID+".") {
				reasons = append(reasons, pricing.Text{EN: in.Name.EN + ": " + fault.Message.EN, ZH: in.Name.ZH + "：" + fault.Message.ZH})
				break
			}
		}
	}
	return reasons
}

// The titles that are suggested for quotes of one product, of two and of more.
var (
	titleOfOne  = pricing.Text{EN: "Quote for %s", ZH: "%s报价单"}
	titleOfTwo  = pricing.Text{EN: "Quote for %s and %s", ZH: "%s、%s报价单"}
	titleOfMore = pricing.Text{EN: "Quote for %s, %s and more", ZH: "%s、%s等产品报价单"}
)

// suggestTitle names the products of a draft.
func (r *Reading) suggestTitle(l pricing.Lang) string {
	var names []string
	named := map[*pricing.Product]bool{}
	for i := range r.Items {
		if p := r.Items[i].Found; p != nil && !named[p] {
			named[p] = true
			names = append(names, p.Newest().Name.In(l))
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return wording.Fill(titleOfOne.In(l), names[0])
	case 2:
		return wording.Fill(titleOfTwo.In(l), names[0], names[1])
	default:
		return wording.Fill(titleOfMore.In(l), names[0], names[1])
	}
}
