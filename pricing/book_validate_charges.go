package pricing

import (
	"maps"
	"slices"
)

func (v *validation) allCharges() {
	seen, extended, priced := map[string]bool{}, map[string]bool{}, map[string]bool{}
	v.bought = map[string]bool{}
	for i := range v.book.Charges {
		c, p := &v.book.Charges[i], steps("charges", i)
		v.id(p, "charge", c.ID, wordID, seen)
		v.text(under(p, "name"), c.Name)
		v.text(under(p, "unit"), c.Unit)
		if !slices.Contains(settlements, c.Settlement) {
			v.at(under(p, "settlement"), "settlement is %s, not %q", oneOf(settlements), c.Settlement)
		}
		v.source(under(p, "source"), c.Source)
		for j, id := range c.Assumptions {
			if !slices.ContainsFunc(v.book.Assumptions, func(a assumptionFile) bool { return a.ID == id }) {
				v.at(under(p, "assumptions", j), "there is no assumption %q", id)
			}
		}
		v.when(under(p, "when"), c.When)
		v.lines(under(p, "lines"), c, seen)
		if c.Quantity != nil {
			v.quantity(under(p, "quantity"), c.Quantity)
		}
		if c.Extends != "" {
			if in := v.input(under(p, "extends"), c.Extends); in != nil && in.Kind != KindCount {
				v.at(under(p, "extends"), "add-ons raise the limit of a count, and %s is a %s", c.Extends, in.Kind)
			}
			if extended[c.Extends] {
				v.at(under(p, "extends"), "another charge extends %s already", c.Extends)
			}
			extended[c.Extends] = true
		}
		v.prices(p, c, priced)
	}
	for i, o := range v.book.Options {
		if !priced[o.ID] {
			v.at(steps("options", i), "no charge has a price for option %s", o.ID)
		}
	}
}

// input looks an input up for a limit or charge that reads it.
func (v *validation) input(p []any, id string) *inputFile {
	in, ok := v.inputs[id]
	if !ok {
		v.at(p, "there is no input %q", id)
		return nil
	}
	v.used[id] = true
	return in
}

// when checks conditions.
func (v *validation) when(p []any, conditions map[string]conditionFile) {
	for _, id := range slices.Sorted(maps.Keys(conditions)) {
		c, cp := conditions[id], under(p, id)
		in := &monthsFile
		if id != Months {
			if in = v.input(cp, id); in == nil {
				continue
			}
		}
		switch {
		case c.AtLeast != nil:
			if in.Kind != KindCount || *c.AtLeast < 0 || *c.AtLeast > MaxCount {
				v.at(cp, "at_least is for a count, and a whole number from 0 to %d", MaxCount)
			}
		case c.Is.tag == "" || in.Kind == KindCount || in.Kind == KindRows || in.Kind == KindChoices:
			v.at(cp, "a condition is true or false, one of the choices, or {at_least: number} for a count")
		default:
			v.value(cp, in, c.Is)
		}
	}
}

// lines checks the further lines of a charge.
func (v *validation) lines(p []any, c *chargeFile, seen map[string]bool) {
	for _, use := range slices.Sorted(maps.Keys(c.Lines)) {
		l, lp := c.Lines[use], under(p, use)
		if !slices.Contains([]string{overageLine, packsLine, minimumLine, planLine}, use) {
			v.at(lp, "a further line is overage, packs, minimum or plan, not %q", use)
		}
		v.id(lp, "line", l.ID, wordID, seen)
		v.text(under(lp, "name"), l.Name)
		if l.Unit != (Text{}) {
			v.text(under(lp, "unit"), l.Unit)
		}
		if !slices.Contains(settlements, l.Settlement) {
			v.at(under(lp, "settlement"), "settlement is %s, not %q", oneOf(settlements), l.Settlement)
		}
	}
}

func (v *validation) quantity(p []any, q *quantityFile) {
	if (len(q.Product) == 0) == (len(q.Sum) == 0) {
		v.at(p, "a quantity is an input, {product: [inputs]} or {sum: [inputs]}")
	}
	for _, id := range append(slices.Clip(q.Product), q.Sum...) {
		v.countInput(p, id)
	}
}

