package pricing

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/shopspring/decimal"
)

// slowBreakEvens compares every quantity with the one before.
func slowBreakEvens(a *Axis, all map[int64]atPoint, from, to int64) []BreakEven {
	var out []BreakEven
	for x := max(from, a.input.Minimum) + 1; x <= min(to, a.input.Maximum); x++ {
		below, at := all[x-1], all[x]
		if below.best == at.best {
			continue
		}
		b := BreakEven{Quantity: x, Before: below.best, After: at.best}
		if b.Before != nil {
			_, kept := at.totals[b.Before]
			b.TotalBefore, b.Lost = below.totals[b.Before], !kept
		}
		if b.After != nil {
			_, could := below.totals[b.After]
			b.Total, b.Gained = at.totals[b.After], !could
		}
		out = append(out, b)
	}
	return out
}

func sameBreakEven(a, b BreakEven) bool {
	totals := a.Total.Equal(b.Total) && a.TotalBefore.Equal(b.TotalBefore)
	a.Total, a.TotalBefore, b.Total, b.TotalBefore = decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}
	return totals && a == b
}

func checkBreakEvens(r *rand.Rand, a *Axis, all map[int64]atPoint, seen map[string]int) error {
	from := between(r, 0, a.input.Maximum)
	to := between(r, from, a.input.Maximum+5)
	if r.IntN(2) == 0 {
		from, to = 0, MaxCount
	}
	got, want := a.BreakEvens(from, to), slowBreakEvens(a, all, from, to)
	if got.ExactUpTo != min(to, a.input.Maximum) || !slices.EqualFunc(got.Points, want, sameBreakEven) {
		return fmt.Errorf("from %d to %d: %+v, want %+v", from, to, got, want)
	}
	next, upTo := a.NextBreakEven()
	want = slowBreakEvens(a, all, a.present, a.input.Maximum)
	if upTo != a.input.Maximum || (next == nil) != (len(want) == 0) || next != nil && !sameBreakEven(*next, want[0]) {
		return fmt.Errorf("next above %d: %+v, want %+v", a.present, next, want)
	}
	seen["break-even"] += len(want)
	for _, b := range want {
		seen["lost"] += int(yesNo(b.Lost))
	}
	return nil
}

// With little work allowed the result is a part of the whole, and says which.
func checkCutOff(r *rand.Rand, whole *Axis, all map[int64]atPoint, seen map[string]int) error {
	a := new(Axis)
	*a = *whole
	a.work = int(between(r, 1, 40))
	got := a.BreakEvens(0, MaxCount)
	want := slowBreakEvens(a, all, 0, got.ExactUpTo)
	if !slices.EqualFunc(got.Points, want, sameBreakEven) {
		return fmt.Errorf("%d quantities: %+v, want %+v", a.work, got, want)
	}
	if got.ExactUpTo < a.input.Maximum {
		seen["cut off"]++
	}
	for i, o := range a.options {
		h, want := a.headroomOf(o.option), slowHeadroom(a, all, o.option)
		if h != nil && h.AtLeast {
			seen["cut off"]++
			if h.Next != nil || h.More != h.UpTo-a.present || want != nil && want.UpTo < h.UpTo {
				return fmt.Errorf("%d quantities: %+v, want %+v", a.work, h, want)
			}
		} else if !sameHeadroom(h, want) {
			return fmt.Errorf("%d quantities: %+v, want %+v", a.work, h, want)
		}
		amount := decimal.New(between(r, 0, 10_000), -fen)
		b, all := a.Budget(amount)[i], slowBudget(a, all, o.option, amount)
		if b.AtLeast {
			seen["cut off"]++
			if !b.None && (all.None || b.Quantity > all.Quantity) {
				return fmt.Errorf("%d quantities: %+v, want %+v", a.work, b, all)
			}
		} else if !sameAffordable(b, all) {
			return fmt.Errorf("%d quantities: %+v, want %+v", a.work, b, all)
		}
	}
	return nil
}

