package calc

import (
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/views"
)

// exportEstimate answers with an estimate that is not saved as a file. Its
// address is that of the calculator, but for the name of the file.
func (s *Server) exportEstimate(c echo.Context) error {
	form, arrived, err := s.arrivedForm(c)
	if err != nil {
		return err
	}
	product := form.Product
	c.Set(backKey, s.backToCalculator(c, product, c.Request().URL.RawQuery))
	if len(arrived.notice.Unread) > 0 { // a file has no place to say so
		return &requestError{status: http.StatusUnprocessableEntity, detail: notUnderstood}
	}
	if len(form.Faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault}
	}
	l := s.lang(c)
	order := &quotes.Order{
		ValidDays: quotes.DefaultDays, Lang: l,
		Items: []quotes.OrderItem{{Usage: form.Usage, Facts: form.Facts, Option: arrived.values.Get(forms.Option), Quantity: 1}},
	}
	priced, faults := order.Price()
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: faults[0].Message}
	}
	document, item := priced.Unsaved(), priced.Items[0]
	document.Title = wording.Fill(views.DraftWordsIn(l).EstimateOf, form.Book.Name.In(l))
	shown := forms.Filled(product, form.Usage, item.Quoted.Option.ID)
	shown.Facts = form.Facts
	shown.Follow(item.Recommended.ID)
	address := addressOf(product.ID, shown.Query())

	pageHeaders(c)
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return s.download(c, document, s.origin(c)+address, product.ID, strings.TrimPrefix(path.Ext(c.Path()), "."))
}
