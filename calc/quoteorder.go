package calc

import (
	"net/http"
	"slices"
	"strings"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// readOrder returns what a request asks to be quoted, with the faults of its
// inputs and of what should be a number. Where there is such a fault the order
// has a good value. The error is a product or price book that does not exist.
func (s *Server) readOrder(r *wire.QuoteRequest) (*quotes.Order, []*pricing.InputError, error) {
	days, faults := countOf(r.ValidDays, pricing.Input{ID: "valid_days", Default: quotes.DefaultDays, Minimum: 1, Maximum: quotes.MaxDays})
	o := &quotes.Order{
		Title: r.Title, Customer: r.Customer, PreparedBy: r.PreparedBy, Note: r.Note, ValidDays: days, Lang: r.Lang,
		Items: make([]quotes.OrderItem, len(r.Items)),
	}
	if r.Revises != nil {
		o.Revises = *r.Revises
	}
	books := make([]*pricing.Book, len(r.Items))
	for i := range r.Items {
		var err error
		if books[i], err = s.bookOf(&r.Items[i], quotes.ItemName(i)); err != nil {
			return nil, nil, err
		}
	}
	for i := range r.Items {
		if len(r.Items) > quotes.MaxItems {
			o.Items[i].Quantity = 1 // this one fault, nothing about the single items
			continue
		}
		item, more := readOrderItem(&r.Items[i], books[i], quotes.ItemName(i)+".")
		o.Items[i], faults = item, append(faults, more...)
	}
	return o, faults, nil
}

// readOrderItem returns what is to be quoted of a book, and the faults of what is
// sent for it, whose names begin with a prefix.
func readOrderItem(sent *wire.QuoteItem, book *pricing.Book, prefix string) (quotes.OrderItem, []*pricing.InputError) {
	usage, faults := sent.Usage(book)
	for _, f := range faults {
		f.Input = prefix + "inputs." + f.Input
	}
	item := quotes.OrderItem{Usage: usage}
	if sent.Option != nil {
		if item.Option = *sent.Option; item.Option == "" {
			option := pricing.Input{ID: prefix + "option", Kind: pricing.KindChoice}
			faults = append(faults, option.Fault(pricing.CodeUnknownChoice))
		}
	}
	quantity, fault := countOf(sent.Quantity, pricing.Input{ID: prefix + "quantity", Default: 1, Minimum: 1, Maximum: quotes.MaxQuantity})
	item.Quantity = quantity
	return item, append(faults, fault...)
}

// bookOf returns the price book of an item.
func (s *Server) bookOf(item *wire.QuoteItem, name string) (*pricing.Book, error) {
	product, ok := s.cfg.Catalog.Product(item.Product)
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: about(name, noProduct)}
	}
	if item.PriceBook == nil {
		return product.Newest(), nil
	}
	book, ok := findBook(product, *item.PriceBook)
	if !ok {
		return nil, &requestError{status: http.StatusNotFound, detail: about(name, noPriceBook)}
	}
	return book, nil
}

// about returns a text as one about an item.
func about(name string, t pricing.Text) pricing.Text {
	return pricing.Text{EN: name + ": " + t.EN, ZH: name + "：" + t.ZH}
}

// countOf returns a count of the request: the default if it has none, or if
// there is something wrong with it, which is returned beside it.
func countOf(sent *wire.Count, in pricing.Input) (int64, []*pricing.InputError) {
	if sent == nil {
		return in.Default, nil
	}
	in.Kind = pricing.KindCount
	n, fault := sent.In(&in)
	if fault != nil {
		return in.Default, []*pricing.InputError{fault}
	}
	return n, nil
}

// moreFaults returns those of an order's own faults that are to be told beside
// the ones of its request that are known already. An item with inputs at fault is
// priced without them: whether its option serves what is asked for is not known,
// only whether there is such an option.
func moreFaults(known, faults []*pricing.InputError) []*pricing.InputError {
	return slices.DeleteFunc(faults, func(f *pricing.InputError) bool {
		inputs := strings.TrimSuffix(f.Input, "option") + "inputs."
		return f.Code == quotes.CodeInfeasible && slices.ContainsFunc(known, func(k *pricing.InputError) bool {
			return k.Input == f.Input || strings.HasPrefix(k.Input, inputs)
		})
	})
}

// inOrder sorts faults: those of the quote before those of its items.
func inOrder(faults []*pricing.InputError) []*pricing.InputError {
	slices.SortStableFunc(faults, func(a, b *pricing.InputError) int { return quotes.ItemOf(a.Input) - quotes.ItemOf(b.Input) })
	return faults
}
