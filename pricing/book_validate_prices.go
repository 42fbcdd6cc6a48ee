package pricing

import "slices"

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
	if n > maxPer {
		v.at(p, "per is at most %d", maxPer)
		return
	}
	for ; n > 1 && n%10 == 0; n /= 10 {
	}
	if n != 0 && n != 1 {
		v.at(p, "per is a power of ten, so that nothing is rounded")
	}
}

// maxPer bounds how many units a price is for, so that the denominator of a
// pool's rate fits its width.
const maxPer = 1_000_000_000

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
