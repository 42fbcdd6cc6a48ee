package wire

import "suanpan/pricing"

// Problem is an error as RFC 9457 has it, application/problem+json.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// RequestID is what whoever runs the program finds the request by.
	RequestID string       `json:"request_id"`
	Errors    []InputFault `json:"errors,omitempty"`
	// WithdrawnQuote is what is left of the quote that was asked for; nil for
	// every other problem.
	*WithdrawnQuote
}

// InputFault is one fault of one input in a Problem.
type InputFault struct {
	Input   string `json:"input"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// NewInputFaults returns the JSON of faults, their messages in language l.
func NewInputFaults(faults []*pricing.InputError, l pricing.Lang) []InputFault {
	out := make([]InputFault, len(faults))
	for i, f := range faults {
		out[i] = InputFault{Input: f.Input, Code: string(f.Code), Message: f.Message.In(l)}
	}
	return out
}
