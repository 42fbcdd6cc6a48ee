package pricing

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// slowAddOn finds the add-on to take in two plain steps: the least fee among
// those that reach the need, then the first with that fee.
func slowAddOn(need int64, addOns []addOn) *addOn {
	var least *decimal.Decimal
	for i := range addOns {
		if fee := addOns[i].fee.price; addOns[i].limit >= need && (least == nil || fee.Cmp(*least) < 0) {
			least = &fee
		}
	}
	for i := range addOns {
		if addOns[i].limit >= need && addOns[i].fee.price.Cmp(*least) == 0 {
			return &addOns[i]
		}
	}
	return nil
}

// The list may be in any order and may have add-ons that reach further for
// less: the book's order decides nothing but ties.
func TestAddOnIsTheCheapestThatReachesTheNeed(t *testing.T) {
	name := Text{EN: "up to {limit}", ZH: "至{limit}"}
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.Int64Range(0, 20).Draw(t, "own")
		var raw []addOnFile
		top := own
		for range rapid.IntRange(1, 6).Draw(t, "add-ons") {
			a := addOnFile{Limit: limitFile{scalarFile: scalarFile{tag: "!!str", text: "unlimited"}}}
			if rapid.IntRange(0, 9).Draw(t, "limited") > 0 {
				a.Limit = countLimit(rapid.Int64Range(own+1, 40).Draw(t, "limit"))
			}
			// Few different fees make ties, and fees with decimals tie in value only.
			a.MonthlyFee = &moneyFile{decimal.New(rapid.Int64Range(0, 5).Draw(t, "fee"), -rapid.Int32Range(0, 1).Draw(t, "decimals"))}
			raw = append(raw, a)
			top = max(top, a.Limit.bound())
		}
		need := rapid.Int64Range(0, min(top, 45)).Draw(t, "need")
		months := rapid.Int64Range(1, maxMonths).Draw(t, "months")

		price := newAddOnPrice(name, raw, 0, own)
		line, ok := addOnLine(price, need, months)
		if need <= own {
			if ok {
				t.Fatalf("%s is charged although the option serves %d by itself", line.Name.EN, own)
			}
			return
		}
		want := slowAddOn(need, price.addOns)
		amount := want.fee.price.Mul(decimal.NewFromInt(months))
		if ok != !amount.IsZero() || !line.Amount.Equal(amount) {
			t.Fatalf("costs %v, want %v", line.Amount, amount)
		}
		if ok && line.Name != want.name {
			t.Fatalf("takes %s, want %s", line.Name.EN, want.name.EN)
		}
	})
}

// addOnLine returns the line of the add-on that a need takes, if it takes one.
func addOnLine(price *addOnPrice, need, months int64) (Line, bool) {
	b := &bill{book: &Book{}, values: []int64{need}, months: months, term: decimal.NewFromInt(months)}
	price.bill(b, &charge{})
	if len(b.lines) == 0 {
		return Line{}, false
	}
	return b.lines[0], true
}

func countLimit(n int64) limitFile {
	return limitFile{scalarFile: scalarFile{tag: "!!int", text: decimal.NewFromInt(n).String()}}
}

// A dearer add-on that reaches less, listed first, is passed over.
func TestAddOnThatReachesFurtherForLess(t *testing.T) {
	price := newAddOnPrice(Text{EN: "{limit}", ZH: "{limit}"}, []addOnFile{
		{Limit: countLimit(30), MonthlyFee: &moneyFile{decimal.NewFromInt(500)}},
		{Limit: countLimit(1000), MonthlyFee: &moneyFile{decimal.NewFromInt(400)}},
	}, 0, 7)
	for need, want := range map[int64]string{7: "0", 8: "400", 30: "400", 31: "400", 1000: "400"} {
		line, _ := addOnLine(price, need, 1)
		if line.Amount.String() != want {
			t.Errorf("%d costs %v, want %s", need, line.Amount, want)
		}
	}
}

// The limit of a violation is what the dearest add-on reaches, and a need at
// it is still served.
func TestViolationStartsAboveTheHighestAddOn(t *testing.T) {
	b := tencentIM(t)
	for inputs, want := range map[string]int64{
		`{"history_days": 360}`:      0,
		`{"history_days": 361}`:      360,
		`{"groups_per_user": 1000}`:  0,
		`{"groups_per_user": 1001}`:  1000,
		`{"friends_per_user": 3000}`: 0,
		`{"friends_per_user": 3001}`: 3000,
		`{"live_groups": 1000000}`:   0,
	} {
		pro := usageOf(t, b, inputs).Estimate().Option("pro")
		var got int64
		for _, v := range pro.Violations {
			got = v.Limit
		}
		if got != want || pro.Feasible != (want == 0) {
			t.Errorf("%s: limit %d, feasible %v; want limit %d", inputs, got, pro.Feasible, want)
		}
	}
}
