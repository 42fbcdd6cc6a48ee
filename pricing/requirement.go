package pricing

import (
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
	// reach is the most that the option serves with any add-on, least the
	// least that it serves at all of what is not 0.
	reach, least int64
	violation    Violation
}

// broken reports whether the option cannot serve a value.
func (l *limit) broken(value int64) bool {
	return value > l.reach || (value > 0 && value < l.least)
}

// Violation is a need that an option cannot serve.
type Violation struct {
	// Input is the input that asks for too much.
	Input *Input
	// Limit is the most that the option can serve with any add-on, or the least
	// that it serves where too little is asked for. It has a meaning for counts
	// only.
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

// bill charges the cheapest add-on that reaches the need, the first in the
// book among equals, if one is needed. It is never asked for a need that no
// add-on reaches: that is a violation, and the need then counts as 0.
func (a *addOnPrice) bill(b *bill, c *charge) {
	need := b.values[a.input]
	if need <= a.own {
		return
	}
	var best *addOn
	for i := range a.addOns {
		if o := &a.addOns[i]; need <= o.limit && (best == nil || o.fee.price.LessThan(best.fee.price)) {
			best = o
		}
	}
	if best != nil {
		best.fee.add(b, &c.terms, best.name)
	}
}

func (a *addOnPrice) reads() []int { return []int{a.input} }

func (*addOnPrice) counts() bool { return false }

// atLeast says that an option serves no less than least.
func atLeast(in *Input, least int64) Text {
	n := countText(least).EN
	return Text{
		EN: in.Name.EN + ": at least " + n + " " + in.Unit.For(least, English),
		ZH: in.Name.ZH + "：至少 " + n + " " + in.Unit.For(least, Chinese),
	}
}

// atMost says that an option serves no more than reach.
func atMost(in *Input, reach int64) Text {
	if in.Kind != KindCount || reach == 0 {
		return Text{EN: in.Name.EN + ": not offered", ZH: in.Name.ZH + "：不提供"}
	}
	n := countText(reach).EN
	return Text{
		EN: in.Name.EN + ": at most " + n + " " + in.Unit.For(reach, English),
		ZH: in.Name.ZH + "：最多 " + n + " " + in.Unit.For(reach, Chinese),
	}
}

// withPlace puts a text in the place that another holds for it.
func withPlace(text Text, place string, value Text) Text {
	return Text{
		EN: strings.ReplaceAll(text.EN, place, value.EN),
		ZH: strings.ReplaceAll(text.ZH, place, value.ZH),
	}
}

func countText(n int64) Text { return grouped(decimal.NewFromInt(n)) }

// grouped writes a number as it reads in both languages.
func grouped(n decimal.Decimal) Text {
	s := Grouped(n.String())
	return Text{EN: s, ZH: s}
}