// countInput looks up an input that must be a count.
func (v *validation) countInput(p []any, id string) {
	if in := v.input(p, id); in != nil && in.Kind != KindCount {
		v.at(p, "a quantity is made of counts, and %s is a %s", id, in.Kind)
	}
}

// needsOf says what a price form needs of its charge.
var needsOf = map[string]struct {
	quantity, extends, pool bool
	lines                   []string
}{
	"monthly_fee":  {},
	"unit_price":   {quantity: true},
	"package":      {quantity: true},
	"add_ons":      {extends: true},
	"subscription": {quantity: true, lines: []string{overageLine}},
	"yearly":       {quantity: true},
	"rates":        {},
	"rows":         {},
	"pool":         {pool: true, lines: []string{packsLine, overageLine}},
	"commitment":   {lines: []string{overageLine}},
	"credit":       {},
	"on_request":   {quantity: true},
}

func (v *validation) prices(p []any, c *chargeFile, priced map[string]bool) {
	if len(c.Prices) == 0 {
		v.at(under(p, "prices"), "charge %s has no price", c.ID)
	}
	unconditional := map[string]bool{}
	quantity, extends, pool := false, false, false
	for j := range c.Prices {
		price, pp := &c.Prices[j], under(p, "prices", j)
		if len(price.Options) == 0 {
			v.at(pp, "a price says for which options it is")
		}
		for k, id := range price.Options {
			switch {
			case !v.options[id]:
				v.at(under(pp, "options", k), "there is no option %q", id)
			case unconditional[id] && len(price.When) == 0:
				v.at(under(pp, "options", k), "charge %s has two prices without a condition for option %s", c.ID, id)
			}
			unconditional[id] = unconditional[id] || len(price.When) == 0
			priced[id] = true
		}
		v.when(under(pp, "when"), price.When)
		forms := price.forms()
		if len(forms) != 1 {
			v.at(pp, "a price has exactly one form, such as monthly_fee, unit_price, package or add_ons")
			continue
		}
		needs := needsOf[forms[0]]
		quantity, extends, pool = quantity || needs.quantity, extends || needs.extends, pool || needs.pool
		for _, use := range needs.lines {
			if _, ok := c.Lines[use]; !ok {
				v.at(pp, "a %s needs the further line %s", forms[0], use)
			}
		}
		v.price(under(pp, forms[0]), c, price)
	}
	if quantity != (c.Quantity != nil) {
		v.at(p, "charge %s: a price that counts, such as unit_price or package, goes with a quantity, and a quantity with such a price", c.ID)
	}
	if extends != (c.Extends != "") {
		v.at(p, "charge %s: add_ons go with extends, and extends with add_ons", c.ID)
	}
	if pool != (c.Pool != nil) {
		v.at(p, "charge %s: pool prices go with a pool, and a pool with pool prices", c.ID)
	}
	if c.Pool != nil {
		v.pool(under(p, "pool"), c)
	}
}

func (v *validation) allLadders() {
	for i, l := range v.book.Ladders {
		p := steps("ladders", i)
		if len(l.Levels) == 0 {
			v.at(p, "a ladder has levels")
			continue
		}
		for j, level := range l.Levels {
			lp := under(p, "levels", j)
			v.text(under(lp, "note"), level.Note)
			for _, id := range slices.Sorted(maps.Keys(level.Limits)) {
				v.countInput(under(lp, "limits", id), id)
				v.amount(under(lp, "limits", id), level.Limits[id])
				if _, ok := l.Levels[0].Limits[id]; !ok {
					v.at(under(lp, "limits", id), "all levels limit the same inputs, and the first has no %s", id)
				}
				if before := l.Levels[max(j-1, 0)].Limits; before[id] > level.Limits[id] {
					v.at(under(lp, "limits", id), "a level allows no less than the one before")
				}
			}
			if len(level.Limits) == 0 || len(level.Limits) != len(l.Levels[0].Limits) {
				v.at(lp, "all levels limit the same inputs")
			}
		}
	}
}
