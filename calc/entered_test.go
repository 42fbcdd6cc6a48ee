package calc_test

import (
	"strings"
	"testing"
)

// entered returns an address that a page writes as somebody would type it: without
// its check, and without the price book if that is the newest. What is left is what
// was entered.
func entered(t testing.TB, address string) string {
	t.Helper()
	path, query, _ := strings.Cut(address, "?")
	switch {
	case strings.HasSuffix(path, "/compare"):
		return path + "?" + enteredColumns(t, query)
	case !strings.Contains(path, "/calc/"):
		return address
	}
	_, product, _ := strings.Cut(path, "/calc/")
	product, _, _ = strings.Cut(product, "/")
	p, ok := newCatalog(t).Product(product)
	if !ok {
		t.Fatalf("%s is of no product", address)
	}
	book, pinned := p.Newest(), ""
	var parts, behind []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case name == "c", part == "":
		case name == "price_book":
			if book, ok = p.Book(value); !ok {
				t.Fatalf("%s has no such price book", address)
			}
			if book != p.Newest() {
				pinned = part
			}
		case name == "option" || name == "item":
			behind = append(behind, part)
		default:
			parts = append(parts, part)
		}
	}
	if pinned != "" {
		behind = append([]string{pinned}, behind...)
	}
	if parts = append(parts, behind...); len(parts) == 0 {
		return path
	}
	return path + "?" + strings.Join(parts, "&")
}

// enteredColumns does the same for a comparison, whose columns name their price
// books.
func enteredColumns(t testing.TB, query string) string {
	t.Helper()
	_, query, _ = strings.Cut(query, "&")
	for _, p := range newCatalog(t).Products() {
		query = strings.Replace(query, p.ID+"@"+p.Newest().ID, p.ID, 1)
	}
	return query
}
