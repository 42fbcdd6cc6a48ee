package calc

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"suanpan/calc/forms"
	"suanpan/pricing"
)

// arrival is the query string of a request as it came, which may have been
// through chat programs and mails, what it says, and what of it was not
// understood.
type arrival struct {
	*forms.Address
	product *pricing.Product
	values  url.Values
	notice  *forms.Notice
}

// arrive reads the address of a page of a product.
func (s *Server) arrive(c echo.Context) (*arrival, error) {
	product, err := s.productOf(c)
	if err != nil {
		return nil, err
	}
	a := &arrival{Address: queryOfRequest(c), product: product}
	a.values, a.notice = a.ForProduct(product)
	return a, nil
}

func queryOfRequest(c echo.Context) *forms.Address {
	return forms.ReadAddress(c.Request().URL.RawQuery)
}

// arrivedForm reads the form of the calculator that the request's address is of.
func (s *Server) arrivedForm(c echo.Context) (*forms.Form, *arrival, error) {
	a, err := s.arrive(c)
	if err != nil {
		return nil, nil, err
	}
	form, err := decodeForm(a.values, a.product)
	return form, a, err
}
