package quotes

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// The limits of a quote. Texts are counted in characters.
const (
	MaxItems    = 20
	MaxQuantity = 10_000
	MaxDays     = 365
	DefaultDays = 30
	MaxTitle    = 200
	MaxNote     = 5000
)

// Order says what is to be quoted.
type Order struct {
	Title, Customer, PreparedBy, Note string
	// ValidDays is how many days after the day of saving the quote is valid.
	ValidDays int64
	Lang      pricing.Lang
	// Revises is the id of the quote that is to be replaced, or empty.
	Revises string
	Items   []OrderItem
}

// OrderItem is an estimate that is to be quoted.
type OrderItem struct {
	Usage *pricing.Usage
	// Facts are what the usage may have been estimated from.
	Facts []*forms.Facts
	// Option is the id of the option to quote, or empty for the recommended one.
	Option   string
	Quantity int64
}

// Work is about the work of pricing and freezing the order, in the unit of
// [pricing.Usage.Work].
func (o *Order) Work() (work int) {
	for i := range o.Items {
		if u := o.Items[i].Usage; u != nil {
			work += 4 * u.Work()
		}
	}
	return work
}

// The faults of a quote that no input has.
const (
	CodeTooLong       pricing.Code = "too_long"
	CodeNoItems       pricing.Code = "no_items"
	CodeTooManyItems  pricing.Code = "too_many_items"
	CodeInfeasible    pricing.Code = "infeasible"
	CodeOtherCurrency pricing.Code = "other_currency"
)

// Check returns every fault of an order, but those that need an estimate.
func (o *Order) Check() []*pricing.InputError {
	var faults []*pricing.InputError
	add := func(input string, code pricing.Code, message pricing.Text) {
		faults = append(faults, &pricing.InputError{Input: input, Code: code, Message: message})
	}
	for _, f := range []struct {
		name, text string
		most       int
	}{{"title", o.Title, MaxTitle}, {"customer", o.Customer, MaxTitle}, {"prepared_by", o.PreparedBy, MaxTitle}, {"note", o.Note, MaxNote}} {
		if n := utf8.RuneCountInString(f.text); n > f.most {
			most := strconv.Itoa(f.most)
			add(f.name, CodeTooLong, pricing.Text{
				EN: "This is " + strconv.Itoa(n) + " characters; there is room for " + most + ".",
				ZH: "现有 " + strconv.Itoa(n) + " 个字，最多 " + most + " 个字。",
			})
		}
	}
	if o.ValidDays < 1 || o.ValidDays > MaxDays {
		add("valid_days", pricing.CodeOutOfRange, pricing.Text{
			EN: "A quote is valid for 1 to " + strconv.Itoa(MaxDays) + " days.",
			ZH: "报价有效期为 1 至 " + strconv.Itoa(MaxDays) + " 天。",
		})
	}
	switch {
	case len(o.Items) == 0:
		add("items", CodeNoItems, pricing.Text{EN: "A quote has at least one item.", ZH: "报价单至少要有一项。"})
	case len(o.Items) > MaxItems:
		add("items", CodeTooManyItems, pricing.Text{
			EN: "A quote has at most " + strconv.Itoa(MaxItems) + " items.",
			ZH: "一份报价单最多 " + strconv.Itoa(MaxItems) + " 项。",
		})
	}
	for i := range o.Items {
		if q := o.Items[i].Quantity; q < 1 || q > MaxQuantity {
			add(itemField(i, "quantity"), pricing.CodeOutOfRange, quantityRange)
		}
	}
	return faults
}

var quantityRange = pricing.Text{
	EN: "The quantity is 1 to 10,000.",
	ZH: "数量为 1 至 10,000。",
}

func itemField(item int, field string) string { return ItemName(item) + "." + field }

const itemPrefix = "items["

// ItemName names the item at a position, as faults of an order do.
func ItemName(item int) string { return itemPrefix + strconv.Itoa(item) + "]" }

// ItemOf returns the position of the item that a fault is of, -1 for none.
func ItemOf(input string) int {
	rest, ok := strings.CutPrefix(input, itemPrefix)
	digits, _, _ := strings.Cut(rest, "]")
	if n, err := strconv.Atoi(digits); ok && err == nil {
		return n
	}
	return -1
}
