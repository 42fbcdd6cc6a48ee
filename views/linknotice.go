package views

import (
	"fmt"
	"slices"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// LinkNotice says of the address that a page was opened by what was understood and
// what was not.
type LinkNotice struct {
	// Warning says that figures may be others than were meant.
	Warning bool
	Text    string
	// ReadLabel is what stands before what was read, which is empty where nothing
	// was.
	ReadLabel, Read string
	// Unread are sentences about parts that were not understood.
	Unread []string
}

// NewLinkNotice returns the notice for an address, and what was read of it; nil if
// there is nothing to say.
func NewLinkNotice(n *forms.Notice, read []quotes.Entry, l pricing.Lang) *LinkNotice {
	if n.Silent() {
		return nil
	}
	w := linkWordsIn(l)
	out := &LinkNotice{ReadLabel: w.Read, Warning: n.Broken || !n.Whole && len(n.Unread)+len(n.Stuck) > 0}
	switch {
	case n.Broken:
		out.Text = w.Broken
	case n.Whole:
		out.Text = w.Whole
	case len(n.Unread)+len(n.Stuck) > 0:
		out.Text = w.Partly
	default:
		out.Text = w.Repaired
	}
	for _, p := range n.Unread {
		text := p.Name
		if p.Value != "" {
			text += "=" + p.Value
		}
		out.Unread = append(out.Unread, fmt.Sprintf(w.Unread, text))
	}
	for _, p := range n.Stuck {
		out.Unread = append(out.Unread, fmt.Sprintf(w.Stuck, p.Value, p.Name))
	}
	if out.Read = entriesInLine(read, l); out.Read == "" {
		out.Read = w.Nothing
	}
	return out
}

// WithOption returns what was entered into a calculator, and the option that was
// chosen, if one was.
func WithOption(entries []quotes.Entry, form *forms.Form, l pricing.Lang) []quotes.Entry {
	for i := range form.Book.Options {
		if o := &form.Book.Options[i]; o.ID == form.Option {
			return append(slices.Clip(entries), quotes.Entry{Name: wordsIn(l).Plan, Value: o.Name.In(l)})
		}
	}
	return entries
}

// entriesInLine writes entries one behind the other.
func entriesInLine(entries []quotes.Entry, l pricing.Lang) string {
	parts := make([]string, len(entries))
	for i, e := range entries {
		parts[i] = fmt.Sprintf(linkWordsIn(l).Entry, e.Name, e.Value)
	}
	return joined(parts, l)
}
