package quotes

import (
	"slices"
	"strings"
	"time"
)

// Listed is a quote as a list has it: what is known of it without its document.
type Listed struct {
	ID string
	// Listing has no title once the quote was withdrawn: its customer and total
	// stay for whoever has it in a list.
	Listing
	// Products are the ids of its products, and Names what its items are called,
	// one a line. Both are empty once the quote was withdrawn.
	Products []string
	Names    string
	// CreatedAt is in UTC, in whole milliseconds.
	CreatedAt time.Time
	// ValidUntil is the last day on which the quote is valid, as 2026-12-31.
	ValidUntil         string
	Revised, Withdrawn bool
}

// Listed returns the quote of a record as a list has it, with what only its
// document says, if that can be read.
func (r *Record) Listed() Listed {
	l := Listed{
		ID: r.ID, Listing: r.Listing, CreatedAt: r.CreatedAt, ValidUntil: r.ValidUntil,
		Revised: r.RevisedBy != "", Withdrawn: r.Withdrawn(),
	}
	d, err := r.Open()
	if err != nil {
		return l
	}
	var names []string
	for i := range d.Items {
		item := &d.Items[i]
		if !slices.Contains(l.Products, item.Product) {
			l.Products = append(l.Products, item.Product)
		}
		names = append(names, item.Name+" "+item.OptionName)
	}
	l.Names = strings.Join(names, "\n")
	return l
}

// State returns the state of the quote at a time.
func (l *Listed) State(now time.Time) State {
	return stateOf(l.Withdrawn, l.Revised, l.ValidUntil, now)
}
