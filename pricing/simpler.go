package pricing

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"suanpan/pricing/packs"
)

// Simpler is a way to buy packs for a window that is not the cheapest but hardly
// dearer: all of one kind, where the cheapest are of several.
type Simpler struct {
	// Purchase is what is bought instead.
	Purchase
	// More is how much more the window costs that way, and Instead how many kinds of
	// packs the cheapest way has.
	More    decimal.Decimal
	Instead int
}

// simplerWithin is the part of the cost that a simpler way may cost more: 1 ÷ 1,000.
const simplerWithin = 1000

// Simpler returns the simplest way to buy for each window that costs at most a
// thousandth more than its packs and what they leave to be paid: of one kind, with
// no more packs, and with nothing left to be paid unless that still makes fewer
// parts. Packs that are bought for single months, for months that differ, or
// because nothing can be used without one, have none.
func (u *PoolUse) Simpler() []Simpler {
	p := u.of
	if p.window == 1 || len(p.required) > 0 || u.bought.rate == nil {
		return nil
	}
	var all []Simpler
	for i := range u.bought.windows {
		if s := p.simpler(&u.bought.windows[i], u.bought.rate); s != nil {
			s.Window = i + 1
			all = append(all, *s)
		}
	}
	return all
}

// simpler returns the simplest way for a window, or nil.
func (p *pool) simpler(w *poolWindow, rate *packs.Rate) *Simpler {
	kinds := len(p.packs.Items(&w.plan))
	if kinds < 2 {
		return nil
	}
	// Offers that are taken stay; the packs are for the rest.
	rest, best := w.demand-w.granted, w.plan
	for _, o := range w.offered {
		rest -= p.offers[o].units
		best.Prepaid -= p.offers[o].price.Shift(p.scale).IntPart()
		best.Packs--
	}
	best.Sum(rate)
	most := best.Total.Add(best.Total.Quo(simplerWithin))
	one := p.packs.BuyOneKind(rest, p.blockUnits, rate, most, best.Packs, kinds > 2 || best.Uncovered > 0)
	if one == nil {
		return nil
	}
	instead := *w
	instead.plan = one.Plan
	more := decimal.New(one.Prepaid-best.Prepaid, -p.scale).Add(p.overage(&instead)).Sub(p.overage(w))
	if more.IsNegative() {
		return nil // the rounding of what is left to be paid
	}
	return &Simpler{Purchase: p.purchase(boughtPack{Bought: one.Bought}, 0), More: more, Instead: kinds}
}

// Simpler says the simpler ways to buy of an option's pools, once for windows that
// are alike.
func (o *OptionEstimate) Simpler() []Text {
	var notes []Text
	for i := range o.Pools {
		u := &o.Pools[i]
		all, windows := u.Simpler(), len(u.bought.windows)
		alike := len(all) == windows && !slices.ContainsFunc(all, func(s Simpler) bool { return s.inWords(u) != all[0].inWords(u) })
		for j := range all {
			note, year := all[j].inWords(u), strconv.Itoa(all[j].Window)
			switch {
			case windows == 1:
			case alike:
				note = Text{EN: note.EN + " The same holds for every year.", ZH: note.ZH + "每年都是如此。"}
			default:
				note = Text{EN: "Year " + year + besides + note.EN, ZH: "第 " + year + " 年" + besides + note.ZH}
			}
			if notes = append(notes, note); alike {
				break
			}
		}
	}
	return notes
}

// inWords says the simpler way, of a pool.
func (s *Simpler) inWords(u *PoolUse) Text {
	what, kinds := s.Purchase.InWords(), strconv.Itoa(s.Instead)
	note := Text{
		EN: u.Name.EN + ", simpler: " + what.EN + " instead of " + kinds + " kinds of packs, for ",
		ZH: u.Name.ZH + "的更简单买法：只买 " + what.ZH + "，不必买 " + kinds + " 种，",
	}
	if s.More.IsZero() {
		return Text{EN: note.EN + "the same price.", ZH: note.ZH + "价格相同。"}
	}
	more := inFull(s.More)
	return Text{EN: note.EN + more + " more.", ZH: note.ZH + "只多付 " + more + "。"}
}
