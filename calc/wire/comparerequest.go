package wire

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"suanpan/pricing"
)

// MinCompared is how few price books a comparison is of.
const MinCompared = 2

// CompareRequest is the body of a request for a comparison.
type CompareRequest struct {
	Products compared `json:"products"`
	// Lang is empty if the request names none.
	Lang   pricing.Lang `json:"lang"`
	Inputs Object       `json:"inputs"`
	// Facts are those of a room, nil if the request has none.
	Facts *Object `json:"facts"`
}

// ComparedProduct names a column of a comparison.
type ComparedProduct struct {
	// Product is empty if the request has none.
	Product string `json:"product"`
	// PriceBook and Option are nil if the request names none.
	PriceBook *string `json:"price_book"`
	Option    *string `json:"option"`
}

// compared are the columns of a comparison.
type compared []ComparedProduct

var notCompared = wrong(fmt.Sprintf("is a list of %d to %d products", MinCompared, pricing.MaxCompared))

// UnmarshalJSONFrom implements json.UnmarshalerFrom. How many there are is looked
// at first.
func (c *compared) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	text, err := dec.ReadValue()
	switch {
	case err != nil:
		return err
	case len(array(text)) > pricing.MaxCompared:
		return notCompared
	}
	return json.Unmarshal(text, (*[]ComparedProduct)(c), strict)
}

// comparedWording calls an item by what it is.
var comparedWording = wording{item: "An item of products", ofItem: " of a product"}

// DecodeCompareRequest reads the body of a request for a comparison. Its error is
// a [*Malformed].
func DecodeCompareRequest(body []byte) (*CompareRequest, error) {
	r := &CompareRequest{}
	if err := decode(body, r, comparedWording); err != nil {
		return nil, err
	}
	if len(r.Products) < MinCompared {
		return nil, malformed("products %s.", notCompared)
	}
	return r, nil
}

// HasFacts reports whether there are facts of a room, even if they are empty.
func (r *CompareRequest) HasFacts() bool { return r.Facts != nil }

// Usage reads the request's inputs and facts as those that the books have in
// common. The facts are nil where there are none to read. It returns every fault.
func (r *CompareRequest) Usage(c *pricing.Common) (inputs, facts *pricing.Usage, faults []*pricing.InputError) {
	inputs, faults = usage(r.Inputs.members, c.Inputs)
	tellDerived(faults, c)
	if c.Facts == nil {
		if r.HasFacts() {
			faults = append(faults, noRooms)
		}
		return inputs, nil, faults
	}
	facts, more := usage(r.Facts.all(), c.Facts)
	tellUnknownFacts(more)
	return inputs, facts, append(faults, more...)
}

// CommonUsage reads a JSON object of inputs, and one of facts unless c has none,
// as [CompareRequest.Usage] does. The error is a [*Malformed].
func CommonUsage(inputs, facts []byte, c *pricing.Common) (u, room *pricing.Usage, faults []*pricing.InputError, err error) {
	r := &CompareRequest{}
	if r.Inputs.members, err = object(inputs); err != nil {
		return nil, nil, nil, err
	}
	if facts != nil {
		r.Facts = &Object{}
		if r.Facts.members, err = object(facts); err != nil {
			return nil, nil, nil, err
		}
	}
	u, room, faults = r.Usage(c)
	return u, room, faults, nil
}

// noRooms is the fault of facts that no product can use.
var noRooms = &pricing.InputError{Input: "facts", Code: pricing.CodeUnknownInput, Message: pricing.Text{
	EN: "None of these price books meters rooms.",
	ZH: "这些价格都不按房间计量。",
}}

// tellDerived says of inputs that are not asked for why they are not.
func tellDerived(faults []*pricing.InputError, c *pricing.Common) {
	for _, f := range faults {
		if f.Code == pricing.CodeUnknownInput && c.Metered(f.Input) {
			f.Message = pricing.Text{
				EN: "This comes from the facts of the room.",
				ZH: "该项由房间情况推算得出，不需要填写。",
			}
		}
	}
}
