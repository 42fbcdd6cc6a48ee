package calc

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
	"suanpan/views"
)

// maxDraftBody bounds the body of the draft's form. A note that is too long for
// a quote is still kept as it was typed.
const maxDraftBody = 256 << 10

// The names in the forms that change a draft. Those of its texts are in
// [sheetTexts].
const (
	draftDo   = "do"
	draftKey  = "key"
	draftSeen = "seen"
	draftLang = "quote_lang"
)

// sheetText is a text of a draft with the name of its field, which is the one
// that faults of an order have.
type sheetText struct {
	name string
	text *string
}

// sheetTexts are the texts of a draft in the order of its page.
func sheetTexts(s *quotes.Sheet) []sheetText {
	texts := make([]sheetText, 0, len(s.Items)+5)
	for i := range s.Items {
		texts = append(texts, sheetText{quotes.QuantityField(s.Items[i].ID), &s.Items[i].Quantity})
	}
	return append(texts, sheetText{"customer", &s.Customer}, sheetText{"title", &s.Title},
		sheetText{"prepared_by", &s.PreparedBy}, sheetText{"note", &s.Note}, sheetText{"valid_days", &s.ValidDays})
}

// draft shows the draft of the browser.
func (s *Server) draft(c echo.Context) error {
	s.rememberLang(c)
	d, err := s.desk(c, s.knownBrowser(c))
	if err != nil {
		return err
	}
	if at := d.address(); c.Param("draft") == "" && at != draftPath {
		if query := c.QueryString(); query != "" {
			at += "?" + query
		}
		return c.Redirect(http.StatusSeeOther, at)
	}
	sheet, _, err := s.sheet(c.Request().Context(), d.key)
	if err != nil {
		return err
	}
	if d.key != nil {
		if err := s.cfg.Quotes.VisitDraft(c.Request().Context(), d.key, s.now()); err != nil {
			s.log(c).Warn("the visit of a draft was not noted", "error", err)
		}
	}
	return s.showDraft(c, http.StatusOK, d, sheet, views.DraftMessage{})
}

// addedItem is an estimate that is to be put into a draft.
type addedItem struct{ product, query string }

// readItem reads an estimate that is to be put into a draft: one that can be
// quoted.
func (s *Server) readItem(c echo.Context, id, query string) (addedItem, error) {
	product, ok := s.cfg.Catalog.Product(id)
	if !ok {
		return addedItem{}, &requestError{status: http.StatusNotFound, detail: noProduct}
	}
	typed, err := url.ParseQuery(query)
	if err != nil {
		return addedItem{}, plainError(http.StatusBadRequest)
	}
	c.Set(backKey, s.backToCalculator(c, product, query))
	estimate, ok := forms.Decode(typed, product)
	if !ok {
		return addedItem{}, &requestError{status: http.StatusNotFound, detail: noPriceBook}
	}
	if len(estimate.Faults) > 0 {
		return addedItem{}, &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault}
	}
	item, fault := quotes.OrderItem{Usage: estimate.Usage, Option: typed.Get(forms.Option), Quantity: 1}.Price()
	if fault != nil {
		return addedItem{}, &requestError{status: http.StatusUnprocessableEntity, detail: fault.Message}
	}
	// The facts that figures are from stay with them.
	shown := *estimate
	shown.Option, shown.Item = item.Quoted.Option.ID, ""
	shown.Follow(item.Recommended.ID)
	return addedItem{product.ID, shown.Today()}, nil // the prices of a draft are those of the day, unless older ones were chosen
}

// addItem puts an estimate into the draft of the browser, or several at once.
func (s *Server) addItem(c echo.Context) error {
	form, err := readForm(c)
	if err != nil {
		return err
	}
	answerIn(c, form)
	products, queries := form["product"], form["query"]
	if len(products) != len(queries) || len(products) > quotes.MaxItems {
		return plainError(http.StatusBadRequest)
	}
	if len(products) == 0 {
		return &requestError{status: http.StatusNotFound, detail: noProduct}
	}
	items := make([]addedItem, len(products))
	for i := range products {
		if items[i], err = s.readItem(c, products[i], queries[i]); err != nil {
			return err
		}
	}

	ctx, b, put := c.Request().Context(), s.browser(c), ""
	d, err := s.holder(ctx, b, form.Get(forms.Item))
	if err != nil {
		return err
	}
	err = s.changeSheet(ctx, d.key, func(sheet *quotes.Sheet) error {
		put = form.Get(forms.Item)
		for i, item := range items {
			if i > 0 {
				put = ""
			}
			if !sheet.Put(put, item.product, item.query) {
				return &requestError{status: http.StatusUnprocessableEntity, detail: draftFull}
			}
			if !sheet.Has(put) {
				put = sheet.Items[len(sheet.Items)-1].ID
			}
		}
		remark(sheet, form.Get("remark"))
		return nil
	})
	if err != nil {
		return err
	}
	s.touch(c, b, d)
	return s.toDraft(c, d, itemPlace(put))
}

