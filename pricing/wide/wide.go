// Package wide has whole numbers of a fixed width that no allowed usage
// outgrows, so that the engine computes exactly without leaving garbage.
//
// # Bounds
//
// A usage states at most 10¹² of an input a month. Weighed in tenths, with weights
// that add up to 10⁴, over 36 months, that is 3.6 × 10¹⁸ smallest units, which 63
// bits just hold; for a thousand alike applications it would be 3.6 × 10²¹, far
// less than the 3.4 × 10³⁸ of an [Int]. The bounds below allow for these.
//
// A rate is a fraction. Its numerator is a list price in the smallest money, at
// most 10²² units of the price list times the 10⁶ of the decimals of money: 10²⁸.
// Its denominator is at most a demand times the power of ten that takes away the
// decimals of a price, six, and what it is per, nine: 3.6 × 10³⁶.
//
// What is compared are costs times a denominator: products of two [Int], which
// always fit the 256 bits of a [Product]. The two products that a cost is the sum
// of are below 2²⁵⁵ each, since any [Int] times such a numerator or denominator is,
// so their sum fits too.
//
// Where a bound were broken all the same, [Of], [FromBig], [Int.Add], [Int.Times]
// and [Product.Add] panic: a wrong amount would be worse than none.
package wide

import (
	"cmp"
	"math/big"
	"math/bits"
)

// Int is a whole number from 0 to 2¹²⁸ − 1.
type Int struct{ hi, lo uint64 }

// Product is a whole number from 0 to 2²⁵⁶ − 1, the lowest word first.
type Product [4]uint64

// Of returns n, which is not negative.
func Of(n int64) Int {
	if n < 0 {
		panic("wide: a negative number")
	}
	return Int{lo: uint64(n)}
}

// FromBig returns n, which is from 0 to 2¹²⁸ − 1.
func FromBig(n *big.Int) Int {
	if n.Sign() < 0 || n.BitLen() > 128 {
		panic("wide: a number that 128 bits do not hold")
	}
	if n.IsUint64() {
		return Int{lo: n.Uint64()}
	}
	var b [16]byte
	n.FillBytes(b[:])
	var x Int
	for i := range 8 {
		x.hi, x.lo = x.hi<<8|uint64(b[i]), x.lo<<8|uint64(b[8+i])
	}
	return x
}

// Pow10 returns 10ⁿ, for n from 0 to 38.
func Pow10(n int32) Int {
	x := Int{lo: 1}
	for range n {
		x = x.Times(10)
	}
	return x
}

// Int64 returns the number and whether 63 bits hold it.
func (x Int) Int64() (n int64, ok bool) {
	return int64(x.lo), x.hi == 0 && x.lo < 1<<63
}

// Cmp compares as cmp.Compare does.
func (x Int) Cmp(y Int) int { return cmp.Or(cmp.Compare(x.hi, y.hi), cmp.Compare(x.lo, y.lo)) }

// Add returns x + y.
func (x Int) Add(y Int) Int {
	lo, carry := bits.Add64(x.lo, y.lo, 0)
	hi, over := bits.Add64(x.hi, y.hi, carry)
	if over != 0 {
		panic("wide: a sum that 128 bits do not hold")
	}
	return Int{hi, lo}
}

// Times returns x × y where that is an Int again.
func (x Int) Times(y uint64) Int {
	p := x.Mul(Int{lo: y})
	if p[2]|p[3] != 0 {
		panic("wide: a product that 128 bits do not hold")
	}
	return Int{p[1], p[0]}
}

// Mul returns x × y.
func (x Int) Mul(y Int) Product {
	var p Product
	p[1], p[0] = bits.Mul64(x.lo, y.lo)
	if x.hi|y.hi == 0 {
		return p
	}
	p[3], p[2] = bits.Mul64(x.hi, y.hi)
	for _, cross := range [...][2]uint64{{x.hi, y.lo}, {x.lo, y.hi}} {
		hi, lo := bits.Mul64(cross[0], cross[1])
		var carry uint64
		p[1], carry = bits.Add64(p[1], lo, 0)
		p[2], carry = bits.Add64(p[2], hi, carry)
		p[3] += carry
	}
	return p
}

// Add returns x + y.
func (x Product) Add(y Product) Product {
	var carry uint64
	for i := range x {
		x[i], carry = bits.Add64(x[i], y[i], carry)
	}
	if carry != 0 {
		panic("wide: a sum that 256 bits do not hold")
	}
	return x
}

// Quo returns x ÷ y without what is left over.
func (x Product) Quo(y uint64) Product {
	rest := uint64(0)
	for i := len(x) - 1; i >= 0; i-- {
		x[i], rest = bits.Div64(rest, x[i], y)
	}
	return x
}

// Cmp compares as cmp.Compare does.
func (x Product) Cmp(y Product) int {
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			return cmp.Compare(x[i], y[i])
		}
	}
	return 0
}

// Big returns the number as a big one.
func (x Product) Big() *big.Int {
	var b [32]byte
	for i, word := range x {
		for j := range 8 {
			b[31-8*i-j] = byte(word >> (8 * j))
		}
	}
	return new(big.Int).SetBytes(b[:])
}
