package calc

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/pricing"
	"suanpan/views"
)

// draftPath is the path of the browser's draft.
const draftPath = "/draft"

// ownedQuote returns the quote that the address of a request names, if it is in
// the list of the request's browser.
func (s *Server) ownedQuote(c echo.Context) (*quotes.Record, *quotes.Document, error) {
	record, document, err := s.openQuote(c)
	if err != nil {
		return nil, nil, err
	}
	owned, err := s.owns(c, record.ID)
	if err != nil {
		return nil, nil, err
	}
	if !owned {
		c.Set(backKey, views.Link{Href: quotePath(record.ID), Text: views.QuoteWordsIn(s.lang(c)).BackToQuote})
		return nil, nil, &requestError{status: http.StatusForbidden, detail: notOwner}
	}
	return record, document, nil
}

// askWithdraw asks whether the quote is to be withdrawn.
func (s *Server) askWithdraw(c echo.Context) error {
	_, document, err := s.ownedQuote(c)
	if err != nil {
		return err
	}
	frame := s.quoteFrame(document.Lang)
	w := frame.Words
	frame.Title = w.WithdrawTitle
	return render(c, http.StatusOK, views.QuoteQuestionPage(&views.QuoteQuestion{
		QuoteFrame: frame, Name: nameInList(document), Help: w.WithdrawHelp,
		Action:  quotePath(document.ID) + "/withdraw",
		Answers: []views.Answering{{Value: "withdraw", Text: w.WithdrawNow}},
		Back:    views.Link{Href: quotePath(document.ID), Text: w.KeepQuote},
	}))
}

// nameInList is a title with the customer.
func nameInList(d *quotes.Document) string {
	if d.Customer == "" {
		return titleOf(d)
	}
	return titleOf(d) + " · " + d.Customer
}

// withdraw withdraws the quote. The form was asked for and answered; a second
// press of its button finds that it is done.
func (s *Server) withdraw(c echo.Context) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	record, _, err := s.ownedQuote(c)
	if errors.Is(err, quotes.ErrWithdrawn) {
		return c.Redirect(http.StatusSeeOther, quotePath(c.Param("id")))
	}
	if err != nil {
		return err
	}
	if err := s.cfg.Quotes.Withdraw(c.Request().Context(), record.ID, s.now()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, quotePath(record.ID))
}

// The answers to the question what is to become of the draft that there is.
const (
	answerReplace = "replace"
	answerAdd     = "add"
)

// revise fills the draft with a quote that is to be replaced.
func (s *Server) revise(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	record, document, err := s.ownedQuote(c)
	if err != nil {
		return err
	}
	if record.RevisedBy != "" {
		return quotes.ErrRevised
	}
	sheet, missed := s.sheetOf(document)
	sheet.Revises, sheet.Customer, sheet.PreparedBy = document.ID, document.Customer, document.PreparedBy
	return s.fillDraft(c, document, sheet, missed, values.Get("answer"))
}

// copyToDraft fills the draft with a copy of a quote, which anybody may make.
func (s *Server) copyToDraft(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	_, document, err := s.openQuote(c)
	if err != nil {
		return err
	}
	sheet, missed := s.sheetOf(document)
	return s.fillDraft(c, document, sheet, missed, values.Get("answer"))
}

// sheetOf returns a draft with what a quote says, but not for whom and by whom:
// a copy is somebody else's, or for somebody else. Missed says in words what
// could not be taken over.
func (s *Server) sheetOf(d *quotes.Document) (sheet *quotes.Sheet, missed []string) {
	sheet = quotes.DecodeSheet(nil)
	sheet.Title, sheet.Note, sheet.Lang = d.Title, d.Note, d.Lang
	sheet.ValidDays = strconv.FormatInt(d.ValidDays, 10)
	w := views.QuoteWordsIn(d.Lang)
	order, left := d.Reorder(s.cfg.Catalog)
	next := 0
	for i := range d.Items {
		item := &d.Items[i]
		product, ok := s.cfg.Catalog.Product(item.Product)
		if !ok {
			missed = append(missed, fmt.Sprintf(w.ProductGone, item.Name))
			continue
		}
		quoted := &order.Items[next]
		next++
		if len(left[i]) > 0 {
			missed = append(missed, fmt.Sprintf(w.LeftOut, item.Name, s.inputNames(item, left[i], d.Lang)))
		}
		put(sheet, product, quoted)
	}
	return sheet, missed
}

// put adds an item to a draft that has room for it.
func put(sheet *quotes.Sheet, product *pricing.Product, quoted *quotes.OrderItem) {
	sheet.Put("", product.ID, queryOf(product, quoted.Usage, quoted.Option, ""))
	sheet.Items[len(sheet.Items)-1].Quantity = strconv.FormatInt(quoted.Quantity, 10)
}

// errAsk says that there is a draft already, and that its owner has not said
// what is to become of it, or that there is no room in it.
type errAsk struct{ has, with int }

// Error says so.
func (e *errAsk) Error() string { return "there is a draft already" }

