package calc

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// forecastAPI answers POST /api/v1/forecasts.
func (s *Server) forecastAPI(c echo.Context) error {
	body, err := readJSON(c, maxBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeForecastRequest(body)
	if err != nil {
		return err
	}
	l := bodyLang(c, request.Lang)
	product, book, err := s.bookNamed(request.Product, request.PriceBook, l)
	if err != nil {
		return err
	}
	over, scenarios, faults := request.Scenarios(product, book)
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	if err := s.weigh(c, forms.ForecastWork(scenarios)); err != nil {
		return err
	}
	if err := runScenarios(c.Request().Context(), book, scenarios); err != nil {
		return err
	}
	return writeJSON(c, wire.NewForecast(book, over, scenarios, l))
}

func runScenarios(ctx context.Context, b *pricing.Book, scenarios []pricing.Scenario) error {
	for i := range scenarios {
		if err := scenarios[i].Run(ctx, b); err != nil {
			return err
		}
	}
	return nil
}
