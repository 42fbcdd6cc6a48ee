package wire

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"suanpan/pricing"
)

// Part is the JSON of one of the products that a line's amount is the sum of.
// What is left out has no say: nothing is free or included, any quantity is
// sold, the price is for one, and is not multiplied.
type Part struct {
	// Name is left out where it is that of the line.
	Name      string `json:"name,omitempty"`
	Quantity  string `json:"quantity"`
	Unit      string `json:"unit,omitempty"`
	FreeBelow string `json:"free_below,omitempty"`
	Included  string `json:"included,omitempty"`
	Block     string `json:"block,omitempty"`
	// Blocks is started or full, where there are blocks.
	Blocks    string `json:"blocks,omitempty"`
	UnitPrice string `json:"unit_price"`
	Per       string `json:"per,omitempty"`
	Times     string `json:"times,omitempty"`
}

// Which blocks are charged.
const (
	startedBlocks = "started"
	fullBlocks    = "full"
)

func newParts(parts []pricing.Part, l pricing.Lang) []Part {
	if len(parts) == 0 {
		return nil
	}
	out := make([]Part, len(parts))
	for i := range parts {
		out[i] = newPart(&parts[i], l)
	}
	return out
}

func newPart(p *pricing.Part, l pricing.Lang) Part {
	out := Part{Name: p.Name.In(l), Quantity: p.Quantity.String(), Unit: p.Unit.In(l), UnitPrice: p.Price.String()}
	if p.FreeBelow > 0 {
		out.FreeBelow = count(p.FreeBelow)
	}
	if !p.Included.IsZero() {
		out.Included = p.Included.String()
	}
	if !p.Block.IsZero() {
		out.Block, out.Blocks = p.Block.String(), startedBlocks
		if p.FullBlocks {
			out.Blocks = fullBlocks
		}
	}
	if p.Per > 1 {
		out.Per = count(p.Per)
	}
	if !p.Times.Equal(decimal.NewFromInt(1)) {
		out.Times = p.Times.String()
	}
	return out
}

// Read returns the figures of the part, each read by figure. Its texts are in
// one language only and are left out.
func (p *Part) Read(figure func(string) (decimal.Decimal, error)) (pricing.Part, error) {
	var out pricing.Part
	var freeBelow, per decimal.Decimal
	for _, f := range []struct {
		text, missing string
		to            *decimal.Decimal
	}{
		{p.Quantity, "", &out.Quantity}, {p.FreeBelow, "0", &freeBelow}, {p.Included, "0", &out.Included}, {p.Block, "0", &out.Block},
		{p.UnitPrice, "", &out.Price}, {p.Per, "1", &per}, {p.Times, "1", &out.Times},
	} {
		if f.text == "" {
			f.text = f.missing
		}
		var err error
		if *f.to, err = figure(f.text); err != nil {
			return out, err
		}
	}
	out.FullBlocks, out.FreeBelow, out.Per = p.Blocks == fullBlocks, freeBelow.IntPart(), per.IntPart()
	if !isPowerOfTen(out.Per) || out.FreeBelow < 0 || out.Block.IsNegative() || out.Included.IsNegative() {
		return out, fmt.Errorf("%.40q cannot be priced", p.Name)
	}
	return out, nil
}

// isPowerOfTen reports whether a price can be for so many.
func isPowerOfTen(n int64) bool {
	text := strconv.FormatInt(n, 10)
	for i, digit := range text {
		if (i == 0) != (digit == '1') || (i > 0 && digit != '0') {
			return false
		}
	}
	return true
}