// fillDraft makes a sheet the draft of the browser. If there is something in
// that already, it asks first: nothing is lost silently.
func (s *Server) fillDraft(c echo.Context, d *quotes.Document, filled *quotes.Sheet, missed []string, answer string) error {
	w := views.QuoteWordsIn(d.Lang)
	if len(filled.Items) == 0 {
		return s.showMissed(c, d, w.NothingTakenTitle, missed, views.Link{Href: quotePath(d.ID), Text: w.BackToQuote})
	}
	revision := filled.Revises != ""
	ask := &errAsk{}
	var other string // what the draft there is is to replace
	err := s.changeSheet(c.Request().Context(), s.browser(c), func(sheet *quotes.Sheet) error {
		has, with := len(sheet.Items), len(sheet.Items)+len(filled.Items)
		other = sheet.Revises
		blank := has == 0 && sheet.Title == "" && sheet.Customer == "" && sheet.Note == ""
		switch {
		case blank, answer == answerReplace:
			sheet.Clear()
			sheet.Before, sheet.Key = nil, quotes.NewSecret()
			sheet.Title, sheet.Customer, sheet.Note = filled.Title, filled.Customer, filled.Note
			sheet.PreparedBy = cmp.Or(filled.PreparedBy, sheet.PreparedBy)
			sheet.ValidDays, sheet.Lang, sheet.Revises, sheet.Items = filled.ValidDays, filled.Lang, filled.Revises, filled.Items
		case revision && sheet.Revises == filled.Revises:
			// It is under way already.
		case answer == answerAdd && !revision && with <= quotes.MaxItems:
			for _, item := range filled.Items {
				sheet.Put("", item.Product, item.Query)
				sheet.Items[len(sheet.Items)-1].Quantity = item.Quantity
			}
		default:
			ask.has, ask.with = has, with
			return ask
		}
		return nil
	})
	if errors.As(err, &ask) {
		return s.askAboutDraft(c, d, ask, revision, other, answer)
	}
	if err != nil {
		return err
	}
	if len(missed) > 0 {
		return s.showMissed(c, d, w.TakenTitle, missed, views.Link{Href: draftPath, Text: w.ToDraft})
	}
	return c.Redirect(http.StatusSeeOther, draftPath)
}

// askAboutDraft asks what is to become of the draft that there is.
func (s *Server) askAboutDraft(c echo.Context, d *quotes.Document, ask *errAsk, revision bool, other, answer string) error {
	frame := s.quoteFrame(d.Lang)
	w := frame.Words
	frame.Title = w.DraftTitle
	help := w.DraftHas
	if other != "" {
		help = w.DraftHasRevision
	}
	q := &views.QuoteQuestion{
		QuoteFrame: frame, Help: fmt.Sprintf(help, strconv.Itoa(ask.has)), More: w.ReplaceHelp,
		Action: quotePath(d.ID) + "/draft", Back: views.Link{Href: draftPath, Text: w.KeepDraft},
	}
	q.Answers = []views.Answering{{Value: answerReplace, Text: w.ReplaceDraft, Quiet: !revision}}
	if revision {
		q.Action = quotePath(d.ID) + "/revise"
	} else {
		q.Answers = append([]views.Answering{{Value: answerAdd, Text: w.AddTo}}, q.Answers...)
	}
	status := http.StatusOK
	if answer == answerAdd {
		status = http.StatusUnprocessableEntity
		q.Fault = fmt.Sprintf(w.NoRoom, strconv.Itoa(quotes.MaxItems), strconv.Itoa(ask.with))
	}
	return render(c, status, views.QuoteQuestionPage(q))
}

// showMissed says what could not be taken over into the draft.
func (s *Server) showMissed(c echo.Context, d *quotes.Document, title string, missed []string, next views.Link) error {
	frame := s.quoteFrame(d.Lang)
	frame.Title = title
	return render(c, http.StatusOK, views.QuoteNoticePage(&views.QuoteNotice{
		QuoteFrame: frame, Help: frame.Words.TakenHelp, List: missed, Next: next,
	}))
}

// askOwner shows the form for the owner's secret.
func (s *Server) askOwner(c echo.Context) error {
	_, document, err := s.openQuote(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, views.QuoteClaimPage(s.claimPage(document, "", false)))
}

// ownerMark is what stands before the secret in an owner link.
const ownerMark = "#owner="

// maxTypedSecret is the longest text that the form for the secret gives back.
const maxTypedSecret = 500

// claim puts the quote into the list of a browser that has its owner's secret.
// It may come with the rest of the owner link before it.
func (s *Server) claim(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	record, document, err := s.openQuote(c)
	if err != nil {
		return err
	}
	typed := values.Get("secret")
	secret := strings.TrimSpace(typed)
	if _, after, found := strings.Cut(secret, ownerMark); found {
		secret = after
	}
	if !record.OwnedBy(secret) {
		return render(c, http.StatusForbidden, views.QuoteClaimPage(s.claimPage(document, typed, true)))
	}
	if err := s.cfg.Quotes.Claim(c.Request().Context(), s.browser(c), record.ID); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, quotePath(record.ID))
}

func (s *Server) claimPage(d *quotes.Document, typed string, wrong bool) *views.QuoteClaim {
	frame := s.quoteFrame(d.Lang)
	w := frame.Words
	frame.Title = w.OwnTitle
	page := &views.QuoteClaim{
		QuoteFrame: frame, Action: quotePath(d.ID) + "/own", Back: views.Link{Href: quotePath(d.ID), Text: w.BackToQuote},
	}
	if wrong {
		page.Fault = w.WrongSecret
		if len(typed) <= maxTypedSecret {
			page.Typed = typed
		}
	}
	return page
}
