package pricing

import (
	"math/big"
	"slices"
)

// This is a second reading of the pricing rules, straight from a book's file,
// in exact fractions and without regard for speed: what the engine must agree
// with. It knows what the random books have: fees, unit prices, packages,
// add-ons, yes/no conditions and limits. The other concepts have a brute force
// of their own: package packs, pool_test.go, commitment_test.go.

// slowOption is what one option costs by the second reading.
type slowOption struct {
	lines             map[string]*big.Rat // by charge, those that are not 0
	prepaid, postpaid *big.Rat
	violations        map[string]int64 // by input, what the option reaches
}

func slowEstimate(raw *bookFile, option int, u *Usage) slowOption {
	o := &raw.Options[option]
	s := slowOption{lines: map[string]*big.Rat{}, prepaid: new(big.Rat), postpaid: new(big.Rat), violations: map[string]int64{}}
	stated := map[string]int64{}
	for i := range u.book.Inputs {
		stated[u.book.Inputs[i].ID] = u.values[i]
	}
	for id, own := range o.Limits {
		if reach := slowReach(raw, o, id, slowLimit(own.scalarFile)); stated[id] > reach {
			s.violations[id] = reach
			stated[id] = 0
		}
	}
	for i := range raw.Charges {
		c := &raw.Charges[i]
		amount := slowMonthly(c, o, stated)
		amount.Mul(amount, new(big.Rat).SetInt64(u.Months()))
		if amount.Sign() == 0 {
			continue
		}
		s.lines[c.ID] = amount
		if c.Settlement == Prepaid {
			s.prepaid.Add(s.prepaid, amount)
		} else {
			s.postpaid.Add(s.postpaid, amount)
		}
	}
	return s
}

func slowLimit(s scalarFile) int64 {
	n, ok := new(big.Int).SetString(s.text, 10)
	switch {
	case s.text == "true":
		return 1
	case s.text == "false":
		return 0
	case ok:
		return n.Int64()
	default:
		return 1 << 62 // unlimited
	}
}

// slowReach returns the most that an option serves with any add-on.
func slowReach(raw *bookFile, o *optionFile, input string, own int64) int64 {
	for i := range raw.Charges {
		if raw.Charges[i].Extends == input {
			for _, a := range slowPrice(&raw.Charges[i], o).AddOns {
				own = max(own, slowLimit(a.Limit.scalarFile))
			}
		}
	}
	return own
}

// slowPrice returns the price of a charge for an option; an empty one if the
// charge does not apply.
func slowPrice(c *chargeFile, o *optionFile) priceFile {
	for _, p := range c.Prices {
		if slices.Contains(p.Options, o.ID) {
			return p
		}
	}
	return priceFile{}
}

func slowMonthly(c *chargeFile, o *optionFile, stated map[string]int64) *big.Rat {
	for id, want := range c.When {
		if (stated[id] == 1) != want.Is.yes() {
			return new(big.Rat)
		}
	}
	quantity := big.NewInt(1)
	if c.Quantity != nil {
		for _, id := range c.Quantity.Product {
			quantity.Mul(quantity, big.NewInt(stated[id]))
		}
	}
	switch p := slowPrice(c, o); {
	case p.MonthlyFee != nil:
		return slowMoney(p.MonthlyFee)
	case p.UnitPrice != nil:
		return new(big.Rat).Mul(new(big.Rat).SetInt(quantity), slowMoney(p.UnitPrice))
	case p.Package != nil:
		over := quantity.Sub(quantity, big.NewInt(*p.Package.Included))
		if over.Sign() < 0 {
			return new(big.Rat)
		}
		if p.Package.Blocks == startedBlocks {
			over.Add(over, big.NewInt(p.Package.Block-1))
		}
		blocks := over.Quo(over, big.NewInt(p.Package.Block))
		return new(big.Rat).Mul(new(big.Rat).SetInt(blocks), slowMoney(p.Package.Price))
	default:
		need, least := stated[c.Extends], (*big.Rat)(nil)
		if c.Extends == "" || need <= slowLimit(o.Limits[c.Extends].scalarFile) {
			return new(big.Rat)
		}
		for _, a := range p.AddOns {
			if fee := slowMoney(a.MonthlyFee); need <= slowLimit(a.Limit.scalarFile) && (least == nil || fee.Cmp(least) < 0) {
				least = fee
			}
		}
		if least == nil {
			return new(big.Rat)
		}
		return least
	}
}

func slowMoney(m *moneyFile) *big.Rat {
	r, ok := new(big.Rat).SetString(m.String())
	if !ok {
		panic(m.String())
	}
	return r
}

// slowRound rounds to the fen, half up, and writes the result: ⌊100x + ½⌋ ÷ 100.
func slowRound(x *big.Rat) string {
	x = new(big.Rat).Mul(x, big.NewRat(100, 1))
	x.Add(x, big.NewRat(1, 2))
	floor := new(big.Int).Div(x.Num(), x.Denom())
	return new(big.Rat).SetFrac(floor, big.NewInt(100)).FloatString(2)
}
