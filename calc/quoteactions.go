package calc

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
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
	return render(c, http.StatusOK, views.QuoteQuestionPage(views.NewWithdrawQuestion(s.visit(c, false), document)))
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
	sheet, missed := document.Copy(s.cfg.Catalog)
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
	sheet, missed := document.Copy(s.cfg.Catalog)
	return s.fillDraft(c, document, sheet, missed, values.Get("answer"))
}

// errAsk says that there is a draft already, and that its owner has not said
// what is to become of it, or that there is no room in it.
type errAsk struct{ has, with int }

// Error says so.
func (e *errAsk) Error() string { return "there is a draft already" }

// fillDraft makes a sheet the draft of the browser. If there is something in
// that already, it asks first: nothing is lost silently.
func (s *Server) fillDraft(c echo.Context, d *quotes.Document, filled *quotes.Sheet, missed []quotes.Missed, answer string) error {
	if len(filled.Items) == 0 {
		return s.showMissed(c, d, missed, false)
	}
	revision := filled.Revises != ""
	ask := &errAsk{}
	var other string // what the draft there is is to replace
	b := s.browser(c)
	current, err := s.holder(c.Request().Context(), b, "")
	if err != nil {
		return err
	}
	draft := current.key
	if answer == views.AnswerNew {
		id, err := s.newDraft(c, b, cmp.Or(strings.TrimSpace(filled.Customer), strings.TrimSpace(filled.Title)))
		if err != nil {
			return err
		}
		draft = b.Draft(id)
	}
	err = s.changeSheet(c.Request().Context(), draft, func(sheet *quotes.Sheet) error {
		has, with := len(sheet.Items), len(sheet.Items)+len(filled.Items)
		other = sheet.Revises
		blank := has == 0 && sheet.Title == "" && sheet.Customer == "" && sheet.Note == ""
		switch {
		case blank, answer == views.AnswerReplace:
			sheet.Clear()
			sheet.Before, sheet.Key = nil, quotes.NewSecret()
			sheet.Title, sheet.Customer, sheet.Note = filled.Title, filled.Customer, filled.Note
			sheet.PreparedBy = cmp.Or(filled.PreparedBy, sheet.PreparedBy)
			sheet.ValidDays, sheet.Lang, sheet.Revises, sheet.Items = filled.ValidDays, filled.Lang, filled.Revises, filled.Items
		case revision && sheet.Revises == filled.Revises:
			// It is under way already.
		case answer == views.AnswerAdd && !revision && with <= quotes.MaxItems:
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
		return s.askAboutDraft(c, d, views.Filling{
			Revision: revision, OtherRevision: other != "", Has: ask.has, With: ask.with, NoRoom: answer == views.AnswerAdd,
		})
	}
	if err != nil {
		return err
	}
	if len(missed) > 0 {
		return s.showMissed(c, d, missed, true)
	}
	return c.Redirect(http.StatusSeeOther, draftPath)
}

// askAboutDraft asks what is to become of the draft that there is.
func (s *Server) askAboutDraft(c echo.Context, d *quotes.Document, f views.Filling) error {
	status := http.StatusOK
	if f.NoRoom {
		status = http.StatusUnprocessableEntity
	}
	return render(c, status, views.QuoteQuestionPage(views.NewDraftQuestion(s.visit(c, false), d, f)))
}

// showMissed says what could not be taken over into the draft, and whether
// anything was.
func (s *Server) showMissed(c echo.Context, d *quotes.Document, missed []quotes.Missed, taken bool) error {
	return render(c, http.StatusOK, views.QuoteNoticePage(views.NewMissed(s.visit(c, false), d, missed, taken)))
}

// askOwner shows the form for the owner's secret.
func (s *Server) askOwner(c echo.Context) error {
	_, document, err := s.openQuote(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, views.QuoteClaimPage(views.NewClaim(s.visit(c, false), document, "", false)))
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
		if len(typed) > maxTypedSecret {
			typed = ""
		}
		return render(c, http.StatusForbidden, views.QuoteClaimPage(views.NewClaim(s.visit(c, false), document, typed, true)))
	}
	if err := s.cfg.Quotes.Claim(c.Request().Context(), s.browser(c), record.ID); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, quotePath(record.ID))
}
