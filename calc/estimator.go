package calc

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
	"suanpan/views"
)

// noEstimator is said of an estimator that the price book has not.
var noEstimator = pricing.Text{
	EN: "This price book has no such estimator.",
	ZH: "这一份价格没有这种推算。",
}

// estimator shows the page of an estimator that the address describes.
func (s *Server) estimator(c echo.Context) error {
	s.rememberLang(c)
	form, arrived, err := s.arrivedForm(c)
	if err != nil {
		return err
	}
	page, facts, err := s.fillFacts(c, form, arrived.values, false)
	if err != nil {
		return err
	}
	form.JudgeFacts(arrived.Address, arrived.notice, facts)
	page.Notice = views.NewLinkNotice(arrived.notice, page.Answer.Entered.Entries, s.lang(c))
	return render(c, factsStatus(facts), views.EstimatorPage(page))
}

// updateFacts answers the form of an estimator as update answers that of a
// calculator.
func (s *Server) updateFacts(c echo.Context) error {
	values, err := readForm(c)
	if err != nil {
		return err
	}
	answerIn(c, values)
	live := isLive(c)
	form, err := s.calculatorForm(c, values)
	if err != nil {
		return err
	}
	page, facts, err := s.fillFacts(c, form, values, live)
	if err != nil {
		return err
	}
	faulty := len(facts.Faults) > 0
	if !faulty {
		c.Response().Header().Set("HX-Replace-Url", page.Answer.Address)
	}
	switch {
	case live:
		return render(c, http.StatusOK, views.EstimatorUpdate(page))
	case faulty:
		return render(c, factsStatus(facts), views.EstimatorPage(page))
	default:
		return c.Redirect(http.StatusSeeOther, s.inSameLang(c, page.Answer.Address))
	}
}

func factsStatus(f *forms.Facts) int {
	if len(f.Faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// fillFacts makes the page of an estimator for the facts that a visitor entered
// and the form of the calculator that came with them.
func (s *Server) fillFacts(c echo.Context, form *forms.Form, values url.Values, live bool) (*views.Estimator, *forms.Facts, error) {
	e, ok := form.Product.Estimator(form.Book, c.Param("estimator"))
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noEstimator}
	}
	facts := form.Fact(e)
	if facts == nil {
		facts = forms.DecodeFacts(values, e)
	}
	pageHeaders(c)
	var estimate *pricing.Estimate
	if facts.Derivation != nil {
		estimate = form.With(facts).Estimate()
	}
	return views.NewEstimator(s.visit(c, live), form, facts, estimate), facts, nil
}
