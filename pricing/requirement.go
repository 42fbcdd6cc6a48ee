package pricing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// A requirement is met by the option's own limit, or by the cheapest add-on
// that reaches it, or not at all (pricing rules, section 0). The limit stands
// with the option, the add-ons with the charge that extends it.

// unlimited is the bound of what has none: above every count.
const unlimited = MaxCount + 1

// limit is how much of an input an option serves.
type limit struct {
	input int
	// reach is the most that the option serves with any add-on.
	reach     int64
	violation Violation
}

// Violation is a need that an option cannot serve.
type Violation struct {
	// Input is the input that asks for too much.
	Input *Input
	// Limit is the most that the option can serve with any add-on. It has no
	// meaning for yes/no inputs.
	Limit int64
	// Message says so in a sentence.
	Message Text
}

// addOn raises the limit of an option for a monthly fee.
type addOn struct {
	limit int64
	name  Text // of the line, with the limit in it
	fee   *monthlyFee
}

// addOnPrice is the choice among the add-ons that raise one limit.
type addOnPrice struct {
	input  int
	own    int64 // what the option serves without an add-on
	addOns []addOn
}

// line charges the cheapest add-on that reaches the need, the first in the
// book among equals, if one is needed. It is never asked for a need that no
// add-on reaches: that is a violation, and the need then counts as 0.
func (a *addOnPrice) line(t *terms, q quantity, values []int64, months decimal.Decimal) (Line, bool) {
	need := values[a.input]
	if need <= a.own {
		return Line{}, false
	}
	var best *addOn
	for i := range a.addOns {
		if o := &a.addOns[i]; need <= o.limit && (best == nil || o.fee.fee.LessThan(best.fee.fee)) {
			best = o
		}
	}
	if best == nil {
		return Line{}, false
	}
	l, ok := best.fee.line(t, q, values, months)
	l.Name = best.name
	return l, ok
}

// compileLimits makes the limits of an option, in the order of the inputs.
func (b *Book) compileLimits(o *optionFile, charges []chargeFile) []limit {
	var limits []limit
	for i := range b.Inputs {
		in := &b.Inputs[i]
		own, ok := o.Limits[in.ID]
		if !ok {
			continue
		}
		reach := own.bound()
		for _, c := range charges {
			if c.Extends != in.ID {
				continue
			}
			for _, p := range c.Prices {
				if slices.Contains(p.Options, o.ID) {
					for _, a := range p.AddOns {
						reach = max(reach, a.Limit.bound())
					}
				}
			}
		}
		if reach >= in.Maximum {
			continue
		}
		limits = append(limits, limit{input: i, reach: reach, violation: Violation{Input: in, Limit: reach, Message: atMost(in, reach)}})
	}
	return limits
}

// atMost says that an option serves no more than reach.
func atMost(in *Input, reach int64) Text {
	if in.Kind == KindYesNo || reach == 0 {
		return Text{EN: in.Name.EN + ": not offered", ZH: in.Name.ZH + "：不提供"}
	}
	n := countText(reach).EN
	return Text{
		EN: in.Name.EN + ": at most " + n + " " + in.Unit.For(reach, English),
		ZH: in.Name.ZH + "：最多 " + n + " " + in.Unit.For(reach, Chinese),
	}
}

// bound returns a limit of the book as a number to compare with: what yes/no
// inputs are offered is 1, what they are not is 0.
func (s scalarFile) bound() int64 {
	if s.unlimited() {
		return unlimited
	}
	return s.value()
}

func newAddOnPrice(name Text, raw []addOnFile, input int, own int64) *addOnPrice {
	a := &addOnPrice{input: input, own: own}
	for _, r := range raw {
		reach := Text{EN: "unlimited", ZH: "不限"}
		if !r.Limit.unlimited() {
			reach = countText(r.Limit.count())
		}
		a.addOns = append(a.addOns, addOn{
			limit: r.Limit.bound(),
			name:  withLimit(name, reach),
			fee:   newMonthlyFee(r.MonthlyFee.Decimal),
		})
	}
	return a
}

// withLimit puts a limit in the place that a name holds for it.
func withLimit(name, limit Text) Text {
	return Text{
		EN: strings.ReplaceAll(name.EN, "{limit}", limit.EN),
		ZH: strings.ReplaceAll(name.ZH, "{limit}", limit.ZH),
	}
}

func countText(n int64) Text {
	s := Grouped(strconv.FormatInt(n, 10))
	return Text{EN: s, ZH: s}
}
