package calc

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// maxBreakEvens bounds the break-even points of one answer.
const maxBreakEvens = 1000

// curves answers POST /api/v1/curves. The checks come in the order of those of
// an estimate.
func (s *Server) curves(c echo.Context) error {
	body, err := readJSON(c, maxBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeCurvesRequest(body)
	if err != nil {
		return err
	}
	l := bodyLang(c, request.Lang)
	_, book, err := s.bookNamed(request.Product, request.PriceBook, l)
	if err != nil {
		return err
	}
	asked, faults := request.Curved(book)
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	if err := s.weigh(c, asked.Work()); err != nil {
		return err
	}
	out := newCurves(c.Request().Context(), asked, l)
	if err := c.Request().Context().Err(); err != nil {
		return err
	}
	return writeJSON(c, out)
}

// newCurves computes the answer to a request for curves, of which there is none
// once the context has ended.
func newCurves(ctx context.Context, asked *wire.Curved, l pricing.Lang) *wire.Curves {
	axes := asked.Usage.Axes(ctx)
	axis := axes.Of(asked.Variable)
	from, to := forms.DrawnRange(axis)
	if asked.From != nil {
		from = *asked.From
		to = max(from, to)
	}
	if asked.To != nil {
		to = *asked.To
		from = min(from, to)
	}
	found := axis.BreakEvens(from, to)
	if n := len(found.Points); n > maxBreakEvens {
		found.ExactUpTo = found.Points[maxBreakEvens].Quantity - 1
		found.Points = found.Points[:maxBreakEvens]
	}
	turns := make([]wire.Turn, len(found.Points))
	for i, b := range found.Points {
		if ctx.Err() != nil {
			break
		}
		turns[i] = wire.Turn{BreakEven: b, Near: axis.Curve(b.Quantity-1, b.Quantity, 2)}
	}
	out := wire.NewCurves(asked, axis.Curve(from, to, asked.Points), turns, found.ExactUpTo, l)
	for _, v := range asked.Usage.Variables() {
		out.AddHeadroom(asked.Usage, v, axes.Of(v).Headroom(), l)
	}
	if asked.Budget != nil {
		out.AddAffordable(axis.Budget(*asked.Budget), l)
	}
	return out
}
