package views

import (
	"fmt"
	"strconv"

	"suanpan/calc/quotes"
)

// QuoteQuestion is a page that asks before something is done with a quote.
type QuoteQuestion struct {
	QuoteFrame
	Name, Help, Fault string
	// Action is where the answers are sent, each with its value.
	Action  string
	Answers []Answering
	// More is said below the answers.
	More string
	Back Link
}

// Answering is a button that answers a question.
type Answering struct {
	Value, Text string
	// Quiet says that it is not the one to expect.
	Quiet bool
}

func (a Answering) class() string {
	if a.Quiet {
		return "quiet"
	}
	return "button"
}

// QuoteNotice is a page that only says something.
type QuoteNotice struct {
	QuoteFrame
	Help string
	// List is what the notice is about, Facts are names with values.
	List  []string
	Facts []quotes.Entry
	Next  Link
}

// QuoteClaim is the form in which the owner's secret is entered.
type QuoteClaim struct {
	QuoteFrame
	Action, Typed, Fault string
	Back                 Link
}

// NewWithdrawQuestion returns the page that asks whether a quote is to be
// withdrawn.
func NewWithdrawQuestion(v *Visit, d *quotes.Document) *QuoteQuestion {
	w, name := QuoteWordsIn(d.Lang), titleOf(d)
	if d.Customer != "" {
		name += " · " + d.Customer
	}
	return &QuoteQuestion{
		QuoteFrame: v.quoteFrame(d.Lang, w.WithdrawTitle), Name: name, Help: w.WithdrawHelp,
		Action:  quotePath(d.ID) + "/withdraw",
		Answers: []Answering{{Value: "withdraw", Text: w.WithdrawNow}},
		Back:    Link{Href: quotePath(d.ID), Text: w.KeepQuote},
	}
}

// NewWithdrawn returns the page that says that a quote was withdrawn, and nothing
// else. Its language is gone with what it said, so the reader's own is used. Who
// made it has other quotes.
func NewWithdrawn(v *Visit, r *quotes.Record, owned bool) *QuoteNotice {
	w := QuoteWordsIn(v.Lang)
	n := &QuoteNotice{
		QuoteFrame: v.quoteFrame(v.Lang, w.WithdrawnTitle), Help: w.WithdrawnHelp,
		Facts: []quotes.Entry{
			{Name: w.SavedOn, Value: day(quotes.Day(r.CreatedAt), v.Lang)},
			{Name: w.WithdrawnOn, Value: day(quotes.Day(r.WithdrawnAt), v.Lang)},
			{Name: w.ID, Value: r.ID},
			{Name: w.Hash, Value: r.Hash},
		},
	}
	if owned {
		n.Next = Link{Href: madePath, Text: w.MyQuotes}
	}
	return n
}

// The answers to the question what is to become of the draft that there is.
const (
	AnswerReplace = "replace"
	AnswerAdd     = "add"
	AnswerNew     = "new"
)

// Filling is what a draft was to be filled with from a quote, where there is
// something in the draft already.
type Filling struct {
	// Revision says that the quote is to be revised, OtherRevision that the draft
	// is the revision of another one.
	Revision, OtherRevision bool
	// Has is how many items there are, and With how many there would be.
	Has, With int
	// NoRoom says that these are too many.
	NoRoom bool
}

// NewDraftQuestion returns the page that asks what is to become of the draft that
// there is.
func NewDraftQuestion(v *Visit, d *quotes.Document, f Filling) *QuoteQuestion {
	w := QuoteWordsIn(d.Lang)
	help := w.DraftHas
	if f.OtherRevision {
		help = w.DraftHasRevision
	}
	q := &QuoteQuestion{
		QuoteFrame: v.quoteFrame(d.Lang, w.DraftTitle), Help: fmt.Sprintf(help, strconv.Itoa(f.Has)), More: w.ReplaceHelp,
		Action: quotePath(d.ID) + "/draft", Back: Link{Href: draftPath, Text: w.KeepDraft},
	}
	q.Answers = []Answering{{Value: AnswerReplace, Text: w.ReplaceDraft, Quiet: !f.Revision}}
	if f.Revision {
		q.Action = quotePath(d.ID) + "/revise"
	} else {
		q.Answers = append([]Answering{{Value: AnswerAdd, Text: w.AddTo}}, q.Answers...)
	}
	q.Answers = append(q.Answers, Answering{Value: AnswerNew, Text: w.IntoNew, Quiet: true})
	if f.NoRoom {
		q.Fault = fmt.Sprintf(w.NoRoom, strconv.Itoa(quotes.MaxItems), strconv.Itoa(f.With))
	}
	return q
}

// NewMissed returns the page that says what of a quote could not be taken over
// into the draft, and whether anything was.
func NewMissed(v *Visit, d *quotes.Document, missed []quotes.Missed, taken bool) *QuoteNotice {
	w := QuoteWordsIn(d.Lang)
	n := &QuoteNotice{QuoteFrame: v.quoteFrame(d.Lang, w.TakenTitle), Help: w.TakenHelp, Next: Link{Href: draftPath, Text: w.ToDraft}}
	if !taken {
		n.Title, n.Next = w.NothingTakenTitle, Link{Href: quotePath(d.ID), Text: w.BackToQuote}
	}
	for _, m := range missed {
		if m.ProductGone {
			n.List = append(n.List, fmt.Sprintf(w.ProductGone, m.Item.Name))
		} else {
			n.List = append(n.List, fmt.Sprintf(w.NamedValue, m.Item.Name, inputNames(m.Item, m.Left, v.Catalog, d.Lang)))
		}
	}
	return n
}

// NewClaim returns the form for the owner's secret of a quote, with what was
// typed into it if that was wrong.
func NewClaim(v *Visit, d *quotes.Document, typed string, wrong bool) *QuoteClaim {
	w := QuoteWordsIn(d.Lang)
	page := &QuoteClaim{
		QuoteFrame: v.quoteFrame(d.Lang, w.OwnTitle), Action: quotePath(d.ID) + "/own",
		Back: Link{Href: quotePath(d.ID), Text: w.BackToQuote},
	}
	if wrong {
		page.Fault, page.Typed = w.WrongSecret, typed
	}
	return page
}
