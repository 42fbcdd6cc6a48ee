package wire

import (
	"encoding/json"
	"fmt"
	"strings"

	"suanpan/pricing"
)

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

// What a problem may have in bytes: so many times what its request has, and a
// little in any case.
const (
	problemTimes              = 32
	problemLeast, problemMost = 4 << 10, 4 << 20
	// mostNamed is how much is left of the name of what is at fault, in bytes, where
	// there is no room for all of it. Names that a product has are far shorter.
	mostNamed = 200
)

var moreFaults = pricing.Text{EN: " %d more are not listed.", ZH: "另有 %d 处未列出。"}

// EncodeProblem returns a problem with faults in language l as JSON. All are
// listed, but for those of a request of so many bytes that would make the answer
// many times as large; how many those are is said.
func EncodeProblem(p *Problem, faults []*pricing.InputError, l pricing.Lang, size int) ([]byte, error) {
	most := min(max(problemTimes*size, problemLeast), problemMost)
	body, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	const more = 200 // what is said of those that are not listed
	used := len(body) + more
	for i, f := range faults {
		fault := InputFault{Input: f.Input, Code: string(f.Code), Message: f.Message.In(l)}
		text, err := json.Marshal(fault)
		if err == nil && used+len(text) >= most && len(fault.Input) > mostNamed {
			fault.Input = strings.ToValidUTF8(fault.Input[:mostNamed], "") + "…"
			text, err = json.Marshal(fault)
		}
		if err != nil {
			return nil, err
		}
		if used += len(text) + 1; used > most {
			p.Detail += fmt.Sprintf(moreFaults.In(l), len(faults)-i)
			break
		}
		p.Errors = append(p.Errors, fault)
	}
	return json.Marshal(p)
}
