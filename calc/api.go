package calc

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// estimate answers POST /api/v1/estimates. The checks come in the order that
// the public interface gives them.
func (s *Server) estimate(c echo.Context) error {
	body, err := readJSON(c, maxBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeEstimateRequest(body)
	if err != nil {
		return err
	}
	l := bodyLang(c, request.Lang)
	_, book, err := s.bookNamed(request.Product, request.PriceBook, l)
	if err != nil {
		return err
	}
	usage, faults := request.Usage(book)
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	return writeJSON(c, wire.NewEstimate(usage.Estimate(), l))
}

// bookNamed returns the product that a request names and its price book, or the
// newest if it names none.
func (s *Server) bookNamed(product string, id *string, l pricing.Lang) (*pricing.Product, *pricing.Book, error) {
	p, ok := s.cfg.Catalog.Product(product)
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noProduct, lang: l}
	}
	if id == nil {
		return p, p.Newest(), nil
	}
	book, ok := findBook(p, *id)
	if !ok {
		return nil, nil, &requestError{status: http.StatusNotFound, detail: noPriceBook, lang: l}
	}
	return p, book, nil
}

// findBook looks a price book up by an id that must not be empty.
func findBook(p *pricing.Product, id string) (*pricing.Book, bool) {
	if id == "" {
		return nil, false
	}
	return p.Book(id)
}

// products answers GET /api/v1/products.
func (s *Server) products(c echo.Context) error {
	l, err := apiLang(c)
	if err != nil {
		return err
	}
	return writeJSON(c, wire.NewProducts(s.cfg.Catalog, l))
}

// product answers GET /api/v1/products/{id}.
func (s *Server) product(c echo.Context) error {
	l, err := apiLang(c)
	if err != nil {
		return err
	}
	product, ok := s.cfg.Catalog.Product(c.Param("product"))
	if !ok {
		return &requestError{status: http.StatusNotFound, detail: noProduct, lang: l}
	}
	book := product.Newest()
	if c.QueryParams().Has("price_book") {
		if book, ok = findBook(product, c.QueryParam("price_book")); !ok {
			return &requestError{status: http.StatusNotFound, detail: noPriceBook, lang: l}
		}
	}
	return writeJSON(c, wire.NewBook(product, book, l))
}

// describe answers GET /api/openapi.json.
func (s *Server) describe(c echo.Context) error {
	return c.JSONBlob(http.StatusOK, s.openAPI)
}

// bodyLang returns the language of an answer to a request that names one in its
// body: that one, else the best of the client's, else English.
func bodyLang(c echo.Context, named pricing.Lang) pricing.Lang {
	if named != "" {
		return named
	}
	return acceptedLang(c.Request().Header.Get("Accept-Language"))
}

// apiLang returns the language of an API answer: that of the query string,
// else the best of the client's, else English.
func apiLang(c echo.Context) (pricing.Lang, error) {
	if !c.QueryParams().Has(langKey) {
		return acceptedLang(c.Request().Header.Get("Accept-Language")), nil
	}
	l, ok := pricing.ParseLang(c.QueryParam(langKey))
	if !ok {
		return "", &requestError{status: http.StatusBadRequest, detail: noLanguage}
	}
	return l, nil
}

// readJSON reads a body of at most limit bytes that is said to be JSON.
func readJSON(c echo.Context, limit int64) ([]byte, error) {
	r := c.Request()
	if err := wantType(r, "application/json"); err != nil {
		return nil, err
	}
	return readBody(c, limit)
}

// limitBody bounds the body of a request. One that is said to be longer is not
// waited for.
func limitBody(c echo.Context, limit int64) error {
	r := c.Request()
	if r.ContentLength > limit {
		return &http.MaxBytesError{Limit: limit}
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, limit)
	return nil
}

// readBody reads a body of at most limit bytes. One that is cut off, or does not
// come, is the client's fault.
func readBody(c echo.Context, limit int64) ([]byte, error) {
	if err := limitBody(c, limit); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return nil, errors.Join(plainError(http.StatusBadRequest), err)
	}
	c.Set(sizeKey, len(body))
	return body, nil
}

// sizeKey is the name in the request's context of how many bytes its body had.
const sizeKey = "size"

// writeJSON writes an answer as JSON, with its signs as they are.
func writeJSON(c echo.Context, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Language")
	return c.JSONBlob(http.StatusOK, b.Bytes())
}
