package quotes

import (
	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Priced is an order with what its items come to: what is shown before a quote
// is saved, and what is then saved, since nothing is computed twice.
type Priced struct {
	Order *Order
	// Items are those of the order, in its order; nil for one that is at fault.
	Items []*PricedItem

	sound bool
}

// PricedItem is an item of an order with what it comes to.
type PricedItem struct {
	OrderItem
	// Quoted is the option that is quoted, and Recommended the cheapest.
	Quoted      *pricing.OptionEstimate
	Recommended *pricing.Option
	// Amount is the total of the option times the quantity, Prepaid and Postpaid
	// its parts.
	Amount, Prepaid, Postpaid decimal.Decimal
}

// Price prices an order. An option that cannot serve what is asked for is at
// fault: its price is not one to be quoted. The faults are those of Check and of
// the estimates, all at once.
func (o *Order) Price() (*Priced, []*pricing.InputError) {
	faults := o.Check()
	p := &Priced{Order: o, Items: make([]*PricedItem, len(o.Items))}
	if len(o.Items) > MaxItems {
		return p, faults
	}
	for i := range o.Items {
		item, fault := o.Items[i].Price()
		if fault == nil && item.currency() != o.Items[0].currency() {
			fault = otherCurrency()
		}
		if fault != nil {
			fault.Input = itemField(i, fault.Input)
			faults = append(faults, fault)
			continue
		}
		p.Items[i] = item
	}
	p.sound = len(faults) == 0
	return p, faults
}

// Price prices an item.
func (o OrderItem) Price() (*PricedItem, *pricing.InputError) {
	e := o.Usage.Estimate()
	best := e.Recommended()
	quoted := best
	if o.Option != "" {
		if quoted = e.Option(o.Option); quoted == nil {
			return nil, noOption()
		}
	}
	if quoted == nil || !quoted.Feasible {
		return nil, infeasible(quoted)
	}
	times := decimal.NewFromInt(o.Quantity)
	return &PricedItem{
		OrderItem: o, Quoted: quoted, Recommended: best.Option,
		Amount: quoted.Total.Mul(times), Prepaid: quoted.Prepaid.Mul(times), Postpaid: quoted.Postpaid.Mul(times),
	}, nil
}

func (o *OrderItem) currency() string { return o.Usage.Book().Currency }

func noOption() *pricing.InputError {
	return &pricing.InputError{Input: "option", Code: pricing.CodeUnknownChoice, Message: pricing.Text{
		EN: "This product has no such option.", ZH: "该产品没有这个方案。",
	}}
}

func otherCurrency() *pricing.InputError {
	return &pricing.InputError{Input: "product", Code: CodeOtherCurrency, Message: pricing.Text{
		EN: "All items of a quote are in one currency.", ZH: "同一份报价单只能使用一种货币。",
	}}
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
