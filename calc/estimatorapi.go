package calc

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// estimators answers GET /api/v1/estimators/{product}.
func (s *Server) estimators(c echo.Context) error {
	l, err := apiLang(c)
	if err != nil {
		return err
	}
	var id *string
	if c.QueryParams().Has("price_book") {
		book := c.QueryParam("price_book")
		id = &book
	}
	product, book, err := s.bookNamed(c.Param("product"), id, l)
	if err != nil {
		return err
	}
	answer, err := wire.NewEstimators(product, book, l)
	if err != nil {
		return err
	}
	return writeJSON(c, answer)
}

// derive answers POST /api/v1/estimators/{product}/{estimator}.
func (s *Server) derive(c echo.Context) error {
	body, err := readJSON(c, maxBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeDerivationRequest(body)
	if err != nil {
		return err
	}
	l := bodyLang(c, request.Lang)
	product, book, err := s.bookNamed(c.Param("product"), request.PriceBook, l)
	if err != nil {
		return err
	}
	e, ok := product.Estimator(book, c.Param("estimator"))
	if !ok {
		return &requestError{status: http.StatusNotFound, detail: noEstimator, lang: l}
	}
	derivation, usage, faults := request.Derive(e)
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	answer, err := wire.NewDerivation(derivation, usage.Estimate(), l)
	if err != nil {
		return err
	}
	return writeJSON(c, answer)
}

// addFacts adds to the description the facts of each estimator of the products'
// newest price books.
func addFacts(schemas schema, c *pricing.Catalog) {
	var refs []any
	for _, p := range c.Products() {
		for _, e := range p.Estimators(p.Newest()) {
			name := "Facts." + p.ID + "." + e.ID
			facts := objectSchema(e.Facts.Inputs)
			facts["title"] = p.Newest().Name.EN + ": " + e.Name.EN
			schemas[name] = facts
			refs = append(refs, schema{"$ref": "#/components/schemas/" + name})
		}
	}
	if len(refs) > 0 {
		schemas["Facts"].(schema)["anyOf"] = refs
	}
}
