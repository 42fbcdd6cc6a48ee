package pricing

import (
	"context"
	"slices"
	"strings"
	"testing"

	"suanpan/pricing/packs"
	"suanpan/pricing/packs/packstest"
)

// What the lines and purchases of a pool say, where the published books hardly
// ever come: orders of what is bought, fractions, several grants, equal prices.
func TestLinesOfPools(t *testing.T) {
	t.Parallel()
	two := func(a, b packstest.Pack) []packstest.Pack { return []packstest.Pack{a, b} }
	offers := two(packstest.Pack{Units: 2, Price: 100}, packstest.Pack{Units: 1, Price: 40})
	for _, tt := range []struct {
		name           string
		pool           smallPool
		from, to       string // what else the book says
		inputs         string
		formulas, rest string // of the lines; what was bought, what is left, what is said
	}{
		{
			name:   "more for the same price is no cliff",
			pool:   smallPool{weights: []int64{10}, price: 1000, per: 1, block: 2, window: 1, packs: two(packstest.Pack{Units: 2, Price: 500}, packstest.Pack{Units: 5, Price: 1000})},
			inputs: `{"use0": 8}`, formulas: "1 × ¥10",
			rest: "pack1 1×10; 8 = 0 + 0 + 8 + 0, left 2",
		}, {
			name: "grants one after another",
			pool: smallPool{weights: []int64{10}, price: 100, per: 1, block: 2, window: 1, grant: 5, packs: two(packstest.Pack{Units: 50, Price: 5000}, packstest.Pack{Units: 60, Price: 6000})},
			from: "grants: [", to: "grants: [{when: {offered: true}, quantity: 4}, ",
			inputs: `{"use0": 7, "granted": true, "offered": true}`,
			rest:   "7 = 0 + 7 + 0 + 0, left 0",
		}, {
			name: "offers behind the packs, in the book's order",
			pool: smallPool{
				weights: []int64{10}, price: 1000, per: 1, block: 2, window: 2, grant: 1, maximum: 80,
				packs: two(packstest.Pack{Units: 4, Price: 1600}, packstest.Pack{Units: 5, Price: 2000}), tiers: []packs.Tier{{From: 1, Price: 1000}, {From: 7, Price: 400}}, offers: offers,
			},
			inputs: `{"use0": 17, "offered": true}`, formulas: "7 × ¥4 + 1 × ¥1 + 1 × ¥0.40",
			rest: "chosen 1×14 in 1, offer0 1×2 in 1, offer1 1×1 in 1; 17 = 0 + 0 + 17 + 0, left 0",
		}, {
			name: "an offer of units that are counted in tenths",
			pool: smallPool{weights: []int64{5}, price: 1000, per: 1, block: 2, window: 1, grant: 1, packs: two(packstest.Pack{Units: 40, Price: 90000}, packstest.Pack{Units: 50, Price: 99000}), offers: offers},
			from: "{id: offer1,", to: "{id: offer2, when: {granted: true}, quantity: 1, price: \"9\"}\n        - {id: offer1,",
			inputs: `{"use0": 5, "offered": true}`, formulas: "1 × ¥1 + 1 × ¥0.40",
			rest: "offer0 1×2, offer1 1×1; 2.5 = 0 + 0 + 2.5 + 0, left 0.5",
		}, {
			name:   "a later window buys what stands first",
			pool:   smallPool{weights: []int64{10}, price: 1000, per: 1, block: 2, window: 1, grant: 6, packs: two(packstest.Pack{Units: 4, Price: 1000}, packstest.Pack{Units: 1, Price: 300})},
			inputs: `{"use0": 8, "granted": true, "months": 2}`, formulas: "1 × ¥10 + 1 × ¥3",
			rest: "pack0 1×8, pack1 1×2; 16 = 0 + 6 + 10 + 0, left 0",
		}, {
			name:   "list prices of one month",
			pool:   smallPool{weights: []int64{10, 20}, lists: []int64{3, 14}, per: 1, block: 2, window: 1, packs: two(packstest.Pack{Units: 40, Price: 90000}, packstest.Pack{Units: 50, Price: 99000})},
			inputs: `{"use0": 5, "use1": 2}`, formulas: "5 × ¥0.03 + 2 × ¥0.14",
			rest: "9 = 0 + 0 + 0 + 9, left 0",
		}, {
			name:   "list prices of two months",
			pool:   smallPool{weights: []int64{10, 20}, lists: []int64{3, 14}, per: 1, block: 2, window: 1, packs: two(packstest.Pack{Units: 40, Price: 90000}, packstest.Pack{Units: 50, Price: 99000})},
			inputs: `{"use0": 5, "use1": 2, "months": 2}`, formulas: "(5 × ¥0.03 + 2 × ¥0.14) × 2",
			rest: "18 = 0 + 0 + 0 + 18, left 0",
		}, {
			// Any pack will do: without demand the cheapest is what must be bought.
			name: "a pack without demand, of a pool of list prices",
			pool: smallPool{
				weights: []int64{10}, lists: []int64{3}, per: 1, block: 2, window: 1, required: true,
				packs: two(packstest.Pack{Units: 4, Price: 1000}, packstest.Pack{Units: 1, Price: 300}),
			},
			inputs: `{"other": 1}`, formulas: "1 × ¥3",
			rest: "pack1 1×2; 0 = 0 + 0 + 0 + 0, left 2",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.pool.yaml()
			if tt.from != "" {
				if !strings.Contains(text, tt.from) {
					t.Fatalf("nothing to replace in\n%s", text)
				}
				text = strings.Replace(text, tt.from, tt.to, 1)
			}
			o := usageOf(t, decodeText(t, text), tt.inputs).Estimate().Option("only")
			var formulas, bought []string
			for i := range o.Lines {
				formulas = append(formulas, o.Lines[i].Formula)
			}
			for _, p := range o.Purchases {
				what := p.ID + " " + decimalText(p.Quantity, 0) + "×" + decimalText(p.Holds, 0)
				if p.Window > 0 {
					what += " in " + decimalText(int64(p.Window), 0)
				}
				bought = append(bought, what)
			}
			rest := strings.Join(bought, ", ")
			for _, p := range o.Pools {
				if rest != "" {
					rest += "; "
				}
				rest += p.Demand.String() + " = " + p.Included.String() + " + " + p.Granted.String() + " + " + p.Packed.String() + " + " + p.Postpaid.String() + ", left " + p.PackedLeft.String()
			}
			for _, c := range o.Cliffs {
				rest += "; " + c.EN
			}
			if got := strings.Join(formulas, "; "); got != tt.formulas {
				t.Errorf("formulas %q, want %q", got, tt.formulas)
			}
			if rest != tt.rest {
				t.Errorf("got  %s\nwant %s", rest, tt.rest)
			}
		})
	}
}

// A forecast's months differ, so that its line for a window has the window's list
// price, and the share that packs do not cover.
func TestListPriceOfAWindow(t *testing.T) {
	t.Parallel()
	p := smallPool{
		weights: []int64{10}, lists: []int64{300}, per: 1, block: 2, window: 12,
		packs: []packstest.Pack{{Units: 5, Price: 2000}, {Units: 6, Price: 2400}},
	}
	b := decodeText(t, p.yaml())
	in, _ := b.Input("use0")
	for _, tt := range []struct {
		months []int64
		want   []string
	}{
		{[]int64{1, 2}, []string{"¥9"}},
		{[]int64{4, 7}, []string{"1 × ¥20", "¥33 × (1 − 10 ÷ 11)"}},
	} {
		f, err := b.Forecast(context.Background(), b.NewUsage().Each(in, tt.months))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range f.Best.Windows {
			for i := range w.Lines {
				got = append(got, w.Lines[i].Formula)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: %q, want %q", tt.months, got, tt.want)
		}
	}
}
