package wide

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// numbers are those at the ends of every word, the bounds of the package
// comment, and random ones of every length.
func numbers() []Int {
	all := []Int{
		{}, {lo: 1}, {lo: 9}, {lo: math.MaxInt64}, {lo: math.MaxInt64 + 1}, {lo: math.MaxUint64}, {hi: 1},
		{hi: 1, lo: math.MaxUint64}, {hi: math.MaxInt64, lo: math.MaxUint64}, {hi: math.MaxUint64}, {hi: math.MaxUint64, lo: math.MaxUint64},
		Of(36).Times(1000 * 10_000).Times(1_000_000_000_000).Times(10), Pow10(38),
	}
	r := rand.New(rand.NewPCG(1, 2))
	for bit := range 64 {
		all = append(all, Int{lo: r.Uint64() >> bit}, Int{hi: r.Uint64() >> bit, lo: r.Uint64()})
	}
	return all
}

func (x Int) big() *big.Int { return x.Mul(Int{lo: 1}).Big() }

var one = big.NewInt(1)

func TestArithmeticAgreesWithBigNumbers(t *testing.T) {
	most128, most256 := new(big.Int).Lsh(one, 128), new(big.Int).Lsh(one, 256)
	all := numbers()
	for _, x := range all {
		if FromBig(x.big()) != x {
			t.Fatalf("%v comes back as %v", x, FromBig(x.big()))
		}
		if n, ok := x.Int64(); ok != x.big().IsInt64() || ok && n != x.big().Int64() {
			t.Fatalf("%v is %d, %v", x, n, ok)
		}
		for _, y := range all {
			if x.Cmp(y) != x.big().Cmp(y.big()) {
				t.Fatalf("%v against %v: %d", x, y, x.Cmp(y))
			}
			sum := new(big.Int).Add(x.big(), y.big())
			if got, panicked := try(func() *big.Int { return x.Add(y).big() }); panicked != (sum.Cmp(most128) >= 0) || !panicked && got.Cmp(sum) != 0 {
				t.Fatalf("%v + %v = %v, want %v", x, y, got, sum)
			}
			product := x.Mul(y)
			want := new(big.Int).Mul(x.big(), y.big())
			if product.Big().Cmp(want) != 0 {
				t.Fatalf("%v × %v = %v, want %v", x, y, product.Big(), want)
			}
			if y.lo > 0 {
				if got := product.Quo(y.lo).Big(); got.Cmp(new(big.Int).Quo(want, new(big.Int).SetUint64(y.lo))) != 0 {
					t.Fatalf("%v ÷ %d = %v", want, y.lo, got)
				}
			}
			short := new(big.Int).Mul(x.big(), new(big.Int).SetUint64(y.lo))
			if got, panicked := try(func() *big.Int { return x.Times(y.lo).big() }); panicked != (short.Cmp(most128) >= 0) || !panicked && got.Cmp(short) != 0 {
				t.Fatalf("%v × %d = %v, want %v", x, y.lo, got, short)
			}
			other := y.Mul(y)
			if product.Cmp(other) != want.Cmp(other.Big()) {
				t.Fatalf("%v against %v: %d", product, other, product.Cmp(other))
			}
			want.Add(want, other.Big())
			if got, panicked := try(func() *big.Int { return product.Add(other).Big() }); panicked != (want.Cmp(most256) >= 0) || !panicked && got.Cmp(want) != 0 {
				t.Fatalf("%v + %v = %v, want %v", product, other, got, want)
			}
		}
	}
}

func TestWhatDoesNotFitPanics(t *testing.T) {
	for name, f := range map[string]func() *big.Int{
		"negative":     func() *big.Int { return Of(-1).big() },
		"negative big": func() *big.Int { return FromBig(big.NewInt(-1)).big() },
		"129 bits":     func() *big.Int { return FromBig(new(big.Int).Lsh(one, 128)).big() },
		"10 to the 39": func() *big.Int { return Pow10(39).big() },
	} {
		if _, panicked := try(f); !panicked {
			t.Errorf("%s: no panic", name)
		}
	}
}

func try(f func() *big.Int) (n *big.Int, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return f(), false
}
