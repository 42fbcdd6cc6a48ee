package calc

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// maxQuoteBody bounds the body of a request to save a quote.
const maxQuoteBody = 1 << 20

// createQuote answers POST /api/v1/quotes. The checks come in the order that
// the public interface gives them; that a quote was withdrawn or revised
// already comes last, since a request that is repeated must not be told so
// about a quote that it has itself revised.
func (s *Server) createQuote(c echo.Context) error {
	body, err := readJSON(c, maxQuoteBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeQuoteRequest(body)
	if err != nil {
		return err
	}
	if request.Lang == "" {
		request.Lang = acceptedLang(c.Request().Header.Get("Accept-Language"))
	}
	c.Set(langKey, request.Lang)
	key, err := idempotencyKey(c.Request())
	if err != nil {
		return err
	}
	order, faults, err := s.readOrder(request)
	if err != nil {
		return err
	}
	token := ""
	if request.Revises != nil {
		token = bearer(c.Request())
		if _, err := s.owned(c, *request.Revises, token); err != nil {
			return err
		}
	}
	said := sha256.Sum256([]byte(token)) // always as long, so that body and token cannot be taken for one another
	var priced *quotes.Priced
	var more []*pricing.InputError
	if err := s.weighed(c, order.Work(), func() { priced, more = order.Price() }); err != nil {
		return err
	}
	if faults = append(faults, moreFaults(faults, more)...); len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: inOrder(faults)}
	}
	quote, err := s.save(c.Request().Context(), priced, nil, key, slices.Concat(said[:], body))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Location", s.origin(c)+"/api/v1/quotes/"+quote.record.ID)
	return s.writeQuote(c, http.StatusCreated, quote.record, quote.document, quote.secret)
}

// An idempotency key has minKey to maxKey characters. It is a secret of whoever
// made it: who sends it with the same request is given the quote and its owner's
// secret. Of a key that others would choose too, such as a number of an order,
// the wrong one would be given them.
const minKey, maxKey = 20, 255

var badKey = pricing.Text{
	EN: "An Idempotency-Key is 20 to 255 printable ASCII characters that nobody can guess, such as a random UUID, and there is one of them.",
	ZH: "Idempotency-Key 只能有一个，由 20 至 255 个可打印的 ASCII 字符组成，且不能被猜到，例如随机生成的 UUID。",
}

// idempotencyKey returns the key that makes a request repeatable, or nothing.
func idempotencyKey(r *http.Request) (string, error) {
	keys := r.Header.Values("Idempotency-Key")
	if len(keys) == 0 {
		return "", nil
	}
	key := keys[0]
	notPrintable := func(c rune) bool { return c < ' ' || c > '~' }
	if len(keys) > 1 || len(key) < minKey || len(key) > maxKey || strings.ContainsFunc(key, notPrintable) {
		return "", &requestError{status: http.StatusBadRequest, detail: badKey}
	}
	return key, nil
}

// bearer returns the token of a request, or nothing.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// owned returns a quote, also one that was withdrawn, to who has its owner's
// token.
func (s *Server) owned(c echo.Context, id, token string) (*quotes.Record, error) {
	record, err := s.recordOf(c.Request().Context(), id)
	if err != nil {
		return nil, err
	}
	if !record.OwnedBy(token) {
		return nil, &requestError{status: http.StatusForbidden, detail: notOwner}
	}
	return record, nil
}

// quote answers GET /api/v1/quotes/{id}.
func (s *Server) quote(c echo.Context) error {
	record, document, err := s.openForAPI(c)
	if err != nil {
		return err
	}
	return s.writeQuote(c, http.StatusOK, record, document, "")
}

// quoteToday answers GET /api/v1/quotes/{id}/today.
func (s *Server) quoteToday(c echo.Context) error {
	_, document, err := s.openForAPI(c)
	if err != nil {
		return err
	}
	today := quotes.AtToday(document, s.cfg.Catalog)
	return writePrivateJSON(c, http.StatusOK, newQuoteToday(document, today, s.now()))
}

// withdrawQuote answers POST /api/v1/quotes/{id}/withdraw. It needs no body,
// but reads one, so that the connection can be used again.
func (s *Server) withdrawQuote(c echo.Context) error {
	if _, err := readBody(c, maxBody); err != nil {
		return err
	}
	r, id := c.Request(), c.Param("id")
	if _, err := s.owned(c, id, bearer(r)); err != nil {
		return err
	}
	if err := s.cfg.Quotes.Withdraw(r.Context(), id, s.now()); err != nil {
		return err
	}
	record, err := s.cfg.Quotes.Quote(r.Context(), id)
	if err != nil {
		return err
	}
	return writePrivateJSON(c, http.StatusOK, struct {
		*wire.WithdrawnQuote
		State quotes.State `json:"state"`
	}{withdrawnQuote(record), quotes.Withdrawn})
}

// openForAPI returns the quote of the address. The error for one that was
// withdrawn says what is left of it.
func (s *Server) openForAPI(c echo.Context) (*quotes.Record, *quotes.Document, error) {
	record, err := s.recordOf(c.Request().Context(), c.Param("id"))
	if err != nil {
		return nil, nil, err
	}
	document, err := record.Open()
	if errors.Is(err, quotes.ErrWithdrawn) {
		gone := plainError(http.StatusGone)
		gone.withdrawn = withdrawnQuote(record)
		return nil, nil, gone
	}
	return record, document, err
}

func withdrawnQuote(r *quotes.Record) *wire.WithdrawnQuote {
	return &wire.WithdrawnQuote{
		ID: r.ID, Hash: r.Hash,
		CreatedAt:   r.CreatedAt.UTC().Format(time.RFC3339),
		WithdrawnAt: r.WithdrawnAt.UTC().Format(time.RFC3339),
	}
}

// writeQuote writes a quote, with the owner's secret if it is given.
func (s *Server) writeQuote(c echo.Context, status int, r *quotes.Record, d *quotes.Document, secret string) error {
	standing := &wire.QuoteStanding{
		URL: s.origin(c) + quotePath(r.ID), Hash: r.Hash, State: string(r.State(s.now())), OwnerToken: secret,
	}
	if d.Revises == "" {
		standing.Revises = json.RawMessage("null")
	}
	if r.RevisedBy != "" {
		standing.RevisedBy = &r.RevisedBy
	}
	body, err := wire.NewQuote(r.Document, standing)
	if err != nil {
		return err
	}
	return writePrivate(c, status, body)
}

// writePrivateJSON writes an answer about a quote as JSON.
func writePrivateJSON(c echo.Context, status int, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	return writePrivate(c, status, b.Bytes())
}

// writePrivate writes JSON that nobody on the way may keep.
func writePrivate(c echo.Context, status int, body []byte) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSONBlob(status, body)
}
