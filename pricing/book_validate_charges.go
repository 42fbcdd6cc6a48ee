package pricing

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"
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

func (v *validation) source(p []any, s sourceFile) {
	if !slices.ContainsFunc(v.book.Documents, func(d documentFile) bool { return d.ID == s.Document }) {
		v.at(under(p, "document"), "there is no document %q", s.Document)
	}
	v.text(under(p, "section"), s.Section)
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

// price checks the one form of a price, which stands at p.
func (v *validation) price(p []any, c *chargeFile, price *priceFile) {
	if price.UnitPrice == nil && (price.Per != 0 || price.Included != 0) {
		v.at(p, "per and included go with unit_price")
	}
	v.per(p, price.Per)
	v.amount(p, price.Included)
	switch {
	case price.Package != nil:
		v.packagePrice(p, price.Package)
	case price.AddOns != nil:
		v.addOns(p, c, price)
	case price.Subscription != nil:
		s := price.Subscription
		v.required(p, "monthly_fee", s.MonthlyFee)
		v.required(p, "unit_price", s.UnitPrice)
		v.per(p, s.Per)
		v.amount(p, s.Included)
	case price.Yearly != nil:
		if in := v.input(under(p, "by"), price.Yearly.By); in != nil {
			v.pricesOfChoice(p, in, price.Yearly.Prices)
		}
	case price.Rates != nil:
		v.per(p, price.Rates.Per)
		for i, item := range price.Rates.Items {
			v.countInput(under(p, "items", i, "input"), item.Input)
			v.required(under(p, "items", i), "price", item.Price)
			v.amount(under(p, "items", i, "free_below"), item.FreeBelow)
		}
		if len(price.Rates.Items) == 0 {
			v.at(p, "rates have items")
		}
	case price.Rows != nil:
		v.rowPrice(p, c, price.Rows)
	case price.Pool != nil:
		v.poolPrice(p, c, price.Pool)
	case price.Commitment != nil:
		v.commitment(p, price.Commitment)
	case price.Credit != nil:
		v.required(p, "amount", price.Credit.Amount)
		v.rowCharges(p, price.Credit.Of)
		if price.Credit.Months < 1 || price.Credit.Months > maxMonths {
			v.at(p, "months is a whole number from 1 to %d", maxMonths)
		}
	case price.OnRequest != nil:
		v.text(p, *price.OnRequest)
	}
}

// required checks that a price is there.
func (v *validation) required(p []any, key string, m *moneyFile) {
	if m == nil {
		v.at(p, "%s is missing", key)
	}
}

// per checks a number of units that a price is for.
func (v *validation) per(p []any, n int64) {
	for ; n > 1 && n%10 == 0; n /= 10 {
	}
	if n != 0 && n != 1 {
		v.at(p, "per is a power of ten, so that nothing is rounded")
	}
}

// amount checks a whole number that may be left out.
func (v *validation) amount(p []any, n int64) {
	if n < 0 || n > MaxCount {
		v.at(p, "a quantity is a whole number from 0 to %d", MaxCount)
	}
}

func (v *validation) packagePrice(p []any, pack *packageFile) {
	if pack.Included == nil || *pack.Included < 0 || *pack.Included > MaxCount {
		v.at(under(p, "included"), "included is a whole number from 0 to %d", MaxCount)
	}
	if pack.Block < 1 || pack.Block > MaxCount {
		v.at(under(p, "block"), "block is a whole number from 1 to %d", MaxCount)
	}
	if !slices.Contains(blockRules, pack.Blocks) {
		v.at(under(p, "blocks"), "blocks is %s, not %q: a started block is paid, or only a full one", oneOf(blockRules), pack.Blocks)
	}
	if pack.Price == nil {
		v.at(p, "the package has no price")
	}
}

func (v *validation) addOns(p []any, c *chargeFile, price *priceFile) {
	for j, a := range price.AddOns {
		pp := under(p, j)
		if a.MonthlyFee == nil {
			v.at(pp, "the add-on has no monthly_fee")
		}
		if a.Limit.tag == "" {
			v.at(pp, "the add-on has no limit")
			continue
		}
		if in := v.inputs[c.Extends]; in != nil {
			v.limit(under(pp, "limit"), in, a.Limit)
		}
		for _, id := range price.Options {
			v.raises(under(pp, "limit"), c.Extends, id, a)
		}
	}
}

// pricesOfChoice checks prices by the choice of an input.
func (v *validation) pricesOfChoice(p []any, in *inputFile, prices []priceOfChoiceFile) {
	seen := map[string]bool{}
	for i, price := range prices {
		pp := under(p, "prices", i)
		v.choiceList(under(pp, "for"), in, price.For, seen)
		v.required(pp, "price", price.Price)
		v.per(pp, price.Per)
	}
	for _, id := range in.choiceIDs() {
		if !seen[id] {
			v.at(p, "there is no price for %s", id)
		}
	}
}

// choiceList checks that ids are choices of an input that came no more than
// once so far.
func (v *validation) choiceList(p []any, in *inputFile, ids []string, seen map[string]bool) {
	known := in.choiceIDs()
	if len(known) == 0 {
		v.at(p, "%s is a %s, which has no choices", in.ID, in.Kind)
		return
	}
	for i, id := range ids {
		switch {
		case !slices.Contains(known, id):
			v.at(under(p, i), "%s has no choice %q", in.ID, id)
		case seen[id]:
			v.at(under(p, i), "%s comes twice", id)
		}
		seen[id] = true
	}
}

// choiceIDs returns the values of a choice; those of a yes/no are no and yes.
func (in *inputFile) choiceIDs() []string {
	if in.Kind == KindYesNo {
		return []string{"no", "yes"}
	}
	var ids []string
	if in.Kind == KindChoice {
		for _, c := range in.Choices {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (v *validation) rowPrice(p []any, c *chargeFile, r *rowPriceFile) {
	in := v.input(under(p, "rows"), r.Rows)
	if in == nil {
		return
	}
	if in.Kind != KindRows {
		v.at(under(p, "rows"), "%s is a %s, not rows", r.Rows, in.Kind)
		return
	}
	field := func(at []any, id string) *inputFile {
		i := slices.IndexFunc(in.Fields, func(f inputFile) bool { return f.ID == id })
		if i < 0 {
			v.at(at, "%s has no field %q", in.ID, id)
			return nil
		}
		return &in.Fields[i]
	}
	if len(r.Quantity) == 0 {
		v.at(under(p, "quantity"), "the rows have no quantity")
	}
	for i, id := range r.Quantity {
		if f := field(under(p, "quantity", i), id); f != nil && f.Kind != KindCount {
			v.at(under(p, "quantity", i), "a quantity is made of counts, and %s is a %s", id, f.Kind)
		}
	}
	by := field(under(p, "by"), r.By)
	if by != nil {
		v.pricesOfChoice(p, by, r.Prices)
	}
	if m := r.Multiplier; m != nil && by != nil {
		v.choiceList(under(p, "multiplier", "only"), by, m.Only, map[string]bool{})
		if f := field(under(p, "multiplier", "by"), m.By); f != nil {
			seen := map[string]bool{}
			for i, factor := range m.Factors {
				v.choiceList(under(p, "multiplier", "factors", i, "for"), f, factor.For, seen)
				v.required(under(p, "multiplier", "factors", i), "factor", factor.Factor)
			}
		}
	}
	if _, line := c.Lines[minimumLine]; line != (r.Minimum != nil) {
		v.at(p, "a minimum goes with the further line minimum, and that line with a minimum")
	}
}

func (v *validation) poolPrice(p []any, c *chargeFile, price *poolPriceFile) {
	v.amount(under(p, "included"), price.Included)
	if c.Pool == nil {
		return
	}
	if (len(c.Pool.Plans) > 0) != (len(price.Plans) > 0) {
		v.at(p, "plans of a pool are named by its prices, and only by those")
	}
	for i, id := range price.Plans {
		if !slices.ContainsFunc(c.Pool.Plans, func(plan poolPlanFile) bool { return plan.ID == id }) {
			v.at(under(p, "plans", i), "the pool has no plan %q", id)
		}
	}
	if price.Closed != "" {
		v.countInput(under(p, "closed"), price.Closed)
		if len(price.Plans) > 1 {
			v.at(p, "a closed pool has one allowance")
		}
	}
}

// pool checks what all options of a charge share.
func (v *validation) pool(p []any, c *chargeFile) {
	raw, good := c.Pool, true
	fail := func(at []any, format string, args ...any) {
		good = false
		v.at(at, format, args...)
	}
	v.text(under(p, "unit"), raw.Unit)
	v.per(under(p, "per"), raw.Per)
	if raw.Block < 1 || raw.Block > MaxCount {
		fail(under(p, "block"), "block is a whole number from 1 to %d", MaxCount)
	}
	if raw.Window < 1 || raw.Window > maxMonths {
		fail(under(p, "window"), "window is a number of months from 1 to %d", maxMonths)
	}
	weights := int64(0)
	for i, in := range raw.Inputs {
		ip := under(p, "inputs", i)
		v.countInput(under(ip, "input"), in.Input)
		if in.Weight == nil || !in.Weight.IsPositive() || in.Weight.GreaterThan(maxWeight) || in.Weight.Exponent() < -maxWeightDecimals {
			fail(ip, "a weight is above 0, at most %s, and has at most %d decimals", maxWeight, maxWeightDecimals)
		} else {
			weights += in.Weight.Ceil().IntPart()
		}
		if (in.ListPrice == nil) != (raw.Price != nil) {
			fail(ip, "a pool has one price, or each of its inputs has a list_price")
		}
	}
	var prices decimal.Decimal
	for _, in := range raw.Inputs {
		if in.ListPrice != nil {
			prices = prices.Add(in.ListPrice.Shift(raw.listZeros()))
		}
	}
	if prices.GreaterThan(maxListPrices) {
		fail(under(p, "inputs"), "the list prices add up to more than can be counted")
	}
	if weights > maxPoolWeights {
		fail(under(p, "inputs"), "the weights add up to more than %d", maxPoolWeights)
	}
	if len(raw.Inputs) == 0 {
		fail(p, "a pool has inputs")
	}
	for i, id := range raw.Required {
		v.countInput(under(p, "required", i), id)
	}
	for i, g := range raw.Grants {
		v.when(under(p, "grants", i, "when"), g.When)
		v.amount(under(p, "grants", i, "quantity"), g.Quantity)
	}
	if len(raw.Offers) > maxOffers {
		fail(under(p, "offers"), "a pool has at most %d offers", maxOffers)
	}
	for i, o := range raw.Offers {
		op := under(p, "offers", i)
		v.id(op, "offer", o.ID, wordID, v.bought)
		v.when(under(op, "when"), o.When)
		v.amount(under(op, "quantity"), o.Quantity)
		good = good && o.Price != nil
		v.required(op, "price", o.Price)
	}
	plans := map[string]bool{}
	for i, plan := range raw.Plans {
		pp := under(p, "plans", i)
		v.id(pp, "plan", plan.ID, wordID, plans)
		v.text(under(pp, "name"), plan.Name)
		v.amount(under(pp, "included"), plan.Included)
		good = good && plan.MonthlyFee != nil
		v.required(pp, "monthly_fee", plan.MonthlyFee)
	}
	if _, line := c.Lines[planLine]; line != (len(raw.Plans) > 0) {
		fail(p, "plans go with the further line plan, and that line with plans")
	}
	good = v.packs(p, raw) && good
	if !good {
		return
	}
	list, ok := newPackList(raw)
	raw.list = list
	if !ok {
		v.at(under(p, "packs"), "these packs are not of a kind the cheapest purchase can be found for: the fixed pack with the least price a block must be no dearer than the last tier, and that tier must start well below the maximum")
	}
}

// What a pool may have, so that its quantities fit 64 bits: the sum of the
// weights, times the largest count, times three years, times ten for each
// decimal.
const (
	maxPoolWeights    = 10_000
	maxWeightDecimals = 1
	maxOffers         = 4
)

// maxListPrices bounds the sum of a pool's list prices, in their smallest
// money, so that it fits 64 bits for the largest counts.
var maxListPrices = decimal.NewFromInt(9_000_000)

// packs checks the packs of a pool, and reports whether they can be compiled.
func (v *validation) packs(p []any, raw *poolFile) bool {
	before := len(v.faults)
	if len(raw.Packs) == 0 {
		v.at(p, "a pool has packs")
	}
	for i, pack := range raw.Packs {
		pp := under(p, "packs", i)
		v.id(pp, "pack", pack.ID, wordID, v.bought)
		if pack.Size < 1 || pack.Size > maxPackSize {
			v.at(under(pp, "size"), "size is a whole number from 1 to %d", maxPackSize)
		}
		if pack.Price == nil || !pack.Price.IsPositive() {
			v.at(pp, "a pack has a price above 0")
		}
		if pack.Once && raw.Window != 1 {
			v.at(pp, "a pack that is sold once is one of a month")
		}
	}
	if c := raw.Custom; c != nil {
		cp := under(p, "custom")
		v.id(cp, "pack", c.ID, wordID, v.bought)
		if len(c.Tiers) == 0 || c.Tiers[0].From != 1 {
			v.at(under(cp, "tiers"), "the tiers begin with size 1")
		}
		for i, t := range c.Tiers {
			tp := under(cp, "tiers", i)
			switch {
			case t.Price == nil || !t.Price.IsPositive():
				v.at(tp, "a tier has a price above 0")
			case i > 0 && t.From <= c.Tiers[i-1].From:
				v.at(under(tp, "from"), "the tiers overlap: each begins above the one before")
			case i > 0 && c.Tiers[i-1].Price != nil && t.Price.GreaterThan(c.Tiers[i-1].Price.Decimal):
				v.at(under(tp, "price"), "a later tier is no dearer than the one before")
			case t.From > c.Maximum:
				v.at(under(tp, "from"), "the tier begins above the maximum")
			}
		}
		if c.Maximum < 1 || c.Maximum > maxPackSize {
			v.at(under(cp, "maximum"), "maximum is a whole number from 1 to %d", maxPackSize)
		}
	}
	return len(v.faults) == before
}

// maxPackSize bounds the size of a pack, in blocks.
const maxPackSize = 1_000_000

func (v *validation) commitment(p []any, k *commitmentFile) {
	v.rowCharges(p, k.Of)
	v.input(under(p, "unused"), k.Unused)
	if k.Window < 1 || k.Window > maxMonths {
		v.at(under(p, "window"), "window is a number of months from 1 to %d", maxMonths)
	}
	always := false
	for i, t := range k.Tiers {
		tp := under(p, "tiers", i)
		if t.From < 1 || t.To < t.From || t.To > MaxCount {
			v.at(tp, "a tier goes from a whole amount to another that is no smaller")
		}
		if t.Rate == nil || !t.Rate.IsPositive() || t.Rate.GreaterThan(one) {
			v.at(tp, "a rate is above 0 and at most 1")
		}
		v.amount(under(tp, "term_at_most"), t.TermAtMost)
		always = always || t.TermAtMost == 0
	}
	if !always {
		v.at(under(p, "tiers"), "there is no tier that is sold for every term")
	}
}

// rowCharges checks that ids are those of charges with a price of rows.
func (v *validation) rowCharges(p []any, ids []string) {
	if len(ids) == 0 {
		v.at(under(p, "of"), "of names charges")
	}
	for i, id := range ids {
		if !slices.ContainsFunc(v.book.Charges, func(c chargeFile) bool {
			return c.ID == id && slices.ContainsFunc(c.Prices, func(p priceFile) bool { return p.Rows != nil })
		}) {
			v.at(under(p, "of", i), "there is no charge %q with a price of rows", id)
		}
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

// raises checks that an add-on lifts the limit that an option has by itself.
func (v *validation) raises(p []any, input, option string, a addOnFile) {
	i := slices.IndexFunc(v.book.Options, func(o optionFile) bool { return o.ID == option })
	if i < 0 {
		return
	}
	own, ok := v.book.Options[i].Limits[input]
	if !ok {
		v.at(p, "option %s has no limit on %s that an add-on could raise", option, input)
		return
	}
	if own.unlimited() || own.Minimum > 0 || (!a.Limit.unlimited() && a.Limit.count() <= own.count()) {
		v.at(p, "the add-on does not raise the limit of option %s, which is %s", option, own.text)
	}
}
