package calc

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"suanpan/calc/wire"
	"suanpan/pricing"
)

// What keeps price books from being compared.
var (
	noOption = pricing.Text{
		EN: "This price book has no such option.",
		ZH: "该价格没有这个套餐。",
	}
	comparedTwice = pricing.Text{
		EN: "products names a price book twice.",
		ZH: "products 中有重复的价格。",
	}
	differentCurrencies = pricing.Text{
		EN: "Price books in different currencies cannot be compared.",
		ZH: "币种不同的价格不能对比。",
	}
)

// compareAPI answers POST /api/v1/compare. The checks come in the order of those
// of an estimate.
func (s *Server) compareAPI(c echo.Context) error {
	body, err := readJSON(c, maxBody)
	if err != nil {
		return err
	}
	request, err := wire.DecodeCompareRequest(body)
	if err != nil {
		return err
	}
	l := bodyLang(c, request.Lang)
	books, options, err := s.comparedBooks(request, l)
	if err != nil {
		return err
	}
	common, err := pricing.NewCommon(s.cfg.Catalog, books, request.HasFacts())
	switch {
	case errors.Is(err, pricing.ErrTwice):
		return &requestError{status: http.StatusBadRequest, detail: comparedTwice, lang: l}
	case errors.Is(err, pricing.ErrCurrencies):
		return &requestError{status: http.StatusBadRequest, detail: differentCurrencies, lang: l}
	case err != nil:
		return err
	}
	inputs, facts, faults := request.Usage(common)
	var out *pricing.Comparison
	if len(faults) == 0 {
		if err := s.weigh(c, common.Work(inputs)); err != nil {
			return err
		}
		out, faults = common.Compare(c.Request().Context(), inputs, facts, options)
	}
	if err := c.Request().Context().Err(); err != nil {
		return err
	}
	if len(faults) > 0 {
		return &requestError{status: http.StatusUnprocessableEntity, detail: inputsAtFault, faults: faults, lang: l}
	}
	answer, err := wire.NewComparison(out, l)
	if err != nil {
		return err
	}
	return writeJSON(c, answer)
}

// comparedBooks returns the price books and options that a request names.
func (s *Server) comparedBooks(r *wire.CompareRequest, l pricing.Lang) (books []*pricing.Book, options []string, err error) {
	for _, p := range r.Products {
		_, book, err := s.bookNamed(p.Product, p.PriceBook, l)
		if err != nil {
			return nil, nil, err
		}
		option := ""
		if p.Option != nil {
			if option = *p.Option; !book.HasOption(option) {
				return nil, nil, &requestError{status: http.StatusNotFound, detail: noOption, lang: l}
			}
		}
		books, options = append(books, book), append(options, option)
	}
	return books, options, nil
}
