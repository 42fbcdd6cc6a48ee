package forms

import (
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/forms/numbers"
	"suanpan/pricing"
)

// Budget is the name, in a calculator's form and address, of the amount that is
// to buy as much as possible. What the cost is drawn against is named by Over, as
// in a forecast.
const Budget = "budget"

// asked is what a calculator's outlook is asked for.
type asked struct {
	// Over is the name of the field that the cost is drawn against, or empty for
	// the one that is taken without being asked.
	Over string
	// Budget is the amount as it was typed, or empty.
	Budget string
}

// decodeOutlook reads what the outlook is asked for. A field that the usage has
// not is as if none were named.
func (f *Form) decodeOutlook(values url.Values) {
	if over := values.Get(Over); over != "" {
		if slices.ContainsFunc(f.Usage.Variables(), func(v pricing.Variable) bool { return VariableName(v) == over }) {
			f.Over = over
		}
	}
	if budget := strings.TrimSpace(validText(values.Get(Budget))); !numbers.Blank(budget) {
		f.Budget = budget
	}
}

// queryOutlook adds what the outlook is asked for.
func (f *Form) queryOutlook(q *query) {
	if f.Over != "" {
		q.add(Over, f.Over)
	}
	switch amount, fault := f.amount(); {
	case amount != nil:
		q.add(Budget, amount.String())
	case fault != nil && len(f.Budget) <= maxTyped:
		q.add(Budget, f.Budget)
	}
}

// drawn returns the counts that the cost can be drawn against, and the positions
// of the one that is asked for and of the one that is taken unasked: of those
// that are set and priced the one with the largest share of the bill, else the
// first that is priced, else the first of all. There may be none.
func (f *Form) drawn(axes *pricing.Axes) (all []pricing.Variable, at, unasked int) {
	all = f.Usage.Variables()
	unasked = largestShare(all, f.Usage, axes)
	if unasked < 0 {
		rises := func(v pricing.Variable) bool { return axes.Of(v).Headroom() != nil }
		unasked = max(slices.IndexFunc(all, rises), 0)
	}
	if at = slices.IndexFunc(all, func(v pricing.Variable) bool { return VariableName(v) == f.Over }); at < 0 {
		at = unasked
	}
	return all, at, unasked
}

// largestShare returns the position of the variable with the largest share of the
// bill among those that are set and priced, the first of several; -1 if there is
// none.
func largestShare(all []pricing.Variable, u *pricing.Usage, axes *pricing.Axes) int {
	largest := -1
	var most decimal.Decimal
	for i, v := range all {
		if v.Of(u) == v.Input().Default {
			continue
		}
		axis := axes.Of(v)
		share, priced := axis.Share()
		priced = priced || largest < 0 && axis.Headroom() != nil
		if priced && (largest < 0 || share.GreaterThan(most)) {
			largest, most = i, share
		}
	}
	return largest
}

// amount reads the budget: an amount with up to two decimals, written like a
// count. It returns nil if there is none, or if it is at fault.
func (f *Form) amount() (*decimal.Decimal, *pricing.InputError) {
	if f.Budget == "" {
		return nil, nil
	}
	field := numbers.Field{
		Unit: numbers.Money(f.Book.Currency), Maximum: pricing.MaxCount, Decimals: 2, Sample: "5000",
		Limits: func(code pricing.Code) pricing.Text { return amountLimits[code] },
	}
	amount, fault := field.Read(f.Budget)
	if fault != nil {
		fault.Input = Budget
		return nil, fault
	}
	return &amount, nil
}

// amountLimits word what an amount may be.
var amountLimits = map[pricing.Code]pricing.Text{
	pricing.CodeNotWhole:   {EN: "An amount has two decimals at most.", ZH: "金额最多两位小数。"},
	pricing.CodeOutOfRange: {EN: "Enter an amount from 0 to 1,000,000,000,000.", ZH: "请填 0 到 1,000,000,000,000 之间的金额。"},
}
