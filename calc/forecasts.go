package calc

import (
	"net/http"
	"net/url"
	"reflect"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/calc/wire"
	"suanpan/pricing"
	"suanpan/views"
)

// forecast shows the forecast that the address describes: the whole page, or to
// htmx what a change of the form changes. The form is sent by GET; its own
// address, with everything that was left empty, is exchanged for the canonical
// one.
func (s *Server) forecast(c echo.Context) error {
	s.rememberLang(c)
	live := c.Request().Header.Get("HX-Request") == "true"
	page, form, err := s.fillForecast(c, live)
	if err != nil {
		return err
	}
	if len(form.Faults) > 0 || len(form.Form.Faults) > 0 {
		if live {
			return render(c, http.StatusOK, views.ForecastUpdate(page))
		}
		return render(c, http.StatusUnprocessableEntity, views.ForecastPage(page))
	}
	address := page.Answer.Address
	if live {
		c.Response().Header().Set("HX-Replace-Url", address)
		return render(c, http.StatusOK, views.ForecastUpdate(page))
	}
	if given := c.QueryParams(); given.Has(forms.Over) && !sameValues(given, form.Query()) {
		if given.Has(langKey) {
			address += "&" + langKey + "=" + string(s.lang(c))
		}
		return c.Redirect(http.StatusSeeOther, address)
	}
	return render(c, http.StatusOK, views.ForecastPage(page))
}

// sameValues reports whether the values, but for the language, are those of a
// query string.
func sameValues(values url.Values, query string) bool {
	want, err := url.ParseQuery(query)
	given := url.Values{}
	for name, v := range values {
		if name != langKey {
			given[name] = v
		}
	}
	return err == nil && reflect.DeepEqual(given, want)
}

// fillForecast makes the page of a forecast, or the part of it that a live answer
// shows.
func (s *Server) fillForecast(c echo.Context, live bool) (*views.Forecast, *forms.Forecast, error) {
	product, ok := s.cfg.Catalog.Product(c.Param("product"))
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noProduct}
	}
	form, ok := forms.DecodeForecast(c.QueryParams(), product)
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noPriceBook}
	}
	pageHeaders(c)
	in := &views.ForecastInput{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Product: product, Assets: s.assets.views, Origin: s.origin(c),
		Book: form.Form.Book, Usage: form.Form.Usage, Drivers: form.Drivers, At: form.At,
		FieldOf: forms.VariableName, Typed: form.Typed, Faults: form.Faults, OthersFault: len(form.Form.Faults) > 0,
		Start: form.Start, Months: form.Months, Low: form.Low, Expected: form.Expected, High: form.High,
		Quantities: form.Quantities, Entered: form.Entered(),
		Query: form.Query(), BackQuery: form.Form.Query(), Carried: form.Carried(), Live: live,
	}
	in.BookQuery = func(b *pricing.Book) string {
		same, calculator := *form, *form.Form
		calculator.Book, same.Form = b, &calculator
		return same.Query()
	}
	if form.Sound() {
		in.Scenarios = form.Scenarios()
		if err := runScenarios(in.Book, in.Scenarios); err != nil {
			return nil, nil, err
		}
	}
	return views.NewForecast(in), form, nil
}

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
	book, err := s.bookNamed(request.Product, request.PriceBook, l)
	if err != nil {
		return err
	}
	over, scenarios, faults := request.Scenarios(book)
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	if err := runScenarios(book, scenarios); err != nil {
		return err
	}
	return writeJSON(c, wire.NewForecast(book, over, scenarios, l))
}

func runScenarios(b *pricing.Book, scenarios []pricing.Scenario) error {
	for i := range scenarios {
		if err := scenarios[i].Run(b); err != nil {
			return err
		}
	}
	return nil
}
