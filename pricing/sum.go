package pricing

import "github.com/shopspring/decimal"

// sum adds amounts up exactly. Those that are small enough, as most are, are
// added in billionths in 64 bits, which leaves no garbage; the others as decimals.
type sum struct {
	billionths int64
	rest       decimal.Decimal
}

const (
	sumDecimals = 9
	// sumDigits is how many digits an amount in billionths has at most: it is
	// below 10¹⁷, so that it can be added to what is within sumFull.
	sumDigits = 17
	sumFull   = int64(1) << 62
)

// add adds an amount.
func (s *sum) add(d decimal.Decimal) {
	e := d.Exponent()
	if e > 0 || e < -sumDecimals || d.NumDigits()+int(sumDecimals+e) > sumDigits {
		s.rest = s.rest.Add(d)
		return
	}
	s.billionths += d.CoefficientInt64() * pow10(sumDecimals+e)
	if s.billionths > sumFull || s.billionths < -sumFull {
		s.rest, s.billionths = s.total(), 0
	}
}

// total returns what the amounts come to.
func (s *sum) total() decimal.Decimal {
	if s.billionths == 0 {
		return s.rest
	}
	small := decimal.New(s.billionths, -sumDecimals)
	if s.rest.IsZero() {
		return small
	}
	return s.rest.Add(small)
}
