package views

import (
	"fmt"
	"strconv"
	"strings"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Draft is the page of the draft.
type Draft struct {
	Page
	Words   *DraftWords
	Message DraftMessage
	// Address is where the form is sent. Tabs are the drafts where there are
	// several; ID and Name are then this one's, Elsewhere says that estimates are
	// added to another one, and Delete leads to the question whether to delete it.
	Address, ID, Elsewhere string
	Tabs                   []DraftTab
	Name                   DraftField
	Delete                 Link
	// MayStart says that there is room for another one.
	MayStart bool
	// Undo says what was taken out last, and can be brought back. UndoAt is the
	// position in the list that it had.
	Undo   string
	UndoAt int
	// Revises leads to the quote that the draft is to replace, LastSaved to the
	// one that was saved last; without an address there is none.
	Revises, LastSaved Link
	// Key and Seen say of which draft and which items the form is.
	Key, Seen string

	Items []DraftItem
	// Count says how many items there are.
	Count string
	// Unreadable says that the items are kept but cannot be shown now.
	Unreadable bool

	Title, Customer, PreparedBy, Note, ValidDays DraftField
	Languages                                    []FieldChoice

	Total, Prepaid, Postpaid string
	// Uncounted says why there are no totals, Incomplete what they leave out.
	Uncounted, Incomplete string
}

// DraftMessage says what went wrong, with a link to what it is about.
type DraftMessage struct {
	Text string
	Link Link
	// Faults says that it is about the faults that are marked on the page.
	Faults bool
	// Focus says that it has the focus as the page opens.
	Focus bool
}

// Say puts a message above the draft, and the focus on what is to be done about
// it: the first fault on the page, if the message is of those.
func (d *Draft) Say(m DraftMessage) {
	d.Message = m
	if m.Text == "" {
		return
	}
	if focus := d.firstFault(); m.Faults && focus != nil {
		*focus = true
		return
	}
	d.Message.Focus = true
}

// firstFault returns the focus of what is at fault and comes first on the page.
func (d *Draft) firstFault() *bool {
	for i := range d.Items {
		switch item := &d.Items[i]; {
		case len(item.Reasons) > 0:
			return &item.Focus
		case item.Quantity.Note.Fault:
			return &item.Quantity.Focus
		}
	}
	for _, f := range d.fields() {
		if f.Note.Fault {
			return &f.Focus
		}
	}
	return nil
}

// fields are those of the quote's head, in the order of the page.
func (d *Draft) fields() []*DraftField {
	return []*DraftField{&d.Customer, &d.Title, &d.PreparedBy, &d.Note, &d.ValidDays}
}

// DraftField is a field of the draft with what was typed into it.
type DraftField struct {
	// Name is what the form calls it.
	Name, Label, Help, Value, Placeholder string
	Note                                  Note
	// Focus says that it has the focus as the page opens.
	Focus bool
}

// DraftItem is an estimate in the draft.
type DraftItem struct {
	ID, Number, Name, Option, About string
	// Nth is the item in words, for the buttons of a screen reader.
	Nth     string
	Entries []quotes.Entry
	// Calculator is the address of the item in its calculator; empty if there is
	// none any more.
	Calculator string
	Quantity   DraftField
	// Monthly and One are what it costs once, Amount what all cost.
	Monthly, One, OneLabel, Amount string
	Incomplete                     string
	// Reasons say why it cannot be priced.
	Reasons     []string
	First, Last bool
	// Focus says that it has the focus as the page opens.
	Focus bool
}

// The places on the page to which the browser is sent: the heading of the items,
// and what was taken out last.
const (
	DraftTop  = "items-title"
	DraftUndo = "undo"
)

// DraftPlace returns the place of the field with a name.
func DraftPlace(name string) string { return elementID(name) }

// noAmount stands for an amount that cannot be told.
const noAmount = "—"

// Empty reports whether there is nothing in the draft that was put or typed
// there.
func (d *Draft) Empty() bool {
	return len(d.Items) == 0 && !d.Unreadable && d.Revises.Href == "" &&
		d.Title.Value == "" && d.Customer.Value == "" && d.Note.Value == ""
}

// draftPage is the page of a draft in the making.
type draftPage struct {
	*Visit
	*quotes.Reading
	words *DraftWords
}

// NewDraft returns the page of a draft that was read: the one with an id in the
// drawer of its browser.
func NewDraft(v *Visit, read *quotes.Reading, drawer *quotes.Drawer, id string) *Draft {
	w, sheet := DraftWordsIn(v.Lang), read.Sheet
	in := &draftPage{Visit: v, Reading: read, words: w}
	d := &Draft{
		Page: v.page(w.DraftTitle, draftAddress(drawer, id), ""), Words: w, Key: sheet.Key, Seen: read.Seen,
		Total: money(read.Total), Prepaid: money(read.Prepaid), Postpaid: money(read.Postpaid),
	}
	d.NoIndex, d.Footer = true, w.DraftFooter
	d.drafts(drawer, id)
	d.Skip = Link{Href: "#" + DraftTop, Text: w.SkipToDraft}
	var removed int
	switch removed, d.UndoAt = sheet.TakenOut(); {
	case removed == 1:
		d.Undo = w.RemovedOne
	case removed > 1:
		d.Undo = w.RemovedMany
	}
	if sheet.Revises != "" {
		d.Revises = Link{Href: quotePath(sheet.Revises), Text: w.RevisionHelp}
	}
	if sheet.Saved != "" {
		d.LastSaved = Link{Href: quotePath(sheet.Saved), Text: w.OpenQuote}
	}
	d.Title = in.field("title", w.QuoteTitle, w.TitleHelp, sheet.Title, read.Suggested)
	d.Customer = in.field("customer", w.Customer, w.CustomerHelp, sheet.Customer, "")
	d.PreparedBy = in.field("prepared_by", w.PreparedBy, w.PreparedByHelp, sheet.PreparedBy, "")
	d.Note = in.field("note", w.Note, w.NoteHelp, sheet.Note, "")
	d.ValidDays = in.field("valid_days", w.ValidDays, w.ValidDaysHelp, sheet.ValidDays, strconv.Itoa(quotes.DefaultDays))
	chinese := read.Priced.Order.Lang == pricing.Chinese
	d.Languages = []FieldChoice{
		{ID: string(pricing.Chinese), Name: "中文", Chosen: chinese},
		{ID: string(pricing.English), Name: "English", Chosen: !chinese},
	}
	in.items(d)
	return d
}

// items sets the items of the page, and what is said of all of them.
func (in *draftPage) items(d *Draft) {
	w := in.words
	var uncounted []string
	for i := range in.Items {
		item := &in.Items[i]
		d.Items = append(d.Items, in.item(i))
		if !item.Counts() {
			uncounted = append(uncounted, d.Items[i].Nth)
		} else if !item.Priced.Quoted.Complete {
			d.Incomplete = w.Incomplete
		}
	}
	// A total of some of the items would be taken for that of all.
	if len(uncounted) > 0 {
		d.Total, d.Prepaid, d.Postpaid, d.Incomplete = noAmount, noAmount, noAmount, ""
		d.Uncounted = fmt.Sprintf(w.Uncounted, strings.Join(uncounted, w.And))
	}
	d.Count = fmt.Sprintf(w.ItemCount, strconv.Itoa(len(in.Items)))
	if len(in.Items) == 1 {
		d.Count = w.OneItem
	}
}

// field returns a field of the draft.
func (in *draftPage) field(name, label, help, value, placeholder string) DraftField {
	f := DraftField{Name: name, Label: label, Help: help, Value: value, Placeholder: placeholder}
	f.Note.ID, f.Note.Text = elementID(name)+"-note", in.Understood[name].In(in.Lang)
	if fault := in.Faults[name]; fault != nil {
		f.Note.Text, f.Note.Fault = fault.Message.In(in.Lang), true
	}
	return f
}

// item returns the item at a position.
func (in *draftPage) item(i int) DraftItem {
	item, w, l := &in.Items[i], in.words, in.Lang
	number := strconv.Itoa(i + 1)
	d := DraftItem{
		ID: item.ID, Number: number, Nth: fmt.Sprintf(w.Nth, number), Name: item.Product,
		Quantity: in.field(quotes.QuantityField(item.ID), w.Quantity, "", item.Quantity, "1"),
		Reasons:  textsIn(item.Reasons, l), First: i == 0, Last: i == len(in.Items)-1,
	}
	if item.Found != nil {
		d.Name = item.Found.Newest().Name.In(l)
		query := item.Query
		if query != "" {
			query += "&"
		}
		d.Calculator = address(calculatorPath(item.Product), query+forms.Item+"="+item.ID)
	}
	if item.Priced != nil {
		in.price(&d, item)
	}
	return d
}

// price says what an item comes to.
func (in *draftPage) price(d *DraftItem, item *quotes.ReadItem) {
	w, l, p := in.words, in.Lang, item.Priced
	book, quoted := p.Usage.Book(), p.Quoted
	d.Name, d.Option, d.Entries = book.Name.In(l), quoted.Option.Name.In(l), entriesOf(p.Usage, l)
	for _, f := range quotes.FactsIn(p.Facts, p.Usage, l) {
		d.Entries = append(d.Entries, quotes.Entry{Name: wording.Fill(w.BusinessFacts, f.Name), Value: f.InWords(l)})
	}
	d.About = fmt.Sprintf(w.Prices, in.dated(book.ID, l))
	if item.Older {
		d.About += " · " + w.OlderPrices
	}
	d.Monthly, d.One = money(quoted.Monthly), money(quoted.Total)
	d.OneLabel = fmt.Sprintf(w.OnePrice, term(p.Usage.Months(), wordsIn(l)))
	d.Amount = noAmount
	if item.Counts() {
		d.Amount = money(p.Amount)
	}
	if !quoted.Complete {
		d.Incomplete = wordsIn(l).NotComplete
	}
}
