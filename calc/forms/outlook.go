package forms

import (
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

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
// not is as if none were named; an amount longer than anybody types is dropped.
func (f *Form) decodeOutlook(values url.Values) {
	if over := values.Get(Over); over != "" {
		if slices.ContainsFunc(f.Usage.Variables(), func(v pricing.Variable) bool { return VariableName(v) == over }) {
			f.Over = over
		}
	}
	if budget := strings.TrimSpace(values.Get(Budget)); len(budget) <= maxTyped {
		f.Budget = budget
	}
}

// queryOutlook adds what the outlook is asked for.
func (f *Form) queryOutlook(q *query) {
	if f.Over != "" {
		q.add(Over, f.Over)
	}
	if f.Budget != "" {
		if amount, code := amount(f.Budget); code == "" {
			q.add(Budget, amount.String())
		} else {
			q.add(Budget, f.Budget)
		}
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

// maxAmount bounds an amount of money that is typed in.
var maxAmount = decimal.New(pricing.MaxCount, 0)

// amount reads the budget: an amount with up to two decimals, written like a
// count. It returns nil if there is none, or if it is at fault.
func (f *Form) amount() (*decimal.Decimal, *pricing.InputError) {
	if f.Budget == "" {
		return nil, nil
	}
	amount, code := amount(f.Budget)
	if code != "" {
		return nil, &pricing.InputError{Input: Budget, Code: code, Message: amountFaults[code]}
	}
	return &amount, nil
}

var amountFaults = map[pricing.Code]pricing.Text{
	pricing.CodeNotANumber: {EN: "This is not an amount. Digits such as 5000 will do.", ZH: "这不是金额，请填类似 5000 的数。"},
	pricing.CodeNotWhole:   {EN: "An amount has two decimals at most.", ZH: "金额最多两位小数。"},
	pricing.CodeOutOfRange: {EN: "Enter an amount from 0 to 1,000,000,000,000.", ZH: "请填 0 到 1,000,000,000,000 之间的金额。"},
}

// amount reads an amount of money as people type it.
func amount(typed string) (decimal.Decimal, pricing.Code) {
	typed = strings.TrimLeft(typed, "¥￥ ")
	digits, code := scaledNumber(typed, 2)
	if code != "" {
		return decimal.Decimal{}, code
	}
	if len(digits) > len("100000000000000") {
		return decimal.Decimal{}, pricing.CodeOutOfRange
	}
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return decimal.Decimal{}, pricing.CodeNotANumber
	}
	if d = d.Shift(-2); d.GreaterThan(maxAmount) {
		return decimal.Decimal{}, pricing.CodeOutOfRange
	}
	return d, ""
}
