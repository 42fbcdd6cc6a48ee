package views

import (
	"strconv"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
)

// DraftTab is one of several drafts.
type DraftTab struct {
	ID, Name string
	// Here says that it is the one on the page, Adds that estimates are added to it.
	Here, Adds bool
}

// draftAddress is where a draft is: where there is no other, in the plain place.
func draftAddress(drawer *quotes.Drawer, id string) string {
	if drawer.Single() {
		return draftPath
	}
	return draftPath + "/" + id
}

// draftNameOf returns what a draft is called.
func draftNameOf(drawer *quotes.Drawer, id string, w *DraftWords) string {
	if name := drawer.Name(id); name != "" {
		return name
	}
	return wording.Fill(w.DraftNumber, "1")
}

// drafts says which drafts there are, and how one gets from one to another.
func (d *Draft) drafts(drawer *quotes.Drawer, id string) {
	w := d.Words
	d.Address = draftAddress(drawer, id)
	d.MayStart = len(drawer.Drafts) < quotes.MaxDrafts
	if drawer.Single() {
		return
	}
	for _, n := range drawer.Drafts {
		d.Tabs = append(d.Tabs, DraftTab{ID: n.ID, Name: draftNameOf(drawer, n.ID, w), Here: n.ID == id, Adds: n.ID == drawer.Current})
	}
	d.ID = id
	d.Name = DraftField{
		Name: "draft_name", Label: w.DraftName, Help: w.DraftNameHelp, Value: drawer.Name(id), Placeholder: draftNameOf(drawer, id, w),
		Note: Note{ID: "draft_name-note"},
	}
	if id != drawer.Current {
		d.Elsewhere = wording.Fill(w.AddsElsewhere, draftNameOf(drawer, drawer.Current, w))
	}
	d.Delete = Link{Href: d.Address + "/delete", Text: w.DeleteDraft}
}

// NewDeleteQuestion returns the page that asks whether a draft is to be deleted.
func NewDeleteQuestion(v *Visit, drawer *quotes.Drawer, id string, sheet *quotes.Sheet) *QuoteQuestion {
	w := DraftWordsIn(v.Lang)
	at := draftAddress(drawer, id)
	q := &QuoteQuestion{
		QuoteFrame: v.quoteFrame(v.Lang, w.DeleteTitle), Name: draftNameOf(drawer, id, w), Help: w.DeleteEmpty,
		Action: draftPath + "/" + id + "/delete", Answers: []Answering{{Value: "delete", Text: w.DeleteNow}}, Back: Link{Href: at, Text: w.KeepIt},
	}
	if n := len(sheet.Items); n > 0 {
		q.Help = wording.Fill(w.DeleteHelp, strconv.Itoa(n))
	}
	return q
}