// remark adds a line to the note of a draft, such as what a product is quoted
// without, unless it is there already or there is no room for it.
func remark(s *quotes.Sheet, line string) {
	line = strings.Join(strings.Fields(clean(line)), " ")
	if line == "" || strings.Contains(s.Note, line) || utf8.RuneCountInString(s.Note)+utf8.RuneCountInString(line) >= quotes.MaxNote {
		return
	}
	s.Note = strings.TrimLeft(s.Note+"\n"+line, "\n")
}

// draftFull says that nothing more fits into a draft.
var draftFull = pricing.Text{EN: views.DraftWordsIn(pricing.English).Full, ZH: views.DraftWordsIn(pricing.Chinese).Full}

// backToCalculator is where a page leads that says why an estimate was not
// added.
func (s *Server) backToCalculator(c echo.Context, p *pricing.Product, query string) views.Link {
	return views.Link{Href: addressOf(p.ID, query), Text: p.Newest().Name.In(s.lang(c))}
}

// toDraft sends the browser to a place on the page of the draft, which then has
// the focus.
func (s *Server) toDraft(c echo.Context, d *desk, place string) error {
	return c.Redirect(http.StatusSeeOther, s.inSameLang(c, d.address())+"#"+place)
}

// itemPlace is the place of an item.
func itemPlace(id string) string { return "item-" + id }

// placeAfter is where the draft is gone on with after a button was pressed: what
// it has moved, taken out or brought back, or else the field that was typed into
// last.
func placeAfter(verb, id, typed string, before []quotes.SheetItem, s *quotes.Sheet) string {
	switch {
	case verb == "remove" || verb == "clear":
		if s.Before != nil {
			return views.DraftUndo
		}
	case verb == "undo":
		for i := range s.Items {
			if i >= len(before) || s.Items[i].ID != before[i].ID {
				return itemPlace(s.Items[i].ID)
			}
		}
	case s.Has(id):
		return itemPlace(id)
	case typed != "" && verb != "independent":
		return typed
	}
	return views.DraftTop
}

// changeDraft does what a button of the draft's form asks for. All of them send
// everything that was typed, and it is kept whatever comes of the rest.
func (s *Server) changeDraft(c echo.Context) error {
	form, err := readFormUpTo(c, maxDraftBody)
	if err != nil {
		return err
	}
	answerIn(c, form)
	verb, id, _ := strings.Cut(form.Get(draftDo), ".")
	if verb == "save" {
		return s.saveDraft(c, form)
	}
	ctx, b := c.Request().Context(), s.browser(c)
	d, err := s.desk(c, b)
	switch {
	case cannotKeep(err):
		return s.draftNotSaved(c, form, err)
	case err != nil:
		return err
	}
	var sheet *quotes.Sheet
	var place string
	gone, full := false, false
	err = s.changeSheet(ctx, d.key, func(now *quotes.Sheet) error {
		sheet = now
		if gone = !isOf(form, now); gone {
			return nil
		}
		typed, before := typeInto(now, form), slices.Clone(now.Items)
		full = !apply(now, verb, id)
		place = placeAfter(verb, id, typed, before, now)
		return nil
	})
	if err == nil && !gone {
		s.touch(c, b, d)
		err = s.typeName(ctx, b, d, form)
	}
	live := isLive(c)
	switch w := views.DraftWordsIn(s.lang(c)); {
	case cannotKeep(err):
		return s.draftNotSaved(c, form, err)
	case err != nil:
		return err
	case live && !gone:
		return render(c, http.StatusOK, views.DraftUpdate(s.draftPage(c, d, sheet)))
	case live && form.Get(draftKey) == sheet.SavedKey:
		// What was typed last was saved with the draft: this came behind.
		return c.NoContent(http.StatusNoContent)
	case gone:
		return s.showDraft(c, http.StatusConflict, d, sheet, views.DraftMessage{Text: w.Gone})
	case full:
		return s.showDraft(c, http.StatusUnprocessableEntity, d, sheet, views.DraftMessage{Text: w.Full})
	}
	if verb == "new" || verb == "open" {
		return s.another(c, b, verb, id)
	}
	return s.toDraft(c, d, place)
}