// slowHeadroom goes up one by one. For a nil option it is that of the
// recommended one.
func slowHeadroom(a *Axis, all map[int64]atPoint, o *Option) *Headroom {
	now := all[a.present]
	option := func(p atPoint) *Option {
		if _, ok := p.totals[o]; ok {
			return o
		}
		if o == nil {
			return p.best
		}
		return nil
	}
	is := option(now)
	if is == nil {
		return nil
	}
	for x := a.present + 1; x <= a.input.Maximum; x++ {
		p := all[x]
		next := option(p)
		if next != nil && p.totals[next].LessThanOrEqual(now.totals[is]) {
			continue
		}
		_, serves := p.totals[is]
		h := &Headroom{UpTo: x - 1, More: x - 1 - a.present, Next: next, Unserved: !serves}
		if next != nil {
			h.Total = p.totals[next]
			h.Rise = h.Total.Sub(now.totals[is])
		}
		return h
	}
	return nil
}

func sameHeadroom(a, b *Headroom) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := *a, *b
	same := x.Total.Equal(y.Total) && x.Rise.Equal(y.Rise)
	x.Total, x.Rise, y.Total, y.Rise = decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}
	return same && x == y
}

func checkHeadroom(_ *rand.Rand, a *Axis, all map[int64]atPoint, seen map[string]int) error {
	for i := -1; i < len(a.options); i++ {
		var o *Option
		got := a.Headroom()
		if i >= 0 {
			o = a.options[i].option
			got = a.headroomOf(o)
		}
		want := slowHeadroom(a, all, o)
		if !sameHeadroom(got, want) {
			return fmt.Errorf("option %d: %+v, want %+v", i, got, want)
		}
		switch {
		case want == nil:
			seen["never rises"]++
		case want.More > 0 && want.Next != nil:
			seen["more"]++
		case want.Unserved:
			seen["unserved"]++
		}
	}
	return nil
}

// slowBudget goes down one by one.
func slowBudget(a *Axis, all map[int64]atPoint, o *Option, amount decimal.Decimal) Affordable {
	for x := a.input.Maximum; x >= a.input.Minimum; x-- {
		total, ok := all[x].totals[o]
		if !ok || total.GreaterThan(amount) {
			continue
		}
		out := Affordable{Option: o, Quantity: x, Total: total, NoBound: x == a.input.Maximum}
		if !out.NoBound {
			_, more := all[x+1].totals[o]
			out.Unserved = !more
		}
		return out
	}
	return Affordable{Option: o, None: true}
}

func sameAffordable(a, b Affordable) bool {
	same := a.Total.Equal(b.Total)
	a.Total, b.Total = decimal.Decimal{}, decimal.Decimal{}
	return same && a == b
}

func checkBudget(r *rand.Rand, a *Axis, all map[int64]atPoint, seen map[string]int) error {
	var totals []decimal.Decimal
	for _, p := range all {
		for _, total := range p.totals {
			totals = append(totals, total)
		}
	}
	for range 4 {
		amount := decimal.New(between(r, -100, 1_000_000), -fen-1)
		if len(totals) > 0 && r.IntN(3) > 0 { // at a total, or next to it
			amount = totals[r.IntN(len(totals))].Add(decimal.New(between(r, -10, 10), -fen-1))
		}
		for i, got := range a.Budget(amount) {
			want := slowBudget(a, all, a.options[i].option, amount)
			if !sameAffordable(got, want) {
				return fmt.Errorf("%v in option %d: %+v, want %+v", amount, i, got, want)
			}
			switch {
			case want.None:
				seen["nothing"]++
			case want.NoBound:
				seen["no bound"]++
			case want.Unserved:
				seen["serves no more"]++
			default:
				seen["bound"]++
			}
		}
	}
	return nil
}

// headroomOf returns the headroom of an option of the book; nil also if it is
// not feasible.
func (a *Axis) headroomOf(o *Option) *Headroom {
	for i := range a.options {
		if a.options[i].option == o {
			return a.headroom(i)
		}
	}
	return nil
}
