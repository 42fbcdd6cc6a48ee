package pricing

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func packageOf(included, block int64, rule blocks) *packagePrice {
	return newPackagePrice(&packageFile{Included: &included, Block: block, Blocks: rule, Price: &moneyFile{decimal.NewFromInt(1)}})
}

// slowBlocks hands out one block after the other.
func slowBlocks(quantity, included, block int64, rule blocks) int64 {
	n := int64(0)
	switch rule {
	case startedBlocks: // as long as something is not covered
		for covered := included; covered < quantity; covered += block {
			n++
		}
	case fullBlocks: // as long as a whole block is used up
		for used := included + block; used <= quantity; used += block {
			n++
		}
	}
	return n
}

func TestBlocksOverCountsLikeHandingOutBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quantity := rapid.Int64Range(0, 300).Draw(t, "quantity")
		included := rapid.Int64Range(0, 100).Draw(t, "included")
		block := rapid.Int64Range(1, 60).Draw(t, "block")
		rule := rapid.SampledFrom(blockRules).Draw(t, "rule")
		got := packageOf(included, block, rule).blocksOver(decimal.NewFromInt(quantity))
		if want := slowBlocks(quantity, included, block, rule); !got.Equal(decimal.NewFromInt(want)) {
			t.Fatalf("%v blocks, want %d", got, want)
		}
	})
}

func TestBlocksOverAtTheBoundaries(t *testing.T) {
	for _, tt := range []struct{ quantity, included, block, started, full int64 }{
		{0, 0, 10, 0, 0},
		{1, 0, 10, 1, 0},
		{9, 0, 10, 1, 0},
		{10, 0, 10, 1, 1},
		{11, 0, 10, 2, 1},
		{19, 0, 10, 2, 1},
		{20, 0, 10, 2, 2},
		{1, 0, 1, 1, 1},
		{0, 100, 10, 0, 0}, // what is included and not used is worth nothing
		{99, 100, 10, 0, 0},
		{100, 100, 10, 0, 0},
		{101, 100, 10, 1, 0},
		{109, 100, 10, 1, 0},
		{110, 100, 10, 1, 1},
		{111, 100, 10, 2, 1},
		{MaxCount, 0, MaxCount, 1, 1},
		{MaxCount, 1, MaxCount, 1, 0},
		{MaxCount, MaxCount, 1, 0, 0},
		{MaxCount, 0, 1, MaxCount, MaxCount},
		{MaxCount, 1, 3, 333_333_333_333, 333_333_333_333}, // 10¹² − 1 is 3 × 333,333,333,333
		{MaxCount, 0, 3, 333_333_333_334, 333_333_333_333},
	} {
		t.Run(fmt.Sprintf("%d of %d by %d", tt.quantity, tt.included, tt.block), func(t *testing.T) {
			for rule, want := range map[blocks]int64{startedBlocks: tt.started, fullBlocks: tt.full} {
				got := packageOf(tt.included, tt.block, rule).blocksOver(decimal.NewFromInt(tt.quantity))
				if !got.Equal(decimal.NewFromInt(want)) {
					t.Errorf("%v %s blocks, want %d", got, rule, want)
				}
			}
		})
	}
}

// A product of inputs may be far over the largest count; dividing it to a
// fixed number of digits and rounding up would then miss a block.
func TestBlocksOverCountsFarOverTheLargestCount(t *testing.T) {
	quantity := decimal.New(1, 48).Add(one) // 10⁴⁸ + 1
	got := packageOf(0, 10, startedBlocks).blocksOver(quantity)
	if want := decimal.New(1, 47).Add(one); !got.Equal(want) {
		t.Errorf("%v blocks, want %v", got, want)
	}
}
