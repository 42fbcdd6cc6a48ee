package quotes

import (
	"errors"
	"time"
)

// Damaged is the state in a list of a quote that is not stored as it was saved.
const Damaged State = "damaged"

// Listed is a quote as a list shows it.
type Listed struct {
	ID string
	// State is what has become of the quote. Of one that is damaged nothing else
	// is told.
	State State
	// Listing is empty if the quote was withdrawn.
	Listing
	// Saved and ValidUntil are days, as 2026-12-31.
	Saved, ValidUntil string
}

// Listed returns the quote as a list shows it at a time.
func (r *Record) Listed(now time.Time) Listed {
	if _, err := r.Open(); errors.Is(err, ErrDamaged) {
		return Listed{ID: r.ID, State: Damaged}
	}
	return Listed{ID: r.ID, State: r.State(now), Listing: r.Listing, Saved: Day(r.CreatedAt), ValidUntil: r.ValidUntil}
}
