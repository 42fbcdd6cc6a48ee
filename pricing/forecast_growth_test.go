package pricing

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestParseGrowth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0": "0", "2.5": "2.5", "-1": "-1", "0.001": "0.001", "1000": "1000", "-100": "-100", "1000.000": "1000", "-0": "0",
	} {
		if g, err := ParseGrowth(text); err != nil || g.Percent().String() != want {
			t.Errorf("%q is %v, %v; want %s", text, g.Percent(), err, want)
		}
	}
	for text, want := range map[string]Code{
		"": CodeNotANumber, "-": CodeNotANumber, "--1": CodeNotANumber, "+1": CodeNotANumber, "1e2": CodeNotANumber, "2,5": CodeNotANumber,
		"0.0001": CodeNotANumber, "01": CodeNotANumber, " 1": CodeNotANumber, "1%": CodeNotANumber, ".5": CodeNotANumber, "5.": CodeNotANumber,
		"1000.001": CodeOutOfRange, "-100.1": CodeOutOfRange, "999999999999": CodeOutOfRange,
	} {
		_, err := ParseGrowth(text)
		var fault *InputError
		if !errors.As(err, &fault) || fault.Code != want || fault.Message.EN == "" || fault.Message.ZH == "" {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestGrowthOfQuantities(t *testing.T) {
	t.Parallel()
	count := &Input{Maximum: MaxCount}
	for _, tt := range []struct {
		in      *Input
		start   int64
		percent string
		want    []int64
	}{
		{count, 100, "0", []int64{100, 100, 100}},
		{count, 1000, "10", []int64{1000, 1100, 1210, 1331, 1464}}, // 1464.1
		// Compounded on the exact value: 5, 5.5, 6.05, 6.655, 7.3205. On the rounded
		// one it would be 5, 6, 7, 8, 9.
		{count, 5, "10", []int64{5, 6, 6, 7, 7}},
		{count, 1, "50", []int64{1, 2, 2, 3, 5}},      // 1.5 and 2.25, 3.375, 5.0625
		{count, 1000, "0.05", []int64{1000, 1001}},    // half up
		{count, 1000, "0.049", []int64{1000, 1000}},   // 1000.49
		{count, 1000, "-50", []int64{1000, 500, 250}}, // shrinks
		{count, 7, "-100", []int64{7, 0, 0}},          // is gone
		{count, 3, "-50", []int64{3, 2, 1, 0}},        // 1.5, 0.75, 0.375
		{count, 0, "1000", []int64{0, 0}},             // grows from nothing to nothing
		{count, MaxCount, "1", []int64{MaxCount, MaxCount}},
		{&Input{Minimum: 2, Maximum: 31}, 30, "10", []int64{30, 31, 31}},
		{&Input{Minimum: 2, Maximum: 31}, 3, "-50", []int64{3, 2, 2}},
	} {
		g, err := ParseGrowth(tt.percent)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.Quantities(tt.in, tt.start, len(tt.want)); !slices.Equal(got, tt.want) {
			t.Errorf("%d by %s %% a month is %v, want %v", tt.start, tt.percent, got, tt.want)
		}
	}
}

// The quantities are ⌊start × (1 + growth)^m + ½⌋ in exact fractions.
func TestGrowthIsExact(t *testing.T) {
	t.Parallel()
	count := &Input{Maximum: MaxCount}
	randomly(t, 300, func(r *rand.Rand) error {
		start, thousandths := between(r, 0, 1_000_000), between(r, -100_000, 40_000)
		sign := ""
		if thousandths < 0 {
			sign = "-"
		}
		g, err := ParseGrowth(sign + decimalText(max(thousandths, -thousandths), 3))
		if err != nil {
			return err
		}
		value, factor, half := new(big.Rat).SetInt64(start), big.NewRat(100_000+thousandths, 100_000), big.NewRat(1, 2)
		for m, got := range g.Quantities(count, start, maxMonths) {
			rounded := new(big.Rat).Add(value, half)
			want := new(big.Int).Div(rounded.Num(), rounded.Denom())
			if want.Cmp(big.NewInt(MaxCount)) > 0 {
				want.SetInt64(MaxCount)
			}
			if want.Int64() != got {
				t.Fatalf("%d by %v %% is %d in month %d, want %v", start, g.Percent(), got, m+1, want)
			}
			value.Mul(value, factor)
		}
		return nil
	})
}
