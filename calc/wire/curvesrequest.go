package wire

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// The bounds of what a request for curves may ask for.
const (
	MaxCurvePoints     = 500
	DefaultCurvePoints = 100
)

// CurvesRequest is the body of a request for the curves of a count. What it
// leaves out is nil, and Over is empty.
type CurvesRequest struct {
	EstimateRequest
	Over   string `json:"over"`
	From   *Count `json:"from"`
	To     *Count `json:"to"`
	Points *Count `json:"points"`
	Budget *Count `json:"budget"`
}

// Curved is what a request for curves asks for. From and To are nil if the
// request leaves them out, and so is Budget.
type Curved struct {
	Usage    *pricing.Usage
	Variable pricing.Variable
	From, To *int64
	Points   int
	Budget   *decimal.Decimal
}

// Work is about the work of the answer, in the unit of [pricing.Usage.Work]: the
// points of the curve, and a search along each count.
func (c *Curved) Work() int { return c.Usage.Work() * (c.Points/8 + len(c.Usage.Variables())) }

// DecodeCurvesRequest reads the body of a request for curves. Its error is a
// [*Malformed].
func DecodeCurvesRequest(body []byte) (*CurvesRequest, error) {
	r := &CurvesRequest{}
	if err := decode(body, r, wording{count: "is not a number"}); err != nil {
		return nil, err
	}
	return r, nil
}

// Curved reads the request for a price book. It returns every fault, those of
// the inputs first.
func (r *CurvesRequest) Curved(book *pricing.Book) (*Curved, []*pricing.InputError) {
	c := &Curved{Points: DefaultCurvePoints}
	var faults []*pricing.InputError
	c.Usage, faults = r.Usage(book)
	drivers := c.Usage.Drivers()
	low, high := int64(0), int64(pricing.MaxCount)
	if at, fault := over(r.Over, drivers, faults); at >= 0 {
		c.Variable = drivers[at].Variable
		low, high = c.Variable.Input().Minimum, c.Variable.Input().Maximum
	} else if fault != nil {
		faults = append(faults, fault)
	}
	read := func(name string, sent *Count, low, high int64) *int64 {
		if sent == nil {
			return nil
		}
		n, fault := sent.In(&pricing.Input{ID: name, Kind: pricing.KindCount, Minimum: low, Maximum: high})
		if fault != nil {
			faults = append(faults, fault)
			return nil
		}
		return &n
	}
	c.From = read("from", r.From, low, high)
	if c.From != nil {
		low = *c.From
	}
	c.To = read("to", r.To, low, high)
	if n := read("points", r.Points, 2, MaxCurvePoints); n != nil {
		c.Points = int(*n)
	}
	if r.Budget != nil {
		var fault *pricing.InputError
		if c.Budget, fault = budget(*r.Budget); fault != nil {
			faults = append(faults, fault)
		}
	}
	return c, faults
}

// amounts are plain decimals with up to two places.
var amounts = regexp.MustCompile(`^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$`)

// budget reads an amount of money, which is a string if it has decimals.
func budget(sent Count) (*decimal.Decimal, *pricing.InputError) {
	fault := &pricing.InputError{Input: "budget", Code: pricing.CodeOutOfRange, Message: pricing.Text{
		EN: "Give an amount from 0 to 1,000,000,000,000 with up to two decimals, such as \"5000.00\".",
		ZH: "请给出 0 到 1,000,000,000,000 之间的金额，最多两位小数，如 \"5000.00\"。",
	}}
	text := sent.text()
	if !amounts.MatchString(text) || !sent.quoted() && strings.Contains(text, ".") {
		fault.Code = pricing.CodeNotANumber
		return nil, fault
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.GreaterThan(decimal.New(pricing.MaxCount, 0)) {
		return nil, fault
	}
	return &d, nil
}
