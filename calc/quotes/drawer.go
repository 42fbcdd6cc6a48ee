package quotes

import (
	"encoding/json"
	"slices"
	"strings"
)

// MaxDrafts is how many drafts a browser has at most, and MaxDraftName how many
// characters the name of one.
const (
	MaxDrafts    = 20
	MaxDraftName = 60
)

// FirstDraft is the id of the draft that every browser has. It is kept under the
// browser itself, the others under keys that are made of it.
const FirstDraft = "first"

// Drawer says which drafts a browser has.
type Drawer struct {
	// Current is the id of the draft that estimates are added to.
	Current string `json:"current"`
	// Drafts are those there are, at least one.
	Drafts []NamedDraft `json:"drafts"`
	// Touched is the last day on which a draft but the first was changed: what
	// nobody touches is erased some day, and a drawer must not be before its drafts.
	Touched string `json:"touched,omitempty"`
}

// NamedDraft is a draft with its name, which the first one need not have.
type NamedDraft struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// DecodeDrawer reads a drawer. One that is not there, or that cannot be read, has
// the first draft.
func DecodeDrawer(content []byte) *Drawer {
	d := &Drawer{}
	if json.Unmarshal(content, d) != nil || len(d.Drafts) == 0 {
		d = &Drawer{Drafts: []NamedDraft{{ID: FirstDraft}}}
	}
	if !d.Has(d.Current) {
		d.Current = d.Drafts[0].ID
	}
	return d
}

// Encode returns what a store keeps of the drawer.
func (d *Drawer) Encode() ([]byte, error) { return json.Marshal(d) }

// Drawer returns what the drawer of a browser is kept under.
func (b Browser) Drawer() Browser { return HashSecret("drawer " + string(b)) }

// Draft returns what the draft of a browser with an id is kept under.
func (b Browser) Draft(id string) Browser {
	if b == nil || id == FirstDraft {
		return b
	}
	return HashSecret("draft " + id + " " + string(b))
}

func (d *Drawer) find(id string) int {
	return slices.IndexFunc(d.Drafts, func(n NamedDraft) bool { return n.ID == id })
}

// Has reports whether there is a draft with an id.
func (d *Drawer) Has(id string) bool { return d.find(id) >= 0 }

// Single reports whether there is the first draft only, which then needs no name.
func (d *Drawer) Single() bool { return len(d.Drafts) == 1 && d.Drafts[0].ID == FirstDraft }

// Name returns the name of a draft; empty if it has none.
func (d *Drawer) Name(id string) string {
	if i := d.find(id); i >= 0 {
		return d.Drafts[i].Name
	}
	return ""
}

// Add adds a draft, makes it the current one and returns its id. It reports false
// if there are as many as there may be.
func (d *Drawer) Add(name string) (id string, ok bool) {
	if len(d.Drafts) >= MaxDrafts {
		return "", false
	}
	id = newItemID()
	d.Drafts, d.Current = append(d.Drafts, NamedDraft{ID: id, Name: shortName(name)}), id
	return id, true
}

// Rename gives a draft another name.
func (d *Drawer) Rename(id, name string) {
	if i := d.find(id); i >= 0 {
		d.Drafts[i].Name = shortName(name)
	}
}

// Remove takes a draft out. Of the last one the first remains.
func (d *Drawer) Remove(id string) {
	d.Drafts = slices.DeleteFunc(d.Drafts, func(n NamedDraft) bool { return n.ID == id })
	if len(d.Drafts) == 0 {
		d.Drafts = []NamedDraft{{ID: FirstDraft}}
	}
	if !d.Has(d.Current) {
		d.Current = d.Drafts[0].ID
	}
}

// shortName returns a name as it is kept: on one line, and not longer than names
// may be.
func shortName(name string) string {
	letters := []rune(strings.Join(strings.Fields(name), " "))
	return strings.TrimSpace(string(letters[:min(len(letters), MaxDraftName)]))
}