// isOf reports whether a form was of this draft, and not of one that was saved
// or replaced since.
func isOf(form url.Values, s *quotes.Sheet) bool {
	// A draft that was never kept has another key each time it is looked at.
	return form.Get(draftKey) == s.Key || (len(s.Items) == 0 && s.Saved == "" && s.Before == nil)
}

// apply does what a button asks for. It reports false if there is no room for
// it. What cannot be done otherwise is passed over.
func apply(s *quotes.Sheet, verb, id string) bool {
	switch verb {
	case "up":
		s.Move(id, -1)
	case "down":
		s.Move(id, 1)
	case "duplicate":
		return s.Duplicate(id)
	case "remove":
		s.Remove(id)
	case "clear":
		s.Clear()
	case "undo":
		s.Undo()
	case "independent":
		s.Revises, s.Before = "", nil
	}
	return true
}

// typeInto puts what was typed into the draft, as it was typed, and returns the
// place of the last field on the page that has changed with it, or nothing.
func typeInto(s *quotes.Sheet, form url.Values) (place string) {
	for _, f := range sheetTexts(s) {
		if typed := clean(form.Get(f.name)); form.Has(f.name) && typed != *f.text {
			*f.text, place = typed, views.DraftPlace(f.name)
		}
	}
	if l, ok := pricing.ParseLang(form.Get(draftLang)); ok {
		s.Lang = l
	}
	return place
}

