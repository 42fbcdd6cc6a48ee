package quotes

import (
	"encoding/json"
	"slices"

	"suanpan/pricing"
)

// Sheet is a draft quote: what its maker has put together and typed so far,
// right or wrong.
type Sheet struct {
	// Title and the others are as they were typed.
	Title      string       `json:"title,omitempty"`
	Customer   string       `json:"customer,omitempty"`
	PreparedBy string       `json:"prepared_by,omitempty"`
	Note       string       `json:"note,omitempty"`
	ValidDays  string       `json:"valid_days,omitempty"`
	Lang       pricing.Lang `json:"lang,omitempty"`
	// Revises is the id of the quote that the draft is to replace, or empty.
	Revises string      `json:"revises,omitempty"`
	Items   []SheetItem `json:"items,omitempty"`
	// Before is the draft as it was before something was taken out of it, until
	// that is undone or the items change again.
	Before *Sheet `json:"before,omitempty"`
	// Key makes saving the draft repeatable: the quote is saved once, however
	// often its button is pressed.
	Key string `json:"key,omitempty"`
	// Saved is the id of the quote that the draft before this one was saved as,
	// and SavedKey its key.
	Saved    string `json:"saved,omitempty"`
	SavedKey string `json:"saved_key,omitempty"`
	// SavedSeal is the owner's secret of that quote, sealed with what only the
	// browser has: one that asks again gets it again.
	SavedSeal []byte `json:"saved_seal,omitempty"`
}

// SheetItem is an estimate in a draft.
type SheetItem struct {
	// ID tells the item from the others of its draft.
	ID      string `json:"id"`
	Product string `json:"product"`
	// Query is the query string of the estimate in its calculator, which also
	// names the price book if it is not the newest, and the option if it is not
	// the recommended one.
	Query string `json:"query"`
	// Quantity is as it was typed.
	Quantity string `json:"quantity"`
}

// TakenOut returns how many items were taken out last, and can be brought back,
// and the position that the first of them had.
func (s *Sheet) TakenOut() (items, at int) {
	if s.Before == nil {
		return 0, 0
	}
	for at < len(s.Items) && s.Items[at].ID == s.Before.Items[at].ID {
		at++
	}
	return len(s.Before.Items) - len(s.Items), at
}

// DecodeSheet reads a draft; one that is not there, or that cannot be read, is
// empty.
func DecodeSheet(content []byte) *Sheet {
	s := &Sheet{}
	if json.Unmarshal(content, s) != nil {
		s = &Sheet{}
	}
	if s.Key == "" {
		s.Key = NewSecret()
	}
	return s
}

// Encode returns what a store keeps of the draft.
func (s *Sheet) Encode() ([]byte, error) { return json.Marshal(s) }

// find returns the position of an item, or -1.
func (s *Sheet) find(id string) int {
	return slices.IndexFunc(s.Items, func(item SheetItem) bool { return item.ID == id })
}

// Has reports whether the draft has an item.
func (s *Sheet) Has(id string) bool { return s.find(id) >= 0 }

// Put replaces the estimate of the item with the given id, or adds one if there
// is none. It reports false if the draft has as many items as it may have.
func (s *Sheet) Put(id, product, query string) bool {
	if i := s.find(id); i >= 0 {
		s.Items[i].Product, s.Items[i].Query = product, query
		s.Before = nil
		return true
	}
	if len(s.Items) >= MaxItems {
		return false
	}
	s.Items = append(s.Items, SheetItem{ID: newItemID(), Product: product, Query: query, Quantity: "1"})
	s.Before = nil
	return true
}

// Move moves an item towards the front or the back by one place.
func (s *Sheet) Move(id string, by int) {
	i := s.find(id)
	if j := i + by; i >= 0 && j >= 0 && j < len(s.Items) {
		s.Items[i], s.Items[j] = s.Items[j], s.Items[i]
		s.Before = nil
	}
}

// Duplicate puts a copy of an item behind it. It reports false if the draft has
// as many items as it may have.
func (s *Sheet) Duplicate(id string) bool {
	i := s.find(id)
	if i < 0 {
		return true
	}
	if len(s.Items) >= MaxItems {
		return false
	}
	same := s.Items[i]
	same.ID = newItemID()
	s.Items = slices.Insert(s.Items, i+1, same)
	s.Before = nil
	return true
}

// Remove takes an item out, until it is undone.
func (s *Sheet) Remove(id string) {
	if i := s.find(id); i >= 0 {
		before := s.copy()
		s.Items = slices.Delete(s.Items, i, i+1)
		s.Before = before
	}
}

// Clear takes everything out, until it is undone, but who prepares the quote.
func (s *Sheet) Clear() {
	before := s.copy()
	*s = Sheet{
		PreparedBy: s.PreparedBy, Key: s.Key, Before: before,
		Saved: s.Saved, SavedKey: s.SavedKey, SavedSeal: s.SavedSeal,
	}
}

// Undo brings back what was taken out last. What was typed since stays.
func (s *Sheet) Undo() {
	b := s.Before
	if b == nil {
		return
	}
	for _, field := range []struct{ now, before *string }{
		{&s.Title, &b.Title}, {&s.Customer, &b.Customer}, {&s.PreparedBy, &b.PreparedBy}, {&s.Note, &b.Note},
		{&s.ValidDays, &b.ValidDays}, {&s.Revises, &b.Revises}, {(*string)(&s.Lang), (*string)(&b.Lang)},
	} {
		if *field.now == "" {
			*field.now = *field.before
		}
	}
	for i := range b.Items {
		if j := s.find(b.Items[i].ID); j >= 0 {
			b.Items[i].Quantity = s.Items[j].Quantity
		}
	}
	s.Items, s.Before = b.Items, nil
}

// copy returns the draft without the one before it.
func (s *Sheet) copy() *Sheet {
	same := *s
	same.Items, same.Before = slices.Clone(s.Items), nil
	return &same
}

// After returns the draft that follows once one was saved as the quote with an
// id: empty, but for items that have come since, and for who prepares quotes
// here. The seal has the owner's secret of the quote.
func (s *Sheet) After(saved *Sheet, id string, seal []byte) *Sheet {
	next := &Sheet{PreparedBy: saved.PreparedBy, Key: NewSecret(), Saved: id, SavedKey: saved.Key, SavedSeal: seal}
	for _, item := range s.Items {
		if !slices.ContainsFunc(saved.Items, func(was SheetItem) bool { return was.same(&item) }) {
			next.Items = append(next.Items, item)
		}
	}
	return next
}

// same reports whether an item still is the same estimate.
func (item *SheetItem) same(as *SheetItem) bool {
	return item.ID == as.ID && item.Product == as.Product && item.Query == as.Query
}

// newItemID returns an id that no item has had: a page that was left open on an
// item must not put it back into another draft's.
func newItemID() string { return NewSecret()[:8] }
