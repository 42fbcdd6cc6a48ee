package forms

import "net/url"

// The names in the address of the list of quotes.
const (
	Search = "search"
	Before = "before"
)

// List is what the list of quotes is asked for: those that a text is found in, and
// those that come behind the one with an id. Each may be empty.
type List struct{ Search, Before string }

// Query returns the query string of the list.
func (l List) Query() string {
	q := url.Values{}
	if l.Search != "" {
		q.Set(Search, l.Search)
	}
	if l.Before != "" {
		q.Set(Before, l.Before)
	}
	return q.Encode()
}