// clean takes out of a text what nobody types: characters that are none, and
// those that control a terminal. Lines end as they do everywhere else.
func clean(typed string) string {
	typed = strings.ReplaceAll(strings.ToValidUTF8(typed, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, typed)
}

// saveDraft saves the draft as a quote, and sends the browser to it. A button
// that is pressed twice saves one quote.
func (s *Server) saveDraft(c echo.Context, form url.Values) error {
	ctx, w := c.Request().Context(), views.DraftWordsIn(s.lang(c))
	b := s.browser(c)
	d, err := s.desk(c, b)
	var sheet *quotes.Sheet
	var version int64
	if err == nil {
		sheet, version, err = s.sheet(ctx, d.key)
	}
	switch {
	case cannotKeep(err):
		return s.draftNotSaved(c, form, err)
	case err != nil:
		return err
	case sheet.Saved != "" && form.Get(draftKey) == sheet.SavedKey:
		// An answer that got lost had the owner's secret.
		if secret, err := quotes.OpenSealed(s.savingKey(c, sheet.SavedKey), sheet.SavedSeal); err == nil {
			s.setOwnerOnce(c, sheet.Saved, secret)
		}
		return c.Redirect(http.StatusSeeOther, quotePath(sheet.Saved))
	case !isOf(form, sheet):
		return s.showDraft(c, http.StatusConflict, d, sheet, views.DraftMessage{Text: w.Gone})
	}
	typeInto(sheet, form)
	read := sheet.Read(s.cfg.Catalog, s.lang(c))
	// From here on, what was typed is on the page that answers, and in the draft
	// if it can be kept.
	refuse := func(status int, m views.DraftMessage) error {
		if content, err := sheet.Encode(); err == nil {
			if err := s.cfg.Quotes.PutDraft(ctx, d.key, content, version, s.now()); err != nil {
				s.log(c).Warn("the draft was not kept", "error", err)
			}
		}
		return s.showDraft(c, status, d, sheet, m)
	}
	switch {
	case form.Get(draftSeen) != read.Seen:
		return refuse(http.StatusConflict, views.DraftMessage{Text: w.ChangedElsewhere})
	case len(read.Faults) > 0:
		return refuse(http.StatusUnprocessableEntity, views.DraftMessage{Text: w.FixFirst, Faults: true})
	}
	if sheet.Revises != "" {
		owns, err := s.cfg.Quotes.Owns(ctx, b, sheet.Revises)
		switch {
		case cannotKeep(err):
			return s.draftNotSaved(c, form, err)
		case err != nil:
			return err
		case !owns:
			return refuse(http.StatusForbidden, views.DraftMessage{Text: w.NotOwner, Link: predecessor(sheet, w)})
		}
	}
	content, err := sheet.Encode()
	if err != nil {
		return err
	}
	key := s.savingKey(c, sheet.Key)
	quote, err := s.save(ctx, read.Priced, b, key, content)
	switch {
	case errors.Is(err, quotes.ErrKeyReused):
		// It was saved before, which then could not be kept in mind, and is
		// another quote by now.
		sheet.Key = quotes.NewSecret()
		return refuse(http.StatusConflict, views.DraftMessage{Text: w.SavedBefore})
	case errors.Is(err, quotes.ErrRevised):
		return refuse(http.StatusConflict, views.DraftMessage{Text: w.WasRevised, Link: predecessor(sheet, w)})
	case errors.Is(err, quotes.ErrWithdrawn), errors.Is(err, quotes.ErrNotFound):
		return refuse(http.StatusGone, views.DraftMessage{Text: w.WasWithdrawn, Link: predecessor(sheet, w)})
	case cannotKeep(err):
		return s.draftNotSaved(c, form, err)
	case err != nil:
		return err
	}
	s.startAnew(c, d.key, sheet, quote, key)
	s.setOwnerOnce(c, quote.document.ID, quote.secret)
	return c.Redirect(http.StatusSeeOther, quotePath(quote.document.ID))
}

// savingKey makes saving a draft repeatable for the browser that has it: the
// owner's secret is sealed with it, and it is known to nobody else.
func (s *Server) savingKey(c echo.Context, key string) string {
	return "draft " + key + " " + s.browserSecret(c)
}

// startAnew replaces a draft that was saved by an empty one. The quote is saved
// whatever comes of this: a draft that stays is the same quote if it is saved
// again as it is.
func (s *Server) startAnew(c echo.Context, draft quotes.Browser, was *quotes.Sheet, quote *saved, key string) {
	sealed, err := quotes.NewKey(key, nil, quote.secret)
	if err == nil {
		err = s.changeSheet(c.Request().Context(), draft, func(now *quotes.Sheet) error {
			if now.Key == was.Key {
				*now = *now.After(was, quote.document.ID, sealed.Sealed)
			}
			return nil
		})
	}
	if err != nil {
		s.log(c).Warn("the draft stays after it was saved", "error", err)
	}
}

func predecessor(s *quotes.Sheet, w *views.DraftWords) views.Link {
	return views.Link{Href: quotePath(s.Revises), Text: w.OpenQuote}
}

// cannotKeep reports whether nothing can be kept now: the store does not take
// anything, or nothing more of this network.
func cannotKeep(err error) bool { return errors.Is(err, quotes.ErrUnavailable) || isOverBudget(err) }

// draftNotSaved says that nothing can be kept now, on the draft's own page, so
// that nothing is lost that was typed. It shows the items if they can be read. Why
// the store takes nothing is in the log.
func (s *Server) draftNotSaved(c echo.Context, form url.Values, why error) error {
	e := asRequestError(why)
	message := views.DraftMessage{Text: e.detail.In(s.lang(c))}
	if !isOverBudget(why) {
		s.log(c).Error("request failed", "error", why)
		message.Text = wording.Fill(views.DraftWordsIn(s.lang(c)).NotSavedNow, requestID(c))
	}
	c.Response().Header().Set("Retry-After", cmp.Or(e.wait, retryAfter))
	d := s.deskIfAny(c, s.knownBrowser(c))
	sheet, _, err := s.sheet(c.Request().Context(), d.key)
	if err == nil && isOf(form, sheet) {
		typeInto(sheet, form)
		return s.showDraft(c, e.status, d, sheet, message)
	}
	sheet = &quotes.Sheet{Key: form.Get(draftKey)}
	typeInto(sheet, form)
	page := s.draftPage(c, d, sheet)
	page.Unreadable, page.Seen = true, form.Get(draftSeen)
	page.Say(message)
	draftHeaders(c)
	return render(c, e.status, views.DraftPage(page))
}

// draftPage makes the page of a draft.
func (s *Server) draftPage(c echo.Context, d *desk, sheet *quotes.Sheet) *views.Draft {
	return views.NewDraft(s.visit(c, false), sheet.Read(s.cfg.Catalog, s.lang(c)), d.drawer, d.id)
}

// showDraft shows a draft with a message above it.
func (s *Server) showDraft(c echo.Context, status int, d *desk, sheet *quotes.Sheet, m views.DraftMessage) error {
	page := s.draftPage(c, d, sheet)
	page.Say(m)
	draftHeaders(c)
	return render(c, status, views.DraftPage(page))
}

// draftHeaders says that a page is its browser's own, and not to be kept.
func draftHeaders(c echo.Context) {
	pageHeaders(c)
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
}
