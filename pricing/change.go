package pricing

import "slices"

// Changes says which option may follow which when it is changed during a term, and
// where that is from.
type Changes struct {
	Source Source
	// Assumptions hold where the source is silent; often none.
	Assumptions []Text

	follow map[string][]string // by option
}

// CanFollow reports whether the option to can take the place of the option from
// when it is changed during a term. The same option always can; another one
// only where the product says so.
func (b *Book) CanFollow(from, to *Option) bool {
	return from.ID == to.ID || b.changes != nil && slices.Contains(b.changes.follow[from.ID], to.ID)
}

// Changes returns what [Book.CanFollow] rests on, or nil if the product says
// nothing of changing options.
func (b *Book) Changes() *Changes { return b.changes }
