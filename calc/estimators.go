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
	page, facts, err := s.fillFacts(c, c.QueryParams(), false)
	if err != nil {
		return err
	}
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
	live := c.Request().Header.Get("HX-Request") == "true"
	page, facts, err := s.fillFacts(c, values, live)
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
func (s *Server) fillFacts(c echo.Context, values url.Values, live bool) (*views.Estimator, *forms.Facts, error) {
	form, err := s.calculatorForm(c, values)
	if err != nil {
		return nil, nil, err
	}
	product := form.Product
	e, ok := form.Book.Estimator(c.Param("estimator"))
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noEstimator}
	}
	facts := form.Fact(e)
	if facts == nil {
		facts = forms.DecodeFacts(values, e)
	}
	pageHeaders(c)
	in := &views.EstimatorInput{
		Lang: s.lang(c), Catalog: s.cfg.Catalog, Product: product, Assets: s.assets.views, Origin: s.origin(c),
		Estimator: e, Facts: facts.Entries.Usage, Typed: facts.Entries.Typed, Faults: facts.Faults,
		Derivation: facts.Derivation, None: facts.Empty(), Current: form.Usage,
		Query: form.FactsQuery(facts), BackQuery: form.Query(""), Carried: hidden(form.Carried(e)),
		ExampleQuery: func(u *pricing.Usage) string {
			return form.FactsQuery(&forms.Facts{Estimator: e, Entries: &forms.Form{Book: e.Facts, Usage: u}})
		},
		RowField: forms.RowField, RowsChanged: values.Has(forms.Change), Live: live,
	}
	if facts.Derivation != nil {
		used := form.With(facts)
		in.UseQuery = used.Query("")
		in.Rest = forms.UsageQuery(used.Usage) != forms.UsageQuery(facts.Derivation.Apply(form.Book.NewUsage()))
		if len(used.Faults) == 0 {
			in.Estimate = used.Usage.Estimate()
		}
	}
	return views.NewEstimator(in), facts, nil
}

// estimatorUses says what a calculator has to do with the estimators of its
// book; query is its canonical query string.
func estimatorUses(form *forms.Form, query string) []views.EstimatorUse {
	var uses []views.EstimatorUse
	for _, e := range form.Book.Estimators() {
		use := views.EstimatorUse{Estimator: e, Query: form.StartQuery(e, query)}
		if facts := form.Fact(e); facts != nil {
			use.Query, use.Used, use.Holds = query, true, facts.Yield(form.Usage)
			use.Without = form.Without(e).Query("")
		}
		uses = append(uses, use)
	}
	return uses
}

// hidden are the parameters as fields that are not shown.
func hidden(params []forms.Param) []views.Hidden {
	out := make([]views.Hidden, len(params))
	for i, p := range params {
		out[i] = views.Hidden(p)
	}
	return out
}
