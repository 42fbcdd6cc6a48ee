package pricing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// TestFormulasComeToTheAmount computes the formula of every line of random usages
// of every book, and compares it with the amount: exactly, or for a line that is
// rounded with half a fen for each window that it may have.
func TestFormulasComeToTheAmount(t *testing.T) {
	t.Parallel()
	catalog, err := embeddedCatalog()
	if err != nil {
		t.Fatal(err)
	}
	var books []*Book
	for _, p := range catalog.Products() {
		books = append(books, p.Books...)
	}
	randomly(t, 3000, func(r *rand.Rand) error {
		u := ordinaryUsage(r, books[r.IntN(len(books))])
		e := u.Estimate()
		for i := range e.Options {
			for j := range e.Options[i].Lines {
				l := &e.Options[i].Lines[j]
				got, err := computed(l.Formula)
				if err != nil {
					return fmt.Errorf("%s: %w in %q", l.ID(), err, l.Formula)
				}
				off := got.Sub(got, l.Amount.Rat())
				if off.Abs(off).Cmp(big.NewRat(u.Months(), 200)) > 0 || off.Sign() != 0 && l.Amount.Exponent() < -2 {
					return fmt.Errorf("%s: %q is not %s but %s off", l.ID(), l.Formula, l.Amount, off.FloatString(6))
				}
			}
			for _, p := range e.Options[i].Pools {
				if got, err := computed(p.Formula); err != nil || got.Cmp(p.Demand.Rat()) != 0 {
					return fmt.Errorf("%s: %q is not %s: %w", p.Name.EN, p.Formula, p.Demand, err)
				}
			}
		}
		return nil
	})
}

// ordinaryUsage is a usage of any size, for up to three years.
func ordinaryUsage(r *rand.Rand, b *Book) *Usage {
	u := randomUsage(r, b)
	u.values[monthsPosition] = between(r, 1, 36)
	ordinary := func(in *Input, n *int64) {
		if in.Kind == KindCount {
			*n = max(*n%pow10(int32(between(r, 1, 12))), in.Minimum)
		}
	}
	for i := range b.Inputs {
		in := &b.Inputs[i]
		if i != monthsPosition {
			ordinary(in, &u.values[i])
		}
		for _, row := range u.rows[i] {
			for j := range row {
				ordinary(&in.Fields[j], &row[j])
			}
		}
	}
	return u
}

// computed computes a formula as somebody would who reads it: products before
// sums, brackets first, ⌈ ⌉ up and ⌊ ⌋ down to a whole number.
func computed(text string) (value *big.Rat, err error) {
	r := &formulaReader{rest: []rune(strings.NewReplacer(", ", ";", " ", "", "¥", "", "min(", "m").Replace(text))}
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("something is missing")
		}
	}()
	if value = r.sum(); len(r.rest) > 0 {
		err = fmt.Errorf("%q is left", string(r.rest))
	}
	return value, err
}

type formulaReader struct{ rest []rune }

// take takes the next sign if it is one of these, or returns 0.
func (r *formulaReader) take(signs string) rune {
	if len(r.rest) == 0 || !strings.ContainsRune(signs, r.rest[0]) {
		return 0
	}
	sign := r.rest[0]
	r.rest = r.rest[1:]
	return sign
}

func (r *formulaReader) sum() *big.Rat {
	total := r.product()
	for {
		switch r.take("+−") {
		case '+':
			total.Add(total, r.product())
		case '−':
			total.Sub(total, r.product())
		default:
			return total
		}
	}
}

func (r *formulaReader) product() *big.Rat {
	total := r.factor()
	for {
		switch r.take("×÷") {
		case '×':
			total.Mul(total, r.factor())
		case '÷':
			total.Quo(total, r.factor())
		default:
			return total
		}
	}
}

func (r *formulaReader) factor() *big.Rat {
	switch open := r.take("−(⌈⌊m"); open {
	case '−':
		inner := r.factor()
		return inner.Neg(inner)
	case 'm':
		a := r.sum()
		r.take(";")
		if b := r.sum(); b.Cmp(a) < 0 {
			a = b
		}
		r.take(")")
		return a
	case 0:
		n := 0
		for n < len(r.rest) && (unicode.IsDigit(r.rest[n]) || r.rest[n] == '.' || r.rest[n] == ',' && n+1 < len(r.rest) && unicode.IsDigit(r.rest[n+1])) {
			n++
		}
		value, _ := new(big.Rat).SetString(strings.ReplaceAll(string(r.rest[:n]), ",", ""))
		r.rest = r.rest[n:]
		return value
	default:
		inner := r.sum()
		if r.take(")⌉⌋") == 0 {
			panic("a bracket stays open")
		}
		if open != '(' {
			whole, rest := new(big.Int).DivMod(inner.Num(), inner.Denom(), new(big.Int))
			if open == '⌈' && rest.Sign() > 0 {
				whole.Add(whole, big.NewInt(1))
			}
			inner.SetInt(whole)
		}
		return inner
	}
}
