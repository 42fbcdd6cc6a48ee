package views

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"suanpan/calc/wording"
	"suanpan/pricing"
)

// Draft is the page of the draft.
type Draft struct {
	Page
	Words   *DraftWords
	Message DraftMessage
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
	Entries []Entry
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

// DraftInput is what the page of the draft is made from.
type DraftInput struct {
	Lang    pricing.Lang
	Catalog *pricing.Catalog
	Assets  Assets

	Key, Seen string
	// Revises and Saved are ids of quotes, or empty.
	Revises, Saved string
	// Removed is how many items were taken out last, and can be brought back;
	// RemovedAt is the position of the first of them.
	Removed, RemovedAt int

	// Title and the others are as they were typed; Suggested is the title that
	// an empty one becomes.
	Title, Customer, PreparedBy, Note, ValidDays string
	Suggested                                    string
	DefaultDays                                  int
	QuoteLang                                    pricing.Lang
	// Faults are by the name of the field.
	Faults map[string]*pricing.InputError

	Items                    []DraftInputItem
	Total, Prepaid, Postpaid decimal.Decimal
}

// DraftInputItem is an item as it comes from the draft.
type DraftInputItem struct {
	ID, Product, Query, Quantity string
	// QuantityField is the name of the quantity's field.
	QuantityField string
	// Known says that there is a calculator for the product.
	Known        bool
	Name, Option string
	Months       int64
	PriceBook    string
	// Older says that there are newer prices.
	Older   bool
	Entries []Entry
	// Reasons say why it cannot be priced; the figures are then empty.
	Reasons  []string
	Complete bool
	// Counted says that the amount is in the totals.
	Counted                bool
	Monthly, Total, Amount decimal.Decimal
}

// NewDraft returns the view model of the draft.
func NewDraft(in *DraftInput) *Draft {
	w := DraftWordsIn(in.Lang)
	d := &Draft{
		Page: newPage(in.Lang, w.DraftTitle, in.Catalog, in.Assets, draftPath, ""), Words: w,
		Key: in.Key, Seen: in.Seen, Total: money(in.Total), Prepaid: money(in.Prepaid), Postpaid: money(in.Postpaid),
	}
	d.NoIndex, d.Footer, d.UndoAt = true, w.DraftFooter, in.RemovedAt
	d.Skip = Link{Href: "#" + DraftTop, Text: w.SkipToDraft}
	switch {
	case in.Removed == 1:
		d.Undo = w.RemovedOne
	case in.Removed > 1:
		d.Undo = w.RemovedMany
	}
	if in.Revises != "" {
		d.Revises = Link{Href: "/q/" + in.Revises, Text: w.RevisionHelp}
	}
	if in.Saved != "" {
		d.LastSaved = Link{Href: "/q/" + in.Saved, Text: w.OpenLast}
	}
	d.Title = in.field("title", w.Title, w.TitleHelp, in.Title, in.Suggested)
	d.Customer = in.field("customer", w.Customer, w.CustomerHelp, in.Customer, "")
	d.PreparedBy = in.field("prepared_by", w.PreparedBy, w.PreparedByHelp, in.PreparedBy, "")
	d.Note = in.field("note", w.Note, w.NoteHelp, in.Note, "")
	d.ValidDays = in.field("valid_days", w.ValidDays, w.ValidDaysHelp, in.ValidDays, strconv.Itoa(in.DefaultDays))
	d.Languages = []FieldChoice{
		{ID: string(pricing.Chinese), Name: "中文", Chosen: in.QuoteLang == pricing.Chinese},
		{ID: string(pricing.English), Name: "English", Chosen: in.QuoteLang != pricing.Chinese},
	}
	var uncounted []string
	for i := range in.Items {
		item := &in.Items[i]
		d.Items = append(d.Items, newDraftItem(in, i))
		if !item.Counted {
			uncounted = append(uncounted, d.Items[i].Nth)
		} else if !item.Complete {
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
	return d
}

// field returns a field of the draft.
func (in *DraftInput) field(name, label, help, value, placeholder string) DraftField {
	f := DraftField{Name: name, Label: label, Help: help, Value: value, Placeholder: placeholder}
	f.Note.ID = elementID(name) + "-note"
	if fault := in.Faults[name]; fault != nil {
		f.Note.Text, f.Note.Fault = fault.Message.In(in.Lang), true
	}
	return f
}

func newDraftItem(in *DraftInput, i int) DraftItem {
	item, w := &in.Items[i], DraftWordsIn(in.Lang)
	number := strconv.Itoa(i + 1)
	d := DraftItem{
		ID: item.ID, Number: number, Nth: fmt.Sprintf(w.Nth, number), Name: item.Name, Option: item.Option, Entries: item.Entries,
		Quantity: in.field(item.QuantityField, w.Quantity, "", item.Quantity, "1"),
		Reasons:  item.Reasons, First: i == 0, Last: i == len(in.Items)-1,
	}
	if d.Name == "" {
		d.Name = item.Product
	}
	if item.Known {
		query := item.Query
		if query != "" {
			query += "&"
		}
		d.Calculator = address(calculatorPath(item.Product), query+"item="+item.ID)
	}
	if len(item.Reasons) > 0 {
		return d
	}
	months := term(item.Months, wordsIn(in.Lang))
	d.About = fmt.Sprintf(w.Prices, day(item.PriceBook, in.Lang))
	if item.Older {
		d.About += " · " + w.OlderPrices
	}
	d.Monthly, d.One = money(item.Monthly), money(item.Total)
	d.OneLabel = fmt.Sprintf(w.OnePrice, months)
	d.Amount = noAmount
	if item.Counted {
		d.Amount = money(item.Amount)
	}
	if !item.Complete {
		d.Incomplete = wordsIn(in.Lang).NotComplete
	}
	return d
}

// SuggestTitle returns the title of a quote of the products with these names.
func SuggestTitle(names []string, l pricing.Lang) string {
	w := DraftWordsIn(l)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return wording.Fill(w.SuggestOne, names[0])
	case 2:
		return wording.Fill(w.SuggestTwo, names[0], names[1])
	default:
		return wording.Fill(w.SuggestMore, names[0], names[1])
	}
}
