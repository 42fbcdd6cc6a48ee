package quotes

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"suanpan/calc/wire"
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
	// Option is the id of the option to quote, or empty for the recommended one.
	Option   string
	Quantity int64
}

// Words says in words what was entered, and what is bought inside an option.
// They are the interface's own words, which this package has not.
type Words func(*pricing.Usage, *pricing.OptionEstimate, pricing.Lang) (entries, bought []Entry)

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

func itemField(item int, field string) string { return "items[" + strconv.Itoa(item) + "]." + field }

// Freeze prices an order and returns its document. An option that cannot serve
// what is asked for is at fault: its price is not one to be quoted. The faults
// are those of Check and of the estimates, all at once.
func (o *Order) Freeze(id string, now time.Time, words Words) (*Document, []*pricing.InputError) {
	faults := o.Check()
	if len(o.Items) == 0 || len(o.Items) > MaxItems {
		return nil, faults
	}
	d := &Document{
		ID: id, Revises: o.Revises,
		CreatedAt:  now.UTC().Format(time.RFC3339),
		ValidUntil: Day(now.AddDate(0, 0, int(min(max(o.ValidDays, 0), MaxDays)))), ValidDays: o.ValidDays,
		Lang: o.Lang, Title: clean(o.Title), Customer: clean(o.Customer), PreparedBy: clean(o.PreparedBy), Note: clean(o.Note),
		Currency: o.Items[0].Usage.Book().Currency,
	}
	var total, prepaid, postpaid decimal.Decimal
	for i := range o.Items {
		item, sum, fault := o.Items[i].freeze(o.Lang, words)
		if fault == nil && item.Currency != d.Currency {
			fault = &pricing.InputError{Input: "product", Code: CodeOtherCurrency, Message: pricing.Text{
				EN: "All items of a quote are in one currency.", ZH: "同一份报价单只能使用一种货币。",
			}}
		}
		if fault != nil {
			fault.Input = itemField(i, fault.Input)
			faults = append(faults, fault)
			continue
		}
		d.Items = append(d.Items, *item)
		total, prepaid, postpaid = total.Add(sum.total), prepaid.Add(sum.prepaid), postpaid.Add(sum.postpaid)
	}
	d.Total, d.Prepaid, d.Postpaid = total.StringFixed(2), prepaid.StringFixed(2), postpaid.StringFixed(2)
	if len(faults) > 0 {
		return nil, faults
	}
	return d, nil
}

// clean replaces what is no text, as JSON would: the document must read back as
// it was written.
func clean(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// sums are what an item adds to a quote.
type sums struct{ total, prepaid, postpaid decimal.Decimal }

// freeze prices an item.
func (o *OrderItem) freeze(l pricing.Lang, words Words) (*Item, *sums, *pricing.InputError) {
	e, book := o.Usage.Estimate(), o.Usage.Book()
	best := e.Recommended()
	quoted := best
	if o.Option != "" {
		if quoted = e.Option(o.Option); quoted == nil {
			return nil, nil, &pricing.InputError{Input: "option", Code: pricing.CodeUnknownChoice, Message: pricing.Text{
				EN: "This product has no such option.", ZH: "该产品没有这个方案。",
			}}
		}
	}
	if quoted == nil || !quoted.Feasible {
		return nil, nil, infeasible(quoted)
	}
	inputs, err := wire.EncodeUsage(o.Usage)
	if err != nil {
		panic(err) // a usage has only ids and numbers
	}
	option := wire.NewOption(quoted, l)
	item := &Item{
		Product: book.Product, Name: book.Name.In(l), PriceBook: book.ID, PriceBookHash: hex.EncodeToString(book.Hash[:]),
		Currency: book.Currency, Months: o.Usage.Months(),
		Option: option.ID, OptionName: option.Name, Recommended: best.Option.ID, Quantity: o.Quantity, Inputs: inputs,
		Total: option.Total, Monthly: option.Monthly, Prepaid: option.Prepaid, Postpaid: option.Postpaid, Complete: option.Complete,
		Lines: option.Lines, Purchases: option.Purchases, Notes: option.Notes,
		Assumptions: []string{}, Exclusions: []string{}, Sources: []string{},
	}
	item.Entries, item.Bought = words(o.Usage, quoted, l)
	for _, t := range book.Assumptions {
		item.Assumptions = append(item.Assumptions, t.In(l))
	}
	for i := range quoted.Lines {
		for _, t := range quoted.Lines[i].Assumptions() {
			if !slices.Contains(item.Assumptions, t.In(l)) {
				item.Assumptions = append(item.Assumptions, t.In(l))
			}
		}
	}
	for _, t := range book.Exclusions {
		item.Exclusions = append(item.Exclusions, t.In(l))
	}
	for i := range book.Sources {
		s := &book.Sources[i]
		item.Sources = append(item.Sources, s.Title.In(l)+" · "+s.Date)
	}
	times := decimal.NewFromInt(o.Quantity)
	sum := &sums{quoted.Total.Mul(times), quoted.Prepaid.Mul(times), quoted.Postpaid.Mul(times)}
	item.Amount = sum.total.StringFixed(2)
	return item, sum, nil
}

// infeasible returns the fault of quoting an option that cannot serve what is
// asked for, or of asking for something that none can.
func infeasible(o *pricing.OptionEstimate) *pricing.InputError {
	fault := &pricing.InputError{Input: "option", Code: CodeInfeasible, Message: pricing.Text{
		EN: "No option can serve what is asked for.", ZH: "没有方案能满足所填需求。",
	}}
	if o == nil {
		return fault
	}
	fault.Message = pricing.Text{EN: o.Option.Name.EN + " cannot serve what is asked for.", ZH: o.Option.Name.ZH + "不能满足所填需求。"}
	for _, v := range o.Violations {
		fault.Message.EN += " " + v.Message.EN
		fault.Message.ZH += v.Message.ZH
	}
	return fault
}
