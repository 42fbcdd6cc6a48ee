package calc

import (
	"net/http"
	"net/url"
	"reflect"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/views"
)

// forecast shows the forecast that the address describes: the whole page, or to
// htmx what a change of the form changes. The form is sent by GET; its own
// address, with everything that was left empty, is exchanged for the canonical
// one.
func (s *Server) forecast(c echo.Context) error {
	s.rememberLang(c)
	live := isLive(c)
	page, form, err := s.fillForecast(c, live)
	if err != nil {
		return err
	}
	silent := page.Notice == nil
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
	if given := c.QueryParams(); silent && given.Has(forms.Over) && !sameValues(given, form.Query()) && !sameValues(given, form.Today()) {
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
	arrived, err := s.arrive(c)
	if err != nil {
		return nil, nil, err
	}
	ctx := c.Request().Context()
	if arrived.values.Get(forms.Over) == "" { // what is to grow is looked for as an outlook does
		if form, ok := forms.Decode(arrived.values, arrived.product); ok {
			if err := s.weigh(c, form.OutlookWork()); err != nil {
				return nil, nil, err
			}
		}
	}
	form, ok := forms.DecodeForecast(ctx, arrived.values, arrived.product)
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noPriceBook}
	}
	if err := s.weigh(c, forms.ForecastWork(form.Scenarios())); err != nil {
		return nil, nil, err
	}
	pageHeaders(c)
	if err := runScenarios(ctx, form.Form.Book, form.Scenarios()); err != nil {
		return nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	page := views.NewForecast(s.visit(c, live), form)
	form.Judge(arrived.Address, arrived.notice)
	page.Notice = views.NewLinkNotice(arrived.notice, page.Kept, s.lang(c))
	return page, form, nil
}
